//! The API as programs ask it.

use axum::http::StatusCode;
use serde_json::Value;

use super::Room;

const JSON: (&str, &str) = ("content-type", "application/json");

#[tokio::test]
async fn lists_come_in_pages() {
    let room = Room::filled().await;
    let (mut cursor, mut seen) = (String::new(), Vec::new());
    loop {
        let page = room.get(&format!("/api/v1/reports?limit=2{cursor}")).await.json();
        assert_eq!(page["n_all"], 3);
        seen.extend(page["rows"].as_array().expect("rows").iter().map(|it| it["id"].to_string()));
        let Some(next) = page["next"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 3, "each report once");
}

#[tokio::test]
async fn an_answer_that_is_known_is_not_sent_again() {
    let room = Room::filled().await;
    let first = room.get("/api/v1/stories").await;
    let tag = first.header("etag").to_owned();
    assert!(tag.starts_with('"'), "{tag}");
    let again = room.get_with("/api/v1/stories", &[("if-none-match", &tag)]).await;
    assert_eq!((again.status, again.text.as_str(), again.header("etag")), (StatusCode::NOT_MODIFIED, "", tag.as_str()));
    let other = room.get_with("/api/v1/reports", &[("if-none-match", &tag)]).await;
    assert_eq!(other.status, StatusCode::OK, "the tag is of one address");
    room.add("late.json", &super::report("Mill turns", "Lake Post", "2031-06-02", "The mill turns again.")).await;
    let changed = room.get_with("/api/v1/stories", &[("if-none-match", &tag)]).await;
    assert_eq!(changed.status, StatusCode::OK);
}

#[tokio::test]
async fn every_refusal_says_what_to_do() {
    let room = Room::filled().await;
    let gets = [
        ("/api/v1/none", 404),
        ("/api/v1/stories/none", 404),
        ("/api/v1/facts/none", 404),
        ("/api/v1/reports/none", 404),
        ("/api/v1/actors/none", 404),
        ("/api/v1/stories?limit=0", 400),
        ("/api/v1/stories?limit=x", 400),
        ("/api/v1/stories?cursor=x", 400),
        ("/api/v1/stories?colour=red", 400),
        ("/api/v1/stories?from=2031-02-30", 400),
        ("/api/v1/facts?kind=rumour", 400),
        ("/api/v1/facts?actor=", 400),
        ("/api/v1/search", 400),
        ("/api/v1/search?q=%20", 400),
        (&format!("/api/v1/search?q={}", "x".repeat(501)), 400),
        ("/api/v1/events?after=-1", 400),
        ("/api/v1/desk?x=1", 400),
        ("/api/v1/stories/%ff", 400),
    ];
    for (path, status) in gets {
        is_problem(path, &room.get(path).await, status);
    }
    let posts = [
        ("/api/v1/reports", "{", 400),
        ("/api/v1/reports", r#"{"text":" "}"#, 400),
        ("/api/v1/reports", r#"{"text":"a","colour":1}"#, 400),
        ("/api/v1/decisions", r#"{"do":"merge","reports":["a"]}"#, 400),
        ("/api/v1/decisions", r#"{"do":"dance"}"#, 400),
        ("/api/v1/decisions", r#"{"do":"original","report":"none"}"#, 404),
        // A whole number may be written as a float.
        (
            "/api/v1/decisions",
            r#"{"do":"wrong","fact":"none","kind":"act","text":"t","support":[{"report":"a","span":[1.0,2.0],"text":"t"}]}"#,
            404,
        ),
        ("/api/v1/stories", "{}", 405),
    ];
    for (path, body, status) in posts {
        is_problem(&format!("{path} {body}"), &room.post(path, &[JSON], body).await, status);
    }
    is_problem("media", &room.post("/api/v1/reports", &[("content-type", "text/xml")], "<a/>").await, 415);
    let large = format!("{{\"text\":\"{}\"}}", "x".repeat(9 << 20));
    is_problem("large", &room.post("/api/v1/reports", &[JSON], &large).await, 413);
}

fn is_problem(what: &str, answer: &super::Answer, status: u16) {
    assert_eq!(answer.status.as_u16(), status, "{what}: {}", answer.text);
    assert_eq!(answer.header("content-type"), "application/problem+json", "{what}");
    let row = answer.json();
    assert_eq!(row["status"], status, "{what}");
    for field in ["type", "title", "detail", "todo", "request"] {
        assert!(row[field].as_str().is_some_and(|it| !it.is_empty()), "{what} has no {field}: {row}");
    }
}

#[tokio::test]
async fn a_query_that_cannot_be_read_is_looked_for_word_by_word() {
    let room = Room::filled().await;
    let found = room.get("/api/v1/search?q=OR%20quarry").await.json();
    assert_eq!(found["n_all"], 0, "no text has the word or: {found}");
    assert!(found["note"].as_str().is_some_and(|it| it.contains("word by word")), "{found}");
    assert_eq!(room.get("/api/v1/search?q=quarry").await.json()["n_all"], 2);
    for strange in ["%22", "=%C3%A4%00", "%00", "-", "a*", "text:", "%22quarry"] {
        for list in ["search", "search/facts"] {
            let answer = room.get(&format!("/api/v1/{list}?q={strange}")).await;
            assert_eq!(answer.status, StatusCode::OK, "{list} {strange}: {}", answer.text);
        }
    }
}

/// Walks a description; calls with every reference.
fn refs(value: &Value, each: &mut impl FnMut(&str)) {
    match value {
        Value::Object(fields) => {
            if let Some(Value::String(to)) = fields.get("$ref") {
                each(to);
            }
            fields.values().for_each(|it| refs(it, each));
        }
        Value::Array(items) => items.iter().for_each(|it| refs(it, each)),
        _ => {}
    }
}

#[tokio::test]
async fn the_description_is_whole() {
    let room = Room::new(false);
    let document = room.get("/api/openapi.json").await.json();
    assert!(document["openapi"].as_str().is_some_and(|it| it.starts_with("3.1")), "{}", document["openapi"]);
    assert!(20 <= document["paths"].as_object().map_or(0, |it| it.len()) + 3, "{}", document["paths"]);
    let mut n_refs = 0;
    refs(&document, &mut |to| {
        n_refs += 1;
        let at = to.strip_prefix('#').expect("within the document");
        assert!(document.pointer(at).is_some(), "{to} leads nowhere");
    });
    assert!(50 < n_refs);
    for (path, item) in document["paths"].as_object().expect("paths") {
        for operation in item.as_object().expect("an item").values() {
            assert!(operation.get("parameters").is_none_or(|it| it.is_array()), "{path}: {operation}");
            assert!(operation["summary"].as_str().is_some_and(|it| !it.is_empty()), "{path} has no summary");
            for parameter in operation["parameters"].as_array().into_iter().flatten() {
                assert!(!parameter["description"].as_str().unwrap_or("").is_empty(), "{path}: {parameter}");
            }
        }
    }
}
