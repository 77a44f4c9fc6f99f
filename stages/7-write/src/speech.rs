//! Who said what: which statements are told.

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_model::{CitedSentence, Content, Party, QuoteKind, SectionKind, StatementContent};

use crate::matter::Matter;
use crate::plan::Draft;
use crate::printings::printings;
use crate::statements;
use crate::words::stems;

/// More words of the story than this say no more.
const MATTER_MAX: usize = 4;

/// What so many reports print is no better known for more of them.
const REPORTS_MAX: usize = 3;

/// Longer statements say no more.
const LENGTH_MAX: usize = 24;

/// What is told of who said what, and who spoke.
#[derive(Default)]
pub(crate) struct Told {
    pub(crate) list: Vec<CitedSentence>,
    speakers: Vec<String>,
    /// Claims that are told: in other words they would be told twice.
    claims: Vec<usize>,
    /// Claims in the order in which they are tried.
    order: Vec<usize>,
}

impl Draft<'_> {
    /// Who said what: at most two a speaker, in the words that the part may use.
    pub(crate) fn said(&mut self) -> Told {
        let mut told = Told { order: self.statements_in_order(), ..Told::default() };
        let allowance = self.allowance(SectionKind::Said);
        self.say_more(&mut told, allowance);
        told
    }

    /// More of it, where the other parts have left words.
    pub(crate) fn say_more(&mut self, told: &mut Told, mut allowance: usize) {
        let Told { list, speakers, claims, order } = told;
        let view = self.view;
        // Retold words about a day to come are the agenda's; nothing is told twice.
        let ahead: BTreeSet<usize> = self.coming().into_iter().map(|it| it.1).collect();
        for round in 1..=2 {
            for ix in order.iter().copied() {
                let Content::Statement(statement) = &self.view.claims[ix].content else {
                    continue;
                };
                let is_told_later = statement.kind != QuoteKind::Direct && ahead.contains(&ix);
                if is_told_later
                    || claims.contains(&ix)
                    || self.view.claims[ix].origins.len() < 2
                        && !statement.content.first().is_some_and(|it| self.is_of_matter(*it))
                {
                    continue;
                }
                let who = key(statement);
                if speakers.iter().filter(|it| **it == who).count() >= round || list.len() >= 9 {
                    continue;
                }
                // In the fullest printing's words, or where those cannot be told, in another's.
                for printing in printings(view, &view.claims[ix]) {
                    let Content::Statement(statement) = &printing.content else { continue };
                    let Some(text) = self.statement(statement) else { continue };
                    let Some(made) = self.cite_printing(ix, &printing, &text) else { continue };
                    if !self.is_introduced(statement)
                        || !self.is_of_occasion(statement, self.n_origins(made.citations()))
                    {
                        continue;
                    }
                    let made = self.as_of_its_day(made);
                    let text = made.text().to_owned();
                    if self.take(made, &mut allowance, list) {
                        self.introduce(ix, &text);
                        speakers.push(who);
                        claims.push(ix);
                        break;
                    }
                }
            }
        }
    }

    /// The statements by weight; each speaker's own by how many origins have them and how much of the story is in them: of a
    /// long speech the sentence that says something on the matter.
    fn statements_in_order(&self) -> Vec<usize> {
        let mut of: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let mut speakers: Vec<String> = Vec::new();
        for (ix, claim) in self.view.claims.iter().enumerate() {
            if let Content::Statement(statement) = &claim.content {
                let who = key(statement);
                of.entry(who.clone()).or_default().push(ix);
                speakers.push(who);
            }
        }
        for list in of.values_mut() {
            list.sort_by_cached_key(|ix| {
                let claim = &self.view.claims[*ix];
                let line = self.view.content_line(claim);
                let words = stems(&line);
                let n_matter = words.iter().filter(|it| self.matter.has(it) || self.is_in_headline(it)).count();
                let counts = usize::from(line.bytes().any(|it| it.is_ascii_digit()));
                // Of equals the one that says more.
                let length = line.split(' ').count().min(LENGTH_MAX) / 6;
                let n_reports = claim.reports.len().min(REPORTS_MAX);
                std::cmp::Reverse((claim.origins.len(), n_reports, (n_matter + counts).min(MATTER_MAX), length))
            });
        }
        let mut next: BTreeMap<String, usize> = BTreeMap::new();
        let take = |who: &String| {
            let nth = next.entry(who.clone()).or_default();
            *nth += 1;
            of[who][*nth - 1]
        };
        speakers.iter().map(take).collect()
    }

    /// Whether a reader learns who speaks: what somebody is, or a name that the headline or the brief has said, or one that the
    /// story turns on.
    fn is_introduced(&self, statement: &StatementContent) -> bool {
        let is_known = |it: &Party| {
            let turns_on = |name: &str| {
                let words = stems(name);
                !words.is_empty() && words.iter().all(|it| self.is_in_headline(it) || self.matter.has(it))
            };
            !it.is_person
                || it.office.as_deref().is_some_and(|it| says_of_what(it, &self.matter))
                || self.told_text.contains(&it.short)
                || turns_on(&it.short)
        };
        statement.speakers.iter().all(is_known)
    }

    /// The statement with names as they stand now; the names are introduced only when it is taken.
    fn statement(&mut self, statement: &StatementContent) -> Option<String> {
        let mut trial = self.names.clone();
        statements::sentence(self.view, statement, &mut trial)
    }
}

/// Whether an office says of what it is: "spokeswoman", "local police chief" and "top security official" do not.
fn says_of_what(office: &str, matter: &Matter) -> bool {
    const BARE: [&str; 65] = [
        "representative", "fellow", "expert", "engineer", "spokesman", "spokeswoman", "spokesperson", "president",
        "director", "manager", "chairman", "chairwoman", "chair", "head", "coach", "leader", "official", "officer",
        "mayor", "prime", "premier", "minister", "governor", "foreign", "defence", "defense", "interior", "finance",
        "health", "trade", "top", "senior", "local", "managing", "deputy", "former", "chief", "executive", "general",
        "vice", "acting", "assistant", "police", "fire", "security", "press", "communications", "of", "the", "a", "an",
        "and", "member", "regional", "district", "provincial", "first", "new", "then", "ex", "secretary",
        "commissioner", "captain", "sheriff", "administrator",
    ];
    let lower = office.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric()).filter(|it| !it.is_empty());
    let names_body = office.split(' ').skip(1).any(|it| it.starts_with(char::is_uppercase))
        && office.split(' ').any(|it| matches!(it, "of" | "at" | "for"));
    names_body || words.any(|it| !BARE.contains(&it) || matter.names_hold(it))
}

/// The speakers of a statement as one key.
fn key(statement: &StatementContent) -> String {
    let ids: Vec<&str> = statement.speakers.iter().map(|it| it.id.as_str()).collect();
    ids.join("+")
}
