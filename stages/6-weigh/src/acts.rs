//! Acts: one happening, with all its mentions over the reports.
//!
//! Mentions are one happening when type, participants, time and place can be the same and enough of the words agree. A
//! meeting scheduled here and held there is one happening with a history; two meetings a week apart are two.

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_model::{
    Act, ActContent, ActorKind, Anchor, Claim, Content, Nature, QuoteForm, Realis, ReportIx, Span, TokenIx, Variant,
};
use rapporteur_text::fold;

use crate::cast::CastIx;
use crate::dates;
use crate::rarity::Rarity;
use crate::salience::weight;
use crate::story::{View, containment};
use crate::verdict::{Difference, Said, compare, tally, verdict};

/// A mention joins a happening from this likeness on (0 to 1).
const LIKENESS_MIN: f32 = 0.55;
/// Dates further apart than this are two happenings, not one with a date in dispute.
const DISPUTE_DAYS_MAX: i32 = 7;

/// A mention of an act.
struct Mention<'a> {
    report: ReportIx,
    act: &'a Act,
    actors: Vec<CastIx>,
    recipients: Vec<CastIx>,
    /// Participants with the states and bodies they belong to.
    parties: BTreeSet<String>,
    /// The states among those.
    states: BTreeSet<String>,
    date: Option<String>,
    place: Option<String>,
    realis: Realis,
    trigger: String,
    terms: BTreeSet<String>,
    asserted_by: Vec<CastIx>,
    /// Somebody expressly did not say whether.
    left_open: bool,
    /// Told in a headline, in its shorthand.
    in_headline: bool,
    /// The day its report is told on.
    told_on: Option<&'a str>,
    /// The words that tell it: its clause, or of a noun that a clause about something else names ("fears talks with X"),
    /// the noun with what hangs on it.
    words: Span,
}

impl Mention<'_> {
    fn anchor(&self) -> Anchor {
        Anchor::new(self.report, self.words)
    }

    /// The clause, for retelling.
    fn clause(&self) -> Anchor {
        Anchor::new(self.report, self.act.clause)
    }

    /// What has taken place by the day of its report is not what another sets for a later day.
    fn is_over_before(&self, other: &Mention<'_>) -> bool {
        let later = |day: &str| {
            let set = other.date.as_deref().and_then(|it| it.get(..10));
            set.zip(day.get(..10)).is_some_and(|(set, day)| day < set)
        };
        is_past(self.realis) && self.date.is_none() && self.told_on.is_some_and(later)
    }

    fn n_slots(&self) -> usize {
        self.actors.len().min(2)
            + self.recipients.len().min(1)
            + usize::from(self.date.is_some())
            + usize::from(self.place.is_some())
    }
}

/// The claims that something happened or is to happen.
pub(crate) fn claims(view: &View<'_>, rarity: &Rarity) -> Vec<Claim> {
    let mut mentions: Vec<Mention<'_>> = Vec::new();
    for report in &view.story.reports {
        let acts = &view.report(*report).annotations.acts;
        mentions.extend(acts.iter().filter_map(|act| mention(view, *report, act)));
    }
    // The fullest mentions open the happenings; ties in text order.
    mentions.sort_by(|a, b| {
        b.n_slots().cmp(&a.n_slots()).then_with(|| (a.report, a.act.trigger).cmp(&(b.report, b.act.trigger)))
    });
    let mut happenings: Vec<Vec<Mention<'_>>> = Vec::new();
    for mention in mentions {
        // A mention without a day is like two meetings a fortnight apart; it must not make them one.
        let likeness = |list: &Vec<Mention<'_>>| {
            let apart = list.iter().any(|it| {
                days_apart(it, &mention).is_some_and(|days| DISPUTE_DAYS_MAX < days)
                    || are_other_sides(it, &mention)
                    || it.is_over_before(&mention)
                    || mention.is_over_before(it)
            });
            if apart { 0.0 } else { list.iter().map(|it| likeness(it, &mention)).fold(0.0f32, f32::max) }
        };
        let best = happenings
            .iter()
            .enumerate()
            .map(|(ix, list)| (likeness(list), ix))
            .reduce(|a, b| if b.0 > a.0 { b } else { a });
        match best {
            Some((score, ix)) if score >= LIKENESS_MIN => happenings[ix].push(mention),
            _ => happenings.push(vec![mention]),
        }
    }
    let mut found: Vec<Claim> = Vec::new();
    for happening in happenings {
        found.extend(claim(view, &happening.iter().collect::<Vec<_>>()));
        // What only some tell of it is a fact of its own, with its own voices.
        let details = details(&happening, rarity);
        if details.len() > 1 {
            for detail in details {
                if let Some(mut made) = claim(view, &detail) {
                    made.weight *= DETAIL_SHARE;
                    found.push(made);
                }
            }
        }
    }
    found
}

