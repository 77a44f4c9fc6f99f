//! From an attribution in tokens to the record: kind, form, addressee, occasion, and spans as the contract has them.

use rapporteur_lexicon::{CueClass, Lexicon};
use rapporteur_model::{Quote, QuoteForm, QuoteIx, QuoteKind, SentenceIx, Span, TimeIx};

use super::paragraphs;
use super::attribution::Attribution;
use super::contents::marks_in;
use super::sources::Link;
use crate::view::{OUTSIDE, View};

/// Surer than this is an attitude told: what somebody wants or fears without saying so is no statement.
const ATTITUDE_SCORE_MIN: f32 = 0.65;

/// The same for plain desire, which is told of people more than said by them.
const DESIRE_SCORE_MIN: f32 = 0.85;

fn is_sure(view: &View<'_>, quote: &Quote, cue: usize) -> bool {
    let is_desire =
        matches!(view.lemma_of(cue), "want" | "wish" | "need" | "seek" | "intend" | "like" | "prefer" | "hope");
    let score_min = if is_desire { DESIRE_SCORE_MIN } else { ATTITUDE_SCORE_MIN };
    quote.form != QuoteForm::Attitude || quote.score >= score_min
}

/// Makes the records, in text order, nested ones linked.
pub(crate) fn all(view: &View<'_>, lexicon: &Lexicon, kept: &[Attribution]) -> Vec<Quote> {
    let mut made: Vec<(Quote, &Attribution)> = kept.iter().map(|it| (one(view, lexicon, it), it)).collect();
    made.retain(|(quote, from)| is_sure(view, quote, from.cue));
    made.sort_by_key(|(it, from)| (it.content.first().copied(), from.within.is_some(), it.cue.first().copied()));
    let within: Vec<Option<usize>> = made
        .iter()
        .map(|(_, it)| {
            it.within.and_then(|cue| made.iter().position(|(_, outer)| outer.cue == cue && outer.within.is_none()))
        })
        .collect();
    let mut quotes: Vec<Quote> = made.into_iter().map(|(quote, _)| quote).collect();
    paragraphs::add(view, &mut quotes);
    nest(&mut quotes);
    for (quote, outer) in quotes.iter_mut().zip(within) {
        if let Some(outer) = outer {
            quote.nested_in = Some(QuoteIx::from(outer));
        }
    }
    quotes
}

fn one(view: &View<'_>, lexicon: &Lexicon, it: &Attribution) -> Quote {
    let sentence = view.sentence_of[it.cue] as usize;
    let (kind, content, quoted) = spans(view, it);
    Quote {
        kind,
        form: form(view, lexicon, it, kind),
        source: if it.source.link == Link::Nobody {
            Vec::new()
        } else {
            vec![view.cover(it.source.first, it.source.last)]
        },
        cue: vec![it.cue_span],
        content,
        quoted,
        speakers: Vec::new(),
        addressee: addressee(view, it),
        date: date(view, it),
        place: place(view, it),
        nested_in: None,
        sentence: SentenceIx::from(sentence),
        score: it.score,
        repeat: view.known.sentences.get(sentence).is_some_and(|it| it.repeat),
    }
}

/// Kind, content and the parts inside marks.
fn spans(view: &View<'_>, it: &Attribution) -> (QuoteKind, Vec<Span>, Vec<Span>) {
    let parts = it.content.parts();
    let is_direct = parts.iter().all(|(first, last)| {
        marks_in(view, *first, *last) == 1
            && view.marked[view.marked_of[*first] as usize].outer == whole(view, *first, *last)
    });
    if is_direct {
        let inner: Vec<Span> =
            parts.iter().map(|(first, _)| view.marked[view.marked_of[*first] as usize].inner).collect();
        let mut inner: Vec<Span> =
            inner.into_iter().map(|it| tidy(view.text, it)).filter(|it| !it.is_empty()).collect();
        go_on(view, &mut inner);
        return (QuoteKind::Direct, inner.clone(), inner);
    }
    let mut content = Vec::new();
    let mut quoted = Vec::new();
    for (nth, (first, last)) in parts.iter().copied().enumerate() {
        let is_that = nth == 0
            && first < last
            && view.word(first).eq_ignore_ascii_case("that")
            && (view.dep_of(first) == "mark" || view.tag_of(first) == "IN");
        let from = if is_that { first + 1 } else { first };
        // ", if elected, he would": a comma after "that" goes with it.
        let from = if is_that && from < last && view.word(from) == "," { from + 1 } else { from };
        let span = view.cover(from, last);
        content.push(span);
        let at = view.marked.partition_point(|it| it.outer.end() <= span.start());
        quoted.extend(
            view.marked[at..]
                .iter()
                .take_while(|it| it.outer.start() < span.end())
                .filter_map(|it| it.inner.intersect(span))
                .map(|it| tidy(view.text, it)),
        );
    }
    quoted.retain(|it| !it.is_empty());
    (if quoted.is_empty() { QuoteKind::Indirect } else { QuoteKind::Mixed }, content, quoted)
}

