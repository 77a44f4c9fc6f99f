//! What the brief dates, leaves out and sets side by side, on invented reports of several days.

use crate::stdout;

/// A report of a day: its title and text.
type Report<'a> = (&'a str, &'a str, &'a str);

/// The brief of some reports.
fn brief(reports: &[Report<'_>]) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    for (ix, (day, title, text)) in reports.iter().enumerate() {
        let row = serde_json::json!({ "title": title, "date": day, "text": text, "id": format!("r{ix}") });
        std::fs::write(folder.path().join(format!("r{ix}.json")), row.to_string()).expect("a report");
    }
    stdout(&["brief", "-q", folder.path().to_str().expect("a path in UTF-8")])
}

/// The words of a brief on one line, without its reports.
fn words(brief: &str) -> String {
    let told = brief.split("\nReports\n").next().unwrap_or_default();
    told.split_whitespace().collect::<Vec<_>>().join(" ")
}

const EARLY: Report<'_> = (
    "2031-05-02",
    "Lake ferry to sail again at Port Ilva",
    "The ferry company of Port Ilva plans to sail again in July. No date is set for the first crossing of the ferry.\n\n\
     Jon Lind, the head of the pilots in Port Ilva, said: \"We need a new engine and two more \
     pilots before July.\"\n\n\
     Last summer Lind spoke about his family in an interview with the Lantern. \"My brother built the ferry quay with \
     his own hands,\" he said.\n",
);

const LATE: Report<'_> = (
    "2031-05-12",
    "Lake ferry sails again at Port Ilva",
    "The lake ferry sailed from Port Ilva on Monday with 140 passengers. The ferry crossed in forty minutes.\n\n\
     A guesthouse stands beside the quay. The guesthouse opened its doors to passengers of the ferry at noon.\n",
);

#[test]
fn how_things_stood_is_told_with_its_day() {
    let told = words(&brief(&[EARLY, LATE]));
    assert!(!told.contains("No date is set") || told.contains("As of 2 May, no date is set"), "{told}");
    assert!(!told.contains("plans to sail") || told.contains("As of 2 May"), "{told}");
    assert!(!told.contains("As of 12 May"), "the last day needs no telling: {told}");
}

#[test]
fn words_of_another_occasion_are_left_out() {
    let told = words(&brief(&[EARLY, LATE]));
    assert!(told.contains("new engine"), "{told}");
    assert!(!told.contains("My brother built"), "{told}");
}

#[test]
fn a_thing_the_report_named_before_is_not_told_alone() {
    let told = words(&brief(&[EARLY, LATE]));
    assert!(!told.contains("The guesthouse opened") || told.contains("A guesthouse stands"), "{told}");
}

#[test]
fn who_is_expected_here_and_left_open_there() {
    let one = (
        "2031-05-12",
        "Envoy to meet premier in Tesk",
        "Envoy Corin Aldane will meet premier Marek Oduvan in Tesk on Tuesday, the palace said. A spokesperson of the \
         palace did not specify whether Jory Beck, who took part in the talks on the lake, would also attend the meeting.\n",
    );
    let other = (
        "2031-05-12",
        "Aldane flies to Tesk for talks on the lake",
        "Corin Aldane flew to Tesk on Monday for a meeting with premier Marek Oduvan. Jory Beck, an adviser of the envoy, \
         is also expected to take part in the meeting.\n",
    );
    for reports in [[one, other], [other, one]] {
        let told = words(&brief(&reports));
        let both = told.contains("Jory Beck: expected: “is also expected to take part in the meeting”")
            && told.contains("left open: “did not specify whether Jory Beck, who took part");
        assert!(both, "{told}");
    }
}

#[test]
fn an_office_is_told_with_its_state() {
    let one = (
        "2031-05-12",
        "Ferry money for the lake",
        "The lake ferry gets new money. The Kenyan leader met his defence minister, Lena Ortu, on Monday. Ortu welcomed an \
         announcement from the ferry company that it would contribute another 40m crowns to the lake ferry money.\n",
    );
    let other = (
        "2031-05-12",
        "Kenya's defence minister on the lake ferry money",
        "Kenya's Defense Minister Lena Ortu visited the lake ferry on Monday and asked about the money for it.\n",
    );
    let told = words(&brief(&[one, other]));
    assert!(told.contains("Kenyan Defense Minister Lena Ortu welcomed"), "{told}");
}

