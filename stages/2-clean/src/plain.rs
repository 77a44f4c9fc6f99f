//! Roles for text without markup: what a line is for is seen from its words and its place.
//!
//! A pasted page has a head (section, stamp, title, byline, bullets), the body, and a tail ("Read also", ©). The body
//! begins with the first line that reads like news and ends with the last. In a whole page pasted with its menus and
//! lists of links (`whole_page`) a learned table says first which lines are worth asking.

mod whole_page;

use crate::words::{ends_sentence, is_all_capitals, is_prose, n_words, trim_marks};
use crate::{Piece, dates, names};
use rapporteur_lexicon::{FurniturePlace, FurnitureRole, Lexicon};
use rapporteur_model::{BlockKind, Report, Role, Span};
use std::collections::BTreeSet;

/// Gives each piece its role. A crawl's first line is cut in two pieces.
pub(crate) fn label(report: &Report, mut pieces: Vec<Piece>, lexicon: &Lexicon) -> Vec<Piece> {
    let text = report.text.as_str();
    split_first_line(text, &mut pieces, lexicon);
    for (ix, piece) in pieces.iter_mut().enumerate() {
        if ix < 6 && piece.how.is_empty() && is_section(piece.span.of(text), lexicon) {
            (piece.role, piece.how) = (Role::Navigation, "section-name");
        }
        if piece.how.is_empty()
            && let Some((role, how)) = by_words(piece.span.of(text), lexicon)
        {
            (piece.role, piece.how) = (role, how);
        }
    }
    let title =
        if whole_page::is_whole_page(text, &pieces) { set_page_aside(text, &mut pieces, lexicon) } else { None };
    if let Some(ix) = title {
        (pieces[ix].role, pieces[ix].how) = (Role::Headline, "line-over-the-text");
    }
    let is_news = |it: &Piece| it.how.is_empty() && is_prose(it.span.of(text)) && !is_bullet(it.span.of(text));
    let first = pieces.iter().position(is_news);
    let Some(first) = first else {
        only_lines(report, &mut pieces);
        return pieces;
    };
    let last = pieces.iter().rposition(is_news).unwrap_or(first);
    head(report, &mut pieces[..first], lexicon);
    middle(text, &mut pieces[first..=last]);
    tail(text, &mut pieces[last + 1..]);
    markdown_headings(report, &mut pieces);
    pieces
}

/// In a whole page, what is surely not the report's text becomes furniture; answers with the line that is the title.
fn set_page_aside(text: &str, pieces: &mut [Piece], lexicon: &Lexicon) -> Option<usize> {
    // Rather too much text than too little: furniture in a body is seen, a paragraph among the furniture is not.
    const LOG_ODDS_MIN: f32 = -0.5;
    const TITLE_REACH: usize = 20;
    let odds = whole_page::log_odds(text, pieces, lexicon);
    let is_text = |ix: usize| LOG_ODDS_MIN <= odds[ix];
    let first = (0..pieces.len())
        .find(|ix| is_text(*ix) && pieces[*ix].how.is_empty() && is_prose(pieces[*ix].span.of(text)))?;
    let words = |span: Span| {
        let content = rapporteur_text::words(span.of(text)).filter(|it| 4 <= it.text.len());
        content.map(|it| rapporteur_text::hash_folded(it.text))
    };
    let body: BTreeSet<u64> =
        (first..pieces.len()).filter(|ix| is_text(*ix)).flat_map(|ix| words(pieces[ix].span)).collect();
    // The title tells in a line what the text tells, and is no sentence with a full stop: that is a standfirst, or a caption.
    let is_title = |line: &str| (3..=30).contains(&n_words(line)) && !line.trim_end().ends_with('.') && !is_menu(line);
    let told = |ix: usize| {
        let (n, n_told) =
            words(pieces[ix].span).fold((0, 0), |(n, told), it| (n + 1, told + i32::from(body.contains(&it))));
        3 * n_told - n
    };
    let title = (first.saturating_sub(TITLE_REACH)..first)
        .rev()
        .filter(|ix| pieces[*ix].how.is_empty() && is_title(pieces[*ix].span.of(text)))
        .max_by_key(|ix| told(*ix));
    for (ix, piece) in pieces.iter_mut().enumerate() {
        let is_head = title.is_some_and(|it| it < ix) && ix < first;
        if piece.how.is_empty() && !is_text(ix) && Some(ix) != title && !is_head {
            (piece.role, piece.how) = (Role::Furniture, "unlike-text");
        }
    }
    title
}

