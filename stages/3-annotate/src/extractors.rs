//! The extractors, in the order they run. To add one: its file, and its word in the list below.

use rapporteur_model::{Act, Actor, Annotations, Figure, Mention, Position, Quote, Time};

use crate::Context;

/// What an extractor finds: records of one layer (mentions come with the actors they mean).
pub(crate) enum Found {
    Times(Vec<Time>),
    Figures(Vec<Figure>),
    Mentions(Vec<Mention>, Vec<Actor>),
    /// With the mentions and actors that only speaking shows: "a senior official", first persons.
    Quotes(Vec<Quote>, Vec<Mention>, Vec<Actor>),
    Acts(Vec<Act>),
    Positions(Vec<Position>),
}

impl Found {
    /// Puts the records into their layer; the variant fixes which, so an extractor cannot write another's.
    pub(crate) fn store(self, into: &mut Annotations) {
        match self {
            Found::Times(found) => into.times = found,
            Found::Figures(found) => into.figures = found,
            Found::Mentions(found, actors) => (into.mentions, into.actors) = (found, actors),
            Found::Quotes(found, mentions, actors) => {
                into.quotes = found;
                into.actors.extend(actors);
                into.mentions.extend(mentions);
                into.mentions.sort_by_key(|it| (it.span, it.kind, it.actor));
            }
            Found::Acts(found) => into.acts = found,
            Found::Positions(found) => into.positions = found,
        }
    }
}

/// One extractor. Its name is its file's and its case file's.
pub(crate) struct Extractor {
    #[cfg_attr(not(test), expect(dead_code, reason = "only the test of the case files asks"))]
    pub(crate) name: &'static str,
    pub(crate) find: fn(&Context<'_>) -> Found,
}

impl Extractor {
    pub(crate) fn run(&self, context: &Context<'_>) -> Found {
        (self.find)(context)
    }
}

macro_rules! extractors {
    ($($name:ident),* $(,)?) => {
        $(mod $name;)*
        /// All extractors, in the order they run: each may read the layers of those before it.
        pub(crate) const EXTRACTORS: &[Extractor] = &[$(Extractor { name: stringify!($name), find: $name::find }),*];
    };
}

#[doc(hidden)]
pub use quotes::training;

extractors! {
    times,
    actors,
    quotes,
    figures,
    acts,
    positions,
}

#[cfg(test)]
mod tests {
    use super::EXTRACTORS;

    #[test]
    fn every_extractor_has_cases_and_a_name_of_its_own() {
        let mut names: Vec<&str> = EXTRACTORS.iter().map(|it| it.name).collect();
        for name in &names {
            let path = format!("{}/cases/{name}.txt", env!("CARGO_MANIFEST_DIR"));
            assert!(std::path::Path::new(&path).exists(), "{path} is missing");
        }
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), EXTRACTORS.len());
    }
}
