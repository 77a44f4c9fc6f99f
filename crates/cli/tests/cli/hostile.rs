//! Bad input is ordinary: no panic, no endless run, one clear line each, the rest of the batch goes on.

use crate::{root, run, run_with};

/// Runs a command over bytes and checks that it ends in order.
fn survives(args: &[&str], input: &[u8]) -> String {
    let output = run_with(args, input);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code().is_some_and(|it| it <= 2), "{args:?} ended with {:?}\n{said}", output.status);
    assert!(!said.contains("panicked"), "{said}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn odd_bytes_are_read_or_refused_in_order() {
    let inputs: [&[u8]; 9] = [
        b"",
        b"\0\0\0\0",
        b"\xff\xfe\xfd",
        b"\xef\xbb\xbf",
        b"{\"text\": ",
        b"[{\"text\": 7}]",
        b"<html><body><p>Open <b>tags <i>everywhere",
        "\u{feff}\u{202e}\u{0}«»“‘".as_bytes(),
        b"<![CDATA[<!DOCTYPE <<<>>> &#xFFFFFFFF; &bogus; </p></p></html>",
    ];
    for input in inputs {
        for command in ["read", "annotate", "brief"] {
            survives(&[command, "-"], input);
        }
    }
}

#[test]
fn long_runs_of_one_thing_end_in_time() {
    let one_word = "a".repeat(1 << 20);
    let breaks = "\n".repeat(100_000);
    let deep = "<div>".repeat(50_000) + "The minister resigned on Monday." + &"</div>".repeat(50_000);
    let quotes = "“".repeat(20_000);
    for input in [one_word, breaks, deep, quotes] {
        survives(&["annotate", "-"], input.as_bytes());
    }
}

#[test]
fn a_bad_file_does_not_stop_the_batch() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(dir.path().join("bad.json"), b"{\"text\": ").expect("can be written");
    let good = root().join("examples/lake-ferry-talks/reports/01-tarn-wire.txt");
    std::fs::copy(good, dir.path().join("good.txt")).expect("can be copied");
    let output = run(&["read", dir.path().to_str().expect("a path")]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("bad.json"), "{said}");
    assert!(String::from_utf8_lossy(&output.stdout).contains("\"id\":\"good\""));
}

#[test]
fn markup_in_a_report_stays_text_on_the_page() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let evil = "Minister <script>alert(1)</script> Anna Berg resigned on Monday, her office said.\n\n\
                Anna Berg said: \"<img src=x onerror=alert(2)> is all I have to say about the matter today.\"";
    std::fs::write(dir.path().join("evil.txt"), evil).expect("can be written");
    let output = run(&["brief", dir.path().to_str().expect("a path"), "--format", "html"]);
    let page = String::from_utf8_lossy(&output.stdout);
    assert!(!page.contains("<script>alert(1)") && !page.contains("<img src=x"), "markup came through");
    assert!(page.contains("&lt;script&gt;") || page.contains("&#60;script&#62;"), "the words are lost");
}
