//! Quotation marks: which stretches of a block stand inside them.
//!
//! Curly, straight, doubled single (`''`), single and angle marks. Marks that do not pair are ordinary in news: one left
//! open runs to the end of its block, and opens again in the next when a speech goes on over several paragraphs.

use rapporteur_model::Span;

/// A stretch inside quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Marked {
    /// With its marks.
    pub(crate) outer: Span,
    /// Without them.
    pub(crate) inner: Span,
    /// Whether a closing mark was found.
    pub(crate) closed: bool,
    /// Single marks: a headline's quotation, or a quotation inside another.
    pub(crate) single: bool,
}

/// What kind of mark opened.
#[derive(Clone, Copy, PartialEq)]
enum Mark {
    Curly,
    Straight,
    Doubled,
    Angle,
    CurlySingle,
    StraightSingle,
}

/// Appends the marked stretches of `block`, outermost only, in text order.
pub(crate) fn find(text: &str, block: Span, into: &mut Vec<Marked>) {
    let base = block.start() as usize;
    let words = block.of(text);
    let mut open: Option<(Mark, usize, usize)> = None;
    let mut before = ' ';
    let mut skip = 0;
    for (at, c) in words.char_indices() {
        if at < skip {
            continue;
        }
        let after = words[at + c.len_utf8()..].chars().next().unwrap_or(' ');
        let doubled = matches!((c, after), ('\'', '\'') | ('`', '`') | ('‘', '‘') | ('’', '’'));
        let len = if doubled { c.len_utf8() * 2 } else { c.len_utf8() };
        let next = if doubled { words[at + len..].chars().next().unwrap_or(' ') } else { after };
        let mut close = |mark: Mark, open: &mut Option<(Mark, usize, usize)>| {
            if let Some((opened, start, inner)) = *open
                && opened == mark
            {
                into.push(Marked {
                    outer: Span::at(base + start, base + at + len),
                    inner: Span::at(base + inner, base + at),
                    closed: true,
                    single: matches!(mark, Mark::CurlySingle | Mark::StraightSingle),
                });
                *open = None;
            }
        };
        match c {
            '“' | '„' | '«' | '‹' if open.is_none() || open.is_some_and(|it| is_single(it.0)) => {
                let mark = if matches!(c, '«' | '‹') { Mark::Angle } else { Mark::Curly };
                open = Some((mark, at, at + len));
            }
            '”' => match open {
                Some((Mark::Curly, ..)) => close(Mark::Curly, &mut open),
                Some((Mark::Straight, ..)) => close(Mark::Straight, &mut open),
                _ => {}
            },
            '»' | '›' => close(Mark::Angle, &mut open),
            // German and Polish marks close with the sign that opens in English.
            '“' if open.is_some_and(|it| it.0 == Mark::Curly) && !before.is_whitespace() && !opens(before) => {
                close(Mark::Curly, &mut open);
            }
            '"' | '\'' | '`' | '‘' | '’' if c == '"' || doubled => {
                let mark = if c == '"' { Mark::Straight } else { Mark::Doubled };
                match open {
                    Some((it, ..)) if it == mark => {
                        // A mark between a blank and a word opens: the one before it was never closed.
                        if opens(before) && next.is_alphanumeric() && !rest_is_odd(&words[at + len..], c, len) {
                            open = Some((mark, at, at + len));
                        } else {
                            close(mark, &mut open);
                        }
                    }
                    Some((Mark::Curly, ..)) if mark == Mark::Straight && !opens(before) => {
                        close(Mark::Curly, &mut open)
                    }
                    // "one mark, the other'': a typist's mix, unless two of the other kind stand inside.
                    Some((it @ (Mark::Straight | Mark::Doubled), _, inner))
                        if !opens(before)
                            && !next.is_alphanumeric()
                            && !words[inner..at].contains(&words[at..at + len]) =>
                    {
                        close(it, &mut open);
                    }
                    Some((it, ..)) if !is_single(it) => {}
                    _ if !next.is_whitespace() && (opens(before) || !before.is_alphanumeric()) => {
                        open = Some((mark, at, at + len))
                    }
                    _ => {}
                }
            }
            '‘' if open.is_none() && closes_later(&words[at + len..], '’') => {
                open = Some((Mark::CurlySingle, at, at + len))
            }
            '’' if !next.is_alphanumeric() => close(Mark::CurlySingle, &mut open),
            '\'' => match open {
                None if opens(before) && next.is_alphabetic() && closes_later(&words[at + len..], '\'') => {
                    open = Some((Mark::StraightSingle, at, at + len));
                }
                Some((Mark::StraightSingle, ..)) if !next.is_alphanumeric() => close(Mark::StraightSingle, &mut open),
                _ => {}
            },
            _ => {}
        }
        before = c;
        skip = at + len;
    }
    if let Some((mark, start, inner)) = open
        && !is_single(mark)
    {
        let end = base + words.trim_end().len();
        if base + inner < end {
            into.push(Marked {
                outer: Span::at(base + start, end),
                inner: Span::at(base + inner, end),
                closed: false,
                single: false,
            });
        }
    }
}

