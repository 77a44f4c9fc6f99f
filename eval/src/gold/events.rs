//! Events over the five reports: found where the gold's mentions are, and then type, participants, status and day of what
//! was found, over all mentions of one event together.
//!
//! A day counts where a report says it: where one of the gold's times that stand in a passage that tells of the event has
//! the event's own day, month or year as its value. Days that the gold's reader inferred from the whole ("day implied",
//! "date not stated") are no measure: the program promises to leave those null, so they are counted by themselves, as
//! `date_inferred`, the share of them that got no other day.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Gold, Run, flag, points};
use crate::corpora::string;
use crate::measures::touch;
use crate::predictions::{self, Act};
use crate::tasks::{Answer, words};

/// Moments where a report tells of an event, met by an act.
pub(super) fn moments(run: &Run<'_>, gold: &Gold, answer: &mut Answer) {
    let (mut n_gold, mut n_found) = (0, 0);
    for row in gold.rows("events") {
        for mention in told(row) {
            let Some((_, report)) = run.report(&string(mention, "report")) else { continue };
            let Some(at) = points(&mention["span"]) else { continue };
            n_gold += 1;
            if predictions::acts(report.found, &report.edge).iter().any(|it| touch(it.trigger, at)) {
                n_found += 1;
            } else {
                let (id, title) = (string(row, "id"), string(row, "title"));
                answer.misses.push(format!("event {id} {title} in {}: [{}]", report.input.id, words(report.input, at)));
            }
        }
    }
    answer.scores.add_share("events.recall", n_found, n_gold);
}

/// Mentions that count: no weak ones, no repeats.
fn told(row: &Value) -> impl Iterator<Item = &Value> {
    row["mentions"].as_array().into_iter().flatten().filter(|it| !flag(it, "weak") && !flag(it, "repeat"))
}

/// Whether an act is of the gold's type. The gold has types of its own, finer than PLOVER's; what PLOVER has nothing for
/// is told by the mode.
fn is_of_type(class: &str, act: &Act) -> bool {
    let (kind, mode) = (act.kind.as_str(), act.mode.as_str());
    match class {
        "meeting" | "summit" => kind == "CONSULT" && !matches!(mode, "travel" | "call"),
        "call" => kind == "CONSULT" && !matches!(mode, "travel" | "visit"),
        "travel" | "visit" => matches!(mode, "travel" | "visit"),
        "statement-forum" => matches!(mode, "statement" | "announcement" | "interview" | "speech" | "briefing"),
        "proposal-issued" => mode == "proposal" || matches!(kind, "REQUEST" | "AID" | "AGREE"),
        "proposal-revised" => matches!(mode, "revision" | "proposal" | "law"),
        "leak" => mode == "leak",
        "resignation" => mode == "resignation",
        "appointment" => matches!(mode, "appointment" | "lead"),
        "investigation" => mode == "investigate",
        "pledge" => matches!(kind, "AGREE" | "AID") || mode == "announcement",
        "study" => matches!(mode, "statement" | "publication" | "study"),
        "diplomatic-push" => matches!(kind, "REQUEST" | "CONSULT" | "SUPPORT"),
        "military-advance" | "invasion" | "annexation" | "war" | "military-attack" => {
            kind == "ASSAULT" || matches!(mode, "occupy" | "annex" | "seize")
        }
        "security-guarantee" => matches!(kind, "REQUEST" | "AGREE" | "SUPPORT" | "AID" | "COOPERATE" | "REJECT"),
        "cession" => matches!(kind, "REQUEST" | "CONCEDE" | "RETREAT" | "REJECT"),
        _ => false,
    }
}

/// Whether a status is the gold's. What is set for a day is expected too; of what is only talked about, the gold says
/// `hypothetical`, where the program tells proposals and demands apart.
fn is_status(wanted: &str, had: &str) -> bool {
    match wanted {
        "scheduled" | "expected" => matches!(had, "scheduled" | "expected"),
        "hypothetical" => matches!(had, "hypothetical" | "proposed" | "demanded"),
        _ => wanted == had,
    }
}

/// The days, months or years that the gold allows; empty where it gives none.
fn dates(row: &Value) -> Vec<String> {
    let date = string(row, "date");
    let is_date = |it: &&str| 4 <= it.len() && it.chars().take(4).all(|it| it.is_ascii_digit());
    let one_of =
        |it: &str| it.split(['/', ' ']).filter(is_date).map(|it| it.get(..10).unwrap_or(it).to_owned()).collect();
    if date.contains(" or ") { Vec::new() } else { one_of(&date) }
}

