//! What a file may be packed in: gzip, web archives (WARC and ARC), ZIP, tar. A file goes in as a stream, its documents
//! come out one by one, so that an archive of any size needs the memory of one document.
//!
//! Nothing is written to disk, so a name like `../../etc/passwd` in an archive is only a name. What is read of an
//! archive is bounded by [`Limits`](crate::Limits): entries, unpacked bytes, how far bytes may unpack, archives in archives.

mod answer;
mod gzip;
mod tar;
#[cfg(test)]
mod tests;
mod warc;
mod window;
mod zip;

use std::io::{self, BufReader, Cursor, Read, Seek, SeekFrom};
use std::ops::ControlFlow;

use rapporteur_model::{Declared, Problem};

use crate::limits::Limits;

/// One document on its way to a report, out of whatever it was packed in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    /// The file, and the place in it: `#12` for the twelfth record of a web archive, `!a/b.html` for a member of a ZIP or tar.
    pub location: String,
    /// The bytes that a report's [`RawMap`](rapporteur_model::RawMap) leads back to: unpacked, without what the way of
    /// transport put round them.
    pub bytes: Vec<u8>,
    /// Name that the container gives it. Else it is made from the location.
    pub id: Option<String>,
    /// What the container says of it.
    pub declared: Vec<Declared>,
    /// The encoding that the server named.
    pub charset: Option<String>,
    /// Whether the server said that it is HTML, for pages that begin in an odd way.
    pub is_html: bool,
    /// What was lost on the way out.
    pub problems: Vec<Problem>,
}

/// What comes out of a container.
#[derive(Debug)]
pub enum Item {
    /// A document.
    Document(Document),
    /// What is wrong with the container, and the place in it.
    Problem(String, Problem),
}

/// Takes what comes out, in the order of the container; may say that it is enough.
pub type Give<'a> = dyn FnMut(Item) -> ControlFlow<()> + 'a;

/// Bytes that one can go back in. A ZIP has its table of contents at the end.
pub trait Seekable: Read + Seek {}
impl<T: Read + Seek> Seekable for T {}

/// Where the bytes come from.
pub enum Stream<'a> {
    /// A file, or memory.
    Seekable(&'a mut dyn Seekable),
    /// A pipe, or a member of an archive.
    Once(&'a mut dyn Read),
}

/// A stream that may pause at damage and go on behind it.
pub(crate) trait Parts: Read {
    /// After a read of nothing: what is wrong there, with the stream behind it; or `None` at the true end.
    fn go_on(&mut self) -> Option<Problem>;
}

/// A stream without pauses.
struct Whole<R>(R);

impl<R: Read> Read for Whole<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        self.0.read(out)
    }
}

impl<R: Read> Parts for Whole<R> {
    fn go_on(&mut self) -> Option<Problem> {
        None
    }
}

/// How many bytes came out of how many.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ratio {
    pub(crate) packed: u64,
    pub(crate) unpacked: u64,
    ratio_max: u64,
    free: u64,
}

impl Ratio {
    pub(crate) fn new(limits: &Limits) -> Ratio {
        Ratio { packed: 0, unpacked: 0, ratio_max: limits.unpack_ratio_max, free: limits.unpack_free_bytes }
    }

    /// Says so once there are more bytes than text ever packs into so few.
    pub(crate) fn exceeded(&self) -> Option<Problem> {
        if self.unpacked <= self.free + self.packed.saturating_mul(self.ratio_max) {
            return None;
        }
        let message = format!(
            "{} packed bytes unpack to more than {} bytes, which no text does; the rest is left out",
            self.packed, self.unpacked
        );
        Some(Problem::new("packed-too-small", message))
    }
}

// Enough to tell all kinds apart: a tar has its mark at byte 257.
const HEAD_BYTES: usize = 512;

/// Endings of file names, without the dot; `.gz` may follow.
pub(crate) const EXTENSIONS: &[&str] = &["warc", "arc", "zip", "tar", "tgz"];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Gzip,
    Zip,
    Tar,
    Warc,
    Arc,
    /// Packed in a way that is not read; its name.
    Foreign(&'static str),
    Document,
}

fn kind_of(head: &[u8]) -> Kind {
    const FOREIGN: &[(&[u8], &str)] = &[
        (b"\xFD7zXZ\0", "xz"),
        (b"BZh", "bzip2"),
        (b"\x28\xB5\x2F\xFD", "Zstandard"),
        (b"\x04\x22\x4D\x18", "LZ4"),
        (b"7z\xBC\xAF\x27\x1C", "7-Zip"),
        (b"Rar!\x1A\x07", "RAR"),
    ];
    match () {
        () if head.starts_with(&gzip::MAGIC) => Kind::Gzip,
        () if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") => Kind::Zip,
        () if head.get(257..262) == Some(b"ustar") => Kind::Tar,
        () if head.trim_ascii_start().starts_with(b"WARC/") => Kind::Warc,
        () if head.starts_with(b"filedesc://") => Kind::Arc,
        () => FOREIGN.iter().find(|(mark, _)| head.starts_with(mark)).map_or(Kind::Document, |it| Kind::Foreign(it.1)),
    }
}

