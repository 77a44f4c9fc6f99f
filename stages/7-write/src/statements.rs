//! Sentences about statements: who, the verb of saying the report used, and the words, in marks only where the report has marks.

use rapporteur_model::{Anchor, Annotations, MentionKind, Party, QuoteKind, Role, Span, StatementContent, Token};

use crate::names::Names;
use crate::retell;
use crate::speakers::{is_conceded, is_first_name, is_hearsay, speakers};
use crate::standing::HANGING;
use crate::view::{View, capital, one_line, stop};

/// Direct words beyond this are cut at the end of a sentence.
const QUOTED_WORDS_MAX: usize = 32;
/// Longer reported clauses are not retold.
const CLAUSE_WORDS_MAX: usize = 45;

/// The statement as a sentence.
pub(crate) fn sentence(view: &View<'_>, statement: &StatementContent, names: &mut Names) -> Option<String> {
    if in_headline(view, *statement.content.first()?) || statement.speakers.iter().any(is_bare) {
        return None;
    }
    // "Students freed", and below it "These are the students": a line and the next are no sentence.
    if statement.content.iter().any(|it| it.span.of(view.report(it.report).text()).contains('\n')) {
        return None;
    }
    let first_name = statement.speakers.iter().any(|it| is_first_name(view, it));
    if first_name || is_hearsay(view, statement) || is_conceded(view, statement) {
        return None;
    }
    let made = match statement.kind {
        QuoteKind::Direct => {
            let first = statement.content.first()?;
            let known = &view.report(first.report).annotations;
            // A fragment in marks needs the reporter's words around it; one that opens with "he" or "that" needs what went before.
            if points_back(known, view.report(first.report).text(), first.span) {
                return None;
            }
            if !is_clause(known, first.span) || !stands_alone(view.report(first.report).text(), *first) {
                return None;
            }
            let words = direct(view.report(first.report).text(), &statement.content)?;
            // "Mr. Novak acknowledges": somebody speaks for Novak.
            let of_self = |it: &Party| it.is_person && words.contains(&format!("Mr. {}", it.short));
            if words.contains(['#', '@']) || statement.speakers.iter().any(of_self) {
                return None;
            }
            format!("{} said: “{words}”", speakers(view, statement, names)?)
        }
        // What somebody needs or is after is told of them, not said by them.
        QuoteKind::Mixed | QuoteKind::Indirect if is_pursuit(&statement.cue) => {
            return None;
        }
        QuoteKind::Mixed | QuoteKind::Indirect => {
            let told = told(view, statement)?;
            // Single marks half inside of the words would stand unpaired.
            let lower = told.to_lowercase();
            if HANGING.iter().any(|it| lower.contains(it))
                || told.contains(" at the time")
                || told.contains(" '")
                || told.contains("'.")
                || told.contains(" ‘") != told.contains("’ ") && told.contains(" ‘")
            {
                return None;
            }
            // "The Gleaner said that the Office … said": whose word it is, the inner speaker's own entry says.
            if outer_saying(&told) {
                return None;
            }
            let n_words = told.split(' ').count();
            let fits = (4..=CLAUSE_WORDS_MAX).contains(&n_words) && marks_paired(&told);
            if !fits || retell::in_first_person(&told) || retell::judges(&told) {
                return None;
            }
            // "X said that X of the office said": the words run over the report's own attribution.
            if statement.speakers.iter().any(|it| told.contains(it.name.as_str())) {
                return None;
            }
            format!("{} {told}", speakers(view, statement, names)?)
        }
    };
    Some(stop(&capital(&made)))
}

/// "has sought a role", "needs a loan".
fn is_pursuit(cue: &str) -> bool {
    matches!(cue.rsplit(' ').next(), Some("seek" | "sought" | "need" | "like" | "try"))
}

