//! XML as a tree of places: every character of an element's text leads back to the file.
//!
//! Nothing is expanded but the five references of XML, character numbers and the fixed names of HTML, which many feeds
//! use without saying so. Entities that a DOCTYPE defines stay as they are written, and a problem says so: expanding
//! them is how a small file becomes a large one.
//!
//! Left alone on purpose: namespaces beyond the local name, and whether the file is valid.

use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::Event;
use rapporteur_model::{Problem, Span};

use crate::html::{entities, tokens};
use crate::limits::Limits;
use crate::raw_map::MappedText;

/// An element with its own characters (those of its children are with them).
#[derive(Debug, Default)]
pub(crate) struct Element<'a> {
    /// Name as written, with its prefix.
    pub(crate) name: &'a str,
    attributes: &'a str,
    pub(crate) text: MappedText,
    pub(crate) children: Vec<Element<'a>>,
    /// What stands between its tags.
    pub(crate) inner: Range<usize>,
}

impl<'a> Element<'a> {
    /// Name without its prefix.
    pub(crate) fn local(&self) -> &'a str {
        local(self.name)
    }

    /// The first child of this local name.
    pub(crate) fn child(&self, name: &str) -> Option<&Element<'a>> {
        self.children.iter().find(|it| it.local() == name)
    }

    /// All children of this local name.
    pub(crate) fn all<'b>(&'b self, name: &'b str) -> impl Iterator<Item = &'b Element<'a>> {
        self.children.iter().filter(move |it| it.local() == name)
    }

    /// The child of a child and so on.
    pub(crate) fn path(&self, names: &[&str]) -> Option<&Element<'a>> {
        names.iter().try_fold(self, |it, name| it.child(name))
    }

    /// An attribute by its name as written, references decoded.
    pub(crate) fn attribute(&self, name: &str) -> Option<String> {
        let found = tokens::attributes(self.attributes, 0).find(|it| it.name == name)?;
        Some(entities::decode(found.value))
    }

    /// Its characters without the white space round them; `None` where there are none.
    pub(crate) fn value(&self) -> Option<&str> {
        Some(self.text.text.trim()).filter(|it| !it.is_empty())
    }

    /// Where those characters stand in the file's text.
    pub(crate) fn place(&self) -> Option<Range<usize>> {
        self.text.map.to_raw(Span::at(0, self.text.text.len()), self.text.text.len())
    }

    /// What stands between its tags as HTML: without the prefix that its elements may have.
    pub(crate) fn as_html(&self, source: &str) -> MappedText {
        let mut out = MappedText::with_capacity(self.inner.len());
        let prefix = self.children.first().and_then(|it| it.name.split_once(':')).map(|it| it.0);
        let Some(prefix) = prefix else {
            out.push_verbatim(&source[self.inner.clone()], self.inner.start);
            return out;
        };
        let mark = format!("{prefix}:");
        let mut from = self.inner.start;
        for at in memchr::memmem::find_iter(&source.as_bytes()[self.inner.clone()], mark.as_bytes()) {
            let at = self.inner.start + at;
            if source[..at].ends_with('<') || source[..at].ends_with("</") {
                out.push_verbatim(&source[from..at], from);
                from = at + mark.len();
            }
        }
        out.push_verbatim(&source[from..self.inner.end], from);
        out
    }
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// The local name of the first element, behind declarations and comments; `None` where none is near.
pub(crate) fn root_name(text: &str) -> Option<&str> {
    let mut rest = text.trim_start();
    // A prologue has few parts.
    for _ in 0..32 {
        let after = match () {
            () if rest.starts_with("<?") => rest.find("?>")? + 2,
            () if rest.starts_with("<!--") => rest.find("-->")? + 3,
            () if rest.get(..9).is_some_and(|it| it.eq_ignore_ascii_case("<!DOCTYPE")) => {
                let end = rest.find('>')?;
                match rest.find('[').filter(|it| *it < end) {
                    Some(open) => {
                        open + rest[open..].find("]")? + rest[open + rest[open..].find("]")?..].find('>')? + 1
                    }
                    None => end + 1,
                }
            }
            () => break,
        };
        rest = rest.get(after..)?.trim_start();
    }
    let rest = rest.strip_prefix('<')?;
    let len = rest.find(|it: char| !it.is_alphanumeric() && !"_-.:".contains(it)).unwrap_or(rest.len());
    Some(local(&rest[..len])).filter(|it| !it.is_empty())
}

