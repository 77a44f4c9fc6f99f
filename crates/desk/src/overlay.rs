//! Decisions laid over records before a story is weighed. The stored records stay as the stages made them.

use std::collections::BTreeMap;

use rapporteur::Unit;
use rapporteur_model::{ActorIx, Annotated, Direction, Relations, ReportIx};

use crate::decide::{Decision, What};

/// Actors that are the same get one id; words whose speaker is not who was thought have none.
pub(crate) fn records(reports: &mut [Annotated], decisions: &[Decision]) {
    let mut called: BTreeMap<&str, &str> = BTreeMap::new();
    for decision in decisions {
        if let What::SameSpeaker { actors } = &decision.what {
            let Some((first, others)) = actors.split_first() else { continue };
            let first = called.get(first.as_str()).copied().unwrap_or(first);
            // Who was called like one of these before is now called like the first.
            let others: Vec<&str> = others.iter().map(String::as_str).collect();
            called.values_mut().filter(|it| others.contains(it)).for_each(|it| *it = first);
            called.extend(others.into_iter().filter(|it| *it != first).map(|it| (it, first)));
        }
    }
    if !called.is_empty() {
        let names = longest_names(reports, &called);
        for actor in reports.iter_mut().flat_map(|it| &mut it.annotations.actors) {
            if let Some(first) = called.get(actor.id.as_str()) {
                if let Some(name) = names.get(first).filter(|it| **it != actor.name) {
                    actor.aliases.push(std::mem::replace(&mut actor.name, name.clone()));
                }
                actor.id = (*first).to_owned();
            }
        }
    }
    for decision in decisions {
        let What::NotSpeaker { report, span, actor } = &decision.what else { continue };
        let Some(it) = reports.iter_mut().find(|it| it.id() == report) else { continue };
        let Some(words) = rapporteur::rows::span_of(it.text(), Unit::Char, span.0, span.1) else { continue };
        let found = &mut it.annotations;
        let is_meant =
            |it: &ActorIx| actor.as_ref().is_none_or(|id| found.actors.get(it.ix()).is_some_and(|it| it.id == *id));
        let quotes = found.quotes.iter_mut().filter(|it| it.content.iter().any(|at| at.overlaps(words)));
        quotes.for_each(|it| it.speakers.retain(|speaker| !is_meant(speaker)));
    }
}

/// The name that those are shown by whose ids become one: that of the id they get, where a report has it.
fn longest_names<'a>(reports: &[Annotated], called: &BTreeMap<&'a str, &'a str>) -> BTreeMap<&'a str, String> {
    let mut names: BTreeMap<&str, String> = BTreeMap::new();
    for actor in reports.iter().flat_map(|it| &it.annotations.actors) {
        if let Some(first) = called.values().find(|it| **it == actor.id) {
            let name = names.entry(first).or_default();
            if (name.len(), actor.name.as_str()) < (actor.name.len(), name.as_str()) {
                name.clone_from(&actor.name);
            }
        }
    }
    names
}

/// A report that is trusted as the original is the parent in all its pairs of one text, and the root of its origin.
pub(crate) fn relations(relations: &mut Relations, reports: &[Annotated], decisions: &[Decision]) {
    for decision in decisions {
        let What::Original { report } = &decision.what else { continue };
        let Some(original) = reports.iter().position(|it| it.id() == report).map(ReportIx::from) else { continue };
        let because = || format!("{} said so", if decision.who.is_empty() { "a person" } else { &decision.who });
        for pair in relations.pairs.iter_mut().filter(|it| it.kind.is_lineage()) {
            if pair.a == original {
                pair.direction = Direction::BFromA;
            } else if pair.b == original {
                pair.direction = Direction::AFromB;
            } else {
                continue;
            }
            pair.because.push(because());
        }
        if let Some(origin) = relations.origins.iter_mut().find(|it| it.reports.contains(&original)) {
            origin.root = original;
            origin.because.push(because());
        }
    }
}
