//! What can go wrong with a desk, each with what to do about it.

use std::path::Path;

use rusqlite::ErrorCode;

/// Why a desk could not do what it was asked. The message says what is wrong, where, and what to do.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    kind: Kind,
    message: String,
    #[source]
    cause: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// What sort of reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// There is no desk in the folder, or one already where one was to be made.
    NoDesk,
    /// The desk was made by a newer version of the program.
    Newer,
    /// The desk's records were made by another version of the program and must be made anew.
    Stale,
    /// The database or an original is damaged.
    Damaged,
    /// The disk is full.
    Full,
    /// The disk or the folder cannot be written to.
    ReadOnly,
    /// Another program is writing.
    Busy,
    /// What was asked for cannot be read: a query, a filter, a decision.
    Asked,
    /// A name may mean several; the message lists them.
    Several,
    /// There is no such report, story, fact, actor or decision.
    NotFound,
    /// A file cannot be read or written.
    File,
    /// The pipeline could not do its part.
    Pipeline,
}

impl Error {
    /// An error of a kind.
    pub(crate) fn new(kind: Kind, message: impl Into<String>) -> Error {
        Error { kind, message: message.into(), cause: None }
    }

    /// What was asked for cannot be read.
    pub(crate) fn asked(message: impl Into<String>) -> Error {
        Error::new(Kind::Asked, message)
    }

    /// There is no such thing.
    pub(crate) fn not_found(what: &str, id: &str, how: &str) -> Error {
        Error::new(Kind::NotFound, format!("there is no {what} '{id}' on this desk; {how}"))
    }

    /// A file cannot be read or written.
    pub(crate) fn file(what: &str, path: &Path, cause: std::io::Error) -> Error {
        let kind = match cause.kind() {
            std::io::ErrorKind::StorageFull => Kind::Full,
            std::io::ErrorKind::ReadOnlyFilesystem | std::io::ErrorKind::PermissionDenied => Kind::ReadOnly,
            _ => Kind::File,
        };
        Error { kind, message: format!("cannot {what} {}", path.display()), cause: Some(Box::new(cause)) }
    }

    /// What sort of reason it is.
    pub fn kind(&self) -> Kind {
        self.kind
    }
}

impl From<rusqlite::Error> for Error {
    fn from(cause: rusqlite::Error) -> Error {
        let (kind, message) = match cause.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => (
                Kind::Full,
                "the disk is full: this step was not kept, all that was acknowledged before is; make room and run the \
                 command again",
            ),
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => (
                Kind::ReadOnly,
                "the desk cannot be written to: its disk or folder is read-only; originals and records are as they were",
            ),
            Some(ErrorCode::CannotOpen) => {
                (Kind::ReadOnly, "desk.sqlite cannot be opened; is the folder there, and may you write to it?")
            }
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
                (Kind::Busy, "another program is writing to the desk; run the command again when it is done")
            }
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => (
                Kind::Damaged,
                "desk.sqlite is damaged; the originals are safe in originals/. `rapporteur desk check` says what is \
                 wrong; go back to a backup, or make a new desk and add originals/ to it",
            ),
            Some(ErrorCode::SystemIoFailure) => (Kind::File, "the disk cannot be read or written"),
            _ => (Kind::File, "the database could not do it"),
        };
        Error { kind, message: message.to_owned(), cause: Some(Box::new(cause)) }
    }
}

impl From<rapporteur::Error> for Error {
    fn from(cause: rapporteur::Error) -> Error {
        Error { kind: Kind::Pipeline, message: cause.to_string(), cause: None }
    }
}

impl From<Error> for rapporteur::Error {
    fn from(error: Error) -> rapporteur::Error {
        let mut message = error.message.clone();
        if let Some(cause) = &error.cause {
            message = format!("{message}: {cause}");
        }
        match error.kind {
            Kind::Asked | Kind::Several | Kind::NotFound | Kind::NoDesk => rapporteur::Error::usage(message),
            Kind::Pipeline | Kind::Damaged | Kind::Newer | Kind::Stale => rapporteur::Error::input(message),
            Kind::Full | Kind::ReadOnly | Kind::Busy | Kind::File => rapporteur::Error::output(message),
        }
    }
}