/// A person known by one word alone: "Michelle said" tells nobody who that is, "actor Michael said" hardly. Crowned and
/// ordained people are known by one.
fn is_bare(party: &Party) -> bool {
    const KNOWN_BY_ONE: [&str; 12] = [
        "king", "queen", "prince", "princess", "pope", "emperor", "empress", "sultan", "emir", "patriarch",
        "archbishop", "cardinal",
    ];
    let office = party.office.as_deref().unwrap_or("").to_lowercase();
    // "Tranquilizing Harambe said …": a verb taken for a given name.
    let first = party.name.split(' ').next().unwrap_or("");
    if party.is_person && first.len() > 5 && first.ends_with("ing") {
        return true;
    }
    // "Comedienne Sarah", "Contributor Michael": what somebody does, taken for a name.
    let lexicon = rapporteur_lexicon::Lexicon::shared();
    if let Some((first, given)) = party.name.split_once(' ') {
        const DOERS: [&str; 8] = ["tor", "ter", "ist", "ian", "enne", "ess", "star", "host"];
        let is_doer = DOERS.iter().any(|it| first.ends_with(it)) && lexicon.given_name(first).is_none();
        return party.is_person && is_doer && !given.contains(' ') && lexicon.given_name(given).is_some();
    }
    // A surname with an office is somebody: "Chancellor Scholz". A given name is not.
    let is_given = lexicon.given_name(&party.name).is_some();
    party.is_person && (office.is_empty() || is_given && !office.split(' ').any(|it| KNOWN_BY_ONE.contains(&it)))
}

/// Whether somebody else says what is said.
fn outer_saying(told: &str) -> bool {
    told.split_once(" that ").is_some_and(|(_, said)| {
        let plain = crate::standing::outside_marks(said);
        [" said ", " says "].iter().any(|it| plain.contains(it))
    })
}

/// Whether a place stands in a headline, in its shorthand.
fn in_headline(view: &View<'_>, at: Anchor) -> bool {
    let blocks = &view.report(at.report).article.blocks;
    blocks.iter().any(|it| it.span.overlaps(at.span) && matches!(it.role, Role::Headline | Role::Subheading))
}

/// What follows the speaker's name: the report's own verb and words where they stand in that order, else "said that …".
fn told(view: &View<'_>, statement: &StatementContent) -> Option<String> {
    let [content] = statement.content[..] else {
        return None;
    };
    let whole = Anchor::new(content.report, cue_span(view, content).map_or(content.span, |it| it.cover(content.span)));
    if retell::loose_time(view, whole)
        || view.line(content).contains(" that week")
        || means_another(view, content, &statement.speakers)
    {
        return None;
    }
    let known = &view.report(content.report).annotations;
    let quote = known.quotes.iter().find(|it| it.content.iter().any(|it| it.contains(content.span)))?;
    let cue = quote.cue.first()?;
    let in_order = quote.source.iter().all(|it| it.end() <= cue.start())
        && cue.end() <= content.span.start()
        && known.sentence_at(cue.start()) == known.sentence_at(content.span.start());
    if !ends_well(view.report(content.report).text(), content.span) || !opens_safely(view, content, &statement.speakers)
    {
        return None;
    }
    if in_order && let Some(from) = verb_group(known, *cue) {
        let clause = is_clause(known, content.span);
        // "welcomed an announcement" stands as it is; with more words between, the verb's object may be another.
        let opening = known.tokens.iter().find(|it| it.span.start() >= content.span.start());
        let near =
            content.span.start() - cue.end() <= 8 && opening.is_some_and(|it| !matches!(it.pos, "ADP" | "SCONJ"));
        if clause || near {
            // "said damaged her neck": after a verb of saying only a clause or a quotation makes sense.
            let says =
                matches!(statement.cue.as_str(), "say" | "tell" | "add" | "note" | "claim" | "believe" | "think");
            let marked = quote.quoted.iter().any(|it| it.start() <= content.span.start() + 3);
            if says && !clause && !marked {
                return None;
            }
            let told = retell::dated(view, Anchor::new(content.report, from.cover(content.span)))?;
            // "added" asks what came before.
            let plain = told.strip_prefix("added ").map(|it| format!("said {it}"));
            let plain = plain.or_else(|| told.strip_prefix("adds ").map(|it| format!("says {it}")));
            return Some(plain.unwrap_or(told));
        }
        return None;
    }
    if !is_clause(known, content.span) {
        return None;
    }
    let words = retell::dated(view, content)?;
    // "added" asks what came before.
    let cue = if statement.cue == "add" { "say" } else { &statement.cue };
    Some(format!("{} that {}", past(cue), lower_first(known, content.span, &words)))
}

