//! What a pair of reports is to each other, which comes from which, and why.

use std::collections::BTreeSet;

use rapporteur_lexicon::Lexicon;
use rapporteur_model::{Annotated, Direction, Passage, PassageKind, Relation, RelationKind, ReportIx};

use crate::drift;
use crate::outlets::{self, Credit, House};
use crate::passages::Shared;
use crate::prose::Prose;
use crate::retelling::{Retelling, weight_of};

/// One report of a pair with all that is asked about it.
pub(crate) struct Side<'a> {
    pub(crate) report: &'a Annotated,
    pub(crate) prose: Prose<'a>,
    pub(crate) outlet: Option<House>,
    pub(crate) credits: Vec<Credit>,
    pub(crate) date: Option<Moment>,
    /// The stems that say most of what it is about, sorted.
    pub(crate) key_stems: Vec<u32>,
}

impl<'a> Side<'a> {
    pub(crate) fn new(report: &'a Annotated, lexicon: &Lexicon) -> Side<'a> {
        let outlet = outlets::outlet_of(report, lexicon);
        let credits = outlets::credits(report, outlet.as_ref(), lexicon);
        let date = report.article.metadata.date_published.as_ref().and_then(|it| Moment::parse(&it.value));
        let prose = Prose::new(report, &BTreeSet::new());
        let key_stems = key_stems(&prose);
        Side { report, prose, outlet, credits, date, key_stems }
    }

    /// Takes boilerplate out of the prose.
    pub(crate) fn skip(&mut self, boilerplate: &BTreeSet<u64>) {
        if self.prose.block_hashes.iter().any(|it| boilerplate.contains(it)) {
            self.prose = Prose::new(self.report, boilerplate);
            self.key_stems = key_stems(&self.prose);
        }
    }

    /// Key stems that both have.
    fn n_key_stems_of(&self, other: &Side) -> usize {
        self.key_stems.iter().filter(|it| other.key_stems.binary_search(it).is_ok()).count()
    }

    fn n_words(&self) -> usize {
        self.prose.words.len()
    }

    /// Words outside quotation marks.
    fn n_told(&self) -> usize {
        self.prose.words.iter().filter(|it| !it.is_quoted()).count()
    }

    pub(crate) fn id(&self) -> &str {
        self.report.id()
    }

    /// The credit that says this report comes from `parent`'s outlet as a whole.
    fn credit_to(&self, parent: &Side) -> Option<&Credit> {
        let outlet = parent.outlet.as_ref()?;
        self.credits.iter().find(|it| it.is_whole && it.house.key == outlet.key)
    }
}

/// Blocks that stand in three reports or more which are about different matters: sign-up lines, notices of rights. A text
/// that many outlets print is in reports of one matter and stays.
pub(crate) fn boilerplate(sides: &[Side]) -> BTreeSet<u64> {
    let mut rows: Vec<(u64, usize)> = Vec::new();
    for (at, side) in sides.iter().enumerate() {
        rows.extend(side.prose.block_hashes.iter().map(|it| (*it, at)));
    }
    rows.sort_unstable();
    rows.dedup();
    let is_one_matter = |one: usize, other: usize| sides[one].n_key_stems_of(&sides[other]) >= MATTER_STEMS_MIN;
    let is_boilerplate = |run: &&[(u64, usize)]| {
        let n_alike = run.windows(2).filter(|it| is_one_matter(it[0].1, it[1].1)).count();
        run.len() >= 3 && n_alike * 2 < run.len() - 1
    };
    rows.chunk_by(|one, next| one.0 == next.0).filter(is_boilerplate).map(|run| run[0].0).collect()
}

/// Key stems that two reports of one matter share.
pub(crate) const MATTER_STEMS_MIN: usize = 4;

/// Fewer than this and prose in common says nothing of the matter.
pub(crate) const TOPIC_STEMS_MIN: usize = 2;

/// Chosen so that three outlets' reports of a hundred happenings stay apart; with 24 they do not.
const KEY_STEMS: usize = 16;

fn key_stems(prose: &Prose) -> Vec<u32> {
    let mut stems: Vec<(u32, f32)> =
        prose.words.iter().filter(|it| !it.is_stop()).map(|it| (it.stem, weight_of(it))).collect();
    stems.sort_by(|one, other| one.0.cmp(&other.0).then(other.1.total_cmp(&one.1)));
    let weigh = |run: &[(u32, f32)]| (run[0].0, run[0].1 * (1.0 + (run.len() as f32).ln()));
    let mut weighed: Vec<(u32, f32)> = stems.chunk_by(|one, next| one.0 == next.0).map(weigh).collect();
    weighed.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
    let mut keys: Vec<u32> = weighed.iter().take(KEY_STEMS).map(|it| it.0).collect();
    keys.sort_unstable();
    keys
}

/// A stated day, with the minute where clock and zone are stated too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Moment {
    day: i64,
    minute: Option<i64>,
}

