//! The lists beside the text: an entry for each annotation, with a link to its words and what is known of it.

use std::borrow::Cow;

use rapporteur_model::{
    Act, ActorIx, Annotated, Annotations, Change, Figure, Mention, MentionUse, Position, Quote, QuoteIx, Span, Time,
    TimeIx,
};

use super::super::{Link, excerpt, excerpt_of, grouped, shown};
use super::marks::{Key, Layer, Marks, Part};

/// Characters of what was said that its entry shows; all of it lights up in the text.
const CONTENT_CHARS_MAX: usize = 240;

/// One list.
pub(super) struct SectionView<'a> {
    pub(super) layer: &'static str,
    pub(super) name: &'static str,
    /// What stands before the numbers of its marks in the text.
    pub(super) sign: &'static str,
    /// What is said where there is no entry.
    pub(super) none: &'static str,
    pub(super) entries: Vec<EntryView<'a>>,
}

/// An annotation.
pub(super) struct EntryView<'a> {
    pub(super) id: String,
    pub(super) key: String,
    /// Its index in the rows, as a link to its first words.
    pub(super) number: Link<'a>,
    pub(super) facts: Vec<FactView<'a>>,
    pub(super) is_repeat: bool,
}

/// Something known of it.
pub(super) struct FactView<'a> {
    /// Class of what stands out; empty for the rest.
    pub(super) class: &'static str,
    /// Empty where the value speaks for itself.
    pub(super) name: &'static str,
    pub(super) values: Vec<Link<'a>>,
}

/// All lists of a report, each with its marks.
pub(super) fn sections<'a>(report: &'a Annotated, marks: &mut Marks<'_>) -> Vec<SectionView<'a>> {
    let mut maker = Maker { found: &report.annotations, text: report.text(), marks };
    let found = maker.found;
    let numbered = |layer| move |ix: usize| Key(layer, ix);
    let (quote, time, figure) = (numbered(Layer::Quotes), numbered(Layer::Times), numbered(Layer::Figures));
    let (act, position) = (numbered(Layer::Acts), numbered(Layer::Positions));
    let quotes = found.quotes.iter().enumerate().map(|(ix, it)| maker.quote(quote(ix), it)).collect();
    let actors = maker.actors();
    let times = found.times.iter().enumerate().map(|(ix, it)| maker.time(time(ix), it)).collect();
    let figures = found.figures.iter().enumerate().map(|(ix, it)| maker.figure(figure(ix), it)).collect();
    let acts = found.acts.iter().enumerate().map(|(ix, it)| maker.act(act(ix), it)).collect();
    let positions = found.positions.iter().enumerate().map(|(ix, it)| maker.position(position(ix), it)).collect();
    let section = |layer: Layer, name, sign, none, entries| {
        let layer = layer.letter();
        SectionView { layer, name, sign, none, entries }
    };
    vec![
        section(Layer::Quotes, "Attributions", "", "Nobody is said to have said anything.", quotes),
        section(Layer::Actors, "Actors", "A", "Nobody is named.", actors),
        section(Layer::Times, "Times", "T", "No time is told.", times),
        section(Layer::Figures, "Figures", "F", "No figure is told.", figures),
        section(Layer::Acts, "Acts", "E", "No act is told.", acts),
        section(Layer::Positions, "Positions", "P", "Nobody takes a side.", positions),
    ]
}

/// Makes the entries of one report.
struct Maker<'a, 'm, 'r> {
    found: &'a Annotations,
    text: &'a str,
    marks: &'m mut Marks<'r>,
}

