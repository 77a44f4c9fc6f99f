//! The headline: our own where the weightiest claims have one that our grammar can word, else a report's.

use std::collections::BTreeSet;

use rapporteur_model::{Anchor, CitedSentence, ClaimIx, Content, ReportIx};

use crate::plan::Draft;
use crate::words::{Needle, stems};
use crate::{acts, victims};

/// How much a title of a day before the last counts.
const OLDER_TITLE: f32 = 0.75;

/// Words of titles that announce a page rather than tell the news.
const SELLING: [&str; 20] = [
    "update:", "breaking:", "live", "as it happened", "video", "here's", "here’s", "how to", "what you", "what it",
    "what to", "why ", "everything", "explained", "watch", ", reviewed", "reacts to", "react to", "mystery of",
    "won't",
];

/// A title that counts is taken for one that says "several" where it is so much as good.
const VAGUE_TITLE: f32 = 0.6;
const VAGUE: [&str; 6] = ["several", "dozens", "scores", "many", "multiple", "some"];

/// How much one of them with a count does.
const OLDER_COUNT: f32 = 0.5;

/// A title declared beside the text stands where a sentence of the report has so much of its words.
const BORNE_OUT_MIN: f32 = 0.34;

/// A title of our own, when the weightiest claims have one that our grammar can word and two origins share.
pub(crate) fn title_made(draft: &Draft<'_>) -> Option<CitedSentence> {
    let view = draft.view;
    view.claims.iter().take(4).enumerate().find_map(|(ix, claim)| {
        let Content::Act(act) = &claim.content else {
            return None;
        };
        let text = acts::title(view, act).filter(|_| claim.origins.len() > 1)?;
        let mut made = CitedSentence::new(&text, draft.citations(claim, &text))?;
        made.claim = Some(ClaimIx::from(ix));
        Some(made)
    })
}

/// The title of the report that the weightiest claims are most like; one that only its names bind to the text where no other is.
pub(crate) fn title_taken(draft: &Draft<'_>) -> Option<CitedSentence> {
    best_title(draft, BORNE_OUT_MIN).or_else(|| best_title(draft, BORNE_OUT_MIN / 2.0))
}

