//! Forms for other programs are read back with other programs' libraries: hostile words stay words, counts hold, ids are one
//! each and the same again.

mod readers;
mod world;

use std::collections::BTreeSet;

use proptest::prelude::*;
use rapporteur_model::{ArticleBlock, Claim, Role, Span};
use serde_json::Value;

use super::{EXPORTS, Page, Write, html};
use readers::{footer, graph};
use world::World;

fn text(pages: &[Page<'_>], name: &str) -> String {
    let form = EXPORTS.iter().find(|it| it.name == name).expect("the form is in the table");
    let Write::Text(write) = form.write else { panic!("{name} is text") };
    let made = write(pages);
    assert_eq!(made, write(pages), "{name}: the same again");
    made
}

fn json(pages: &[Page<'_>], name: &str) -> Value {
    serde_json::from_str(&text(pages, name)).expect("the form is JSON")
}

fn all_different<'a>(ids: impl IntoIterator<Item = &'a str>) {
    let mut seen = BTreeSet::new();
    for id in ids {
        assert!(seen.insert(id.to_owned()), "{id} stands twice");
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// All laws of all forms.
fn check(world: &World) {
    let pages = world.pages();
    let n_claims: usize = pages.iter().map(|it| it.claims.len()).sum();
    csv_and_parquet(&pages, n_claims);
    annotations(world, &pages);
    linked(&pages, n_claims);
    stix(&pages, n_claims);
    ftm(&pages);
    let (nodes, edges) = graph(&text(&pages, "graphml"));
    all_different(nodes.iter().map(String::as_str));
    assert!(edges.iter().all(|(from, to)| nodes.contains(from) && nodes.contains(to)));
    assert_eq!(edges.len(), if pages.is_empty() { 0 } else { world.n_edges() });
    brat(world, &pages);
}

fn csv_and_parquet(pages: &[Page<'_>], n_claims: usize) {
    let made = text(pages, "csv");
    let mut reader = csv::Reader::from_reader(made.as_bytes());
    let names: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let rows: Vec<csv::StringRecord> = reader.records().map(|it| it.unwrap()).collect();
    assert_eq!(rows.len(), n_claims);
    all_different(
        rows.iter().map(|it| format!("{:?}", (&it[0], &it[1]))).collect::<Vec<_>>().iter().map(String::as_str),
    );
    let form = EXPORTS.iter().find(|it| it.name == "parquet").unwrap();
    let Write::Bytes(write) = form.write else { panic!("parquet is bytes") };
    let bytes = write(pages);
    assert_eq!(bytes, write(pages));
    let table = footer(&bytes);
    assert_eq!(table.n_rows, n_claims);
    assert_eq!(table.columns.iter().map(|it| it.0.as_str()).collect::<Vec<_>>(), names);
    for (ix, (_, cells)) in table.columns.iter().enumerate() {
        assert_eq!(*cells, rows.iter().map(|it| it[ix].to_owned()).collect::<Vec<_>>());
    }
}

fn annotations(world: &World, pages: &[Page<'_>]) {
    let made = json(pages, "annotations");
    let items = list(&made["first"]["items"]);
    let n_citations: usize = pages.iter().flat_map(super::run::sentences).map(|(_, it)| it.citations().len()).sum();
    assert_eq!(made["total"].as_u64(), Some(n_citations as u64));
    assert_eq!(items.len(), n_citations);
    all_different(items.iter().map(|it| it["id"].as_str().unwrap()));
    let cited = pages.iter().flat_map(super::run::sentences).flat_map(|(_, it)| it.citations());
    for (item, citation) in items.iter().zip(cited) {
        let [position, quote] = list(&item["target"]["selector"]) else { panic!("two selectors") };
        let chars: Vec<char> = world.reports[citation.report.ix()].text().chars().collect();
        let at = |name: &str| position[name].as_u64().unwrap() as usize;
        let exact: String = chars[at("start")..at("end")].iter().collect();
        assert_eq!(quote["exact"], exact);
        assert_eq!(exact, citation.span.of(world.reports[citation.report.ix()].text()));
        let around = [quote["prefix"].as_str().unwrap(), &exact, quote["suffix"].as_str().unwrap()].concat();
        assert!(chars.iter().collect::<String>().contains(&around));
    }
}

fn linked(pages: &[Page<'_>], n_claims: usize) {
    for name in ["prov", "claims"] {
        let made = json(pages, name);
        let graph = list(&made["@graph"]);
        all_different(graph.iter().map(|it| it["@id"].as_str().unwrap()));
        let known: BTreeSet<&str> = graph.iter().map(|it| it["@id"].as_str().unwrap()).collect();
        let links =
            ["prov:wasDerivedFrom", "prov:hadPrimarySource", "prov:wasQuotedFrom", "prov:hadMember", "appearance"];
        for link in graph.iter().flat_map(|it| links.map(|name| &it[name])).flat_map(list) {
            assert!(known.contains(link["@id"].as_str().unwrap()), "{link}");
        }
        if name == "claims" {
            assert_eq!(graph.iter().filter(|it| it["@type"] == "Claim").count(), n_claims);
        }
    }
}

fn stix(pages: &[Page<'_>], n_claims: usize) {
    let made = json(pages, "stix");
    let objects = list(&made["objects"]);
    all_different(objects.iter().map(|it| it["id"].as_str().unwrap()));
    let known: BTreeSet<&str> = objects.iter().map(|it| it["id"].as_str().unwrap()).collect();
    assert_eq!(objects.iter().filter(|it| it["type"] == "note").count(), n_claims);
    for it in objects {
        assert!(it["id"].as_str().unwrap().starts_with(&format!("{}--", it["type"].as_str().unwrap())));
        assert!(it["created"].as_str().unwrap() <= it["modified"].as_str().unwrap());
        assert!(list(&it["object_refs"]).iter().all(|it| known.contains(it.as_str().unwrap())));
        assert!(it["type"] == "identity" || !list(&it["object_refs"]).is_empty());
        assert!(it["type"] == "note" || !it["name"].as_str().unwrap().is_empty());
    }
}

fn ftm(pages: &[Page<'_>]) {
    let made = text(pages, "ftm");
    let lines: Vec<Value> = made.lines().map(|it| serde_json::from_str(it).unwrap()).collect();
    all_different(lines.iter().map(|it| it["id"].as_str().unwrap()));
    let known: BTreeSet<&str> = lines.iter().map(|it| it["id"].as_str().unwrap()).collect();
    assert_eq!(lines.iter().filter(|it| it["schema"] == "Article").count(), super::run::reports(pages).len());
    for link in lines.iter().flat_map(|it| ["proof", "involved"].map(|name| &it["properties"][name])).flat_map(list) {
        assert!(known.contains(link.as_str().unwrap()));
    }
}

fn brat(world: &World, pages: &[Page<'_>]) {
    let form = EXPORTS.iter().find(|it| it.name == "brat").unwrap();
    let Write::Folder(write) = form.write else { panic!("brat is a folder") };
    let files = write(pages);
    assert_eq!(files, write(pages));
    assert_eq!(files.len(), 1 + 2 * super::run::reports(pages).len());
    all_different(files.iter().map(|it| it.name.as_str()));
    assert!(files.iter().all(|it| !it.name.contains(['/', '\\', '\0']) && !it.name.starts_with('.')));
    for (pair, ix) in files[1..].chunks(2).zip(super::run::reports(pages).into_keys()) {
        let [words, marks] = pair else { panic!("files come in pairs") };
        assert_eq!(words.text, world.reports[ix.ix()].text());
        let chars: Vec<char> = words.text.chars().collect();
        for line in marks.text.lines() {
            let [id, middle, shown] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("three fields: {line}") };
            if !id.starts_with('T') {
                assert!(id.starts_with('#') && middle.starts_with("AnnotatorNotes T"));
                continue;
            }
            let (_, places) = middle.split_once(' ').unwrap();
            let slice = |it: &str| {
                let (start, end) = it.split_once(' ').unwrap();
                chars[start.parse().unwrap()..end.parse().unwrap()].iter().collect::<String>()
            };
            assert_eq!(places.split(';').map(slice).collect::<Vec<_>>().join(" "), shown);
        }
    }
}

#[test]
fn no_story_is_a_valid_file_too() {
    let world = World::new(&["x"], 0);
    check(&world);
    assert!(world.pages().is_empty());
}

#[test]
fn hostile_words_stay_words() {
    for word in [
        "\"quoted\", 'and' a,comma;\r\nbreak",
        "</data><node id=\"x\"/> &amp; <![CDATA[ ]]> <!-- -->",
        "\u{0}\u{1}\u{1b}[31m\u{7f}\u{85}\u{2028}\u{2029}\u{fffe}\u{feff}",
        "=HYPERLINK(\"http://a.example\")|\\|",
        "../../x\t#1\nT9\tAct 0 1\tx",
        "😀é\u{301} 東京 \u{202e}abc",
        "%2F%",
    ] {
        check(&World::new(&[word, "plain words", word], 2));
    }
}

#[test]
fn a_row_of_the_table_has_five_cells_whatever_reports_say() {
    for word in ["a | b \\| c\\", "</td><td>|<br>", "line\r\n| break |", "😀 東京 \u{202e}abc", &"long".repeat(60)]
    {
        let world = World::new(&[word, "plain words", word], 1).styled(rapporteur_model::Style::Table);
        let pages = world.pages();
        let of = |name: &str| {
            let form = super::FORMATS.iter().find(|it| it.name == name).expect("the form is in the table");
            (form.write)(&pages[0])
        };
        let made = of("markdown");
        let table = made.lines().skip_while(|it| !it.starts_with("| What |"));
        let rows: Vec<&str> = table.take_while(|it| it.starts_with('|')).collect();
        assert_eq!(rows.len(), 3, "heads, rule, one fact: {made}");
        for row in rows {
            let parts = row.replace("\\\\", "").replace("\\|", "");
            assert_eq!(parts.matches('|').count(), 6, "{row}");
        }
        let shown = of("terminal");
        let lines = shown.lines().skip_while(|it| !it.contains('─')).take_while(|it| !it.contains("Reports"));
        for line in lines {
            assert!(line.chars().count() <= 96, "too wide: {line}");
        }
        let page = of("html");
        assert!(!page.contains(word) || !word.contains('<'), "markup of a report");
        assert_eq!(page.matches("class=\"s\" id=\"s1\"").count(), 1);
    }
}

#[test]
fn a_feed_of_changes_is_rss_whatever_reports_say() {
    use rapporteur_model::row::{SinceRow, SupportRow};
    let place =
        |report: &str, words: &str| SupportRow { report: report.to_owned(), span: (0, 4), text: words.to_owned() };
    for word in ["<b>&amp;</b>", "]]> <!-- -->", "\u{0}\u{1b}[31m", "😀 東京 \"x\" 'y'", "plain"] {
        let world = World::new(&[word, word, word], 1);
        let row = |change: &str, report: usize| SinceRow {
            story: word.to_owned(),
            change: change.to_owned(),
            fact: format!("{word} sank."),
            was: Some(word.to_owned()),
            because: word.to_owned(),
            support: vec![place(&format!("{word}{report}"), word)],
            ..SinceRow::default()
        };
        let rows = [row("new", 0), row("confirmed", 1), row("dropped", 0), row("revised", 2)];
        let made = super::changes_feed(&rows, &world.reports);
        assert_eq!(made, super::changes_feed(&rows, &world.reports));
        let items = readers::feed(&made);
        assert_eq!(items.len(), rows.len());
        let of = |ix: usize, name: &str| items[ix].iter().find(|it| it.0 == name).map(|it| it.1.as_str());
        all_different((0..rows.len()).map(|it| of(it, "guid").unwrap()));
        assert_eq!(of(0, "title").unwrap(), format!("New: {}", super::run::plain(&rows[0].fact)));
        // The first report states day, hour and zone; the second a day alone; the third no date.
        assert_eq!(of(0, "pubDate"), Some("Mon, 03 Feb 2031 13:11:00 +0000"));
        assert_eq!((of(1, "pubDate"), of(2, "pubDate"), of(3, "pubDate")), (None, None, None));
        assert!(of(0, "link").unwrap().starts_with("https://a.example/"));
        // The same change later, told by one report more, is the same item.
        let mut later = row("new", 0);
        later.support.push(place("zz", "more"));
        let again = super::changes_feed(&[later], &world.reports);
        assert_eq!(readers::feed(&again)[0].iter().find(|it| it.0 == "guid").unwrap().1, of(0, "guid").unwrap());
    }
}

#[test]
fn a_claim_first_appears_where_its_copies_come_from() {
    let world = World::new(&["one", "two", "three"], 1);
    let made = json(&world.pages(), "claims");
    let claim = list(&made["@graph"]).iter().find(|it| it["@type"] == "Claim").unwrap();
    assert_eq!(claim["firstAppearance"]["@id"], claim["appearance"][0]["@id"]);
    // With a source outside of the run, nobody here was first.
    let mut world = world;
    world.relations.external[0].children = vec![rapporteur_model::ReportIx(0)];
    let made = json(&world.pages(), "claims");
    assert!(list(&made["@graph"]).iter().all(|it| it["firstAppearance"].is_null()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_words_stay_words(words in prop::collection::vec("(\\PC|[\u{0}-\u{20}\"'<>&,;|\\\\%#]){1,30}", 1..6), n in 1usize..4) {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        check(&World::new(&words, n));
    }
}

/// A very large story on a desk: a part of its facts at a time, reports with the paragraphs that are cited; no fact is in no part,
/// and no citation leads nowhere.
#[test]
fn a_giant_story_is_shown_in_parts_that_together_have_every_fact() {
    let words: Vec<String> =
        (0..60).map(|n| format!("The ferry number {n} ran again on Monday. Envoys met.")).collect();
    let mut world = World::new(&words.iter().map(String::as_str).collect::<Vec<_>>(), 1);
    for report in &mut world.reports {
        // A block a line, and one that nothing cites.
        report.article.report.text.push_str("\nWeather: rain.");
        let text = report.article.report.text.clone();
        let mut at = 0;
        for line in text.split('\n') {
            let span = Span::at(at, at + line.len());
            at += line.len() + 1;
            report.article.blocks.push(ArticleBlock { span, role: Role::Body, repeat_of: None, how: "line" });
        }
    }
    let page = &world.pages()[0];
    let claims: Vec<Claim> = page.claims.iter().cycle().take(350).cloned().collect();
    let name = |(n, it): (usize, Claim)| Claim { id: format!("f-{n}"), ..it };
    let claims: Vec<Claim> = claims.into_iter().enumerate().map(name).collect();
    let page = Page { account: page.account, claims: &claims, reports: page.reports, relations: page.relations };
    let parts: Vec<String> = (0..4).map(|part| html::account_html(&page, part)).collect();
    let has = |text: &str, n: usize| text.contains(&format!("data-f=\"f-{n}\""));
    for n in 0..350 {
        assert_eq!(parts.iter().filter(|it| has(it, n)).count(), 1, "fact {n}");
    }
    for (at, text) in parts.iter().enumerate() {
        assert!(text.contains("<b aria-current=\"page\">") && text.matches("href=\"?facts=").count() == 3, "part {at}");
        let ids: std::collections::BTreeSet<&str> =
            text.split(" id=\"").skip(1).filter_map(|it| it.split('"').next()).collect();
        for to in text.split("href=\"#").skip(1).filter_map(|it| it.split('"').next()) {
            assert!(ids.contains(to) || text.contains(&format!("id=\"{to}\"")), "part {at}: nothing is called {to}");
        }
    }
    assert!(parts[0].contains(">1 paragraph that nothing here cites<") && !parts[0].contains("Weather: rain"));
    // A part that is not there is the last one, and a small story has no parts.
    assert_eq!(html::account_html(&page, 99), parts[3]);
    let small = World::new(&["The ferry ran again.", "The ferry ran on Monday."], 1);
    assert!(!html::account_html(&small.pages()[0], 0).contains("?facts="));
}
