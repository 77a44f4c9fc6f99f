//! What is known of the world, as tables: states, offices, agencies, cues, units.
//!
//! General public knowledge in `data/*.tsv`, compiled in and read once. Nothing here knows of a report: what a
//! report says of a person's office or a state's capital goes before what a table says.
//!
//! ```
//! use rapporteur_lexicon::{Entry, Lexicon};
//! let lexicon = Lexicon::shared();
//! let words = ["the", "U.S.", "State", "Department", "said"];
//! let (entry, n_words) = lexicon.longest_match_at(&words, 1).unwrap();
//! assert!(matches!(entry, Entry::Organisation(it) if it.id == "us-state") && n_words == 3);
//! ```
//!
//! Left out on purpose: lists of persons. [`Holder`]s are the one exception, dated and to be taken as a hint.

mod acts;
mod bodies;
mod calendar;
mod cues;
mod furniture;
mod measures;
pub mod names;
mod offices;
mod people;
mod phrases;
mod places;
mod spellings;
mod table;

use std::sync::LazyLock;

pub use acts::{Act, ActIdiom, Beside, LoadedWord, Sector, Trigger, TriggerKind};
pub use bodies::{Organisation, OrganisationKind, Outlet, OutletForm, OutletKind};
pub use calendar::{CalendarKind, CalendarWord, Holiday, Zone, holiday_day};
pub use cues::{Cue, CueClass, Factivity, NounCue, PhraseCue, regular_forms};
pub use furniture::{Furniture, FurniturePlace, FurnitureRole};
pub use measures::{Bound, Currency, Modifier, NumberKind, NumberWord, Unit};
pub use offices::{FormerLeader, Holder, Office, OfficeKind, SingleOffice, state_of_title};
pub use people::{GivenName, Particle, ParticleKind, Sex};
pub use places::{Metonym, MetonymKind, State, StateKind};
pub use spellings::{Spelling, SpellingWay};
pub use table::Words;

use aho_corasick::AhoCorasick;
use phrases::{Phrases, Starts};
use table::{Index, rows};

/// How a phrase names a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StateName {
    /// "Ukraine".
    Name,
    /// "Kyiv".
    Capital,
    /// "Ukrainian".
    Adjective,
    /// "Ukrainians".
    Noun,
}

/// What a phrase of running text may mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Entry<'a> {
    /// A name that stands for an actor: "the Kremlin".
    Metonym(&'a Metonym),
    /// A state by its name, capital or people.
    State(&'a State, StateName),
    /// An organisation.
    Organisation(&'a Organisation),
    /// An outlet or agency.
    Outlet(&'a Outlet),
}

impl<'a> Entry<'a> {
    /// The id of the actor: ISO code, organisation id or outlet domain.
    pub fn id(self) -> &'a str {
        match self {
            Entry::Metonym(it) => it.actor,
            Entry::State(it, _) => it.code,
            Entry::Organisation(it) => it.id,
            Entry::Outlet(it) => it.domain,
        }
    }

    /// The usual name of what is named; for a metonym its own.
    pub fn name(self) -> &'a str {
        match self {
            Entry::Metonym(it) => it.name,
            Entry::State(it, _) => it.name,
            Entry::Organisation(it) => it.name,
            Entry::Outlet(it) => it.name,
        }
    }
}

/// Where an entry stands. The order is the order of preference when a phrase has several meanings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Target {
    Metonym(u32),
    State(StateName, u32),
    Organisation(u32),
    Outlet(u32),
}

/// The tables and the ways into them.
#[derive(Debug)]
pub struct Lexicon {
    states: Vec<State>,
    metonyms: Vec<Metonym>,
    organisations: Vec<Organisation>,
    outlets: Vec<Outlet>,
    cues: Vec<Cue>,
    noun_cues: Vec<NounCue>,
    phrase_cues: Vec<PhraseCue>,
    offices: Vec<Office>,
    single_offices: Vec<SingleOffice>,
    holders: Vec<Holder>,
    given_names: Vec<GivenName>,
    particles: Vec<Particle>,
    currencies: Vec<Currency>,
    units: Vec<Unit>,
    number_words: Vec<NumberWord>,
    modifiers: Vec<Modifier>,
    calendar_words: Vec<CalendarWord>,
    holidays: Vec<Holiday>,
    zones: Vec<Zone>,
    furniture: Vec<Furniture>,
    triggers: Vec<Trigger>,
    sectors: Vec<Sector>,
    act_idioms: Vec<ActIdiom>,
    loaded_words: Vec<LoadedWord>,
    former_leaders: Vec<FormerLeader>,
    spellings: Vec<Spelling>,

