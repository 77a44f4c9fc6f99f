//! JSON: one object, an array, or one object a line; with the field names of other programs.
//!
//! A row's text keeps its way through the JSON escapes to the bytes of the file, and HTML in a row is read as a page.

use crate::ReadOutcome;
use crate::formats::{Format, Input, html};
use crate::json::{self, Json};
use crate::raw_map::MappedText;
use crate::report::{Content, of_content};
use rapporteur_model::{Declared, Media, Problem, Span};

pub(crate) const FORMAT: Format = Format { name: "json", extensions: &["json", "jsonl", "ndjson"], is_like, read };

fn is_like(text: &str) -> bool {
    let second = text.get(1..).unwrap_or("").trim_start().bytes().next();
    match text.bytes().next() {
        Some(b'{') => second == Some(b'"'),
        Some(b'[') => second == Some(b'{'),
        _ => false,
    }
}

// What other programs call the text, best first: contract, news-please, trafilatura, Fundus, Event Registry,
// newspaper4k, schema.org, JSON Feed, ninjs.
const TEXT: &[&str] = &[
    "text", "maintext", "plaintext", "articleBody", "body", "full_text", "content", "content_text", "article_text",
    "raw_text", "body_text",
];
const HTML: &[&str] = &["html", "content_html", "body_html", "raw_html", "article_html", "body_xhtml"];
const ID: &[&str] = &["id", "_id", "uri", "guid", "article_id"];

/// Name in the report's declarations, and the field names that mean it, best first.
const FIELDS: &[(&str, &[&str])] = &[
    ("json:title", &["title", "headline", "headlines", "name"]),
    ("json:url", &["url", "link", "canonical_url", "canonicalUrl", "source-url", "source"]),
    (
        "json:outlet",
        &[
            "outlet", "publisher", "sitename", "site_name", "source", "publication", "source_name", "provider",
            "infosources",
        ],
    ),
    ("json:domain", &["source_domain", "hostname", "domain"]),
    (
        "json:date",
        &[
            "date", "dateTimePub", "dateTime", "date_publish", "publishing_date", "publish_date", "datePublished",
            "date_published", "published_at", "publishedAt", "published", "pubDate", "contentcreated", "firstcreated",
            "versioncreated",
        ],
    ),
    (
        "json:date_modified",
        &["date_modified", "date_modify", "dateModified", "modified", "updated_at", "updated", "versioncreated"],
    ),
    ("json:author", &["authors", "author", "byline", "by", "bylines"]),
    ("json:located", &["located", "dateline"]),
    ("json:language", &["language", "lang", "inLanguage"]),
    ("json:section", &["section", "articleSection", "category"]),
    ("json:description", &["description", "excerpt", "standfirst"]),
];

fn read(input: Input<'_>) -> ReadOutcome {
    let source = input.decoded.text.as_str();
    let mut rows = Rows { input, source, outcome: ReadOutcome::default(), n_rows: 0, feed: None };
    let mut at = 0;
    loop {
        at += source[at..].len()
            - source[at..].trim_start_matches([' ', '\t', '\r', '\n', ',', '\u{1E}', '\u{FEFF}']).len();
        if at == source.len() {
            break;
        }
        match json::parse(source, at, input.limits.json_depth_max) {
            Ok((value, after)) => {
                rows.value(&value);
                at = after;
            }
            Err((place, why)) => {
                rows.n_rows += 1;
                rows.unreadable(place, why);
                // The next row is on the next line; a broken file of one object ends here.
                at += source[at..].find('\n').unwrap_or(source.len() - at);
            }
        }
        if input.limits.reports_max <= rows.outcome.reports.len() {
            let message = format!("holds more than {} reports; the rest is left out", input.limits.reports_max);
            rows.outcome.problems.push(Problem::new("too-many-reports", message));
            break;
        }
    }
    if let [only] = &mut rows.outcome.reports[..]
        && rows.n_rows == 1
    {
        only.location = input.location.to_owned();
    }
    rows.outcome
}

