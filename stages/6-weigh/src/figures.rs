//! Figures: one measure, with the values the reports give.

use std::collections::BTreeSet;

use rapporteur_model::{Anchor, Change, Claim, Content, Figure, FigureContent, FigureKind, Nature, ReportIx, Variant};

use crate::cast::CastIx;
use crate::salience::weight;
use crate::story::{View, containment, jaccard};
use crate::verdict::{Difference, Said, compare, tally, verdict};

/// A figure in its sentence.
struct Printing<'a> {
    report: ReportIx,
    figure: &'a Figure,
    clause: Anchor,
    concept: BTreeSet<String>,
    terms: BTreeSet<String>,
    /// What befell those counted, or the verb that the figure goes with: "kill" for "seven people were killed".
    deed: Option<String>,
    stated_by: Vec<CastIx>,
    told_on: Option<&'a str>,
    /// Told in the headline or among the first sentences: what the report is about, not what came before it.
    prominent: bool,
}

/// The claims that something measures so much.
pub(crate) fn claims(view: &View<'_>) -> Vec<Claim> {
    let mut clusters: Vec<Vec<Printing<'_>>> = Vec::new();
    for report in &view.story.reports {
        for figure in &view.report(*report).annotations.figures {
            let Some(printing) = printing(view, *report, figure) else {
                continue;
            };
            // Values that a chain of vague ones leads to are not of one measure; a toll may differ.
            let fits =
                |other: &Printing<'_>| is_toll(other) && is_toll(&printing) || overlap(other.figure, printing.figure);
            let one = |it: &&mut Vec<Printing<'_>>| {
                it.iter().any(|other| one_measure(other, &printing)) && it.iter().all(fits)
            };
            match clusters.iter_mut().find(one) {
                Some(cluster) => cluster.push(printing),
                None => clusters.push(vec![printing]),
            }
        }
    }
    clusters.iter().map(|it| claim(view, it)).collect()
}

/// Figures that say something of the news: sums, people, measures, shares; no ages, ranks, small counts, conversions.
fn printing<'a>(view: &View<'a>, report: ReportIx, figure: &'a Figure) -> Option<Printing<'a>> {
    let value = figure.value?;
    if figure.repeat || figure.conversion_of.is_some() {
        return None;
    }
    let deed = deed(view, report, figure);
    let befell = deed.as_ref().is_some_and(|it| DEEDS.iter().any(|(class, _)| class == it));
    let matters = match figure.kind {
        FigureKind::Money | FigureKind::Percent | FigureKind::Measure => true,
        FigureKind::People => value >= 3.0,
        FigureKind::Count => value >= 5.0 && (figure.concept.is_some() || befell),
        FigureKind::Duration | FigureKind::Age | FigureKind::Ordinal => false,
    };
    if !matters {
        return None;
    }
    let (_, sentence) = view.sentence(Anchor::new(report, figure.span))?;
    let known = &view.report(report).annotations;
    let quote = figure.stated_by.and_then(|it| known.quotes.get(it.ix()));
    let speakers = quote.map_or(&[][..], |it| &it.speakers);
    Some(Printing {
        report,
        figure,
        clause: Anchor::new(report, sentence),
        concept: figure.concept.map(|it| view.terms(Anchor::new(report, it))).unwrap_or_default(),
        terms: view.terms(Anchor::new(report, sentence)),
        deed,
        told_on: view.told_on(report),
        prominent: PROMINENT_MIN <= crate::salience::prominence(view, Anchor::new(report, sentence)),
        stated_by: speakers.iter().filter_map(|it| view.cast.of(report, *it)).collect(),
    })
}

/// The headline, the summary and the first four sentences of the body.
const PROMINENT_MIN: f32 = 1.2;

/// Sentences with the same number of the same victims need share no more of their words than this.
const VICTIMS_LIKENESS_MIN: f32 = 0.12;

/// Whether the words right after a figure make it a difference from something else.
pub(crate) fn is_relative(view: &View<'_>, report: ReportIx, figure: &Figure) -> bool {
    let known = &view.report(report).annotations;
    let end = view.tokens(Anchor::new(report, figure.span)).end;
    known.tokens[end..known.tokens.len().min(end + 3)]
        .iter()
        .any(|it| matches!(it.tag, "JJR" | "RBR") || it.span.of(view.report(report).text()) == "than")
}

