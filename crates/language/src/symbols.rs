//! String ids: a small number for the strings of spaCy's symbol table, a hash for all others.

use std::sync::LazyLock;

use hashbrown::HashMap;

use crate::hash::hash64;

static SYMBOLS: LazyLock<HashMap<String, u64>> = LazyLock::new(|| {
    let listed = rows(include_str!("../data/symbols.tsv"))
        .filter_map(|(name, number)| Some((name.to_string(), number.parse().ok()?)));
    let flags = (19..=63).map(|n| (format!("FLAG{n}"), n));
    let deprecated = (1..=276).map(|n| (format!("DEPRECATED{n:03}"), 103 + n));
    listed.chain(flags).chain(deprecated).collect()
});

/// The id of a string. Ordinary words are symbols too ("case", "mark", "agent"), so no string may skip the table.
pub(crate) fn string_id(text: &str) -> u64 {
    // The longest symbol has 17 bytes; longer strings need no look-up.
    if text.is_empty() {
        return 0;
    }
    if text.len() <= 20
        && let Some(&number) = SYMBOLS.get(text)
    {
        return number;
    }
    hash64(text.as_bytes())
}

/// The two columns of a data file, without its comments.
pub(crate) fn rows(table: &str) -> impl Iterator<Item = (&str, &str)> {
    table.lines().filter(|line| !line.starts_with("# ")).filter_map(|line| line.split_once('\t'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_are_symbols_keep_their_small_number() {
        assert_eq!(string_id("case"), hash64(b"case"), "`case` is a label of the models, but not a symbol");
        assert_eq!(string_id("punct"), 445);
        assert_eq!(string_id("X"), 101);
        assert_eq!(string_id("FLAG19"), 19);
        assert_eq!(string_id("DEPRECATED276"), 379);
        assert_eq!(string_id(""), 0);
        assert!(SYMBOLS.keys().all(|name| name.len() <= 20));
    }
}
