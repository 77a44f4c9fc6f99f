//! Decisions: their effect, that they last, that they can be taken back and taken along.

use super::*;
use crate::{Decision, What};

fn decision(what: What) -> Decision {
    Decision {
        id: 0,
        when: String::new(),
        who: "Ines".to_owned(),
        why: "two spellings".to_owned(),
        what,
        undone_by: None,
    }
}

fn strings(list: &[&str]) -> Vec<String> {
    list.iter().map(|it| (*it).to_owned()).collect()
}

/// Two stories of two reports.
fn two_stories() -> Temporary {
    let mut it = desk();
    for (name, matter, telling) in [("a1", 1, 0), ("a2", 1, 1), ("b1", 10, 0), ("b2", 10, 1)] {
        it.add(&format!("{name}.txt"), &text(matter, telling));
    }
    assert_eq!(it.stories(), [("story-a1".to_owned(), 2), ("story-b1".to_owned(), 2)]);
    it
}

#[test]
fn stories_are_merged_and_the_old_name_leads_on() {
    let mut it = two_stories();
    let made = it.desk.decide(decision(What::Merge { reports: strings(&["a1", "b1"]) })).expect("decided");
    assert_eq!(it.stories(), [("story-a1".to_owned(), 4)]);
    assert_eq!(it.desk.story("story-b1").expect("leads on").id, "story-a1");
    it.is_whole();
    it.desk.decide(decision(What::Undo { decision: made.id })).expect("taken back");
    assert_eq!(it.stories().iter().map(|it| it.1).collect::<Vec<_>>(), [2, 2]);
    it.is_whole();
}

#[test]
fn what_was_set_apart_stays_apart_when_more_comes() {
    let mut it = two_stories();
    let made = it.desk.decide(decision(What::Split { reports: strings(&["a2"]) })).expect("decided");
    assert_eq!(it.stories().len(), 3);
    let story_of = |it: &Temporary, id: &str| it.desk.report_card(id).expect("there").story;
    assert_ne!(story_of(&it, "a1"), story_of(&it, "a2"));
    for n in 2..5 {
        it.add(&format!("a{}.txt", n + 1), &text(1, n));
        assert_ne!(story_of(&it, "a1"), story_of(&it, "a2"), "after {n}");
    }
    it.desk.regroup().expect("grouped anew");
    assert_ne!(story_of(&it, "a1"), story_of(&it, "a2"), "after grouping anew");
    it.is_whole();
    it.desk.decide(decision(What::Undo { decision: made.id })).expect("taken back");
    assert_eq!(story_of(&it, "a1"), story_of(&it, "a2"));
    it.is_whole();
}

#[test]
fn a_name_given_to_a_story_lasts() {
    let mut it = two_stories();
    let what = What::Rename { report: "a1".to_owned(), title: "The granary".to_owned() };
    it.desk.decide(decision(what)).expect("decided");
    it.add("a3.txt", &text(1, 2));
    let card = it.desk.story("story-a1").expect("there");
    assert_eq!((card.title.as_str(), card.n_reports), ("The granary", 3));
}

#[test]
fn decisions_are_taken_to_another_desk_once() {
    let mut one = two_stories();
    let merge = one.desk.decide(decision(What::Merge { reports: strings(&["a1", "b1"]) })).expect("decided");
    one.desk.decide(decision(What::Undo { decision: merge.id })).expect("taken back");
    one.desk.decide(decision(What::Split { reports: strings(&["b2"]) })).expect("decided");
    let told = serde_json::to_string(&one.desk.decisions().expect("all")).expect("JSON");
    let decisions: Vec<Decision> = serde_json::from_str(&told).expect("read again");
    // The other desk gets what they are about later.
    let mut other = desk();
    assert_eq!(other.desk.apply(&decisions).expect("taken over").len(), 3);
    assert_eq!(other.desk.apply(&decisions).expect("again").len(), 0);
    for (name, matter, telling) in [("a1", 1, 0), ("a2", 1, 1), ("b1", 10, 0), ("b2", 10, 1)] {
        other.add(&format!("{name}.txt"), &text(matter, telling));
    }
    let partition = |it: &Temporary| ["a1", "a2", "b1", "b2"].map(|id| it.desk.report_card(id).expect("there").story);
    let (ours, theirs) = (partition(&one), partition(&other));
    for (a, b) in [(0, 1), (2, 3), (1, 2)] {
        assert_eq!(ours[a] == ours[b], theirs[a] == theirs[b], "{ours:?} {theirs:?}");
    }
    other.is_whole();
}

#[test]
fn what_is_not_there_cannot_be_decided_on() {
    let mut it = two_stories();
    let error = it.desk.decide(decision(What::Merge { reports: strings(&["a1", "zz"]) })).expect_err("no such report");
    assert!(error.to_string().contains("'zz'"), "{error}");
    assert!(it.desk.decide(decision(What::Undo { decision: 7 })).is_err());
    assert!(it.desk.decisions().expect("none").is_empty(), "a decision that failed is not kept");
}

#[test]
fn a_fact_said_to_be_wrong_stays_so_and_facts_keep_their_ids() {
    let Some(engine) = engine() else { return };
    let mut it = desk();
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(examples("lake-ferry-talks")).expect("there").flatten().map(|it| it.path()).collect();
    files.sort();
    let last = files.split_off(4);
    it.desk.add(&engine, &files, &Silent, &mut |_| {}).expect("added");
    let story = it.stories()[0].0.clone();
    let of_story = Filter { story: Some(story.clone()), ..Filter::default() };
    let before = it.desk.facts(&of_story, Page::ALL).expect("facts").rows;
    let wrong = &before[0].row;
    let what = What::Wrong { fact: wrong.id.clone(), text: String::new(), kind: String::new(), support: Vec::new() };
    it.desk.decide(decision(what)).expect("decided");
    assert_eq!(it.desk.facts(&of_story, Page::ALL).expect("facts").n_all, before.len() - 1);
    let told = it.desk.account(&story).expect("an account");
    assert!(told.claims.iter().all(|it| it.id != wrong.id), "no part of the account");
    let left_out = &told.account.coverage.left_out;
    assert!(left_out.iter().any(|it| it.contains("said to be wrong")), "and said to be none: {left_out:?}");
    it.desk.add(&engine, &last, &Silent, &mut |_| {}).expect("added");
    assert!(it.desk.fact(&wrong.id).expect("kept").is_wrong);
    let all = Filter { with_wrong: true, ..of_story };
    let after = it.desk.facts(&all, Page::ALL).expect("facts").rows;
    let kept = before.iter().filter(|one| after.iter().any(|other| other.row.id == one.row.id)).count();
    assert!(kept * 10 >= before.len() * 9, "{kept} of {} facts kept their ids", before.len());
    it.is_whole();
}
