//! Marked-text cases: `cases/NAME.txt` for the extractor `NAME`, every line a report of its own.
//!
//! ```text
//! # a comment
//! ⟦“The bridge must open,”|content⟧ ⟦Novak|source⟧ ⟦said|cue⟧.
//! First paragraph. ⏎ Second paragraph.
//! @ 2025-12-01 (the day that the lines after it are told on; "@" alone takes it away)
//! ```
//!
//! Marks may nest. `UPDATE_CASES=1 cargo test` writes the marks anew: read the difference before you commit it. The
//! tests need the language model and pass over with a line that says so when `RAPPORTEUR_MODEL` does not name one.
#![allow(clippy::disallowed_methods, clippy::print_stderr, reason = "tests read their own case files and settings")]

mod when;

use std::path::{Path, PathBuf};

use rapporteur_language::{Options, Pipeline, Scratch};
use rapporteur_lexicon::Lexicon;
use rapporteur_model::{
    AnchorDate, Annotations, Article, ArticleBlock, Entity, MentionKind, Report, Role, Sentence, Span, Token, TokenIx,
};

use crate::{Engine, annotate};

/// A span and what it is marked as.
type Mark = (Span, String);

/// What an extractor's records look like as marks.
struct Kind {
    name: &'static str,
    marks: fn(&Annotations, &str) -> Vec<Mark>,
}

const KINDS: &[Kind] = &[
    Kind { name: "quotes", marks: quotes },
    Kind { name: "quotes-speakers", marks: speakers },
    Kind { name: "actors", marks: actors },
    Kind { name: "positions", marks: positions },
    Kind { name: "times", marks: when::times },
    Kind { name: "figures", marks: when::figures },
    Kind { name: "acts", marks: when::acts },
];

fn quotes(known: &Annotations, _: &str) -> Vec<Mark> {
    let mut marks = Vec::new();
    for it in &known.quotes {
        for (spans, role) in [(&it.source, "source"), (&it.cue, "cue"), (&it.content, "content")] {
            let role = if it.form.as_str() == "statement" || role != "cue" {
                role.to_owned()
            } else {
                format!("{role} {}", it.form.as_str())
            };
            marks.extend(spans.iter().map(|span| (*span, role.clone())));
        }
    }
    marks
}

/// On the words of saying: who speaks ("?" for nobody known), and behind "<" the words of the saying that tells of it.
fn speakers(known: &Annotations, text: &str) -> Vec<Mark> {
    let mut marks = Vec::new();
    for it in &known.quotes {
        let ids: Vec<&str> = it.speakers.iter().map(|at| known.actors[at.ix()].id.as_str()).collect();
        let who = if ids.is_empty() { "?".to_owned() } else { ids.join(" + ") };
        let outer = it.nested_in.map(|at| format!(" < {}", known.quotes[at.ix()].cue[0].of(text))).unwrap_or_default();
        marks.extend(it.cue.iter().map(|span| (*span, format!("{who}{outer}"))));
    }
    marks
}

fn actors(known: &Annotations, _: &str) -> Vec<Mark> {
    let mut marks = Vec::new();
    for it in &known.mentions {
        let Some(actor) = it.actor else { continue };
        let what = match it.kind {
            MentionKind::Named => it.usage.as_str(),
            MentionKind::Nominal => "description",
            MentionKind::Pronominal => "pronoun",
        };
        marks.push((it.span, format!("{what} {}", known.actors[actor.ix()].id)));
    }
    marks
}

fn positions(known: &Annotations, _: &str) -> Vec<Mark> {
    known
        .positions
        .iter()
        .map(|it| (it.span, format!("{} {}", it.stance.as_str(), known.actors[it.actor.ix()].id)))
        .collect()
}

/// Takes the marks out of a line: the bare text and the marks. `None` when brackets do not pair.
fn read(line: &str) -> Option<(String, Vec<Mark>)> {
    let mut text = String::new();
    let mut open: Vec<usize> = Vec::new();
    let mut marks = Vec::new();
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            '⟦' => open.push(text.len()),
            '|' if !open.is_empty() => {
                let (role, after) = rest.split_once('⟧')?;
                marks.push((Span::at(open.pop()?, text.len()), role.to_owned()));
                rest = after;
            }
            _ => text.push(c),
        }
    }
    marks.sort();
    open.is_empty().then_some((text, marks))
}

/// Puts marks into a text. Marks that cross are written one inside the other's end.
fn write(text: &str, marks: &[Mark]) -> String {
    let mut marks = marks.to_vec();
    marks.sort_by(|a, b| {
        (a.0.start(), std::cmp::Reverse(a.0.end()), &a.1).cmp(&(b.0.start(), std::cmp::Reverse(b.0.end()), &b.1))
    });
    let mut out = String::new();
    let mut open: Vec<&Mark> = Vec::new();
    let mut next = marks.iter().peekable();
    for at in 0..=text.len() {
        if !text.is_char_boundary(at) {
            continue;
        }
        while let Some(top) = open.last().filter(|it| it.0.end() as usize <= at) {
            out.push_str(&format!("|{}⟧", top.1));
            open.pop();
        }
        while let Some(mark) = next.next_if(|it| it.0.start() as usize == at) {
            out.push('⟦');
            open.push(mark);
        }
        if let Some(c) = text[at..].chars().next() {
            out.push(c);
        }
    }
    out
}