/// The words of saying that go with some content.
pub(crate) fn cue_span(view: &View<'_>, content: Anchor) -> Option<Span> {
    let quotes = &view.report(content.report).annotations.quotes;
    quotes.iter().find(|it| it.content.iter().any(|it| it.contains(content.span)))?.cue.first().copied()
}

/// Whether the words stop where the report's own phrase does: at a mark, or at the reporter's next words.
fn ends_well(text: &str, span: Span) -> bool {
    let rest = &text[span.end() as usize..];
    // A list that goes on behind the comma is cut.
    if rest.starts_with(',') && 1 < span.of(text).matches(',').count() {
        return false;
    }
    let closed = rest.trim_start_matches(['”', '"', '’', '\'']);
    closed.is_empty()
        || closed.starts_with(['.', ',', ';', ':', '!', '?', '–', '—', ')', '\n', '-'])
        || closed.trim_start().starts_with(['–', '—', '-'])
        || ["and ", "but ", "as ", "while ", "after ", "when ", "in an ", "in a ", "on ", "during "]
            .iter()
            .any(|it| closed.trim_start().starts_with(it))
        || span.of(text).ends_with(['.', ',', '!', '?'])
}

/// From the first auxiliary of the finite verb of saying to the verb; `None` for nouns, gerunds and infinitives.
fn verb_group(known: &Annotations, cue: Span) -> Option<Span> {
    let at = known.tokens.iter().position(|it| cue.contains(it.span) && it.pos == "VERB")?;
    let verb = &known.tokens[at];
    let auxiliaries = known.tokens[at.saturating_sub(5)..at]
        .iter()
        .filter(|it| it.head.ix() == at && matches!(it.dep, "aux" | "auxpass" | "neg"));
    let first = auxiliaries.map(|it| it.span).reduce(Span::cover);
    let finite =
        matches!(verb.tag, "VBD" | "VBZ" | "VBP") || (first.is_some() && matches!(verb.tag, "VBN" | "VB" | "VBG"));
    finite.then(|| first.map_or(verb.span, |it| it.cover(verb.span)).cover(cue))
}

/// Whether the content is a clause: its top word is a finite verb with a subject of its own, and no relative clause.
/// Something of the kind can follow "said that".
fn is_clause(known: &Annotations, span: Span) -> bool {
    let first = known.tokens.partition_point(|it| it.span.start() < span.start());
    let n = known.tokens[first..].iter().take_while(|it| it.span.end() <= span.end()).count();
    let inside = first..first + n;
    let finite = |tag: &str| matches!(tag, "VBD" | "VBZ" | "VBP" | "MD");
    let Some(opening) = known.tokens.get(first).filter(|_| n > 2) else {
        return false;
    };
    if matches!(opening.tag, "WDT" | "WP" | "WRB" | "TO" | "VBG" | "CC" | "MD") || matches!(opening.dep, "mark") {
        return false;
    }
    // 'the “only way is …”': the article outside belongs to the words inside.
    let cut_off = first.checked_sub(1).map(|it| &known.tokens[it]).is_some_and(|before| {
        inside.contains(&before.head.ix()) && matches!(before.dep, "det" | "amod" | "compound" | "poss" | "nummod")
    });
    let marks_before =
        first.checked_sub(2).filter(|it| known.tokens[it + 1].pos == "PUNCT").map(|it| &known.tokens[it]);
    let cut_off = cut_off || marks_before.is_some_and(|it| inside.contains(&it.head.ix()) && it.dep == "det");
    if cut_off {
        return false;
    }
    // The top words: those whose head lies outside, or themselves.
    inside.clone().filter(|ix| known.tokens[*ix].dep != "punct").any(|top| {
        let token = &known.tokens[top];
        let is_top = !inside.contains(&token.head.ix()) || token.head.ix() == top;
        if !is_top || !matches!(token.pos, "VERB" | "AUX") || matches!(token.dep, "relcl" | "acl") {
            return false;
        }
        let mut children = inside.clone().map(|ix| &known.tokens[ix]).filter(|it| it.head.ix() == top);
        let subject = children
            .clone()
            .any(|it| matches!(it.dep, "nsubj" | "nsubjpass" | "expl" | "csubj") && !matches!(it.tag, "WDT" | "WP"));
        subject && (finite(token.tag) || children.any(|it| it.dep.starts_with("aux") && finite(it.tag)))
    })
}

