//! Every table is whole, and the ways into it lead somewhere.

use super::*;

#[test]
fn no_row_is_lost() {
    for (file, n_lines, n_rows) in table_sizes(Lexicon::shared()) {
        assert_eq!(n_lines, n_rows, "{file}: a row does not fit its columns");
    }
}

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

fn first(text: &str) -> Option<(&'static str, usize)> {
    Lexicon::shared().longest_match_at(&words(text), 0).map(|(entry, n_words)| (entry.id(), n_words))
}

#[test]
fn keys_are_unique_and_codes_lead_somewhere() {
    let lexicon = Lexicon::shared();
    let unique = |keys: Vec<&str>, table: &str| {
        let mut sorted = keys.clone();
        sorted.sort();
        sorted.dedup();
        assert_eq!(sorted.len(), keys.len(), "{table}: a key stands twice");
        assert!(keys.iter().all(|key| !key.is_empty()), "{table}: an empty key");
    };
    unique(lexicon.states().iter().map(|it| it.code).collect(), "states");
    unique(lexicon.organisations().iter().map(|it| it.id).collect(), "organisations");
    unique(lexicon.outlets().iter().map(|it| it.domain).collect(), "outlets");
    unique(lexicon.cues().iter().map(|it| it.lemma).collect(), "cues");
    unique(lexicon.offices().iter().map(|it| it.phrase).collect(), "offices");
    unique(lexicon.currencies().iter().map(|it| it.code).collect(), "currencies");
    unique(lexicon.spellings().iter().map(|it| it.british).collect(), "spellings");
    unique(lexicon.spellings().iter().map(|it| it.american).collect(), "spellings");
    unique(lexicon.units().iter().map(|it| it.name).collect(), "units");
    assert_eq!(lexicon.states().iter().filter(|it| it.kind == StateKind::Member).count(), 193);
    for it in lexicon.states() {
        assert!(it.code.len() == 3 && it.code.bytes().all(|letter| letter.is_ascii_uppercase()), "{}", it.code);
    }
    let is_actor = |id: &str| lexicon.state(id).is_some() || lexicon.organisation(id).is_some();
    for it in lexicon.metonyms() {
        assert!(is_actor(it.actor) && it.or_actor.is_none_or(is_actor), "{}", it.name);
    }
    for it in lexicon.organisations() {
        assert!(it.of.is_none_or(is_actor), "{}", it.id);
    }
    for it in lexicon.outlets() {
        assert!(lexicon.state(it.country).is_some(), "{}", it.domain);
    }
    for it in lexicon.currencies() {
        assert!(it.states.iter().all(|code| lexicon.state(code).is_some()), "{}", it.code);
    }
    for it in lexicon.offices() {
        assert!(it.same_as.is_none_or(|it| lexicon.office(it).is_some()), "{}", it.phrase);
    }
    for it in lexicon.holidays() {
        assert!(holiday_day(it.rule, 2025).is_some(), "{}", it.name);
    }
}

#[test]
fn names_in_running_text() {
    assert_eq!(first("Russia's foreign"), Some(("RUS", 1)));
    assert_eq!(first("U.S. officials"), Some(("USA", 1)));
    assert_eq!(first("Saudi Arabia said"), Some(("SAU", 2)));
    assert_eq!(first("European Commission President"), Some(("ec", 2)));
    assert_eq!(first("Brussels"), Some(("eu", 1)));
    assert_eq!(first("Kiev"), Some(("UKR", 1)));
    assert_eq!(first("Élysée"), Some(("FRA", 1)));
    assert_eq!(first("al - Qaeda"), Some(("al-qaeda", 3)));
    assert_eq!(first("New York Times reported"), Some(("nytimes.com", 3)));
    assert_eq!(first("turkey and us"), None);
    assert_eq!(first("Who is it"), None);
    assert_eq!(first("Saudi , Arabia"), Some(("SAU", 1)));
}

