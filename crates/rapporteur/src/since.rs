//! What changed in the facts of a story between two accounts: new, confirmed by a further origin, revised, contradicted,
//! dropped. Facts are the same where the same words of a report bear them out, so ids and order may differ.

use std::collections::BTreeSet;

use rapporteur_model::row::{ClaimRow, SCHEMA, SinceRow, SupportRow};
use rapporteur_model::{Annotated, Nature};

/// The day a report states as its own, `YYYY-MM-DD`; a day worked out from other reports is none.
pub fn stated_day(report: &Annotated) -> Option<String> {
    let meta = &report.article.metadata;
    let stated = meta.date_published.as_ref().or(meta.date_modified.as_ref())?;
    stated.value.get(..10).map(str::to_owned)
}

/// The kinds of change, in the order they are told.
pub const CHANGES: [&str; 5] = ["contradicted", "revised", "new", "confirmed", "dropped"];

/// Compares facts as they stood with facts as they stand. Rows must be in one unit of offsets.
pub fn since(before: &[ClaimRow], now: &[ClaimRow]) -> Vec<SinceRow> {
    let known: BTreeSet<&str> = before.iter().flat_map(|it| it.reports.iter().map(String::as_str)).collect();
    let mut met: BTreeSet<usize> = BTreeSet::new();
    let mut rows = Vec::new();
    for claim in now {
        let old: Vec<usize> = (0..before.len()).filter(|at| is_same(&before[*at], claim)).collect();
        met.extend(old.iter().copied());
        let old: Vec<&ClaimRow> = old.into_iter().map(|at| &before[at]).collect();
        rows.extend(change(&old, claim, &known));
    }
    // What is gone is gone with its reports, or since they were read anew; an edited report drops what it no longer says.
    for (_, claim) in before.iter().enumerate().filter(|(at, _)| !met.contains(at)) {
        rows.push(SinceRow {
            was: None,
            because: "no report says so any more".to_owned(),
            origins_before: claim.independent_origins,
            independent_origins: 0,
            ..row(claim, "dropped", claim.support.clone())
        });
    }
    let place = |it: &SinceRow| CHANGES.iter().position(|name| *name == it.change).unwrap_or(CHANGES.len());
    // Within a kind the order of weight stays.
    rows.sort_by_key(|it| (it.story.clone(), place(it)));
    rows
}

fn row(claim: &ClaimRow, change: &str, support: Vec<SupportRow>) -> SinceRow {
    SinceRow {
        schema: SCHEMA,
        offsets: claim.offsets.clone(),
        story: claim.story.clone(),
        change: change.to_owned(),
        fact: claim.fact.clone(),
        independent_origins: claim.independent_origins,
        support,
        ..SinceRow::default()
    }
}

/// What became of a fact that stands now; `None` where nothing did.
fn change(old: &[&ClaimRow], claim: &ClaimRow, known: &BTreeSet<&str>) -> Option<SinceRow> {
    let is_new = |report: &str| !known.contains(report);
    let fresh: Vec<SupportRow> = claim.support.iter().filter(|it| is_new(&it.report)).cloned().collect();
    if old.is_empty() {
        let support = if fresh.is_empty() { claim.support.clone() } else { fresh };
        let because = format!("told by {}", plural(claim.independent_origins, "independent origin"));
        return Some(SinceRow { because, ..row(claim, "new", support) });
    }
    let origins_before = old.iter().map(|it| it.independent_origins).max().unwrap_or(0);
    let was = old.iter().map(|it| it.fact.clone()).find(|it| *it != claim.fact);
    let differs: Vec<_> = claim.variants.iter().filter(|it| is_new(&it.report) && is_of_matter(&it.nature)).collect();
    let values = || {
        let mut list: Vec<String> =
            differs.iter().map(|it| format!("{} ({}, {})", it.value, it.nature, it.report)).collect();
        list.sort();
        list.dedup();
        list.join("; ")
    };
    let places: Vec<SupportRow> = differs
        .iter()
        .map(|it| SupportRow { report: it.report.clone(), span: it.span, text: it.value.clone() })
        .collect();
    let had_conflict = old.iter().any(|it| it.verdict == "conflict");
    if claim.verdict == "conflict" && !had_conflict {
        let because = format!("reports now conflict: {}", values());
        let support = if places.is_empty() { fresh } else { places };
        return Some(SinceRow { was, because, origins_before, ..row(claim, "contradicted", support) });
    }
    if !places.is_empty() {
        return Some(SinceRow { was, because: values(), origins_before, ..row(claim, "revised", places) });
    }
    if claim.independent_origins > origins_before {
        let because =
            format!("{origins_before} before, now {}", plural(claim.independent_origins, "independent origin"));
        return Some(SinceRow { was, because, origins_before, ..row(claim, "confirmed", fresh) });
    }
    None
}

