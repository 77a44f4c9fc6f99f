//! Laws of reading and cleaning together: the text is not changed, every word has one block, evidence stands where it says.

use proptest::prelude::*;
use rapporteur_model::Article;
use rapporteur_read::{Limits, Source, read};

use crate::clean;

fn articles(location: &str, bytes: &[u8]) -> Vec<Article> {
    let reports = read(&Source { location, bytes }, &Limits::default()).reports;
    reports
        .into_iter()
        .map(|report| {
            let before = report.clone();
            let article = clean(report);
            assert_eq!(article.report, before);
            article
        })
        .collect()
}

fn check(location: &str, bytes: &[u8]) {
    for article in articles(location, bytes) {
        let text = article.text();
        let mut at = 0;
        for block in &article.blocks {
            let (start, end) = (block.span.start() as usize, block.span.end() as usize);
            assert!(at <= start && start < end, "{location}: {:?}", block.span);
            assert!(text.is_char_boundary(start) && text.is_char_boundary(end));
            assert!(text[at..start].trim().is_empty(), "{:?}", &text[at..start]);
            assert!(!block.how.is_empty());
            assert!(block.repeat_of.is_none_or(|it| it.end() <= block.span.start()));
            at = end;
        }
        assert!(text[at..].trim().is_empty());
        for cited in &article.cited {
            assert!(!cited.span.of(text).is_empty());
        }
        let metadata = &article.metadata;
        for found in [&metadata.title, &metadata.date_published, &metadata.outlet, &metadata.dateline]
            .into_iter()
            .flatten()
            .chain(&metadata.authors)
        {
            assert!(!found.value.is_empty() && !found.how.is_empty());
            assert!(found.spans.iter().all(|it| !it.of(text).is_empty()));
        }
    }
}

#[test]
fn hostile_texts() {
    let n = 200_000;
    for piece in [
        "a", "a ", "A. ", "a\n", "\n", "• x\n", "2031-02-03 ", "1.2.3", "Reuters ", "(Reuters) ", "Source: ",
        "By A B\n", "/", "Photo: ", "and ", "\u{0}", "é", "3 February 2031\n", "©", "cookie ", "12:30 ", "\"", "東",
        "<p>x", "<li>x ", "<h1>x", "<div class=related>x. ", "<time>2031-02-03</time>", "</p>",
    ] {
        check("a.txt", piece.repeat(n / piece.len()).as_bytes());
        check("a.html", format!("<html>{}", piece.repeat(n / 4 / piece.len())).as_bytes());
    }
}

proptest! {
    #[test]
    fn any_text(text in "([A-Za-zé0-9 .,:;/()\"©•-]{0,30}\n{0,3}){0,12}") {
        check("a.txt", text.as_bytes());
    }

    #[test]
    fn any_words_of_news(words in prop::collection::vec(prop::sample::select(vec![
        "Reuters", "BBC", "the", "told", "writes", "by", "By", "Ana", "Ilves", "and", "in", "VERRA", ",", ".", "\n", "\n\n", "(", ")", "/", "Source:", "2031-02-03",
        "21:11", "GMT+8", "Updated", "Photo:", "Copyright", "©", "Read", "also:", "that", "ferries", "•", "date", "—", "-", "“", "”", "Feb", "3", "2031",
    ]), 0..60)) {
        check("a.txt", words.join(" ").as_bytes());
        check("a.html", format!("<p>{}</p>", words.join("</p><p>")).as_bytes());
    }
}
