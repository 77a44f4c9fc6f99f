//! Metadata, each piece with its evidence, or nothing. A date is never lifted from running text.

mod authors;
mod published;

use crate::names::natural_case;
use crate::words::{is_all_capitals, trim_marks};
use crate::{Piece, plain};
use rapporteur_lexicon::Lexicon;
use rapporteur_model::{AnchorDate, Declared, Evidenced, Metadata, Report, Role, Span};

pub(crate) fn find(report: &Report, pieces: &[Piece], lexicon: &Lexicon) -> Metadata {
    let (date_published, date_modified) = published::find(report, pieces, lexicon);
    let outlet = outlet(report, pieces, lexicon);
    let outlet_name = outlet.as_ref().map(|it| it.value.clone());
    let mut metadata = Metadata {
        title: title(report, pieces),
        date_published,
        date_modified,
        authors: authors::find(report, pieces, outlet_name.as_deref(), lexicon),
        outlet,
        dateline: dateline(report, pieces),
        language: language(report, pieces),
        section: section(report, pieces),
        url: address(report).map(|it| Evidenced::declared(it.value.clone(), it.name.clone())),
        anchor: None,
    };
    metadata.anchor = anchor(report, pieces, &metadata, lexicon);
    metadata
}

/// Where the report's own address is declared, the most trusted first. What a crawler asked for comes last: the page
/// knows its lasting address better.
const ADDRESSES: &[&str] = &[
    "json:url", "front-matter:url", "feed:url", "newsml:url", "link:canonical", "og:url", "jsonld:url",
    "warc:target-uri",
];

/// The report's own address: the first declared one that is whole.
pub(crate) fn address(report: &Report) -> Option<&Declared> {
    let named = |name: &&str| report.declared.iter().find(|it| it.name == **name && it.value.starts_with("http"));
    ADDRESSES.iter().find_map(named)
}

/// The declaration of the first of `names` that is there.
pub(crate) fn declared<'a>(report: &'a Report, names: &[&str]) -> Option<&'a Declared> {
    names.iter().find_map(|name| report.declared.iter().find(|it| it.name == *name))
}

fn first(report: &Report, names: &[&str]) -> Option<Evidenced<String>> {
    declared(report, names).map(|it| Evidenced::declared(it.value.clone(), it.name.clone()))
}

fn title(report: &Report, pieces: &[Piece]) -> Option<Evidenced<String>> {
    let text = report.text.as_str();
    let printed = pieces.iter().find(|it| it.role == Role::Headline);
    let stated = first(
        report,
        &[
            "json:title", "front-matter:title", "feed:headline", "newsml:headline", "jsonld:headline", "og:title",
            "itemprop:headline", "twitter:title", "meta:title",
        ],
    );
    let stated = stated.or_else(|| {
        let element = declared(report, &["title"])?;
        Some(Evidenced::declared(without_site(&element.value).to_owned(), "title"))
    });
    match (printed, stated) {
        // The printed title is the title; what the page declares may be cut or made for a search engine.
        (Some(piece), Some(stated))
            if piece.how != "first-free-line" || trim_marks(piece.span.of(text)) == trim_marks(&stated.value) =>
        {
            Some(Evidenced { value: one_line(piece.span.of(text)), spans: vec![piece.span], how: stated.how })
        }
        (_, Some(stated)) => Some(stated),
        (Some(piece), None) => Some(Evidenced::at(one_line(piece.span.of(text)), piece.span, piece.how)),
        (None, None) => None,
    }
}

pub(crate) fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// "Talks resume | The Lake Post": the part that is not the site. The longest part is the title.
pub(crate) fn without_site(title: &str) -> &str {
    let cuts = [" | ", " - ", " – ", " — ", " :: ", " » ", " • ", " · "];
    let Some((at, mark)) = cuts.iter().filter_map(|it| title.rfind(it).map(|at| (at, it))).max() else { return title };
    let (head, tail) = (title[..at].trim(), title[at + mark.len()..].trim());
    let n = |it: &str| it.split_whitespace().count();
    match () {
        () if n(tail) <= 5 && n(tail) < n(head) => head,
        () if n(head) <= 3 && n(head) < n(tail) => tail,
        () => title,
    }
}