/// Whether the same words of one report bear both out: half of the shorter place or more.
pub fn is_same(before: &ClaimRow, now: &ClaimRow) -> bool {
    let overlaps = |one: &SupportRow, other: &SupportRow| {
        let both = one.span.1.min(other.span.1).saturating_sub(one.span.0.max(other.span.0));
        let length = |it: &SupportRow| it.span.1 - it.span.0;
        one.report == other.report && both * 2 >= length(one).min(length(other)).max(1)
    };
    before.kind == now.kind && before.support.iter().any(|one| now.support.iter().any(|other| overlaps(one, other)))
}

/// Whether a difference makes a fact another one; wording alone does not.
fn is_of_matter(nature: &str) -> bool {
    Nature::OF_MATTER.iter().any(|it| it.as_str() == nature)
}

fn plural(n: u32, word: &str) -> String {
    format!("{n} {word}{}", if n == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rapporteur_model::row::VariantRow;

    fn fact(text: &str, places: &[(&str, u32)], verdict: &str, origins: u32) -> ClaimRow {
        ClaimRow {
            kind: "figure".to_owned(),
            fact: text.to_owned(),
            verdict: verdict.to_owned(),
            support: places
                .iter()
                .map(|(report, at)| SupportRow {
                    report: (*report).to_owned(),
                    span: (*at, at + 20),
                    text: String::new(),
                })
                .collect(),
            reports: places.iter().map(|it| it.0.to_owned()).collect(),
            independent_origins: origins,
            ..ClaimRow::default()
        }
    }

    fn changes(before: &[ClaimRow], now: &[ClaimRow]) -> Vec<String> {
        since(before, now).into_iter().map(|it| format!("{} {}", it.change, it.fact)).collect()
    }

    #[test]
    fn each_kind_of_change_is_told() {
        let before = [
            fact("Nine died.", &[("a", 0)], "single", 1),
            fact("The port opened.", &[("a", 50)], "single", 1),
            fact("It rained.", &[("a", 100)], "single", 1),
            fact("The fee is 40.", &[("a", 200)], "single", 1),
        ];
        let mut conflict = fact("Nine died.", &[("a", 2), ("b", 0)], "conflict", 2);
        let variant = |value: &str, nature: &str| VariantRow {
            report: "b".to_owned(),
            span: (0, 4),
            value: value.to_owned(),
            nature: nature.to_owned(),
        };
        conflict.variants.push(variant("12", "number"));
        let mut revised = fact("The fee is 40.", &[("a", 200), ("b", 90)], "differ-compatible", 2);
        revised.variants.push(variant("about 44", "number"));
        let now = [
            conflict,
            revised,
            fact("The port opened.", &[("a", 50), ("b", 60)], "agree", 2),
            fact("A ferry sank.", &[("b", 300)], "single", 1),
        ];
        let expected = [
            "contradicted Nine died.", "revised The fee is 40.", "new A ferry sank.", "confirmed The port opened.",
            "dropped It rained.",
        ];
        assert_eq!(changes(&before, &now), expected);
        assert!(changes(&now, &now).is_empty(), "nothing changed");
    }
}
