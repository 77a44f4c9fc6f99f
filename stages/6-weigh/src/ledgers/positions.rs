//! Who stands where: the positions of all reports, folded by actor and matter.

use std::collections::BTreeSet;

use rapporteur_model::{Anchor, Basis, MentionKind, Position, PositionEntry, ReportIx, Stance};

use super::{origins, stated_day};
use crate::cast::CastIx;
use crate::story::{View, containment, jaccard};

/// Two positions of one actor are on one matter when their words agree so far. Chosen so that a rewrite's wording folds with
/// its parent's and two demands of one speech stay apart.
const SAME_WORDS_MIN: f32 = 0.5;
const WITHIN_MIN: f32 = 0.8;
/// Fewer terms than this say too little to fold by containment.
const TERMS_MIN: usize = 3;

struct Found<'a> {
    actor: CastIx,
    report: ReportIx,
    position: &'a Position,
    terms: BTreeSet<String>,
}

pub(super) fn entries(view: &View<'_>) -> Vec<PositionEntry> {
    let mut groups: Vec<Vec<Found<'_>>> = Vec::new();
    for report in &view.story.reports {
        for position in view.report(*report).annotations.positions.iter().filter(|it| !it.repeat) {
            let Some(actor) = view.cast.of(*report, position.actor).filter(|it| view.cast.is_named(*it)) else {
                continue;
            };
            let terms = view.terms(Anchor::new(*report, position.span));
            let found = Found { actor, report: *report, position, terms };
            if !has_matter(view, &found) {
                continue;
            }
            match groups.iter_mut().find(|it| it.iter().any(|other| is_same(other, &found))) {
                Some(group) => group.push(found),
                None => groups.push(vec![found]),
            }
        }
    }
    let mut entries: Vec<PositionEntry> = groups.iter().map(|it| entry(view, it)).collect();
    mark_changes(view, &groups, &mut entries);
    entries.sort_by(|one, other| {
        let key = |it: &PositionEntry| (it.actor.name.clone(), std::cmp::Reverse(it.origins.len()), it.support.clone());
        key(one).cmp(&key(other))
    });
    entries
}

/// A matter that is a bare pronoun ("opposed to this") is none that a reader could know from the entry.
fn has_matter(view: &View<'_>, found: &Found<'_>) -> bool {
    let words = found.position.issue.split_whitespace().count();
    let pronoun =
        matches!(found.position.issue.to_lowercase().as_str(), "it" | "this" | "that" | "them" | "these" | "those");
    let mentions = &view.report(found.report).annotations.mentions;
    let is_pronoun_only =
        mentions.iter().any(|it| it.span == found.position.span && it.kind == MentionKind::Pronominal);
    words > 0 && !pronoun && !is_pronoun_only && !found.terms.is_empty()
}

fn is_same(one: &Found<'_>, other: &Found<'_>) -> bool {
    one.actor == other.actor && one.position.stance == other.position.stance && is_one_matter(one, other)
}

fn is_one_matter(one: &Found<'_>, other: &Found<'_>) -> bool {
    let within = one.terms.len().min(other.terms.len()) >= TERMS_MIN;
    jaccard(&one.terms, &other.terms) >= SAME_WORDS_MIN || within && containment(&one.terms, &other.terms) >= WITHIN_MIN
}

fn entry(view: &View<'_>, group: &[Found<'_>]) -> PositionEntry {
    let mut support: Vec<Anchor> = group.iter().map(|it| Anchor::new(it.report, it.position.span)).collect();
    support.sort_unstable();
    support.dedup();
    // The issue in the words most reports bear out: of equal ones the shortest, then the first.
    let issue = group
        .iter()
        .map(|it| it.position.issue.as_str())
        .min_by_key(|it| (it.len(), *it))
        .unwrap_or_default()
        .to_owned();
    let basis = group.iter().map(|it| it.position.basis).min().unwrap_or(Basis::Reported);
    let told_on = group.iter().filter_map(|it| stated_day(view, it.report)).min();
    PositionEntry {
        actor: view.cast.member(group[0].actor).party.clone(),
        issue,
        stance: group[0].position.stance,
        basis,
        told_on,
        origins: origins(view, &support),
        support,
        also: None,
    }
}

fn place(found: &Found<'_>) -> Anchor {
    Anchor::new(found.report, found.position.span)
}

/// Marks entries of one actor that take two sides on one matter; a neutral one is no other side, and one sentence may well be
/// against one half of a matter and for the other.
fn mark_changes(view: &View<'_>, groups: &[Vec<Found<'_>>], entries: &mut [PositionEntry]) {
    for one in 0..groups.len() {
        for other in 0..groups.len() {
            let (a, b) = (&groups[one][0], &groups[other][0]);
            let sides = (a.position.stance, b.position.stance);
            let opposed = matches!(sides, (Stance::Support, Stance::Oppose) | (Stance::Oppose, Stance::Support));
            let apart = view.sentence(place(a)) != view.sentence(place(b));
            if one != other && a.actor == b.actor && opposed && apart && is_one_matter(a, b) {
                entries[one].also = Some(b.position.stance);
            }
        }
    }
}