/// Reads `source`. What comes before damage is kept. The root element, and what is wrong.
pub(crate) fn parse<'a>(source: &'a str, limits: &Limits) -> (Option<Element<'a>>, Vec<Problem>) {
    let mut reader = Reader::from_str(source);
    let config = reader.config_mut();
    config.allow_dangling_amp = true;
    config.allow_unmatched_ends = true;
    config.check_end_names = false;
    let mut tree = Tree { source, stack: vec![Element::default()], problems: Vec::new(), ..Tree::default() };
    loop {
        let start = reader.buffer_position() as usize;
        let event = reader.read_event();
        let end = (reader.buffer_position() as usize).min(source.len());
        match event {
            Ok(Event::Eof) => break,
            Ok(event) => tree.event(&event, start.min(end), end, limits),
            Err(e) => {
                let line = 1 + memchr::memchr_iter(b'\n', &source.as_bytes()[..end]).count();
                let message = format!("is broken XML near line {line}: {e}; what comes before is kept");
                tree.problems.push(Problem::new("xml-damaged", message));
                break;
            }
        }
        if limits.xml_elements_max <= tree.n_elements {
            let message = format!("has more than {} elements; the rest is left out", limits.xml_elements_max);
            tree.problems.push(Problem::new("xml-too-many-elements", message));
            break;
        }
    }
    tree.finish()
}

#[derive(Default)]
struct Tree<'a> {
    source: &'a str,
    // The first is no element: it holds the root.
    stack: Vec<Element<'a>>,
    n_elements: usize,
    // Elements that came when the stack was full and whose end is still to come.
    n_not_opened: usize,
    n_not_expanded: usize,
    is_too_deep: bool,
    problems: Vec<Problem>,
}

impl<'a> Tree<'a> {
    fn event(&mut self, event: &Event<'_>, start: usize, end: usize, limits: &Limits) {
        let source = self.source;
        let Some(raw) = source.get(start..end) else { return };
        match event {
            Event::Start(_) => {
                if limits.xml_depth_max <= self.stack.len() {
                    self.is_too_deep = true;
                    self.n_not_opened += 1;
                    return;
                }
                self.n_elements += 1;
                self.stack.push(element(raw, end));
            }
            Event::Empty(_) => {
                self.n_elements += 1;
                let element = element(raw, end);
                self.parent().children.push(element);
            }
            Event::End(_) => {
                if 0 < self.n_not_opened {
                    self.n_not_opened -= 1;
                    return;
                }
                let name = raw.trim_start_matches("</").trim_end_matches('>').trim();
                // The end of an element that is not open closes nothing; one further out closes all inside.
                if let Some(ix) = self.stack.iter().rposition(|it| it.name == name).filter(|ix| 0 < *ix) {
                    while ix < self.stack.len() {
                        self.close(start);
                    }
                }
            }
            Event::Text(_) => self.parent().text.push_verbatim(raw, start),
            Event::CData(_) => {
                let text = raw.strip_prefix("<![CDATA[").and_then(|it| it.strip_suffix("]]>")).unwrap_or("");
                self.parent().text.push_verbatim(text, start + "<![CDATA[".len());
            }
            Event::GeneralRef(_) => match entities::reference(raw, false).filter(|(_, len)| *len == raw.len()) {
                Some((value, _)) => self.parent().text.push_whole(&value, start..end),
                None => {
                    self.n_not_expanded += 1;
                    self.parent().text.push_verbatim(raw, start);
                }
            },
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) | Event::Eof => {}
        }
    }

    fn parent(&mut self) -> &mut Element<'a> {
        if self.stack.is_empty() {
            self.stack.push(Element::default());
        }
        let last = self.stack.len() - 1;
        &mut self.stack[last]
    }

    fn close(&mut self, end: usize) {
        let Some(mut element) = self.stack.pop() else { return };
        element.inner.end = end.max(element.inner.start);
        self.parent().children.push(element);
    }

    fn finish(mut self) -> (Option<Element<'a>>, Vec<Problem>) {
        while 1 < self.stack.len() {
            self.close(self.source.len());
        }
        if self.is_too_deep {
            self.problems.push(Problem::new("nesting-too-deep", "elements lie too deep in others; read as text"));
        }
        if 0 < self.n_not_expanded {
            let message = format!("{} references to unknown entities are left as they stand", self.n_not_expanded);
            self.problems.push(Problem::new("xml-entity-unknown", message));
        }
        let root = self.parent().children.drain(..).next();
        (root, self.problems)
    }
}