    by_state: Index,
    by_organisation: Index,
    by_domain: Index,
    by_cue: Index,
    by_cue_form: Index,
    by_noun_cue: Index,
    by_given_name: Index,
    by_particle: Index,
    by_currency: Index,
    by_currency_symbol: Index,
    by_unit: Index,
    by_unit_folded: Index,
    by_number_word: Index,
    by_calendar_word: Index,
    by_holiday: Index,
    by_zone: Index,
    by_trigger: Index,
    by_sector: Index,
    by_act_idiom: Index,
    by_loaded_word: Index,
    by_leader: Index,
    by_capital: Index,
    by_british: Index,
    by_american: Index,

    actor_phrases: Phrases<Target>,
    outlet_starts: Starts,
    phrase_cue_phrases: Phrases<u32>,
    office_phrases: Phrases<u32>,
    currency_phrases: Phrases<u32>,
    unit_phrases: Phrases<u32>,
    modifier_phrases: Phrases<u32>,
    furniture_matcher: Option<AhoCorasick>,
}

macro_rules! tables {
    ($($(#[$meta:meta])* $name:ident: $row:ident = $file:literal,)+) => {
        /// `(file, lines that carry rows, rows read)` of every table: a test compares the two.
        #[cfg(test)]
        fn table_sizes(lexicon: &Lexicon) -> Vec<(&'static str, usize, usize)> {
            vec![$(($file, table::lines(include_str!(concat!("../data/", $file))).count(), lexicon.$name.len())),+]
        }

        impl Lexicon {
            $($(#[$meta])*
            pub fn $name(&self) -> &[$row] {
                &self.$name
            })+
        }
    };
}

tables! {
    /// Every state and territory, by code.
    states: State = "states.tsv",
    /// Every metonym, by name.
    metonyms: Metonym = "metonyms.tsv",
    /// Every organisation, by id.
    organisations: Organisation = "organisations.tsv",
    /// Every outlet and agency, by domain.
    outlets: Outlet = "outlets.tsv",
    /// Every verb of saying, by lemma.
    cues: Cue = "cues.tsv",
    /// Every noun of saying, by lemma.
    noun_cues: NounCue = "noun_cues.tsv",
    /// Every phrase of saying, by phrase.
    phrase_cues: PhraseCue = "phrase_cues.tsv",
    /// Every office, by phrase.
    offices: Office = "offices.tsv",
    /// Every pattern of a one-holder office.
    single_offices: SingleOffice = "single_offices.tsv",
    /// Heads of state and government at the date of the source, by state.
    holders: Holder = "holders.tsv",
    /// Every given name, by name.
    given_names: GivenName = "given_names.tsv",
    /// Every particle, suffix and form of address, by word.
    particles: Particle = "particles.tsv",
    /// Every currency, by code.
    currencies: Currency = "currencies.tsv",
    /// Every unit, by name.
    units: Unit = "units.tsv",
    /// Every number word, by word.
    number_words: NumberWord = "numbers.tsv",
    /// Every phrase that bounds a figure, by phrase.
    modifiers: Modifier = "modifiers.tsv",
    /// Months, weekdays, seasons, parts of the day.
    calendar_words: CalendarWord = "calendar.tsv",
    /// Every holiday, by name.
    holidays: Holiday = "holidays.tsv",
    /// Every time zone abbreviation, by name.
    zones: Zone = "zones.tsv",
    /// Every phrase of furniture, by phrase.
    furniture: Furniture = "furniture.tsv",
    /// Every trigger, by lemma.
    triggers: Trigger = "acts.tsv",
    /// Every word that tells a sector, by lemma.
    sectors: Sector = "sectors.tsv",
    /// Every idiom that tells no act, by verb.
    act_idioms: ActIdiom = "act_idioms.tsv",
    /// Every word that judges.
    loaded_words: LoadedWord = "loaded.tsv",
    /// Every former leader, by state.
    former_leaders: FormerLeader = "former_leaders.tsv",
    /// Every word of two spellings, by its British one.
    spellings: Spelling = "spellings.tsv",
}

/// One cheap pass over the words of a text: small letters, marks kept.
fn small(text: &str) -> String {
    text.to_lowercase()
}

/// The full name and, where that is enough, its last word, in small letters.
fn leader_keys(leader: &FormerLeader) -> Vec<String> {
    let mut keys = vec![names::fold_letters(leader.name)];
    let last = leader.name.rsplit(' ').next().filter(|it| leader.alone.is_some() && it.len() < leader.name.len());
    keys.extend(last.map(names::fold_letters));
    keys
}

fn index<R>(rows: &[R], keys: impl Fn(&R) -> Vec<String>) -> Index {
    Index::new(rows.iter().enumerate().flat_map(|(at, row)| keys(row).into_iter().map(move |key| (key, at))))
}

impl Lexicon {
    /// The one lexicon of the process, read at first use.
    pub fn shared() -> &'static Lexicon {
        static SHARED: LazyLock<Lexicon> = LazyLock::new(Lexicon::new);
        &SHARED
    }

    /// Reads the tables. Takes some milliseconds; [`Lexicon::shared`] does it once.
    pub fn new() -> Lexicon {
        let states: Vec<State> = rows(include_str!("../data/states.tsv"));
        let metonyms: Vec<Metonym> = rows(include_str!("../data/metonyms.tsv"));
        let organisations: Vec<Organisation> = rows(include_str!("../data/organisations.tsv"));
        let outlets: Vec<Outlet> = rows(include_str!("../data/outlets.tsv"));
        let cues: Vec<Cue> = rows(include_str!("../data/cues.tsv"));
        let noun_cues: Vec<NounCue> = rows(include_str!("../data/noun_cues.tsv"));
        let phrase_cues: Vec<PhraseCue> = rows(include_str!("../data/phrase_cues.tsv"));
        let offices: Vec<Office> = rows(include_str!("../data/offices.tsv"));
        let given_names: Vec<GivenName> = rows(include_str!("../data/given_names.tsv"));
        let particles: Vec<Particle> = rows(include_str!("../data/particles.tsv"));
        let currencies: Vec<Currency> = rows(include_str!("../data/currencies.tsv"));
        let units: Vec<Unit> = rows(include_str!("../data/units.tsv"));
        let number_words: Vec<NumberWord> = rows(include_str!("../data/numbers.tsv"));
        let modifiers: Vec<Modifier> = rows(include_str!("../data/modifiers.tsv"));
        let calendar_words: Vec<CalendarWord> = rows(include_str!("../data/calendar.tsv"));
        let holidays: Vec<Holiday> = rows(include_str!("../data/holidays.tsv"));
        let zones: Vec<Zone> = rows(include_str!("../data/zones.tsv"));
        let furniture: Vec<Furniture> = rows(include_str!("../data/furniture.tsv"));
        let triggers: Vec<Trigger> = rows(include_str!("../data/acts.tsv"));
        let sectors: Vec<Sector> = rows(include_str!("../data/sectors.tsv"));
        let act_idioms: Vec<ActIdiom> = rows(include_str!("../data/act_idioms.tsv"));
        let loaded_words: Vec<LoadedWord> = rows(include_str!("../data/loaded.tsv"));
        let former_leaders: Vec<FormerLeader> = rows(include_str!("../data/former_leaders.tsv"));
        let spellings: Vec<Spelling> = rows(include_str!("../data/spellings.tsv"));

        let actor_phrases = Phrases::new(actor_names(&states, &metonyms, &organisations, &outlets), true);
        let numbered = |names: Vec<(&'static str, usize)>| names.into_iter().map(|(name, at)| (name, at as u32));
        let phrase_cue_phrases =
            Phrases::new(numbered(phrase_cues.iter().enumerate().map(|(at, it)| (it.phrase, at)).collect()), false);
        let office_names = offices.iter().enumerate().flat_map(|(at, it)| {
            std::iter::once(it.phrase)
                .chain(it.variants.iter())
                .chain(it.abbreviations.iter())
                .map(move |name| (name, at))
        });
        let office_phrases = Phrases::new(numbered(office_names.collect()), true);
        let currency_names = currencies
            .iter()
            .enumerate()
            .flat_map(|(at, it)| std::iter::once(it.code).chain(it.names.iter()).map(move |name| (name, at)));
        let currency_phrases = Phrases::new(numbered(currency_names.collect()), true);
        let unit_names = units.iter().enumerate().flat_map(|(at, it)| {
            it.aliases.iter().filter(|name| name.contains([' ', '-'])).map(move |name| (name, at))
        });
        let unit_phrases = Phrases::new(numbered(unit_names.collect()), false);
        let modifier_phrases =
            Phrases::new(numbered(modifiers.iter().enumerate().map(|(at, it)| (it.phrase, at)).collect()), false);
        let furniture_matcher = AhoCorasick::builder()
            .match_kind(aho_corasick::MatchKind::Standard)
            .build(furniture.iter().map(|it| it.phrase))
            .ok();

        Lexicon {
            by_state: index(&states, |it| vec![it.code.to_owned()]),
            by_organisation: index(&organisations, |it| vec![it.id.to_owned()]),
            by_domain: index(&outlets, |it| {
                std::iter::once(it.domain).chain(it.aliases.iter()).filter(|it| is_domain(it)).map(small).collect()
            }),
            by_cue: index(&cues, |it| vec![it.lemma.to_owned()]),
            by_cue_form: index(&cues, cue_forms),
            by_noun_cue: index(&noun_cues, |it| vec![it.lemma.to_owned(), plural(it.lemma)]),
            by_given_name: index(&given_names, |it| vec![names::fold_letters(it.name)]),
            by_particle: index(&particles, |it| vec![small(it.word.trim_end_matches('.'))]),
            by_currency: index(&currencies, |it| vec![it.code.to_owned()]),
            by_currency_symbol: index(&currencies, |it| it.symbols.iter().map(str::to_owned).collect()),
            by_unit: index(&units, |it| std::iter::once(it.name).chain(it.aliases.iter()).map(str::to_owned).collect()),
            by_unit_folded: index(&units, |it| {
                std::iter::once(it.name).chain(it.aliases.iter()).filter(|it| it.len() > 3).map(small).collect()
            }),
            by_number_word: index(&number_words, |it| vec![it.word.to_owned()]),
            by_calendar_word: index(&calendar_words, |it| {
                std::iter::once(it.name).chain(it.aliases.iter()).map(|it| small(it.trim_end_matches('.'))).collect()
            }),
            by_holiday: index(&holidays, |it| std::iter::once(it.name).chain(it.aliases.iter()).map(small).collect()),
            by_zone: index(&zones, |it| std::iter::once(it.name).chain(it.aliases.iter()).map(str::to_owned).collect()),
            by_trigger: index(&triggers, |it| vec![it.lemma.to_owned()]),
            by_sector: index(&sectors, |it| vec![it.lemma.to_owned()]),
            by_act_idiom: index(&act_idioms, |it| vec![it.lemma.to_owned()]),
            by_loaded_word: index(&loaded_words, |it| vec![it.word.to_owned()]),
            by_leader: index(&former_leaders, leader_keys),
            by_capital: index(&states, |it| it.capitals.iter().map(small).collect()),
            by_british: index(&spellings, |it| vec![it.british.to_owned()]),
            by_american: index(&spellings, |it| vec![it.american.to_owned()]),
            single_offices: rows(include_str!("../data/single_offices.tsv")),
            holders: rows(include_str!("../data/holders.tsv")),
            states,
            metonyms,
            organisations,
            outlets,
            cues,
            noun_cues,
            phrase_cues,
            offices,
            given_names,
            particles,
            currencies,
            units,
            number_words,
            modifiers,
            calendar_words,
            holidays,
            zones,
            furniture,
            triggers,
            sectors,
            act_idioms,
            loaded_words,
            former_leaders,
            spellings,
            outlet_starts: actor_phrases.starts_of(|it| matches!(it, Target::Outlet(_))),
            actor_phrases,
            phrase_cue_phrases,
            office_phrases,
            currency_phrases,
            unit_phrases,
            modifier_phrases,
            furniture_matcher,
        }
    }

    fn entry(&self, target: Target) -> Entry<'_> {
        match target {
            Target::State(name, at) => Entry::State(&self.states[at as usize], name),
            Target::Metonym(at) => Entry::Metonym(&self.metonyms[at as usize]),
            Target::Organisation(at) => Entry::Organisation(&self.organisations[at as usize]),
            Target::Outlet(at) => Entry::Outlet(&self.outlets[at as usize]),
        }
    }

    /// The longest name of a state, metonym, organisation or outlet that starts at `tokens[at]`, and how many
    /// tokens it takes. Of several meanings the first by rule: metonym, state, organisation, outlet.
    /// A closing "'s" inside the last token is passed over.
    pub fn longest_match_at(&self, tokens: &[&str], at: usize) -> Option<(Entry<'_>, usize)> {
        let (targets, n_tokens) = self.actor_phrases.longest_at(tokens, at)?;
        Some((self.entry(*targets.first()?), n_tokens))
    }

    /// As [`Lexicon::longest_match_at`], with every meaning of the longest name: "Brussels", "Congolese", "Georgia".
    pub fn matches_at(&self, tokens: &[&str], at: usize) -> Option<(Vec<Entry<'_>>, usize)> {
        let (targets, n_tokens) = self.actor_phrases.longest_at(tokens, at)?;
        Some((targets.into_iter().map(|target| self.entry(target)).collect(), n_tokens))
    }

    /// Whether the name of an outlet may begin with this word; `false` is sure, and cheap to find out.
    pub fn may_begin_outlet(&self, word: &str) -> bool {
        self.outlet_starts.may_start(word)
    }

    /// What a whole phrase means, every meaning; the article may stand or not.
    pub fn meanings(&self, phrase: &str) -> Vec<Entry<'_>> {
        let tokens: Vec<&str> = phrase.split_whitespace().collect();
        for start in 0..tokens.len().min(2) {
            if start == 1 && !tokens[0].eq_ignore_ascii_case("the") {
                break;
            }
            if let Some((entries, n_tokens)) = self.matches_at(&tokens, start)
                && start + n_tokens == tokens.len()
            {
                return entries;
            }
        }
        Vec::new()
    }

    /// A state by its ISO 3166-1 alpha-3 code.
    pub fn state(&self, code: &str) -> Option<&State> {
        self.by_state.first(code).map(|at| &self.states[at])
    }

    /// "Kenya's defence minister" as "Kenyan defence minister"; `None` for other owners, and where the adjective would stand
    /// before another: "Kenya's likely next president".
    pub fn with_nationality(&self, title: &str) -> Option<String> {
        const BEFORE: [&str; 9] = ["likely", "next", "new", "most", "first", "current", "then", "former", "longest"];
        let (owner, office) = title.split_once("’s ").or_else(|| title.split_once("'s "))?;
        let first = office.split([' ', '-']).next().unwrap_or_default();
        let adjective = self.meanings(owner).into_iter().find_map(|it| match it {
            Entry::State(state, _) if state.name == owner => state.adjectives.first(),
            _ => None,
        })?;
        (!BEFORE.contains(&first)).then(|| format!("{adjective} {office}"))
    }

    /// An organisation by its id.
    pub fn organisation(&self, id: &str) -> Option<&Organisation> {
        self.by_organisation.first(id).map(|at| &self.organisations[at])
    }

    /// The name of an actor by ISO code, organisation id or domain.
    pub fn actor_name(&self, id: &str) -> Option<&str> {
        (self.state(id).map(|it| it.name))
            .or_else(|| self.organisation(id).map(|it| it.name))
            .or_else(|| self.outlet_of_host(id).map(|it| it.name))
    }

    /// The outlet of a host name: "www.bbc.co.uk", "edition.cnn.com". Looks at ever shorter ends of it.
    pub fn outlet_of_host(&self, host: &str) -> Option<&Outlet> {
        let host = small(host.trim_end_matches('.'));
        let mut rest = host.as_str();
        loop {
            if let Some(at) = self.by_domain.first(rest) {
                return Some(&self.outlets[at]);
            }
            rest = rest.split_once('.')?.1;
        }
    }

    /// The outlet of a link.
    pub fn outlet_of_url(&self, url: &str) -> Option<&Outlet> {
        let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
        let host = rest.split(['/', '?', '#']).next()?;
        let host = host.rsplit('@').next()?.split(':').next()?;
        self.outlet_of_host(host)
    }

    /// The outlet of a name as a report writes it.
    pub fn outlet(&self, name: &str) -> Option<&Outlet> {
        self.meanings(name).into_iter().find_map(|entry| match entry {
            Entry::Outlet(it) => Some(it),
            _ => None,
        })
    }

    /// A verb of saying by its lemma. Particles are part of it: "point out".
    pub fn cue(&self, lemma: &str) -> Option<&Cue> {
        self.by_cue.first(lemma).map(|at| &self.cues[at])
    }

    /// A verb of saying by any of its forms, in small letters: "said", "warns", "pointed out".
    pub fn cue_form(&self, form: &str) -> Option<&Cue> {
        self.by_cue_form.first(form).map(|at| &self.cues[at])
    }

    /// A noun of saying, singular or plural, in small letters.
    pub fn noun_cue(&self, noun: &str) -> Option<&NounCue> {
        self.by_noun_cue.first(noun).map(|at| &self.noun_cues[at])
    }

    /// The longest phrase of saying that starts at `tokens[at]`, and how many tokens it takes.
    pub fn phrase_cue_at(&self, tokens: &[&str], at: usize) -> Option<(&PhraseCue, usize)> {
        let (found, n_tokens) = self.phrase_cue_phrases.longest_at(tokens, at)?;
        Some((&self.phrase_cues[*found.first()? as usize], n_tokens))
    }

    /// The longest office that starts at `tokens[at]`, and how many tokens it takes.
    pub fn office_at(&self, tokens: &[&str], at: usize) -> Option<(&Office, usize)> {
        let (found, n_tokens) = self.office_phrases.longest_at(tokens, at)?;
        Some((&self.offices[*found.first()? as usize], n_tokens))
    }

    /// An office by a whole phrase: its own, a variant or an abbreviation.
    pub fn office(&self, phrase: &str) -> Option<&Office> {
        let tokens: Vec<&str> = phrase.split_whitespace().collect();
        self.office_at(&tokens, 0).filter(|(_, n_tokens)| *n_tokens == tokens.len()).map(|(office, _)| office)
    }

    /// The one-holder office that a phrase names, as `(actor id, office)`: "America's top diplomat" and
    /// "US secretary of state" are both `("USA", "foreign minister")`, "UN chief" is `("un", "secretary-general")`.
    /// A phrase of another order is read as well: "president of France".
    pub fn single_office(&self, phrase: &str) -> Option<(String, String)> {
        let tokens: Vec<&str> = phrase.split_whitespace().filter(|it| !it.eq_ignore_ascii_case("the")).collect();
        for at in 0..tokens.len() {
            let Some((entries, n_tokens)) = self.matches_at(&tokens, at) else {
                continue;
            };
            // "'s" cut off by the caller belongs to the actor.
            let mut end = at + n_tokens;
            if tokens.get(end).is_some_and(|it| matches!(*it, "'s" | "’s" | "'" | "’")) {
                end += 1;
            }
            let pattern = tokens[..at].iter().copied().chain(["{}"]).chain(tokens[end..].iter().copied());
            let pattern = pattern.map(small).collect::<Vec<_>>().join(" ").replace('-', " ");
            for entry in entries {
                let of = match entry {
                    Entry::State(..) => "state",
                    Entry::Metonym(it) if self.state(it.actor).is_some() => "state",
                    Entry::Organisation(_) | Entry::Metonym(_) => "organisation",
                    Entry::Outlet(_) => continue,
                };
                let id = entry.id();
                let row = (self.single_offices.iter().find(|it| it.pattern == pattern && it.of == id))
                    .or_else(|| self.single_offices.iter().find(|it| it.pattern == pattern && it.of == of));
                if let Some(row) = row {
                    return Some((id.to_owned(), row.office.to_owned()));
                }
                // No pattern of its own: an office word before or after the actor.
                let words = pattern.strip_prefix("{} ").or_else(|| pattern.strip_suffix(" of {}"));
                if let Some(office) = words.and_then(|words| self.office(words))
                    && of == "state"
                    && matches!(
                        office.kind,
                        OfficeKind::HeadOfState | OfficeKind::HeadOfGovernment | OfficeKind::Minister
                    )
                {
                    return Some((id.to_owned(), office.same_as.unwrap_or(office.phrase).to_owned()));
                }
            }
        }
        None
    }

    /// Who headed a state or its government at the date of the source: a hint.
    pub fn holders_of(&self, state: &str) -> impl Iterator<Item = &Holder> {
        self.holders.iter().filter(move |it| it.state == state)
    }

    /// What a given name tells of its bearer. Marks and case do not matter; of a double name the first part counts.
    pub fn given_name(&self, name: &str) -> Option<Sex> {
        let find = |name: &str| self.by_given_name.first(&names::fold_letters(name)).map(|at| self.given_names[at].sex);
        find(name).or_else(|| find(name.split_once('-')?.0))
    }

    /// A particle, suffix or form of address; a closing dot does not matter, nor does case.
    pub fn particle(&self, word: &str) -> Option<&Particle> {
        self.by_particle.first(&small(word.trim_end_matches('.'))).map(|at| &self.particles[at])
    }

    /// A form of address: "Mr", "Sheikh".
    pub fn honorific(&self, word: &str) -> Option<&Particle> {
        let key = small(word.trim_end_matches('.'));
        self.by_particle.all(&key).map(|at| &self.particles[at]).find(|it| it.kind == ParticleKind::Honorific)
    }

    /// A currency by its code.
    pub fn currency(&self, code: &str) -> Option<&Currency> {
        self.by_currency.first(code).map(|at| &self.currencies[at])
    }

    /// A currency by its sign before or after a number: "€", "US$", "kr". "$" alone is the US dollar.
    pub fn currency_symbol(&self, symbol: &str) -> Option<&Currency> {
        self.by_currency_symbol.first(symbol).map(|at| &self.currencies[at])
    }

    /// The longest name or code of a currency that starts at `tokens[at]`: "Swiss francs", "euros", "UAH".
    /// A bare "dollars" is the US dollar, "pounds" the pound sterling, "francs", "crowns", "pesos" none.
    pub fn currency_at(&self, tokens: &[&str], at: usize) -> Option<(&Currency, usize)> {
        let (found, n_tokens) = self.currency_phrases.longest_at(tokens, at)?;
        Some((&self.currencies[*found.first()? as usize], n_tokens))
    }

    /// A unit by its symbol, as written, or by its name in any case.
    pub fn unit(&self, word: &str) -> Option<&Unit> {
        let at = self.by_unit.first(word).or_else(|| self.by_unit_folded.first(&small(word)));
        at.map(|at| &self.units[at])
    }

    /// The longest unit that starts at `tokens[at]`: "square kilometres", "km".
    pub fn unit_at(&self, tokens: &[&str], at: usize) -> Option<(&Unit, usize)> {
        if let Some((found, n_tokens)) = self.unit_phrases.longest_at(tokens, at) {
            return Some((&self.units[*found.first()? as usize], n_tokens));
        }
        self.unit(tokens.get(at)?).map(|unit| (unit, 1))
    }

    /// A number word, in any case. Words joined by a hyphen ("twenty-five") are the caller's to part.
    pub fn number_word(&self, word: &str) -> Option<&NumberWord> {
        self.by_number_word.first(&small(word)).map(|at| &self.number_words[at])
    }

    /// The longest phrase that bounds a figure and starts at `tokens[at]`: "at least", "up to", "or more".
    pub fn modifier_at(&self, tokens: &[&str], at: usize) -> Option<(&Modifier, usize)> {
        let (found, n_tokens) = self.modifier_phrases.longest_at(tokens, at)?;
        Some((&self.modifiers[*found.first()? as usize], n_tokens))
    }

    /// A word of the calendar, in any case, with or without the dot: "Dec.", "monday". "may" and "mar" are
    /// found too: the caller looks at the capital and the neighbours.
    pub fn calendar_word(&self, word: &str) -> Option<&CalendarWord> {
        self.by_calendar_word.first(&small(word.trim_end_matches('.'))).map(|at| &self.calendar_words[at])
    }

    /// A holiday by name, in any case.
    pub fn holiday(&self, name: &str) -> Option<&Holiday> {
        self.by_holiday.first(&small(name)).map(|at| &self.holidays[at])
    }

    /// A time zone by its abbreviation or long name, as written.
    pub fn zone(&self, name: &str) -> Option<&Zone> {
        self.by_zone.first(name).map(|at| &self.zones[at])
    }

    /// The strongest phrase of furniture in a line, if its place in the line is right; longest first among equals.
    /// Strength 0 needs other signs: see [`Furniture::strength`].
    pub fn furniture_of(&self, line: &str) -> Option<&Furniture> {
        let mut text = small(line.trim());
        if text.contains('’') {
            text = text.replace('’', "'");
        }
        let text = text.trim_matches(|letter: char| !letter.is_alphanumeric() && letter != '©' && letter != '@');
        let mut best: Option<&Furniture> = None;
        for found in self.furniture_matcher.as_ref()?.find_overlapping_iter(text) {
            let row = &self.furniture[found.pattern().as_usize()];
            let is_edge = |at: Option<char>| at.is_none_or(|letter| !letter.is_alphanumeric());
            let is_word = is_edge(text[..found.start()].chars().next_back())
                && is_edge(text[found.end()..].chars().next())
                || !row.phrase.ends_with(char::is_alphanumeric);
            let is_placed = match row.place {
                FurniturePlace::Whole => found.start() == 0 && found.end() == text.len(),
                FurniturePlace::Prefix => found.start() == 0,
                FurniturePlace::Suffix => found.end() == text.len(),
                FurniturePlace::Contains => true,
            };
            let rank = |it: &Furniture| (it.strength, it.phrase.len());
            if is_word && is_placed && best.is_none_or(|it| rank(it) < rank(row)) {
                best = Some(row);
            }
        }
        best
    }

    /// CAMEO's letters for the sector that a noun tells: "army" `MIL`.
    pub fn sector(&self, lemma: &str) -> Option<&'static str> {
        self.by_sector.first(lemma).map(|at| self.sectors[at].code)
    }

    /// Whether a word judges what it tells of ("shocking"), in any case.
    pub fn is_loaded(&self, word: &str) -> bool {
        self.by_loaded_word.first(&small(word)).is_some()
    }

    /// The words with which a verb tells no act of its own.
    pub fn idioms_of(&self, verb: &str) -> impl Iterator<Item = &ActIdiom> {
        self.by_act_idiom.all(verb).map(|at| &self.act_idioms[at])
    }

    /// The side of a former leader: by the full name, or by a family name that is enough.
    pub fn side_of_leader(&self, name: &str) -> Option<&'static str> {
        let key = names::fold_letters(name);
        let mut codes = self.by_leader.all(&key).map(|at| self.former_leaders[at].code);
        let first = codes.next()?;
        codes.all(|it| it == first).then_some(first)
    }

    /// The code of the state whose capital has this name.
    pub fn state_of_capital(&self, name: &str) -> Option<&'static str> {
        self.by_capital.first(&small(name)).map(|at| self.states[at].code)
    }

    /// What a verb evokes, by its lemma ("shell", "call off"): every reading, the usual first.
    pub fn verb_triggers(&self, lemma: &str) -> impl Iterator<Item = &Trigger> {
        self.triggers_of(lemma, TriggerKind::Verb)
    }

    /// What a noun evokes, by its lemma ("airstrike").
    pub fn noun_triggers(&self, lemma: &str) -> impl Iterator<Item = &Trigger> {
        self.triggers_of(lemma, TriggerKind::Noun)
    }

    /// What a light verb with a noun evokes: ("impose", "sanction").
    pub fn light_triggers<'a>(&'a self, verb: &'a str, noun: &'a str) -> impl Iterator<Item = &'a Trigger> + 'a {
        let rows = self.by_trigger.joined(verb, b'+', noun).map(|at| &self.triggers[at]);
        rows.filter(|it| it.kind == TriggerKind::Light)
    }

    /// Whether a verb is light with any noun; most are not, and then their nouns need not be looked up.
    pub fn is_light(&self, verb: &str) -> bool {
        self.by_trigger.opens(verb, b'+')
    }

    /// What a verb evokes with a word after it: ("call", "off").
    pub fn phrase_triggers<'a>(&'a self, verb: &'a str, word: &'a str) -> impl Iterator<Item = &'a Trigger> + 'a {
        let rows = self.by_trigger.joined(verb, b' ', word).map(|at| &self.triggers[at]);
        rows.filter(|it| it.kind == TriggerKind::Verb)
    }

    /// Whether a verb evokes something of its own with any word after it.
    pub fn opens_phrase(&self, verb: &str) -> bool {
        self.by_trigger.opens(verb, b' ')
    }

    fn triggers_of(&self, lemma: &str, kind: TriggerKind) -> impl Iterator<Item = &Trigger> {
        self.by_trigger.all(lemma).map(|at| &self.triggers[at]).filter(move |it| it.kind == kind)
    }
}

