//! Disputes: sentences of two reports that tell one fact, and one thing in it that both cannot have right.
//!
//! Annotations say which happenings a type of events knows. Most facts are of no such type: here sentences are put side
//! by side by their rarer words, whatever they tell, and what stands in the same place of both (the number of one thing,
//! the day, place and participants of one verb, its "not") is compared.

mod align;
mod alike;
mod numbers;
mod parties;
mod parts;
pub mod slots;
mod speakers;
mod times;
mod verbs;

use std::collections::BTreeMap;

use rapporteur_model::{ActContent, Anchor, Claim, Content, FigureContent, Nature, ReportIx, Span, TokenIx, Variant};

use crate::cast::CastIx;
use crate::paraphrase::{SENTENCES, Words, features};
use crate::rarity::Rarity;
use crate::salience::weight;
use crate::story::View;
use crate::verdict::{Difference, tally, verdict};

use align::Line;
pub(crate) use align::lines;
pub(crate) use alike::told;
use slots::{Hints, Slot};
use verbs::{Told, told_of};

/// Two sentences side by side.
pub(crate) struct Pair<'v, 'a> {
    view: &'v View<'a>,
    a: &'v Line,
    b: &'v Line,
    rarity: &'v Rarity,
    /// How much of the rarer words of the shorter one the other has.
    contained: f32,
    /// How much of the rarer words of both both have.
    shared: f32,
    /// 1 where neither has a better partner in the report of the other.
    of_best: f32,
    /// How likely both tell the same, 0 to 1 ([`crate::paraphrase`]).
    told_same: f64,
}

/// What two sentences have differently.
pub(crate) struct Dispute {
    nature: Nature,
    difference: Difference,
    /// The words in dispute, of either sentence.
    at: [Span; 2],
    /// Where those stand.
    slots: [Slot; 2],
    hints: Hints,
}

/// One dispute with its places.
struct Found {
    dispute: Dispute,
    lines: [(ReportIx, Span); 2],
}

impl Found {
    fn values(&self) -> [Anchor; 2] {
        [0, 1].map(|it| Anchor::new(self.lines[it].0, self.dispute.at[it]))
    }
}

/// The claims that reports tell differently. What stands in a claim of `known` already is left to it.
pub(crate) fn claims(view: &View<'_>, rarity: &Rarity, known: &[Claim]) -> Vec<Claim> {
    let mut found: Vec<Found> = Vec::new();
    let lines = align::lines(view);
    let pairs = align::pairs(&lines, rarity);
    each_pair(view, rarity, (&lines, &pairs), |pair, disputes| {
        let lines = [(pair.a.report, pair.a.span), (pair.b.report, pair.b.span)];
        for (mut dispute, features) in disputes {
            let (least, sure) = slots::least(dispute.nature);
            let likely = slots::likely(dispute.nature, &features);
            let likely = if dispute.hints.is_plain { likely.max(sure) } else { likely };
            if likely < least {
                continue;
            }
            if likely < sure {
                dispute.difference = dispute.difference.min(Difference::Compatible);
            }
            dispute.difference = pair.difference(dispute.difference);
            found.push(Found { dispute, lines });
        }
    });
    found.retain(|it| !known.iter().any(|claim| tells(claim, it)));
    let mut claims: Vec<Claim> = groups(found).iter().map(|it| claim(view, it)).collect();
    claims.extend(parts::claims(view, known));
    claims.extend(alike::claims(view, rarity, &lines, known));
    claims
}

/// Goes over all sentences of different reports that may tell one fact, with what they tell differently.
fn each_pair(
    view: &View<'_>,
    rarity: &Rarity,
    (lines, pairs): (&[Line], &[align::Match]),
    mut each: impl FnMut(&Pair<'_, '_>, Vec<(Dispute, slots::Features)>),
) {
    let words: Vec<Words> = lines.iter().map(|it| Words::new(view, it.report, &[it.span], false)).collect();
    let judged = features(&words, pairs.iter().map(|it| (it.a, it.b)), rarity);
    let told_same: BTreeMap<(usize, usize), f64> =
        judged.into_iter().map(|(places, features)| (places, SENTENCES.likely(&features))).collect();
    for it in pairs {
        let (a, b) = (&lines[it.a], &lines[it.b]);
        let (contained, shared, of_best) = (it.contained, it.shared, it.of_best);
        let told_same = told_same.get(&(it.a, it.b)).copied().unwrap_or(0.0);
        let pair = Pair { view, a, b, rarity, contained, shared, of_best, told_same };
        for find in [numbers::disputes, times::disputes, parties::disputes, verbs::disputes, speakers::disputes] {
            let disputes = find(&pair);
            let n_of = |nature: Nature| disputes.iter().filter(|it| it.nature == nature).count();
            let counts: Vec<usize> = disputes.iter().map(|it| n_of(it.nature)).collect();
            let with = disputes.into_iter().zip(counts).map(|(it, n)| {
                let features = slots::features(&pair, &it, n);
                (it, features)
            });
            each(&pair, with.collect());
        }
    }
}