fn outlet(report: &Report, pieces: &[Piece], lexicon: &Lexicon) -> Option<Evidenced<String>> {
    let text = report.text.as_str();
    const NAMES: &[&str] = &[
        "json:outlet", "front-matter:outlet", "feed:source", "newsml:provider", "feed:title", "og:site_name",
        "jsonld:publisher.organization", "jsonld:publisher", "meta:application-name", "jsonld-site:name",
    ];
    let stated = NAMES.iter().flat_map(|name| report.declared.iter().filter(move |it| it.name == *name));
    if let Some(found) = stated.into_iter().find(|it| !it.value.starts_with("http") && it.value.len() < 100) {
        return Some(Evidenced::declared(found.value.clone(), found.name.clone()));
    }
    if let Some(piece) = pieces.iter().find(|it| it.how == "outlet-line") {
        return Some(Evidenced::at(trim_marks(piece.span.of(text)).to_owned(), piece.span, "outlet-line"));
    }
    // "© 2025 The Lake Post. All rights reserved."
    let legal = pieces.iter().rev().filter(|it| it.role == Role::Legal);
    for piece in legal {
        let line = piece.span.of(text);
        let Some(at) = line
            .find('©')
            .map(|at| at + '©'.len_utf8())
            .or_else(|| line.to_lowercase().find("copyright").map(|at| at + 9))
        else {
            continue;
        };
        let Some(rest) = line.get(at..) else { continue };
        let rest = rest.trim_start_matches(|it: char| !it.is_alphabetic());
        let name = rest.split(['.', ',', '|', '–', '-']).next().unwrap_or("").trim();
        if lexicon.outlet(name).is_some() {
            let start = piece.span.start() as usize + (line.len() - rest.len());
            return Some(Evidenced::at(name.to_owned(), Span::at(start, start + name.len()), "copyright-line"));
        }
    }
    // A crawler's row names the site at least; a known site has a name of its own.
    // So does the address a crawler asked for.
    let domain = report.declared.iter().find(|it| it.name == "json:domain" && it.value.contains('.'));
    let domain = domain.or_else(|| report.declared.iter().find(|it| it.name == "warc:target-uri"))?;
    let host = domain.value.split_once("://").map_or(domain.value.as_str(), |it| it.1);
    let host = host.split(['/', ':', '?']).next().filter(|it| it.contains('.'))?.trim_start_matches("www.");
    let name = lexicon.outlet_of_host(host).map_or_else(|| host.to_owned(), |it| it.name.to_owned());
    Some(Evidenced::declared(name, domain.name.clone()))
}

/// "BRUSSELS" alone, "BRUSSELS, Dec 1 (Reuters) - …" at the start of the body, or the place in a byline.
fn dateline(report: &Report, pieces: &[Piece]) -> Option<Evidenced<String>> {
    let text = report.text.as_str();
    if let Some(piece) = pieces.iter().find(|it| it.role == Role::Dateline) {
        return Some(Evidenced::at(place_name(piece.span.of(text)), piece.span, piece.how));
    }
    if let Some(piece) = pieces.iter().find(|it| it.role == Role::Body)
        && let Some(len) = leading_dateline(piece.span.of(text))
    {
        let span = Span::at(piece.span.start() as usize, piece.span.start() as usize + len);
        return Some(Evidenced::at(place_name(span.of(text)), span, "leading-capitals"));
    }
    // "Jennifer Ilves in Brussels and …"
    for piece in pieces.iter().filter(|it| it.role == Role::Byline) {
        // Two plain spaces for a hard one keep the places.
        let line = piece.span.of(text).replace('\u{a0}', "  ");
        let Some(at) = line.find(" in ").map(|at| at + 4) else { continue };
        let at = at + (line[at..].len() - line[at..].trim_start().len());
        let rest = &line[at..];
        let len = rest.find([',', '|', '\n']).into_iter().chain(rest.find(" and ")).min().unwrap_or(rest.len());
        let place = rest[..len].trim_end();
        if !place.is_empty()
            && place.len() < 40
            && place.split_whitespace().all(|it| it.starts_with(char::is_uppercase))
        {
            let start = piece.span.start() as usize + at;
            return Some(Evidenced::at(place.to_owned(), Span::at(start, start + place.len()), "byline"));
        }
    }
    // What an agency's item declares.
    let located = declared(report, &["newsml:located", "json:located"])?;
    Some(Evidenced::declared(place_name(&located.value), located.name.clone()))
}

