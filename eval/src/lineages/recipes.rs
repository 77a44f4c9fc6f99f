//! What is done to an article to make a child of it.

use rapporteur_model::{DriftKind, RelationKind};

use super::{Chance, Edit, Planted, Planting, words};
use crate::system::Input;

const COPY: &[RelationKind] = &[RelationKind::Identical, RelationKind::NearCopy];
const EDITED: &[RelationKind] = &[RelationKind::NearCopy];
const CUT: &[RelationKind] = &[RelationKind::Excerpt];
const RETOLD: &[RelationKind] = &[RelationKind::Rewrite, RelationKind::SecondHand];

/// Of a hundred children, so many bear a date, and so many credit their parent.
const DATED: usize = 60;
const CREDITED: usize = 20;

/// Paragraphs (lines) with their sentences.
pub(super) fn paragraphs(text: &str) -> Vec<Vec<String>> {
    let lines = text.lines().map(str::trim).filter(|it| !it.is_empty());
    lines.map(sentences).collect()
}

fn sentences(line: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, _) in line.match_indices(". ") {
        let starts_next = line[at + 2..].chars().next().is_some_and(char::is_uppercase);
        if starts_next && start + 40 < at {
            found.push(line[start..=at].to_owned());
            start = at + 2;
        }
    }
    found.push(line[start..].to_owned());
    found
}

/// Text in the making.
struct Draft {
    paragraphs: Vec<Vec<String>>,
    kinds: Vec<RelationKind>,
    edits: Vec<Edit>,
    is_trimmed: bool,
    /// Words that stand in the text beside the parent's.
    text: Option<String>,
}

/// Adds a child of `parent`, and for a chain a child of that child. `turn` chooses the recipe, so that all come as often.
pub(super) fn child(planting: &mut Planting, parent: usize, article: usize, turn: usize, chance: &mut Chance) {
    const RECIPES: usize = 7;
    let recipe = turn % RECIPES;
    if recipe + 1 < RECIPES {
        add(planting, parent, article, recipe, chance);
        return;
    }
    let first = [2, 3, 4][chance.below(3)];
    let middle = add(planting, parent, article, first, chance);
    let then = [0, 1, 5][chance.below(3)];
    let last = add(planting, middle, article, then, chance);
    if let Some(it) = planting.planted.iter_mut().find(|it| it.child == last) {
        it.recipe = "second step";
    }
}

fn add(planting: &mut Planting, parent: usize, article: usize, recipe: usize, chance: &mut Chance) -> usize {
    let source = planting.inputs[parent].clone();
    let text = String::from_utf8_lossy(&source.bytes).into_owned();
    let mut draft =
        Draft { paragraphs: paragraphs(&text), kinds: Vec::new(), edits: Vec::new(), is_trimmed: false, text: None };
    let name = match recipe {
        0 => furnished(&mut draft, chance),
        1 => trimmed(&mut draft, chance),
        2 => reordered(&mut draft, chance),
        3 => edited(&mut draft, chance),
        4 => respelled(&mut draft, chance),
        _ => paraphrased(&mut draft, chance),
    };
    let at = planting.inputs.len();
    let mut text = draft.text.take().unwrap_or_else(|| printed(&draft.paragraphs));
    let mut input = Input { id: format!("c{at:05}"), ..Input::default() };
    let mut has_direction = draft.is_trimmed;
    if chance.is_one_of_hundred(DATED)
        && let Some(day) = source.date.as_deref().and_then(|it| later(it, 1 + chance.below(3)))
    {
        input.date = Some(day);
        has_direction = true;
    }
    if chance.is_one_of_hundred(CREDITED)
        && let Some(outlet) = &source.outlet
    {
        text.push_str(&format!("\nSource: {outlet}"));
        draft.kinds.push(RelationKind::Republication);
        has_direction = true;
    }
    // A parent's own credit ("Reuters reports" in a report of Reuters) stays in its child.
    let host = source.outlet.as_deref().unwrap_or("").trim_start_matches("www.");
    let house = host.split('.').next().unwrap_or("").to_lowercase();
    if house.len() > 1 && text.to_lowercase().contains(&house) {
        draft.kinds.push(RelationKind::Republication);
    }
    let houses: Vec<&str> = HOUSES.into_iter().filter(|it| source.outlet.as_deref() != Some(*it)).collect();
    input.outlet = Some(houses[chance.below(houses.len())].to_owned());
    input.bytes = text.into_bytes();
    planting.inputs.push(input);
    planting.root.push(Some(article));
    planting.planted.push(Planted {
        parent,
        child: at,
        recipe: name,
        kinds: draft.kinds,
        has_direction,
        edits: draft.edits,
    });
    at
}

