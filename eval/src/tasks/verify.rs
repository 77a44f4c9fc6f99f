//! Briefs with planted faults: how many are found, and how many true sentences are refused.
//!
//! For each story, sentences of its reports are taken and reworded lightly (true), or one thing in them is made wrong: a
//! number, a day, a name, a speaker, a negation, a certainty, words in marks, the subject of another sentence, or the whole
//! sentence is another story's. The maker knows only words and the layers of annotation, not what the check looks at.
//! Stories with even numbers may be looked at while the check is worked on; the figures are those of the others.

use std::collections::BTreeMap;

use rapporteur_model::{Annotated, Annotations, CheckVerdict, FigureKind, MentionKind, Role, Span, TimeKind, TokenIx};

use super::{Answer, Context, Task};
use crate::chance::Chance;
use crate::measures::Scores;
use crate::system::Input;
use crate::{Outcome, corpora};

pub(super) const TASK: Task = Task {
    name: "verify",
    what: "some 400 planted faults of nine kinds and as many true sentences, from open stories",
    corpus: &["eval/stories/newscluster.jsonl", "eval/stories/wikinews_big.jsonl"],
    pinned: &["faults.found", "true.accepted"],
    on_request: false,
    run,
};

/// Reports that a story needs, and at most has here.
const REPORTS_MIN: usize = 3;
const REPORTS_MAX: usize = 8;
/// Sentences of one kind that a story gives.
const OF_A_KIND: usize = 2;
const STORIES_MAX: usize = 60;

/// One sentence to check.
struct Planted {
    kind: &'static str,
    text: String,
    original: String,
}