fn whole(view: &View<'_>, first: usize, last: usize) -> Span {
    view.cover(first, last)
}

/// Without blanks at both ends.
pub(super) fn tidy(text: &str, span: Span) -> Span {
    let words = span.of(text);
    let start = words.len() - words.trim_start().len();
    Span::at(span.start() as usize + start, span.start() as usize + start.max(words.trim_end().len()))
}

/// A speech whose marks stay open goes on in the next block, where they open again.
fn go_on(view: &View<'_>, inner: &mut Vec<Span>) {
    const BLOCKS_MAX: usize = 12;
    let Some(last) = inner.last() else { return };
    let Some(mut at) = view.marked.iter().position(|it| it.inner.contains(*last)) else { return };
    for _ in 0..BLOCKS_MAX {
        let (Some(here), Some(next)) = (view.marked.get(at), view.marked.get(at + 1)) else { return };
        let (end, start) = (view.token_at(here.outer.end().saturating_sub(1)), view.token_at(next.outer.start()));
        let opens_block = start < view.n() && start == end + 1 && view.block_of(start) != view.block_of(end);
        if here.closed || !opens_block {
            return;
        }
        inner.push(tidy(view.text, next.inner));
        at += 1;
    }
}

/// "sounded the alarm", "made the claim": what is done is in the noun.
fn of_light_verb(view: &View<'_>, lexicon: &Lexicon, cue: usize) -> Option<CueClass> {
    let noun = view.child(cue, &["dobj"])?;
    lexicon.noun_cue(&view.lemma_of(noun).to_lowercase()).map(|it| it.class)
}

const DOCUMENTS: &[&str] = &[
    "study", "report", "poll", "survey", "document", "analysis", "statement", "letter", "memo", "plan", "article",
    "paper", "law", "bill", "book", "data", "filing", "lawsuit", "email", "e-mail", "record", "transcript",
    "court document", "complaint", "affidavit", "video", "footage", "website", "site", "ad", "advertisement", "story",
    "editorial", "column", "review", "research", "index", "figure", "statistic", "number", "result", "release",
    "brief", "draft", "treaty", "agreement", "proposal", "speech", "headline", "post", "tweet",
];

