//! Sentences about statements: who, the verb of saying the report used, and the words, in marks only where the report has marks.

use rapporteur_model::{Anchor, QuoteKind, StatementContent};

use crate::names::Names;
use crate::retell;
use crate::view::{View, capital, one_line, stop};

/// Direct words beyond this are cut at the end of a sentence.
const QUOTED_WORDS_MAX: usize = 42;
/// Longer reported clauses are not retold.
const CLAUSE_WORDS_MAX: usize = 45;

/// Verbs that need an object before the clause, or whose clause is no plain statement; told as "said".
const ADDRESSED: [&str; 12] =
    ["tell", "inform", "ask", "urge", "assure", "remind", "advise", "accord", "quote", "cite", "call", "describe"];

/// The statement as a sentence.
pub(crate) fn sentence(view: &View<'_>, statement: &StatementContent, names: &mut Names) -> Option<String> {
    let (first, last) = (statement.content.first()?, statement.content.last()?);
    let text = view.report(first.report).text();
    let made = match statement.kind {
        QuoteKind::Direct => {
            let words = direct(text, &statement.content)?;
            format!("{} said: “{words}”", names.list(&statement.speakers))
        }
        QuoteKind::Mixed | QuoteKind::Indirect => {
            if statement.content.len() > 1 {
                return None;
            }
            let clause = Anchor::new(first.report, first.span.cover(last.span));
            let words = retell::words(view, clause)?;
            if words.split(' ').count() > CLAUSE_WORDS_MAX || words.split(' ').count() < 3 {
                return None;
            }
            let marks = |c: char| words.matches(c).count();
            if marks('“') != marks('”') || marks('"') % 2 != 0 || words.starts_with(['“', '"']) && marks('“') == 0 {
                return None;
            }
            let (verb, link) = saying(&statement.cue, &words)?;
            format!("{} {verb}{link}{}", names.list(&statement.speakers), lower_first(view, clause, &words))
        }
    };
    Some(stop(&capital(&made)))
}

/// Direct words without marks around, whole sentences only.
fn direct(text: &str, content: &[Anchor]) -> Option<String> {
    // Pieces of one utterance that the reporter's words part are shown one by one; only the first is taken.
    let words = one_line(content.first()?.span.of(text));
    let words = words.trim_matches(['“', '”', '"', '‘', '’', ' ']);
    if words.contains(['“', '”', '"']) {
        return None;
    }
    let mut kept = String::new();
    let mut n_words = 0;
    for sentence in split_sentences(words) {
        let n = sentence.split(' ').count();
        if n_words > 0 && n_words + n > QUOTED_WORDS_MAX {
            break;
        }
        if !kept.is_empty() {
            kept.push(' ');
        }
        kept.push_str(sentence);
        n_words += n;
    }
    if !(4..=70).contains(&n_words) {
        return None;
    }
    let kept = kept.trim_end_matches([',', ';']).to_owned();
    Some(if kept.ends_with(['.', '!', '?', '…']) { kept } else { format!("{kept}”.").trim_end_matches("”.").to_owned() })
}

/// Splits at full stops followed by a space and a capital; good enough for where to cut.
fn split_sentences(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    for (ix, c) in text.char_indices() {
        let ends = matches!(c, '.' | '!' | '?');
        let rest = &text[ix + c.len_utf8()..];
        let next_is_capital = rest.trim_start().chars().next().is_some_and(char::is_uppercase);
        let short_word = text[start..ix].rsplit(' ').next().is_some_and(|it| it.len() <= 3 && it.starts_with(char::is_uppercase));
        if ends && rest.starts_with(' ') && next_is_capital && !short_word {
            found.push(text[start..ix + c.len_utf8()].trim());
            start = ix + c.len_utf8();
        }
    }
    if start < text.len() {
        found.push(text[start..].trim());
    }
    found
}

