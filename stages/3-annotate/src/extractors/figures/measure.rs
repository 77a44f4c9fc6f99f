//! What a number counts or measures: a unit of the lexicon, a currency, per cent, or a noun of the text.

use rapporteur_lexicon::Lexicon;
use rapporteur_model::{Annotations, FigureKind, TokenIx};

use super::amount::Amount;
use crate::extractors::times::atoms::AtomKind;
use crate::extractors::times::numbers::number_at;
use crate::extractors::times::reader::Reader;

/// A unit as read from the text.
#[derive(Debug, Clone, Default)]
pub(super) struct Measure {
    /// The index after its last atom.
    pub(super) end: usize,
    /// As written.
    pub(super) unit: String,
    /// Standard name.
    pub(super) normalized: String,
    /// What kind of figure it makes.
    pub(super) kind: FigureKind,
    /// ISO 4217.
    pub(super) currency: Option<&'static str>,
    /// The counted noun.
    pub(super) noun: Option<TokenIx>,
}

/// The measure of an amount. `None` when the number counts nothing.
pub(super) fn measure_of(
    reader: &Reader<'_>,
    known: &Annotations,
    lexicon: &Lexicon,
    amount: &Amount,
) -> Option<Measure> {
    // "from 208 pounds to 193": the unit that stands with the first end is the unit of both.
    let first = amount.first_unit.filter(|it| *it < amount.end).map(|end| Amount { end, ..*amount });
    let plain = |amount: &Amount| {
        money(reader, lexicon, amount)
            .or_else(|| percent(reader, amount))
            .or_else(|| age(reader, amount))
            .or_else(|| unit(reader, lexicon, amount))
    };
    let mut found = multiple(reader, amount)
        .or_else(|| plain(amount))
        .or_else(|| first.and_then(|it| plain(&it)).map(|it| Measure { end: amount.end, noun: None, ..it }))
        .or_else(|| counted(reader, known, amount).map(|it| as_unit(known, lexicon, it)))
        .or_else(|| {
            // "280 million of the 1.5 billion shekels": the whole has the unit of its part.
            let whole = amount.end + 2;
            let part = reader.word(amount.end) == "of" && matches!(reader.word(whole - 1), "the" | "its" | "their");
            let whole = part.then(|| super::amount::amount_at(reader, lexicon, whole)).flatten()?;
            plain(&whole).map(|it| Measure { end: amount.end, noun: None, ..it })
        })?;
    if matches!(found.kind, FigureKind::Money | FigureKind::Measure) {
        rate(reader, lexicon, &mut found);
    }
    Some(found)
}

/// "6.5 times earnings", "three times the price": how many times something else.
fn multiple(reader: &Reader<'_>, amount: &Amount) -> Option<Measure> {
    let at = amount.end;
    let what = reader.get(at + 1)?;
    let is_multiple = reader.word(at) == "times"
        && amount.currency.is_none()
        && what.kind == AtomKind::Word
        && (reader.noun(at + 1) || matches!(reader.word(at + 1), "the" | "its" | "their" | "book"));
    is_multiple.then(|| Measure {
        end: at + 1,
        unit: "times".to_owned(),
        normalized: "count".to_owned(),
        kind: FigureKind::Count,
        ..Measure::default()
    })
}

