//! Chains of sources: who says that somebody says. The outer attribution is the one nearer to the report.

use super::{Attribution, made, of_sentence, phrase};
use crate::extractors::quotes::sources::{Link, is_nominal};
use crate::view::View;

/// Adds the inner links.
pub(super) fn add(view: &View<'_>, kept: &mut Vec<Attribution>) {
    citing(view, kept);
    data_of(view, kept);
    quoted_by(view, kept);
    quotes_as_saying(view, kept);
    kept.sort_by_key(|it| (it.cue, it.within));
}

/// Who can be cited: a name, a person, a document.
fn can_be_cited(view: &View<'_>, noun: usize) -> bool {
    const CITED: &[&str] = &[
        "source", "official", "report", "document", "agency", "ministry", "police", "media", "newspaper", "witness",
        "expert", "resident", "diplomat", "spokesman", "spokeswoman", "spokesperson", "minister", "people", "person",
        "outlet", "channel", "statement", "broadcaster", "authority", "intelligence", "analyst", "aide", "lawyer",
        "email", "memo", "letter", "filing", "record", "transcript", "study", "site", "website", "service",
    ];
    is_nominal(view, noun)
        && (matches!(view.name[noun], 1..=3) || CITED.contains(&view.lemma_of(noun).to_lowercase().as_str()))
}

/// "The Lantern reported that nine were killed, citing two officials": the officials, as the Lantern tells it.
fn citing(view: &View<'_>, kept: &mut Vec<Attribution>) {
    let mut found = Vec::new();
    for cue in 1..view.n() {
        if view.tag_of(cue) != "VBG" || !matches!(view.lemma_of(cue), "cite" | "quote") {
            continue;
        }
        let Some(cited) = view.child(cue, &["dobj", "pobj"]).filter(|it| can_be_cited(view, *it)) else { continue };
        let outer = of_sentence(view, kept, cue).iter().filter(|it| it.cue != cue);
        let outer = outer
            .filter(|it| {
                it.source.link != Link::Nobody && !it.content.parts().iter().any(|(a, b)| (*a..=*b).contains(&cited))
            })
            .min_by_key(|it| it.cue.abs_diff(cue));
        let Some(outer) = outer.copied() else { continue };
        let mut inner = made(view, cue, outer.content.parts[0], phrase(view, cited), cited);
        inner.content = outer.content;
        // The clause that the participle hangs on may have swallowed it.
        for part in &mut inner.content.parts[..inner.content.n_parts] {
            if part.0 < cue && cue <= part.1 {
                part.1 = cue - if view.word(cue - 1) == "," && cue > part.0 + 1 { 2 } else { 1 };
            }
        }
        inner.within = Some(outer.cue);
        found.push(inner);
    }
    replace(kept, &found);
    for inner in &found {
        let outer = inner.within.and_then(|cue| kept.binary_search_by_key(&cue, |it| it.cue).ok());
        if let Some(outer) = outer {
            kept[outer].content = inner.content;
        }
    }
    kept.extend(found);
    kept.sort_by_key(|it| it.cue);
}

/// Takes away what the learned steps made of the same cues. `found` is in order of the cues.
fn replace(kept: &mut Vec<Attribution>, found: &[Attribution]) {
    kept.retain(|it| found.binary_search_by_key(&it.cue, |other| other.cue).is_err());
}

/// "according to an analysis of data from the Institute": the Institute's data, as the analysis tells it.
fn data_of(view: &View<'_>, kept: &mut Vec<Attribution>) {
    const DATA: &[&str] = &[
        "data", "datum", "figure", "number", "information", "statistic", "document", "estimate", "record", "report",
        "imagery", "footage", "count", "tally", "finding", "map",
    ];
    let mut found = Vec::new();
    for it in kept.iter().filter(|it| it.source.link != Link::Nobody) {
        let last = it.source.last;
        let data = (it.source.first..=last)
            .find(|at| DATA.contains(&view.lemma_of(*at).to_lowercase().as_str()) && *at != it.source.head);
        let Some(data) = data else { continue };
        let Some(from) = view
            .children(data)
            .find(|at| view.dep_of(*at) == "prep" && matches!(view.word(*at), "from" | "by" | "of") && *at <= last)
        else {
            continue;
        };
        let Some(body) = view.child(from, &["pobj"]).filter(|at| *at <= last && matches!(view.name[*at], 1..=3)) else {
            continue;
        };
        let (first, end) = phrase(view, body);
        let mut inner = made(view, data, it.content.parts[0], (first, end.min(last)), body);
        inner.cue_span = view.cover(data, from);
        inner.content = it.content;
        inner.within = Some(it.cue);
        found.push(inner);
    }
    kept.extend(found);
}

/// "Novak was quoted by the Lantern as saying that": Novak's words, as the Lantern tells them.
fn quoted_by(view: &View<'_>, kept: &mut Vec<Attribution>) {
    let mut found = Vec::new();
    for inner in kept.iter_mut() {
        let it = *inner;
        let verb = view.head(view.head(it.cue));
        if view.word(view.head(it.cue)) != "as"
            || !matches!(view.lemma_of(verb), "quote" | "cite" | "report")
            || !super::passive(view, verb)
        {
            continue;
        }
        let Some(outlet) = view.child(verb, &["agent"]).and_then(|by| view.child(by, &["pobj"])) else { continue };
        let Some(person) = view.child(verb, &["nsubjpass"]) else { continue };
        let mut outer = made(view, verb, it.content.parts[0], phrase(view, outlet), outlet);
        outer.content = it.content;
        inner.source = made(view, it.cue, it.content.parts[0], phrase(view, person), person).source;
        inner.within = Some(verb);
        found.push(outer);
    }
    found.sort_by_key(|it| it.cue);
    replace(kept, &found);
    kept.extend(found);
}

/// "The Lantern quoted Novak, a councillor, as saying: “…”": Novak's words, as the Lantern tells them.
fn quotes_as_saying(view: &View<'_>, kept: &mut Vec<Attribution>) {
    let mut found = Vec::new();
    for verb in 0..view.n() {
        if !matches!(view.lemma_of(verb), "quote" | "cite") || view.pos_of(verb) != "VERB" || super::passive(view, verb) {
            continue;
        }
        let Some(person) = view.child(verb, &["dobj"]).filter(|it| verb < *it && can_be_cited(view, *it)) else { continue };
        let Some(outlet) = view.child(verb, &["nsubj"]) else { continue };
        let (_, end) = view.sentence(verb);
        let is_saying = |at: &usize| {
            view.tag_of(*at) == "VBG" && (1..100).contains(&view.saying[*at]) && view.word(at - 1).eq_ignore_ascii_case("as")
        };
        let Some(saying) = (person + 2..end).find(is_saying) else { continue };
        // What the learned steps took for the paper's words, or for those of the saying.
        let own = kept.iter().filter(|it| it.cue == saying || it.cue == verb).find(|it| saying < it.content.parts[0].0);
        let Some(own) = own.copied() else { continue };
        let mut outer = made(view, verb, own.content.parts[0], phrase(view, outlet), outlet);
        outer.content = own.content;
        let mut inner = made(view, saying, own.content.parts[0], phrase(view, person), person);
        inner.content = own.content;
        inner.within = Some(verb);
        found.extend([outer, inner]);
    }
    found.sort_by_key(|it| it.cue);
    replace(kept, &found);
    kept.extend(found);
}
