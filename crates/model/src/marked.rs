//! The content of an attribution as PARC and PolNeAR mark it.

use crate::{Quote, QuoteKind, Span};

impl Quote {
    /// The content with what belongs to it in the corpora of the field (PARC 3.0, Pareti 2016; PolNeAR, Newell et al.
    /// 2018): a direct speech with its quotation marks, a clause with its "that". `text` is the report's.
    pub fn marked_content(&self, text: &str) -> Vec<Span> {
        self.content
            .iter()
            .map(|it| if self.kind == QuoteKind::Direct { with_marks(text, *it) } else { with_that(text, *it) })
            .collect()
    }
}

fn is_mark(it: char) -> bool {
    matches!(it, '"' | '“' | '”' | '\'' | '‘' | '’' | '`' | '«' | '»' | '‹' | '›' | '„')
}

fn with_marks(text: &str, span: Span) -> Span {
    let (mut start, mut end) = (span.start() as usize, span.end() as usize);
    while let Some(it) = text.get(..start).and_then(|it| it.chars().next_back()).filter(|it| is_mark(*it)) {
        start -= it.len_utf8();
    }
    while let Some(it) = text.get(end..).and_then(|it| it.chars().next()).filter(|it| is_mark(*it)) {
        end += it.len_utf8();
    }
    Span::at(start, end)
}

fn with_that(text: &str, span: Span) -> Span {
    let (start, end) = (span.start() as usize, span.end() as usize);
    let before = text.get(..start).unwrap_or_default().trim_end();
    let head = before.strip_suffix("that").or_else(|| before.strip_suffix("that,"));
    match head {
        Some(head) if head.ends_with(|it: char| !it.is_alphanumeric()) => Span::at(head.len(), end),
        _ => span,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{QuoteForm, SentenceIx};

    fn marked(text: &str, content: &str, kind: QuoteKind) -> String {
        let start = text.find(content).unwrap();
        let quote = Quote {
            kind,
            form: QuoteForm::Statement,
            source: Vec::new(),
            cue: Vec::new(),
            content: vec![Span::at(start, start + content.len())],
            quoted: Vec::new(),
            speakers: Vec::new(),
            addressee: None,
            date: None,
            place: None,
            nested_in: None,
            sentence: SentenceIx(0),
            score: 1.0,
            repeat: false,
        };
        quote.marked_content(text)[0].of(text).to_owned()
    }

    #[test]
    fn marks_and_that_belong_to_the_content() {
        assert_eq!(marked("“It holds,” he said.", "It holds,", QuoteKind::Direct), "“It holds,”");
        assert_eq!(marked("He said that it holds.", "it holds", QuoteKind::Indirect), "that it holds");
        assert_eq!(marked("He said it holds.", "it holds", QuoteKind::Indirect), "it holds");
        assert_eq!(marked("He hit that, it holds.", "it holds", QuoteKind::Indirect), "that, it holds");
        assert_eq!(marked("\"", "", QuoteKind::Direct), "\"");
    }
}
