//! Figures: numbers with what they measure: "€250m", "701 sq km", "a dozen other leaders", "up 9.4 per cent".
//!
//! A number is read together with its currency, scale, range and unit; what it counts, who gives it and whether it rose
//! is read off the parse.
//!
//! Not found on purpose: years, dates and times of day, names with numbers (G7, Boeing 737), list numbers, scores,
//! telephone numbers, "several", plain ranks ("first").

mod amount;
mod bounds;
mod concept;
mod measure;
mod money;

use rapporteur_model::{Change, Figure, FigureIx, FigureKind, Span, Time, TimeKind, TokenIx};

use super::Found;
use super::times::atoms::{AtomKind, Atoms};
use super::times::reader::Reader;
use crate::Context;
use amount::Amount;
use measure::Measure;

/// Finds them.
pub(crate) fn find(context: &Context<'_>) -> Found {
    let mut figures = Vec::new();
    for block in context.article.blocks.iter().filter(|it| it.role.is_prose()) {
        let known = context.known;
        let atoms = Atoms::new(context.text(), block.span, &known.tokens);
        let reader = Reader { atoms, tokens: &known.tokens, lexicon: context.lexicon, entities: &known.entities };
        let first = figures.len();
        in_block(context, &reader, &mut figures);
        for figure in &mut figures[first..] {
            figure.repeat = block.repeat_of.is_some();
        }
    }
    conversions(context, &mut figures);
    Found::Figures(figures)
}

fn in_block(context: &Context<'_>, reader: &Reader<'_>, figures: &mut Vec<Figure>) {
    let mut ix = 0;
    while ix < reader.list.len() {
        if let Some((rank, end)) = rank_at(context, reader, ix) {
            figures.push(rank);
            ix = end;
            continue;
        }
        let Some(amount) = amount::amount_at(reader, context.lexicon, ix) else {
            ix += 1;
            continue;
        };
        ix = amount.end;
        if is_name(reader, &amount) {
            continue;
        }
        if let Some((figure, end)) = figure(context, reader, &amount)
            && !in_date(context, figure.span, figure.kind, amount.fraction)
        {
            ix = end.max(amount.end);
            figures.push(figure);
        }
    }
}

/// The figure of an amount, and the index after it.
fn figure(context: &Context<'_>, reader: &Reader<'_>, amount: &Amount) -> Option<(Figure, usize)> {
    let (known, tree) = (context.known, context.tree);
    let measure = measure::measure_of(reader, known, context.lexicon, amount);
    let measure =
        measure.or_else(|| people_alone(context, reader, amount)).or_else(|| bare(reader, context.lexicon, amount))?;
    // "a five-year plan": a name for the plan rather than a length told, unless it is bounded.
    let bounds = bounds::bounds_of(reader, context.lexicon, amount, measure.end, measure.kind);
    let compound = measure.kind == FigureKind::Duration && reader.hyphen(amount.end) && bounds.change == Change::Equal;
    if compound
        || measure.kind == FigureKind::Duration && !amount.digits && matches!(reader.word(amount.number), "a" | "an")
    {
        return None;
    }
    let token = reader.get(measure.end - 1).and_then(|it| it.token).or(reader.get(amount.end - 1)?.token)?;
    let number = reader.get(amount.end - 1)?.token?;
    let mut change = bounds.change;
    if change == Change::Equal
        && matches!(measure.kind, FigureKind::Percent | FigureKind::Money | FigureKind::Measure | FigureKind::Count)
    {
        change =
            bounds::trend(known, tree, if measure.kind == FigureKind::Count { number } else { token }, measure.kind);
    }
    let start = bounds.start.min(amount.start);
    let span = reader.span(start, measure.end.max(bounds.end));
    let mut figure = Figure {
        span,
        value: Some(amount.value),
        value_max: amount.value_max,
        unit: measure.unit,
        normalized_unit: measure.normalized,
        kind: measure.kind,
        change,
        currency: measure.currency,
        additional: bounds.additional,
        ..Figure::default()
    };
    let head = measure.noun.unwrap_or(token);
    let counts =
        matches!(figure.kind, FigureKind::Count | FigureKind::People | FigureKind::Duration) && !figure.unit.is_empty();
    figure.concept = concept::concept_of(known, tree, head, span, counts);
    // "the average life expectancy is around 73"
    let years = |it: Span| {
        it.of(context.text()).split_whitespace().any(|word| matches!(word, "age" | "expectancy" | "lifespan"))
    };
    if counts_nothing(&figure) && figure.concept.is_some_and(years) {
        (figure.kind, figure.normalized_unit) = (FigureKind::Age, "year of age".to_owned());
    }
    figure.comparison = comparison(context, head);
    figure.stated_by = stated_by(context, span);
    if figure.currency.is_some() {
        money::fill(known, tree, token, &mut figure);
    }
    Some((figure, measure.end))
}