/// Verbs that tell the same of those counted.
const DEEDS: &[(&str, &[&str])] = &[
    ("die", &["kill", "die", "perish", "slay", "murder"]),
    ("hurt", &["injure", "wound", "hurt", "hospitalise", "hospitalize"]),
    ("arrest", &["arrest", "detain", "apprehend"]),
    ("flee", &["flee", "displace", "evacuate", "uproot"]),
    ("miss", &["miss", "disappear", "vanish"]),
    ("trap", &["trap", "strand"]),
];

/// Verbs that tell it only with a noun near them: "lost their lives", "taken to hospital".
const DEEDS_WITH: &[(&str, &[&str], &str)] = &[
    ("die", &["lose", "claim", "take", "cost"], "life"),
    ("hurt", &["take", "rush", "bring", "treat", "admit"], "hospital"),
];

/// The name of the deed that a verb tells, else the verb.
pub(crate) fn class(lemma: &str) -> &str {
    DEEDS.iter().find(|(_, verbs)| verbs.contains(&lemma)).map_or(lemma, |it| it.0)
}

/// The verb over a figure, as one of [`DEEDS`] where it is one.
fn deed(view: &View<'_>, report: ReportIx, figure: &Figure) -> Option<String> {
    let known = &view.report(report).annotations;
    let within = view.tokens(Anchor::new(report, figure.span));
    let mut at = within.clone().find(|it| !within.contains(&known.tokens[*it].head.ix()))?;
    let adjective = |noun: usize| {
        // "seven dead", "50 wounded passengers"
        let near = noun.saturating_sub(3)..(noun + 3).min(known.tokens.len());
        near.filter(|it| known.tokens[*it].head.ix() == noun || *it == noun).find_map(|it| {
            match view.lemma(report, it) {
                "dead" | "death" | "fatality" => Some("die"),
                "wounded" | "injured" | "injury" | "hurt" => Some("hurt"),
                "missing" => Some("miss"),
                _ => None,
            }
        })
    };
    for _ in 0..8 {
        if let Some(found) = adjective(at) {
            return Some(found.to_owned());
        }
        let token = &known.tokens[at];
        if token.pos == "VERB" {
            let lemma = view.lemma(report, at);
            // "left 26 others dead"
            let left = lemma == "leave" && {
                let near = within.end..known.tokens.len().min(within.end + 3);
                near.clone().any(|it| view.lemma(report, it) == "dead")
            };
            if left {
                return Some("die".to_owned());
            }
            let after = at..known.tokens.len().min(at + 6);
            let near = |noun: &str| after.clone().any(|it| view.lemma(report, it) == noun);
            let with = DEEDS_WITH.iter().find(|(_, verbs, noun)| verbs.contains(&lemma) && near(noun)).map(|it| it.0);
            return Some(rapporteur_text::fold(with.unwrap_or_else(|| class(lemma))));
        }
        if token.head.ix() == at {
            return None;
        }
        at = token.head.ix();
    }
    None
}

/// Whether those counted are victims.
fn is_toll(it: &Printing<'_>) -> bool {
    DEEDS.iter().any(|(class, _)| it.deed.as_deref() == Some(class))
}

/// Whether two figures measure one thing: same unit, and the same sentence or the same concept around them.
fn one_measure(a: &Printing<'_>, b: &Printing<'_>) -> bool {
    // "26 others dead", "killing 26", "26 people were killed": the deed and the number are the same, whatever is counted.
    let victims = a.deed.is_some() && a.deed == b.deed && DEEDS.iter().any(|it| Some(it.0) == a.deed.as_deref());
    let anybody = |it: &Printing<'_>| {
        matches!(it.figure.normalized_unit.as_str(), "" | "person" | "people" | "other" | "victim" | "man" | "woman")
    };
    if victims
        && (anybody(a) || anybody(b) || a.figure.normalized_unit == b.figure.normalized_unit)
        && a.figure.value == b.figure.value
        && jaccard(&a.terms, &b.terms) >= VICTIMS_LIKENESS_MIN
    {
        return true;
    }
    // The toll that a report opens with, against another's of the same day.
    let tolls = victims
        && a.figure.additional == b.figure.additional
        && anybody(a)
        && anybody(b)
        && a.prominent
        && b.prominent
        && a.report != b.report;
    if tolls && one_day(a, b) && comparable(a, b) && jaccard(&a.terms, &b.terms) >= VICTIMS_LIKENESS_MIN {
        return true;
    }
    if a.figure.kind != b.figure.kind || a.figure.normalized_unit != b.figure.normalized_unit {
        return false;
    }
    let same_value = overlap(a.figure, b.figure);
    let concept = containment(&a.concept, &b.concept);
    let around = jaccard(&a.terms, &b.terms);
    // Seven killed and seven arrested are two figures.
    let people = a.figure.kind == FigureKind::People;
    if people && a.deed.is_some() && b.deed.is_some() && a.deed != b.deed && concept < 0.5 && around < 0.5 {
        return false;
    }
    // Another value of the same measure is a dispute (`disputes`), where its sentences tell the same.
    same_value && (concept >= 0.5 || around >= 0.2)
}