/// A line in which a sentence begins in the middle is no sentence; what a title counts comes before what it calls "several".
#[test]
fn a_title_that_counts_comes_first() {
    let text = "Seven people were killed when a ferry sank off Port Ilva on Monday, the harbour office said. Several dead were \
                brought to the quay.\n";
    let vague = ("2031-05-12", "Ferry disaster: several dead as ferry sinks off Port Ilva harbour", text);
    let other =
        "A ferry sank off Port Ilva on Monday and seven people were killed, police said. The harbour was closed.\n";
    let counted = ("2031-05-12", "Seven killed as ferry sinks off Port Ilva", other);
    for reports in [[vague, counted], [counted, vague]] {
        assert!(words(&brief(&reports)).starts_with("Seven killed"), "{}", words(&brief(&reports)));
    }
}

/// One report prints the mayor's words in marks, the other as a line of its own.
const QUOTED: Report<'_> = (
    "2031-05-12",
    "Ferry of Port Ilva crosses the lake without an engine",
    "“The crossing surprised everybody,” said Petra Sundal, the mayor of Port Ilva. “It was a long day. Although the ferry \
     company lost an engine on the lake, the pilots of Port Ilva brought the passengers to the quay. It was good for the \
     town.”\n\nThe ferry crossed the lake of Port Ilva on Monday with 140 passengers.\n",
);
const BARE: Report<'_> = (
    "2031-05-12",
    "Ferry of Port Ilva crosses the lake without an engine: what the town says",
    "The ferry of Port Ilva crossed the lake without an engine. Here is what the town says.\n\nAlthough the ferry company \
     lost an engine on the lake, the pilots of Port Ilva brought the passengers to the quay.\n",
);

#[test]
fn words_that_somebody_speaks_are_not_the_reports_own() {
    for reports in [&[QUOTED][..], &[QUOTED, BARE]] {
        let told = words(&brief(reports));
        assert!(told.contains("crossed the lake"), "{told}");
        let at = told.find("the ferry company lost an engine");
        assert!(at.is_none_or(|at| told[..at].contains("Sundal, the mayor of Port Ilva, said")), "{told}");
    }
}

#[test]
fn a_report_of_weeks_before_is_left_out_and_named() {
    let old: Report<'_> = (
        "2031-01-04",
        "Lake ferry of Port Ilva loses its engine",
        "The lake ferry of Port Ilva lost its engine in a storm. The harbour of Port Ilva closed for a week.\n",
    );
    let second: Report<'_> = (
        "2031-05-12",
        "Ferry sails again from Port Ilva",
        "The ferry of Port Ilva sailed again on Monday with 140 passengers on the lake.\n",
    );
    let whole = brief(&[EARLY, LATE, second, old]);
    let told = words(&whole);
    assert!(!told.contains("lost its engine in a storm"), "{told}");
    assert!(whole.contains("told on 2031-01-04, weeks from the others"), "{whole}");
}

#[test]
fn what_was_under_way_before_a_later_report_is_not_told() {
    let before: Report<'_> = (
        "2031-05-02",
        "Divers search for ferry at Port Ilva",
        "A ferry has sunk off Port Ilva with 40 people on board. Divers are searching the lake for the ferry of Port Ilva.\n",
    );
    let after: Report<'_> = (
        "2031-05-05",
        "Divers find ferry at Port Ilva",
        "Divers found the sunken ferry of Port Ilva on Monday. All 40 people on board the ferry had reached the shore.\n",
    );
    let told = words(&brief(&[before, after]));
    assert!(told.contains("found the sunken ferry"), "{told}");
    assert!(!told.contains("are searching the lake"), "{told}");
}

#[test]
fn opinion_and_demands_are_not_told_as_facts() {
    let one: Report<'_> = (
        "2031-05-12",
        "Ferry sails again from Port Ilva",
        "The ferry of Port Ilva sailed again on Monday with 140 passengers. The beloved ferry of Port Ilva made a spectacular \
         crossing of the lake. The council of Port Ilva should pay for a second ferry.\n",
    );
    let told = words(&brief(&[one, LATE]));
    assert!(!told.contains("beloved") && !told.contains("should pay"), "{told}");
}