/// Whether a file with these first bytes (512 are enough, of gzip a few thousand) holds one document and no archive.
pub fn is_one_document(head: &[u8], limits: &Limits) -> bool {
    match kind_of(head) {
        Kind::Document | Kind::Foreign(_) => true,
        Kind::Gzip => {
            let mut inner = Vec::new();
            // The head may be cut; what can be unpacked says enough.
            let _ = gzip::Members::new(head, limits).take(HEAD_BYTES as u64).read_to_end(&mut inner);
            matches!(kind_of(&inner), Kind::Document | Kind::Foreign(_))
        }
        _ => false,
    }
}

/// Gives the documents of `stream` one by one. Never fails: what cannot be read is a problem, and the rest goes on.
pub fn unpack(location: &str, stream: Stream<'_>, limits: &Limits, give: &mut Give<'_>) -> ControlFlow<()> {
    Unpacker { limits, depth: 0, unpacked: 0 }.stream(location, stream, give)
}

/// The documents in bytes that are in memory.
pub fn unpack_bytes(location: &str, bytes: &[u8], limits: &Limits, give: &mut Give<'_>) -> ControlFlow<()> {
    unpack(location, Stream::Seekable(&mut Cursor::new(bytes)), limits, give)
}

fn tell(location: &str, code: &'static str, message: impl Into<String>, give: &mut Give<'_>) -> ControlFlow<()> {
    give(Item::Problem(location.to_owned(), Problem::new(code, message)))
}

/// On the way through archives in archives.
struct Unpacker<'a> {
    limits: &'a Limits,
    // Archives that are open, gzip and web archives not counted: those cannot hold each other without end.
    depth: usize,
    // Bytes that have come out of ZIP and tar archives.
    unpacked: u64,
}