fn is_single(mark: Mark) -> bool {
    matches!(mark, Mark::CurlySingle | Mark::StraightSingle)
}

/// Whether a mark after this character may open.
fn opens(before: char) -> bool {
    before.is_whitespace() || matches!(before, '(' | '[' | '—' | '–' | '-' | '/' | ':' | '“' | '"' | '‘')
}

/// Whether an odd number of the same marks is left: then this one closes, odd as its place is.
fn rest_is_odd(rest: &str, mark: char, len: usize) -> bool {
    let n = rest.matches(mark).count();
    let n = if len > mark.len_utf8() { n / 2 } else { n };
    n % 2 == 0
}

/// Whether a single mark is closed within reach: by one that no letter follows. An apostrophe alone is no quotation.
fn closes_later(rest: &str, mark: char) -> bool {
    const REACH_BYTES: usize = 600;
    let mut end = rest.len().min(REACH_BYTES);
    while !rest.is_char_boundary(end) {
        end -= 1;
    }
    rest[..end].match_indices(mark).any(|(at, _)| {
        let after = rest[at + mark.len_utf8()..].chars().next().unwrap_or(' ');
        let before = rest[..at].chars().next_back().unwrap_or(' ');
        !after.is_alphanumeric() && !before.is_whitespace()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inner(text: &str) -> Vec<&str> {
        let mut marked = Vec::new();
        find(text, Span::at(0, text.len()), &mut marked);
        marked.into_iter().map(|it| it.inner.of(text)).collect()
    }

    #[test]
    fn marks_of_every_kind() {
        assert_eq!(inner("“We leave,” she said. “Now.”"), ["We leave,", "Now."]);
        assert_eq!(inner("\"We leave,\" she said. \"Now.\""), ["We leave,", "Now."]);
        assert_eq!(inner("''We leave,'' she said."), ["We leave,"]);
        assert_eq!(inner("«We leave», she said."), ["We leave"]);
        assert_eq!(inner("Talks could be 'pivotal' for Ostrava's mayor"), ["pivotal"]);
        assert_eq!(inner("They must not ‘lose sight that it’s late’"), ["lose sight that it’s late"]);
    }

    #[test]
    fn marks_that_do_not_pair() {
        assert_eq!(inner("“We leave. And we"), ["We leave. And we"]);
        assert_eq!(inner("She said: \"We leave"), ["We leave"]);
        assert_eq!(inner("The workers' plan is the mayor's"), [] as [&str; 0]);
        assert_eq!(inner("“One ‘two’ three,” he said"), ["One ‘two’ three,"]);
        assert_eq!(inner("\""), [] as [&str; 0]);
        assert_eq!(inner("It gave a \"travel warning'' in October. It stands."), ["travel warning"]);
        assert_eq!(inner("\"He said ''no'' to us,\" she said."), ["He said ''no'' to us,"]);
    }
}
