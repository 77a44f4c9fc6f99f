//! Tokens: who may come in, and to do what. A token is 256 random bits, shown once; the file keeps its digest.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use crate::Error;
use crate::guard::secret::{digest, is_same, random_word};

/// What somebody may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Look at everything.
    Reader,
    /// Add reports and decide too.
    Analyst,
}

impl Role {
    /// Name in the file and on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Role::Reader => "reader",
            Role::Analyst => "analyst",
        }
    }
}

/// A token as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token {
    /// The first digits of its digest, for revoking it.
    pub id: String,
    /// Whom it was given to; decisions carry this name.
    pub name: String,
    /// What it is good for.
    pub role: Role,
    /// SHA-256 of the token, as hexadecimal digits.
    pub sha256: String,
    /// When it was made, UTC.
    pub made_at: String,
}

/// Every token begins so, that one that got lost is found by tools that look for secrets.
const PREFIX: &str = "rapporteur_";

/// The tokens of a file; the file is read again when it has changed.
pub struct Tokens {
    path: PathBuf,
    read: Mutex<(Option<SystemTime>, Vec<Token>)>,
}

impl Tokens {
    /// Opens a file of tokens, which must be there and be readable by its owner alone.
    pub fn open(path: &Path) -> Result<Tokens, Error> {
        let told = |e: std::io::Error| {
            let how = "`rapporteur token add NAME` makes one";
            Error::Start(format!("cannot read the tokens in {}: {e}; {how}", path.display()))
        };
        let modified = std::fs::metadata(path).map_err(told)?.modified().ok();
        only_mine(path)?;
        let tokens = read(path)?;
        Ok(Tokens { path: path.to_owned(), read: Mutex::new((modified, tokens)) })
    }

    /// The token that was shown, if it is one.
    pub(crate) fn find(&self, shown: &str) -> Option<Token> {
        let shown = digest(shown);
        // All are compared, so that the time says nothing of which.
        self.all().into_iter().fold(None, |found, it| if is_same(&it.sha256, &shown) { Some(it) } else { found })
    }

    /// The token of that id, unless it was revoked.
    pub(crate) fn by_id(&self, id: &str) -> Option<Token> {
        self.all().into_iter().find(|it| it.id == id)
    }

    /// All of them. A file that cannot be read lets nobody in.
    fn all(&self) -> Vec<Token> {
        let modified = std::fs::metadata(&self.path).and_then(|it| it.modified()).ok();
        let mut kept = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.0 != modified || modified.is_none() {
            let tokens = read(&self.path).unwrap_or_else(|error| {
                tracing::error!("{error}");
                Vec::new()
            });
            *kept = (modified, tokens);
        }
        kept.1.clone()
    }
}

/// Makes a token and adds it to the file, which is made if need be. Returns the token, which is kept nowhere.
pub fn add(path: &Path, name: &str, role: Role) -> Result<(Token, String), Error> {
    let name = name.trim();
    if name.is_empty() || 100 < name.len() || name.chars().any(char::is_control) {
        return Err(Error::Start("give a name of up to 100 bytes to know the token by".to_owned()));
    }
    let mut tokens = if path.exists() { read(path)? } else { Vec::new() };
    if tokens.iter().any(|it| it.name == name) {
        return Err(Error::Start(format!("there is a token for '{name}'; revoke it first, or give another name")));
    }
    let shown = format!("{PREFIX}{}", random_word()?);
    let sha256 = digest(&shown);
    let made_at = jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    let token = Token { id: sha256[..8].to_owned(), name: name.to_owned(), role, sha256, made_at };
    tokens.push(token.clone());
    write(path, &tokens)?;
    Ok((token, shown))
}

/// The tokens of a file, in the order they were made; none where there is no file.
pub fn list(path: &Path) -> Result<Vec<Token>, Error> {
    if path.exists() { read(path) } else { Ok(Vec::new()) }
}

/// Takes a token out of the file, by its id or its name. Sessions that were opened with it end.
pub fn revoke(path: &Path, which: &str) -> Result<Token, Error> {
    let mut tokens = list(path)?;
    let Some(at) = tokens.iter().position(|it| it.id == which || it.name == which) else {
        return Err(Error::Start(format!("there is no token '{which}'; `rapporteur token list` lists them")));
    };
    let gone = tokens.remove(at);
    write(path, &tokens)?;
    Ok(gone)
}

fn read(path: &Path) -> Result<Vec<Token>, Error> {
    let told = |e: &dyn std::fmt::Display| Error::Start(format!("cannot read the tokens in {}: {e}", path.display()));
    let text = std::fs::read_to_string(path).map_err(|e| told(&e))?;
    let lines = text.lines().enumerate().filter(|it| !it.1.trim().is_empty());
    lines.map(|(at, line)| serde_json::from_str(line).map_err(|e| told(&format!("line {}: {e}", at + 1)))).collect()
}

/// Writes the file beside and moves it into place, so that there is never half of it.
fn write(path: &Path, tokens: &[Token]) -> Result<(), Error> {
    let told = |e: std::io::Error| Error::Start(format!("cannot write the tokens to {}: {e}", path.display()));
    let text: String = tokens.iter().map(|it| serde_json::to_string(it).unwrap_or_default() + "\n").collect();
    let beside = path.with_extension(format!("{}.new", std::process::id()));
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&beside).map_err(told)?;
    let done = file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).and_then(|()| {
        drop(file);
        std::fs::rename(&beside, path)
    });
    done.map_err(|e| {
        let _ = std::fs::remove_file(&beside);
        told(e)
    })
}

/// Digests are no secrets that can be used, but nobody else needs to add a line.
#[cfg(unix)]
fn only_mine(path: &Path) -> Result<(), Error> {
    use std::os::unix::fs::PermissionsExt;
    let mode = std::fs::metadata(path).map_or(0, |it| it.permissions().mode());
    if mode & 0o077 != 0 {
        let told = format!("others may read or write {}; run: chmod 600 {}", path.display(), path.display());
        return Err(Error::Start(told));
    }
    Ok(())
}

#[cfg(not(unix))]
fn only_mine(_: &Path) -> Result<(), Error> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_shown_once_and_found_by_its_digest() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("tokens");
        let (token, shown) = add(&path, "Ada", Role::Reader).expect("added");
        assert!(!std::fs::read_to_string(&path).expect("read").contains(&shown));
        assert!(shown.len() == PREFIX.len() + 64);
        let tokens = Tokens::open(&path).expect("opened");
        assert_eq!(tokens.find(&shown), Some(token.clone()));
        assert_eq!(tokens.find("rapporteur_0"), None);
        assert!(add(&path, "Ada", Role::Analyst).is_err(), "a name is there once");
        revoke(&path, "Ada").expect("revoked");
        // The file has another time by now or the same; a change within one tick is seen by its being replaced.
        std::fs::File::open(&path).and_then(|it| it.set_modified(SystemTime::UNIX_EPOCH)).expect("touched");
        assert_eq!(tokens.find(&shown), None, "a token that was revoked lets nobody in");
    }

    #[cfg(unix)]
    #[test]
    fn the_file_is_its_owners_alone() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("tokens");
        add(&path, "Ada", Role::Reader).expect("added");
        assert_eq!(std::fs::metadata(&path).expect("there").permissions().mode() & 0o777, 0o600);
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).expect("set");
        let told = Tokens::open(&path).err().expect("refused").to_string();
        assert!(told.contains("chmod 600"), "{told}");
    }
}
