//! Words for people: what an event, a verdict, a state is called on pages.

use rapporteur_desk::Event;

/// The verdict in a reader's words.
pub(crate) fn verdict(name: &str) -> &str {
    match name {
        "agree" => "agree",
        "agree-wording" => "agree, other words",
        "differ-compatible" => "differ, both can be true",
        "conflict" => "conflict",
        "rewrite-drift" => "changed in a rewrite",
        "single" => "one origin",
        other => other,
    }
}

/// An event as a page lists it.
pub(crate) struct EventView {
    pub(crate) seq: i64,
    pub(crate) kind: String,
    pub(crate) at: String,
    pub(crate) when: String,
    /// What happened, in our words.
    pub(crate) what: &'static str,
    /// What it is about, in words of a report or of a person; empty where there are none.
    pub(crate) about: String,
    /// Where more of it stands.
    pub(crate) to: String,
    pub(crate) is_alert: bool,
}

pub(crate) fn event(it: Event) -> EventView {
    let text = |names: &[&str]| names.iter().find_map(|name| it.row.get(*name)?.as_str()).unwrap_or("").to_owned();
    let story = format!("/stories/{}", super::encoded(&it.story));
    let fact = format!("/facts/{}", super::encoded(&it.subject));
    let (what, about, to) = match it.kind.as_str() {
        "report-added" => {
            ("A report was added", text(&["title", "id"]), format!("/reports/{}", super::encoded(&it.subject)))
        }
        "story-new" => ("A new story", text(&["title"]), story),
        "story-changed" => ("A story has more", text(&["title"]), story),
        "story-merged" => ("A story became part of another", text(&["title"]), story),
        "second-origin" => ("A second independent origin says so", text(&["fact"]), fact),
        "conflict" => ("Reports conflict", text(&["fact"]), fact),
        "schedule-moved" => ("A day was moved or called off", text(&["fact"]), story),
        "position-changed" => ("Somebody takes another side", text(&["name", "issue"]), story),
        "figure-revised" => ("A further value is stated", text(&["concept", "fact"]), story),
        "decided" => ("Somebody decided", decided(&it.row), "/decisions".to_owned()),
        _ => ("Something changed", String::new(), story),
    };
    let is_alert = is_alert(&it.kind);
    EventView { seq: it.seq, when: super::time_words(&it.at), at: it.at, kind: it.kind, what, about, to, is_alert }
}

/// Whether somebody who follows a matter wants to be told of events of this kind at once.
pub(crate) fn is_alert(name: &str) -> bool {
    rapporteur_desk::EventKind::ALL.iter().any(|kind| kind.as_str() == name && kind.is_alert())
}

fn decided(row: &serde_json::Value) -> String {
    let of = |name: &str| row.get(name).and_then(|it| it.as_str()).unwrap_or("");
    let who = if of("who").is_empty() { "somebody" } else { of("who") };
    format!("{who}: {}", decision(of("do")))
}

/// What a decision does.
pub(crate) fn decision(name: &str) -> &str {
    match name {
        "merge" => "stories merged",
        "split" => "reports set apart",
        "rename" => "a story renamed",
        "wrong" => "a fact called wrong",
        "same-speaker" => "two names are one",
        "not-speaker" => "not the speaker",
        "original" => "a report is the original",
        "undo" => "a decision taken back",
        other => other,
    }
}
