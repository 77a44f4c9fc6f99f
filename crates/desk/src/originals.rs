//! Originals: the bytes of documents by their hash, each written once and never changed.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use rapporteur::hex;
use sha2::{Digest, Sha256};

use crate::error::{Error, Kind};

/// The folder of the originals of a desk.
pub(crate) struct Originals {
    folder: PathBuf,
}

impl Originals {
    pub(crate) fn of(desk: &Path) -> Originals {
        Originals { folder: desk.join("originals") }
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where the original of a hash lies.
    pub(crate) fn path(&self, hash: &str) -> PathBuf {
        let (first, rest) = hash.split_at_checked(2).unwrap_or((hash, ""));
        self.folder.join(first).join(rest)
    }

    /// Keeps bytes; when this returns they are on the disk. A file that is there already is looked at, not trusted.
    pub(crate) fn keep(&self, hash: &str, bytes: &[u8]) -> Result<(), Error> {
        let path = self.path(hash);
        if fs::metadata(&path).is_ok_and(|it| it.len() == bytes.len() as u64) && self.is_whole(hash)? {
            return Ok(());
        }
        let folder = path.parent().unwrap_or(&self.folder);
        fs::create_dir_all(folder).map_err(|e| Error::file("make folder", folder, e))?;
        let failed = |e| Error::file("write the original", &path, e);
        let mut part = tempfile::Builder::new().prefix(".part-").tempfile_in(&self.folder).map_err(failed)?;
        part.write_all(bytes).map_err(failed)?;
        part.as_file().sync_all().map_err(failed)?;
        part.persist(&path).map_err(|e| failed(e.error))?;
        sync_folder(folder)?;
        sync_folder(&self.folder)
    }

    /// The bytes of an original.
    pub(crate) fn read(&self, hash: &str) -> Result<Vec<u8>, Error> {
        let path = self.path(hash);
        let bytes = fs::read(&path).map_err(|e| Error::file("read the original", &path, e))?;
        if sha256(&bytes) != hash {
            let told = format!("the original {} is damaged: its bytes have another hash", path.display());
            return Err(Error::new(Kind::Damaged, told));
        }
        Ok(bytes)
    }

    /// Whether the original is there with the bytes it is named by.
    pub(crate) fn is_whole(&self, hash: &str) -> Result<bool, Error> {
        let path = self.path(hash);
        let mut file = match File::open(&path) {
            Ok(file) => file,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(false),
            Err(e) => return Err(Error::file("read the original", &path, e)),
        };
        let (mut hasher, mut room) = (Sha256::new(), vec![0; 1 << 16]);
        loop {
            let n = file.read(&mut room).map_err(|e| Error::file("read the original", &path, e))?;
            if n == 0 {
                break;
            }
            hasher.update(&room[..n]);
        }
        Ok(hex(&hasher.finalize()) == hash)
    }

    /// The hashes of all files that lie in the folder, sorted, and what else lies there.
    pub(crate) fn list(&self) -> Result<(Vec<String>, Vec<PathBuf>), Error> {
        let (mut hashes, mut others) = (Vec::new(), Vec::new());
        for folder in entries(&self.folder)? {
            if !folder.is_dir() {
                others.push(folder);
                continue;
            }
            let first = name(&folder);
            for file in entries(&folder)? {
                let hash = format!("{first}{}", name(&file));
                if hash.len() == 64 && hash.bytes().all(|it| it.is_ascii_hexdigit()) {
                    hashes.push(hash);
                } else {
                    others.push(file);
                }
            }
        }
        Ok((hashes, others))
    }
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let failed = |e| Error::file("list", folder, e);
    let all: std::io::Result<Vec<PathBuf>> =
        fs::read_dir(folder).map_err(failed)?.map(|it| it.map(|it| it.path())).collect();
    let mut all = all.map_err(failed)?;
    all.sort();
    Ok(all)
}

fn name(path: &Path) -> String {
    path.file_name().map_or_else(String::new, |it| it.to_string_lossy().into_owned())
}

/// Makes the names in a folder as lasting as the files. Not every system can; where it cannot, there is nothing to do.
fn sync_folder(folder: &Path) -> Result<(), Error> {
    if let Ok(opened) = File::open(folder) {
        match opened.sync_all() {
            Err(e) if matches!(e.kind(), std::io::ErrorKind::StorageFull) => {
                return Err(Error::file("write to", folder, e));
            }
            _ => {}
        }
    }
    Ok(())
}

/// SHA-256 as hexadecimal digits.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_original_is_kept_once_and_mended_when_half_written() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let originals = Originals::of(dir.path());
        fs::create_dir_all(originals.folder()).expect("can be made");
        let hash = sha256(b"The ferry left at noon.");
        originals.keep(&hash, b"The ferry left at noon.").expect("kept");
        assert_eq!(originals.read(&hash).expect("is there"), b"The ferry left at noon.");
        fs::write(originals.path(&hash), b"The ferry sank at noon.").expect("damaged by hand");
        assert_eq!(originals.read(&hash).expect_err("its hash differs").kind(), Kind::Damaged);
        originals.keep(&hash, b"The ferry left at noon.").expect("kept again");
        assert!(originals.is_whole(&hash).expect("can be read"));
        assert_eq!(originals.list().expect("can be listed"), (vec![hash], vec![]));
    }
}
