//! Sentences about where reports differ, and about what a rewrite changed.

use std::collections::BTreeMap;

use rapporteur_model::{
    Anchor, CitedSentence, Claim, Content, DriftKind, Nature, Party, RelationKind, ReportIx, Role, Variant, Verdict,
};

use crate::acts;
use crate::agenda::looks_ahead;
use crate::dates;
use crate::editor::leaves_open;
use crate::view::{View, capital, one_line, stop};

/// Where the reports differ on one claim; one sentence for each nature of difference worth telling.
pub(crate) fn sentences(view: &View<'_>, claim: &Claim) -> Vec<CitedSentence> {
    if !matches!(claim.verdict, Verdict::Conflict | Verdict::DifferCompatible) {
        return Vec::new();
    }
    let mut natures: BTreeMap<Nature, Vec<&Variant>> = BTreeMap::new();
    for variant in &claim.variants {
        natures.entry(variant.nature).or_default().push(variant);
    }
    natures.iter().filter_map(|(nature, list)| sentence(view, claim, *nature, list)).collect()
}

fn sentence(view: &View<'_>, claim: &Claim, nature: Nature, list: &[&Variant]) -> Option<CitedSentence> {
    // A range that holds the value, or a rounder number, is no difference worth a reader's time.
    if nature == Nature::Number && claim.verdict != Verdict::Conflict {
        return None;
    }
    let odd: Vec<ReportIx> = list.iter().map(|it| it.anchor.report).collect();
    let others: Vec<Anchor> = claim.support.iter().copied().filter(|it| !odd.contains(&it.report)).collect();
    let first = others.first()?;
    let mut citations: Vec<Anchor> = list.iter().map(|it| it.anchor).collect();
    citations.push(*first);
    let text = match (nature, &claim.content) {
        (Nature::Number, Content::Figure(figure)) => {
            // Without a name for the measure, the words after each value tell what it is.
            // … and a lone name says who, not what.
            let lone_name = !figure.concept.contains(' ') && figure.concept.starts_with(char::is_uppercase);
            let bare = figure.concept.is_empty() || lone_name;
            let printed = |anchor: Anchor, value: &str| {
                if bare { with_words_after(view, anchor, value) } else { value.to_owned() }
            };
            // One value is told once, in the words of the first that prints it.
            let mut values: Vec<(&str, String, Vec<ReportIx>)> =
                vec![(&figure.printed, printed(*first, &figure.printed), reports(&others))];
            for variant in list {
                match values.iter_mut().find(|it| it.0.eq_ignore_ascii_case(&variant.value)) {
                    Some(value) => value.2.push(variant.anchor.report),
                    None => {
                        let words = printed(variant.anchor, &variant.value);
                        values.push((&variant.value, words, vec![variant.anchor.report]));
                    }
                }
            }
            let told: Vec<String> = values
                .iter()
                .map(|(_, words, list)| format!("“{words}” ({})", who_prints(view, words, list)))
                .collect();
            let concept = if bare { String::new() } else { format!("{}: ", capital(&figure.concept)) };
            format!("{concept}{}", told.join(" against "))
        }
        (Nature::Date, Content::Act(act)) => {
            let noun = acts::noun(act)?;
            let stated = act.date.as_deref().and_then(|it| dates::words(it, view.year()))?;
            let mut dates_told: Vec<(String, Vec<ReportIx>)> = vec![(stated, reports(&others))];
            for variant in list {
                let date = dates::words(&variant.value, view.year())?;
                match dates_told.iter_mut().find(|it| it.0 == date) {
                    Some(told) => told.1.push(variant.anchor.report),
                    None => dates_told.push((date, vec![variant.anchor.report])),
                }
            }
            let told: Vec<String> =
                dates_told.iter().map(|(date, list)| format!("{date} ({})", view.labels(list))).collect();
            format!("The date of {noun}: {}", told.join(" against "))
        }
        (Nature::Place, Content::Act(act)) => {
            let noun = acts::noun(act)?;
            let told: Vec<String> =
                list.iter().map(|it| format!("{} ({})", it.value, view.label(it.anchor.report))).collect();
            let place = act.place.clone()?;
            format!("The place of {noun}: {place} ({}) against {}", view.labels(&reports(&others)), told.join(", "))
        }
        (Nature::Certainty, Content::Act(_)) => {
            let odd = list.first()?;
            // Where the claim is about one person's part, the sentences around are compared.
            let sentence = |it: Anchor| view.line(view.sentence(it).unwrap_or(it));
            let person = claim_person(claim).filter(|it| sentence(odd.anchor).contains(it.as_str()));
            let line = |it: Anchor| if person.is_some() { sentence(it) } else { view.line(it) };
            let left_open = line(odd.anchor);
            // What stands against it is the place that tells most of the same, in the same people's names; no rewrite's, whose
            // change is told as such.
            let likeness = |it: &Anchor| shared_words(&line(*it), &left_open);
            let own = others.iter().copied().filter(|it| others.len() < 2 || !view.is_rewrite(it.report));
            let stated = own.reduce(|a, b| if likeness(&b) > likeness(&a) { b } else { a })?;
            if likeness(&stated) < 3 && person.is_none() {
                return None;
            }
            citations = vec![stated, odd.anchor];
            // Of a person what is told of that one's part is enough: "is also expected to attend".
            const PART_WORDS: usize = 4;
            let shown = |it: Anchor| {
                let own = excerpt(view, it).filter(|it| PART_WORDS <= it.split(' ').count());
                if person.is_some() { own.or_else(|| whole(view, it)) } else { excerpt(view, it) }
            };
            let (a, b) = (shown(stated)?, shown(odd.anchor)?);
            // Where the doubt is not in the words shown, or is in both, a reader sees no difference.
            let is_short = [&a, &b].iter().any(|it| it.split(' ').count() < 4);
            if person.is_none() && is_short || !leaves_open(&b) || leaves_open(&a) {
                return None;
            }
            // "But he has said he will": of whom?
            let is_whose =
                |it: &str| person.as_ref().is_none_or(|who| it.contains(who.as_str()) || !it.contains(" he "));
            if !is_whose(&a) {
                return None;
            }
            let how = if looks_ahead(&a) { "expected" } else { "stated" };
            let opening = match claim_party(claim).filter(|_| person.is_some()) {
                Some(who) => format!("{}: {how}", who.name),
                None => capital(how),
            };
            format!(
                "{opening}: “{a}” ({}); left open: “{b}” ({})",
                view.label(stated.report),
                view.label(odd.anchor.report)
            )
        }
        (Nature::Person, Content::Act(_)) => {
            let odd = list.first()?;
            citations = vec![*first, odd.anchor];
            // A name in the place of another's may be of another act; what part one person had is told of that one.
            const PART_WORDS: usize = 3;
            let who = claim_person(claim)?;
            let (a, b) = (excerpt(view, *first)?, excerpt(view, odd.anchor)?);
            if [&a, &b].iter().any(|it| it.split(' ').count() < PART_WORDS) {
                return None;
            }
            format!("{who}: “{a}” ({}) against “{b}” ({})", view.label(first.report), view.label(odd.anchor.report))
        }
        _ => return None,
    };
    let mut made = CitedSentence::new(stop(&text), citations)?;
    made.verdict = Some(claim.verdict);
    made.note = Some(nature.as_str().to_owned());
    Some(made)
}

