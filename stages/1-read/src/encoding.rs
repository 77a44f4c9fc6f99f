//! Bytes to text: byte order mark, what the page says of itself, then what the bytes look like.

use crate::raw_map::MappedText;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE};
use rapporteur_model::{Problem, RawMap};

/// Text with the way back to the bytes it was decoded from.
#[derive(Debug)]
pub(crate) struct Decoded {
    pub(crate) text: String,
    pub(crate) map: RawMap,
    /// Label as the encoding standard writes it.
    pub(crate) encoding: &'static str,
    pub(crate) problems: Vec<Problem>,
}

// A page must say its encoding in the first 1,024 bytes; many do later, and looking is cheap.
const META_BYTES_MAX: usize = 4096;
// The detector has made up its mind long before.
const DETECT_BYTES_MAX: usize = 256 << 10;

/// Decodes `bytes`; `said` is the encoding that a server named. Never fails: what cannot be decoded becomes U+FFFD, and
/// a problem says how much.
pub(crate) fn decode(bytes: &[u8], said: Option<&str>) -> Decoded {
    let (encoding, mark_len) = match Encoding::for_bom(bytes) {
        Some((encoding, len)) => (encoding, len),
        None => (guess(bytes, said.and_then(|it| Encoding::for_label(it.as_bytes()))), 0),
    };
    let body = &bytes[mark_len..];
    if encoding == UTF_8
        && let Ok(text) = std::str::from_utf8(body)
    {
        let map = if text.is_empty() { RawMap::default() } else { RawMap::identity(text.len(), mark_len) };
        return Decoded { text: text.to_owned(), map, encoding: "UTF-8", problems: Vec::new() };
    }
    let (mapped, n_bad) = decode_mapped(body, mark_len, encoding);
    let mut problems = Vec::new();
    if 0 < n_bad {
        let code = if encoding == UTF_8 { "bad-utf8" } else { "bad-encoding" };
        let message = format!("{n_bad} places are not {}; each stands as U+FFFD", encoding.name());
        problems.push(Problem::new(code, message));
    }
    Decoded { text: mapped.text, map: mapped.map, encoding: encoding.name(), problems }
}

fn guess(bytes: &[u8], said: Option<&'static Encoding>) -> &'static Encoding {
    if let Some(encoding) = utf16_without_mark(bytes) {
        return encoding;
    }
    // Valid UTF-8 with a character beyond ASCII is never anything else by chance; ISO-2022-JP is written in ASCII alone.
    if said.is_some_and(|it| it == encoding_rs::ISO_2022_JP) && bytes.contains(&0x1B) {
        return encoding_rs::ISO_2022_JP;
    }
    if std::str::from_utf8(bytes).is_ok() {
        return UTF_8;
    }
    // The server goes before the page (HTML standard, "determining the character encoding").
    let stated = said.or_else(|| stated_encoding(&bytes[..bytes.len().min(META_BYTES_MAX)]));
    match stated {
        // The page says UTF-8 and is broken in places: a cut or a glued-in piece, so mostly still UTF-8.
        Some(encoding) if encoding == UTF_8 && mostly_utf8(bytes) => UTF_8,
        Some(encoding) if encoding != UTF_8 => encoding,
        _ if mostly_utf8(bytes) => UTF_8,
        _ => {
            let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
            let sample = &bytes[..bytes.len().min(DETECT_BYTES_MAX)];
            detector.feed(sample, true);
            detector.guess(None, Utf8Detection::Allow)
        }
    }
}

// Text of Latin letters in UTF-16 has a zero in every other byte.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(512)];
    let zeros = |from: usize| sample.iter().skip(from).step_by(2).filter(|it| **it == 0).count();
    let half = sample.len() / 2;
    if half < 4 {
        return None;
    }
    let (even, odd) = (zeros(0), zeros(1));
    match () {
        () if even * 10 < half && half * 7 < odd * 10 => Some(UTF_16LE),
        () if odd * 10 < half && half * 7 < even * 10 => Some(UTF_16BE),
        () => None,
    }
}

// At least nine in ten of the sequences that begin like UTF-8 are whole.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for piece in bytes.utf8_chunks() {
        good += piece.valid().bytes().filter(|it| 0xC0 <= *it).count();
        bad += usize::from(!piece.invalid().is_empty());
    }
    bad * 9 < good
}

/// The encoding that `<meta charset>`, `<meta content="…charset=…">` or `<?xml encoding=…?>` names.
fn stated_encoding(head: &[u8]) -> Option<&'static Encoding> {
    let head: Vec<u8> = head.iter().map(u8::to_ascii_lowercase).collect();
    for key in [&b"charset="[..], b"encoding="] {
        for at in memchr::memmem::find_iter(&head, key) {
            let rest = &head[at + key.len()..];
            let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
            let len =
                rest.iter().position(|it| !it.is_ascii_alphanumeric() && !b"-_:.".contains(it)).unwrap_or(rest.len());
            let found = Encoding::for_label(&rest[..len]);
            // A page that could say "UTF-16" in ASCII is not UTF-16; the standard reads it as UTF-8.
            match found {
                Some(it) if it == UTF_16LE || it == UTF_16BE => return Some(UTF_8),
                Some(it) => return Some(it),
                None => {}
            }
        }
    }
    None
}