/// Invented outlets; a child and its parent are never of one.
const HOUSES: [&str; 6] =
    ["Kalvik Herald", "Lower Tarn Post", "The Osmere Courier", "Brannock Daily", "Vale Tribune", "Hask Evening News"];

fn printed(paragraphs: &[Vec<String>]) -> String {
    paragraphs.iter().map(|it| it.join(" ")).collect::<Vec<String>>().join("\n")
}

/// A day of the same month that is later.
fn later(date: &str, n_days: usize) -> Option<String> {
    let day: usize = date.get(8..10)?.parse().ok()?;
    (day + n_days <= 28).then(|| format!("{}{:02}", &date[..8], day + n_days))
}

fn furnished(draft: &mut Draft, chance: &mut Chance) -> &'static str {
    const LINES: [&str; 8] = [
        "Share this",
        "Advertisement",
        "Read also: seven towns to see before the snow comes",
        "Sign up for our newsletter",
        "Follow us for more",
        "Story continues below",
        "You have 2 free articles left this month",
        "Leave a comment",
    ];
    for _ in 0..3 + chance.below(3) {
        let place = chance.below(draft.paragraphs.len() + 1);
        draft.paragraphs.insert(place, vec![LINES[chance.below(LINES.len())].to_owned()]);
    }
    draft.kinds = COPY.to_vec();
    "furniture"
}

fn trimmed(draft: &mut Draft, chance: &mut Chance) -> &'static str {
    let n_words: usize = draft.paragraphs.iter().flatten().map(|it| it.split(' ').count()).sum();
    let keep = (n_words * (25 + chance.below(40)) / 100).max(60);
    let mut n_kept = 0;
    let mut kept = Vec::new();
    for sentences in std::mem::take(&mut draft.paragraphs) {
        let mut paragraph = Vec::new();
        for sentence in sentences {
            if n_kept < keep {
                n_kept += sentence.split(' ').count();
                paragraph.push(sentence);
            }
        }
        if !paragraph.is_empty() {
            kept.push(paragraph);
        }
    }
    draft.paragraphs = kept;
    // What has most of its parent left is as much a near copy as an excerpt.
    draft.kinds = if n_kept * 10 < n_words * 7 { CUT.to_vec() } else { [CUT, EDITED].concat() };
    draft.is_trimmed = n_kept * 10 < n_words * 9;
    "trim"
}

fn reordered(draft: &mut Draft, chance: &mut Chance) -> &'static str {
    if draft.paragraphs.len() < 4 {
        draft.paragraphs = std::mem::take(&mut draft.paragraphs).into_iter().flatten().map(|it| vec![it]).collect();
    }
    chance.shuffle(&mut draft.paragraphs[1..]);
    draft.kinds = COPY.to_vec();
    "reordering"
}

fn respelled(draft: &mut Draft, chance: &mut Chance) -> &'static str {
    draft.text = Some(words::respelled(&printed(&draft.paragraphs), chance));
    draft.kinds = COPY.to_vec();
    "spelling"
}

/// A part of the sentences in other words; half of the time some are left out, too.
fn paraphrased(draft: &mut Draft, chance: &mut Chance) -> &'static str {
    let part = [30, 50, 75, 100][chance.below(4)];
    let is_cut = chance.below(2) == 0;
    let (mut n_words, mut n_anew, mut n_cut) = (0, 0, 0);
    for sentences in &mut draft.paragraphs {
        for sentence in std::mem::take(sentences) {
            let n = sentence.split(' ').count();
            if is_cut && chance.is_one_of_hundred(25) {
                n_cut += n;
                continue;
            }
            n_words += n;
            if chance.is_one_of_hundred(part) {
                let (other, is_anew) = words::paraphrased(&sentence, chance);
                n_anew += if is_anew { n } else { 0 };
                sentences.push(other);
            } else {
                sentences.push(sentence);
            }
        }
    }
    draft.paragraphs.retain(|it| !it.is_empty());
    // By what was done: mostly told anew, mostly kept, or something between that may be called either.
    let kept: &[RelationKind] =
        if n_cut * 5 < n_words { &[RelationKind::NearCopy, RelationKind::Excerpt] } else { CUT };
    let anew = n_anew * 100 / n_words.max(1);
    draft.kinds = match anew {
        0..25 => kept.to_vec(),
        25..60 => [kept, RETOLD].concat(),
        _ => RETOLD.to_vec(),
    };
    "paraphrase"
}

