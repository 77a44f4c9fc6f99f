//! Figures, days and names of a claimed sentence against those at the places that tell it.

use std::collections::BTreeSet;

use rapporteur_model::{
    ActorKind, Anchor, Change, Figure, FigureKind, MentionKind, MentionUse, ReportIx, SentenceIx, Span, Time, TimeKind,
};

use super::windows::{Claimed, Fit};
use crate::cast::CastIx;
use crate::dates::{self, grain, one_day};
use crate::story::View;

/// Something in a sentence that its places do not bear out.
pub(super) struct Finding {
    /// The words of the sentence.
    pub(super) words: Span,
    /// Why, in words.
    pub(super) because: String,
    /// Where a report says otherwise.
    pub(super) rival: Option<Anchor>,
}

/// What the words of a finding are.
pub(super) enum Kind {
    /// A figure, a day, a verb: a report has another.
    Value,
    /// A name: a report names another.
    Name,
}

impl Finding {
    /// Words against those of a place that says otherwise, or that no place has.
    pub(super) fn new(view: &View<'_>, claimed: &Claimed, words: Span, rival: Option<Anchor>, kind: Kind) -> Finding {
        let own = words.of(view.report(claimed.report).text());
        let (does, untold) = match kind {
            Kind::Value => ("has", format!("no report gives “{own}” for it")),
            Kind::Name => ("names", format!("no report names “{own}” with it")),
        };
        let because = rival.map_or(untold, |it| {
            let report = view.report(it.report);
            format!("“{own}”: {} {does} “{}”", report.id(), it.span.of(report.text()))
        });
        Finding { words, because, rival }
    }
}

/// Sentences around a place that may hold a day or a name it points back to.
const AROUND: usize = 2;

/// All of them.
pub(super) fn findings(view: &View<'_>, claimed: &Claimed, places: &[&Fit]) -> Vec<Finding> {
    let mut found = figures(view, claimed, places);
    found.extend(days(view, claimed, places));
    found.extend(names(view, claimed, places));
    found
}

fn figures_in<'a>(view: &View<'a>, report: ReportIx, at: Span) -> impl Iterator<Item = &'a Figure> {
    view.report(report).annotations.figures.iter().filter(move |it| it.span.overlaps(at))
}

fn figures(view: &View<'_>, claimed: &Claimed, places: &[&Fit]) -> Vec<Finding> {
    let text = view.report(claimed.report).text();
    let own: Vec<&Figure> = figures_in(view, claimed.report, claimed.span).collect();
    let mut found = Vec::new();
    for figure in own.iter().filter(|it| it.kind != FigureKind::Ordinal && it.value.is_some()) {
        let near =
            || places.iter().flat_map(|it| figures_in(view, it.place.report, it.place.span).map(|f| (it.place, f)));
        if near().any(|(_, it)| one_value(it, figure) && one_sort(it, figure)) {
            continue;
        }
        // The digits may stand there as something that is no figure: a name, a date.
        let digits: String = figure.span.of(text).chars().filter(|it| it.is_ascii_digit() || *it == '.').collect();
        let digits = digits.trim_matches('.').to_owned();
        let written = |it: &&&Fit| {
            let words = it.place.span.of(view.report(it.place.report).text()).replace(',', "");
            !digits.is_empty()
                && words.split(|c: char| !c.is_ascii_digit() && c != '.').any(|it| it.trim_matches('.') == digits)
        };
        if places.iter().any(|it| written(&it)) {
            continue;
        }
        // Another value of the same sort, that the sentence does not give beside it.
        let rival = near()
            .find(|(_, it)| one_sort(it, figure) && it.value.is_some() && !own.iter().any(|mine| one_value(mine, it)));
        let rival = rival.map(|(place, other)| Anchor::new(place.report, other.span));
        found.push(Finding::new(view, claimed, figure.span, rival, Kind::Value));
    }
    found
}

