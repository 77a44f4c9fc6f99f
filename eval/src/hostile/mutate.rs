//! Inputs from a number: a seed, some cuts and insertions, sometimes a piece a thousand times over.

use std::path::{Path, PathBuf};

use crate::Outcome;
use crate::chance::Chance;

/// What inputs are made from: whole documents.
#[derive(Debug, Clone, Default)]
pub struct Seeds(Vec<(String, Vec<u8>)>);

impl Seeds {
    /// The reports under `examples/`, and the files below further folders (gzip unpacked), sorted by path.
    pub fn load(folders: &[PathBuf]) -> Outcome<Seeds> {
        let mut seeds = Seeds::default();
        let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples");
        let mut todo = vec![examples];
        todo.extend(folders.iter().cloned());
        while let Some(folder) = todo.pop() {
            let entries =
                std::fs::read_dir(&folder).map_err(|why| format!("cannot list {}: {why}", folder.display()))?;
            for path in entries.flatten().map(|it| it.path()) {
                if path.is_dir() {
                    todo.push(path);
                } else {
                    let bytes = std::fs::read(&path).map_err(|why| format!("cannot read {}: {why}", path.display()))?;
                    let bytes = crate::corpora::unpacked(bytes)?;
                    seeds.0.push((path.to_string_lossy().into_owned(), bytes));
                }
            }
        }
        seeds.0.sort();
        if seeds.0.is_empty() { Err("no seeds".to_owned()) } else { Ok(seeds) }
    }

    /// How many.
    pub fn n(&self) -> usize {
        self.0.len()
    }
}

/// Chooses places and pieces.
struct Dice(Chance);

impl Dice {
    /// Below `n`; 0, and no number is used up, when `n` is 0: the numbers of kept findings hang on it.
    fn below(&mut self, n: usize) -> usize {
        if n == 0 { 0 } else { self.0.below(n) }
    }

    fn range(&mut self, len: usize, len_max: usize) -> std::ops::Range<usize> {
        let start = self.below(len + 1);
        let end = (start + self.below(len_max + 1)).min(len);
        start..end
    }

    fn piece(&mut self) -> &'static [u8] {
        PIECES[self.below(PIECES.len())]
    }
}

/// Names an input may come under; what it is, its bytes say.
const LOCATIONS: &[&str] = &["a.html", "a.txt", "a.md", "a.json", "a.jsonl", "a.xml", "-"];

/// What is put in: markup that opens and never ends, odd bytes, words that rules look for.
const PIECES: &[&[u8]] = &[
    b"<",
    b">",
    b"\"",
    b"'",
    b"&",
    b"=",
    b"\0",
    b"\n",
    b"\r",
    b"\t",
    b"\xFF",
    b"\xC3",
    b"\xE2\x80",
    b"\xF0\x9F",
    b"\xEF\xBB\xBF",
    b"\xFF\xFE",
    b"\xFE\xFF",
    b"\x1B$B",
    b"\xE2\x80\xAE",
    b"<!--",
    b"-->",
    b"<!",
    b"<?xml",
    b"]]>",
    b"<![CDATA[",
    b"<script>",
    b"</script>",
    b"<style>",
    b"<title>",
    b"</title>",
    b"<title><script>x</script>",
    b"<textarea>",
    b"<noscript>",
    b"<template>",
    b"<svg>",
    b"<math>",
    b"<plaintext>",
    b"<pre>",
    b"<table>",
    b"<td>",
    b"<select>",
    b"<p>",
    b"</p>",
    b"<div>",
    b"</div>",
    b"<article>",
    b"</article>",
    b"<li>",
    b"<h1>",
    b"<br>",
    b"<a href=\"",
    b"<p class='",
    b"<div class=related>",
    b"<div id=comments>",
    b"<div style='display:none'>",
    b"<time datetime=2031-02-03>",
    b"<meta charset=gbk>",
    b"<meta charset=utf-16>",
    b"<meta charset=iso-2022-jp>",
    b"<meta name=author content=\"",
    b"<meta property=og:title content='x'>",
    b"<base href=//x>",
    b"<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"headline\":\"",
    b"{\"@graph\":[",
    b"\"author\":[",
    b"{\"text\":\"",
    b"{\"html\":\"<p>",
    b"\"}\n",
    b"[[[[",
    b"{\"a\":",
    b"\\u0000",
    b"\\ud800",
    b"\\\"",
    b"1e999",
    b"&#",
    b"&#0;",
    b"&#x110000;",
    b"&amp",
    b"&notin;",
    b"&nbsp;",
    b"&NotEqualTilde;",
    b"&#xD800;",
    b"Source: Reuters\n",
    b"(Reuters) - ",
    b"By Ana Ilves\n",
    b"Updated 2031.02.03 21:11 GMT+8\n",
    b"2031-02-30",
    b"99:99",
    b"31 February 20311",
    b"Photo: ",
    b"Read also: ",
    b"\xC2\xA9 ",
    b"Sign in to continue",
    b"BRUSSELS ",
    b"told the BBC",
    b"\xE2\x80\x9C",
    b"\xE2\x80\x9D",
    b"# ",
    b"> ",
    b"- ",
    b"```\n",
    b"---\n",
    b"![](",
    b"[x]: ",
    b"**",
    b"<rss><channel><item><title>",
    b"<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry>",
    b"WARC/1.0\r\n",
    b"Content-Length: 99999999999\r\n\r\n",
    b"\x1F\x8B\x08",
    b"%PDF-",
    b"PK\x03\x04",
    b"From: a@b\n\n",
];

