//! What can be asked of a desk.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

/// Which desk.
#[derive(Debug, Args)]
pub(crate) struct OfDesk {
    /// Folder of the desk; ./desk where it is there and nothing is said
    #[arg(long, value_name = "DIR", env = "RAPPORTEUR_DESK")]
    pub(crate) desk: Option<PathBuf>,
}

/// How a list is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListForm {
    /// A table for people
    #[value(alias = "text", alias = "table")]
    Terminal,
    /// A JSON row a line, with everything
    #[value(alias = "rows", alias = "json")]
    Jsonl,
    /// Comma-separated values, the columns of the table
    Csv,
    /// A table in Markdown
    #[value(alias = "markdown")]
    Md,
}

#[derive(Debug, Args)]
pub(crate) struct Form {
    /// Form of the list; a table on a terminal, jsonl elsewhere
    #[arg(long, short, value_name = "FORM")]
    pub(crate) format: Option<ListForm>,
}

/// What lists are narrowed by.
#[derive(Debug, Args)]
#[command(next_help_heading = "Filters")]
pub(crate) struct Filters {
    /// Only with this actor: an id (`person:ines-marl`, `UKR`), or a name where it means one
    #[arg(long, value_name = "ACTOR")]
    pub(crate) actor: Option<String>,
    /// Only of this outlet
    #[arg(long, value_name = "NAME")]
    pub(crate) outlet: Option<String>,
    /// Only what this independent origin tells
    #[arg(long, value_name = "NAME")]
    pub(crate) origin: Option<String>,
    /// Only at this place
    #[arg(long, value_name = "NAME")]
    pub(crate) place: Option<String>,
    /// Only from this day on (2031-05-12)
    #[arg(long, value_name = "DAY")]
    pub(crate) from: Option<String>,
    /// Only up to this day
    #[arg(long, value_name = "DAY")]
    pub(crate) to: Option<String>,
    /// Only facts of this kind: act, statement or figure
    #[arg(long, value_name = "KIND")]
    pub(crate) kind: Option<String>,
    /// Only acts that happened, are scheduled, denied, …
    #[arg(long, value_name = "REALIS")]
    pub(crate) realis: Option<String>,
    /// Only facts on which reports agree, conflict, …
    #[arg(long, value_name = "VERDICT")]
    pub(crate) verdict: Option<String>,
    /// Only what so many independent origins tell
    #[arg(long, value_name = "N")]
    pub(crate) origins_min: Option<u32>,
    /// Facts too that a person said are wrong
    #[arg(long)]
    pub(crate) with_wrong: bool,
    /// The most rows
    #[arg(long, value_name = "N", default_value_t = 100)]
    pub(crate) limit: usize,
    /// Pass over so many rows first
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) offset: usize,
}

#[derive(Debug, Subcommand)]
pub(crate) enum DeskDo {
    /// Make a new desk in a folder
    Init {
        /// The folder; --desk or ./desk where none is given
        #[arg(value_name = "DIR")]
        folder: Option<PathBuf>,
    },
    /// Look whether everything is there and in step; says what is wrong and what to do
    Check(OfDesk),
    /// Copy the desk, as it is at one moment, to a new folder or one .tar file
    Backup {
        /// A folder that is made, or a file that ends in .tar
        #[arg(value_name = "TO")]
        to: PathBuf,
        #[command(flatten)]
        desk: OfDesk,
    },
    /// Take less room on the disk
    Compact(OfDesk),
    /// Read the originals anew where another version of the program read them, and say what changed
    Rebuild {
        /// All reports, not only those that another version read
        #[arg(long)]
        all: bool,
        #[command(flatten)]
        desk: OfDesk,
        #[command(flatten)]
        form: Form,
    },
    /// Find all stories anew, as if all reports had come at once; names and decisions stay
    Regroup(OfDesk),
}

#[derive(Debug, Args)]
pub(crate) struct Add {
    /// Files, folders, patterns, or - for standard input
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Print a row for each report as soon as it is on the disk for good (jsonl)
    #[arg(long)]
    pub(crate) rows: bool,
    #[command(flatten)]
    pub(crate) desk: OfDesk,
}

#[derive(Debug, Args)]
pub(crate) struct List {
    /// Only of this story
    #[arg(value_name = "STORY")]
    pub(crate) story: Option<String>,
    #[command(flatten)]
    pub(crate) form: Form,
    #[command(flatten)]
    pub(crate) filters: Filters,
    #[command(flatten)]
    pub(crate) desk: OfDesk,
}