/// Whether a report says one of the days `wanted` where it tells of the event.
fn is_stated(gold: &Gold, row: &Value, wanted: &[String]) -> bool {
    let mentions = || row["mentions"].as_array().into_iter().flatten();
    gold.rows("times").iter().any(|time| {
        let value = string(time, "value");
        // "2025-12-02TAF" is a part of the day "2025-12-02", but the day is not what says "2025-12".
        let named = wanted.iter().any(|it| value == *it || it.len() == 10 && value.starts_with(it.as_str()));
        let at = points(&time["span"]);
        let inside = |mention: &Value| {
            let one_report = string(&mention["span"], "report") == string(&time["span"], "report");
            one_report && points(&mention["span"]).zip(at).is_some_and(|(whole, at)| touch(whole, at))
        };
        named && mentions().any(inside)
    })
}

/// Events one by one: found, and of those found, type, participants, status and day right.
pub(super) fn events(run: &Run<'_>, gold: &Gold, answer: &mut Answer) {
    let by_report: Vec<Vec<Act>> = run.reports.iter().map(|it| predictions::acts(it.found, &it.edge)).collect();
    let (mut n_events, mut n_found, mut n_type) = (0, 0, 0);
    let (mut n_parties, mut n_parties_had) = (0, 0);
    let (mut n_status, mut n_status_right) = (0, 0);
    let (mut n_dates, mut n_dates_right) = (0, 0);
    let (mut n_inferred, mut n_inferred_right) = (0, 0);
    for row in gold.rows("events") {
        let (id, title, class) = (string(row, "id"), string(row, "title"), string(row, "type"));
        let mut near: Vec<&Act> = Vec::new();
        for mention in told(row) {
            let Some((ix, _)) = run.report(&string(mention, "report")) else { continue };
            let Some(at) = points(&mention["span"]) else { continue };
            near.extend(by_report[ix].iter().filter(|it| touch(it.trigger, at)));
        }
        n_events += 1;
        if near.is_empty() {
            answer.misses.push(format!("event {id} {title}: not found"));
            continue;
        }
        n_found += 1;
        // A PLOVER type that the gold's reader wrote beside it is right too.
        let plover = string(row, "plover");
        let named = |it: &Act| !plover.starts_with("none") && plover.contains(&it.kind);
        near.retain(|it| is_of_type(&class, it) || named(it));
        if near.is_empty() {
            answer.misses.push(format!("event {id} {class} {title}: nothing of that type"));
            continue;
        }
        n_type += 1;
        for party in row["participants"].as_array().into_iter().flatten() {
            let party = string(party, "actor");
            if !gold.rows("actors").iter().any(|it| string(it, "canonical") == party) {
                continue;
            }
            n_parties += 1;
            let had = near.iter().any(|it| it.names.iter().any(|names| gold.is_same(names, &party)));
            n_parties_had += usize::from(had);
            if !had {
                answer.misses.push(format!("event {id} {title}: {party} takes no part"));
            }
        }
        let status = string(row, "status");
        if status != "out-of-story" {
            let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
            for act in &near {
                *counts.entry(act.realis.as_str()).or_default() += 1;
            }
            // Most mentions decide; of equals the one that agrees, as either is the program's word.
            let most = counts.values().copied().max().unwrap_or(0);
            let right = counts.iter().any(|(had, n)| *n == most && is_status(&status, had));
            n_status += 1;
            n_status_right += usize::from(right);
            if !right {
                answer.misses.push(format!("event {id} {title}: status {status}, had {counts:?}"));
            }
        }
        let wanted = dates(row);
        if !wanted.is_empty() {
            let had: Vec<&str> = near.iter().filter_map(|it| it.time.as_deref()).collect();
            let right = had.iter().any(|had| wanted.iter().any(|it| had.starts_with(it.as_str())));
            let stated = is_stated(gold, row, &wanted);
            if stated {
                n_dates += 1;
                n_dates_right += usize::from(right);
            } else {
                n_inferred += 1;
                n_inferred_right += usize::from(right || had.is_empty());
            }
            if !right && (stated || !had.is_empty()) {
                answer.misses.push(format!("event {id} {title}: day {wanted:?}, had {had:?}"));
            }
        }
    }
    answer.scores.add_share("events.found", n_found, n_events);
    answer.scores.add_share("events.type", n_type, n_found.max(1));
    answer.scores.add_share("events.participants", n_parties_had, n_parties.max(1));
    answer.scores.add_share("events.status", n_status_right, n_status.max(1));
    answer.scores.add_share("events.date", n_dates_right, n_dates.max(1));
    answer.scores.add_share("events.date_inferred", n_inferred_right, n_inferred);
}
