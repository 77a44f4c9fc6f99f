//! Tolls of one place: "six lives in Haiti" beside "44 in Haiti" is yesterday's count, whoever else gives it.

use rapporteur_model::CitedSentence;

use crate::plan::Draft;
use crate::victims::number_at;

/// Words that say what a number counts.
const OF_DEATH: [&str; 9] = ["kill", "dead", "die", "death", "lives", "fatal", "toll", "victims", "perish"];

/// Words between a number and the place that it is of.
const NEAR: usize = 6;

/// A toll so many times another's of no known earlier day has left it behind.
const OVERTAKES: f64 = 1.5;

impl Draft<'_> {
    /// Whether a sentence gives a toll of a place that a report of another origin, and of no earlier day, has far behind.
    pub(crate) fn is_overtaken_toll(&self, made: &CitedSentence) -> bool {
        let own = tolls(made.text());
        if own.is_empty() {
            return false;
        }
        let origins: Vec<_> = made.citations().iter().map(|it| self.view.origin(it.report)).collect();
        let day = made.citations().iter().filter_map(|it| self.view.day(it.report)).max();
        let mut others = self.view.story.iter().filter(|it| {
            let is_earlier = self.view.day(**it).zip(day).is_some_and(|(it, day)| it < day);
            !is_earlier && !origins.contains(&self.view.origin(**it)) && !self.view.is_of_another_time(**it)
        });
        others.any(|report| {
            let lines = self.sentences.of(*report).iter().map(|it| it.said.line.as_str());
            lines.flat_map(tolls).any(|(place, n)| own.iter().any(|it| it.0 == place && it.1 * OVERTAKES <= n))
        })
    }
}

/// The tolls that a text gives, with the place that each is of: "44 dead in Haiti", "the death toll in Haiti stood at 44".
fn tolls(text: &str) -> Vec<(String, f64)> {
    let words: Vec<&str> = text.split(' ').map(|it| it.trim_matches(|c: char| !c.is_alphanumeric())).collect();
    let lower: Vec<String> = words.iter().map(|it| it.to_lowercase()).collect();
    if !lower.iter().any(|it| OF_DEATH.iter().any(|of| it.starts_with(of))) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for at in 1..words.len() {
        let place = words[at].trim_end_matches("'s").trim_end_matches("’s");
        let is_place =
            lower[at - 1] == "in" && place.starts_with(char::is_uppercase) && !crate::dates::is_month(&lower[at]);
        if !is_place {
            continue;
        }
        // The number nearest before, else behind: "including 51 in Haiti", "the toll in Haiti stood at 44".
        let before = (at.saturating_sub(NEAR)..at).rev().find_map(|it| number(&lower, it));
        let behind = || {
            let of_toll = lower[at.saturating_sub(NEAR)..at].iter().any(|it| it == "toll");
            (at + 1..words.len()).take(NEAR).filter(|_| of_toll).find_map(|it| number(&lower, it))
        };
        if let Some(n) = before.or_else(behind) {
            found.push((place.to_owned(), n));
        }
    }
    found
}

/// A number that is no year either.
fn number(words: &[String], at: usize) -> Option<f64> {
    number_at(words, at).filter(|it| !(1900.0..2100.0).contains(it))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_toll_has_its_place() {
        let of = |text: &str| {
            tolls(text).into_iter().map(|(place, n)| format!("{place} {n}")).collect::<Vec<_>>().join(", ")
        };
        assert_eq!(of("The storm claimed six lives in Orsany and 11 lives in Velmark."), "Orsany 6, Velmark 11");
        assert_eq!(of("The official death toll in Orsany stood at 44 on Saturday."), "Orsany 44");
        assert_eq!(of("It killed at least 67 people, including 51 in Orsany."), "Orsany 51");
        assert_eq!(of("On 3 May two ferries sank in Orsany."), "");
        assert_eq!(of("People died in Orsany in 2030."), "");
    }
}
