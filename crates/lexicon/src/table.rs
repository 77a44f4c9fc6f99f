//! How a table is read: `#` lines are comment, cells are parted by tabs, lists in a cell by `|`.

/// A list in one cell, as written: `"Kyiv|Kiev"`. Copied freely; nothing is allocated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Words(&'static str);

impl Words {
    /// The entries, in the order of the table.
    pub fn iter(self) -> impl Iterator<Item = &'static str> {
        self.0.split('|').filter(|it| !it.is_empty())
    }

    /// Whether `word` is in the list, letter for letter.
    pub fn contains(self, word: &str) -> bool {
        self.iter().any(|it| it == word)
    }

    /// The first entry: by custom the usual one.
    pub fn first(self) -> Option<&'static str> {
        self.iter().next()
    }

    /// Whether the list is empty.
    pub fn is_empty(self) -> bool {
        self.iter().next().is_none()
    }
}

/// A value that can stand in a cell. `None` means the table is wrong; tests see to it that it never is.
pub(crate) trait Cell: Sized {
    fn from_cell(cell: &'static str) -> Option<Self>;
}

impl Cell for &'static str {
    fn from_cell(cell: &'static str) -> Option<Self> {
        Some(cell)
    }
}

impl Cell for Words {
    fn from_cell(cell: &'static str) -> Option<Self> {
        Some(Words(cell))
    }
}

impl Cell for f64 {
    fn from_cell(cell: &'static str) -> Option<Self> {
        cell.parse().ok()
    }
}

impl Cell for i32 {
    fn from_cell(cell: &'static str) -> Option<Self> {
        cell.parse().ok()
    }
}

impl Cell for u8 {
    fn from_cell(cell: &'static str) -> Option<Self> {
        cell.parse().ok()
    }
}

/// An empty cell is `None`.
impl<T: Cell> Cell for Option<T> {
    fn from_cell(cell: &'static str) -> Option<Self> {
        if cell.is_empty() { Some(None) } else { T::from_cell(cell).map(Some) }
    }
}

/// A row of a table: as many cells as fields, in the same order.
pub(crate) trait Row: Sized {
    const N_CELLS: usize;
    fn from_cells(cells: &[&'static str]) -> Option<Self>;
}

/// The lines that carry rows.
pub(crate) fn lines(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Every row that can be read. A table test asserts that none is lost.
pub(crate) fn rows<R: Row>(table: &'static str) -> Vec<R> {
    lines(table)
        .filter_map(|line| {
            let cells: Vec<&'static str> = line.split('\t').collect();
            if cells.len() == R::N_CELLS { R::from_cells(&cells) } else { None }
        })
        .collect()
}

/// A row type from its fields in column order.
macro_rules! row {
    ($(#[$meta:meta])* $name:ident { $($(#[$field_meta:meta])* $field:ident: $kind:ty,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        pub struct $name { $($(#[$field_meta])* pub $field: $kind,)+ }

        impl crate::table::Row for $name {
            const N_CELLS: usize = [$(stringify!($field)),+].len();
            fn from_cells(cells: &[&'static str]) -> Option<Self> {
                let mut cells = cells.iter();
                Some($name { $($field: crate::table::Cell::from_cell(cells.next()?)?,)+ })
            }
        }
    };
}

/// An enumeration whose values are words in a table.
macro_rules! kinds {
    ($(#[$meta:meta])* $name:ident { $($(#[$variant_meta:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$variant_meta])* $variant,)+ }

        impl $name {
            /// Every value, in the order of declaration.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The word that stands for it in the table.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $word,)+ }
            }
        }

        impl crate::table::Cell for $name {
            fn from_cell(cell: &'static str) -> Option<Self> {
                match cell { $($word => Some($name::$variant),)+ _ => None }
            }
        }
    };
}

pub(crate) use kinds;
pub(crate) use row;

/// Keys in order, each leading to a row. Several rows may share a key; they keep the order of the table.
#[derive(Debug, Default)]
pub(crate) struct Index(Vec<(Box<str>, u32)>);

impl Index {
    /// An index over `(key, row)` pairs.
    pub(crate) fn new(pairs: impl IntoIterator<Item = (String, usize)>) -> Index {
        let mut keys: Vec<(Box<str>, u32)> =
            pairs.into_iter().map(|(key, row)| (key.into_boxed_str(), row as u32)).collect();
        keys.sort();
        keys.dedup();
        Index(keys)
    }

    /// The rows under a key.
    pub(crate) fn all(&self, key: &str) -> impl Iterator<Item = usize> {
        let start = self.0.partition_point(|(it, _)| it.as_ref() < key);
        self.0[start..].iter().take_while(move |(it, _)| it.as_ref() == key).map(|(_, row)| *row as usize)
    }

    /// The rows under a key of two parts; the key is not put together for it.
    pub(crate) fn joined<'a>(&'a self, first: &'a str, joint: u8, second: &'a str) -> impl Iterator<Item = usize> + 'a {
        let key = move || first.bytes().chain(std::iter::once(joint)).chain(second.bytes());
        let start = self.0.partition_point(|(it, _)| it.bytes().lt(key()));
        self.0[start..].iter().take_while(move |(it, _)| it.bytes().eq(key())).map(|(_, row)| *row as usize)
    }

    /// Whether there is a key that begins with this part.
    pub(crate) fn opens(&self, first: &str, joint: u8) -> bool {
        let key = || first.bytes().chain(std::iter::once(joint));
        let start = self.0.partition_point(|(it, _)| it.bytes().lt(key()));
        self.0.get(start).is_some_and(|(it, _)| it.bytes().take(first.len() + 1).eq(key()))
    }

    /// The first row under a key.
    pub(crate) fn first(&self, key: &str) -> Option<usize> {
        let start = self.0.partition_point(|(it, _)| it.as_ref() < key);
        self.0.get(start).filter(|(it, _)| it.as_ref() == key).map(|(_, row)| *row as usize)
    }
}
