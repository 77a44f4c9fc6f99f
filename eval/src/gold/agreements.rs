//! Statements compared over reports, and the timeline.

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_model::{Anchor, Claim, Content, DriftKind, Verdict};
use serde_json::Value;

use super::{Gold, Run, all_points, flag, points};
use crate::Points;
use crate::corpora::string;
use crate::measures::{chars, overlap, touch};
use crate::tasks::Answer;

/// Rows about names for the same thing: another question than whether reports agree.
const NAMING: [&str; 5] = ["C44", "C45", "C46", "C48", "C49"];

/// Places of a list of rows `{report, span}`.
fn places(run: &Run<'_>, rows: &Value) -> Vec<(usize, Points)> {
    let place = |row: &Value| Some((run.report(row["report"].as_str()?)?.0, points(&row["span"])?));
    rows.as_array().into_iter().flatten().filter_map(place).collect()
}

fn support(run: &Run<'_>, claim: &Claim) -> Vec<(usize, Points)> {
    claim.support.iter().chain(claim.variants.iter().map(|it| &it.anchor)).filter_map(|it| run.place(it)).collect()
}

/// How well a claim meets a row: the number of reports where their words touch, and the share of all words that both have.
fn fit(wanted: &[(usize, Points)], had: &[(usize, Points)]) -> (usize, f64) {
    let mut reports: Vec<usize> = Vec::new();
    for (report, at) in wanted {
        reports.extend(had.iter().filter(|(it, other)| it == report && touch(*at, *other)).map(|(it, _)| *it));
    }
    reports.sort_unstable();
    reports.dedup();
    // Reports far apart on one line of numbers, so that one set holds the words of all.
    let line = |places: &[(usize, Points)]| {
        let shifted: Vec<Points> = places.iter().map(|(ix, (a, b))| (a + (ix << 32), b + (ix << 32))).collect();
        chars(&shifted)
    };
    (reports.len(), if reports.is_empty() { 0.0 } else { overlap(&line(wanted), &line(had)) })
}

/// Rows that two reports or more share, met by a claim in two reports; of those met, verdict and number of origins. Rows
/// that one report alone has are counted apart: the gold does not list them all.
pub(super) fn agreements(run: &Run<'_>, gold: &Gold, answer: &mut Answer) {
    let claims: Vec<(&Claim, Vec<(usize, Points)>)> = run.claims.iter().map(|it| (it, support(run, it))).collect();
    let (mut n_rows, mut n_found, mut n_verdict, mut n_origins) = (0, 0, 0, 0);
    let (mut n_naming, mut n_naming_found, mut n_single, mut n_single_found) = (0, 0, 0, 0);
    let mut false_conflicts = 0;
    for row in gold.rows("agreements") {
        let id = string(row, "id");
        let mut wanted = places(run, &row["supporting"]);
        wanted.extend(places(run, &row["variants"]));
        let n_reports = row["reports"].as_array().map_or(0, Vec::len);
        let fits = claims.iter().map(|(claim, had)| (fit(&wanted, had), *claim));
        let best = fits.filter(|(fit, _)| n_reports.clamp(1, 2) <= fit.0).max_by(|(a, _), (b, _)| a.1.total_cmp(&b.1));
        let best = best.map(|(_, claim)| claim);
        if NAMING.contains(&id.as_str()) {
            n_naming += 1;
            n_naming_found += usize::from(best.is_some());
            continue;
        }
        let (statement, verdict) = (string(row, "claim"), string(row, "verdict"));
        if n_reports < 2 {
            n_single += 1;
            n_single_found += usize::from(best.is_some());
        } else {
            n_rows += 1;
        }
        let Some(claim) = best else {
            answer.misses.push(format!("agreement {id} {verdict}: {statement}: not found"));
            continue;
        };
        let class = |name: &str| if name == "agree-wording" { "agree".to_owned() } else { name.to_owned() };
        let had = claim.verdict.as_str();
        let readings = [verdict.clone(), string(row, "alt_verdict")];
        let is_right = readings.iter().any(|it| class(it) == class(had));
        false_conflicts +=
            usize::from(claim.verdict == Verdict::Conflict && !readings.iter().any(|it| it == "conflict"));
        let same = row["independent_origins"].as_u64() == Some(claim.origins.len() as u64);
        if 1 < n_reports {
            n_found += 1;
            n_verdict += usize::from(is_right);
            n_origins += usize::from(same);
        }
        if !is_right || !same {
            let origins = format!("{} origins, had {}", row["independent_origins"], claim.origins.len());
            let words = shown(run, claim);
            answer.misses.push(format!("agreement {id} {verdict}: {statement}: had {had}; {origins} {words}"));
        }
    }
    answer.scores.add_share("agreements.found", n_found, n_rows);
    // Of nothing found nothing is right.
    answer.scores.add_share("agreements.verdict", n_verdict, n_found.max(1));
    answer.scores.add_share("agreements.origins", n_origins, n_found.max(1));
    answer.scores.add_share("agreements.single", n_single_found, n_single);
    answer.scores.add_share("agreements.naming", n_naming_found, n_naming);
    answer.scores.add("agreements.n_false_conflicts", false_conflicts as f64);
}

