//! Figures and pledges: for each measure the values that are stated, and by whom. Never summed.

use std::collections::BTreeMap;

use rapporteur_model::{Anchor, Claim, ClaimIx, Content, Figure, FigureEntry, Party, ReportIx, StatedValue};

use super::origins;
use crate::story::View;

pub(super) fn entries(view: &View<'_>, claims: &[Claim]) -> Vec<FigureEntry> {
    let mut entries = Vec::new();
    for (ix, claim) in claims.iter().enumerate() {
        let Content::Figure(content) = &claim.content else { continue };
        let mut by_value: BTreeMap<String, Vec<Anchor>> = BTreeMap::new();
        for at in claim.support.iter().chain(claim.variants.iter().map(|it| &it.anchor)) {
            let known = figure(view, *at, &content.unit);
            let words = known
                .map_or_else(|| content.printed.clone(), |it| it.span.of(view.report(at.report).text()).to_owned());
            by_value.entry(one_line(&words)).or_default().push(*at);
        }
        let mut values: Vec<StatedValue> = by_value
            .into_iter()
            .map(|(printed, mut support)| {
                support.sort_unstable();
                support.dedup();
                StatedValue { printed, origins: origins(view, &support), support }
            })
            .collect();
        values.sort_by(|one, other| {
            other.origins.len().cmp(&one.origins.len()).then_with(|| one.support.cmp(&other.support))
        });
        let pledges: Vec<(ReportIx, &Figure)> = claim
            .support
            .iter()
            .filter_map(|at| Some((at.report, figure(view, *at, &content.unit)?)))
            .filter(|it| it.1.status.is_some() || it.1.giver.is_some())
            .collect();
        let named = |pick: fn(&Figure) -> Option<rapporteur_model::ActorIx>| -> Option<Party> {
            let found = pledges.iter().filter_map(|(report, it)| view.cast.of(*report, pick(it)?));
            let member = found.into_iter().find(|it| view.cast.is_named(*it))?;
            Some(view.cast.member(member).party.clone())
        };
        entries.push(FigureEntry {
            claim: ClaimIx::from(ix),
            concept: content.concept.clone(),
            unit: content.unit.clone(),
            values,
            giver: named(|it| it.giver),
            recipient: named(|it| it.recipient),
            status: pledges.iter().filter_map(|it| it.1.status).max().map(|it| it.as_str().to_owned()),
        });
    }
    entries
}

/// The figure a claim's words hold: of its unit, else the first.
fn figure<'a>(view: &View<'a>, at: Anchor, unit: &str) -> Option<&'a Figure> {
    let known = &view.report(at.report).annotations.figures;
    let mut inside = known.iter().filter(|it| at.span.contains(it.span) || it.span.contains(at.span));
    let first = inside.clone().next();
    inside.find(|it| it.normalized_unit == unit).or(first)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