/// "€250m", "140-billion-euro", "10.5 million Australian dollars", "19 cents".
fn money(reader: &Reader<'_>, lexicon: &Lexicon, amount: &Amount) -> Option<Measure> {
    let of = usize::from(amount.of && reader.word(amount.end) == "of");
    let at = amount.end + of + usize::from(reader.hyphen(amount.end));
    let words: Vec<&str> = (at..at + 4).map(|it| reader.raw(it)).collect();
    if let Some(AtomKind::Mark(sign)) =
        reader.get(at).map(|it| it.kind).filter(|_| amount.currency.is_none() && reader.glued(at))
    {
        // "1,200€"
        let found = lexicon.currency_symbol(words[0]).filter(|_| !sign.is_ascii() || sign == '$')?;
        let unit = words[0].to_owned();
        return Some(Measure {
            end: at + 1,
            unit,
            normalized: currency_name(lexicon, found.code),
            kind: FigureKind::Money,
            currency: Some(found.code),
            noun: None,
        });
    }
    let named = lexicon.currency_at(&words, 0).filter(|_| reader.get(at).is_some_and(|it| it.kind == AtomKind::Word));
    // "208 pounds" is a weight unless something says money.
    let weight = matches!(reader.word(at), "pound" | "pounds")
        && amount.currency.is_none()
        && amount.value < 1e5
        && !reader.text.contains(['£'])
        && !reader.text.contains("sterling");
    if weight {
        return None;
    }
    let (code, end) = match (amount.currency, named) {
        (Some(sign), Some((name, n))) if sign == name.code => (sign, at + n),
        (Some(sign), _) => (sign, amount.end),
        (None, Some((name, n))) if 1 < words[0].len() => (name.code, at + n),
        (None, _) => return minor(reader, lexicon, at),
    };
    let unit = reader.span(
        if amount.currency.is_some() { amount.start } else { at },
        if amount.currency.is_some() { amount.number } else { end },
    );
    Some(Measure {
        end,
        unit: unit.of(reader.text).to_owned(),
        normalized: currency_name(lexicon, code),
        kind: FigureKind::Money,
        currency: Some(code),
        noun: None,
    })
}

/// A currency's name as unit lists print it: "dollar", "pound sterling", "japanese yen". The fullest singular name, but the
/// plain word for the currency that needs no country.
fn currency_name(lexicon: &Lexicon, code: &str) -> String {
    match code {
        "USD" => return "dollar".to_owned(),
        "ILS" => return "shekel".to_owned(),
        _ => {}
    }
    let Some(currency) = lexicon.currency(code) else {
        return code.to_lowercase();
    };
    let singular = |it: &&str| it.contains(' ') && !it.ends_with('s');
    let named = currency.names.iter().find(singular).or_else(|| currency.names.iter().next());
    named.map_or_else(|| code.to_lowercase(), str::to_lowercase)
}

/// Small coins: "63 cents per share".
fn minor(reader: &Reader<'_>, lexicon: &Lexicon, at: usize) -> Option<Measure> {
    let word = reader.word(at);
    // "118.5p"; "1080p" are lines of a picture.
    let lines = matches!(reader.word(at.wrapping_sub(1)), "240" | "360" | "480" | "720" | "1080" | "2160");
    if reader.raw(at) == "p" && reader.glued(at) && !lines {
        let kind = FigureKind::Money;
        return Some(Measure {
            end: at + 1,
            unit: "p".to_owned(),
            normalized: "penny".to_owned(),
            kind,
            ..Measure::default()
        });
    }
    if word.len() < 3 || matches!(word, "para" | "sen" | "fen") && word != reader.raw(at) {
        return None;
    }
    lexicon.currencies().iter().find(|it| it.minor.iter().any(|minor| minor == word))?;
    Some(Measure {
        end: at + 1,
        unit: word.to_owned(),
        normalized: word.strip_suffix('s').unwrap_or(word).to_owned(),
        kind: FigureKind::Money,
        currency: None,
        noun: None,
    })
}