struct Rows<'a> {
    input: Input<'a>,
    source: &'a str,
    outcome: ReadOutcome,
    n_rows: usize,
    // The title of the JSON Feed that the rows are items of.
    feed: Option<Declared>,
}

impl Rows<'_> {
    fn unreadable(&mut self, place: usize, why: &str) {
        let line = 1 + memchr::memchr_iter(b'\n', &self.source.as_bytes()[..place.min(self.source.len())]).count();
        let message = format!("row {} cannot be read: {why} (line {line})", self.n_rows);
        self.outcome.problems.push(Problem::new("json-row-unreadable", message));
    }

    fn value(&mut self, value: &Json) {
        match value {
            Json::Array(values) => values.iter().for_each(|it| self.value(it)),
            Json::Object(fields) => {
                if self.row(value, None) || self.inner_rows(value) {
                    return;
                }
                // {"some id": {row}, …}
                let inner = fields.iter().filter(|(_, it)| content(self.source, it).is_some()).count();
                if 0 < inner && inner == fields.len() {
                    for (name, it) in fields {
                        self.row(it, Some(json::unescape(self.source, *name).text));
                    }
                    return;
                }
                self.n_rows += 1;
                let message = format!("row {} has no text", self.n_rows);
                self.outcome.problems.push(Problem::new("json-row-without-text", message));
            }
            _ => {
                self.n_rows += 1;
                self.unreadable(value.span().map_or(0, |it| it.start() as usize), "not an object");
            }
        }
    }

    // {"articles": [rows]} or {"articles": {"results": [rows]}}.
    fn inner_rows(&mut self, value: &Json) -> bool {
        let text = |key: &str| value.get(self.source, key).and_then(|it| it.as_text(self.source));
        if text("version").is_some_and(|it| it.contains("jsonfeed.org")) {
            let title = text("title").unwrap_or_default();
            self.feed = Some(Declared { name: "feed:title".to_owned(), value: title, raw: None });
        }
        for key in ["articles", "results", "items", "data", "documents", "reports", "@graph"] {
            match value.get(self.source, key) {
                Some(rows @ Json::Array(values)) if values.iter().any(|it| matches!(it, Json::Object(_))) => {
                    self.value(rows);
                    return true;
                }
                Some(inner @ Json::Object(_)) if self.inner_rows(inner) => return true,
                _ => {}
            }
        }
        false
    }

    fn row(&mut self, row: &Json, given_id: Option<String>) -> bool {
        let Some(content) = content(self.source, row) else { return false };
        self.n_rows += 1;
        let (input, source) = (self.input, self.source);
        let media = if self.feed.is_some() { Media::Feed } else { Media::Json };
        let mut report = of_content(input, content, media);
        report.location = format!("{}#{}", input.location, self.n_rows);
        let id = given_id
            .or_else(|| ID.iter().find_map(|key| row.get(source, key)?.as_text(source)).filter(|it| !it.is_empty()));
        report.id = id.unwrap_or_else(|| input.id_of_file(&report.raw_sha256, Some(self.n_rows)));
        let mut declared = declared(input, row);
        declared.extend(self.feed.clone());
        declared.append(&mut report.declared);
        report.declared = declared;
        self.outcome.reports.push(report);
        true
    }
}

fn content(source: &str, row: &Json) -> Option<Content> {
    for (keys, is_page) in [(TEXT, false), (HTML, true)] {
        for key in keys {
            let found = match row.get(source, key) {
                Some(Json::String(span)) => json::unescape(source, *span),
                Some(inner @ (Json::Object(_) | Json::Array(_))) => paragraphs(source, inner),
                _ => continue,
            };
            if found.text.trim().is_empty() {
                continue;
            }
            let is_html = is_page || html::has_markup(&found.text);
            return Some(Content { mapped: found, is_html });
        }
    }
    // ninjs 2: [{"role": "main", "contenttype": "text/html", "value": "…"}]; several are the same in other forms.
    let Some(Json::Array(bodies)) = row.get(source, "bodies") else { return None };
    bodies.iter().find_map(|body| {
        let Some(Json::String(span)) = body.get(source, "value") else { return None };
        let mapped = json::unescape(source, *span);
        let kind = body.get(source, "contenttype").or_else(|| body.get(source, "contentType"));
        let is_html = kind.and_then(|it| it.as_text(source)).is_some_and(|it| it.contains("html"));
        let is_html = is_html || html::has_markup(&mapped.text);
        (!mapped.text.trim().is_empty()).then_some(Content { mapped, is_html })
    })
}

