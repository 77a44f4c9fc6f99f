//! Lineages of our own invention.

use rapporteur_model::{ArticleBlock, CitedKind, CitedSource, DriftKind, Evidenced, RelationKind, Role, Span};

use super::*;

const WIRE: &str = "KALVIK (North Wire) - The ferry Morning Star ran aground on the Skarven reef on Tuesday with 214 people aboard, and fishing boats took all of them ashore within two hours, the coast guard said.
Captain Ida Solberg told reporters that the rudder had failed in a strong current shortly after the ferry left the harbour of Kalvik.
“We turned the wheel and nothing happened at all, so I ordered everyone to put on a life jacket,” she said at a news conference in the town hall.
The company that owns the ferry, Harbour Lines, said it would probably pay passengers about 3 million crowns in damages.
Three children with broken arms were treated at the hospital in Kalvik and released the same evening, a doctor said.
The Morning Star was built in 1994 and passed its last inspection in November, according to the Norvian Ship Register.
Divers will examine the hull on Thursday, and a tug from Basra is expected to pull the ferry free at high tide.
Environment Minister Tomas Reyl said a small amount of oil had leaked but no birds had been found dead on the beaches.";

fn report(id: &str, text: &str) -> Annotated {
    let mut report = Annotated::default();
    report.article.report.id = id.to_owned();
    report.article.report.text = text.to_owned();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let span = Span::at(start, start + line.trim_end().len());
        let is_furniture = ["Subscribe", "Share", "Read also"].iter().any(|it| line.starts_with(it));
        let role = if is_furniture { Role::Furniture } else { Role::Body };
        if !span.is_empty() {
            report.article.blocks.push(ArticleBlock { span, role, repeat_of: None, how: "test" });
        }
        start += line.len();
    }
    report
}

fn dated(mut report: Annotated, date: &str) -> Annotated {
    report.article.metadata.date_published = Some(Evidenced::declared(date.to_owned(), "test"));
    report
}

fn from_outlet(mut report: Annotated, outlet: &str) -> Annotated {
    report.article.metadata.outlet = Some(Evidenced::declared(outlet.to_owned(), "test"));
    report
}

/// Credits stand one after the other in the text.
fn crediting(mut report: Annotated, name: &str, kind: CitedKind) -> Annotated {
    let start = 6 * report.article.cited.len() as u32;
    report.article.cited.push(CitedSource { name: name.to_owned(), kind, span: Span::new(start, start + 5) });
    report
}

fn check(a: Annotated, b: Annotated, expected: Option<(RelationKind, Direction)>, n_origins: usize) -> Relations {
    let relations = relate(&[a, b], Lexicon::shared());
    let found = relations.pairs.first().map(|it| (it.kind, it.direction));
    assert_eq!(found, expected, "{:?}", relations.pairs.first().map(|it| &it.because));
    assert_eq!(relations.origins.len(), n_origins);
    relations
}

