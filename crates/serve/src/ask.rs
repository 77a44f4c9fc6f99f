//! Questions that pages, the API and assistants have in common.

use rapporteur_desk::{Added, Desk, Filter, Page};
use rapporteur_model::Annotated;
use rapporteur_model::row::CheckRow;
use rapporteur_text::{Unit, fold, words};

use crate::app::{App, Failed};

/// A text is checked against so many reports at most, those that have most of its words.
const CHECKED_MAX: usize = 40;
/// So many different words of a text are looked for.
const WORDS_MAX: usize = 60;
/// Shorter words say little of what a text is about.
const WORD_CHARS_MIN: usize = 5;

/// A report as somebody gives it, with what they know of it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Given {
    pub(crate) text: String,
    pub(crate) title: Option<String>,
    pub(crate) outlet: Option<String>,
    pub(crate) date: Option<String>,
    pub(crate) url: Option<String>,
}

impl Given {
    /// Adds it. Of the same report given again nothing comes.
    pub(crate) fn add(self, desk: &mut Desk, app: &App) -> Result<Added, Failed> {
        if let Some(date) = &self.date
            && (date.len() != 10 || date.parse::<jiff::civil::Date>().is_err())
        {
            return Err(Failed::Asked(format!("'{date}' is no day; write it as 2031-05-12")));
        }
        let known = [("title", &self.title), ("outlet", &self.outlet), ("date", &self.date), ("url", &self.url)];
        let mark = crate::guard::secret::digest(&format!("{}\n{known:?}", self.text));
        let mark = &mark[..12];
        // What the person says of it is declared as another program would declare it.
        let (name, bytes) = if known.iter().all(|it| it.1.is_none()) {
            (format!("pasted/{mark}.txt"), self.text.into_bytes())
        } else {
            let mut row = serde_json::json!({ "id": format!("pasted-{mark}"), "text": self.text });
            for (name, value) in known {
                if let Some(value) = value {
                    row[name] = value.as_str().into();
                }
            }
            (format!("pasted/{mark}.json"), row.to_string().into_bytes())
        };
        Ok(desk.add_bytes(app.engine()?, &name, &bytes)?)
    }
}

/// What reports make of a text, sentence by sentence.
pub(crate) fn verify(text: &str, reports: Vec<Annotated>, app: &App) -> Result<Vec<CheckRow>, Failed> {
    let (reports, checked) = app.engine()?.verify_annotated(text.as_bytes(), reports);
    Ok(rapporteur::rows::check_rows(&reports, &checked, Unit::Char))
}

/// The reports a text is checked against.
pub(crate) fn reports_for(
    desk: &Desk,
    text: &str,
    story: Option<&str>,
) -> Result<Vec<Annotated>, rapporteur_desk::Error> {
    if let Some(story) = story {
        return Ok(desk.account(story)?.collection.reports);
    }
    let mut looked_for: Vec<String> = Vec::new();
    for word in words(text) {
        let word = fold(word.span.of(text));
        if WORD_CHARS_MIN <= word.chars().count()
            && word.chars().all(char::is_alphanumeric)
            && !looked_for.contains(&word)
        {
            looked_for.push(word);
        }
        if looked_for.len() == WORDS_MAX {
            break;
        }
    }
    if looked_for.is_empty() {
        return Ok(Vec::new());
    }
    let query: Vec<String> = looked_for.iter().map(|it| format!("\"{it}\"")).collect();
    let found = desk.search(&query.join(" OR "), &Filter::default(), Page { offset: 0, n_max: CHECKED_MAX })?;
    let mut reports = Vec::new();
    for hit in found.hits.rows {
        reports.push(Annotated::clone(&*desk.report(&hit.report.id)?));
    }
    reports.sort_by(|a, b| a.id().cmp(b.id()));
    Ok(reports)
}

/// A query that can be read: as it stands, else word by word. The second says so.
pub(crate) fn readable(
    desk: &Desk,
    query: &str,
    is_facts: bool,
) -> Result<(Option<String>, Option<String>), rapporteur_desk::Error> {
    let try_it = |query: &str| {
        let nothing = Page { offset: 0, n_max: 0 };
        match is_facts {
            true => desk.search_facts(query, &Filter::default(), nothing).map(|_| ()),
            false => desk.search(query, &Filter::default(), nothing).map(|_| ()),
        }
    };
    match try_it(query) {
        Ok(()) => Ok((Some(query.to_owned()), None)),
        Err(error) if error.kind() == rapporteur_desk::Kind::Asked => {
            let mut plain: Vec<String> = words(query).map(|it| format!("\"{}\"", it.span.of(query))).collect();
            plain.truncate(WORDS_MAX);
            let plain = plain.join(" ");
            let note = format!("{error}; it was looked for word by word");
            match !plain.is_empty() && try_it(&plain).is_ok() {
                true => Ok((Some(plain), Some(note))),
                false => Ok((None, Some(format!("{error}; nothing was looked for")))),
            }
        }
        Err(error) => Err(error),
    }
}