/// `date 2025-12-01 Title`: the line a crawl puts before the text.
fn split_first_line(text: &str, pieces: &mut Vec<Piece>, lexicon: &Lexicon) {
    let Some(first) = pieces.first() else { return };
    let line = first.span.of(text);
    let Some(rest) = line.strip_prefix("date ") else { return };
    let Some((_, span)) = dates::find(rest, lexicon).filter(|(_, span)| span.start() == 0) else { return };
    let start = first.span.start();
    let stamp = Span::new(start, start + 5 + span.end());
    let title = &text[stamp.end() as usize..first.span.end() as usize];
    let title_start = first.span.end() - title.trim_start().len() as u32;
    let title = Span::new(title_start, first.span.end());
    pieces[0] = Piece { span: stamp, role: Role::Stamp, how: "first-line" };
    if !title.is_empty() {
        pieces.insert(1, Piece { span: title, role: Role::Headline, how: "first-line" });
    }
}

/// A role that the words themselves give, wherever they stand.
pub(crate) fn by_words(line: &str, lexicon: &Lexicon) -> Option<(Role, &'static str)> {
    let n = n_words(line);
    if n == 0 {
        return Some((Role::Furniture, "no-words"));
    }
    if 60 < n {
        return None;
    }
    let small = line.get(..12).unwrap_or(line).to_lowercase();
    if n <= 10 && ["source:", "sources:", "source(s):"].iter().any(|it| small.starts_with(it)) {
        return Some((Role::SourceLine, "source-label"));
    }
    // A label, and under it all that it is for, in one block.
    if let Some((label, _)) = line.split_once('\n') {
        let is_label = |labels: &[&str]| labels.iter().any(|it| label.trim().eq_ignore_ascii_case(it));
        match () {
            () if is_label(&["tags", "topics", "filed under"]) => return Some((Role::Navigation, "label-over-list")),
            () if is_label(&[
                "don't miss", "don’t miss", "read more", "read also", "see also", "related", "more from",
            ]) =>
            {
                return Some((Role::Related, "label-over-list"));
            }
            () => {}
        }
    }
    if n == 4 && small.starts_with("image ") && is_gallery_label(line) {
        return Some((Role::Caption, "gallery-label"));
    }
    if let Some(found) = credit_line(line, lexicon) {
        return Some(found);
    }
    // No phrase below is sure in a longer line.
    const PHRASE_WORDS_MAX: usize = 30;
    if PHRASE_WORDS_MAX < n {
        return None;
    }
    if n <= 14
        && let Some((_, span)) = dates::find(line, lexicon)
        && is_stamp(line, span)
    {
        return Some((Role::Stamp, "stamp-line"));
    }
    let found = lexicon.furniture_of(line)?;
    let role = role_of(found.role, line);
    // A phrase inside a long sentence may be what the news is about.
    let is_sure = match (found.strength, found.place) {
        (2, FurniturePlace::Whole) => true,
        (2, FurniturePlace::Prefix) => n <= 30 && !(ends_sentence(line) && 14 <= n && role != Role::Related),
        (2, _) => n <= 25 && !line.contains(['"', '“']),
        (1, FurniturePlace::Whole) => true,
        (1, _) => n <= 12 && !ends_sentence(line),
        _ => false,
    };
    is_sure.then_some((role, "furniture-phrase"))
}

