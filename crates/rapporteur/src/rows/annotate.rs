//! Rows of `rapporteur parse` and `rapporteur annotate`.

use rapporteur_language::{Pipeline, Scratch};
use rapporteur_lexicon::Lexicon;
use rapporteur_model::row::{
    ActRow, ActorRow, AnnotateRow, CodedEventRow, FigureRow, MentionRow, OfficeRow, ParseRow, PositionRow, QuoteRow,
    SCHEMA, TimeRow, TokenRow,
};
use rapporteur_model::{ActorIx, Annotated, Annotations, Figure, Span, TimeIx};
use rapporteur_text::{Offsets, Unit};

use super::{line, range, ranges, read_row};

/// The language engine alone, over one text.
pub fn parse_row(id: &str, text: &str, pipeline: &Pipeline, scratch: &mut Scratch, unit: Unit) -> ParseRow {
    let doc = pipeline.parse(text, scratch);
    let offsets = Offsets::new(text, unit);
    let mut ents = vec![String::from("O"); doc.tokens.len()];
    for entity in &doc.entities {
        for ix in entity.start_token..entity.end_token {
            let sign = if ix == entity.start_token { 'B' } else { 'I' };
            ents[ix as usize] = format!("{sign}-{}", entity.label.as_str());
        }
    }
    let bounds = |first: u32, end: u32| {
        let span = Span::new(doc.tokens[first as usize].start, doc.tokens[end as usize - 1].end);
        range(&offsets, span)
    };
    let tokens = doc.tokens.iter().zip(ents).enumerate().map(|(ix, (token, ent))| {
        let (start, end) = range(&offsets, Span::new(token.start, token.end));
        (
            start,
            end,
            token.tag.as_str().to_owned(),
            token.pos.as_str().to_owned(),
            doc.lemma(ix).to_owned(),
            token.head,
            token.dep.as_str().to_owned(),
            ent,
        )
    });
    ParseRow {
        schema: SCHEMA,
        offsets: unit.as_str().to_owned(),
        id: id.to_owned(),
        text: text.to_owned(),
        tokens: tokens.collect(),
        sentences: doc.sentences.iter().map(|it| bounds(it.start, it.end)).collect(),
        entities: doc
            .entities
            .iter()
            .map(|it| {
                let (start, end) = bounds(it.start_token, it.end_token);
                (start, end, it.label.as_str().to_owned())
            })
            .collect(),
    }
}