/// Whether a pronoun that opens the content means the speaker; one that means something else would hang in the air.
fn opens_safely(view: &View<'_>, content: Anchor, speakers: &[Party]) -> bool {
    let report = view.report(content.report);
    let known = &report.annotations;
    let Some(token) = known.tokens.iter().find(|it| it.span.start() >= content.span.start()) else {
        return false;
    };
    let word = token.span.of(report.text()).to_lowercase();
    match word.as_str() {
        "he" | "she" | "they" | "his" | "her" | "their" => known
            .mentions
            .iter()
            .find(|it| it.span == token.span)
            .and_then(|it| it.actor)
            .and_then(|it| known.actors.get(it.ix()))
            .is_some_and(|actor| speakers.iter().any(|it| it.name == actor.name || actor.aliases.contains(&it.name))),
        "it" => known.tokens.iter().any(|it| it.span == token.span && it.dep == "expl") || is_empty_it(known, token),
        "this" | "that" | "these" | "those" | "its" => token.dep == "det",
        "i" | "we" | "my" | "our" | "you" => false,
        _ => true,
    }
}

/// Whether a pronoun in the content, outside of marks, means a person who is neither the speaker nor named before it in these
/// words: "vowed to continue his fight", whose?
fn means_another(view: &View<'_>, content: Anchor, speakers: &[Party]) -> bool {
    const PERSONS: [&str; 8] = ["he", "she", "him", "her", "his", "hers", "himself", "herself"];
    let report = view.report(content.report);
    let known = &report.annotations;
    let quoted: Vec<Span> = known.quotes.iter().flat_map(|it| it.quoted.iter().copied()).collect();
    known.tokens[view.tokens(content)].iter().filter(|it| !quoted.iter().any(|mark| mark.contains(it.span))).any(
        |token| {
            if !PERSONS.contains(&token.span.of(report.text()).to_lowercase().as_str()) {
                return false;
            }
            let actor = known.mentions.iter().find(|it| it.span == token.span).and_then(|it| it.actor);
            let Some(actor) = actor.and_then(|it| Some((it, known.actors.get(it.ix())?))) else { return true };
            let speaks = speakers.iter().any(|it| it.name == actor.1.name || actor.1.aliases.contains(&it.name));
            let is_named = || {
                known.mentions.iter().any(|it| {
                    it.actor == Some(actor.0)
                        && it.kind != MentionKind::Pronominal
                        && content.span.start() <= it.span.start()
                        && it.span.end() <= token.span.start()
                })
            };
            !speaks && !is_named()
        },
    )
}

/// "it would be better if …": the subject of a form of "be" with an adjective or a noun, and a clause that says what. "It was
/// no joke" means something said before.
fn is_empty_it(known: &Annotations, it: &Token) -> bool {
    let verb = it.head.ix();
    let below = |child: &Token| child.head.ix() == verb;
    let predicate = known.tokens.iter().position(|child| below(child) && matches!(child.dep, "acomp" | "attr"));
    let is_clause = |child: &Token| {
        let hangs = below(child) || Some(child.head.ix()) == predicate;
        hangs && matches!(child.dep, "ccomp" | "xcomp" | "csubj" | "advcl" | "acl" | "relcl")
    };
    known.tokens.get(verb).is_some_and(|it| it.lemma.of(&known.lemmas) == "be")
        && predicate.is_some()
        && known.tokens.iter().any(is_clause)
}

fn marks_paired(text: &str) -> bool {
    let n = |c: char| text.matches(c).count();
    n('“') == n('”') && n('"') % 2 == 0 && n('(') == n(')')
}

/// Whether direct words mean something without what went before them.
fn stands_alone(text: &str, content: Anchor) -> bool {
    let words = content.span.of(text);
    let first = words.trim_start_matches(['“', '"', '‘', '\'', ' ']).split([' ', ',', '’', '\'']).next().unwrap_or("");
    let loose = [
        "he", "she", "they", "his", "her", "their", "them", "this", "that", "these", "those", "such", "but", "and",
        "so", "or",
    ];
    !loose.contains(&first.to_lowercase().as_str())
        && first.chars().next().is_some_and(|it| it.is_uppercase() || it.is_numeric())
}