/// Mentions of one happening that tell the same of it: so much of what the shorter one's words tell stands in the longer.
const SAME_DETAIL_MIN: f32 = 0.5;
/// A detail weighs this share of what its places would weigh as a fact of their own.
const DETAIL_SHARE: f32 = 0.6;

/// The mentions of a happening put together by what they tell of it, the fullest first.
fn details<'m, 'a>(happening: &'m [Mention<'a>], rarity: &Rarity) -> Vec<Vec<&'m Mention<'a>>> {
    let mut order: Vec<&Mention<'a>> = happening.iter().collect();
    order.sort_by(|a, b| {
        b.terms.len().cmp(&a.terms.len()).then_with(|| (a.report, a.act.trigger).cmp(&(b.report, b.act.trigger)))
    });
    let mut found: Vec<Vec<&Mention<'a>>> = Vec::new();
    for mention in order {
        let same = |it: &&Mention<'a>| {
            it.terms.intersection(&mention.terms).count() >= 3
                && rarity.containment(&it.terms, &mention.terms) >= SAME_DETAIL_MIN
        };
        match found.iter_mut().find(|list| list.iter().any(same)) {
            Some(list) => list.push(mention),
            None => found.push(vec![mention]),
        }
    }
    found
}

fn mention<'a>(view: &View<'a>, report: ReportIx, act: &'a Act) -> Option<Mention<'a>> {
    let known = &view.report(report).annotations;
    // A word of saying is weighed as a statement, not as an act.
    let said = known.quotes.iter().any(|it| it.cue.iter().any(|cue| cue.overlaps(act.trigger)));
    if act.repeat || act.realis == Realis::General || said {
        return None;
    }
    let text = view.report(report).text();
    let members = |list: &[rapporteur_model::ActorIx]| {
        let mut found: Vec<CastIx> = Vec::new();
        for ix in list.iter().filter_map(|it| view.cast.of(report, *it)) {
            // People without names are told apart in one report alone; their state or body stands beside them.
            let unnamed = matches!(view.cast.member(ix).kind, ActorKind::Group | ActorKind::Unnamed);
            if !unnamed && !found.contains(&ix) {
                found.push(ix);
            }
        }
        found
    };
    let (actors, recipients) = (members(&act.actors), members(&act.recipients));
    let mut parties = BTreeSet::new();
    for ix in actors.iter().chain(&recipients) {
        let member = view.cast.member(*ix);
        parties.insert(member.party.id.clone());
        parties.extend(member.affiliations.iter().cloned());
    }
    let quote = act.asserted_by.and_then(|it| known.quotes.get(it.ix()));
    let unconfirmed = quote.is_some_and(|it| {
        matches!(it.form, QuoteForm::NonStatement | QuoteForm::Question) && leaves_open(view, report, it)
    });
    let trigger = view.tokens(Anchor::new(report, act.trigger)).next_back();
    Some(Mention {
        report,
        act,
        actors,
        recipients,
        states: parties.iter().filter(|it| view.lexicon.state(it).is_some()).cloned().collect(),
        parties,
        date: act
            .time
            .and_then(|it| known.times.get(it.ix()))
            .filter(|it| sure_date(view, report, it))
            .and_then(|it| it.value.clone())
            .filter(|it| act.realis != Realis::Ongoing || !is_beginning(it, view.told_on(report))),
        place: act.place.map(|it| it.of(text).split_whitespace().collect::<Vec<_>>().join(" ")),
        realis: if unconfirmed { Realis::Hypothetical } else { act.realis },
        trigger: trigger.map_or_else(String::new, |it| fold(view.lemma(report, it))),
        terms: view.terms(Anchor::new(report, act.clause)),
        asserted_by: quote.map_or_else(Vec::new, |it| members(&it.speakers)),
        left_open: unconfirmed,
        in_headline: view.in_headline(Anchor::new(report, act.trigger)),
        told_on: view.told_on(report),
        words: told_by(view, report, act),
    })
}

