//! What a careful editor strikes: sentences beside the news, quotations that say nothing, words of a quotation told as the
//! report's own, speakers that nobody has introduced.
//!
//! Found on 712 sentences of briefs of 61 open stories that four readers judged (`eval/readings/strikes.tsv`): of what has
//! fewer than three words of the story's openings and next to none of the headline, readers struck seven in ten; of the rest
//! three in ten.

use rapporteur_model::CitedSentence;

use crate::plan::Draft;
use crate::said::Sentence;
use crate::standing::outside_marks;
use crate::voiced::{is_in_open_marks, is_inside_marks};
use crate::words::stems;

/// So many words that a third of the openings share put a sentence on the news …
const CORE_MIN: usize = 3;
/// … or so many of the headline.
const HEADLINE_MIN: usize = 2;

/// Quotations that one origin alone prints are of no use when they name nobody and nothing and are shorter, or speak of "I"
/// and "you": "I love the game." Readers struck two in three of them, and two in five of the others.
const QUOTED_WORDS_MIN: usize = 18;

/// A report alone is told from its first sentences only, and from what has words of its title: what is further down is
/// background that nothing confirms.
const ALONE_MAX: usize = 3;

/// Words by which somebody leaves open what happened.
const HEDGES: [&str; 22] = [
    "whether", "not clear", "unclear", "not known", "unknown", "not confirm", "unconfirmed", "not specify", "not say",
    "not yet", "not immediately", "undecided", "not decided", "n’t decided", "n't decided", "may ", "might ", "could ",
    "possibl", "reportedly", "allegedly", "not certain",
];

impl Draft<'_> {
    /// Whether a sentence is beside the news: too few words of the story's openings and of the headline.
    pub(crate) fn is_beside_the_news(&self, made: &CitedSentence) -> bool {
        let words = stems(made.text());
        let n_core = words.iter().filter(|it| self.matter.has(it)).count();
        let n_headline = words.iter().filter(|it| self.is_in_headline(it)).count();
        let far_down = self.view.story.len() == 1
            && n_headline < HEADLINE_MIN
            && made.citations().iter().all(|at| {
                let own = self.sentences.of(at.report).iter();
                ALONE_MAX <= own.take_while(|it: &&Sentence| it.at.span.end() <= at.span.start()).count()
            });
        far_down || self.is_of_old_year(made) || n_core < CORE_MIN && n_headline < HEADLINE_MIN
    }

    /// Whether the only years that words name are two or more before the story's, and the headline does not have them.
    fn is_of_old_year(&self, made: &CitedSentence) -> bool {
        // Of reports without a day the latest year that they name.
        let latest = || {
            let times = made.citations().iter().flat_map(|it| &self.view.report(it.report).annotations.times);
            times.filter_map(|it| it.value.as_deref()?.get(..4)?.parse::<i32>().ok()).max()
        };
        let Some(now) = self.view.year().and_then(|it| it.parse::<i32>().ok()).or_else(latest) else { return false };
        let year = |it: &str| it.parse::<i32>().ok().filter(|year| it.len() == 4 && (1800..=now).contains(year));
        let years: Vec<i32> = made.text().split(|c: char| !c.is_alphanumeric()).filter_map(year).collect();
        let in_headline = years.iter().any(|it| self.is_in_headline(&it.to_string()));
        !years.is_empty() && years.iter().all(|it| it + 1 < now) && !in_headline
    }

    /// Whether a quotation says too little to be told: a few words, or a question, or what breaks off.
    pub(crate) fn is_thin_quotation(&self, made: &CitedSentence) -> bool {
        let Some((_, quoted)) = made.text().split_once(" said: “") else { return false };
        let quoted = quoted.trim_end_matches(['.', '”', ' ']);
        let breaks_off = made.text().trim_end_matches(['”', '.']).ends_with(['…', '?'])
            || made.text().contains("...”")
            || made.text().contains("…”")
            || is_concession(quoted);
        let words = || quoted.split(' ').map(|it| it.trim_matches(|c: char| !c.is_alphanumeric()));
        let of_self = words().any(|it| matches!(it.split(['’', '\'']).next(), Some("I" | "you" | "You")));
        let names = !of_self && quoted.bytes().any(|it| it.is_ascii_digit())
            || words().skip(1).any(|it| 3 < it.len() && it.starts_with(char::is_uppercase));
        let says_little = !names && (words().count() < QUOTED_WORDS_MIN || of_self);
        breaks_off || says_little && made.note.as_deref() == Some("one origin")
    }

    /// Whether words without marks stand between marks in a report that is cited: somebody's word, not the report's.
    pub(crate) fn tells_a_quotation(&self, made: &CitedSentence) -> bool {
        let own_voice = !made.text().contains(['“', '"']);
        let mut places = made.citations().iter().filter_map(|it| self.view.sentence(*it));
        own_voice && places.any(|it| is_inside_marks(self.view, it) || is_in_open_marks(self.view, it))
    }
}