/// A bare number that can be years of a life.
fn counts_nothing(figure: &Figure) -> bool {
    figure.kind == FigureKind::Count && figure.unit.is_empty() && figure.value.is_some_and(|it| it <= 120.0)
}

/// A number without a unit: only where its form says that it is an amount.
fn bare(reader: &Reader<'_>, lexicon: &rapporteur_lexicon::Lexicon, amount: &Amount) -> Option<Measure> {
    let scaled = amount.digits && 1000.0 <= amount.value.abs() && !reader.lower(amount.number).is_empty();
    let written = reader.lower(amount.number);
    let grouped = written.contains(',') || amount.number + 1 < amount.end && scaled;
    let label = reader.label(amount.number);
    let plain = matches!(label, "CARDINAL" | "" | "MONEY" | "QUANTITY");
    let bounded = amount.digits
        && bounds::bounds_of(reader, lexicon, amount, amount.end, FigureKind::Count).change != Change::Equal;
    let decimal = amount.digits && written.contains('.') && amount.value.fract() != 0.0;
    let measured = (grouped || bounded || decimal) && plain || amount.fraction;
    measured.then(|| Measure { end: amount.end, kind: FigureKind::Count, ..Measure::default() })
}

/// People counted without a noun: "killing 26", "26 were injured", "26 dead".
fn people_alone(context: &Context<'_>, reader: &Reader<'_>, amount: &Amount) -> Option<Measure> {
    const DEEDS: &[&str] = &[
        "kill", "injure", "wound", "hurt", "die", "arrest", "detain", "slay", "displace", "evacuate", "hospitalise",
        "hospitalize", "rescue",
    ];
    const STATES: &[&str] = &["dead", "injured", "wounded", "killed", "missing", "arrested", "hurt", "detained"];
    let known = context.known;
    let token = reader.get(amount.end - 1)?.token?;
    let it = &known.tokens[token.ix()];
    let whole = amount.value.fract() == 0.0 && 1.0 < amount.value && amount.currency.is_none();
    let done = matches!(it.dep, "dobj" | "nsubj" | "nsubjpass" | "conj") && DEEDS.contains(&known.lemma(it.head));
    let said = STATES.contains(&reader.word(amount.end));
    (whole && (done || said)).then(|| Measure {
        end: amount.end,
        normalized: "people".to_owned(),
        kind: FigureKind::People,
        ..Measure::default()
    })
}

