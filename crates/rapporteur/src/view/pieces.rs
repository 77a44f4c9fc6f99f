//! Blocks cut into pieces where words begin and end that something on the page leads to.

use std::borrow::Cow;
use std::collections::BTreeSet;

use rapporteur_model::{Article, Span};

use super::shown;

/// A run of words of a block.
pub(super) struct Piece<'a> {
    pub(super) text: Cow<'a, str>,
    /// Names of the places that begin here.
    pub(super) ids: Vec<String>,
    /// Whether the words are evidence of a field, a source or a problem.
    pub(super) is_evidence: bool,
    /// Whether a link leads to them at all.
    pub(super) is_marked: bool,
}

/// The words of one report that something on the page leads to.
pub(super) struct Marks {
    number: usize,
    /// In text order, each once.
    spans: Vec<Span>,
    /// Those that can be reached: some block has words of them.
    reached: BTreeSet<Span>,
    /// Every place where one begins or ends, in order, with how many stand open from there on: all, and those that are
    /// evidence.
    borders: Vec<(u32, usize, usize)>,
}

impl Marks {
    pub(super) fn new(number: usize, article: &Article) -> Marks {
        let meta = &article.metadata;
        let fields = [
            &meta.title, &meta.date_published, &meta.date_modified, &meta.outlet, &meta.dateline, &meta.language,
            &meta.section, &meta.url,
        ];
        let mut evidence: Vec<Span> =
            fields.into_iter().flatten().chain(&meta.authors).flat_map(|it| &it.spans).copied().collect();
        evidence.extend(article.cited.iter().map(|it| it.span));
        let problems = article.report.problems.iter().chain(&article.problems);
        evidence.extend(problems.filter_map(|it| it.span));
        let evidence: BTreeSet<Span> = evidence.into_iter().filter(|it| !it.is_empty()).collect();
        let repeated = article.blocks.iter().filter_map(|it| it.repeat_of).filter(|it| !it.is_empty());
        let spans: BTreeSet<Span> = evidence.iter().copied().chain(repeated).collect();

        let mut turns: Vec<(u32, isize, isize)> = Vec::new();
        for span in &spans {
            let n_evidence = isize::from(evidence.contains(span));
            turns.extend([(span.start(), 1, n_evidence), (span.end(), -1, -n_evidence)]);
        }
        turns.sort_unstable();
        let mut borders: Vec<(u32, usize, usize)> = Vec::new();
        let (mut n_open, mut n_evidence) = (0_isize, 0_isize);
        for (at, open, of_evidence) in turns {
            n_open += open;
            n_evidence += of_evidence;
            let border = (at, n_open.max(0) as usize, n_evidence.max(0) as usize);
            match borders.last_mut() {
                Some(last) if last.0 == at => *last = border,
                _ => borders.push(border),
            }
        }
        // Blocks are in order and do not overlap: the first that ends behind the span's start is the one to look at.
        let has_block = |span: &Span| {
            let ix = article.blocks.partition_point(|it| it.span.end() <= span.start());
            article.blocks.get(ix).is_some_and(|it| it.span.overlaps(*span))
        };
        let spans: Vec<Span> = spans.into_iter().collect();
        let reached = spans.iter().copied().filter(has_block).collect();
        Marks { number, spans, reached, borders }
    }

    /// Name of the place of a span; empty when it has none on the page.
    pub(super) fn target(&self, span: Span) -> String {
        if self.reached.contains(&span) { self.id(span) } else { String::new() }
    }

    fn id(&self, span: Span) -> String {
        format!("r{}-{}-{}", self.number, span.start(), span.end())
    }

    /// A walk over the report's blocks, which must come in order.
    pub(super) fn walk(&self) -> Walk<'_> {
        Walk { marks: self, next: 0 }
    }
}

/// A walk over the blocks of a report; each mark is opened once.
pub(super) struct Walk<'m> {
    marks: &'m Marks,
    /// First span that is not opened yet.
    next: usize,
}

impl Walk<'_> {
    /// The block cut at the borders of marks.
    pub(super) fn pieces<'a>(&mut self, block: Span, text: &'a str) -> Vec<Piece<'a>> {
        let Marks { spans, borders, .. } = self.marks;
        let first = borders.partition_point(|it| it.0 <= block.start());
        let (_, mut n_open, mut n_evidence) = if first == 0 { (0, 0, 0) } else { borders[first - 1] };
        let mut pieces = Vec::new();
        let mut at = block.start();
        for ix in first..=borders.len() {
            let (end, open_next, evidence_next) = match borders.get(ix) {
                Some(border) if border.0 < block.end() => *border,
                _ => (block.end(), 0, 0),
            };
            let piece = Span::new(at, end);
            let mut ids = Vec::new();
            while let Some(span) = spans.get(self.next).filter(|it| it.start() < end) {
                if at < span.end() && self.marks.reached.contains(span) {
                    ids.push(self.marks.id(*span));
                }
                self.next += 1;
            }
            let words = shown(piece.of(text));
            pieces.push(Piece { text: words, ids, is_evidence: n_evidence > 0, is_marked: n_open > 0 });
            if block.end() <= end {
                break;
            }
            (at, n_open, n_evidence) = (end, open_next, evidence_next);
        }
        pieces
    }
}
