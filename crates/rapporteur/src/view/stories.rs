//! Which reports belong together, as one page for people: storylines, in them the stories of one happening each, in them the
//! reports with the reasons.
//!
//! The page shows what `rapporteur group` prints as rows. It needs no script and nothing from outside. A report that is
//! alone in its story is folded away at the end, not left out.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use rapporteur_model::{Annotated, ReportIx, Story};

use super::{ProblemView, problem_view, shown};
use crate::Collection;

/// The whole page.
#[derive(Template)]
#[template(path = "stories.html")]
struct StoriesPage<'a> {
    title: String,
    n_reports: usize,
    n_stories: usize,
    lines: Vec<LineView<'a>>,
    /// Stories of one report that belong to no larger line.
    alone: Vec<ReportView<'a>>,
    /// What went wrong outside of a report, with its place.
    problems: Vec<ProblemView<'a>>,
}

/// A storyline; most have one story.
struct LineView<'a> {
    id: Cow<'a, str>,
    name: Cow<'a, str>,
    days: String,
    n_reports: usize,
    stories: Vec<StoryView<'a>>,
}

/// A story.
struct StoryView<'a> {
    id: Cow<'a, str>,
    name: Cow<'a, str>,
    days: String,
    n_outlets: usize,
    /// Reports that come from each other are one origin.
    n_origins: usize,
    reports: Vec<ReportView<'a>>,
}

/// A report in a story.
struct ReportView<'a> {
    id: Cow<'a, str>,
    name: Cow<'a, str>,
    /// Empty where it is not known; so is the day.
    outlet: Cow<'a, str>,
    day: Cow<'a, str>,
    because: Vec<Cow<'a, str>>,
}

/// All stories of a collection as one self-contained HTML page.
pub fn stories_page(collection: &Collection) -> String {
    let mut lines: BTreeMap<&str, Vec<&Story>> = BTreeMap::new();
    for story in &collection.stories {
        lines.entry(&story.storyline).or_default().push(story);
    }
    let is_alone = |it: &Vec<&Story>| it.len() == 1 && it[0].reports.len() == 1;
    let (alone, lines): (Vec<_>, Vec<_>) = lines.into_iter().partition(|it| is_alone(&it.1));
    let mut lines: Vec<LineView<'_>> = lines.into_iter().map(|(id, it)| line_view(id, it, collection)).collect();
    // Most reports first; of equals the name that sorts first.
    lines.sort_by(|one, other| other.n_reports.cmp(&one.n_reports).then_with(|| one.id.cmp(&other.id)));
    let mut alone: Vec<ReportView<'_>> =
        alone.into_iter().flat_map(|it| it.1).flat_map(|it| report_views(it, &collection.reports)).collect();
    alone.sort_by(|one, other| (day_key(&one.day), &one.id).cmp(&(day_key(&other.day), &other.id)));
    let (n_reports, n_stories) = (collection.reports.len(), collection.stories.len());
    let page = StoriesPage {
        title: format!("{}, {}", counted(n_reports, "report", "reports"), counted(n_stories, "story", "stories")),
        n_reports,
        n_stories,
        lines,
        alone,
        problems: collection
            .problems
            .iter()
            .map(|(place, it)| ProblemView { place: shown(place), ..problem_view(it) })
            .collect(),
    };
    // The template reads plain data; rendering it to a string cannot fail.
    page.render().unwrap_or_default()
}

fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

fn line_view<'a>(id: &'a str, stories: Vec<&'a Story>, collection: &'a Collection) -> LineView<'a> {
    let mut views: Vec<StoryView<'_>> = stories.into_iter().map(|it| story_view(it, collection)).collect();
    // As they happened; what has no day comes last.
    let first_day = |it: &StoryView<'_>| it.reports.first().map(|it| day_key(&it.day).to_owned());
    views.sort_by(|one, other| (first_day(one), &one.id).cmp(&(first_day(other), &other.id)));
    // The largest story names the line; of equals the earliest.
    let largest = views.iter().rev().max_by_key(|it| it.reports.len());
    LineView {
        id: shown(id),
        name: largest.map(|it| it.name.clone()).unwrap_or_default(),
        days: days(views.iter().flat_map(|it| &it.reports)),
        n_reports: views.iter().map(|it| it.reports.len()).sum(),
        stories: views,
    }
}

fn story_view<'a>(story: &'a Story, collection: &'a Collection) -> StoryView<'a> {
    let reports = report_views(story, &collection.reports);
    let outlets: BTreeSet<&str> = reports.iter().map(|it| it.outlet.as_ref()).filter(|it| !it.is_empty()).collect();
    let n_outlets = outlets.len();
    let origin_of = |it: &ReportIx| collection.relations.origin_of.get(it.ix()).map(|it| it.ix());
    let n_origins = story.reports.iter().filter_map(origin_of).collect::<BTreeSet<usize>>().len();
    StoryView {
        id: shown(&story.id),
        name: reports.first().map(|it| it.name.clone()).unwrap_or_default(),
        days: days(reports.iter()),
        n_outlets,
        n_origins,
        reports,
    }
}

/// The reports of a story as they came out; those of no known day last.
fn report_views<'a>(story: &'a Story, reports: &'a [Annotated]) -> Vec<ReportView<'a>> {
    let view = |(at, ix): (usize, &ReportIx)| {
        let report = &reports[ix.ix()];
        let meta = &report.article.metadata;
        let title = meta.title.as_ref().map(|it| it.value.as_str()).filter(|it| !it.trim().is_empty());
        let day = meta.date_published.as_ref().map_or("", |it| it.value.get(..10).unwrap_or(&it.value));
        ReportView {
            id: shown(report.id()),
            name: shown(title.unwrap_or(report.id())),
            outlet: shown(meta.outlet.as_ref().map_or("", |it| &it.value)),
            day: shown(day),
            because: story.because.get(at).into_iter().flatten().map(|it| shown(it)).collect(),
        }
    };
    let mut views: Vec<ReportView<'_>> = story.reports.iter().enumerate().map(view).collect();
    views.sort_by(|one, other| (day_key(&one.day), &one.id).cmp(&(day_key(&other.day), &other.id)));
    views
}

/// What is not known sorts last.
fn day_key(day: &str) -> &str {
    if day.is_empty() { "~" } else { day }
}

/// The first and the last known day.
fn days<'a>(reports: impl Iterator<Item = &'a ReportView<'a>>) -> String {
    let known: BTreeSet<&str> = reports.map(|it| it.day.as_ref()).filter(|it| !it.is_empty()).collect();
    match (known.first(), known.last()) {
        (Some(first), Some(last)) if first == last => (*first).to_owned(),
        (Some(first), Some(last)) => format!("{first} to {last}"),
        _ => "days not known".to_owned(),
    }
}
