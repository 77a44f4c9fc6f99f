//! Edits after which both sentences cannot be true.

use std::collections::BTreeSet;

use rapporteur_model::{ActorKind, Figure, FigureKind, Mention, MentionKind, MentionUse, Nature, Quote, Span, TokenIx};

use super::words::{MONTHS, NUMBERS, Pool, WEEKDAYS, fold};
use super::{Edit, Kind, Side, tell_alike};
use crate::chance::Chance;

/// All of them.
pub const CONFLICTS: &[Kind] = &[
    Kind { name: "number", natures: &[Nature::Number], make: number },
    Kind { name: "date", natures: &[Nature::Date], make: date },
    Kind { name: "person", natures: &[Nature::Person, Nature::Participants], make: person },
    Kind { name: "place", natures: &[Nature::Place], make: place },
    Kind { name: "status", natures: &[Nature::Certainty], make: status },
    Kind { name: "negation", natures: &[Nature::Certainty], make: negation },
    Kind { name: "attribution", natures: &[Nature::Attribution, Nature::Person], make: attribution },
];

pub(super) fn one(span: Span, new: String) -> Edit {
    Edit { changes: vec![(span, new)], days_before: 0 }
}

/// Figures of the second sentence whose value the first gives too, with the number as printed: its words, its value.
pub(super) fn numbers<'a>(a: Side<'_>, b: Side<'a>) -> Vec<(&'a Figure, Span, f64)> {
    let figures = |side: Side<'a>| side.report.annotations.figures.iter().filter(move |it| side.span.contains(it.span));
    let weighs = |it: &&Figure| {
        let kinds =
            [FigureKind::Money, FigureKind::Count, FigureKind::People, FigureKind::Percent, FigureKind::Measure];
        kinds.contains(&it.kind) && it.value_max.is_none() && it.conversion_of.is_none()
    };
    let known = &a.report.annotations.figures;
    let told = |it: &Figure| {
        known.iter().any(|other| {
            a.span.contains(other.span)
                && other.kind == it.kind
                && it.value.is_some()
                && other.value == it.value
                && other.normalized_unit == it.normalized_unit
                && tell_alike(a, other.span, b, it.span)
        })
    };
    let text = b.report.text();
    let mut found = Vec::new();
    for figure in figures(b).filter(weighs).filter(|it| told(it)) {
        let tokens = b.report.annotations.tokens.iter().filter(|it| figure.span.contains(it.span));
        let mut printed = tokens.filter_map(|it| {
            let words = it.span.of(text);
            let value = words.replace(',', "").parse::<f64>().ok();
            let small = NUMBERS.iter().position(|name| *name == words.to_lowercase()).map(|it| it as f64);
            Some((it.span, value.or(small)?))
        });
        if let (Some((span, value)), None) = (printed.next(), printed.next())
            && 2.0 <= value
            && !text[..span.start() as usize].ends_with('-')
        {
            found.push((figure, span, value));
        }
    }
    found
}

/// A number as one like it is printed: with commas, with as many decimals.
pub(super) fn print(value: f64, like: &str) -> String {
    let decimals = like.split_once('.').map_or(0, |it| it.1.len());
    let plain = format!("{value:.decimals$}");
    let (whole, rest) = plain.split_once('.').map_or((plain.as_str(), ""), |it| it);
    let mut out = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if 0 < at && (whole.len() - at).is_multiple_of(3) && 3 < whole.len() {
            out.push(',');
        }
        out.push(digit);
    }
    if rest.is_empty() { out } else { format!("{out}.{rest}") }
}

fn number(a: Side<'_>, b: Side<'_>, _: &Pool, chance: &mut Chance) -> Option<Edit> {
    let all = numbers(a, b);
    let (_, span, value) = *all.get(chance.below(all.len()))?;
    let like = span.of(b.report.text());
    let factor = [0.6, 0.75, 1.3, 1.5, 1.8][chance.below(5)];
    let new = if value * factor < value { (value * factor).floor() } else { (value * factor).ceil() };
    let new = if like.contains('.') { value * factor } else { new };
    Some(one(span, print(new, like)))
}

