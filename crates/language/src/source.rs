//! Where the files of a model come from: an unpacked folder, or a wheel read in memory.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use crate::Error;

/// No file of a supported model comes near this; a larger one is a mistake or an attack.
const FILE_BYTES_MAX: u64 = 1 << 30;

pub(crate) enum Source {
    Folder(PathBuf),
    Wheel { path: PathBuf, archive: zip::ZipArchive<BufReader<File>>, prefix: String },
}

impl Source {
    /// Opens the model folder at `path`, or the one in a package folder at `path`.
    pub(crate) fn folder(path: &Path) -> Result<Source, Error> {
        let mut level = vec![path.to_path_buf()];
        // A package folder holds the model one level down, a folder of installed packages two.
        for _ in 0..3 {
            let found = level.iter().find(|it| it.join("tokenizer").is_file() && it.join("meta.json").is_file());
            if let Some(folder) = found {
                return Ok(Source::Folder(folder.clone()));
            }
            let mut below = Vec::new();
            for folder in &level {
                let entries = match std::fs::read_dir(folder) {
                    Ok(entries) => entries,
                    Err(source) if folder == path => return Err(Error::Read { path: folder.clone(), source }),
                    Err(_) => continue,
                };
                below.extend(entries.flatten().map(|entry| entry.path()).filter(|it| it.is_dir()));
            }
            below.sort();
            level = below;
        }
        Err(Error::NoModel { path: path.to_path_buf() })
    }

    /// Opens the model in a wheel.
    pub(crate) fn wheel(path: &Path) -> Result<Source, Error> {
        let file = File::open(path).map_err(|source| Error::Read { path: path.to_path_buf(), source })?;
        let archive = zip::ZipArchive::new(BufReader::new(file))
            .map_err(|source| Error::Wheel { path: path.to_path_buf(), source })?;
        let mut prefixes: Vec<String> = archive
            .file_names()
            .filter_map(|name| name.strip_suffix("tokenizer"))
            .filter(|prefix| archive.index_for_name(&format!("{prefix}meta.json")).is_some())
            .map(str::to_string)
            .collect();
        prefixes.sort();
        match prefixes.into_iter().next() {
            Some(prefix) => Ok(Source::Wheel { path: path.to_path_buf(), archive, prefix }),
            None => Err(Error::NoModel { path: path.to_path_buf() }),
        }
    }

    /// The bytes of a file of the model.
    pub(crate) fn read(&mut self, file: &str) -> Result<Vec<u8>, Error> {
        let missing = || Error::Missing { file: file.to_string() };
        let too_large = || Error::damaged(file, format!("it has more than {FILE_BYTES_MAX} bytes"));
        match self {
            Source::Folder(folder) => {
                let path = folder.join(file);
                let read = |path: &Path| -> std::io::Result<Option<Vec<u8>>> {
                    if std::fs::metadata(path)?.len() > FILE_BYTES_MAX {
                        return Ok(None);
                    }
                    std::fs::read(path).map(Some)
                };
                match read(&path) {
                    Ok(Some(bytes)) => Ok(bytes),
                    Ok(None) => Err(too_large()),
                    Err(error) if error.kind() == std::io::ErrorKind::NotFound => Err(missing()),
                    Err(source) => Err(Error::Read { path, source }),
                }
            }
            Source::Wheel { path, archive, prefix } => {
                let entry = match archive.by_name(&format!("{prefix}{file}")) {
                    Ok(entry) => entry,
                    Err(zip::result::ZipError::FileNotFound) => return Err(missing()),
                    Err(source) => return Err(Error::Wheel { path: path.clone(), source }),
                };
                let mut bytes = Vec::with_capacity(entry.size().min(64 << 20) as usize);
                entry
                    .take(FILE_BYTES_MAX + 1)
                    .read_to_end(&mut bytes)
                    .map_err(|error| Error::damaged(file, error.to_string()))?;
                if bytes.len() as u64 > FILE_BYTES_MAX {
                    return Err(too_large());
                }
                Ok(bytes)
            }
        }
    }
}
