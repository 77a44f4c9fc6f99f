//! Planted conflicts and harmless differences between reports: how many of the first are found with what differs, and how
//! many of the second are called conflicts.
//!
//! Stories whose id has an even hash may be looked at while weighing is worked on; the figures are those of the others.

use std::collections::BTreeMap;

use rapporteur_model::{Anchor, Annotated, Claim, ReportIx, Span, Story, Verdict};

use super::{Answer, Context, Task};
use crate::chance::Chance;
use crate::conflicts::{CONFLICTS, HARMLESS, Kind, Pair, Planted, Pool, Side, apply, are_one_line, pairs};
use crate::measures::Scores;
use crate::system::Input;
use crate::{Outcome, corpora};

pub(super) const TASK: Task = Task {
    name: "conflicts",
    what: "300 planted conflicts of seven natures and 300 harmless differences between real reports of open stories",
    corpus: &["eval/stories/newscluster.jsonl", "eval/stories/wikinews_big.jsonl"],
    pinned: &["found", "harmless.kept"],
    on_request: false,
    run,
};

/// Reports that a story has here.
const REPORTS_MAX: usize = 8;
/// Differences of each sort.
const N_EACH: usize = 300;
/// Of one sort in one edited report: few, so that they do not meet.
const OF_A_REPORT: usize = 2;

/// A story with what is known of its reports before anything is planted.
struct Ready {
    id: String,
    inputs: Vec<Input>,
    reports: Vec<Annotated>,
    pairs: BTreeMap<usize, Vec<Pair>>,
    pool: Pool,
}

