use rapporteur_model::{
    Actor, ActorIx, Article, ArticleBlock, Mention, MentionKind, MentionUse, Quote, QuoteIx, Role, Span, Time, TimeIx,
    TimeKind,
};

use super::super::tests::check_links;
use super::marks::{Key, Layer, Part};
use super::*;

fn article(text: &str, blocks: &[(u32, u32)]) -> Article {
    let mut article = Article::default();
    article.report.id = "made-up".to_owned();
    article.report.text = text.to_owned();
    let block = |(start, end): &(u32, u32)| ArticleBlock {
        span: Span::new(*start, *end),
        role: Role::Body,
        repeat_of: None,
        how: "made up",
    };
    article.blocks = blocks.iter().map(block).collect();
    article
}

/// Pieces as "words|keys, innermost first|places that begin|contents that end".
fn cut(article: &Article, marks: &[(Key, Part, u32, u32)]) -> Vec<String> {
    let mut made = Marks::new(1, article);
    for (key, part, start, end) in marks {
        made.add(*key, *part, Span::new(*start, *end), String::new());
    }
    let mut cut = made.cut();
    let pieces = article.blocks.iter().flat_map(|it| cut.pieces(it.span)).map(|it| {
        let opens: Vec<&str> = it.opens.iter().map(|it| it.id.as_str()).collect();
        let closes: Vec<&str> = it.closes.iter().map(|it| it.text.as_str()).collect();
        format!("{}|{}|{}|{}", it.text, it.keys, opens.join(" "), closes.join(" "))
    });
    pieces.collect()
}

const QUOTE: fn(usize) -> Key = |ix| Key(Layer::Quotes, ix);

#[test]
fn nested_marks_open_outermost_first_and_close_innermost_first() {
    let article = article("Ash said Bo fears rain.", &[(0, 23)]);
    let marks = [
        (QUOTE(0), Part::Source, 0, 3),
        (QUOTE(0), Part::Content, 9, 22),
        (QUOTE(1), Part::Source, 9, 11),
        (QUOTE(1), Part::Content, 18, 22),
    ];
    let wanted =
        ["Ash|q0|r1q0-0|", " said |||", "Bo|q1 q0|r1q0-1 r1q1-0|", " fears |q0||", "rain|q1 q0|r1q1-1|1⌟ 0⌟", ".|||"];
    assert_eq!(cut(&article, &marks), wanted);
}

#[test]
fn marks_that_cross_each_other_and_blocks_lose_no_words() {
    let article = article("one two three\n\nfour five", &[(0, 13), (15, 24)]);
    let marks = [
        (QUOTE(0), Part::Content, 0, 7),
        (Key(Layer::Acts, 0), Part::Act, 4, 19),
        // In no block at all; and one that begins in none.
        (Key(Layer::Times, 0), Part::Time, 13, 15),
        (Key(Layer::Times, 1), Part::Time, 14, 19),
        // Past the end, inside of nothing, empty.
        (Key(Layer::Times, 2), Part::Time, 20, 90),
        (Key(Layer::Times, 3), Part::Time, 4, 4),
    ];
    let wanted = ["one |q0|r1q0-0|", "two|q0 e0|r1e0-0|0⌟", " three|e0||", "four|t1 e0|r1t1-0|", " five|||"];
    assert_eq!(cut(&article, &marks), wanted);
}

#[test]
fn a_mark_that_splits_a_letter_is_left_out() {
    let article = article("né à Ruan", &[(0, 11)]);
    let marks = [(QUOTE(0), Part::Content, 2, 6), (QUOTE(1), Part::Cue, 0, 3)];
    assert_eq!(cut(&article, &marks), ["né|q1|r1q1-0|", " à Ruan|||"]);
}

#[test]
fn words_under_a_heap_of_marks_stay_words() {
    let text = "x".repeat(400);
    let article = article(&text, &[(0, 400)]);
    let marks: Vec<_> = (0..200).map(|ix| (QUOTE(ix), Part::Content, ix as u32, 400 - ix as u32)).collect();
    let pieces = cut(&article, &marks);
    let words: String = pieces.iter().map(|it| it.split('|').next().unwrap_or("")).collect();
    assert_eq!(words, text);
    let most = pieces.iter().map(|it| it.split('|').nth(1).unwrap_or("").split(' ').count()).max();
    assert_eq!(most, Some(24), "colours of so many marks help nobody");
    assert_eq!(pieces.iter().filter(|it| it.contains("r1q199-0")).count(), 1, "but each has its place");
}