fn date(a: Side<'_>, b: Side<'_>, _: &Pool, chance: &mut Chance) -> Option<Edit> {
    let words = |side: Side<'_>| -> Vec<(Span, String)> {
        let tokens = side.report.annotations.tokens.iter().filter(|it| side.span.contains(it.span));
        tokens.map(|it| (it.span, it.span.of(side.report.text()).to_owned())).collect()
    };
    let (first, second) = (words(a), words(b));
    let has = |own: &(Span, String)| first.iter().any(|it| it.1 == own.1 && tell_alike(a, it.0, b, own.0));
    let day = second.iter().find(|it| WEEKDAYS.contains(&it.1.as_str()) && has(it));
    if let Some((span, word)) = day {
        let ix = WEEKDAYS.iter().position(|it| it == word)?;
        return Some(one(*span, WEEKDAYS[(ix + 2 + chance.below(4)) % 7].to_owned()));
    }
    // "14 September", "September 14": the day of the month is another.
    let of_month = |list: &[(Span, String)]| {
        list.windows(2).find_map(|it| {
            let day = |at: usize| it[at].1.parse::<u32>().ok().filter(|it| (1..=31).contains(it));
            let month = |at: usize| MONTHS.iter().position(|name| name.starts_with(it[at].1.trim_end_matches('.')));
            let named = |at: usize| (3 <= it[at].1.len()).then(|| month(at)).flatten();
            named(0).zip(day(1)).map(|found| (found, it[1].0)).or(named(1).zip(day(0)).map(|found| (found, it[0].0)))
        })
    };
    let ((value, span), (other, at)) = (of_month(&second)?, of_month(&first)?);
    (value == other && tell_alike(a, at, b, span)).then(|| {
        let day = value.1 + 2 + chance.below(4) as u32;
        one(span, if 28 < day { value.1 - 3 } else { day }.to_string())
    })
}

/// Named mentions of both sentences, those of the second.
fn shared<'a>(a: Side<'_>, b: Side<'a>, kinds: &[ActorKind]) -> Vec<&'a Mention> {
    let known = &b.report.annotations;
    let last = |side: Side<'_>, it: &Mention| fold(it.span.of(side.report.text()).rsplit(' ').next().unwrap_or(""));
    let here = known.mentions.iter().filter(|it| {
        let actor = it.actor.and_then(|it| known.actors.get(it.ix()));
        b.span.contains(it.span) && it.kind == MentionKind::Named && actor.is_some_and(|it| kinds.contains(&it.kind))
    });
    here.filter(|it| {
        let mut there = a.report.annotations.mentions.iter();
        there.any(|other| {
            a.span.contains(other.span)
                && other.kind == MentionKind::Named
                && last(a, other) == last(b, it)
                && tell_alike(a, other.span, b, it.span)
        }) && is_whole(b, it.span)
    })
    .collect()
}

/// Whether a name ends where its words end: nothing is put into the middle of "Mazar-i-Sharif".
fn is_whole(side: Side<'_>, at: Span) -> bool {
    let text = side.report.text();
    let glued = |it: Option<char>| it.is_some_and(|it| it.is_alphanumeric() || matches!(it, '-' | '>' | '/'));
    let before = text[..at.start() as usize].trim_end_matches(' ').chars().next_back();
    !glued(before.filter(|_| !text[..at.start() as usize].ends_with(' ')))
        && before != Some('>')
        && !glued(text[at.end() as usize..].chars().next())
}

/// How the words hang in the sentence.
fn dep(side: Side<'_>, span: Span) -> Option<&'static str> {
    let tokens = &side.report.annotations.tokens;
    let inside = tokens.iter().filter(|it| span.contains(it.span));
    inside.filter(|it| !span.contains(tokens[it.head.ix()].span)).map(|it| it.dep).next()
}

fn person(a: Side<'_>, b: Side<'_>, pool: &Pool, chance: &mut Chance) -> Option<Edit> {
    let known = &b.report.annotations;
    let all = shared(a, b, &[ActorKind::Person]);
    let acts = |it: &&&Mention| {
        let role = dep(b, it.span);
        let speaks = known.quotes.iter().any(|quote| quote.source.iter().any(|at| at.overlaps(it.span)));
        matches!(role, Some("nsubj" | "nsubjpass" | "dobj" | "pobj")) && !speaks && it.usage == MentionUse::Actor
    };
    let mention = all.iter().find(acts)?;
    let name = Pool::stranger(&pool.people, b.report.text(), chance)?;
    // In full: a bare surname that nothing has introduced stands for nobody.
    Some(one(mention.span, name.clone()))
}

fn place(a: Side<'_>, b: Side<'_>, pool: &Pool, chance: &mut Chance) -> Option<Edit> {
    let known = &b.report.annotations;
    let all = shared(a, b, &[ActorKind::Place, ActorKind::State]);
    let mention = all.iter().find(|it| it.usage == MentionUse::Place && dep(b, it.span) == Some("pobj"))?;
    let actor = mention.actor.and_then(|it| known.actors.get(it.ix()))?;
    let list = if actor.kind == ActorKind::State { &pool.states } else { &pool.places };
    let name = Pool::stranger(list, b.report.text(), chance)?;
    Some(one(mention.span, name.clone()))
}

/// A past verb of the second sentence that the first has too: itself, or its auxiliary before it.
pub(super) fn verb(a: Side<'_>, b: Side<'_>) -> Option<(usize, Option<usize>)> {
    let lemma = |side: Side<'_>, ix: usize| fold(side.report.annotations.lemma(TokenIx::from(ix)));
    let inside = |side: Side<'_>| {
        let tokens = &side.report.annotations.tokens;
        (0..tokens.len()).filter(|it| side.span.contains(tokens[*it].span)).collect::<Vec<usize>>()
    };
    let there: Vec<String> = {
        let tokens = &a.report.annotations.tokens;
        inside(a).into_iter().filter(|it| tokens[*it].pos == "VERB").map(|it| lemma(a, it)).collect()
    };
    let tokens = &b.report.annotations.tokens;
    let here = inside(b);
    let of = |verb: usize, dep: &str| {
        here.iter().copied().find(|it| tokens[*it].head.ix() == verb && tokens[*it].dep == dep)
    };
    const SAYING: [&str; 14] = [
        "say", "tell", "add", "note", "explain", "write", "report", "announce", "claim", "call", "have", "do", "be",
        "confirm",
    ];
    here.iter().copied().find_map(|at| {
        let told = matches!(tokens[at].dep, "ROOT" | "ccomp" | "relcl" | "advcl");
        let word = lemma(b, at);
        if tokens[at].pos != "VERB" || !told || !there.contains(&word) || SAYING.contains(&word.as_str()) {
            return None;
        }
        if of(at, "neg").is_some() || (of(at, "nsubj").is_none() && of(at, "nsubjpass").is_none()) {
            return None;
        }
        let auxiliaries =
            here.iter().filter(|it| tokens[**it].head.ix() == at && matches!(tokens[**it].dep, "aux" | "auxpass"));
        let auxiliaries: Vec<usize> = auxiliaries.copied().collect();
        match (tokens[at].tag, &auxiliaries[..]) {
            ("VBD", []) => Some((at, None)),
            ("VBN", [one])
                if matches!(tokens[*one].span.of(b.report.text()), "was" | "were" | "has" | "have" | "had") =>
            {
                Some((at, Some(*one)))
            }
            _ => None,
        }
    })
}

