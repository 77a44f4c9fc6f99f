//! Who says so, counted by origin, and what that makes of the claim.

use std::collections::BTreeSet;

use rapporteur_model::{Anchor, Direction, DriftKind, OriginIx, RelationKind, ReportIx, Span, Variant, Verdict};

use crate::story::View;

/// Who says so.
pub(crate) struct Tally {
    pub(crate) support: Vec<Anchor>,
    pub(crate) reports: Vec<ReportIx>,
    pub(crate) origins: Vec<OriginIx>,
    pub(crate) silent: Vec<ReportIx>,
}

/// Counts the voices behind a set of places.
pub(crate) fn tally(view: &View<'_>, mut support: Vec<Anchor>) -> Tally {
    support.sort_unstable();
    support.dedup();
    let reports: BTreeSet<ReportIx> = support.iter().map(|it| it.report).collect();
    let origins: BTreeSet<OriginIx> = reports.iter().map(|it| view.origin(*it)).collect();
    let silent = view.story.reports.iter().copied().filter(|it| !reports.contains(it)).collect();
    Tally { support, reports: reports.into_iter().collect(), origins: origins.into_iter().collect(), silent }
}

/// The report a rewrite was made from, when it is in the story.
pub(crate) fn parents(view: &View<'_>, report: ReportIx) -> Vec<ReportIx> {
    let pairs =
        view.relations.pairs.iter().filter(|it| {
            matches!(it.kind, RelationKind::Rewrite | RelationKind::SecondHand | RelationKind::Republication)
        });
    pairs
        .filter_map(|it| match it.direction {
            Direction::AFromB if it.a == report => Some(it.b),
            Direction::BFromA if it.b == report => Some(it.a),
            _ => None,
        })
        .filter(|it| view.story.reports.contains(it))
        .collect()
}

/// A value of one slot of a claim, as one report gives it.
pub(crate) struct Said<T> {
    pub(crate) at: Anchor,
    pub(crate) value: T,
}

/// How the values of a slot stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Difference {
    /// None.
    Same,
    /// Only a derived report differs from its parent.
    Drift,
    /// They differ, and all can be true.
    Compatible,
    /// They cannot all be true.
    Conflict,
}

/// Compares the values of a slot. `agree` says whether two values can both be true, `same` whether they are one value.
///
/// A value that only a derived report has, against its own parent, is drift. Reports of one origin that are not derived
/// from each other still differ: an outlet may contradict itself, but that is never counted as two voices.
pub(crate) fn compare<T>(
    view: &View<'_>,
    said: &[Said<T>],
    same: impl Fn(&T, &T) -> bool,
    agree: impl Fn(&T, &T) -> bool,
) -> Difference {
    let mut worst = Difference::Same;
    for (ix, a) in said.iter().enumerate() {
        for b in &said[ix + 1..] {
            if same(&a.value, &b.value) {
                continue;
            }
            let one_line = a.at.report == b.at.report || view.lineage(a.at.report, b.at.report).is_some();
            // The odd one out is drift when its own parent says what the others say.
            let strays = |odd: &Said<T>, other: &Said<T>| {
                parents(view, odd.at.report).iter().any(|parent| {
                    *parent == other.at.report
                        || said.iter().any(|it| it.at.report == *parent && same(&it.value, &other.value))
                })
            };
            let found = if strays(a, b) || strays(b, a) || (one_line && !agree(&a.value, &b.value)) {
                Difference::Drift
            } else if agree(&a.value, &b.value) {
                Difference::Compatible
            } else {
                Difference::Conflict
            };
            worst = worst.max(found);
        }
    }
    worst
}

/// Whether a rewrite changed what a claim of one origin says: the change stands in the words of both.
fn is_drift(view: &View<'_>, tally: &Tally) -> bool {
    let [_] = tally.origins[..] else { return false };
    let words = |report: ReportIx| tally.support.iter().filter(move |it| it.report == report).map(|it| it.span);
    view.relations.pairs.iter().filter(|it| it.kind.is_lineage()).any(|pair| {
        pair.drift.iter().any(|drift| {
            let meets =
                |report, span: Option<Span>| span.is_some_and(|it| words(report).any(|other| other.overlaps(it)));
            match drift.kind {
                DriftKind::Number
                | DriftKind::Date
                | DriftKind::Name
                | DriftKind::Certainty
                | DriftKind::Attribution => meets(pair.a, drift.a) && meets(pair.b, drift.b),
                // What is added must be most of what the rewrite says of it.
                DriftKind::Added => {
                    let most = |report, span: Option<Span>| {
                        span.is_some_and(|it| words(report).any(|own| own.overlaps(it) && own.len() <= 2 * it.len()))
                    };
                    most(pair.a, drift.a) && words(pair.b).next().is_some()
                        || most(pair.b, drift.b) && words(pair.a).next().is_some()
                }
                DriftKind::Lost | DriftKind::Marks => false,
            }
        })
    })
}

/// The verdict on a claim. Two reports of one lineage agree too; how many origins that makes is
/// said beside the verdict.
pub(crate) fn verdict(view: &View<'_>, tally: &Tally, worst: Difference, variants: &[Variant]) -> Verdict {
    let n_reports = tally.reports.len();
    match worst {
        Difference::Same if n_reports > 1 && is_drift(view, tally) => Verdict::RewriteDrift,
        Difference::Conflict => Verdict::Conflict,
        Difference::Compatible => Verdict::DifferCompatible,
        Difference::Drift => Verdict::RewriteDrift,
        Difference::Same if n_reports < 2 => Verdict::Single,
        Difference::Same if variants.is_empty() => Verdict::Agree,
        Difference::Same => Verdict::AgreeWording,
    }
}
