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
pub(crate) struct Index {
    keys: Vec<(Box<str>, u32)>,
    /// A bit for the hash of each key: words of running text are asked for by the thousand, few are keys, and most are turned
    /// away by this.
    bits: Vec<u64>,
}

/// Bits for each key: of words that are no keys, about one in so many is looked for in vain.
const BITS_A_KEY: usize = 16;

impl Index {
    /// An index over `(key, row)` pairs.
    pub(crate) fn new(pairs: impl IntoIterator<Item = (String, usize)>) -> Index {
        let mut keys: Vec<(Box<str>, u32)> =
            pairs.into_iter().map(|(key, row)| (key.into_boxed_str(), row as u32)).collect();
        keys.sort();
        keys.dedup();
        // A power of two, so that a hash is cut to size by a mask.
        let n_bits = (keys.len() * BITS_A_KEY).next_power_of_two().max(64);
        let mut index = Index { keys, bits: vec![0; n_bits / 64] };
        for at in 0..index.keys.len() {
            let (word, bit) = index.bit(&index.keys[at].0);
            index.bits[word] |= bit;
        }
        index
    }

    /// The place of a key's bit.
    fn bit(&self, key: &str) -> (usize, u64) {
        // FNV-1a: short, and good enough for words.
        let hash = key
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
        let bit = (hash ^ (hash >> 32)) as usize & (self.bits.len() * 64).wrapping_sub(1);
        (bit / 64, 1 << (bit % 64))
    }

    /// Where a key would stand first; `None` when it is surely none.
    fn place(&self, key: &str) -> Option<usize> {
        let (word, bit) = self.bit(key);
        (self.bits.get(word)? & bit != 0).then(|| self.keys.partition_point(|(it, _)| it.as_ref() < key))
    }

    /// The rows under a key.
    pub(crate) fn all(&self, key: &str) -> impl Iterator<Item = usize> {
        let own = self.place(key).map_or(&[][..], |it| &self.keys[it..]);
        own.iter().take_while(move |(it, _)| it.as_ref() == key).map(|(_, row)| *row as usize)
    }

    /// The rows under a key of two parts; the key is not put together for it.
    pub(crate) fn joined<'a>(&'a self, first: &'a str, joint: u8, second: &'a str) -> impl Iterator<Item = usize> + 'a {
        let key = move || first.bytes().chain(std::iter::once(joint)).chain(second.bytes());
        let start = self.keys.partition_point(|(it, _)| it.bytes().lt(key()));
        self.keys[start..].iter().take_while(move |(it, _)| it.bytes().eq(key())).map(|(_, row)| *row as usize)
    }

    /// Whether there is a key that begins with this part.
    pub(crate) fn opens(&self, first: &str, joint: u8) -> bool {
        let key = || first.bytes().chain(std::iter::once(joint));
        let start = self.keys.partition_point(|(it, _)| it.bytes().lt(key()));
        self.keys.get(start).is_some_and(|(it, _)| it.bytes().take(first.len() + 1).eq(key()))
    }

    /// The first row under a key.
    pub(crate) fn first(&self, key: &str) -> Option<usize> {
        self.keys.get(self.place(key)?).filter(|(it, _)| it.as_ref() == key).map(|(_, row)| *row as usize)
    }
}
