//! Every table is whole, and the ways into it lead somewhere.

use super::*;

#[test]
fn no_row_is_lost() {
    for (file, n_lines, n_rows) in table_sizes(Lexicon::shared()) {
        assert_eq!(n_lines, n_rows, "{file}: a row does not fit its columns");
    }
}
