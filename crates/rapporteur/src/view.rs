//! Reports as one page for people: every block with its role and the rule that gave it, every field with its evidence.
//!
//! The page shows what `rapporteur read` prints as rows, so that a wrong label or a wrong date is seen where it stands.
//! It needs no script and nothing from outside; citations are links to the words, which light up as the target.
//! Nothing of the text is left out: what is no part of the article is only printed smaller.

mod annotated;
mod lineage;
mod pieces;
mod stories;

use std::borrow::Cow;

use askama::Template;
use rapporteur_model::{Article, Evidenced, Problem, Role, Span};

use crate::Reading;
pub use annotated::annotated_page;
pub use lineage::lineage_page;
use pieces::{Marks, Piece};
use rapporteur_text::shown;
pub use stories::stories_page;

/// Characters of the words that are shown as a link to them; the words themselves stand in the text in full.
const QUOTED_CHARS_MAX: usize = 80;

/// Rules that one group of furniture names in its margin; a further one begins a group of its own.
const HOWS_MAX: usize = 4;

/// The whole page.
#[derive(Template)]
#[template(path = "reading.html")]
struct ReadingPage<'a> {
    title: String,
    reports: Vec<ReportView<'a>>,
    /// What went wrong outside of a report, with its place.
    problems: Vec<ProblemView<'a>>,
}

/// One report.
struct ReportView<'a> {
    number: usize,
    /// Its title, else its id: what stands over it.
    name: Cow<'a, str>,
    id: Cow<'a, str>,
    facts: Vec<String>,
    fields: Vec<FieldView<'a>>,
    cited: Vec<CitedView<'a>>,
    problems: Vec<ProblemView<'a>>,
    legend: Vec<LegendView>,
    groups: Vec<GroupView<'a, Piece<'a>>>,
}

/// A field of the metadata; without a value it is unknown.
struct FieldView<'a> {
    name: &'static str,
    value: Option<Cow<'a, str>>,
    how: Cow<'a, str>,
    links: Vec<Link<'a>>,
    /// What is to be said where there are no words to show.
    note: String,
}

/// A link to words in the text.
struct Link<'a> {
    /// Name of the place; empty where the words stand in no block.
    target: String,
    words: Cow<'a, str>,
}

/// A source that the report draws on.
struct CitedView<'a> {
    name: Cow<'a, str>,
    kind: &'static str,
    link: Link<'a>,
}

/// Something lost or odd.
struct ProblemView<'a> {
    place: Cow<'a, str>,
    code: &'static str,
    message: Cow<'a, str>,
    link: Option<Link<'a>>,
}

/// A role with how often it stands in the report.
struct LegendView {
    role: &'static str,
    n_blocks: usize,
    n_chars: usize,
    /// Name of its first block.
    target: String,
}

/// Blocks one after the other of one role, by one rule; furniture by several.
struct GroupView<'a, P> {
    role: &'static str,
    hows: Vec<&'static str>,
    is_dimmed: bool,
    /// Menus and the like: short words that may share a line.
    is_furniture: bool,
    blocks: Vec<BlockView<'a, P>>,
}

/// A block of the text, cut into pieces.
struct BlockView<'a, P> {
    id: String,
    how: &'static str,
    pieces: Vec<P>,
    /// The place whose words it says again.
    repeats: Option<Link<'a>>,
}

/// All reports as one self-contained HTML page.
pub fn reading_page(reading: &Reading) -> String {
    let reports: Vec<ReportView<'_>> =
        reading.articles.iter().enumerate().map(|(ix, article)| report_view(ix + 1, article)).collect();
    let title = match &reports[..] {
        [only] => only.name.clone().into_owned(),
        _ => format!("{} reports", reports.len()),
    };
    let outside = reading.problems.iter().map(|(place, it)| ProblemView { place: shown(place), ..problem_view(it) });
    let page = ReadingPage { title, reports, problems: outside.collect() };
    // The template reads plain data; rendering it to a string cannot fail.
    page.render().unwrap_or_default()
}

fn report_view(number: usize, article: &Article) -> ReportView<'_> {
    let (report, text) = (&article.report, article.text());
    let marks = Marks::new(number, article);
    let mut walk = marks.walk();
    let link = |span: Span| Link { target: marks.target(span), words: excerpt(span.of(text)) };
    let problems = report.problems.iter().chain(&article.problems);
    let title = article.metadata.title.as_ref().map(|it| it.value.as_str()).filter(|it| !it.trim().is_empty());
    let mut facts = vec![
        report.location.clone(),
        report.media.as_str().to_owned(),
        report.encoding.clone(),
        format!("{} characters", grouped(text.chars().count())),
    ];
    facts.retain(|it| !it.is_empty());
    ReportView {
        number,
        name: shown(title.unwrap_or(&report.id)),
        id: shown(&report.id),
        facts: facts.iter().map(|it| shown(it).into_owned()).collect(),
        fields: fields(article, &link),
        cited: article
            .cited
            .iter()
            .map(|it| CitedView { name: shown(&it.name), kind: it.kind.as_str(), link: link(it.span) })
            .collect(),
        problems: problems.map(|it| ProblemView { link: it.span.map(link), ..problem_view(it) }).collect(),
        legend: legend(number, article),
        groups: groups(number, article, |block| walk.pieces(block, text), link),
    }
}