impl<'a> Maker<'a, '_, '_> {
    fn quote(&mut self, key: Key, it: &'a Quote) -> EntryView<'a> {
        let who = self.speaker(it);
        let label = |part: &str| {
            let (kind, form) = (it.kind.as_str(), it.form.as_str());
            format!("attribution {}, {part}: {who}, {kind} {form}, score {:.2}", key.1, it.score)
        };
        let sources = self.marked(key, Part::Source, &it.source, &label("source"));
        let cues = self.marked(key, Part::Cue, &it.cue, &label("cue"));
        let contents = self.marked_long(key, &it.marked_content(self.text), &label("content"));
        for span in &it.quoted {
            self.marks.add(key, Part::Quoted, *span, label("quoted words"));
        }
        let place = [&contents, &cues, &sources].into_iter().flatten().find(|it| !it.target.is_empty());
        let mut entry = self.entry(key, place, it.repeat);
        let speakers = if it.speakers.is_empty() { vec![plain("not known")] } else { self.actors_of(&it.speakers) };
        entry.push("who", "", speakers);
        entry.push("cue", "", cues);
        entry.push("said", "", contents);
        entry.push("", "source", sources);
        entry.push("", "kind", vec![plain(it.kind.as_str())]);
        entry.push("", "form", vec![plain(it.form.as_str())]);
        entry.push("", "score", vec![plain(format!("{:.2}", it.score))]);
        entry.push("", "to", self.words(it.addressee));
        entry.push("", "said on", self.time_of(it.date));
        entry.push("", "occasion", self.words(it.place));
        entry.push("", "nested in", self.quote_of(it.nested_in));
        entry
    }

    fn speaker(&self, it: &Quote) -> String {
        let names: Vec<Cow<'_, str>> = it.speakers.iter().map(|ix| self.name(*ix)).collect();
        if names.is_empty() { "speaker not known".to_owned() } else { names.join(" and ") }
    }

    /// Actors, with all their mentions; at the end the mentions of nobody known.
    fn actors(&mut self) -> Vec<EntryView<'a>> {
        let found = self.found;
        let mut mentions: Vec<Vec<Link<'a>>> = Vec::new();
        mentions.resize_with(found.actors.len() + 1, Vec::new);
        for it in &found.mentions {
            let ix = it.actor.map_or(found.actors.len(), |it| it.ix().min(found.actors.len()));
            let label = self.mention_label(it, ix);
            let target =
                self.marks.add(Key(Layer::Actors, ix), mention_part(it, ix < found.actors.len()), it.span, label);
            let of_actor = &mut mentions[ix];
            of_actor.push(Link { target, words: (of_actor.len() + 1).to_string().into() });
        }
        let nobody = mentions.pop().unwrap_or_default();
        let mut entries = Vec::new();
        for (ix, (actor, mentions)) in found.actors.iter().zip(mentions).enumerate() {
            let mut entry = self.entry(Key(Layer::Actors, ix), mentions.first(), false);
            entry.push("who", "", vec![plain(shown(&actor.name))]);
            entry.push("", "kind", vec![plain(actor.kind.as_str())]);
            entry.push("", "id", vec![plain(shown(&actor.id))]);
            entry.push("", "also", actor.aliases.iter().map(|it| plain(shown(it))).collect());
            let office = |it: &'a rapporteur_model::Office| Link { words: shown(&it.title), ..self.led_to(it.span) };
            entry.push("", "office", actor.offices.iter().map(office).collect());
            let affiliation: Vec<ActorIx> = actor.affiliation.into_iter().collect();
            entry.push("", "of", self.actors_of(&affiliation));
            entry.push_mentions(mentions);
            entries.push(entry);
        }
        if !nobody.is_empty() {
            let mut entry = self.entry(Key(Layer::Actors, found.actors.len()), nobody.first(), false);
            entry.number.words = "?".into();
            entry.push("who", "", vec![plain("not known whom they mean")]);
            entry.push_mentions(nobody);
            entries.push(entry);
        }
        entries
    }

    fn mention_label(&self, it: &Mention, ix: usize) -> String {
        let how = format!("{}, as {}, by {}, score {:.2}", it.kind.as_str(), it.usage.as_str(), it.how, it.score);
        match self.found.actors.get(ix) {
            Some(actor) => format!("actor {ix}: {} ({}); {how}", shown(&actor.name), actor.kind.as_str()),
            None => format!("not known whom it means; {how}"),
        }
    }

