//! What each element means for reading order: where blocks end, what is not shown, what closes by itself.

use rapporteur_model::BlockKind;

/// What an element does to the text around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flow {
    /// Goes on in the line: `a`, `em`, unknown elements.
    Inline,
    /// Stands apart from what is before and after it.
    Block,
    /// A cell of a row: a tab parts it from the one before.
    Cell,
    /// Nothing of it is shown.
    Hidden,
}

/// Name, flow. Names not listed are inline, as browsers show unknown elements.
const ELEMENTS: &[(&str, Flow)] = &[
    ("address", Flow::Block),
    ("amp-sidebar", Flow::Block),
    ("article", Flow::Block),
    ("aside", Flow::Block),
    ("blockquote", Flow::Block),
    ("body", Flow::Block),
    ("button", Flow::Block),
    ("caption", Flow::Block),
    ("center", Flow::Block),
    ("dd", Flow::Block),
    ("details", Flow::Block),
    ("dialog", Flow::Block),
    ("dir", Flow::Block),
    ("div", Flow::Block),
    ("dl", Flow::Block),
    ("dt", Flow::Block),
    ("fieldset", Flow::Block),
    ("figcaption", Flow::Block),
    ("figure", Flow::Block),
    ("footer", Flow::Block),
    ("form", Flow::Block),
    ("h1", Flow::Block),
    ("h2", Flow::Block),
    ("h3", Flow::Block),
    ("h4", Flow::Block),
    ("h5", Flow::Block),
    ("h6", Flow::Block),
    ("header", Flow::Block),
    ("hgroup", Flow::Block),
    ("hr", Flow::Block),
    ("html", Flow::Block),
    ("legend", Flow::Block),
    ("li", Flow::Block),
    ("main", Flow::Block),
    ("menu", Flow::Block),
    ("nav", Flow::Block),
    ("ol", Flow::Block),
    ("optgroup", Flow::Block),
    ("option", Flow::Block),
    ("p", Flow::Block),
    ("pre", Flow::Block),
    ("search", Flow::Block),
    ("section", Flow::Block),
    ("select", Flow::Block),
    ("summary", Flow::Block),
    ("table", Flow::Block),
    ("tbody", Flow::Block),
    ("textarea", Flow::Block),
    ("tfoot", Flow::Block),
    ("thead", Flow::Block),
    ("tr", Flow::Block),
    ("ul", Flow::Block),
    ("td", Flow::Cell),
    ("th", Flow::Cell),
    ("amp-iframe", Flow::Hidden),
    ("applet", Flow::Hidden),
    ("audio", Flow::Hidden),
    ("canvas", Flow::Hidden),
    ("datalist", Flow::Hidden),
    ("head", Flow::Hidden),
    ("iframe", Flow::Hidden),
    ("math", Flow::Hidden),
    ("noembed", Flow::Hidden),
    ("noframes", Flow::Hidden),
    ("noscript", Flow::Hidden),
    ("object", Flow::Hidden),
    ("script", Flow::Hidden),
    ("style", Flow::Hidden),
    ("svg", Flow::Hidden),
    ("template", Flow::Hidden),
    ("title", Flow::Hidden),
    ("video", Flow::Hidden),
];

/// The flow of an element, by its lower-case name.
pub(crate) fn flow(name: &str) -> Flow {
    ELEMENTS.iter().find(|(it, _)| *it == name).map_or(Flow::Inline, |(_, flow)| *flow)
}

/// Elements that have no end tag and no content.
pub(crate) fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "frame"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Elements that an end tag outside does not reach into: the standard's scope.
pub(crate) fn is_barrier(name: &str) -> bool {
    matches!(name, "td" | "th" | "table" | "caption" | "button" | "template" | "object" | "svg")
}

/// Whether the start of `name` ends an open `open` by itself.
pub(crate) fn closes(name: &str, name_flow: Flow, open: &str) -> bool {
    match open {
        "p" => name_flow == Flow::Block && !matches!(name, "button" | "select" | "option" | "optgroup" | "textarea"),
        "li" => name == "li",
        "dt" | "dd" => matches!(name, "dt" | "dd"),
        "option" => matches!(name, "option" | "optgroup"),
        "td" | "th" => matches!(name, "td" | "th" | "tr" | "tbody" | "thead" | "tfoot"),
        "tr" => matches!(name, "tr" | "tbody" | "thead" | "tfoot"),
        "thead" | "tbody" | "tfoot" => matches!(name, "tbody" | "thead" | "tfoot"),
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6"),
        "head" => name == "body",
        "a" => name == "a",
        _ => false,
    }
}

/// Whether the start of `name` may end anything by itself: `false` for most elements inside a line.
pub(crate) fn may_close(name: &str, flow: Flow) -> bool {
    flow == Flow::Block
        || matches!(name, "a" | "li" | "dt" | "dd" | "option" | "optgroup" | "body")
        || matches!(name, "td" | "th" | "tr" | "tbody" | "thead" | "tfoot" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

/// How far up an element looks for what it closes: an `li` closes the `li` of its own list only.
pub(crate) fn stops_closing(name: &str, open: &str, open_flow: Flow) -> bool {
    match name {
        "li" => matches!(open, "ul" | "ol" | "menu" | "dir") || is_barrier(open),
        "dt" | "dd" => matches!(open, "dl") || is_barrier(open),
        "td" | "th" | "tr" | "tbody" | "thead" | "tfoot" => matches!(open, "table" | "template"),
        "body" => false,
        "a" => is_barrier(open) || open_flow == Flow::Block,
        _ => is_barrier(open) || open_flow == Flow::Block && open != "p",
    }
}

/// What the markup says a block is, from the elements round it, innermost first.
pub(crate) fn block_kind(name: &str) -> Option<BlockKind> {
    Some(match name {
        "h1" => BlockKind::Heading(1),
        "h2" => BlockKind::Heading(2),
        "h3" => BlockKind::Heading(3),
        "h4" => BlockKind::Heading(4),
        "h5" => BlockKind::Heading(5),
        "h6" => BlockKind::Heading(6),
        "li" | "dt" | "dd" => BlockKind::ListItem,
        "figcaption" | "caption" => BlockKind::Caption,
        "blockquote" => BlockKind::BlockQuote,
        "tr" => BlockKind::TableRow,
        "pre" => BlockKind::Preformatted,
        "time" | "address" => BlockKind::Stamp,
        "button" | "label" | "option" | "legend" | "textarea" | "nav" | "summary" => BlockKind::Other,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_each_name_once() {
        let mut names: Vec<&str> = ELEMENTS.iter().map(|(name, _)| *name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), ELEMENTS.len());
    }
}