/// Whether the day of what still goes on is long past: "the war, which began in 2014" is no happening of 2014.
fn is_beginning(date: &str, told_on: Option<&str>) -> bool {
    const LONG: i32 = 31;
    let end = dates::days(date).map(|it| it.1);
    end.zip(told_on.and_then(dates::days)).is_some_and(|(end, told)| end + LONG < told.0)
}

/// The words that tell an act: of a noun alone the noun with all below it, else the clause.
fn told_by(view: &View<'_>, report: ReportIx, act: &Act) -> Span {
    let known = &view.report(report).annotations;
    let range = view.tokens(Anchor::new(report, act.trigger));
    let Some(noun) = range.clone().next().filter(|it| range.len() == 1 && known.tokens[*it].pos == "NOUN") else {
        return act.clause;
    };
    let clause = view.tokens(Anchor::new(report, act.clause));
    let below = |it: &usize| known.is_below(TokenIx::from(*it), TokenIx::from(noun));
    let spans = clause.filter(below).map(|it| known.tokens[it].span);
    spans.reduce(Span::cover).unwrap_or(act.clause)
}

/// Whether somebody expressly does not say: "did not specify whether", "it was unclear if".
fn leaves_open(view: &View<'_>, report: ReportIx, quote: &rapporteur_model::Quote) -> bool {
    const OPEN: &[&str] = &[
        "whether", "unclear", "not clear", "not confirm", "not say", "not specify", "declined to", "refused to",
        "unconfirmed", "not been confirmed", "not comment", "not known", "unknown", " if ",
    ];
    let Some(cue) = quote.cue.first() else { return false };
    let line = view.sentence(Anchor::new(report, *cue)).map(|it| it.1.of(view.report(report).text()).to_lowercase());
    line.is_some_and(|it| OPEN.iter().any(|word| it.contains(word)))
}

/// Whether a date is stated, or counted from a day that is well enough known.
fn sure_date(view: &View<'_>, report: ReportIx, time: &rapporteur_model::Time) -> bool {
    let anchor = view.report(report).article.metadata.anchor.as_ref();
    time.how == "stated" || anchor.is_some_and(|it| it.confidence >= 0.75)
}

fn days_apart(a: &Mention<'_>, b: &Mention<'_>) -> Option<i32> {
    dates::distance(a.date.as_deref(), b.date.as_deref())
}

/// Whether two meetings are of other states: talks with the French are not the talks with the Americans, though the same
/// Ukrainians sit at both tables. Where one tells of one side alone, it may be either.
fn are_other_sides(a: &Mention<'_>, b: &Mention<'_>) -> bool {
    let meets = |it: &Mention<'_>| matches!(it.act.mode.map(broad), Some("meeting" | "call"));
    meets(a)
        && meets(b)
        && 1 < a.states.len()
        && 1 < b.states.len()
        && !a.states.is_subset(&b.states)
        && !b.states.is_subset(&a.states)
}

