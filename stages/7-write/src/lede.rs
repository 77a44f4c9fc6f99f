//! The news itself, in the words of the report whose opening most others share.

use std::collections::BTreeSet;

use rapporteur_model::{Anchor, CitedSentence, ReportIx, Role};

use crate::plan::Draft;
use crate::witness::VOICE_MIN;
use crate::words::{Needle, marked, stems};
use crate::{openings, retell};

/// Sentences of a report's opening.
const OPENING_SENTENCES: usize = 3;
/// Sentences of a report, from its top, among which those are looked for that others share.
const UPPER_SENTENCES: usize = 10;

/// How much an opening of a day before the last, or of no stated day, counts.
const OLDER: f32 = 0.6;

/// How much it counts that an opening tells what the headline says, beside the origins and the titles.
const HEADED: f32 = 1.5;

/// An opening that no other bears out must have so much of the titles' words on average.
const NAMED_MIN: f32 = 0.2;

/// A sentence in a report's own words that others bear out.
struct Shared {
    n_origins: usize,
    n_voices: usize,
    /// How many, how well, and how near the top.
    weight: f32,
    made: CitedSentence,
}

impl Draft<'_> {
    /// The news itself: the opening sentence that most other reports open with too, in its own words. Reporters put what
    /// matters first; where their openings agree, that is the event.
    ///
    /// The best first: where no two origins open alike, most reports do; where none bears another's opening out, the one that
    /// the others are most like is better than none at all.
    pub(crate) fn ledes(&self) -> Vec<CitedSentence> {
        let titles: Vec<BTreeSet<String>> = self.view.story.iter().filter_map(|ix| self.title_words(*ix)).collect();
        let n_origins = self.view.origins().len().clamp(1, 3) as f32;
        let mut found: Vec<Shared> = Vec::new();
        for ix in self.view.story {
            for anchor in self.upper(*ix, OPENING_SENTENCES) {
                // A dateline alone, or a label, is no opening.
                if openings::opens_with_bare_thing(self.view, anchor) {
                    continue;
                }
                let Some(text) = retell::sentence(self.view, anchor, None) else { continue };
                let words = stems(&text);
                let Some(mut shared) = self.borne_out(anchor, text, 0) else { continue };
                // Titles name the event, whatever a report opens with.
                let share = |it: &BTreeSet<String>| it.intersection(&words).count() as f32 / it.len().max(1) as f32;
                let named = titles.iter().map(share).sum::<f32>() / titles.len().max(1) as f32;
                if shared.n_voices < 2 && !titles.is_empty() && named < NAMED_MIN {
                    continue;
                }
                shared.weight =
                    (shared.n_origins as f32 / n_origins).min(1.0) + named + HEADED * share(self.headline());
                // The last word on a matter is in the later reports.
                if self.is_not_of_last_day(*ix) {
                    shared.weight *= OLDER;
                }
                found.push(shared);
            }
        }
        // Ties in the order of the reports.
        found.sort_by(|one, other| other.weight.total_cmp(&one.weight));
        found.into_iter().map(|it| it.made).collect()
    }

    /// Whether others state a later day, or a day at all.
    fn is_not_of_last_day(&self, ix: ReportIx) -> bool {
        let published = self.view.report(ix).article.metadata.date_published.as_ref();
        let day = published.and_then(|it| it.value.get(..10));
        self.view.as_of.as_deref().is_some_and(|as_of| day.is_none_or(|it| it < as_of))
    }

    /// The content words of a report's title.
    fn title_words(&self, ix: ReportIx) -> Option<BTreeSet<String>> {
        let title = self.view.report(ix).article.metadata.title.as_ref()?;
        Some(stems(&title.value)).filter(|it| !it.is_empty())
    }

    /// Sentences of the upper parts of reports that other origins tell too, those that most tell first. They fill the brief
    /// where what is shared is no act or figure of ours.
    pub(crate) fn shared_sentences(&self) -> Vec<CitedSentence> {
        let mut found: Vec<Shared> = Vec::new();
        for ix in self.view.story {
            for (depth, anchor) in self.upper(*ix, UPPER_SENTENCES).into_iter().enumerate() {
                let Some(text) = retell::sentence(self.view, anchor, None) else { continue };
                let n_min = self.view.origins().len().min(2);
                found.extend(self.borne_out(anchor, text, depth).filter(|it| n_min <= it.n_origins));
            }
        }
        // Ties in the order of the reports.
        found.sort_by(|one, other| other.weight.total_cmp(&one.weight));
        found.into_iter().map(|it| it.made).collect()
    }

    /// The first sentences of a report's running text; none of a rewrite.
    fn upper(&self, ix: ReportIx, n_max: usize) -> Vec<Anchor> {
        let report = self.view.report(ix);
        let body = |it: &&rapporteur_model::Sentence| {
            let role = report.article.blocks.get(it.block.ix()).map(|it| it.role);
            matches!(role, Some(Role::Body | Role::Standfirst)) && !it.repeat
        };
        if self.view.is_rewrite(ix) || self.view.is_of_another_time(ix) {
            return Vec::new();
        }
        report.annotations.sentences.iter().filter(body).take(n_max).map(|it| Anchor::new(ix, it.span)).collect()
    }

    /// A sentence with those of other reports that bear it out; `None` when it says too little.
    fn borne_out(&self, anchor: Anchor, text: String, depth: usize) -> Option<Shared> {
        if self.view.said(anchor).words.len() < 4 {
            return None;
        }
        let mut citations = vec![anchor];
        let mut liked = 1.0;
        let needle = Needle::new(&text);
        let marked = marked(&text);
        // Whoever tells about half of it is a voice; only who tells it all but a word is cited.
        let mut voices = vec![anchor];
        for (_, (score, place)) in self.witnesses(anchor, &needle) {
            liked += score;
            if score >= VOICE_MIN {
                voices.push(place);
            }
            if score >= needle.enough() && self.holds(place, &marked) {
                citations.push(place);
            }
        }
        let n_origins = self.n_origins(&voices);
        let weight = (n_origins as f32 + 0.2 * liked) / (1.0 + depth as f32 / 5.0);
        let mut made = CitedSentence::new(text, citations)?;
        made.verdict = None;
        if n_origins < 2 && 1 < self.view.origins().len() {
            made.note = Some("one origin".to_owned());
        }
        Some(Shared { n_origins, n_voices: voices.len(), weight, made })
    }
}