/// "%", "per cent", "percentage points".
fn percent(reader: &Reader<'_>, amount: &Amount) -> Option<Measure> {
    let at = amount.end + usize::from(reader.hyphen(amount.end));
    let (end, normalized) = match reader.lower(at) {
        "%" => (at + 1, "percentage"),
        "percent" | "pct" | "pc" => (at + 1, "percentage"),
        "per" if reader.word(at + 1) == "cent" => (at + 2, "percentage"),
        "percentage" if reader.word(at + 1).starts_with("point") => (at + 2, "percentage point"),
        "basis" if reader.word(at + 1).starts_with("point") => (at + 2, "basis point"),
        _ => return None,
    };
    let points = reader.hyphen(end) as usize + end;
    let (end, normalized) =
        if reader.word(points).starts_with("point") { (points + 1, "percentage point") } else { (end, normalized) };
    let unit = reader.span(at, end).of(reader.text).to_owned();
    Some(Measure { end, unit, normalized: normalized.to_owned(), kind: FigureKind::Percent, ..Measure::default() })
}

/// "34-year-old", "34 years old".
fn age(reader: &Reader<'_>, amount: &Amount) -> Option<Measure> {
    if let Some(found) = age_alone(reader, amount) {
        return Some(found);
    }
    let at = amount.end + usize::from(reader.hyphen(amount.end));
    let unit = match reader.word(at) {
        "year" | "years" => "year of age",
        "month" | "months" => "month of age",
        _ => return None,
    };
    let old = at + 1 + usize::from(reader.hyphen(at + 1));
    let aged = reader.word(old) == "old" || reader.phrase(old, &["of", "age"]).is_some();
    let end = if reader.word(old) == "old" { old + 1 } else { old + 2 };
    let words = reader.span(at, end).of(reader.text).to_owned();
    aged.then(|| Measure { end, unit: words, normalized: unit.to_owned(), kind: FigureKind::Age, ..Measure::default() })
}

/// "aged 34", "the age of 21", "Ana Lee, 34, said".
fn age_alone(reader: &Reader<'_>, amount: &Amount) -> Option<Measure> {
    let before = |back: usize| amount.number.checked_sub(back).map_or("", |it| reader.lower(it));
    let plausible = (0.0..120.0).contains(&amount.value) && amount.value.fract() == 0.0 && amount.value_max.is_none();
    let told = before(1) == "aged" || before(1) == "age" || before(2) == "age" && before(1) == "of";
    // A surname that the entity model missed: "Lee, 34, said".
    let person = || {
        amount.number.checked_sub(2).is_some_and(|it| {
            reader.label(it) == "PERSON"
                || reader.label(it).is_empty() && reader.tag(it) == "NNP" && reader.lower(amount.end) == ","
        })
    };
    let turned = matches!(before(1), "turned" | "turns" | "turning") && amount.digits && is_adult(amount.value)
        || matches!(before(1), "is" | "was" | "be") && amount.digits && is_adult(amount.value) && {
            let who = if before(1) == "be" { before(3) } else { before(2) };
            matches!(who, "he" | "she" | "i") && !reader.noun(amount.end)
        };
    let closed = matches!(reader.lower(amount.end), "," | ";" | ")" | ".");
    let beside = amount.digits && 4.0 < amount.value && matches!(before(1), "," | "(") && closed && person();
    (plausible && (told || beside || turned)).then(|| Measure {
        end: amount.end,
        normalized: "year of age".to_owned(),
        kind: FigureKind::Age,
        ..Measure::default()
    })
}

fn is_adult(years: f64) -> bool {
    (12.0..110.0).contains(&years)
}

