//! Statements compared over reports, and the timeline.

use rapporteur_model::{Claim, Content, Verdict};
use serde_json::Value;

use super::{Gold, Run, points};
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

/// Rows met by a claim in two reports or more (in one, where only one says so); then verdict and number of origins.
pub(super) fn agreements(run: &Run<'_>, gold: &Gold, answer: &mut Answer) {
    let claims: Vec<(&Claim, Vec<(usize, Points)>)> = run.claims.iter().map(|it| (it, support(run, it))).collect();
    let (mut n_rows, mut n_found, mut n_verdict, mut n_origins) = (0, 0, 0, 0);
    let (mut n_naming, mut n_naming_found) = (0, 0);
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
        n_rows += 1;
        let (statement, verdict) = (string(row, "claim"), string(row, "verdict"));
        let Some(claim) = best else {
            answer.misses.push(format!("agreement {id} {verdict}: {statement}: not found"));
            continue;
        };
        n_found += 1;
        let class = |name: &str| if name == "agree-wording" { "agree".to_owned() } else { name.to_owned() };
        let had = claim.verdict.as_str();
        let readings = [verdict.clone(), string(row, "alt_verdict")];
        let is_right = readings.iter().any(|it| class(it) == class(had));
        n_verdict += usize::from(is_right);
        false_conflicts +=
            usize::from(claim.verdict == Verdict::Conflict && !readings.iter().any(|it| it == "conflict"));
        let same = row["independent_origins"].as_u64() == Some(claim.origins.len() as u64);
        n_origins += usize::from(same);
        if !is_right || !same {
            let origins = format!("{} origins, had {}", row["independent_origins"], claim.origins.len());
            answer.misses.push(format!("agreement {id} {verdict}: {statement}: had {had}; {origins}"));
        }
    }
    answer.scores.add_share("agreements.found", n_found, n_rows);
    answer.scores.add_share("agreements.verdict", n_verdict, n_rows);
    answer.scores.add_share("agreements.origins", n_origins, n_rows);
    answer.scores.add_share("agreements.naming", n_naming_found, n_naming);
    answer.scores.add("agreements.n_false_conflicts", false_conflicts as f64);
}

/// Entries met by a claim about an act; then its day, as far as the gold gives one.
pub(super) fn timeline(run: &Run<'_>, gold: &Gold, answer: &mut Answer) {
    let (mut n_found, mut n_date) = (0, 0);
    for row in gold.rows("timeline") {
        let wanted = places(run, &row["support"]);
        let date = string(row, "date").replace(['?', '~'], "");
        let dates: Vec<(Option<&str>, &Claim)> = run
            .claims
            .iter()
            .filter(|claim| fit(&wanted, &support(run, claim)).0 > 0)
            .filter_map(|claim| match &claim.content {
                Content::Act(act) => Some((act.date.as_deref(), claim)),
                _ => None,
            })
            .collect();
        n_found += usize::from(!dates.is_empty());
        let same = |had: &str| had == date || (date.len() >= 10 && had.len() >= 10 && had.get(..10) == date.get(..10));
        let right = dates.iter().any(|(had, _)| had.is_some_and(same));
        n_date += usize::from(right);
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
    answer.scores.add_share("timeline.date", n_date, gold.rows("timeline").len());
}
