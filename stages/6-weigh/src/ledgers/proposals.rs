//! Plans and proposals: what is on the table, whose it is, in which versions, and who is for or against it.
//!
//! A proposal is a noun phrase ("the proposed Nerith plan", "a 12-point draft"). Two are one where they share a word that tells
//! it from others or have one author; "the plan" alone is the last one its report spoke of. What a version changed is not worked
//! out: each version stands with its own words.

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_model::{Anchor, Party, ProposalEntry, ProposalStance, ProposalVersion, ReportIx, Role, Span};
use rapporteur_text::fold;

use super::origins;
use crate::cast::CastIx;
use crate::story::View;

/// Nouns for what somebody puts forward. A bill and a resolution are texts of their own, never "the plan".
const NOUNS: [(&str, Kind); 16] = [
    ("plan", Kind::Plan),
    ("proposal", Kind::Plan),
    ("draft", Kind::Plan),
    ("framework", Kind::Plan),
    ("initiative", Kind::Plan),
    ("blueprint", Kind::Plan),
    ("roadmap", Kind::Plan),
    ("scheme", Kind::Plan),
    ("offer", Kind::Plan),
    ("ultimatum", Kind::Plan),
    ("counteroffer", Kind::Counter),
    ("counter-offer", Kind::Counter),
    ("counterproposal", Kind::Counter),
    ("counter-proposal", Kind::Counter),
    ("resolution", Kind::Text),
    ("bill", Kind::Text),
];

/// Words that tell a version from another of the same proposal.
const VERSIONS: [&str; 16] = [
    "initial", "original", "first", "early", "earlier", "second", "revised", "updated", "amended", "modified", "new",
    "latest", "final", "leaked", "improved", "watered-down",
];

/// Words that tell no proposal from another.
const EMPTY: [&str; 12] =
    ["proposed", "propose", "any", "own", "such", "other", "detailed", "possible", "key", "main", "so-called", "draft"];

/// Words of a phrase shown at most.
const WORDS_MAX: usize = 12;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Plan,
    Counter,
    Text,
}

/// A phrase that means a proposal.
struct Mention {
    at: Anchor,
    kind: Kind,
    words: String,
    /// Folded words that tell it from others.
    marks: BTreeSet<String>,
    version: Option<String>,
    by: Option<CastIx>,
    /// "the plan": with "the", and nothing more.
    is_bare: bool,
}

pub(super) fn entries(view: &View<'_>) -> Vec<ProposalEntry> {
    let mut groups: Vec<Vec<Mention>> = Vec::new();
    let mut bare: Vec<Mention> = Vec::new();
    for report in &view.story.reports {
        for mention in mentions(view, *report) {
            if mention.is_bare {
                bare.push(mention);
                continue;
            }
            match groups.iter_mut().find(|group| is_same(group, &mention)) {
                Some(group) => group.push(mention),
                None => groups.push(vec![mention]),
            }
        }
    }
    for mention in bare {
        // The last one that the report spoke of before.
        let before = |it: &Mention| it.at.report == mention.at.report && it.kind == mention.kind && it.at < mention.at;
        let last = |group: &[Mention]| group.iter().filter(|it| before(it)).map(|it| it.at).max();
        let nearest = groups.iter_mut().filter(|it| last(it).is_some()).max_by_key(|it| last(it));
        if let Some(group) = nearest {
            group.push(mention);
        }
    }
    let mut entries: Vec<ProposalEntry> = groups.iter().filter_map(|it| entry(view, it)).collect();
    entries.sort_by(|one, other| {
        let key = |it: &ProposalEntry| (std::cmp::Reverse((it.origins.len(), it.support.len())), it.support.clone());
        key(one).cmp(&key(other))
    });
    entries
}

/// Whether a phrase means what a group means.
fn is_same(group: &[Mention], mention: &Mention) -> bool {
    let apart = |it: &Mention| it.by.zip(mention.by).is_some_and(|(a, b)| a != b);
    group[0].kind == mention.kind
        && !group.iter().any(apart)
        && group.iter().any(|it| {
            let one_author = it.by.is_some() && it.by == mention.by;
            one_author || !it.marks.is_disjoint(&mention.marks)
        })
}

