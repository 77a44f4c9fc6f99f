//! What can go wrong while a model is read. Nothing can go wrong while a text is parsed.

use std::path::PathBuf;

/// Why a model could not be loaded.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file or folder could not be opened or read.
    #[error("cannot read {}; check that the path is right and the file is readable", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// The archive could not be opened as a wheel.
    #[error("cannot open {} as a wheel; download it again", path.display())]
    Wheel {
        /// The archive.
        path: PathBuf,
        /// What is wrong with the archive.
        source: zip::result::ZipError,
    },
    /// There is no model below this path.
    #[error(
        "no model in {}: no folder there holds both `tokenizer` and `meta.json`; \
         give the unpacked folder of a package such as en_core_web_sm",
        path.display()
    )]
    NoModel {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// A file of the model is missing.
    #[error("the model has no file `{file}`; install the package again")]
    Missing {
        /// Its path inside the model folder.
        file: String,
    },
    /// A file of the model cannot be understood.
    #[error("`{file}` of the model is damaged: {problem}; install the package again")]
    Damaged {
        /// Its path inside the model folder.
        file: String,
        /// What is wrong with it.
        problem: String,
    },
    /// The model is whole, but of a kind that this crate does not run.
    #[error("`{file}` of the model is not supported: {problem}; use en_core_web_sm 3.8.0 or en_core_web_md 3.7.1")]
    Unsupported {
        /// Its path inside the model folder.
        file: String,
        /// What is new to this crate.
        problem: String,
    },
    /// The processor lacks the instructions of the kernel asked for.
    #[error("this processor cannot run the {kernel} kernel; leave `Options::kernel` at `None`")]
    Kernel {
        /// The kernel's name.
        kernel: &'static str,
    },
}

impl Error {
    pub(crate) fn damaged(file: &str, problem: impl Into<String>) -> Error {
        Error::Damaged { file: file.to_string(), problem: problem.into() }
    }

    pub(crate) fn unsupported(file: &str, problem: impl Into<String>) -> Error {
        Error::Unsupported { file: file.to_string(), problem: problem.into() }
    }
}
