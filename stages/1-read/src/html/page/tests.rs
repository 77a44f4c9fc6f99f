use super::*;

fn check(html: &str, text: &str) -> Page {
    let page = render(html, &Limits::default());
    assert_eq!(page.text, text, "{html}");
    assert!(page.blocks.windows(2).all(|it| it[0].span.end() <= it[1].span.start()));
    for run in &page.map.runs {
        if run.verbatim {
            let (text_at, raw_at, len) = (run.text_start as usize, run.raw_start as usize, run.raw_len as usize);
            assert_eq!(page.text[text_at..text_at + len], html[raw_at..raw_at + len]);
        }
    }
    page
}

#[test]
fn blocks_and_white_space() {
    check("<p>One\n  two <b>three</b>.</p>\n<p>Four</p>", "One two three.\n\nFour");
    check("<div>a<p>b</div>c", "a\n\nb\n\nc");
    check("a<br>b<br><br>c<br/>", "a\nb\n\nc");
    check("<ul><li>a<li>b</ul>", "a\n\nb");
    check("<p>&nbsp;</p><p>x&nbsp;y &amp; z</p>", "x\u{a0}y & z");
    check("<pre>a\n  b\n\nc</pre>", "a\n  b\n\nc");
    check("<b>a</b> <i>b</i><span> c</span>", "a b c");
}

#[test]
fn what_is_not_shown() {
    check(
        "<title>T</title><style>p{}</style><p>a<script>x</script>b<p style='display: none'>c</p><p hidden>d</p>e",
        "ab\n\ne",
    );
    check("<svg><text>x</text></svg><noscript><p>y</p></noscript><template>z</template>a", "a");
    check("<head><title>t</title></head><body>x", "x");
    check("<head><title>t</title><body>x", "x");
}

#[test]
fn tables() {
    check("<table><tr><td>Year<td>Loan<tr><td>2024<td>€5</table>", "Year\tLoan\n\n2024\t€5");
    check("<table><tr><td><p>a</p><p>b</p></td><td>c</td></tr></table>d", "a\n\nb\n\nc\n\nd");
}

#[test]
fn paths_and_kinds() {
    let page = check(
        "<body><div class='story main' id=s><p>Harbour <a href=x>talks</a> resume</p><h2>More</h2><nav><a>Home</a></nav></div>",
        "Harbour talks resume\n\nMore\n\nHome",
    );
    let paths: Vec<&str> = page.blocks.iter().map(|it| it.path.as_str()).collect();
    assert_eq!(paths, ["body div.story.main#s p", "body div.story.main#s h2", "body div.story.main#s nav a"]);
    assert_eq!(page.blocks[0].link_bytes, 5);
    assert_eq!(page.blocks[1].kind, BlockKind::Heading(2));
    assert_eq!(page.blocks[2].kind, BlockKind::Other);
}

#[test]
fn misnested_links_end() {
    let page = check("<a href=x>a<div>b</a>c</div><p>d", "a\n\nbc\n\nd");
    assert_eq!(page.blocks.iter().map(|it| it.link_bytes).collect::<Vec<_>>(), [1, 1, 0]);
}

#[test]
fn declarations() {
    let page = check(
        "<html lang=en><head><title>Talks &amp; tea | The Lake Post</title>\
         <meta property='og:title' content='Talks &amp; tea'><meta name=Author content='Ana Ilves'>\
         <link rel=canonical href='https://lake.example/1'>\
         <script type='application/ld+json'>{\"@graph\":[{\"@type\":\"NewsArticle\",\"headline\":\"Talks\",\
         \"author\":[{\"@type\":\"Person\",\"name\":\"Ana Ilves\"}],\"datePublished\":\"2031-02-03\"}]}</script></head>\
         <time datetime=2031-02-03T10:00Z class=pub>3 Feb</time><a rel=author href=/a>Ana <b>Ilves</b></a>",
        "3 FebAna Ilves",
    );
    let declared: Vec<(&str, &str)> = page.declared.iter().map(|it| (it.name.as_str(), it.value.as_str())).collect();
    assert_eq!(
        declared,
        [
            ("html:lang", "en"),
            ("title", "Talks & tea | The Lake Post"),
            ("og:title", "Talks & tea"),
            ("meta:author", "Ana Ilves"),
            ("link:canonical", "https://lake.example/1"),
            ("jsonld:headline", "Talks"),
            ("jsonld:datePublished", "2031-02-03"),
            ("jsonld:author", "Ana Ilves"),
            ("time:datetime.pub", "2031-02-03T10:00Z"),
            ("rel:author", "Ana Ilves"),
        ]
    );
}

#[test]
fn hostile_pages_take_linear_time() {
    let limits = Limits::default();
    let n = 100_000;
    let page = render(&"<div>".repeat(n), &limits);
    assert_eq!(page.problems[0].code, "nesting-too-deep");
    for piece in [
        "<p>x", "<b>x", "</p>", "<li>", "<table><tr><td>", "<a>x<div>", "</b>", "&amp", "&#", "<!--", "<", "\0",
        "<p class=", "<br>",
    ] {
        render(&piece.repeat(n), &limits);
    }
    let nested = format!("{}{}", "<span>".repeat(n), "</div>".repeat(n));
    render(&nested, &limits);
}

#[test]
fn a_space_leads_to_white_space_and_never_to_what_nobody_sees() {
    let html = "<p>one\n<script>hidden()</script>\n<b>two</b>\n\t three";
    let page = check(html, "one two three");
    for (at, raw) in [(3, "\n"), (7, " ")] {
        let range = page.map.to_raw(Span::new(at, at + 1), page.text.len()).expect("a space stands in the page");
        assert_eq!(&html[range.clone()], raw);
        assert_eq!(page.map.to_text(range, page.text.len()), Some(Span::new(at, at + 1)));
    }
}