/// How likely two mentions are one happening, 0 to 1.
fn likeness(a: &Mention<'_>, b: &Mention<'_>) -> f32 {
    let one_type = match (a.act.mode.map(broad), b.act.mode.map(broad)) {
        (Some(x), Some(y)) => x == y,
        (None, None) => a.act.kind == b.act.kind && (a.trigger == b.trigger || containment(&a.terms, &b.terms) >= 0.5),
        _ => false,
    };
    if !one_type || a.act.positive != b.act.positive && a.report == b.report {
        return 0.0;
    }
    let parties = if a.parties.is_empty() || b.parties.is_empty() {
        0.4
    } else {
        let both = a.parties.intersection(&b.parties).count() as f32;
        both / a.parties.len().min(b.parties.len()) as f32
    };
    if parties == 0.0 {
        return 0.0;
    }
    let distance = days_apart(a, b);
    let date = match distance {
        Some(0) => 1.0,
        Some(days) if days > DISPUTE_DAYS_MAX || is_past(a.realis) != is_past(b.realis) => return 0.0,
        Some(_) => 0.0,
        None => 0.5,
    };
    let place = match (&a.place, &b.place) {
        (Some(x), Some(y)) if one_place(x, y) => 1.0,
        (Some(_), Some(_)) => 0.0,
        _ => 0.5,
    };
    // With the date in dispute only those very participants at that very place are the same happening; with the place in
    // dispute only those on that very day.
    let disputed_date = distance.is_some_and(|it| it > 0) && (parties < 0.99 || place == 0.0);
    if disputed_date || (place == 0.0 && (parties < 0.99 || distance != Some(0))) {
        return 0.0;
    }
    let words = containment(&a.terms, &b.terms);
    // Meetings and resignations are told apart by who, when and where; for other acts the words must agree too.
    let formal = matches!(a.act.mode.map(broad), Some("meeting" | "call" | "signing" | "vote"));
    if !formal && words < 0.34 {
        return 0.0;
    }
    0.4 * parties + 0.25 * date + 0.15 * place + 0.2 * words
}

/// To receive, to host and to negotiate with somebody is to meet them.
fn broad(mode: &str) -> &str {
    match mode {
        "host" | "negotiate" | "mediate" | "meet" => "meeting",
        other => other,
    }
}

fn is_past(realis: Realis) -> bool {
    matches!(realis, Realis::Happened | Realis::Ongoing)
}

/// Whether two places can be one: one name in the other, or a capital in its country.
fn one_place(a: &str, b: &str) -> bool {
    let (x, y) = (fold(a), fold(b));
    x.contains(&y) || y.contains(&x) || holds(a, b) || holds(b, a)
}

/// Whether a state has another place as its capital: "Russia" and "Moscow".
fn holds(state: &str, city: &str) -> bool {
    let lexicon = rapporteur_lexicon::Lexicon::shared();
    let own = lexicon.state_of_capital(city).and_then(|code| lexicon.state(code));
    own.is_some_and(|it| it.name == state || it.other_names.contains(state))
}

