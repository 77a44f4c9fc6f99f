//! What only one origin says.

use rapporteur_model::{Anchor, CitedSentence, Content, Verdict};

use crate::agenda::looks_ahead;
use crate::plan::Draft;
use crate::retell;
use crate::witness::shown;
use crate::words::stems;

impl Draft<'_> {
    /// What only one origin says and the brief has not told: short sentences first, long ones in what room is left.
    pub(crate) fn single(&mut self) -> Vec<CitedSentence> {
        if self.view.origins().len() < 2 {
            return Vec::new();
        }
        let mut allowance = self.words_left;
        let mut list = Vec::new();
        for n_words_max in [30, 45] {
            for ix in 0..self.view.claims.len() {
                let claim = &self.view.claims[ix];
                if list.len() >= 7 {
                    break;
                }
                let one = !matches!(claim.verdict, Verdict::Conflict | Verdict::DifferCompatible);
                if !one || claim.origins.len() != 1 {
                    continue;
                }
                let text = match &claim.content {
                    Content::Act(act) if act.asserted_by.is_empty() => self.act(act).map(|it| it.text),
                    Content::Figure(figure) => figure
                        .clause
                        .and_then(|it| retell::sentence(self.view, it, figure.printed_at.map(|it| it.span))),
                    _ => None,
                };
                let text = text.filter(|it| it.split(' ').count() <= n_words_max);
                let Some(mut made) = text.and_then(|it| self.cite(ix, it)) else {
                    continue;
                };
                // A forecast of an earlier day is no news.
                let is_overtaken = |it: Anchor| looks_ahead(made.text()) && self.is_of_earlier_day(it.report);
                // What a rewriter kept matters, wherever the first report had it.
                let is_far_down = || claim.support.iter().all(|it| self.matter.is_far_down(&self.sentences, *it));
                if shown(claim).is_none_or(|it| {
                    is_overtaken(it)
                        || is_far_down()
                        || !self.is_of_matter(it)
                        || !self.matter.touches(self.view, it) && !self.is_near_top(it)
                        || self.is_summary(it)
                        || self.shared(it)
                        || self.told_elsewhere(it, &stems(made.text()))
                }) {
                    continue;
                }
                // Two reports of the origin that give a figure show that it matters.
                let is_kept = matches!(claim.content, Content::Figure(_)) && 1 < claim.reports.len();
                if self.n_origins(made.citations()) > 1 || !is_kept && self.is_beside_the_news(&made) {
                    continue;
                }
                let told_by = shown(claim).map(|it| it.report);
                made.note = told_by.or(made.citations().first().map(|it| it.report)).and_then(|it| self.view.voice(it));
                let made = self.as_of_its_day(made);
                let text = made.text().to_owned();
                if self.take(made, &mut allowance, &mut list) {
                    self.introduce(ix, &text);
                }
            }
        }
        list
    }
}
