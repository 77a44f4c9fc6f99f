//! From words of saying to attributions: the likeliest content and source of every likely cue, and which to keep.

use rapporteur_model::Span;

use super::contents::{self, Candidate, Way};
use super::cues;
use super::sources::{self, Link, Source};
use super::weights::{Features, Weights};
use crate::view::{OUTSIDE, View, hash};

/// Cues less likely than this are not looked into.
const CUE_LOGIT_MIN: f32 = -2.9;

/// An attribution in tokens.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Attribution {
    pub(crate) cue: usize,
    pub(crate) cue_span: Span,
    pub(crate) content: Candidate,
    pub(crate) source: Source,
    /// 0 to 1.
    pub(crate) score: f32,
    /// What the last decision is made from.
    pub(crate) evidence: [f32; 10],
    /// Cue of the attribution that tells of this one, where that is known already.
    pub(crate) within: Option<usize>,
}

/// Everything that may be an attribution, in order of the cues, with the score of the last decision.
pub(crate) fn find(view: &View<'_>, weights: &Weights) -> Vec<Attribution> {
    let mut found = Vec::new();
    let mut f = Features::default();
    let (mut stretches, mut names) = (Vec::new(), Vec::new());
    for cue in 0..view.n() {
        if !cues::may_be(view, cue) {
            continue;
        }
        cues::features(view, cue, &mut f);
        let cue_logit = weights.cue.score(&f.slots);
        if cue_logit < CUE_LOGIT_MIN {
            continue;
        }
        contents::candidates(view, cue, &mut stretches);
        let Some((content, content_share, content_logit)) = best(&stretches, |it| {
            contents::features(view, cue, it, &mut f);
            weights.content.score(&f.slots)
        }) else {
            continue;
        };
        sources::candidates(view, cue, Some(&content), &mut names);
        let Some((source, source_share, source_logit)) = best(&names, |it| {
            sources::features(view, cue, Some(&content), it, &mut f);
            weights.source.score(&f.slots)
        }) else {
            continue;
        };
        let evidence = accept_features(
            cue_logit,
            content_share,
            content_logit,
            source_share,
            source_logit,
            content.way as u8,
            source.link == Link::Nobody,
        );
        whole_features(view, cue, &content, &source, &mut f);
        let score = accept(weights, &evidence, &f.slots, cue_logit);
        let first = content.parts[0].0;
        found.push(Attribution {
            cue,
            cue_span: cues::span(view, cue, Some(first)),
            content,
            source,
            score,
            evidence,
            within: None,
        });
    }
    found
}

/// The numbers of the last decision.
pub fn accept_features(
    cue: f32,
    content_share: f32,
    content: f32,
    source_share: f32,
    source: f32,
    way: u8,
    nobody: bool,
) -> [f32; 10] {
    let log = |share: f32| share.max(0.01).ln();
    let is_marked = (Way::MarkedBefore as u8..=Way::MarkedOn as u8).contains(&way);
    [
        1.0,
        cue.clamp(-5.0, 5.0),
        log(content_share),
        content.clamp(-10.0, 10.0) * 0.1,
        log(source_share),
        source.clamp(-10.0, 10.0) * 0.1,
        f32::from(u8::from(nobody)),
        f32::from(u8::from(is_marked)),
        f32::from(u8::from(way == Way::Right as u8)),
        f32::from(u8::from(
            way == Way::PreviousSentence as u8 || way == Way::SentenceBefore as u8 || way == Way::SentenceAfter as u8,
        )),
    ]
}