/// One claim from the mentions of one happening; `None` when nobody takes part who has a name.
fn claim(view: &View<'_>, mentions: &[&Mention<'_>]) -> Option<Claim> {
    let original = |it: &&Mention<'_>| crate::verdict::parents(view, it.report).is_empty();
    let shown = best(view, mentions);
    // Who, when and where come from one mention: a list put together from several would name people side by side whom no
    // report puts there. The other mentions only refine its date and bear it out.
    let shared = shared_parties(view, mentions);
    let told = |list: &[CastIx]| -> Vec<CastIx> {
        list.iter()
            .copied()
            .filter(|it| view.cast.is_named(*it) && (shared.is_empty() || shared.contains(it)))
            .collect()
    };
    let actors = told(&shown.actors);
    let recipients: Vec<CastIx> = told(&shown.recipients).into_iter().filter(|it| !actors.contains(it)).collect();
    if actors.is_empty() && recipients.is_empty() {
        return None;
    }
    let counted =
        count(mentions.iter().copied().filter(original).filter_map(|it| it.date.as_deref().map(|d| (it.report, d))));
    let mut date: Option<&str> = shown.date.as_deref().or(counted.first().map(|it| it.0));
    for (other, _) in &counted {
        if dates::compatible(date, Some(other)) {
            date = dates::finer(date, Some(other));
        }
    }
    // A place is lent only by mentions of the same days and of somebody who takes part here.
    let lends = |it: &&Mention<'_>| {
        let dated = shown.date.is_some() && it.date.is_some();
        dated && dates::compatible(shown.date.as_deref(), it.date.as_deref()) && !it.parties.is_disjoint(&shown.parties)
    };
    let lent = mentions.iter().copied().filter(original).filter(lends);
    let places = count(lent.filter_map(|it| it.place.as_deref().map(|d| (it.report, d))));
    let realis = count(mentions.iter().copied().filter(original).map(|it| (it.report, it.realis)));
    let (worst, variants) = differences(view, mentions, shown);
    let tally = tally(view, mentions.iter().copied().map(Mention::anchor).collect());
    let n_named = actors.iter().chain(&recipients).filter(|it| view.cast.is_named(**it)).count();
    let content = ActContent {
        kind: shown.act.kind.to_owned(),
        mode: shown.act.mode.map(broad).unwrap_or_default().to_owned(),
        trigger: shown.trigger.clone(),
        actors: view.cast.parties(actors),
        recipients: view.cast.parties(recipients),
        place: shown.place.clone().or_else(|| places.first().map(|(it, _)| (*it).to_owned())),
        date: date.map(str::to_owned),
        realis: realis.first().map(|it| it.0).or(Some(shown.realis)),
        positive: shown.act.positive,
        asserted_by: view.cast.parties(shown.asserted_by.iter().copied()),
        clause: Some(shown.clause()),
        trigger_at: Some(Anchor::new(shown.report, shown.act.trigger)),
    };
    let bonus = match shown.act.mode.map(broad) {
        Some("meeting" | "resignation" | "signing" | "vote" | "pledge" | "proposal" | "attack" | "death") => 0.5,
        Some("call" | "visit" | "appointment" | "arrest") => 0.3,
        Some("statement") => -0.6,
        _ => 0.0,
    };
    Some(Claim {
        id: "a".to_owned(),
        verdict: verdict(view, &tally, worst, &variants),
        weight: weight(view, &tally.support) + bonus + 0.1 * n_named.min(3) as f32,
        content: Content::Act(content),
        support: tally.support,
        variants,
        reports: tally.reports,
        origins: tally.origins,
        silent: tally.silent,
    })
}

/// The mention to show: from a report that is no rewrite, told as a fact of the report, with the most slots, earliest.
fn best<'m, 'a>(view: &View<'_>, mentions: &[&'m Mention<'a>]) -> &'m Mention<'a> {
    let shared = shared_parties(view, mentions);
    let rank = |it: &Mention<'_>| {
        let original = crate::verdict::parents(view, it.report).is_empty();
        let sure = it.realis != Realis::Hypothetical;
        let n_shared = it.actors.iter().chain(&it.recipients).filter(|ix| shared.contains(ix)).count();
        (original, sure, n_shared, it.asserted_by.is_empty() && !it.in_headline, it.n_slots())
    };
    mentions.iter().copied().reduce(|a, b| if rank(b) > rank(a) { b } else { a }).unwrap_or(mentions[0])
}

/// Participants that two origins or more have, when there are two such; empty otherwise. Whom one origin alone adds to
/// what others tell of the same act is a difference between reports, not a fact of all.
fn shared_parties(view: &View<'_>, mentions: &[&Mention<'_>]) -> BTreeSet<CastIx> {
    let mut voices: BTreeMap<CastIx, BTreeSet<rapporteur_model::OriginIx>> = BTreeMap::new();
    let original = |it: &&Mention<'_>| crate::verdict::parents(view, it.report).is_empty();
    for mention in mentions.iter().copied().filter(original) {
        for ix in mention.actors.iter().chain(&mention.recipients).filter(|it| view.cast.is_named(**it)) {
            voices.entry(*ix).or_default().insert(view.origin(mention.report));
        }
    }
    let shared: BTreeSet<CastIx> = voices.into_iter().filter(|it| it.1.len() > 1).map(|it| it.0).collect();
    if shared.len() > 1 { shared } else { BTreeSet::new() }
}

/// Values with the number of reports that have them: most first, ties in order of the values.
fn count<T: Ord + Copy>(said: impl Iterator<Item = (ReportIx, T)>) -> Vec<(T, usize)> {
    let mut reports: BTreeMap<T, BTreeSet<ReportIx>> = BTreeMap::new();
    for (report, value) in said {
        reports.entry(value).or_default().insert(report);
    }
    let mut counted: Vec<(T, usize)> = reports.into_iter().map(|(value, list)| (value, list.len())).collect();
    counted.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    counted
}

