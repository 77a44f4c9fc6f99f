//! `rapporteur alerts`: what happened on a desk, as a list, as a feed, or sent to another program.

use rapporteur::Error;
use rapporteur_desk::{Desk, Event, EventKind};
use rapporteur_fetch::{Fetcher, Settings};
use rapporteur_serve::alerts;
use serde_json::Value;

use super::{NOTHING, to_read, to_write};
use crate::commands::watch::network;
use crate::options::{AlertForm, Alerts, Webhook};
use crate::output::{self, Done};
use crate::table::{Table, long, number, short};

/// Alerts of a list, where nothing is said.
const ROWS: usize = 100;
/// Alerts that are taken from the desk at a time.
const SENT_AT_ONCE: usize = 100;
/// A shorter secret is found by trying.
const SECRET_BYTES_MIN: usize = 16;
const SECRET: &str = "RAPPORTEUR_WEBHOOK_SECRET";

pub(crate) fn run(asked: &Alerts) -> Result<Done, Error> {
    if let Some(receiver) = Receiver::of(&asked.send, asked.after, asked.all)? {
        return send(asked, &receiver);
    }
    let is_atom_file =
        asked.output.as_ref().and_then(|it| it.extension()).is_some_and(|it| it == "atom" || it == "xml");
    let form = asked.format.or(is_atom_file.then_some(AlertForm::Atom));
    let desk = to_read(&asked.desk)?;
    let n_max = asked.limit.unwrap_or(ROWS);
    if form == Some(AlertForm::Atom) {
        let events = alerts::latest(&desk, !asked.all, asked.after, n_max)?;
        let feed = alerts::atom(&desk, events, !asked.all, asked.send.room.as_deref())?;
        output::file_or_bytes(asked.output.as_deref(), format!("{feed}\n").as_bytes())?;
        return Ok(NOTHING);
    }
    if asked.output.is_some() {
        return Err(Error::usage(
            "--output writes a feed; give --format atom too, or a file that ends in .atom".to_owned(),
        ));
    }
    let found = desk.events(asked.after, &kinds(asked.all), n_max)?;
    let columns = vec![number("seq"), short("at", 20), short("what", 16), short("story", 28), long("about")];
    let mut table = Table::new(
        columns,
        "No alert yet. A fact that gets its second origin, a conflict, a day that is moved are told here; --all tells everything.",
    );
    for row in &found {
        let about = ["fact", "name", "id"].iter().map(|it| words(&row.row, it)).find(|it| !it.is_empty());
        let about = about.unwrap_or_else(|| row.subject.clone());
        table.push(row, vec![row.seq.to_string(), row.at.clone(), row.kind.clone(), row.story.clone(), about]);
    }
    table.show(form.and_then(AlertForm::of_list))?;
    Ok(NOTHING)
}

fn words(row: &Value, name: &str) -> String {
    row.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn kinds(all: bool) -> Vec<EventKind> {
    EventKind::ALL.into_iter().filter(|it| all || it.is_alert()).collect()
}

fn send(asked: &Alerts, receiver: &Receiver) -> Result<Done, Error> {
    if asked.format.is_some() || asked.output.is_some() {
        return Err(Error::usage(
            "--webhook sends alerts and prints none; give it without --format and --output".to_owned(),
        ));
    }
    let mut settings = Settings::default();
    for text in &asked.allow_address {
        settings.allow.push(network(text)?);
    }
    let fetcher = Fetcher::new(settings).map_err(|e| Error::output(e.to_string()))?;
    let sent = receiver.send(&to_write(asked.desk.desk.as_deref())?, &fetcher)?;
    output::text(&format!("{} alerts sent.\n", sent.n_sent))?;
    sent.undelivered.iter().for_each(|it| output::say(it));
    Ok(Done { n_problems: usize::from(sent.undelivered.is_some()) })
}

/// A program that is told alerts.
pub(crate) struct Receiver {
    url: String,
    secret: Vec<u8>,
    room: Option<String>,
    after: i64,
    all: bool,
}

/// What came of sending.
pub(crate) struct Sent {
    pub(crate) n_sent: usize,
    /// The alert that was not taken, and why; those behind it wait.
    pub(crate) undelivered: Option<String>,
}

impl Receiver {
    /// The one that is named, if one is.
    pub(crate) fn of(asked: &Webhook, after: i64, all: bool) -> Result<Option<Receiver>, Error> {
        let Some(url) = &asked.webhook else { return Ok(None) };
        let secret = match &asked.secret_file {
            Some(path) => std::fs::read(path)
                .map_err(|e| Error::input(format!("cannot read the secret in {}: {e}", path.display())))?,
            None => std::env::var(SECRET).unwrap_or_default().into_bytes(),
        };
        // The end of the line belongs to the file, not to the secret.
        let secret = secret.trim_ascii_end().to_vec();
        if secret.len() < SECRET_BYTES_MIN {
            return Err(Error::usage(format!(
                "messages are signed, so that their receiver can tell ours from anybody's: give a secret of {SECRET_BYTES_MIN} \
                 characters or more in a file (--secret-file FILE) or in {SECRET}; `openssl rand -hex 32` makes one"
            )));
        }
        Ok(Some(Receiver { url: url.clone(), secret, room: asked.room.clone(), after, all }))
    }

    /// Sends the alerts that this receiver was not sent yet, a message each, the earliest first. What was taken is remembered
    /// on the desk at once; killed in between, the last one comes twice, with the same id.
    pub(crate) fn send(&self, desk: &Desk, fetcher: &Fetcher) -> Result<Sent, Error> {
        let name = format!("webhook {}", self.url);
        let before: i64 = desk.remembered(&name)?.and_then(|it| it.parse().ok()).unwrap_or(0);
        let (mut last, mut n_sent) = (before.max(self.after), 0);
        loop {
            let events = desk.events(last, &kinds(self.all), SENT_AT_ONCE)?;
            if events.is_empty() {
                return Ok(Sent { n_sent, undelivered: None });
            }
            for event in &events {
                if let Err(why) = self.send_one(desk, fetcher, event) {
                    let told = format!(
                        "alert {} was not taken by {}: {why}; it is sent again the next time (`rapporteur alerts --webhook … \
                         --after {}` passes over it)",
                        event.seq, self.url, event.seq
                    );
                    return Ok(Sent { n_sent, undelivered: Some(told) });
                }
                desk.remember(&name, &event.seq.to_string())?;
                (last, n_sent) = (event.seq, n_sent + 1);
            }
        }
    }

    fn send_one(&self, desk: &Desk, fetcher: &Fetcher, event: &Event) -> Result<(), String> {
        let message = alerts::message(desk, event, self.room.as_deref()).map_err(|e| e.to_string())?;
        let body = serde_json::to_vec(&message).map_err(|e| e.to_string())?;
        fetcher.post_signed(&self.url, &body, &self.secret).map(|_| ()).map_err(|e| e.to_string())
    }
}
