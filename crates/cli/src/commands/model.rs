//! `rapporteur model`: where the language model is, and how to get it.

use rapporteur::{Error, models};

use crate::options::{Common, Model, ModelSize};
use crate::output::{self, Done};

pub(crate) fn run(model: &Model, common: &Common) -> Result<Done, Error> {
    let store = |size: &ModelSize| -> Result<models::Store, Error> {
        Ok(models::Store { size: size.size.parse()?, ..common.settings().store })
    };
    match model {
        Model::Status(size) => {
            let store = store(size)?;
            let lock = models::locked(store.size)?;
            match store.find()? {
                Some(found) => {
                    let checked = if found.pinned { "hash as pinned" } else { "taken as it is" };
                    let line = format!(
                        "{} {}: {} ({}, {checked})\n",
                        lock.name,
                        lock.version,
                        found.path.display(),
                        found.how
                    );
                    output::text(&line)?;
                }
                None => {
                    let folder = store.folder()?;
                    output::text(&format!(
                        "{} {}: not here; `rapporteur model get` fetches it ({} MB) into {}\n",
                        lock.name,
                        lock.version,
                        lock.megabytes,
                        folder.display()
                    ))?;
                }
            }
        }
        Model::Get(size) => {
            let found = store(size)?.get(&mut output::say)?;
            output::text(&format!("{} ({})\n", found.path.display(), found.how))?;
        }
        Model::Path(size) => {
            let found = store(size)?.find()?;
            let found = found
                .ok_or_else(|| Error::model("no language model is here; run `rapporteur model get`".to_owned()))?;
            output::text(&format!("{}\n", found.path.display()))?;
        }
    }
    Ok(Done { n_problems: 0 })
}