/// A report with everything found in it.
pub fn annotate_row(report: &Annotated, unit: Unit, with_tokens: bool) -> AnnotateRow {
    let text = report.text();
    let found = &report.annotations;
    let offsets = Offsets::new(text, unit);
    let at = |span: Span| range(&offsets, span);
    let words = |span: Option<Span>| span.map(|it| line(it, text));
    let actor = |ix: ActorIx| found.actors.get(ix.ix()).map_or_else(String::new, |it| it.id.clone());
    let actors = |list: &[ActorIx]| list.iter().map(|it| actor(*it)).collect::<Vec<_>>();
    let time = |ix: Option<TimeIx>| ix.and_then(|it| found.times.get(it.ix())).and_then(|it| it.value.clone());
    let told_on = report.article.metadata.anchor.as_ref().map(|it| it.day.clone());
    AnnotateRow {
        report: read_row(&report.article, unit),
        sentences: found.sentences.iter().map(|it| at(it.span)).collect(),
        tokens: with_tokens.then(|| token_rows(found, &offsets)),
        mentions: found
            .mentions
            .iter()
            .map(|it| {
                let (start, end) = at(it.span);
                let class = it.actor.and_then(|ix| found.actors.get(ix.ix())).map_or("", |it| it.kind.as_str());
                MentionRow {
                    start,
                    end,
                    kind: it.kind.as_str().to_owned(),
                    class: class.to_owned(),
                    usage: it.usage.as_str().to_owned(),
                    actor: it.actor.map(actor),
                    score: it.score,
                    how: it.how.to_owned(),
                    repeat: it.repeat,
                }
            })
            .collect(),
        actors: found
            .actors
            .iter()
            .map(|it| ActorRow {
                id: it.id.clone(),
                name: it.name.clone(),
                class: it.kind.as_str().to_owned(),
                aliases: it.aliases.clone(),
                offices: it
                    .offices
                    .iter()
                    .map(|office| {
                        let (start, end) = at(office.span);
                        OfficeRow { title: office.title.clone(), start, end, date: told_on.clone() }
                    })
                    .collect(),
                affiliation: it.affiliation.map(actor),
                knowledge: it.knowledge.clone(),
            })
            .collect(),
        quotes: found
            .quotes
            .iter()
            .map(|it| {
                let alone = if let [one] = it.speakers[..] { Some(one) } else { None };
                QuoteRow {
                    kind: it.kind.as_str().to_owned(),
                    form: it.form.as_str().to_owned(),
                    source: ranges(&offsets, &it.source),
                    cue: ranges(&offsets, &it.cue),
                    content: ranges(&offsets, &it.marked_content(text)),
                    quoted: ranges(&offsets, &it.quoted),
                    speaker: alone.map(actor),
                    speaker_name: alone.and_then(|ix| found.actors.get(ix.ix())).map(|it| it.name.clone()),
                    speakers: actors(&it.speakers),
                    addressee: it.addressee.map(at),
                    date: time(it.date),
                    place: it.place.map(at),
                    nested_in: it.nested_in.map(|ix| ix.0),
                    score: it.score,
                    repeat: it.repeat,
                }
            })
            .collect(),
        times: found
            .times
            .iter()
            .map(|it| {
                let (start, end) = at(it.span);
                TimeRow {
                    start,
                    end,
                    class: it.kind.as_str().to_owned(),
                    value: it.value.clone(),
                    modifier: it.modifier.map(str::to_owned),
                    anchor: it.anchor.clone(),
                    how: it.how.to_owned(),
                    repeat: it.repeat,
                }
            })
            .collect(),
        figures: found
            .figures
            .iter()
            .map(|it| {
                let (start, end) = at(it.span);
                FigureRow {
                    start,
                    end,
                    value: it.value,
                    value_max: it.value_max,
                    unit: it.unit.clone(),
                    normalized_unit: it.normalized_unit.clone(),
                    kind: it.kind.as_str().to_owned(),
                    change: it.change.as_str().to_owned(),
                    concept: words(it.concept),
                    currency: it.currency.map(str::to_owned),
                    giver: it.giver.map(actor),
                    recipient: it.recipient.map(actor),
                    purpose: words(it.purpose),
                    status: it.status.map(|it| it.as_str().to_owned()),
                    additional: it.additional,
                    comparison: words(it.comparison),
                    stated_by: it.stated_by.map(|ix| ix.0),
                    conversion_of: it.conversion_of.map(|ix| ix.0),
                    conversion_exact: it.conversion_of.and_then(|ix| converted(found.figures.get(ix.ix())?, it)),
                    repeat: it.repeat,
                }
            })
            .collect(),
        acts: found
            .acts
            .iter()
            .map(|it| ActRow {
                class: it.kind.to_owned(),
                mode: it.mode.map(str::to_owned),
                trigger: at(it.trigger),
                actors: actors(&it.actors),
                recipients: actors(&it.recipients),
                place: words(it.place),
                time: time(it.time),
                topic: words(it.topic),
                realis: it.realis.as_str().to_owned(),
                polarity: if it.positive { "positive" } else { "negative" }.to_owned(),
                sentence: found.sentences.get(it.sentence.ix()).map_or((0, 0), |it| at(it.span)),
                asserted_by: it.asserted_by.map(|ix| ix.0),
                coded: it.coded.as_ref().map(|it| CodedEventRow {
                    class: it.kind.to_owned(),
                    sources: it.sources.clone(),
                    targets: it.targets.clone(),
                }),
                repeat: it.repeat,
            })
            .collect(),
        positions: found
            .positions
            .iter()
            .map(|it| PositionRow {
                actor: actor(it.actor),
                issue: it.issue.clone(),
                stance: it.stance.as_str().to_owned(),
                span: at(it.span),
                basis: it.basis.as_str().to_owned(),
            })
            .collect(),
    }
}

fn token_rows(found: &Annotations, offsets: &Offsets<'_>) -> Vec<TokenRow> {
    let mut ents = vec![String::from("O"); found.tokens.len()];
    for entity in &found.entities {
        let inside = &mut ents[entity.tokens.0.ix()..entity.tokens.1.ix()];
        for (ix, ent) in inside.iter_mut().enumerate() {
            let sign = if ix == 0 { 'B' } else { 'I' };
            *ent = format!("{sign}-{}", entity.label);
        }
    }
    let rows = found.tokens.iter().zip(ents).map(|(token, ent)| {
        let (start, end) = range(offsets, token.span);
        let lemma = token.lemma.of(&found.lemmas).to_owned();
        (start, end, token.tag.to_owned(), token.pos.to_owned(), lemma, token.head.0, token.dep.to_owned(), ent)
    });
    rows.collect()
}

/// What a figure comes to in the unit of the other: 701 square kilometres are 270.66 square miles. Four digits behind the
/// point; `None` for money and for temperatures, whose zero differs.
fn converted(from: &Figure, to: &Figure) -> Option<f64> {
    let lexicon = Lexicon::shared();
    let unit = |it: &Figure| lexicon.unit(&it.normalized_unit).filter(|it| it.quantity != "temperature");
    let (a, b) = (unit(from)?, unit(to)?);
    (a.quantity == b.quantity).then_some(())?;
    Some((from.value? * a.factor / b.factor * 1e4).round() / 1e4)
}