/// The words of a claim, report by report.
fn shown(run: &Run<'_>, claim: &Claim) -> String {
    let places = claim.support.iter().chain(claim.variants.iter().map(|it| &it.anchor));
    let words = places.filter_map(|it| run.place(it)).map(|it| format!("{}: [{}]", it.0, run.words(it)));
    words.collect::<Vec<String>>().join("; ")
}

/// What a rewrite changed: rows whose words stand in a change between two reports of one lineage, on both sides. Changes of
/// the matter that meet no row with variants are false.
pub(super) fn drift(run: &Run<'_>, gold: &Gold, answer: &mut Answer) {
    let changes: Vec<[(usize, Points); 2]> = run
        .relations
        .pairs
        .iter()
        .filter(|it| it.kind.is_lineage())
        .flat_map(|pair| pair.drift.iter().map(move |it| (pair, it)))
        .filter(|(_, it)| !matches!(it.kind, DriftKind::Lost | DriftKind::Added | DriftKind::Marks))
        .filter_map(|(pair, it)| {
            Some([run.place(&Anchor::new(pair.a, it.a?))?, run.place(&Anchor::new(pair.b, it.b?))?])
        })
        .collect();
    let meets = |rows: &[(usize, Points)], it: &(usize, Points)| {
        rows.iter().any(|(report, at)| *report == it.0 && touch(*at, it.1))
    };
    let (mut n_rows, mut n_found) = (0, 0);
    let mut told: Vec<(usize, Points)> = Vec::new();
    for row in gold.rows("agreements") {
        let variants = places(run, &row["variants"]);
        let mut all = places(run, &row["supporting"]);
        all.extend(variants.iter().copied());
        told.extend(all.iter().copied());
        if string(row, "verdict") != "rewrite-drift" {
            continue;
        }
        n_rows += 1;
        let found = changes.iter().any(|it| it.iter().all(|place| meets(&all, place)));
        n_found += usize::from(found);
        if !found {
            answer.misses.push(format!("drift {} {}: not found", string(row, "id"), string(row, "claim")));
        }
    }
    let wrong: Vec<_> = changes.iter().filter(|it| !it.iter().all(|place| meets(&told, place))).collect();
    for [a, b] in &wrong {
        answer.misses.push(format!("drift false: [{}] against [{}]", run.words(*a), run.words(*b)));
    }
    answer.scores.add_share("drift.found", n_found, n_rows);
    answer.scores.add("drift.n_rows", n_rows as f64);
    answer.scores.add("drift.n_false", wrong.len() as f64);
}

/// Wordings of one utterance: groups of the gold that one claim has in two reports or more, and claims that join quotations
/// of two groups.
pub(super) fn wordings(run: &Run<'_>, gold: &Gold, answer: &mut Answer) {
    let mut groups: BTreeMap<String, Vec<(usize, Points)>> = BTreeMap::new();
    let mut quotes: Vec<(Vec<String>, Vec<(usize, Points)>)> = Vec::new();
    for row in gold.rows("quotes").iter().filter(|it| !flag(it, "repeat")) {
        let Some((report, _)) = run.report(&string(row, "report")) else { continue };
        let content: Vec<(usize, Points)> = all_points(&row["content"]).into_iter().map(|it| (report, it)).collect();
        let names: Vec<String> = row["variant_groups"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|it| it.as_str().map(str::to_owned))
            .collect();
        for name in &names {
            groups.entry(name.clone()).or_default().extend(content.iter().copied());
        }
        quotes.push((names, content));
    }
    groups.retain(|_, places| places.iter().any(|it| it.0 != places[0].0));
    let told: Vec<Vec<(usize, Points)>> = run
        .claims
        .iter()
        .filter(|it| matches!(it.content, Content::Statement(_)))
        .map(|it| it.support.iter().filter_map(|it| run.place(it)).collect())
        .collect();
    let meets = |places: &[(usize, Points)], it: &(usize, Points)| {
        places.iter().any(|(report, at)| *report == it.0 && touch(*at, it.1))
    };
    let mut n_found = 0;
    for (name, places) in &groups {
        let n_reports = |claim: &Vec<(usize, Points)>| {
            claim.iter().filter(|it| meets(places, it)).map(|it| it.0).collect::<BTreeSet<usize>>().len()
        };
        let found = told.iter().any(|it| 1 < n_reports(it));
        n_found += usize::from(found);
        if !found {
            answer.misses.push(format!("wordings {name}: not collated"));
        }
    }
    // A claim is wrong when it has a quotation of one group here and one of other groups alone there.
    let mut n_wrong = 0;
    for claim in &told {
        let names = |it: &(usize, Points)| -> BTreeSet<&String> {
            let here = quotes.iter().filter(|(names, places)| !names.is_empty() && meets(places, it));
            here.flat_map(|it| &it.0).collect()
        };
        let lists: Vec<(usize, BTreeSet<&String>)> =
            claim.iter().map(|it| (it.0, names(it))).filter(|it| !it.1.is_empty()).collect();
        let wrong = lists.iter().any(|a| lists.iter().any(|b| a.0 != b.0 && a.1.is_disjoint(&b.1)));
        n_wrong += usize::from(wrong);
        if wrong {
            let words: Vec<String> = claim.iter().map(|it| run.words(*it)).collect();
            answer.misses.push(format!("wordings joined: {}", words.join(" | ")));
        }
    }
    answer.scores.add_share("wordings.collated", n_found, groups.len());
    answer.scores.add("wordings.n_groups", groups.len() as f64);
    answer.scores.add("wordings.n_wrong", n_wrong as f64);
}