/// The bytes of the place at the start of "KYIV, Dec 1 (AFP) — The", "PARIS (AP) —", "Verra – The".
fn leading_dateline(line: &str) -> Option<usize> {
    const DATELINE_BYTES_MAX: usize = 70;
    let mut end = line.len().min(DATELINE_BYTES_MAX);
    while !line.is_char_boundary(end) {
        end -= 1;
    }
    let head = &line[..end];
    let dash = [" — ", " – ", " - ", " -- ", ": ", "— "].iter().filter_map(|it| head.find(it)).min()?;
    let before = &head[..dash];
    let place = before.split([',', '(', '/']).next().unwrap_or("").trim_end();
    let n = place.split_whitespace().count();
    let is_capitals = is_all_capitals(place) && 2 < place.chars().count();
    let has_credit = before.contains('(') && before.trim_end().ends_with(')') && place.starts_with(char::is_uppercase);
    // A quotation or a label ("UPDATE 1 - ") is no place.
    let is_place = (1..=4).contains(&n) && !place.contains(|it: char| it.is_ascii_digit() || "\"'“”?!".contains(it));
    (is_place && (is_capitals || has_credit)).then_some(place.len())
}

fn place_name(words: &str) -> String {
    let place = words.split([',', '(']).next().unwrap_or("").trim();
    if is_all_capitals(place) { natural_case(place) } else { place.to_owned() }
}

fn language(report: &Report, pieces: &[Piece]) -> Option<Evidenced<String>> {
    let mut sample = String::new();
    for piece in pieces.iter().filter(|it| it.role.is_prose()) {
        sample.push_str(piece.span.of(&report.text));
        sample.push('\n');
        if 2000 < sample.len() {
            break;
        }
    }
    if is_plainly_english(&sample) {
        return Some(Evidenced::declared("en".to_owned(), "words"));
    }
    let detected = whatlang::detect(&sample).filter(|it| it.is_reliable() || 200 < sample.len());
    if let Some(code) = detected.and_then(|it| two_letters(it.lang())) {
        return Some(Evidenced::declared(code.to_owned(), "words"));
    }
    let stated = first(
        report,
        &[
            "json:language", "front-matter:language", "newsml:language", "jsonld:inLanguage", "html:lang",
            "meta:language", "og:locale", "feed:language",
        ],
    )?;
    let tag = stated.value.replace('_', "-");
    let is_tag = (2..=3).contains(&tag.split('-').next()?.len())
        && tag.chars().all(|it| it.is_ascii_alphanumeric() || it == '-');
    is_tag.then(|| Evidenced::declared(tag, stated.how))
}

/// Whether the most common words of English make up so much of the text that no other language is in question: spares
/// most reports the comparison with seventy languages.
fn is_plainly_english(sample: &str) -> bool {
    const WORDS_MIN: usize = 40;
    const SHARE_MIN: f32 = 0.1;
    const COMMON: &[&str] = &["the", "of", "and", "to", "that", "was", "with", "his", "from", "which", "have", "said"];
    let (mut n, mut n_common, mut n_the) = (0, 0, 0);
    for word in sample.split_ascii_whitespace() {
        n += 1;
        n_common += usize::from(COMMON.contains(&word));
        n_the += usize::from(word == "the");
    }
    WORDS_MIN <= n && n < 50 * n_the && n as f32 * SHARE_MIN <= n_common as f32
}

