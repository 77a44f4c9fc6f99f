//! Invented stories in which any words can stand everywhere.

use rapporteur_model::{
    Account, ActContent, Anchor, Annotated, CitedSentence, Claim, Content, Coverage, Direction, Evidenced,
    ExternalSource, FigureContent, Nature, OriginIx, Party, QuoteKind, Realis, Relation, RelationKind, Relations,
    ReportCard, ReportIx, Section, SectionKind, Span, StatementContent, Variant, Verdict,
};

use super::Page;

/// Stories that share out some reports.
pub(super) struct World {
    pub(super) reports: Vec<Annotated>,
    pub(super) relations: Relations,
    accounts: Vec<(Account, Vec<Claim>)>,
}

impl World {
    /// A report for each of `words`, which stand in every field of it; `n_stories` stories, of which the first has all reports
    /// that no other has.
    pub(super) fn new(words: &[&str], n_stories: usize) -> World {
        let reports: Vec<Annotated> = words.iter().enumerate().map(|(ix, it)| report(ix, it)).collect();
        let external = ExternalSource {
            name: words[0].to_owned(),
            children: vec![],
            cited_by: vec![(ReportIx(0), Span::at(0, reports[0].text().len()))],
        };
        // Each report comes from the one before it.
        let pairs = (1..words.len()).map(|ix| relation(ix, words[ix])).collect();
        let relations = Relations { pairs, external: vec![external], ..Relations::default() };
        let story_of = |ix: usize| if ix < n_stories { ix } else { 0 };
        let accounts = (0..n_stories.min(words.len())).map(|story| {
            let members: Vec<ReportIx> =
                (0..words.len()).filter(|it| story_of(*it) == story).map(ReportIx::from).collect();
            (account(story, words[story], &members, &reports), claims(words[story], &members, &reports))
        });
        let accounts = accounts.collect();
        World { reports, relations, accounts }
    }

    pub(super) fn pages(&self) -> Vec<Page<'_>> {
        self.accounts
            .iter()
            .map(|(account, claims)| Page { account, claims, reports: &self.reports, relations: &self.relations })
            .collect()
    }

    /// The same with the briefs laid out otherwise.
    pub(super) fn styled(mut self, style: rapporteur_model::Style) -> World {
        for (account, _) in &mut self.accounts {
            account.style = style;
        }
        self
    }

    /// Pairs, and reports that come from or draw on the source outside.
    pub(super) fn n_edges(&self) -> usize {
        self.relations.pairs.len() + 1
    }
}

fn report(ix: usize, words: &str) -> Annotated {
    let mut it = Annotated::default();
    let some = |value: String| Some(Evidenced { value, ..Evidenced::default() });
    let report = &mut it.article.report;
    report.id = format!("{words}{ix}");
    report.text = format!("{words}\nThe ferry {words} é sank.\n{words}");
    let meta = &mut it.article.metadata;
    (meta.title, meta.outlet) = (some(words.to_owned()), some(words.to_owned()));
    meta.date_published = some(["2031-02-03T21:11+08:00", "2031-02-03", words][ix % 3].to_owned());
    meta.date_modified = some(["2031-02-04", "2030-01-01", words][ix % 3].to_owned());
    meta.url = some(["https://a.example/x?y=1#z".to_owned(), format!("https://a.example/{words}")][ix % 2].clone());
    meta.authors = some(words.to_owned()).into_iter().collect();
    it
}

fn relation(ix: usize, words: &str) -> Relation {
    Relation {
        a: ReportIx::from(ix - 1),
        b: ReportIx::from(ix),
        kind: [RelationKind::Rewrite, RelationKind::Version, RelationKind::NearCopy][ix % 3],
        direction: Direction::BFromA,
        containment_a: 0.5,
        containment_b: 0.5,
        passages: vec![],
        drift: vec![],
        because: vec![words.to_owned()],
    }
}

/// All of a report's text.
fn all(ix: ReportIx, reports: &[Annotated]) -> Anchor {
    Anchor::new(ix, Span::at(0, reports[ix.ix()].text().len()))
}

/// From its first line break on.
fn rest(ix: ReportIx, reports: &[Annotated]) -> Anchor {
    let text = reports[ix.ix()].text();
    Anchor::new(ix, Span::at(text.find('\n').unwrap_or(0), text.len()))
}

fn account(story: usize, words: &str, members: &[ReportIx], reports: &[Annotated]) -> Account {
    let cited = |it: &ReportIx| [all(*it, reports), rest(*it, reports)];
    let sentence = CitedSentence::new(format!("{words} sank."), members.iter().flat_map(cited).collect());
    let card = |it: &ReportIx| ReportCard {
        report: *it,
        title: Some(words.to_owned()),
        outlet: None,
        date: None,
        origin: OriginIx(0),
        lineage: None,
    };
    Account {
        story: format!("{story}{words}"),
        headline: sentence.clone(),
        sections: vec![Section { kind: SectionKind::Happened, sentences: sentence.into_iter().collect() }],
        reports: members.iter().map(card).collect(),
        origins: vec![],
        coverage: Coverage::default(),
        ledgers: rapporteur_model::Ledgers::default(),
        style: rapporteur_model::Style::Prose,
        english: rapporteur_model::English::British,
    }
}

fn claims(words: &str, members: &[ReportIx], reports: &[Annotated]) -> Vec<Claim> {
    let party = |n: usize| Party {
        id: format!("{words}{n}"),
        name: words.to_owned(),
        short: words.to_owned(),
        forms: vec![words.to_owned(), format!("{words} II")],
        is_person: n == 0,
        is_state: n == 1,
        ..Party::default()
    };
    let act = ActContent {
        kind: "SUPPORT".to_owned(),
        trigger: words.to_owned(),
        actors: vec![party(0), party(1)],
        recipients: vec![party(2)],
        place: Some(words.to_owned()),
        date: Some("2031-02-03".to_owned()),
        realis: Some(Realis::Happened),
        positive: true,
        ..ActContent::default()
    };
    let statement = StatementContent {
        speakers: vec![party(0)],
        cue: "say".to_owned(),
        kind: QuoteKind::Direct,
        content: vec![all(members[0], reports)],
        quoted: vec![],
        date: None,
        topic: None,
    };
    let figure = FigureContent {
        concept: words.to_owned(),
        printed: words.to_owned(),
        printed_at: None,
        value: Some(2.0),
        unit: words.to_owned(),
        deed: None,
        stated_by: vec![party(2)],
        clause: None,
    };
    let contents = [Content::Act(act), Content::Statement(statement), Content::Figure(figure)];
    let claim = |(n, content): (usize, Content)| Claim {
        id: format!("{words}{n}"),
        content,
        verdict: Verdict::Agree,
        support: members.iter().map(|it| rest(*it, reports)).collect(),
        variants: vec![Variant { anchor: all(members[0], reports), value: words.to_owned(), nature: Nature::Number }],
        reports: members.to_vec(),
        origins: vec![OriginIx(0)],
        silent: vec![],
        weight: 1.0,
    };
    contents.into_iter().enumerate().map(claim).collect()
}