fn run(context: &Context<'_>) -> Outcome<Answer> {
    let mut stories: BTreeMap<String, Vec<Input>> = BTreeMap::new();
    for path in TASK.corpus {
        let corpus = corpora::stories(&context.path(path))?;
        for (input, cluster) in corpus.inputs.into_iter().zip(corpus.gold) {
            stories.entry(cluster).or_default().push(input);
        }
    }
    let stories: Vec<Vec<Input>> = stories.into_values().filter(|it| REPORTS_MIN <= it.len()).collect();
    let mut tallies: BTreeMap<(bool, &'static str), (usize, usize)> = BTreeMap::new();
    let mut misses = Vec::new();
    let mut foreign: Vec<String> = Vec::new();
    for (nth, inputs) in stories.iter().take(STORIES_MAX).enumerate() {
        let inputs: Vec<Input> = inputs.iter().take(REPORTS_MAX).cloned().collect();
        let reports = context.system.annotate(&inputs);
        // Each story has a chance of its own: a name that is found otherwise in one changes nothing in the others.
        let planted = plant(&reports, &foreign, &mut Chance(20_26 + 1_000 * nth as u64));
        foreign = reports.iter().flat_map(|it| sentences(it).into_iter().map(|at| words(it, at))).collect();
        let lines: Vec<String> = planted.iter().map(|it| it.text.clone()).collect();
        let verdicts = context.system.check(&inputs, &lines);
        for (planted, verdict) in planted.iter().zip(verdicts) {
            let Some(verdict) = verdict else { continue };
            let is_true = planted.kind == "true";
            let right = (verdict == CheckVerdict::Supported) == is_true;
            let tally = tallies.entry((nth % 2 == 1, planted.kind)).or_default();
            tally.0 += usize::from(right);
            tally.1 += 1;
            if !right && nth % 2 == 0 {
                misses.push(format!(
                    "{} {}: {} [from: {}]",
                    planted.kind,
                    verdict.as_str(),
                    planted.text,
                    planted.original
                ));
            }
        }
    }
    Ok(Answer { scores: scores(&tallies), misses })
}

fn scores(tallies: &BTreeMap<(bool, &'static str), (usize, usize)>) -> Scores {
    let mut scores = Scores::default();
    let mut sums = [(0, 0); 2];
    for ((odd, kind), (right, all)) in tallies {
        if *kind != "true" {
            let sum = &mut sums[usize::from(*odd)];
            *sum = (sum.0 + right, sum.1 + all);
        }
    }
    let share = |(right, all): (usize, usize)| if all == 0 { 0.0 } else { right as f64 / all as f64 };
    scores.add("faults.found", share(sums[1]));
    let accepted = |odd: bool| tallies.get(&(odd, "true")).copied().unwrap_or_default();
    scores.add("true.accepted", share(accepted(true)));
    scores.add("faults.n", sums[1].1 as f64);
    scores.add("true.n", accepted(true).1 as f64);
    for ((odd, kind), (right, all)) in tallies {
        if *odd && *kind != "true" {
            scores.add_share(format!("{kind}.found"), *right, *all);
        }
    }
    scores.add_share("worked-on.faults.found", sums[0].0, sums[0].1);
    scores.add_share("worked-on.true.accepted", accepted(false).0, accepted(false).1);
    scores
}

/// Sentences of running text that can stand alone.
fn sentences(report: &Annotated) -> Vec<Span> {
    let known = &report.annotations;
    let text = report.text();
    let fits = |it: &&rapporteur_model::Sentence| {
        let role = report.article.blocks.get(it.block.ix()).map(|it| it.role);
        let words = it.span.of(text);
        let n = words.split_whitespace().count();
        let (first, last) = (it.tokens.0.ix(), it.tokens.1.ix());
        let root = (first..last).any(|ix| known.tokens[ix].dep == "ROOT" && known.tokens[ix].pos == "VERB");
        let subject =
            (first..last).any(|ix| known.tokens[ix].dep.starts_with("nsubj") && known.tokens[ix].pos != "PRON");
        role == Some(Role::Body)
            && !it.repeat
            && (10..=32).contains(&n)
            && root
            && subject
            && words.ends_with('.')
            && words.starts_with(char::is_uppercase)
            && words.matches('"').count().is_multiple_of(2)
            && words.matches('“').count() == words.matches('”').count()
            && !["I ", " I ", " we ", "We ", " you "].iter().any(|it| words.contains(it))
    };
    known.sentences.iter().filter(fits).map(|it| it.span).collect()
}

fn words(report: &Annotated, at: Span) -> String {
    at.of(report.text()).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The sentence with some stretches replaced.
fn with(report: &Annotated, at: Span, edits: &[(Span, String)]) -> String {
    let text = report.text();
    let mut edits = edits.to_vec();
    edits.sort();
    let mut out = String::new();
    let mut from = at.start();
    for (span, new) in edits {
        out.push_str(Span::new(from, span.start()).of(text));
        out.push_str(&new);
        from = span.end();
    }
    out.push_str(Span::new(from, at.end()).of(text));
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The faults and true sentences of one story.
fn plant(reports: &[Annotated], foreign: &[String], chance: &mut Chance) -> Vec<Planted> {
    const KINDS: [&str; 8] = ["number", "date", "name", "speaker", "negation", "certainty", "misquote", "fused"];
    let mut all: Vec<(usize, Span)> =
        reports.iter().enumerate().flat_map(|(ix, it)| sentences(it).into_iter().map(move |at| (ix, at))).collect();
    chance.shuffle(&mut all);
    let people = people(reports);
    let mut found: Vec<Planted> = Vec::new();
    let mut n_of: BTreeMap<&'static str, usize> = BTreeMap::new();
    for (nth, (ix, at)) in all.iter().enumerate() {
        let report = &reports[*ix];
        let original = words(report, *at);
        for kind in KINDS {
            if n_of.get(kind).copied().unwrap_or(0) >= OF_A_KIND {
                continue;
            }
            let text = match kind {
                "number" => number(report, *at),
                "date" => date(report, *at, chance),
                "name" => name(report, *at, &people, chance),
                "speaker" => speaker(report, *at, &people, chance),
                "negation" => negation(report, *at),
                "certainty" => certainty(report, *at),
                "misquote" => misquote(report, *at),
                _ => all.get(nth + 1).and_then(|other| fused(report, *at, &reports[other.0], other.1)),
            };
            if let Some(text) = text.filter(|it| *it != original) {
                *n_of.entry(kind).or_default() += 1;
                found.push(Planted { kind, text, original: original.clone() });
                break;
            }
        }
        if n_of.get("true").copied().unwrap_or(0) < 4 * OF_A_KIND && nth % 3 == 0 {
            *n_of.entry("true").or_default() += 1;
            found.push(Planted { kind: "true", text: reworded(report, *at, chance), original });
        }
    }
    for text in foreign.iter().take(OF_A_KIND) {
        found.push(Planted { kind: "invented", text: text.clone(), original: String::new() });
    }
    found
}

/// Names of people in the story, in full.
fn people(reports: &[Annotated]) -> Vec<String> {
    let actors = reports.iter().flat_map(|it| &it.annotations.actors);
    let named = actors.filter(|it| it.kind == rapporteur_model::ActorKind::Person && it.name.split(' ').count() == 2);
    let mut names: Vec<String> = named.map(|it| it.name.clone()).collect();
    names.sort();
    names.dedup();
    names
}

/// A true sentence in other words: another verb of saying, a short name, the day at the other end.
fn reworded(report: &Annotated, at: Span, chance: &mut Chance) -> String {
    let known = &report.annotations;
    let text = report.text();
    let mut edits: Vec<(Span, String)> = Vec::new();
    for token in known.tokens.iter().filter(|it| at.contains(it.span)) {
        if token.span.of(text) == "said" && chance.is_one_of_hundred(60) {
            edits.push((token.span, ["stated", "declared", "noted"][chance.below(3)].to_owned()));
        }
    }
    for mention in known.mentions.iter().filter(|it| at.contains(it.span) && it.kind == MentionKind::Named) {
        let actor = mention.actor.and_then(|it| known.actors.get(it.ix()));
        let person = actor.is_some_and(|it| it.kind == rapporteur_model::ActorKind::Person);
        let full = mention.span.of(text);
        if person && full.split(' ').count() == 2 && chance.is_one_of_hundred(50) {
            edits.push((mention.span, full.split(' ').nth(1).unwrap_or(full).to_owned()));
        }
    }
    let told = with(report, at, &edits);
    // "On Monday, ministers met." -> "Ministers met on Monday."
    let opening = told.split_once(", ").filter(|(first, _)| {
        matches!(first.split(' ').next(), Some("On" | "In"))
            && first.split(' ').count() <= 3
            && !told.contains(['"', '“'])
    });
    if let Some((first, rest)) = opening {
        let mut letters = rest.trim_end_matches('.').chars();
        let head: String = letters.next().map_or_else(String::new, |it| it.to_uppercase().collect());
        let lower = format!("{}{}", first[..1].to_lowercase(), &first[1..]);
        return format!("{head}{} {lower}.", letters.as_str());
    }
    told
}

fn number(report: &Annotated, at: Span) -> Option<String> {
    let text = report.text();
    let figure = report.annotations.figures.iter().find(|it| {
        let digits = it.span.of(text).split(' ').filter(|it| it.chars().all(|it| it.is_ascii_digit())).count();
        at.contains(it.span) && digits == 1 && it.kind != FigureKind::Ordinal && it.value.is_some_and(|it| 3.0 <= it)
    })?;
    let words = figure.span.of(text);
    let old = words.split(' ').find(|it| it.chars().all(|it| it.is_ascii_digit()))?;
    let value: u64 = old.parse().ok()?;
    let new = words.replacen(old, &(value + (value / 2).max(2)).to_string(), 1);
    Some(with(report, at, &[(figure.span, new)]))
}

fn date(report: &Annotated, at: Span, chance: &mut Chance) -> Option<String> {
    const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    const MONTHS: [&str; 12] = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ];
    let text = report.text();
    let time = report.annotations.times.iter().find(|it| {
        at.contains(it.span) && it.kind == TimeKind::Date && {
            let words = it.span.of(text);
            DAYS.iter().chain(&MONTHS).any(|name| words.split(' ').any(|it| it == *name))
                || words.parse::<u32>().is_ok()
        }
    })?;
    let words = time.span.of(text);
    let moved = |list: &[&str], by: usize| {
        let ix = list.iter().position(|name| words.split(' ').any(|it| it == *name))?;
        Some(words.replacen(list[ix], list[(ix + by) % list.len()], 1))
    };
    let new = moved(&DAYS, 2 + chance.below(3))
        .or_else(|| moved(&MONTHS, 3 + chance.below(5)))
        .or_else(|| words.parse::<u32>().ok().map(|it| (it - 3).to_string()))?;
    Some(with(report, at, &[(time.span, new)]))
}

/// Somebody of the story whom the sentence and what stands around it do not name.
fn another(report: &Annotated, at: Span, people: &[String], chance: &mut Chance) -> Option<String> {
    let text = report.text();
    let from = text[..at.start() as usize].char_indices().rev().nth(600).map_or(0, |it| it.0);
    let to = text[at.end() as usize..].char_indices().nth(600).map_or(text.len(), |it| at.end() as usize + it.0);
    let around = &text[from..to];
    let others: Vec<&String> = people.iter().filter(|it| it.split(' ').all(|word| !around.contains(word))).collect();
    (!others.is_empty()).then(|| others[chance.below(others.len())].clone())
}

fn name(report: &Annotated, at: Span, people: &[String], chance: &mut Chance) -> Option<String> {
    let known = &report.annotations;
    let mention = known.mentions.iter().find(|it| {
        let actor = it.actor.and_then(|it| known.actors.get(it.ix()));
        at.contains(it.span)
            && it.kind == MentionKind::Named
            && actor.is_some_and(|it| it.kind == rapporteur_model::ActorKind::Person)
    })?;
    let new = another(report, at, people, chance)?;
    Some(with(report, at, &[(mention.span, new)]))
}

fn speaker(report: &Annotated, at: Span, people: &[String], chance: &mut Chance) -> Option<String> {
    let known = &report.annotations;
    let quote = known.quotes.iter().find(|it| {
        let inside = it.source.iter().chain(&it.cue).chain(&it.content).all(|it| at.contains(*it));
        let named = it
            .speakers
            .iter()
            .any(|it| known.actors.get(it.ix()).is_some_and(|it| it.kind == rapporteur_model::ActorKind::Person));
        inside && named && it.source.len() == 1 && it.source[0].of(report.text()).split(' ').count() <= 6
    })?;
    let new = another(report, at, people, chance)?;
    Some(with(report, at, &[(quote.source[0], new)]))
}

/// The main verb of a sentence and its first auxiliary.
fn main_verb(known: &Annotations, at: Span) -> Option<(usize, Option<usize>)> {
    let inside = || (0..known.tokens.len()).filter(|it| at.contains(known.tokens[*it].span));
    let verb = inside().find(|it| known.tokens[*it].dep == "ROOT" && known.tokens[*it].pos == "VERB")?;
    let of = |it: &usize| known.tokens[*it].head.ix() == verb;
    if inside().filter(of).any(|it| known.tokens[it].dep == "neg") {
        return None;
    }
    let auxiliary = inside().filter(of).find(|it| matches!(known.tokens[*it].dep, "aux" | "auxpass"));
    Some((verb, auxiliary))
}

fn negation(report: &Annotated, at: Span) -> Option<String> {
    let known = &report.annotations;
    let (verb, auxiliary) = main_verb(known, at)?;
    let text = report.text();
    if let Some(auxiliary) = auxiliary {
        let span = known.tokens[auxiliary].span;
        let word = span.of(text);
        return word.chars().all(char::is_alphabetic).then(|| with(report, at, &[(span, format!("{word} not"))]));
    }
    let span = known.tokens[verb].span;
    let plain = known.tokens[verb].tag == "VBD" && known.lemma(TokenIx::from(verb)) != "say";
    plain.then(|| with(report, at, &[(span, format!("did not {}", known.lemma(TokenIx::from(verb))))]))
}

fn certainty(report: &Annotated, at: Span) -> Option<String> {
    let known = &report.annotations;
    let (verb, auxiliary) = main_verb(known, at)?;
    let text = report.text();
    if let Some(auxiliary) = auxiliary {
        let span = known.tokens[auxiliary].span;
        return (span.of(text) == "will").then(|| with(report, at, &[(span, "may".to_owned())]));
    }
    let span = known.tokens[verb].span;
    let plain = known.tokens[verb].tag == "VBD" && known.lemma(TokenIx::from(verb)) != "say";
    plain.then(|| with(report, at, &[(span, format!("may {}", known.lemma(TokenIx::from(verb))))]))
}

/// One word in marks becomes another of the same sort from elsewhere in the report.
fn misquote(report: &Annotated, at: Span) -> Option<String> {
    let known = &report.annotations;
    let text = report.text();
    let quoted = known.quotes.iter().flat_map(|it| &it.quoted).find(|it| {
        let before = text[..it.start() as usize].chars().next_back();
        at.contains(**it) && matches!(before, Some('“' | '"')) && it.of(text).split(' ').count() >= 4
    })?;
    let noun = known.tokens.iter().find(|it| quoted.contains(it.span) && it.pos == "NOUN")?;
    let other = known.tokens.iter().find(|it| {
        it.pos == "NOUN" && it.tag == noun.tag && it.span.of(text) != noun.span.of(text) && !quoted.contains(it.span)
    })?;
    Some(with(report, at, &[(noun.span, other.span.of(text).to_owned())]))
}

/// The subject of one sentence with what another says of its own.
fn fused(report: &Annotated, at: Span, other: &Annotated, other_at: Span) -> Option<String> {
    let first = |report: &Annotated, at: Span| {
        let known = &report.annotations;
        let (verb, auxiliary) = main_verb(known, at)?;
        let from = known.tokens[auxiliary.map_or(verb, |it| it.min(verb))].span.start();
        let subject = (0..verb)
            .rev()
            .take(12)
            .find(|it| known.tokens[*it].head.ix() == verb && known.tokens[*it].dep.starts_with("nsubj"))?;
        (known.tokens[subject].pos != "PRON" && at.start() + 8 < from).then_some(from)
    };
    let (a, b) = (first(report, at)?, first(other, other_at)?);
    let subject = Span::new(at.start(), a).of(report.text());
    let rest = Span::new(b, other_at.end()).of(other.text());
    let marks = |it: &str| it.contains(['"', '“', '”']);
    let fits = !marks(subject) && !marks(rest) && subject.split(' ').count() <= 12 && subject.split(' ').count() >= 2;
    fits.then(|| format!("{subject}{rest}").split_whitespace().collect::<Vec<_>>().join(" "))
}
