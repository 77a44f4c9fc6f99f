//! Sentences of different reports that tell the same and hold nothing that the events, figures and statements know: "the plan
//! favours the north" says who is better off, and is no happening of any type.

use std::collections::BTreeSet;

use rapporteur_model::{ActContent, Anchor, Claim, Content};

use crate::salience::weight;
use crate::story::View;
use crate::verdict::{Difference, tally, verdict};

use super::align::{Line, Match};
use super::verbs::{Told, told_of};

/// So much of the rarer words of the shorter sentence stands in the longer.
const CONTAINED: f32 = 0.5;
/// So much of the words of both is in both.
const SHARED: f32 = 0.28;
/// The best partner of each other in their two reports, or nearly.
const BEST: f32 = 0.95;
/// Words that both have.
const TERMS_MIN: usize = 3;

/// The claims that sentences told alike make, where no claim of `known` has two of their places already.
pub(super) fn claims(view: &View<'_>, lines: &[Line], mut pairs: Vec<Match>, known: &[Claim]) -> Vec<Claim> {
    pairs.retain(|it| CONTAINED <= it.contained && SHARED <= it.shared && BEST <= it.of_best && are_alike(lines, it));
    pairs.sort_by(|one, other| {
        other.shared.total_cmp(&one.shared).then_with(|| (one.a, one.b).cmp(&(other.a, other.b)))
    });
    // A sentence joins a group when it is like the one that opened it; a report has one sentence in a group.
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut taken: BTreeSet<usize> = BTreeSet::new();
    for it in &pairs {
        if taken.contains(&it.a) || taken.contains(&it.b) {
            continue;
        }
        let mut group = vec![it.a, it.b];
        for other in &pairs {
            let joins = match (group.contains(&other.a), group.contains(&other.b)) {
                (true, false) => other.b,
                (false, true) => other.a,
                _ => continue,
            };
            let of_seed = other.a == it.a || other.b == it.a || other.a == it.b || other.b == it.b;
            let one_a_report = group.iter().all(|it| lines[*it].report != lines[joins].report);
            if of_seed && one_a_report && !taken.contains(&joins) {
                group.push(joins);
            }
        }
        taken.extend(group.iter().copied());
        group.sort_unstable();
        groups.push(group);
    }
    groups.iter().filter(|it| !is_known(lines, it, known)).map(|it| claim(view, lines, it)).collect()
}

fn are_alike(lines: &[Line], it: &Match) -> bool {
    let both = lines[it.a].terms.intersection(&lines[it.b].terms).count();
    TERMS_MIN <= both
}

/// Whether a claim has places of two of the sentences.
fn is_known(lines: &[Line], group: &[usize], known: &[Claim]) -> bool {
    known.iter().any(|claim| {
        let meets =
            |line: &Line| claim.support.iter().any(|it| it.report == line.report && it.span.overlaps(line.span));
        2 <= group.iter().filter(|it| meets(&lines[**it])).count()
    })
}

fn claim(view: &View<'_>, lines: &[Line], group: &[usize]) -> Claim {
    let places: Vec<Anchor> = group.iter().map(|it| Anchor::new(lines[*it].report, lines[*it].span)).collect();
    let first = &lines[group[0]];
    let known = &view.report(first.report).annotations;
    let top = first.tokens.clone().find(|it| known.tokens[*it].dep == "ROOT").unwrap_or(first.tokens.start);
    let told = told_of(view, first.report, top);
    let tally = tally(view, places);
    let content = ActContent {
        kind: "OTHER".to_owned(),
        mode: String::new(),
        trigger: view.lemma(first.report, top).to_lowercase(),
        actors: Vec::new(),
        recipients: Vec::new(),
        place: None,
        date: None,
        realis: Some(told.realis()),
        positive: told != Told::NotDone,
        asserted_by: Vec::new(),
        clause: Some(Anchor::new(first.report, first.span)),
        trigger_at: Some(Anchor::new(first.report, known.tokens[top].span)),
    };
    Claim {
        id: "l".to_owned(),
        content: Content::Act(content),
        verdict: verdict(view, &tally, Difference::Same, &[]),
        weight: weight(view, &tally.support),
        support: tally.support,
        variants: Vec::new(),
        reports: tally.reports,
        origins: tally.origins,
        silent: tally.silent,
    }
}
