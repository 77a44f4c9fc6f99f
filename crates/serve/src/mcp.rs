//! The Model Context Protocol over standard input and output: an assistant asks the desk, and gets words with their places.
//!
//! JSON-RPC 2.0, a message a line. Written here: the official crate brings a second calendar library with it, and what is
//! needed of the protocol is five methods. It reads alone; nothing on the desk is changed.

mod tools;

use std::io::{BufRead, Read, Write};

use serde_json::{Value, json};

use crate::app::App;
use crate::{Error, Setup};

/// Versions of the protocol that are spoken, the latest first.
const VERSIONS: [&str; 4] = ["2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05"];
/// A message is no longer, in bytes.
const MESSAGE_MAX: u64 = 4 << 20;

/// What assistants are told of the desk as a whole.
const ABOUT: &str = "A desk of news reports. Facts come with the exact words of the reports that bear them out (report id, \
    offsets in code points, text) and with how many independent origins say so: reports of one origin are one voice. \
    Agreement of reports is no proof. Quote only words that stand in a `text` field, and name the report.";

/// Answers until the input ends.
pub fn serve(setup: Setup, mut input: impl BufRead, mut output: impl Write) -> Result<(), Error> {
    let app = App::open(setup)?;
    let told = |e: std::io::Error| Error::Start(format!("the assistant's end of the line is broken: {e}"));
    let mut line = Vec::new();
    loop {
        line.clear();
        let n = input.by_ref().take(MESSAGE_MAX).read_until(b'\n', &mut line).map_err(told)?;
        if n == 0 {
            return Ok(());
        }
        let answer = if !line.ends_with(b"\n") && MESSAGE_MAX <= n as u64 {
            skip_line(&mut input).map_err(told)?;
            Some(error(&Value::Null, -32600, "the message is longer than 4 MB; send less at a time"))
        } else if line.iter().all(u8::is_ascii_whitespace) {
            None
        } else {
            answer(&app, &line)
        };
        if let Some(answer) = answer {
            // One message a line: JSON escapes the line breaks of texts.
            writeln!(output, "{answer}").and_then(|()| output.flush()).map_err(told)?;
        }
    }
}

/// Reads what is left of a line that is too long.
fn skip_line(input: &mut impl BufRead) -> std::io::Result<()> {
    loop {
        let part = input.fill_buf()?;
        let (n, is_end) = match part.iter().position(|it| *it == b'\n') {
            Some(at) => (at + 1, true),
            None => (part.len(), part.is_empty()),
        };
        input.consume(n);
        if is_end {
            return Ok(());
        }
    }
}

/// The answer to a message; none to a notification.
fn answer(app: &App, line: &[u8]) -> Option<Value> {
    let Ok(message) = serde_json::from_slice::<Value>(line) else {
        return Some(error(&Value::Null, -32700, "the line is no JSON; send one JSON-RPC message a line"));
    };
    let id = message.get("id").cloned();
    let Some(method) = message.get("method").and_then(Value::as_str) else {
        // An answer to something we did not ask is passed over.
        let is_answer = message.get("result").is_some() || message.get("error").is_some();
        return (!is_answer).then(|| error(&id.unwrap_or_default(), -32600, "the message has no method"));
    };
    let id = id?;
    if !(id.is_string() || id.is_number()) {
        return Some(error(&Value::Null, -32600, "the id of a request is a string or a number"));
    }
    let params = message.get("params").cloned().unwrap_or_default();
    let result = match method {
        "initialize" => initialize(&params),
        "ping" => json!({}),
        "tools/list" => json!({ "tools": tools::list() }),
        "tools/call" => {
            let name = params["name"].as_str().unwrap_or("");
            match tools::find(name) {
                Some(tool) => tools::call(app, tool, &params["arguments"]),
                None => {
                    let told = format!("there is no tool '{name}'; tools/list names them");
                    return Some(error(&id, -32602, &told));
                }
            }
        }
        other => return Some(error(&id, -32601, &format!("there is no method '{other}' here"))),
    };
    Some(json!({ "jsonrpc": "2.0", "id": id, "result": result }))
}

fn initialize(params: &Value) -> Value {
    let asked = params["protocolVersion"].as_str().unwrap_or("");
    let version = VERSIONS.iter().find(|it| **it == asked).unwrap_or(&VERSIONS[0]);
    json!({
        "protocolVersion": version,
        "capabilities": { "tools": {} },
        "serverInfo": { "name": "rapporteur", "title": "Rapporteur", "version": env!("CARGO_PKG_VERSION") },
        "instructions": ABOUT,
    })
}

fn error(id: &Value, code: i32, message: &str) -> Value {
    json!({ "jsonrpc": "2.0", "id": id, "error": { "code": code, "message": message } })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn talk(lines: &str) -> Vec<Value> {
        let dir = tempfile::tempdir().expect("a folder");
        let desk = dir.path().join("desk");
        drop(rapporteur_desk::Desk::init(&desk).expect("a desk"));
        let mut output = Vec::new();
        serve(Setup { desk, ..Setup::default() }, lines.as_bytes(), &mut output).expect("answers");
        let text = String::from_utf8(output).expect("text");
        text.lines().map(|it| serde_json::from_str(it).expect("JSON")).collect()
    }

    #[test]
    fn an_assistant_begins() {
        let answers = talk(
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-06-18\"}}\n\
             {\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}\n\n\
             {\"jsonrpc\":\"2.0\",\"id\":\"two\",\"method\":\"tools/list\"}\n\
             {\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"tools/call\",\"params\":{\"name\":\"agenda\",\"arguments\":{}}}\n",
        );
        assert_eq!(answers.len(), 3, "a notification has no answer: {answers:?}");
        assert_eq!(answers[0]["result"]["protocolVersion"], "2025-06-18");
        assert_eq!(answers[1]["id"], "two");
        for tool in answers[1]["result"]["tools"].as_array().expect("tools") {
            assert_eq!(tool["inputSchema"]["type"], "object", "{tool}");
            assert!(
                tool["annotations"]["readOnlyHint"] == true && !tool["description"].as_str().unwrap_or("").is_empty()
            );
        }
        assert_eq!(answers[2]["result"]["structuredContent"]["n_all"], 0, "{}", answers[2]);
    }

    #[test]
    fn what_cannot_be_read_is_told_and_passed_over() {
        let long = "x".repeat(5 << 20);
        let answers = talk(&format!(
            "no json\n[1]\n{{\"id\":1,\"method\":\"x/y\"}}\n{{\"id\":2,\"method\":\"tools/call\",\"params\":{{\"name\":\"rm\"}}}}\n\
             {long}\n{{\"id\":{{}},\"method\":\"ping\"}}\n{{\"id\":4,\"result\":1}}\n\
             {{\"id\":5,\"method\":\"tools/call\",\"params\":{{\"name\":\"story_account\",\"arguments\":{{\"story\":\"none\"}}}}}}\n\
             {{\"id\":6,\"method\":\"tools/call\",\"params\":{{\"name\":\"search_facts\",\"arguments\":{{\"words\":3}}}}}}\n\
             {{\"id\":9,\"method\":\"ping\"}}"
        ));
        let codes: Vec<i64> = answers.iter().filter_map(|it| it["error"]["code"].as_i64()).collect();
        assert_eq!(codes, [-32700, -32600, -32601, -32602, -32600, -32600]);
        // What a tool cannot do is an answer, so that the assistant reads why.
        for it in &answers[6..8] {
            assert_eq!(it["result"]["isError"], true, "{it}");
        }
        assert_eq!(answers[8]["result"], json!({}));
    }
}
