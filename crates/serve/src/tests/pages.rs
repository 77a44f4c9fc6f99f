//! Pages: all of them, empty and filled, with what every page must have.

use axum::http::StatusCode;

use super::Room;

/// What every page has, and what none has.
fn is_sound(path: &str, answer: &super::Answer) {
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text);
    let policy = answer.header("content-security-policy");
    let nonce = policy.split("'nonce-").nth(1).and_then(|it| it.split('\'').next()).expect("a nonce");
    assert!(!policy.contains("unsafe"), "{policy}");
    let text = &answer.text;
    assert!(text.contains(&format!("nonce=\"{nonce}\"")), "{path}: the page has another nonce");
    assert_eq!(text.matches("<script").count(), 1, "{path}: only our own script");
    for wrong in [" style=", "<style", " onclick=", "javascript:", "http://", "https://"] {
        assert!(!text.contains(wrong) || wrong == "http://" && path.contains("search"), "{path} has {wrong}");
    }
    for right in ["<html lang=\"en\">", "class=\"skip\"", "<h1", "name=\"viewport\""] {
        assert!(text.contains(right), "{path} has no {right}");
    }
    // Each id stands once, and a link within the page leads somewhere.
    let ids: Vec<&str> = text.split(" id=\"").skip(1).filter_map(|it| it.split('"').next()).collect();
    let mut once = ids.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(ids.len(), once.len(), "{path}: ids that stand twice in {ids:?}");
    for to in text.split(" href=\"#").skip(1).filter_map(|it| it.split('"').next()) {
        assert!(once.binary_search(&to).is_ok(), "{path}: #{to} leads nowhere");
    }
    assert!(text.len() < 150_000, "{path}: {} bytes", text.len());
}

#[tokio::test]
async fn every_page_of_an_empty_desk_says_what_to_do() {
    let room = Room::new(false);
    for path in [
        "/", "/stories", "/agenda", "/agenda?all=1", "/actors", "/activity", "/decisions", "/search", "/search?q=x",
        "/api",
    ] {
        is_sound(path, &room.get(path).await);
    }
    let start = room.get("/").await;
    assert!(start.text.contains("Open the example") && start.text.contains("<textarea"), "{}", start.text);
}

#[tokio::test]
async fn every_page_of_a_filled_desk_is_sound() {
    let room = Room::filled().await;
    let (stories, reports) = (room.ids("stories").await, room.ids("reports").await);
    assert_eq!((stories.len(), reports.len()), (2, 3));
    let mut paths: Vec<String> = [
        "/", "/stories", "/stories?outlet=Lake%20Post", "/agenda", "/actors", "/activity", "/search?q=quarry",
        "/search?q=quarry&in=facts",
    ]
    .map(str::to_owned)
    .into();
    paths.extend(stories.iter().map(|it| format!("/stories/{}", crate::pages::encoded(it))));
    paths.extend(reports.iter().map(|it| format!("/reports/{}", crate::pages::encoded(it))));
    paths.push(format!("/reports/{}?at=0-6", crate::pages::encoded(&reports[0])));
    for path in &paths {
        is_sound(path, &room.get(path).await);
    }
    // What is asked for in a text is marked, once as the target.
    let marked = room.get(&format!("/reports/{}?at=4-9", crate::pages::encoded(&reports[0]))).await.text;
    assert_eq!(marked.matches("id=\"at\"").count(), 1, "{marked}");
    // Search leads to the exact words.
    let found = room.get("/search?q=terrace").await.text;
    assert!(found.contains("<mark class=\"lit\">terrace</mark>") && found.contains("?at="), "{found}");
    let strange = room.get("/search?q=OR").await;
    assert_eq!(strange.status, StatusCode::OK);
    assert!(strange.text.contains("OR stands between two words"), "{}", strange.text);
}

#[tokio::test]
async fn a_page_that_is_not_there_shows_a_way_out() {
    let room = Room::filled().await;
    for path in ["/nothing", "/stories/none", "/reports/none", "/facts/none", "/actors/none", "/assets/old.css"] {
        let answer = room.get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(
            answer.text.contains("What to do: ") && answer.text.contains("href=\"/stories\""),
            "{path}: {}",
            answer.text
        );
    }
    for path in ["/agenda?since=soon", "/stories?from=x", "/reports/x?at=y"] {
        assert_eq!(room.get(path).await.status, StatusCode::BAD_REQUEST, "{path}");
    }
    let wrong = room.post("/stories", &[], "").await;
    assert_eq!((wrong.status, wrong.header("allow")), (StatusCode::METHOD_NOT_ALLOWED, "GET,HEAD"));
}

