//! Whether words can stand alone, by the words themselves: what is furniture, a headline, or hangs on the sentence before.

/// Words of captions, notes and promotion that stand in the running text of some pages.
pub(crate) const FURNITURE: [&str; 42] = [
    "did not respond", "not immediately respond", "request for comment", "requests for comment", "declined to comment",
    "could not be reached", "is seen, as", "reuters/", "file - in this", "file – in this", "hide caption",
    " is seen in ", " are seen in ", "photos:", "photo:", "video:", "most read", "contributor ", "getty", "ap photo",
    " of 17 ", "contributed to this report", "scroll down", "(left)", "(right)", "pictured", "file photo",
    "updated at ", "in this undated", "undated photo", "newsletter", "weighs in", "anyone with information",
    "subscrib", "click here", "http", "@", "©", "read more", "skip in skip", "for more on", "|",
];

/// Whether two words or more in capitals stand in it, as labels and teasers do.
pub(crate) fn shouts(told: &str) -> bool {
    let loud = |it: &&str| {
        it.len() > 3 && it.chars().all(|c| c.is_uppercase() || !c.is_alphanumeric()) && it.contains(char::is_uppercase)
    };
    told.split(' ').filter(loud).count() > 1
}

/// Words of players and pages that stand in capitals before a sentence: "CLOSE Berg said".
pub(crate) const LABELS: [&str; 12] = [
    "CLOSE", "WATCH", "READ", "MORE", "VIDEO", "PHOTO", "PHOTOS", "LIVE", "SHARE", "ADVERTISEMENT", "RELATED",
    "BREAKING",
];

/// Words that point to the sentence before.
pub(crate) const HANGING: [&str; 33] = [
    " since then", " though,", " though.", "in another ", " another incident", "as of writing",
    "at the time of writing", "at time of writing", " also said", " earlier had ", " had earlier ", " then ",
    " the pair ", " the two men ", " the two women ", " the latter", " the former,", " both men ", " the same month",
    " the same day", " seconds later", " minutes later", " hours later", " days later", " weeks later",
    " months later", " years later", "equally ", "today's is ", "today’s is ", " the same week", " the same year",
    " the other two ",
];

/// Whether a noun with "the" is one that an earlier sentence named, as a rule.
pub(crate) fn is_named_before(noun: &str) -> bool {
    const NOUNS: [&str; 85] = [
        "mayor", "minister", "governor", "senator", "judge", "sheriff", "general", "agency", "company", "firm",
        "organisation", "organization", "group", "ministry", "department", "channel", "newspaper", "magazine",
        "network", "factory", "officer", "officers", "suspect", "suspects", "man", "men", "woman", "women", "boy",
        "girl", "child", "couple", "duo", "trio", "report", "statement", "study", "letter", "vehicle", "device",
        "video", "footage", "plant", "site", "article", "document", "spokesman", "spokeswoman", "spokesperson",
        "official", "paper", "country", "nation", "star", "singer", "rapper", "actor", "actress", "comedian", "player",
        "team", "band", "island", "region", "car", "truck", "lorry", "ship", "plane", "aircraft", "rocket", "outburst",
        "remark", "remarks", "comment", "comments", "move", "decision", "figure", "sum", "amount", "father", "mother",
        "son", "daughter",
    ];
    NOUNS.contains(&noun)
}

/// Whether it opens with a body or somebody that an earlier sentence named: "The agency says".
pub(crate) fn names_before(lower: &str) -> bool {
    // What stands behind such a noun may say which: "The company that owns the ferry", "The ministry of trade".
    const SAYS_WHICH: [&str; 10] = ["of", "that", "who", "which", "in", "at", "for", "behind", "with", "whose"];
    let mut words = lower.split(' ');
    words.next() == Some("the")
        && words.next().is_some_and(|it| is_named_before(it.trim_end_matches([',', '\'', '’'])))
        && words.next().is_none_or(|it| !SAYS_WHICH.contains(&it))
}

/// Whether most longer words have a large first letter, as in a headline that stands among sentences.
pub(crate) fn in_title_case(told: &str) -> bool {
    let words = outside_marks(told);
    let long: Vec<&str> = words.split(' ').skip(1).filter(|it| 3 < it.len()).collect();
    let large = long.iter().filter(|it| !it.starts_with(char::is_lowercase)).count();
    4 <= long.len() && long.len() * 17 <= large * 20
}

/// Whether quotation marks and brackets are paired.
pub(crate) fn balanced(text: &str) -> bool {
    let n = |c: char| text.matches(c).count();
    // "She added: ‘It is over." An apostrophe closes nothing.
    let after = |at: usize| text[at + '’'.len_utf8()..].chars().next();
    let closes = text.match_indices('’').any(|(at, _)| after(at).is_none_or(|it| !it.is_alphanumeric()));
    let opens = text.match_indices('‘').any(|(at, _)| after(at).is_some_and(char::is_alphanumeric));
    (!opens || closes)
        && n('“') == n('”')
        && n('"') % 2 == 0
        && n('(') == n(')')
        && n('[') == n(']')
        && !closes_alone(text)
}

/// Whether a single mark closes what none has opened: "one way or another,' he wrote".
pub(crate) fn closes_alone(text: &str) -> bool {
    let is_mark = |c: char| matches!(c, '\'' | '’' | '‘');
    let mut n_open = 0i32;
    let mut before = ' ';
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        if is_mark(c) {
            let after = letters.peek().copied().unwrap_or(' ');
            if before.is_whitespace() && !after.is_whitespace() {
                n_open += 1;
            } else if matches!(before, ',' | '.' | '!' | '?') {
                n_open -= 1;
            }
        }
        if n_open < 0 {
            return true;
        }
        before = c;
    }
    false
}

/// The text without what stands between double marks.
pub(crate) fn outside_marks(text: &str) -> String {
    let mut inside = false;
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '“' => inside = true,
            '”' => inside = false,
            '"' => inside = !inside,
            _ if !inside => out.push(c),
            _ => {}
        }
    }
    out
}

/// The text without what stands in round brackets.
pub(crate) fn outside_brackets(text: &str) -> String {
    let mut depth = 0u32;
    let keep = |c: &char| {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => return depth == 0,
        }
        false
    };
    text.chars().filter(keep).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_must_be_paired() {
        assert!(balanced("He said “no” (twice)."));
        assert!(!balanced("He said “no."));
        assert!(
            !balanced("Sure to sail, one way or another,' Berg wrote.")
                && balanced("The workers' boat, 'the best,' sank.")
        );
    }

    #[test]
    fn headlines_among_sentences() {
        assert!(in_title_case("Mayor Berg Promised the Valley a Hundred New Boats in May."));
        assert!(!in_title_case(
            "Anna Berg of North Wire Holdings met Foreign Minister Jon Lie in Port Calder once more."
        ));
    }

    #[test]
    fn words_in_marks_are_not_ours() {
        assert_eq!(outside_marks("he said “we go” and left"), "he said  and left");
    }
}
