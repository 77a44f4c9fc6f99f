//! Reports and claims as a STIX 2.1 bundle: for programs that keep reports of many kinds in one place.
//!
//! A report is a `report` object with its outlet, an `identity`; a claim is a `note` on the reports that say so; a story is a
//! `report` of its reports and notes. Ids are UUIDs of version 5 made of what the object says, in a name space of our own, so
//! the same reports give the same ids.
//!
//! STIX wants times of creation, and reports may state none. `created` and `published` are the date the report states: the
//! label `hour-not-stated` or `zone-not-stated` says that midnight or UTC was filled in, and `date-not-stated` that
//! 1970-01-01 stands for no date at all. A note is as old as the latest report that says so, a story as its latest report;
//! identities, which have no date, have 1970-01-01. The time of the run is nowhere.

use std::collections::BTreeMap;

use rapporteur_model::ReportIx;
use serde_json::{Value, json};

use super::run::{Moment, address, moment, plain, pretty, put, report, reports, uuid};
use super::table::kind;
use super::{Export, Page, Write};

pub(crate) const EXPORT: Export = Export {
    name: "stix",
    extension: "json",
    media_type: "application/stix+json;version=2.1",
    about: "reports, outlets and claims as a bundle (STIX 2.1)",
    write: Write::Text(write),
};

const NO_DATE: &str = "1970-01-01T00:00:00.000Z";

fn write(pages: &[Page<'_>]) -> String {
    let program = id("identity", &["rapporteur"]);
    let mut objects = vec![identity(&program, "rapporteur", "system")];
    let mut outlets: BTreeMap<String, String> = BTreeMap::new();
    for (ix, page) in reports(pages) {
        if let Some(name) = outlet(page, ix) {
            outlets.entry(name).or_default();
        }
    }
    for (name, known) in &mut outlets {
        *known = id("identity", &["outlet", name]);
        objects.push(identity(known, name, "organization"));
    }
    for (ix, page) in reports(pages) {
        let source = outlet(page, ix).and_then(|it| outlets.get(&it));
        objects.push(report_object(page, ix, source.unwrap_or(&program), &program));
    }
    for page in pages {
        story(page, &program, &mut objects);
    }
    let ids: Vec<&str> = objects.iter().filter_map(|it| it["id"].as_str()).collect();
    pretty(&json!({ "type": "bundle", "id": id("bundle", &ids), "objects": objects }))
}

/// The name of an object of a type, made of what it says.
fn id(of: &str, parts: &[&str]) -> String {
    format!("{of}--{}", uuid(&[&["stix", of][..], parts].concat()))
}

fn id_of_report(page: &Page<'_>, ix: ReportIx) -> String {
    let report = &report(page, ix).article.report;
    id("report", &[&report.id, &report.raw_sha256])
}

fn outlet(page: &Page<'_>, ix: ReportIx) -> Option<String> {
    let name = report(page, ix).article.metadata.outlet.as_ref().map(|it| plain(&it.value));
    name.filter(|it| !it.is_empty())
}

/// What every object has.
fn object(of: &str, id: &str, created: &str, modified: &str) -> Value {
    json!({ "type": of, "spec_version": "2.1", "id": id, "created": created, "modified": modified })
}

fn identity(id: &str, name: &str, class: &str) -> Value {
    let mut it = object("identity", id, NO_DATE, NO_DATE);
    put(&mut it, "name", Some(name));
    put(&mut it, "identity_class", Some(class));
    it
}

/// When a report says it was published, else last changed.
fn stated(page: &Page<'_>, ix: ReportIx) -> Option<Moment> {
    let meta = &report(page, ix).article.metadata;
    [&meta.date_published, &meta.date_modified].into_iter().flatten().find_map(|it| moment(&it.value))
}

/// The latest date of some reports, with its label.
fn latest(page: &Page<'_>, list: impl Iterator<Item = ReportIx>) -> (String, Option<&'static str>) {
    let found = list.filter_map(|it| stated(page, it)).max();
    found.map_or_else(|| (NO_DATE.to_owned(), Some("date-not-stated")), |it| (it.utc, it.filled))
}

fn report_object(page: &Page<'_>, ix: ReportIx, about: &str, program: &str) -> Value {
    let source = report(page, ix);
    let meta = &source.article.metadata;
    let (created, filled) = latest(page, std::iter::once(ix));
    let changed = meta.date_modified.as_ref().and_then(|it| moment(&it.value)).map(|it| it.utc);
    // A page that says it was changed before it was published is not believed.
    let modified = changed.filter(|it| filled != Some("date-not-stated") && created < *it);
    let mut it = object("report", &id_of_report(page, ix), &created, modified.as_ref().unwrap_or(&created));
    put(&mut it, "created_by_ref", Some(program));
    let title = meta.title.as_ref().map(|it| plain(&it.value)).filter(|it| !it.is_empty());
    put(&mut it, "name", Some(title.unwrap_or_else(|| source.id().to_owned())));
    put(&mut it, "published", Some(created));
    put(&mut it, "object_refs", Some(vec![about]));
    put(&mut it, "labels", filled.map(|it| vec![it]));
    let mut reference = json!({ "source_name": "rapporteur", "external_id": source.id() });
    if let Some(url) = address(source) {
        put(&mut reference, "url", Some(url));
    }
    put(&mut it, "external_references", Some(vec![reference]));
    it
}

/// The notes of a story's claims, then the story.
fn story(page: &Page<'_>, program: &str, objects: &mut Vec<Value>) {
    let account = page.account;
    let mut members: Vec<String> = account.reports.iter().map(|it| id_of_report(page, it.report)).collect();
    for claim in page.claims {
        let sentence = crate::sentence(claim, page.reports);
        let said_by: Vec<String> = claim.reports.iter().map(|it| id_of_report(page, *it)).collect();
        if said_by.is_empty() {
            continue;
        }
        let (created, filled) = latest(page, claim.reports.iter().copied());
        let (verdict, n_origins) = (claim.verdict.as_str(), claim.origins.len().to_string());
        let about = [&account.story, &claim.id, &sentence, verdict, &n_origins];
        let name = id("note", &[&about[..], &said_by.iter().map(String::as_str).collect::<Vec<_>>()].concat());
        let mut note = object("note", &name, &created, &created);
        put(&mut note, "created_by_ref", Some(program));
        put(&mut note, "abstract", Some(format!("{verdict}; independent origins: {n_origins}")));
        put(&mut note, "content", Some(sentence));
        put(&mut note, "object_refs", Some(said_by));
        let labels = [Some(kind(claim)), Some(verdict), filled];
        put(&mut note, "labels", Some(labels.into_iter().flatten().collect::<Vec<_>>()));
        objects.push(note);
        members.push(name);
    }
    let (created, filled) = latest(page, account.reports.iter().map(|it| it.report));
    let parts: Vec<&str> = std::iter::once(account.story.as_str()).chain(members.iter().map(String::as_str)).collect();
    let mut it = object("report", &id("report", &[&["story"][..], &parts].concat()), &created, &created);
    put(&mut it, "created_by_ref", Some(program));
    let headline = account.headline.as_ref().map(|it| it.text().to_owned());
    put(&mut it, "name", Some(headline.unwrap_or_else(|| format!("Story {}", account.story))));
    put(&mut it, "published", Some(created));
    members.extend(account.reports.is_empty().then(|| program.to_owned()));
    put(&mut it, "object_refs", Some(members));
    let labels: Vec<&str> = ["story"].into_iter().chain(filled).collect();
    put(&mut it, "labels", Some(labels));
    objects.push(it);
}
