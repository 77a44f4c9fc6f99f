//! `rapporteur since`: what changed since a day, or since an earlier account.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::io::IsTerminal;

use rapporteur::{Error, rows, since};
use rapporteur_desk::{Filter, Page};
use rapporteur_model::row::{ClaimRow, SinceRow};

use super::{done, open};
use crate::options::{Common, Since};
use crate::output::{self, Done};
use crate::progress::Bar;

pub(crate) fn run(asked: &Since, common: &Common) -> Result<Done, Error> {
    let for_people = match asked.format.as_deref() {
        None => std::io::stdout().is_terminal(),
        Some("rows" | "jsonl") => false,
        Some("terminal" | "text") => true,
        Some(other) => return Err(Error::usage(format!("no form '{other}'; there are rows and terminal"))),
    };
    let day = is_day(&asked.since).then_some(asked.since.as_str());
    let earlier = if day.is_none() { account(asked, common)? } else { BTreeMap::new() };
    if asked.paths.is_empty() {
        return of_desk(asked, common, for_people, day, earlier);
    }
    let rapporteur = open(common)?;
    let collection = rapporteur.collect(&asked.paths, &Bar::new(common.quiet))?;
    let (reports, relations, unit) = (&collection.reports, &collection.relations, common.unit());
    let n_undated = day.map_or(0, |_| reports.iter().filter(|it| since::stated_day(it).is_none()).count());
    if n_undated > 0 && !common.quiet {
        output::say(&format!("{n_undated} without a stated date: nothing of theirs is called new"));
    }
    // An earlier account may have split its stories otherwise: facts are looked for in all of them.
    let known: Vec<ClaimRow> = earlier.into_values().flatten().collect();
    let mut told: Vec<SinceRow> = Vec::new();
    let mut now_all: Vec<ClaimRow> = Vec::new();
    for story in &collection.stories {
        let now = rows::claim_rows(story, &rapporteur.weigh(&collection, story), reports, relations, unit);
        match day {
            Some(day) => {
                let (old, claims) = rapporteur.weigh_before(&collection, story, day);
                told.extend(since::since(&rows::claim_rows(&old, &claims, reports, relations, unit), &now));
            }
            None => now_all.extend(now),
        }
    }
    if day.is_none() {
        told = since::since(&known, &now_all);
    }
    if for_people {
        output::text(&page(&told, asked.all))?
    } else {
        output::rows(told)?
    }
    Ok(done(&collection))
}

/// The same of a desk, story by story: each alone is in memory.
fn of_desk(
    asked: &Since,
    common: &Common,
    for_people: bool,
    day: Option<&str>,
    earlier: BTreeMap<String, Vec<ClaimRow>>,
) -> Result<Done, Error> {
    let desk = super::desk::to_read(&asked.desk)?;
    if common.unit() != rapporteur::Unit::Char {
        return Err(Error::usage("rows of a desk count in code points; leave --offsets out".to_owned()));
    }
    let mut told: Vec<SinceRow> = Vec::new();
    match day {
        Some(day) => {
            let filter = Filter { from: Some(day.to_owned()), ..Filter::default() };
            for card in desk.stories(&filter, Page::ALL)?.rows {
                let now = desk.account(&card.id)?;
                let (reports, relations, unit) = (&now.collection.reports, &now.collection.relations, common.unit());
                let story = &now.collection.stories[0];
                let (old, claims) = rapporteur::weigh_before(&now.collection, story, day);
                let before = rows::claim_rows(&old, &claims, reports, relations, unit);
                told.extend(since::since(&before, &rows::claim_rows(story, &now.claims, reports, relations, unit)));
            }
        }
        None => {
            let known: Vec<ClaimRow> = earlier.into_values().flatten().collect();
            let now = desk.facts(&Filter::default(), Page::ALL)?.rows;
            told = since::since(&known, &now.into_iter().map(|it| it.row).collect::<Vec<_>>());
        }
    }
    if for_people {
        output::text(&page(&told, asked.all))?;
    } else {
        output::rows(told)?;
    }
    Ok(Done { n_problems: 0 })
}

/// `2031-05-12`, or such a day with a clock time behind it.
fn is_day(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    bytes.len() == 10 && bytes[4] == b'-' && bytes[7] == b'-' && [0, 1, 2, 3, 5, 6, 8, 9].into_iter().all(digit)
}

/// The rows of an earlier `rapporteur weigh`, by story.
fn account(asked: &Since, common: &Common) -> Result<BTreeMap<String, Vec<ClaimRow>>, Error> {
    let text = std::fs::read_to_string(&asked.since).map_err(|e| {
        Error::input(format!(
            "cannot read {}: {e}; give a day as 2031-05-12, or a file that `rapporteur weigh` wrote",
            asked.since
        ))
    })?;
    let mut stories: BTreeMap<String, Vec<ClaimRow>> = BTreeMap::new();
    for (at, line) in text.lines().enumerate().filter(|it| !it.1.trim().is_empty()) {
        let row: ClaimRow = serde_json::from_str(line)
            .map_err(|e| Error::input(format!("{} line {}: no row of `rapporteur weigh`: {e}", asked.since, at + 1)))?;
        if row.offsets != common.unit().as_str() {
            let told = format!("{} counts in {}; add --offsets {}", asked.since, row.offsets, row.offsets);
            return Err(Error::usage(told));
        }
        stories.entry(row.story.clone()).or_default().push(row);
    }
    Ok(stories)
}

/// The changes under their kinds; words of a report that are no sentence only with `all`.
fn page(rows: &[SinceRow], all: bool) -> String {
    let heading = |change: &str| match change {
        "contradicted" => "Contradicted",
        "revised" => "Revised",
        "new" => "New",
        "confirmed" => "Confirmed by a further origin",
        _ => "Dropped",
    };
    let mut out = String::new();
    let mut last = "";
    let mut n_hidden = 0;
    for row in rows {
        if !all && row.fact.starts_with('“') {
            n_hidden += 1;
            continue;
        }
        if row.change != last {
            let gap = if out.is_empty() { "" } else { "\n" };
            let _ = writeln!(out, "{gap}{}", heading(&row.change));
            last = &row.change;
        }
        let mut reports: Vec<&str> = row.support.iter().map(|it| it.report.as_str()).collect();
        reports.sort_unstable();
        reports.dedup();
        let _ = writeln!(out, "  {} [{}]", row.fact, reports.join(", "));
        if let Some(was) = &row.was {
            let _ = writeln!(out, "      was: {was}");
        }
        if row.change != "new" {
            let _ = writeln!(out, "      {}", row.because);
        }
    }
    if out.is_empty() {
        out.push_str("Nothing changed.\n");
    }
    if n_hidden > 0 {
        let _ = writeln!(out, "\n{n_hidden} fragments of sentences are left out; --all shows them.");
    }
    out
}