/// "We take them all": a pronoun before any noun of the words themselves. "It happens often": what does?
fn points_back(known: &Annotations, text: &str, span: Span) -> bool {
    const BACK: [&str; 13] = [
        "them", "they", "their", "him", "her", "his", "he", "she", "those", "these", "himself", "herself", "themselves",
    ];
    let first = known.tokens.partition_point(|it| it.span.end() <= span.start());
    let mut inside = known.tokens[first..].iter().take_while(|it| it.span.start() < span.end());
    let lower = |it: &Token| it.span.of(text).to_lowercase();
    let opens = inside.clone().find(|it| it.pos != "PUNCT");
    let it_does = opens.is_some_and(|it| {
        lower(it) == "it"
            && it.dep.starts_with("nsubj")
            && known.tokens.get(it.head.ix()).is_some_and(|verb| {
                verb.pos == "VERB" && !matches!(verb.lemma.of(&known.lemmas), "be" | "seem" | "take" | "appear")
            })
    });
    let before_nouns = inside.by_ref().take_while(|it| !matches!(it.pos, "NOUN" | "PROPN"));
    it_does || before_nouns.into_iter().any(|it| BACK.contains(&lower(it).as_str()))
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
    if !(4..=QUOTED_WORDS_MAX + 2).contains(&n_words) {
        return None;
    }
    let kept = kept.trim_end_matches([',', ';']).to_owned();
    Some(if kept.ends_with(['.', '!', '?', '…']) {
        kept
    } else {
        format!("{kept}”.").trim_end_matches("”.").to_owned()
    })
}

/// Splits at full stops followed by a space and a capital; good enough for where to cut.
fn split_sentences(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    for (ix, c) in text.char_indices() {
        let ends = matches!(c, '.' | '!' | '?');
        let rest = &text[ix + c.len_utf8()..];
        let next_is_capital = rest.trim_start().chars().next().is_some_and(char::is_uppercase);
        let short_word =
            text[start..ix].rsplit(' ').next().is_some_and(|it| it.len() <= 3 && it.starts_with(char::is_uppercase));
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

/// The past tense of a verb of saying that a that-clause can follow; others become "said".
fn past(lemma: &str) -> String {
    const REGULAR: [&str; 36] = [
        "add", "announce", "argue", "assert", "claim", "complain", "conclude", "confirm", "contend", "declare", "deny",
        "disclose", "emphasise", "emphasize", "explain", "fear", "hint", "indicate", "insist", "maintain", "mention",
        "note", "pledge", "predict", "promise", "reiterate", "remark", "report", "reply", "reveal", "signal", "state",
        "stress", "suggest", "vow", "warn",
    ];
    const OTHER: [(&str, &str); 10] = [
        ("acknowledge", "acknowledged"),
        ("admit", "admitted"),
        ("say", "said"),
        ("think", "thought"),
        ("hope", "hoped"),
        ("believe", "believed"),
        ("write", "wrote"),
        ("recommend", "recommended"),
        ("demand", "demanded"),
        ("expect", "expected"),
    ];
    if let Some((_, past)) = OTHER.iter().find(|it| it.0 == lemma) {
        return (*past).to_owned();
    }
    if REGULAR.contains(&lemma) {
        let past = if let Some(stem) = lemma.strip_suffix('y').filter(|it| !it.ends_with(['a', 'e', 'o'])) {
            format!("{stem}ied")
        } else if lemma.ends_with('e') {
            format!("{lemma}d")
        } else {
            format!("{lemma}ed")
        };
        return past;
    }
    "said".to_owned()
}

/// The clause with a small first letter, unless its first word is a name or an acronym.
fn lower_first(known: &Annotations, span: Span, words: &str) -> String {
    let first = known.tokens.iter().find(|it| it.span.start() >= span.start());
    // "Cuban" has its large letter wherever it stands.
    let is_demonym = |it: &Token| {
        it.pos == "ADJ"
            && ["an", "ese", "ish", "ch"].iter().any(|end| words.split(' ').next().is_some_and(|it| it.ends_with(end)))
    };
    let keep = first.is_some_and(|it| it.pos == "PROPN" || is_demonym(it))
        || words.starts_with("I ")
        || words.starts_with("I’");
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
        for (lemma, past_form) in
            [("warn", "warned"), ("deny", "denied"), ("note", "noted"), ("say", "said"), ("say!", "said")]
        {
            assert_eq!(past(lemma), past_form);
        }
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
