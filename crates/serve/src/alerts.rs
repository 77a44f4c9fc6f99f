//! What happened on a desk, for those who do not look at it: as an Atom feed (RFC 4287), and as messages to other programs.
//!
//! Both name a happening by the desk and its number, which are for good: who hears of it twice can tell.

use askama::Template;
use rapporteur_desk::{Desk, Error, Event, EventKind};
use serde_json::{Value, json};

use crate::pages::words::{self, EventView};

#[derive(Template)]
#[template(path = "feed.xml", escape = "html")]
struct Feed {
    desk: String,
    /// Address of the room, without a slash at its end; empty where there is none.
    base: String,
    /// Name of the feed, of which its address in the room is made.
    name: &'static str,
    title: &'static str,
    updated: String,
    entries: Vec<EventView>,
}

/// The latest happenings with a number above `after`, at most `n_max`, the latest first: all, or those somebody who follows
/// a matter wants to be told at once.
pub fn latest(desk: &Desk, only_alerts: bool, after: i64, n_max: usize) -> Result<Vec<Event>, Error> {
    let (mut found, mut before) = (Vec::new(), None);
    while found.len() < n_max {
        let events = desk.latest_events(before, 500)?;
        let Some(last) = events.last().map(|it| it.seq) else { break };
        before = Some(last);
        found.extend(events.into_iter().filter(|it| after < it.seq && (!only_alerts || words::is_alert(&it.kind))));
        if last <= after {
            break;
        }
    }
    found.truncate(n_max);
    Ok(found)
}

/// `events`, the latest first, as a feed. `room` is the address of the room that entries link to, as
/// `http://127.0.0.1:8480`; without one they have no links.
pub fn atom(desk: &Desk, events: Vec<Event>, only_alerts: bool, room: Option<&str>) -> Result<String, Error> {
    let mut entries = Vec::with_capacity(events.len());
    for event in events {
        entries.push(seen(desk, event));
    }
    // A feed has a date of its own, and an empty one has nothing to take it from.
    let updated = entries.first().map_or_else(|| "1970-01-01T00:00:00Z".to_owned(), |it| it.at.clone());
    let feed = Feed {
        desk: desk.identity()?,
        base: room.unwrap_or_default().trim_end_matches('/').to_owned(),
        name: if only_alerts { "alerts" } else { "feed" },
        title: if only_alerts { "Rapporteur: alerts" } else { "Rapporteur" },
        updated,
        entries,
    };
    // Writing into memory cannot fail.
    let text = feed.render().unwrap_or_default();
    Ok(rapporteur_text::shown(&text).into_owned())
}

/// One happening as a message to another program. The same happening is the same bytes whenever it is sent.
pub fn message(desk: &Desk, event: &Event, room: Option<&str>) -> Result<Value, Error> {
    // In its own words alone: the title of a story may be another one tomorrow.
    let view = words::event(event.clone());
    let mut told = json!({
        "id": format!("urn:rapporteur:{}:event:{}", desk.identity()?, event.seq),
        "seq": event.seq,
        "at": event.at,
        "kind": event.kind,
        "what": view.what,
        "about": view.about,
        "story": event.story,
        "subject": event.subject,
        "row": event.row,
    });
    if let Some(room) = room {
        told["url"] = Value::String(format!("{}{}", room.trim_end_matches('/'), view.to));
    }
    Ok(told)
}

/// The happening in words: of a report its title, and where it has none of its own, those of its story.
pub(crate) fn seen(desk: &Desk, event: Event) -> EventView {
    let (story, subject) = (event.story.clone(), event.subject.clone());
    let mut view = words::event(event);
    if view.kind == EventKind::ReportAdded.as_str()
        && let Ok(Some(title)) = desk.report_card(&subject).map(|it| it.title)
    {
        view.about = title;
    }
    if view.about.is_empty()
        && let Ok(card) = desk.story(&story)
    {
        view.about = card.title;
    }
    view
}
