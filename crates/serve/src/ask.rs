//! Questions that pages, the API and assistants have in common.

use rapporteur_desk::{Added, Desk, Filter, Kind, Page};
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

/// What a query finds: read as it stands, else word by word; then a note says why.
pub(crate) fn leniently<T>(
    query: &str,
    find: impl Fn(&str) -> Result<T, rapporteur_desk::Error>,
) -> Result<(Option<T>, Option<String>), rapporteur_desk::Error> {
    let error = match find(query) {
        Err(error) if error.kind() == Kind::Asked => error,
        found => return Ok((Some(found?), None)),
    };
    let mut plain: Vec<String> = words(query).map(|it| format!("\"{}\"", it.span.of(query))).collect();
    plain.truncate(WORDS_MAX);
    if plain.is_empty() {
        // Whatever else is wrong, a filter for one, is told as it is.
        find("word")?;
        return Ok((None, Some(format!("{error}; nothing was looked for"))));
    }
    Ok((Some(find(&plain.join(" "))?), Some(format!("{error}; it was looked for word by word"))))
}
