//! The account as one self-contained page: brief and ledgers at the left, reports at the right, colour means origin.
//!
//! Without scripts all parts stand one below the other and citations are links to the cited words, which light up as the
//! target. With scripts the parts are tabs, a click on a row lights its words in every report, and keys walk through.

mod extent;
mod facts;
mod ledgers;
mod lights;
mod pictures;
mod reports;

use askama::Template;
use rapporteur_model::{Anchor, CitedSentence, Style};

use self::extent::Extent;
use self::facts::Matrix;
use self::ledgers::{DatedView, FigureView, PositionView, ProposalView, QuoteView};
use self::lights::{Chip, Lights, chip, chips};
use self::pictures::{Lineage, Timeline};
use self::reports::ReportView;
use super::fact_rows::{self, FactRow, UNKNOWN};
use super::{Format, Page};
use rapporteur_text::shown;

pub(crate) const FORMAT: Format = Format { name: "html", extension: "html", media_type: "text/html", write };

/// Reports of an origin that are named one by one.
const ORIGIN_REPORTS_MAX: usize = 6;

/// Colours there are for origins; more origins begin again.
const N_COLOURS: usize = 6;

/// The look of the account, for pages that hold it.
pub const ACCOUNT_CSS: &str = include_str!("../../templates/account.css");
/// Its script: tabs, lights and keys. Does nothing on a page without an account.
pub const ACCOUNT_JS: &str = include_str!("../../templates/account.js");

/// The whole page.
#[derive(Template)]
#[template(path = "account.html")]
struct AccountPage<'a> {
    account: AccountBody<'a>,
}

/// All that is inside of the page's body.
#[derive(Template)]
#[template(path = "account-body.html")]
struct AccountBody<'a> {
    /// Whether the page is one of a desk, where reports and facts have pages of their own.
    is_on_desk: bool,
    title: &'a str,
    story: &'a str,
    summary: String,
    headline: Option<SentenceView<'a>>,
    sections: Vec<SectionView<'a>>,
    /// Whether a sentence is a point of a list.
    is_list: bool,
    heads: [&'static str; 5],
    told: Vec<ToldView>,
    origins: Vec<OriginView<'a>>,
    matrix: Matrix,
    /// What is not here of long lists; empty where all is.
    folded: String,
    quotes: Vec<QuoteView>,
    positions: Vec<PositionView<'a>>,
    proposals: Vec<ProposalView<'a>>,
    figures: Vec<FigureView>,
    dated: Vec<DatedView>,
    timeline: Timeline,
    lineage: Lineage,
    reports: Vec<ReportView<'a>>,
    left_out: &'a [String],
}

/// A part of the brief.
struct SectionView<'a> {
    kind: &'a str,
    title: &'a str,
    sentences: Vec<SentenceView<'a>>,
}

/// A sentence with its chips.
struct SentenceView<'a> {
    id: usize,
    text: &'a str,
    note: &'a str,
    chips: Vec<Chip>,
}

/// A row of the brief as a table.
struct ToldView {
    id: usize,
    what: String,
    chips: Vec<Chip>,
    who: String,
    n_origins: usize,
    when: String,
    differ: Vec<DifferView>,
}

/// A sentence on where accounts differ.
struct DifferView {
    text: String,
    chips: Vec<Chip>,
}

/// An origin with its colour.
struct OriginView<'a> {
    colour: usize,
    letter: &'a str,
    name: &'a str,
    /// " (reports 2 and 3)".
    reports: String,
}

fn write(page: &Page<'_>) -> String {
    let view = AccountPage { account: body(page, &Extent::whole()) };
    // The template reads plain data; rendering it to a string cannot fail.
    shown(&view.render().unwrap_or_default()).into_owned()
}

/// The inside of the page's body, for the pages of a desk: reports, facts and stories are links there. Its look and its
/// script are [`ACCOUNT_CSS`] and [`ACCOUNT_JS`]. A very large story is shown in parts; `part`, from 0, is that of the facts and
/// quotations, the last one where there is none so high.
pub fn account_html(page: &Page<'_>, part: usize) -> String {
    shown(&body(page, &Extent::on_desk(page, part)).render().unwrap_or_default()).into_owned()
}

