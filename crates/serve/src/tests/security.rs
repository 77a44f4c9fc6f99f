//! Who may come in, and from where.

use std::net::SocketAddr;

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::StatusCode;

use super::{Room, request};
use crate::tokens::{self, Role};

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

#[tokio::test]
async fn another_name_of_this_machine_leads_nowhere() {
    let room = Room::new(false);
    for host in ["desk.example", "rebound.example:8480", "10.1.2.3"] {
        let answer = room.get_with("/", &[("host", host)]).await;
        assert_eq!(answer.status, StatusCode::MISDIRECTED_REQUEST, "{host}");
        assert!(!answer.text.contains("Stories</a></li>"), "nothing of the desk is shown");
    }
    assert_eq!(room.get_with("/", &[("host", "[::1]:8480")]).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_form_must_be_ours() {
    let room = Room::filled().await;
    let page = room.get("/").await;
    let cookie = format!("rapporteur_browser={}", page.cookie("rapporteur_browser").expect("a cookie"));
    let good = format!("csrf={}&do=rename&story={}&title=x", page.csrf(), room.ids("stories").await[0]);
    let other = Room::new(false).get("/").await.csrf();
    type Try<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a str);
    let tries: [Try<'_>; 6] = [
        ("no cookie", &[FORM], &good),
        ("no mark", &[FORM, ("cookie", &cookie)], "do=rename"),
        ("the mark of another program", &[FORM, ("cookie", &cookie)], &format!("csrf={other}&do=rename")),
        ("another origin", &[FORM, ("cookie", &cookie), ("origin", "http://evil.example")], &good),
        ("no origin that can be named", &[FORM, ("cookie", &cookie), ("origin", "null")], &good),
        ("another site", &[FORM, ("cookie", &cookie), ("sec-fetch-site", "cross-site")], &good),
    ];
    for (what, headers, body) in tries {
        let answer = room.post("/decisions", headers, body).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{what}");
        assert!(answer.text.contains("What to do"), "{what}");
    }
    let answer = room.post("/decisions", &[("cookie", &cookie), ("content-type", "text/plain")], &good).await;
    assert_eq!(answer.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    assert_eq!(room.get("/api/v1/decisions").await.json()["n_all"], 0, "nothing was decided");
    assert_eq!(room.post("/decisions", &[FORM, ("cookie", &cookie)], &good).await.status, StatusCode::SEE_OTHER);
    // The API takes JSON alone, which no form of another page can send unasked.
    let answer = room.post("/api/v1/decisions", &[("content-type", "text/plain")], "{}").await;
    assert_eq!(answer.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let json = ("content-type", "application/json");
    let answer = room.post("/api/v1/decisions", &[json, ("origin", "http://evil.example")], "{}").await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn tokens_open_what_their_role_may() {
    let room = Room::new(true);
    let path = room.dir.path().join("tokens");
    let (_, reader) = tokens::add(&path, "Ines", Role::Reader).expect("a token");
    let (_, analyst) = tokens::add(&path, "Olek", Role::Analyst).expect("a token");
    let (reader, analyst) = (format!("Bearer {reader}"), format!("bearer {analyst}"));

    let out = room.get("/stories?outlet=x").await;
    assert_eq!((out.status, out.header("location")), (StatusCode::SEE_OTHER, "/login?to=%2Fstories%3Foutlet%3Dx"));
    for path in ["/api/v1/stories", "/metrics", "/api/openapi.json"] {
        let answer = room.get(path).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{path}");
        assert!(answer.header("www-authenticate").starts_with("Bearer"), "{path}");
    }
    assert_eq!(room.get("/healthz").await.status, StatusCode::OK);
    let login = room.get("/login").await;
    assert!(!login.text.contains("Decisions</a>"), "nothing is shown before signing in");

    for (token, status) in
        [(reader.as_str(), 200), (analyst.as_str(), 200), ("Bearer rapporteur_guess", 401), ("Basic eA==", 401)]
    {
        let answer = room.get_with("/api/v1/stories", &[("authorization", token)]).await;
        assert_eq!(answer.status.as_u16(), status, "{token}");
    }
    let json = ("content-type", "application/json");
    let body = r#"{"do":"undo","decision":1}"#;
    for (token, status) in [(reader.as_str(), 403), (analyst.as_str(), 404)] {
        let answer = room.post("/api/v1/decisions", &[json, ("authorization", token)], body).await;
        assert_eq!(answer.status.as_u16(), status, "{}", answer.text);
        assert!(answer.json()["todo"].as_str().is_some_and(|it| !it.is_empty()));
    }
}

/// Signs in and gives the cookies.
async fn sign_in(room: &Room, token: &str) -> Option<(String, String)> {
    let form = room.get("/login").await;
    let browser = form.cookie("rapporteur_browser").expect("a cookie");
    let body = format!("csrf={}&token={token}&to=%2Fstories", form.csrf());
    let answer = room.post("/login", &[FORM, ("cookie", &format!("rapporteur_browser={browser}"))], &body).await;
    let session = answer.cookie("rapporteur_session")?;
    let set = answer.headers.get_all("set-cookie").iter().find(|it| it.to_str().is_ok_and(|it| it.contains("session")));
    let set = set.and_then(|it| it.to_str().ok()).expect("a cookie");
    assert!(set.contains("HttpOnly") && set.contains("SameSite=Strict"), "{set}");
    assert_eq!(answer.header("location"), "/stories");
    Some((format!("rapporteur_browser={browser}; rapporteur_session={session}"), answer.text))
}

#[tokio::test]
async fn a_session_lasts_as_long_as_its_token() {
    let room = Room::new(true);
    let path = room.dir.path().join("tokens");
    let (_, shown) = tokens::add(&path, "Ines", Role::Reader).expect("a token");
    assert!(sign_in(&room, "rapporteur_wrong").await.is_none());
    let (cookies, _) = sign_in(&room, &shown).await.expect("lets in");
    let page = room.get_with("/", &[("cookie", &cookies)]).await;
    assert!(
        page.status == StatusCode::OK && page.text.contains("Ines") && !page.text.contains("<textarea"),
        "{}",
        page.text
    );
    // A reader's forms change nothing, whoever made them.
    let body = format!("csrf={}&text=x", page.csrf());
    let answer = room.post("/add", &[FORM, ("cookie", &cookies)], &body).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    // A cookie is no token for what changes the desk through the API.
    let json = ("content-type", "application/json");
    let answer = room.post("/api/v1/verify", &[json, ("cookie", &cookies)], r#"{"text":"x"}"#).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    assert_eq!(room.get_with("/api/v1/stories", &[("cookie", &cookies)]).await.status, StatusCode::OK);
    tokens::revoke(&path, "Ines").expect("revoked");
    std::fs::File::open(&path).and_then(|it| it.set_modified(std::time::SystemTime::UNIX_EPOCH)).expect("touched");
    assert_eq!(room.get_with("/", &[("cookie", &cookies)]).await.status, StatusCode::SEE_OTHER, "signed out");
}

#[tokio::test]
async fn signing_in_and_asking_have_a_rate() {
    let room = Room::new(true);
    let mut last = StatusCode::OK;
    for _ in 0..12 {
        let form = room.get("/login").await;
        let cookie = format!("rapporteur_browser={}", form.cookie("rapporteur_browser").expect("a cookie"));
        last = room.post("/login", &[FORM, ("cookie", &cookie)], &format!("csrf={}&token=x", form.csrf())).await.status;
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
    let ask = async || {
        let mut asked = request("GET", "/healthz", &[], Body::empty());
        asked.extensions_mut().insert(ConnectInfo(SocketAddr::from(([10, 0, 0, 9], 1))));
        room.ask(asked).await
    };
    let mut answers = Vec::new();
    for _ in 0..400 {
        answers.push(ask().await);
    }
    let refused = answers.iter().find(|it| it.status == StatusCode::TOO_MANY_REQUESTS).expect("refused at last");
    assert!(refused.header("retry-after").parse::<u32>().is_ok_and(|it| 0 < it));
    assert_eq!(answers[100].status, StatusCode::OK);
}

#[tokio::test]
async fn every_answer_keeps_to_itself() {
    let room = Room::filled().await;
    for path in ["/", "/nothing", "/api/v1/stories", "/api/v1/none", "/feed.atom", "/healthz"] {
        let answer = room.get(path).await;
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "same-origin"),
            ("x-frame-options", "DENY"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(answer.header(name), value, "{path}");
        }
        assert!(answer.header("content-security-policy").contains("frame-ancestors 'none'"), "{path}");
        assert!(answer.header("permissions-policy").contains("camera=()"), "{path}");
        assert_eq!(answer.header("x-request-id").len(), 16, "{path}");
    }
    let (one, other) = (room.get("/").await, room.get("/").await);
    assert_ne!(one.header("content-security-policy"), other.header("content-security-policy"), "a nonce is used once");
}

#[test]
fn beyond_this_machine_only_with_tokens() {
    let dir = tempfile::tempdir().expect("a folder");
    drop(rapporteur_desk::Desk::init(&dir.path().join("desk")).expect("a desk"));
    let setup = crate::Setup { desk: dir.path().join("desk"), ..Default::default() };
    let listen = SocketAddr::from(([0, 0, 0, 0], 0));
    let options = crate::Options { setup, listen, json_log: false, is_quiet: true };
    let told = crate::serve(options, |_| panic!("it must not listen")).expect_err("refused").to_string();
    assert!(told.contains("rapporteur token add"), "{told}");
}