/// A unit of the lexicon: "701 sq km", "80km/h", "5.5kWh".
fn unit(reader: &Reader<'_>, lexicon: &Lexicon, amount: &Amount) -> Option<Measure> {
    let at = amount.end + usize::from(reader.hyphen(amount.end));
    let first = reader.get(at)?;
    if first.kind == AtomKind::Number || amount.of && !amount.fraction && reader.word(amount.end) != "of" {
        return None;
    }
    let from = first.span.start() as usize;
    let rest = reader.text.get(from..)?;
    let line = rest.split(['\n', ',', ';', '(', ')', '"']).next().unwrap_or("");
    let words: Vec<&str> = line
        .split_whitespace()
        .take(4)
        .map(|it| it.trim_end_matches(['.', ':', '!', '?', '”', '’', ']', '\'']))
        .collect();
    let (unit, n) = lexicon.unit_at(&words, 0).or_else(|| {
        // "year-long", "metre-high", "mile-wide": the unit before a hyphen.
        let head = words.first()?.split(['-', '–', '/', '’', '\'']).next()?;
        lexicon.unit_at(&[head], 0)
    })?;
    let single = words[0].len() == 1 && words[0].chars().all(char::is_alphabetic);
    if words[0] == "s" {
        return None;
    }
    if single && !reader.glued(at) && !matches!(words[0], "m" | "C" | "F" | "g" | "W" | "V") {
        return None;
    }
    let last = words[..n].last()?;
    let mut end_byte = from + (last.as_ptr() as usize - line.as_ptr() as usize) + last.len();
    if n == 1 && lexicon.unit_at(&words, 0).is_none() {
        end_byte = from + words[0].split(['-', '–', '/', '’', '\'']).next()?.len();
    }
    let mut end = at;
    while reader.get(end).is_some_and(|it| (it.span.start() as usize) < end_byte) {
        end += 1;
    }
    let time = unit.quantity == "time";
    // A month's or year's name, or "second" as a rank, is not counted.
    if time && (unit.name == "quarter" || reader.word(at) == "second" && !amount.digits) {
        return None;
    }
    Some(Measure {
        end,
        unit: reader.span(at, end).of(reader.text).to_owned(),
        normalized: unit.name.to_owned(),
        kind: if time { FigureKind::Duration } else { FigureKind::Measure },
        ..Measure::default()
    })
}

/// "| per share", "| a month", "| /h" after money or a measure.
fn rate(reader: &Reader<'_>, lexicon: &Lexicon, found: &mut Measure) {
    // "9 billion shekels ($2.4 billion) a year": the rate stands after the conversion.
    let closed = match reader.lower(found.end) {
        "(" => (found.end + 2..found.end + 9).find(|it| reader.lower(*it) == ")"),
        _ => None,
    };
    let over = closed.filter(|it| matches!(reader.lower(it + 1), "a" | "per"));
    let at = over.map_or(found.end, |it| it + 1);
    let led = match reader.lower(at) {
        "per" | "/" => true,
        "a" | "an" => {
            let timed = crate::extractors::times::words::unit(reader.word(at + 1)).is_some_and(|it| !it.1);
            timed && !matches!(reader.word(at + 2), "ago" | "earlier" | "later" | "before")
                || reader.token(at + 1).is_some_and(|it| it.dep == "npadvmod")
                    && !matches!(reader.word(at + 2), "ago" | "earlier" | "later" | "before")
        }
        "-" => matches!(reader.word(at + 1), "a" | "per"),
        _ => false,
    };
    if !led {
        return;
    }
    let at = at + 1 + usize::from(reader.lower(at) == "-");
    let at = at + usize::from(reader.hyphen(at));
    if number_at(reader, at).is_some() && !matches!(reader.word(at), "a" | "an") {
        return;
    }
    let words: Vec<&str> = (at..at + 3).map(|it| reader.raw(it)).collect();
    let (name, n) = match lexicon.unit_at(&words, 0) {
        Some((unit, n)) => (unit.name.to_owned(), n),
        None if reader.get(at).is_some_and(|it| it.kind == AtomKind::Word) && reader.noun(at) => {
            (reader.word(at).to_owned(), 1)
        }
        None => return,
    };
    found.unit = format!("{} per {}", found.unit, words[..n].join(" "));
    found.normalized = format!("{} per {name}", found.normalized);
    if over.is_none() {
        found.end = at + n;
    }
}