impl Default for Lexicon {
    fn default() -> Self {
        Lexicon::new()
    }
}

/// Domains stand among the aliases of outlets: small letters, a dot inside, no blank.
fn is_domain(text: &str) -> bool {
    text.contains('.') && !text.contains(' ') && !text.contains(char::is_uppercase) && !text.ends_with('.')
}

fn plural(noun: &str) -> String {
    match noun.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o']) => format!("{stem}ies"),
        _ if noun.ends_with(['s', 'x']) || noun.ends_with("ch") || noun.ends_with("sh") => {
            format!("{noun}es")
        }
        _ => format!("{noun}s"),
    }
}

fn cue_forms(cue: &Cue) -> Vec<String> {
    let [third, participle, past] = regular_forms(cue.lemma);
    let mut forms = vec![cue.lemma.to_owned(), third, participle];
    if cue.irregular.is_empty() {
        forms.push(past);
    }
    forms.extend(cue.irregular.iter().map(str::to_owned));
    forms
}

fn actor_names(
    states: &[State],
    metonyms: &[Metonym],
    organisations: &[Organisation],
    outlets: &[Outlet],
) -> Vec<(&'static str, Target)> {
    let mut names = Vec::new();
    let mut add = |name: &'static str, target: Target| {
        names.push((name.strip_prefix("The ").unwrap_or(name), target));
    };
    for (at, it) in (0u32..).zip(states) {
        std::iter::once(it.name)
            .chain(it.other_names.iter())
            .for_each(|name| add(name, Target::State(StateName::Name, at)));
        it.capitals.iter().for_each(|name| add(name, Target::State(StateName::Capital, at)));
        it.adjectives.iter().for_each(|name| add(name, Target::State(StateName::Adjective, at)));
        it.nouns.iter().for_each(|name| add(name, Target::State(StateName::Noun, at)));
    }
    for (at, it) in (0u32..).zip(metonyms) {
        std::iter::once(it.name).chain(it.aliases.iter()).for_each(|name| add(name, Target::Metonym(at)));
    }
    for (at, it) in (0u32..).zip(organisations) {
        std::iter::once(it.name).chain(it.aliases.iter()).for_each(|name| add(name, Target::Organisation(at)));
    }
    for (at, it) in (0u32..).zip(outlets) {
        std::iter::once(it.name)
            .chain(it.aliases.iter())
            .filter(|name| !is_domain(name))
            .for_each(|name| add(name, Target::Outlet(at)));
    }
    names
}

#[cfg(test)]
mod tests;
