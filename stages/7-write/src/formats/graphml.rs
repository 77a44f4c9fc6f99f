//! The lineage of the reports as a GraphML graph: a node a report and a node a source outside of the run, an edge a relation.
//!
//! An edge leads from the derived report to its parent. Where the direction is not known it leads from the first to the
//! second by id and its `direction` is `unknown`: a graph with edges of both sorts is legal, but common readers refuse it.
//! All stories stand in one graph; the `story` of a node tells them apart.

use std::io::{Error, Write as _};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use rapporteur_model::{CitedKind, ReportIx};

use super::run::{address, escaped, pairs, plain, report, reports, unseen};
use super::{Export, Page, Write};

pub(crate) const EXPORT: Export = Export {
    name: "graphml",
    extension: "graphml",
    media_type: "application/graphml+xml",
    about: "which report comes from which, as a graph (GraphML)",
    write: Write::Text(write),
};

/// What a node (`true`) or an edge has, in the order of the keys.
const KEYS: &[(bool, &str)] = &[
    (true, "label"),
    (true, "kind"),
    (true, "report"),
    (true, "story"),
    (true, "origin"),
    (true, "outlet"),
    (true, "date"),
    (true, "url"),
    (false, "relation"),
    (false, "direction"),
    (false, "because"),
];

type Xml = Writer<Vec<u8>>;

fn write(pages: &[Page<'_>]) -> String {
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 1);
    // Writing into memory cannot fail.
    let _ = document(&mut xml, pages);
    let _ = xml.get_mut().write_all(b"\n");
    String::from_utf8(xml.into_inner()).unwrap_or_default()
}

fn document(xml: &mut Xml, pages: &[Page<'_>]) -> Result<(), Error> {
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let root = xml.create_element("graphml").with_attribute(("xmlns", "http://graphml.graphdrawing.org/xmlns"));
    root.write_inner_content(|xml| {
        for (is_node, name) in KEYS {
            let of = if *is_node { "node" } else { "edge" };
            let key = xml.create_element("key").with_attribute(("id", *name)).with_attribute(("for", of));
            key.with_attribute(("attr.name", *name)).with_attribute(("attr.type", "string")).write_empty()?;
        }
        let graph = xml.create_element("graph").with_attribute(("id", "lineage"));
        graph.with_attribute(("edgedefault", "directed")).write_inner_content(|xml| {
            nodes(xml, pages)?;
            edges(xml, pages)
        })?;
        Ok(())
    })?;
    Ok(())
}

fn nodes(xml: &mut Xml, pages: &[Page<'_>]) -> Result<(), Error> {
    for (ix, page) in reports(pages) {
        let report = report(page, ix);
        let meta = &report.article.metadata;
        let value = |it: &Option<rapporteur_model::Evidenced<String>>| it.as_ref().map(|it| it.value.clone());
        let date = value(&meta.date_published).or_else(|| value(&meta.date_modified));
        let facts = [
            ("label", value(&meta.title).or_else(|| Some(report.id().to_owned()))),
            ("kind", Some("report".to_owned())),
            ("report", Some(report.id().to_owned())),
            ("story", Some(page.account.story.clone())),
            ("origin", Some(page.letter(ix).to_owned())),
            ("outlet", value(&meta.outlet)),
            ("date", date),
            ("url", address(report).map(str::to_owned)),
        ];
        element(xml, "node", &[("id", &of_report(page, ix))], &facts)?;
    }
    for source in unseen(pages) {
        let facts = [("label", Some(source.name.clone())), ("kind", Some("unseen".to_owned()))];
        element(xml, "node", &[("id", &of_unseen(&source.name))], &facts)?;
    }
    Ok(())
}

fn edges(xml: &mut Xml, pages: &[Page<'_>]) -> Result<(), Error> {
    let Some(page) = pages.first() else { return Ok(()) };
    let known = reports(pages);
    for pair in pairs(pages) {
        let direction = if pair.derived_and_parent().is_some() { "known" } else { "unknown" };
        let (from, to) = pair.derived_and_parent().unwrap_or((pair.a, pair.b));
        let because = pair.because.join("; ");
        edge(xml, [&of_report(page, from), &of_report(page, to)], [pair.kind.as_str(), direction, &because])?;
    }
    for source in unseen(pages) {
        let parent = of_unseen(&source.name);
        for child in source.children.iter().filter(|it| known.contains_key(it)) {
            let credits = credits(page, *child, &source.name);
            edge(xml, [&of_report(page, *child), &parent], ["comes-from", "known", &credits])?;
        }
        let mut citing: Vec<ReportIx> = source.cited_by.iter().map(|(ix, _)| *ix).collect();
        citing.dedup();
        for child in citing.iter().filter(|it| known.contains_key(it) && !source.children.contains(it)) {
            let words: Vec<String> = source
                .cited_by
                .iter()
                .filter(|(ix, _)| ix == child)
                .map(|(ix, span)| plain(span.of(report(page, *ix).text())))
                .collect();
            edge(xml, [&of_report(page, *child), &parent], ["draws-on", "known", &words.join("; ")])?;
        }
    }
    Ok(())
}

/// The report's own words that credit the source it comes from as a whole, where it has such.
fn credits(page: &Page<'_>, ix: ReportIx, source: &str) -> String {
    let report = report(page, ix);
    let cited = report.article.cited.iter().filter(|it| it.name == source && it.kind != CitedKind::Picture);
    cited.map(|it| plain(it.span.of(report.text()))).collect::<Vec<_>>().join("; ")
}

fn edge(xml: &mut Xml, ends: [&str; 2], [relation, direction, because]: [&str; 3]) -> Result<(), Error> {
    let because = (!because.is_empty()).then(|| because.to_owned());
    let facts =
        [("relation", Some(relation.to_owned())), ("direction", Some(direction.to_owned())), ("because", because)];
    element(xml, "edge", &[("source", ends[0]), ("target", ends[1])], &facts)
}

/// A node or edge with the facts that are known.
fn element(
    xml: &mut Xml,
    name: &str,
    attributes: &[(&str, &str)],
    facts: &[(&str, Option<String>)],
) -> Result<(), Error> {
    xml.create_element(name).with_attributes(attributes.iter().copied()).write_inner_content(|xml| {
        for (key, value) in facts {
            if let Some(value) = value {
                let data = xml.create_element("data").with_attribute(("key", *key));
                data.write_text_content(BytesText::new(&plain(value)))?;
            }
        }
        Ok(())
    })?;
    Ok(())
}

// Ids of nodes are name tokens of XML, which have no spaces and few signs.
fn of_report(page: &Page<'_>, ix: ReportIx) -> String {
    format!("report-{}", escaped(report(page, ix).id(), '_', "-."))
}

fn of_unseen(name: &str) -> String {
    format!("unseen-{}", escaped(name, '_', "-."))
}