/// Whether the number belongs to a name, a list, a date or a telephone number.
fn is_name(reader: &Reader<'_>, amount: &Amount) -> bool {
    let at = amount.number;
    let is_number = |ix: usize| reader.get(ix).is_some_and(|it| it.kind == AtomKind::Number);
    if amount.currency.is_some() {
        return false;
    }
    let before = at.checked_sub(1);
    let glued_word =
        reader.glued(at) && before.is_some_and(|it| reader.get(it).is_some_and(|it| it.kind == AtomKind::Word));
    let hyphened = amount.digits && reader.glued(at) && before.is_some_and(|it| reader.hyphen(it)) && 1 < at && {
        // "minus-5", "sub-7" are signs.
        !matches!(reader.word(at - 2), "minus" | "sub")
            && reader.get(at - 2).is_some_and(|it| it.kind == AtomKind::Word)
    };
    if glued_word || hyphened {
        return true;
    }
    if amount.digits && reader.glued(at) && before.is_some_and(|it| matches!(reader.lower(it), "#" | "." | "/" | ":")) {
        return true;
    }
    if before.is_some_and(|it| {
        matches!(
            reader.word(it),
            "no" | "nos"
                | "number"
                | "chapter"
                | "article"
                | "section"
                | "page"
                | "line"
                | "route"
                | "room"
                | "channel"
                | "phase"
                | "item"
                | "resolution"
                | "flight"
                | "level"
                | "type"
        )
    }) && amount.digits
        || before.is_some_and(|it| {
            it > 0 && reader.mark(it, '.') && matches!(reader.word(it - 1), "no" | "nos") && amount.digits
        })
    {
        return true;
    }
    // "(0030 GMT)": a time of day.
    let clock = amount.digits && reader.lower(at).len() == 4 && amount.end == at + 1;
    if clock && !reader.raw(amount.end).is_empty() && reader.lexicon.zone(reader.raw(amount.end)).is_some() {
        return true;
    }
    // "one another": no count.
    if !amount.digits
        && reader.word(at) == "one"
        && amount.end == at + 1
        && matches!(reader.word(amount.end), "another")
    {
        return true;
    }
    // "96th"
    if matches!(reader.word(amount.end), "st" | "nd" | "rd" | "th") && reader.glued(amount.end) {
        return true;
    }
    // A telephone number, a version, a score: more numbers hang on.
    let chained = matches!(reader.lower(amount.end), "-" | "–" | "/" | ".")
        && reader.glued(amount.end)
        && reader.glued(amount.end + 1)
        && is_number(amount.end + 1);
    if amount.digits && chained {
        return true;
    }
    // "Fortune 100", "Boeing 737", "iPhone 11 Pro": a name before it and nothing counted after it.
    let name_before = before.is_some_and(|it| matches!(reader.tag(it), "NNP" | "NNPS") && !reader.raw(it).is_empty());
    let counts_after = matches!(reader.tag(amount.end), "NNS" | "NNPS" | "JJ") || unit_like(reader, amount.end);
    let label = reader.label(at);
    let named = matches!(
        label,
        "PRODUCT" | "ORG" | "FAC" | "WORK_OF_ART" | "LAW" | "EVENT" | "PERSON" | "GPE" | "LOC" | "NORP"
    );
    amount.digits
        && (name_before && !counts_after && !matches!(label, "MONEY" | "PERCENT" | "QUANTITY")
            || named && !counts_after && amount.value_max.is_none())
}

fn unit_like(reader: &Reader<'_>, ix: usize) -> bool {
    let at = ix + usize::from(reader.hyphen(ix));
    matches!(
        reader.lower(at),
        "%" | "percent" | "per" | "million" | "billion" | "euros" | "dollars" | "km" | "sq" | "mph" | "kg"
    ) || matches!(
        reader.word(at),
        "inch"
            | "inches"
            | "foot"
            | "feet"
            | "metre"
            | "metres"
            | "meter"
            | "meters"
            | "mile"
            | "miles"
            | "tonnes"
            | "tons"
            | "hours"
            | "minutes"
            | "hectares"
            | "acres"
    ) || reader.glued(ix) && reader.get(ix).is_some_and(|it| it.kind == AtomKind::Word)
}

/// Whether a figure is a date, year or time of day that the times have found.
fn in_date(context: &Context<'_>, span: Span, kind: FigureKind, part: bool) -> bool {
    let times: &[Time] = &context.known.times;
    let at = times.partition_point(|it| it.span.end() <= span.start());
    let Some(time) = times.get(at).filter(|it| it.span.overlaps(span)) else { return false };
    if part && time.span.contains(span) {
        return true;
    }
    match time.kind {
        TimeKind::Date => kind != FigureKind::Duration && !matches!(kind, FigureKind::Money | FigureKind::Percent),
        TimeKind::Time => kind != FigureKind::Money && kind != FigureKind::Percent,
        TimeKind::Set => kind == FigureKind::Count,
        TimeKind::Duration => kind == FigureKind::Count && time.span.contains(span),
    }
}

