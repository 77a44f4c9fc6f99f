//! Words of saying: "said", "according to", "a statement".

use crate::table::{Words, kinds, row};

kinds! {
    /// What is done by saying it.
    CueClass {
        /// Plain: say, note.
        Say = "say",
        /// To an addressee: tell, inform.
        Tell = "tell",
        /// A question: ask, wonder.
        Ask = "ask",
        /// A reply.
        Answer = "answer",
        /// In writing: write, tweet.
        Write = "write",
        /// Made known: announce, reveal.
        Announce = "announce",
        /// Held to be so, not proven: claim, allege.
        Claim = "claim",
        /// A view: believe, think.
        Believe = "believe",
        /// A doubt.
        Doubt = "doubt",
        /// Of the future: predict, expect.
        Predict = "predict",
        /// A wish or plea: urge, appeal.
        Urge = "urge",
        /// An order or demand.
        Demand = "demand",
        /// A proposal: suggest, offer.
        Propose = "propose",
        /// A promise.
        Promise = "promise",
        /// A warning or threat.
        Warn = "warn",
        /// Denied.
        Deny = "deny",
        /// Conceded: admit, acknowledge.
        Admit = "admit",
        /// Agreed or confirmed.
        Agree = "agree",
        /// Refused or rejected.
        Refuse = "refuse",
        /// Blame: accuse, condemn.
        Accuse = "accuse",
        /// Praise or thanks.
        Praise = "praise",
        /// A feeling: lament, hope, fear.
        Feel = "feel",
        /// Shown or found: a report shows, a study finds.
        Show = "show",
        /// Reasoned: argue, explain, conclude.
        Argue = "argue",
        /// A manner of voice: shout, whisper, joke.
        Voice = "voice",
        /// Passed on from others: quote, cite, report.
        Relay = "relay",
    }
}

kinds! {
    /// How far the one who reports it stands behind what is said.
    Factivity {
        /// Taken to be true: reveal, admit, note.
        Fact = "fact",
        /// Left open: say, write.
        Open = "open",
        /// Held at arm's length: claim, allege.
        Distant = "distant",
        /// Taken to be untrue or denied.
        Denied = "denied",
        /// Not yet so: promise, warn, demand.
        Future = "future",
    }
}

row! {
    /// A verb of saying.
    Cue {
        /// "say".
        lemma: &'static str,
        /// What is done by it.
        class: CueClass,
        /// What may follow: `that` clause, `quote`, `addressee` as object, `to` infinitive, `noun` object,
        /// `wh` clause, `for`/`on`/`of`/`with`/`against`… prepositions that lead to the content.
        frames: Words,
        /// How far it is vouched for.
        factivity: Factivity,
        /// Whether it is a word of saying in nearly every use (2), often (1), or seldom (0: only with a quote or clause).
        strength: u8,
        /// Past tense and participle where a rule would not find them.
        irregular: Words,
    }
}

impl Cue {
    /// Whether it takes `frame`.
    pub fn takes(&self, frame: &str) -> bool {
        self.frames.contains(frame)
    }
}

row! {
    /// A noun of saying: "statement".
    NounCue {
        /// "statement".
        lemma: &'static str,
        /// What is done by it.
        class: CueClass,
        /// `spoken`, `written`, `either` or `study`.
        medium: &'static str,
        /// Verbs that make it: make, issue, give.
        light_verbs: Words,
    }
}

row! {
    /// A phrase of saying without a verb: "according to".
    PhraseCue {
        /// Lower case, words parted by one blank.
        phrase: &'static str,
        /// What is done by it.
        class: CueClass,
        /// Whether the source follows (`after`) or stands before (`before`), or is left out (`none`).
        source: &'static str,
    }
}

/// The forms of a regular verb besides the lemma: third person, participle, past.
pub fn regular_forms(lemma: &str) -> [String; 3] {
    let (head, rest) = match lemma.split_once(' ') {
        Some((head, rest)) => (head, format!(" {rest}")),
        None => (lemma, String::new()),
    };
    let bytes = head.as_bytes();
    let last = bytes.last().copied().unwrap_or(b'-');
    let before = if bytes.len() > 1 { bytes[bytes.len() - 2] } else { b'-' };
    let is_vowel = |letter: u8| b"aeiou".contains(&letter);
    let consonant_y = last == b'y' && !is_vowel(before);
    let stem = if consonant_y { &head[..head.len() - 1] } else { head };
    let third = if consonant_y {
        format!("{stem}ies")
    } else if matches!(last, b's' | b'x' | b'z' | b'o') || head.ends_with("sh") || head.ends_with("ch") {
        format!("{head}es")
    } else {
        format!("{head}s")
    };
    let doubled = bytes.len() > 2
        && !is_vowel(last)
        && !matches!(last, b'w' | b'x' | b'y')
        && is_vowel(before)
        && !is_vowel(bytes[bytes.len() - 3])
        && (DOUBLING.contains(&head) || (bytes.len() <= 4 && bytes.iter().filter(|it| is_vowel(**it)).count() == 1));
    let base = if doubled { format!("{head}{}", last as char) } else { head.to_owned() };
    let (participle, past) = if last == b'e' && before != b'e' && head.len() > 2 {
        let participle = if before == b'i' {
            format!("{}ying", &head[..head.len() - 2])
        } else {
            format!("{}ing", &head[..head.len() - 1])
        };
        (participle, format!("{head}d"))
    } else if last == b'e' {
        (format!("{head}ing"), format!("{head}d"))
    } else if consonant_y {
        (format!("{head}ing"), format!("{stem}ied"))
    } else {
        (format!("{base}ing"), format!("{base}ed"))
    };
    [third + &rest, participle + &rest, past + &rest]
}

/// Verbs of more syllables that double their last letter.
const DOUBLING: &[&str] = &[
    "admit", "permit", "commit", "submit", "refer", "infer", "confer", "prefer", "deter", "rebut", "propel", "compel",
    "expel", "repel", "regret", "quip", "blog", "chat", "counsel",
];