/// The noun that a number counts: "| other leaders", "one of | the best wireless speakers".
fn counted(reader: &Reader<'_>, known: &Annotations, amount: &Amount) -> Option<Measure> {
    if amount.of && reader.word(amount.end) == "of" {
        return counted_of(reader, known, amount);
    }
    let number = reader.get(amount.end - 1)?.token?;
    let mut noun = number;
    for _ in 0..4 {
        let it = known.tokens.get(noun.ix())?;
        let range = it.dep == "conj" && amount.value_max.is_some();
        if !range && !matches!(it.dep, "nummod" | "quantmod" | "compound" | "nmod" | "amod" | "npadvmod")
            || it.head == noun
        {
            break;
        }
        noun = it.head;
        let head = &known.tokens[noun.ix()];
        if !range && matches!(head.pos, "NOUN" | "PROPN") && !matches!(head.dep, "nummod" | "quantmod" | "compound") {
            break;
        }
    }
    let head = known.tokens.get(noun.ix())?;
    let after = amount.end;
    if noun <= number || !matches!(head.pos, "NOUN" | "PROPN") || 8 < noun.0 - number.0 {
        return None;
    }
    // "12 Mini deal", "575 Long Road": more than one of a thing takes the plural, in a compound or not at all.
    let compound = reader.hyphen(after);
    let invariant = matches!(
        known.lemma(noun),
        "people" | "aircraft" | "police" | "staff" | "personnel" | "offspring" | "sheep" | "fish" | "troop" | "dead"
    );
    let symbol =
        reader.get(after).is_some_and(|it| it.token == Some(noun)) && reader.raw(after).len() <= 4 && amount.digits;
    if amount.value != 1.0 && matches!(head.tag, "NN" | "NNP") && !compound && !invariant && !symbol {
        return None;
    }
    // "six-cylinder engine options" count cylinders.
    if compound {
        let word = reader.get(after + 1).filter(|it| it.kind == AtomKind::Word)?;
        let first = word.token?;
        let lemma = known.lemma(first).to_owned();
        let kind = if is_person(&lemma) { FigureKind::People } else { FigureKind::Count };
        return Some(Measure {
            end: after + 2,
            unit: reader.raw(after + 1).to_owned(),
            normalized: lemma,
            kind,
            noun: Some(noun),
            ..Measure::default()
        });
    }
    let mut found = noun_phrase(reader, known, after, noun)?;
    // "the top three seeds", "a record 32 goals": the word before the number goes with the noun.
    let ahead = amount.number.wrapping_sub(1);
    if found.kind == FigureKind::Count && matches!(reader.word(ahead), "top" | "record" | "bottom") {
        found.normalized = format!("{} {}", reader.word(ahead), found.normalized);
    }
    // "one in three Germans"
    let normalized = if amount.fraction { format!("% {}", found.normalized) } else { found.normalized };
    Some(Measure { normalized, ..found })
}

/// "517 rushing yards": a counted noun that is a unit.
fn as_unit(known: &Annotations, lexicon: &Lexicon, found: Measure) -> Measure {
    let unit = found.noun.map(|it| known.lemma(it)).filter(|it| 3 < it.len()).and_then(|it| lexicon.unit(it));
    match unit.filter(|it| !matches!(it.quantity, "count" | "ratio" | "magnitude") && it.name != "quarter") {
        Some(unit) => {
            let kind = if unit.quantity == "time" { FigureKind::Duration } else { FigureKind::Measure };
            Measure { normalized: unit.name.to_owned(), kind, ..found }
        }
        None => found,
    }
}

