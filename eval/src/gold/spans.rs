//! Quotes, times and figures: what must be found, what may be, what is false.

use serde_json::Value;

use super::{Gold, Run, all_points, flag, points};
use crate::corpora::string;
use crate::measures::{chars, overlap, touch};
use crate::predictions::{self, Quote};
use crate::tasks::{Answer, words};

/// Rows of a report, those that must be found first, so that they have first choice.
fn of_report<'a>(gold: &'a Gold, name: &str, report: &str) -> Vec<&'a Value> {
    let mut rows: Vec<&Value> = gold.rows(name).iter().filter(|it| string(it, "report") == report).collect();
    rows.sort_by_key(|it| !flag(it, "core"));
    rows
}

/// How many of what must be found; how many predictions are false.
#[derive(Default)]
struct Tally {
    n_core: usize,
    n_found: usize,
    n_predicted: usize,
    n_false: usize,
}

impl Tally {
    fn add(&self, answer: &mut Answer, name: &str) {
        answer.scores.add_share(format!("{name}.recall"), self.n_found, self.n_core);
        let right = self.n_predicted - self.n_false;
        answer.scores.add(format!("{name}.precision"), right as f64 / self.n_predicted.max(1) as f64);
        answer.scores.add(format!("{name}.n_core"), self.n_core as f64);
        answer.scores.add(format!("{name}.n_false"), self.n_false as f64);
    }
}

/// Content overlaps by half or more; then speaker, source, cue and kind of what was found.
pub(super) fn quotes(run: &Run<'_>, gold: &Gold, answer: &mut Answer) {
    let mut tally = Tally::default();
    let mut speakers = (0, 0);
    let (mut sources, mut cues, mut kinds) = ((0, 0), (0, 0), (0, 0));
    for report in &run.reports {
        let say = |quote: &Quote| {
            let text = |spans: &[crate::Points]| {
                spans.iter().map(|at| words(report.input, *at)).collect::<Vec<_>>().join(" … ")
            };
            let speakers: Vec<&str> = quote.speakers.iter().filter_map(|it| it.get(1)).map(String::as_str).collect();
            format!("[{}] {} [{}] by {}", text(&quote.source), quote.kind, text(&quote.content), speakers.join(", "))
        };
        let predicted = predictions::quotes(report.found, &report.edge);
        let contents: Vec<_> = predicted.iter().map(|it| chars(&it.content)).collect();
        let mut used = vec![false; predicted.len()];
        tally.n_predicted += predicted.len();
        for row in of_report(gold, "quotes", &report.input.id) {
            let readings = [chars(&all_points(&row["content"])), chars(&all_points(&row["alt_content"]))];
            let fit = |ix: usize| readings.iter().map(|it| overlap(it, &contents[ix])).fold(0.0, f64::max);
            // Of a chain that tells the same words, the link nearest to the report comes first.
            let rank = |ix: usize| (fit(ix), !predicted[ix].is_link);
            let best = (0..predicted.len())
                .filter(|ix| !used[*ix])
                .max_by(|a, b| rank(*a).0.total_cmp(&rank(*b).0).then(rank(*a).1.cmp(&rank(*b).1)));
            let best = best.filter(|ix| fit(*ix) >= 0.5);
            let is_core = flag(row, "core") && (!flag(row, "disputed") || row["alt_content"].is_array());
            tally.n_core += usize::from(is_core);
            let id = string(row, "id");
            let Some(ix) = best else {
                if is_core {
                    let near = (0..predicted.len())
                        .find(|ix| fit(*ix) > 0.0)
                        .map_or("nothing".into(), |ix| say(&predicted[ix]));
                    let content: Vec<String> =
                        all_points(&row["content"]).iter().map(|at| words(report.input, *at)).collect();
                    answer.misses.push(format!(
                        "quote {id} {} [{}], had {near}",
                        string(row, "kind"),
                        content.join(" … ")
                    ));
                }
                continue;
            };
            used[ix] = true;
            if !is_core {
                continue;
            }
            tally.n_found += 1;
            let quote = &predicted[ix];
            let mut check = |name: &str, counts: &mut (usize, usize), right: bool| {
                counts.1 += 1;
                counts.0 += usize::from(right);
                if !right {
                    answer.misses.push(format!("quote {id}: {name} should be {}, had {}", row[name], say(quote)));
                }
            };
            let wanted: Vec<&str> = match &row["speaker"] {
                Value::String(name) => vec![name],
                Value::Array(names) => names.iter().filter_map(Value::as_str).collect(),
                _ => Vec::new(),
            };
            if !wanted.is_empty() {
                // A study that is no actor of the gold is named by its own words: what the source says is all there is.
                let is_document = |name: &str| !gold.is_actor(name) && string(row, "subtype") == "document";
                let said_by =
                    |name: &&&str| quote.speakers.iter().any(|it| gold.is_same(it, name) || is_document(name));
                check("speaker", &mut speakers, wanted.iter().filter(said_by).count() == wanted.len());
            }
            let shares =
                |name: &str, spans: &[crate::Points]| !chars(&all_points(&row[name])).is_disjoint(&chars(spans));
            if row["source"].is_object() {
                check("source", &mut sources, shares("source", &quote.source));
            }
            if row["cue"].is_object() {
                check("cue", &mut cues, shares("cue", &quote.cue));
            }
            check("kind", &mut kinds, string(row, "kind") == quote.kind);
        }
        // A further link of a chain is no further quotation.
        for (quote, _) in predicted.iter().zip(&used).filter(|(it, used)| !**used && !it.is_link) {
            tally.n_false += 1;
            answer.misses.push(format!("quote {} false: {}", report.input.id, say(quote)));
        }
    }
    tally.add(answer, "quotes");
    for (name, counts) in [("speaker", speakers), ("source", sources), ("cue", cues), ("kind", kinds)] {
        // Nothing found is nothing right.
        answer.scores.add(format!("quotes.{name}"), counts.0 as f64 / counts.1.max(1) as f64);
    }
}

