//! A room to work in: the desk in a browser, for programs over HTTP, and for assistants over the Model Context Protocol.
//!
//! ```text
//! request -> guard (host, rate, who, origin) -> page or API handler -> desk (readers, one writer) -> struct -> template
//! ```
//!
//! Pages are made here and need no scripts; with them there are keys, and what is new shows itself. The program decides
//! nothing about news: it asks a [`Desk`](rapporteur_desk::Desk) and shows the answer.

pub mod alerts;
mod api;
mod app;
mod ask;
mod assets;
mod guard;
mod live;
pub mod mcp;
mod metrics;
mod pages;
mod problem;
mod run;
#[cfg(test)]
mod tests;
pub mod tokens;

pub use app::{App, Setup};
pub use run::{Listening, Options, router, serve};

/// Why the program does not start, or stops.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The desk cannot be opened.
    #[error(transparent)]
    Desk(#[from] rapporteur_desk::Error),
    /// Something else that is needed is not there; the message says what to do.
    #[error("{0}")]
    Start(String),
}