/// `<name attributes>` that ends at `end`.
fn element(raw: &str, end: usize) -> Element<'_> {
    let tag = raw.trim_start_matches('<').trim_end_matches('>').trim_end_matches('/');
    let len = tag.find(|it: char| it.is_whitespace()).unwrap_or(tag.len());
    Element { name: &tag[..len], attributes: &tag[len..], inner: end..end, ..Element::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_lead_back() {
        let source = "<?xml version='1.0'?><a x='1 &amp; 2'>Tea &amp; caf&#xe9;<![CDATA[ <b>]]><b/>&nbsp;&own;</a>";
        let (root, problems) = parse(source, &Limits::default());
        let root = root.unwrap();
        assert_eq!(root.text.text, "Tea & café <b>\u{a0}&own;");
        assert_eq!(root.attribute("x").as_deref(), Some("1 & 2"));
        let at = root.text.text.find('é').unwrap();
        let raw = root.text.map.to_raw(Span::at(at, at + 2), root.text.text.len()).unwrap();
        assert_eq!(&source[raw], "&#xe9;");
        let at = root.text.text.find("<b>").unwrap();
        let raw = root.text.map.to_raw(Span::at(at, at + 3), root.text.text.len()).unwrap();
        assert_eq!(&source[raw], "<b>");
        assert_eq!(problems[0].code, "xml-entity-unknown");
    }

    #[test]
    fn entities_of_a_doctype_stay_small() {
        let source = "<!DOCTYPE a [<!ENTITY b \"&c;&c;\"><!ENTITY c \"x\">]><a>&b;&b;</a>";
        let (root, problems) = parse(source, &Limits::default());
        assert_eq!(root.unwrap().text.text, "&b;&b;");
        assert!(problems[0].message.starts_with("2 references"));
        assert_eq!(root_name(source), Some("a"));
    }

    #[test]
    fn what_comes_before_damage_is_kept() {
        let (root, problems) = parse("<a><b>one</b><c>two</a><d", &Limits::default());
        let root = root.unwrap();
        assert_eq!(root.child("b").and_then(Element::value), Some("one"));
        assert_eq!(root.child("c").and_then(Element::value), Some("two"));
        assert_eq!(problems[0].code, "xml-damaged");
        let deep = "<a>".repeat(100_000);
        assert!(parse(&deep, &Limits::default()).1.iter().any(|it| it.code == "nesting-too-deep"));
    }

    #[test]
    fn prefixes_are_taken_out_of_markup() {
        let source = "<e xmlns:h='x'><h:div><h:p>One.</h:p></h:div></e>";
        let (root, _) = parse(source, &Limits::default());
        assert_eq!(root.unwrap().as_html(source).text, "<div><p>One.</p></div>");
    }
}
