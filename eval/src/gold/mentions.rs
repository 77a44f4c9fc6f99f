//! Names, pronouns and descriptions; positions.

use super::{Gold, Run, flag, points};
use crate::Points;
use crate::corpora::string;
use crate::measures::touch;
use crate::predictions;
use crate::tasks::{Answer, words};

/// Names: span shared; then actor and use of what was found. Precision over names outside furniture.
pub(super) fn mentions(run: &Run<'_>, gold: &Gold, answer: &mut Answer) {
    let (mut n_gold, mut n_found, mut n_actor, mut n_use) = (0, 0, 0, 0);
    let (mut n_predicted, mut n_false) = (0, 0);
    for report in &run.reports {
        let predicted: Vec<_> =
            predictions::mentions(report.found, &report.edge).into_iter().filter(|it| it.named).collect();
        let rows: Vec<_> = gold.rows("mentions").iter().filter(|it| string(it, "report") == report.input.id).collect();
        for row in &rows {
            let Some(at) = points(&row["span"]) else { continue };
            // What stands in furniture need not be found.
            let usage = string(row, "use");
            if matches!(string(row, "region").as_str(), "furniture" | "caption") || usage == "furniture" {
                continue;
            }
            n_gold += 1;
            let same = predicted.iter().find(|it| it.at == at);
            let Some(had) = same.or_else(|| predicted.iter().find(|it| touch(it.at, at))) else {
                answer.misses.push(format!("mention {} [{}]: nothing", report.input.id, words(report.input, at)));
                continue;
            };
            n_found += 1;
            let right = gold.is_same(&had.names, &string(row, "actor"));
            n_actor += usize::from(right);
            let wanted = match usage.as_str() {
                "name" | "country" | "description" => "actor",
                other => other,
            };
            n_use += usize::from(wanted == had.usage);
            if !right || wanted != had.usage {
                let [a, b] = [at, had.at].map(|at| words(report.input, at));
                let names = had.names.iter().take(2).cloned().collect::<Vec<_>>().join("/");
                answer.misses.push(format!(
                    "mention {} [{a}] {} {wanted}, had [{b}] {names} {}",
                    report.input.id,
                    string(row, "actor"),
                    had.usage
                ));
            }
        }
        n_predicted += predicted.len();
        for had in &predicted {
            if !rows.iter().filter_map(|it| points(&it["span"])).any(|at| touch(at, had.at)) {
                n_false += 1;
                answer.misses.push(format!("mention {} false: [{}]", report.input.id, words(report.input, had.at)));
            }
        }
    }
    answer.scores.add_share("mentions.recall", n_found, n_gold);
    answer.scores.add("mentions.precision", (n_predicted - n_false) as f64 / n_predicted.max(1) as f64);
    answer.scores.add("mentions.actor", n_actor as f64 / n_found.max(1) as f64);
    answer.scores.add("mentions.use", n_use as f64 / n_found.max(1) as f64);
}

