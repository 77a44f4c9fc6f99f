//! States, their capitals and people, and the names that stand for their governments ("the Kremlin").

use crate::table::{Words, kinds, row};

kinds! {
    /// What a state is, in the eyes of the United Nations.
    StateKind {
        /// Member of the United Nations.
        Member = "member",
        /// Observer at the United Nations: the Holy See, Palestine.
        Observer = "observer",
        /// Acts as a state, is not a member: Taiwan, Kosovo, the Cook Islands.
        Other = "other",
        /// Belongs to a state: Greenland, Hong Kong, Puerto Rico.
        Territory = "territory",
    }
}

row! {
    /// A state or territory. Names are as news writes them, not as this project holds them to be right.
    State {
        /// ISO 3166-1 alpha-3; `XKX` for Kosovo, which has none of its own.
        code: &'static str,
        /// The usual English name.
        name: &'static str,
        /// Member, observer, other or territory.
        kind: StateKind,
        /// Long, short and former names; abbreviations.
        other_names: Words,
        /// Seats of government, each with its spellings; the usual one first.
        capitals: Words,
        /// "Ukrainian".
        adjectives: Words,
        /// "Ukrainian", "Ukrainians".
        nouns: Words,
    }
}

kinds! {
    /// How a name came to stand for an actor.
    MetonymKind {
        /// A seat of the head of state or government: the Kremlin, the White House.
        Leader = "leader",
        /// A ministry by its building or street: Foggy Bottom.
        Ministry = "ministry",
        /// A parliament by its place: Capitol Hill.
        Parliament = "parliament",
        /// An organisation by its seat: the Berlaymont.
        Organisation = "organisation",
        /// Armed forces or defence: the Kirya.
        Military = "military",
        /// A security service: Langley.
        Service = "service",
        /// Trade or finance by its street: Wall Street. No government.
        Market = "market",
        /// A court by its seat.
        Court = "court",
    }
}

row! {
    /// A name that stands for an actor. Capitals are in [`State::capitals`] and are not repeated here,
    /// but for those that may mean an organisation as well ("Brussels").
    Metonym {
        /// "Kremlin", without the article.
        name: &'static str,
        /// ISO code of the state or id of the organisation.
        actor: &'static str,
        /// What it stands for.
        kind: MetonymKind,
        /// Other spellings.
        aliases: Words,
        /// A second actor it may mean, if any: "Brussels" is Belgium as well.
        or_actor: Option<&'static str>,
    }
}
