//! Agencies, outlets and documents a report draws on: "Source: The Guardian", "writes the BBC", "with AFP".

use crate::Piece;
use rapporteur_lexicon::Lexicon;
use rapporteur_model::{CitedKind, CitedSource, Report, Role, Span};
use rapporteur_text::{Word, words};

// An outlet's name is at most so many words.
const NAME_WORDS_MAX: usize = 6;

/// In text order.
pub(crate) fn find(report: &Report, pieces: &[Piece], lexicon: &Lexicon) -> Vec<CitedSource> {
    let text = report.text.as_str();
    let mut found: Vec<CitedSource> = Vec::new();
    for piece in pieces {
        if piece.role.is_furniture() || matches!(piece.role, Role::Headline | Role::Stamp) {
            continue;
        }
        let line: Vec<Word<'_>> = words(piece.span.of(text))
            .map(|it| Word { span: it.span.shift(piece.span.start()), text: it.text })
            .collect();
        match piece.role {
            Role::Caption | Role::Credit => picture(text, &line, lexicon, &mut found),
            _ => {
                prose(text, piece, &line, lexicon, &mut found);
                strangers(text, piece, &line, &mut found);
                addresses(text, piece, lexicon, &mut found);
            }
        }
    }
    found.sort_by_key(|it| (it.span, it.kind));
    found.dedup_by(|a, b| a.span == b.span);
    found
}

/// The outlet or agency that begins at word `at`, and how many words its name takes.
fn outlet_at<'a>(text: &str, line: &[Word<'_>], at: usize, lexicon: &'a Lexicon) -> Option<(&'a str, usize)> {
    // Asked for each word of the report: most are no beginning of a name.
    let word = line[at].text;
    if !word.starts_with(|it: char| it.is_uppercase() || it.is_ascii_digit()) || !lexicon.may_begin_outlet(word) {
        let next = line.get(at + 1).map_or("", |it| it.text);
        if !word.eq_ignore_ascii_case("the") || !lexicon.may_begin_outlet(next) {
            return None;
        }
    }
    // No name of any actor that begins here is longer than the longest: mostly there is none.
    // What has no white space for pages is no name either.
    const NAME_BYTES_MAX: usize = 160;
    let start = line[at].span.start() as usize;
    let mut end = (line.last()?.span.end() as usize).min(start + NAME_BYTES_MAX);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let rest = &text[start..end];
    let tokens: Vec<&str> = rest.split_whitespace().take(NAME_WORDS_MAX + 1).collect();
    let n_tokens = [0, 1].into_iter().filter_map(|it| lexicon.matches_at(&tokens, it).map(|(_, n)| it + n)).max()?;
    let n_max = tokens[..n_tokens].iter().map(|it| words(it).count()).sum::<usize>();
    for n in (1..=NAME_WORDS_MAX.min(n_max).min(line.len().saturating_sub(at))).rev() {
        let span = line[at].span.cover(line[at + n - 1].span);
        let name = span.of(text);
        // A name does not run over a sentence's end, and "time" is no magazine.
        if name.contains(['.', '\n']) && !name.contains(".com")
            || !name.starts_with(|it: char| it.is_uppercase() || it.is_ascii_digit())
        {
            continue;
        }
        if let Some(outlet) = lexicon.outlet(name) {
            return Some((outlet.name, n));
        }
    }
    None
}

/// A short ASCII word in small letters; empty for any other word.
#[derive(Debug, Clone, Copy, Default)]
struct Small {
    bytes: [u8; 16],
    len: usize,
}

impl Small {
    fn of(word: &str) -> Small {
        let mut small = Small::default();
        if word.len() <= small.bytes.len() && word.is_ascii() {
            small.bytes[..word.len()].copy_from_slice(word.as_bytes());
            small.bytes.make_ascii_lowercase();
            small.len = word.len();
        }
        small
    }

    fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..self.len]).unwrap_or_default()
    }
}

// Verbs that retell: "writes the BBC", "the BBC reports", "reported by AFP".
const RETELL: &[&str] = &["writes", "reports", "reported", "wrote", "informs", "cites", "citing", "quotes", "quoting"];
const TELL: &[&str] = &["told", "tells"];
const STUDY: &[&str] = &[
    "analysis", "data", "estimate", "estimates", "study", "tally", "calculation", "calculations", "poll", "count",
    "investigation", "survey",
];

