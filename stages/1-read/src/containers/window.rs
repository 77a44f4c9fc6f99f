//! A window on a stream: as many bytes in memory as are looked at, no more, and no copy of what is skipped.

use std::io;

use rapporteur_model::Problem;

use super::Parts;

// What is asked of the stream at a time.
const READ_BYTES: usize = 64 << 10;

/// The part of a stream that is looked at.
pub(crate) struct Window<'a> {
    stream: &'a mut dyn Parts,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    // The stream has paused or ended, or cannot be read.
    is_paused: bool,
    unreadable: Option<io::Error>,
}

impl<'a> Window<'a> {
    pub(crate) fn new(stream: &'a mut dyn Parts) -> Window<'a> {
        Window { stream, buffer: vec![0; 2 * READ_BYTES], start: 0, end: 0, is_paused: false, unreadable: None }
    }

    /// What is in memory.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.buffer[self.start..self.end]
    }

    /// Looks at `n` bytes, or at fewer where the stream pauses.
    pub(crate) fn look(&mut self, n: usize) -> &[u8] {
        while self.end - self.start < n && self.more() {}
        let end = self.end.min(self.start + n);
        &self.buffer[self.start..end]
    }

    /// Reads on once; `false` where the stream pauses.
    pub(crate) fn more(&mut self) -> bool {
        if self.is_paused {
            return false;
        }
        if self.buffer.len() - self.end < READ_BYTES {
            self.buffer.copy_within(self.start..self.end, 0);
            self.end -= self.start;
            self.start = 0;
            if self.buffer.len() - self.end < READ_BYTES {
                // Twice as much, so that a long record is not moved once for each read.
                let len = (2 * self.buffer.len()).max(self.end + READ_BYTES);
                self.buffer.resize(len, 0);
            }
        }
        match self.stream.read(&mut self.buffer[self.end..]) {
            Ok(0) => self.is_paused = true,
            Ok(n) => self.end += n,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => {
                self.unreadable = Some(e);
                self.is_paused = true;
            }
        }
        !self.is_paused
    }

    /// Leaves `n` bytes behind; fewer where the stream pauses. Returns how many.
    pub(crate) fn skip(&mut self, n: u64) -> u64 {
        let mut left = n;
        loop {
            let step = left.min((self.end - self.start) as u64);
            self.start += step as usize;
            left -= step;
            if left == 0 {
                return n;
            }
            self.start = 0;
            self.end = 0;
            if !self.more() {
                return n - left;
            }
        }
    }

    /// Goes on after a pause: what was wrong there, or `None` at the true end.
    pub(crate) fn go_on(&mut self) -> Option<Problem> {
        if let Some(e) = self.unreadable.take() {
            return Some(Problem::new("file-unreadable", format!("cannot be read on: {e}")));
        }
        let problem = self.stream.go_on()?;
        self.is_paused = false;
        Some(problem)
    }

    /// Gives memory back after a long record.
    pub(crate) fn shrink(&mut self, bytes_max: usize) {
        if bytes_max < self.buffer.len() && self.end - self.start < bytes_max / 2 {
            self.buffer.copy_within(self.start..self.end, 0);
            self.end -= self.start;
            self.start = 0;
            self.buffer.truncate(bytes_max.max(2 * READ_BYTES));
            self.buffer.shrink_to_fit();
        }
    }
}
