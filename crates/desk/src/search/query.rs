//! A query as people type it, made into one that FTS5 cannot misread.

use crate::error::Error;

/// A query that was understood.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Query {
    /// As FTS5 takes it: every word in quotes, so that nothing a person types is an operator by chance.
    pub(crate) fts: String,
}

/// Of a word, a prefix must have so many letters: of fewer, half of all words begin so.
const PREFIX_MIN: usize = 2;
const QUERY_BYTES_MAX: usize = 2_000;

/// A word, a phrase or a prefix as typed.
struct Term {
    is_not: bool,
    field: Option<String>,
    words: String,
    is_prefix: bool,
}

impl Term {
    fn fts(&self) -> String {
        let field = self.field.as_ref().map_or_else(String::new, |it| format!("{it} : "));
        let star = if self.is_prefix { " *" } else { "" };
        // SQLite ends a query at a NUL, which no word has.
        format!("{field}\"{}\"{star}", self.words.replace('"', "\"\"").replace('\0', " "))
    }
}

impl Query {
    /// Reads a query over texts with these fields. Words side by side must all be there; `OR` stands between two of which one
    /// is enough; `-` before what must not be there.
    pub(crate) fn parse(text: &str, fields: &[&str]) -> Result<Query, Error> {
        if text.len() > QUERY_BYTES_MAX {
            return Err(Error::asked(format!("the query is longer than {QUERY_BYTES_MAX} bytes")));
        }
        let (mut all, mut not): (Vec<Vec<Term>>, Vec<Term>) = (Vec::new(), Vec::new());
        let mut is_or = false;
        let mut rest = text.trim_start();
        while !rest.is_empty() {
            if let Some(after) =
                rest.strip_prefix("OR").filter(|it| it.is_empty() || it.starts_with(char::is_whitespace))
            {
                if is_or || all.is_empty() || after.trim().is_empty() {
                    return Err(Error::asked("OR stands between two words, as in: ferry OR boat"));
                }
                (is_or, rest) = (true, after.trim_start());
                continue;
            }
            let (term, after) = term(rest, fields)?;
            rest = after.trim_start();
            if term.is_not {
                if is_or {
                    return Err(Error::asked("after OR comes a word to look for, not one with - before it"));
                }
                not.push(term);
            } else if std::mem::take(&mut is_or) {
                if let Some(last) = all.last_mut() {
                    last.push(term);
                }
            } else {
                all.push(vec![term]);
            }
        }
        if all.is_empty() {
            let told = if not.is_empty() {
                "there is nothing to look for; give a word, a \"phrase\", or the beginning of a word with *"
            } else {
                "say what to look for too, not only what must not be there: ferry -inquiry"
            };
            return Err(Error::asked(told));
        }
        let any = |some: &[Term]| some.iter().map(Term::fts).collect::<Vec<_>>().join(" OR ");
        let mut fts = all.iter().map(|it| format!("({})", any(it))).collect::<Vec<_>>().join(" AND ");
        if !not.is_empty() {
            fts = format!("({fts}) NOT ({})", any(&not));
        }
        Ok(Query { fts })
    }
}