/// Input number `number`: the name it comes under, and at most about `bytes_max` bytes.
pub fn input(seeds: &Seeds, number: u64, bytes_max: usize) -> (&'static str, Vec<u8>) {
    let mut dice = Dice(Chance(number));
    let (name, seed) = &seeds.0[dice.below(seeds.0.len())];
    let mut bytes = seed[..seed.len().min(bytes_max)].to_vec();
    // Mostly under its own kind of name.
    let named = LOCATIONS.iter().find(|it| name.trim_end_matches(".gz").ends_with(it.trim_start_matches('a')));
    let location = match named {
        Some(named) if dice.below(4) > 0 => named,
        _ => LOCATIONS[dice.below(LOCATIONS.len())],
    };
    for _ in 0..1 + dice.below(12) {
        change(&mut bytes, seeds, &mut dice, bytes_max);
        bytes.truncate(bytes_max);
    }
    if dice.below(30) == 0 {
        bytes = recoded(&bytes, &mut dice);
    }
    (location, bytes)
}

fn change(bytes: &mut Vec<u8>, seeds: &Seeds, dice: &mut Dice, bytes_max: usize) {
    let len = bytes.len();
    match dice.below(12) {
        // Cut off.
        0 => bytes.truncate(dice.below(len + 1)),
        1 => drop(bytes.drain(..dice.below(len / 2 + 1))),
        // A piece left out, said twice, or moved.
        2 => drop(bytes.drain(dice.range(len, 2000))),
        3 => {
            let again = bytes[dice.range(len, 2000)].to_vec();
            insert(bytes, dice.below(len + 1), &again);
        }
        4 => {
            let moved: Vec<u8> = bytes.drain(dice.range(len, 2000)).collect();
            let at = dice.below(bytes.len() + 1);
            insert(bytes, at, &moved);
        }
        // A piece of another document.
        5 => {
            let other = &seeds.0[dice.below(seeds.0.len())].1;
            let piece = other[dice.range(other.len(), 20_000)].to_vec();
            insert(bytes, dice.below(len + 1), &piece);
        }
        // Bytes that are others.
        6 => {
            for _ in 0..1 + dice.below(20) {
                let at = dice.below(len.max(1));
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = dice.0.roll() as u8;
                }
            }
        }
        // One piece, or a few glued together, many times over: what is quadratic shows here.
        7 => {
            let mut piece = dice.piece().to_vec();
            for _ in 0..dice.below(3) {
                piece.extend_from_slice(dice.piece());
            }
            if dice.below(2) == 0 {
                piece = bytes[dice.range(len, 60)].to_vec();
            }
            let room = (bytes_max.saturating_sub(len)) / piece.len().max(1);
            let n = if dice.below(8) == 0 { room } else { dice.below(room.min(2000) + 1) };
            insert(bytes, dice.below(len + 1), &piece.repeat(n));
        }
        _ => {
            for _ in 0..1 + dice.below(6) {
                let at = dice.below(bytes.len() + 1);
                insert(bytes, at, dice.piece());
            }
        }
    }
}

fn insert(bytes: &mut Vec<u8>, at: usize, piece: &[u8]) {
    drop(bytes.splice(at..at, piece.iter().copied()));
}

/// The same words in another encoding.
fn recoded(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    let text = String::from_utf8_lossy(bytes);
    match dice.below(4) {
        0 => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        1 => [&b"\xFE\xFF"[..], &text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>()].concat(),
        2 => encoding_rs::GB18030.encode(&text).0.into_owned(),
        _ => encoding_rs::ISO_2022_JP.encode(&text).0.into_owned(),
    }
}
