//! How much of an account a page shows: all in a file; on a desk, where facts and reports have pages of their own, a very large
//! story in parts.

use std::ops::Range;

use crate::formats::Page;

/// A story with more reports, or more facts, is shown in parts.
const REPORTS_WHOLE_MAX: usize = 40;
const FACTS_WHOLE_MAX: usize = 300;
/// Facts of a part.
const FACTS_OF_PART: usize = 100;
/// Of other lists the first so many.
const LIST_MAX: usize = 100;
/// Columns of the matrix in a file and in a part: more can be seen by nobody, and a story of six hundred would have a million
/// cells.
const COLUMNS_MAX: usize = 40;
const COLUMNS_OF_PART: usize = 24;
/// Facts that have a row in a file, the weightiest.
const ROWS_MAX: usize = 600;

/// What of an account is on the page.
pub(super) struct Extent {
    pub(super) is_on_desk: bool,
    /// Facts, by their places.
    pub(super) facts: Range<usize>,
    pub(super) columns_max: usize,
    pub(super) list_max: usize,
    /// Whether reports show the paragraphs alone that are cited.
    pub(super) is_folded: bool,
    /// The parts there are; none where all facts are here.
    pub(super) parts: Vec<FactsPart>,
}

/// A part of the facts, to choose.
pub(super) struct FactsPart {
    /// From 1, as the address has it.
    pub(super) number: usize,
    /// "101–200"
    pub(super) name: String,
    pub(super) is_here: bool,
}

impl Extent {
    /// A file has all that can be looked at.
    pub(super) fn whole() -> Extent {
        Extent {
            is_on_desk: false,
            facts: 0..ROWS_MAX,
            columns_max: COLUMNS_MAX,
            list_max: usize::MAX,
            is_folded: false,
            parts: Vec::new(),
        }
    }

    /// A page of a desk has all of a story, or a part of a very large one.
    pub(super) fn on_desk(page: &Page<'_>, part: usize) -> Extent {
        let n_facts = page.claims.len();
        if page.account.reports.len() <= REPORTS_WHOLE_MAX && n_facts <= FACTS_WHOLE_MAX {
            return Extent { is_on_desk: true, ..Extent::whole() };
        }
        let n_parts = n_facts.div_ceil(FACTS_OF_PART).max(1);
        let here = part.min(n_parts - 1);
        let range = |part: usize| part * FACTS_OF_PART..((part + 1) * FACTS_OF_PART).min(n_facts);
        let view = |part: usize| FactsPart {
            number: part + 1,
            name: format!("{}–{}", range(part).start + 1, range(part).end),
            is_here: part == here,
        };
        Extent {
            is_on_desk: true,
            facts: range(here),
            columns_max: COLUMNS_OF_PART,
            list_max: LIST_MAX,
            is_folded: true,
            parts: if 1 < n_parts { (0..n_parts).map(view).collect() } else { Vec::new() },
        }
    }

    /// What is left out of lists, each with how many are here and how many there are.
    pub(super) fn folded(&self, lists: &[(&str, usize, usize)]) -> String {
        let cut = lists.iter().filter(|it| self.list_max <= it.1 && it.1 < it.2);
        cut.map(|(what, here, all)| format!("{here} of {all} {what}")).collect::<Vec<_>>().join(", ")
    }
}
