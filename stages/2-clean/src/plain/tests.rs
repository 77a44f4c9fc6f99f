use super::*;
use crate::clean;
use rapporteur_model::{Article, Block};

fn article(text: &str) -> Article {
    let mut blocks = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let words = line.trim();
        if !words.is_empty() {
            let start = at + (line.len() - line.trim_start().len());
            let kind = if words.starts_with("• ") { BlockKind::ListItem } else { BlockKind::Paragraph };
            blocks.push(Block { span: Span::at(start, start + words.len()), kind, ..Block::default() });
        }
        at += line.len();
    }
    clean(Report { text: text.to_owned(), blocks, ..Report::default() }, Lexicon::shared())
}

/// Each line of `marked` is `role| words`.
fn check(marked: &str) -> Article {
    let text: Vec<&str> = marked.lines().map(|it| it.split_once("| ").map_or("", |(_, words)| words)).collect();
    let article = article(&text.join("\n"));
    let mut expected: Vec<&str> = Vec::new();
    expected.extend(marked.lines().filter(|it| !it.is_empty()));
    let found: Vec<String> =
        article.blocks.iter().map(|it| format!("{}| {}", it.role.as_str(), it.span.of(article.text()))).collect();
    assert_eq!(found, expected);
    article
}

#[test]
fn a_pasted_page() {
    let article = check(
        "navigation| Europe 4 min read\n\
         headline| Ferries on Lake Verra to run again, minister says\n\
         byline| Author: user avatar Night Desk Source: The Guardian\n\
         caption| Minister Orlo greets his guest on the quay on Sunday. Photograph: Maria Pirk/EPA\n\
         standfirst| Tolls for lorries are still to be settled, says Orlo\n\
         byline| Jennifer Ilves in Verra and Peter Sool\n\
         body| The ferries on Lake Verra will run again in spring, the two ministers said on Sunday.\n\
         subheading| A quarrel of two years\n\
         body| The quarrel began when the northern shore raised its tolls without a word to the south.\n\
         related| Lake Verra: is the quarrel over? – video explainer\n\
         body| Orlo called it a good day for both shores, and went home by boat in the evening.\n\
         advertisement| Advertisement\n\
         related| Read also: Two shores, one lake",
    );
    assert_eq!(
        article.metadata.title.map(|it| it.value).as_deref(),
        Some("Ferries on Lake Verra to run again, minister says")
    );
    let authors: Vec<_> = article.metadata.authors.iter().map(|it| it.value.as_str()).collect();
    assert_eq!(authors, ["Jennifer Ilves", "Peter Sool"]);
    assert_eq!(article.metadata.outlet, None);
    assert_eq!(article.metadata.date_published, None);
}

#[test]
fn a_bullet_brief() {
    let article = check(
        "navigation| Europe\n\
         stamp| 2031.02.03 21:11 GMT+8\n\
         headline| Lake Verra: ferries to run again\n\
         stamp| Updated 2031.02.03 22:40 GMT+8\n\
         byline| CGTN\n\
         key-point| • Ferries to run in spring\n\
         key-point| • Tolls still to be settled\n\
         subheading| Talks on the lake\n\
         body| The ferries on Lake Verra will run again in spring, the two ministers said on Sunday.\n\
         source-line| Source(s): Reuters\n\
         legal| Copyright ©\n\
         related| RELATED STORIES",
    );
    let metadata = &article.metadata;
    assert_eq!(metadata.date_published.as_ref().map(|it| it.value.as_str()), Some("2031-02-03T21:11+08:00"));
    assert_eq!(metadata.date_modified.as_ref().map(|it| it.value.as_str()), Some("2031-02-03T22:40+08:00"));
    assert_eq!(metadata.outlet.as_ref().map(|it| it.value.as_str()), Some("CGTN"));
    assert_eq!(metadata.anchor.as_ref().map(|it| it.day.as_str()), Some("2031-02-03"));
}

#[test]
fn a_crawls_first_line() {
    let article = article(
        " date 2031-02-03 Ferries to run again\n\nVERRA\n\nThe ferries on Lake Verra will run again in spring, the ministers said Sunday.",
    );
    let found: Vec<(&str, &str)> =
        article.blocks.iter().map(|it| (it.role.as_str(), it.span.of(article.text()))).collect();
    assert_eq!(found[..3], [("stamp", "date 2031-02-03"), ("headline", "Ferries to run again"), ("dateline", "VERRA")]);
    let date = article.metadata.date_published.clone().unwrap();
    assert_eq!(
        (date.value.as_str(), date.how.as_str(), date.spans[0].of(article.text())),
        ("2031-02-03", "first-line", "2031-02-03")
    );
    assert_eq!(article.metadata.dateline.map(|it| it.value).as_deref(), Some("Verra"));
}
