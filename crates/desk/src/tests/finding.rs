//! Search: what matches, where, how much of it.

use super::*;

fn ferries() -> Temporary {
    let mut it = desk();
    for (id, day, title, text) in [
        ("one", "2031-05-02", "Ferry sank at Tesk", "The ferry Ommer Star sank. Divers found the café owner."),
        ("two", "2031-05-03", "Boats of Haldry", "Two boats left the harbour. No ferry was seen, divers say."),
        ("three", "2031-05-04", "Harvest is late", "The orchard bears nothing yet, farmers in Nerith say."),
    ] {
        let row = serde_json::json!({ "id": id, "date": day, "title": title, "text": text, "outlet": "Tarn Wire" });
        it.add(&format!("{id}.json"), &row.to_string());
    }
    it
}

fn ids(it: &Temporary, query: &str) -> Vec<String> {
    let found = it.desk.search(query, &Filter::default(), Page::default()).expect("found");
    let mut ids: Vec<String> = found.hits.rows.into_iter().map(|it| it.report.id).collect();
    ids.sort();
    ids
}

#[test]
fn words_phrases_prefixes_and_fields() {
    let it = ferries();
    assert_eq!(ids(&it, "ferry"), ["one", "two"]);
    assert_eq!(ids(&it, "title:ferry"), ["one"]);
    assert_eq!(ids(&it, "\"two boats left\""), ["two"]);
    assert_eq!(ids(&it, "\"boats two left\""), [""; 0]);
    assert_eq!(ids(&it, "orch*"), ["three"]);
    assert_eq!(ids(&it, "harvest OR boats"), ["three", "two"]);
    assert_eq!(ids(&it, "divers -café"), ["two"]);
    assert_eq!(ids(&it, "cafe"), ["one"], "marks over letters do not matter");
}

#[test]
fn marks_are_the_exact_places() {
    let it = ferries();
    let found = it.desk.search("\"café owner\" ferry", &Filter::default(), Page::default()).expect("found");
    let hit = &found.hits.rows[0];
    let text: Vec<char> = it.desk.report("one").expect("there").text().chars().collect();
    let of = |span: (u32, u32)| text[span.0 as usize..span.1 as usize].iter().collect::<String>();
    for snippet in &hit.snippets {
        assert_eq!(of(snippet.span), snippet.text);
    }
    let marked: Vec<String> = hit.snippets.iter().flat_map(|it| it.marks.iter().map(|at| of(*at))).collect();
    assert!(marked.contains(&"café owner".to_owned()) && marked.contains(&"ferry".to_owned()), "{marked:?}");
}

#[test]
fn facets_count_all_hits_and_pages_do_not() {
    let it = ferries();
    let found = it.desk.search("ferry", &Filter::default(), Page { offset: 0, n_max: 1 }).expect("found");
    assert_eq!((found.hits.rows.len(), found.hits.n_all, found.facets.n_counted), (1, 2, 2));
    assert_eq!(found.facets.by["day"].iter().map(|it| it.n).sum::<usize>(), 2);
    let from = Filter { from: Some("2031-05-03".to_owned()), ..Filter::default() };
    assert_eq!(it.desk.search("ferry", &from, Page::default()).expect("found").hits.n_all, 1);
    let wrong = Filter { from: Some("May".to_owned()), ..Filter::default() };
    assert!(it.desk.search("ferry", &wrong, Page::default()).expect_err("no day").to_string().contains("2031-05-12"));
}

#[test]
fn facts_are_found_with_the_words_that_bear_them_out() {
    let Some(engine) = engine() else { return };
    let mut it = desk();
    it.desk.add(&engine, &[examples("lake-ferry-talks")], &Silent, &mut |_| {}).expect("added");
    let found = it.desk.search_facts("ferries", &Filter::default(), Page::default()).expect("found");
    assert!(found.hits.n_all > 0);
    for hit in &found.hits.rows {
        let row = &hit.fact.row;
        assert!(!row.support.is_empty(), "{row:?}");
        let fact: Vec<char> = row.fact.chars().collect();
        for mark in &hit.marks {
            let marked: String = fact[mark.0 as usize..mark.1 as usize].iter().collect();
            assert_eq!(marked.to_lowercase(), "ferries");
        }
        for support in &row.support {
            let record = it.desk.report(&support.report).expect("on the desk");
            let words: String = record
                .text()
                .chars()
                .skip(support.span.0 as usize)
                .take((support.span.1 - support.span.0) as usize)
                .collect();
            assert_eq!(words.split_whitespace().collect::<Vec<_>>().join(" "), support.text);
        }
    }
    let kinds: usize = found.facets.by["kind"].iter().map(|it| it.n).sum();
    assert_eq!(kinds, found.hits.n_all);
}

#[test]
fn facets_are_the_same_however_they_are_counted() {
    let mut it = desk();
    for n in 0..60 {
        let word = if n == 0 || n == 59 { "lighthouse" } else { "quay" };
        let row = serde_json::json!({
            "id": format!("r{n}"), "date": format!("2031-05-{:02}", 1 + n % 3), "outlet": format!("Paper {}", n % 2),
            "title": format!("{word} {n}"), "text": format!("{} The {word} was closed on Monday.", text(n, 0)),
        });
        it.add(&format!("{n}.json"), &row.to_string());
    }
    let counted = |query: &str, name: &str| -> Vec<(String, usize)> {
        let found = it.desk.search(query, &Filter::default(), Page { offset: 0, n_max: 1 }).expect("found");
        found.facets.by[name].iter().map(|it| (it.value.clone().unwrap_or_default(), it.n)).collect()
    };
    // Two hits far from each other are looked up; sixty side by side are passed over.
    assert_eq!(counted("lighthouse", "outlet"), [("Paper 0".to_owned(), 1), ("Paper 1".to_owned(), 1)]);
    assert_eq!(counted("lighthouse", "day"), [("2031-05-01".to_owned(), 1), ("2031-05-03".to_owned(), 1)]);
    assert_eq!(counted("closed", "outlet"), [("Paper 0".to_owned(), 30), ("Paper 1".to_owned(), 30)]);
    assert_eq!(counted("closed", "day").iter().map(|it| it.1).collect::<Vec<_>>(), [20, 20, 20]);
    assert_eq!(counted("quay", "outlet"), [("Paper 0".to_owned(), 29), ("Paper 1".to_owned(), 29)]);
    // Page by page, the hits are those of one long page.
    let ids = |offset, n_max| -> Vec<String> {
        let found = it.desk.search("closed", &Filter::default(), Page { offset, n_max }).expect("found");
        found.hits.rows.into_iter().map(|it| it.report.id).collect()
    };
    assert_eq!([ids(0, 25), ids(25, 25), ids(50, 25)].concat(), ids(0, 100));
    assert!(ids(60, 25).is_empty());
}

#[test]
fn a_text_that_cannot_be_marked_takes_no_marks_from_others() {
    let mut it = desk();
    let odd: String = ('\u{e000}'..='\u{e0ff}').chain('\u{1}'..='\u{1f}').collect();
    it.add("odd.txt", &format!("A ferry of odd signs\n\nThe ferry {odd} ran on Monday.\n"));
    it.add("even.txt", "A plain ferry\n\nThe ferry to Kalvik ran on Monday.\n");
    let found = it.desk.search("monday", &Filter::default(), Page::default()).expect("found");
    assert_eq!(found.hits.rows.len(), 2);
    let even = found.hits.rows.iter().find(|it| it.report.id == "even").expect("found");
    assert_eq!(even.snippets.len(), 1, "{even:?}");
}