/// The phrases of a report's running text.
fn mentions(view: &View<'_>, report: ReportIx) -> Vec<Mention> {
    let known = &view.report(report).annotations;
    let mut found = Vec::new();
    for sentence in known.sentences.iter().filter(|it| !it.repeat) {
        let role = view.report(report).article.blocks.get(sentence.block.ix()).map(|it| it.role);
        if !matches!(role, Some(Role::Body | Role::Standfirst | Role::KeyPoint)) {
            continue;
        }
        let tokens = sentence.tokens.0.ix()..sentence.tokens.1.ix().min(known.tokens.len());
        found.extend(tokens.clone().filter_map(|head| mention(view, report, tokens.clone(), head)));
    }
    found
}

fn mention(view: &View<'_>, report: ReportIx, sentence: std::ops::Range<usize>, head: usize) -> Option<Mention> {
    let known = &view.report(report).annotations;
    let text = view.report(report).text();
    let token = &known.tokens[head];
    let kind = NOUNS.iter().find(|it| it.0 == view.lemma(report, head)).map(|it| it.1)?;
    if !matches!(token.tag, "NN" | "NNP") || token.dep == "compound" {
        return None;
    }
    let children = |of: usize| sentence.clone().filter(move |it| *it != of && known.tokens[*it].head.ix() == of);
    let word = |it: usize| known.tokens[it].span.of(text);
    let before: Vec<usize> = children(head)
        .filter(|it| {
            *it < head && matches!(known.tokens[*it].dep, "amod" | "compound" | "nummod" | "nmod" | "poss" | "det")
        })
        .collect();
    let mut first = head;
    let (mut marks, mut version, mut by, mut definite) = (BTreeSet::new(), None, None, false);
    for at in before {
        let low = sentence.clone().find(|it| known.is_below((*it).into(), at.into())).unwrap_or(at);
        first = first.min(low);
        if known.tokens[at].dep == "det" {
            definite = word(at).eq_ignore_ascii_case("the");
            continue;
        }
        let phrase = Span::new(known.tokens[low].span.start(), known.tokens[at].span.end()).of(text);
        let folded = fold(phrase);
        // "28-point" tells the version, and the proposal from those with other points.
        let counts = folded.ends_with("-point");
        if counts || VERSIONS.contains(&folded.as_str()) {
            version = Some(folded.clone());
        }
        let actor = actor_at(view, report, known.tokens[at].span);
        by = by.or(actor);
        if actor.is_none() && !counts && !VERSIONS.contains(&folded.as_str()) && !EMPTY.contains(&folded.as_str()) {
            marks.insert(fold(view.lemma(report, at)));
        }
    }
    // "a plan by Nerith", "a proposal from the premier", "the plan of the ministry".
    let mut last = head;
    for at in children(head).filter(|it| head < *it) {
        let object = || children(at).find(|it| known.tokens[*it].dep == "pobj");
        let high = sentence.clone().rev().find(|it| known.is_below((*it).into(), at.into())).unwrap_or(at);
        match (known.tokens[at].dep, word(at)) {
            ("prep" | "agent", "by" | "from") => {
                by = by.or_else(|| object().and_then(|it| actor_at(view, report, known.tokens[it].span)));
                last = last.max(high);
            }
            ("prep", "for" | "on" | "of") => {
                marks.extend(object().map(|it| fold(view.lemma(report, it))));
                last = last.max(high);
            }
            ("acl", _) if children(at).any(|it| word(it) == "to") => {
                let object = children(at).find(|it| known.tokens[*it].dep == "dobj");
                marks.extend(object.map(|it| fold(view.lemma(report, it))));
                last = last.max(high);
            }
            _ => {}
        }
    }
    let is_bare = definite && marks.is_empty() && by.is_none() && version.is_none();
    // "a plan" of nobody for nothing.
    if !is_bare && marks.is_empty() && by.is_none() && version.is_none() {
        return None;
    }
    let span = Span::new(known.tokens[first].span.start(), known.tokens[last].span.end());
    let list: Vec<&str> = span.of(text).split_whitespace().collect();
    let more = if WORDS_MAX < list.len() { " …" } else { "" };
    let words = list[..list.len().min(WORDS_MAX)].join(" ") + more;
    let bare = ["the ", "The ", "a ", "A ", "an ", "An "].iter().find_map(|it| words.strip_prefix(it));
    let words = bare.unwrap_or(&words).to_owned();
    Some(Mention { at: Anchor::new(report, span), kind, words, marks, version, by, is_bare })
}

