//! A body as it comes in: unpacked at once, and never longer than it may be.
//!
//! What is bounded is what comes out of the packing, not what a header says of it.

use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;

use flate2::write::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

use crate::settings::RATIO_FREE_BYTES;

/// How a body may grow.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bounds {
    pub(crate) bytes_max: usize,
    pub(crate) ratio_max: usize,
}

/// Why a body is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Spoilt {
    /// Longer than it may be; what came before is there.
    TooLong,
    /// Packed so tightly that it is meant to burst who unpacks it.
    Bomb,
    /// Not packed as the header says.
    Damaged(String),
}

impl Spoilt {
    pub(crate) fn words(&self, bounds: Bounds) -> String {
        match self {
            Spoilt::TooLong => format!("the body is longer than {} bytes", bounds.bytes_max),
            Spoilt::Bomb => format!("the body unpacks to more than {} times its length", bounds.ratio_max),
            Spoilt::Damaged(why) => format!("the body cannot be unpacked: {why}"),
        }
    }
}

/// What was unpacked so far.
#[derive(Debug)]
struct Room {
    out: Vec<u8>,
    n_packed: usize,
    bounds: Bounds,
    spoilt: Option<Spoilt>,
}

/// The unpackers' end of it.
#[derive(Debug, Clone)]
struct Into(Rc<RefCell<Room>>);

impl Write for Into {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut room = self.0.borrow_mut();
        let n = room.out.len() + bytes.len();
        // An unpacker that is put away tries once more.
        if room.spoilt.is_some() {
            return Err(io::Error::other("enough"));
        }
        if room.bounds.bytes_max < n {
            let left = room.bounds.bytes_max - room.out.len();
            room.out.extend_from_slice(&bytes[..left]);
            room.spoilt = Some(Spoilt::TooLong);
        } else if RATIO_FREE_BYTES < n && room.n_packed.saturating_mul(room.bounds.ratio_max) < n {
            room.spoilt = Some(Spoilt::Bomb);
        } else {
            room.out.extend_from_slice(bytes);
            return Ok(bytes.len());
        }
        Err(io::Error::other("enough"))
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

enum Unpacker {
    Plain(Into),
    Gzip(MultiGzDecoder<Into>),
    Zlib(ZlibDecoder<Into>),
    Deflate(DeflateDecoder<Into>),
    Brotli(Box<brotli_decompressor::DecompressorWriter<Into>>),
    /// "deflate" means zlib, and some servers send it bare: the first two bytes tell.
    ZlibOrBare(Vec<u8>),
}

/// Takes a body in, piece by piece.
pub(crate) struct Intake {
    room: Rc<RefCell<Room>>,
    unpacker: Unpacker,
}

impl Intake {
    /// For a body packed as `encoding` (the header's value; empty for none). `Err` when that is no packing we know.
    pub(crate) fn new(encoding: &str, bounds: Bounds) -> Result<Intake, String> {
        let room = Rc::new(RefCell::new(Room { out: Vec::new(), n_packed: 0, bounds, spoilt: None }));
        let into = Into(room.clone());
        let unpacker = match encoding.trim().to_ascii_lowercase().as_str() {
            "" | "identity" => Unpacker::Plain(into),
            "gzip" | "x-gzip" => Unpacker::Gzip(MultiGzDecoder::new(into)),
            "deflate" => Unpacker::ZlibOrBare(Vec::new()),
            // The buffer is the library's own; a window of a brotli stream is 16 MB at most.
            "br" => Unpacker::Brotli(Box::new(brotli_decompressor::DecompressorWriter::new(into, 4096))),
            other => {
                return Err(format!(
                    "the body is packed as '{}', which was not asked for",
                    crate::target::short(other)
                ));
            }
        };
        Ok(Intake { room, unpacker })
    }

    /// Takes the next piece of the packed body.
    pub(crate) fn take(&mut self, piece: &[u8]) -> Result<(), Spoilt> {
        self.room.borrow_mut().n_packed += piece.len();
        if let Unpacker::ZlibOrBare(head) = &mut self.unpacker {
            head.extend_from_slice(piece);
            let &[a, b, ..] = head.as_slice() else { return Ok(()) };
            let head = std::mem::take(head);
            let into = Into(self.room.clone());
            // RFC 1950: method 8, and the two bytes as a number are a multiple of 31.
            let is_zlib = a & 0x0F == 8 && (u32::from(a) << 8 | u32::from(b)) % 31 == 0;
            self.unpacker = match is_zlib {
                true => Unpacker::Zlib(ZlibDecoder::new(into)),
                false => Unpacker::Deflate(DeflateDecoder::new(into)),
            };
            return self.write(&head);
        }
        self.write(piece)
    }

    fn write(&mut self, piece: &[u8]) -> Result<(), Spoilt> {
        let written = match &mut self.unpacker {
            Unpacker::Plain(it) => it.write_all(piece),
            Unpacker::Gzip(it) => it.write_all(piece),
            Unpacker::Zlib(it) => it.write_all(piece),
            Unpacker::Deflate(it) => it.write_all(piece),
            Unpacker::Brotli(it) => it.write_all(piece),
            Unpacker::ZlibOrBare(_) => Ok(()),
        };
        self.said(written)
    }

    /// The whole body.
    pub(crate) fn finish(mut self) -> Result<Vec<u8>, Spoilt> {
        let is_empty = self.room.borrow().n_packed == 0;
        let done = match &mut self.unpacker {
            // An empty body has nothing to unpack, whatever the header says.
            _ if is_empty => Ok(()),
            Unpacker::Plain(_) => Ok(()),
            Unpacker::Gzip(it) => it.try_finish(),
            Unpacker::Zlib(it) => it.try_finish(),
            Unpacker::Deflate(it) => it.try_finish(),
            Unpacker::Brotli(it) => it.close(),
            Unpacker::ZlibOrBare(_) => Err(io::Error::other("it breaks off")),
        };
        self.said(done)?;
        Ok(self.so_far())
    }

    /// What was unpacked, whether or not it is all.
    pub(crate) fn so_far(&self) -> Vec<u8> {
        std::mem::take(&mut self.room.borrow_mut().out)
    }

    fn said(&self, done: io::Result<()>) -> Result<(), Spoilt> {
        match (done, self.room.borrow().spoilt.clone()) {
            (_, Some(spoilt)) => Err(spoilt),
            (Err(e), None) => Err(Spoilt::Damaged(e.to_string())),
            (Ok(()), None) => Ok(()),
        }
    }
}
