//! Sentences about those whom something befell: "At least 26 people died", by our own grammar, since reports word it in as
//! many ways as they are.

use rapporteur_model::{Anchor, CitedSentence, Claim, Content, Nature};

use crate::plan::{Draft, one_a_report};
use crate::view::capital;

/// A report's own sentence of so many words is told rather than a bare count.
pub(crate) const SHORT_WORDS: usize = 30;

/// A count so many times that which most origins give counts something else.
const MANY_MORE: f64 = 1.5;

/// Words between a number of dead and the word that says so.
const NEAR: usize = 6;

/// Units that count anybody.
const ANYBODY: [&str; 7] = ["", "people", "person", "other", "others", "victim", "victims"];

/// The sentence, when the claim counts victims and no report gives another number.
pub(crate) fn sentence(claim: &Claim) -> Option<String> {
    let Content::Figure(figure) = &claim.content else { return None };
    let did = match figure.deed.as_deref()? {
        "die" => "died",
        "hurt" => "were injured",
        "arrest" => "were arrested",
        _ => return None,
    };
    if claim.variants.iter().any(|it| it.nature == Nature::Number) {
        return None;
    }
    let printed = figure.printed.trim();
    let anybody = ANYBODY.contains(&figure.unit.as_str());
    // The number with what bounds it, without the noun that the report counts.
    let words: Vec<&str> = printed.split(' ').collect();
    let number_at = words.iter().rposition(|it| it.starts_with(|c: char| c.is_ascii_digit()) || is_number(it))?;
    let number = words[..=number_at].join(" ");
    let noun = words[number_at + 1..].join(" ");
    let noun = if anybody || noun.is_empty() { "people".to_owned() } else { noun };
    Some(capital(&format!("{number} {noun} {did}.")))
}

/// Whether nobody counts more of what befell the same, and twice as many origins give this count as any other: "eleven people
/// died" alone misleads where others say fifty-eight, be it of another place or a later day.
pub(crate) fn is_main(claim: &Claim, all: &[Claim]) -> bool {
    let Content::Figure(own) = &claim.content else { return false };
    all.iter().all(|it| match &it.content {
        Content::Figure(other) if other.deed == own.deed && other.value != own.value => {
            other.value <= own.value && it.origins.len() * 2 <= claim.origins.len()
        }
        _ => true,
    })
}

/// Whether a sentence counts fewer dead than most origins do by now, two at least.
pub(crate) fn is_stale(title: &str, all: &[Claim]) -> bool {
    let lower = title.to_lowercase();
    if !["kill", "dead", "die", "death"].iter().any(|it| lower.contains(it)) {
        return false;
    }
    // The number that goes with the death: "59 dead and 500 hurt" counts 59.
    let words: Vec<String> =
        lower.split(|c: char| !c.is_alphanumeric() && c != ',').map(|it| it.replace(',', "")).collect();
    let number = |at: usize| number_at(&words, at);
    let of_death = |it: &String| ["kill", "dead", "die", "death"].iter().any(|word| it.starts_with(word));
    let near = |at: usize| {
        let before = || (at.saturating_sub(NEAR)..at).rev().find_map(number);
        let behind = || (at..words.len()).take(NEAR).find_map(number);
        // "killing 59", but "59 were killed".
        if matches!(words[at].as_str(), "killing" | "kills" | "kill") {
            behind().or_else(before)
        } else {
            before().or_else(behind)
        }
    };
    let numbers: Vec<f64> = (0..words.len()).filter(|it| of_death(&words[*it])).filter_map(near).collect();
    let counted = all.iter().filter(|it| 2 <= it.origins.len()).filter_map(|it| match &it.content {
        Content::Figure(figure) if figure.deed.as_deref() == Some("die") => Some((it.origins.len(), figure.value?)),
        _ => None,
    });
    let counted: Vec<(usize, f64)> = counted.collect();
    // Counts grow: more, told by two origins at least, is the later word, unless it is so many more that another thing is meant.
    let told = counted.iter().copied().fold((0, 0.0), |best, it| if best.0 < it.0 { it } else { best }).1;
    let most = counted.iter().map(|it| it.1).filter(|it| *it <= MANY_MORE * told).fold(0.0, f64::max);
    !numbers.is_empty() && numbers.iter().all(|it| *it < most)
}

