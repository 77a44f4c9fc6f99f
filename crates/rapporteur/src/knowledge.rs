//! A knowledge base of the user's: actors get its ids. A file of one entry a line, tab-separated: id, names separated by
//! `|`, type, description; what follows is not read, nor are empty lines and those that begin with `#`.
//!
//! An actor is linked when all its full names that the base knows mean one entry of its type. Names are compared folded
//! (case, marks, usual transliterations). A person's bare surname, and people without names, are linked to nothing, and so
//! is a name that two entries of the type share.

use std::collections::BTreeMap;
use std::path::Path;

use rapporteur_lexicon::names::fold_name;
use rapporteur_model::{Actor, ActorKind, Annotations};

use crate::Error;

/// The entries by folded name.
#[derive(Debug, Clone, Default)]
pub struct Knowledge {
    entries: Vec<(String, Class)>,
    by_name: BTreeMap<String, Vec<usize>>,
}

/// Which actors an entry may stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Person,
    Organisation,
    Place,
    Any,
}

impl Knowledge {
    /// Reads a file; the error names it.
    pub fn open(path: &Path) -> Result<Knowledge, Error> {
        let shown = path.display();
        let text = std::fs::read_to_string(path)
            .map_err(|why| Error::usage(format!("cannot read the knowledge base {shown}: {why}")))?;
        Knowledge::read(&text).map_err(|line| {
            Error::usage(format!("line {line} of the knowledge base {shown} has no id and names, separated by a tab"))
        })
    }

    /// Reads entries; fails with the number of the first line that is none.
    pub fn read(text: &str) -> Result<Knowledge, usize> {
        let mut found = Knowledge::default();
        for (ix, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let mut columns = line.split('\t').map(str::trim);
            let (Some(id), Some(names)) = (columns.next(), columns.next()) else { return Err(ix + 1) };
            if id.is_empty() || names.is_empty() {
                return Err(ix + 1);
            }
            let class = match columns.next().unwrap_or("").to_lowercase().as_str() {
                "person" | "human" => Class::Person,
                "organisation" | "organization" | "company" | "party" | "agency" => Class::Organisation,
                "place" | "state" | "country" | "city" | "location" => Class::Place,
                _ => Class::Any,
            };
            found.entries.push((id.to_owned(), class));
            for name in names.split('|').map(fold_name).filter(|it| !it.is_empty()) {
                let slot = found.by_name.entry(name).or_default();
                if slot.last() != Some(&(found.entries.len() - 1)) {
                    slot.push(found.entries.len() - 1);
                }
            }
        }
        Ok(found)
    }

    /// Writes the ids of what is known to the actors of a report.
    pub fn link(&self, annotations: &mut Annotations) {
        for actor in &mut annotations.actors {
            actor.knowledge = self.id_of(actor).map(str::to_owned);
        }
    }

    fn id_of(&self, actor: &Actor) -> Option<&str> {
        let class = match actor.kind {
            ActorKind::Person => Class::Person,
            ActorKind::Organisation => Class::Organisation,
            ActorKind::State | ActorKind::Place => Class::Place,
            ActorKind::Group | ActorKind::Document | ActorKind::Unnamed => return None,
        };
        let names = [&actor.name].into_iter().chain(&actor.aliases).map(|it| fold_name(it));
        let full = names.filter(|it| class != Class::Person || it.contains(' '));
        let mut ids: Vec<&str> = full
            .filter_map(|it| self.by_name.get(&it))
            .flatten()
            .filter_map(|it| self.entries.get(*it))
            .filter(|it| it.1 == class || it.1 == Class::Any)
            .map(|it| it.0.as_str())
            .collect();
        ids.sort_unstable();
        ids.dedup();
        match ids[..] {
            [id] => Some(id),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: &str = "# id\tnames\ttype\tdescription\n\
        Q1\tEva Novak|Ewa Nowak\tperson\tminister\n\
        Q2\tJan Horvath\tperson\tone\n\
        Q3\tJan Horvath\tperson\tanother\n\
        Q4\tHarbour Trust|HT\torganisation\t\n\
        Q5\tNorway|Kingdom of Norway\tstate\t\n";

    fn id_of(kind: ActorKind, name: &str, aliases: &[&str]) -> Option<String> {
        let aliases = aliases.iter().map(|it| (*it).to_owned()).collect();
        let mut found = Annotations::default();
        found.actors.push(Actor { name: name.to_owned(), kind, aliases, ..Actor::default() });
        Knowledge::read(BASE).unwrap_or_default().link(&mut found);
        found.actors.remove(0).knowledge
    }

    #[test]
    fn a_full_name_of_the_right_type_is_linked() {
        assert_eq!(id_of(ActorKind::Person, "EVA NOVAK", &["Novak"]).as_deref(), Some("Q1"));
        assert_eq!(id_of(ActorKind::Organisation, "HT", &[]).as_deref(), Some("Q4"));
        assert_eq!(id_of(ActorKind::State, "Norway", &[]).as_deref(), Some("Q5"));
    }

    #[test]
    fn what_two_may_be_is_linked_to_nothing() {
        assert_eq!(id_of(ActorKind::Person, "Jan Horvath", &[]), None, "two entries of one name");
        assert_eq!(id_of(ActorKind::Person, "Novak", &[]), None, "a surname alone");
        assert_eq!(id_of(ActorKind::Organisation, "Eva Novak", &[]), None, "another type");
        assert_eq!(id_of(ActorKind::Group, "Norway", &[]), None, "people without names");
    }

    #[test]
    fn a_line_that_is_no_entry_is_told() {
        assert_eq!(Knowledge::read("Q1\tA b\n\nQ2").err(), Some(3));
        assert_eq!(Knowledge::read("\tA b").err(), Some(1));
        assert!(Knowledge::read("").is_ok());
    }
}