/// The one party whose act a claim is.
fn claim_party(claim: &Claim) -> Option<&Party> {
    let Content::Act(act) = &claim.content else { return None };
    let [party] = act.actors.as_slice() else { return None };
    Some(party)
}

/// The short name of the one person whose act a claim is.
fn claim_person(claim: &Claim) -> Option<String> {
    let party = claim_party(claim)?;
    party.is_person.then(|| party.short.clone())
}

/// The reports that print a value in just these words, then those that have the same figure in other words.
fn who_prints(view: &View<'_>, value: &str, list: &[ReportIx]) -> String {
    let verbatim = |it: &&ReportIx| one_line(view.report(**it).text()).contains(value);
    let mut list: Vec<ReportIx> = list.to_vec();
    list.sort_unstable();
    list.dedup();
    let own: Vec<ReportIx> = list.iter().filter(verbatim).copied().collect();
    let others: Vec<ReportIx> = list.iter().filter(|it| !own.contains(it)).copied().collect();
    match (own.is_empty(), others.is_empty()) {
        (false, false) => format!("{}; the same figure in {}", view.labels(&own), view.labels(&others)),
        (true, _) => view.labels(&others),
        (false, true) => view.labels(&own),
    }
}

/// A value with the next few words of its sentence, as printed.
fn with_words_after(view: &View<'_>, anchor: Anchor, value: &str) -> String {
    let Some(sentence) = view.sentence(anchor).map(|it| view.line(it)) else {
        return value.to_owned();
    };
    let Some(at) = sentence.find(value) else {
        return value.to_owned();
    };
    let rest = &sentence[at + value.len()..];
    let stop = rest.find([',', ';', ':', '.', '“', '”', '"', '(']).unwrap_or(rest.len());
    // What is counted ends where something is told of it: "21 people in Calder | was …".
    const TOLD: [&str; 14] =
        ["was", "were", "is", "are", "has", "have", "had", "will", "would", "may", "might", "could", "can", "being"];
    let words = rest[..stop].split(' ').filter(|it| !it.is_empty());
    let mut after: Vec<&str> = words.take_while(|it| !TOLD.contains(it)).take(7).collect();
    // A cut in the middle of a phrase reads badly.
    let loose =
        ["of", "in", "the", "a", "an", "and", "that", "to", "for", "from", "at", "on", "by", "with", "may", "1st"];
    while after.last().is_some_and(|it| loose.contains(it) || it.ends_with("'s") || it.ends_with("’s")) {
        after.pop();
    }
    one_line(&format!("{value} {}", after.join(" ")))
}

