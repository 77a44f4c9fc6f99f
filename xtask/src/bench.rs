//! `cargo xtask bench`: workloads in bench/, ours and peers' side by side.

use crate::{Outcome, peers, run};

pub(crate) fn run(arguments: &[String]) -> Outcome {
    let mut command = run::cargo(["run", "--quiet", "--release", "-p", "rapporteur-bench", "--"]);
    command.args(arguments);
    if let Some(folder) = run::evaluation_folder() {
        command.env("RAPPORTEUR_EVAL", folder);
    }
    if let Some(python) = peers::installed_python() {
        command.env("RAPPORTEUR_PEERS_PYTHON", python);
    }
    run::run(command)
}
