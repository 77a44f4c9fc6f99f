//! Building and joining maps from text to raw bytes.

use rapporteur_model::{RawMap, RawRun, Span};

/// Text that is written piece by piece, each with the bytes it came from.
#[derive(Debug, Clone, Default)]
pub(crate) struct MappedText {
    pub(crate) text: String,
    pub(crate) map: RawMap,
}

impl MappedText {
    pub(crate) fn with_capacity(bytes: usize) -> MappedText {
        MappedText { text: String::with_capacity(bytes), map: RawMap::default() }
    }

    /// Text that stands byte for byte at `raw_start`. Joins the run before it where both are one stretch.
    pub(crate) fn push_verbatim(&mut self, text: &str, raw_start: usize) {
        if text.is_empty() {
            return;
        }
        let text_start = self.text.len() as u32;
        self.text.push_str(text);
        let (raw_start, len) = (raw_start as u32, text.len() as u32);
        if let Some(last) = self.map.runs.last_mut()
            && last.verbatim
            && last.raw_start + last.raw_len == raw_start
            && last.text_start + last.raw_len == text_start
        {
            last.raw_len += len;
            return;
        }
        self.map.runs.push(RawRun { text_start, raw_start, raw_len: len, verbatim: true });
    }

    /// Text that other bytes stand for (an entity, folded white space); an empty range when none do.
    pub(crate) fn push_whole(&mut self, text: &str, raw: std::ops::Range<usize>) {
        if text.is_empty() {
            return;
        }
        let text_start = self.text.len() as u32;
        self.text.push_str(text);
        let (raw_start, raw_len) = (raw.start as u32, (raw.end - raw.start) as u32);
        self.map.runs.push(RawRun { text_start, raw_start, raw_len, verbatim: false });
    }

    /// Takes back everything from byte `len` of the text on.
    pub(crate) fn truncate(&mut self, len: usize) {
        self.text.truncate(len);
        while self.map.runs.last().is_some_and(|run| len <= run.text_start as usize) {
            self.map.runs.pop();
        }
        if let Some(last) = self.map.runs.last_mut()
            && last.verbatim
        {
            last.raw_len = last.raw_len.min(len as u32 - last.text_start);
        }
    }
}

/// The way through two steps: `outer` leads from text to a middle text of `middle_len` bytes, `inner` from there to raw bytes.
pub(crate) fn join(outer: &RawMap, text_len: usize, inner: &RawMap, middle_len: usize) -> RawMap {
    // The common case, a UTF-8 file: the middle is the raw bytes, perhaps some way into the file.
    if let [only] = inner.runs[..]
        && only.verbatim
        && only.raw_len as usize == middle_len
    {
        let runs = outer.runs.iter().map(|run| RawRun { raw_start: run.raw_start + only.raw_start, ..*run });
        return RawMap { runs: runs.collect() };
    }
    let mut runs: Vec<RawRun> = Vec::with_capacity(outer.runs.len() + inner.runs.len());
    for (ix, run) in outer.runs.iter().enumerate() {
        let text_end = outer.runs.get(ix + 1).map_or(text_len as u32, |next| next.text_start);
        if !run.verbatim {
            let raw = match run.raw_len {
                0 => None,
                len => inner.to_raw(Span::new(run.raw_start, run.raw_start + len), middle_len),
            };
            let (raw_start, raw_len) = raw.map_or((0, 0), |it| (it.start as u32, (it.end - it.start) as u32));
            runs.push(RawRun { text_start: run.text_start, raw_start, raw_len, verbatim: false });
            continue;
        }
        // A verbatim stretch of the middle is cut where the inner runs begin.
        let (from, to) = (run.raw_start, run.raw_start + (text_end - run.text_start));
        let first = inner.runs.partition_point(|it| it.text_start <= from).saturating_sub(1);
        for (inner_ix, it) in inner.runs.iter().enumerate().skip(first) {
            if to <= it.text_start {
                break;
            }
            let it_end = inner.runs.get(inner_ix + 1).map_or(middle_len as u32, |next| next.text_start);
            let (start, end) = (from.max(it.text_start), to.min(it_end));
            if end <= start {
                continue;
            }
            let text_start = run.text_start + (start - from);
            runs.push(if it.verbatim {
                RawRun {
                    text_start,
                    raw_start: it.raw_start + (start - it.text_start),
                    raw_len: end - start,
                    verbatim: true,
                }
            } else {
                RawRun { text_start, ..*it }
            });
        }
    }
    RawMap { runs }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_join_and_are_taken_back() {
        let mut out = MappedText::default();
        out.push_verbatim("ab", 10);
        out.push_verbatim("cd", 12);
        out.push_whole("&", 14..19);
        assert_eq!(out.map.runs.len(), 2);
        out.truncate(3);
        assert_eq!((out.text.as_str(), out.map.runs.len(), out.map.runs[0].raw_len), ("abc", 1, 3));
    }

    #[test]
    fn two_steps_lead_to_the_first_bytes() {
        // raw `a\u0026amp;b` (JSON), middle `a&amp;b` (HTML), text `a&b`.
        let mut inner = MappedText::default();
        inner.push_verbatim("a", 0);
        inner.push_whole("&", 1..7);
        inner.push_verbatim("amp;b", 7);
        let mut outer = MappedText::default();
        outer.push_verbatim("a", 0);
        outer.push_whole("&", 1..6);
        outer.push_verbatim("b", 6);
        let map = join(&outer.map, 3, &inner.map, inner.text.len());
        assert_eq!(map.to_raw(Span::new(1, 2), 3), Some(1..11));
        assert_eq!(map.to_raw(Span::new(2, 3), 3), Some(11..12));
        assert_eq!(map.to_raw(Span::new(0, 3), 3), Some(0..12));
    }
}
