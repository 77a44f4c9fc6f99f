//! Title, dates, outlet, authors, dateline, language, sources drawn on; and what is furniture.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Gold, Run, all_points, fold, points};
use crate::corpora::string;
use crate::measures::{Counts, chars, touch};
use crate::tasks::{Answer, words};

/// Each field of each report: right when the value is the same, or when neither says anything.
pub(super) fn metadata(run: &Run<'_>, gold: &Gold, answer: &mut Answer) {
    const FIELDS: [&str; 7] = ["title", "date_published", "date_modified", "outlet", "authors", "dateline", "language"];
    let mut right = [0; FIELDS.len()];
    let mut cited = Counts::default();
    for row in gold.rows("reports") {
        let Some((_, report)) = run.report(&string(row, "report")) else { continue };
        let had = &report.found.article.metadata;
        let value =
            |it: &Option<rapporteur_model::Evidenced<String>>| it.as_ref().map_or(String::new(), |it| it.value.clone());
        // Persons only: an organisation or a republisher's account in the byline slot is no author.
        let persons = row["bylines"].as_array().into_iter().flatten().filter(|it| it["note"].is_null());
        let list = |names: &mut dyn Iterator<Item = String>| {
            names.map(|it| fold(&it)).collect::<BTreeSet<String>>().into_iter().collect::<Vec<_>>().join("; ")
        };
        let wanted = [
            string(&row["title"], "value"),
            string(row, "published"),
            string(row, "updated"),
            string(row, "outlet"),
            list(&mut persons.map(|it| string(it, "name"))),
            string(&row["dateline"], "place"),
            string(row, "language"),
        ];
        let found = [
            value(&had.title),
            value(&had.date_published),
            value(&had.date_modified),
            value(&had.outlet),
            list(&mut had.authors.iter().map(|it| it.value.clone())),
            value(&had.dateline),
            value(&had.language),
        ];
        for (ix, (wanted, found)) in wanted.iter().zip(&found).enumerate() {
            if fold(wanted) == fold(found) {
                right[ix] += 1;
            } else {
                answer.misses.push(format!("metadata {} {}: [{wanted}], had [{found}]", report.input.id, FIELDS[ix]));
            }
        }
        sources(row, report, &mut cited, answer);
    }
    for (name, right) in FIELDS.iter().zip(right) {
        answer.scores.add_share(format!("metadata.{name}"), right, gold.rows("reports").len());
    }
    answer.scores.add_prf("metadata.cited", cited);
}

/// Sources a report draws on, by name or by the words that say so: the lexicon may know them by a longer name. Platforms of
/// posts and unnamed studies are not asked for.
fn sources(row: &Value, report: &super::Report<'_>, cited: &mut Counts, answer: &mut Answer) {
    let asked = |it: &&Value| it["name"].is_string() && !string(it, "role").contains("platform");
    let wanted: Vec<&Value> = row["cited_sources"].as_array().into_iter().flatten().filter(asked).collect();
    let had = &report.found.article.cited;
    let mut used = vec![false; had.len()];
    for source in &wanted {
        let meets = |it: &rapporteur_model::CitedSource| {
            let cue = points(&source["cue"]).zip(report.edge.points(it.span)).is_some_and(|(a, b)| touch(a, b));
            cue || fold(&it.name) == fold(&string(source, "name"))
        };
        match had.iter().zip(&used).position(|(it, used)| !used && meets(it)) {
            Some(ix) => {
                used[ix] = true;
                cited.hit += 1;
            }
            None => {
                let (name, role) = (string(source, "name"), string(source, "role"));
                answer.misses.push(format!("metadata {} cited: {name} ({role}) not found", report.input.id));
            }
        }
    }
    cited.n_gold += wanted.len();
    cited.n_predicted += had.len();
    for (it, _) in had.iter().zip(&used).filter(|(_, used)| !**used) {
        answer.misses.push(format!("metadata {} cited false: {} {}", report.input.id, it.name, it.kind.as_str()));
    }
}

/// Characters that are no reporting: stamps, bylines, credits, captions, promotion. Titles, summaries and headings inside
/// are neither asked for nor held against anyone.
pub(super) fn furniture(run: &Run<'_>, gold: &Gold, answer: &mut Answer) {
    const NEWS: [&str; 4] = ["title", "standfirst", "key_point", "subhead"];
    let mut counts = Counts::default();
    for row in gold.rows("reports") {
        let Some((_, report)) = run.report(&string(row, "report")) else { continue };
        let text: Vec<char> = String::from_utf8_lossy(&report.input.bytes).chars().collect();
        let seen = |at: &usize| text.get(*at).is_some_and(|it| !it.is_whitespace());
        let (mut wanted, mut either) = (BTreeSet::new(), BTreeSet::new());
        for part in row["furniture"].as_array().into_iter().flatten() {
            let chars = chars(&all_points(&part["span"]));
            if NEWS.contains(&string(part, "kind").as_str()) { either.extend(chars) } else { wanted.extend(chars) }
        }
        let captions = row["captions"].as_array().into_iter().flatten();
        wanted.extend(chars(&captions.filter_map(|it| points(&it["span"])).collect::<Vec<_>>()));
        wanted.retain(seen);
        let blocks = report.found.article.blocks.iter().filter(|it| !it.role.is_prose());
        let spans: Vec<_> = blocks.filter_map(|it| report.edge.points(it.span)).collect();
        let mut found = chars(&spans);
        found.retain(|at| seen(at) && !either.contains(at));
        counts.hit += wanted.intersection(&found).count();
        counts.n_gold += wanted.len();
        counts.n_predicted += found.len();
        for (what, chars) in [("missed", wanted.difference(&found)), ("taken for furniture", found.difference(&wanted))]
        {
            for at in runs(chars.copied()) {
                answer.misses.push(format!("furniture {} {what}: [{}]", report.input.id, words(report.input, at)));
            }
        }
    }
    answer.scores.add_prf("furniture", counts);
}

/// Single characters as ranges; those a few blanks apart are one.
fn runs(chars: impl Iterator<Item = usize>) -> Vec<crate::Points> {
    let mut runs: Vec<crate::Points> = Vec::new();
    for at in chars {
        match runs.last_mut() {
            Some((_, end)) if at <= *end + 3 => *end = at + 1,
            _ => runs.push((at, at + 1)),
        }
    }
    runs
}