fn prose(text: &str, piece: &Piece, line: &[Word<'_>], lexicon: &Lexicon, found: &mut Vec<CitedSource>) {
    // The words that matter here are English, in ASCII, and at most so long.
    let word = |ix: usize| line.get(ix).map_or(Small::default(), |it| Small::of(it.text));
    let before = |ix: usize, back: usize| ix.checked_sub(back).map_or(Small::default(), word);
    let mut at = 0;
    while at < line.len() {
        // "Wire" in "Tarn Wire" is no outlet called The Wire; but "Telling Reuters" opens a sentence.
        let inside_name = at > 1
            && line[at - 1].text.starts_with(char::is_uppercase)
            && !matches!(line[at - 1].text, "The" | "A" | "An")
            && &text[line[at - 1].span.end() as usize..line[at].span.start() as usize] == " "
            && !text[line[at - 2].span.end() as usize..line[at - 1].span.start() as usize]
                .contains(['.', '!', '?', ':', '“', '"', '\n']);
        let Some((name, n)) = outlet_at(text, line, at, lexicon).filter(|_| !inside_name) else {
            at += 1;
            continue;
        };
        let end = at + n;
        // The article belongs to neither side: "writes the BBC", "told the Financial Times".
        let first = if matches!(before(at, 1).as_str(), "the" | "a" | "an") { at - 1 } else { at };
        let (b1, b2) = (before(first, 1), before(first, 2));
        let (b1, b2) = (b1.as_str(), b2.as_str());
        let gap_after =
            line.get(end).map_or("", |it| &text[line[end - 1].span.end() as usize..it.span.start() as usize]);
        let is_bracketed = text[..line[at].span.start() as usize].ends_with('(')
            && text[line[end - 1].span.end() as usize..].starts_with(')');
        let label_gap =
            |ix: usize| text.get(line[ix].span.end() as usize..line[ix + 1].span.start() as usize).unwrap_or("");
        let kind = match () {
            () if matches!(b1, "source" | "sources") && label_gap(first - 1).contains(':') => {
                Some((CitedKind::Republished, first - 1))
            }
            () if b1 == "s" && b2 == "source" => Some((CitedKind::Agency, first - 2)),
            // "Originally published by The Conversation", "first appeared in the Kalvik Post".
            () if matches!(b1, "by" | "in" | "on" | "at")
                && matches!(b2, "published" | "appeared")
                && matches!(before(first, 3).as_str(), "originally" | "first") =>
            {
                Some((CitedKind::Republished, first - 3))
            }
            () if b1 == "from" && matches!(b2, "republished" | "reprinted") => {
                Some((CitedKind::Republished, first - 2))
            }
            () if is_bracketed && at < 12 => Some((CitedKind::Agency, at)),
            () if matches!(b1, "with" | "by") && piece.role != Role::Body => Some((CitedKind::Agency, first - 1)),
            () if b1 == "via" || b1 == "from" && b2 == "inputs" || b1 == "from" && b2 == "files" => {
                Some((CitedKind::Agency, first - 1))
            }
            () if TELL.contains(&b1) && piece.role != Role::Byline => Some((CitedKind::ToldTo, first - 1)),
            () if matches!(b1, "with" | "to") && (b2 == "interview" || b2 == "speaking" || b2 == "spoke") => {
                Some((CitedKind::ToldTo, first - 2))
            }
            () if STUDY.contains(&word(end).as_str()) && (b1 == "to" || b1 == "by" || first != at) => {
                Some((CitedKind::Analysis, first))
            }
            () if STUDY.contains(&b2) && matches!(b1, "by" | "from") => Some((CitedKind::Analysis, first - 2)),
            () if RETELL.contains(&b1) || b1 == "by" && RETELL.contains(&b2) => Some((CitedKind::Retold, first - 1)),
            () if b1 == "to" && b2 == "according" => Some((CitedKind::Retold, first - 2)),
            () if RETELL.contains(&word(end).as_str()) && gap_after == " " => Some((CitedKind::Retold, first)),
            () if word(end).as_str() == "has" && RETELL.contains(&word(end + 1).as_str()) => {
                Some((CitedKind::Retold, first))
            }
            () => None,
        };
        if let Some((kind, from)) = kind {
            let after = match kind {
                CitedKind::Analysis if STUDY.contains(&word(end).as_str()) => end + 1,
                CitedKind::Retold if from == first && !RETELL.contains(&b1) => end + 1,
                _ => end,
            };
            // One agency in "Source(s): Reuters" is a credit for the words; an outlet is where they were taken from.
            let is_agency = lexicon.outlet(name).is_some_and(rapporteur_lexicon::Outlet::is_agency);
            let kind = if kind == CitedKind::Republished && is_agency { CitedKind::Agency } else { kind };
            let span = line[from].span.cover(line[after.min(line.len()) - 1].span);
            let from = if kind == CitedKind::Analysis && b1 == "to" && b2 == "according" {
                line[first - 2].span.cover(span)
            } else {
                span
            };
            found.push(CitedSource { name: name.to_owned(), kind, span: from });
        }
        at = end;
    }
}

/// Outlets and agencies no table knows, in the few forms that nothing else takes: "Source(s): Tarn Wire",
/// "BRIGHTWATER, May 12 (Tarn Wire) -", "…, writes the Haldry Lantern", "via Tarn Wire", "Tarn Wire reports".
fn strangers(text: &str, piece: &Piece, line: &[Word<'_>], found: &mut Vec<CitedSource>) {
    let between = |ix: usize| text.get(line[ix].span.end() as usize..line[ix + 1].span.start() as usize).unwrap_or("");
    let capital = |ix: usize| line[ix].text.starts_with(char::is_uppercase);
    let small = |ix: usize| Small::of(line[ix].text);
    let mut at = 0;
    while at < line.len() {
        if !capital(at) || (at > 0 && capital(at - 1) && between(at - 1) == " ") {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        while end < line.len() && end - at < NAME_WORDS_MAX && capital(end) && between(end - 1) == " " {
            end += 1;
        }
        let span = line[at].span.cover(line[end - 1].span);
        let name = span.of(text);
        let first = if at > 0 && small(at - 1).as_str() == "the" { at - 1 } else { at };
        let before = |back: usize| first.checked_sub(back).map_or(Small::default(), small);
        let head = &text[..span.start() as usize];
        let tail = &text[span.end() as usize..];
        let label = first.checked_sub(1).map_or("", between);
        let several = end - at > 1;
        let named = line[end - 1].text;
        let newsroom = several && NEWSROOM.contains(&named);
        let kind = match () {
            () if piece.role == Role::SourceLine && label.contains(':') && before(1).as_str() == "s" => {
                Some((CitedKind::Agency, first - 2))
            }
            () if matches!(before(1).as_str(), "source" | "sources")
                && label.contains(':')
                && (several || piece.role == Role::SourceLine) =>
            {
                let wire = matches!(named, "Wire" | "Agency" | "Press");
                Some((if wire { CitedKind::Agency } else { CitedKind::Republished }, first - 1))
            }
            () if several
                && at < 12
                && head.ends_with('(')
                && tail.starts_with(") -") | tail.starts_with(") –") | tail.starts_with(") —") =>
            {
                Some((CitedKind::Agency, at))
            }
            () if before(1).as_str() == "writes"
                && first >= 2
                && between(first - 2).contains(',')
                && tail.trim_start().starts_with('.') =>
            {
                Some((CitedKind::Retold, first - 1))
            }
            () if newsroom && before(1).as_str() == "via" => Some((CitedKind::Retold, first - 1)),
            () if newsroom && line.get(end).is_some_and(|it| matches!(it.text, "reports" | "reported")) => {
                Some((CitedKind::Retold, first))
            }
            () => None,
        };
        if let Some((kind, from)) = kind {
            let verb = if kind == CitedKind::Retold && from == first { line[end].span } else { span };
            let span = line[from].span.cover(span).cover(verb);
            // Those of earlier blocks end before this one begins.
            let mut of_block = found.iter().rev().take_while(|it| piece.span.start() < it.span.end());
            if !of_block.any(|it| it.span.overlaps(span)) {
                found.push(CitedSource { name: name.to_owned(), kind, span });
            }
        }
        at = end;
    }
}

/// What stands before the address of the page a report was taken from, in small letters; the longer ones first.
const TAKEN_FROM: &[&str] = &[
    "originally published on", "originally published at", "originally published by", "originally appeared on",
    "first published on", "first published at", "first published by", "first appeared on", "republished from",
    "reprinted from", "source(s):", "sources:", "source:",
];

/// Outlets that are named by the address of their pages: "Source: www.kalvikpost.com", "Originally published at
/// https://kalvikpost.com/ferry". An address without such a word before it is a link and no credit.
fn addresses(text: &str, piece: &Piece, lexicon: &Lexicon, found: &mut Vec<CitedSource>) {
    let block = piece.span.of(text);
    for token in block.split_whitespace().filter(|it| it.contains('.')) {
        let start = token.as_ptr().addr() - block.as_ptr().addr();
        // A label may stand right before the address: "Source:www.kalvikpost.com".
        let colon = token.find(':').filter(|it| !token[*it..].starts_with("://"));
        let start = start + colon.map_or(0, |it| it + 1);
        let before = block[..start].trim_end();
        let Some(label) = TAKEN_FROM.iter().find(|it| ends_with_words(before, it)) else { continue };
        let rest = block[start..].split_whitespace().next().unwrap_or("");
        let address = rest.trim_end_matches(['.', ',', ';', ')', '/']);
        let Some(host) = host_of(address) else { continue };
        let known = lexicon.outlet_of_host(host);
        // "Source: census.example.gov": where figures come from, not the report.
        let data = label.starts_with("source") && known.is_none() && is_of_data(host);
        if data {
            continue;
        }
        let kind = if known.is_some_and(rapporteur_lexicon::Outlet::is_agency) {
            CitedKind::Agency
        } else {
            CitedKind::Republished
        };
        let name = known.map_or(host.strip_prefix("www.").unwrap_or(host), |it| it.name).to_owned();
        let from = piece.span.start() as usize;
        let span = Span::at(from + before.len() - label.len(), from + start + address.len());
        // Those of earlier blocks end before this one begins.
        let mut of_block = found.iter().rev().take_while(|it| piece.span.start() < it.span.end());
        if !of_block.any(|it| it.span.overlaps(span)) {
            found.push(CitedSource { name, kind, span });
        }
    }
}

/// Hosts of states, armies and universities give figures, they publish no news.
fn is_of_data(host: &str) -> bool {
    host.split('.').skip(1).any(|it| matches!(it, "gov" | "gouv" | "gob" | "govt" | "mil" | "edu" | "ac" | "int"))
}

/// Whether a text ends with these words in whatever letters, and not with the end of a longer word.
fn ends_with_words(text: &str, small: &str) -> bool {
    let Some(at) = text.len().checked_sub(small.len()) else { return false };
    text.get(at..).is_some_and(|it| it.eq_ignore_ascii_case(small))
        && !text[..at].ends_with(|it: char| it.is_alphanumeric())
}

/// The host of a web address with or without its scheme: labels of letters, digits and hyphens, the last of small letters
/// alone, so that a sentence begun without a space ("Reuters.The") is none.
fn host_of(address: &str) -> Option<&str> {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#', ':']).next()?;
    let (name, last) = host.rsplit_once('.')?;
    let is_label = |it: &str| !it.is_empty() && it.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    (2 <= last.len() && last.bytes().all(|it| it.is_ascii_lowercase()) && name.split('.').all(is_label)).then_some(host)
}

/// Last words of the names of papers, agencies and stations.
const NEWSROOM: &[&str] = &[
    "Agency", "Broadcasting", "Bulletin", "Chronicle", "Courier", "Daily", "Dispatch", "Echo", "Examiner", "Gazette",
    "Globe", "Guardian", "Herald", "Independent", "Inquirer", "Journal", "Lantern", "Ledger", "Mail", "Mercury",
    "Mirror", "Monitor", "News", "Observer", "Post", "Press", "Radio", "Record", "Register", "Review", "Standard",
    "Star", "Sun", "Telegraph", "Television", "Times", "Tribune", "Voice", "Weekly", "Wire", "World",
];

// In a picture's words only the credit counts: the agency after a slash, a bracket or "Photograph:".
fn picture(text: &str, line: &[Word<'_>], lexicon: &Lexicon, found: &mut Vec<CitedSource>) {
    for at in (0..line.len()).rev().take(8) {
        let lead = text[..line[at].span.start() as usize].chars().next_back();
        if !matches!(lead, Some('/' | '(' | ':' | '|')) && !text[..line[at].span.start() as usize].ends_with(": ") {
            continue;
        }
        if let Some((name, n)) = outlet_at(text, line, at, lexicon) {
            let span = line[at].span.cover(line[at + n - 1].span);
            found.push(CitedSource {
                name: name.to_owned(),
                kind: CitedKind::Picture,
                span: Span::new(span.start(), span.end()),
            });
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, role: Role, expected: &[(&str, &str, &str)]) {
        let report = Report { text: line.to_owned(), ..Report::default() };
        let pieces = [Piece { span: Span::at(0, line.len()), role, how: "" }];
        let cited = find(&report, &pieces, Lexicon::shared());
        let found: Vec<_> = cited.iter().map(|it| (it.name.as_str(), it.kind.as_str(), it.span.of(line))).collect();
        assert_eq!(found, expected, "{line}");
    }

    #[test]
    fn ways_to_cite() {
        check("The ferries will run again, writes the BBC.", Role::Body, &[("BBC", "retold", "writes the BBC")]);
        check(
            "Orlo told the Financial Times that tolls would stay.",
            Role::Body,
            &[("Financial Times", "told-to", "told the Financial Times")],
        );
        check(
            "Tolls fell by a tenth, according to an AFP analysis of receipts.",
            Role::Body,
            &[("Agence France-Presse", "analysis", "according to an AFP analysis")],
        );
        check("Source(s): Reuters", Role::SourceLine, &[("Reuters", "agency", "Source(s): Reuters")]);
        check(
            "Author: Desk Source: The Guardian",
            Role::Byline,
            &[("The Guardian", "republished", "Source: The Guardian")],
        );
        check("VERRA, Feb 3 (Reuters) - Ferries will run.", Role::Body, &[("Reuters", "agency", "Reuters")]);
        check("The lake at dawn. Photograph: Maria Pirk/EPA", Role::Caption, &[("EPA", "picture", "EPA")]);
        check("Reuters reported on Monday that ferries run.", Role::Body, &[("Reuters", "retold", "Reuters reported")]);
        check("The Times are changing on the lake.", Role::Body, &[]);
    }

    #[test]
    fn outlets_named_by_their_address() {
        let line = "Source: www.kalvikpost.com";
        check(line, Role::SourceLine, &[("kalvikpost.com", "republished", line)]);
        check(
            "Source:https://www.reuters.com/a/b",
            Role::SourceLine,
            &[("Reuters", "agency", "Source:https://www.reuters.com/a/b")],
        );
        check(
            "This report was originally published at https://tarn.example/ferry.",
            Role::Body,
            &[("tarn.example", "republished", "originally published at https://tarn.example/ferry")],
        );
        check(
            "It first appeared in the Financial Times.",
            Role::Body,
            &[("Financial Times", "republished", "first appeared in the Financial Times")],
        );
        // A link, a resource, a decimal and an abbreviation are no credits.
        check("More at www.kalvikpost.com today.", Role::Body, &[]);
        check("Resource: www.kalvikpost.com", Role::Body, &[]);
        check("Source: Ferries.The lake is calm.", Role::Body, &[]);
        check("Sources: 4.5 tonnes, U.S. officials", Role::Body, &[]);
    }

    #[test]
    fn outlets_that_no_table_knows() {
        check("Source(s): Tarn Wire", Role::SourceLine, &[("Tarn Wire", "agency", "Source(s): Tarn Wire")]);
        check("Desk Source: Kalvik Post", Role::Byline, &[("Kalvik Post", "republished", "Source: Kalvik Post")]);
        check("VERRA, May 12 (Tarn Wire) - Ferries run.", Role::Body, &[("Tarn Wire", "agency", "Tarn Wire")]);
        check(
            "The lake reopens, writes the Haldry Lantern.",
            Role::Body,
            &[("Haldry Lantern", "retold", "writes the Haldry Lantern")],
        );
        check("Ferries run, Tarn Wire reports.", Role::Body, &[("Tarn Wire", "retold", "Tarn Wire reports")]);
        check("The minister, writes Anna Berg in her memoirs, was late.", Role::Body, &[]);
        check("He came via Port Calder and left.", Role::Body, &[]);
    }
}
