//! The law of offsets over all pages: every character leads back to bytes that say it, and those bytes lead to it.
//!
//! The bytes are decoded again here, one character at a time, by the encoding the report names and a tokenizer of
//! HTML that knows nothing of our map. No page may break the law, so the share of pages that keep it is pinned.

use encoding_rs::Encoding;
use html5gum::{Token, Tokenizer};
use rapporteur_model::{Article, Span};

use super::{Answer, Context, Task};
use crate::system::Input;
use crate::{Outcome, corpora};

pub(super) const TASK: Task = Task {
    name: "read",
    what: "offsets of all pages: characters against the bytes they came from, there and back",
    corpus: &["eval/html/aeb", "eval/html/fundus", "eval/html/dates"],
    pinned: &["pages.right"],
    on_request: false,
    run,
};

/// Ways back from raw bytes to text that are tried on a page, spread over it: each looks at every run.
const WAYS_BACK_MAX: usize = 2000;

/// Failures of one page that are told; the others are counted.
const FAILURES_TOLD_MAX: usize = 5;

fn run(context: &Context<'_>) -> Outcome<Answer> {
    let mut inputs = corpora::pages_body(&context.path(TASK.corpus[0]))?.inputs;
    inputs.extend(corpora::pages_checked(&context.path(TASK.corpus[1]))?.inputs);
    inputs.extend(corpora::pages_dated(&context.path(TASK.corpus[2]))?.inputs);
    let mut answer = Answer::default();
    let (mut n_right, mut n_failures, mut n_spans) = (0, 0, 0);
    for input in &inputs {
        for article in context.system.read(std::slice::from_ref(input)) {
            let law = Law::check(input, &article);
            n_spans += law.n_spans;
            n_failures += law.n_failures;
            n_right += usize::from(law.n_failures == 0);
            answer.misses.extend(law.told.into_iter().map(|it| format!("{}: {it}", input.id)));
        }
    }
    answer.scores.add_share("pages.right", n_right, inputs.len());
    answer.scores.add("n_pages", inputs.len() as f64);
    answer.scores.add("n_spans", n_spans as f64);
    answer.scores.add("n_offset_failures", n_failures as f64);
    Ok(answer)
}

/// What was looked at on one page, and what was wrong.
#[derive(Default)]
struct Law {
    n_spans: usize,
    n_failures: usize,
    told: Vec<String>,
}

impl Law {
    fn check(input: &Input, article: &Article) -> Law {
        let mut law = Law::default();
        law.runs(input, article);
        law.ways_back(article);
        law.blocks(article);
        law
    }

    fn expect(&mut self, holds: bool, why: impl FnOnce() -> String) {
        self.n_spans += 1;
        if !holds {
            self.n_failures += 1;
            if self.told.len() < FAILURES_TOLD_MAX {
                self.told.push(why());
            }
        }
    }

    /// Runs in order, over the whole text, inside of the file; each character the same as its bytes say.
    fn runs(&mut self, input: &Input, article: &Article) {
        let (report, raw, text) = (&article.report, &input.bytes, article.text());
        let encoding = Encoding::for_label(report.encoding.as_bytes()).unwrap_or(encoding_rs::UTF_8);
        let runs = &report.raw_map.runs;
        self.expect(runs.is_empty() == text.is_empty(), || "the map does not cover the text".to_owned());
        let mut at = 0;
        for (ix, run) in runs.iter().enumerate() {
            let start = run.text_start as usize;
            let end = runs.get(ix + 1).map_or(text.len(), |it| it.text_start as usize);
            let raw_end = run.raw_start as usize + run.raw_len as usize;
            let fits = start == at && start < end && raw_end <= raw.len() && text.get(start..end).is_some();
            self.expect(fits, || format!("run {ix} ({run:?}) does not fit text or file"));
            at = end;
            if !fits {
                continue;
            }
            let words = &text[start..end];
            for (offset, ch) in words.char_indices() {
                let span = Span::at(start + offset, start + offset + ch.len_utf8());
                let found = report.raw_map.to_raw(span, text.len());
                let holds = match found.clone().map(|it| &raw[it]) {
                    // Only what parts blocks may be put in.
                    None => ch.is_whitespace(),
                    Some(bytes) => {
                        let (said, whole) =
                            (decoded(bytes, encoding), if run.verbatim { span.of(text) } else { words });
                        says(&said, whole)
                    }
                };
                self.expect(holds, || {
                    let bytes = found.map(|it| String::from_utf8_lossy(&raw[it]).into_owned());
                    format!("character {ch:?} at {span:?} came from {bytes:?}")
                });
            }
        }
    }

    /// From raw bytes to text: what a run's bytes gave is the run; what a character's bytes gave is the character.
    fn ways_back(&mut self, article: &Article) {
        let (map, text) = (&article.report.raw_map, article.text());
        let step = map.runs.len().div_ceil(WAYS_BACK_MAX).max(1);
        for (ix, run) in map.runs.iter().enumerate().step_by(step).filter(|(_, it)| it.raw_len > 0) {
            let end = map.runs.get(ix + 1).map_or(text.len(), |it| it.text_start as usize);
            let all = Span::at(run.text_start as usize, end);
            let first_len = all.of(text).chars().next().map_or(0, char::len_utf8);
            let first =
                if run.verbatim { Span::at(all.start() as usize, all.start() as usize + first_len) } else { all };
            for span in [all, first] {
                let back = map.to_raw(span, text.len()).and_then(|raw| map.to_text(raw, text.len()));
                self.expect(back == Some(span), || format!("{span:?} comes back as {back:?}"));
            }
        }
    }

