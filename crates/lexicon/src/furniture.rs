//! Phrases of a page that are not its news: "Read also", "All rights reserved".

use crate::table::{kinds, row};

kinds! {
    /// What a line of furniture is for.
    FurnitureRole {
        /// Leads to other reports.
        Related = "related",
        /// Asks to subscribe or give.
        Subscription = "subscription",
        /// Moves about the site.
        Navigation = "navigation",
        /// Credits a picture or writer.
        Credit = "credit",
        /// Stands under a picture or film.
        Caption = "caption",
        /// Tells when it was written or changed.
        Stamp = "stamp",
        /// Claims rights.
        Copyright = "copyright",
        /// How long it takes to read.
        ReadTime = "read-time",
        /// Readers' comments.
        Comment = "comment",
        /// Advertisement.
        Advert = "advert",
        /// Log in, sign up.
        Login = "login",
        /// Consent to cookies.
        Consent = "consent",
        /// Share and follow.
        Share = "share",
        /// An error of the site.
        Error = "error",
    }
}

kinds! {
    /// Where in a line the phrase stands.
    FurniturePlace {
        /// It is the line.
        Whole = "whole",
        /// The line begins with it.
        Prefix = "prefix",
        /// The line ends with it.
        Suffix = "suffix",
        /// Anywhere.
        Contains = "contains",
    }
}

row! {
    /// A phrase of furniture.
    Furniture {
        /// Lower case.
        phrase: &'static str,
        /// What it is for.
        role: FurnitureRole,
        /// Where it must stand.
        place: FurniturePlace,
        /// How sure: 2 hardly ever news, 1 likely, 0 only with other signs.
        strength: u8,
    }
}
