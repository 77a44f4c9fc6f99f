//! `rapporteur export`: the accounts as a file for other programs.

use std::io::IsTerminal;
use std::path::Path;

use rapporteur::{EXPORTS, English, Error, Exported, Style, Write, WriteOptions, export};

use super::{done, open};
use crate::options::{Brief, Common, Export};
use crate::output::{self, Done};
use crate::progress::Bar;

/// The most words of the account: what `brief` has when nobody says otherwise.
const WORDS_MAX: usize = 350;

pub(crate) fn run(options: &Export, common: &Common) -> Result<Done, Error> {
    let output = options.output.as_deref();
    let Some(form) = EXPORTS.iter().find(|it| it.name == options.to) else {
        let brief = Brief {
            paths: options.paths.clone(),
            format: Some(options.to.clone()),
            output: options.output.clone(),
            words: WORDS_MAX,
            style: Style::Prose.as_str().to_owned(),
            english: English::British.as_str().to_owned(),
            main: false,
        };
        return super::brief::run(&brief, common);
    };
    // Where it cannot go is said before the reports are read, which may take minutes.
    match (form.write, output) {
        (Write::Folder(_), None) => {
            return Err(Error::usage(format!(
                "'{}' writes several files; add -o FOLDER, a folder that is made if it is not there",
                form.name
            )));
        }
        (Write::Folder(_), Some(path)) if path.exists() && !path.is_dir() => {
            return Err(Error::usage(format!(
                "'{}' writes several files, and {} is no folder",
                form.name,
                path.display()
            )));
        }
        (Write::Bytes(_), None) if std::io::stdout().is_terminal() => {
            return Err(Error::usage(format!(
                "'{}' is no text for a terminal; add -o FILE.{} or send it to another program",
                form.name, form.extension
            )));
        }
        _ => {}
    }
    let rapporteur = open(common)?;
    let collection = rapporteur.collect(&options.paths, &Bar::new(common.quiet))?;
    let accounts = rapporteur.accounts(&collection, &WriteOptions { words_max: WORDS_MAX, ..WriteOptions::default() });
    match export(&accounts, &collection, form) {
        Exported::Text(text) => output::file_or_bytes(output, text.as_bytes())?,
        Exported::Bytes(bytes) => output::file_or_bytes(output, &bytes)?,
        Exported::Folder(files) => {
            let folder = output.unwrap_or(Path::new("."));
            let failed = |e| Error::output(format!("cannot make folder {}: {e}", folder.display()));
            std::fs::create_dir_all(folder).map_err(failed)?;
            for file in files {
                output::file(&folder.join(&file.name), &file.text)?;
            }
        }
    }
    Ok(done(&collection))
}