/// "one of | the best speakers", "dozens of | people", "a third of | the population".
fn counted_of(reader: &Reader<'_>, known: &Annotations, amount: &Amount) -> Option<Measure> {
    let of = reader.get(amount.end)?.token?;
    let noun = (of.ix() + 1..known.tokens.len().min(of.ix() + 12)).map(TokenIx::from).find(|it| {
        let token = &known.tokens[it.ix()];
        token.head == of && token.dep == "pobj"
    })?;
    let mut at = amount.end + 1;
    while reader.tag(at) == "CD"
        || matches!(
            reader.word(at),
            "the" | "a" | "an" | "its" | "their" | "his" | "her" | "our" | "my" | "these" | "those" | "most"
        )
    {
        at += 1;
    }
    let mut found = noun_phrase(reader, known, at, noun)?;
    if amount.fraction && !amount.digits {
        // "two-thirds of | which" says nothing of what.
        let what = if reader.tag(at).starts_with('W') { "" } else { found.normalized.as_str() };
        found.normalized = format!("% {what}").trim_end().to_owned();
        found.kind = FigureKind::Percent;
    }
    Some(found)
}

/// The words from atom `from` up to the noun, and their lemmas.
fn noun_phrase(reader: &Reader<'_>, known: &Annotations, from: usize, noun: TokenIx) -> Option<Measure> {
    // "from 24.2 to 33 billion": no noun begins here.
    if matches!(reader.tag(from), "TO" | "IN" | "CC") {
        return None;
    }
    let mut end = from;
    let mut lemmas: Vec<String> = Vec::new();
    let mut last_token = None;
    while let Some(atom) = reader.get(end) {
        let token = atom.token.filter(|it| *it <= noun);
        let Some(token) = token else { break };
        if matches!(atom.kind, AtomKind::Mark(',' | ';' | '(' | ')' | ':'))
            || atom.kind == AtomKind::Number && atom.spaced && end == from
        {
            return None;
        }
        // "7.3 points 3.7 rebounds": the next number starts the next figure.
        let noun_before = last_token.is_some_and(|it: TokenIx| matches!(known.tokens[it.ix()].pos, "NOUN" | "PROPN"));
        if atom.kind == AtomKind::Number && from < end && atom.spaced && noun_before {
            break;
        }
        if last_token != Some(token) && known.tokens[token.ix()].pos != "PUNCT" {
            // "trusted envoys" are not "trust envoys".
            let participle = matches!(known.tokens[token.ix()].tag, "VBN" | "VBG" | "VBD");
            lemmas.push(if participle { reader.lower(end).to_owned() } else { known.lemma(token).to_owned() });
        } else if known.tokens[token.ix()].pos == "PUNCT" {
                lemmas.push("-".to_owned());
        }
        last_token = Some(token);
        end += 1;
    }
    if lemmas.is_empty() || 6 < lemmas.len() {
        return None;
    }
    let lemma = known.lemma(noun).to_lowercase();
    let skip = lemmas
        .iter()
        .take_while(|it| matches!(it.as_str(), "other" | "more" | "additional" | "such"))
        .count()
        .min(lemmas.len() - 1);
    Some(Measure {
        end,
        unit: reader.span(from, end).of(reader.text).to_owned(),
        normalized: lemmas[skip..].join(" ").replace(" - ", "-"),
        kind: if is_person(&lemma) { FigureKind::People } else { FigureKind::Count },
        noun: Some(noun),
        ..Measure::default()
    })
}

/// Whether a noun counts people.
fn is_person(lemma: &str) -> bool {
    const PEOPLE: &[&str] = &[
        "people", "person", "man", "woman", "child", "boy", "girl", "civilian", "troop", "casualty", "victim",
        "refugee", "hostage", "patient", "student", "resident", "citizen", "adult", "member", "leader", "official",
        "envoy", "minister", "delegate", "protester", "worker", "employee", "passenger", "prisoner", "police",
        "personnel", "staff", "dead", "injured", "wounded", "american", "parent", "pupil", "sailor", "migrant",
        "recruit", "guest", "journalist",
    ];
    PEOPLE.contains(&lemma)
        || [
            "soldier", "fighter", "officer", "diplomat", "negotiator", "militant", "voter", "survivor", "defender",
            "teacher",
        ]
        .contains(&lemma)
        || lemma.ends_with("ian") && 5 < lemma.len()
}