/// The words of a place when they are few enough to be quoted.
fn excerpt(view: &View<'_>, anchor: Anchor) -> Option<String> {
    let words = view.line(anchor);
    let words = words.trim_end_matches(['.', ',']).to_owned();
    (words.split(' ').count() <= 30 && !words.contains(['“', '”', '"'])).then_some(words)
}

/// The sentence of a place where it is short enough, else the place, else nothing.
fn whole(view: &View<'_>, anchor: Anchor) -> Option<String> {
    let sentence = view.sentence(anchor).and_then(|it| excerpt(view, it));
    sentence.or_else(|| excerpt(view, anchor))
}

/// Longer words that two texts share.
fn shared_words(a: &str, b: &str) -> usize {
    let words = |text: &str| -> std::collections::BTreeSet<String> {
        let all = text.split(|c: char| !c.is_alphanumeric()).filter(|it| it.len() > 3);
        all.map(str::to_lowercase).collect()
    };
    words(a).intersection(&words(b)).count()
}

fn reports(list: &[Anchor]) -> Vec<ReportIx> {
    let mut found: Vec<ReportIx> = list.iter().map(|it| it.report).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Whether a change is worth a reader's time: in running text, and of names against names.
fn is_telling(view: &View<'_>, pair: &rapporteur_model::Relation, drift: &rapporteur_model::Drift) -> bool {
    let places = [drift.a.map(|it| Anchor::new(pair.a, it)), drift.b.map(|it| Anchor::new(pair.b, it))];
    places.into_iter().flatten().all(|at| {
        let article = &view.report(at.report).article;
        // Titles and bylines go from every rewrite.
        let prose = article
            .blocks
            .iter()
            .filter(|it| it.span.overlaps(at.span))
            .all(|it| matches!(it.role, Role::Body | Role::Standfirst | Role::KeyPoint | Role::PullQuote));
        let words = view.line(at);
        let named = drift.kind != DriftKind::Name || words.starts_with(char::is_uppercase);
        // A speech over several paragraphs opens each with a mark and closes the last alone.
        let text = view.report(at.report).text();
        let before = text[..at.span.start() as usize].trim_end();
        let block = article.blocks.iter().find(|it| it.span.contains(at.span));
        let paragraph = &text[block.map_or(at.span.start(), |it| it.span.start()) as usize..at.span.start() as usize];
        let n = |c: char| paragraph.matches(c).count();
        let opened = before.ends_with(['“', '"', '”']) || n('”') < n('“') || n('"') % 2 == 1;
        // Single marks around a speech cannot be told from apostrophes for sure.
        let whole = block.map_or("", |it| it.span.of(text));
        let single = whole.starts_with(['‘', '\'']) || whole.contains(" '") || whole.contains(" ‘");
        let marks = drift.kind != DriftKind::Marks || !words.contains(['‘', '’', '\'']) && !opened && !single;
        prose && named && marks
    }) && !(drift.kind == DriftKind::Name
        && places[0].zip(places[1]).is_some_and(|(a, b)| is_slip(&view.line(a), &view.line(b))))
        && !places[0].zip(places[1]).is_some_and(|(a, b)| is_cut_month(&view.line(a), &view.line(b)))
}

/// "January" and "Jan." are one.
fn is_cut_month(one: &str, other: &str) -> bool {
    let (one, other) = (one.trim_end_matches(['.', ',']), other.trim_end_matches(['.', ',']));
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    dates::is_month(long) && 3 <= short.len() && long.to_lowercase().starts_with(&short.to_lowercase())
}

/// Whether a report has the first words of a passage that it is said to leave out: then only a clause went.
fn has_opening(
    view: &View<'_>,
    child: ReportIx,
    parent: ReportIx,
    drift: &rapporteur_model::Drift,
    pair: &rapporteur_model::Relation,
) -> bool {
    const WORDS: usize = 6;
    let span = if parent == pair.a { drift.a } else { drift.b };
    span.is_some_and(|it| {
        let words = view.line(Anchor::new(parent, it));
        let first: Vec<&str> = words.split(' ').take(WORDS).collect();
        first.len() == WORDS && one_line(view.report(child).text()).contains(&first.join(" "))
    })
}

/// Whether one letter makes two names: a slip of the pen, or one put right. The JSON has it still.
fn is_slip(one: &str, other: &str) -> bool {
    const LETTERS_MIN: usize = 5;
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let (short, long) = if one.len() <= other.len() { (&one, &other) } else { (&other, &one) };
    let n_same = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    let rest = |skip: usize| short[n_same..].get(skip..).unwrap_or(&[]);
    LETTERS_MIN <= short.len()
        && match long.len() - short.len() {
            0 => n_same < short.len() && rest(1) == &long[n_same + 1..],
            1 => rest(0) == &long[n_same + 1..],
            _ => false,
        }
}

/// Whether what came or went is worth telling: words that leave something open of somebody named, and mean it alone. Fillers,
/// captions and notices come and go with every rewrite.
fn is_qualification(view: &View<'_>, anchor: Anchor) -> bool {
    const NOTICES: [&str; 8] =
        ["subscri", "newsletter", "sign up", "cookie", "he has covered", "she has covered", "#", "["];
    const LOOSE: [&str; 10] = ["it", "they", "he", "she", "this", "these", "that", "those", "his", "her"];
    let words = view.line(anchor);
    let lower = words.to_lowercase();
    let first = lower.split([' ', '’', '\'', ',']).next().unwrap_or("");
    let report = view.report(anchor.report);
    let names = report.annotations.mentions.iter().any(|it| {
        let actor = it.actor.and_then(|it| report.annotations.actors.get(it.ix()));
        anchor.span.contains(it.span)
            && it.kind == rapporteur_model::MentionKind::Named
            && actor.is_some_and(|it| it.kind == rapporteur_model::ActorKind::Person)
    });
    // What qualifies the account is missed when it goes: "police have not confirmed".
    let states = names && leaves_open(&words);
    let noise = NOTICES.iter().chain(&crate::standing::FURNITURE).any(|it| lower.contains(it));
    states && !noise && !LOOSE.contains(&first) && words.ends_with(['.', '!', '”', '"'])
}

/// Whether the sentences around two places tell the same, so that a word more or less in one is a change.
fn are_alike(view: &View<'_>, places: &[Anchor]) -> bool {
    let [a, b] = places else { return false };
    let line = |it: &Anchor| view.line(view.sentence(*it).unwrap_or(*it));
    let (a, b) = (line(a), line(b));
    // "are looking into what caused it": open on either side.
    let open =
        |it: &str| ["whether", " what caused", "evaluated for", "looking into"].iter().any(|word| it.contains(word));
    let (one, other) = (crate::words::stems(&a), crate::words::stems(&b));
    !(open(&a) || open(&b)) && 2 * one.intersection(&other).count() >= one.len().max(other.len()).max(4)
}

/// The first words of a place in marks, as printed.
fn opening(view: &View<'_>, anchor: Anchor) -> Option<String> {
    let words = view.line(anchor);
    if words.contains(['“', '”', '"']) {
        return None;
    }
    let all: Vec<&str> = words.split(' ').collect();
    // A sentence at most: the first end of one that is no abbreviation.
    let end = all.iter().position(|it| it.len() > 4 && it.ends_with(['.', '!', '?'])).map_or(all.len(), |it| it + 1);
    let all = &all[..end];
    // A piece that is cut says little.
    const SHOWN_MAX: usize = 24;
    let shown = all.join(" ");
    (all.len() <= SHOWN_MAX).then(|| format!("“{}”", shown.trim_end_matches(['.', ',', ';', ':'])))
}

/// Figures that weighing found changed where the sentences of the pair are too far apart to be set side by side.
fn changed_figures(view: &View<'_>, known: &[(DriftKind, CitedSentence)]) -> Vec<(DriftKind, CitedSentence)> {
    let mut found = Vec::new();
    for claim in view.claims.iter().filter(|it| it.verdict == Verdict::RewriteDrift) {
        let Content::Figure(figure) = &claim.content else { continue };
        let Some(own) = figure.printed_at else { continue };
        for variant in claim.variants.iter().filter(|it| it.nature == Nature::Number) {
            let other = variant.anchor;
            let (child, parent) = if view.is_rewrite_of(other.report, own.report) {
                (other, own)
            } else if view.is_rewrite_of(own.report, other.report) {
                (own, other)
            } else {
                continue;
            };
            let told = |(_, made): &(DriftKind, CitedSentence)| {
                made.citations().iter().any(|it| it.report == child.report && it.span.overlaps(child.span))
            };
            let (was, is) = (view.line(parent), view.line(child));
            if known.iter().any(told) || was == is {
                continue;
            }
            let text =
                format!("{} against {}: “{was}” became “{is}”", view.label(child.report), view.label(parent.report));
            if let Some(mut made) = CitedSentence::new(stop(&capital(&text)), vec![child, parent]) {
                made.note = Some(DriftKind::Number.as_str().to_owned());
                found.push((DriftKind::Number, made));
            }
        }
    }
    found
}

/// What rewrites changed against their parents, most telling first.
pub(crate) fn drift(view: &View<'_>) -> Vec<CitedSentence> {
    let mut found = Vec::new();
    for pair in &view.relations.pairs {
        if !view.story.contains(&pair.a) || !view.story.contains(&pair.b) || pair.kind == RelationKind::Cites {
            continue;
        }
        let Some((child, parent)) = pair.derived_and_parent() else { continue };
        for drift in &pair.drift {
            let mut citations = Vec::new();
            citations.extend(drift.a.map(|it| Anchor::new(pair.a, it)));
            citations.extend(drift.b.map(|it| Anchor::new(pair.b, it)));
            if !is_telling(view, pair, drift) {
                continue;
            }
            let at = |of: ReportIx| (if of == pair.a { drift.a } else { drift.b }).map(|it| Anchor::new(of, it));
            let place = |of: ReportIx| at(of).and_then(|it| opening(view, it));
            // A piece of a sentence says nothing alone.
            let is_whole = |it: Anchor| {
                view.sentence(it).is_some_and(|sentence| {
                    it.span.start() <= sentence.span.start() + 2 && sentence.span.end() <= it.span.end() + 3
                })
            };
            let tells = |of: ReportIx| at(of).is_some_and(|it| is_whole(it) && is_qualification(view, it));
            if drift.kind == DriftKind::Certainty && !are_alike(view, &citations) {
                continue;
            }
            let what = match drift.kind {
                // What an excerpt or a reprint adds is a page's own, an advertisement or a link.
                DriftKind::Added if pair.kind != RelationKind::Rewrite => None,
                DriftKind::Added => place(child).filter(|_| tells(child)).map(|it| format!("adds {it}")),
                DriftKind::Lost if has_opening(view, child, parent, drift, pair) => None,
                // A dateline goes from every reprint.
                DriftKind::Lost => place(parent)
                    .filter(|it| tells(parent) && !it.contains(") -") && !crate::standing::shouts(it))
                    .map(|it| format!("leaves out {it}")),
                DriftKind::Marks => place(child).map(|it| format!("prints {it} without the quotation marks")),
                _ => Some(one_line(&drift.what)),
            };
            let Some(what) = what else {
                continue;
            };
            let text = capital(&format!("{} against {}: {what}", view.label(child), view.label(parent)));
            if let Some(mut made) = CitedSentence::new(stop(&text), citations) {
                made.note = Some(drift.kind.as_str().to_owned());
                found.push((drift.kind, made));
            }
        }
    }
    found.extend(changed_figures(view, &found));
    // Changed facts say more than what was left out.
    found.sort_by_key(|(kind, _)| {
        use rapporteur_model::DriftKind as K;
        match kind {
            K::Number | K::Date | K::Name => 0,
            K::Certainty | K::Attribution | K::Marks => 1,
            K::Added => 2,
            K::Lost => 3,
        }
    });
    found.into_iter().map(|(_, made)| made).collect()
}

#[cfg(test)]
mod tests {
    use super::is_slip;

    #[test]
    fn one_letter_is_a_slip() {
        assert!(is_slip("Heavt", "Heavy") && !is_slip("Kramatorsk", "Kramatrosk") && is_slip("Brussel", "Brussels"));
        assert!(!is_slip("Oslo", "Osla") && !is_slip("Heavy", "Heavy") && !is_slip("Merkel", "Macron"));
    }
}