/// Right and all, by half and name.
type Tallies = BTreeMap<(bool, &'static str), (usize, usize)>;

fn run(context: &Context<'_>) -> Outcome<Answer> {
    let ready = ready(context)?;
    let mut chance = Chance(20_31);
    let mut n_of: BTreeMap<&'static str, usize> = BTreeMap::new();
    let (mut found, mut wrong) = (Tallies::new(), Tallies::new());
    let mut answer = Answer::default();
    let mut n_invalid = 0;
    for round in 0..REPORTS_MAX {
        for (nth, story) in ready.iter().enumerate() {
            let Some((edited, pairs)) = story.pairs.iter().nth(round) else { continue };
            let pool = &ready[(nth + 1 + round) % ready.len()].pool;
            let (input, planted) = plant(story, *edited, pairs, pool, &mut n_of, &mut chance);
            if planted.is_empty() {
                continue;
            }
            let mut reports = story.reports.clone();
            reports[*edited] = context.system.annotate(&[input]).swap_remove(0);
            let relations = context.system.relate(&reports);
            let claims = context.system.weigh(&reports, &relations, &whole(&reports));
            let held_out = hash(&story.id) % 2 == 1;
            for it in planted {
                let name = it.kind.name;
                let at = reports[*edited].text().find(&it.text);
                let Some(at) = at.filter(|_| !are_one_line(&relations, it.kept.report, *edited)) else {
                    // What lineage explains, or what cannot be read any more, is no conflict of outlets: another instead.
                    n_invalid += 1;
                    *n_of.entry(name).or_default() -= 1;
                    continue;
                };
                let at = Span::new(at as u32, (at + it.text.len()) as u32);
                let places = [
                    Anchor::new(ReportIx::from(it.kept.report), it.kept.span),
                    Anchor::new(ReportIx::from(*edited), at),
                ];
                let hit = claims.iter().any(|claim| meets(claim, places, it.kind));
                let is_conflict = !it.kind.natures.is_empty();
                let tally = if is_conflict { &mut found } else { &mut wrong }.entry((held_out, name)).or_default();
                tally.0 += usize::from(hit);
                tally.1 += 1;
                if hit != is_conflict && !held_out {
                    let kept = it.kept.span.of(reports[it.kept.report].text());
                    answer
                        .misses
                        .push(format!("{name}: {} | {kept} | was: {}", it.text, it.original).replace('\n', " "));
                }
            }
        }
    }
    answer.scores = scores(&found, &wrong, n_invalid);
    Ok(answer)
}

/// The stories with pairs, in an order of chance.
fn ready(context: &Context<'_>) -> Outcome<Vec<Ready>> {
    let mut stories: BTreeMap<String, Vec<Input>> = BTreeMap::new();
    for path in TASK.corpus {
        let corpus = corpora::stories(&context.path(path))?;
        for (input, cluster) in corpus.inputs.into_iter().zip(corpus.gold) {
            let inputs = stories.entry(cluster).or_default();
            if inputs.len() < REPORTS_MAX {
                inputs.push(input);
            }
        }
    }
    let mut found = Vec::new();
    for (id, inputs) in stories.into_iter().filter(|it| 1 < it.1.len()) {
        let reports = context.system.annotate(&inputs);
        let relations = context.system.relate(&reports);
        let pairs = pairs(&reports, &relations);
        let pool = Pool::new(&reports);
        found.push(Ready { id, inputs, reports, pairs, pool });
    }
    Chance(20_30).shuffle(&mut found);
    Ok(found)
}

/// The edited report of a story, and what is planted in it: of each sort what is wanted most.
fn plant(
    story: &Ready,
    edited: usize,
    pairs: &[Pair],
    pool: &Pool,
    n_of: &mut BTreeMap<&'static str, usize>,
    chance: &mut Chance,
) -> (Input, Vec<Planted>) {
    let mut pairs = pairs.to_vec();
    chance.shuffle(&mut pairs);
    let mut input = story.inputs[edited].clone();
    let mut planted: Vec<Planted> = Vec::new();
    let mut used: Vec<Span> = Vec::new();
    for kinds in [CONFLICTS, HARMLESS] {
        let (mut order, mut here): (Vec<&'static Kind>, usize) = (kinds.iter().collect(), 0);
        let have = |it: &Kind, n_of: &BTreeMap<&'static str, usize>| n_of.get(it.name).copied().unwrap_or(0);
        // What there is least of first; of equals in the order of the table.
        order.sort_by_key(|it| have(it, n_of));
        for kind in order {
            let all: usize = kinds.iter().map(|it| have(it, n_of)).sum();
            if OF_A_REPORT <= here || N_EACH <= all {
                break;
            }
            let made = pairs.iter().find_map(|pair| {
                if used.contains(&pair.edited.span) {
                    return None;
                }
                let side = |report: usize, span: Span| Side { report: &story.reports[report], span };
                let edit =
                    (kind.make)(side(pair.kept.report, pair.kept.span), side(edited, pair.edited.span), pool, chance)?;
                // A report told on another day would make days of other plants wrong.
                if edit.days_before != 0 && !planted.is_empty() {
                    return None;
                }
                let (made, text) = apply(&input, &story.reports[edited], pair.edited.span, &edit)?;
                Some((pair, made, text))
            });
            let Some((pair, made, text)) = made else { continue };
            input = made;
            used.push(pair.edited.span);
            here += 1;
            *n_of.entry(kind.name).or_default() += 1;
            let original = pair.edited.span.of(story.reports[edited].text()).to_owned();
            planted.push(Planted { kind, kept: pair.kept, text, original });
        }
    }
    (input, planted)
}

/// All reports as one story.
fn whole(reports: &[Annotated]) -> Story {
    Story { reports: (0..reports.len()).map(ReportIx::from).collect(), ..Story::default() }
}

/// Whether a claim says of both places that they differ: in the planted nature, or for a harmless one at all.
fn meets(claim: &Claim, places: [Anchor; 2], kind: &Kind) -> bool {
    let touches = |it: &Anchor, place: &Anchor| it.report == place.report && it.span.overlaps(place.span);
    let all = || claim.support.iter().chain(claim.variants.iter().map(|it| &it.anchor));
    let both = places.iter().all(|place| all().any(|it| touches(it, place)));
    let right = |nature| kind.natures.is_empty() || kind.natures.contains(&nature);
    let varies =
        claim.variants.iter().any(|it| right(it.nature) && places.iter().any(|place| touches(&it.anchor, place)));
    let verdict = match claim.verdict {
        Verdict::Conflict => true,
        Verdict::DifferCompatible => !kind.natures.is_empty(),
        _ => false,
    };
    both && varies && verdict
}

/// FNV-1a of a story's id.
fn hash(id: &str) -> u64 {
    id.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
}

fn scores(found: &Tallies, wrong: &Tallies, n_invalid: usize) -> Scores {
    let mut scores = Scores::default();
    let sum = |tallies: &Tallies, half: bool| {
        let own = tallies.iter().filter(|it| it.0.0 == half).map(|it| *it.1);
        own.fold((0, 0), |sum, it| (sum.0 + it.0, sum.1 + it.1))
    };
    let share = |it: (usize, usize)| if it.1 == 0 { 0.0 } else { it.0 as f64 / it.1 as f64 };
    let (hits, errors) = (sum(found, true), sum(wrong, true));
    scores.add("found", share(hits));
    scores.add("false", share(errors));
    scores.add("harmless.kept", 1.0 - share(errors));
    scores.add("n", (hits.1 + sum(found, false).1) as f64);
    scores.add("n.held-out", hits.1 as f64);
    scores.add("harmless.n", (errors.1 + sum(wrong, false).1) as f64);
    scores.add("n_invalid", n_invalid as f64);
    for ((half, name), (right, all)) in found.iter().filter(|it| it.0.0) {
        debug_assert!(*half);
        scores.add_share(format!("found.{name}"), *right, *all);
    }
    for ((_, name), (right, all)) in wrong.iter().filter(|it| it.0.0) {
        scores.add_share(format!("false.{name}"), *right, *all);
    }
    scores.add_share("worked-on.found", sum(found, false).0, sum(found, false).1);
    scores.add_share("worked-on.false", sum(wrong, false).0, sum(wrong, false).1);
    for ((_, name), (right, all)) in found.iter().filter(|it| !it.0.0) {
        scores.add_share(format!("worked-on.found.{name}"), *right, *all);
    }
    scores
}