/// Entries met by a claim about an act or a dated statement; then its day. A day counts where a report says it, in the words
/// that the gold has for the entry; days that its reader inferred are counted by themselves, as `date_inferred`, the share
/// of them that got no other day.
pub(super) fn timeline(run: &Run<'_>, gold: &Gold, answer: &mut Answer) {
    let (mut n_found, mut n_stated, mut n_right, mut n_inferred, mut n_open) = (0, 0, 0, 0, 0);
    for row in gold.rows("timeline") {
        let wanted = places(run, &row["support"]);
        // "2025-11~17" is about the 17th, "2025-11-late" the end of the month.
        let date = string(row, "date").replace('~', "-").replace("-late", "").replace('?', "");
        let dates: Vec<(Option<&str>, &Claim)> = run
            .claims
            .iter()
            .filter(|claim| fit(&wanted, &support(run, claim)).0 > 0)
            .filter_map(|claim| match &claim.content {
                Content::Act(act) => Some((act.date.as_deref(), claim)),
                Content::Statement(it) => it.date.as_deref().map(|date| (Some(date), claim)),
                Content::Figure(_) => None,
            })
            .collect();
        n_found += usize::from(!dates.is_empty());
        let is_near = string(row, "date").contains('~');
        let same = |had: &str| {
            had == date
                || date.len() >= 10 && had.len() >= 10 && had.get(..10) == date.get(..10)
                || is_near && week_of(&date).as_deref() == Some(had)
        };
        let says = |time: &serde_json::Value| {
            let report = run.report(&string(time, "report")).map(|it| it.0);
            let at = points(&time["span"]);
            let here = wanted.iter().any(|it| Some(it.0) == report && at.is_some_and(|at| touch(it.1, at)));
            here && same(&string(time, "value"))
        };
        let right = dates.iter().any(|(had, _)| had.is_some_and(same));
        if gold.rows("times").iter().any(says) {
            n_stated += 1;
            n_right += usize::from(right);
        } else {
            n_inferred += 1;
            n_open += usize::from(right || dates.iter().all(|it| it.0.is_none()));
        }
        if !right {
            let had: Vec<String> = dates
                .iter()
                .map(|(date, claim)| {
                    let words = claim.support.first().and_then(|it| run.place(it)).map(|it| run.words(it));
                    format!("{} [{}]", date.unwrap_or("-"), words.unwrap_or_default())
                })
                .collect();
            answer.misses.push(format!("timeline {} {}: had {}", row["date"], string(row, "text"), had.join("; ")));
        }
    }
    answer.scores.add_share("timeline.found", n_found, gold.rows("timeline").len());
    answer.scores.add_share("timeline.date", n_right, n_stated);
    answer.scores.add("timeline.n_stated", n_stated as f64);
    answer.scores.add_share("timeline.date_inferred", n_open, n_inferred);
}

/// The ISO week of a day, as a TIMEX3 value.
fn week_of(day: &str) -> Option<String> {
    let part = |from: usize, to: usize| day.get(from..to)?.parse::<i64>().ok();
    let (year, month, day) = (part(0, 4)?, part(5, 7)?, part(8, 10)?);
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let before = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334].get(usize::try_from(month - 1).ok()?)?;
    let ordinal = before + day + i64::from(leap && 2 < month);
    // Days since 1 January of the year 1, a Monday.
    let past = year - 1;
    let weekday = (past * 365 + past / 4 - past / 100 + past / 400 + ordinal - 1) % 7 + 1;
    Some(format!("{year}-W{:02}", (ordinal - weekday + 10) / 7))
}