/// The named actor whose mention ends with the token at `at`.
fn actor_at(view: &View<'_>, report: ReportIx, at: Span) -> Option<CastIx> {
    let mentions = &view.report(report).annotations.mentions;
    let actor = mentions.iter().find(|it| it.span.contains(at))?.actor?;
    view.cast.of(report, actor).filter(|it| view.cast.is_named(*it))
}

/// What the reports say of one proposal; `None` when too little tells that there is one.
fn entry(view: &View<'_>, group: &[Mention]) -> Option<ProposalEntry> {
    let by = group.iter().find_map(|it| it.by);
    if by.is_none() && group.len() < 2 {
        return None;
    }
    let support = places(group.iter());
    // Most printings; of equals the fuller, then the first in the alphabet.
    let mut names: BTreeMap<&str, usize> = BTreeMap::new();
    group.iter().filter(|it| !it.is_bare).for_each(|it| *names.entry(&it.words).or_default() += 1);
    let name = names.into_iter().max_by_key(|it| (it.1, it.0.len(), std::cmp::Reverse(it.0)))?.0.to_owned();
    let mut versions: BTreeMap<&str, Vec<&Mention>> = BTreeMap::new();
    for mention in group {
        versions.entry(mention.version.as_deref().unwrap_or("")).or_default().push(mention);
    }
    versions.remove("");
    let mut versions: Vec<ProposalVersion> = versions
        .into_iter()
        .map(|(words, list)| {
            let support = places(list.into_iter());
            ProposalVersion { words: words.to_owned(), origins: origins(view, &support), support }
        })
        .collect();
    versions.sort_by(|one, other| one.support.cmp(&other.support));
    let author: Option<Party> = by.map(|it| view.cast.member(it).party.clone());
    Some(ProposalEntry {
        stances: stances(view, group),
        name,
        by: author,
        versions,
        origins: origins(view, &support),
        support,
    })
}

/// Who takes a side on it: positions whose words hold a phrase of the group.
fn stances(view: &View<'_>, group: &[Mention]) -> Vec<ProposalStance> {
    let mut found: BTreeMap<(CastIx, rapporteur_model::Stance), Vec<Anchor>> = BTreeMap::new();
    for mention in group {
        for position in view.report(mention.at.report).annotations.positions.iter().filter(|it| !it.repeat) {
            let actor = view.cast.of(mention.at.report, position.actor).filter(|it| view.cast.is_named(*it));
            if let Some(actor) = actor.filter(|_| position.span.overlaps(mention.at.span)) {
                let place = Anchor::new(mention.at.report, position.span);
                found.entry((actor, position.stance)).or_default().push(place);
            }
        }
    }
    let stance = |((actor, stance), mut support): ((CastIx, _), Vec<Anchor>)| {
        support.sort_unstable();
        support.dedup();
        ProposalStance { actor: view.cast.member(actor).party.clone(), stance, support }
    };
    let mut list: Vec<ProposalStance> = found.into_iter().map(stance).collect();
    list.sort_by(|one, other| (&one.actor.name, one.stance).cmp(&(&other.actor.name, other.stance)));
    list
}

fn places<'m>(group: impl Iterator<Item = &'m Mention>) -> Vec<Anchor> {
    let mut list: Vec<Anchor> = group.map(|it| it.at).collect();
    list.sort_unstable();
    list.dedup();
    list
}
