//! Words folded for matching, their hashes, and runs of them.
//!
//! Two printings of one sentence differ in ways that mean nothing: curly quotes, "defence" and "defense", "Kiev" and
//! "Kyiv", a hyphen, "the EU's" and "the EU’s". Folding takes these away and keeps each word's place in the text:
//!
//! ```
//! use rapporteur_text::shingles::{fold_words, Word};
//! let fold = |text: &str| { let mut words = Vec::new(); fold_words(text, 0, &mut words); words };
//! let hashes = |text: &str| fold(text).iter().map(|it: &Word| it.hash).collect::<Vec<_>>();
//! assert_eq!(hashes("The EU’s defence — “organised” in Kiev"), hashes("the eu's Defense - \"organized\", in Kyiv"));
//! ```
//!
//! Folding may make two different words one ("promise" and "promize"); that does no harm to matching. The hashes are the
//! same on every machine and in every version that keeps this file.

mod forms;

use rapporteur_model::Span;

use forms::Form;

/// A word, folded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// Hash of the folded word.
    pub hash: u32,
    /// Hash of its stem: "warned", "warns" and "warning" are one.
    pub stem: u32,
    start: u32,
    len: u16,
    flags: u16,
}

const CAPITAL: u16 = 1;
const NUMBER: u16 = 2;
const STOP: u16 = 4;
const FIRST: u16 = 8;
const QUOTED: u16 = 16;
const SHORT: u16 = 32;

impl Word {
    /// Its bytes.
    pub const fn span(&self) -> Span {
        Span::new(self.start, self.start + self.len as u32)
    }

    /// Whether it begins with a capital letter.
    pub const fn is_capital(&self) -> bool {
        self.flags & CAPITAL != 0
    }

    /// Whether it has a digit.
    pub const fn is_number(&self) -> bool {
        self.flags & NUMBER != 0
    }

    /// Whether it is one of the small words that stand in every text.
    pub const fn is_stop(&self) -> bool {
        self.flags & STOP != 0
    }

    /// Whether it is the first word of a sentence or block, so that its capital says nothing.
    pub const fn is_first(&self) -> bool {
        self.flags & FIRST != 0
    }

    /// Whether it stands inside quotation marks.
    pub const fn is_quoted(&self) -> bool {
        self.flags & QUOTED != 0
    }

    /// Whether it has one or two letters.
    pub const fn is_short(&self) -> bool {
        self.flags & SHORT != 0
    }

    /// Whether it may be (a part of) a name: a capital that the start of a sentence does not explain.
    pub const fn is_name(&self) -> bool {
        self.flags & (CAPITAL | FIRST | STOP) == CAPITAL
    }

    /// The same word marked as quoted.
    #[must_use]
    pub const fn quoted(mut self) -> Word {
        self.flags |= QUOTED;
        self
    }
}

/// The longest word kept whole, in bytes of its folded form; the rest of a longer one is left out of the hash.
const WORD_BYTES_MAX: usize = 48;

/// Appends the words of `text` to `into`; their spans are counted from `base`. Marks and white space are passed over,
/// hyphenated words are several words, a closing "'s" is dropped. Quotation marks are balanced within `text`.
pub fn fold_words(text: &str, base: u32, into: &mut Vec<Word>) {
    fold_each(text, base, into, None);
}

/// Is told the folded stem of each word.
type Each<'a> = &'a mut dyn FnMut(&[u8]);

fn fold_each(text: &str, base: u32, into: &mut Vec<Word>, mut each: Option<Each<'_>>) {
    let bytes = text.as_bytes();
    let mut folded = [0u8; WORD_BYTES_MAX];
    let (mut at, mut is_first, mut in_quote) = (0, true, Quote::None);
    while at < bytes.len() {
        let (letter, n_bytes) = letter_at(text, at);
        if letter == Fold::Other {
            mark(text, at, &mut in_quote, &mut is_first, into.last().copied(), base);
            at += n_bytes;
            continue;
        }
        let start = at;
        let mut len = 0;
        let (mut is_number, mut n_letters) = (false, 0);
        let is_capital = text[at..].chars().next().is_some_and(char::is_uppercase);
        while at < bytes.len() {
            let (letter, n_bytes) = letter_at(text, at);
            match letter {
                Fold::Letter(one, two) => {
                    n_letters += 1;
                    for byte in [one, two] {
                        if byte != 0 && len < WORD_BYTES_MAX {
                            folded[len] = byte;
                            len += 1;
                        }
                    }
                }
                Fold::Digit(digit) => {
                    is_number = true;
                    if len < WORD_BYTES_MAX {
                        folded[len] = digit;
                        len += 1;
                    }
                }
                Fold::Raw => {
                    n_letters += 1;
                    for byte in &bytes[at..at + n_bytes] {
                        if len < WORD_BYTES_MAX {
                            folded[len] = *byte;
                            len += 1;
                        }
                    }
                }
                Fold::Silent => {}
                Fold::Other => match joint(text, at, &folded[..len], is_number) {
                    Joint::None => break,
                    Joint::Drop => {}
                    Joint::Point => {
                        if len < WORD_BYTES_MAX {
                            folded[len] = b'.';
                            len += 1;
                        }
                    }
                },
            }
            at += n_bytes;
        }
        let (word_end, len) = without_possessive(text, start, at, &folded, len);
        let Form { hash, stem, is_stop } = match &mut each {
            Some(each) => forms::form(&mut folded, len, is_number, each),
            None => forms::known_form(&mut folded, len, is_number),
        };
        let flag = |is, bit| if is { bit } else { 0 };
        into.push(Word {
            hash,
            stem,
            start: base + start as u32,
            len: (word_end - start).min(u16::MAX as usize) as u16,
            flags: flag(is_capital, CAPITAL)
                | flag(is_number, NUMBER)
                | flag(is_stop, STOP)
                | flag(is_first, FIRST)
                | flag(in_quote != Quote::None, QUOTED)
                | flag(n_letters <= 2 && !is_number, SHORT),
        });
        is_first = false;
    }
}

