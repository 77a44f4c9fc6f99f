//! Names: in full with the office once, then short.

use std::collections::BTreeSet;

use rapporteur_model::Party;

/// Who has been introduced.
#[derive(Clone)]
pub(crate) struct Names {
    known: BTreeSet<String>,
    always_full: bool,
    /// Whether a second mention is short.
    shortens: bool,
}

impl Names {
    pub(crate) fn new() -> Names {
        Names { known: BTreeSet::new(), always_full: false, shortens: true }
    }

    /// The office once, the name in full every time: for points and rows, which are not read one after the other.
    pub(crate) fn apart() -> Names {
        Names { shortens: false, ..Names::new() }
    }

    /// Every name in full, no offices: for sentences that stand alone.
    pub(crate) fn full() -> Names {
        Names { always_full: true, ..Names::new() }
    }

    /// The name as it is to be printed here.
    pub(crate) fn say(&mut self, party: &Party) -> String {
        if self.always_full {
            return article(&party.name);
        }
        if !self.known.insert(party.id.clone()) {
            return article(if self.shortens { &party.short } else { &party.name });
        }
        match &party.office {
            // An office that names somebody else, or says the name again, would read badly before it.
            // "head of both the port" was cut before its "and".
            Some(office)
                if !office.contains(&party.short)
                    && office.split(' ').count() <= 7
                    && !office.split(' ').any(|it| it == "both") =>
            {
                let of = office.split(' ').any(|it| matches!(it, "of" | "for" | "to" | "at"));
                if of { format!("{}, {},", party.name, definite(office)) } else { format!("{office} {}", party.name) }
            }
            _ => article(&party.name),
        }
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

/// An office after a name: "foreign minister of X" takes the article, "Secretary of State" does not.
fn definite(office: &str) -> String {
    let titled = office.chars().next().is_some_and(char::is_uppercase);
    if titled { office.to_owned() } else { format!("the {office}") }
}
