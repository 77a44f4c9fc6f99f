//! Files: a changed length or time is a reason to look, other bytes are a reason to hand on.

use std::fs;
use std::path::Path;
use std::time::UNIX_EPOCH;

use super::state::FileState;
use super::{Arrival, Kind, NotKept, Round, sha256};

/// Longest file that a watch takes; `rapporteur read` and its like take longer ones.
pub const FILE_BYTES_MAX: u64 = 256 << 20;

impl Round<'_, '_> {
    pub(super) fn folder(&mut self, folder: &Path) -> Result<(), NotKept> {
        let (files, problems) = self.reader.files(folder);
        for problem in problems {
            self.problem(&folder.to_string_lossy(), problem);
        }
        for path in files {
            self.file(&path)?;
        }
        Ok(())
    }

    fn file(&mut self, path: &Path) -> Result<(), NotKept> {
        let place = path.to_string_lossy().replace('\\', "/");
        let (size, changed) = match look(path) {
            Ok(it) => it,
            Err(e) => {
                self.problem(&place, format!("cannot be looked at: {e}"));
                return Ok(());
            }
        };
        let known = self.state.files.get(&place).cloned();
        if known.as_ref().is_some_and(|it| (it.size, it.changed) == (size, changed)) {
            self.summary.n_unchanged += 1;
            return Ok(());
        }
        if FILE_BYTES_MAX < size {
            self.problem(&place, format!("is longer than {FILE_BYTES_MAX} bytes; left out"));
            return Ok(());
        }
        let bytes = match fs::read(path) {
            Ok(it) => it,
            Err(e) => {
                self.problem(&place, format!("cannot be read: {e}"));
                return Ok(());
            }
        };
        // Somebody is writing it: the next pass finds it whole.
        if look(path).ok() != Some((size, changed)) || bytes.len() as u64 != size {
            self.problem(&place, "is being written; left for the next pass");
            return Ok(());
        }
        let hash = sha256(&bytes);
        let version_of = known.map(|it| it.sha256);
        if version_of.as_ref() == Some(&hash) {
            self.summary.n_unchanged += 1;
        } else {
            self.hand_on(&Arrival {
                kind: Kind::File,
                location: &place,
                final_location: &place,
                bytes: &bytes,
                media_type: "",
                fetched_at: self.now(),
                sha256: &hash,
                version_of: version_of.as_deref(),
                feed: None,
                entries: &[],
            })?;
        }
        self.state.files.insert(place, FileState { size, changed, sha256: hash });
        Ok(())
    }
}

fn look(path: &Path) -> std::io::Result<(u64, u64)> {
    let about = fs::metadata(path)?;
    let changed = about.modified().ok().and_then(|it| it.duration_since(UNIX_EPOCH).ok());
    Ok((about.len(), changed.map_or(0, |it| u64::try_from(it.as_nanos()).unwrap_or(u64::MAX))))
}
