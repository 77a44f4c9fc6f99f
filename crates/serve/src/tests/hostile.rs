//! Reports, names and decisions that would like to be more than text.

use super::Room;

/// Would run, break out of an attribute, or turn what stands beside it around.
const EVIL: &str =
    "\"><script>alert(1)</script><img src=x onerror=alert(2)>'{{7*7}}</title></textarea>\u{202e}gnp\u{2066}\u{0}\u{7}";

/// Nothing of it may stand in a page as it is.
fn is_tame(path: &str, text: &str) {
    for wrong in ["<script>alert", "<img", "</title></textarea>", "\u{202e}", "\u{2066}", "\u{0}", "\u{7}"] {
        assert!(!text.contains(wrong), "{path} has {wrong:?}");
    }
    // An attribute is left at its quotation mark alone.
    assert!(!text.contains("\"><script"), "{path}");
}

#[tokio::test]
async fn nothing_a_report_says_is_markup() {
    let room = Room::new(false);
    let row = serde_json::json!({
        "title": format!("Pier {EVIL}"), "outlet": EVIL, "date": "2031-05-12", "author": EVIL, "url": EVIL, "id": EVIL,
        "language": "en", "section": EVIL,
        "text": format!("The pier {EVIL} was shut.\n\n{EVIL} said the warden.\n\njavascript:alert(1) and data:text/html,x"),
    });
    room.add(&format!("{EVIL}.json"), &row.to_string()).await;
    let (stories, reports) = (room.ids("stories").await, room.ids("reports").await);
    let (story, report) = (crate::pages::encoded(&stories[0]), crate::pages::encoded(&reports[0]));
    let why = crate::pages::encoded(EVIL);
    let fields = format!("do=rename&story={story}&title={why}&why={why}&back=/");
    assert_eq!(room.send(&format!("/stories/{story}"), "/decisions", &fields).await.status.as_u16(), 303);
    let paths = [
        "/".to_owned(),
        "/stories".to_owned(),
        format!("/stories?outlet={why}"),
        format!("/stories/{story}"),
        format!("/reports/{report}"),
        format!("/reports/{report}?at=0-40"),
        "/decisions".to_owned(),
        "/search?q=pier".to_owned(),
        format!("/search?q={why}"),
        format!("/search?q=pier&outlet={why}"),
        format!("/actors?name={why}"),
        "/activity".to_owned(),
        "/feed.atom".to_owned(),
        "/alerts.atom".to_owned(),
        format!("/stories/{why}"),
        format!("/reports/{why}"),
    ];
    for path in &paths {
        let answer = room.get(path).await;
        assert!(answer.text.len() > 100, "{path}: {}", answer.status);
        is_tame(path, &answer.text);
    }
    // The words are there, shown.
    let page = room.get(&format!("/reports/{report}")).await.text;
    assert!(page.contains("&lt;script&gt;") || page.contains("&#60;script&#62;"), "{page}");
    assert!(page.contains("[U+202E]"), "{page}");
    // The API gives them as they are, in JSON, which is no markup.
    let row = room.get(&format!("/api/v1/reports/{report}")).await;
    assert_eq!(row.header("content-type"), "application/json");
    assert!(row.json()["report"]["text"].as_str().is_some_and(|it| it.contains("<script>alert(1)")));
}

#[tokio::test]
async fn an_original_is_a_file_and_never_a_page() {
    let room = Room::new(false);
    let page = "<!doctype html><title>Pier</title><h1>The pier is shut</h1><p>The office shut it.</p><script>alert(1)</script>";
    room.add("a/b\"; x=\u{e9}.html", page).await;
    let report = crate::pages::encoded(&room.ids("reports").await[0]);
    let answer = room.get(&format!("/reports/{report}/original")).await;
    assert_eq!(answer.text, page, "byte for byte");
    assert_eq!(answer.header("content-type"), "application/octet-stream");
    assert_eq!(answer.header("content-disposition"), "attachment; filename=\"b___x__.html\"");
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
}
