//! What can be asked for.

use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use rapporteur::{English, Style};

mod desk;
mod serve;

pub(crate) use desk::*;
pub(crate) use serve::*;

/// Reads many reports of one happening and writes one account, every sentence bound to the words that say so.
///
/// Give it files, folders, patterns or - for standard input: plain text, Markdown, HTML, JSON and JSONL, feeds,
/// NewsML-G2, and all of them in WARC, ZIP, tar and gzip.
/// It tells what the reports agree on and how many independent origins say so (a repost, a rewrite and its
/// original are one), who said what, where the reports differ, what only one says, and what comes next.
///
/// Everything runs on this machine. The language model is fetched once, when it is first needed; beside that, only
/// `watch` asks other machines, and `alerts --webhook` tells one.
#[derive(Debug, Parser)]
#[command(name = "rapporteur", version, max_term_width = 100, after_help = EXAMPLES)]
pub(crate) struct Options {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[command(flatten)]
    pub(crate) common: Common,
}

const EXAMPLES: &str = "\
Examples:
  rapporteur brief reports/                        the account of a folder of reports
  rapporteur brief reports/ --format html -o a.html    one page: brief left, reports right
  rapporteur read page.html --html -o page-read.html   what each block was taken for, and why
  rapporteur annotate page.html | jq '.quotes'     who said what in one report
  rapporteur annotate page.html --html -o found.html   the same and all else, marked in the text
  rapporteur verify brief.md reports/              which sentences of a brief the reports bear out
  rapporteur relate reports/ | jq -r '.relation'   which report comes from which
  cat report.txt | rapporteur brief -              from standard input
  rapporteur desk init && rapporteur add reports/  a collection that stays; then: stories, story, search, since

Exit status: 0 done; 1 done, with problems on the way (a line each on standard error); 2 nothing could be done.";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Write the account of the reports.
    Brief(Brief),
    /// Print each report with its block roles and metadata, a JSON row a report.
    Read(Read),
    /// Print the tokens, tags, parse and names of each text, a JSON row a text.
    Parse(Paths),
    /// Print all that is found in each report, a JSON row a report.
    Annotate(Annotate),
    /// Print which report comes from which, then the independent origins, a JSON row each.
    Relate(Relate),
    /// Print the story of each report, a JSON row a report.
    Group(Group),
    /// Print the claims of each story with who says so, a JSON row a claim.
    Weigh(Paths),
    /// Say what changed since a day, or since an earlier account.
    Since(Since),
    /// Check a brief, sentence by sentence, against the reports.
    Verify(Verify),
    /// Watch feeds, pages and folders, and add what is new or changed to a desk. The only command that asks other machines.
    Watch(Watch),
    /// Write the account to a file for other programs.
    Export(Export),
    /// Show a desk in the browser, and to programs over HTTP.
    Serve(Serve),
    /// Answer an assistant's questions about a desk, over standard input and output (Model Context Protocol).
    Mcp(Mcp),
    /// Make, list or take back the tokens that let people in.
    #[command(subcommand)]
    Token(TokenDo),
    /// Show, fetch or locate the language model.
    #[command(subcommand)]
    Model(Model),
    /// Make, check, copy or mend a desk: a collection that stays.
    #[command(subcommand)]
    Desk(DeskDo),
    /// Add reports to a desk.
    Add(Add),
    /// List the stories of a desk.
    Stories(List),
    /// Write the account of a story on a desk.
    Story(StoryOf),
    /// List the facts of a desk, or of one story.
    Facts(List),
    /// List who said what, with every printing.
    Quotes(List),
    /// List who stands where on what.
    Positions(List),
    /// List measures with the values stated for them.
    Figures(List),
    /// List what is stated for which day, in order of the days.
    Agenda(List),
    /// List who left an office and who came.
    Offices(List),
    /// List plans and drafts that are on the table, with who is for or against them.
    Proposals(List),
    /// Set the origins of a story side by side, fact by fact.
    Compare(Compare),
    /// Print which report of a story comes from which, and the independent origins.
    Lineage(Lineage),
    /// Print what a desk knows of an actor.
    Actor(ActorOf),
    /// Find reports or facts of a desk by words.
    Search(Search),
    /// Decide something about what is on a desk.
    Decide(Decide),
    /// Print, export or take over decisions.
    Decisions(Decisions),
    /// Print or send what happened on a desk that somebody who follows a matter wants to be told.
    Alerts(Alerts),
}

