//! Reports as one page for people: what was found in each, over its words and in lists beside them.
//!
//! The page shows what `rapporteur annotate` prints as rows, so that a person can check it with their own eyes. Each entry
//! of a list is a link to its words, each place in the text a link to its entry; numbers are those of the rows. All of it
//! works without scripts; the small one there is only lights up what belongs together.

mod entries;
mod marks;

use std::borrow::Cow;

use askama::Template;
use rapporteur_model::{Annotated, Problem};

use self::entries::SectionView;
use self::marks::{Marks, Piece};
use super::{GroupView, Link, ProblemView, excerpt, grouped, groups, problem_view, shown};
use crate::Collection;

/// The whole page.
#[derive(Template)]
#[template(path = "annotated.html")]
struct AnnotatedPage<'a> {
    title: String,
    switches: [Switch; 6],
    reports: Vec<ReportView<'a>>,
    /// What went wrong outside of a report, with its place.
    problems: Vec<ProblemView<'a>>,
}

/// A box to tick: whether a layer is shown.
struct Switch {
    layer: &'static str,
    name: &'static str,
}

const SWITCHES: [Switch; 6] = [
    Switch { layer: "q", name: "attributions" },
    Switch { layer: "a", name: "actors" },
    Switch { layer: "t", name: "times" },
    Switch { layer: "f", name: "figures" },
    Switch { layer: "e", name: "acts" },
    Switch { layer: "p", name: "positions" },
];

/// One report.
struct ReportView<'a> {
    number: usize,
    /// Its title, else its id: what stands over it.
    name: Cow<'a, str>,
    id: Cow<'a, str>,
    facts: Vec<String>,
    /// Why there is nothing to show, where it is not for want of something to find.
    note: String,
    problems: Vec<ProblemView<'a>>,
    groups: Vec<GroupView<'a, Piece<'a>>>,
    sections: Vec<SectionView<'a>>,
}

/// All reports, with what was found in them, as one self-contained HTML page.
pub fn annotated_page(collection: &Collection) -> String {
    let reports: Vec<ReportView<'_>> =
        collection.reports.iter().enumerate().map(|(ix, report)| report_view(ix + 1, report)).collect();
    let title = match &reports[..] {
        [only] => only.name.clone().into_owned(),
        _ => format!("{} reports", reports.len()),
    };
    let outside: &[(String, Problem)] = &collection.problems;
    let outside = outside.iter().map(|(place, it)| ProblemView { place: shown(place), ..problem_view(it) });
    let page = AnnotatedPage { title, switches: SWITCHES, reports, problems: outside.collect() };
    // The template reads plain data; rendering it to a string cannot fail.
    page.render().unwrap_or_default()
}

fn report_view(number: usize, report: &Annotated) -> ReportView<'_> {
    let (article, text) = (&report.article, report.text());
    let meta = &article.metadata;
    let title = meta.title.as_ref().map(|it| it.value.as_str()).filter(|it| !it.trim().is_empty());
    let mut marks = Marks::new(number, article);
    let sections = entries::sections(report, &mut marks);
    // The places that repeats lead to; all marks must stand before the text is cut.
    let repeated: Vec<String> =
        article.blocks.iter().filter_map(|it| it.repeat_of).map(|span| marks.words(span)).collect();
    let problems = article.report.problems.iter().chain(&article.problems);
    let mut cut = marks.cut();
    let mut groups = groups(
        number,
        article,
        |block| cut.pieces(block),
        |span| Link { target: String::new(), words: excerpt(span.of(text)) },
    );
    let repeats = groups.iter_mut().flat_map(|it| &mut it.blocks).filter_map(|it| it.repeats.as_mut());
    for (link, target) in repeats.zip(repeated) {
        link.target = target;
    }
    ReportView {
        number,
        name: shown(title.unwrap_or(&article.report.id)),
        id: shown(&article.report.id),
        facts: facts(report),
        note: note(report),
        problems: problems.map(problem_view).collect(),
        groups,
        sections,
    }
}

/// What one must know to judge the rest: where it comes from, and the day that times are counted from.
fn facts(report: &Annotated) -> Vec<String> {
    let (article, meta) = (&report.article, &report.article.metadata);
    let mut facts = vec![article.report.location.clone()];
    if let Some(it) = &meta.outlet {
        facts.push(it.value.clone());
    }
    facts.push(match &meta.date_published {
        Some(it) => format!("published {}", it.value),
        None => "publication date not known".to_owned(),
    });
    facts.push(match &meta.anchor {
        Some(it) => format!("times counted from {} ({}, {:.2})", it.day, it.how, it.confidence),
        None => "no day to count times from".to_owned(),
    });
    facts.push(format!("{} characters", grouped(report.text().chars().count())));
    facts.retain(|it| !it.is_empty());
    facts.iter().map(|it| shown(it).into_owned()).collect()
}

fn note(report: &Annotated) -> String {
    match &report.article.metadata.language {
        Some(it) if !it.value.starts_with("en") => {
            format!("Its language is {}; only reports in English are annotated.", shown(&it.value))
        }
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests;