/// Says all that speaks for or against the attribution seen whole: who, how and what together.
pub(crate) fn whole_features(view: &View<'_>, cue: usize, content: &Candidate, source: &Source, f: &mut Features) {
    f.clear();
    let (lemma, tag, dep) = (view.lemma[cue], view.tag[cue], view.dep[cue]);
    let pos = hash(view.pos_of(cue));
    let saying = u32::from(view.saying[cue]);
    let (way, link) = (content.way as u32, source.link as u32);
    let (first, last) = content.parts[0];
    let root = contents::top(view, first, last);
    let marks = contents::marks_in(view, first, last);
    let is_nobody = source.link == Link::Nobody;
    let head = source.head;
    let (who, who_tag, who_name) =
        if is_nobody { (0, 0, 9) } else { (view.lemma[head], view.tag[head], u32::from(view.name[head])) };
    let length: usize = content.parts().iter().map(|(a, b)| b - a + 1).sum();
    let bucket = (usize::BITS - length.leading_zeros()).min(8);
    let has_clause = (first..=last).any(|at| matches!(view.tag_of(at), "VBD" | "VBZ" | "VBP" | "MD"));
    f.add(101, lemma, pos, 0);
    f.add(102, lemma, way, marks);
    f.add(103, lemma, link, 0);
    f.add(104, lemma, view.dep[root], view.tag[root]);
    f.add(105, lemma, who_tag, who_name);
    f.add(106, lemma, u32::from(has_clause), bucket);
    f.add(107, saying, way, marks);
    f.add(108, saying, link, dep);
    f.add(109, saying, view.dep[root], view.tag[root]);
    f.add(110, saying, who_tag, who_name);
    f.add(111, saying, u32::from(has_clause), bucket);
    f.add(112, who, saying, 0);
    f.add(113, who, way, marks);
    f.add(114, who_tag, who_name, way);
    f.add(115, who_tag, link, dep);
    f.add(116, tag, dep, way);
    f.add(117, view.lemma[first], lemma, 0);
    f.add(118, view.lemma[first], pos, way);
    f.add(119, view.lemma[root], pos, way);
    f.add(120, bucket, way, u32::from(has_clause));
    f.add(121, marks, way, u32::from(has_clause));
    let negated = u32::from(view.child(cue, &["neg"]).is_some());
    let auxiliary = view.child(cue, &["aux", "auxpass"]).map_or(0, |it| view.lemma[it]);
    f.add(122, negated, auxiliary, saying);
    f.add(123, auxiliary, lemma, 0);
    f.add(124, view.lemma[view.head(cue)], dep, pos);
    let particle = view.child(cue, &["prt", "prep"]).map_or(0, |it| view.lemma[it]);
    f.add(125, particle, lemma, way);
    let object = view.child(cue, &["dobj", "attr"]).map_or(0, |it| view.lemma[it]);
    f.add(126, object, lemma, 0);
    f.add(127, object, saying, way);
    f.add(130, u32::from(view.phrase[cue]), lemma, link);
    let inside = u32::from(view.marked_of[cue] != OUTSIDE);
    f.add(128, inside, marks, way);
    f.add(129, u32::from(view.block_of(cue) == view.block_of(0)), way, pos);
}

/// How sure the attribution is, 0 to 1.
fn accept(weights: &Weights, evidence: &[f32], slots: &[u32], cue: f32) -> f32 {
    let numbers = &weights.accept;
    let logit = if numbers.len() == evidence.len() {
        numbers.iter().zip(evidence).map(|(w, x)| w * x).sum::<f32>() + weights.whole.score(slots)
    } else {
        cue
    };
    1.0 / (1.0 + (-logit).exp())
}

/// The best by score, with its share among all and its score. Ties go to the first.
fn best<T: Copy>(all: &[T], mut score: impl FnMut(&T) -> f32) -> Option<(T, f32, f32)> {
    let mut top: Option<(T, f32)> = None;
    let mut scores = Vec::with_capacity(all.len());
    for it in all {
        let s = score(it);
        scores.push(s);
        if top.is_none_or(|(_, best)| s > best) {
            top = Some((*it, s));
        }
    }
    let (it, s) = top?;
    let total: f32 = scores.iter().map(|other| (other - s).exp()).sum();
    Some((it, 1.0 / total, s))
}

/// Keeps what is sure enough; of two with nearly the same content, the surer. "said … and said" stays two.
pub(crate) fn keep(view: &View<'_>, found: &[Attribution], score_min: f32) -> Vec<Attribution> {
    let mut kept: Vec<Attribution> = Vec::new();
    for it in found.iter().filter(|it| it.score >= score_min) {
        let spans = it.content.spans(view);
        let twin = kept.iter().rposition(|other| {
            let near = it.cue - other.cue < 120;
            near && super::training::overlap(&other.content.spans(view), &spans) > 0.6
        });
        match twin {
            Some(at) if kept[at].score < it.score => {
                kept.remove(at);
                kept.push(*it);
            }
            Some(_) => {}
            None => kept.push(*it),
        }
    }
    kept
}
