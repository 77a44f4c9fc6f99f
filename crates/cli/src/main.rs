//! The `rapporteur` command: chooses, calls and shows. What is news and what is not is decided elsewhere.

mod commands;
mod options;
mod output;
mod progress;
mod table;

use clap::Parser;
use options::{Command, Options};

fn main() -> std::process::ExitCode {
    let options = Options::parse();
    let done = match &options.command {
        Command::Brief(it) => commands::brief::run(it, &options.common),
        Command::Read(it) => commands::read::run(it, &options.common),
        Command::Parse(it) => commands::parse::run(it, &options.common),
        Command::Annotate(it) => commands::annotate::run(it, &options.common),
        Command::Relate(it) => commands::relate::run(it, &options.common),
        Command::Group(it) => commands::group::run(it, &options.common),
        Command::Weigh(it) => commands::weigh::run(it, &options.common),
        Command::Since(it) => commands::since::run(it, &options.common),
        Command::Verify(it) => commands::verify::run(it, &options.common),
        Command::Watch(it) => commands::watch::run(it, &options.common),
        Command::Export(it) => commands::export::run(it, &options.common),
        Command::Serve(it) => commands::serve::serve(it, &options.common),
        Command::Mcp(it) => commands::serve::mcp(it, &options.common),
        Command::Token(it) => commands::serve::token(it),
        Command::Model(it) => commands::model::run(it, &options.common),
        Command::Desk(it) => commands::desk::run(it, &options.common),
        Command::Add(it) => commands::desk::add::run(it, &options.common),
        Command::Stories(it) => commands::desk::lists::stories(it),
        Command::Story(it) => commands::desk::story::run(it),
        Command::Facts(it) => commands::desk::lists::facts(it),
        Command::Quotes(it) => commands::desk::lists::quotes(it),
        Command::Positions(it) => commands::desk::lists::positions(it),
        Command::Figures(it) => commands::desk::lists::figures(it),
        Command::Agenda(it) => commands::desk::lists::agenda(it),
        Command::Offices(it) => commands::desk::lists::offices(it),
        Command::Proposals(it) => commands::desk::lists::proposals(it),
        Command::Compare(it) => commands::desk::story::compare(it),
        Command::Lineage(it) => commands::desk::story::lineage(it),
        Command::Actor(it) => commands::desk::lists::actor(it),
        Command::Search(it) => commands::desk::search::run(it),
        Command::Decide(it) => commands::desk::decide::run(it),
        Command::Decisions(it) => commands::desk::decide::list(it),
        Command::Alerts(it) => commands::desk::alerts::run(it),
    };
    match done {
        Ok(output::Done { n_problems: 0 }) => std::process::ExitCode::SUCCESS,
        Ok(_) => std::process::ExitCode::from(1),
        Err(error) => {
            output::say_error(&error);
            std::process::ExitCode::from(2)
        }
    }
}
