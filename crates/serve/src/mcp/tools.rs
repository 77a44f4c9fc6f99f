//! What an assistant can ask, a row of the table each.

use rapporteur_desk::{Desk, Filter, Ledger, Page};
use serde_json::{Map, Value, json};

use crate::app::{App, Failed};
use crate::ask;

/// Rows of an answer, when nothing is said, and at most: assistants read all they get.
const ROWS: usize = 20;
const ROWS_MAX: usize = 100;

/// A tool.
pub(super) struct Tool {
    name: &'static str,
    about: &'static str,
    /// Name, type, whether it must be given, what for.
    fields: &'static [(&'static str, &'static str, bool, &'static str)],
    run: fn(&App, &Desk, &Asked) -> Result<Value, Failed>,
}

const STORY: (&str, &str, bool, &str) = ("story", "string", false, "Only of this story, by its id.");
const LIMIT: (&str, &str, bool, &str) =
    ("limit", "integer", false, "The most rows, up to 100; 20 when nothing is said.");
const OFFSET: (&str, &str, bool, &str) = ("offset", "integer", false, "Pass over so many rows first.");

const TOOLS: &[Tool] = &[
    Tool {
        name: "list_stories",
        about: "Stories on the desk, the latest day first: id, title, days, how many reports and independent origins.",
        fields: &[
            ("actor", "string", false, "Only with this actor, by id or name."),
            ("from", "string", false, "Only from this day on, YYYY-MM-DD."),
            ("to", "string", false, "Only up to this day."),
            LIMIT,
            OFFSET,
        ],
        run: stories,
    },
    Tool {
        name: "story_account",
        about: "The account of a story: headline, what happened, who said what, where reports differ, what comes next. \
                Every sentence has its citations: report id, offsets in code points, the words.",
        fields: &[("story", "string", true, "Id of the story.")],
        run: account,
    },
    Tool {
        name: "search_facts",
        about: "Facts by words, the best first, each with the words of every report that bears it out, the variants, the \
                verdict and the number of independent origins. Words side by side must all be there; \"phrases\", begin*, \
                OR, -not and actor:name can be used.",
        fields: &[
            ("words", "string", true, "What to look for."),
            STORY,
            ("actor", "string", false, "Only with this actor, by id or name."),
            ("verdict", "string", false, "agree, agree-wording, differ-compatible, conflict, rewrite-drift or single."),
            ("from", "string", false, "Only told from this day on, YYYY-MM-DD."),
            ("to", "string", false, "Only up to this day."),
            LIMIT,
            OFFSET,
        ],
        run: search_facts,
    },
    Tool {
        name: "search_reports",
        about: "Reports by words, the best first, with snippets and the exact places of what matched.",
        fields: &[
            ("words", "string", true, "What to look for."),
            STORY,
            ("outlet", "string", false, "Only of this outlet."),
            ("from", "string", false, "Only from this day on, YYYY-MM-DD."),
            ("to", "string", false, "Only up to this day."),
            LIMIT,
            OFFSET,
        ],
        run: search_reports,
    },
    Tool {
        name: "quotes_of",
        about: "What somebody said: every printing word for word with its report and place, and whether the report has it \
                in quotation marks.",
        fields: &[("speaker", "string", true, "Id or name of the speaker."), STORY, LIMIT, OFFSET],
        run: quotes,
    },
    Tool {
        name: "agenda",
        about: "What reports state for which day, by day, with its state (scheduled, moved, called-off, held, …) and what \
                each report says of it.",
        fields: &[
            STORY,
            ("from", "string", false, "Only from this day on, YYYY-MM-DD."),
            ("to", "string", false, "Only up to this day."),
            LIMIT,
            OFFSET,
        ],
        run: agenda,
    },
    Tool {
        name: "verify_text",
        about: "Checks a text sentence by sentence against the reports: supported, partly, unsupported, contradicted, \
                misquoted or uncited, why, with the words of the reports and what no report bears out.",
        fields: &[("text", "string", true, "The text, plain or Markdown."), STORY],
        run: verify,
    },
];

/// The tools as the protocol lists them.
pub(super) fn list() -> Vec<Value> {
    let tool = |it: &Tool| {
        let mut properties = Map::new();
        for (name, kind, _, about) in it.fields {
            properties.insert((*name).to_owned(), json!({ "type": kind, "description": about }));
        }
        let required: Vec<&str> = it.fields.iter().filter(|it| it.2).map(|it| it.0).collect();
        json!({
            "name": it.name,
            "description": it.about,
            "inputSchema": {
                "type": "object", "properties": properties, "required": required, "additionalProperties": false,
            },
            "annotations": { "readOnlyHint": true, "openWorldHint": false },
        })
    };
    TOOLS.iter().map(tool).collect()
}

/// The tool of that name.
pub(super) fn find(name: &str) -> Option<&'static Tool> {
    TOOLS.iter().find(|it| it.name == name)
}