fn form(view: &View<'_>, lexicon: &Lexicon, it: &Attribution, kind: QuoteKind) -> QuoteForm {
    let lemma = view.lemma_of(it.cue).to_lowercase();
    let of_noun = || lexicon.noun_cue(&lemma).filter(|_| view.pos_of(it.cue) != "VERB").map(|it| it.class);
    let class =
        lexicon.cue(&lemma).map(|it| it.class).or_else(of_noun).or_else(|| of_light_verb(view, lexicon, it.cue));
    if it.within.is_some() && view.pos_of(it.cue) == "NOUN" {
        return QuoteForm::Document;
    }
    let is_speech = kind == QuoteKind::Direct;
    let negated = view.child(it.cue, &["neg"]).is_some()
        || matches!(lemma.as_str(), "decline" | "refuse")
        || view.dep_of(it.cue) == "xcomp" && matches!(view.lemma_of(view.head(it.cue)), "decline" | "refuse" | "fail");
    // "declined to comment": nothing was said, and the report says so.
    let says_nothing = matches!(lemma.as_str(), "decline" | "refuse")
        && it.content.parts().iter().any(|(first, last)| {
            (*first..=*last.min(&(first + 2))).any(|at| {
                matches!(
                    view.lemma_of(at),
                    "comment" | "say" | "answer" | "respond" | "elaborate" | "discuss" | "specify"
                )
            })
        });
    if says_nothing && !is_speech {
        return QuoteForm::NonStatement;
    }
    let strong = class.is_some_and(|it| {
        !matches!(it, CueClass::Believe | CueClass::Feel | CueClass::Doubt | CueClass::Predict | CueClass::Show)
    });
    if negated && strong && !is_speech && !matches!(class, Some(CueClass::Refuse | CueClass::Deny)) {
        return QuoteForm::NonStatement;
    }
    let is_planned = view.children(it.cue).any(|child| view.tag_of(child) == "TO" && view.dep_of(child) == "aux");
    let is_empty = it.content.n_parts == 1
        && it.content.parts[0].0 == it.content.parts[0].1
        && view.pos_of(it.content.parts[0].0) == "PRON";
    if !is_speech && (is_planned && kind == QuoteKind::Indirect || is_empty) {
        return QuoteForm::Attitude;
    }
    let has_clause = || {
        it.content.parts().iter().any(|(first, last)| {
            (*first..=*last).any(|at| matches!(view.tag_of(at), "VBD" | "VBZ" | "VBP" | "MD"))
        })
    };
    // "expressed concern that the dam might fail": whoever expresses it says so.
    if matches!(lemma.as_str(), "express" | "voice" | "convey") && has_clause() {
        return QuoteForm::Statement;
    }
    if kind == QuoteKind::Indirect && matches!(class, Some(CueClass::Believe | CueClass::Feel | CueClass::Doubt)) {
        return QuoteForm::Attitude;
    }
    let is_known = class.is_some() || matches!(lemma.as_str(), "accord" | ":" | "according" | "per" | "in" | "by");
    if is_known
        && it.source.link != Link::Nobody
        && DOCUMENTS.contains(&view.lemma_of(it.source.head).to_lowercase().as_str())
    {
        return QuoteForm::Document;
    }
    if view.phrase[it.cue] == 1 && class.is_none() {
        return QuoteForm::Statement;
    }
    let (first, last) = it.content.parts[0];
    let first_word = view.word(first).to_lowercase();
    match class {
        Some(CueClass::Ask)
            if is_speech
                || matches!(
                    first_word.as_str(),
                    "whether" | "if" | "what" | "why" | "how" | "when" | "who" | "where" | "which"
                )
                || view.word(last) == "?" =>
        {
            return QuoteForm::Question;
        }
        Some(CueClass::Demand | CueClass::Urge) if !is_speech => return QuoteForm::Demand,
        _ => {}
    }
    if is_speech || lemma == "accord" || matches!(lemma.as_str(), ":" | "according" | "per") {
        return QuoteForm::Statement;
    }
    match class {
        None => QuoteForm::Attitude,
        Some(CueClass::Believe | CueClass::Feel | CueClass::Doubt | CueClass::Predict)
            if kind == QuoteKind::Indirect =>
        {
            QuoteForm::Attitude
        }
        Some(CueClass::Show) => QuoteForm::Document,
        Some(_) => {
            if has_clause() || kind == QuoteKind::Mixed { QuoteForm::Statement } else { QuoteForm::Narrated }
        }
    }
}

