//! `cargo xtask bench`: workloads in bench/, ours and peers' side by side.

use crate::{Outcome, language, peers, run};

pub(crate) fn run(arguments: &[String]) -> Outcome {
    let mut command = run::cargo(["run", "--quiet", "--release", "-p", "rapporteur-bench", "--"]);
    command.args(arguments);
    if let Some(folder) = run::evaluation_folder() {
        command.env("RAPPORTEUR_EVAL", folder);
    }
    if let Some(python) = peers::installed_python()
        && !arguments.iter().any(|it| it == "--smoke")
    {
        // spaCy wants the model as a folder; without one the bench leaves spaCy out.
        match language::model_folder("sm", &python) {
            Ok(model) => drop(command.env("RAPPORTEUR_PEERS_MODEL", model)),
            Err(why) => println!("{why}"),
        }
        command.env("RAPPORTEUR_PEERS_PYTHON", python);
    }
    run::run(command)
}