/// Runs a tool. What goes wrong is an answer too, so that the assistant reads what to do.
pub(super) fn call(app: &App, tool: &'static Tool, arguments: &Value) -> Value {
    let done = Asked::new(tool, arguments).and_then(|asked| app.read_now(|desk| (tool.run)(app, desk, &asked)));
    match done {
        // Both: older clients read the text alone.
        Ok(found) => json!({
            "content": [{ "type": "text", "text": found.to_string() }],
            "structuredContent": found,
        }),
        Err(failed) => json!({ "content": [{ "type": "text", "text": failed.to_string() }], "isError": true }),
    }
}

/// The arguments of a call, checked against the tool's fields.
pub(super) struct Asked(Map<String, Value>);

impl Asked {
    fn new(tool: &Tool, arguments: &Value) -> Result<Asked, Failed> {
        let given = match arguments {
            Value::Null => Map::new(),
            Value::Object(it) => it.clone(),
            _ => return Err(Failed::Asked("the arguments are no object".to_owned())),
        };
        for (name, value) in &given {
            let Some(field) = tool.fields.iter().find(|it| it.0 == name) else {
                let known: Vec<&str> = tool.fields.iter().map(|it| it.0).collect();
                let told = format!("{} has no '{name}'; it has {}", tool.name, known.join(", "));
                return Err(Failed::Asked(told));
            };
            let fits = value.is_null() || if field.1 == "integer" { value.is_u64() } else { value.is_string() };
            if !fits {
                return Err(Failed::Asked(format!("'{name}' must be of type {}", field.1)));
            }
        }
        let asked = Asked(given);
        match tool.fields.iter().find(|it| it.2 && asked.text(it.0).is_none()) {
            Some(missing) => Err(Failed::Asked(format!("'{}' is missing: {}", missing.0, missing.3))),
            None => Ok(asked),
        }
    }

    fn text(&self, name: &str) -> Option<String> {
        self.0.get(name).and_then(Value::as_str).filter(|it| !it.trim().is_empty()).map(str::to_owned)
    }

    fn page(&self) -> Page {
        let number =
            |name: &str| self.0.get(name).and_then(Value::as_u64).map(|it| it.min(u64::from(u32::MAX)) as usize);
        Page { offset: number("offset").unwrap_or(0), n_max: number("limit").unwrap_or(ROWS).clamp(1, ROWS_MAX) }
    }

    fn filter(&self) -> Filter {
        Filter {
            story: self.text("story"),
            actor: self.text("actor"),
            outlet: self.text("outlet"),
            verdict: self.text("verdict"),
            from: self.text("from"),
            to: self.text("to"),
            ..Filter::default()
        }
    }
}

fn rows(found: impl serde::Serialize) -> Value {
    serde_json::to_value(found).unwrap_or_default()
}

fn stories(_: &App, desk: &Desk, asked: &Asked) -> Result<Value, Failed> {
    Ok(rows(desk.stories(&asked.filter(), asked.page())?))
}

fn account(_: &App, desk: &Desk, asked: &Asked) -> Result<Value, Failed> {
    let told = desk.account(&asked.text("story").unwrap_or_default())?;
    let text = rapporteur::render(&(told.account, told.claims), &told.collection, "json");
    let text = text.map_err(rapporteur_desk::Error::from)?;
    let account: Value = serde_json::from_str(&text).unwrap_or_default();
    Ok(json!({ "story": told.card, "account": account }))
}

fn search_facts(_: &App, desk: &Desk, asked: &Asked) -> Result<Value, Failed> {
    let (filter, page) = (asked.filter(), asked.page());
    let (found, note) =
        ask::leniently(&asked.text("words").unwrap_or_default(), |q| desk.search_facts(q, &filter, page))?;
    Ok(noted(found.map(rows), note))
}

fn search_reports(_: &App, desk: &Desk, asked: &Asked) -> Result<Value, Failed> {
    let (filter, page) = (asked.filter(), asked.page());
    let (found, note) = ask::leniently(&asked.text("words").unwrap_or_default(), |q| desk.search(q, &filter, page))?;
    Ok(noted(found.map(rows), note))
}

fn noted(found: Option<Value>, note: Option<String>) -> Value {
    let mut found = found.unwrap_or_else(|| json!({ "hits": { "rows": [], "n_all": 0 } }));
    if let Some(note) = note {
        found["note"] = note.into();
    }
    found
}

fn quotes(_: &App, desk: &Desk, asked: &Asked) -> Result<Value, Failed> {
    let filter = Filter { actor: asked.text("speaker"), ..asked.filter() };
    Ok(rows(desk.ledger(Ledger::Quotes, &filter, asked.page())?))
}

fn agenda(_: &App, desk: &Desk, asked: &Asked) -> Result<Value, Failed> {
    Ok(rows(desk.ledger(Ledger::Schedule, &asked.filter(), asked.page())?))
}

fn verify(app: &App, desk: &Desk, asked: &Asked) -> Result<Value, Failed> {
    let text = asked.text("text").unwrap_or_default();
    let reports = ask::reports_for(desk, &text, asked.text("story").as_deref())?;
    let ids: Vec<String> = reports.iter().map(|it| it.id().to_owned()).collect();
    Ok(json!({ "rows": ask::verify(&text, reports, app)?, "reports": ids }))
}
