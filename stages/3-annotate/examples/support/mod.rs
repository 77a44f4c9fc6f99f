//! What the examples share: the language engine, and PolNeAR's rows as articles.

use std::path::Path;

use rapporteur_annotate::Engine;
use rapporteur_annotate::training::Marked;
use rapporteur_language::{Options, Pipeline, Scratch};
use rapporteur_model::{Annotations, Article, ArticleBlock, Entity, Report, Role, Sentence, Span, Token, TokenIx};
use serde_json::Value;

/// The model that `RAPPORTEUR_MODEL` names, as an engine.
pub(crate) struct ModelEngine {
    pipeline: Pipeline,
    scratch: Scratch,
}

impl ModelEngine {
    /// Stops the program with a line that says what to do when there is no model.
    pub(crate) fn of_environment() -> ModelEngine {
        let path = std::env::var("RAPPORTEUR_MODEL").expect("set RAPPORTEUR_MODEL to a model folder or wheel");
        let (path, options) = (Path::new(&path), Options::default());
        let pipeline =
            if path.is_dir() { Pipeline::from_folder(path, &options) } else { Pipeline::from_wheel(path, &options) };
        let pipeline = pipeline.expect("the model can be read");
        let scratch = pipeline.scratch();
        ModelEngine { pipeline, scratch }
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

/// A row of PolNeAR: the article, and what its first annotator marked.
#[cfg_attr(not(test), allow(dead_code, reason = "one of the two examples prints no ids"))]
pub(crate) struct Row {
    pub(crate) id: String,
    pub(crate) article: Article,
    #[allow(dead_code, reason = "only training looks at it")]
    pub(crate) gold: Vec<Marked>,
}

/// Reads a file of rows. Blank lines part the blocks; the first is the headline.
pub(crate) fn rows(path: &str) -> Vec<Row> {
    let file = std::fs::read_to_string(path).expect("the corpus can be read");
    file.lines().filter(|line| !line.trim().is_empty()).map(row).collect()
}

fn row(line: &str) -> Row {
    let value: Value = serde_json::from_str(line).expect("a row is JSON");
    let text = value["text"].as_str().unwrap_or_default().to_owned();
    let mut bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    bytes.push(text.len());
    let spans = |value: &Value| -> Vec<Span> {
        let ends =
            |it: &Value| Some(Span::at(*bytes.get(it[0].as_u64()? as usize)?, *bytes.get(it[1].as_u64()? as usize)?));
        value.as_array().into_iter().flatten().filter_map(ends).collect()
    };
    let annotators = value["annotators"].as_object();
    let first = annotators.and_then(|it| it.keys().min().and_then(|name| it[name].as_array()));
    let gold = first
        .into_iter()
        .flatten()
        .map(|it| Marked { source: spans(&it["source"]), cue: spans(&it["cue"]), content: spans(&it["content"]) })
        .collect();
    let blocks = blocks(&text);
    let report = Report { text, ..Report::default() };
    Row {
        id: value["id"].as_str().unwrap_or_default().to_owned(),
        article: Article { report, blocks, ..Article::default() },
        gold,
    }
}

fn blocks(text: &str) -> Vec<ArticleBlock> {
    let mut blocks = Vec::new();
    let mut open: Option<Span> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let words = line.trim();
        let start = at + line.len() - line.trim_start().len();
        at += line.len();
        if words.is_empty() {
            blocks.extend(open.take());
            continue;
        }
        let span = Span::at(start, start + words.len());
        open = Some(open.map_or(span, |it| it.cover(span)));
    }
    blocks.extend(open);
    let role = |ix: usize| if ix == 0 { Role::Headline } else { Role::Body };
    blocks
        .into_iter()
        .enumerate()
        .map(|(ix, span)| ArticleBlock { span, role: role(ix), repeat_of: None, how: "blank-lines" })
        .collect()
}
