//! Words that evoke an act: "impose sanctions", "visit", "shelled".

use crate::table::{Words, kinds, row};

kinds! {
    /// The sixteen types of PLOVER, and what news tells besides.
    Act {
        /// Agrees or promises.
        Agree = "AGREE",
        /// Meets, calls, visits.
        Consult = "CONSULT",
        /// Backs, praises, recognises.
        Support = "SUPPORT",
        /// Yields: eases, frees, resigns.
        Concede = "CONCEDE",
        /// Works together, trades, shares.
        Cooperate = "COOPERATE",
        /// Gives aid.
        Aid = "AID",
        /// Withdraws, ceases fire.
        Retreat = "RETREAT",
        /// Asks, demands, proposes.
        Request = "REQUEST",
        /// Blames, sues, investigates.
        Accuse = "ACCUSE",
        /// Refuses, vetoes, breaks.
        Reject = "REJECT",
        /// Threatens.
        Threaten = "THREATEN",
        /// Demonstrates, strikes, riots.
        Protest = "PROTEST",
        /// Cuts ties or aid, embargoes, expels.
        Sanction = "SANCTION",
        /// Moves forces.
        Mobilize = "MOBILIZE",
        /// Arrests, seizes, bans.
        Coerce = "COERCE",
        /// Attacks.
        Assault = "ASSAULT",
        /// None of the sixteen: the mode says what.
        Other = "OTHER",
    }
}

kinds! {
    /// How a trigger is built.
    TriggerKind {
        /// A verb, maybe with a particle: "shell", "call off".
        Verb = "verb",
        /// A noun: "airstrike".
        Noun = "noun",
        /// A light verb with a noun: "hold+talks".
        Light = "light",
    }
}

row! {
    /// A trigger.
    Trigger {
        /// Lemma; words of a light frame parted by `+`.
        lemma: &'static str,
        /// How it is built.
        kind: TriggerKind,
        /// The act it evokes.
        act: Act,
        /// Finer: "meet", "visit", "call", "airstrike", "resign". May be empty.
        mode: &'static str,
        /// Who is who: `obj` recipient is the object, `with`/`to`/`against`/`on`… by that word, `pl` all parties act.
        frames: Words,
    }
}

row! {
    /// A word that tells the sector of an actor.
    Sector {
        /// Lemma: "army".
        lemma: &'static str,
        /// CAMEO's letters for it: `MIL`.
        code: &'static str,
    }
}

kinds! {
    /// Where the word stands that makes an idiom.
    Beside {
        /// The verb's object, or the subject of its passive.
        Object = "object",
        /// Its subject.
        Subject = "subject",
        /// A particle or preposition right after it, without anybody after that.
        Particle = "particle",
        /// Before the noun: "booster shot".
        Before = "before",
        /// After the noun and "of": "deployment of software"; `*` is any noun.
        Of = "of",
    }
}

row! {
    /// Words with which a verb tells no act: "commit suicide", "blast off".
    ActIdiom {
        /// Lemma of the verb.
        lemma: &'static str,
        /// Where the words stand.
        beside: Beside,
        /// Their lemmas.
        words: Words,
    }
}

row! {
    /// A word that judges: "shocking", "thug".
    LoadedWord {
        /// In small letters.
        word: &'static str,
    }
}