/// A report whose paragraphs are parted by " ⏎ ".
fn article(text: &str) -> Article {
    let report = Report { text: text.to_owned(), ..Report::default() };
    let mut blocks = Vec::new();
    let mut at = 0;
    for part in text.split('⏎') {
        let start = at + part.len() - part.trim_start().len();
        let end = start.max(at + part.trim_end().len());
        blocks.push(ArticleBlock { span: Span::at(start, end), role: Role::Body, repeat_of: None, how: "case" });
        at += part.len() + '⏎'.len_utf8();
    }
    Article { report, blocks, ..Article::default() }
}

/// The model of `RAPPORTEUR_MODEL`, as an engine.
pub(crate) struct ModelEngine {
    pipeline: Pipeline,
    scratch: Scratch,
}

impl ModelEngine {
    /// `None`, with a line on standard error, when there is no model.
    pub(crate) fn of_environment() -> Option<ModelEngine> {
        let Ok(path) = std::env::var("RAPPORTEUR_MODEL") else {
            eprintln!("passed over: set RAPPORTEUR_MODEL to a model folder or wheel");
            return None;
        };
        let options = Options::default();
        let path = Path::new(&path);
        let pipeline =
            if path.is_dir() { Pipeline::from_folder(path, &options) } else { Pipeline::from_wheel(path, &options) };
        match pipeline {
            Ok(pipeline) => {
                let scratch = pipeline.scratch();
                Some(ModelEngine { pipeline, scratch })
            }
            Err(why) => panic!("cannot load {}: {why}", path.display()),
        }
    }
}

impl Engine for ModelEngine {
    fn parse(&mut self, text: &str, at: u32, into: &mut Annotations) {
        let doc = self.pipeline.parse(text, &mut self.scratch);
        let first = into.tokens.len() as u32;
        for (ix, token) in doc.tokens.iter().enumerate() {
            let start = into.lemmas.len();
            into.lemmas.push_str(doc.lemma(ix));
            into.tokens.push(Token {
                span: Span::new(token.start, token.end).shift(at),
                lemma: Span::at(start, into.lemmas.len()),
                head: TokenIx(token.head + first),
                tag: token.tag.as_str(),
                pos: token.pos.as_str(),
                dep: token.dep.as_str(),
            });
        }
        let ends = |start: u32, end: u32| (TokenIx(start + first), TokenIx(end + first));
        for range in &doc.sentences {
            let tokens = ends(range.start, range.end);
            let span = into.tokens[tokens.0.ix()].span.cover(into.tokens[tokens.1.ix() - 1].span);
            into.sentences.push(Sentence { span, tokens, block: Default::default(), repeat: false });
        }
        for it in &doc.entities {
            let tokens = ends(it.start_token, it.end_token);
            let span = into.tokens[tokens.0.ix()].span.cover(into.tokens[tokens.1.ix() - 1].span);
            into.entities.push(Entity { span, tokens, label: it.label.as_str() });
        }
    }
}

fn file_of(kind: &Kind) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("cases").join(format!("{}.txt", kind.name))
}

#[test]
fn cases_hold() {
    let Some(mut engine) = ModelEngine::of_environment() else { return };
    let is_update = std::env::var("UPDATE_CASES").is_ok();
    let mut wrong = Vec::new();
    for kind in KINDS {
        let path = file_of(kind);
        let file = std::fs::read_to_string(&path).unwrap();
        let mut out = String::new();
        let mut anchor = None;
        for (n, line) in file.lines().enumerate() {
            if let Some(day) = line.strip_prefix('@') {
                let day = day.trim().to_owned();
                anchor = (!day.is_empty()).then(|| AnchorDate { day, how: "given".to_owned(), confidence: 1.0 });
            }
            if line.is_empty() || line.starts_with(['#', '@']) {
                out.push_str(line);
                out.push('\n');
                continue;
            }
            let (text, expected) =
                read(line).unwrap_or_else(|| panic!("{}:{}: brackets do not pair", path.display(), n + 1));
            let mut article = article(&text);
            article.metadata.anchor.clone_from(&anchor);
            let known = annotate(&article, &mut engine, Lexicon::shared());
            let mut found = (kind.marks)(&known, &text);
            found.sort();
            found.dedup();
            let shown = write(&text, &found);
            if found != expected {
                wrong.push(format!("{}:{}\n  expected {line}\n  found    {shown}", path.display(), n + 1));
            }
            out.push_str(&shown);
            out.push('\n');
        }
        if is_update {
            std::fs::write(&path, out).unwrap();
        }
    }
    assert!(is_update || wrong.is_empty(), "{} cases differ:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn odd_input_does_not_panic() {
    let Some(mut engine) = ModelEngine::of_environment() else { return };
    for text in [
        "",
        " ",
        "\"",
        "“",
        "said",
        ":",
        "“”“”“”,” he said, “",
        "'''''' said '' '''",
        "X",
        "said said said said said. Said: said",
        "“I” “we” he she it they who",
        "\u{0}\u{fffd} said \u{202e}Novak\u{200b}.",
        "The. The. The pair. Both sides. The bloc. His minister’s ’s ’s.",
        "according to according to according to",
    ] {
        let long = text.repeat(40);
        for text in [text, long.as_str()] {
            annotate(&article(text), &mut engine, Lexicon::shared());
        }
    }
}

#[test]
fn marks_are_read_and_written() {
    let line = "⟦“No,”|content⟧ ⟦the ⟦Kremlin|metonym RUS⟧|source⟧ said.";
    let (text, marks) = read(line).unwrap();
    assert_eq!(text, "“No,” the Kremlin said.");
    assert_eq!(marks.len(), 3);
    assert_eq!(write(&text, &marks), line);
    assert!(read("⟦no end").is_none());
}
