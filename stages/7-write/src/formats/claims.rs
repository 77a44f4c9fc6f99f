//! The claims as schema.org `Claim`s (JSON-LD): what is claimed, and the reports in which it appears.
//!
//! `firstAppearance` is given only when it is known which report the others have it from: every other report that says so
//! comes, by known directions, from that one, and that one from no source outside of the run. There is no `ClaimReview`: that
//! says whether a claim is true, and we only know who says so. Claims of all stories stand in one graph.

use std::collections::BTreeSet;

use rapporteur_model::{Claim, ReportIx};
use serde_json::{Value, json};

use super::run::{address, pairs, pretty, put, report, report_urn, reports, unseen, urn};
use super::{Export, Page, Write};

pub(crate) const EXPORT: Export = Export {
    name: "claims",
    extension: "jsonld",
    media_type: "application/ld+json",
    about: "each claim with the reports in which it appears (schema.org Claim)",
    write: Write::Text(write),
};

fn write(pages: &[Page<'_>]) -> String {
    let mut graph: Vec<Value> = reports(pages).into_iter().map(|(ix, page)| work(page, ix)).collect();
    // Derived and parent; only where the two are one voice does a claim of one come from the other.
    let lineage: Vec<(ReportIx, ReportIx)> = pairs(pages)
        .filter(|it| it.kind.is_lineage())
        .filter_map(rapporteur_model::Relation::derived_and_parent)
        .collect();
    let from_outside: BTreeSet<ReportIx> = unseen(pages).flat_map(|it| it.children.iter().copied()).collect();
    for page in pages {
        for claim in page.claims {
            let appearances: Vec<Value> = claim.reports.iter().map(|it| reference(page, *it)).collect();
            let mut node = json!({
                "@id": urn(&["claim", &page.account.story, &claim.id]),
                "@type": "Claim",
                "text": crate::sentence(claim, page.reports),
                "appearance": appearances,
            });
            let first = first(claim, &lineage).filter(|it| !from_outside.contains(it));
            put(&mut node, "firstAppearance", first.map(|it| reference(page, it)));
            graph.push(node);
        }
    }
    pretty(&json!({ "@context": "https://schema.org", "@graph": graph }))
}

fn reference(page: &Page<'_>, ix: ReportIx) -> Value {
    json!({ "@id": report_urn(page, ix) })
}

/// A report as a work.
fn work(page: &Page<'_>, ix: ReportIx) -> Value {
    let report = report(page, ix);
    let meta = &report.article.metadata;
    let mut node = json!({ "@id": report_urn(page, ix), "@type": "CreativeWork", "identifier": report.id() });
    put(&mut node, "headline", meta.title.as_ref().map(|it| it.value.clone()));
    put(&mut node, "url", address(report));
    put(&mut node, "datePublished", meta.date_published.as_ref().map(|it| it.value.clone()));
    put(&mut node, "dateModified", meta.date_modified.as_ref().map(|it| it.value.clone()));
    put(&mut node, "inLanguage", meta.language.as_ref().map(|it| it.value.clone()));
    let outlet = meta.outlet.as_ref().map(|it| json!({ "@type": "Organization", "name": it.value }));
    put(&mut node, "publisher", outlet);
    node
}

/// The report from which all others that say so have it.
fn first(claim: &Claim, lineage: &[(ReportIx, ReportIx)]) -> Option<ReportIx> {
    if claim.reports.len() < 2 {
        return None;
    }
    let has_parent = |it: ReportIx| lineage.iter().any(|(derived, _)| *derived == it);
    claim
        .reports
        .iter()
        .copied()
        .find(|root| !has_parent(*root) && claim.reports.iter().all(|it| it == root || comes_from(*it, *root, lineage)))
}

/// Whether a report comes from another, over others or not.
fn comes_from(report: ReportIx, from: ReportIx, lineage: &[(ReportIx, ReportIx)]) -> bool {
    let mut seen = BTreeSet::from([report]);
    let mut open = vec![report];
    while let Some(at) = open.pop() {
        for (_, parent) in lineage.iter().filter(|(derived, _)| *derived == at) {
            if *parent == from {
                return true;
            }
            if seen.insert(*parent) {
                open.push(*parent);
            }
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_found_over_others_and_a_ring_ends() {
        let ix = ReportIx;
        let lineage = [(ix(2), ix(1)), (ix(1), ix(0)), (ix(4), ix(5)), (ix(5), ix(4))];
        assert!(comes_from(ix(2), ix(0), &lineage));
        assert!(!comes_from(ix(0), ix(2), &lineage));
        assert!(!comes_from(ix(4), ix(0), &lineage));
    }
}
