//! Planted conflicts and harmless differences between reports: how many of the first are found with what differs, and how
//! many of the second are called conflicts.
//!
//! Stories whose id has an even hash may be looked at while weighing is worked on; the figures are those of the others.

use std::collections::BTreeMap;
use std::path::Path;

use rapporteur_model::{Anchor, Annotated, Claim, Relations, ReportIx, Span, Story, Verdict};

use super::{Answer, Context, Task};
use crate::chance::Chance;
use crate::conflicts::{CONFLICTS, HARMLESS, Kind, Pair, Place, Planted, Pool, Side, apply, are_one_line, pairs};
use crate::measures::Scores;
use crate::system::{Input, System};
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
    let ready = ready(context.system, &context.path(""))?;
    let mut n_of: BTreeMap<&'static str, usize> = BTreeMap::new();
    let (mut found, mut wrong) = (Tallies::new(), Tallies::new());
    let mut answer = Answer::default();
    let mut n_invalid = 0;
    for round in 0..REPORTS_MAX {
        for (nth, story) in ready.iter().enumerate() {
            let Some((edited, pairs)) = story.pairs.iter().nth(round) else { continue };
            let pool = &ready[(nth + 1 + round) % ready.len()].pool;
            // Each report has a chance of its own: a name that is found otherwise in one changes nothing in the others.
            let mut chance = Chance(hash(&story.id) ^ (20_31 + round as u64));
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
fn ready(system: &dyn System, folder: &Path) -> Outcome<Vec<Ready>> {
    let mut stories: BTreeMap<String, Vec<Input>> = BTreeMap::new();
    for path in TASK.corpus {
        let corpus = corpora::stories(&folder.join(path))?;
        for (input, cluster) in corpus.inputs.into_iter().zip(corpus.gold) {
            let inputs = stories.entry(cluster).or_default();
            if inputs.len() < REPORTS_MAX {
                inputs.push(input);
            }
        }
    }
    let mut found = Vec::new();
    for (id, inputs) in stories.into_iter().filter(|it| 1 < it.1.len()) {
        let reports = system.annotate(&inputs);
        let relations = system.relate(&reports);
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

/// Sentences edited in one report of a rehearsal.
const OF_A_REHEARSAL: usize = 4;
/// Times that each report of a story is edited, with other edits.
const REHEARSALS: u64 = 4;

/// A story of the half that may be looked at: as it stands, or with edits that a learner may learn from.
pub struct Rehearsal<'a> {
    /// The story's name.
    pub story: &'a str,
    /// Its reports.
    pub reports: &'a [Annotated],
    /// How they are related.
    pub relations: &'a Relations,
    /// Edits with their places, the kept sentence and the edited one, and the sentence as it was.
    pub planted: &'a [(&'static Kind, [Anchor; 2], String)],
}

/// Goes over the stories of the open half: each as it stands, and with conflicts and harmless differences planted. The
/// edits are others than those that are scored.
pub fn rehearse(system: &dyn System, folder: &Path, mut each: impl FnMut(&Rehearsal<'_>)) -> Outcome<()> {
    let ready = ready(system, folder)?;
    let mut chance = Chance(2032);
    for (nth, story) in ready.iter().enumerate().filter(|(_, it)| hash(&it.id).is_multiple_of(2)) {
        let relations = system.relate(&story.reports);
        each(&Rehearsal { story: &story.id, reports: &story.reports, relations: &relations, planted: &[] });
        for (edited, pairs) in &story.pairs {
            for round in 0..REHEARSALS {
                // The last round is what outlets do every day.
                let kinds = if round + 1 == REHEARSALS { HARMLESS } else { CONFLICTS };
                let pool = &ready[(nth + 1 + round as usize) % ready.len()].pool;
                rehearsal(system, story, (*edited, pairs), (kinds, pool), &mut chance, &mut each);
            }
        }
    }
    Ok(())
}

fn rehearsal(
    system: &dyn System,
    story: &Ready,
    (edited, pairs): (usize, &[Pair]),
    (kinds, pool): (&'static [Kind], &Pool),
    chance: &mut Chance,
    each: &mut impl FnMut(&Rehearsal<'_>),
) {
    let mut pairs = pairs.to_vec();
    chance.shuffle(&mut pairs);
    let mut order: Vec<&'static Kind> = kinds.iter().collect();
    chance.shuffle(&mut order);
    let mut input = story.inputs[edited].clone();
    let mut made: Vec<(&'static Kind, Place, String, String)> = Vec::new();
    let mut used: Vec<Span> = Vec::new();
    for kind in order {
        let free = pairs.iter().filter(|it| made.len() < OF_A_REHEARSAL && !used.contains(&it.edited.span));
        let found = free.into_iter().find_map(|pair| {
            let side = |report: usize, span: Span| Side { report: &story.reports[report], span };
            let (kept, side) = (side(pair.kept.report, pair.kept.span), side(edited, pair.edited.span));
            let edit = (kind.make)(kept, side, pool, chance).filter(|it| it.days_before == 0)?;
            let (input, text) = apply(&input, &story.reports[edited], pair.edited.span, &edit)?;
            Some((*pair, input, text))
        });
        let Some((pair, changed, text)) = found else { continue };
        input = changed;
        used.push(pair.edited.span);
        made.push((kind, pair.kept, text, pair.edited.span.of(story.reports[edited].text()).to_owned()));
    }
    if made.is_empty() {
        return;
    }
    let mut reports = story.reports.clone();
    reports[edited] = system.annotate(&[input]).swap_remove(0);
    let relations = system.relate(&reports);
    let place = |(kind, kept, text, was): (&'static Kind, Place, String, String)| {
        let at = reports[edited].text().find(&text).filter(|_| !are_one_line(&relations, kept.report, edited))?;
        let at = Span::new(at as u32, (at + text.len()) as u32);
        let places = [Anchor::new(ReportIx::from(kept.report), kept.span), Anchor::new(ReportIx::from(edited), at)];
        Some((kind, places, was))
    };
    let planted: Vec<(&'static Kind, [Anchor; 2], String)> = made.into_iter().filter_map(place).collect();
    each(&Rehearsal { story: &story.id, reports: &reports, relations: &relations, planted: &planted });
}

/// All reports as one story.
pub fn whole(reports: &[Annotated]) -> Story {
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