/// Whether two figures can be of one thing by their kinds and units.
fn one_sort(a: &Figure, b: &Figure) -> bool {
    let people = |it: &Figure| matches!(it.kind, FigureKind::People | FigureKind::Count);
    let unit = |it: &Figure| it.normalized_unit.trim_end_matches('s').to_owned();
    let same_unit = {
        let (a, b) = (unit(a), unit(b));
        a == b || a.is_empty() || b.is_empty() || a.ends_with(b.as_str()) || b.ends_with(a.as_str())
    };
    let money = a.kind == FigureKind::Money && b.kind == FigureKind::Money;
    (a.kind == b.kind || people(a) && people(b)) && (same_unit || money && a.currency == b.currency)
}

/// Whether two figures can be the same value: equal within rounding, or inside the other's bounds.
fn one_value(a: &Figure, b: &Figure) -> bool {
    let bounds = |it: &Figure| {
        let low = it.value.unwrap_or_default();
        let high = it.value_max.unwrap_or(low);
        match it.change {
            Change::About => (low * 0.93, high * 1.07),
            _ => (low * 0.995, high * 1.005),
        }
    };
    let (x, y) = (bounds(a), bounds(b));
    x.0 <= y.1 && y.0 <= x.1
}

/// The sentences of a place and those around it.
pub(super) fn around(view: &View<'_>, place: Anchor) -> Span {
    let sentences = &view.report(place.report).annotations.sentences;
    let Some((SentenceIx(ix), own)) = view.sentence(place) else { return place.span };
    let ix = ix as usize;
    let first = sentences[ix.saturating_sub(AROUND)].span;
    let last = sentences[(ix + AROUND).min(sentences.len() - 1)].span;
    first.cover(last).cover(own).cover(place.span)
}

fn days(view: &View<'_>, claimed: &Claimed, places: &[&Fit]) -> Vec<Finding> {
    let text = view.report(claimed.report).text();
    let times = |report: ReportIx, at: Span| {
        let all = view.report(report).annotations.times.iter();
        all.filter(move |it: &&Time| {
            let dated = it.value.as_deref().is_some_and(|it| it.starts_with('X') || dates::days(it).is_some());
            it.span.overlaps(at) && matches!(it.kind, TimeKind::Date | TimeKind::Time) && dated
        })
    };
    let mut found = Vec::new();
    for time in times(claimed.report, claimed.span) {
        let Some(value) = time.value.as_deref() else { continue };
        // "As of 2 May, …" is the day of a report.
        let before = text[claimed.span.start() as usize..time.span.start().max(claimed.span.start()) as usize].trim();
        let is_reports_day = |it: &ReportIx| {
            let stated = &view.report(*it).article.metadata.date_published;
            *it != claimed.report && stated.as_ref().is_some_and(|it| it.value.starts_with(value))
        };
        if before.eq_ignore_ascii_case("as of") && view.story.reports.iter().any(is_reports_day) {
            continue;
        }
        // A month does not bear out a day in it.
        let fits = |it: &&Time| {
            it.value.as_deref().is_some_and(|other| one_day(value, other) && grain(value).min(FINE) <= grain(other))
        };
        let exact = |it: &&Time| it.value.as_deref().is_some_and(|it| grain(it) == grain(value));
        let told = places.iter().any(|it| {
            let place = it.place;
            let here = || times(place.report, place.span);
            if here().any(|it| fits(&it))
                || place.span.of(view.report(place.report).text()).contains(time.span.of(text))
            {
                return true;
            }
            // A place that gives another day says otherwise, be it a weekday of no known date; one that gives none may point
            // back, or tell of its own day.
            let own = weekday_in(time.span.of(text));
            let other = weekday_in(place.span.of(view.report(place.report).text()));
            here().find(exact).is_none()
                && (own.is_none() || other.is_none())
                && (times(place.report, around(view, place)).any(|it| fits(&it))
                    || view.told_on(place.report).is_some_and(|day| one_day(value, day)))
        });
        if told {
            continue;
        }
        let rival = places.iter().find_map(|it| {
            times(it.place.report, it.place.span).find(exact).map(|other| Anchor::new(it.place.report, other.span))
        });
        found.push(Finding::new(view, claimed, time.span, rival, Kind::Value));
    }
    found
}