impl Unpacker<'_> {
    fn stream(&mut self, location: &str, stream: Stream<'_>, give: &mut Give<'_>) -> ControlFlow<()> {
        let reader = match stream {
            Stream::Seekable(file) => {
                let head = head_of(file).and_then(|head| file.seek(SeekFrom::Start(0)).map(|_| head));
                match head {
                    Ok(head) if kind_of(&head) == Kind::Zip => return self.zip(location, file, give),
                    Ok(_) => return self.once(location, &mut Whole(file), true, give),
                    Err(e) => return tell(location, "file-unreadable", format!("cannot be read: {e}"), give),
                }
            }
            Stream::Once(reader) => reader,
        };
        self.once(location, &mut Whole(reader), true, give)
    }

    /// A stream that is read once. `may_be_gzip`: gzip in gzip is nobody's wish.
    fn once(
        &mut self,
        location: &str,
        stream: &mut dyn Parts,
        may_be_gzip: bool,
        give: &mut Give<'_>,
    ) -> ControlFlow<()> {
        let head = match head_of(stream) {
            Ok(head) => head,
            Err(e) => return tell(location, "file-unreadable", format!("cannot be read: {e}"), give),
        };
        let kind = kind_of(&head);
        let mut stream = Rejoined { head: Cursor::new(head), rest: stream };
        match kind {
            Kind::Gzip if may_be_gzip => {
                let mut members = gzip::Members::new(BufReader::with_capacity(64 << 10, stream), self.limits);
                self.once(location, &mut members, false, give)
            }
            Kind::Zip => {
                let bytes_max = self.limits.archive_member_bytes_max;
                let mut bytes = Vec::new();
                if let Err(e) = stream.take(bytes_max).read_to_end(&mut bytes) {
                    tell(location, "file-unreadable", format!("cannot be read on: {e}"), give)?;
                }
                self.zip(location, &mut Cursor::new(bytes), give)
            }
            Kind::Tar => self.tar(location, &mut stream, give),
            Kind::Warc => warc::read(location, &mut stream, self.limits, give),
            Kind::Arc => warc::read_arc(location, &mut stream, self.limits, give),
            Kind::Foreign(name) => {
                let message = format!("is packed with {name}, which is not read; unpack it first. Left out");
                tell(location, "archive-unknown", message, give)
            }
            Kind::Gzip | Kind::Document => self.document(location, &mut stream, self.depth == 0 && may_be_gzip, give),
        }
    }

    /// All of the stream as one document.
    fn document(
        &mut self,
        location: &str,
        stream: &mut dyn Parts,
        is_file: bool,
        give: &mut Give<'_>,
    ) -> ControlFlow<()> {
        let bytes_max = if is_file { self.limits.file_bytes_max as u64 } else { self.limits.unpacked_bytes_max };
        let mut bytes = Vec::new();
        if let Err(e) = (&mut *stream).take(bytes_max + 1).read_to_end(&mut bytes) {
            tell(location, "file-unreadable", format!("cannot be read on: {e}"), give)?;
        }
        if bytes_max < bytes.len() as u64 {
            bytes.truncate(bytes_max as usize);
            bytes.shrink_to_fit();
            let message = format!("is longer than {bytes_max} bytes; the rest is left out");
            tell(location, "file-too-long", message, give)?;
        } else if let Some(problem) = stream.go_on() {
            // Behind the damage of a single document its middle is missing: what came before is kept.
            let kept = format!("{}; the {} bytes before are kept", problem.message, bytes.len());
            tell(location, problem.code, kept, give)?;
        }
        give(Item::Document(Document { location: location.to_owned(), bytes, ..Document::default() }))
    }

    /// Goes into a member of a ZIP or tar.
    fn member(&mut self, location: &str, stream: &mut dyn Read, give: &mut Give<'_>) -> ControlFlow<()> {
        let bytes_max = self.limits.archive_bytes_max.saturating_sub(self.unpacked);
        let mut counted = Counted { inner: stream.take(bytes_max), n: 0 };
        self.depth += 1;
        let flow = self.stream(location, Stream::Once(&mut counted), give);
        self.depth -= 1;
        self.unpacked += counted.n;
        if self.limits.archive_bytes_max <= self.unpacked {
            let message = format!("unpacks to more than {} bytes; the rest is left out", self.limits.archive_bytes_max);
            tell(location, "archive-too-long", message, give)?;
            return ControlFlow::Break(());
        }
        flow
    }

    /// Says that an archive lies too deep in others; `true` when it does.
    fn is_too_deep(&self, location: &str, give: &mut Give<'_>) -> ControlFlow<(), bool> {
        if self.depth < self.limits.archive_depth_max {
            return ControlFlow::Continue(false);
        }
        let message = format!("is an archive in {} others; left out", self.depth);
        tell(location, "archive-too-deep", message, give)?;
        ControlFlow::Continue(true)
    }
}

fn head_of(stream: &mut dyn Read) -> io::Result<Vec<u8>> {
    let mut head = Vec::with_capacity(HEAD_BYTES);
    stream.take(HEAD_BYTES as u64).read_to_end(&mut head)?;
    Ok(head)
}

/// A stream with the bytes put back that were read to see what it is.
struct Rejoined<'a> {
    head: Cursor<Vec<u8>>,
    rest: &'a mut dyn Parts,
}

impl Read for Rejoined<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        match self.head.read(out)? {
            0 => self.rest.read(out),
            n => Ok(n),
        }
    }
}

impl Parts for Rejoined<'_> {
    fn go_on(&mut self) -> Option<Problem> {
        self.rest.go_on()
    }
}

struct Counted<R> {
    inner: R,
    n: u64,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(out)?;
        self.n += n as u64;
        Ok(n)
    }
}

/// A member's name as a place: no way up, no drive, no marks that could be taken for those of the location.
fn clean_name(name: &str) -> String {
    let name = name.replace('\\', "/");
    let parts = name.split('/').filter(|it| !matches!(*it, "" | "." | ".."));
    let clean = |it: char| if it.is_control() { '\u{FFFD}' } else { it };
    parts.collect::<Vec<_>>().join("/").chars().map(clean).take(NAME_CHARS_MAX).collect()
}

// Longer names of members are cut.
const NAME_CHARS_MAX: usize = 1000;

/// What is wrong with a member's name, for people. Nothing is written to disk, so it is odd and no danger.
fn odd_name(name: &str) -> Option<&'static str> {
    let slashed = name.replace('\\', "/");
    match () {
        () if slashed.starts_with('/') || slashed.get(1..3) == Some(":/") => {
            Some("names a place outside of the archive")
        }
        () if slashed.split('/').any(|it| it == "..") => Some("leads up and out of the archive"),
        () => None,
    }
}

/// Whether a member is read, by the rule that holds for files in a folder.
fn is_wanted(name: &str) -> bool {
    let is_hidden = name.split('/').any(|it| it.starts_with('.') || it == "__MACOSX");
    !is_hidden && crate::is_report_name(name)
}