impl Draft<'_> {
    /// A count of victims by our own grammar: where nobody else counts otherwise, or so many origins count so that no other
    /// place or day is likely meant.
    pub(crate) fn counted(&self, ix: usize) -> Option<CitedSentence> {
        const ORIGINS_MIN: usize = 4;
        let claim = &self.view.claims[ix];
        let n_origins = claim.origins.len();
        // "Some 1,400 died" far down is another year's war.
        let is_of_now = claim.support.iter().any(|it| self.is_near_top(*it)) && self.is_of_now(claim);
        let enough = 1 < n_origins && is_main(claim, self.view.claims) || ORIGINS_MIN <= n_origins;
        let enough = enough && is_of_now;
        let made = CitedSentence::new(sentence(claim).filter(|_| enough)?, one_a_report(&claim.support))?;
        self.labelled(ix, made)
    }

    /// Whether none of a count's places names an earlier year.
    pub(crate) fn is_of_now(&self, claim: &Claim) -> bool {
        !claim.support.iter().any(|it| self.is_of_another_year(*it))
    }

    /// How many reports have one of some places near their top.
    pub(crate) fn n_near_top(&self, places: &[Anchor]) -> usize {
        one_a_report(&places.iter().copied().filter(|it| self.is_near_top(*it)).collect::<Vec<_>>()).len()
    }

    /// Whether a place is in the first sentences of its report's running text, or in what stands above it.
    pub(crate) fn is_near_top(&self, at: Anchor) -> bool {
        const NEAR_TOP: usize = 5;
        let own = self.sentences.of(at.report).iter();
        own.take_while(|it| it.at.span.end() <= at.span.start()).count() < NEAR_TOP
    }

    /// Whether the sentence at a place names a year before the reports' own.
    fn is_of_another_year(&self, at: Anchor) -> bool {
        let Some(year) = self.view.year().and_then(|it| it.parse::<i32>().ok()) else { return false };
        let mut times = self.view.sentence(at).into_iter().flat_map(|it| self.view.times(it));
        times.any(|it| {
            let stated = it.value.as_deref().and_then(|it| it.get(..4)?.parse::<i32>().ok());
            stated.is_some_and(|it| it < year)
        })
    }
}

/// Whether a word is a number from two on.
pub(crate) fn is_number(word: &str) -> bool {
    let lower = word.to_lowercase();
    in_words(&lower).is_some() || lower == "hundred"
}

/// The value of a number among words in small letters, in digits or a small one in words; a day of a month is none.
pub(crate) fn number_at(words: &[String], at: usize) -> Option<f64> {
    let beside = [at.checked_sub(1), Some(at + 1)].into_iter().flatten();
    let is_day = beside.filter_map(|it| words.get(it)).any(|it| crate::dates::is_month(it));
    let word = words[at].replace(',', "");
    word.parse::<f64>().ok().or_else(|| in_words(&word)).filter(|_| !is_day)
}

/// The value of a small number in words.
fn in_words(word: &str) -> Option<f64> {
    const WORDS: [(&str, f64); 23] = [
        ("two", 2.0),
        ("three", 3.0),
        ("four", 4.0),
        ("five", 5.0),
        ("six", 6.0),
        ("seven", 7.0),
        ("eight", 8.0),
        ("nine", 9.0),
        ("ten", 10.0),
        ("eleven", 11.0),
        ("twelve", 12.0),
        ("thirteen", 13.0),
        ("fourteen", 14.0),
        ("fifteen", 15.0),
        ("sixteen", 16.0),
        ("seventeen", 17.0),
        ("eighteen", 18.0),
        ("nineteen", 19.0),
        ("twenty", 20.0),
        ("thirty", 30.0),
        ("forty", 40.0),
        ("fifty", 50.0),
        ("dozen", 12.0),
    ];
    WORDS.iter().find(|it| it.0 == word).map(|it| it.1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rapporteur_model::{FigureContent, Verdict};

    fn told(printed: &str, unit: &str, deed: &str) -> Option<String> {
        let figure = FigureContent {
            concept: String::new(),
            printed: printed.to_owned(),
            printed_at: None,
            value: Some(26.0),
            unit: unit.to_owned(),
            deed: Some(deed.to_owned()),
            stated_by: Vec::new(),
            clause: None,
        };
        sentence(&Claim {
            id: String::new(),
            verdict: Verdict::Agree,
            weight: 0.0,
            content: Content::Figure(figure),
            support: Vec::new(),
            variants: Vec::new(),
            reports: Vec::new(),
            origins: Vec::new(),
            silent: Vec::new(),
        })
    }

    fn counted(value: f64, n_origins: u32) -> Claim {
        let content = FigureContent {
            concept: String::new(),
            printed: String::new(),
            printed_at: None,
            value: Some(value),
            unit: "people".to_owned(),
            deed: Some("die".to_owned()),
            stated_by: Vec::new(),
            clause: None,
        };
        Claim {
            id: String::new(),
            verdict: Verdict::Agree,
            weight: 0.0,
            content: Content::Figure(content),
            support: Vec::new(),
            variants: Vec::new(),
            reports: Vec::new(),
            origins: (0..n_origins).map(rapporteur_model::OriginIx).collect(),
            silent: Vec::new(),
        }
    }

    #[test]
    fn counts_that_others_give_otherwise() {
        let all = [counted(11.0, 2), counted(58.0, 4), counted(30.0, 1)];
        assert!(!is_main(&all[0], &all) && is_main(&all[1], &all) && !is_main(&all[2], &all));
        assert!(is_stale("Ferry sinks, 11 dead", &all) && !is_stale("Ferry sinks, 58 dead", &all));
        assert!(is_stale("Eleven people are dead after a ferry sank", &all));
        assert!(!is_stale("Ferry sinks at pier 11", &all) && !is_stale("Scores dead as ferry sinks", &all));
    }

    #[test]
    fn victims_are_told_in_one_form() {
        assert_eq!(told("At least 26", "people", "die").as_deref(), Some("At least 26 people died."));
        assert_eq!(told("26 others", "other", "die").as_deref(), Some("26 people died."));
        assert_eq!(told("seven sailors", "sailor", "hurt").as_deref(), Some("Seven sailors were injured."));
        assert_eq!(told("26", "people", "trap"), None);
    }
}
