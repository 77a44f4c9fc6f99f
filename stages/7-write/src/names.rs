//! Names: in full with the office once, then short.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use rapporteur_model::{Claim, Content, MentionKind, Party, Role};

use crate::view::{View, one_line};

/// Who has been introduced.
#[derive(Clone)]
pub(crate) struct Names {
    known: BTreeSet<String>,
    /// Names that the story's reports print with an article.
    articled: Rc<BTreeSet<String>>,
    always_full: bool,
    /// Whether a second mention is short.
    shortens: bool,
}

impl Names {
    pub(crate) fn new(view: &View<'_>) -> Names {
        let articled = Rc::new(articled(view));
        Names { known: BTreeSet::new(), articled, always_full: false, shortens: true }
    }

    /// The office once, the name in full every time: for points and rows, which are not read one after the other.
    pub(crate) fn apart(view: &View<'_>) -> Names {
        Names { shortens: false, ..Names::new(view) }
    }

    /// Nobody introduced yet.
    pub(crate) fn anew(&self) -> Names {
        Names { known: BTreeSet::new(), ..self.clone() }
    }

    /// Every name in full, no offices: for sentences that stand alone.
    pub(crate) fn full(view: &View<'_>) -> Names {
        Names { always_full: true, ..Names::new(view) }
    }

    /// The name as it is to be printed here.
    pub(crate) fn say(&mut self, party: &Party) -> String {
        if self.always_full {
            return self.article(&party.name);
        }
        if !self.known.insert(party.id.clone()) {
            return self.article(if self.shortens { &party.short } else { &party.name });
        }
        match &party.office {
            // An office that names somebody else, or says the name again, would read badly before it.
            // "head of both the port" was cut before its "and".
            Some(office)
                if !office.to_lowercase().contains(&party.short.to_lowercase())
                    && office.split(' ').count() <= 10
                    && !office.split(' ').any(|it| it == "both") =>
            {
                let of = office.split(' ').any(|it| matches!(it, "of" | "for" | "to" | "at"));
                if of {
                    format!("{}, {},", party.name, with_article(office))
                } else {
                    format!("{office} {}", party.name)
                }
            }
            _ => self.article(&party.name),
        }
    }

    fn article(&self, name: &str) -> String {
        if self.articled.contains(name) { format!("the {name}") } else { article(name) }
    }

    /// Marks somebody as introduced by words taken from a report.
    pub(crate) fn introduce(&mut self, party: &Party) {
        self.known.insert(party.id.clone());
    }

    /// Several names.
    pub(crate) fn list(&mut self, parties: &[Party]) -> String {
        let names: Vec<String> = parties.iter().map(|it| self.say(it)).collect();
        crate::view::join(&names)
    }
}

/// Names that the running text of the story's reports prints with "the" more often than without: "the Transport Authority".
fn articled(view: &View<'_>) -> BTreeSet<String> {
    let parties = |it: &Claim| match &it.content {
        Content::Act(act) => act.actors.iter().chain(&act.recipients).cloned().collect(),
        Content::Statement(statement) => statement.speakers.clone(),
        Content::Figure(_) => Vec::new(),
    };
    let printed = view.claims.iter().flat_map(parties).flat_map(|it: Party| [it.name, it.short]);
    let printed: BTreeSet<String> = printed.collect();
    let mut n_with: BTreeMap<String, i32> = BTreeMap::new();
    if printed.is_empty() {
        return BTreeSet::new();
    }
    for ix in view.story {
        let report = view.report(*ix);
        let (text, tokens) = (report.text(), &report.annotations.tokens);
        for mention in report.annotations.mentions.iter().filter(|it| it.kind == MentionKind::Named) {
            let name = one_line(mention.span.of(text));
            let bare = name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(&name);
            if !printed.contains(bare) {
                continue;
            }
            let block = report.article.blocks.iter().find(|it| it.span.contains(mention.span));
            if !block.is_some_and(|it| matches!(it.role, Role::Body | Role::Standfirst)) {
                continue;
            }
            let first = tokens.partition_point(|it| it.span.start() < mention.span.start());
            let the = |at: usize| tokens.get(at).filter(|it| it.span.of(text).eq_ignore_ascii_case("the"));
            // The article of "the Sony console" is the console's.
            let before = first.checked_sub(1).and_then(the);
            let is_own = before.is_some_and(|it| mention.span.contains(tokens[it.head.ix()].span));
            // "Nerith's Defence Ministry" is one of many, with an article where it stands alone.
            let inside = |it: &rapporteur_model::Token| mention.span.contains(it.span);
            let owned = tokens[first.saturating_sub(3)..first]
                .iter()
                .any(|it| it.dep == "poss" && tokens.get(it.head.ix()).is_some_and(inside));
            *n_with.entry(bare.to_owned()).or_default() += match before {
                _ if bare.len() < name.len() || is_own || owned => 1,
                Some(_) => 0,
                None => -1,
            };
        }
    }
    n_with.into_iter().filter(|it| 0 < it.1).map(|it| it.0).collect()
}

/// Names of states and bodies that take the article.
fn article(name: &str) -> String {
    const WITH: [&str; 26] = [
        "United ", "European ", "Netherlands", "Philippines", "US", "UK", "EU", "UN", "UAE", "Kremlin", "White House",
        "World ", "International ", "African ", "Arab ", "Organization ", "Organisation ", "Red ", "Maldives",
        "Bahamas", "Gambia", "Central ", "Dominican ", "Czech Republic", "State Department", "Pentagon",
    ];
    let takes = WITH.iter().any(|it| if it.ends_with(' ') { name.starts_with(it) } else { name == *it });
    if takes { format!("the {name}") } else { name.to_owned() }
}

/// An office after a name: "foreign minister of X" takes the article, "Secretary of State" does not. Of professors there are
/// more.
fn with_article(office: &str) -> String {
    const ONE_OF_MANY: [&str; 41] = [
        "professor", "fellow", "economist", "analyst", "researcher", "scientist", "expert", "engineer", "lecturer",
        "lawyer", "attorney", "officer", "member", "adviser", "advisor", "journalist", "reporter", "correspondent",
        "monk", "nun", "priest", "resident", "student", "teacher", "doctor", "physician", "nurse", "partner",
        "strategist", "trader", "consultant", "specialist", "historian", "astronomer", "physicist", "biologist",
        "activist", "campaigner", "volunteer", "worker", "employee",
    ];
    let titled = office.chars().next().is_some_and(char::is_uppercase);
    let before = office.split(' ').take_while(|it| !matches!(*it, "of" | "for" | "to" | "at" | "in" | "with" | "on"));
    let noun = before.last().unwrap_or("").to_lowercase();
    if ONE_OF_MANY.contains(&noun.as_str()) {
        let vowel = office.starts_with(['a', 'e', 'i', 'o', 'A', 'E', 'I', 'O']);
        return format!("{} {office}", if vowel { "an" } else { "a" });
    }
    if titled { office.to_owned() } else { format!("the {office}") }
}
