//! What the writer looks at: the story's claims, its reports, and whose voice each report is.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::rc::Rc;

use rapporteur_model::{Anchor, Annotated, Claim, OriginIx, RelationKind, Relations, ReportIx, Role, Span, Time};

use crate::said::Said;
use crate::voiced::rows_in_marks;
use crate::words::stems;

/// A place, and the words of it that must stay when it is shortened.
type Kept = (Anchor, Option<Span>);

pub(crate) struct View<'a> {
    /// Reports of the story, sorted.
    pub(crate) story: &'a [ReportIx],
    pub(crate) claims: &'a [Claim],
    pub(crate) reports: &'a [Annotated],
    pub(crate) relations: &'a Relations,
    /// The latest day a report of the story states as its own date, `YYYY-MM-DD`.
    pub(crate) as_of: Option<String>,
    /// Reports told weeks before or after most: of another occasion, or of what came of it.
    of_another_time: BTreeSet<ReportIx>,
    /// Stems of the titles and first sentences.
    openings: OnceCell<BTreeSet<String>>,
    /// The words in marks of all reports; see [`View::spoken`].
    spoken: OnceCell<HashSet<u64>>,
    /// What the places that were asked for say.
    said: RefCell<HashMap<Anchor, Rc<Said>>>,
    /// What the places that were asked for are in words that can stand alone; see [`View::retold`].
    retold: RefCell<HashMap<Kept, Option<String>>>,
}