/// Who was told: the object of a verb of telling, or "to" somebody.
fn addressee(view: &View<'_>, it: &Attribution) -> Option<Span> {
    let is_content = |ix: usize| it.content.parts().iter().any(|(a, b)| (*a..=*b).contains(&ix));
    let is_free = |ix: usize| {
        !is_content(ix) && (it.source.link == Link::Nobody || !(it.source.first..=it.source.last).contains(&ix))
    };
    let head = view
        .children(it.cue)
        .find(|child| {
            matches!(view.dep_of(*child), "dobj" | "dative") && view.pos_of(*child) != "ADP" && is_free(*child)
        })
        .filter(|_| {
            matches!(
                view.lemma_of(it.cue),
                "tell" | "ask" | "inform" | "assure" | "remind" | "warn" | "urge" | "advise" | "brief" | "notify"
            )
        })
        .or_else(|| {
            let to = view.children(it.cue).find(|child| {
                matches!(view.dep_of(*child), "prep" | "dative") && view.word(*child) == "to" && is_free(*child)
            })?;
            view.child(to, &["pobj"]).filter(|it| is_free(*it))
        })?;
    let (mut first, mut last) = view.edges(head);
    while first < head && !is_free(first) {
        first += 1;
    }
    if let Some(stop) = view.children(head).find(|child| {
        *child > head && matches!(view.dep_of(*child), "prep" | "relcl" | "acl" | "punct" | "ccomp" | "advcl")
    }) {
        last = view.edges(stop).0.saturating_sub(1).max(head);
    }
    while last > head && !is_free(last) {
        last -= 1;
    }
    Some(view.cover(first, last))
}

/// The time said of the saying itself.
fn date(view: &View<'_>, it: &Attribution) -> Option<TimeIx> {
    let (first, last) = view.sentence(it.cue);
    let sentence = view.cover(first, last.saturating_sub(1).max(first));
    let content = it.content.spans(view);
    let from = view.known.times.partition_point(|it| it.span.end() <= sentence.start());
    (from..view.known.times.len()).take_while(|at| view.known.times[*at].span.start() < sentence.end()).find_map(|at| {
        let span = view.known.times[at].span;
        if content.iter().any(|it| it.overlaps(span)) {
            return None;
        }
        let mut token = view.token_at(span.start());
        // It must hang on the cue within a few steps.
        for _ in 0..4 {
            if token >= view.n() || token == it.cue {
                break;
            }
            token = view.head(token);
        }
        (token == it.cue).then(|| TimeIx::from(at))
    })
}

/// Nouns after "in", "at" and "on" that tell how or when something is said, not where.
const NO_OCCASION: &[&str] = &[
    "part", "time", "addition", "fact", "general", "return", "turn", "response", "full", "detail", "moment", "length",
    "least", "first", "particular", "short", "condition", "case", "end", "reply", "behalf", "favour", "favor", "reference",
    "order", "contrast", "point", "tear", "way", "tone", "voice", "term", "support", "answer", "word",
];

/// The occasion or place: "in a briefing", "at a meeting of …", "on X".
fn place(view: &View<'_>, it: &Attribution) -> Option<Span> {
    let content = it.content.spans(view);
    let head = view.children(it.cue).find(|child| {
        view.dep_of(*child) == "prep"
            && matches!(view.word(*child), "in" | "at" | "on" | "during" | "In" | "At" | "During")
            && {
                let span = whole_subtree(view, *child);
                !content.iter().any(|it| it.overlaps(span))
                    && !view.known.times.iter().any(|it| it.span.overlaps(span) && it.span.len() + 4 >= span.len())
            }
            && view.marked_of[*child] == OUTSIDE
            // "in part", "at that time", "on condition": no occasion.
            && view.child(*child, &["pobj"]).is_some_and(|it| !NO_OCCASION.contains(&view.lemma_of(it)))
    })?;
    Some(whole_subtree(view, head))
}

fn whole_subtree(view: &View<'_>, ix: usize) -> Span {
    let (first, last) = view.edges(ix);
    view.cover(first, last)
}

/// Links each attribution to the smallest one whose content holds its cue.
fn nest(quotes: &mut [Quote]) {
    let whole = |it: &Quote| it.content.iter().map(|it| it.len()).sum::<u32>();
    for inner in 0..quotes.len() {
        let Some(cue) = quotes[inner].cue.first().copied() else { continue };
        let mut best: Option<usize> = None;
        // Content that holds the cue starts before it: look a little back, and ahead for a cue that follows.
        for (outer, it) in quotes.iter().enumerate() {
            let holds = outer != inner && it.content.iter().any(|span| span.contains(cue));
            if holds && best.is_none_or(|at| whole(&quotes[at]) > whole(it)) && whole(it) > whole(&quotes[inner]) {
                best = Some(outer);
            }
        }
        quotes[inner].nested_in = best.map(QuoteIx::from);
    }
}