#[derive(Debug, Args)]
pub(crate) struct Common {
    /// Language model: a model folder or a wheel
    #[arg(long, global = true, value_name = "PATH", env = "RAPPORTEUR_MODEL", hide_env_values = true)]
    pub(crate) model: Option<PathBuf>,
    /// Threads; 0 for one a core. The result is the same for any number
    #[arg(long, global = true, value_name = "N", default_value_t = 0)]
    pub(crate) threads: usize,
    /// Unit of all offsets in JSON
    #[arg(long, global = true, value_enum, default_value_t = Offsets::Char)]
    pub(crate) offsets: Offsets,
    /// Knowledge base whose ids the actors get: lines of id, names separated by |, type, description, with tabs between
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) knowledge: Option<PathBuf>,
    /// What an analyst decided on which reports belong together: lines of JSON with do (merge, split, undo), reports, who,
    /// when, why
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) decisions: Option<PathBuf>,
    /// Rows of an earlier `group`: stories keep the names they had there
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) stories: Option<PathBuf>,
    /// Faster, inexact arithmetic in the language model: a few tokens in a hundred thousand are tagged otherwise
    #[arg(long, global = true)]
    pub(crate) fast: bool,
    /// No progress bar and no remarks, only errors
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Offsets {
    /// Code points, as Python counts
    Char,
    /// Bytes of UTF-8
    Byte,
    /// UTF-16 units, as JavaScript counts
    Utf16,
}

