//! Offices: "foreign minister", "Gen.", and the offices that one person holds at a time.

use crate::table::{Words, kinds, row};

kinds! {
    /// What an office is.
    OfficeKind {
        /// Head of state.
        HeadOfState = "head-of-state",
        /// Head of government.
        HeadOfGovernment = "head-of-government",
        /// Member of a government.
        Minister = "minister",
        /// Speaks for another.
        Spokesperson = "spokesperson",
        /// Ambassador, envoy, negotiator.
        Diplomat = "diplomat",
        /// Head of an organisation.
        Chief = "chief",
        /// Rank or command in armed forces.
        Military = "military",
        /// Police or security service.
        Police = "police",
        /// Member of a parliament.
        Legislator = "legislator",
        /// Of a region or city: governor, mayor.
        Local = "local",
        /// Judge, prosecutor, lawyer.
        Law = "law",
        /// Of a company.
        Executive = "executive",
        /// Of a church or faith.
        Religious = "religious",
        /// Of a royal house, without the throne.
        Royal = "royal",
        /// Analyst, professor, doctor.
        Expert = "expert",
        /// Of a party or movement.
        Party = "party",
        /// Reporter, editor.
        Press = "press",
        /// Official, adviser, aide.
        Official = "official",
        /// Of sport.
        Sport = "sport",
        /// Someone who saw or lives through it: witness, resident, victim.
        Witness = "witness",
    }
}

row! {
    /// An office word or phrase.
    Office {
        /// Lower case: "foreign minister".
        phrase: &'static str,
        /// What it is.
        kind: OfficeKind,
        /// Abbreviations and titles before a name: "FM", "Gen.".
        abbreviations: Words,
        /// Plural, other spellings, and the feminine or masculine form.
        variants: Words,
        /// The office this one means, where two phrases mean one ("top diplomat").
        same_as: Option<&'static str>,
    }
}

row! {
    /// A phrase that names an office one person holds at a time.
    SingleOffice {
        /// With `{}` for the actor: "top {} diplomat".
        pattern: &'static str,
        /// Which actors it holds for: `state`, `organisation`, or one id.
        of: &'static str,
        /// The office it names: "foreign minister".
        office: &'static str,
    }
}

row! {
    /// Who held an office when the source was printed. A hint with a date, never truth about a report.
    Holder {
        /// ISO code of the state.
        state: &'static str,
        /// `head-of-state` or `head-of-government`.
        kind: OfficeKind,
        /// "President".
        title: &'static str,
        /// Name in usual case.
        name: &'static str,
        /// Since when, ISO date, as precise as known.
        since: Option<&'static str>,
    }
}

/// The state whose office a title is, where no other state has one so called: "Secretary of the Treasury", "Taoiseach".
pub fn state_of_title(title: &str) -> Option<&'static str> {
    const TITLES: &[(&str, &str)] = &[
        ("secretary of state", "USA"),
        ("secretary of defense", "USA"),
        ("secretary of war", "USA"),
        ("secretary of the treasury", "USA"),
        ("secretary of the army", "USA"),
        ("secretary of the navy", "USA"),
        ("secretary of homeland security", "USA"),
        ("homeland security secretary", "USA"),
        ("treasury secretary", "USA"),
        ("chancellor of the exchequer", "GBR"),
        ("taoiseach", "IRL"),
        ("tánaiste", "IRL"),
    ];
    TITLES.iter().find(|it| it.0.eq_ignore_ascii_case(title)).map(|it| it.1)
}

row! {
    /// Somebody who was head of a state, a government or the UN: a hint as to whose side a name is on.
    FormerLeader {
        /// ISO code of the state; `IGO` for the UN.
        code: &'static str,
        /// Name as news writes it.
        name: &'static str,
        /// First year of office.
        from: &'static str,
        /// Last year of office.
        to: &'static str,
        /// `yes` where the family name alone is enough to know whom news means.
        alone: Option<&'static str>,
    }
}