/// Two attributions, one in the other, the inner of nobody known; a repeat of the first words.
fn report() -> Annotated {
    let text = "Mayor Ash said on Monday that “Bo fears <rain>”.\n\nMayor Ash said";
    let mut article = article(text, &[(0, 53), (55, 69)]);
    article.blocks[1].repeat_of = Some(Span::new(0, 14));
    let quote = Quote {
        kind: rapporteur_model::QuoteKind::Mixed,
        form: Default::default(),
        source: vec![Span::new(0, 9)],
        cue: vec![Span::new(10, 14)],
        content: vec![Span::new(30, 52)],
        quoted: vec![Span::new(33, 49)],
        speakers: vec![ActorIx(0)],
        addressee: None,
        date: Some(TimeIx(0)),
        place: None,
        nested_in: None,
        sentence: Default::default(),
        score: 0.5,
        repeat: false,
    };
    let inner = Quote {
        source: vec![Span::new(33, 35)],
        cue: vec![Span::new(36, 41)],
        content: vec![Span::new(42, 48)],
        quoted: Vec::new(),
        speakers: Vec::new(),
        date: None,
        nested_in: Some(QuoteIx(0)),
        ..quote.clone()
    };
    let mention = |start, end, actor| Mention {
        span: Span::new(start, end),
        kind: MentionKind::Named,
        usage: MentionUse::Actor,
        actor,
        score: 1.0,
        how: "name",
        repeat: false,
    };
    let mut report = Annotated { article, ..Annotated::default() };
    let found = &mut report.annotations;
    found.quotes = vec![quote, inner];
    found.actors = vec![Actor { id: "person:ash".to_owned(), name: "Ash".to_owned(), ..Actor::default() }];
    found.mentions = vec![mention(6, 9, Some(ActorIx(0))), mention(33, 35, None), mention(61, 64, Some(ActorIx(0)))];
    found.times = vec![Time {
        span: Span::new(18, 24),
        kind: TimeKind::Date,
        value: None,
        modifier: None,
        anchor: None,
        how: "unresolved",
        repeat: false,
    }];
    report
}

fn page_of(reports: Vec<Annotated>) -> String {
    annotated_page(&Collection { reports, ..Collection::default() })
}

#[test]
fn every_entry_leads_to_its_words_and_back() {
    let page = page_of(vec![report(), report()]);
    check_links(&page);
    for (entry, place) in
        [("r1q0", "r1q0-0"), ("r1q1", "r1q1-2"), ("r2a0", "r2a0-1"), ("r1a1", "r1a1-0"), ("r2t0", "r2t0-0")]
    {
        for name in [format!("href=\"#{entry}\""), format!("href=\"#{place}\"")] {
            assert!(page.contains(&name), "{name}");
        }
    }
    assert!(page.contains("<bdi>not known</bdi>"), "a speaker that nobody knows is said to be unknown");
    assert!(page.contains("not known whom they mean") && page.contains("value not known"));
    assert!(page.contains("nested in</i> <a href=\"#r1q0\"><bdi>0 (Ash)</bdi>"), "{page}");
    assert!(page.contains("href=\"#r1w0-0\" title=\"Mayor Ash said\">said before</a>"), "{page}");
    assert!(!page.contains("<rain>") && page.contains("&#60;rain&#62;"), "words of a report are no markup");
    assert_eq!(
        page.matches("class=\"w qk d2\" data-k=\"q1 q0\"").count(),
        2,
        "nested words do not show as such: {page}"
    );
}

#[test]
fn what_was_not_found_is_said() {
    let page = page_of(vec![Annotated::default()]);
    check_links(&page);
    for words in ["There is no text", "Nobody is said to have said anything", "No act is told", "Nobody takes a side"] {
        assert!(page.contains(words), "{words}");
    }
    let mut foreign = report();
    let language = rapporteur_model::Evidenced { value: "fr".to_owned(), ..Default::default() };
    foreign.article.metadata.language = Some(language);
    assert!(page_of(vec![foreign]).contains("Its language is fr"));
    check_links(&page_of(Vec::new()));
}

#[test]
fn names_out_of_a_report_stay_text() {
    let mut evil = report();
    evil.annotations.actors[0].name = "\"><script>alert(1)</script>\0".to_owned();
    let page = page_of(vec![evil]);
    check_links(&page);
    assert_eq!(page.matches("<script").count(), 1, "the page's own");
    assert!(!page.contains('\0') && !page.contains("\"><script>alert"));
}
