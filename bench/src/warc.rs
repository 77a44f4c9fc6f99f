//! Taking documents out of a web archive, without reading them as pages.

use std::io::Write as _;
use std::ops::ControlFlow;
use std::path::PathBuf;

use rapporteur::containers::{self, Item};

use crate::clock::Clock;
use crate::material::Material;
use crate::{Outcome, Workload, peers};

pub(crate) const WORKLOAD: Workload =
    Workload { name: "warc", what: "records of a .warc.gz unpacked per CPU-second, one thread", measure, smoke };

/// Response records of the archive that is made from the pages; enough for a figure.
const RECORDS: usize = 4000;

/// Documents and their bytes.
fn read(path: &PathBuf) -> Outcome<(usize, usize)> {
    let mut file = std::fs::File::open(path).map_err(|why| format!("cannot open {}: {why}", path.display()))?;
    let (mut n, mut n_bytes) = (0, 0);
    let stream = containers::Stream::Seekable(&mut file);
    let _ = containers::unpack("bench.warc.gz", stream, &rapporteur::Limits::default(), &mut |item| {
        if let Item::Document(document) = item {
            n += 1;
            n_bytes += document.bytes.len();
        }
        ControlFlow::Continue(())
    });
    Ok((n, n_bytes))
}

/// Writes an archive of the pages, each with its request, a member a record, as crawlers do.
fn write(material: &Material, records: usize) -> Outcome<PathBuf> {
    let path = std::env::temp_dir().join(format!("rapporteur-bench-{}.warc.gz", std::process::id()));
    let failed = |why: std::io::Error| format!("cannot write {}: {why}", path.display());
    let pages = material.page_bytes()?;
    let file = std::fs::File::create(&path).map_err(failed)?;
    let mut out = std::io::BufWriter::new(file);
    let mut member = |kind: &str, ix: usize, block: &[u8]| -> std::io::Result<()> {
        let mut packer = flate2::write::GzEncoder::new(&mut out, flate2::Compression::default());
        write!(
            packer,
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{ix:08x}>\r\nWARC-Date: 2031-02-03T04:05:06Z\r\n\
             WARC-Target-URI: https://post.example/news/{ix}.html\r\nContent-Type: application/http; msgtype={kind}\r\n\
             Content-Length: {}\r\n\r\n",
            block.len()
        )?;
        packer.write_all(block)?;
        packer.write_all(b"\r\n\r\n")?;
        packer.finish().map(|_| ())
    };
    for (ix, (_, page)) in pages.iter().cycle().take(records).enumerate() {
        member("request", ix, b"GET / HTTP/1.1\r\nHost: post.example\r\n\r\n").map_err(failed)?;
        let head = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {}\r\n\r\n", page.len());
        member("response", ix, &[head.as_bytes(), page].concat()).map_err(failed)?;
    }
    out.flush().map_err(failed)?;
    Ok(path)
}

fn measure(material: &Material) -> Outcome<Vec<String>> {
    let path = write(material, RECORDS)?;
    read(&path)?;
    let clock = Clock::start();
    let (n, n_bytes) = read(&path)?;
    let ours = n as f64 / clock.seconds();
    let mut lines = vec![format!("ours: {n} records, {n_bytes} bytes, {ours:.0} records/CPU-s")];
    for name in ["fastwarc", "warcio"] {
        lines.push(peers::beside(name, "bench/peers/warc.py", &path.to_string_lossy(), "records", ours)?);
    }
    let _ = std::fs::remove_file(path);
    Ok(lines)
}

fn smoke(material: &Material) -> Outcome<String> {
    let pages = material.page_bytes()?;
    let path = write(material, pages.len().min(10))?;
    let found = read(&path)?;
    let _ = std::fs::remove_file(path);
    let given: usize = pages.iter().take(10).map(|(_, page)| page.len()).sum();
    if found != (pages.len().min(10), given) {
        return Err(format!("{} pages of {given} bytes went in, {found:?} came out", pages.len().min(10)));
    }
    Ok(format!("{} pages, packed and unpacked", found.0))
}