/// Whether two values are near enough to be of one thing.
fn comparable(a: &Printing<'_>, b: &Printing<'_>) -> bool {
    match (a.figure.value, b.figure.value) {
        (Some(x), Some(y)) if x > 0.0 && y > 0.0 => (x / y).max(y / x) <= 2.5,
        _ => false,
    }
}

/// Whether both are told on one day, as far as is known.
fn one_day(a: &Printing<'_>, b: &Printing<'_>) -> bool {
    a.told_on.is_none() || b.told_on.is_none() || a.told_on == b.told_on
}

/// Whether the values can be one: equal within rounding, or one inside the other's range.
pub(crate) fn overlap(a: &Figure, b: &Figure) -> bool {
    let bounds = |it: &Figure| {
        let low = it.value.unwrap_or_default();
        let high = it.value_max.unwrap_or(low);
        match it.change {
            Change::More => (low, f64::INFINITY),
            Change::Less => (0.0, high),
            Change::About => (low * 0.9, high * 1.1),
            _ => (low * 0.995, high * 1.005),
        }
    };
    let (a, b) = (bounds(a), bounds(b));
    a.0 <= b.1 && b.0 <= a.1
}

fn claim(view: &View<'_>, printings: &[Printing<'_>]) -> Claim {
    let original = |it: &Printing<'_>| crate::verdict::parents(view, it.report).is_empty();
    let shown = printings.iter().find(|it| original(it)).unwrap_or(&printings[0]);
    let text = |it: &Printing<'_>| {
        let words = it.figure.span.of(view.report(it.report).text());
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let said: Vec<Said<&Figure>> =
        printings.iter().map(|it| Said { at: Anchor::new(it.report, it.figure.span), value: it.figure }).collect();
    let same = |a: &&Figure, b: &&Figure| a.value == b.value && a.value_max == b.value_max;
    // Where one report itself gives several values, they are a series (a bid and a higher bid), not a dispute.
    let series = said.iter().any(|a| said.iter().any(|b| a.at.report == b.at.report && !same(&a.value, &b.value)));
    let worst = if series { Difference::Same } else { compare(view, &said, same, |a, b| overlap(a, b)) };
    let variants: Vec<Variant> = printings
        .iter()
        .filter(|it| !series && !same(&it.figure, &shown.figure))
        .map(|it| Variant { anchor: Anchor::new(it.report, it.figure.span), value: text(it), nature: Nature::Number })
        .collect();
    let tally = tally(view, printings.iter().map(|it| it.clause).collect());
    let concept = shown.figure.concept.map(|it| it.of(view.report(shown.report).text())).unwrap_or_default();
    let bonus = match shown.figure.kind {
        FigureKind::Money | FigureKind::People | FigureKind::Measure => 0.9,
        _ => 0.0,
    };
    let bonus = bonus
        + match shown.deed.as_deref().filter(|_| matches!(shown.figure.kind, FigureKind::People | FigureKind::Count)) {
            Some("die") => 1.0,
            Some("hurt" | "flee" | "miss") => 0.4,
            _ => 0.0,
        };
    let split = if worst == Difference::Conflict { 0.5 } else { 0.0 };
    Claim {
        id: "f".to_owned(),
        verdict: verdict(view, &tally, worst, &variants),
        weight: weight(view, &tally.support) * 0.8 + bonus + split,
        content: Content::Figure(FigureContent {
            concept: concept.split_whitespace().collect::<Vec<_>>().join(" "),
            printed: text(shown),
            printed_at: Some(Anchor::new(shown.report, shown.figure.span)),
            value: shown.figure.value,
            unit: shown.figure.normalized_unit.clone(),
            deed: shown.deed.clone().filter(|it| {
                let counts = matches!(shown.figure.kind, FigureKind::People | FigureKind::Count);
                counts && DEEDS.iter().any(|(class, _)| class == it)
            }),
            stated_by: view.cast.parties(shown.stated_by.iter().copied()),
            clause: Some(shown.clause),
        }),
        support: tally.support,
        variants,
        reports: tally.reports,
        origins: tally.origins,
        silent: tally.silent,
    }
}