#[derive(Debug, Args)]
pub(crate) struct StoryOf {
    /// The story's id, as `stories` prints it
    #[arg(value_name = "STORY")]
    pub(crate) story: String,
    /// Form of the account: terminal, markdown (md), html or json; jsonl for its facts, a row each
    #[arg(long, short, value_name = "FORM")]
    pub(crate) format: Option<String>,
    /// Write to this file; its ending gives the form when --format does not
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) desk: OfDesk,
}

#[derive(Debug, Args)]
pub(crate) struct Compare {
    /// The story's id
    #[arg(value_name = "STORY")]
    pub(crate) story: String,
    #[command(flatten)]
    pub(crate) form: Form,
    #[command(flatten)]
    pub(crate) filters: Filters,
    #[command(flatten)]
    pub(crate) desk: OfDesk,
}

#[derive(Debug, Args)]
pub(crate) struct Lineage {
    /// The story's id
    #[arg(value_name = "STORY")]
    pub(crate) story: String,
    /// One page instead, with the lineage as a picture
    #[arg(long)]
    pub(crate) html: bool,
    #[command(flatten)]
    pub(crate) page: super::PageFile,
    #[command(flatten)]
    pub(crate) form: Form,
    #[command(flatten)]
    pub(crate) desk: OfDesk,
}

#[derive(Debug, Args)]
pub(crate) struct ActorOf {
    /// Its id, its name, or a part of the name
    #[arg(value_name = "ACTOR")]
    pub(crate) actor: String,
    #[command(flatten)]
    pub(crate) form: Form,
    #[command(flatten)]
    pub(crate) filters: Filters,
    #[command(flatten)]
    pub(crate) desk: OfDesk,
}

const SEARCH_EXAMPLES: &str = "\
Examples:
  rapporteur search ferry captain             both words
  rapporteur search '\"set out at noon\"'       these words in this order
  rapporteur search 'title:ferry harb*'       in titles; any word that begins so
  rapporteur search 'ferry OR boat -inquiry'  one of two, and not a third
  rapporteur search --facts 'actor:fenn ferries' --from 2031-05-10";

#[derive(Debug, Args)]
#[command(after_help = SEARCH_EXAMPLES)]
pub(crate) struct Search {
    /// Words that must all be there; "a phrase", field:word, begin*, one OR other, -not. Best all in one pair of single quotes
    #[arg(required = true, value_name = "QUERY")]
    pub(crate) query: Vec<String>,
    /// Look in facts instead of reports; fields are fact and actor
    #[arg(long)]
    pub(crate) facts: bool,
    /// Count the hits by outlet, day and kind too
    #[arg(long)]
    pub(crate) facets: bool,
    #[command(flatten)]
    pub(crate) form: Form,
    #[command(flatten)]
    pub(crate) filters: Filters,
    #[command(flatten)]
    pub(crate) desk: OfDesk,
}

const DECIDE_EXAMPLES: &str = "\
Examples:
  rapporteur decide merge story-014 story-020 --why 'one ferry, two spellings'
  rapporteur decide wrong f-3f9a01c2be77 --why 'the agency withdrew it'
  rapporteur decide undo 3";