fn lines(text: &str, which: &[usize]) -> String {
    let all: Vec<&str> = text.lines().collect();
    which.iter().map(|it| all[*it]).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_same_words_are_identical_whatever_the_marks() {
    let other = WIRE.replace(['“', '”'], "\"").replace("harbour", "harbor").replace("Harbour", "Harbor");
    check(report("a", WIRE), report("b", &other), Some((RelationKind::Identical, Direction::Unknown)), 1);
}

#[test]
fn a_repost_with_furniture_is_a_near_copy() {
    let other = format!(
        "Subscribe to our letter\nShare this\n{}\nRead also: ten beaches to see before winter",
        WIRE.replace("(North Wire) - ", "")
    );
    let a = dated(report("a", WIRE), "2031-03-04");
    let relations =
        check(a, dated(report("b", &other), "2031-03-05"), Some((RelationKind::NearCopy, Direction::BFromA)), 1);
    assert!(relations.pairs[0].because.iter().any(|it| it == "a was published first"));
}

#[test]
fn a_trimmed_text_is_an_excerpt() {
    check(
        report("a", WIRE),
        report("b", &lines(WIRE, &[0, 1, 4])),
        Some((RelationKind::Excerpt, Direction::BFromA)),
        1,
    );
    check(
        report("a", &lines(WIRE, &[0, 1, 4])),
        report("b", WIRE),
        Some((RelationKind::Excerpt, Direction::AFromB)),
        1,
    );
}

#[test]
fn a_copy_with_credit_is_a_republication() {
    let a = from_outlet(report("a", WIRE), "North Wire");
    let b = crediting(report("b", &lines(WIRE, &[0, 1, 2, 3, 4, 5])), "North Wire", CitedKind::Republished);
    let relations = check(a, b, Some((RelationKind::Republication, Direction::BFromA)), 1);
    assert!(relations.external.is_empty());
    assert_eq!(relations.origins[0].name, "North Wire");
}

#[test]
fn a_later_state_of_a_page_is_a_version() {
    let later = WIRE.replace("214 people", "241 people").replace("Three children", "Four children");
    let a = dated(from_outlet(report("a", WIRE), "Kalvik Post"), "2031-03-04");
    let b = dated(from_outlet(report("b", &later), "Kalvik Post"), "2031-03-05");
    let relations = check(a, b, Some((RelationKind::Version, Direction::BFromA)), 1);
    let numbers: Vec<&str> =
        relations.pairs[0].drift.iter().filter(|it| it.kind == DriftKind::Number).map(|it| it.what.as_str()).collect();
    assert_eq!(numbers, ["214 became 241", "Three became Four"]);
}

#[test]
fn a_rewrite_is_known_by_its_facts_and_their_order() {
    let rewrite = "The Morning Star, a ferry with 214 people aboard, hit the Skarven reef on Tuesday, and fishing boats brought all of them ashore within two hours, the coast guard has said.
Its captain, Ida Solberg, blamed a rudder that had failed in a strong current shortly after the ferry departed from Kalvik. In a radio interview, she said that nothing happened at all when the wheel was turned and that everyone was ordered to put on a life jacket.
Harbour Lines, the company that owns the ferry, will pay passengers about 3 million crowns in damages. Three children were treated for broken arms at the Kalvik hospital and released the same evening.
The ferry was built in 1994 and passed its last inspection in October, according to officials.
Divers are to examine the hull on Thursday before a tug from Basra pulls the ferry free at high tide.";
    let relations = check(report("a", WIRE), report("b", rewrite), Some((RelationKind::Rewrite, Direction::BFromA)), 1);
    let pair = &relations.pairs[0];
    let has = |kind: DriftKind, what: &str| pair.drift.iter().any(|it| it.kind == kind && it.what.contains(what));
    assert!(has(DriftKind::Certainty, "\"probably pay\" became"), "{:#?}", pair.drift);
    assert!(has(DriftKind::Date, "November became October"), "{:#?}", pair.drift);
    assert!(has(DriftKind::Attribution, "became \"according to officials\""), "{:#?}", pair.drift);
    assert!(has(DriftKind::Added, "In a radio interview"), "{:#?}", pair.drift);
    assert!(has(DriftKind::Lost, "left out"), "{:#?}", pair.drift);
    assert!(!pair.drift.iter().any(|it| it.kind == DriftKind::Number), "{:#?}", pair.drift);
}

const OWN: &str = "Anna Berg was drinking coffee when the deck tilted. “I thought of my dog first,” the teacher said from a blanket in the school gym, where Kalvik's bakers had brought buns.
Skipper Ole Dahl counted nine trips between the ferry and the quay.
Captain Ida Solberg praised the fishermen. “We turned the wheel and nothing happened at all, so I ordered everyone to put on a life jacket,” she told the crowd.
The mayor wants a lighthouse on the reef, which has taken eleven ships in forty years.";

#[test]
fn a_shared_quotation_is_no_lineage() {
    check(report("a", WIRE), report("b", OWN), Some((RelationKind::SharedQuote, Direction::Unknown)), 2);
}

#[test]
fn unrelated_reports_are_two_origins() {
    let other = "Parliament passed the water bill by 61 votes to 58 after a night of debate. Cotton growers marched outside and burned a model of a dam.";
    check(report("a", WIRE), report("b", other), None, 2);
}

#[test]
fn two_papers_with_one_agency_are_one_origin() {
    let own = |text: &str, which: &[usize]| format!("{}\n{}", text, lines(WIRE, which));
    let a = own(
        "Our correspondent in Kalvik writes that shops stayed closed on Wednesday and that the school gym was full of blankets, buns and donated boots for the stranded travellers.",
        &[0, 1, 2],
    );
    let b = own(
        "Fishermen in the north have long asked for a lighthouse, and the union of pilots said the reef had taken eleven ships in forty years, most of them at night in the months of winter.",
        &[1, 0, 3],
    );
    let agency = |it| crediting(it, "Reuters", CitedKind::Agency);
    let relations = check(
        agency(report("a", &a)),
        agency(report("b", &b)),
        Some((RelationKind::SharedWire, Direction::Unknown)),
        1,
    );
    assert_eq!(relations.origins[0].name, "Reuters");
    assert_eq!(relations.external[0].children, [ReportIx(0), ReportIx(1)]);
    // Without a word of an agency, the common passages speak.
    check(report("a", &a), report("b", &b), Some((RelationKind::SharedWire, Direction::Unknown)), 1);
}

#[test]
fn a_retelling_hangs_on_the_outlet_it_names() {
    let a = from_outlet(report("a", WIRE), "Kalvik Post");
    let told = "A ferry with more than two hundred people aboard has run onto a reef off Kalvik, writes the Kalvik Post. Captain Ida Solberg said the rudder of the Morning Star had broken. Nobody died, but some children were hurt.";
    let b = crediting(report("b", told), "Kalvik Post", CitedKind::Retold);
    check(a, b, Some((RelationKind::SecondHand, Direction::BFromA)), 1);
    let alone = crediting(report("c", told), "Kalvik Post", CitedKind::Retold);
    let relations = relate(&[alone], Lexicon::shared());
    assert_eq!(relations.external[0].children, [ReportIx(0)]);
    assert_eq!(relations.origins[0].name, "Kalvik Post");
}

#[test]
fn a_report_of_two_agencies_does_not_make_them_one() {
    let mixed = crediting(crediting(report("m", OWN), "Reuters", CitedKind::Agency), "AFP", CitedKind::Agency);
    let one = crediting(report("r", WIRE), "Reuters", CitedKind::Agency);
    let other = crediting(
        report("z", "A strike closed the port of Basra, union leaders said, and forty ships waited outside."),
        "AFP",
        CitedKind::Agency,
    );
    let relations = relate(&[mixed, one, other], Lexicon::shared());
    assert_eq!(relations.origins.len(), 2);
}

#[test]
fn the_order_of_reports_does_not_show() {
    let mut reports = vec![
        dated(report("a", WIRE), "2031-03-04"),
        report("b", &lines(WIRE, &[0, 1, 4])),
        report("c", OWN),
        crediting(report("d", &lines(WIRE, &[2, 3, 5, 6])), "Reuters", CitedKind::Agency),
        from_outlet(report("e", &WIRE.replace("Thursday", "Friday")), "Kalvik Post"),
        report("f", "Parliament passed the water bill by 61 votes to 58 after a night of debate."),
    ];
    let shown = |reports: &[Annotated]| {
        let relations = relate(reports, Lexicon::shared());
        let id = |ix: ReportIx| reports[ix.ix()].id().to_owned();
        let mut pairs: Vec<_> = relations
            .pairs
            .iter()
            .map(|it| {
                assert!(it.a < it.b);
                let mut it = it.clone();
                if id(it.b) < id(it.a) {
                    turn(&mut it);
                }
                (
                    id(it.a),
                    id(it.b),
                    it.kind,
                    it.direction,
                    format!("{:?} {:?} {:?}", it.passages, it.drift, it.because),
                )
            })
            .collect();
        pairs.sort();
        let mut origins: Vec<_> = relations
            .origins
            .iter()
            .map(|it| {
                let mut members: Vec<_> = it.reports.iter().map(|it| id(*it)).collect();
                members.sort();
                (members, id(it.root), it.name.clone(), it.because.clone())
            })
            .collect();
        origins.sort();
        for (at, origin) in relations.origin_of.iter().enumerate() {
            assert!(relations.origins[origin.ix()].reports.contains(&ReportIx::from(at)));
        }
        (pairs, origins)
    };
    let expected = shown(&reports);
    // Twenty orders by chance, the same each time: a linear congruence with Knuth's numbers, of which the high bits serve.
    let mut state: u64 = 5;
    for _ in 0..20 {
        for at in (1..reports.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            reports.swap(at, (state >> 33) as usize % (at + 1));
        }
        assert_eq!(shown(&reports), expected);
    }
}

#[test]
fn nothing_is_no_trouble() {
    assert!(relate(&[], Lexicon::shared()).pairs.is_empty());
    let empty = relate(&[report("a", ""), report("b", ""), report("c", "One.")], Lexicon::shared());
    assert_eq!((empty.pairs.len(), empty.origins.len()), (0, 3));
}
