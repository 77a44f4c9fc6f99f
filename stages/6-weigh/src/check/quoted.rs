//! Words in quotation marks: they must stand in a report letter for letter, and be that speaker's.

use std::collections::BTreeSet;

use rapporteur_model::{Anchor, Quote, ReportIx, Span};

use super::windows::Claimed;
use crate::cast::CastIx;
use crate::story::View;

/// What comes of the words in marks.
pub(super) enum Quoted {
    /// All stand in a report: the words, and a place of each.
    Verbatim(Vec<(Span, Vec<Anchor>)>),
    /// Some stand in none or are somebody else's: why, where the like stands, and the words.
    Misquoted(String, Option<Anchor>, Span),
}

/// A report's text as [`plain`] makes it.
pub(super) struct Plain {
    report: ReportIx,
    text: String,
    at: Vec<u32>,
}

/// The texts of all reports but the brief, for looking words up in.
pub(super) fn plain_reports(view: &View<'_>, brief: ReportIx) -> Vec<Plain> {
    let others = view.story.reports.iter().copied().filter(|it| *it != brief);
    let made = others.map(|report| {
        let (text, at) = plain(view.report(report).text());
        Plain { report, text, at }
    });
    made.collect()
}

/// Looks up all words in marks.
pub(super) fn quoted(view: &View<'_>, others: &[Plain], claimed: &Claimed) -> Quoted {
    let mut verbatim = Vec::new();
    let text = view.report(claimed.report).text();
    for marked in marked(text, claimed.span) {
        let words = marked.of(text);
        // "…" parts pieces of one utterance.
        let pieces: Vec<String> = words
            .split('…')
            .flat_map(|it| it.split("..."))
            .map(|it| plain(it).0.trim_matches(|c: char| !c.is_alphanumeric()).to_owned())
            .filter(|it| !it.is_empty())
            .collect();
        if pieces.is_empty() {
            continue;
        }
        let mut places: Vec<Anchor> = Vec::new();
        for other in others {
            let found: Vec<Span> = pieces.iter().filter_map(|it| find(&other.text, &other.at, it)).collect();
            if found.len() == pieces.len() {
                places.extend(found.first().map(|it| Anchor::new(other.report, *it)));
            }
        }
        if places.is_empty() {
            return Quoted::Misquoted(format!("“{words}” stands in no report"), None, marked);
        }
        let told_by = |report: ReportIx, at: Span| -> BTreeSet<CastIx> {
            let known = &view.report(report).annotations;
            let meets = |it: &&Quote| it.quoted.iter().chain(&it.content).any(|it| it.overlaps(at));
            // The innermost attribution is the speaker's own.
            let narrowest =
                known.quotes.iter().filter(meets).min_by_key(|it| it.content.iter().map(|it| it.len()).sum::<u32>());
            let speakers = narrowest.into_iter().flat_map(|it| it.speakers.iter());
            speakers.filter_map(|it| view.cast.of(report, *it)).filter(|it| view.cast.is_named(*it)).collect()
        };
        let ours = told_by(claimed.report, marked);
        let theirs: Vec<(Anchor, BTreeSet<CastIx>)> =
            places.iter().map(|it| (*it, told_by(it.report, it.span))).filter(|it| !it.1.is_empty()).collect();
        // A word or two in marks may be anybody's.
        let long = words.split_whitespace().count() >= SPEECH_WORDS_MIN;
        let another = theirs.first().filter(|_| long).filter(|_| {
            let known = theirs.len() * 2 >= places.len();
            !ours.is_empty() && known && theirs.iter().all(|it| it.1.is_disjoint(&ours))
        });
        if let Some((place, speakers)) = another {
            let names: Vec<&str> = speakers.iter().map(|it| view.cast.member(*it).party.name.as_str()).collect();
            return Quoted::Misquoted(format!("“{words}” are words of {}", names.join(" and ")), Some(*place), marked);
        }
        verbatim.push((marked, places));
    }
    Quoted::Verbatim(verbatim)
}

/// So many words in marks are somebody's speech.
const SPEECH_WORDS_MIN: usize = 4;

/// What stands between double marks inside a stretch, without the marks.
fn marked(text: &str, within: Span) -> Vec<Span> {
    let mut found = Vec::new();
    let mut open: Option<u32> = None;
    for (at, c) in within.of(text).char_indices() {
        let at = within.start() + at as u32;
        let after = at + c.len_utf8() as u32;
        match (c, open) {
            ('“' | '„', _) => open = Some(after),
            ('”', Some(from)) => {
                found.push(Span::new(from, at));
                open = None;
            }
            ('"', None) => open = Some(after),
            ('"', Some(from)) => {
                found.push(Span::new(from, at));
                open = None;
            }
            _ => {}
        }
    }
    found.retain(|it| it.of(text).split_whitespace().count() > 0);
    found
}

/// A text in small letters with plain marks and single blanks, and for each of its bytes where it stands in the text.
fn plain(text: &str) -> (String, Vec<u32>) {
    let mut out = String::with_capacity(text.len());
    let mut at: Vec<u32> = Vec::with_capacity(text.len());
    let mut blank = true;
    for (ix, c) in text.char_indices() {
        let c = match c {
            '‘' | '’' | '`' | '´' => '\'',
            '“' | '”' | '„' => '"',
            '–' | '—' | '‑' => '-',
            c if c.is_whitespace() => ' ',
            c => c,
        };
        if c == ' ' && blank {
            continue;
        }
        blank = c == ' ';
        for lower in c.to_lowercase() {
            out.push(lower);
            at.resize(out.len(), ix as u32);
        }
    }
    (out, at)
}

/// Where some plain words stand in the text that a plain one was made of, as whole words.
fn find(haystack: &str, at: &[u32], words: &str) -> Option<Span> {
    let edge = |c: Option<char>| c.is_none_or(|it| !it.is_alphanumeric());
    haystack.match_indices(words).find_map(|(from, _)| {
        let to = from + words.len();
        let whole = edge(haystack[..from].chars().next_back()) && edge(haystack[to..].chars().next());
        let end = at.get(to).copied().unwrap_or_else(|| at.last().map_or(0, |it| it + 1));
        whole.then(|| Span::new(at[from], end))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_whatever_the_marks() {
        let text = "She said:\n“It’s  over – now.”";
        let (haystack, at) = plain(text);
        let span = find(&haystack, &at, "it's over - now").expect("there");
        assert_eq!(span.of(text), "It’s  over – now");
        assert!(find(&haystack, &at, "ver").is_none(), "only whole words");
    }

    #[test]
    fn both_kinds_of_marks_are_read() {
        let text = "He said “yes” and \"no\".";
        let words: Vec<&str> = marked(text, Span::at(0, text.len())).into_iter().map(|it| it.of(text)).collect();
        assert_eq!(words, ["yes", "no"]);
    }
}