/// Whether a claim shows the dispute already.
fn tells(claim: &Claim, found: &Found) -> bool {
    let places = found.values();
    let meets = |place: &Anchor| {
        let mut all = claim.support.iter().chain(claim.variants.iter().map(|it| &it.anchor));
        all.any(|it| it.report == place.report && it.span.overlaps(place.span))
    };
    let open =
        matches!(claim.verdict, rapporteur_model::Verdict::Conflict | rapporteur_model::Verdict::DifferCompatible);
    open && claim.variants.iter().any(|it| it.nature == found.dispute.nature) && places.iter().all(meets)
}

/// Disputes of one nature that share a place are one.
fn groups(found: Vec<Found>) -> Vec<Vec<Found>> {
    let mut groups: Vec<Vec<Found>> = Vec::new();
    for it in found {
        let mine = it.values();
        let shares = |other: &Found| {
            other.dispute.nature == it.dispute.nature && other.values().iter().any(|at| mine.contains(at))
        };
        match groups.iter_mut().find(|list| list.iter().any(shares)) {
            Some(list) => list.push(it),
            None => groups.push(vec![it]),
        }
    }
    groups
}

/// One claim from the disputes over one thing.
fn claim(view: &View<'_>, found: &[Found]) -> Claim {
    let shown = &found[0];
    let nature = shown.dispute.nature;
    let value = |at: Anchor| at.span.of(view.report(at.report).text()).split_whitespace().collect::<Vec<_>>().join(" ");
    let first = shown.values()[0];
    let mut support: Vec<Anchor> = Vec::new();
    let mut variants: BTreeMap<Anchor, String> = BTreeMap::new();
    for it in found {
        support.extend(it.lines.map(|(report, span)| Anchor::new(report, span)));
        for at in it.values().into_iter().filter(|at| value(*at) != value(first)) {
            variants.insert(at, value(at));
        }
        // The verb itself is the same word on both sides; what differs stands around it.
        let other = it.values()[1];
        variants.entry(other).or_insert_with(|| value(other));
    }
    let variants: Vec<Variant> =
        variants.into_iter().map(|(anchor, value)| Variant { anchor, value, nature }).collect();
    let worst = found.iter().map(|it| it.dispute.difference).max().unwrap_or(Difference::Same);
    let tally = tally(view, support);
    let content = match nature {
        Nature::Number => figure(view, shown),
        Nature::Attribution => speakers::statement(view, shown.lines[0].0, shown.dispute.at[0]),
        _ => act(view, shown),
    };
    Claim {
        id: "d".to_owned(),
        content,
        verdict: verdict(view, &tally, worst, &variants),
        weight: weight(view, &tally.support) * DISPUTE_SHARE,
        support: tally.support,
        variants,
        reports: tally.reports,
        origins: tally.origins,
        silent: tally.silent,
    }
}

/// The main verbs of sentences so alike tell the same in other words.
const SAME_TOLD: f32 = 0.55;

/// A dispute weighs this share of what its places would weigh as a fact of their own.
const DISPUTE_SHARE: f32 = 0.6;

fn figure(view: &View<'_>, found: &Found) -> Content {
    let (report, line) = found.lines[0];
    let at = found.dispute.at[0];
    let figure = view.report(report).annotations.figures.iter().find(|it| it.span == at);
    let words = |span: Span| span.of(view.report(report).text()).split_whitespace().collect::<Vec<_>>().join(" ");
    Content::Figure(FigureContent {
        concept: figure.and_then(|it| it.concept).map(words).unwrap_or_default(),
        printed: words(at),
        printed_at: Some(Anchor::new(report, at)),
        value: figure.and_then(|it| it.value),
        unit: figure.map(|it| it.normalized_unit.clone()).unwrap_or_default(),
        deed: None,
        stated_by: Vec::new(),
        clause: Some(Anchor::new(report, line)),
    })
}