/// "second-largest", "third-biggest": a rank among others.
fn rank_at(context: &Context<'_>, reader: &Reader<'_>, ix: usize) -> Option<(Figure, usize)> {
    let (rank, at) = super::times::numbers::ordinal_at(reader, ix)?;
    let at = at + usize::from(reader.hyphen(at));
    let token = reader.token(at)?;
    if token.tag != "JJS" && token.tag != "RBS" || reader.get(ix)?.token? > reader.get(at)?.token? {
        return None;
    }
    let end = if matches!(reader.word(at), "most" | "least") { at + 2 } else { at + 1 };
    let head = reader.get(at)?.token?;
    let noun = context.known.tokens.get(head.ix())?.head;
    let span = reader.span(ix, end);
    let comparison = context.tree.subtree(context.known, noun);
    let figure = Figure {
        span,
        value: Some(f64::from(rank)),
        unit: context.known.tokens[noun.ix()].span.of(context.text()).to_owned(),
        normalized_unit: context.known.lemma(noun).to_owned(),
        kind: FigureKind::Ordinal,
        concept: concept::concept_of(context.known, context.tree, head, span, false),
        comparison: Some(comparison).filter(|it| it.contains(span)),
        ..Figure::default()
    };
    Some((figure, end))
}

/// "the most since", "the second-largest advance of the war": words in apposition that compare.
fn comparison(context: &Context<'_>, token: TokenIx) -> Option<Span> {
    let known = context.known;
    let apposed = context.tree.children(token).iter().copied().find(|child| {
        known.tokens[child.ix()].dep == "appos" && {
            let (first, last) = context.tree.edges(*child);
            known
                .tokens
                .get(first.ix()..=last.ix())
                .is_some_and(|it| it.iter().any(|it| matches!(it.tag, "JJS" | "RBS")))
        }
    })?;
    Some(context.tree.subtree(known, apposed))
}

/// The narrowest attribution whose content holds the figure.
fn stated_by(context: &Context<'_>, span: Span) -> Option<rapporteur_model::QuoteIx> {
    let quotes = context.known.quotes.iter().enumerate();
    let holding = quotes.filter_map(|(ix, it)| {
        it.content.iter().find(|content| content.contains(span)).map(|content| (content.len(), ix))
    });
    holding.min().map(|(_, ix)| ix.into())
}

/// Links "701 sq km (270 sq miles)": the figure in brackets is the one before it in another unit.
fn conversions(context: &Context<'_>, figures: &mut [Figure]) {
    for ix in 1..figures.len() {
        let (before, after) = figures.split_at_mut(ix);
        let (Some(first), second) = (before.last(), &mut after[0]) else { continue };
        let between = context.text().get(first.span.end() as usize..second.span.start() as usize).unwrap_or("-");
        let bracketed = between.trim() == "(" || between.trim_start().starts_with('(') && between.len() < 14;
        let converts = match (first.kind, second.kind) {
            (FigureKind::Money, FigureKind::Money) => first.currency != second.currency,
            (FigureKind::Measure, FigureKind::Measure) => {
                let quantity = |it: &Figure| context.lexicon.unit(&it.normalized_unit).map(|it| it.quantity);
                first.normalized_unit != second.normalized_unit && quantity(first) == quantity(second)
            }
            _ => false,
        };
        if bracketed && converts {
            second.conversion_of = Some(FigureIx::from(ix - 1));
            second.concept = first.concept;
            (second.giver, second.recipient, second.purpose, second.status) =
                (first.giver, first.recipient, first.purpose, first.status);
            if second.change == Change::Equal {
                second.change = first.change;
            }
        }
    }
}