    fn time(&mut self, key: Key, it: &'a Time) -> EntryView<'a> {
        let value = it.value.as_deref().unwrap_or("value not known");
        let label = format!("time {}: {value} ({}, {})", key.1, it.kind.as_str(), it.how);
        let words = self.marked(key, Part::Time, &[it.span], &label);
        let mut entry = self.entry(key, words.first(), it.repeat);
        entry.push("words", "", words);
        entry.push("value", "", vec![plain(shown(value))]);
        entry.push("", "kind", vec![plain(it.kind.as_str())]);
        entry.push("", "modifier", it.modifier.map(plain).into_iter().collect());
        entry.push("", "resolved", vec![plain(it.how)]);
        entry.push("", "counted from", it.anchor.as_deref().map(|it| plain(shown(it))).into_iter().collect());
        entry
    }

    fn figure(&mut self, key: Key, it: &'a Figure) -> EntryView<'a> {
        let value = figure_value(it);
        let label = format!("figure {}: {value} ({})", key.1, it.kind.as_str());
        let words = self.marked(key, Part::Figure, &[it.span], &label);
        let mut entry = self.entry(key, words.first(), it.repeat);
        entry.push("words", "", words);
        entry.push("value", "", vec![plain(shown(&value).into_owned())]);
        entry.push("", "kind", vec![plain(it.kind.as_str())]);
        entry.push("", "change", change_name(it.change).map(plain).into_iter().collect());
        if !it.unit.is_empty() {
            entry.push("", "unit as written", vec![plain(shown(&it.unit))]);
        }
        entry.push("", "concept", self.words(it.concept));
        let (giver, recipient): (Vec<_>, Vec<_>) = (it.giver.into_iter().collect(), it.recipient.into_iter().collect());
        entry.push("", "giver", self.actors_of(&giver));
        entry.push("", "recipient", self.actors_of(&recipient));
        entry.push("", "purpose", self.words(it.purpose));
        entry.push("", "status", it.status.map(|it| plain(it.as_str())).into_iter().collect());
        entry.push("", "", if it.additional { vec![plain("on top of earlier sums")] } else { Vec::new() });
        entry.push("", "compared", self.words(it.comparison));
        entry.push("", "stated in", self.quote_of(it.stated_by));
        let other = it.conversion_of.filter(|ix| ix.ix() < self.found.figures.len());
        let other = other.map(|ix| self.to_entry(Key(Layer::Figures, ix.ix()), format!("F{}", ix.0)));
        entry.push("", "the same as", other.into_iter().collect());
        entry
    }

    fn act(&mut self, key: Key, it: &'a Act) -> EntryView<'a> {
        let sign = if it.positive { "" } else { "not " };
        let mode = it.mode.map_or(String::new(), |mode| format!(" ({mode})"));
        let label = format!("act {}: {sign}{}{mode}, {}", key.1, it.kind, it.realis.as_str());
        let words = self.marked(key, Part::Act, &[it.trigger], &label);
        let mut entry = self.entry(key, words.first(), it.repeat);
        entry.push("words", "", words);
        entry.push("value", "", vec![plain(format!("{}{mode}", it.kind))]);
        entry.push("", "realis", vec![plain(it.realis.as_str())]);
        entry.push("", "polarity", vec![plain(if it.positive { "positive" } else { "negative" })]);
        entry.push("", "by", self.actors_of(&it.actors));
        entry.push("", "by, in words", it.actor_spans.iter().map(|it| self.led_to(*it)).collect());
        entry.push("", "towards", self.actors_of(&it.recipients));
        entry.push("", "towards, in words", it.recipient_spans.iter().map(|it| self.led_to(*it)).collect());
        entry.push("", "place", self.words(it.place));
        entry.push("", "time", self.time_of(it.time));
        entry.push("", "topic", self.words(it.topic));
        entry.push("", "asserted in", self.quote_of(it.asserted_by));
        entry
    }

    fn position(&mut self, key: Key, it: &'a Position) -> EntryView<'a> {
        let (stance, basis) = (it.stance.as_str(), it.basis.as_str());
        let label = format!("position {}: {}, {stance}, {basis}", key.1, self.name(it.actor));
        let words = self.marked(key, Part::Position, &[it.span], &label);
        let mut entry = self.entry(key, words.first(), it.repeat);
        entry.push("who", "", self.actors_of(&[it.actor]));
        entry.push("value", "", vec![plain(stance)]);
        entry.push("", "issue", vec![plain(shown(&it.issue))]);
        entry.push("", "basis", vec![plain(basis)]);
        entry.push("", "words", words);
        entry
    }

    fn entry(&self, key: Key, place: Option<&Link<'_>>, is_repeat: bool) -> EntryView<'a> {
        let target = place.map_or_else(String::new, |it| it.target.clone());
        let number = Link { target, words: key.1.to_string().into() };
        EntryView { id: self.marks.entry(key), key: key.to_string(), number, facts: Vec::new(), is_repeat }
    }

    fn marked(&mut self, key: Key, part: Part, spans: &[Span], label: &str) -> Vec<Link<'a>> {
        let label = shown(label);
        let link = |span: &Span| Link {
            target: self.marks.add(key, part, *span, label.clone().into_owned()),
            words: excerpt(span.of(self.text)),
        };
        spans.iter().map(link).collect()
    }

    fn marked_long(&mut self, key: Key, spans: &[Span], label: &str) -> Vec<Link<'a>> {
        let links = self.marked(key, Part::Content, spans, label);
        let long =
            |(link, span): (Link<'a>, &Span)| Link { words: excerpt_of(span.of(self.text), CONTENT_CHARS_MAX), ..link };
        links.into_iter().zip(spans).map(long).collect()
    }

    /// Words that no layer marks.
    fn led_to(&mut self, span: Span) -> Link<'a> {
        Link { target: self.marks.words(span), words: excerpt(span.of(self.text)) }
    }

    fn words(&mut self, span: Option<Span>) -> Vec<Link<'a>> {
        span.map(|it| self.led_to(it)).into_iter().collect()
    }

    fn name(&self, ix: ActorIx) -> Cow<'a, str> {
        self.found.actors.get(ix.ix()).map_or("not known".into(), |it| shown(&it.name))
    }

    fn actors_of(&self, list: &[ActorIx]) -> Vec<Link<'a>> {
        let known = list.iter().filter(|it| it.ix() < self.found.actors.len());
        known.map(|it| self.to_entry(Key(Layer::Actors, it.ix()), self.name(*it))).collect()
    }