/// Every field there is, known or not, in the order of the records.
fn fields<'a>(article: &'a Article, link: &dyn Fn(Span) -> Link<'a>) -> Vec<FieldView<'a>> {
    let meta = &article.metadata;
    let unknown = |name| FieldView { name, value: None, how: "".into(), links: Vec::new(), note: String::new() };
    let known = |name, it: &'a Evidenced<String>| FieldView {
        name,
        value: Some(shown(&it.value)),
        how: shown(&it.how),
        links: it.spans.iter().map(|span| link(*span)).collect(),
        note: if it.spans.is_empty() { declared_at(article, it) } else { String::new() },
    };
    let field =
        |name, it: &'a Option<Evidenced<String>>| it.as_ref().map_or_else(|| unknown(name), |it| known(name, it));
    let mut found = vec![
        field("title", &meta.title),
        field("published", &meta.date_published),
        field("modified", &meta.date_modified),
        field("outlet", &meta.outlet),
    ];
    if meta.authors.is_empty() {
        found.push(unknown("author"));
    }
    found.extend(meta.authors.iter().map(|it| known("author", it)));
    found.push(field("dateline", &meta.dateline));
    found.push(field("language", &meta.language));
    found.push(field("section", &meta.section));
    found.push(field("address", &meta.url));
    found.push(match &meta.anchor {
        None => unknown("anchor date"),
        Some(it) => FieldView {
            name: "anchor date",
            value: Some(shown(&it.day)),
            how: shown(&it.how),
            links: Vec::new(),
            note: format!("confidence {:.2}; the day that “Monday” is counted from", it.confidence),
        },
    });
    found
}

/// Where a value that is not in the text was declared.
fn declared_at(article: &Article, it: &Evidenced<String>) -> String {
    let declared = article.report.declared.iter().find(|declared| declared.name == it.how);
    match declared.and_then(|it| it.raw) {
        Some((start, end)) => format!("declared in bytes {start} to {end} of the file"),
        // Names of declarations say where they stand (`og:title`); names of rules do not.
        None if declared.is_some() || it.how.contains(':') => "declared, not in the text".to_owned(),
        None => "found in no single place".to_owned(),
    }
}

fn problem_view(problem: &Problem) -> ProblemView<'_> {
    ProblemView { place: "".into(), code: problem.code, message: shown(&problem.message), link: None }
}

/// Roles of the report, in their own order.
fn legend(number: usize, article: &Article) -> Vec<LegendView> {
    let of_role = |role: Role| {
        let mut view = LegendView { role: role.as_str(), n_blocks: 0, n_chars: 0, target: String::new() };
        for (ix, block) in article.blocks.iter().enumerate().filter(|(_, it)| it.role == role) {
            if view.n_blocks == 0 {
                view.target = block_id(number, ix);
            }
            view.n_blocks += 1;
            view.n_chars += block.span.of(article.text()).chars().count();
        }
        view
    };
    Role::ALL.into_iter().map(of_role).filter(|it| it.n_blocks > 0).collect()
}

/// The blocks with what `pieces` makes of each, called in text order; `link` leads to the words that a repeat repeats.
fn groups<'a, P>(
    number: usize,
    article: &'a Article,
    mut pieces: impl FnMut(Span) -> Vec<P>,
    link: impl Fn(Span) -> Link<'a>,
) -> Vec<GroupView<'a, P>> {
    let mut groups: Vec<GroupView<'a, P>> = Vec::new();
    for (ix, block) in article.blocks.iter().enumerate() {
        let view = BlockView {
            id: block_id(number, ix),
            how: block.how,
            pieces: pieces(block.span),
            repeats: block.repeat_of.map(&link),
        };
        let (role, how) = (block.role.as_str(), block.how);
        // The article's own words and what names it stand out; a repeat is read once.
        let is_dimmed = !block.role.is_prose() || block.repeat_of.is_some();
        let is_furniture = block.role.is_furniture();
        match groups.last_mut() {
            Some(last)
                if last.role == role
                    && last.is_dimmed == is_dimmed
                    && (is_furniture && last.hows.len() < HOWS_MAX || last.hows.contains(&how)) =>
            {
                if !last.hows.contains(&how) {
                    last.hows.push(how);
                }
                last.blocks.push(view);
            }
            _ => groups.push(GroupView { role, hows: vec![how], is_dimmed, is_furniture, blocks: vec![view] }),
        }
    }
    groups
}

fn block_id(number: usize, ix: usize) -> String {
    format!("r{number}b{}", ix + 1)
}

/// The first words of a span on one line.
fn excerpt(words: &str) -> Cow<'_, str> {
    excerpt_of(words, QUOTED_CHARS_MAX)
}

/// The first `chars_max` characters of a span on one line.
fn excerpt_of(words: &str, chars_max: usize) -> Cow<'_, str> {
    let mut line = String::new();
    // Enough for the words and the white space between them; a span may be a whole report.
    for word in words.split_whitespace().take(chars_max) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.extend(word.chars().take(chars_max + 1));
        if chars_max < line.chars().count() {
            let mut cut: String = line.chars().take(chars_max).collect();
            cut.push('…');
            return shown(&cut).into_owned().into();
        }
    }
    shown(&line).into_owned().into()
}

/// A count with thin spaces between thousands.
fn grouped(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (ix, digit) in digits.chars().enumerate() {
        if 0 < ix && (digits.len() - ix).is_multiple_of(3) {
            out.push('\u{202F}');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests;
