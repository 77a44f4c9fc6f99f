//! Records as packed bytes, and the ones that were read lately.
//!
//! A packed record is one byte of format, then zlib over postcard. Postcard does not describe itself, so a record is read by
//! the engine that wrote it ([`ENGINE`]); another one makes it anew from the original.

use std::collections::{BTreeMap, HashMap};
use std::io::{Read, Write};
use std::sync::Arc;

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use rapporteur_model::{Annotated, Article};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::{Error, Kind};

/// Which engine derives: the program's version and the shape of the records. A change of a record in the model, or of what
/// stages 1 to 3 find, is a change of the number behind the plus.
pub const ENGINE: &str = concat!(env!("CARGO_PKG_VERSION"), "+1");

const FORMAT: u8 = 1;
/// Of a packed record no more than this is unpacked: many times the longest report with all that is found in it.
const UNPACKED_BYTES_MAX: u64 = 1 << 31;

pub(crate) fn pack<T: Serialize>(record: &T) -> Result<Vec<u8>, Error> {
    let failed = |e: String| Error::new(Kind::File, format!("a record cannot be packed: {e}"));
    let plain = postcard::to_stdvec(record).map_err(|e| failed(e.to_string()))?;
    let mut packer = ZlibEncoder::new(vec![FORMAT], Compression::fast());
    packer.write_all(&plain).and_then(|()| packer.finish()).map_err(|e| failed(e.to_string()))
}

pub(crate) fn unpack<T: DeserializeOwned>(packed: &[u8], what: &str) -> Result<T, Error> {
    unpack_with(packed, what, |plain| postcard::from_bytes(plain))
}

/// The article of a record alone. It stands first, and all that was found in it, which is many times longer, need not be read.
pub(crate) fn unpack_article(packed: &[u8], what: &str) -> Result<Article, Error> {
    unpack_with(packed, what, |plain| postcard::take_from_bytes(plain).map(|it| it.0))
}

fn unpack_with<T>(packed: &[u8], what: &str, read: impl Fn(&[u8]) -> postcard::Result<T>) -> Result<T, Error> {
    let damaged = |why: String| {
        let told = format!("the record of {what} cannot be read: {why}; `rapporteur desk rebuild` makes it anew");
        Error::new(Kind::Damaged, told)
    };
    let Some((&FORMAT, packed)) = packed.split_first() else {
        return Err(damaged("it has another format".to_owned()));
    };
    let mut plain = Vec::with_capacity(packed.len() * 4);
    let mut unpacker = ZlibDecoder::new(packed).take(UNPACKED_BYTES_MAX);
    unpacker.read_to_end(&mut plain).map_err(|e| damaged(e.to_string()))?;
    read(&plain).map_err(|e| damaged(e.to_string()))
}

/// Records read or made lately, by report: the oldest leave when there are too many bytes of them.
pub(crate) struct Recent {
    by_report: HashMap<i64, (u64, usize, Arc<Annotated>)>,
    /// Reports by when they were last asked for.
    by_turn: BTreeMap<u64, i64>,
    turn: u64,
    n_bytes: usize,
    n_bytes_max: usize,
}

impl Recent {
    pub(crate) fn new(n_bytes_max: usize) -> Recent {
        Recent { by_report: HashMap::new(), by_turn: BTreeMap::new(), turn: 0, n_bytes: 0, n_bytes_max }
    }

    pub(crate) fn get(&mut self, report: i64) -> Option<Arc<Annotated>> {
        let found = self.by_report.get_mut(&report)?;
        self.by_turn.remove(&found.0);
        self.turn += 1;
        found.0 = self.turn;
        self.by_turn.insert(self.turn, report);
        Some(Arc::clone(&found.2))
    }

    pub(crate) fn put(&mut self, report: i64, record: Arc<Annotated>) {
        let n_bytes = size(&record);
        self.forget(report);
        self.turn += 1;
        self.by_turn.insert(self.turn, report);
        self.by_report.insert(report, (self.turn, n_bytes, record));
        self.n_bytes += n_bytes;
        while self.n_bytes_max < self.n_bytes {
            let Some((_, oldest)) = self.by_turn.pop_first() else { break };
            if let Some(left) = self.by_report.remove(&oldest) {
                self.n_bytes -= left.1;
            }
        }
    }

    pub(crate) fn forget(&mut self, report: i64) {
        if let Some((turn, n_bytes, _)) = self.by_report.remove(&report) {
            self.by_turn.remove(&turn);
            self.n_bytes -= n_bytes;
        }
    }
}

/// About how many bytes a record takes in memory; the lists that are long, not every byte.
fn size(record: &Annotated) -> usize {
    let found = &record.annotations;
    let report = &record.article.report;
    4096 + report.text.len()
        + found.tokens.len() * size_of::<rapporteur_model::Token>()
        + found.lemmas.len()
        + report.raw_map.runs.len() * 16
        + (report.blocks.len() + record.article.blocks.len()) * 128
        + (found.mentions.len() + found.actors.len() + found.times.len()) * 160
        + (found.figures.len() + found.quotes.len() + found.acts.len() + found.positions.len()) * 320
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(text: &str) -> Annotated {
        let mut made = Annotated::default();
        made.article.report.text = text.to_owned();
        made
    }

    #[test]
    fn a_record_comes_back_as_it_was() {
        let packed = pack(&report("The ferry left.")).expect("can be packed");
        let back: Annotated = unpack(&packed, "a").expect("can be unpacked");
        assert_eq!(back.text(), "The ferry left.");
        assert_eq!(unpack_article(&packed, "a").expect("can be unpacked"), back.article);
        for cut in [0, 1, packed.len() / 2] {
            assert_eq!(unpack::<Annotated>(&packed[..cut], "a").expect_err("cut short").kind(), Kind::Damaged);
        }
    }

    #[test]
    fn the_records_asked_for_last_stay() {
        let mut recent = Recent::new(3 * 4200);
        for ix in 0..3 {
            recent.put(ix, Arc::new(report("x")));
        }
        assert!(recent.get(0).is_some());
        recent.put(3, Arc::new(report("y")));
        assert!(recent.get(1).is_none(), "it was asked for longest ago");
        assert!(recent.get(0).is_some() && recent.get(3).is_some());
    }
}