/// BCP 47 prefers the two-letter code where there is one.
fn two_letters(lang: whatlang::Lang) -> Option<&'static str> {
    use whatlang::Lang as L;
    Some(match lang {
        L::Eng => "en",
        L::Rus => "ru",
        L::Cmn => "zh",
        L::Spa => "es",
        L::Por => "pt",
        L::Ita => "it",
        L::Ben => "bn",
        L::Fra => "fr",
        L::Deu => "de",
        L::Ukr => "uk",
        L::Kat => "ka",
        L::Ara => "ar",
        L::Hin => "hi",
        L::Jpn => "ja",
        L::Heb => "he",
        L::Pol => "pl",
        L::Jav => "jv",
        L::Tel => "te",
        L::Tam => "ta",
        L::Kor => "ko",
        L::Tha => "th",
        L::Nld => "nl",
        L::Tur => "tr",
        L::Vie => "vi",
        L::Ell => "el",
        L::Swe => "sv",
        L::Ron => "ro",
        L::Ces => "cs",
        L::Dan => "da",
        L::Fin => "fi",
        L::Hun => "hu",
        L::Nob => "nb",
        L::Bul => "bg",
        L::Bel => "be",
        L::Hrv => "hr",
        L::Srp => "sr",
        L::Slk => "sk",
        L::Slv => "sl",
        L::Lit => "lt",
        L::Lav => "lv",
        L::Est => "et",
        L::Ind => "id",
        L::Urd => "ur",
        L::Pes => "fa",
        L::Mar => "mr",
        L::Guj => "gu",
        L::Pan => "pa",
        L::Kan => "kn",
        L::Mal => "ml",
        L::Aze => "az",
        L::Hye => "hy",
        L::Uzb => "uz",
        L::Afr => "af",
        L::Cat => "ca",
        L::Mkd => "mk",
        other => other.code(),
    })
}

fn section(report: &Report, pieces: &[Piece]) -> Option<Evidenced<String>> {
    if let Some(found) = first(
        report,
        &[
            "json:section", "feed:section", "newsml:section", "article:section", "jsonld:articleSection",
            "itemprop:articleSection", "meta:section",
        ],
    ) {
        return Some(found);
    }
    let piece = pieces.iter().find(|it| it.how == "section-name")?;
    let words = piece.span.of(&report.text);
    let name = words[..words.find(|it: char| it.is_ascii_digit()).unwrap_or(words.len())].trim();
    let span = Span::at(piece.span.start() as usize, piece.span.start() as usize + name.len());
    Some(Evidenced::at(name.to_owned(), span, piece.how))
}

fn anchor(report: &Report, pieces: &[Piece], metadata: &Metadata, lexicon: &Lexicon) -> Option<AnchorDate> {
    let day = |it: &Evidenced<String>| it.value.get(..10).map(str::to_owned);
    if let Some(day) = metadata.date_published.as_ref().and_then(day) {
        return Some(AnchorDate { day, how: "published".to_owned(), confidence: 1.0 });
    }
    if let Some(day) = metadata.date_modified.as_ref().and_then(day) {
        return Some(AnchorDate { day, how: "modified".to_owned(), confidence: 0.9 });
    }
    // A full date in a dateline: "VERRA, Feb 3, 2031 (AFP) -".
    let first = pieces.iter().find(|it| it.role == Role::Body)?;
    let line = first.span.of(&report.text);
    let len = leading_dateline(line)?;
    let (instant, span) = crate::dates::find(line, lexicon)?;
    let is_near = span.start() as usize <= len + 3;
    is_near.then(|| AnchorDate { day: instant.day(), how: "stated-in-text".to_owned(), confidence: 0.9 })
}

/// Whether the line is a stamp: for the parts below.
pub(crate) fn is_stamp_line(line: &str, date: Span) -> bool {
    plain::is_stamp(line, date)
}