/// The first term of `text`, and what comes after it.
fn term<'a>(text: &'a str, fields: &[&str]) -> Result<(Term, &'a str), Error> {
    let mut term = Term { is_not: false, field: None, words: String::new(), is_prefix: false };
    let mut rest = text;
    if let Some(after) = rest.strip_prefix('-').filter(|it| !it.is_empty() && !it.starts_with(char::is_whitespace)) {
        (term.is_not, rest) = (true, after);
    }
    let name_end = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
    if let Some(after) = rest[name_end..].strip_prefix(':').filter(|_| name_end > 0) {
        let name = rest[..name_end].to_ascii_lowercase();
        if !fields.contains(&name.as_str()) {
            let told = format!(
                "there is no field '{name}' to search in; there are {}. To look for the words themselves, put them in \
                 quotes: \"{}\"",
                fields.join(", "),
                rest.split_whitespace().next().unwrap_or(rest)
            );
            return Err(Error::asked(told));
        }
        (term.field, rest) = (Some(name), after.trim_start());
    }
    if let Some(after) = rest.strip_prefix(['"', '“', '”']) {
        let Some(end) = after.find(['"', '“', '”']) else {
            return Err(Error::asked(format!("the quotation mark before '{}' is not closed", after.trim())));
        };
        let mark = after[end..].chars().next().map_or(1, char::len_utf8);
        (term.words, rest) = (after[..end].to_owned(), &after[end + mark..]);
    } else {
        let end = rest.find(|c: char| c.is_whitespace() || c == '"').unwrap_or(rest.len());
        (term.words, rest) = (rest[..end].to_owned(), &rest[end..]);
    }
    if let Some(after) = rest.strip_prefix('*') {
        (term.is_prefix, rest) = (true, after);
    } else if term.words.ends_with('*') {
        term.words = term.words.trim_end_matches('*').to_owned();
        term.is_prefix = true;
    }
    if !term.words.contains(char::is_alphanumeric) {
        let told = if term.words.trim().is_empty() { "an empty word" } else { &*format!("'{}'", term.words) };
        return Err(Error::asked(format!("{told} has no letter or digit to look for")));
    }
    if term.is_prefix && term.words.chars().filter(|it| it.is_alphanumeric()).count() < PREFIX_MIN {
        return Err(Error::asked(format!("'{}*' is too short; give two letters or more before the *", term.words)));
    }
    Ok((term, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fts(text: &str) -> String {
        Query::parse(text, &["title", "text"]).expect("can be read").fts
    }

    fn fails(text: &str) -> String {
        Query::parse(text, &["title", "text"]).expect_err("cannot be read").to_string()
    }

    #[test]
    fn what_people_type_is_understood() {
        assert_eq!(fts("ferry captain"), r#"("ferry") AND ("captain")"#);
        assert_eq!(fts(r#""set out at noon""#), r#"("set out at noon")"#);
        assert_eq!(fts("title:ferry harb*"), r#"(title : "ferry") AND ("harb" *)"#);
        assert_eq!(fts("ferry OR boat sank -inquiry"), r#"(("ferry" OR "boat") AND ("sank")) NOT ("inquiry")"#);
        assert_eq!(fts("10:30"), r#"("10:30")"#);
        // What FTS5 would take for operators is words.
        assert_eq!(fts("NEAR AND NOT (x)"), r#"("NEAR") AND ("AND") AND ("NOT") AND ("(x)")"#);
    }

    #[test]
    fn what_cannot_be_read_says_how() {
        assert!(fails("").contains("nothing to look for") || fails("").contains("say what"));
        assert!(fails("-ferry").contains("ferry -inquiry") || fails("-ferry").contains("nothing"));
        assert!(fails("\"ferry").contains("not closed"));
        assert!(fails("author:x").contains("there are title, text"));
        assert!(fails("a*").contains("too short"));
        assert!(fails("!!!").contains("no letter"));
        assert!(fails("ferry OR").contains("between two words"));
    }

    proptest::proptest! {
        /// Whatever is typed, SQLite understands what we make of it.
        #[test]
        fn nothing_typed_is_a_syntax_error(text in "[a-c\"*:()^+{}\\-' ORANDéß“”]{0,40}") {
            if let Ok(query) = Query::parse(&text, &["title", "text"]) {
                let db = rusqlite::Connection::open_in_memory().expect("memory");
                db.execute_batch("CREATE VIRTUAL TABLE t USING fts5(title, text)").expect("FTS5 is built in");
                let found = db.query_row("SELECT count(*) FROM t WHERE t MATCH ?1", [&query.fts], |row| row.get::<_, i64>(0));
                proptest::prop_assert!(found.is_ok(), "{text:?} became {:?}: {found:?}", query.fts);
            }
        }
    }
}
