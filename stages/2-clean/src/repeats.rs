//! Repeats: the same words again in the same report, as machine rewrites and pasted pages have them.

use crate::Piece;
use rapporteur_model::Span;
use rapporteur_text::{hash_folded, hash_run, words};
use std::collections::BTreeMap;

// A shorter line may well stand twice without being a copy; a label ("Advertisement") or stamp does no harm.
const WORDS_MIN: usize = 3;

/// For each piece, the earlier words it repeats.
pub(crate) fn find(text: &str, pieces: &[Piece]) -> Vec<Option<Span>> {
    let mut seen: BTreeMap<u64, Span> = BTreeMap::new();
    let mut sentences: BTreeMap<u64, Span> = BTreeMap::new();
    let mut hashes: Vec<u64> = Vec::new();
    let mut starts: Vec<usize> = Vec::new();
    let key = |run: &[u64]| (WORDS_MIN <= run.len()).then(|| hash_run(run));
    pieces
        .iter()
        .map(|piece| {
            hashes.clear();
            starts.clear();
            for word in words(piece.span.of(text)) {
                hashes.push(hash_folded(word.text));
                starts.push(piece.span.start() as usize + word.span.start() as usize);
            }
            let whole = key(&hashes)?;
            if let Some(earlier) = seen.get(&whole) {
                return Some(*earlier);
            }
            seen.insert(whole, piece.span);
            // Else each of its sentences stood in one earlier piece, in whatever order.
            let mut cover: Option<Span> = None;
            let mut is_repeat = true;
            let mut first = 0;
            for sentence in rough_sentences(text, piece.span) {
                let n = starts[first..].partition_point(|it| *it < sentence.end() as usize);
                let run = &hashes[first..first + n];
                first += n;
                let Some(key) = key(run) else { continue };
                match sentences.get(&key) {
                    Some(earlier) => cover = Some(cover.map_or(*earlier, |it| it.cover(*earlier))),
                    None => is_repeat = false,
                }
                sentences.entry(key).or_insert(sentence);
            }
            cover.filter(|it| is_repeat && it.end() <= piece.span.start())
        })
        .collect()
}

// Good enough to compare a text with itself; sentences proper are stage 3's.
fn rough_sentences(text: &str, span: Span) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = span.start() as usize;
    let words = span.of(text);
    for (at, _) in words.match_indices(['.', '!', '?']) {
        let end = span.start() as usize + at + 1;
        if text[end..].starts_with([' ', '\n', '\u{a0}', '"', '”', '’']) && start < end {
            found.push(Span::at(start, end));
            start = end;
        }
    }
    if start < span.end() as usize {
        found.push(Span::at(start, span.end() as usize));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use rapporteur_model::Role;

    #[test]
    fn the_same_words_again() {
        let text = "The ferries run again. Tolls stay.\nThe minister smiled for the camera.\nThe ferries run again.  Tolls stay.\nThe minister smiled for a camera.";
        let mut at = 0;
        let pieces: Vec<Piece> = text
            .split('\n')
            .map(|line| {
                let span = Span::at(at, at + line.len());
                at += line.len() + 1;
                Piece { span, role: Role::Body, how: "" }
            })
            .collect();
        assert_eq!(find(text, &pieces), [None, None, Some(pieces[0].span), None]);
    }
}
