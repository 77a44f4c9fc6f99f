//! When it was published and last changed: what the container declares first, then stamps printed on the page.

use super::is_stamp_line;
use crate::{Piece, dates};
use rapporteur_lexicon::Lexicon;
use rapporteur_model::{Evidenced, Report, Role};

/// Declarations of the publication date, the most trusted first. A trailing `*` takes any class after it.
const PUBLISHED: &[&str] = &[
    "json:date", "front-matter:date", "feed:published", "newsml:created", "jsonld:datePublished",
    "article:published_time", "og:article:published_time", "og:published_time", "itemprop:datePublished",
    "rnews:datepublished", "meta:parsely-pub-date", "meta:article.published", "meta:published-date",
    "meta:publish_date", "meta:publish-date", "meta:publishdate", "meta:publication_date", "meta:publicationdate",
    "meta:pubdate", "meta:pub_date", "meta:datepublished", "meta:date_published", "meta:published_time",
    "meta:published", "meta:article_date_original", "meta:originalpublicationdate", "meta:sailthru.date",
    "meta:dc.date.issued", "meta:dcterms.date", "meta:dcterms.created", "meta:dc.date", "meta:dc.date.created",
    "meta:dcterms.issued", "dc:date", "cxenseparse:recs:publishtime", "meta:cxenseparse:recs:publishtime",
    "bt:pubdate", "meta:bt:pubdate", "article:published", "meta:citation_publication_date", "meta:citation_date",
    "meta:date", "meta:created", "meta:iptc:date", "meta:vr:published_time", "itemprop:dateCreated",
    "jsonld:dateCreated", "time:pubdate", "jsonld-page:datePublished",
];

const MODIFIED: &[&str] = &[
    "json:date_modified", "feed:updated", "newsml:updated", "jsonld:dateModified", "article:modified_time",
    "og:updated_time", "itemprop:dateModified", "meta:last-modified", "meta:lastmod", "meta:modified",
    "meta:dcterms.modified", "meta:dc.date.modified", "meta:revised", "jsonld-page:dateModified",
];

type Found = Option<Evidenced<String>>;

pub(super) fn find(report: &Report, pieces: &[Piece], lexicon: &Lexicon) -> (Found, Found) {
    let (printed, changed) = stamps(report, pieces, lexicon);
    let published = declared(report, PUBLISHED, lexicon)
        .or(printed)
        .or_else(|| time_element(report, pieces, lexicon))
        .or_else(|| in_address(report, lexicon));
    let modified = declared(report, MODIFIED, lexicon).or(changed);
    (published, modified)
}

fn declared(report: &Report, names: &[&str], lexicon: &Lexicon) -> Found {
    names.iter().find_map(|name| {
        let found = report.declared.iter().filter(|it| it.name == *name);
        found.into_iter().find_map(|it| {
            let instant = dates::parse(&it.value, lexicon)?;
            // The net is younger than 1990: an older day in a page's markup is a mistake. A row of data may be of any age.
            let fits = name.starts_with("json:") || instant.year() >= 1990;
            fits.then(|| Evidenced::declared(instant.to_string(), it.name.clone()))
        })
    })
}

// Words before a stamp that say it is of a change.
const CHANGED: &[&str] = &[
    "updated", "modified", "last update", "aktualisiert", "mis à jour", "actualizado", "atualizado", "aggiornato",
    "обновлено", "оновлено",
];

/// Stamps printed before the body, else after it. A line may hold both: "Published 3 Feb 2031, updated 4 Feb 2031".
fn stamps(report: &Report, pieces: &[Piece], lexicon: &Lexicon) -> (Found, Found) {
    let text = report.text.as_str();
    let (mut published, mut modified): (Found, Found) = (None, None);
    let title = pieces.iter().position(|it| it.role == Role::Headline);
    let first_body = pieces.iter().position(|it| it.role == Role::Body);
    for (ix, piece) in pieces.iter().enumerate() {
        // Stamps in the middle of a body are a live blog's; in a list of links they are other reports'.
        let is_near = match (title, first_body) {
            (Some(title), _) => ix.abs_diff(title) <= 12,
            (None, Some(body)) => ix <= body,
            (None, None) => ix <= 12,
        };
        if !matches!(piece.role, Role::Stamp | Role::Byline) || !is_near {
            continue;
        }
        let line = piece.span.of(text);
        let mut at = 0;
        // Published, updated, and one to spare.
        const DATES_MAX: usize = 3;
        for _ in 0..DATES_MAX {
            let Some((instant, span)) = dates::find(&line[at..], lexicon) else { break };
            if piece.role == Role::Byline
                && !is_stamp_line(&line[at..], span)
                && !instant.has_time()
                && 120 < line.len()
            {
                break;
            }
            let label = line[at..at + span.start() as usize].to_lowercase();
            let place = span.shift(piece.span.start() + at as u32);
            let how = if piece.how == "first-line" { "first-line" } else { "stamp-line" };
            let found = Evidenced::at(instant.to_string(), place, how);
            let is_change = CHANGED.iter().any(|it| label.contains(it));
            let slot = if is_change { &mut modified } else { &mut published };
            slot.get_or_insert(found);
            at += span.end() as usize;
        }
    }
    (published, modified)
}

/// `<time datetime=…>`: the first one, when it is not one of many that say different days.
fn time_element(report: &Report, _pieces: &[Piece], lexicon: &Lexicon) -> Found {
    let times =
        report.declared.iter().filter(|it| it.name.starts_with("time:datetime") || it.name.starts_with("time:text"));
    let mut found: Vec<(String, String, bool)> = Vec::new();
    for it in times {
        let Some(instant) = dates::parse(&it.value, lexicon) else { continue };
        let small = it.name.to_lowercase();
        let is_published = ["publish", "pubdate", "entry-date", "post-date", "dateline", "timestamp", "article"]
            .iter()
            .any(|word| small.contains(word))
            && !small.contains("updated");
        found.push((instant.to_string(), it.name.clone(), is_published));
    }
    if let Some((value, name, _)) = found.iter().find(|it| it.2) {
        return Some(Evidenced::declared(value.clone(), name.clone()));
    }
    let first_day = found.first()?.0.get(..10)?.to_owned();
    let is_only = found.iter().all(|it| it.0.starts_with(&first_day)) || found.len() <= 2;
    is_only.then(|| Evidenced::declared(found[0].0.clone(), found[0].1.clone()))
}

/// `/2031/02/03/` in the page's own address.
fn in_address(report: &Report, _lexicon: &Lexicon) -> Found {
    let url = super::address(report)?;
    let parts: Vec<&str> = url.value.split(['/', '-', '_', '?', '.']).collect();
    for run in parts.windows(3) {
        let is_digits = |it: &str, lens: &[usize]| lens.contains(&it.len()) && it.bytes().all(|it| it.is_ascii_digit());
        if is_digits(run[0], &[4])
            && is_digits(run[1], &[2])
            && is_digits(run[2], &[2])
            && let Ok(day) = format!("{}-{}-{}", run[0], run[1], run[2]).parse::<jiff::civil::Date>()
            && (1990..=2100).contains(&day.year())
        {
            return Some(Evidenced::declared(day.to_string(), format!("{} (address)", url.name)));
        }
    }
    None
}
