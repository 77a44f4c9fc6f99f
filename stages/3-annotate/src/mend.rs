//! Trees that no English sentence has, put right.
//!
//! A verb with a clause behind "that" has no second clause before it: "Novak, who said the talks could fail, warned that ..."
//! parsed as "[Novak ... the talks could fail] warned that ..." has its subject inside the clause before the verb.

use rapporteur_lexicon::Lexicon;
use rapporteur_model::{Annotations, TokenIx};

/// Gives verbs of saying with two complements their subject back.
pub(crate) fn mend(known: &mut Annotations, lexicon: &Lexicon) {
    for sentence in 0..known.sentences.len() {
        let (first, end) = known.sentences[sentence].tokens;
        for verb in first.ix()..end.ix() {
            let says = |it: &str| lexicon.cue(it).is_some_and(|it| it.takes("that"));
            if known.tokens[verb].pos == "VERB" && says(known.lemma(TokenIx::from(verb))) {
                subject(known, (first.ix(), end.ix()), verb);
            }
        }
    }
}

fn subject(known: &mut Annotations, (first, end): (usize, usize), verb: usize) {
    let tokens = &known.tokens;
    let child = |of: usize, dep: &'static str| {
        let all = first..end;
        all.filter(move |it| *it != of && tokens[*it].head.ix() == of && tokens[*it].dep == dep)
    };
    if child(verb, "nsubj").chain(child(verb, "nsubjpass")).next().is_some() {
        return;
    }
    let that = |clause: &usize| child(*clause, "mark").any(|it| tokens[it].lemma.of(&known.lemmas) == "that");
    let (before, behind) = (child(verb, "ccomp").find(|it| *it < verb), child(verb, "ccomp").find(|it| verb < *it));
    let (Some(before), Some(_)) = (before, behind.filter(that)) else { return };
    let Some(subject) = child(before, "nsubj").find(|it| *it < before) else { return };
    // "who said the talks": the verb whose clause was torn away from it.
    let Some(said) = child(subject, "relcl").find(|it| subject < *it && *it < before) else { return };
    let torn = child(said, "ccomp").find(|it| said < *it && *it < before);
    let tokens = &mut known.tokens;
    tokens[subject].head = TokenIx::from(verb);
    tokens[before].head = TokenIx::from(said);
    if let Some(torn) = torn {
        tokens[torn].head = TokenIx::from(before);
        tokens[torn].dep = "nsubj";
    }
}
