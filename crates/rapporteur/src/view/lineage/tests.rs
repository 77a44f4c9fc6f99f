use std::path::Path;

use rapporteur_lexicon::Lexicon;
use rapporteur_model::{Annotations, RelationKind, ReportIx};

use super::super::tests::check_links;
use super::*;
use crate::Reading;

fn collection(texts: &[(&str, &str)]) -> Collection {
    let mut reading = Reading::default();
    for (location, text) in texts {
        let articles = crate::read_bytes(location, text.as_bytes(), &mut reading.problems);
        reading.articles.extend(articles);
    }
    let annotated = |article| Annotated { article, annotations: Annotations::default() };
    let mut collection =
        Collection { reports: reading.articles.into_iter().map(annotated).collect(), ..Collection::default() };
    collection.relations = crate::stages::relate(&collection.reports, Lexicon::shared());
    collection
}

const WIRE: &str = "The ferry ran aground on the Skarven reef on Tuesday with 214 people aboard, the coast guard said.\n\
    Captain Ida Solberg told reporters that the rudder had failed in a strong current near the harbour of Kalvik.\n\
    Three children with broken arms were treated at the hospital and released the same evening, a doctor said.\n\
    Divers will examine the hull on Thursday, and a tug is expected to pull the ferry free at high tide.\n";

#[test]
fn a_line_of_the_picture_leads_to_the_words_side_by_side() {
    let copy = format!("{}Source: Reuters\n", WIRE.replace("214", "241"));
    let found = collection(&[("a.txt", WIRE), ("b.txt", &copy), ("c.txt", "Parliament passed the water bill.\n")]);
    assert_eq!(found.relations.pairs.len(), 1);
    let page = lineage_page(&found);
    check_links(&page);
    assert!(page.contains("class=\"edge") && page.contains("href=\"#e1\"") && page.contains("id=\"e1\""), "{page}");
    assert!(page.contains("<mark class=\"number\" title=\"number: 214 became 241\">"), "{page}");
    assert!(page.contains("class=\"node outside\"><title>Reuters</title>"), "a parent that is not here: {page}");
    assert!(page.contains("nothing ties to another") && page.contains("<li>c</li>"), "{page}");
    assert!(!page.contains("<script"));
}

#[test]
fn nothing_is_said_to_be_nothing() {
    let page = lineage_page(&Collection::default());
    check_links(&page);
    assert!(page.contains("No two reports depend on each other") && !page.contains("<svg"));
}

#[test]
fn hostile_words_stay_words() {
    let evil = format!("{WIRE}<script>alert(1)</script> \"onload=alert(2) was all that anybody said on the pier.\n");
    let page = lineage_page(&collection(&[("a<b>.txt", &evil), ("b\".txt", &evil)]));
    check_links(&page);
    assert!(!page.contains("<script") && !page.contains("<b>") && page.contains("alert(1)"), "{page}");
}

#[test]
fn a_change_is_cut_to_the_passage_and_no_word_is_lost() {
    let text = "one two three four";
    let changes = [(Span::new(2, 7), DriftKind::Name, "x"), (Span::new(5, 9), DriftKind::Date, "y")];
    let found = pieces(text, Some(Span::new(4, 13)), &changes);
    let words: Vec<_> = found.iter().map(|it| (it.words.as_ref(), it.change)).collect();
    assert_eq!(words, [("two", "name"), (" t", "date"), ("hree", "")]);
    assert!(pieces(text, None, &changes).is_empty());
}

#[test]
fn the_parent_is_left_and_above() {
    let mut found = collection(&[("a.txt", WIRE), ("b.txt", WIRE)]);
    assert_eq!(found.relations.pairs[0].kind, RelationKind::Identical);
    found.relations.pairs[0].direction = Direction::AFromB;
    let page = lineage_page(&found);
    assert!(page.contains("b → a: identical"), "{page}");
    let y = |name: &str| {
        let node = page.split(&format!("<title>{name}</title><rect")).nth(1).unwrap_or("");
        node.split(" y=\"").nth(1).and_then(|it| it.split('"').next()?.parse::<usize>().ok()).expect("a place")
    };
    assert!(y("b") < y("a"));
    assert_eq!(ReportIx::from(0_usize), found.relations.pairs[0].a);
}

/// The page of an example story, for whoever wants to look at it, must hold together too.
#[test]
fn an_example_story_has_a_picture() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/lake-ferry-talks/reports");
    let reading = crate::read(&[folder], &crate::Silent).expect("an example");
    let annotated = |article| Annotated { article, annotations: Annotations::default() };
    let mut found =
        Collection { reports: reading.articles.into_iter().map(annotated).collect(), ..Collection::default() };
    found.relations = crate::stages::relate(&found.reports, Lexicon::shared());
    let page = lineage_page(&found);
    check_links(&page);
    assert_eq!(page.matches("<section class=\"pair\"").count(), page.matches("<a class=\"edge").count());
}