// Feeds the decoder so that each character that is not the same byte is a run of its own.
fn decode_mapped(bytes: &[u8], raw_start: usize, encoding: &'static Encoding) -> (MappedText, usize) {
    let mut out = MappedText::with_capacity(bytes.len() + bytes.len() / 4);
    if encoding == UTF_8 {
        let n_bad = decode_broken_utf8(bytes, raw_start, &mut out);
        return (out, n_bad);
    }
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let is_ascii_based = encoding.is_ascii_compatible();
    // ISO-2022-JP shifts to Japanese with plain bytes, so plain bytes are not themselves there.
    let (mut at, mut n_bad, mut pending) = (0, 0, 0);
    let mut buffer = [0_u8; 16];
    while at < bytes.len() {
        if is_ascii_based && pending == at {
            let plain = bytes[at..].iter().position(|it| 0x80 <= *it).unwrap_or(bytes.len() - at);
            if 0 < plain
                && let Ok(text) = std::str::from_utf8(&bytes[at..at + plain])
            {
                out.push_verbatim(text, raw_start + at);
                at += plain;
                pending = at;
                continue;
            }
        }
        let is_last = at + 1 == bytes.len();
        let mut input = &bytes[at..at + 1];
        at += 1;
        loop {
            let (result, n_read, n_written) = decoder.decode_to_utf8_without_replacement(input, &mut buffer, is_last);
            input = &input[n_read..];
            if let Ok(text) = std::str::from_utf8(&buffer[..n_written])
                && !text.is_empty()
            {
                out.push_whole(text, raw_start + pending..raw_start + at);
                pending = at;
            }
            match result {
                DecoderResult::Malformed(_, back) => {
                    n_bad += 1;
                    let end = (at - usize::from(back)).max(pending);
                    out.push_whole("\u{FFFD}", raw_start + pending..raw_start + end);
                    pending = end;
                }
                DecoderResult::InputEmpty => break,
                DecoderResult::OutputFull if n_written == 0 => break,
                DecoderResult::OutputFull => {}
            }
        }
    }
    (out, n_bad)
}

fn decode_broken_utf8(bytes: &[u8], raw_start: usize, out: &mut MappedText) -> usize {
    let (mut at, mut n_bad) = (raw_start, 0);
    for piece in bytes.utf8_chunks() {
        out.push_verbatim(piece.valid(), at);
        at += piece.valid().len();
        if !piece.invalid().is_empty() {
            out.push_whole("\u{FFFD}", at..at + piece.invalid().len());
            at += piece.invalid().len();
            n_bad += 1;
        }
    }
    n_bad
}

#[cfg(test)]
mod tests {
    use super::*;
    use rapporteur_model::Span;

    #[test]
    fn the_page_says_it() {
        let mut page = b"<meta charset=windows-1251><p>".to_vec();
        page.extend(encoding_rs::WINDOWS_1251.encode("Київ").0.iter());
        let decoded = decode(&page, None);
        assert_eq!(decoded.encoding, "windows-1251");
        assert!(decoded.text.ends_with("<p>Київ"));
        let at = decoded.text.find('и').unwrap();
        assert_eq!(decoded.map.to_raw(Span::at(at, at + 2), decoded.text.len()), Some(31..32));
    }

    #[test]
    fn marks_and_utf16() {
        assert_eq!(decode(b"\xEF\xBB\xBFok", None).map.to_raw(Span::new(0, 2), 2), Some(3..5));
        let bytes: Vec<u8> = "The council met.".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let decoded = decode(&bytes, None);
        assert_eq!((decoded.text.as_str(), decoded.encoding), ("The council met.", "UTF-16LE"));
        assert_eq!(decoded.map.to_raw(Span::new(4, 11), decoded.text.len()), Some(8..22));
    }

    #[test]
    fn broken_utf8_keeps_the_rest() {
        let decoded = decode(b"caf\xC3\xA9 d\xC3 x \xE2\x80\x99 ok \xC3\xA9 \xC3\xA9 \xC3\xA9 \xC3\xA9 \xC3\xA9 \xC3\xA9 \xC3\xA9 \xC3\xA9", None);
        assert!(decoded.text.starts_with("café d\u{FFFD} x ’ ok"));
        assert_eq!(decoded.problems[0].code, "bad-utf8");
    }

    #[test]
    fn bytes_of_many_encodings_come_back() {
        for label in ["gbk", "shift_jis", "euc-kr", "big5", "windows-1256", "iso-8859-2", "koi8-u"] {
            let encoding = Encoding::for_label(label.as_bytes()).unwrap();
            let (mapped, _) = decode_mapped(&encoding.encode("ab 東京 c").0, 0, encoding);
            assert!(mapped.text.starts_with("ab "), "{label}");
            assert!(mapped.text.ends_with('c'), "{label}");
        }
    }
}