/// How the mentions differ in date, place, participants and certainty.
fn differences(view: &View<'_>, mentions: &[&Mention<'_>], shown: &Mention<'_>) -> (Difference, Vec<Variant>) {
    let mut worst = Difference::Same;
    let mut variants = Vec::new();
    let mut note = |it: &Mention<'_>, value: String, nature: Nature| {
        variants.push(Variant { anchor: it.anchor(), value, nature });
    };
    let said = |of: fn(&Mention<'_>) -> Option<String>| {
        let list = mentions.iter().copied().filter_map(|it| of(it).map(|value| Said { at: it.anchor(), value }));
        list.collect::<Vec<Said<String>>>()
    };
    let dated = said(|it| it.date.clone());
    // A coarser date that holds the finer one is the same date.
    let one_date = |a: &String, b: &String| dates::compatible(Some(a), Some(b));
    let found = compare(view, &dated, one_date, one_date);
    worst = worst.max(found);
    if found != Difference::Same {
        let first = shown.date.clone().or_else(|| dated.first().map(|it| it.value.clone())).unwrap_or_default();
        for it in mentions.iter().copied().filter(|it| it.date.as_ref().is_some_and(|date| !one_date(date, &first))) {
            note(it, it.date.clone().unwrap_or_default(), Nature::Date);
        }
    }
    // Places are in dispute only between mentions of one day: a day of shuttling has several.
    let placed: Vec<Said<(String, String)>> = mentions
        .iter()
        .copied()
        .filter_map(|it| Some(Said { at: it.anchor(), value: (it.place.clone()?, it.date.clone()?) }))
        .collect();
    let same = |a: &(String, String), b: &(String, String)| one_place(&a.0, &b.0) || a.1 != b.1;
    let found = compare(view, &placed, same, |_, _| true);
    worst = worst.max(found);
    if found != Difference::Same {
        let first = shown.place.clone().or_else(|| placed.first().map(|it| it.value.0.clone())).unwrap_or_default();
        for it in mentions
            .iter()
            .filter(|it| it.date.is_some() && it.place.as_ref().is_some_and(|place| !one_place(place, &first)))
        {
            note(it, it.place.clone().unwrap_or_default(), Nature::Place);
        }
    }
    // Certainty: held against to come follows the time of writing and is no difference; what somebody expressly left open
    // against what is stated elsewhere is one. A passing "may" is not enough.
    let open = |it: &Mention<'_>| it.left_open;
    let denied = |it: &Mention<'_>| it.realis == Realis::Denied || !it.act.positive;
    let sure: Vec<Said<(u8, &Mention<'_>)>> = mentions
        .iter()
        .copied()
        .map(|it| Said { at: it.anchor(), value: (if denied(it) { 2 } else { u8::from(open(it)) }, it) })
        .collect();
    // "had no plans to visit" denies a visit, but not what somebody else offered: only the same words deny the same.
    let apart = |a: &(u8, &Mention<'_>), b: &(u8, &Mention<'_>)| (a.0 == 2) != (b.0 == 2) && !tells_the_same(a.1, b.1);
    let found = compare(view, &sure, |a, b| a.0 == b.0 || apart(a, b), |a, b| a.0 != 2 && b.0 != 2);
    worst = worst.max(found);
    if found != Difference::Same {
        let differs = |it: &&Mention<'_>| {
            let open_differs = open(it) != open(shown);
            open_differs || denied(it) != denied(shown) && tells_the_same(it, shown)
        };
        for it in mentions.iter().copied().filter(differs) {
            note(it, it.realis.as_str().to_owned(), Nature::Certainty);
        }
    }
    variants.sort_by_key(|a| (a.anchor, a.nature));
    variants.dedup();
    (worst, variants)
}

/// Whether two mentions tell of one act in so much the same words that the "not" of one is the other's denial.
fn tells_the_same(a: &Mention<'_>, b: &Mention<'_>) -> bool {
    a.trigger == b.trigger && 3 <= a.terms.intersection(&b.terms).count() && 0.5 <= containment(&a.terms, &b.terms)
}