impl<'a> View<'a> {
    pub(crate) fn new(
        story: &'a [ReportIx],
        claims: &'a [Claim],
        reports: &'a [Annotated],
        relations: &'a Relations,
    ) -> View<'a> {
        let day = |it: &ReportIx| {
            let meta = &reports[it.ix()].article.metadata;
            let stated = meta.date_modified.as_ref().or(meta.date_published.as_ref());
            stated.and_then(|it| it.value.get(..10)).map(str::to_owned)
        };
        let of_another_time = of_another_time(story, day);
        let as_of = story.iter().filter(|it| !of_another_time.contains(it)).filter_map(day).max();
        View {
            story,
            claims,
            reports,
            relations,
            as_of,
            of_another_time,
            openings: OnceCell::new(),
            spoken: OnceCell::new(),
            said: RefCell::default(),
            retold: RefCell::default(),
        }
    }

    /// Whether a report is told weeks before or after most of the story: the brief leaves it out, and says so.
    pub(crate) fn is_of_another_time(&self, ix: ReportIx) -> bool {
        self.of_another_time.contains(&ix)
    }

    /// Whether a word stands in a title or among the first sentences of a report: what the story is about needs no
    /// introduction.
    pub(crate) fn is_of_openings(&self, word: &str) -> bool {
        const FIRST: usize = 3;
        let openings = self.openings.get_or_init(|| {
            let mut found = BTreeSet::new();
            for ix in self.story {
                let report = self.report(*ix);
                found.extend(report.article.metadata.title.iter().flat_map(|it| stems(&it.value)));
                let body = |it: &&rapporteur_model::Sentence| {
                    let role = report.article.blocks.get(it.block.ix()).map(|it| it.role);
                    matches!(role, Some(Role::Headline | Role::Body | Role::Standfirst)) && !it.repeat
                };
                let first = report.annotations.sentences.iter().filter(body).take(FIRST);
                found.extend(first.flat_map(|it| stems(&self.line(Anchor::new(*ix, it.span)))));
            }
            found
        });
        stems(word).iter().any(|it| openings.contains(it)) || word.chars().count() <= 3
    }

    /// Rows of words that stand inside quotation marks in a report of the story.
    pub(crate) fn spoken(&self) -> &HashSet<u64> {
        self.spoken.get_or_init(|| rows_in_marks(self))
    }

    pub(crate) fn report(&self, ix: ReportIx) -> &'a Annotated {
        &self.reports[ix.ix()]
    }

    /// The words of a place on one line.
    pub(crate) fn line(&self, anchor: Anchor) -> String {
        one_line(anchor.span.of(self.report(anchor.report).text()))
    }

    /// What a place says; kept, since the same sentences are asked for again and again.
    pub(crate) fn said(&self, anchor: Anchor) -> Rc<Said> {
        let known = self.said.borrow().get(&anchor).cloned();
        known.unwrap_or_else(|| {
            let said = Rc::new(Said::of(self.line(anchor)));
            self.said.borrow_mut().insert(anchor, said.clone());
            said
        })
    }

    /// A place in words that can stand alone, which `tell` finds the first time: several parts of the brief ask for the same.
    pub(crate) fn retold(
        &self,
        anchor: Anchor,
        keep: Option<Span>,
        tell: impl FnOnce() -> Option<String>,
    ) -> Option<String> {
        let known = self.retold.borrow().get(&(anchor, keep)).cloned();
        known.unwrap_or_else(|| {
            let told = tell();
            self.retold.borrow_mut().insert((anchor, keep), told.clone());
            told
        })
    }

    /// The sentence that a place begins in.
    pub(crate) fn sentence(&self, anchor: Anchor) -> Option<Anchor> {
        let known = &self.report(anchor.report).annotations;
        let ix = known.sentence_at(anchor.span.start())?;
        Some(Anchor::new(anchor.report, known.sentences[ix.ix()].span))
    }

    /// The words a statement claim shows, on one line.
    pub(crate) fn content_line(&self, claim: &Claim) -> String {
        match &claim.content {
            rapporteur_model::Content::Statement(it) => {
                it.content.iter().map(|at| self.line(*at)).collect::<Vec<_>>().join(" ")
            }
            _ => String::new(),
        }
    }

    /// What a report is called in the brief: its outlet when no other report of the story has the same, else its number.
    pub(crate) fn label(&self, ix: ReportIx) -> String {
        let outlet = |it: ReportIx| self.report(it).article.metadata.outlet.as_ref().map(|it| outlet_name(&it.value));
        let Some(name) = outlet(ix) else {
            return format!("report {}", self.story.iter().position(|it| *it == ix).map_or(0, |it| it + 1));
        };
        let same: Vec<ReportIx> = self.story.iter().copied().filter(|it| outlet(*it).as_ref() == Some(&name)).collect();
        if same.len() < 2 {
            return name;
        }
        // Two reports of one outlet are told apart by their days, else by their order.
        let day = |it: ReportIx| {
            let meta = &self.report(it).article.metadata;
            let stated = meta.date_published.as_ref().or(meta.date_modified.as_ref());
            stated.and_then(|it| it.value.get(..10)).and_then(|it| crate::dates::words(it, self.year()))
        };
        match day(ix) {
            Some(own) if same.iter().filter(|it| day(**it).as_ref() == Some(&own)).count() == 1 => {
                format!("{name}, {own}")
            }
            _ => format!("{name} ({})", same.iter().position(|it| *it == ix).map_or(1, |it| it + 1)),
        }
    }

    /// Whose account a report is, when that is known: its outlet, or the source it comes from.
    pub(crate) fn voice(&self, ix: ReportIx) -> Option<String> {
        let outlet = self.report(ix).article.metadata.outlet.as_ref().map(|it| outlet_name(&it.value));
        outlet.or_else(|| {
            let source = self.relations.external.iter().find(|it| it.children.contains(&ix))?;
            Some(format!("after {}", source.name))
        })
    }

    /// Whether a report is a rewrite of another.
    pub(crate) fn is_rewrite_of(&self, child: ReportIx, parent: ReportIx) -> bool {
        let pairs = &self.relations.pairs;
        pairs.iter().any(|it| it.kind == RelationKind::Rewrite && it.derived_and_parent() == Some((child, parent)))
    }

    /// Whether a report is a rewrite of one that is here: what only it says is not told as a fact of its own.
    pub(crate) fn is_rewrite(&self, child: ReportIx) -> bool {
        self.story.iter().any(|it| self.is_rewrite_of(child, *it))
    }

    /// Labels of some reports, those without an outlet by their numbers: "North Post and reports 1 and 3"; of many the first.
    pub(crate) fn labels(&self, list: &[ReportIx]) -> String {
        const SHOWN_MAX: usize = 5;
        let mut names: Vec<String> = Vec::new();
        let mut numbers: Vec<String> = Vec::new();
        for label in
            list.iter().take(if list.len() > SHOWN_MAX { SHOWN_MAX - 1 } else { SHOWN_MAX }).map(|it| self.label(*it))
        {
            match label.strip_prefix("report ") {
                Some(number) => numbers.push(number.to_owned()),
                None => names.push(label),
            }
        }
        let n_shown = names.len() + numbers.len();
        let more = list.len() - n_shown;
        match numbers.len() {
            0 => {}
            1 => names.push(format!("report {}", numbers[0])),
            _ if names.is_empty() && more == 0 => names.push(format!("reports {}", join(&numbers))),
            _ => names.push(format!("reports {}", numbers.join(", "))),
        }
        if more > 0 {
            names.push(format!("{more} others"));
        }
        join(&names)
    }

    /// The day a report states as its own, `YYYY-MM-DD`.
    pub(crate) fn day(&self, ix: ReportIx) -> Option<&'a str> {
        let meta = &self.report(ix).article.metadata;
        meta.date_modified.as_ref().or(meta.date_published.as_ref()).and_then(|it| it.value.get(..10))
    }

    /// The origin of a report.
    pub(crate) fn origin(&self, ix: ReportIx) -> Option<OriginIx> {
        self.relations.origin_of.get(ix.ix()).copied()
    }

    /// The origins of the story's reports, sorted.
    pub(crate) fn origins(&self) -> Vec<OriginIx> {
        let mut found: Vec<OriginIx> = self.story.iter().filter_map(|it| self.origin(*it)).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The tokens that a place has a part of.
    pub(crate) fn tokens(&self, anchor: Anchor) -> std::ops::Range<usize> {
        let tokens = &self.report(anchor.report).annotations.tokens;
        let first = tokens.partition_point(|it| it.span.end() <= anchor.span.start());
        let n = tokens[first..].iter().take_while(|it| it.span.start() < anchor.span.end()).count();
        first..first + n
    }

    /// The temporal expressions inside a place.
    pub(crate) fn times(&self, anchor: Anchor) -> impl Iterator<Item = &'a Time> {
        let times = &self.report(anchor.report).annotations.times;
        times.iter().filter(move |it| anchor.span.contains(it.span))
    }

    /// The year the story is told in, for leaving it out of dates.
    pub(crate) fn year(&self) -> Option<&str> {
        self.as_of.as_deref().and_then(|it| it.get(..4))
    }
}