/// Spans share a character; then the value of what was found.
pub(super) fn times(run: &Run<'_>, gold: &Gold, answer: &mut Answer) {
    let mut tally = Tally::default();
    let mut n_right = 0;
    for report in &run.reports {
        let predicted = predictions::times(report.found, &report.edge);
        let mut used = vec![false; predicted.len()];
        tally.n_predicted += predicted.len();
        for row in of_report(gold, "times", &report.input.id) {
            let Some(at) = points(&row["span"]) else { continue };
            let free = || (0..predicted.len()).filter(|ix| !used[*ix]);
            let best =
                free().find(|ix| predicted[*ix].at == at).or_else(|| free().find(|ix| touch(predicted[*ix].at, at)));
            let is_core = flag(row, "core") && !flag(row, "disputed");
            tally.n_core += usize::from(is_core);
            if let Some(ix) = best {
                used[ix] = true;
            }
            if !is_core {
                continue;
            }
            let had = best.map(|ix| &predicted[ix]);
            tally.n_found += usize::from(had.is_some());
            if had.is_some_and(|it| it.value.as_deref() == row["value"].as_str()) {
                n_right += 1;
            } else {
                let had = had.map_or("nothing".into(), |it| format!("[{}] {:?}", words(report.input, it.at), it.value));
                let wanted = words(report.input, at);
                answer.misses.push(format!("time {} [{wanted}] {}, had {had}", report.input.id, row["value"]));
            }
        }
        for (time, _) in predicted.iter().zip(&used).filter(|(_, used)| !**used) {
            tally.n_false += 1;
            let words = words(report.input, time.at);
            answer.misses.push(format!("time {} false: [{words}] {:?}", report.input.id, time.value));
        }
    }
    tally.add(answer, "times");
    answer.scores.add("times.value", n_right as f64 / tally.n_core.max(1) as f64);
}

