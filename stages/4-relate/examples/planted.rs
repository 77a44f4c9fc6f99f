//! Plants lineages in a collection of open articles and measures how many are found, with direction, kind and edits.
//! `cargo run --release -p rapporteur-relate --example planted -- SEED ROWS.jsonl…`
//!
//! Every third article is a parent. Its child is a repost with furniture, a trimmed text, a reordered one, one with edited
//! figures, days and names, a paraphrase that keeps a part of the sentences, or the second step of a chain. The other
//! articles are distractors. Texts are read at run time; nothing is kept but the seed.
// An example is a small program: it may read files and print.
#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::print_stderr)]

mod plain;

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_lexicon::Lexicon;
use rapporteur_model::{Annotated, CitedKind, CitedSource, Direction, DriftKind, RelationKind, Span};

struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut it = self.0;
        it = (it ^ (it >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        it = (it ^ (it >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        it ^ (it >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }
}

struct Planted {
    parent: String,
    child: String,
    kinds: &'static [RelationKind],
    /// Whether the reports hold a sign of the direction.
    has_direction: bool,
    edits: Vec<(DriftKind, Span)>,
    recipe: &'static str,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let seed: u64 = args.next().ok_or("which seed?")?.parse()?;
    let mut chance = Chance(seed);
    let mut texts: Vec<(String, String)> = Vec::new();
    for (file, path) in args.enumerate() {
        for line in std::fs::read_to_string(&path)?.lines() {
            let row: serde_json::Value = serde_json::from_str(line)?;
            let text = row["text"].as_str().unwrap_or("").to_owned();
            if text.split_whitespace().count() >= 150 {
                texts.push((format!("{file}-{:05}", texts.len()), text));
            }
        }
    }
    let (mut reports, mut planted) = (Vec::new(), Vec::new());
    for (at, (id, text)) in texts.iter().enumerate() {
        let parent = plain::report(id, text);
        if at % 3 == 0 {
            let (child, plan) = plant(id, text, &mut chance);
            let parent = if plan.has_direction && chance.below(3) == 0 {
                reports.push(crediting(child, &format!("Herald {id}")));
                plain::from_outlet(parent, &format!("Herald {id}"))
            } else if plan.has_direction {
                reports.push(plain::dated(child, "2031-03-06"));
                plain::dated(parent, "2031-03-04")
            } else {
                reports.push(child);
                parent
            };
            planted.push(plan);
            reports.push(parent);
        } else {
            reports.push(parent);
        }
    }
    reports.sort_by(|one, other| one.id().cmp(other.id()));
    let start = std::time::Instant::now();
    let relations = rapporteur_relate::relate(&reports, Lexicon::shared());
    let seconds = start.elapsed().as_secs_f64();
    measure(&reports, &relations, &planted);
    println!("{} reports, {} planted, {:.0} reports/s", reports.len(), planted.len(), reports.len() as f64 / seconds);
    Ok(())
}

fn crediting(mut report: Annotated, name: &str) -> Annotated {
    report.article.cited.push(CitedSource {
        name: name.to_owned(),
        kind: CitedKind::Republished,
        span: Span::new(0, 1),
    });
    report
}

fn sentences(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for line in text.lines().map(str::trim).filter(|it| it.split_whitespace().count() > 3) {
        let mut start = 0;
        for (at, _) in line.match_indices(". ") {
            let starts_next = line[at + 2..].chars().next().is_some_and(char::is_uppercase);
            if starts_next && at > start + 40 {
                found.push(line[start..=at].to_owned());
                start = at + 2;
            }
        }
        found.push(line[start..].to_owned());
    }
    found
}

fn plant(parent: &str, text: &str, chance: &mut Chance) -> (Annotated, Planted) {
    const COPY: &[RelationKind] = &[RelationKind::Identical, RelationKind::NearCopy, RelationKind::Republication];
    const CUT: &[RelationKind] = &[RelationKind::Excerpt, RelationKind::Republication];
    const EDITED: &[RelationKind] = &[RelationKind::NearCopy, RelationKind::Republication];
    const RETOLD: &[RelationKind] =
        &[RelationKind::Rewrite, RelationKind::Excerpt, RelationKind::SecondHand, RelationKind::Republication];
    let all = sentences(text);
    let n = all.len();
    let has_direction = chance.below(4) != 0;
    let mut edits = Vec::new();
    let (recipe, kinds, kept): (_, _, Vec<String>) = match chance.below(6) {
        0 => ("furniture", COPY, furnished(all)),
        1 => ("trimmed", CUT, all.into_iter().take((n / 3).max(3)).collect()),
        2 => ("reordered", COPY, {
            let mut it = all;
            it.rotate_left(n / 2);
            it
        }),
        3 => {
            let mut it = all;
            edits = edit(&mut it, chance);
            ("edited", EDITED, it)
        }
        4 => (
            "paraphrase",
            RETOLD,
            all.into_iter().enumerate().filter(|it| it.0 % 3 != 2).map(|it| paraphrase(&it.1)).collect(),
        ),
        _ => ("chain", RETOLD, furnished(all.into_iter().take((n * 2 / 3).max(4)).map(|it| paraphrase(&it)).collect())),
    };
    let child = format!("{parent}-child");
    let text = kept.join("\n");
    let has_direction = has_direction || recipe == "trimmed";
    let edits = edits.into_iter().filter_map(|(kind, what): (DriftKind, String)| {
        let at = text.find(&what)?;
        Some((kind, Span::at(at, at + what.len())))
    });
    let edits = edits.collect();
    (plain::report(&child, &text), Planted { parent: parent.to_owned(), child, kinds, has_direction, edits, recipe })
}

fn furnished(mut all: Vec<String>) -> Vec<String> {
    all.insert(0, "Share this".to_owned());
    all.insert(all.len() / 2, "Advertisement".to_owned());
    all.push("Read also: seven towns to see before the snow comes".to_owned());
    all
}

/// Changes a figure, a day and a name, each in a sentence of its own. Returns what now stands there.
fn edit(all: &mut [String], chance: &mut Chance) -> Vec<(DriftKind, String)> {
    let mut edits = Vec::new();
    for sentence in all.iter_mut().skip(1) {
        let has =
            |kind: DriftKind, edits: &[(DriftKind, String)]| edits.iter().any(|it: &(DriftKind, String)| it.0 == kind);
        let words: Vec<String> = sentence.split(' ').map(str::to_owned).collect();
        let plan = words.iter().enumerate().skip(2).find_map(|(at, word)| {
            let bare = word.trim_end_matches(['.', ',']);
            let is_number = bare.len() >= 2
                && bare.len() != 4
                && bare.bytes().all(|it| it.is_ascii_digit())
                && !bare.starts_with('0');
            if is_number
                && !has(DriftKind::Number, &edits)
                && !is_month(words.get(at - 1))
                && !is_month(words.get(at + 1))
            {
                let new = (bare.parse::<u64>().ok()? + 11 + (at as u64 % 7)).to_string();
                return Some((at, DriftKind::Number, word.replace(bare, &new), new));
            }
            let day = DAYS.iter().position(|it| *it == bare);
            if let Some(day) = day.filter(|_| !has(DriftKind::Date, &edits)) {
                let new = DAYS[(day + 3) % 7].to_owned();
                return Some((at, DriftKind::Date, word.replace(bare, &new), new));
            }
            let is_name = bare.len() > 4
                && bare.chars().all(char::is_alphabetic)
                && bare.starts_with(|it: char| it.is_uppercase())
                && bare[1..].chars().all(char::is_lowercase);
            let before_ends = words[at - 1].ends_with(['.', '"', '”', ':']);
            if is_name && !has(DriftKind::Name, &edits) && !before_ends && !is_month(Some(word)) && day.is_none() {
                let new = ["Drosselmayr", "Quillfeather", "Vandersloot", "Okonjima"][chance.below(4)].to_owned();
                return Some((at, DriftKind::Name, word.replace(bare, &new), new));
            }
            None
        });
        if let Some((at, kind, word, shown)) = plan {
            let mut words = words;
            words[at] = word;
            let end = (at + 3).min(words.len());
            let context = words[at - 1..end].join(" ");
            let _ = shown;
            *sentence = words.join(" ");
            edits.push((kind, context));
        }
    }
    edits
}

fn is_month(word: Option<&String>) -> bool {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    word.is_some_and(|it| MONTHS.iter().any(|month| it.starts_with(month)))
}

const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// Other words for common ones, every time they come.
fn paraphrase(sentence: &str) -> String {
    let mut words: Vec<&str> = sentence.split(' ').collect();
    for word in &mut words {
        if let Some((_, other)) = OTHER_WORDS.iter().find(|it| it.0 == *word) {
            *word = other;
        }
    }
    let text = words.join(" ");
    // Two halves at a comma change places when that leaves a sentence.
    match text.trim_end_matches('.').split_once(", ") {
        Some((first, rest)) if first.len() > 30 && rest.len() > 30 && !text.contains(['"', '“']) => {
            format!("As {rest}, {first}.")
        }
        _ => text,
    }
}

const OTHER_WORDS: [(&str, &str); 40] = [
    ("said", "stated"),
    ("says", "states"),
    ("told", "informed"),
    ("killed", "left dead"),
    ("also", "moreover"),
    ("but", "yet"),
    ("after", "following"),
    ("before", "ahead of"),
    ("about", "roughly"),
    ("because", "since"),
    ("against", "versus"),
    ("people", "persons"),
    ("new", "fresh"),
    ("big", "large"),
    ("first", "initial"),
    ("last", "previous"),
    ("many", "numerous"),
    ("show", "reveal"),
    ("showed", "revealed"),
    ("made", "created"),
    ("make", "create"),
    ("get", "obtain"),
    ("got", "obtained"),
    ("help", "aid"),
    ("need", "require"),
    ("the", "this"),
    ("has", "had"),
    ("have", "had"),
    ("would", "was to"),
    ("could", "was able to"),
    ("while", "whereas"),
    ("more", "further"),
    ("over", "across"),
    ("during", "amid"),
    ("called", "named"),
    ("asked", "requested"),
    ("began", "started"),
    ("found", "discovered"),
    ("including", "among them"),
    ("between", "amid"),
];

fn measure(reports: &[Annotated], relations: &rapporteur_model::Relations, planted: &[Planted]) {
    let id = |ix: rapporteur_model::ReportIx| reports[ix.ix()].id().to_owned();
    let found: BTreeMap<(String, String), &rapporteur_model::Relation> =
        relations.pairs.iter().filter(|it| it.kind.is_lineage()).map(|it| ((id(it.a), id(it.b)), it)).collect();
    let (mut n_hit, mut n_kind, mut n_direction, mut n_directed, mut n_edits, mut n_edits_found) = (0, 0, 0, 0, 0, 0);
    let mut by_recipe: BTreeMap<&str, (usize, usize, BTreeMap<&str, usize>)> = BTreeMap::new();
    let mut expected = BTreeSet::new();
    for it in planted {
        let key = (it.parent.clone(), it.child.clone());
        let row = by_recipe.entry(it.recipe).or_default();
        row.0 += 1;
        expected.insert(key.clone());
        let Some(pair) = found.get(&key) else { continue };
        n_hit += 1;
        row.1 += 1;
        *row.2.entry(pair.kind.as_str()).or_default() += 1;
        n_kind += usize::from(it.kinds.contains(&pair.kind));
        if it.has_direction {
            n_directed += 1;
            n_direction += usize::from(pair.direction == Direction::BFromA);
        }
        for (kind, span) in &it.edits {
            n_edits += 1;
            n_edits_found += usize::from(
                pair.drift.iter().any(|row| row.kind == *kind && row.b.is_some_and(|it| it.overlaps(*span))),
            );
        }
    }
    // Children of natural relatives are relatives; only pairs of articles without any are surely false, so this is an upper bound.
    let base = |id: &str| id.trim_end_matches("-child").to_owned();
    let natural: BTreeSet<(String, String)> =
        found.keys().filter(|it| !it.0.ends_with("child") && !it.1.ends_with("child")).cloned().collect();
    let is_natural = |key: &(String, String)| {
        let (one, other) = (base(&key.0), base(&key.1));
        natural.contains(&(one.clone(), other.clone())) || natural.contains(&(other, one))
    };
    let n_false = found.keys().filter(|it| !expected.contains(*it) && !is_natural(it)).count();
    let (precision, recall) =
        (n_hit as f64 / (n_hit + n_false).max(1) as f64, n_hit as f64 / planted.len().max(1) as f64);
    println!(
        "pairs P {precision:.4} R {recall:.4} F1 {:.4} ({} natural pairs left out)",
        2.0 * precision * recall / (precision + recall),
        natural.len()
    );
    println!(
        "kind {:.4}  direction {:.4} of {n_directed}  edits {:.4} of {n_edits}",
        n_kind as f64 / n_hit.max(1) as f64,
        n_direction as f64 / n_directed.max(1) as f64,
        n_edits_found as f64 / n_edits.max(1) as f64
    );
    for (recipe, (n, hit, kinds)) in by_recipe {
        println!("  {recipe}: {hit} of {n} {kinds:?}");
    }
}