impl Moment {
    /// `2025-12-01`, `2025-12-01T21:11+08:00`, `2025-12-01T13:11Z`.
    fn parse(value: &str) -> Option<Moment> {
        let (date, clock) = value.split_once(['T', ' ']).unwrap_or((value, ""));
        let mut parts = date.split('-').map(|it| it.parse::<i64>().ok());
        let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
        if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
            return None;
        }
        let day = days_from_epoch(year, month, day);
        Some(Moment { day, minute: minute_of(clock).map(|it| day * 24 * 60 + it) })
    }

    /// Whether it is surely before `other`.
    fn is_before(self, other: Moment) -> bool {
        match (self.minute, other.minute) {
            (Some(one), Some(other)) => one < other,
            // Days of different zones may differ by one for the same instant.
            _ => self.day < other.day,
        }
    }

    pub(crate) fn day(self) -> i64 {
        self.day
    }
}

/// Days since 1970-01-01 (Howard Hinnant's algorithm).
fn days_from_epoch(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year - era * 400;
    let of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// Minutes of the day in UTC, when the zone is stated.
fn minute_of(clock: &str) -> Option<i64> {
    let hour: i64 = clock.get(0..2)?.parse().ok()?;
    let minute: i64 = clock.get(3..5)?.parse().ok()?;
    let zone_at = clock.rfind(['+', '-', 'Z', 'z'])?;
    let zone = &clock[zone_at..];
    let offset = match zone.as_bytes() {
        [b'Z' | b'z'] => 0,
        [sign, ..] => {
            let hours: i64 = zone.get(1..3)?.parse().ok()?;
            let minutes: i64 =
                zone.get(3..).map(|it| it.trim_start_matches(':')).and_then(|it| it.parse().ok()).unwrap_or(0);
            let offset = hours * 60 + minutes;
            if *sign == b'-' { -offset } else { offset }
        }
        [] => return None,
    };
    Some(hour * 60 + minute - offset)
}

/// Share of the smaller report that makes it a copy.
const COPY_MIN: f32 = 0.7;
/// Prose in common that chance and set phrases do not explain: words in all, words in a row, share of the smaller report.
const COMMON_WORDS_MIN: usize = 24;
const COMMON_RUN_MIN: usize = 11;
const COMMON_SHARE_MIN: f32 = 0.06;
/// The same where nothing else hints at a common parent.
const UNCREDITED_WORDS_MIN: usize = 60;
const UNCREDITED_SHARE_MIN: f32 = 0.12;
/// A rewrite: share of its words in sentences that have a counterpart, share of them in order, share of its content that is
/// new. Chosen on the real reports and on pairs of independent reports of one happening (see the tests).
const TOLD_MIN: f32 = 0.6;
const TOLD_WEIGHT_MIN: f32 = 0.42;
const ORDER_MIN: f32 = 0.55;
const NOVELTY_MAX: f32 = 0.34;
/// Words of a speaker in common that are worth a row.
const QUOTED_WORDS_MIN: usize = 8;

/// The relation of a pair, `None` when they are unrelated as far as their words go.
pub(crate) fn relation(ix_a: ReportIx, a: &Side, ix_b: ReportIx, b: &Side) -> Option<Relation> {
    let shared = Shared::between(&a.prose, &b.prose);
    let mut because = Vec::new();
    let (kind, direction, retelling) = decide(a, b, &shared, &mut because)?;
    let mut passages = shared.passages(&a.prose, &b.prose);
    if kind == RelationKind::Rewrite || kind == RelationKind::SecondHand {
        add_rewritten(a, b, direction, retelling.as_ref(), &mut passages);
    }
    let drift = if kind == RelationKind::Identical || !kind.is_lineage() {
        Vec::new()
    } else {
        drift::between(a, b, direction, retelling.as_ref())
    };
    Some(Relation {
        a: ix_a,
        b: ix_b,
        kind,
        direction,
        containment_a: shared.containment.0,
        containment_b: shared.containment.1,
        passages,
        drift,
        because,
    })
}

type Decision = (RelationKind, Direction, Option<Retelling>);

fn decide(a: &Side, b: &Side, shared: &Shared, because: &mut Vec<String>) -> Option<Decision> {
    let n_smaller = a.n_words().min(b.n_words());
    let most = shared.covered.0.max(shared.covered.1);
    let least = shared.covered.0.min(shared.covered.1);
    // A short report may be little but a quotation; with the words around it the same too, it is a copy all the same.
    let n_told = a.n_told().min(b.n_told());
    let is_told_alike = shared.n_prose >= SHORT_WORDS && shared.n_prose as f32 >= COPY_MIN * n_told as f32;
    let is_quotes = shared.n_quoted > shared.n_prose * 2 && !is_told_alike;
    let same_page = same_page(a, b);

    let is_identical = a.n_words() == b.n_words()
        && n_smaller > 0
        && a.prose.words.iter().zip(&b.prose.words).all(|(one, other)| one.hash == other.hash);
    if is_identical {
        because.push(format!("{} and {} have the same words", a.id(), b.id()));
        let direction = by_credit(a, b, because).or_else(|| by_date(a, b, because)).unwrap_or(Direction::Unknown);
        let kind = if credited(a, b, direction) { RelationKind::Republication } else { RelationKind::Identical };
        return Some((kind, direction, None));
    }
    if most >= COPY_MIN && !is_quotes && n_smaller >= SHORT_WORDS {
        because.push(copied_words(a, b, shared));
        let direction = copy_direction(a, b, shared, because);
        let kind = if credited(a, b, direction) {
            RelationKind::Republication
        } else if same_page {
            RelationKind::Version
        } else if least >= COPY_MIN {
            RelationKind::NearCopy
        } else {
            RelationKind::Excerpt
        };
        return Some((kind, direction, None));
    }

    let share = shared.n_prose as f32 / n_smaller.max(1) as f32;
    // Common prose of reports about different matters is a page's own: sign-up lines, notices of rights.
    let has_common = a.n_key_stems_of(b) >= TOPIC_STEMS_MIN
        && shared.n_prose >= COMMON_WORDS_MIN
        && shared.longest_prose >= COMMON_RUN_MIN
        && share >= COMMON_SHARE_MIN;
    // Sentences are compared only where some phrase or credit hints at it.
    let may_retell = shared.n_prose >= RETOLD_WORDS_MIN || a.credit_to(b).is_some() || b.credit_to(a).is_some();
    let retold = may_retell.then(|| best_retelling(a, b)).filter(|it| is_retelling(&it.1));

    if has_common {
        if let Some(direction) = by_credit(a, b, because) {
            because.push(common_words(shared));
            return Some((RelationKind::Republication, direction, None));
        }
        if let Some(agency) = common_agency(a, b) {
            because.push(format!("both credit {agency}"));
            because.push(common_words(shared));
            return Some((RelationKind::SharedWire, Direction::Unknown, None));
        }
        if same_page && most >= COPY_MIN / 2.0 {
            because.push("the same outlet printed both".to_owned());
            because.push(common_words(shared));
            let direction = by_date(a, b, because).unwrap_or(Direction::Unknown);
            return Some((RelationKind::Version, direction, None));
        }
    }
    if let Some((child_is_a, retelling)) = retold {
        let (child, parent) = if child_is_a { (a, b) } else { (b, a) };
        because.push(retold_words(child, parent, &retelling));
        if shared.n_prose >= 5 {
            because.push(common_words(shared));
        }
        let direction = rewrite_direction(a, b, child_is_a, because);
        let kind = if credited(a, b, direction) { RelationKind::SecondHand } else { RelationKind::Rewrite };
        // Drift is told from the child's sentences, from those of `b` when nobody knows; when that is the other one, align again.
        let retelling = match (direction == Direction::AFromB, child_is_a) {
            (true, true) | (false, false) => retelling,
            (true, false) => Retelling::of(&a.prose, &b.prose),
            (false, true) => Retelling::of(&b.prose, &a.prose),
        };
        return Some((kind, direction, Some(retelling)));
    }
    // Without a credit or a common page, set phrases and long quotations without marks explain a little common prose.
    if has_common && (share >= UNCREDITED_SHARE_MIN || shared.n_prose >= UNCREDITED_WORDS_MIN) {
        because.push(common_words(shared));
        because.push("neither contains the other, so both may come from a report that is not here".to_owned());
        return Some((RelationKind::SharedWire, Direction::Unknown, None));
    }
    if shared.n_quoted >= QUOTED_WORDS_MIN {
        because.push(format!("{} words of quotations are the same in both, and little else", shared.n_quoted));
        return Some((RelationKind::SharedQuote, Direction::Unknown, None));
    }
    None
}

/// Reports shorter than this say too little to be told a copy from a shared set phrase.
const SHORT_WORDS: usize = 12;

fn credited(a: &Side, b: &Side, direction: Direction) -> bool {
    match direction {
        Direction::AFromB => a.credit_to(b).is_some(),
        Direction::BFromA => b.credit_to(a).is_some(),
        Direction::Unknown => false,
    }
}

/// Two states of one page: one address, or one outlet that is known.
fn same_page(a: &Side, b: &Side) -> bool {
    let url = |side: &Side| side.report.article.metadata.url.as_ref().map(|it| it.value.clone());
    let same_outlet = a.outlet.as_ref().zip(b.outlet.as_ref()).is_some_and(|(one, other)| one.key == other.key);
    same_outlet || (url(a).is_some() && url(a) == url(b))
}

/// The agency that both credit for their text.
pub(crate) fn common_agency(a: &Side, b: &Side) -> Option<String> {
    let whole = |side: &Side| -> Vec<House> {
        let credits = side.credits.iter().filter(|it| it.is_whole).map(|it| it.house.clone());
        credits.chain(side.outlet.clone().filter(|it| it.is_agency)).collect()
    };
    let (one, other) = (whole(a), whole(b));
    one.iter().find(|it| other.iter().any(|also| also.key == it.key)).map(|it| it.name.clone())
}

fn by_credit(a: &Side, b: &Side, because: &mut Vec<String>) -> Option<Direction> {
    let say = |child: &Side, parent: &Side, credit: &Credit| {
        format!("{} credits {}, the outlet of {}", child.id(), credit.house.name, parent.id())
    };
    match (a.credit_to(b), b.credit_to(a)) {
        (Some(credit), None) => {
            because.push(say(a, b, credit));
            Some(Direction::AFromB)
        }
        (None, Some(credit)) => {
            because.push(say(b, a, credit));
            Some(Direction::BFromA)
        }
        _ => None,
    }
}

fn by_date(a: &Side, b: &Side, because: &mut Vec<String>) -> Option<Direction> {
    let (one, other) = (a.date?, b.date?);
    let (direction, first) = if one.is_before(other) {
        (Direction::BFromA, a)
    } else if other.is_before(one) {
        (Direction::AFromB, b)
    } else {
        return None;
    };
    because.push(format!("{} was published first", first.id()));
    Some(direction)
}

/// Of a copy and its parent: credit, then dates, then an agency's own report, then which one has more.
fn copy_direction(a: &Side, b: &Side, shared: &Shared, because: &mut Vec<String>) -> Direction {
    if let Some(direction) = by_credit(a, b, because).or_else(|| by_date(a, b, because)) {
        return direction;
    }
    let is_agency = |side: &Side| side.outlet.as_ref().is_some_and(|it| it.is_agency);
    if is_agency(a) != is_agency(b) {
        let (agency, direction) = if is_agency(a) { (a, Direction::BFromA) } else { (b, Direction::AFromB) };
        because.push(format!("{} is an agency's own report", agency.id()));
        return direction;
    }
    let credits_another = |side: &Side| side.credits.iter().any(|it| it.is_whole);
    let (small, large) = (shared.covered.0.min(shared.covered.1), shared.covered.0.max(shared.covered.1));
    if large - small >= TRIMMED_MIN && large >= 0.9 && !same_page(a, b) {
        let child_is_a = shared.covered.0 > shared.covered.1;
        let (child, parent) = if child_is_a { (a, b) } else { (b, a) };
        if !credits_another(parent) || credits_another(child) {
            because.push(format!("{} has nothing that {} has not, and less", child.id(), parent.id()));
            return if child_is_a { Direction::AFromB } else { Direction::BFromA };
        }
    }
    if (a.prose.n_repeats > 0) != (b.prose.n_repeats > 0) {
        let (child, direction) = if a.prose.n_repeats > 0 { (a, Direction::AFromB) } else { (b, Direction::BFromA) };
        because.push(format!("{} repeats its own paragraphs", child.id()));
        return direction;
    }
    Direction::Unknown
}

/// How much more of one report must stand in the other for it to be the cut one.
const TRIMMED_MIN: f32 = 0.06;

fn best_retelling(a: &Side, b: &Side) -> (bool, Retelling) {
    let a_of_b = Retelling::of(&a.prose, &b.prose);
    let b_of_a = Retelling::of(&b.prose, &a.prose);
    let a_is_child = (a_of_b.weight - a_of_b.novelty) > (b_of_a.weight - b_of_a.novelty);
    if a_is_child { (true, a_of_b) } else { (false, b_of_a) }
}

fn is_retelling(it: &Retelling) -> bool {
    let is_loose = it.told >= TOLD_MIN
        && it.weight >= TOLD_WEIGHT_MIN
        && it.order >= ORDER_MIN
        && it.novelty <= NOVELTY_MAX
        && it.aligned.len() >= 3;
    // Padding adds new words, but not to the order: sentence after sentence in one order is no chance.
    let is_padded = it.told >= PADDED_TOLD_MIN
        && it.weight >= PADDED_WEIGHT_MIN
        && it.order >= PADDED_ORDER_MIN
        && it.novelty <= PADDED_NOVELTY_MAX
        && it.aligned.len() >= PADDED_SENTENCES_MIN;
    is_loose || is_padded
}

const PADDED_TOLD_MIN: f32 = 0.65;
const PADDED_WEIGHT_MIN: f32 = 0.5;
const PADDED_ORDER_MIN: f32 = 0.85;
const PADDED_NOVELTY_MAX: f32 = 0.45;
const PADDED_SENTENCES_MIN: usize = 8;

/// Words of prose in common without which no two reports are compared sentence by sentence.
const RETOLD_WORDS_MIN: usize = 12;

/// Of a rewrite and its parent: credit, dates, then what a rewrite does: it drops quotation marks, repeats itself, is shorter.
fn rewrite_direction(a: &Side, b: &Side, child_is_a: bool, because: &mut Vec<String>) -> Direction {
    if let Some(direction) = by_credit(a, b, because).or_else(|| by_date(a, b, because)) {
        return direction;
    }
    let (child, parent) = if child_is_a { (a, b) } else { (b, a) };
    let from_parent = if child_is_a { Direction::AFromB } else { Direction::BFromA };
    let mut votes = 0;
    let n_unquoted = drift::unquoted_words(&child.prose, &parent.prose);
    let n_quoted_new = drift::unquoted_words(&parent.prose, &child.prose);
    if n_unquoted > n_quoted_new + 3 {
        because.push(format!(
            "{n_unquoted} words of quotations in {} stand without marks in {}",
            parent.id(),
            child.id()
        ));
        votes += 2;
    } else if n_quoted_new > n_unquoted + 3 {
        votes -= 2;
    }
    if child.prose.n_repeats > parent.prose.n_repeats {
        because.push(format!("{} repeats its own paragraphs", child.id()));
        votes += 1;
    }
    if child.n_words() * 4 <= parent.n_words() * 3 {
        because.push(format!("{} is shorter and nearly all of it is in {}", child.id(), parent.id()));
        votes += 1;
    }
    if votes > 0 { from_parent } else { Direction::Unknown }
}

/// Sentences that tell the same in other words, as passages beside the verbatim ones.
pub(crate) fn add_rewritten(
    a: &Side,
    b: &Side,
    direction: Direction,
    retelling: Option<&Retelling>,
    passages: &mut Vec<Passage>,
) {
    let Some(retelling) = retelling else { return };
    let child_is_a = direction == Direction::AFromB;
    let (child, parent) = if child_is_a { (a, b) } else { (b, a) };
    let (child_sentences, parent_sentences) = (child.prose.sentences(), parent.prose.sentences());
    for it in &retelling.aligned {
        let Some((one, other)) = child_sentences.get(it.child).zip(parent_sentences.get(it.parent)) else { continue };
        let (in_a, in_b) = if child_is_a { (one.span, other.span) } else { (other.span, one.span) };
        passages.push(Passage { a: in_a, b: in_b, how: PassageKind::Rewritten });
    }
    passages.sort_by_key(|it| (it.a, it.b, it.how));
}

fn percent(share: f32) -> u32 {
    (share * 100.0).round() as u32
}

fn copied_words(a: &Side, b: &Side, shared: &Shared) -> String {
    let (child, parent, share) =
        if shared.covered.0 >= shared.covered.1 { (a, b, shared.covered.0) } else { (b, a, shared.covered.1) };
    format!("{} % of the words of {} stand in {}", percent(share), child.id(), parent.id())
}

fn common_words(shared: &Shared) -> String {
    let n_passages = shared.runs.iter().filter(|it| it.kind != PassageKind::Quotation).count();
    let passages = if n_passages == 1 { "passage" } else { "passages" };
    format!("{} words in {n_passages} {passages} of the reporter's own prose are the same", shared.n_prose)
}

fn retold_words(child: &Side, parent: &Side, it: &Retelling) -> String {
    format!(
        "{} of {} sentences of {} tell what a sentence of {} tells, {} % of them in its order",
        it.aligned.len(),
        child.prose.sentences().len(),
        child.id(),
        parent.id(),
        percent(it.order)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_compared_in_one_zone() {
        let at = |value: &str| Moment::parse(value).expect(value);
        assert!(at("2025-12-01T21:11+08:00").is_before(at("2025-12-01T14:00Z")));
        assert!(at("2025-12-01").is_before(at("2025-12-02")));
        assert!(!at("2025-12-01").is_before(at("2025-12-01T20:00Z")));
        assert!(!at("2025-12-01T09:00").is_before(at("2025-12-01T20:00")));
        assert_eq!(Moment::parse("soon"), None);
        assert_eq!(at("1970-01-02").day(), 1);
    }
}