#[derive(Debug, Args)]
pub(crate) struct Paths {
    /// Files, folders, patterns, or - for standard input
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Brief {
    /// Files, folders, patterns, or - for standard input
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Form of the account: terminal, markdown (md), html or json
    #[arg(long, short, value_name = "FORM")]
    pub(crate) format: Option<String>,
    /// Write to this file; its ending gives the form when --format does not
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// The most words of the brief
    #[arg(long, value_name = "N", default_value_t = 350)]
    pub(crate) words: usize,
    /// How it is laid out: prose, bullets (a point a sentence, most origins first) or table (a row a fact). JSON is one for all
    #[arg(long, value_name = "STYLE", default_value = "prose", value_parser = names(&Style::ALL.map(Style::as_str)))]
    pub(crate) style: String,
    /// British or American English: spelling, dates, "per cent", "Mr". Quotations and names stay as they are
    #[arg(long, value_name = "ENGLISH", default_value = "british", value_parser = names(&English::ALL.map(English::as_str)))]
    pub(crate) english: String,
    /// Only the story with the most reports
    #[arg(long)]
    pub(crate) main: bool,
}

/// The names a table of the library has.
fn names(all: &[&'static str]) -> PossibleValuesParser {
    PossibleValuesParser::new(all.iter().map(|it| PossibleValue::new(*it)).collect::<Vec<_>>())
}

const VERIFY_EXAMPLES: &str = "\
Examples:
  rapporteur verify brief.md reports/                     every sentence with its verdict
  rapporteur verify brief.md reports/ | jq -r 'select(.verdict != \"supported\") | .sentence'
  rapporteur brief reports/ --format md | rapporteur verify - reports/

Exit status: 0 every sentence is borne out; 1 some are not, or there were problems on the way; 2 nothing could be done.";

#[derive(Debug, Args)]
#[command(after_help = SINCE_EXAMPLES)]
pub(crate) struct Since {
    /// A day (2031-05-12): what reports dated on it or later changed; or a file that `rapporteur weigh` or
    /// `rapporteur brief --format json` wrote
    #[arg(value_name = "DAY|FILE")]
    pub(crate) since: String,
    /// Reports, earlier ones among them: files, folders or patterns; the desk where there is none
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) desk: OfDesk,
    /// Form: rows (a JSON row a change), terminal, or rss (a feed, an item a change); rows where the output is no terminal
    #[arg(long, short, value_name = "FORM")]
    pub(crate) format: Option<String>,
    /// Show fragments of sentences too
    #[arg(long)]
    pub(crate) all: bool,
}

const SINCE_EXAMPLES: &str = "\
Examples:
  rapporteur since 2031-05-12 reports/
  rapporteur since 2031-05-12 reports/ --format rss > changes.xml
  rapporteur weigh reports/ > monday.jsonl     then, when more reports are there:
  rapporteur since monday.jsonl reports/
  rapporteur since 2031-05-12                  on the desk, the morning's first command";

#[derive(Debug, Args)]
#[command(after_help = VERIFY_EXAMPLES)]
pub(crate) struct Verify {
    /// The brief: Markdown or text, with or without citations, or JSON of `rapporteur brief`; - for standard input
    #[arg(value_name = "FILE")]
    pub(crate) brief: PathBuf,
    /// Reports: files, folders or patterns
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Form: rows (a JSON row a sentence) or terminal; rows where the output is no terminal
    #[arg(long, short, value_name = "FORM")]
    pub(crate) format: Option<String>,
}

const WATCH_EXAMPLES: &str = "\
Examples:
  rapporteur watch feeds.opml inbox/ --every 15m                  onto the desk, until it is stopped
  rapporteur watch https://post.example/feed.xml --once --desk ferry-desk
  rapporteur watch feeds.opml --every 15m --webhook https://desk.example/hook --secret-file secret.txt
                                                                  and alerts are sent after each pass
  rapporteur watch https://post.example/feed.xml --once --into news
  rapporteur brief news/reports                                   the account of what came into a folder
  rapporteur watch http://192.168.1.20/feed.xml --allow-address 192.168.1.20 --once

Of each feed entry the page it leads to is kept, unless the feed itself has all of the text. Each version of a page is
kept. In a folder, arrivals.jsonl says what came from where, and when; state.json is what the watch remembers.

Exit status: 0 done; 1 something was not had (a line each on standard error); 2 nothing could be done.";

#[derive(Debug, Args)]
#[command(after_help = WATCH_EXAMPLES, group(clap::ArgGroup::new("when").required(true).args(["once", "every"])))]
pub(crate) struct Watch {
    /// Addresses of feeds or pages, OPML files (lists of feeds), folders
    #[arg(required = true, value_name = "SOURCE")]
    pub(crate) sources: Vec<String>,
    /// One pass
    #[arg(long)]
    pub(crate) once: bool,
    /// A pass, then again after this time (90s, 10m, 2h), until stopped
    #[arg(long, value_name = "TIME")]
    pub(crate) every: Option<String>,
    /// Folder of the desk that what arrives is added to; RAPPORTEUR_DESK or ./desk where nothing is said
    #[arg(long, value_name = "DIR", conflicts_with = "into")]
    pub(crate) desk: Option<PathBuf>,
    /// Print a JSON row for each report as soon as it is on the desk for good, instead of a line
    #[arg(long, conflicts_with = "into")]
    pub(crate) rows: bool,
    /// Folder that what arrives is written into, as files, instead of a desk
    #[arg(long, value_name = "FOLDER")]
    pub(crate) into: Option<PathBuf>,
    /// An address or network outside of the open network that may be asked, as 127.0.0.1 or 192.168.1.0/24, on any port
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) allow_address: Vec<String>,
    /// Ask for all known pages again, not only for those whose time has come
    #[arg(long)]
    pub(crate) recheck: bool,
    /// Ask for the sources themselves even where robots.txt says no; pages behind them are never
    #[arg(long)]
    pub(crate) ignore_robots_for_sources: bool,
    #[command(flatten)]
    pub(crate) send: Webhook,
}

#[derive(Debug, Args)]
pub(crate) struct Read {
    /// Files, folders, patterns, or - for standard input
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Show the raw bytes behind START-END of the text instead (in the unit of --offsets)
    #[arg(long, value_name = "START-END")]
    pub(crate) at: Option<String>,
    /// Only the report of this id, as the rows have it
    #[arg(long, value_name = "ID")]
    pub(crate) id: Option<String>,
    /// One page for people instead: the text with the role of each block, the metadata with its evidence
    #[arg(long, conflicts_with = "at")]
    pub(crate) html: bool,
    #[command(flatten)]
    pub(crate) page: PageFile,
}

/// Where the page of a command goes that prints rows without `--html`.
#[derive(Debug, Args)]
pub(crate) struct PageFile {
    /// Write the page to this file instead of standard output
    #[arg(long, short, value_name = "FILE", requires = "html")]
    pub(crate) output: Option<PathBuf>,
}

const ANNOTATE_EXAMPLES: &str = "\
Examples:
  rapporteur annotate page.html | jq '.quotes'             who said what
  rapporteur annotate reports/ --html -o annotated.html    one page to check it on
  rapporteur annotate reports/ --html --id 014 -o 014.html only that report";