/// Pronouns and descriptions of one actor, found with that actor. Relative pronouns are not asked for.
///
/// The gold gives people without names to their state ("Kremlin officials" are the Government of Russia) or, when they are
/// a delegation, to an actor that goes by its descriptions: a group is right when it is linked to that state, or is so
/// described. Wrong is another actor; people known by their own words alone are no answer, right or wrong.
pub(super) fn coref(run: &Run<'_>, gold: &Gold, answer: &mut Answer) {
    let (mut n_gold, mut n_right, mut n_wrong) = (0, 0, 0);
    for row in gold.rows("coref") {
        let Some((_, report)) = run.report(&string(row, "report")) else { continue };
        let actors: Vec<&str> = row["actors"].as_array().into_iter().flatten().filter_map(|it| it.as_str()).collect();
        let ([actor], Some(at)) = (actors.as_slice(), points(&row["span"])) else { continue };
        let Some(kind) = gold.rows("actors").iter().find(|it| string(it, "canonical") == *actor) else { continue };
        let is_group = string(kind, "type") == "group";
        if flag(row, "ambiguous") || string(row, "kind") == "relative" {
            continue;
        }
        n_gold += 1;
        let descriptions = if is_group { descriptions_of(gold, actor) } else { Vec::new() };
        let is_right = |it: &predictions::Mention| {
            gold.is_same(&it.names, actor)
                || is_group && it.unnamed && it.names.iter().any(|name| descriptions.contains(&bare(name)))
                || !is_group && it.unnamed && gold.is_same(&it.of, actor)
        };
        let predicted = predictions::mentions(report.found, &report.edge);
        let near = predicted.iter().filter(|it| touch(it.at, at) && !it.names.is_empty() && !it.named);
        let near: Vec<_> = near.collect();
        if near.iter().any(|it| is_right(it)) {
            n_right += 1;
            continue;
        }
        // A phrase inside the phrase is not the answer to the whole.
        let had = near.iter().filter(|it| !it.unnamed && most(it.at, at)).map(|it| it.names[1].clone()).next();
        n_wrong += usize::from(had.is_some());
        let had = had.unwrap_or_else(|| "nothing".to_owned());
        let words = words(report.input, at);
        answer.misses.push(format!("coref {} [{words}] {actor}, had {had}", report.input.id));
    }
    answer.scores.add_share("coref.recall", n_right, n_gold);
    answer.scores.add("coref.wrong", n_wrong as f64 / n_gold.max(1) as f64);
    answer.scores.add("coref.n_wrong", n_wrong as f64);
}

/// Whether one range holds the better half of the other.
fn most(it: Points, of: Points) -> bool {
    (it.1.min(of.1).saturating_sub(it.0.max(of.0))) * 2 > of.1 - of.0
}

/// The phrases that the gold gives to a group alone.
fn descriptions_of(gold: &Gold, actor: &str) -> Vec<String> {
    let alone = |it: &&serde_json::Value| it["actors"].as_array().is_some_and(|it| it.len() == 1 && it[0] == *actor);
    gold.rows("coref").iter().filter(alone).map(|it| bare(&string(&it["span"], "text"))).collect()
}

/// Without an article, in small letters.
fn bare(words: &str) -> String {
    let words = words.to_lowercase();
    ["the ", "a ", "an "].iter().find_map(|it| words.strip_prefix(it)).unwrap_or(&words).to_owned()
}

/// Positions: span shared, actor and side the same. Only rows that take a side.
pub(super) fn positions(run: &Run<'_>, gold: &Gold, answer: &mut Answer) {
    let (mut n_gold, mut n_right) = (0, 0);
    for row in gold.rows("positions") {
        let Some((_, report)) = run.report(&string(row, "report")) else { continue };
        let stance = match string(row, "label").as_str() {
            "for" | "for punishment" | "demands" => "support",
            "against" => "oppose",
            _ => continue,
        };
        // Of several actors each must be found with it.
        let actors: Vec<String> = match row["actor"].as_array() {
            Some(all) => all.iter().filter_map(|it| it.as_str().map(str::to_owned)).collect(),
            None => vec![string(row, "actor")],
        };
        let Some(at) = points(&row["span"]) else { continue };
        n_gold += 1;
        let predicted = predictions::positions(report.found, &report.edge);
        let found = |actor: &String| {
            predicted.iter().any(|it| touch(it.at, at) && it.stance == stance && gold.is_same(&it.names, actor))
        };
        let actor = actors.join(", ");
        if actors.iter().all(found) {
            n_right += 1;
        } else {
            let issue = string(row, "issue");
            answer.misses.push(format!(
                "position {} {actor} {stance} {issue}: [{}]",
                report.input.id,
                words(report.input, at)
            ));
        }
    }
    answer.scores.add_share("positions.recall", n_right, n_gold);
}