#[tokio::test]
async fn what_is_new_since_a_browser_looked_is_said() {
    let room = Room::filled().await;
    let first = room.get("/stories").await;
    assert!(!first.text.contains("new since you looked"), "nothing is new on the first visit");
    let looked = format!("rapporteur_looked={}", first.cookie("rapporteur_looked").expect("remembered"));
    room.add(
        "four.json",
        &super::report("Stove bought at Brisk", "Brisk Times", "2031-05-20", "The hall at Brisk has its stove."),
    )
    .await;
    let second = room.get_with("/stories", &[("cookie", &looked)]).await;
    assert!(second.text.contains("new since you looked"), "{}", second.text);
    // Opening the story is looking at it.
    let story = second.text.split("data-to=\"").nth(1).and_then(|it| it.split('"').next()).expect("a story").to_owned();
    let opened = room.get_with(&story, &[("cookie", &looked)]).await;
    assert!(opened.text.contains("New since you looked"), "{}", opened.text);
    let looked = format!("rapporteur_looked={}", opened.cookie("rapporteur_looked").expect("remembered"));
    let third = room.get_with("/stories", &[("cookie", &looked)]).await;
    assert!(!third.text.contains("new since you looked"), "{}", third.text);
}

#[tokio::test]
async fn a_decision_is_made_and_taken_back_by_forms() {
    let room = Room::filled().await;
    let story = crate::pages::encoded(&room.ids("stories").await.pop().expect("a story"));
    let page = format!("/stories/{story}");
    let fields = format!("do=rename&story={story}&title=The%20flood&why=shorter&back={}", crate::pages::encoded(&page));
    let done = room.send(&page, "/decisions", &fields).await;
    assert_eq!((done.status, done.header("location")), (StatusCode::SEE_OTHER, page.as_str()), "{}", done.text);
    assert!(room.get("/stories").await.text.contains("The flood"));
    let list = room.get("/decisions").await.text;
    assert!(list.contains("a story renamed") && list.contains("ada") && list.contains("shorter"), "{list}");
    let done = room.send("/decisions", "/decisions", "do=undo&decision=1&back=//evil.example/").await;
    assert_eq!(done.header("location"), "/", "a form leads to no other place");
    assert!(!room.get("/stories").await.text.contains("The flood"));
    // Merging by the ids of stories.
    let stories: Vec<String> = room.ids("stories").await.iter().map(|it| crate::pages::encoded(it)).collect();
    let fields = format!("do=merge&story={}&with={}&back=/stories", stories[0], stories[1]);
    assert_eq!(room.send(&page, "/decisions", &fields).await.status, StatusCode::SEE_OTHER);
    assert_eq!(room.ids("stories").await.len(), 1);
    // The address of the story that is gone leads on.
    let gone = stories.iter().find(|it| **it != *stories[0]).expect("another");
    let there = crate::pages::encoded(&room.ids("stories").await[0]);
    let old = if *gone == there { &stories[0] } else { gone };
    assert_eq!(room.get(&format!("/stories/{old}")).await.header("location"), format!("/stories/{there}"));
    let wrong = room.send(&format!("/stories/{there}"), "/decisions", "do=split&back=/").await;
    assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
    assert!(wrong.text.contains("tick the reports"), "{}", wrong.text);
}

#[tokio::test]
async fn calendars_and_feeds_are_made() {
    let room = Room::filled().await;
    let feed = room.get("/feed.atom").await;
    assert_eq!(feed.header("content-type"), "application/atom+xml; charset=utf-8");
    assert!(feed.text.starts_with("<?xml") && 2 < feed.text.matches("<entry>").count(), "{}", feed.text);
    let alerts = room.get("/alerts.atom").await;
    assert!(alerts.text.contains("<title>Rapporteur: alerts</title>") && !alerts.text.contains("report-added"));
    assert!(alerts.text.contains("/alerts.atom\"/>"), "{}", alerts.text);
    let calendar = room.get("/agenda.ics").await;
    assert!(calendar.text.starts_with("BEGIN:VCALENDAR\r\n") && calendar.text.ends_with("END:VCALENDAR\r\n"));
    assert!(room.get("/metrics").await.text.contains("rapporteur_desk_reports 3\n"));
    assert_eq!(room.get("/healthz").await.text, "ok\n");
}

#[tokio::test]
async fn live_pages_hear_what_happens() {
    use http_body_util::BodyExt;
    use tower::ServiceExt;
    let room = Room::filled().await;
    let request = super::request("GET", "/events", &[], axum::body::Body::empty());
    let response = room.router.clone().oneshot(request).await.expect("answers");
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    let mut body = response.into_body();
    room.add(
        "five.json",
        &super::report("Kite stuck on the mill", "Lake Post", "2031-06-01", "A kite hangs on the mill."),
    )
    .await;
    let mut text = String::new();
    while !text.contains("report-added") {
        let frame = tokio::time::timeout(std::time::Duration::from_secs(10), body.frame()).await.expect("in time");
        let data = frame.expect("a frame").expect("whole").into_data().expect("data");
        text.push_str(&String::from_utf8_lossy(&data));
    }
    assert!(text.contains("event: desk"), "{text}");
    assert!(!text.contains("Kite"), "no words of a report: {text}");
    // The end of the program ends the stream, so that it can stop.
    room.app.latest.send_replace(i64::MAX);
    let rest = tokio::time::timeout(std::time::Duration::from_secs(10), body.collect()).await;
    assert!(rest.is_ok(), "the stream does not end");
}
