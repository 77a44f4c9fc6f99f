//! Gzip (RFC 1952), member by member. A web archive has a member for each record, so damage to one must not cost the
//! next: after damage the stream pauses, says what was wrong, and goes on at the next member.
//!
//! Left alone on purpose: the name and comment in a member's head.

use std::io::{self, BufRead, Read};

use flate2::{Crc, Decompress, FlushDecompress, Status};
use rapporteur_model::Problem;

use super::{Parts, Ratio};
use crate::limits::Limits;

/// First bytes of every member: the mark and the only method there is.
pub(crate) const MAGIC: [u8; 3] = [0x1f, 0x8b, 8];

// A head with a name and a comment; longer ones are damage.
const HEAD_BYTES_MAX: usize = 64 << 10;
// Bits of the flags byte.
const F_CRC: u8 = 2;
const F_EXTRA: u8 = 4;
const F_NAME: u8 = 8;
const F_COMMENT: u8 = 16;
const F_RESERVED: u8 = 0xE0;

/// What comes next in the packed bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Head,
    /// The rest of a head whose mark has been read.
    Marked,
    Body,
    /// Something is wrong; the next member is searched for when the reader goes on.
    Damaged,
    /// Nothing more is read.
    End,
}

/// All members of a gzip stream, one after the other.
pub(crate) struct Members<R> {
    packed: R,
    inflate: Decompress,
    crc: Crc,
    state: State,
    ratio: Ratio,
    problem: Option<Problem>,
}

impl<R: BufRead> Members<R> {
    pub(crate) fn new(packed: R, limits: &Limits) -> Members<R> {
        Members {
            packed,
            inflate: Decompress::new(false),
            crc: Crc::new(),
            state: State::Head,
            ratio: Ratio::new(limits),
            problem: None,
        }
    }

    fn take(&mut self, n: usize) {
        self.packed.consume(n);
        self.ratio.packed += n as u64;
    }

    fn byte(&mut self) -> io::Result<u8> {
        let byte = *self.packed.fill_buf()?.first().ok_or(io::ErrorKind::UnexpectedEof)?;
        self.take(1);
        Ok(byte)
    }

    fn damaged(&mut self, why: &str) {
        let message = format!("gzip is damaged near byte {} of the packed file: {why}", self.ratio.packed);
        self.problem = Some(Problem::new("gzip-damaged", message));
        self.state = State::Damaged;
    }

    /// Reads a head; `false` at the end of the file. Zeros that fill up a block of a tape are no head.
    fn head(&mut self) -> io::Result<bool> {
        loop {
            let bytes = self.packed.fill_buf()?;
            let n_zeros = bytes.iter().take_while(|it| **it == 0).count();
            match () {
                () if bytes.is_empty() => return Ok(false),
                () if n_zeros == 0 => break,
                () => self.take(n_zeros),
            }
        }
        for expected in MAGIC {
            if self.byte()? != expected {
                return Err(io::Error::other("what follows is no gzip"));
            }
        }
        self.head_after_mark()
    }

    fn head_after_mark(&mut self) -> io::Result<bool> {
        let flags = self.byte()?;
        if flags & F_RESERVED != 0 {
            return Err(io::Error::other("what follows is no gzip"));
        }
        // Time, speed and system.
        for _ in 0..6 {
            self.byte()?;
        }
        if flags & F_EXTRA != 0 {
            let len = u16::from_le_bytes([self.byte()?, self.byte()?]);
            for _ in 0..len {
                self.byte()?;
            }
        }
        for flag in [F_NAME, F_COMMENT] {
            let mut len = 0;
            while flags & flag != 0 && self.byte()? != 0 {
                len += 1;
                if HEAD_BYTES_MAX < len {
                    return Err(io::Error::other("a name without an end"));
                }
            }
        }
        if flags & F_CRC != 0 {
            self.byte()?;
            self.byte()?;
        }
        self.inflate.reset(false);
        self.crc.reset();
        Ok(true)
    }

    // Checksum and length of what was unpacked.
    fn trailer(&mut self) -> io::Result<()> {
        let mut bytes = [0; 8];
        for byte in &mut bytes {
            *byte = self.byte()?;
        }
        let [a, b, c, d, ..] = bytes;
        if u32::from_le_bytes([a, b, c, d]) != self.crc.sum() {
            return Err(io::Error::other("the checksum does not fit what was unpacked"));
        }
        Ok(())
    }

