//! The claims as brat standoff: for each report its text as `ID.txt`, and as `ID.ann` the places that say each claim.
//!
//! A place is an entity of the claim's kind (`Act`, `Statement`, `Figure`), its note the claim as a sentence with the verdict and
//! the number of origins. Offsets are code points. A place that runs over a line break or another control character is cut
//! there into parts, as brat has it. `annotation.conf` lists the kinds, so that the folder opens as it is.

use std::collections::BTreeMap;

use rapporteur_model::{Anchor, Claim, Content, ReportIx};
use rapporteur_text::Offsets;

use super::run::{code_points, escaped, plain, report, reports, uuid};
use super::{Export, File, Page, Write};

pub(crate) const EXPORT: Export = Export {
    name: "brat",
    extension: "",
    media_type: "text/plain",
    about: "a folder: each report's text, and beside it the places of the claims (brat standoff)",
    write: Write::Folder(write),
};

const CONFIGURATION: &str = "[entities]\nAct\nStatement\nFigure\n\n[relations]\n\n[events]\n\n[attributes]\n";
/// The longest file name made from an id, in bytes, without its ending: file systems hold 255.
const NAME_BYTES_MAX: usize = 200;

fn write(pages: &[Page<'_>]) -> Vec<File> {
    let counters = code_points(pages);
    let mut places: BTreeMap<ReportIx, Vec<(Anchor, &Claim, String)>> = BTreeMap::new();
    for page in pages {
        for claim in page.claims {
            let sentence = plain(&crate::sentence(claim, page.reports));
            for at in &claim.support {
                places.entry(at.report).or_default().push((*at, claim, sentence.clone()));
            }
        }
    }
    let mut files = vec![File { name: "annotation.conf".to_owned(), text: CONFIGURATION.to_owned() }];
    for (ix, page) in reports(pages) {
        let report = report(page, ix);
        let stem = stem(report.id());
        let mut found = places.remove(&ix).unwrap_or_default();
        // In the order of the text; claims of one place stay in the order of their weight.
        found.sort_by_key(|(at, ..)| at.span);
        let text = annotations(report.text(), &found, &counters[ix.ix()]);
        files.push(File { name: format!("{stem}.txt"), text: report.text().to_owned() });
        files.push(File { name: format!("{stem}.ann"), text });
    }
    files
}

fn annotations(text: &str, found: &[(Anchor, &Claim, String)], counter: &Offsets<'_>) -> String {
    let mut out = String::new();
    let mut n = 0;
    for (at, claim, sentence) in found {
        let parts = parts(text, at.span.range());
        if parts.is_empty() {
            continue;
        }
        n += 1;
        let kind = match claim.content {
            Content::Act(_) => "Act",
            Content::Statement(_) => "Statement",
            Content::Figure(_) => "Figure",
        };
        let offset = |it: usize| counter.at(it as u32);
        let places: Vec<String> = parts.iter().map(|it| format!("{} {}", offset(it.start), offset(it.end))).collect();
        let words: Vec<&str> = parts.iter().map(|it| &text[it.clone()]).collect();
        out += &format!("T{n}\t{kind} {}\t{}\n", places.join(";"), words.join(" "));
        let n_origins = claim.origins.len();
        let origins = if n_origins == 1 { "1 origin".to_owned() } else { format!("{n_origins} origins") };
        out += &format!("#{n}\tAnnotatorNotes T{n}\t{sentence} [{}, {origins}]\n", claim.verdict.as_str());
    }
    out
}

/// The parts of a place between characters that end a line or a field of the file.
fn parts(text: &str, place: std::ops::Range<usize>) -> Vec<std::ops::Range<usize>> {
    let Some(words) = text.get(place.clone()) else { return Vec::new() };
    let cut = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    let mut found = Vec::new();
    let mut at = place.start;
    for piece in words.split(cut) {
        let inner = piece.trim();
        let start = at + (piece.len() - piece.trim_start().len());
        if !inner.is_empty() {
            found.push(start..start + inner.len());
        }
        at += piece.len();
        at += text[at..].chars().next().map_or(0, char::len_utf8);
    }
    found
}

/// A file name made from an id, whatever stands in it: no folder, nothing hidden, nothing too long.
fn stem(id: &str) -> String {
    let name = escaped(id, '%', "-._");
    let name = if name.starts_with('.') { name.replacen('.', "%2E", 1) } else { name };
    if name.len() <= NAME_BYTES_MAX { name } else { format!("{}-{}", &name[..NAME_BYTES_MAX - 37], uuid(&[id])) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_cut_at_line_breaks() {
        let text = "a: one \n\n two\tthree. b";
        let words: Vec<&str> = parts(text, 3..20).into_iter().map(|it| &text[it]).collect();
        assert_eq!(words, ["one", "two", "three."]);
        assert!(parts("\n\n", 0..2).is_empty());
        assert!(parts("é", 0..1).is_empty());
    }

    #[test]
    fn a_file_name_leaves_no_folder() {
        assert_eq!(stem("../../etc"), "%2E.%2F..%2Fetc");
        assert_eq!(stem("03-harbour"), "03-harbour");
        assert_eq!(stem(&"é".repeat(200)).len(), NAME_BYTES_MAX);
    }
}
