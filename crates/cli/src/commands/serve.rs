//! `rapporteur serve`, `rapporteur mcp` and `rapporteur token`: the desk for browsers, programs and assistants.

use rapporteur::Error;
use rapporteur_serve::tokens::{self, Role};
use rapporteur_serve::{Options, Setup};

use super::desk::folder;
use crate::options::{self, Common, Mcp, Serve, TokenDo};
use crate::output::{self, Done};

const NOTHING: Done = Done { n_problems: 0 };

fn told(error: rapporteur_serve::Error) -> Error {
    match error {
        rapporteur_serve::Error::Desk(error) => error.into(),
        rapporteur_serve::Error::Start(told) => Error::usage(told),
    }
}

fn setup(desk: &options::OfDesk, common: &Common) -> Result<Setup, Error> {
    let who = ["USER", "USERNAME"].iter().find_map(|it| std::env::var(it).ok()).unwrap_or_default();
    Ok(Setup { desk: folder(desk.desk.as_deref())?, settings: common.settings(), who, ..Setup::default() })
}

pub(crate) fn serve(asked: &Serve, common: &Common) -> Result<Done, Error> {
    let setup = Setup { tokens: asked.tokens.clone(), ..setup(&asked.desk, common)? };
    let options = Options { setup, listen: asked.listen, json_log: asked.json_log, is_quiet: common.quiet };
    rapporteur_serve::serve(options, |it| {
        if !common.quiet {
            // All addresses of this machine are none that a browser could open.
            let at = match it.address.ip().is_unspecified() {
                true => format!("port {} of this machine, http://127.0.0.1:{0}/ on it", it.address.port()),
                false => format!("http://{}/", it.address),
            };
            output::say(&format!("The desk is at {at} – Ctrl-C ends it"));
        }
    })
    .map_err(told)?;
    Ok(NOTHING)
}

pub(crate) fn mcp(asked: &Mcp, common: &Common) -> Result<Done, Error> {
    let (input, output) = (std::io::stdin().lock(), std::io::stdout().lock());
    rapporteur_serve::mcp::serve(setup(&asked.desk, common)?, input, output).map_err(told)?;
    Ok(NOTHING)
}

pub(crate) fn token(asked: &TokenDo) -> Result<Done, Error> {
    match asked {
        TokenDo::Add { name, role, file } => {
            let role = match role {
                options::Role::Reader => Role::Reader,
                options::Role::Analyst => Role::Analyst,
            };
            let (token, shown) = tokens::add(&file.tokens, name, role).map_err(told)?;
            output::text(&format!("{shown}\n"))?;
            output::say(&format!(
                "This is the token of {}, {}; it is not shown again. Serve with --tokens {}",
                token.name,
                role.as_str(),
                file.tokens.display()
            ));
        }
        TokenDo::List(file) => {
            let all = tokens::list(&file.tokens).map_err(told)?;
            if all.is_empty() {
                output::say("There are no tokens; `rapporteur token add NAME` makes one");
            }
            for it in all {
                output::text(&format!("{}  {:8}  {}  {}\n", it.id, it.role.as_str(), it.made_at, it.name))?;
            }
        }
        TokenDo::Revoke { name, file } => {
            let gone = tokens::revoke(&file.tokens, name).map_err(told)?;
            output::text(&format!("The token of {} is good for nothing any more.\n", gone.name))?;
        }
    }
    Ok(NOTHING)
}
