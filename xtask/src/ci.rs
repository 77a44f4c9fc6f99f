//! `cargo xtask ci`: what must hold before a change is merged. The same at home and on a build machine.

use crate::{Outcome, bench, eval, run, test};

pub(crate) fn run(_: &[String]) -> Outcome {
    run::run(run::cargo(["fmt", "--all", "--check"]))?;
    run::run(run::cargo(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))?;
    if run::on_path("cargo-deny").is_some() {
        // Not advisories: they need a data base from the network, and `ci` also runs without one.
        run::run(run::cargo(["deny", "--log-level", "error", "check", "licenses", "bans", "sources"]))?;
    } else {
        println!("licences of dependencies: left out, cargo-deny is not installed");
    }
    test::run(&[])?;
    if run::evaluation_folder().is_some() {
        eval::run(&["--check".to_owned()])?;
    } else {
        println!("floors: left out, no evaluation folder (RAPPORTEUR_EVAL)");
    }
    bench::run(&["--smoke".to_owned()])
}
