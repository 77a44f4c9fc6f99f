//! Statements: what somebody said, in all wordings the reports print.

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_model::{
    Anchor, Claim, Content, Nature, Quote, QuoteForm, QuoteIx, QuoteKind, ReportIx, Span, StatementContent, Variant,
};
use rapporteur_text::fold;

use crate::cast::CastIx;
use crate::paraphrase::{STATEMENTS, Words, all, features};
use crate::rarity::Rarity;
use crate::salience::weight;
use crate::story::View;
use crate::verdict::{Difference, tally, verdict};

/// Wordings are of one utterance when so much of the shorter one's words stands in the longer.
const SAME_WORDS_MIN: f32 = 0.6;

/// So many words in marks that another printing of the speaker's has in marks too are of one utterance.
const MARKED_MIN: usize = 3;

/// Printings as likely one statement are one. On held-out stories of the labelled pairs about five in six of those that
/// pass are (`cargo xtask train statements`): a wrong one makes an origin too many, a missed one only an origin too few.
const LIKELY_MIN: f64 = 0.7;

/// Attributions less sure than this are not told.
const SCORE_MIN: f32 = 0.5;

/// One printing of a statement.
pub(crate) struct Printing<'a> {
    pub(crate) report: ReportIx,
    ix: QuoteIx,
    quote: &'a Quote,
    speakers: Vec<CastIx>,
    /// The words: one sentence of an utterance, which reports print apart from the others.
    pub(crate) content: Vec<Span>,
    terms: BTreeSet<String>,
    quoted: String,
}

impl Printing<'_> {
    /// Whether it stands in quotation marks, all of it.
    pub(crate) fn is_marked(&self) -> bool {
        self.quote.kind == QuoteKind::Direct
    }

    pub(crate) fn anchor(&self) -> Anchor {
        Anchor::new(self.report, cover(&self.content))
    }
}

/// The claims that somebody said something.
pub(crate) fn claims(view: &View<'_>, rarity: &Rarity) -> Vec<Claim> {
    by_speaker(view)
        .into_values()
        .flat_map(|list| clusters(view, list, rarity).into_iter().map(|it| claim(view, &it)))
        .collect()
}

/// What each speaker, or several together, said.
pub(crate) fn by_speaker<'a>(view: &View<'a>) -> BTreeMap<Vec<CastIx>, Vec<Printing<'a>>> {
    let mut by_speaker: BTreeMap<Vec<CastIx>, Vec<Printing<'a>>> = BTreeMap::new();
    for report in &view.story.reports {
        for (ix, quote) in view.report(*report).annotations.quotes.iter().enumerate() {
            for printing in printings(view, *report, QuoteIx::from(ix), quote) {
                by_speaker.entry(printing.speakers.clone()).or_default().push(printing);
            }
        }
    }
    by_speaker
}

/// The printings of an attribution: each sentence of a longer utterance for itself, since others print only one of them.
fn printings<'a>(view: &View<'a>, report: ReportIx, ix: QuoteIx, quote: &'a Quote) -> Vec<Printing<'a>> {
    let Some(whole) = printing(view, report, ix, quote) else { return Vec::new() };
    let known = &view.report(report).annotations;
    let mut parts: Vec<(usize, Vec<Span>)> = Vec::new();
    for span in &quote.content {
        let from = known.sentences.partition_point(|it| it.span.end() <= span.start());
        let over = known.sentences[from..].iter().enumerate().take_while(|(_, it)| it.span.start() < span.end());
        for (nth, sentence) in over {
            let part = Span::new(span.start().max(sentence.span.start()), span.end().min(sentence.span.end()));
            match parts.last_mut() {
                Some((last, list)) if *last == from + nth => list.push(part),
                _ => parts.push((from + nth, vec![part])),
            }
        }
    }
    if parts.len() < 2 {
        return vec![whole];
    }
    let text = view.report(report).text();
    let mut found: Vec<Printing<'a>> = Vec::new();
    for (_, content) in parts {
        let mut terms = BTreeSet::new();
        for span in &content {
            terms.extend(view.terms(Anchor::new(report, *span)));
        }
        let all = cover(&content);
        let quoted = quote.quoted.iter().filter(|it| it.overlaps(all));
        let inside = |it: &Span| Span::new(it.start().max(all.start()), it.end().min(all.end()));
        let quoted: Vec<String> = quoted.map(|it| fold(inside(it).of(text))).collect();
        match found.last_mut() {
            // "This is delicate.": too short to be told from others, it stays with the sentence before it.
            Some(last) if terms.len() < 3 => {
                last.content.extend(content);
                last.terms.extend(terms);
                last.quoted = format!("{} {}", last.quoted, quoted.join(" "));
            }
            _ => {
                let (speakers, quoted) = (whole.speakers.clone(), quoted.join(" "));
                found.push(Printing { report, ix, quote, speakers, content, terms, quoted });
            }
        }
    }
    found
}