/// "Image 2 of 5".
fn is_gallery_label(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let is_number = |it: &str| it.bytes().all(|it| it.is_ascii_digit());
    matches!(words[..], [_, number, of, total] if of.eq_ignore_ascii_case("of") && is_number(number) && is_number(total))
}

fn role_of(found: FurnitureRole, line: &str) -> Role {
    let small = line.trim_start_matches(|it: char| !it.is_alphanumeric()).to_lowercase();
    match found {
        FurnitureRole::Related => Role::Related,
        FurnitureRole::Subscription | FurnitureRole::Login | FurnitureRole::Consent => Role::Subscription,
        FurnitureRole::Navigation | FurnitureRole::Share => Role::Navigation,
        FurnitureRole::Credit if small.starts_with("source") => Role::SourceLine,
        FurnitureRole::Credit
            if small.starts_with("author") || small.starts_with("by") || small.starts_with("written by") =>
        {
            Role::Byline
        }
        FurnitureRole::Credit
            if ["report", "edit", "writ", "additional", "compiled", "translat", "with "]
                .iter()
                .any(|it| small.starts_with(it)) =>
        {
            Role::SourceLine
        }
        FurnitureRole::Credit => Role::Credit,
        FurnitureRole::Caption => Role::Caption,
        FurnitureRole::Stamp if small.starts_with("correct") || small.starts_with("editor") => Role::Correction,
        FurnitureRole::Stamp | FurnitureRole::ReadTime => Role::Stamp,
        FurnitureRole::Copyright => Role::Legal,
        FurnitureRole::Comment => Role::Comment,
        FurnitureRole::Advert => Role::Advertisement,
        FurnitureRole::Error => Role::Furniture,
    }
}

/// "The lake at dawn. Photograph: Ana Ilves/EPA", "… on Monday. /Jon Pirk/Reuters": words under a picture.
fn credit_line(line: &str, lexicon: &Lexicon) -> Option<(Role, &'static str)> {
    let is_cue_mark = |it: u8| matches!(it, b':' | b'/');
    let has_end = |ends: [&str; 2]| ends.iter().any(|it| line.contains(it));
    if !line.bytes().any(is_cue_mark) && !has_end(["oto by ", "OTO BY "]) && !has_end(["rtesy of ", "RTESY OF "]) {
        return None;
    }
    let small = line.to_lowercase();
    const CUES: &[&str] = &[
        "photograph: ", "photo: ", "photo by ", "photo credit: ", "picture: ", "image: ", "credit: ", "courtesy of ",
        "foto: ",
    ];
    if let Some(at) = CUES.iter().filter_map(|it| small.rfind(it)).max()
        && line.is_char_boundary(at)
        && n_words(&line[at..]) <= 8
    {
        return Some(if at == 0 { (Role::Credit, "credit-line") } else { (Role::Caption, "picture-credit") });
    }
    let tail = line.rsplit(['.', '…', '”', '"']).next().unwrap_or("").trim();
    let tail =
        if tail.is_empty() { line.trim_end_matches(['.', ' ']).rsplit('.').next().unwrap_or("").trim() } else { tail };
    if let Some((_, agency)) = tail.trim_end_matches([')', ']']).rsplit_once('/')
        && n_words(tail) <= 6
        && is_picture_agency(agency.trim(), lexicon)
    {
        return Some(if tail.len() == line.trim().len() {
            (Role::Credit, "credit-line")
        } else {
            (Role::Caption, "picture-credit")
        });
    }
    None
}

fn is_picture_agency(name: &str, lexicon: &Lexicon) -> bool {
    let name = trim_marks(name);
    lexicon.outlet(name).is_some_and(rapporteur_lexicon::Outlet::is_agency)
        || [
            "getty images", "getty", "epa", "epa-efe", "pool", "shutterstock", "alamy", "imago", "pa wire", "pa",
            "ap photo", "rex features", "handout",
        ]
        .contains(&name.to_lowercase().as_str())
}