/// Spans share a character and the number is the same; then the unit.
pub(super) fn figures(run: &Run<'_>, gold: &Gold, answer: &mut Answer) {
    let mut tally = Tally::default();
    let mut units = 0;
    let mut money = (0, 0);
    for report in &run.reports {
        let predicted = predictions::figures(report.found, &report.edge);
        let mut used = vec![false; predicted.len()];
        tally.n_predicted += predicted.len();
        for row in of_report(gold, "figures", &report.input.id) {
            let Some(at) = points(&row["span"]) else { continue };
            let same = |ix: &usize| {
                let (wanted, had) = (row["value"].as_f64(), predicted[*ix].value);
                wanted.zip(had).map_or(wanted.is_none() && had.is_none(), |(a, b)| (a - b).abs() <= 1e-6 * a.abs())
            };
            let free = || (0..predicted.len()).filter(|ix| !used[*ix] && touch(predicted[*ix].at, at));
            let best = free().find(same);
            let is_core = flag(row, "core") && !flag(row, "disputed");
            tally.n_core += usize::from(is_core);
            let near = free().next();
            // Another value at the right place is an error of the row, not one more false figure.
            if let Some(ix) = best.or(near) {
                used[ix] = true;
            }
            if !is_core {
                continue;
            }
            tally.n_found += usize::from(best.is_some());
            let coded = best.is_some_and(|ix| predicted[ix].currency.as_deref() == Some(&string(row, "unit")));
            let unit_right =
                coded || best.is_some_and(|ix| same_unit(&string(row, "unit"), &predicted[ix].normalized_unit));
            units += usize::from(unit_right);
            if row["money"].is_object() {
                let found = best.map(|ix| &predicted[ix]);
                for (what, right) in passed_on(gold, &row["money"], found) {
                    money.1 += 1;
                    money.0 += usize::from(right);
                    if !right {
                        answer.misses.push(format!("figure {} {what} of {}", report.input.id, row["money"]));
                    }
                }
            }
            if !unit_right {
                let had = best.or(near).map_or("nothing".into(), |ix| {
                    let it = &predicted[ix];
                    format!("[{}] {:?} {}", words(report.input, it.at), it.value, it.normalized_unit)
                });
                let wanted = words(report.input, at);
                answer.misses.push(format!(
                    "figure {} [{wanted}] {} {}, had {had}",
                    report.input.id,
                    row["value"],
                    string(row, "unit")
                ));
            }
        }
        for (figure, _) in predicted.iter().zip(&used).filter(|(_, used)| !**used) {
            tally.n_false += 1;
            let words = words(report.input, figure.at);
            let had = format!("[{words}] {:?} {}", figure.value, figure.normalized_unit);
            answer.misses.push(format!("figure {} false: {had}", report.input.id));
        }
    }
    tally.add(answer, "figures");
    answer.scores.add("figures.unit", units as f64 / tally.n_core.max(1) as f64);
    answer.scores.add_share("figures.money", money.0, money.1.max(1));
}

/// Of a sum that passes hands: giver, recipient and how far it has come, each with whether it is right. The gold tells the
/// status in words; its first says which of ours it is.
fn passed_on(gold: &Gold, wanted: &Value, found: Option<&predictions::Figure>) -> Vec<(&'static str, bool)> {
    let named = |what: &str, names: &[String]| gold.is_same(names, &string(wanted, what));
    let told = string(wanted, "status");
    let status = ["proposed", "pledged", "agreed", "delivered", "blocked"].into_iter().find(|it| told.contains(it));
    vec![
        ("giver", found.is_some_and(|it| named("donor", &it.giver))),
        ("recipient", found.is_some_and(|it| named("recipient", &it.recipient))),
        ("status", found.is_some_and(|it| it.status.as_deref() == status)),
    ]
}

/// The gold's short names of units, and ours. A counted thing is named by its head noun.
fn same_unit(gold: &str, ours: &str) -> bool {
    let long = match gold {
        "km2" => "square kilometre",
        "mi2" => "square mile",
        "min" => "minute",
        "s" => "second",
        _ => gold,
    };
    let fold = |unit: &str| {
        let head = unit.to_lowercase().split_whitespace().next_back().unwrap_or("").trim_end_matches('s').to_owned();
        (unit.to_lowercase().trim_end_matches('s').to_owned(), head)
    };
    let (gold, ours) = (fold(long), fold(ours));
    gold.0 == ours.0 || (!gold.1.is_empty() && gold.1 == ours.1 && !long.starts_with("square"))
}