#[derive(Debug, Args)]
#[command(after_help = DECIDE_EXAMPLES)]
pub(crate) struct Decide {
    #[command(subcommand)]
    pub(crate) what: DecideWhat,
    /// Who decides
    #[arg(long, global = true, value_name = "NAME", env = "RAPPORTEUR_WHO")]
    pub(crate) who: Option<String>,
    /// Why, in words for those who come after
    #[arg(long, global = true, value_name = "WORDS", default_value = "")]
    pub(crate) why: String,
    /// Folder of the desk
    #[arg(long, global = true, value_name = "DIR", env = "RAPPORTEUR_DESK")]
    pub(crate) desk: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum DecideWhat {
    /// These stories are one; give ids of stories or of reports in them
    Merge {
        /// Ids of stories or reports
        #[arg(required = true, num_args = 2..)]
        ids: Vec<String>,
    },
    /// These reports leave their story and are one of their own
    Split {
        /// Ids of reports
        #[arg(required = true)]
        reports: Vec<String>,
    },
    /// A story has another title; an empty one gives back its own
    Rename {
        /// Id of the story
        story: String,
        /// The title
        title: String,
    },
    /// A fact is wrong; it is shown as such and counts nowhere
    Wrong {
        /// Id of the fact
        fact: String,
    },
    /// These actors are one, called as the first
    SameSpeaker {
        /// Ids or names of actors
        #[arg(required = true, num_args = 2..)]
        actors: Vec<String>,
    },
    /// Who is named as the speaker of these words is not
    NotSpeaker {
        /// Id of the report
        report: String,
        /// Where the words stand, START-END in code points of its text
        span: String,
        /// Only when this actor is named
        #[arg(long)]
        actor: Option<String>,
    },
    /// This report is the original of those that share its text
    Original {
        /// Id of the report
        report: String,
    },
    /// Take a decision back
    Undo {
        /// Its number, as `decisions` prints it
        decision: i64,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Decisions {
    #[command(subcommand)]
    pub(crate) what: Option<DecisionsDo>,
    #[command(flatten)]
    pub(crate) form: Form,
    /// Folder of the desk
    #[arg(long, global = true, value_name = "DIR", env = "RAPPORTEUR_DESK")]
    pub(crate) desk: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum DecisionsDo {
    /// Print all decisions
    List,
    /// Print them as rows that another desk can take over
    Export,
    /// Take over the decisions of another desk
    Apply {
        /// Rows that `decisions export` wrote; - for standard input
        file: PathBuf,
    },
}

/// How alerts are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum AlertForm {
    /// A table for people
    #[value(alias = "text", alias = "table")]
    Terminal,
    /// A JSON row a line, with everything
    #[value(alias = "rows", alias = "json")]
    Jsonl,
    /// Comma-separated values, the columns of the table
    Csv,
    /// A table in Markdown
    #[value(alias = "markdown")]
    Md,
    /// A feed for feed readers (Atom), the latest first
    Atom,
}

impl AlertForm {
    /// The form of the list, where it is one.
    pub(crate) fn of_list(self) -> Option<ListForm> {
        match self {
            AlertForm::Terminal => Some(ListForm::Terminal),
            AlertForm::Jsonl => Some(ListForm::Jsonl),
            AlertForm::Csv => Some(ListForm::Csv),
            AlertForm::Md => Some(ListForm::Md),
            AlertForm::Atom => None,
        }
    }
}

const ALERTS_EXAMPLES: &str = "\
Examples:
  rapporteur alerts                                          what there was
  rapporteur alerts --after 120 --format jsonl               what came after the one of that number
  rapporteur alerts -o alerts.atom --room http://127.0.0.1:8480   a feed, with links into `rapporteur serve`
  rapporteur alerts --webhook https://desk.example/hook --secret-file secret.txt
                                                             sends those that were not sent yet, for cron";

#[derive(Debug, Args)]
#[command(after_help = ALERTS_EXAMPLES)]
pub(crate) struct Alerts {
    /// Only what happened after this event; 0 for all there was
    #[arg(long, value_name = "SEQ", default_value_t = 0)]
    pub(crate) after: i64,
    /// Everything that happened, not only what somebody who follows a matter wants to be told
    #[arg(long)]
    pub(crate) all: bool,
    /// The most rows, or entries of the feed; 100 where nothing is said
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<usize>,
    /// Form of the list; a table on a terminal, jsonl elsewhere
    #[arg(long, short, value_name = "FORM")]
    pub(crate) format: Option<AlertForm>,
    /// Write the feed to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// An address or network outside of the open network that alerts may be sent to, as 127.0.0.1 or 192.168.1.0/24
    #[arg(long, value_name = "ADDRESS", requires = "webhook")]
    pub(crate) allow_address: Vec<String>,
    #[command(flatten)]
    pub(crate) desk: OfDesk,
    #[command(flatten)]
    pub(crate) send: Webhook,
}

/// Where alerts are sent.
#[derive(Debug, Args)]
#[command(next_help_heading = "Sending alerts")]
pub(crate) struct Webhook {
    /// Send the alerts that were not sent yet to this address, a signed message each
    #[arg(long, value_name = "URL")]
    pub(crate) webhook: Option<String>,
    /// File with the secret that messages are signed with; where none is named, RAPPORTEUR_WEBHOOK_SECRET has it
    #[arg(long, value_name = "FILE", requires = "webhook")]
    pub(crate) secret_file: Option<PathBuf>,
    /// Address of `rapporteur serve`, for links to what an alert is about
    #[arg(long, value_name = "URL")]
    pub(crate) room: Option<String>,
}