// Fundus writes a body as {"summary": [..], "sections": [{"headline": [..], "paragraphs": [..]}]}: its strings, in order.
fn paragraphs(source: &str, value: &Json) -> MappedText {
    let mut out = MappedText::default();
    let mut todo = vec![value];
    while let Some(value) = todo.pop() {
        match value {
            Json::String(span) if !span.is_empty() => {
                if !out.text.is_empty() {
                    out.push_whole("\n\n", 0..0);
                }
                let (piece, text_start) = (json::unescape(source, *span), out.text.len() as u32);
                out.text.push_str(&piece.text);
                let runs = piece.map.runs.iter();
                out.map
                    .runs
                    .extend(runs.map(|it| rapporteur_model::RawRun { text_start: it.text_start + text_start, ..*it }));
            }
            Json::Array(values) => todo.extend(values.iter().rev()),
            Json::Object(fields) => {
                let wanted = |name: &Span| {
                    matches!(name.of(source), "summary" | "sections" | "headline" | "paragraphs" | "text")
                };
                todo.extend(fields.iter().rev().filter(|(name, _)| wanted(name)).map(|(_, it)| it));
            }
            _ => {}
        }
    }
    out
}

fn declared(input: Input<'_>, row: &Json) -> Vec<Declared> {
    let source = input.decoded.text.as_str();
    let mut found = Vec::new();
    for (name, keys) in FIELDS {
        let before = found.len();
        for key in *keys {
            if let Some(value) = row.get(source, key) {
                values(input, value, name, &mut found);
            }
            if before < found.len() {
                break;
            }
        }
    }
    found
}

