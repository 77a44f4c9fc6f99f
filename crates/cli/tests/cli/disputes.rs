//! What two reports tell differently: each nature found with its words, what outlets do every day left alone.

use std::path::Path;

use serde_json::Value;

use crate::rows;

/// The rest of either report: nothing that the other tells.
const REST: [&str; 2] = [
    "The morning was foggy, and fishermen along the quay had heard the horn for an hour. A kiosk owner gave out tea to \
     those who waited. Schools on the island stayed open.",
    "Residents spoke of a long night. Bus line 4 ran late because of roadworks near the theatre, and two bakeries opened \
     only at noon, when the wind had dropped.",
];

/// The claims of two reports that open with these sentences; the files are named so that `first` is read first or last.
fn weigh(sentences: [&str; 2], names: [&str; 2]) -> Vec<Value> {
    let folder = tempfile::tempdir().expect("a folder");
    for (ix, sentence) in sentences.iter().enumerate() {
        let title = ["Pier is closed", "Ferry in trouble"][ix];
        let text = format!("{title}\n\n3 February 2031\n\n{sentence}\n\n{}\n", REST[ix]);
        std::fs::write(folder.path().join(names[ix]), text).expect("a report");
    }
    rows(&["weigh", "-q", path(folder.path())])
}

fn path(folder: &Path) -> &str {
    folder.to_str().expect("a path in UTF-8")
}

/// Nature and words of all differences of the matter, with the verdict.
fn differences(claims: &[Value]) -> Vec<(String, String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut found = Vec::new();
    for claim in claims.iter().filter(|it| matches!(it["verdict"].as_str(), Some("conflict" | "differ-compatible"))) {
        for it in claim["variants"].as_array().into_iter().flatten() {
            found.push((text(&claim["verdict"]), text(&it["nature"]), text(&it["value"])));
        }
    }
    found
}

/// Sentences that contradict each other: nature, one, the other, the words in which the other differs.
const CONFLICTS: [(&str, [&str; 2], &str); 7] = [
    (
        "number",
        [
            "The ferry carried 140 passengers when it struck the northern pier at Port Ilva.",
            "When the ship hit the northern pier of Port Ilva, the ferry carried 210 passengers.",
        ],
        "210 passengers",
    ),
    (
        "date",
        [
            "The council of Port Ilva opened the new lighthouse museum on 12 January.",
            "In Port Ilva the new lighthouse museum was opened by the council on 19 January.",
        ],
        "19 January",
    ),
    (
        "person",
        [
            "Harbour master Lena Ortiz closed the northern pier after the accident.",
            "After the accident the northern pier was closed by harbour master Pavel Drost.",
        ],
        "Pavel Drost",
    ),
    (
        "place",
        [
            "Engineers from the shipyard inspected the damaged hull of the ferry in Valletta.",
            "The damaged hull of the ferry was inspected in Lisbon by engineers from the shipyard.",
        ],
        "Lisbon",
    ),
    (
        "certainty",
        [
            "The shipping company repaired the broken radar of the ferry before the accident.",
            "Before the accident the shipping company did not repair the broken radar of the ferry.",
        ],
        "repair",
    ),
    (
        "certainty",
        [
            "The shipping company sold the old ferry to a museum in Port Ilva.",
            "The old ferry was yet to be sold to a museum in Port Ilva by the shipping company.",
        ],
        "sold",
    ),
    (
        "attribution",
        [
            "\"We will leave no stone unturned in this inquiry,\" minister Lena Ortiz said.",
            "\"We will leave no stone unturned in this inquiry,\" captain Pavel Drost told reporters.",
        ],
        "captain Pavel Drost",
    ),
];

