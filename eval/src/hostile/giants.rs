//! Inputs that are one thing many times over. Time must grow with their length and no faster.

/// One of them.
#[derive(Debug, Clone)]
pub struct Giant {
    /// What it is.
    pub name: &'static str,
    /// The name it comes under.
    pub location: &'static str,
    /// The input.
    pub bytes: Vec<u8>,
}

const SENTENCE: &str = "The harbour office shut the old pier on Monday after a plank broke under a walker, it said. ";

/// Every kind, of about `n` bytes each.
pub fn giants(n: usize) -> Vec<Giant> {
    let html = |name, head: &str, piece: &str, tail: &str| Giant {
        name,
        location: "a.html",
        bytes: format!("<!doctype html>{head}{}{tail}", piece.repeat(n / piece.len())).into_bytes(),
    };
    let text = |name, piece: &[u8]| Giant { name, location: "a.txt", bytes: piece.repeat(n / piece.len()) };
    let paragraph = format!("<p>{SENTENCE}</p>");
    let words = |n: usize| (0..n).map(|it| format!("w{it} ")).collect::<String>();
    let numbered = |n: usize, line: &dyn Fn(usize) -> String| (0..n).map(line).collect::<String>();
    let mut found = vec![
        html("paragraphs", "<title>Pier shut</title><article>", &paragraph, "</article>"),
        html("open divs", "", "<div>", &paragraph),
        html("divs opened and closed", "", "<div><p>x", &"</div>".repeat(n / 9)),
        html("open inline elements", "", "<b><i><a href=x>", &paragraph),
        html("end tags without a start", "<p>x", "</p></div></b>", &paragraph),
        html(
            "end tags of an open outer element under many",
            &format!("<main>{}", "<b>".repeat(500)),
            "</i></u></s>",
            "",
        ),
        html("cells", "<table>", "<tr><td>x<td>y", ""),
        html("options", "<select>", "<option>x", ""),
        html("one tag of many attributes", "<p", " data-a=1", &format!(">{SENTENCE}")),
        html("one tag of many classes", "<p class='", "related comment article ", &format!("'>{SENTENCE}")),
        html("tags of many classes", "", "<div class='a b c d e f article-body related comments'>x</div>", ""),
        html("an attribute that never ends", "<p title=\"", "<p>x</p> ", ""),
        html("a comment that never ends", "<p>x<!-- ", "<p>x</p> -- ", ""),
        html("comment starts", "<p>x", "<!-- ", ""),
        html("a script that never ends", "<p>x<script>", "<p>x</p>", ""),
        html("script starts in a script", "<script>", "<!--<script>", "x"),
        html("scripts in the title", "<title>", "<script>x</script>", "</title><p>x"),
        html("titles", "", "<title>Pier shut</title>", ""),
        html("meta elements", "", "<meta name=author content='Ana Ilves'>", &paragraph),
        html("meta dates", "", "<meta property=article:published_time content=2031-02-03T04:05:06Z>", &paragraph),
        html("time elements", "", "<time datetime=2031-02-03>3 February 2031</time>", ""),
        html(
            "JSON-LD scripts",
            "",
            "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"headline\":\"Pier shut\"}</script>",
            &paragraph,
        ),
        html("JSON-LD that nests", "<script type=application/ld+json>", "{\"@graph\":[", ""),
        html(
            "JSON-LD authors",
            "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"author\":[",
            "{\"name\":\"Ana Ilves\"},",
            "{}]}</script>",
        ),
        html("references", "<p>", "&amp;", ""),
        html("references without an end", "<p>", "&notin", ""),
        html("ampersands", "<p>", "&", ""),
        html("numbers without an end", "<p>&#", "1", ""),
        html("angle brackets", "<p>", "<", ""),
        html("headings", "", "<h1>Pier shut</h1>", ""),
        html("bylines", "", "<p class=byline>By Ana Ilves</p>", ""),
        html("list items", "", "<li><a href=x>Pier</a>", ""),
        html("line breaks", "<p>", "x<br>", ""),
        html("hard spaces", "<p>", "&nbsp;", ""),
        html("hidden elements", "", "<div hidden>x", &paragraph),
        html("pre", "<pre>", "x\n\n y", ""),
        text("one word", b"a"),
        text("one line", SENTENCE.as_bytes()),
        text("lines of one sentence", format!("{SENTENCE}\n").as_bytes()),
        text("line breaks alone", b"\n"),
        text("carriage returns", b"\r"),
        text("NUL bytes after a word", b"word\0"),
        text("bad UTF-8", b"word \xFF\xC3 word "),
        text("bullets", "• x\n".as_bytes()),
        text("dates", b"3 February 2031 21:11 GMT\n"),
        text("days and years glued", b"2031-02-03"),
        text("digits", b"1"),
        text("digits and dots", b"1.2."),
        text("capitals", b"BRUSSELS "),
        text("bylines in lines", b"By Ana Ilves and Bo Verra\n"),
        text("one byline", b"By Ana Ilves and "),
        text("agencies", b"(Reuters) - "),
        text("source lines", b"Source: Reuters\n"),
        text("picture credits", b"Photo: Ana Ilves/Reuters\n"),
        text("told to", b"told the BBC "),
        text("marks", "“".as_bytes()),
        text("copyright signs", "© ".as_bytes()),
        text("spaces", b" "),
        text("Japanese", "東京の港 ".as_bytes()),
        text("right-to-left marks", "\u{202E}a".as_bytes()),
        text("combining marks", "a\u{301}\u{301}".as_bytes()),
    ];
    let mut push = |name, location, bytes| found.push(Giant { name, location, bytes });
    push("words all different", "a.txt", words(n / 7).into_bytes());
    let line = |ix: usize| format!("Pier {ix} was shut on Monday, said the harbour office of town {}.\n", ix % 1000);
    push("lines that repeat", "a.txt", numbered(n / 70, &line).into_bytes());
    let line = |ix: usize| format!("<meta name=a{ix} content=x{ix}>");
    push("meta elements all different", "a.html", format!("<html>{}{paragraph}", numbered(n / 30, &line)).into_bytes());
    let line = |ix: usize| format!("<div class=c{ix}><p>{SENTENCE}");
    push("divs all different, never closed", "a.html", format!("<html>{}", numbered(n / 115, &line)).into_bytes());
    let line = |ix: usize| format!("<p>{} {ix}</p>", &SENTENCE[..40]);
    push("paragraphs nearly the same", "a.html", format!("<html>{}", numbered(n / 55, &line)).into_bytes());
    let line = |ix: usize| format!("<p>By Ana{ix} Ilves{ix}</p>");
    push("bylines all different", "a.html", format!("<html>{}", numbered(n / 32, &line)).into_bytes());
    let line = |ix: usize| format!("Source: Paper {ix}\n");
    push("sources all different", "a.txt", numbered(n / 20, &line).into_bytes());
    push("nested JSON", "a.json", b"{\"a\":[".repeat(n / 6));
    push("JSON rows", "a.jsonl", b"{\"text\":\"The pier is shut.\"}\n".repeat(n / 30));
    push("escapes of JSON", "a.json", format!("{{\"text\":\"{}\"}}", "\\u0041".repeat(n / 6)).into_bytes());
    push("stars of Markdown", "a.md", b"**a _b [x](".repeat(n / 11));
    push("quotations of Markdown", "a.md", b"> ".repeat(n / 2));
    let utf16 = SENTENCE.repeat(n / SENTENCE.len() / 2);
    push("UTF-16", "a.txt", utf16.encode_utf16().flat_map(u16::to_le_bytes).collect());
    let gbk = encoding_rs::GBK.encode(&"<p>港口关闭。".repeat(n / 13)).0.into_owned();
    push("GBK", "a.html", [&b"<html><meta charset=gbk>"[..], &gbk].concat());
    found
}