fn best_title(draft: &Draft<'_>, least: f32) -> Option<CitedSentence> {
    let view = draft.view;
    let mut candidates: Vec<(f32, bool, CitedSentence)> = Vec::new();
    let all: Vec<BTreeSet<String>> = view
        .claims
        .iter()
        .take(12)
        .map(|claim| {
            let mut words = BTreeSet::new();
            for anchor in claim.support.iter().take(4) {
                words.extend(stems(&view.line(*anchor)));
            }
            words
        })
        .collect();
    let title_of = |ix: &ReportIx| Some((*ix, stems(&view.report(*ix).article.metadata.title.as_ref()?.value)));
    let titles: Vec<(ReportIx, BTreeSet<String>)> = view.story.iter().filter_map(title_of).collect();
    for ix in view.story {
        let report = view.report(*ix);
        let Some(title) = report.article.metadata.title.as_ref().filter(|_| !view.is_of_another_time(*ix)) else {
            continue;
        };
        let outlet = report.article.metadata.outlet.as_ref().map(|it| it.value.as_str());
        let text = without_outlet(&crate::view::one_line(&title.value), outlet);
        // A title declared beside the text is borne out by the report's own sentence that says the same.
        let needle = Needle::new(&text);
        let said = || {
            let own = draft.sentences.of(*ix).iter();
            let scored = own.map(|it| (needle.in_other(&it.said), it.at.span));
            let best = scored.reduce(|a, b| if b.0 > a.0 { b } else { a }).filter(|it| least <= it.0);
            // A title says "wins" where the sentence says "is projected to be elected": its names are enough to show where.
            let words = stems(&text);
            let n_shared = |it: &crate::said::Sentence| it.said.words.intersection(&words).count();
            let by_names = || {
                let own = draft.sentences.of(*ix).iter();
                let most = own.reduce(|a, b| if n_shared(b) > n_shared(a) { b } else { a });
                most.filter(|it| words.len() <= 2 * n_shared(it)).map(|it| it.at.span)
            };
            best.map(|it| it.1).or_else(|| if least < BORNE_OUT_MIN { by_names() } else { None })
        };
        let Some(span) = title.spans.first().copied().or_else(said) else {
            continue;
        };
        let n_words = text.split(' ').count();
        if !(4..=22).contains(&n_words) || text.ends_with('?') {
            continue;
        }
        if victims::is_stale(&text, view.claims) {
            continue;
        }
        let words = stems(&text);
        let liked: f32 = all.iter().map(|it| words.intersection(it).count() as f32 / words.len().max(1) as f32).sum();
        // What most titles say is what happened.
        let others = titles.iter().filter(|it| it.0 != *ix).map(|it| it.1.intersection(&words).count());
        let alike = others.sum::<usize>() as f32 / words.len().max(1) as f32;
        let liked = liked + alike;
        // The last word on a matter is in the later reports.
        let is_older = view.as_of.as_deref().is_some_and(|as_of| view.day(*ix).is_none_or(|day| day < as_of));
        let liked = if is_older { liked * OLDER_TITLE } else { liked };
        // A count goes stale first of all.
        let has_number = text.bytes().any(|it| it.is_ascii_digit());
        let counts = has_number || text.split(' ').any(victims::is_number);
        let liked = if is_older && has_number { liked * OLDER_COUNT } else { liked };
        let live = text.to_lowercase();
        let sells = SELLING.iter().any(|it| live.contains(it));
        let takes_sides = crate::retell::judges(&text) || crate::retell::in_first_person(&text) || is_chatty(&live);
        // "Former senator dies at 90": a headline names somebody or some place that the reports name.
        let names_nobody = !names_somebody(report, &text);
        let penalty = if sells || takes_sides || names_nobody { 0.5 } else { 1.0 };
        if let Some(made) = CitedSentence::new(text, vec![Anchor::new(*ix, span)]) {
            candidates.push((liked * penalty, counts, made));
        }
    }
    let best = |list: Vec<(f32, bool, CitedSentence)>| list.into_iter().reduce(|a, b| if b.0 > a.0 { b } else { a });
    let first = best(candidates.clone())?;
    // "Seven killed" says more than "Several dead".
    let is_vague = first.2.text().to_lowercase().split(' ').any(|it| VAGUE.contains(&it));
    candidates.retain(|it| is_vague && it.1 && first.0 * VAGUE_TITLE <= it.0);
    best(candidates).or(Some(first)).map(|it| it.2)
}

/// Whether a title has a name that the report's own text has in the middle of a sentence.
fn names_somebody(report: &rapporteur_model::Annotated, title: &str) -> bool {
    let known = &report.annotations;
    let is_name = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        let word = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
        1 < word.len() && known.tokens.iter().any(|it| it.pos == "PROPN" && it.span.of(report.text()) == word)
    };
    title.split([' ', '-']).any(|it| it.starts_with(char::is_uppercase) && is_name(it))
}

/// Words of a column, not of a report: "won't", "should come to the table", "a big deal".
fn is_chatty(lower: &str) -> bool {
    const WORDS: [&str; 8] = ["n't ", "n’t ", "should ", "must ", "big deal", "!", "getting ", "..."];
    WORDS.iter().any(|it| lower.contains(it))
}

/// "Ferry sinks - North Wire": who prints it is no part of the news.
fn without_outlet(title: &str, outlet: Option<&str>) -> String {
    const MARKS: [&str; 9] = [" « ", " - ", " – ", " — ", " | ", " .:. ", " :: ", " » ", " · "];
    let cut = MARKS.iter().filter_map(|it| title.rfind(it).map(|at| (at, at + it.len()))).max();
    let lexicon = rapporteur_lexicon::Lexicon::shared();
    // A paper that nobody lists is told by its own host: "Valley Sun" of valleysun.example.
    let letters =
        |it: &str| it.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let is_outlet = |it: &str| {
        // "VOA Breaking News": a part of an outlet.
        let first = it.split(' ').next().unwrap_or(it);
        lexicon.outlet(it).is_some()
            || 2 < first.len() && first.chars().all(char::is_uppercase) && lexicon.outlet(first).is_some()
            || 4 < it.len() && outlet.is_some_and(|own| letters(own).contains(&letters(it)))
    };
    match cut {
        Some((at, behind)) if title[..at].split(' ').count() >= 4 && is_outlet(&title[behind..]) => {
            title[..at].to_owned()
        }
        _ => title.to_owned(),
    }
}
