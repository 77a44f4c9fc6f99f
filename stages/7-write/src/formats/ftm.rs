//! Reports, actors and acts as FollowTheMoney entities, a line of JSON each, for Aleph, OpenAleph and their tools.
//!
//! A report is an `Article`. Who acts, speaks or states a figure is a `Person`, a `PublicBody` (a state), an `Organization`, or,
//! where we know no more than that somebody does, a `LegalEntity`; its `proof` are the articles. An act that took place, goes on
//! or is scheduled is an `Event`; what is only demanded, expected or denied is none, for an event in a graph reads as one that
//! was. Ids are made of the story and the actor's id there: that people of two stories are one is for others to say.

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_model::{ActorKind, Claim, Content, Party, Realis, ReportIx};
use serde_json::{Map, Value, json};

use super::run::{address, moment, plain, report, reports, uuid};
use super::{Export, Page, Write};

pub(crate) const EXPORT: Export = Export {
    name: "ftm",
    extension: "jsonl",
    media_type: "application/json+ftm",
    about: "reports, actors and acts as entities, a line each (FollowTheMoney)",
    write: Write::Text(write),
};

/// A name longer than this is cut; the summary has all of it.
const NAME_CHARS_MAX: usize = 250;

fn write(pages: &[Page<'_>]) -> String {
    let mut lines: Vec<Value> = reports(pages).into_iter().map(|(ix, page)| article(page, ix)).collect();
    for page in pages {
        lines.extend(actors(page));
        lines.extend(page.claims.iter().filter_map(|it| event(page, it)));
    }
    lines.iter().fold(String::new(), |text, it| text + &it.to_string() + "\n")
}

/// An entity with those properties that have a value.
fn entity(id: String, schema: &str, properties: Vec<(&str, Vec<String>)>) -> Value {
    let known = properties.into_iter().map(|(name, mut values)| {
        values.retain(|it| !it.is_empty());
        (name.to_owned(), json!(values))
    });
    let known: Map<String, Value> = known.filter(|(_, it)| it != &json!([])).collect();
    json!({ "id": id, "schema": schema, "properties": known })
}

fn id(parts: &[&str]) -> String {
    format!("rapporteur-{}", uuid(&[&["ftm"][..], parts].concat()))
}

fn id_of_report(page: &Page<'_>, ix: ReportIx) -> String {
    let report = &report(page, ix).article.report;
    id(&["article", &report.id, &report.raw_sha256])
}

fn article(page: &Page<'_>, ix: ReportIx) -> Value {
    let report = report(page, ix);
    let meta = &report.article.metadata;
    let value = |it: &Option<rapporteur_model::Evidenced<String>>| it.iter().map(|it| plain(&it.value)).collect();
    entity(
        id_of_report(page, ix),
        "Article",
        vec![
            ("title", value(&meta.title)),
            ("fileName", vec![plain(report.id())]),
            ("publishedAt", meta.date_published.iter().filter_map(|it| date(&it.value)).collect()),
            ("modifiedAt", meta.date_modified.iter().filter_map(|it| date(&it.value)).collect()),
            ("sourceUrl", address(report).into_iter().map(str::to_owned).collect()),
            ("publisher", value(&meta.outlet)),
            ("author", meta.authors.iter().map(|it| plain(&it.value)).collect()),
        ],
    )
}

/// Everybody who has a part in a claim of the story, in the order of their ids.
fn actors(page: &Page<'_>) -> Vec<Value> {
    let mut found: BTreeMap<&str, (&Party, BTreeSet<ReportIx>)> = BTreeMap::new();
    for claim in page.claims {
        let parties: Vec<&Party> = match &claim.content {
            Content::Act(it) => it.actors.iter().chain(&it.recipients).chain(&it.asserted_by).collect(),
            Content::Statement(it) => it.speakers.iter().collect(),
            Content::Figure(it) => it.stated_by.iter().collect(),
        };
        for party in parties.into_iter().filter(|it| !it.name.trim().is_empty()) {
            found.entry(&party.id).or_insert_with(|| (party, BTreeSet::new())).1.extend(&claim.reports);
        }
    }
    let made = found.into_values().map(|(party, said_by)| {
        let kind = schema(page, party, &said_by);
        let office = party.office.iter().filter(|_| kind == "Person").map(|it| plain(it));
        let aliases = party.forms.iter().filter(|it| **it != party.name).map(|it| plain(it));
        entity(
            id_of_party(page, party),
            kind,
            vec![
                ("name", vec![plain(&party.name)]),
                // Forms such as a bare surname: good for finding, not for telling who it is.
                ("weakAlias", aliases.collect()),
                ("position", office.collect()),
                ("proof", said_by.iter().map(|it| id_of_report(page, *it)).collect()),
            ],
        )
    });
    made.collect()
}

fn id_of_party(page: &Page<'_>, party: &Party) -> String {
    id(&["actor", &page.account.story, &party.id])
}

/// What somebody is, as far as the reports know.
fn schema(page: &Page<'_>, party: &Party, said_by: &BTreeSet<ReportIx>) -> &'static str {
    if party.is_person {
        return "Person";
    }
    if party.is_state {
        return "PublicBody";
    }
    let mut kinds = said_by.iter().flat_map(|it| &report(page, *it).annotations.actors);
    let is_body = kinds.any(|it| it.kind == ActorKind::Organisation && party.forms.contains(&it.name));
    if is_body { "Organization" } else { "LegalEntity" }
}

/// An act that is no mere word.
fn event(page: &Page<'_>, claim: &Claim) -> Option<Value> {
    let Content::Act(act) = &claim.content else { return None };
    let is_real = matches!(act.realis, Some(Realis::Happened | Realis::Ongoing | Realis::Scheduled));
    if !act.positive || !is_real {
        return None;
    }
    let sentence = plain(&crate::sentence(claim, page.reports));
    let parties = act.actors.iter().chain(&act.recipients).filter(|it| !it.name.trim().is_empty());
    let mut involved: Vec<String> = parties.map(|it| id_of_party(page, it)).collect();
    involved.sort();
    involved.dedup();
    let mut keywords = vec![act.kind.clone(), act.mode.clone(), claim.verdict.as_str().to_owned()];
    keywords.extend(act.realis.map(|it| it.as_str().to_owned()));
    Some(entity(
        id(&["event", &page.account.story, &claim.id]),
        "Event",
        vec![
            ("name", vec![short(&sentence)]),
            ("summary", vec![sentence]),
            ("date", act.date.iter().filter_map(|it| date(it)).collect()),
            ("location", act.place.iter().map(|it| plain(it)).collect()),
            ("involved", involved),
            ("proof", claim.reports.iter().map(|it| id_of_report(page, *it)).collect()),
            ("keywords", keywords),
        ],
    ))
}

/// A year, a month, a day, or an instant as UTC; other values of time (a week, a season) have no place there.
fn date(stated: &str) -> Option<String> {
    let digits = |it: &str, n: usize| it.len() == n && it.bytes().all(|it| it.is_ascii_digit());
    let parts: Vec<&str> = stated.split('-').collect();
    let is_day = match parts[..] {
        [year] => digits(year, 4),
        [year, month] => digits(year, 4) && digits(month, 2),
        [year, month, day] => digits(year, 4) && digits(month, 2) && digits(day, 2),
        _ => false,
    };
    if is_day {
        return Some(stated.to_owned());
    }
    // An hour without its zone is left out: the day is all that is sure.
    let at = moment(stated)?;
    Some(if at.filled.is_none() { at.utc[..19].to_owned() } else { at.utc[..10].to_owned() })
}

fn short(sentence: &str) -> String {
    match sentence.char_indices().nth(NAME_CHARS_MAX) {
        Some((cut, _)) => format!("{}…", &sentence[..cut]),
        None => sentence.to_owned(),
    }
}