/// Whether a line with a date is little more than the date: labels, weekday, zone, outlet.
pub(crate) fn is_stamp(line: &str, date: Span) -> bool {
    let rest = format!("{} {}", &line[..date.start() as usize], &line[date.end() as usize..]);
    const LABELS: &[&str] = &[
        "updated", "update", "published", "posted", "last", "modified", "on", "at", "date", "time", "first", "issued",
        "created", "gmt", "utc", "et", "bst", "est", "edt", "ist", "cet", "cest", "min", "read", "mins", "minute",
        "minutes", "am", "pm", "uhr", "stand", "by", "monday", "tuesday", "wednesday", "thursday", "friday",
        "saturday", "sunday", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "local", "and", "ago", "ist", "pt",
        "edited", "publié", "le", "mis", "à", "jour", "aktualisiert", "veröffentlicht", "am", "um", "actualizado",
        "publicado",
    ];
    let n_other = rest
        .split(|it: char| !it.is_alphabetic())
        .filter(|it| !it.is_empty() && !LABELS.contains(&it.to_lowercase().as_str()))
        .count();
    n_other == 0
}

fn is_bullet(line: &str) -> bool {
    line.starts_with(['•', '‣', '▪', '●', '◦', '■'])
        || line.starts_with("- ")
        || line.starts_with("* ")
        || line.starts_with("– ")
}

/// What stands before the body.
fn head(report: &Report, pieces: &mut [Piece], lexicon: &Lexicon) {
    let text = report.text.as_str();
    let n_pieces = pieces.len();
    if is_masthead(text, pieces) {
        (pieces[0].role, pieces[0].how) = (Role::Byline, "outlet-line");
    }
    for piece in pieces.iter_mut().filter(|it| it.how.is_empty()) {
        let line = piece.span.of(text);
        let found = match () {
            () if is_menu(line) => Some((Role::Navigation, "menu-line")),
            () if is_bullet(line) => Some((Role::KeyPoint, "bullet")),
            () if is_section(line, lexicon) => Some((Role::Navigation, "section-name")),
            () if is_outlet_line(line, lexicon) => Some((Role::Byline, "outlet-line")),
            () if is_byline(text, piece.span, lexicon) => Some((Role::Byline, "byline")),
            () if is_dateline(line, lexicon) => Some((Role::Dateline, "capitals-alone")),
            () => None,
        };
        if let Some((role, how)) = found {
            (piece.role, piece.how) = (role, how);
        }
    }
    // The title is the first line left; a declared title says which.
    let declared = report.declared.iter().find(|it| it.name.ends_with(":title") || it.name == "title");
    let is_declared =
        |it: &Piece| declared.is_some_and(|title| trim_marks(&title.value) == trim_marks(it.span.of(text)));
    let has_title = pieces.iter().any(|it| it.role == Role::Headline);
    let title = match pieces.iter().position(is_declared) {
        Some(ix) => Some(ix),
        None if has_title => None,
        None => pieces
            .iter()
            .position(|it| it.how.is_empty() && 2 <= n_words(it.span.of(text)) && n_words(it.span.of(text)) <= 40),
    };
    if let Some(ix) = title {
        (pieces[ix].role, pieces[ix].how) = (Role::Headline, "first-free-line");
    }
    // Whether a point or heading stands between the title and the body: then a last line is a heading of the body.
    let mut is_after_points = false;
    for (ix, piece) in pieces.iter_mut().enumerate() {
        is_after_points |= piece.role == Role::KeyPoint;
        if !piece.how.is_empty() {
            continue;
        }
        let is_last = ix + 1 == n_pieces;
        let n = n_words(piece.span.of(text));
        (piece.role, piece.how) = match () {
            () if n <= 1 => (Role::Navigation, "lone-word"),
            () if is_last && is_after_points => (Role::Subheading, "heading-before-body"),
            () if has_title || title.is_some_and(|it| it < ix) => (Role::Standfirst, "after-title"),
            () => (Role::Furniture, "before-title"),
        };
    }
}