/// Reports whose day is more than a month from the middle one, where two in three of those with a day are near it.
fn of_another_time(story: &[ReportIx], day: impl Fn(&ReportIx) -> Option<String>) -> BTreeSet<ReportIx> {
    const FAR_DAYS: i32 = 31;
    const DATED_MIN: usize = 3;
    let dated = story.iter().filter_map(|it| Some((day(it)?.parse::<jiff::civil::Date>().ok()?, *it)));
    let mut dated: Vec<(jiff::civil::Date, ReportIx)> = dated.collect();
    dated.sort_unstable();
    let Some((middle, _)) = dated.get(dated.len() / 2).copied().filter(|_| DATED_MIN <= dated.len()) else {
        return BTreeSet::new();
    };
    let is_far = |it: jiff::civil::Date| it.since(middle).is_ok_and(|it| FAR_DAYS < it.get_days().abs());
    let far: BTreeSet<ReportIx> = dated.iter().filter(|it| is_far(it.0)).map(|it| it.1).collect();
    if 3 * far.len() <= dated.len() { far } else { BTreeSet::new() }
}

/// The name of an outlet that is given by its host: "www.northpost.example" is "North Post" where the lexicon knows it.
pub(crate) fn outlet_name(outlet: &str) -> String {
    let host = outlet.contains('.') && !outlet.contains(' ');
    if !host {
        return outlet.to_owned();
    }
    let bare = outlet.trim_start_matches("www.").trim_start_matches("edition.").trim_end_matches('/');
    let known = rapporteur_lexicon::Lexicon::shared().outlet_of_host(bare);
    known.map_or_else(|| bare.to_owned(), |it| it.name.to_owned())
}

/// White space folded.
pub(crate) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// "A", "A and B", "A, B and C".
pub(crate) fn join(list: &[String]) -> String {
    match list {
        [] => String::new(),
        [one] => one.clone(),
        [all @ .., last] => format!("{} and {last}", all.join(", ")),
    }
}

/// First letter in upper case.
pub(crate) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Ends with a full stop, once, outside or inside of marks.
pub(crate) fn stop(text: &str) -> String {
    // A name with its office between commas can end a phrase: "met Anna Berg, the envoy, in Oslo" but "…, the envoy."
    let text = text.replace(",,", ",").replace(",.", ".");
    let text = text.trim_end_matches([',', ';', ':', ' ', '–', '—', '-']);
    let ends = text.ends_with(['.', '!', '?'])
        || [".”", "!”", "?”", ".\"", "?\"", "!\"", ".’", "?’"].iter().any(|it| text.ends_with(it));
    if ends { text.to_owned() } else { format!("{text}.") }
}