/// The first weekday that words name.
fn weekday_in(words: &str) -> Option<usize> {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let lower = words.to_lowercase();
    let mut all = lower.split(|c: char| !c.is_alphanumeric());
    all.find_map(|word| DAYS.iter().position(|it| *it == word))
}

/// Weeks and weekends are as fine as days here.
const FINE: usize = 8;

/// What a name does in its clause, and the verb: ("nsubj", "meet").
fn role(view: &View<'_>, report: ReportIx, at: Span) -> Option<(&'static str, String)> {
    let known = &view.report(report).annotations;
    let range = view.tokens(Anchor::new(report, at));
    let head = range.clone().find(|it| !range.contains(&known.tokens[*it].head.ix()))?;
    let mut over = head;
    for _ in 0..3 {
        let dep = known.tokens[over].dep;
        let up = known.tokens[over].head.ix();
        if known.tokens[up].pos == "VERB" {
            return Some((dep, rapporteur_text::fold(view.lemma(report, up))));
        }
        if up == over {
            return None;
        }
        over = up;
    }
    None
}

fn names(view: &View<'_>, claimed: &Claimed, places: &[&Fit]) -> Vec<Finding> {
    let text = view.report(claimed.report).text();
    let named = |report: ReportIx, at: Span, kinds: fn(MentionKind) -> bool| -> Vec<(CastIx, Span)> {
        let mentions = view.report(report).annotations.mentions.iter();
        let here = mentions.filter(|it| it.span.overlaps(at) && kinds(it.kind));
        // A state before a noun ("US officials") need not be there; a person must.
        let here = here.filter(move |it| {
            let kind = it.actor.and_then(|it| view.report(report).annotations.actors.get(it.ix())).map(|it| it.kind);
            it.usage != MentionUse::Modifier || kind == Some(ActorKind::Person)
        });
        here.filter_map(|it| Some((view.cast.of(report, it.actor?)?, it.span)))
            .filter(|it| view.cast.is_named(it.0))
            .collect()
    };
    let own = named(claimed.report, claimed.span, |it| it == MentionKind::Named);
    let ids: BTreeSet<CastIx> = own.iter().map(|it| it.0).collect();
    let mut found: Vec<Finding> = Vec::new();
    let mut seen: BTreeSet<CastIx> = BTreeSet::new();
    for (who, span) in own {
        if !seen.insert(who) {
            continue;
        }
        let there = |at: Anchor, span: Span| named(at.report, span, |_| true).iter().any(|it| it.0 == who);
        let printed = |at: Anchor| at.span.of(view.report(at.report).text()).contains(span.of(text));
        if places.iter().any(|it| there(it.place, around(view, it.place)) || printed(it.place)) {
            continue;
        }
        // What describes somebody may stand where the report first names them; an outlet may be named for its report.
        let anywhere = || {
            let others = view.story.reports.iter().filter(|it| **it != claimed.report);
            others.into_iter().any(|it| view.report(*it).text().contains(span.of(text)))
        };
        let outlet = view.story.reports.iter().any(|it| {
            let outlet = view.report(*it).article.metadata.outlet.as_ref().map(|it| it.value.as_str());
            outlet.is_some_and(|it| {
                let known = view.lexicon.outlet_of_host(it).map(|it| it.name);
                it == span.of(text) || known == Some(span.of(text))
            })
        });
        if outlet || claimed.describes(span) && anywhere() {
            continue;
        }
        // Somebody of the same kind stands there whom the sentence does not name.
        let kind = view.cast.member(who).kind;
        let rival = places.iter().find_map(|it| {
            let others = named(it.place.report, it.place.span, |it| it == MentionKind::Named);
            others
                .into_iter()
                .filter(|_| kind == ActorKind::Person)
                .find(|other| {
                    !ids.contains(&other.0)
                        && view.cast.member(other.0).kind == kind
                        && role(view, it.place.report, other.1)
                            .is_some_and(|it| role(view, claimed.report, span) == Some(it))
                })
                .map(|other| Anchor::new(it.place.report, other.1))
        });
        found.push(Finding::new(view, claimed, span, rival, Kind::Name));
    }
    found
}
