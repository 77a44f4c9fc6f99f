//! Figures in sentences: the value as a number (a range: both ends), then with its unit, then with its change.

use std::sync::LazyLock;

use regex::Regex;

use super::{Counts, Scores};
use crate::predictions::Figure;

/// A quantity of the gold, as written there.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GoldFigure {
    /// A number, a range or a word.
    pub value: String,
    /// Standard unit.
    pub normalized_unit: String,
    /// `= ~ < > up down`.
    pub change: String,
}

/// A value that can be compared.
#[derive(Debug, Clone, PartialEq)]
enum Key {
    Numbers(Vec<f64>),
    Word(String),
}

/// Scores, and the gold rows without a figure of the same value, as (sentence, row).
pub fn figures(gold: &[Vec<GoldFigure>], predicted: &[Vec<Figure>]) -> (Scores, Vec<(usize, usize)>) {
    let mut value = Counts::default();
    let (mut with_unit, mut with_change) = (0, 0);
    let mut missed = Vec::new();
    for (sentence, (gold, predicted)) in gold.iter().zip(predicted).enumerate() {
        value.n_gold += gold.len();
        value.n_predicted += predicted.len();
        let mut used = vec![false; predicted.len()];
        for (row, quantity) in gold.iter().enumerate() {
            let wanted = gold_key(&quantity.value);
            let unit = unit(&quantity.normalized_unit);
            let fits =
                |figure: &Figure| (self::unit(&figure.normalized_unit) == unit, figure.change == quantity.change);
            let mut best: Option<(usize, (bool, bool))> = None;
            for (ix, figure) in predicted.iter().enumerate() {
                if used[ix] || predicted_key(figure) != wanted {
                    continue;
                }
                // Of equals the first.
                if best.is_none_or(|(_, fit)| fit < fits(figure)) {
                    best = Some((ix, fits(figure)));
                }
            }
            let Some((ix, (same_unit, same_change))) = best else {
                missed.push((sentence, row));
                continue;
            };
            used[ix] = true;
            value.hit += 1;
            with_unit += usize::from(same_unit);
            with_change += usize::from(same_change);
        }
    }
    let mut scores = Scores::default();
    scores.add_prf("value", value);
    scores.add_prf("value+unit", Counts { hit: with_unit, ..value });
    scores.add_prf("value+change", Counts { hit: with_change, ..value });
    (scores, missed)
}

static TO: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\bto\b").expect("a constant pattern"));

fn gold_key(written: &str) -> Key {
    let value = written.replace(',', "");
    let mut parts = Vec::new();
    for part in TO.split(&value) {
        // A hyphen between two digits parts a range; one before a number is a sign.
        let chars: Vec<(usize, char)> = part.char_indices().collect();
        let mut start = 0;
        for window in chars.windows(3) {
            if window[1].1 == '-' && window[0].1.is_numeric() && window[2].1.is_numeric() {
                parts.push(&part[start..window[1].0]);
                start = window[2].0;
            }
        }
        parts.push(&part[start..]);
    }
    let numbers: Option<Vec<f64>> = parts.iter().map(|part| part.trim().parse().ok().map(round6)).collect();
    numbers.map_or_else(|| Key::Word(written.trim().to_lowercase()), Key::Numbers)
}

fn predicted_key(figure: &Figure) -> Key {
    match figure.value {
        Some(value) => Key::Numbers([Some(value), figure.value_max].into_iter().flatten().map(round6).collect()),
        None => Key::Word(String::new()),
    }
}

fn round6(value: f64) -> f64 {
    format!("{value:.6}").parse().unwrap_or(value)
}

/// A unit without marks and plural.
fn unit(unit: &str) -> String {
    let unit = if unit.is_empty() { "-" } else { unit };
    let kept = |it: &char| it.is_ascii_lowercase() || it.is_ascii_digit() || matches!(it, '%' | '/' | '^' | ' ');
    let kept: String = unit.to_lowercase().chars().filter(kept).collect();
    kept.trim().trim_end_matches('s').to_owned()
}
