//! Servers that mean harm or do not know better: every answer ends, in bounded time and bounded memory, with a reason.

use super::*;
use std::time::Instant;

/// What a server does to the stream, and what is said of it.
type Case = (&'static str, &'static str);

const CASES: &[Case] = &[
    ("/endless", "longer than 200000 bytes"),
    ("/endless-chunks", "longer than 200000 bytes"),
    ("/said-too-long", "at most 200000 are taken"),
    ("/gzip-bomb", "times its length"),
    ("/brotli-bomb", "times its length"),
    ("/deflate-bomb", "times its length"),
    ("/bare-deflate-bomb", "times its length"),
    ("/gzip-long", "longer than 200000 bytes"),
    ("/packed-twice", "packed as 'gzip, gzip'"),
    ("/packed-oddly", "packed as 'zstd'"),
    ("/not-packed", "cannot be unpacked"),
    ("/gzip-cut", "cannot be unpacked"),
    ("/brotli-cut", "cannot be unpacked"),
    ("/shorter-than-said", "breaks off"),
    ("/chunk-cut", "breaks off"),
    ("/chunk-bad", "breaks off"),
    ("/silent", "no answer in time"),
    ("/silent-in-head", "no answer in time"),
    ("/silent-in-body", "falls silent"),
    ("/drip-head", "no answer in time"),
    ("/drip-body", "takes longer than"),
    ("/drip-chunks", "takes longer than"),
    ("/endless-100", "no answer in time"),
    ("/many-headers", "message head is too large"),
    ("/long-header", "header is longer than 65536 bytes"),
    ("/endless-header", "message head is too large"),
    ("/hang-up", "cannot be read"),
    ("/no-http", "cannot be read"),
    ("/bad-status", "cannot be read"),
    ("/two-lengths", "cannot be read"),
    ("/bad-length", "cannot be read"),
    ("/to-nowhere", "sent on to nowhere"),
    ("/to-itself", "in a circle"),
    ("/circle-1", "in a circle"),
    ("/chain-0", "more than 5 times"),
    ("/part", "206"),
    ("/nothing", "204"),
    ("/gone", "gone for good"),
    ("/forbidden", "403"),
    ("/picture", "is 'image/png', which is no text"),
];