/// What is worth weighing: said once by somebody known, in more than two words of content.
fn printing<'a>(view: &View<'a>, report: ReportIx, ix: QuoteIx, quote: &'a Quote) -> Option<Printing<'a>> {
    let told = matches!(quote.form, QuoteForm::Statement | QuoteForm::Demand | QuoteForm::Narrated)
        && quote.score >= SCORE_MIN;
    if quote.repeat || !told || quote.content.is_empty() || quote.speakers.is_empty() {
        return None;
    }
    // Nobody "told" comes after the verb but the one who was told.
    let text = view.report(report).text();
    let told = quote.cue.first().is_some_and(|cue| {
        let after = quote.source.first().is_some_and(|it| it.start() > cue.start());
        after && matches!(cue.of(text).to_lowercase().as_str(), "told" | "tells" | "tell" | "telling")
    });
    if told {
        return None;
    }
    let mut speakers = Vec::new();
    for speaker in &quote.speakers {
        speakers.push(view.cast.of(report, *speaker)?);
    }
    speakers.sort_unstable();
    speakers.dedup();
    // A dateline in capitals is no speaker.
    let shouted = |it: &CastIx| {
        let name = &view.cast.member(*it).party.name;
        name.len() > 6 && !name.contains(char::is_lowercase)
    };
    if !speakers.iter().all(|it| view.cast.is_named(*it)) || speakers.iter().any(shouted) {
        return None;
    }
    // To agree, to plan or to refuse is an act, not a statement.
    let cues = quote.cue.iter().flat_map(|it| view.tokens(Anchor::new(report, *it)));
    let mut lemmas = cues.map(|it| view.lemma(report, it));
    let acts = ["agree", "plan", "refuse", "decide", "want", "accept", "order", "approve", "vote"];
    // What is told of somebody inside another's words is the other's to say.
    let told_inside = quote.nested_in.is_some() && quote.form == QuoteForm::Narrated;
    // A verb of saying takes a clause or a quotation; "seek" and "report on" do not.
    let says = |it: &str| view.lexicon.cue(it).is_some_and(|cue| cue.takes("that") || cue.takes("quote"));
    let lemmas: Vec<&str> = lemmas.by_ref().collect();
    // "described the talks as “hard but useful”" prints words of theirs.
    let printed = quote.quoted.iter().any(|it| MARKED_MIN <= it.of(text).split_whitespace().count());
    let verbal =
        quote.kind == QuoteKind::Direct || printed || lemmas.iter().any(|it| says(it) || *it == "accord" || *it == ":");
    if told_inside || !verbal || lemmas.iter().any(|it| acts.contains(it)) {
        return None;
    }
    let mut terms = BTreeSet::new();
    for span in &quote.content {
        terms.extend(view.terms(Anchor::new(report, *span)));
    }
    if terms.len() < 2 {
        return None;
    }
    let quoted: Vec<String> = quote.quoted.iter().map(|it| fold(it.of(text))).collect();
    Some(Printing { report, ix, quote, speakers, content: quote.content.clone(), terms, quoted: quoted.join(" ") })
}

/// Puts the printings of one utterance together: the fullest first, each of the others to the first it matches.
fn clusters<'a>(view: &View<'a>, mut list: Vec<Printing<'a>>, rarity: &Rarity) -> Vec<Vec<Printing<'a>>> {
    list.sort_by(|a, b| {
        b.terms.len().cmp(&a.terms.len()).then_with(|| (a.report, a.ix, &a.content).cmp(&(b.report, b.ix, &b.content)))
    });
    let words: Vec<Words> = list.iter().map(|it| Words::new(view, it.report, &it.content, it.is_marked())).collect();
    let likely: BTreeSet<(usize, usize)> = features(&words, all(words.len()), rarity)
        .into_iter()
        .filter(|it| LIKELY_MIN <= STATEMENTS.likely(&it.1))
        .map(|it| it.0)
        .collect();
    let mut found: Vec<Vec<usize>> = Vec::new();
    for (ix, printing) in list.iter().enumerate() {
        let same = |other: &usize| {
            let it = &list[*other];
            let both = it.terms.intersection(&printing.terms).count();
            let marks = is_within(&printing.quoted, &it.quoted) || is_within(&it.quoted, &printing.quoted);
            let telling = it.terms.intersection(&printing.terms).filter(|it| rarity.is_telling(it)).count();
            marks
                || likely.contains(&(*other, ix))
                || ((both >= 3 || telling >= 2) && rarity.containment(&it.terms, &printing.terms) >= SAME_WORDS_MIN)
        };
        match found.iter_mut().find(|cluster| cluster.iter().any(same)) {
            Some(cluster) => cluster.push(ix),
            None => found.push(vec![ix]),
        }
    }
    let mut list: Vec<Option<Printing<'a>>> = list.into_iter().map(Some).collect();
    found.into_iter().map(|cluster| cluster.into_iter().filter_map(|it| list[it].take()).collect()).collect()
}