// A string, a list of them, or objects with a name (schema.org persons, Event Registry sources).
fn values(input: Input<'_>, value: &Json, name: &str, found: &mut Vec<Declared>) {
    let source = input.decoded.text.as_str();
    match value {
        Json::Array(inner) => inner.iter().for_each(|it| values(input, it, name, found)),
        Json::Object(_) => {
            if let Some(inner) = ["name", "title", "@value", "value"].iter().find_map(|key| value.get(source, key)) {
                values(input, inner, name, found);
            }
        }
        _ => {
            let Some(text) = value.as_text(source) else { return };
            let text = text.trim();
            if text.is_empty() {
                return;
            }
            let raw = value.span().and_then(|it| input.raw_of(it));
            found.push(Declared { name: name.to_owned(), value: text.to_owned(), raw });
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{Limits, ReadOutcome, Source, read};
    use rapporteur_model::Span;

    fn read_text(text: &str) -> ReadOutcome {
        read(&Source { location: "in.jsonl", bytes: text.as_bytes() }, &Limits::default())
    }

    #[test]
    fn rows_with_places() {
        let text = "{\"id\": \"a\", \"text\": \"The \\u201clake\\u201d talks\\nresume.\", \"title\": \"Talks\", \"authors\": [\"Ana Ilves\", {\"name\": \"Jon Pirk\"}]}\n\
                    {\"id\": 7, \"html\": \"<p>Caf\\u00e9 &amp; tea<\\/p>\", \"outlet\": \"Lake Post\"}\n";
        let outcome = read_text(text);
        assert!(outcome.problems.is_empty());
        let [first, second] = &outcome.reports[..] else { panic!("two rows") };
        assert_eq!((first.id.as_str(), first.location.as_str()), ("a", "in.jsonl#1"));
        assert_eq!(first.text, "The “lake” talks\nresume.");
        assert_eq!(first.blocks.len(), 2);
        let at = first.text.find("talks").unwrap();
        let raw = first.raw_map.to_raw(Span::at(at, at + 5), first.text.len()).unwrap();
        assert_eq!(&text[raw], "talks");
        let declared: Vec<_> = first.declared.iter().map(|it| (it.name.as_str(), it.value.as_str())).collect();
        assert_eq!(declared, [("json:title", "Talks"), ("json:author", "Ana Ilves"), ("json:author", "Jon Pirk")]);
        assert_eq!((second.id.as_str(), second.text.as_str()), ("7", "Café & tea"));
        let at = second.text.find('&').unwrap();
        assert_eq!(&text[second.raw_map.to_raw(Span::at(at, at + 1), second.text.len()).unwrap()], "&amp;");
        let at = second.text.find('é').unwrap();
        assert_eq!(&text[second.raw_map.to_raw(Span::at(at, at + 2), second.text.len()).unwrap()], "\\u00e9");
    }

    #[test]
    fn a_bad_row_does_not_stop_the_rest() {
        let outcome =
            read_text("{\"text\": \"one\"}\n{\"text\": \"cut off\n{\"text\": \"three\"}\n{\"title\": \"none\"}\n");
        assert_eq!(outcome.reports.len(), 2);
        let codes: Vec<_> = outcome.problems.iter().map(|it| it.code).collect();
        assert_eq!(codes, ["json-row-unreadable", "json-row-without-text"]);
    }

    #[test]
    fn other_programs_rows() {
        for (text, expected) in [
            ("[{\"maintext\": \"news-please\", \"date_publish\": \"2031-01-02\"}]", "news-please"),
            (
                "{\"articles\": {\"results\": [{\"uri\": \"1\", \"body\": \"registry\", \"dateTime\": \"2031-01-02T03:04:05Z\"}]}}",
                "registry",
            ),
            (
                "{\"body\": {\"summary\": [\"s\"], \"sections\": [{\"headline\": [\"h\"], \"paragraphs\": [\"p\", \"q\"]}]}, \"publishing_date\": \"2031-01-02\"}",
                "s\n\nh\n\np\n\nq",
            ),
            ("{\"page-1\": {\"articleBody\": \"benchmark\", \"datePublished\": \"2031-01-02\"}}", "benchmark"),
        ] {
            let outcome = read_text(text);
            assert_eq!(outcome.reports.iter().map(|it| it.text.as_str()).collect::<Vec<_>>(), [expected]);
            assert!(
                outcome.reports[0]
                    .declared
                    .iter()
                    .any(|it| it.name == "json:date" && it.value.starts_with("2031-01-02"))
            );
        }
    }

    // A row of invented news as each program writes it, and what it must declare.
    #[test]
    fn field_names_of_other_programs() {
        const TALKS: &str = "The ministers met in Verra.";
        let cases: [(&str, &[(&str, &str)]); 8] = [
            // news-please
            (
                r#"{"maintext": "T", "title": "Talks", "authors": ["Ana Ilves"], "date_publish": "2031-02-03 08:00:00",
                    "date_modify": "2031-02-04 08:00:00", "source_domain": "post.example", "url": "https://post.example/a",
                    "language": "en", "description": "In short."}"#,
                &[
                    ("title", "Talks"),
                    ("author", "Ana Ilves"),
                    ("date", "2031-02-03 08:00:00"),
                    ("date_modified", "2031-02-04 08:00:00"),
                    ("domain", "post.example"),
                    ("url", "https://post.example/a"),
                    ("language", "en"),
                    ("description", "In short."),
                ],
            ),
            // trafilatura
            (
                r#"{"title": "Talks", "author": "Ana Ilves", "hostname": "post.example", "date": "2031-02-03",
                    "raw_text": "other", "text": "T", "sitename": "Lake Post", "source": "https://post.example/a"}"#,
                &[
                    ("title", "Talks"),
                    ("author", "Ana Ilves"),
                    ("date", "2031-02-03"),
                    ("domain", "post.example"),
                    ("outlet", "Lake Post"),
                    ("url", "https://post.example/a"),
                ],
            ),
            // Fundus
            (
                r#"{"title": "Talks", "plaintext": "T", "authors": ["Ana Ilves"], "publishing_date": "2031-02-03",
                    "body": {"summary": [], "sections": []}}"#,
                &[("title", "Talks"), ("author", "Ana Ilves"), ("date", "2031-02-03")],
            ),
            // Event Registry
            (
                r#"{"title": "Talks", "body": "T", "dateTime": "2031-02-03T09:00:00Z", "dateTimePub": "2031-02-03T08:00:00Z",
                    "lang": "eng", "source": {"uri": "post.example", "title": "Lake Post"}, "authors": [{"name": "Ana Ilves"}]}"#,
                &[
                    ("title", "Talks"),
                    ("author", "Ana Ilves"),
                    ("date", "2031-02-03T08:00:00Z"),
                    ("outlet", "Lake Post"),
                    ("language", "eng"),
                ],
            ),
            // schema.org
            (
                r#"{"@type": "NewsArticle", "headline": "Talks", "articleBody": "T", "datePublished": "2031-02-03",
                    "dateModified": "2031-02-04", "author": {"name": "Ana Ilves"}, "publisher": {"name": "Lake Post"}}"#,
                &[
                    ("title", "Talks"),
                    ("author", "Ana Ilves"),
                    ("date", "2031-02-03"),
                    ("date_modified", "2031-02-04"),
                    ("outlet", "Lake Post"),
                ],
            ),
            // ninjs 1
            (
                r#"{"uri": "tarn:1", "headline": "Talks", "body_text": "T", "byline": "Ana Ilves", "located": "Verra",
                    "contentcreated": "2031-02-03", "versioncreated": "2031-02-04", "urgency": 3, "language": "en"}"#,
                &[
                    ("title", "Talks"),
                    ("author", "Ana Ilves"),
                    ("date", "2031-02-03"),
                    ("date_modified", "2031-02-04"),
                    ("located", "Verra"),
                ],
            ),
            // ninjs 2
            (
                r#"{"uri": "tarn:1", "headlines": [{"role": "main", "value": "Talks"}], "by": "Ana Ilves",
                    "bodies": [{"role": "main", "contenttype": "text/html", "value": "<p>T</p>"}],
                    "infosources": [{"name": "Tarn Wire"}], "contentcreated": "2031-02-03"}"#,
                &[("title", "Talks"), ("author", "Ana Ilves"), ("date", "2031-02-03"), ("outlet", "Tarn Wire")],
            ),
            // JSON Feed
            (
                r#"{"version": "https://jsonfeed.org/version/1.1", "title": "Lake Post", "items": [{"id": "1", "title": "Talks",
                    "url": "https://post.example/a", "content_html": "<p>T</p>", "date_published": "2031-02-03",
                    "authors": [{"name": "Ana Ilves"}]}]}"#,
                &[
                    ("title", "Talks"),
                    ("author", "Ana Ilves"),
                    ("date", "2031-02-03"),
                    ("url", "https://post.example/a"),
                ],
            ),
        ];
        for (row, expected) in cases {
            let row = row.replace("\"T\"", &format!("\"{TALKS}\"")).replace(">T<", &format!(">{TALKS}<"));
            let outcome = read_text(&row);
            let [report] = &outcome.reports[..] else { panic!("{row}: {outcome:?}") };
            assert_eq!(report.text, TALKS, "{row}");
            let raw = report.raw_map.to_raw(Span::at(0, TALKS.len()), TALKS.len()).unwrap();
            assert_eq!(&row[raw], TALKS);
            for (name, value) in expected {
                let name = format!("json:{name}");
                let found = report.declared.iter().find(|it| it.name == name).map(|it| it.value.as_str());
                assert_eq!(found, Some(*value), "{name} of {row}");
            }
        }
        let feed = read_text(
            r#"{"version": "https://jsonfeed.org/version/1", "title": "Lake Post", "items": [{"content_text": "a"}]}"#,
        );
        assert!(feed.reports[0].declared.iter().any(|it| it.name == "feed:title" && it.value == "Lake Post"));
    }
}
