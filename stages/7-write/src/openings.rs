//! What a sentence opens with, by its parse: things named before, headlines' shorthand, captions.

use rapporteur_model::Anchor;

use crate::dates;
use crate::standing::is_named_before;
use crate::view::View;

/// Whether the subject is something that an earlier sentence named, with a word on it and nothing that says which: "The
/// European country", "The internet star". A name in it says which ("The Guardian newspaper"), as does what hangs on it.
pub(crate) fn opens_with_known_thing(view: &View<'_>, anchor: Anchor) -> bool {
    let known = &view.report(anchor.report).annotations;
    bare_subject(view, anchor).is_some_and(|it| {
        let lemma = it.lemma.of(&known.lemmas);
        let at = known.tokens.partition_point(|other| other.span.start() < it.span.start());
        // "The latest resolution", "The second source": one of several that the report has named.
        let of_several = known.tokens[at.saturating_sub(3)..at].iter().any(|before| {
            known.tokens[before.head.ix()].span == it.span
                && matches!(
                    before.lemma.of(&known.lemmas),
                    "latest"
                        | "late"
                        | "second"
                        | "third"
                        | "first"
                        | "other"
                        | "same"
                        | "previous"
                        | "former"
                        | "earlier"
                )
        });
        let alone = at.checked_sub(1).is_some_and(|before| known.tokens[before].span.start() <= anchor.span.start());
        // "The soldiers were …" where no title and no opening knows of soldiers.
        of_several || is_named_before(lemma) || alone && !view.is_of_openings(lemma)
    })
}

/// Whether the subject is a thing with "the" and no other word on it: "The strike began …". The first sentence of a brief has
/// to say which.
pub(crate) fn opens_with_bare_thing(view: &View<'_>, anchor: Anchor) -> bool {
    let known = &view.report(anchor.report).annotations;
    bare_subject(view, anchor).is_some_and(|it| {
        let at = known.tokens.partition_point(|other| other.span.start() < it.span.start());
        // "The 2032 budget", "The ferry company": a word between says which.
        at.checked_sub(1).is_some_and(|before| known.tokens[before].span.start() <= anchor.span.start())
    })
}

/// The noun of a subject that opens with "the" and that nothing behind it, and no name in it, tells from others.
fn bare_subject<'a>(view: &View<'a>, anchor: Anchor) -> Option<&'a rapporteur_model::Token> {
    let report = view.report(anchor.report);
    let tokens = &report.annotations.tokens;
    let first = tokens.partition_point(|it| it.span.start() < anchor.span.start());
    let article = tokens.get(first).filter(|it| it.span.of(report.text()).eq_ignore_ascii_case("the"))?;
    let head = article.head.ix();
    let noun = tokens.get(head).filter(|it| it.dep.starts_with("nsubj") && it.pos == "NOUN")?;
    let below =
        || tokens[first..].iter().enumerate().map(|(at, it)| (first + at, it)).take_while(|it| it.0 < head + 12);
    let says_which = below().any(|(at, it)| {
        it.head.ix() == head && (head < at && matches!(it.dep, "prep" | "relcl" | "acl" | "appos") || it.pos == "PROPN")
    });
    (!says_which).then_some(noun)
}

/// Whether the subject is a bare thing and the verb in the present, as in a headline: "Storm gathers strength".
pub(crate) fn in_shorthand(view: &View<'_>, anchor: Anchor) -> bool {
    let known = &view.report(anchor.report).annotations;
    let first = known.tokens.partition_point(|it| it.span.start() < anchor.span.start());
    known.tokens.get(first).is_some_and(|it| {
        it.tag == "NN" && it.dep == "nsubj" && known.tokens.get(first + 1).is_some_and(|it| it.tag == "VBZ")
    })
}

/// Whether it describes a picture: "A firefighter runs from a burning car in Port Calder, 14 November 2031". The present tense
/// with a day that is past or the report's own.
pub(crate) fn is_caption(view: &View<'_>, anchor: Anchor) -> bool {
    let known = &view.report(anchor.report).annotations;
    let present = known.tokens[view.tokens(anchor)]
        .iter()
        .any(|it| it.dep == "ROOT" && matches!(it.tag, "VBZ" | "VBP") && it.pos == "VERB");
    let text = view.report(anchor.report).text();
    present
        && view.times(anchor).any(|it| {
            let value = it.value.as_deref().unwrap_or("");
            let past = dates::day(value).is_some() && !dates::is_coming(value, view.as_of.as_deref());
            let before = text[..it.span.start() as usize].trim_end().to_lowercase();
            let bare = !["on", "of", "since", "until", "from", "by", "before", "after", "for"]
                .iter()
                .any(|word| before.ends_with(&format!(" {word}")));
            past && bare && it.how == "stated" && it.span.of(text).contains(|c: char| c.is_ascii_digit())
        })
}