#[derive(Debug, Args)]
#[command(after_help = ANNOTATE_EXAMPLES)]
pub(crate) struct Annotate {
    /// Files, folders, patterns, or - for standard input
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Tokens too
    #[arg(long, conflicts_with = "html")]
    pub(crate) tokens: bool,
    /// Only the report of this id, as the rows have it
    #[arg(long, value_name = "ID")]
    pub(crate) id: Option<String>,
    /// One page for people instead: the text with all that was found marked in it, lists of it beside it
    #[arg(long)]
    pub(crate) html: bool,
    #[command(flatten)]
    pub(crate) page: PageFile,
}

const GROUP_EXAMPLES: &str = "\
Examples:
  rapporteur group reports/ > stories.jsonl                     the story of each report, and why
  rapporteur group reports/ --stories stories.jsonl             the same tomorrow: stories keep their names
  rapporteur group reports/ --decisions mine.jsonl --html -o stories.html
                                                                a page, with what you put together or set apart

A line of mine.jsonl:
  {\"do\": \"merge\", \"reports\": [\"014\", \"020\"], \"who\": \"Ines\", \"when\": \"2031-03-05\", \"why\": \"one ferry\"}
`split` sets reports apart; {\"do\": \"undo\", \"line\": 1} takes line 1 back.";

#[derive(Debug, Args)]
#[command(after_help = GROUP_EXAMPLES)]
pub(crate) struct Group {
    /// Files, folders, patterns, or - for standard input
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// One page for people instead: storylines, stories and their reports, with the reasons
    #[arg(long)]
    pub(crate) html: bool,
    #[command(flatten)]
    pub(crate) page: PageFile,
}

#[derive(Debug, Args)]
pub(crate) struct Relate {
    /// Files, folders, patterns, or - for standard input
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// One page for people instead: the lineage as a picture, and what each two share side by side
    #[arg(long)]
    pub(crate) html: bool,
    #[command(flatten)]
    pub(crate) page: PageFile,
}

#[derive(Debug, Args)]
#[command(after_help = EXPORT_EXAMPLES)]
pub(crate) struct Export {
    /// Files, folders, patterns, or - for standard input
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Form
    #[arg(long, value_name = "FORM", value_parser = export_forms())]
    pub(crate) to: String,
    /// Write to this file instead of standard output; a folder for brat, which has no other place
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

/// The forms that `export` knows, from the tables of the library.
fn export_forms() -> PossibleValuesParser {
    let of_brief = rapporteur::FORMATS.iter().map(|it| {
        let known = PossibleValue::new(it.name).help(format!("as `brief` writes it ({})", it.media_type));
        if it.name == "markdown" { known.alias("md") } else { known }
    });
    let others = rapporteur::EXPORTS.iter().map(|it| PossibleValue::new(it.name).help(it.about));
    PossibleValuesParser::new(of_brief.chain(others).collect::<Vec<_>>())
}

const EXPORT_EXAMPLES: &str = "\
Examples:
  rapporteur export reports/ --to csv -o claims.csv            what is claimed, and by how many
  rapporteur export reports/ --to graphml -o lineage.graphml   who copied whom, for Gephi or networkx
  rapporteur export reports/ --to brat -o annotated            a folder for brat";

#[derive(Debug, Subcommand)]
pub(crate) enum Model {
    /// Say where the language model is
    Status(ModelSize),
    /// Fetch the language model
    Get(ModelSize),
    /// Print the path of the language model
    Path(ModelSize),
}

#[derive(Debug, Args)]
pub(crate) struct ModelSize {
    /// sm (13 MB, the default) or md (43 MB, with word vectors)
    #[arg(long, default_value = "sm")]
    pub(crate) size: String,
}

impl Common {
    /// The unit of all offsets.
    pub(crate) fn unit(&self) -> rapporteur::Unit {
        match self.offsets {
            Offsets::Char => rapporteur::Unit::Char,
            Offsets::Byte => rapporteur::Unit::Byte,
            Offsets::Utf16 => rapporteur::Unit::Utf16,
        }
    }

    /// The settings of the library.
    pub(crate) fn settings(&self) -> rapporteur::Settings {
        let mut settings = rapporteur::Settings { threads: self.threads, ..Default::default() };
        settings.store = rapporteur::models::Store::from_env();
        if self.model.is_some() {
            settings.store.given.clone_from(&self.model);
        }
        settings.knowledge.clone_from(&self.knowledge);
        settings.decisions.clone_from(&self.decisions);
        settings.stories.clone_from(&self.stories);
        if self.fast {
            settings.language.precision = rapporteur_language::Precision::Int16;
        }
        settings
    }
}
