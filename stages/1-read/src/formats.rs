//! The formats a report may come in: one file and one word each.

use crate::ReadOutcome;
use crate::encoding::Decoded;
use crate::limits::Limits;
use rapporteur_model::Span;

/// A file that has been decoded, and what a format needs to make reports of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Input<'a> {
    pub(crate) location: &'a str,
    pub(crate) raw: &'a [u8],
    pub(crate) decoded: &'a Decoded,
    pub(crate) limits: &'a Limits,
}

impl Input<'_> {
    /// The bytes of the file that a stretch of its decoded text came from.
    pub(crate) fn raw_of(&self, span: Span) -> Option<(u32, u32)> {
        let raw = self.decoded.map.to_raw(span, self.decoded.text.len())?;
        Some((raw.start as u32, raw.end as u32))
    }

    /// The name of a report that has none of its own: that of the file, with its number where the file holds several;
    /// the beginning of its hash where the file has no name.
    pub(crate) fn id_of_file(&self, raw_sha256: &str, number: Option<usize>) -> String {
        match (stem(self.location), number) {
            ("" | "-", _) => raw_sha256[..16].to_owned(),
            (stem, Some(number)) => format!("{stem}#{number}"),
            (stem, None) => stem.to_owned(),
        }
    }
}

/// One format.
#[derive(Debug)]
pub(crate) struct Format {
    /// Word in help and messages.
    pub(crate) name: &'static str,
    /// Endings of file names, without the dot.
    pub(crate) extensions: &'static [&'static str],
    /// Whether text that begins so is of this format, whatever its name. The text is without leading white space.
    pub(crate) is_like: fn(&str) -> bool,
    /// Makes reports. Never fails.
    pub(crate) read: fn(Input<'_>) -> ReadOutcome,
}

macro_rules! formats {
    ($($name:ident),* $(,)?) => {
        $(pub(crate) mod $name;)*
        /// All formats, the surest signs first: content is asked in this order, the last takes everything.
        pub(crate) const FORMATS: &[&Format] = &[$(&$name::FORMAT),*];
    };
}

formats! {
    json,
    feed,
    newsml,
    html,
    other_xml,
    markdown,
    plain,
}

/// The format of a text: what it looks like; a name, or a server that says it is HTML, decides only where nothing else
/// does.
pub(crate) fn format_of(location: &str, text: &str, is_said_html: bool) -> &'static Format {
    let text = text.trim_start_matches(['\u{FEFF}', ' ', '\t', '\r', '\n']);
    let named = FORMATS.iter().find(|it| it.extensions.iter().any(|ext| has_extension(location, ext)));
    FORMATS
        .iter()
        .find(|it| (it.is_like)(text))
        // A name may choose among formats that are all only text; it cannot make HTML of what has no tag.
        .or(named.filter(|it| it.name == "markdown"))
        .or((is_said_html && text.contains("</")).then_some(&&html::FORMAT))
        .unwrap_or(&&plain::FORMAT)
}

/// Whether the file name ends in `.ext`, in any case, or in `.ext.gz` where the caller has unpacked it.
pub(crate) fn has_extension(name: &str, ext: &str) -> bool {
    let name = name.strip_suffix(".gz").unwrap_or(name);
    let Some((_, found)) = name.rsplit_once('.') else { return false };
    found.eq_ignore_ascii_case(ext)
}

/// The name of a report that has none of its own: the file's name without its folder and endings.
pub(crate) fn stem(location: &str) -> &str {
    // A member of an archive; other names may hold the mark as well.
    let member = location.rsplit_once('!').filter(|(archive, _)| {
        let known = crate::containers::EXTENSIONS;
        known.iter().any(|it| has_extension(archive, it))
    });
    let location = member.map_or(location, |(_, member)| member);
    let name = location.rsplit(['/', '\\']).next().unwrap_or(location);
    let name = name.strip_suffix(".gz").unwrap_or(name);
    let known = FORMATS.iter().flat_map(|it| it.extensions).any(|ext| has_extension(name, ext));
    match name.rsplit_once('.') {
        Some((stem, _)) if known && !stem.is_empty() => stem,
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_says_more_than_the_name() {
        let name = |location: &str, text: &str| format_of(location, text, false).name;
        assert_eq!(name("a.txt", "\n<!DOCTYPE html><p>x"), "html");
        assert_eq!(name("a.html", "Only words, no tag"), "plain");
        assert_eq!(name("-", "{\"id\": \"1\", \"text\": \"x\"}\n"), "json");
        assert_eq!(name("a.md", "Only words"), "markdown");
        assert_eq!(name("a.txt", "[Update] The talks"), "plain");
        assert_eq!(name("a.txt", "A <b>bold</b> move"), "plain");
        assert_eq!(format_of("a.warc#1", "A <b>bold</b> move", true).name, "html");
        assert_eq!(format_of("a.warc#1", "{\"text\": \"</\"}", true).name, "json");
    }

    #[test]
    fn stems() {
        assert_eq!(stem("news/000.txt"), "000");
        assert_eq!(stem("news/page.html.gz"), "page");
        assert_eq!(stem("v1.2 notes"), "v1.2 notes");
        assert_eq!(stem("a.zip!page.html"), "page");
        assert_eq!(stem("a.tar.gz!b/page.html"), "page");
        assert_eq!(stem("Wow!.txt"), "Wow!");
        assert_eq!(stem("-"), "-");
    }

    #[test]
    fn names_are_unique() {
        for (ix, format) in FORMATS.iter().enumerate() {
            assert!(FORMATS[..ix].iter().all(|it| it.name != format.name));
        }
    }
}
