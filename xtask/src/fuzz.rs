//! `cargo xtask fuzz`: mutated and blown-up reports against stages 1 and 2, in release mode.

use crate::{Outcome, run};

pub(crate) fn run(arguments: &[String]) -> Outcome {
    let mut command =
        run::cargo(["run", "--quiet", "--release", "-p", "rapporteur-eval", "--bin", "rapporteur-fuzz", "--"]);
    command.args(arguments).env("RAPPORTEUR_FUZZ", run::root().join("target/fuzz"));
    if let Some(folder) = run::evaluation_folder() {
        command.env("RAPPORTEUR_EVAL", folder);
    }
    run::run(command)
}
