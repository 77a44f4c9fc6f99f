//! Words spelled one way in British and another in American English.

use crate::Lexicon;
use crate::table::{kinds, row};

kinds! {
    /// Which way a spelling can be changed without knowing what is meant.
    SpellingWay {
        /// Both.
        Both = "both",
        /// From British to American: "meter" may be no metre.
        American = "american",
    }
}

row! {
    /// A word of two spellings, in small letters.
    Spelling {
        /// "organise".
        british: &'static str,
        /// "organize".
        american: &'static str,
        /// Which way is sure.
        way: SpellingWay,
    }
}

impl Lexicon {
    /// The American spelling of a word in small letters, when it has another one.
    pub fn american_spelling(&self, word: &str) -> Option<&'static str> {
        self.by_british.first(word).map(|at| self.spellings[at].american)
    }

    /// The British spelling of a word in small letters, when it has another one and can mean nothing else.
    pub fn british_spelling(&self, word: &str) -> Option<&'static str> {
        let found = self.by_american.first(word).map(|at| &self.spellings[at]);
        found.filter(|it| it.way == SpellingWay::Both).map(|it| it.british)
    }
}
