//! The claims as an Apache Parquet file: the columns of the CSV form, text as UTF-8 strings, counts as 64-bit numbers.
//!
//! One row group, one plain page a column, no compression: the smallest part of the format that all its readers know. It
//! is written here because the usual library brings a second calendar and twenty more packages for what is a page of code.
//! <https://parquet.apache.org/docs/file-format/>

use super::table::{COLUMNS, Of, Row, rows};
use super::{Export, Page, Write};
use compact::Compact;

mod compact;

pub(crate) const EXPORT: Export = Export {
    name: "parquet",
    extension: "parquet",
    media_type: "application/vnd.apache.parquet",
    about: "the same table for data tools (Apache Parquet)",
    write: Write::Bytes(write),
};

const MAGIC: &[u8] = b"PAR1";
// Numbers of the format's own lists, as its Thrift definition has them.
const INT64: i64 = 2;
const BYTE_ARRAY: i64 = 6;
const REQUIRED: i64 = 0;
const UTF8: i64 = 0;
const PLAIN: i64 = 0;
const RLE: i64 = 3;
const UNCOMPRESSED: i64 = 0;
const DATA_PAGE: i64 = 0;

/// Where the page of a column stands.
struct Chunk {
    offset: usize,
    len: usize,
}

fn write(pages: &[Page<'_>]) -> Vec<u8> {
    let rows = rows(pages);
    let mut out = MAGIC.to_vec();
    let mut chunks = Vec::new();
    // A table without rows has no row group either.
    if !rows.is_empty() {
        for column in COLUMNS {
            let values = values(&column.of, &rows);
            let offset = out.len();
            out.extend(page_header(values.len(), rows.len()));
            out.extend(values);
            chunks.push(Chunk { offset, len: out.len() - offset });
        }
    }
    let footer = file_metadata(&chunks, rows.len());
    out.extend(&footer);
    out.extend((footer.len() as u32).to_le_bytes());
    out.extend(MAGIC);
    out
}

/// The values of a column in plain encoding: numbers in eight bytes, text after its length in four.
fn values(of: &Of, rows: &[Row<'_>]) -> Vec<u8> {
    let mut out = Vec::new();
    for row in rows {
        match of {
            Of::Count(of) => out.extend((of(row) as i64).to_le_bytes()),
            Of::Text(of) => {
                let text = of(row);
                out.extend((text.len() as u32).to_le_bytes());
                out.extend(text.as_bytes());
            }
        }
    }
    out
}

fn page_header(len: usize, n_rows: usize) -> Vec<u8> {
    let mut it = Compact::new();
    it.enumeration(1, DATA_PAGE);
    it.enumeration(2, len as i64);
    it.enumeration(3, len as i64);
    it.record(5, |it| {
        it.enumeration(1, n_rows as i64);
        it.enumeration(2, PLAIN);
        it.enumeration(3, RLE);
        it.enumeration(4, RLE);
    });
    it.end()
}

fn file_metadata(chunks: &[Chunk], n_rows: usize) -> Vec<u8> {
    let mut it = Compact::new();
    it.enumeration(1, 1);
    it.records(2, COLUMNS.len() + 1, |it, ix| match ix.checked_sub(1).map(|ix| &COLUMNS[ix]) {
        None => {
            it.text(4, "claims");
            it.enumeration(5, COLUMNS.len() as i64);
        }
        Some(column) => {
            it.enumeration(1, physical(&column.of));
            it.enumeration(3, REQUIRED);
            it.text(4, column.name);
            if matches!(column.of, Of::Text(_)) {
                it.enumeration(6, UTF8);
                // The same once more as newer readers want it: a union whose first field, an empty record, is set.
                it.record(10, |it| it.record(1, |_| {}));
            }
        }
    });
    it.number(3, n_rows as i64);
    it.records(4, usize::from(!chunks.is_empty()), |it, _| {
        it.records(1, chunks.len(), |it, ix| column_chunk(it, ix, &chunks[ix], n_rows));
        it.number(2, chunks.iter().map(|it| it.len as i64).sum());
        it.number(3, n_rows as i64);
    });
    it.text(6, concat!("rapporteur version ", env!("CARGO_PKG_VERSION")));
    it.end()
}

fn column_chunk(it: &mut Compact, ix: usize, chunk: &Chunk, n_rows: usize) {
    it.number(2, chunk.offset as i64);
    it.record(3, |it| {
        it.enumeration(1, physical(&COLUMNS[ix].of));
        it.enumerations(2, &[PLAIN, RLE]);
        it.texts(3, &[COLUMNS[ix].name]);
        it.enumeration(4, UNCOMPRESSED);
        it.number(5, n_rows as i64);
        it.number(6, chunk.len as i64);
        it.number(7, chunk.len as i64);
        it.number(9, chunk.offset as i64);
    });
}

fn physical(of: &Of) -> i64 {
    match of {
        Of::Text(_) => BYTE_ARRAY,
        Of::Count(_) => INT64,
    }
}