#[test]
fn ways_in() {
    let lexicon = Lexicon::shared();
    assert_eq!(lexicon.cue_form("warned").map(|it| it.class), Some(CueClass::Warn));
    assert_eq!(lexicon.cue_form("said").map(|it| it.lemma), Some("say"));
    assert_eq!(lexicon.cue_form("denies").map(|it| it.factivity), Some(Factivity::Denied));
    assert_eq!(lexicon.phrase_cue_at(&["According", "to", "Reuters"], 0).map(|it| it.1), Some(2));
    assert_eq!(
        lexicon.office_at(&words("Foreign Minister Smith"), 0).map(|it| (it.0.phrase, it.1)),
        Some(("foreign minister", 2))
    );
    assert_eq!(lexicon.given_name("Olena"), Some(Sex::Female));
    assert_eq!(lexicon.given_name("Jean-Noël"), Some(Sex::Male));
    assert_eq!(lexicon.currency_symbol("€").map(|it| it.code), Some("EUR"));
    assert_eq!(lexicon.currency_at(&words("Swiss francs"), 0).map(|it| it.1), Some(2));
    assert_eq!(lexicon.unit_at(&words("square kilometres"), 0).map(|it| it.0.name), Some("square kilometre"));
    assert_eq!(lexicon.unit("MW").map(|it| it.factor), Some(1e6));
    assert_eq!(lexicon.modifier_at(&words("at least 5"), 0).map(|it| it.0.bound), Some(Bound::AtLeast));
    assert_eq!(lexicon.calendar_word("Dec.").map(|it| it.value), Some(12));
    assert_eq!(lexicon.zone("CET").map(|it| it.offset_min), Some(60));
    assert_eq!(lexicon.furniture_of("ADVERTISEMENT").map(|it| it.role), Some(FurnitureRole::Advert));
    assert_eq!(lexicon.furniture_of("Read also: Talks go on").map(|it| it.role), Some(FurnitureRole::Related));
    assert!(lexicon.furniture_of("The minister said talks will go on in Geneva.").is_none());
    assert_eq!(lexicon.outlet_of_url("https://www.bbc.co.uk/news/1").map(|it| it.name), Some("BBC"));
    assert_eq!(lexicon.light_triggers("impose", "sanction").next().map(|it| it.act), Some(Act::Sanction));
}

#[test]
fn one_office_many_phrases() {
    let lexicon = Lexicon::shared();
    let office = |phrase| lexicon.single_office(phrase).map(|(id, office)| format!("{id} {office}"));
    for phrase in ["top US diplomat", "America's top diplomat", "US secretary of state", "American Secretary of State"]
    {
        assert_eq!(office(phrase).as_deref(), Some("USA foreign minister"), "{phrase}");
    }
    for phrase in [
        "EU foreign policy chief",
        "EU top diplomat",
        "EU's top diplomat",
        "EU High Representative for Foreign Affairs",
    ] {
        assert_eq!(office(phrase).as_deref(), Some("eu high representative"), "{phrase}");
    }
    assert_eq!(office("UN chief"), office("UN Secretary-General"));
    assert_eq!(office("Nato chief"), office("NATO Secretary General"));
    assert_eq!(office("president of France").as_deref(), Some("FRA president"));
}

#[test]
fn a_spelling_leads_back_only_where_that_is_sure() {
    let lexicon = Lexicon::shared();
    assert_eq!(lexicon.american_spelling("organised"), Some("organized"));
    assert_eq!(lexicon.british_spelling("organized"), Some("organised"));
    assert_eq!(lexicon.american_spelling("tyres"), Some("tires"));
    assert_eq!(lexicon.british_spelling("tires"), None, "who tires has no tyres");
    for it in lexicon.spellings() {
        assert!(lexicon.american_spelling(it.american).is_none(), "{} is British too", it.american);
        assert!(it.british != it.american);
    }
}