    fn time_of(&self, ix: Option<TimeIx>) -> Vec<Link<'a>> {
        let time = ix.and_then(|ix| self.found.times.get(ix.ix()).map(|it| (ix, it)));
        let link = |(ix, it): (TimeIx, &'a Time)| {
            let value = it.value.as_deref().unwrap_or("value not known");
            self.to_entry(Key(Layer::Times, ix.ix()), shown(value))
        };
        time.map(link).into_iter().collect()
    }

    fn quote_of(&self, ix: Option<QuoteIx>) -> Vec<Link<'a>> {
        let quote = ix.and_then(|ix| self.found.quotes.get(ix.ix()).map(|it| (ix, it)));
        let link = |(ix, it): (QuoteIx, &'a Quote)| {
            self.to_entry(Key(Layer::Quotes, ix.ix()), format!("{} ({})", ix.0, self.speaker(it)))
        };
        quote.map(link).into_iter().collect()
    }

    fn to_entry(&self, key: Key, words: impl Into<Cow<'a, str>>) -> Link<'a> {
        Link { target: self.marks.entry(key), words: words.into() }
    }
}

impl<'a> EntryView<'a> {
    /// Adds a fact, unless nothing is known of it.
    fn push(&mut self, class: &'static str, name: &'static str, values: Vec<Link<'a>>) {
        if !values.is_empty() {
            self.facts.push(FactView { class, name, values });
        }
    }

    fn push_mentions(&mut self, mentions: Vec<Link<'a>>) {
        self.push("", "mentions", vec![plain(mentions.len().to_string())]);
        self.push("places", "", mentions);
    }
}

fn mention_part(it: &Mention, is_known: bool) -> Part {
    match it.usage {
        _ if !is_known => Part::Nobody,
        MentionUse::Place => Part::Place,
        MentionUse::Metonym => Part::Metonym,
        MentionUse::Actor | MentionUse::Modifier | MentionUse::Demonym => Part::Mention,
    }
}

/// Words that lead nowhere.
fn plain<'a>(words: impl Into<Cow<'a, str>>) -> Link<'a> {
    Link { target: String::new(), words: words.into() }
}

/// "about 3 to 5 square kilometre".
fn figure_value(it: &Figure) -> String {
    let Some(value) = it.value else { return "value not known".to_owned() };
    let mut said = match it.change {
        Change::Equal | Change::Up | Change::Down => String::new(),
        Change::About | Change::Less | Change::More => format!("{} ", it.change.as_str()),
    };
    said.push_str(&number(value));
    if let Some(max) = it.value_max {
        said.push_str(&format!(" to {}", number(max)));
    }
    for unit in [it.currency.unwrap_or(""), if it.currency.is_some() { "" } else { &it.normalized_unit }] {
        if !unit.is_empty() {
            said.push(' ');
            said.push_str(unit);
        }
    }
    said
}

fn change_name(change: Change) -> Option<&'static str> {
    match change {
        Change::Equal => None,
        Change::About => Some("about"),
        Change::Less => Some("less than, at most"),
        Change::More => Some("more than, at least"),
        Change::Up => Some("risen"),
        Change::Down => Some("fallen"),
    }
}

/// A number with thin spaces between thousands.
fn number(value: f64) -> String {
    let digits = value.to_string();
    let (whole, rest) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    match whole.parse::<usize>() {
        Ok(whole) => format!("{}{rest}", grouped(whole)),
        Err(_) => digits,
    }
}
