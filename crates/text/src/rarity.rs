//! How rare a word is in English news: the number of reports of a background collection that have its stem.
//!
//! A run may hold five reports only, too few to tell by counting that "said" is common and "frigate" is not. The table
//! counts documents of open corpora of news (counts only, no text); `cargo run -p rapporteur-text --example count_words`
//! makes it.

use std::sync::LazyLock;

/// Reports that were counted, then a stem and the number of reports with it per line.
static COUNTS: &str = include_str!("../data/rarity.txt");

struct Table {
    n_reports: f32,
    /// Hash of the stem and how rare it is, sorted by hash.
    rows: Vec<(u32, f32)>,
    unknown: f32,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut lines = COUNTS.lines().filter(|it| !it.starts_with('#'));
    let n_reports: f32 = lines.next().and_then(|it| it.parse().ok()).unwrap_or(1.0);
    let row = |line: &str| {
        let (stem, count) = line.split_once('\t')?;
        Some((crate::shingles::folded_hash(stem), of_count(count.parse().ok()?, n_reports)))
    };
    let mut rows: Vec<(u32, f32)> = lines.filter_map(row).collect();
    rows.sort_by(|one, other| one.0.cmp(&other.0).then(one.1.total_cmp(&other.1)));
    rows.dedup_by_key(|it| it.0);
    Table { n_reports, rows, unknown: of_count(1.0, n_reports) }
});

fn of_count(count: f32, n_reports: f32) -> f32 {
    ((n_reports + 1.0) / (count + 0.5)).ln()
}

/// The inverse document frequency of a stem (see [`crate::shingles::Word::stem`]), from 0 up; a word never seen is as rare
/// as one seen once.
pub fn rarity(stem: u32) -> f32 {
    let table = &*TABLE;
    table.rows.binary_search_by_key(&stem, |it| it.0).map_or(table.unknown, |at| table.rows[at].1)
}

/// The reports that were counted.
pub fn n_reports_counted() -> f32 {
    TABLE.n_reports
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shingles::stem_hash;

    #[test]
    fn common_words_are_common() {
        let rarity_of = |word: &str| stem_hash(word).map_or(0.0, rarity);
        assert!(rarity_of("said") < rarity_of("president"));
        assert!(rarity_of("president") < rarity_of("frigate"));
        assert_eq!(rarity_of("qwxzy"), rarity_of("zyxwq"));
    }
}
