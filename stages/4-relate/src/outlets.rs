//! Names of outlets and agencies as relating needs them: one key for all spellings, one family for a publisher's outlets.

use rapporteur_lexicon::Lexicon;
use rapporteur_model::{Annotated, CitedKind, Span};
use rapporteur_text::shingles::fold_words;

/// An outlet or agency.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct House {
    /// The same for all spellings of one outlet.
    pub(crate) key: String,
    /// The same for all outlets of one publisher.
    pub(crate) family: String,
    /// Name to show.
    pub(crate) name: String,
    pub(crate) is_agency: bool,
}

/// How a report draws on a house outside itself.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Credit {
    pub(crate) house: House,
    pub(crate) kind: CitedKind,
    /// The whole report comes from it, as far as the report says.
    pub(crate) is_whole: bool,
    pub(crate) span: Span,
}

pub(crate) fn house(name: &str, lexicon: &Lexicon) -> Option<House> {
    let name = name.trim();
    let bare = name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(name);
    let known = lexicon.outlet(name).or_else(|| lexicon.outlet(bare)).or_else(|| {
        let host = name.trim_start_matches("https://").trim_start_matches("http://").split('/').next().unwrap_or(name);
        host.contains('.').then(|| lexicon.outlet_of_host(host)).flatten()
    });
    if let Some(outlet) = known {
        return Some(House {
            key: outlet.domain.to_owned(),
            family: outlet.group.map_or_else(|| outlet.domain.to_owned(), |it| format!("group {it}")),
            name: outlet.name.to_owned(),
            is_agency: outlet.is_agency(),
        });
    }
    // A host with and without the letters that mean nothing is one outlet.
    let key = folded(bare.strip_prefix("www.").unwrap_or(bare));
    let is_agency = AGENCIES.contains(&key.as_str());
    (!key.is_empty()).then(|| House { family: key.clone(), key, name: name.to_owned(), is_agency })
}

/// The outlet of a report, by its metadata, else by its address.
pub(crate) fn outlet_of(report: &Annotated, lexicon: &Lexicon) -> Option<House> {
    let metadata = &report.article.metadata;
    if let Some(outlet) = &metadata.outlet {
        return house(&outlet.value, lexicon);
    }
    let url = metadata.url.as_ref()?;
    lexicon.outlet_of_url(&url.value).and_then(|it| house(it.name, lexicon))
}

/// A report that names a source in its first so many bytes of prose hangs on it as a whole ("writes the BBC").
const LEAD_BYTES: u32 = 420;

/// All credits of a report, in text order. A credit to its own outlet is none.
pub(crate) fn credits(report: &Annotated, own: Option<&House>, lexicon: &Lexicon) -> Vec<Credit> {
    let article = &report.article;
    let lead = article.blocks.iter().find(|it| it.role == rapporteur_model::Role::Body).map_or(0, |it| it.span.start());
    let mut found: Vec<Credit> = Vec::new();
    for cited in &article.cited {
        let Some(house) = house(&cited.name, lexicon) else { continue };
        if own.is_some_and(|it| it.key == house.key) {
            continue;
        }
        let is_whole = match cited.kind {
            CitedKind::Republished | CitedKind::Agency => true,
            CitedKind::Retold => cited.span.start() < lead + LEAD_BYTES,
            CitedKind::ToldTo | CitedKind::Analysis | CitedKind::Picture => false,
        };
        found.push(Credit { house, kind: cited.kind, is_whole, span: cited.span });
    }
    found.sort_by(|one, other| (one.span, one.kind, &one.house).cmp(&(other.span, other.kind, &other.house)));
    found
}

fn folded(name: &str) -> String {
    let mut words = Vec::new();
    fold_words(name, 0, &mut words);
    let parts: Vec<String> = words.iter().map(|it| it.span().of(name).to_lowercase()).collect();
    parts.join(" ")
}

/// Agencies that are known even when the lexicon is not.
const AGENCIES: [&str; 14] = [
    "afp", "agence france presse", "ansa", "anadolu", "ap", "associated press", "dpa", "efe", "interfax", "pa",
    "reuters", "tass", "upi", "xinhua",
];
