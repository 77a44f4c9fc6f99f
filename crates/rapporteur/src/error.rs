//! Errors of the outside world: files, models, usage. What is wrong with a report is a `Problem`, not an error.

/// Why something could not be done.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    kind: Kind,
    message: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Usage,
    Input,
    Model,
    Output,
}

impl Error {
    /// The call makes no sense.
    pub fn usage(message: String) -> Error {
        Error { kind: Kind::Usage, message }
    }

    /// There is nothing to read.
    pub fn input(message: String) -> Error {
        Error { kind: Kind::Input, message }
    }

    /// The language model is missing, wrong or damaged.
    pub fn model(message: String) -> Error {
        Error { kind: Kind::Model, message }
    }

    /// The result cannot be written.
    pub fn output(message: String) -> Error {
        Error { kind: Kind::Output, message }
    }

    /// Whether the language model is the reason.
    pub fn is_model(&self) -> bool {
        self.kind == Kind::Model
    }

    /// Whether there was nothing to read.
    pub fn is_input(&self) -> bool {
        self.kind == Kind::Input
    }
}
