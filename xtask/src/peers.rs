//! `cargo xtask peers`: the Python programs we compare with, in a virtual environment of their own.

use std::path::PathBuf;
use std::process::Command;

use crate::{Outcome, run};

/// A peer: a package of the Python index at the version our figures were made with, and what it forgets to ask for.
pub(crate) struct Peer {
    pub name: &'static str,
    pub requirements: &'static [&'static str],
    pub compared_in: &'static str,
}

pub(crate) const PEERS: &[Peer] = &[
    Peer { name: "spacy", requirements: &["spacy==3.8.18"], compared_in: "eval language, bench language" },
    Peer {
        name: "trafilatura",
        requirements: &["trafilatura==2.3.1", "lxml_html_clean"],
        compared_in: "eval pages, bench pages",
    },
    Peer { name: "newspaper4k", requirements: &["newspaper4k==0.9.6"], compared_in: "eval pages" },
    Peer { name: "htmldate", requirements: &["htmldate==1.11.0"], compared_in: "eval pages" },
    Peer { name: "resiliparse", requirements: &["resiliparse==2.0.1"], compared_in: "bench pages" },
    Peer { name: "fastwarc", requirements: &["fastwarc==2.0.1"], compared_in: "bench warc" },
    Peer { name: "warcio", requirements: &["warcio==1.8.1"], compared_in: "bench warc" },
    Peer {
        name: "minhash",
        requirements: &["datasketch==2.0.0", "rensa==0.5.0", "gaoya==0.2.2", "numpy"],
        compared_in: "eval/peers/minhash.py",
    },
];

pub(crate) fn run(names: &[String]) -> Outcome {
    let unknown: Vec<&String> = names.iter().filter(|name| PEERS.iter().all(|peer| peer.name != **name)).collect();
    if !unknown.is_empty() {
        let known: Vec<&str> = PEERS.iter().map(|peer| peer.name).collect();
        return Err(format!("no peer is called {unknown:?}; known: {}", known.join(", ")));
    }
    for peer in PEERS.iter().filter(|peer| names.is_empty() || names.iter().any(|name| name == peer.name)) {
        println!("{} (for {})", peer.requirements.join(" "), peer.compared_in);
        install(peer.requirements)?;
    }
    Ok(())
}

/// Installs packages into target/venv, which is made when it is not there. Returns its Python.
pub(crate) fn install(requirements: &[&str]) -> Result<PathBuf, String> {
    let python = match installed_python() {
        Some(python) => python,
        None => {
            let system = run::python().ok_or("python3 is not installed; the peers need it")?;
            let mut command = Command::new(system);
            command.args(["-m", "venv"]).arg(folder());
            run::run(command)?;
            installed_python().ok_or("the virtual environment has no Python")?
        }
    };
    let mut command = Command::new(&python);
    command.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]).args(requirements);
    run::run(command)?;
    Ok(python)
}

/// The Python of target/venv, when it is there.
pub(crate) fn installed_python() -> Option<PathBuf> {
    let bin = if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" };
    Some(folder().join(bin)).filter(|python| python.exists())
}

fn folder() -> PathBuf {
    run::root().join("target/venv")
}
