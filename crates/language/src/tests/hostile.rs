//! Text made to break a reader: nothing may panic, and tokens must cover the text on character borders.

use super::model;
use crate::{Doc, Options};

/// Characters of every text here; the unoptimised build gets less of them.
const N: usize = if cfg!(debug_assertions) { 2_000 } else { 20_000 };

fn check(text: &str, doc: &Doc) {
    let mut at = 0;
    for (number, token) in doc.tokens.iter().enumerate() {
        assert_eq!(token.start as usize, at, "token {number} of {:?}", &text[..text.len().min(40)]);
        assert!(token.start < token.end);
        assert!(!doc.text_of(number, text).is_empty(), "token {number} is not on character borders");
        at = token.end as usize + usize::from(token.space_after);
        assert!(doc.sentences[doc.sentence_of(number)].contains(&(number as u32)));
        assert!(doc.left_edge(number) <= number && number <= doc.right_edge(number));
        assert_eq!((doc.lemma(number).is_empty(), doc.norm(number).is_empty()), (false, false));
    }
    assert_eq!(at, text.len(), "the end of {:?}", &text[..text.len().min(40)]);
    let n_children: usize = (0..doc.tokens.len()).map(|it| doc.children(it).len()).sum();
    assert_eq!(n_children, (0..doc.tokens.len()).filter(|&it| doc.head(it) != it).count());
    assert!(doc.noun_chunks().all(|it| it.end <= doc.tokens.len()));
}

#[test]
fn no_text_breaks_the_pipeline() {
    let Some(pipeline) = model(&Options::default()) else { return };
    let mut scratch = pipeline.scratch();
    let units = [
        "a", ".", ")", "(", "a-", "a,", "a.", "a@", ":@", "\"", "é", "日", "😀", "1", "5km", "/", "\n", "a\n", "\0",
        "\0 ", "\u{fffd}", "\u{fffd} ", "..a", "'s", "don't", "don't ", ". . ", "--", "1+", " ", "\u{1c}", "a  ", "İ",
        "http://", "\u{301}", "\u{202e}", "…", "<br>", "A.B.", "$", "US$", "((a", "”“", "the the ",
    ];
    for unit in units {
        let text = unit.repeat(N / unit.len());
        check(&text, &pipeline.parse(&text, &mut scratch));
    }
    check("", &pipeline.parse("", &mut scratch));
}

#[test]
fn every_plane_of_unicode_can_be_read() {
    let Some(pipeline) = model(&Options::default()) else { return };
    let step = 1_114_112 / N;
    let all = (0..=u32::from(char::MAX)).step_by(step).filter_map(char::from_u32);
    let text: String = all.clone().collect();
    let spaced: String = all.flat_map(|c| [c, ' ']).collect();
    for text in [text, spaced] {
        check(&text, &pipeline.parse(&text, &mut pipeline.scratch()));
    }
}