/// Changes up to two figures, days and names, each in a sentence of its own.
fn edited(draft: &mut Draft, chance: &mut Chance) -> &'static str {
    for paragraph in draft.paragraphs.iter_mut().skip(1) {
        for sentence in paragraph {
            let full = |kind: DriftKind| draft.edits.iter().filter(|it| it.kind == kind).count() == 2;
            if let Some((changed, edit)) = edit(sentence, &full, chance) {
                *sentence = changed;
                draft.edits.push(edit);
            }
        }
    }
    draft.kinds = if draft.edits.is_empty() { COPY.to_vec() } else { EDITED.to_vec() };
    "edits"
}

const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const NAMES: [&str; 6] = ["Drosselmayr", "Quillfeather", "Vandersloot", "Okonjima", "Brackenbury", "Tresilian"];

fn edit(sentence: &str, full: &dyn Fn(DriftKind) -> bool, chance: &mut Chance) -> Option<(String, Edit)> {
    let mut words: Vec<String> = sentence.split(' ').map(str::to_owned).collect();
    for at in 2..words.len() {
        let bare = words[at].trim_matches(|it: char| !it.is_alphanumeric()).to_owned();
        let (kind, new) = if is_count(&words, at, &bare) {
            (DriftKind::Number, (bare.parse::<u64>().ok()? + 11 + chance.below(7) as u64).to_string())
        } else if let Some(day) = DAYS.iter().position(|it| *it == bare) {
            (DriftKind::Date, DAYS[(day + 1 + chance.below(6)) % 7].to_owned())
        } else if is_surname(&words, at, &bare) {
            (DriftKind::Name, NAMES[chance.below(NAMES.len())].to_owned())
        } else {
            continue;
        };
        if full(kind) {
            continue;
        }
        words[at] = words[at].replacen(&bare, &new, 1);
        let (from, to) = (at.saturating_sub(3), (at + 4).min(words.len()));
        let before: usize = words[from..at].iter().map(|it| it.len() + 1).sum();
        let start = before + words[at].find(&new)?;
        let edit = Edit { kind, context: words[from..to].join(" "), at: (start, start + new.len()) };
        return Some((words.join(" "), edit));
    }
    None
}

/// A figure that is no day of a month, no year and no part of a name ("Boeing 737").
fn is_count(words: &[String], at: usize, bare: &str) -> bool {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let is_month = |word: Option<&String>| word.is_some_and(|it| MONTHS.iter().any(|month| it.starts_with(month)));
    let starts_small = |word: Option<&String>| word.is_some_and(|it| it.starts_with(char::is_lowercase));
    (2..=3).contains(&bare.len())
        && bare.bytes().all(|it| it.is_ascii_digit())
        && !bare.starts_with('0')
        && words[at].starts_with(|it: char| it.is_ascii_digit())
        && !is_month(at.checked_sub(1).and_then(|it| words.get(it)))
        && starts_small(words.get(at + 1))
        && words[at].len() == bare.len()
}

/// A word with a capital inside a sentence that stands after a small word and is no month or day.
fn is_surname(words: &[String], at: usize, bare: &str) -> bool {
    let is_capital = |it: &str| it.starts_with(char::is_uppercase);
    let before = &words[at - 1];
    bare.chars().count() > 4
        && bare.chars().skip(1).all(char::is_lowercase)
        && is_capital(bare)
        && before.starts_with(char::is_lowercase)
        && before.ends_with(char::is_alphabetic)
        && !DAYS.contains(&bare)
        && !MONTH_NAMES.contains(&bare)
}

const MONTH_NAMES: [&str; 12] = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
];