/// Whether words in marks stand in other words in marks, and are enough to be theirs.
fn is_within(words: &str, whole: &str) -> bool {
    MARKED_MIN <= words.split(' ').filter(|it| !it.is_empty()).count() && whole.contains(words.trim())
}

/// One claim from the printings of one utterance.
fn claim(view: &View<'_>, printings: &[Printing<'_>]) -> Claim {
    let best = fullest(view, printings);
    let shown = &printings[best];
    let text = view.report(shown.report).text();
    let cue = shown.quote.cue.first().copied().unwrap_or_default();
    let cue_token = view.tokens(Anchor::new(shown.report, cue)).next();
    let known = &view.report(shown.report).annotations;
    let content = StatementContent {
        speakers: view.cast.parties(shown.speakers.iter().copied()),
        cue: cue_token.map_or_else(|| cue.of(text).to_lowercase(), |it| view.lemma(shown.report, it).to_lowercase()),
        kind: shown.quote.kind,
        content: shown.content.iter().map(|it| Anchor::new(shown.report, *it)).collect(),
        quoted: shown
            .quote
            .quoted
            .iter()
            .filter(|it| it.overlaps(cover(&shown.content)))
            .map(|it| Anchor::new(shown.report, *it))
            .collect(),
        date: shown.quote.date.and_then(|it| known.times.get(it.ix())).and_then(|it| it.value.clone()),
        topic: None,
    };
    let wording = |it: &Printing<'_>| fold(cover(&it.content).of(view.report(it.report).text()));
    let fullest = wording(shown);
    let variants: Vec<Variant> = printings
        .iter()
        .enumerate()
        .filter(|(ix, it)| *ix != best && !fullest.contains(wording(it).trim_end_matches(['.', ','])))
        .map(|(_, it)| {
            let both_marked = it.quote.kind != QuoteKind::Indirect && shown.quote.kind != QuoteKind::Indirect;
            let value = cover(&it.content).of(view.report(it.report).text());
            Variant {
                anchor: it.anchor(),
                value: value.split_whitespace().collect::<Vec<_>>().join(" "),
                nature: if both_marked { Nature::QuoteWording } else { Nature::Wording },
            }
        })
        .collect();
    let tally = tally(view, printings.iter().map(Printing::anchor).collect());
    let spoken = if shown.quote.kind == QuoteKind::Indirect { 0.0 } else { 0.3 };
    Claim {
        id: "s".to_owned(),
        verdict: verdict(view, &tally, Difference::Same, &variants),
        weight: weight(view, &tally.support) * 0.9 + spoken,
        content: Content::Statement(content),
        support: tally.support,
        variants,
        reports: tally.reports,
        origins: tally.origins,
        silent: tally.silent,
    }
}

/// The printing to show: in marks rather than not, from a report that is no rewrite, the longest.
fn fullest(view: &View<'_>, printings: &[Printing<'_>]) -> usize {
    let rank = |it: &Printing<'_>| {
        let original = crate::verdict::parents(view, it.report).is_empty();
        let kind = match it.quote.kind {
            QuoteKind::Direct => 2,
            QuoteKind::Mixed => 1,
            QuoteKind::Indirect => 0,
        };
        let length: u32 = it.content.iter().map(|it| it.len()).sum();
        (original, !view.in_headline(it.anchor()), kind, length.min(400))
    };
    let mut best = 0;
    for ix in 1..printings.len() {
        if rank(&printings[ix]) > rank(&printings[best]) {
            best = ix;
        }
    }
    best
}

/// From the first to the last byte of some spans.
pub(crate) fn cover(spans: &[Span]) -> Span {
    spans.iter().copied().reduce(Span::cover).unwrap_or_default()
}