/// The hash of the folded stem of one word, for tables.
pub fn stem_hash(word: &str) -> Option<u32> {
    let mut words = Vec::new();
    fold_words(word, 0, &mut words);
    words.first().map(|it| it.stem)
}

/// The folded stem of one word, for tables. `None` when it is no word.
pub fn folded_stem(word: &str) -> Option<String> {
    let mut found = None;
    let mut keep = |stem: &[u8]| found = found.take().or_else(|| String::from_utf8(stem.to_vec()).ok());
    fold_each(word, 0, &mut Vec::new(), Some(&mut keep));
    found
}

/// The hash of a folded stem as [`folded_stem`] gives it.
pub fn folded_hash(stem: &str) -> u32 {
    hash(stem.as_bytes())
}

/// Hashes every run of `width` words. One allocation a report, none a shingle.
pub fn shingles(words: &[u32], width: usize, into: &mut Vec<u64>) {
    into.clear();
    if width == 0 || words.len() < width {
        return;
    }
    let top = (1..width).fold(1u64, |power, _| power.wrapping_mul(MULTIPLIER));
    let mut rolling = 0u64;
    for (at, word) in words.iter().enumerate() {
        if at >= width {
            rolling = rolling.wrapping_sub(spread(words[at - width]).wrapping_mul(top));
        }
        rolling = rolling.wrapping_mul(MULTIPLIER).wrapping_add(spread(*word));
        if at + 1 >= width {
            into.push(mix(rolling));
        }
    }
}

/// Picks fingerprints (winnowing, Schleimer et al. 2003): of every `window` shingles in a row the one with the smallest
/// hash, the last of equal ones. Two texts that share `window + width - 1` words in a row share a fingerprint.
/// Appends (hash, index of the shingle), in text order.
pub fn winnow(shingles: &[u64], window: usize, into: &mut Vec<(u64, u32)>) {
    into.clear();
    if shingles.is_empty() || window == 0 {
        return;
    }
    if shingles.len() <= window {
        let best = (0..shingles.len()).rev().min_by_key(|at| shingles[*at]).unwrap_or(0);
        into.push((shingles[best], best as u32));
        return;
    }
    let mut best = usize::MAX;
    for end in window..=shingles.len() {
        let start = end - window;
        if best == usize::MAX || best < start {
            best = (start..end).rev().min_by_key(|at| shingles[*at]).unwrap_or(start);
        } else if shingles[end - 1] <= shingles[best] {
            best = end - 1;
        } else {
            continue;
        }
        into.push((shingles[best], best as u32));
    }
}

const MULTIPLIER: u64 = 0x9E37_79B9_7F4A_7C15;

fn spread(word: u32) -> u64 {
    (u64::from(word) + 1).wrapping_mul(0xD6E8_FEB8_6659_FD93)
}

fn mix(mut it: u64) -> u64 {
    it ^= it >> 32;
    it = it.wrapping_mul(0xD6E8_FEB8_6659_FD93);
    it ^ (it >> 29)
}

