//! Counts in how many reports each stem stands: standard input, one report a line (line breaks as spaces), to
//! `data/rarity.txt`. Stems in fewer than three reports are left out.
//!
//! The table that is kept was made from PolNeAR (train and development), TimeBank, AQUAINT and the article texts of the
//! article-extraction benchmark and of Fundus' test pages; none of them is a collection that grouping is measured on.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, Write};

use rapporteur_text::shingles::{fold_words, folded_stem};

fn main() -> std::io::Result<()> {
    let mut n_reports = 0u32;
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let mut words = Vec::new();
        fold_words(&line, 0, &mut words);
        let stems: BTreeSet<String> =
            words.iter().filter(|it| !it.is_number()).filter_map(|it| folded_stem(it.span().of(&line))).collect();
        n_reports += 1;
        for stem in stems {
            *counts.entry(stem).or_default() += 1;
        }
    }
    let mut out = std::io::stdout().lock();
    writeln!(out, "# Reports counted, then a stem and how many of them have it. Made by examples/count_words.rs.")?;
    writeln!(out, "{n_reports}")?;
    for (stem, count) in counts.iter().filter(|it| *it.1 >= 3) {
        writeln!(out, "{stem}\t{count}")?;
    }
    Ok(())
}