/// The verb in the past and what links it to the clause; `None` when the clause cannot follow a verb of saying.
fn saying(lemma: &str, clause: &str) -> Option<(String, &'static str)> {
    let first = clause.split(' ').next().unwrap_or("").to_lowercase();
    let infinitive = first == "to";
    let wh = matches!(first.as_str(), "whether" | "how" | "why" | "what" | "who" | "when" | "where" | "which" | "if");
    let gerund = first.ends_with("ing") && first.len() > 5;
    let preposition = matches!(
        first.as_str(),
        "for" | "of" | "about" | "over" | "on" | "as" | "at" | "in" | "with" | "against" | "by" | "into" | "towards"
    );
    if gerund || preposition || wh {
        return None;
    }
    let verb = past(lemma)?;
    if infinitive {
        let takes = ["promise", "vow", "pledge", "threaten", "offer", "agree", "refuse", "demand", "decline"];
        return takes.contains(&lemma).then_some((verb, " "));
    }
    if ADDRESSED.contains(&lemma) {
        return Some(("said".to_owned(), " that "));
    }
    Some((verb, " that "))
}

/// The past tense of a verb of saying that a that-clause can follow; others become "said".
fn past(lemma: &str) -> Option<String> {
    const REGULAR: [&str; 36] = [
        "add", "announce", "argue", "assert", "claim", "complain", "conclude", "confirm", "contend", "declare", "deny",
        "disclose", "emphasise", "emphasize", "explain", "fear", "hint", "indicate", "insist", "maintain", "mention",
        "note", "pledge", "predict", "promise", "reiterate", "remark", "report", "reply", "reveal", "signal", "state",
        "stress", "suggest", "vow", "warn",
    ];
    const OTHER: [(&str, &str); 10] = [
        ("acknowledge", "acknowledged"), ("admit", "admitted"), ("say", "said"), ("think", "thought"),
        ("hope", "hoped"), ("believe", "believed"), ("write", "wrote"), ("recommend", "recommended"),
        ("demand", "demanded"), ("expect", "expected"),
    ];
    if let Some((_, past)) = OTHER.iter().find(|it| it.0 == lemma) {
        return Some((*past).to_owned());
    }
    if REGULAR.contains(&lemma) {
        let past = if let Some(stem) = lemma.strip_suffix('y').filter(|it| !it.ends_with(['a', 'e', 'o'])) {
            format!("{stem}ied")
        } else if lemma.ends_with('e') {
            format!("{lemma}d")
        } else {
            format!("{lemma}ed")
        };
        return Some(past);
    }
    Some("said".to_owned())
}

/// The clause with a small first letter, unless its first word is a name or an acronym.
fn lower_first(view: &View<'_>, clause: Anchor, words: &str) -> String {
    let tokens = &view.report(clause.report).annotations.tokens;
    let first = tokens.iter().find(|it| it.span.start() >= clause.span.start());
    let keep = first.is_some_and(|it| it.pos == "PROPN") || words.starts_with("I ") || words.starts_with("I’");
    let upper_run = words.chars().take(2).filter(|it| it.is_uppercase()).count() == 2;
    if keep || upper_run {
        return words.to_owned();
    }
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |it| it.to_lowercase().chain(chars).collect())
}


#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_of_saying_in_the_past() {
        for (lemma, past_form) in [("warn", "warned"), ("deny", "denied"), ("note", "noted"), ("say", "said"), ("say!", "said")] {
            assert_eq!(past(lemma).as_deref(), Some(past_form));
        }
    }

    #[test]
    fn a_clause_that_cannot_follow_is_refused() {
        assert_eq!(saying("say", "the talks went well"), Some(("said".to_owned(), " that ")));
        assert_eq!(saying("promise", "to pay"), Some(("promised".to_owned(), " ")));
        assert_eq!(saying("express", "for an end to the war"), None);
        assert_eq!(saying("tell", "the route may reopen"), Some(("said".to_owned(), " that ")));
    }

    #[test]
    fn direct_words_are_cut_at_sentences() {
        let long = "One two three four five. Six seven eight nine ten. ".repeat(5);
        let text = long.trim();
        let content = [Anchor::new(rapporteur_model::ReportIx(0), Span::at(0, text.len()))];
        let words = direct(text, &content).expect("long enough");
        assert!(text.starts_with(&words) && words.ends_with('.') && words.split(' ').count() <= QUOTED_WORDS_MAX);
    }
}