fn act(view: &View<'_>, found: &Found) -> Content {
    let (report, line) = found.lines[0];
    let known = &view.report(report).annotations;
    let verb = found.dispute.slots[0].shown(view, found.lines[0].0);
    let at = verb.map(|it| known.tokens[it].span);
    let act = at.and_then(|at| known.acts.iter().find(|it| it.trigger.overlaps(at)));
    let members = |list: &[rapporteur_model::ActorIx]| -> Vec<CastIx> {
        let all = list.iter().filter_map(|it| view.cast.of(report, *it));
        all.filter(|it| view.cast.is_named(*it)).collect()
    };
    let told = verb.map(|it| told_of(view, report, it));
    Content::Act(ActContent {
        kind: act.map_or("OTHER", |it| it.kind).to_owned(),
        mode: act.and_then(|it| it.mode).unwrap_or_default().to_owned(),
        trigger: verb.map(|it| view.lemma(report, it).to_lowercase()).unwrap_or_default(),
        actors: view.cast.parties(act.map(|it| members(&it.actors)).unwrap_or_default()),
        recipients: view.cast.parties(act.map(|it| members(&it.recipients)).unwrap_or_default()),
        place: None,
        date: act.and_then(|it| it.time).and_then(|it| known.times.get(it.ix())).and_then(|it| it.value.clone()),
        realis: act.map(|it| it.realis).or(told.map(Told::realis)),
        positive: told != Some(Told::NotDone),
        asserted_by: Vec::new(),
        clause: Some(Anchor::new(report, line)),
        trigger_at: at.map(|it| Anchor::new(report, it)),
    })
}

impl Pair<'_, '_> {
    /// The token of a place that hangs on a word outside of it.
    fn head(&self, line: &Line, at: Span) -> Option<usize> {
        let known = &self.view.report(line.report).annotations;
        let mut within = self.view.tokens(Anchor::new(line.report, at));
        let all = within.clone();
        within.find(|it| !all.contains(&known.tokens[*it].head.ix()))
    }

    /// The verb over a place.
    fn verb_over(&self, line: &Line, at: Span) -> Option<usize> {
        let known = &self.view.report(line.report).annotations;
        let mut ix = self.head(line, at)?;
        for _ in 0..6 {
            let up = known.tokens[ix].head.ix();
            if matches!(known.tokens[up].pos, "VERB" | "AUX") {
                return Some(up);
            }
            if up == ix {
                return None;
            }
            ix = up;
        }
        None
    }

    /// Whether two verbs tell the same by their words.
    fn one_verb(&self, a: usize, b: usize) -> bool {
        let (x, y) = (self.view.lemma(self.a.report, a), self.view.lemma(self.b.report, b));
        crate::figures::class(x) == crate::figures::class(y)
    }

    /// Whether two verbs or nouns tell the same: "crashed", "the crash".
    fn one_word(&self, a: usize, b: usize) -> bool {
        let (x, y) = (self.view.lemma(self.a.report, a), self.view.lemma(self.b.report, b));
        self.one_verb(a, b) || crate::happenings::stem(x) == crate::happenings::stem(y)
    }

    /// Whether two verbs are what sentences very much alike are about, or what somebody says in them.
    fn are_main(&self, a: usize, b: usize) -> bool {
        let is_main = |line: &Line, verb: usize| {
            let token = &self.view.report(line.report).annotations.tokens[verb];
            token.pos == "VERB" && matches!(token.dep, "ROOT" | "ccomp")
        };
        SAME_TOLD <= self.contained && is_main(self.a, a) && is_main(self.b, b)
    }

    /// The nouns, verbs and names within a few words of a place, without the place.
    fn near(&self, line: &Line, at: Span) -> std::collections::BTreeSet<String> {
        const NEAR: usize = 6;
        let known = &self.view.report(line.report).annotations;
        let within = self.view.tokens(Anchor::new(line.report, at));
        let first = within.start.saturating_sub(NEAR).max(line.tokens.start);
        let last = (within.end + NEAR).min(line.tokens.end);
        let mut found = std::collections::BTreeSet::new();
        for side in [first..within.start, within.end..last] {
            if let (Some(x), Some(y)) =
                (known.tokens.get(side.start), side.end.checked_sub(1).and_then(|it| known.tokens.get(it)))
                && side.start < side.end
            {
                found.extend(self.view.terms(Anchor::new(line.report, Span::new(x.span.start(), y.span.end()))));
            }
        }
        found
    }

    /// Where a place stands: the word it hangs on, the verb over it.
    fn slot(&self, line: &Line, at: Span) -> Slot {
        let known = &self.view.report(line.report).annotations;
        let head = self.head(line, at);
        let over = head.map(|it| known.tokens[it].head.ix());
        // The word behind a preposition hangs on what that hangs on.
        let over = over.map(|it| if known.tokens[it].pos == "ADP" { known.tokens[it].head.ix() } else { it });
        let role = head.map(|it| known.tokens[it].dep.to_owned()).unwrap_or_default();
        Slot { over, verb: self.verb_over(line, at), role }
    }

    /// What a difference is: between a report and what it was made from, drift.
    fn difference(&self, found: Difference) -> Difference {
        if self.view.lineage(self.a.report, self.b.report).is_some() { Difference::Drift } else { found }
    }

    /// Tokens below another that belong to the clause of it: no other clause's.
    fn below(&self, line: &Line, top: usize) -> Vec<usize> {
        let known = &self.view.report(line.report).annotations;
        line.tokens.clone().filter(|it| *it != top && known.is_below(TokenIx::from(*it), TokenIx::from(top))).collect()
    }
}