    /// Blocks in order, without overlap, on character borders, of the document and of the article; so is all evidence.
    fn blocks(&mut self, article: &Article) {
        let text = article.text();
        let fits = |span: Span| text.get(span.range()).is_some();
        let of_document = article.report.blocks.iter().map(|it| it.span);
        let of_article = article.blocks.iter().map(|it| it.span);
        for (what, spans) in [("document", of_document.collect::<Vec<_>>()), ("article", of_article.collect())] {
            let mut at = 0;
            for span in spans {
                self.expect(at <= span.start() && !span.is_empty() && fits(span), || {
                    format!("block {span:?} of the {what} after {at}")
                });
                at = span.end();
            }
            let n_outside = text[..].get(at as usize..).map_or(0, |it| it.trim().len());
            self.expect(n_outside == 0, || format!("{n_outside} bytes after the last block of the {what}"));
        }
        let meta = &article.metadata;
        let fields = [&meta.title, &meta.date_published, &meta.date_modified, &meta.outlet, &meta.dateline];
        let evidence = fields.into_iter().flatten().chain(&meta.authors).flat_map(|it| it.spans.iter().copied());
        let repeats = article.blocks.iter().filter_map(|it| it.repeat_of);
        for span in evidence.chain(repeats).chain(article.cited.iter().map(|it| it.span)).collect::<Vec<_>>() {
            self.expect(fits(span), || format!("evidence {span:?} is not on character borders"));
        }
    }
}

/// Whether decoded bytes say what stands in the text: as it is, with its references resolved, or white space for
/// white space.
fn says(bytes: &str, text: &str) -> bool {
    if bytes == text {
        return true;
    }
    let blank = |it: &str| it.chars().all(char::is_whitespace);
    let resolved = resolved(bytes);
    resolved == text || blank(text) && blank(&resolved)
}

fn decoded<'a>(bytes: &'a [u8], encoding: &'static Encoding) -> std::borrow::Cow<'a, str> {
    encoding.decode_without_bom_handling(bytes).0
}

/// The words of a piece of HTML.
fn resolved(html: &str) -> String {
    let mut out = String::new();
    for token in Tokenizer::new(html).flatten() {
        if let Token::String(words) = token {
            out.push_str(&String::from_utf8_lossy(&words));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use rapporteur_model::{RawMap, RawRun};

    fn page(raw: &str, text: &str, runs: &[(u32, u32, u32, bool)]) -> Law {
        let input = Input::text("a", raw);
        let mut article = Article::default();
        article.report.text = text.to_owned();
        let run = |&(text_start, raw_start, raw_len, verbatim): &(u32, u32, u32, bool)| RawRun {
            text_start,
            raw_start,
            raw_len,
            verbatim,
        };
        article.report.raw_map = RawMap { runs: runs.iter().map(run).collect() };
        let span = Span::at(0, text.len());
        article.report.blocks = vec![rapporteur_model::Block { span, ..Default::default() }];
        let role = rapporteur_model::Role::Body;
        article.blocks = vec![rapporteur_model::ArticleBlock { span, role, repeat_of: None, how: "made up" }];
        Law::check(&input, &article)
    }

    #[test]
    fn a_true_map_keeps_the_law() {
        let law =
            page("<p>a &amp;\n b", "a & b", &[(0, 3, 2, true), (2, 5, 5, false), (3, 10, 2, false), (4, 12, 1, true)]);
        assert_eq!((law.n_failures, &law.told), (0, &Vec::new()));
        assert!(law.n_spans > 10);
    }

    #[test]
    fn each_kind_of_wrong_map_breaks_it() {
        let n = |raw: &str, text: &str, runs: &[(u32, u32, u32, bool)]| page(raw, text, runs).n_failures;
        assert!(n("<p>abc", "abc", &[(0, 2, 3, true)]) > 0, "one byte off");
        assert!(
            n("a&amp;b", "a&b", &[(0, 0, 1, true), (1, 1, 4, false), (2, 6, 1, true)]) == 0,
            "a reference may lose its ;"
        );
        assert!(n("a&lt;b", "a&b", &[(0, 0, 1, true), (1, 1, 4, false), (2, 5, 1, true)]) > 0, "another character");
        assert!(n("ab", "ab", &[(0, 0, 1, true)]) > 0, "verbatim, yet not as long");
        assert!(n("ab", "ab", &[(0, 0, 9, true)]) > 0, "outside of the file");
        assert!(n("ab", "axb", &[(0, 0, 1, true), (1, 0, 0, false), (2, 1, 1, true)]) > 0, "a letter from nowhere");
        assert!(
            n("ab", "a\nb", &[(0, 0, 1, true), (1, 0, 0, false), (2, 1, 1, true)]) == 0,
            "a line break may come from nowhere"
        );
    }
}