fn pack(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

// 16 MB of zeros in 27 bytes, packed with Node's zlib: the encoder is no dependency of ours.
fn brotli_bomb() -> Vec<u8> {
    let hex = "cbffff3ff82700e2b14020f7fe2ffffffff04f00c4611180eefd1f";
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
}

fn drip(stream: &mut TcpStream, bytes: &[u8]) -> io::Result<()> {
    for _ in 0..600 {
        stream.write_all(bytes)?;
        std::thread::sleep(Duration::from_millis(50));
    }
    Ok(())
}

fn misbehave(path: &str, stream: &mut TcpStream) -> io::Result<()> {
    let zeros = || vec![0u8; 20 << 20];
    let head = |stream: &mut TcpStream, lines: &str| write!(stream, "HTTP/1.1 200 OK\r\n{lines}\r\n");
    match path {
        "/endless" => {
            head(stream, "")?;
            (0..4000).try_for_each(|_| stream.write_all(&[b'x'; 65536]))
        }
        "/endless-chunks" => {
            head(stream, "Transfer-Encoding: chunked\r\n")?;
            (0..400_000).try_for_each(|_| stream.write_all(b"4\r\nabcd\r\n"))
        }
        "/said-too-long" => head(stream, "Content-Length: 99999999999\r\n"),
        "/gzip-bomb" => ok(stream, "Content-Encoding: gzip", &pack(&zeros())),
        "/brotli-bomb" => ok(stream, "Content-Encoding: br", &brotli_bomb()),
        "/deflate-bomb" => {
            let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
            packer.write_all(&zeros())?;
            ok(stream, "Content-Encoding: deflate", &packer.finish()?)
        }
        "/bare-deflate-bomb" => {
            let mut packer = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
            packer.write_all(&zeros())?;
            ok(stream, "Content-Encoding: deflate", &packer.finish()?)
        }
        "/gzip-long" => {
            // Text that packs as text does: no bomb, only too long.
            let words: String =
                (0..18_000u64).map(|it| format!("{} ", it.wrapping_mul(0x9E37_79B9_7F4A_7C15))).collect();
            ok(stream, "Content-Encoding: gzip", &pack(words.as_bytes()))
        }
        "/packed-twice" => ok(stream, "Content-Encoding: gzip, gzip", &pack(&pack(b"words"))),
        "/packed-oddly" => ok(stream, "Content-Encoding: zstd", b"x"),
        "/not-packed" => ok(stream, "Content-Encoding: gzip", b"plain words, no gzip"),
        "/gzip-cut" => ok(stream, "Content-Encoding: gzip", &pack(b"some words of a page")[..20]),
        "/brotli-cut" => ok(stream, "Content-Encoding: br", &brotli_bomb()[..6]),
        "/shorter-than-said" => {
            head(stream, "Content-Length: 500\r\n")?;
            stream.write_all(b"only this")
        }
        "/chunk-cut" => {
            head(stream, "Transfer-Encoding: chunked\r\n")?;
            stream.write_all(b"ff\r\nonly this")
        }
        "/chunk-bad" => {
            head(stream, "Transfer-Encoding: chunked\r\n")?;
            stream.write_all(b"ffffffffffffffffffff\r\nx")
        }
        "/silent" => {
            std::thread::sleep(Duration::from_secs(3));
            Ok(())
        }
        "/silent-in-head" => {
            stream.write_all(b"HTTP/1.1 200 OK\r\nContent-")?;
            std::thread::sleep(Duration::from_secs(3));
            Ok(())
        }
        "/silent-in-body" => {
            head(stream, "Content-Length: 500\r\n")?;
            stream.write_all(b"only this")?;
            std::thread::sleep(Duration::from_secs(3));
            Ok(())
        }
        "/drip-head" => {
            stream.write_all(b"HTTP/1.1 200 OK\r\nX-Slow: ")?;
            drip(stream, b"x")
        }
        "/drip-body" => {
            head(stream, "Content-Length: 5000\r\n")?;
            drip(stream, b"x")
        }
        "/drip-chunks" => {
            head(stream, "Transfer-Encoding: chunked\r\n")?;
            drip(stream, b"1\r\nx\r\n")
        }
        "/endless-100" => drip(stream, b"HTTP/1.1 100 Continue\r\n\r\n"),
        "/many-headers" => {
            let lines: String = (0..5000).map(|it| format!("X-{it}: y\r\n")).collect();
            head(stream, &lines)
        }
        "/long-header" => head(stream, &format!("X-Long: {}\r\n", "y".repeat(100_000))),
        "/endless-header" => {
            stream.write_all(b"HTTP/1.1 200 OK\r\nX-Long: ")?;
            (0..4000).try_for_each(|_| stream.write_all(&[b'x'; 65536]))
        }
        "/hang-up" => Ok(()),
        "/no-http" => stream.write_all(b"SSH-2.0-OpenSSH_9.7\r\n"),
        "/bad-status" => stream.write_all(b"HTTP/1.1 9999 Yes\r\n\r\n"),
        "/two-lengths" => head(stream, "Content-Length: 5\r\nContent-Length: 7\r\n"),
        "/bad-length" => head(stream, "Content-Length: -1\r\n"),
        "/to-nowhere" => status(stream, "302 Found", "", b""),
        "/to-itself" => status(stream, "301 Moved", "Location: /to-itself", b""),
        "/circle-1" => status(stream, "307 Temporary Redirect", "Location: /circle-2", b""),
        "/circle-2" => status(stream, "308 Permanent Redirect", "Location: /circle-1#again", b""),
        "/part" => status(stream, "206 Partial Content", "", b"half"),
        "/nothing" => status(stream, "204 No Content", "", b""),
        "/gone" => status(stream, "410 Gone", "", b""),
        "/forbidden" => status(stream, "403 Forbidden", "", b""),
        "/picture" => ok(stream, "Content-Type: image/png", b"x"),
        other => match other.strip_prefix("/chain-").and_then(|it| it.parse::<u32>().ok()) {
            Some(n) => status(stream, "302 Found", &format!("Location: /chain-{}", n + 1), b""),
            None => ok(stream, "", b"fine"),
        },
    }
}

#[test]
fn every_bad_answer_ends_with_a_reason() {
    let server = Server::new(misbehave);
    // Each in its own thread: most of them wait.
    std::thread::scope(|scope| {
        for (path, words) in CASES {
            let url = server.url(path);
            scope.spawn(move || {
                // A bomb is one only where the room is larger than what is free of the ratio.
                let body_bytes_max = if path.contains("bomb") { 64 << 20 } else { 200_000 };
                // Time is short where it is what is tested: a busy machine is no slow server.
                let is_slow = ["silent", "drip", "endless-100"].iter().any(|it| path.contains(it));
                let (total, idle) = if is_slow { (2500, 1000) } else { (30_000, 30_000) };
                let (total_time, idle_time) = (Duration::from_millis(total), Duration::from_millis(idle));
                let settings = Settings { body_bytes_max, total_time, idle_time, ..tight() };
                let (fetcher, _) = fetcher(settings, &Names::of(&[]));
                let started = Instant::now();
                let ask =
                    crate::Ask { url: &url, known: Default::default(), from: None, robots: false, media: &["text/"] };
                let outcome = fetcher.ask(&ask);
                assert!(!matches!(outcome, Outcome::Body(_) | Outcome::NotModified), "{path}: {outcome:?}");
                let why = outcome.reason();
                assert!(why.contains(words), "{path}: {why}");
                assert!(started.elapsed() < Duration::from_secs(12), "{path}: {:?}", started.elapsed());
            });
        }
    });
}

#[test]
fn what_a_bomb_unpacks_to_is_never_held() {
    // The bomb's beginning is unpacked; the room it takes is the bound, not its length.
    let bounds = crate::body::Bounds { bytes_max: 4 << 20, ratio_max: 100 };
    for (encoding, packed) in [("gzip", pack(&vec![0; 64 << 20])), ("br", brotli_bomb())] {
        let mut intake = crate::body::Intake::new(encoding, bounds).unwrap();
        let spoilt = packed.chunks(512).find_map(|it| intake.take(it).err());
        assert_eq!(spoilt, Some(crate::body::Spoilt::Bomb), "{encoding}");
        assert!(intake.so_far().len() <= 4 << 20);
    }
}

#[test]
fn good_packings_are_unpacked() {
    let words = "The ministers met and talked. ".repeat(200);
    let packed = pack(words.as_bytes());
    let zlib = {
        let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        packer.write_all(words.as_bytes()).unwrap();
        packer.finish().unwrap()
    };
    let bare = {
        let mut packer = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
        packer.write_all(words.as_bytes()).unwrap();
        packer.finish().unwrap()
    };
    let bounds = crate::body::Bounds { bytes_max: 1 << 20, ratio_max: 100 };
    let twice = [packed.clone(), packed.clone()].concat();
    for (encoding, packed, n) in [
        ("gzip", packed, 1),
        ("GZIP", twice, 2),
        ("deflate", zlib, 1),
        ("deflate", bare, 1),
        ("", words.clone().into_bytes(), 1),
    ] {
        for size in [1, 7, 4096] {
            let mut intake = crate::body::Intake::new(encoding, bounds).unwrap();
            packed.chunks(size).for_each(|it| intake.take(it).unwrap());
            assert_eq!(intake.finish().unwrap(), words.repeat(n).as_bytes(), "{encoding}");
        }
    }
    // An answer without a body has nothing to unpack.
    assert_eq!(crate::body::Intake::new("gzip", bounds).unwrap().finish().unwrap(), b"");
}

#[test]
fn a_length_that_is_too_short_ends_the_body_there() {
    let server = Server::new(|_, stream| {
        stream
            .write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfour and more\r\nHTTP/1.1 200 OK\r\nX: y\r\n\r\n")
    });
    let (fetcher, _) = fetcher(tight(), &Names::of(&[]));
    assert_eq!(body(ask(&fetcher, &server.url("/"))).bytes, b"four");
    // What came behind is no answer to the next request: that one has a connection of its own.
    assert_eq!(body(ask(&fetcher, &server.url("/"))).bytes, b"four");
}

#[test]
fn nobody_there_is_said() {
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let (fetcher, _) = fetcher(tight(), &Names::of(&[("empty.example", &[&[]])]));
    assert!(failed(ask(&fetcher, &format!("http://{closed}/"))).contains("cannot be reached"));
    assert!(failed(ask(&fetcher, "http://nowhere.example/")).contains("is not found"));
    assert!(failed(ask(&fetcher, "http://empty.example/")).contains("has no address"));
    // What speaks no TLS is no https server.
    let server = Server::new(|_, stream| ok(stream, "", b"plain"));
    assert!(!failed(ask(&fetcher, &format!("https://{}/", server.address))).is_empty());
}