/// A row of menu words: "Home | News | Weather", "News > Disasters", "Home   World   Sign in".
fn is_menu(line: &str) -> bool {
    let line = line.trim();
    let items = |parts: Vec<&str>, n_min: usize| {
        let parts: Vec<&str> = parts.into_iter().map(str::trim).filter(|it| !it.is_empty()).collect();
        parts.len() >= n_min
            && parts.iter().all(|it| {
                n_words(it) <= 3
                    && !it.ends_with(['.', '!', '?', ',', ':'])
                    && it.chars().next().is_some_and(char::is_uppercase)
            })
    };
    ['|', '›', '»', '•', '·'].iter().any(|it| items(line.split(*it).collect(), 3))
        || items(line.split(" > ").collect(), 2)
        || (!line.contains('|') && items(line.split("  ").collect(), 3))
        || items(line.split('\t').collect(), 3)
}

/// A paper's name alone on the first line, over the line with the day.
fn is_masthead(text: &str, pieces: &[Piece]) -> bool {
    let [first, second, rest @ ..] = pieces else {
        return false;
    };
    let line = first.span.of(text);
    let small = ["of", "and", "the", "for", "&"];
    let titled = |it: &str| small.contains(&it) || it.chars().next().is_some_and(char::is_uppercase);
    first.how.is_empty()
        && second.role == Role::Stamp
        && (2..=6).contains(&n_words(line))
        && line.split_whitespace().all(titled)
        && rest.iter().any(|it| it.how.is_empty())
}

// Section names as pages print them over a report.
fn is_section(line: &str, lexicon: &Lexicon) -> bool {
    const SECTIONS: &[&str] = &[
        "africa", "americas", "analysis", "asia", "australia", "business", "economy", "europe", "eu", "international",
        "latin america", "middle east", "news", "opinion", "politics", "uk", "uk news", "us", "us news", "us politics",
        "war", "world", "world news", "national", "environment", "explainer", "features", "asia pacific",
        "asia-pacific", "health", "science", "technology", "ukraine", "russia", "defence", "defense", "security",
        "home",
    ];
    let mut words = trim_marks(line).to_lowercase();
    // "Europe 5 min read"
    if let Some(at) = words.find(|it: char| it.is_ascii_digit())
        && (words.ends_with("read") || words.ends_with("min"))
    {
        words.truncate(at);
    }
    let words = words.trim();
    SECTIONS.contains(&words)
        || (n_words(words) <= 2
            && lexicon
                .furniture_of(words)
                .is_some_and(|it| it.role == FurnitureRole::Navigation && it.place == FurniturePlace::Whole))
}

pub(crate) fn is_outlet_line(line: &str, lexicon: &Lexicon) -> bool {
    n_words(line) <= 5 && lexicon.outlet(trim_marks(line)).is_some()
}

fn is_byline(text: &str, span: Span, lexicon: &Lexicon) -> bool {
    let line = span.of(text);
    let small = line.to_lowercase();
    if small.starts_with("by ") && n_words(line) <= 20 && !ends_sentence(line) {
        return true;
    }
    // "Jennifer Rankin in Brussels and Pjotr Sauer": nothing but names and places.
    if 12 < n_words(line) || ends_sentence(line) {
        return false;
    }
    let found = names::in_byline(text, span, true, lexicon);
    let sure = found.iter().any(|(name, _)| names::has_given_name(name, lexicon));
    let n_name_words: usize = found.iter().map(|(name, _)| n_words(name)).sum();
    sure && n_words(line) <= n_name_words + 3 * found.len()
}

