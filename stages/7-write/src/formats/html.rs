//! The account as one self-contained page: brief at the left, reports at the right, colour means origin.
//!
//! Without scripts the citations are links to the cited words, which light up as the target. With scripts a click on a
//! sentence lights its words in every report, and j, k and Enter walk through the brief.

use askama::Template;
use rapporteur_model::{Anchor, CitedSentence, ReportIx, Role, Span};

use super::{Format, Page};

pub(crate) const FORMAT: Format = Format { name: "html", extension: "html", media_type: "text/html", write };

/// Colours there are for origins; more origins begin again.
const N_COLOURS: usize = 6;

/// The whole page.
#[derive(Template)]
#[template(path = "account.html")]
struct AccountPage<'a> {
    title: &'a str,
    story: &'a str,
    summary: String,
    headline: Option<SentenceView<'a>>,
    sections: Vec<SectionView<'a>>,
    origins: Vec<OriginView<'a>>,
    reports: Vec<ReportView<'a>>,
    left_out: &'a [String],
}

/// A part of the brief.
struct SectionView<'a> {
    kind: &'a str,
    title: &'a str,
    sentences: Vec<SentenceView<'a>>,
}

/// A sentence with its chips.
struct SentenceView<'a> {
    id: usize,
    text: &'a str,
    note: &'a str,
    chips: Vec<Chip>,
}

/// A citation as a link.
struct Chip {
    colour: usize,
    target: String,
    label: String,
    title: String,
}

/// An origin with its colour.
struct OriginView<'a> {
    colour: usize,
    letter: &'a str,
    name: &'a str,
    n_reports: usize,
}

/// A report with its words.
struct ReportView<'a> {
    number: usize,
    id: &'a str,
    colour: usize,
    name: String,
    facts: Vec<String>,
    blocks: Vec<BlockView<'a>>,
}

/// A block of a report.
struct BlockView<'a> {
    class: &'static str,
    label: &'static str,
    pieces: Vec<Piece<'a>>,
}

/// A run of words that the same sentences cite.
struct Piece<'a> {
    text: &'a str,
    /// Ids of the anchors that begin here.
    ids: Vec<String>,
    /// Sentences that cite it, for the script: ` 3 7 `.
    cited_by: String,
}

impl Piece<'_> {
    fn is_cited(&self) -> bool {
        !self.cited_by.is_empty()
    }
}

fn write(page: &Page<'_>) -> String {
    let account = page.account;
    let mut all: Vec<(usize, &CitedSentence)> = Vec::new();
    let headline = account.headline.as_ref();
    all.extend(headline.map(|it| (0, it)));
    let mut n = 0;
    let mut sections = Vec::new();
    for section in &account.sections {
        let mut sentences = Vec::new();
        for sentence in &section.sentences {
            n += 1;
            all.push((n, sentence));
            sentences.push(sentence_view(page, n, sentence));
        }
        sections.push(SectionView { kind: section.kind.as_str(), title: section.kind.title(), sentences });
    }
    let reports = account
        .reports
        .iter()
        .map(|card| {
            let mut facts: Vec<String> = Vec::new();
            facts.push(card.outlet.clone().unwrap_or_else(|| "outlet not stated".to_owned()));
            facts.push(card.date.clone().unwrap_or_else(|| "date not stated".to_owned()));
            facts.extend(card.lineage.clone());
            ReportView {
                number: page.number(card.report),
                id: page.reports[card.report.ix()].id(),
                colour: colour(page, card.report),
                name: page.name(card.report),
                facts,
                blocks: blocks(page, card.report, &all),
            }
        })
        .collect();
    let view = AccountPage {
        title: headline.map_or("Account", |it| it.text()),
        story: &account.story,
        summary: page.summary(),
        headline: headline.map(|it| sentence_view(page, 0, it)),
        sections,
        origins: account
            .origins
            .iter()
            .enumerate()
            .map(|(ix, it)| OriginView {
                colour: ix % N_COLOURS,
                letter: &it.letter,
                name: &it.name,
                n_reports: it.reports.len(),
            })
            .collect(),
        reports,
        left_out: &account.coverage.left_out,
    };
    // The template reads plain data; rendering it to a string cannot fail.
    view.render().unwrap_or_default()
}

fn colour(page: &Page<'_>, report: ReportIx) -> usize {
    page.account.origins.iter().position(|it| it.reports.contains(&report)).unwrap_or(0) % N_COLOURS
}

fn anchor_id(page: &Page<'_>, anchor: &Anchor) -> String {
    format!("r{}-{}-{}", page.number(anchor.report), anchor.span.start(), anchor.span.end())
}

fn sentence_view<'a>(page: &Page<'_>, id: usize, sentence: &'a CitedSentence) -> SentenceView<'a> {
    let chip = |it: &Anchor| Chip {
        colour: colour(page, it.report),
        target: anchor_id(page, it),
        label: page.number(it.report).to_string(),
        title: format!("{}, bytes {} to {}", page.name(it.report), it.span.start(), it.span.end()),
    };
    SentenceView {
        id,
        text: sentence.text(),
        note: sentence.note.as_deref().unwrap_or(""),
        chips: sentence.citations().iter().map(chip).collect(),
    }
}

/// The report's blocks, cut where citations begin and end.
fn blocks<'a>(page: &Page<'a>, report: ReportIx, all: &[(usize, &CitedSentence)]) -> Vec<BlockView<'a>> {
    let mut cited: Vec<(Span, usize)> = Vec::new();
    for (id, sentence) in all {
        cited.extend(sentence.citations().iter().filter(|it| it.report == report).map(|it| (it.span, *id)));
    }
    let article = &page.reports[report.ix()].article;
    let text: &'a str = page.reports[report.ix()].text();
    let mut opened: std::collections::BTreeSet<String> = Default::default();
    let mut found = Vec::new();
    for block in &article.blocks {
        let mut cuts: Vec<u32> = vec![block.span.start(), block.span.end()];
        for (span, _) in cited.iter().filter(|it| it.0.overlaps(block.span)) {
            cuts.extend([span.start(), span.end()].into_iter().filter(|it| block.span.contains_offset(*it)));
        }
        cuts.sort_unstable();
        cuts.dedup();
        let pieces = cuts
            .windows(2)
            .map(|it| {
                let piece = Span::new(it[0], it[1]);
                let over: Vec<&(Span, usize)> = cited.iter().filter(|it| it.0.contains(piece)).collect();
                let mut ids: Vec<String> = over.iter().map(|it| anchor_id(page, &Anchor::new(report, it.0))).collect();
                ids.sort();
                ids.dedup();
                ids.retain(|it| opened.insert(it.clone()));
                let mut by: Vec<usize> = over.iter().map(|it| it.1).collect();
                by.sort_unstable();
                by.dedup();
                let by: Vec<String> = by.iter().map(usize::to_string).collect();
                let cited_by = if by.is_empty() { String::new() } else { format!(" {} ", by.join(" ")) };
                Piece { text: piece.of(text), ids, cited_by }
            })
            .collect();
        let (class, label) = if block.repeat_of.is_some() {
            ("f", "printed again")
        } else if block.role.is_furniture() {
            ("f", block.role.as_str())
        } else {
            match block.role {
                Role::Headline => ("h", ""),
                Role::Standfirst | Role::Subheading => ("b", ""),
                Role::Body | Role::PullQuote | Role::KeyPoint | Role::Correction => ("", ""),
                role => ("f", role.as_str()),
            }
        };
        found.push(BlockView { class, label, pieces });
    }
    found
}
