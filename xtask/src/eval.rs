//! `cargo xtask eval`: the harness in eval/, in release mode.

use crate::{Outcome, language, peers, run};

/// `cargo xtask train`: the part of the harness that learns.
pub(crate) fn train(arguments: &[String]) -> Outcome {
    run(&[&["train".to_owned()], arguments].concat())
}

pub(crate) fn run(arguments: &[String]) -> Outcome {
    if arguments.first().is_some_and(|it| it == "language") {
        return language::run(&arguments[1..]);
    }
    let mut command = run::cargo(["run", "--quiet", "--release", "-p", "rapporteur-eval", "--"]);
    command.args(arguments);
    if let Some(folder) = run::evaluation_folder() {
        command.env("RAPPORTEUR_EVAL", folder);
    }
    if let Some(python) = peers::installed_python() {
        command.env("RAPPORTEUR_PEERS_PYTHON", python);
    }
    run::run(command)
}