fn negation(a: Side<'_>, b: Side<'_>, _: &Pool, _: &mut Chance) -> Option<Edit> {
    let (at, auxiliary) = verb(a, b)?;
    let known = &b.report.annotations;
    if let Some(it) = auxiliary {
        let span = known.tokens[it].span;
        return Some(one(span, format!("{} not", span.of(b.report.text()))));
    }
    Some(one(known.tokens[at].span, format!("did not {}", known.lemma(TokenIx::from(at)))))
}

fn status(a: Side<'_>, b: Side<'_>, _: &Pool, chance: &mut Chance) -> Option<Edit> {
    let (at, auxiliary) = verb(a, b)?;
    let known = &b.report.annotations;
    let text = b.report.text();
    if let Some(it) = auxiliary {
        let span = known.tokens[it].span;
        return Some(match span.of(text) {
            word @ ("was" | "were") => one(
                span,
                [format!("{word} still to be"), format!("{word} yet to be"), format!("{word} never")][chance.below(3)]
                    .clone(),
            ),
            word => {
                let verb = known.tokens[at].span;
                Edit {
                    changes: vec![(span, format!("{word} yet to")), (verb, known.lemma(TokenIx::from(at)).to_owned())],
                    days_before: 0,
                }
            }
        });
    }
    let word = known.lemma(TokenIx::from(at));
    let forms = ["was yet to", "refused to", "dropped plans to", "still planned to"];
    Some(one(known.tokens[at].span, format!("{} {word}", forms[chance.below(forms.len())])))
}

/// Another speaker for words that both sentences give.
fn attribution(a: Side<'_>, b: Side<'_>, pool: &Pool, chance: &mut Chance) -> Option<Edit> {
    let text = b.report.text();
    let bag = |side: Side<'_>, quote: &Quote| -> BTreeSet<String> {
        let words = quote.content.iter().flat_map(|it| it.of(side.report.text()).split(|c: char| !c.is_alphanumeric()));
        words.filter(|it| 3 < it.len()).map(fold).collect()
    };
    let last =
        |side: Side<'_>, quote: &Quote| fold(quote.source[0].of(side.report.text()).rsplit(' ').next().unwrap_or(""));
    let named = |side: Side<'_>, it: &Quote| {
        let inside = it.cue.iter().chain(&it.source).all(|at| side.span.contains(*at));
        inside && it.source.len() == 1 && !it.speakers.is_empty()
    };
    let known = &b.report.annotations;
    let quote = known.quotes.iter().find(|it| {
        let person =
            it.speakers.iter().all(|it| known.actors.get(it.ix()).is_some_and(|it| it.kind == ActorKind::Person));
        let own = bag(b, it);
        let mut there = a.report.annotations.quotes.iter().filter(|it| named(a, it));
        named(b, it)
            && person
            && there.any(|other| {
                let (others, words) = (bag(a, other), fold(other.source[0].of(a.report.text())));
                let both = own.intersection(&others).count();
                words.contains(&last(b, it)) && 3 <= both && own.len().min(others.len()) < 2 * both
            })
    })?;
    let name = Pool::stranger(&pool.people, text, chance)?;
    Some(one(quote.source[0], name.clone()))
}