    /// Unpacks into `out`; the bytes written.
    fn body(&mut self, out: &mut [u8]) -> io::Result<usize> {
        loop {
            let input = self.packed.fill_buf()?;
            let is_end = input.is_empty();
            let (n_in, n_out) = (self.inflate.total_in(), self.inflate.total_out());
            let status = self.inflate.decompress(input, out, FlushDecompress::None);
            let n_in = (self.inflate.total_in() - n_in) as usize;
            let n_out = (self.inflate.total_out() - n_out) as usize;
            self.take(n_in);
            self.ratio.unpacked += n_out as u64;
            self.crc.update(out.get(..n_out).unwrap_or(&[]));
            match status {
                Ok(Status::StreamEnd) => {
                    self.state = State::Head;
                    if let Err(e) = self.trailer() {
                        self.damaged(&said(&e));
                    }
                    return Ok(n_out);
                }
                Ok(_) if 0 < n_out => return Ok(n_out),
                Ok(_) if is_end => return Err(io::ErrorKind::UnexpectedEof.into()),
                Ok(_) if 0 < n_in => {}
                Ok(_) => return Err(io::Error::other("the packed bytes lead nowhere")),
                Err(e) => {
                    self.damaged(&e.to_string());
                    return Ok(n_out);
                }
            }
        }
    }
}

fn said(e: &io::Error) -> String {
    match e.kind() {
        io::ErrorKind::UnexpectedEof => "it ends in the middle".to_owned(),
        _ => e.to_string(),
    }
}

impl<R: BufRead> Read for Members<R> {
    /// Nothing is read at damage and at the end alike; [`Parts::go_on`] tells them apart.
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        loop {
            let found = match self.state {
                State::Damaged | State::End => return Ok(0),
                _ if out.is_empty() => return Ok(0),
                State::Head => self.head().map(|is_member| {
                    self.state = if is_member { State::Body } else { State::End };
                    0
                }),
                State::Marked => self.head_after_mark().map(|_| {
                    self.state = State::Body;
                    0
                }),
                State::Body => self.body(out),
            };
            match found {
                Ok(n) => {
                    if let Some(problem) = self.ratio.exceeded() {
                        self.problem = Some(problem);
                        self.state = State::End;
                    }
                    if 0 < n {
                        return Ok(n);
                    }
                }
                Err(e) => self.damaged(&said(&e)),
            }
        }
    }
}

impl<R: BufRead> Parts for Members<R> {
    fn go_on(&mut self) -> Option<Problem> {
        let problem = self.problem.take()?;
        if self.state != State::Damaged {
            return Some(problem);
        }
        // The mark of a member may also stand by chance among packed bytes; what is unpacked from there is no record.
        self.state = State::End;
        let mut last = [0; 3];
        'search: while let Ok(bytes) = self.packed.fill_buf() {
            let n = bytes.len();
            for (ix, byte) in bytes.iter().enumerate() {
                last = [last[1], last[2], *byte];
                if last == MAGIC {
                    self.take(ix + 1);
                    self.state = State::Marked;
                    break 'search;
                }
            }
            self.take(n);
            if n == 0 {
                break;
            }
        }
        Some(problem)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    pub(crate) fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        packer.write_all(bytes).unwrap();
        packer.finish().unwrap()
    }

    // All that can be unpacked, and the problems on the way.
    fn unpack(packed: &[u8]) -> (Vec<u8>, Vec<Problem>) {
        let mut members = Members::new(packed, &Limits::default());
        let (mut out, mut problems) = (Vec::new(), Vec::new());
        loop {
            members.read_to_end(&mut out).unwrap();
            match members.go_on() {
                Some(problem) => problems.push(problem),
                None => return (out, problems),
            }
        }
    }

    #[test]
    fn members_follow_each_other() {
        let bytes = [packed(b"Ministers met. "), packed(b""), vec![0; 20], packed(b"They parted.")].concat();
        let (out, problems) = unpack(&bytes);
        assert_eq!((out.as_slice(), problems.len()), (&b"Ministers met. They parted."[..], 0));
    }

    #[test]
    fn damage_costs_one_member() {
        let words: String = (0..4000).map(|it| format!("word {it} ")).collect();
        let mut first = packed(words.as_bytes());
        let middle = first.len() / 2;
        first[middle..middle + 40].fill(0xFF);
        let (out, problems) = unpack(&[first.clone(), packed(b"The second member.")].concat());
        assert!(out.ends_with(b"The second member.") && out.starts_with(b"word 0 word 1 "), "{}", out.len());
        assert_eq!(problems[0].code, "gzip-damaged");
        let (out, problems) = unpack(&first[..middle]);
        assert!(out.starts_with(b"word 0 ") && problems.iter().any(|it| it.message.contains("ends in the middle")));
    }

    #[test]
    fn a_wrong_checksum_is_said_and_the_words_kept() {
        let mut bytes = packed(b"Ministers met.");
        let at = bytes.len() - 6;
        bytes[at] ^= 1;
        let (out, problems) = unpack(&[bytes, packed(b" More.")].concat());
        assert_eq!(out, b"Ministers met. More.");
        assert!(problems[0].message.contains("checksum"), "{problems:?}");
    }

    #[test]
    fn a_bomb_goes_off_in_a_bounded_space() {
        let bytes = packed(&vec![b' '; 200 << 20]);
        let mut members = Members::new(&bytes[..], &Limits::default());
        let n = io::copy(&mut members, &mut io::sink()).unwrap();
        assert!(n < 180 << 20, "{n}");
        assert_eq!(members.go_on().unwrap().code, "packed-too-small");
        assert!(members.go_on().is_none());
    }
}
