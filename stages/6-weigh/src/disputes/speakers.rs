//! Who said it: the same words with two speakers.

use std::collections::BTreeSet;

use rapporteur_model::{Anchor, Content, Nature, Quote, QuoteKind, ReportIx, Span, StatementContent};
use rapporteur_text::fold;

use super::{Dispute, Hints, Line, Pair, Slot};
use crate::cast::CastIx;
use crate::story::View;
use crate::verdict::Difference;

/// Words in marks that both print, from which on they are one utterance.
const SAME_WORDS_MIN: usize = 4;

pub(super) fn disputes(pair: &Pair<'_, '_>) -> Vec<Dispute> {
    let mut found = Vec::new();
    let (own, others) = (quotes(pair, pair.a), quotes(pair, pair.b));
    for (x, who) in &own {
        for (y, other) in &others {
            let (mine, theirs) = (names(pair, who), names(pair, other));
            if !mine.is_disjoint(&theirs) || mine.is_empty() || theirs.is_empty() {
                continue;
            }
            let (both, contained) = one_saying(pair, x, y);
            // Whom the sentence of the other names as well may have said it beside the other.
            let named = |line: &Line, names: &BTreeSet<String>| {
                let text = line.span.of(pair.view.report(line.report).text());
                text.split(|c: char| !c.is_alphanumeric()).any(|it| names.contains(&fold(it)))
            };
            let bare = is_pronoun(pair, pair.a, x) || is_pronoun(pair, pair.b, y);
            // "she said": whom that means is our own reading, and no report's word.
            if named(pair.b, &mine) || named(pair.a, &theirs) || both < 2 || bare {
                continue;
            }
            let same = same_words(pair, x, y);
            let slot = |line: &Line, it: &Quote| Slot { verb: None, ..pair.slot(line, it.source[0]) };
            found.push(Dispute {
                nature: Nature::Attribution,
                difference: if same { Difference::Conflict } else { Difference::Compatible },
                at: [x.source[0], y.source[0]],
                slots: [slot(pair.a, x), slot(pair.b, y)],
                hints: Hints { exact: f64::from(u8::from(same)), degree: contained, ..Hints::default() },
            });
        }
    }
    found
}

/// The words of the names that people go by.
fn names(pair: &Pair<'_, '_>, list: &[CastIx]) -> BTreeSet<String> {
    let parties = pair.view.cast.parties(list.iter().copied());
    let forms = parties.iter().flat_map(|it| it.forms.iter().chain([&it.name]));
    let words = forms.flat_map(|it| it.split(' ')).filter(|it| it.starts_with(char::is_uppercase));
    words.map(fold).filter(|it| 2 < it.len() && it != "the").collect()
}

/// Whether a speaker is told by a pronoun, which stands for another too often to be sure.
fn is_pronoun(pair: &Pair<'_, '_>, line: &Line, it: &Quote) -> bool {
    let tokens = &pair.view.report(line.report).annotations.tokens;
    let mut source = it.source.iter().flat_map(|at| pair.view.tokens(Anchor::new(line.report, *at)));
    !source.any(|it| tokens[it].pos == "PROPN")
}

/// Attributions of a sentence to people with names.
fn quotes<'a>(pair: &Pair<'_, 'a>, line: &Line) -> Vec<(&'a Quote, Vec<CastIx>)> {
    let all = pair.view.report(line.report).annotations.quotes.iter();
    let here = all.filter(|it| it.source.iter().any(|at| line.span.contains(*at)) && !it.repeat);
    here.filter_map(|it| {
        let who: Vec<CastIx> = it.speakers.iter().filter_map(|it| pair.view.cast.of(line.report, *it)).collect();
        let people = who.iter().all(|it| pair.view.cast.is_named(*it) && pair.view.cast.member(*it).party.is_person);
        (people && !who.is_empty()).then_some((it, who))
    })
    .collect()
}

/// How many words two contents share, and how much of the shorter one that is.
fn one_saying(pair: &Pair<'_, '_>, a: &Quote, b: &Quote) -> (usize, f64) {
    let terms = |line: &Line, it: &Quote| -> BTreeSet<String> {
        it.content.iter().flat_map(|it| pair.view.terms(Anchor::new(line.report, *it))).collect()
    };
    let (x, y) = (terms(pair.a, a), terms(pair.b, b));
    (x.intersection(&y).count(), f64::from(pair.rarity.containment(&x, &y)))
}

/// Whether both print the same words in marks.
fn same_words(pair: &Pair<'_, '_>, a: &Quote, b: &Quote) -> bool {
    let marked = |line: &Line, it: &Quote| -> Vec<String> {
        let text = pair.view.report(line.report).text();
        let all = it.quoted.iter().flat_map(|it| it.of(text).split(|c: char| !c.is_alphanumeric()));
        all.filter(|it| !it.is_empty()).map(fold).collect()
    };
    let (x, y) = (marked(pair.a, a), marked(pair.b, b));
    x.windows(SAME_WORDS_MIN).any(|it| y.windows(SAME_WORDS_MIN).any(|other| it == other))
}

/// What the claim shows: the attribution with the source at a place.
pub(super) fn statement(view: &View<'_>, report: ReportIx, at: Span) -> Content {
    let quotes = &view.report(report).annotations.quotes;
    let quote = quotes.iter().find(|it| it.source.contains(&at));
    let who: Vec<CastIx> =
        quote.iter().flat_map(|it| &it.speakers).filter_map(|it| view.cast.of(report, *it)).collect();
    let places = |list: &[Span]| list.iter().map(|it| Anchor::new(report, *it)).collect::<Vec<Anchor>>();
    let cue = quote.and_then(|it| it.cue.first()).and_then(|it| view.tokens(Anchor::new(report, *it)).next());
    Content::Statement(StatementContent {
        speakers: view.cast.parties(who),
        cue: cue.map(|it| view.lemma(report, it).to_lowercase()).unwrap_or_default(),
        kind: quote.map_or(QuoteKind::Indirect, |it| it.kind),
        content: quote.map(|it| places(&it.content)).unwrap_or_default(),
        quoted: quote.map(|it| places(&it.quoted)).unwrap_or_default(),
        date: None,
        topic: None,
    })
}
