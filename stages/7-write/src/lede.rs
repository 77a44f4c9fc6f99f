//! The news itself, in the words of the report whose opening most others share.

use rapporteur_model::{Anchor, CitedSentence, Direction, RelationKind, ReportIx, Role};

use crate::plan::Draft;
use crate::retell;
use crate::witness::WITNESS_MIN;
use crate::words::{Needle, Said, stems};

/// Sentences of a report's opening.
const OPENING_SENTENCES: usize = 4;

impl Draft<'_> {
    /// The news itself: the opening sentence that most other reports open with too, in its own words. Reporters put what
    /// matters first; where their openings agree, that is the event.
    pub(crate) fn lede(&self) -> Option<CitedSentence> {
        let view = self.view;
        // The first sentences of running text of each report.
        let openings: Vec<(ReportIx, Vec<Said>)> = view
            .story
            .iter()
            .map(|ix| {
                let report = view.report(*ix);
                let body = |it: &&rapporteur_model::Sentence| {
                    let role = report.article.blocks.get(it.block.ix()).map(|it| it.role);
                    matches!(role, Some(Role::Body | Role::Standfirst)) && !it.repeat
                };
                let first = report.annotations.sentences.iter().filter(body).take(OPENING_SENTENCES);
                let list = first.map(|it| Anchor::new(*ix, it.span));
                (*ix, list.map(|it| (it, stems(&view.line(it)))).collect())
            })
            .collect();
        let mut best: Option<(usize, f32, CitedSentence)> = None;
        for (ix, list) in &openings {
            // A dateline alone, or a label, is no opening.
            let Some((anchor, words)) = list.iter().take(2).find(|it| retell::sentence(view, it.0).is_some()) else {
                continue;
            };
            let rewrite = view.relations.pairs.iter().any(|it| {
                let child = match it.direction {
                    Direction::AFromB => it.a,
                    Direction::BFromA => it.b,
                    Direction::Unknown => return false,
                };
                child == *ix && it.kind == RelationKind::Rewrite
            });
            let Some(text) = retell::sentence(view, *anchor).filter(|_| !rewrite && words.len() >= 4) else {
                continue;
            };
            let mut citations = vec![*anchor];
            let mut liked = 0.0;
            for (_, (score, place)) in self.witnesses(*anchor, &Needle::new(&text)) {
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
