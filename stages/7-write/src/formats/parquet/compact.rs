//! The compact protocol of Apache Thrift, as far as Parquet's headers need it.

/// A record that is being written. Fields must be given in rising order.
pub(super) struct Compact {
    out: Vec<u8>,
    last: u8,
}

const I32: u8 = 5;
const I64: u8 = 6;
const BINARY: u8 = 8;
const LIST: u8 = 9;
const STRUCT: u8 = 12;

impl Compact {
    pub(super) const fn new() -> Compact {
        Compact { out: Vec::new(), last: 0 }
    }

    /// The bytes of the finished record.
    pub(super) fn end(mut self) -> Vec<u8> {
        self.out.push(0);
        self.out
    }

    /// A number of 32 bits, or a value of an enumeration.
    pub(super) fn enumeration(&mut self, field: u8, value: i64) {
        self.field(field, I32);
        self.signed(value);
    }

    /// A number of 64 bits.
    pub(super) fn number(&mut self, field: u8, value: i64) {
        self.field(field, I64);
        self.signed(value);
    }

    pub(super) fn text(&mut self, field: u8, value: &str) {
        self.field(field, BINARY);
        self.bytes(value);
    }

    pub(super) fn enumerations(&mut self, field: u8, values: &[i64]) {
        self.list(field, I32, values.len());
        values.iter().for_each(|it| self.signed(*it));
    }

    pub(super) fn texts(&mut self, field: u8, values: &[&str]) {
        self.list(field, BINARY, values.len());
        values.iter().for_each(|it| self.bytes(it));
    }

    /// A record inside the record.
    pub(super) fn record(&mut self, field: u8, write: impl FnOnce(&mut Compact)) {
        self.field(field, STRUCT);
        self.inner(write);
    }

    /// A list of records; `write` is told which.
    pub(super) fn records(&mut self, field: u8, n: usize, mut write: impl FnMut(&mut Compact, usize)) {
        self.list(field, STRUCT, n);
        for ix in 0..n {
            self.inner(|it| write(it, ix));
        }
    }

    fn inner(&mut self, write: impl FnOnce(&mut Compact)) {
        let outer = std::mem::replace(&mut self.last, 0);
        write(self);
        self.out.push(0);
        self.last = outer;
    }

    /// A field begins with how far its number is from the one before, and its type.
    fn field(&mut self, field: u8, of: u8) {
        debug_assert!(self.last < field && field - self.last < 16);
        self.out.push((field - self.last) << 4 | of);
        self.last = field;
    }

    fn list(&mut self, field: u8, of: u8, n: usize) {
        self.field(field, LIST);
        if n < 15 {
            self.out.push((n as u8) << 4 | of);
        } else {
            self.out.push(0xF0 | of);
            self.unsigned(n as u64);
        }
    }

    fn bytes(&mut self, value: &str) {
        self.unsigned(value.len() as u64);
        self.out.extend(value.as_bytes());
    }

    /// Zigzag: small numbers of either sign are short.
    fn signed(&mut self, value: i64) {
        self.unsigned(((value << 1) ^ (value >> 63)) as u64);
    }

    fn unsigned(&mut self, mut value: u64) {
        while 0x80 <= value {
            self.out.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.out.push(value as u8);
    }
}
