//! Money, units and number words.

use crate::table::{Words, kinds, row};

row! {
    /// A currency.
    Currency {
        /// ISO 4217, or a code news uses for a coin without one (BTC).
        code: &'static str,
        /// "euro|euros"; the plural as written.
        names: Words,
        /// Before or after the number: "€", "US$", "kr".
        symbols: Words,
        /// Minor units: "cent|cents".
        minor: Words,
        /// ISO codes of states that use it; `EUR` is the euro area.
        states: Words,
    }
}

row! {
    /// A unit of measure.
    Unit {
        /// "kilometre".
        name: &'static str,
        /// "length".
        quantity: &'static str,
        /// Symbols and spellings, singular and plural.
        aliases: Words,
        /// How many of the SI unit of its quantity one of it is. Temperatures: size of the degree only.
        factor: f64,
    }
}

kinds! {
    /// What a number word does.
    NumberKind {
        /// A value: seven.
        Cardinal = "cardinal",
        /// A rank: seventh.
        Ordinal = "ordinal",
        /// Multiplies what stands before: million.
        Scale = "scale",
        /// A part: half.
        Fraction = "fraction",
        /// An unsure number: several, a couple of, dozens of.
        Vague = "vague",
        /// How often or how many-fold: twice, double.
        Multiple = "multiple",
    }
}

row! {
    /// A word that is a number.
    NumberWord {
        /// Lower case.
        word: &'static str,
        /// What it does.
        kind: NumberKind,
        /// Its value; for vague words the usual least.
        value: f64,
    }
}

kinds! {
    /// How a figure is meant.
    Bound {
        /// Just this.
        Exact = "=",
        /// About.
        About = "~",
        /// At least.
        AtLeast = ">=",
        /// More than.
        MoreThan = ">",
        /// At most.
        AtMost = "<=",
        /// Less than.
        LessThan = "<",
        /// Nearly: a little less.
        Nearly = "~<",
        /// Rising by or to.
        Up = "up",
        /// Falling by or to.
        Down = "down",
    }
}

row! {
    /// A phrase that bounds a figure: "at least".
    Modifier {
        /// Lower case.
        phrase: &'static str,
        /// How the figure is meant.
        bound: Bound,
        /// `before` or `after` the figure.
        place: &'static str,
    }
}