/// Whether words open a mark that they do not close: "according to the owner: 'The harbour is deep."
pub(crate) fn is_torn(words: &str) -> bool {
    let chars: Vec<char> = words.chars().collect();
    let near = |at: usize, step: isize| at.checked_add_signed(step).and_then(|it| chars.get(it)).copied();
    let is_edge =
        |it: Option<char>| it.is_none_or(|it| it.is_whitespace() || matches!(it, '(' | '[' | '—' | '“' | '"'));
    let n_of = |wanted: &dyn Fn(usize) -> bool| (0..chars.len()).filter(|at| wanted(*at)).count();
    // "the workers' rights" and "don't" open nothing, "'90s" and "'em" are rare enough.
    let opens = n_of(&|at| {
        chars[at] == '‘' || chars[at] == '\'' && is_edge(near(at, -1)) && near(at, 1).is_some_and(char::is_alphabetic)
    });
    let closes = n_of(&|at| {
        matches!(chars[at], '\'' | '’') && !is_edge(near(at, -1)) && near(at, 1).is_none_or(|it| !it.is_alphanumeric())
    });
    let n = |mark: char| chars.iter().filter(|it| **it == mark).count();
    closes < opens || n('“') != n('”') || n('"') % 2 == 1
}

/// Whether words are not as anybody writes them: a word twice, a sentence that begins in the middle of one, a letter alone.
pub(crate) fn is_garbled(words: &str) -> bool {
    const OPENINGS: [&str; 9] = ["The", "These", "This", "Those", "It", "They", "He", "She", "We"];
    let plain = outside_marks(words);
    let list: Vec<&str> = plain.split(' ').filter(|it| !it.is_empty()).collect();
    let twice = |a: &str, b: &str| {
        3 < a.len() && a.eq_ignore_ascii_case(b) && a.chars().all(char::is_alphabetic) && !matches!(a, "that" | "very")
    };
    // "students freed These are the students", but not "read The Lantern".
    let runs_on = |it: &[&str]| {
        OPENINGS.contains(&it[1])
            && it[0].chars().all(char::is_lowercase)
            && it[2].starts_with(char::is_lowercase)
            && !matches!(it[0], "of" | "in" | "at" | "on" | "by" | "and")
    };
    let torn_word = |it: &str| it.len() == 1 && it.chars().all(|it| it.is_ascii_lowercase()) && it != "a";
    // "condemned it as "provocative " and"
    let marks: Vec<usize> = words.match_indices('"').map(|it| it.0).collect();
    let loose = marks.iter().skip(1).step_by(2).any(|at| words[..*at].ends_with(' '));
    list.windows(2).any(|it| twice(it[0], it[1]))
        || list.windows(3).any(runs_on)
        || list.iter().any(|it| torn_word(it))
        || loose
}

/// "Even though there has been tension between them": what follows it is the point.
pub(crate) fn is_concession(words: &str) -> bool {
    const OPENINGS: [&str; 5] = ["even though ", "although ", "though ", "while ", "whereas "];
    let lower = words.to_lowercase();
    OPENINGS.iter().any(|it| lower.starts_with(it)) && !words.contains(',')
}

/// Whether words leave open what happened.
pub(crate) fn leaves_open(words: &str) -> bool {
    let lower = outside_marks(words).to_lowercase();
    HEDGES.iter().any(|it| lower.contains(it))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_concession_waits_for_its_point() {
        assert!(is_concession("Even though there has been tension between Berg and Novak"));
        assert!(!is_concession("Although it rained, the ferry sailed") && !is_concession("Thoughtful words"));
    }

    #[test]
    fn marks_that_do_not_close() {
        for torn in ["According to the owner: 'The harbour is deep.", "She called it “a first step.", "It was \"deep."]
        {
            assert!(is_torn(torn), "{torn}");
        }
        for whole in [
            "He said: 'The harbour is deep.'",
            "The workers' rights were the matter, and they don't ask for 'more'.",
            "She called it “a first step”.",
            "She said: “He told me ‘no’ twice.”",
        ] {
            assert!(!is_torn(whole), "{whole}");
        }
    }

    #[test]
    fn words_that_nobody_writes_so() {
        for garbled in [
            "Ilva Ilva admitted it.",
            "The town said that students freed These are the students.",
            "It was a b reach of the rules.",
            "The town called it \"provocative \" and left.",
        ] {
            assert!(is_garbled(garbled), "{garbled}");
        }
        for plain in ["Novak said that that was a very, very long day.", "He read The Lantern of The Hague \"twice\"."]
        {
            assert!(!is_garbled(plain), "{plain}");
        }
    }

    #[test]
    fn words_that_leave_open() {
        assert!(leaves_open("The mayor could not say whether the ferry sank") && !leaves_open("The ferry sank"));
    }
}
