//! Containers of invented reports, whole and broken.

use std::io::{Cursor, Write as _};
use std::ops::ControlFlow;

use super::*;
use crate::read_document;

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

/// A record of a web archive.
fn record(kind: &str, fields: &str, block: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Date: 2031-02-03T04:05:06Z\r\n{fields}Content-Length: {}\r\n\r\n",
        block.len()
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

fn answer(name: &str, head: &str, body: &[u8]) -> Vec<u8> {
    let fields = format!(
        "WARC-Target-URI: https://post.example/news/{name}.html\r\nContent-Type: application/http; msgtype=response\r\n"
    );
    let block = [format!("HTTP/1.1 {head}\r\n\r\n").as_bytes(), body].concat();
    record("response", &fields, &block)
}

fn page(name: &str) -> Vec<u8> {
    let html = format!("<html><p>The ministers met &amp; talked of {name}.</p></html>");
    answer(name, "200 OK\r\nContent-Type: text/html; charset=UTF-8", html.as_bytes())
}

/// Locations and texts, and the codes of all problems.
fn unpacked_with(location: &str, bytes: &[u8], limits: &Limits) -> (Vec<(String, String)>, Vec<&'static str>) {
    let (mut texts, mut codes) = (Vec::new(), Vec::new());
    let flow = unpack_bytes(location, bytes, limits, &mut |item| {
        match item {
            Item::Problem(_, problem) => codes.push(problem.code),
            Item::Document(document) => {
                let outcome = read_document(&document, limits);
                codes.extend(outcome.problems.iter().map(|it| it.code));
                for report in outcome.reports {
                    codes.extend(report.problems.iter().map(|it| it.code));
                    crate::laws::check_report(&report, &document.bytes);
                    texts.push((report.location, report.text));
                }
            }
        }
        ControlFlow::Continue(())
    });
    let _ = flow;
    (texts, codes)
}

fn unpacked(location: &str, bytes: &[u8]) -> (Vec<(String, String)>, Vec<&'static str>) {
    unpacked_with(location, bytes, &Limits::default())
}

fn texts(found: &[(String, String)]) -> Vec<&str> {
    found.iter().map(|it| it.1.as_str()).collect()
}

#[test]
fn a_web_archive_gives_its_pages() {
    let info = record("warcinfo", "Content-Type: application/warc-fields\r\n", b"software: none\r\n");
    let picture = answer("a", "200 OK\r\nContent-Type: image/png", b"\x89PNG");
    let moved = answer("b", "301 Moved\r\nLocation: /c", b"");
    let text = record(
        "conversion",
        "WARC-Target-URI: https://post.example/c\r\nContent-Type: text/plain\r\n",
        b"Plain words.",
    );
    let parts = [info, page("ferries"), picture, moved, text];
    let plain = parts.concat();
    let members: Vec<u8> = parts.iter().flat_map(|it| packed(it)).collect();
    for (name, bytes) in [("x.warc", plain), ("x.warc.gz", members)] {
        let (found, codes) = unpacked(name, &bytes);
        assert_eq!(texts(&found), ["The ministers met & talked of ferries.", "Plain words."]);
        assert_eq!(found.iter().map(|it| it.0.clone()).collect::<Vec<_>>(), [format!("{name}#2"), format!("{name}#5")]);
        assert_eq!(codes, ["warc-records-skipped"]);
    }
}

#[test]
fn a_record_names_its_report() {
    let mut found = Vec::new();
    let _ = unpack_bytes("x.warc", &page("lake-talks"), &Limits::default(), &mut |item| {
        if let Item::Document(document) = item {
            found.extend(read_document(&document, &Limits::default()).reports);
        }
        ControlFlow::Continue(())
    });
    let [report] = &found[..] else { panic!("{found:?}") };
    assert_eq!(report.id, "lake-talks");
    let declared: Vec<(&str, &str)> = report.declared.iter().map(|it| (it.name.as_str(), it.value.as_str())).collect();
    assert!(declared.contains(&("warc:target-uri", "https://post.example/news/lake-talks.html")), "{declared:?}");
    assert!(declared.contains(&("warc:date", "2031-02-03T04:05:06Z")));
}

#[test]
fn answers_are_unpacked() {
    let html = b"<html><p>Caf\xe9 talk.</p></html>";
    let chunked = b"6\r\n<html>\r\nb;x=y\r\n<p>Caf\xe9 tal\r\nd\r\nk.</p></html>\r\n0\r\n\r\n";
    let mut broken = chunked.to_vec();
    broken[31] = b'z';
    let zlib = {
        let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
        packer.write_all(html).unwrap();
        packer.finish().unwrap()
    };
    // Brotli without packing (RFC 7932, 9.2): a window bit, no last block, the length less one, stored; then the end.
    let stored = ((html.len() as u32 - 1) << 4 | 1 << 20).to_le_bytes();
    let brotli = [&stored[..3], html, &[3]].concat();
    for (head, body, expected) in [
        ("200 OK", html.to_vec(), None),
        ("200 OK\r\nTransfer-Encoding: chunked", chunked.to_vec(), None),
        ("200 OK\r\nTransfer-Encoding: chunked", html.to_vec(), None),
        ("200 OK\r\nTransfer-Encoding: chunked", broken, Some("http-chunks-broken")),
        ("200 OK\r\nContent-Encoding: gzip", packed(html), None),
        ("200 OK\r\nContent-Encoding: gzip", html.to_vec(), None),
        ("200 OK\r\nContent-Encoding: br", brotli, None),
        ("200 OK\r\nContent-Encoding: deflate", zlib.clone(), None),
        ("200 OK\r\nContent-Encoding: deflate", zlib[2..zlib.len() - 4].to_vec(), None),
        (
            "200 OK\r\nContent-Encoding: zstd",
            vec![0x28, 0xB5, 0x2F, 0xFD, 0, 1, 2, 3, 4, 5, 6, 7],
            Some("http-packing-broken"),
        ),
    ] {
        let head = format!("{head}\r\nContent-Type: text/html; charset=iso-8859-1");
        let (found, codes) = unpacked("x.warc", &answer("a", &head, &body));
        assert_eq!(codes.first().copied(), expected, "{head}");
        if expected.is_none() {
            assert_eq!(texts(&found), ["Café talk."], "{head}");
        }
    }
}

#[test]
fn damage_costs_a_record_and_no_more() {
    let wrong_length = |by: &str| {
        let page = String::from_utf8(page("two")).unwrap();
        let at = page.find("Content-Length: ").unwrap() + 16;
        let len = page[at..].find('\r').unwrap();
        [&page[..at], by, &page[at + len..]].concat().into_bytes()
    };
    for (len, kept) in [("20", false), ("100000", true), ("99999999999", true), ("-1", false), ("many", false)] {
        let bytes = [page("one"), wrong_length(len), page("three")].concat();
        let (found, codes) = unpacked("x.warc", &bytes);
        let texts = texts(&found);
        assert!(texts.iter().any(|it| it.ends_with("of one.")), "{len}: {texts:?}");
        assert!(texts.iter().any(|it| it.ends_with("of three.")), "{len}: {texts:?}");
        assert_eq!(texts.iter().any(|it| it.ends_with("of two.")), kept, "{len}: {texts:?}");
        assert!(!codes.is_empty(), "{len}");
    }
    let bytes = [page("one"), b"lost bytes\r\nmore\r\n".to_vec(), page("two")].concat();
    let (found, codes) = unpacked("x.warc", &bytes);
    assert_eq!((found.len(), codes), (2, vec!["warc-damaged"]));
    let mut second = packed(&page("two").repeat(1));
    let middle = second.len() / 2;
    second[middle..middle + 20].fill(0xFF);
    let (found, codes) = unpacked("x.warc.gz", &[packed(&page("one")), second, packed(&page("three"))].concat());
    let texts = texts(&found);
    assert!(
        texts.iter().any(|it| it.ends_with("of one.")) && texts.iter().any(|it| it.ends_with("of three.")),
        "{texts:?}"
    );
    assert!(codes.contains(&"gzip-damaged"), "{codes:?}");
}

#[test]
fn arc_of_both_versions() {
    let body = "HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n<html><p>An older page.</p></html>";
    let info = "1 0 Lake\nURL IP-address Archive-date Content-type Archive-length\n\n";
    let one = format!(
        "filedesc://x.arc 0.0.0.0 20310203040506 text/plain {}\n{info}\nhttps://post.example/a b 10.0.0.1 20310203040506 text/html {}\n{body}\nnot a record\n\
         https://post.example/c 10.0.0.1 20310203040506 text/html 200 abc - 17 x.arc {}\n{body}\n",
        info.len(),
        body.len(),
        body.len()
    );
    let (found, codes) = unpacked("x.arc", one.as_bytes());
    assert_eq!(texts(&found), ["An older page.", "An older page."]);
    assert_eq!(codes, ["warc-damaged"]);
}

fn zip_of(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ::zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive.start_file(*name, ::zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn tar_of(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ::tar::Builder::new(Vec::new());
    for (name, bytes) in files {
        let mut header = ::tar::Header::new_ustar();
        // Not by `set_path`, which refuses names that lead out.
        header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_size(bytes.len() as u64);
        header.set_cksum();
        archive.append(&header, *bytes).unwrap();
    }
    archive.into_inner().unwrap()
}

#[test]
fn archives_are_read_by_the_names_in_them() {
    let page = packed(b"<p>The ministers met.</p>");
    let files: &[(&str, &[u8])] = &[
        ("b.txt", b"Second words."),
        ("a/page.html.gz", &page),
        ("../../up.txt", b"Odd words."),
        ("a/p.png", b"\x89PNG"),
        ("__MACOSX/b.txt", b"junk"),
    ];
    let (found, codes) = unpacked("x.zip", &zip_of(files));
    assert_eq!(texts(&found), ["Odd words.", "The ministers met.", "Second words."]);
    assert_eq!(
        found.iter().map(|it| it.0.as_str()).collect::<Vec<_>>(),
        ["x.zip!up.txt", "x.zip!a/page.html.gz", "x.zip!b.txt"]
    );
    assert_eq!(codes, ["archive-odd-name"]);
    for (name, bytes) in [("x.tar", tar_of(files)), ("x.tar.gz", packed(&tar_of(files)))] {
        let (found, codes) = unpacked(name, &bytes);
        assert_eq!(texts(&found), ["Second words.", "The ministers met.", "Odd words."]);
        assert_eq!(codes, ["archive-odd-name"]);
    }
    let (found, codes) = unpacked("x.zip", &zip_of(&[("a.png", b"x")]));
    assert_eq!((found.len(), codes), (0, vec!["archive-without-reports"]));
}

#[test]
fn archives_in_archives_to_a_depth() {
    let mut bytes = zip_of(&[("a.txt", b"Deep words.")]);
    for depth in 1..=3 {
        let (found, codes) = unpacked("x.zip", &bytes);
        assert_eq!(found.len(), usize::from(depth <= 2), "{depth}");
        assert_eq!(codes.contains(&"archive-too-deep"), 2 < depth, "{depth}: {codes:?}");
        bytes = zip_of(&[("in.zip", &bytes)]);
    }
    let warc = packed(&page("one"));
    let (found, _) = unpacked("x.tar", &tar_of(&[("in.warc.gz", &warc)]));
    assert_eq!(found[0].0, "x.tar!in.warc.gz#1");
}

#[test]
fn limits_are_said() {
    let limits = Limits {
        archive_entries_max: 2,
        unpacked_bytes_max: 100,
        archive_bytes_max: 1000,
        unpack_free_bytes: 2000,
        unpack_ratio_max: 10,
        ..Limits::default()
    };
    let (found, codes) =
        unpacked_with("x.zip", &zip_of(&[("a.txt", b"A."), ("b.txt", b"B."), ("c.txt", b"C.")]), &limits);
    assert_eq!((found.len(), codes), (2, vec!["archive-too-many"]));
    let (_, codes) = unpacked_with("x.zip", &zip_of(&[("a.txt", &b"words ".repeat(30))]), &limits);
    assert_eq!(codes, ["file-too-long"]);
    let long = b"words ".repeat(5000);
    let (_, codes) = unpacked_with("x.zip", &zip_of(&[("a.warc", &[page("a"), long.clone()].concat())]), &limits);
    assert!(codes.contains(&"archive-too-long"), "{codes:?}");
    let (_, codes) = unpacked_with("x.txt.gz", &packed(&long), &Limits { unpacked_bytes_max: 1 << 20, ..limits });
    assert_eq!(codes, ["packed-too-small"]);
    let (_, codes) = unpacked("x.7z", b"7z\xBC\xAF\x27\x1Cxxxx");
    assert_eq!(codes, ["archive-unknown"]);
}

mod laws {
    use super::*;
    use proptest::prelude::*;

    fn samples() -> Vec<(&'static str, Vec<u8>)> {
        let records = [page("one"), answer("b", "404 Not Found", b""), page("two")];
        let members: Vec<u8> = records.iter().flat_map(|it| packed(it)).collect();
        let files: &[(&str, &[u8])] = &[("a.txt", b"Some words."), ("b.html", b"<p>More words.</p>")];
        let arc =
            "http://a.example/ 1.1.1.1 20310203040506 text/html 44\nHTTP/1.0 200 OK\r\n\r\n<p>Words of old.</p>\n";
        let arc = format!("filedesc://x 0.0.0.0 20310203040506 text/plain 10\n1 0 Lake\n\n{arc}{arc}");
        vec![
            ("x.warc", records.concat()), ("x.warc.gz", members), ("x.zip", zip_of(files)), ("x.tar", tar_of(files)),
            ("x.tar.gz", packed(&tar_of(files))), ("x.arc", arc.into_bytes()), ("x.txt.gz", packed(b"Words.")),
            (
                "x.xml",
                b"<rss><channel><item><description>&lt;p>One &amp;amp; two&lt;/p></description></item></channel></rss>".to_vec(),
            ),
            (
                "x.nml",
                b"<newsItem guid='1'><contentSet><inlineXML><h:html xmlns:h='x'><h:p>One</h:p></h:html></inlineXML></contentSet></newsItem>".to_vec(),
            ),
        ]
    }

    proptest! {
        /// Any cut and any few changed bytes: no panic, and all that is kept leads back.
        #[test]
        fn broken_containers(ix in 0_usize..9, cut in 0.0..1.0_f64, changes in prop::collection::vec((0.0..1.0_f64, any::<u8>()), 0..6)) {
            let (name, mut bytes) = samples().swap_remove(ix);
            for (at, byte) in changes {
                let at = (at * bytes.len() as f64) as usize;
                bytes[at] = byte;
            }
            unpacked(name, &bytes);
            let len = (cut * bytes.len() as f64) as usize;
            unpacked(name, &bytes[..len]);
            unpacked(name, &bytes[len..]);
        }

        #[test]
        fn any_bytes(ix in 0_usize..6, bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            let heads: [&[u8]; 6] = [b"", b"WARC/1.0\r\n", b"\x1f\x8b\x08\0\0\0\0\0\0\0", b"PK\x03\x04", b"filedesc://", b"<rss>"];
            unpacked("x", &[heads[ix], &bytes].concat());
        }
    }
}
