//! How much a claim matters: who leads with it, and how many origins have it.

use std::collections::BTreeMap;

use rapporteur_model::{Anchor, OriginIx, Role};

use crate::story::View;

/// The weight of a set of places: per origin that of its most prominent place, plus a little for each further report.
pub(crate) fn weight(view: &View<'_>, support: &[Anchor]) -> f32 {
    let mut best: BTreeMap<OriginIx, f32> = BTreeMap::new();
    let mut n_reports = std::collections::BTreeSet::new();
    for anchor in support {
        n_reports.insert(anchor.report);
        let here = prominence(view, *anchor);
        let slot = best.entry(view.origin(anchor.report)).or_insert(0.0);
        *slot = slot.max(here);
    }
    let extra = n_reports.len().saturating_sub(best.len());
    best.values().sum::<f32>() + 0.25 * extra as f32
}

/// How prominent a place is in its report: headline, summary, lede, then falling with the depth in the body.
pub(crate) fn prominence(view: &View<'_>, anchor: Anchor) -> f32 {
    let report = view.report(anchor.report);
    let Some((ix, _)) = view.sentence(anchor) else {
        return 0.2;
    };
    let sentences = &report.annotations.sentences;
    let role = |block: rapporteur_model::BlockIx| report.article.blocks.get(block.ix()).map(|it| it.role);
    match role(sentences[ix.ix()].block) {
        Some(Role::Headline) => 2.2,
        Some(Role::Standfirst | Role::KeyPoint) => 2.0,
        Some(Role::Body) => {
            let before = sentences[..ix.ix()].iter().filter(|it| role(it.block) == Some(Role::Body)).count();
            2.0 / (1.0 + before as f32 / 5.0)
        }
        _ => 0.5,
    }
}
