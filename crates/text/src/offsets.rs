//! From bytes to characters or UTF-16 units and back, for the edge where other programs count differently.

/// What an offset counts. Inside it is always bytes; the others are for output rows and gold files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Unit {
    /// UTF-8 bytes.
    Byte,
    /// Code points, as Python's `str` counts.
    #[default]
    Char,
    /// UTF-16 units, as JavaScript and Java count.
    Utf16,
}

impl Unit {
    /// Name in output rows and on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Unit::Byte => "byte",
            Unit::Char => "char",
            Unit::Utf16 => "utf16",
        }
    }

    /// The unit of that name.
    pub fn from_name(name: &str) -> Option<Unit> {
        [Unit::Byte, Unit::Char, Unit::Utf16].into_iter().find(|unit| unit.as_str() == name)
    }

    // How many units the character takes whose first byte this is; nothing for the bytes inside a character.
    const fn of_byte(self, byte: u8) -> u32 {
        match self {
            Unit::Byte => 1,
            Unit::Char => (byte & 0xC0 != 0x80) as u32,
            Unit::Utf16 => (byte & 0xC0 != 0x80) as u32 + (byte >= 0xF0) as u32,
        }
    }
}

// A count is kept every so many bytes: 6 % of the text in memory, at most 63 bytes counted for an offset.
const STEP: usize = 64;

/// Byte offsets of one text as offsets in another unit, and back. Made once a text, then cheap to ask.
#[derive(Debug, Clone)]
pub struct Offsets<'a> {
    bytes: &'a [u8],
    unit: Unit,
    // Units before byte `STEP * ix`. Empty when all units are one byte wide.
    marks: Vec<u32>,
}

impl<'a> Offsets<'a> {
    /// Counts `text` once.
    pub fn new(text: &'a str, unit: Unit) -> Offsets<'a> {
        let bytes = text.as_bytes();
        let mut marks = Vec::new();
        if unit != Unit::Byte && !text.is_ascii() {
            marks.reserve(bytes.len() / STEP + 1);
            let mut count = 0;
            for piece in bytes.chunks(STEP) {
                marks.push(count);
                count += units(piece, unit);
            }
        }
        Offsets { bytes, unit, marks }
    }

    /// The unit it counts in.
    pub const fn unit(&self) -> Unit {
        self.unit
    }

    /// The offset of byte `byte`: units that begin before it. A byte past the end counts as the end.
    pub fn at(&self, byte: u32) -> u32 {
        let byte = (byte as usize).min(self.bytes.len());
        if self.marks.is_empty() {
            return byte as u32;
        }
        // The end of the text may stand exactly on a border for which no mark was made.
        let ix = (byte / STEP).min(self.marks.len() - 1);
        self.marks[ix] + units(&self.bytes[ix * STEP..byte], self.unit)
    }

    /// The byte where unit `index` begins; the text's length when there are not so many.
    pub fn byte_of(&self, index: u32) -> u32 {
        if self.marks.is_empty() {
            return index.min(self.bytes.len() as u32);
        }
        let ix = self.marks.partition_point(|count| *count <= index).saturating_sub(1);
        let mut count = self.marks[ix];
        for (byte, it) in self.bytes.iter().enumerate().skip(ix * STEP) {
            let width = self.unit.of_byte(*it);
            // The first byte of the character that holds the unit; bytes inside a character are never an answer.
            if index < count + width || (width > 0 && index == count) {
                return byte as u32;
            }
            count += width;
        }
        self.bytes.len() as u32
    }
}

fn units(bytes: &[u8], unit: Unit) -> u32 {
    bytes.iter().map(|it| unit.of_byte(*it)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_a_count_from_the_start() {
        let text = "Élysée “ok” 😀 plain ".repeat(40);
        for unit in [Unit::Byte, Unit::Char, Unit::Utf16] {
            let offsets = Offsets::new(&text, unit);
            for (byte, _) in text.char_indices().chain([(text.len(), ' ')]) {
                let before = &text[..byte];
                let slow = match unit {
                    Unit::Byte => before.len(),
                    Unit::Char => before.chars().count(),
                    Unit::Utf16 => before.encode_utf16().count(),
                } as u32;
                assert_eq!(offsets.at(byte as u32), slow);
                assert_eq!(offsets.byte_of(slow), byte as u32);
            }
        }
    }

    #[test]
    fn beyond_the_end_is_the_end() {
        for text in ["", "abc", "é"] {
            let offsets = Offsets::new(text, Unit::Char);
            assert_eq!(offsets.at(99), text.chars().count() as u32);
            assert_eq!(offsets.byte_of(99), text.len() as u32);
        }
    }
}