fn hash(word: &[u8]) -> u32 {
    let mut state = 0xCBF2_9CE4_8422_2325u64;
    for byte in word {
        state = (state ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01B3);
    }
    (mix(state) >> 16) as u32
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fold {
    /// One or two small letters without accents.
    Letter(u8, u8),
    Digit(u8),
    /// A letter of another script, kept as it is.
    Raw,
    /// A mark inside a word that does not count: a soft hyphen, a combining accent.
    Silent,
    /// No part of a word.
    Other,
}

fn letter_at(text: &str, at: usize) -> (Fold, usize) {
    let byte = text.as_bytes()[at];
    if byte < 0x80 {
        let fold = match byte {
            b'a'..=b'z' => Fold::Letter(byte, 0),
            b'A'..=b'Z' => Fold::Letter(byte + 32, 0),
            b'0'..=b'9' => Fold::Digit(byte),
            _ => Fold::Other,
        };
        return (fold, 1);
    }
    let Some(letter) = text[at..].chars().next() else {
        return (Fold::Other, 1);
    };
    let n_bytes = letter.len_utf8();
    let fold = match letter {
        'à'..='å' | 'À'..='Å' | 'Ā'..='ą' => Fold::Letter(b'a', 0),
        'æ' | 'Æ' => Fold::Letter(b'a', b'e'),
        'ç' | 'Ç' | 'Ć'..='č' => Fold::Letter(b'c', 0),
        'Ď'..='đ' | 'ð' | 'Ð' => Fold::Letter(b'd', 0),
        'è'..='ë' | 'È'..='Ë' | 'Ē'..='ě' => Fold::Letter(b'e', 0),
        'Ĝ'..='ģ' => Fold::Letter(b'g', 0),
        'ì'..='ï' | 'Ì'..='Ï' | 'Ĩ'..='ı' => Fold::Letter(b'i', 0),
        'Ł' | 'ł' | 'Ĺ'..='ŀ' => Fold::Letter(b'l', 0),
        'ñ' | 'Ñ' | 'Ń'..='ň' => Fold::Letter(b'n', 0),
        'ò'..='ö' | 'ø' | 'Ò'..='Ö' | 'Ø' | 'Ō'..='ő' => Fold::Letter(b'o', 0),
        'œ' | 'Œ' => Fold::Letter(b'o', b'e'),
        'Ŕ'..='ř' => Fold::Letter(b'r', 0),
        'Ś'..='š' => Fold::Letter(b's', 0),
        'ß' => Fold::Letter(b's', b's'),
        'Ţ'..='ŧ' => Fold::Letter(b't', 0),
        'ù'..='ü' | 'Ù'..='Ü' | 'Ũ'..='ų' => Fold::Letter(b'u', 0),
        'ý' | 'ÿ' | 'Ý' | 'Ÿ' => Fold::Letter(b'y', 0),
        'Ź'..='ž' => Fold::Letter(b'z', 0),
        '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{feff}' | '\u{300}'..='\u{36f}' => Fold::Silent,
        _ if letter.is_alphanumeric() => Fold::Raw,
        _ => Fold::Other,
    };
    (fold, n_bytes)
}

enum Joint {
    /// The word ends here.
    None,
    /// The mark is dropped and the word goes on.
    Drop,
    /// A decimal point.
    Point,
}

/// What a mark between two letters or digits does: "don't", "U.S.", "1,000", "4.5".
fn joint(text: &str, at: usize, folded: &[u8], is_number: bool) -> Joint {
    let bytes = text.as_bytes();
    let n_bytes = text[at..].chars().next().map_or(1, char::len_utf8);
    let Some(next) = bytes.get(at + n_bytes) else {
        return Joint::None;
    };
    let mark = &text[at..at + n_bytes];
    let last_is_digit = folded.last().is_some_and(u8::is_ascii_digit);
    match mark {
        "'" | "’" | "ʼ" if next.is_ascii_alphabetic() => Joint::Drop,
        "," if is_number && last_is_digit && next.is_ascii_digit() => Joint::Drop,
        "." if is_number && last_is_digit && next.is_ascii_digit() => Joint::Point,
        // "U.S." but not "end.The": a single letter, then a point, then a single letter.
        "." if next.is_ascii_alphabetic()
            && is_initial(bytes, at)
            && !bytes.get(at + 2).is_some_and(u8::is_ascii_alphanumeric) =>
        {
            Joint::Drop
        }
        _ => Joint::None,
    }
}

fn is_initial(bytes: &[u8], at: usize) -> bool {
    at >= 1 && bytes[at - 1].is_ascii_alphabetic() && (at < 2 || !bytes[at - 2].is_ascii_alphanumeric())
}

/// "Trump's" without its ending. Returns the end in the text and the length of the folded word.
fn without_possessive(text: &str, start: usize, end: usize, folded: &[u8], len: usize) -> (usize, usize) {
    let word = &text[start..end];
    for ending in ["'s", "’s", "ʼs"] {
        // "it's" and "that's" are two words, not a possessive, but lose nothing by it.
        if len > 2 && word.len() > ending.len() && word.ends_with(ending) && folded[len - 1] == b's' {
            return (end - ending.len(), len - 1);
        }
    }
    (end, len)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Quote {
    None,
    Straight,
    Curly,
    Single,
}

/// Keeps track of quotation marks and ends of sentences between words.
fn mark(text: &str, at: usize, quote: &mut Quote, is_first: &mut bool, last: Option<Word>, base: u32) {
    let rest = &text[at..];
    let Some(letter) = rest.chars().next() else {
        return;
    };
    match letter {
        '"' => *quote = if *quote == Quote::None { Quote::Straight } else { Quote::None },
        '“' | '«' | '„' => *quote = Quote::Curly,
        '”' | '»' => *quote = Quote::None,
        '‘' if *quote == Quote::None => *quote = Quote::Single,
        '’' if *quote == Quote::Single => *quote = Quote::None,
        _ => {}
    }
    match letter {
        '.' => {
            // A point after an initial or a short title does not end a sentence.
            let is_abbreviation = last.is_some_and(|it| {
                let word = it.span();
                word.end() == base + at as u32 && it.is_capital() && word.len() <= 2
            });
            if !is_abbreviation {
                *is_first = true;
            }
        }
        '!' | '?' | '…' | '\n' | ':' | '•' | '“' | '‘' => *is_first = true,
        // An opening straight mark, before a letter.
        '"' if *quote == Quote::Straight => *is_first = true,
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fold(text: &str) -> Vec<Word> {
        let mut words = Vec::new();
        fold_words(text, 0, &mut words);
        words
    }

    fn check_same(a: &str, b: &str) {
        let hashes = |text: &str| fold(text).iter().map(|it| it.hash).collect::<Vec<_>>();
        assert_eq!(hashes(a), hashes(b), "{a} | {b}");
    }

    #[test]
    fn printings_of_one_word_are_one() {
        check_same("The EU’s “plan”", "the EU's \"plan\"");
        check_same("defence programme colour organised", "defense program color organized");
        check_same("Zelenskyy Zelenskiy", "Zelensky Zelensky");
        check_same("U.S. troops", "US troops");
        check_same("1,000 men, 4.5 tonnes", "1000 men 4.5 tonnes");
        check_same("140-billion-euro", "140 billion euro");
        check_same("Élysée travelled", "Elysee traveled");
        check_same("soft\u{ad}ware", "software");
    }

    #[test]
    fn stems_join_forms() {
        for (a, b) in [
            ("warned", "warning"),
            ("concession", "concessions"),
            ("country", "countries"),
            ("plan", "planned"),
            ("make", "making"),
        ] {
            assert_eq!(stem_hash(a), stem_hash(b), "{a} {b}");
        }
        assert_ne!(stem_hash("plan"), stem_hash("planet"));
    }

    #[test]
    fn words_know_their_place() {
        let text = "Ann said: “No, never.” It’s 4,500 men.";
        let words = fold(text);
        let shown: Vec<&str> = words.iter().map(|it| it.span().of(text)).collect();
        assert_eq!(shown, ["Ann", "said", "No", "never", "It", "4,500", "men"]);
        let quoted: Vec<bool> = words.iter().map(Word::is_quoted).collect();
        assert_eq!(quoted, [false, false, true, true, false, false, false]);
        assert!(words[0].is_first() && !words[1].is_first() && words[4].is_first());
        assert!(words[5].is_number());
    }

    #[test]
    fn spans_stand_on_character_borders() {
        for text in ["naïve café’s Łódź", "日本語 テスト", "a\u{301}b", "…’s", "’’’", "U.S.A.", "x’", "1,"]
        {
            for word in fold(text) {
                assert!(text.get(word.span().range()).is_some(), "{text}: {:?}", word.span());
            }
        }
    }

    #[test]
    fn shared_runs_share_a_fingerprint() {
        let common: Vec<u32> = (100..120).collect();
        let a: Vec<u32> = (0..40).chain(common.iter().copied()).collect();
        let b: Vec<u32> = common.iter().copied().chain(200..260).collect();
        let prints = |words: &[u32]| {
            let (mut hashes, mut picked) = (Vec::new(), Vec::new());
            shingles(words, 5, &mut hashes);
            winnow(&hashes, 8, &mut picked);
            picked
        };
        let (a, b) = (prints(&a), prints(&b));
        assert!(a.iter().any(|(hash, _)| b.iter().any(|(other, _)| other == hash)));
        assert!(a.len() < 20);
    }

    #[test]
    fn short_and_empty_texts_are_no_trouble() {
        let (mut hashes, mut picked) = (vec![1], vec![(1, 1)]);
        shingles(&[1, 2], 5, &mut hashes);
        winnow(&hashes, 8, &mut picked);
        assert!(hashes.is_empty() && picked.is_empty());
        assert!(fold("").is_empty());
    }
}
