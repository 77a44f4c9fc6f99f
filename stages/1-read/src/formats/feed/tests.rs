use crate::{Limits, ReadOutcome, Source, read};
use rapporteur_model::{Media, Report, Span};

fn read_text(text: &str) -> ReadOutcome {
    read(&Source { location: "lake.xml", bytes: text.as_bytes() }, &Limits::default())
}

fn declared<'a>(report: &'a Report, name: &str) -> Vec<&'a str> {
    report.declared.iter().filter(|it| it.name == name).map(|it| it.value.as_str()).collect()
}

fn raw<'a>(text: &'a str, report: &Report, words: &str) -> &'a str {
    let at = report.text.find(words).unwrap_or_else(|| panic!("{words} is not in {:?}", report.text));
    &text[report.raw_map.to_raw(Span::at(at, at + words.len()), report.text.len()).unwrap()]
}

#[test]
fn rss_with_the_whole_article() {
    let text = r#"<?xml version="1.0"?>
<rss version="2.0" xmlns:content="c" xmlns:dc="d" xmlns:media="m"><channel><title>Lake Post</title><language>en-gb</language>
<item><title>Talks &amp; tea</title><link>https://post.example/2031/lake-talks.html</link>
<description>In short.</description><dc:creator><![CDATA[Ana Ilves]]></dc:creator>
<pubDate>Mon, 03 Feb 2031 08:30:00 GMT</pubDate><category>Politics</category><source url="x">Tarn Wire</source>
<media:content url="a.jpg"><media:description>A picture of a lake.</media:description></media:content>
<content:encoded><![CDATA[<p>The ministers met &amp; talked.</p><p>Caf&#233; talk.</p>]]></content:encoded></item>
<item><title>Second</title><guid>post-2</guid><author>jon@post.example (Jon Pirk)</author>
<description>&lt;p&gt;Ferries &amp;amp; trains run.&lt;/p&gt;</description></item>
<item><title>Only a title</title></item>
</channel></rss>"#;
    let outcome = read_text(text);
    let [first, second] = &outcome.reports[..] else { panic!("{outcome:?}") };
    assert_eq!(first.text, "The ministers met & talked.\n\nCafé talk.");
    assert_eq!((raw(text, first, "&"), raw(text, first, "é")), ("&amp;", "&#233;"));
    assert_eq!((first.id.as_str(), first.location.as_str()), ("lake-talks", "lake.xml#1"));
    assert_eq!(first.media, Media::Feed);
    assert_eq!(declared(first, "feed:headline"), ["Talks & tea"]);
    assert_eq!(declared(first, "feed:author"), ["Ana Ilves"]);
    assert_eq!(declared(first, "feed:source"), ["Tarn Wire"]);
    assert_eq!(declared(first, "feed:title"), ["Lake Post"]);
    assert_eq!(declared(first, "feed:published"), ["Mon, 03 Feb 2031 08:30:00 GMT"]);
    assert_eq!((second.id.as_str(), second.text.as_str()), ("post-2", "Ferries & trains run."));
    assert_eq!((raw(text, second, "&"), raw(text, second, "Ferries")), ("&amp;amp;", "Ferries"));
    assert_eq!(declared(second, "feed:author"), ["Jon Pirk"]);
    assert_eq!(outcome.problems[0].message, "1 of 3 items have no text; left out");
}

#[test]
fn rss_1_and_atom() {
    let rdf = r#"<rdf:RDF xmlns:rdf="r" xmlns="s" xmlns:dc="d"><channel><title>Lake Post</title></channel>
<item><title>Talks</title><link>https://post.example/talks</link><description>Plain words, no mark.</description><dc:date>2031-02-03</dc:date></item></rdf:RDF>"#;
    let outcome = read_text(rdf);
    assert_eq!(outcome.reports[0].text, "Plain words, no mark.");
    assert_eq!(declared(&outcome.reports[0], "feed:published"), ["2031-02-03"]);
    assert_eq!(declared(&outcome.reports[0], "feed:title"), ["Lake Post"]);
    let atom = r#"<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Lake Post</title><author><name>The desk</name></author>
<entry><id>tag:post.example,2031:1</id><title>Talks</title><link rel="self" href="https://post.example/feed"/><link href="https://post.example/talks"/>
<published>2031-02-03T08:00:00Z</published><updated>2031-02-04T08:00:00Z</updated>
<content type="xhtml"><x:div xmlns:x="h"><x:p>One &amp; two.</x:p><x:p>Three.</x:p></x:div></content></entry>
<entry><id>2</id><content type="text">a &lt; b &amp; c</content></entry></feed>"#;
    let outcome = read_text(atom);
    let [first, second] = &outcome.reports[..] else { panic!("{outcome:?}") };
    assert_eq!((first.text.as_str(), raw(atom, first, "&")), ("One & two.\n\nThree.", "&amp;"));
    assert_eq!(
        (first.id.as_str(), declared(first, "feed:url")),
        ("tag:post.example,2031:1", vec!["https://post.example/talks"])
    );
    assert_eq!(declared(first, "feed:author"), ["The desk"]);
    assert_eq!((second.text.as_str(), raw(atom, second, "<")), ("a < b & c", "&lt;"));
}

#[test]
fn a_cut_feed_keeps_what_came_before() {
    let outcome =
        read_text("<rss><channel><item><description>Whole words.</description></item><item><description>Half");
    assert_eq!(outcome.reports.iter().map(|it| it.text.as_str()).collect::<Vec<_>>(), ["Whole words.", "Half"]);
    let outcome = read_text("<rss><channel><title>x</title></channel></rss>");
    assert_eq!(outcome.problems[0].code, "feed-empty");
    let outcome = read_text("<?xml version='1.0'?><urlset><url><loc>https://post.example/</loc></url></urlset>");
    assert_eq!((outcome.reports.len(), outcome.problems[0].code), (0, "xml-unknown"));
}
