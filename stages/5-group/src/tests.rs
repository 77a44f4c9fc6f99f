//! Stories of our own invention.

use rapporteur_model::{ArticleBlock, Evidenced, Role, Span};

use super::*;

pub(crate) fn report(id: &str, date: &str, text: &str) -> Annotated {
    let mut report = Annotated::default();
    report.article.report.id = id.to_owned();
    report.article.report.text = text.to_owned();
    let span = Span::at(0, text.len());
    report.article.blocks.push(ArticleBlock { span, role: Role::Body, repeat_of: None, how: "test" });
    report.article.metadata.date_published = Some(Evidenced::declared(date.to_owned(), "test"));
    report
}

fn reports() -> Vec<Annotated> {
    vec![
        report(
            "a1",
            "2031-03-04",
            "The ferry Morning Star ran aground off Kalvik on Tuesday and 214 passengers were taken ashore by fishing boats, the coast guard said. Captain Ida Solberg blamed a failed rudder.",
        ),
        report(
            "a2",
            "2031-03-04",
            "Fishing boats took more than 200 passengers ashore at Kalvik after the ferry Morning Star ran aground. Its captain, Ida Solberg, said the rudder had failed.",
        ),
        report(
            "a3",
            "2031-03-05",
            "An inquiry into the grounding of the Morning Star off Kalvik will look at the ferry's rudder, the coast guard said, a day after 214 passengers were taken ashore.",
        ),
        report(
            "b1",
            "2031-03-04",
            "Parliament in Norvia passed the water bill by 61 votes to 58 after a night of debate. Minister Tomas Reyl called it the end of cheap irrigation for cotton growers.",
        ),
        report(
            "b2",
            "2031-03-04",
            "Cotton growers marched in Norvia after parliament passed the water bill by three votes. Minister Tomas Reyl said irrigation had been too cheap for too long.",
        ),
        report(
            "c1",
            "2031-03-04",
            "The chess champion Lena Orlow lost her title in Basra to a player of sixteen, who sacrificed a rook on move 31.",
        ),
    ]
}

fn shown(reports: &[Annotated]) -> Vec<(String, Vec<String>, Vec<Vec<String>>)> {
    let stories = group(reports, &Relations::default(), Lexicon::shared());
    let mut shown: Vec<_> = stories
        .into_iter()
        .map(|it| {
            let mut members: Vec<(String, Vec<String>)> =
                it.reports.iter().map(|ix| reports[ix.ix()].id().to_owned()).zip(it.because).collect();
            members.sort();
            let (ids, because) = members.into_iter().unzip();
            (it.id, ids, because)
        })
        .collect();
    shown.sort();
    shown
}

#[test]
fn reports_of_one_happening_are_one_story() {
    let found = shown(&reports());
    let ids: Vec<Vec<&str>> = found.iter().map(|it| it.1.iter().map(String::as_str).collect()).collect();
    assert_eq!(ids, [vec!["a1", "a2", "a3"], vec!["b1", "b2"], vec!["c1"]]);
    assert_eq!(found[0].0, "story-a1");
    assert_eq!(found[0].2[0], ["with a2: both name Ida Solberg, Kalvik and Morning Star; of the same day"]);
    assert_eq!(found[2].2[0], ["no other report tells of the same"]);
}

#[test]
fn the_order_of_reports_does_not_show() {
    let mut reports = reports();
    let expected = shown(&reports);
    for turn in 0..20 {
        reports.rotate_left(1 + turn % 3);
        reports.swap(0, turn % 6);
        assert_eq!(shown(&reports), expected);
    }
}

#[test]
fn one_lineage_is_one_story() {
    let reports = reports();
    let pair = Relation {
        a: ReportIx(0),
        b: ReportIx(5),
        kind: RelationKind::Republication,
        direction: rapporteur_model::Direction::BFromA,
        containment_a: 1.0,
        containment_b: 1.0,
        passages: Vec::new(),
        drift: Vec::new(),
        because: Vec::new(),
    };
    let relations = Relations { pairs: vec![pair], ..Relations::default() };
    let two = vec![reports[0].clone(), reports[5].clone()];
    let relations = Relations {
        pairs: relations
            .pairs
            .into_iter()
            .map(|mut it| {
                it.b = ReportIx(1);
                it
            })
            .collect(),
        ..Relations::default()
    };
    let stories = group(&two, &relations, Lexicon::shared());
    assert_eq!(stories.len(), 1);
    assert_eq!(stories[0].because[1][0], "comes from a1 (republication)");
}

#[test]
fn nothing_is_no_trouble() {
    assert!(group(&[], &Relations::default(), Lexicon::shared()).is_empty());
    let empty = vec![report("x", "2031-03-04", ""), report("y", "", "")];
    assert_eq!(group(&empty, &Relations::default(), Lexicon::shared()).len(), 2);
}
