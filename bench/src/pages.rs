//! Reading and cleaning web pages.

use crate::clock::Clock;
use crate::material::Material;
use crate::{Outcome, Workload, peers};

pub(crate) const WORKLOAD: Workload =
    Workload { name: "pages", what: "pages read and cleaned per CPU-second, one thread", measure, smoke };

fn read(pages: &[(String, Vec<u8>)]) -> usize {
    let mut problems = Vec::new();
    let articles = pages.iter().map(|(location, bytes)| rapporteur::read_bytes(location, bytes, &mut problems));
    articles.flatten().map(|it| it.blocks.len()).sum()
}

fn measure(material: &Material) -> Outcome<Vec<String>> {
    let pages = material.page_bytes()?;
    read(pages.get(..1).unwrap_or(&[]));
    // Long enough for a figure that does not jump.
    const SECONDS_MIN: f64 = 3.0;
    let clock = Clock::start();
    let (mut n_blocks, mut n_read) = (0, 0);
    while n_read == 0 || clock.seconds() < SECONDS_MIN {
        n_blocks = read(&pages);
        n_read += pages.len();
    }
    let ours = n_read as f64 / clock.seconds();
    let mut lines = vec![format!("ours: {} pages, {n_blocks} blocks, {ours:.0} pages/CPU-s", pages.len())];
    let paths: Vec<&str> = pages.iter().map(|(path, _)| path.as_str()).collect();
    for name in ["trafilatura", "resiliparse"] {
        lines.push(peers::beside(name, "bench/peers/pages.py", &paths.join("\n"), "pages", ours)?);
    }
    Ok(lines)
}

fn smoke(material: &Material) -> Outcome<String> {
    let pages = material.page_bytes()?;
    let pages = pages.get(..pages.len().min(10)).unwrap_or(&[]);
    let mut problems = Vec::new();
    for (location, bytes) in pages {
        let [a, b] = [(); 2].map(|()| rapporteur::read_bytes(location, bytes, &mut problems));
        if a != b {
            return Err(format!("{location} is read in two ways"));
        }
    }
    Ok(format!("{} pages, twice", pages.len()))
}