fn body<'a>(page: &Page<'a>, extent: &Extent) -> AccountBody<'a> {
    let account = page.account;
    let mut lights = Lights::default();
    let headline = account.headline.as_ref().map(|it| sentence(page, &mut lights, it));
    let mut sections = Vec::new();
    let is_table = account.style == Style::Table;
    let told =
        if is_table { fact_rows::rows(page).iter().map(|it| told(page, &mut lights, it)).collect() } else { vec![] };
    for section in account.sections.iter().filter(|_| !is_table) {
        let sentences = section.sentences.iter().map(|it| sentence(page, &mut lights, it)).collect();
        sections.push(SectionView { kind: section.kind.as_str(), title: section.kind.title(), sentences });
    }
    let matrix = facts::matrix(page, &mut lights, extent);
    let quotes = ledgers::quotes(page, &mut lights, extent);
    let positions = ledgers::positions(page, &mut lights, extent);
    let proposals = ledgers::proposals(page, &mut lights);
    let figures = ledgers::figures(page, &mut lights, extent);
    let dated = ledgers::dated(page, &mut lights, extent);
    let counts = &account.ledgers;
    let folded = extent.folded(&[
        ("positions", positions.len(), counts.positions.len()),
        ("figures", figures.len(), counts.figures.len()),
        ("days", dated.len(), counts.schedule.len()),
    ]);
    let origin = |(ix, it): (usize, &'a rapporteur_model::OriginCard)| {
        let numbers: Vec<String> = it.reports.iter().map(|it| page.number(*it).to_string()).collect();
        // Named after a file only where nothing says whose it is.
        let is_file = it.reports.iter().any(|at| page.reports[at.ix()].id() == it.name);
        OriginView {
            colour: ix % N_COLOURS,
            letter: &it.letter,
            name: if is_file { "source not stated" } else { &it.name },
            reports: match numbers.as_slice() {
                [one] => format!(" (report {one})"),
                many if many.len() <= ORIGIN_REPORTS_MAX => format!(" (reports {})", crate::view::join(many)),
                many => format!(" ({} reports)", many.len()),
            },
        }
    };
    let origins = account.origins.iter().enumerate().map(origin).collect();
    AccountBody {
        is_on_desk: extent.is_on_desk,
        title: account.headline.as_ref().map_or("Account", |it| it.text()),
        story: &account.story,
        summary: page.summary(),
        headline,
        sections,
        is_list: account.style == Style::Bullets,
        heads: fact_rows::HEADS,
        told,
        origins,
        matrix,
        folded,
        quotes,
        positions,
        proposals,
        figures,
        timeline: pictures::timeline(&dated),
        dated,
        lineage: pictures::lineage(page),
        reports: reports::views(page, &lights, extent),
        left_out: &account.coverage.left_out,
    }
}

fn told(page: &Page<'_>, lights: &mut Lights, row: &FactRow) -> ToldView {
    let cited: Vec<Anchor> = row.differ.iter().chain([&row.what]).flat_map(|it| it.citations.iter().copied()).collect();
    ToldView {
        id: lights.add(&cited),
        what: row.what.text.clone(),
        chips: chips(page, &row.what.citations),
        who: row.who.clone(),
        n_origins: row.n_origins,
        when: row.when.clone().unwrap_or_else(|| UNKNOWN.to_owned()),
        differ: row
            .differ
            .iter()
            .map(|it| DifferView { text: it.text.clone(), chips: chips(page, &it.citations) })
            .collect(),
    }
}

fn sentence<'a>(page: &Page<'_>, lights: &mut Lights, sentence: &'a CitedSentence) -> SentenceView<'a> {
    SentenceView {
        id: lights.add(sentence.citations()),
        text: sentence.text(),
        note: sentence.note.as_deref().unwrap_or(""),
        chips: sentence.citations().iter().map(|it| chip(page, it)).collect(),
    }
}
