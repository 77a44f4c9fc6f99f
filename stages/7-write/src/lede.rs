//! The news itself, in the words of the report whose opening most others share.

use rapporteur_model::{Anchor, CitedSentence, Relation, RelationKind, Role};

use crate::plan::Draft;
use crate::retell;
use crate::witness::WITNESS_MIN;
use crate::words::{Needle, stems};

/// Sentences of a report's opening.
const OPENING_SENTENCES: usize = 2;

impl Draft<'_> {
    /// The news itself: the opening sentence that most other reports open with too, in its own words. Reporters put what
    /// matters first; where their openings agree, that is the event.
    pub(crate) fn lede(&self) -> Option<CitedSentence> {
        let view = self.view;
        let mut best: Option<(usize, f32, CitedSentence)> = None;
        for ix in view.story {
            let report = view.report(*ix);
            let body = |it: &&rapporteur_model::Sentence| {
                let role = report.article.blocks.get(it.block.ix()).map(|it| it.role);
                matches!(role, Some(Role::Body | Role::Standfirst)) && !it.repeat
            };
            let opening = report.annotations.sentences.iter().filter(body).take(OPENING_SENTENCES);
            // A dateline alone, or a label, is no opening.
            let retold = opening
                .map(|it| Anchor::new(*ix, it.span))
                .find_map(|it| Some((it, retell::sentence(view, it, None)?)));
            let Some((anchor, text)) = retold else {
                continue;
            };
            let is_child = |it: &Relation| it.derived_and_parent().is_some_and(|it| it.0 == *ix);
            let rewrite = view.relations.pairs.iter().any(|it| it.kind == RelationKind::Rewrite && is_child(it));
            if rewrite || stems(&view.line(anchor)).len() < 4 {
                continue;
            }
            let mut citations = vec![anchor];
            let mut liked = 0.0;
            for (_, (score, place)) in self.witnesses(anchor, &Needle::new(&text)) {
                if score >= WITNESS_MIN {
                    citations.push(place);
                    liked += score;
                }
            }
            let n_origins = self.n_origins(&citations);
            let Some(mut made) = CitedSentence::new(text, citations) else {
                continue;
            };
            if n_origins < 2 && view.origins().len() > 1 {
                continue;
            }
            made.verdict = None;
            if best.as_ref().is_none_or(|it| (n_origins, liked) > (it.0, it.1)) {
                best = Some((n_origins, liked, made));
            }
        }
        best.map(|it| it.2)
    }
}