/// "BRUSSELS", "VERRA, Lakeland": a place in capitals, alone on its line.
fn is_dateline(line: &str, lexicon: &Lexicon) -> bool {
    let place = line.split([',', '(']).next().unwrap_or("").trim();
    let n = n_words(line);
    (1..=4).contains(&n)
        && is_all_capitals(place)
        && 3 < place.len()
        && !line.contains(|it: char| it.is_ascii_digit() || "!?:".contains(it))
        && lexicon.furniture_of(line).is_none_or(|it| it.place != FurniturePlace::Whole)
}

fn middle(text: &str, pieces: &mut [Piece]) {
    let n_pieces = pieces.len();
    for (ix, piece) in pieces.iter_mut().enumerate().filter(|(_, it)| it.how.is_empty()) {
        let line = piece.span.of(text);
        let n = n_words(line);
        let small = line.to_lowercase();
        const PROMOS: &[&str] = &[
            "video explainer", "– video", "- video", "— video", "– podcast", "– live", "| video", "in pictures",
            "– explainer", "photo gallery",
        ];
        (piece.role, piece.how) = match () {
            () if n <= 16 && PROMOS.iter().any(|it| small.ends_with(it)) => (Role::Related, "promo-ending"),
            () if n <= 14
                && !ends_sentence(line)
                && !is_bullet(line)
                && !line.ends_with([':', ','])
                && ix + 1 < n_pieces
                && !line.starts_with(['"', '“']) =>
            {
                (Role::Subheading, "short-line")
            }
            () => (Role::Body, "between-prose"),
        };
    }
}

fn tail(text: &str, pieces: &mut [Piece]) {
    let mut is_over = false;
    for piece in pieces {
        is_over |= matches!(piece.role, Role::Related | Role::Legal | Role::Comment | Role::Subscription);
        if !piece.how.is_empty() {
            continue;
        }
        let line = piece.span.of(text);
        (piece.role, piece.how) = match () {
            () if is_over => (Role::Related, "after-the-end"),
            () if ends_sentence(line) || is_bullet(line) => (Role::Body, "short-sentence"),
            () if n_words(line) <= 3 => (Role::Furniture, "loose-words"),
            () => (Role::Related, "loose-line"),
        };
    }
}

/// A text without a sentence of news: a brief of headlines or bullets. The first line is the title, the rest is body.
fn only_lines(report: &Report, pieces: &mut [Piece]) {
    let mut is_first = pieces.iter().all(|it| it.role != Role::Headline);
    for piece in pieces.iter_mut().filter(|it| it.how.is_empty()) {
        let line = piece.span.of(&report.text);
        (piece.role, piece.how) = match () {
            () if is_bullet(line) => (Role::KeyPoint, "bullet"),
            () if is_first && !ends_sentence(line) && 3 <= n_words(line) => (Role::Headline, "first-free-line"),
            () => (Role::Body, "no-prose"),
        };
        is_first = false;
    }
}

fn markdown_headings(report: &Report, pieces: &mut [Piece]) {
    let mut blocks = report.blocks.iter().peekable();
    for piece in pieces {
        while blocks.next_if(|it| it.span.start() < piece.span.start()).is_some() {}
        let Some(block) = blocks.peek().filter(|it| it.span == piece.span) else { continue };
        if let BlockKind::Heading(level) = block.kind
            && !piece.role.is_furniture()
            && piece.role != Role::Headline
        {
            (piece.role, piece.how) =
                if level == 1 { (Role::Headline, "heading") } else { (Role::Subheading, "heading") };
        }
    }
}

/// For the command that learns the table of `whole_page`.
pub mod training {
    pub use super::whole_page::{FEATURES, Features};
    use crate::lines;
    use rapporteur_lexicon::Lexicon;
    use rapporteur_model::{Report, Span};

    /// The lines of a report without markup, mended, and the features of each.
    pub fn line_features(report: &Report, lexicon: &Lexicon) -> Vec<(Span, Features)> {
        let pieces = lines::repair(report);
        let features = super::whole_page::features(&report.text, &pieces, lexicon);
        pieces.iter().map(|it| it.span).zip(features).collect()
    }
}

#[cfg(test)]
mod tests;
