//! Where the account is from, as W3C PROV-O (JSON-LD): reports, sources nobody gave us, sentences, and how they derive.
//!
//! A report is a `prov:Entity`. It `wasDerivedFrom` another where we know which of the two came first, and `wasRevisionOf` or
//! `wasQuotedFrom` where the relation says so; of pairs without a known direction nothing is said. A source outside of the
//! run is its `hadPrimarySource` when the whole report comes from it, and what it `wasQuotedFrom` when a part does. Sentences
//! are entities derived from the reports they cite, attributed to the program. Reports have the date they state themselves;
//! there is no time of the run, so that the same reports give the same bytes.

use rapporteur_model::{RelationKind, ReportIx};
use serde_json::{Value, json};

use super::run::{address, pairs, pretty, put, report, report_urn, reports, sentences, unseen, urn};
use super::{Export, Page, Write};

pub(crate) const EXPORT: Export = Export {
    name: "prov",
    extension: "jsonld",
    media_type: "application/ld+json",
    about: "which report and sentence comes from which report (W3C PROV-O)",
    write: Write::Text(write),
};

const AGENT: &str = "urn:rapporteur:software";

fn write(pages: &[Page<'_>]) -> String {
    let mut graph = vec![json!({
        "@id": AGENT,
        "@type": ["prov:Agent", "prov:SoftwareAgent"],
        "rdfs:label": concat!("rapporteur ", env!("CARGO_PKG_VERSION")),
    })];
    graph.extend(
        unseen(pages)
            .map(|it| json!({ "@id": urn(&["unseen", &it.name]), "@type": "prov:Entity", "rdfs:label": it.name })),
    );
    graph.extend(reports(pages).into_iter().map(|(ix, page)| entity(pages, page, ix)));
    for page in pages {
        account(page, &mut graph);
    }
    pretty(&json!({
        "@context": {
            "prov": "http://www.w3.org/ns/prov#",
            "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
            "dcterms": "http://purl.org/dc/terms/",
        },
        "@graph": graph,
    }))
}

/// A report with all that it comes from.
fn entity(pages: &[Page<'_>], page: &Page<'_>, ix: ReportIx) -> Value {
    let (mut derived, mut revised, mut quoted, mut influenced) = (vec![], vec![], vec![], vec![]);
    for pair in pairs(pages) {
        let Some((_, parent)) = pair.derived_and_parent().filter(|(it, _)| *it == ix) else { continue };
        let parent = reference(&report_urn(page, parent));
        match pair.kind {
            RelationKind::Version => revised.push(parent.clone()),
            RelationKind::Identical | RelationKind::NearCopy | RelationKind::Excerpt | RelationKind::Republication => {
                quoted.push(parent.clone());
            }
            // It names the other as a source; that words or facts were taken over is not known.
            RelationKind::Cites => influenced.push(parent.clone()),
            RelationKind::Rewrite | RelationKind::SecondHand | RelationKind::SharedWire | RelationKind::SharedQuote => {
            }
        }
        if pair.kind.is_lineage() {
            derived.push(parent);
        }
    }
    let mut primary = Vec::new();
    for source in unseen(pages) {
        let it = reference(&urn(&["unseen", &source.name]));
        if source.children.contains(&ix) {
            primary.push(it);
        } else if source.cited_by.iter().any(|(by, _)| *by == ix) {
            quoted.push(it);
        }
    }
    let report = report(page, ix);
    let meta = &report.article.metadata;
    let mut node = json!({
        "@id": report_urn(page, ix),
        "@type": "prov:Entity",
        "dcterms:identifier": report.id(),
    });
    put(&mut node, "rdfs:label", meta.title.as_ref().map(|it| it.value.clone()));
    put(&mut node, "dcterms:publisher", meta.outlet.as_ref().map(|it| it.value.clone()));
    put(&mut node, "dcterms:issued", meta.date_published.as_ref().map(|it| it.value.clone()));
    put(&mut node, "prov:atLocation", address(report).map(reference));
    for (name, list) in [
        ("prov:wasDerivedFrom", derived),
        ("prov:wasRevisionOf", revised),
        ("prov:wasQuotedFrom", quoted),
        ("prov:hadPrimarySource", primary),
        ("prov:wasInfluencedBy", influenced),
    ] {
        put(&mut node, name, (!list.is_empty()).then_some(list));
    }
    node
}

/// The account of a story as a collection of sentences, and each sentence with the reports it cites.
fn account(page: &Page<'_>, graph: &mut Vec<Value>) {
    let story = &page.account.story;
    let name = |n: usize| urn(&["sentence", story, &n.to_string()]);
    let members: Vec<Value> = sentences(page).map(|(n, _)| reference(&name(n))).collect();
    let mut node = json!({
        "@id": urn(&["account", story]),
        "@type": ["prov:Entity", "prov:Collection"],
        "prov:wasAttributedTo": reference(AGENT),
    });
    put(&mut node, "prov:hadMember", (!members.is_empty()).then_some(members));
    graph.push(node);
    for (n, sentence) in sentences(page) {
        let mut cited: Vec<ReportIx> = sentence.citations().iter().map(|it| it.report).collect();
        cited.dedup();
        let cited: Vec<Value> = cited.iter().map(|it| reference(&report_urn(page, *it))).collect();
        graph.push(json!({
            "@id": name(n),
            "@type": "prov:Entity",
            "prov:value": sentence.text(),
            "prov:wasDerivedFrom": cited,
            "prov:wasAttributedTo": reference(AGENT),
        }));
    }
}

fn reference(name: &str) -> Value {
    json!({ "@id": name })
}