/// Sentences that can both be right: a rounding, another unit, a short name, silence, other words, initials, another order.
const HARMLESS: [[&str; 2]; 7] = [
    [
        "The ferry carried 143 passengers when it struck the northern pier at Port Ilva.",
        "When the ship hit the northern pier of Port Ilva, the ferry carried about 140 passengers.",
    ],
    [
        "The ferry drifted 10 miles from Port Ilva after it struck the northern pier.",
        "After the ferry struck the northern pier, it drifted 16 kilometres from Port Ilva.",
    ],
    [
        "Harbour master Lena Ortiz closed the northern pier after the accident.",
        "After the accident the northern pier was closed by Ms Ortiz.",
    ],
    [
        "The council of Port Ilva opened the new lighthouse museum on 12 January.",
        "In Port Ilva the new lighthouse museum was opened by the council.",
    ],
    [
        "The shipping company repaired the broken radar of the ferry before the accident.",
        "Before the accident the shipping firm mended the broken radar of the ferry.",
    ],
    [
        "Engineers from the shipyard inspected the damaged hull of the ferry in Los Angeles.",
        "The damaged hull of the ferry was inspected in L.A. by engineers from the shipyard.",
    ],
    [
        "Harbour master Lena Ortiz spoke with captain Pavel Drost about the accident.",
        "Captain Pavel Drost spoke about the accident with harbour master Lena Ortiz.",
    ],
];

#[test]
fn each_nature_of_a_conflict_is_found_with_its_words() {
    for (nature, sentences, words) in CONFLICTS {
        let claims = weigh(sentences, ["a.txt", "b.txt"]);
        let found = differences(&claims);
        assert!(found.iter().any(|it| it.1 == nature && it.2 == words), "{nature}: {sentences:?}: {found:?}");
        // The words stand where the row says.
        for claim in &claims {
            for it in claim["variants"].as_array().into_iter().flatten() {
                let text = rows_text(sentences, it["report"].as_str().unwrap_or_default());
                let at = |n: usize| it["span"][n].as_u64().unwrap_or(0) as usize;
                let there: String = text.chars().skip(at(0)).take(at(1) - at(0)).collect();
                if Some(nature) == it["nature"].as_str() {
                    assert_eq!(Some(there.as_str()), it["value"].as_str(), "{nature}");
                }
            }
        }
    }
}

/// The text of a report as `weigh` above writes it.
fn rows_text(sentences: [&str; 2], report: &str) -> String {
    let ix = usize::from(report != "a");
    let title = ["Pier is closed", "Ferry in trouble"][ix];
    format!("{title}\n\n3 February 2031\n\n{}\n\n{}\n", sentences[ix], REST[ix])
}

#[test]
fn what_outlets_do_every_day_is_no_conflict() {
    for sentences in HARMLESS {
        let found = differences(&weigh(sentences, ["a.txt", "b.txt"]));
        assert!(found.iter().all(|it| it.0 != "conflict"), "{sentences:?}: {found:?}");
    }
}

#[test]
fn whichever_report_is_read_first_the_dispute_is_the_same() {
    for (nature, sentences, _) in CONFLICTS {
        let verdicts = |names: [&str; 2]| {
            let found = differences(&weigh(sentences, names));
            found.into_iter().map(|it| (it.0, it.1)).collect::<std::collections::BTreeSet<_>>()
        };
        assert_eq!(verdicts(["a.txt", "b.txt"]), verdicts(["b.txt", "a.txt"]), "{nature}");
    }
}

/// Two printings of what one speaker said, and whether they are one statement.
const STATEMENTS: [([&str; 2], bool); 3] = [
    (
        [
            "Harbour master Lena Ortiz said the hospital was treating 20 people, four of whom were badly hurt and 16 who could \
             walk.",
            "Harbour master Lena Ortiz said 20 people were brought in for treatment, of which four are badly hurt.",
        ],
        true,
    ),
    (
        [
            "Harbour master Lena Ortiz said the northern pier would stay closed until divers had looked at every pillar.",
            "Harbour master Lena Ortiz said the southern ferry would sail again as soon as the wind dropped.",
        ],
        false,
    ),
    (
        [
            "Harbour master Lena Ortiz said 40 pillars of the northern pier were cracked.",
            "Harbour master Lena Ortiz said 12 boats had been moved away from the pier.",
        ],
        false,
    ),
];

#[test]
fn what_a_speaker_said_in_other_words_is_one_statement() {
    for (sentences, one) in STATEMENTS {
        let claims = weigh(sentences, ["a.txt", "b.txt"]);
        let statements: Vec<&Value> = claims.iter().filter(|it| it["kind"] == "statement").collect();
        let joined = statements.iter().any(|it| it["reports"].as_array().is_some_and(|it| it.len() == 2));
        assert_eq!(joined, one, "{sentences:?}: {statements:#?}");
    }
}
