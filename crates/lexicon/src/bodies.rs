//! Organisations, outlets and agencies.

use crate::table::{Words, kinds, row};

kinds! {
    /// What an organisation is.
    OrganisationKind {
        /// Of states: the UN, the AU.
        International = "international",
        /// A part of an international organisation: Unicef, the European Commission.
        Part = "part",
        /// A group of states without a seat: the G7.
        Forum = "forum",
        /// A court.
        Court = "court",
        /// A central or development bank.
        Bank = "bank",
        /// A ministry, department or agency of a state.
        Agency = "agency",
        /// Armed forces.
        Military = "military",
        /// Police, secret service.
        Service = "service",
        /// A parliament or a chamber of one.
        Parliament = "parliament",
        /// A political party.
        Party = "party",
        /// An armed group.
        Armed = "armed",
        /// A charity, campaign or watchdog.
        Charity = "charity",
        /// A company.
        Company = "company",
        /// A research institute, university or think tank.
        Research = "research",
        /// A church or religious body.
        Religious = "religious",
        /// A body of sport.
        Sport = "sport",
    }
}

row! {
    /// An organisation.
    Organisation {
        /// Stable and small: `un`, `ec`, `us-state`.
        id: &'static str,
        /// The usual English name.
        name: &'static str,
        /// Abbreviations and other names.
        aliases: Words,
        /// What it is.
        kind: OrganisationKind,
        /// ISO code of the state it belongs to, or id of the organisation it is a part of.
        of: Option<&'static str>,
    }
}

kinds! {
    /// In whose hands an outlet is.
    OutletKind {
        /// Owned by members or shareholders, sells to outlets.
        Wire = "wire",
        /// Run by a government.
        State = "state",
        /// Public, with a remit of its own.
        Public = "public",
        /// Privately owned, or a foundation.
        Private = "private",
        /// Of a party or movement.
        Party = "party",
    }
}

kinds! {
    /// How an outlet reaches readers.
    OutletForm {
        /// A news agency.
        Agency = "agency",
        /// A newspaper.
        Newspaper = "newspaper",
        /// Radio or television.
        Broadcaster = "broadcaster",
        /// A magazine.
        Magazine = "magazine",
        /// Born on the net.
        Site = "site",
    }
}

row! {
    /// An outlet or agency. No opinion of its worth: only what it is and whose.
    Outlet {
        /// "reuters.com".
        domain: &'static str,
        /// "Reuters".
        name: &'static str,
        /// Other names and domains.
        aliases: Words,
        /// ISO code of its home.
        country: &'static str,
        /// In whose hands.
        kind: OutletKind,
        /// Agency, newspaper, broadcaster, magazine, site.
        form: OutletForm,
        /// Publisher or family: outlets of one group may share reports.
        group: Option<&'static str>,
    }
}

impl Outlet {
    /// Whether others print its reports: a credit to it is a sign of copying.
    pub fn is_agency(&self) -> bool {
        self.form == OutletForm::Agency
    }
}
