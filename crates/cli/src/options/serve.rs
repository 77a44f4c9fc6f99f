//! What can be asked of the room to work in.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::OfDesk;

#[derive(Debug, Args)]
pub(crate) struct Serve {
    #[command(flatten)]
    pub(crate) desk: OfDesk,
    /// Where to listen; beyond this machine only with tokens
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8480")]
    pub(crate) listen: SocketAddr,
    /// File of tokens: who shows none is not let in
    #[arg(long, value_name = "FILE")]
    pub(crate) tokens: Option<PathBuf>,
    /// Write the log as JSON, a line an answer
    #[arg(long)]
    pub(crate) json_log: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Mcp {
    #[command(flatten)]
    pub(crate) desk: OfDesk,
}

/// Which file of tokens.
#[derive(Debug, Args)]
pub(crate) struct OfTokens {
    /// File of tokens
    #[arg(long, value_name = "FILE", default_value = "tokens.jsonl")]
    pub(crate) tokens: PathBuf,
}

#[derive(Debug, Subcommand)]
pub(crate) enum TokenDo {
    /// Make a token for somebody; it is shown this once.
    Add {
        /// Whom it is for
        #[arg(value_name = "NAME")]
        name: String,
        /// What it is good for
        #[arg(long, value_enum, default_value_t = Role::Reader)]
        role: Role,
        #[command(flatten)]
        file: OfTokens,
    },
    /// List the tokens: whose, and what they are good for.
    List(OfTokens),
    /// Take a token back: whoever has it is not let in any more.
    Revoke {
        /// Its id or whose it is
        #[arg(value_name = "NAME")]
        name: String,
        #[command(flatten)]
        file: OfTokens,
    },
}

/// What a token is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Role {
    /// Look at everything
    Reader,
    /// Add reports and decide too
    Analyst,
}
