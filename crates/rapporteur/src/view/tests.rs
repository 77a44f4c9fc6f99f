use super::*;
use crate::read_bytes;

fn page_of(files: &[(&str, &[u8])]) -> String {
    let mut reading = Reading::default();
    for (location, bytes) in files {
        let articles = read_bytes(location, bytes, &mut reading.problems);
        reading.articles.extend(articles);
    }
    reading_page(&reading)
}

/// Every `href="#…"` of the page leads to an `id`, and no `id` stands twice.
pub(super) fn check_links(page: &str) {
    let after = |key: &str| -> Vec<String> {
        page.split(key).skip(1).map(|it| it.split('"').next().unwrap_or("").to_owned()).collect()
    };
    let ids = after(" id=\"");
    let once: std::collections::BTreeSet<&String> = ids.iter().collect();
    assert_eq!(once.len(), ids.len(), "an id stands twice");
    for target in after("href=\"#") {
        assert!(once.contains(&target), "#{target} leads nowhere");
    }
}

const STORY: &[u8] = b"<!doctype html><html lang=en><head><title>Ferry talks end - The Lantern</title>\
    <meta property='og:site_name' content='The Lantern'></head><body><nav><a href=/>Home</a> <a href=/w>World</a></nav>\
    <article><h1>Ferry talks end</h1><p class=byline>By Mara Quill</p><time datetime=2031-05-06>6 May 2031</time>\
    <p>The two towns ended their talks about the night ferry on Monday, the harbour office said.</p>\
    <p>Nobody would say when the boats sail again, or who is to pay for the repairs of the pier.</p></article>\
    <footer>Copyright The Lantern</footer></body></html>";

#[test]
fn every_word_stands_on_the_page_and_every_link_leads_somewhere() {
    let page = page_of(&[("a.html", STORY)]);
    check_links(&page);
    for words in ["Home", "Ferry talks end", "Mara Quill", "ended their talks", "Copyright The Lantern"] {
        assert!(page.contains(words), "{words}");
    }
    for role in ["class=\"g headline\"", "class=\"g body\"", " dim furn\""] {
        assert!(page.contains(role), "{role} in {page}");
    }
    assert!(page.contains("<td class=\"unknown\">unknown</td>"), "a field that nothing tells is said to be unknown");
    assert!(page.contains("anchor date"));
    assert!(!page.contains("<nav aria-label"), "one report needs no list");
}

#[test]
fn several_reports_have_a_list_and_places_of_their_own() {
    let page = page_of(&[("a.html", STORY), ("b.html", STORY)]);
    check_links(&page);
    assert!(page.contains("<h1>2 reports</h1>") && page.contains("href=\"#r1\"") && page.contains("href=\"#r2\""));
    check_links(&page_of(&[]));
}

#[test]
fn a_hostile_page_stays_text() {
    let evil = b"<!doctype html><html lang='\"><script>alert(0)</script>'><head>\
        <title>A &lt;script&gt;alert(1)&lt;/script&gt; \"onload=alert(2) </title>\
        <meta name=author content='\"><img src=x onerror=alert(3)>'>\
        <meta property='og:url' content='javascript:alert(4)'>\
        <meta property='og:site_name' content=\"</style><script>alert(5)</script>\"></head>\
        <body><h1>A &lt;script&gt;alert(1)&lt;/script&gt; \"onload=alert(2)</h1>\
        <p>By &lt;b&gt;Nobody&lt;/b&gt; \xE2\x80\xAE\0 &lt;!-- never closed. The council met on Monday and said nothing at all.</p>";
    let page = page_of(&[("\"><script>alert(6)</script>.html", evil)]);
    check_links(&page);
    for bad in ["<script", "<img", "<b>Nobody", "<!-- never", "href=\"javascript", "\"onload", "\0"] {
        assert!(!page.contains(bad), "{bad} came through");
    }
    assert_eq!(page.matches("</style>").count(), 1);
    assert!(page.contains("alert(1)") && page.contains("never closed"), "the words are lost");
}

#[test]
fn a_repeat_leads_to_the_words_it_repeats() {
    let said = Span::new(0, 22);
    let mut article = Article::default();
    article.report.text = "The council met today.\n\nThe council met today.".to_owned();
    let block = |span, repeat_of| rapporteur_model::ArticleBlock { span, role: Role::Body, repeat_of, how: "made up" };
    article.blocks = vec![block(said, None), block(Span::new(24, 46), Some(said))];
    let page = reading_page(&Reading { articles: vec![article], problems: Vec::new() });
    check_links(&page);
    assert!(page.contains("href=\"#r1-0-22\" title=\"The council met today.\">said before</a>"), "{page}");
}

#[test]
fn marks_that_cross_each_other_and_blocks_lose_no_words() {
    let mut article = Article::default();
    article.report.text = "one two three\n\nfour five".to_owned();
    let block = |start, end| rapporteur_model::ArticleBlock {
        span: Span::new(start, end),
        role: Role::Body,
        repeat_of: None,
        how: "made up",
    };
    article.blocks = vec![block(0, 13), block(15, 24)];
    let title =
        Evidenced { value: "x".to_owned(), spans: vec![Span::new(0, 7), Span::new(4, 19)], how: "y".to_owned() };
    article.metadata.title = Some(title);
    let marks = Marks::new(1, &article);
    let mut walk = marks.walk();
    let text = article.text();
    let found: Vec<(String, usize)> = article
        .blocks
        .iter()
        .flat_map(|it| walk.pieces(it.span, text))
        .map(|it| (it.text.into_owned(), it.ids.len()))
        .collect();
    let wanted = [("one ", 1), ("two", 1), (" three", 0), ("four", 0), (" five", 0)];
    assert_eq!(found, wanted.map(|(words, n)| (words.to_owned(), n)));
}

#[test]
fn what_html_cannot_write_is_shown_as_a_picture() {
    assert_eq!(shown("a\0b\u{1b}c\n\u{7f}\u{85}"), "a\u{2400}b\u{241b}c\n\u{2421}\u{fffd}");
    assert_eq!(grouped(1_234_567), "1\u{202F}234\u{202F}567");
    assert_eq!(excerpt(&"word ".repeat(100)).chars().count(), QUOTED_CHARS_MAX + 1);
}
