//! Static word vectors: what the `md` model knows of words beyond the training text.

use hashbrown::HashMap;
use rmpv::ValueRef;

use crate::Error;
use crate::weights::{floats, unpack};

const KEYS_FILE: &str = "vocab/key2row";
const ROWS_FILE: &str = "vocab/vectors";

/// Vectors by string id. Several strings may share a vector.
pub(crate) struct Vectors {
    rows_by_id: HashMap<u64, u32>,
    pub(crate) width: usize,
    data: Vec<f32>,
}

impl Vectors {
    /// `None` if the model has no vectors.
    pub(crate) fn read(keys: &[u8], rows: &[u8]) -> Result<Option<Vectors>, Error> {
        let (n_rows, width, data) = read_npy(rows)?;
        if n_rows == 0 || width == 0 {
            return Ok(None);
        }
        let ValueRef::Map(keys) = unpack(KEYS_FILE, keys)? else {
            return Err(Error::damaged(KEYS_FILE, "it is not a map"));
        };
        let read = |(key, row): &(ValueRef<'_>, ValueRef<'_>)| {
            // A key without a vector has row -1.
            let ValueRef::Integer(row) = row else { return None };
            let row = row.as_i64()?;
            (row < n_rows as i64).then_some(())?;
            Some((key.as_u64()?, u32::try_from(row).ok()))
        };
        let mut rows_by_id = HashMap::with_capacity(keys.len());
        for pair in &keys {
            let (id, row) =
                read(pair).ok_or_else(|| Error::damaged(KEYS_FILE, "a key or its row is not a number in range"))?;
            if let Some(row) = row {
                rows_by_id.insert(id, row);
            }
        }
        Ok(Some(Vectors { rows_by_id, width, data }))
    }

    pub(crate) fn row(&self, id: u64) -> Option<u32> {
        self.rows_by_id.get(&id).copied()
    }

    pub(crate) fn vector(&self, row: u32) -> &[f32] {
        let start = row as usize * self.width;
        &self.data[start..start + self.width]
    }
}

/// Rows, columns and numbers of a two-dimensional float array in NumPy's format.
fn read_npy(bytes: &[u8]) -> Result<(usize, usize, Vec<f32>), Error> {
    let parse = || {
        let rest = bytes.strip_prefix(b"\x93NUMPY\x01\x00")?;
        let (len, rest) = rest.split_first_chunk::<2>()?;
        let (header, data) = rest.split_at_checked(u16::from_le_bytes(*len) as usize)?;
        let header = std::str::from_utf8(header).ok()?;
        if !header.contains("'descr': '<f4'") || !header.contains("'fortran_order': False") {
            return None;
        }
        let (shape, _) = header.split_once("'shape': (")?.1.split_once(')')?;
        let mut sizes = shape.split(',').map(|it| it.trim().parse::<usize>());
        let (n_rows, width) = (sizes.next()?.ok()?, sizes.next()?.ok()?);
        (n_rows.checked_mul(width)?.checked_mul(4)? == data.len()).then(|| (n_rows, width, floats(data)))
    };
    parse().ok_or_else(|| Error::damaged(ROWS_FILE, "it is not a two-dimensional array of 32-bit floats"))
}
