//! A real browser, through its driver (the W3C WebDriver protocol on loopback).
//!
//! Tests with it run where `chromium` and `chromedriver` are installed; elsewhere they say that they did not, unless
//! `RAPPORTEUR_BROWSER=1` makes that a failure (as in CI).

#![expect(clippy::missing_panics_doc, reason = "tests panic")]

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};

/// A browser with its driver; both end with it.
pub struct Browser {
    driver: Child,
    base: String,
    session: String,
    agent: ureq::Agent,
}

impl Browser {
    /// A browser with its profile in `folder`; `None`, and a line that says so, where none is installed. A machine that
    /// must have one sets `RAPPORTEUR_BROWSER`.
    #[expect(clippy::print_stderr, reason = "a test that does not run says so")]
    pub fn find(folder: &Path) -> Option<Browser> {
        let found = Browser::start(&folder.join("profile"));
        if found.is_none() {
            assert!(std::env::var_os("RAPPORTEUR_BROWSER").is_none(), "no chromium or chromedriver here");
            eprintln!("not run: no chromium or chromedriver here");
        }
        found
    }

    /// A narrow screen does not scroll sideways, and the browser has nothing to complain of.
    pub fn holds_on_a_narrow_screen(&self) {
        self.narrow(380);
        let width = self.script("return document.documentElement.scrollWidth");
        assert_eq!(width, json!(380), "a narrow page scrolls sideways");
        let complaints = self.complaints();
        assert!(complaints.is_empty(), "{complaints:?}");
    }

    /// Starts the driver on a free port and a browser with an empty profile. `None` where there is none.
    fn start(profile: &Path) -> Option<Browser> {
        let mut driver =
            Command::new("chromedriver").arg("--port=0").stdout(Stdio::piped()).stderr(Stdio::null()).spawn().ok()?;
        let out = driver.stdout.take()?;
        let mut port = None;
        for line in BufReader::new(out).lines().map_while(Result::ok) {
            if let Some((_, tail)) = line.split_once("started successfully on port ") {
                port = tail.trim_end_matches('.').parse::<u16>().ok();
                break;
            }
        }
        let base = format!("http://127.0.0.1:{}", port?);
        let agent: ureq::Agent = ureq::Agent::config_builder().proxy(None).http_status_as_error(false).build().into();
        let mut browser = Browser { driver, base, session: String::new(), agent };
        let args = [
            "--headless=new".to_owned(),
            "--no-sandbox".to_owned(),
            "--disable-gpu".to_owned(),
            "--no-first-run".to_owned(),
            "--disable-background-networking".to_owned(),
            "--disable-component-update".to_owned(),
            "--disable-sync".to_owned(),
            "--window-size=1280,900".to_owned(),
            format!("--user-data-dir={}", profile.display()),
        ];
        let wanted = json!({"capabilities": {"alwaysMatch": {
            "goog:chromeOptions": {"args": args},
            "goog:loggingPrefs": {"browser": "ALL"},
        }}});
        let made = browser.post("/session", &wanted);
        browser.session = made["sessionId"].as_str()?.to_owned();
        Some(browser)
    }

    fn post(&self, path: &str, body: &Value) -> Value {
        let url = format!("{}{path}", self.base);
        let mut answer = self.agent.post(&url).send_json(body).expect("the driver answers");
        let value: Value = answer.body_mut().read_json().expect("the driver answers in JSON");
        value["value"].clone()
    }

    /// Runs a script in the page and gives what it returns.
    pub fn script(&self, script: &str) -> Value {
        self.post(&format!("/session/{}/execute/sync", self.session), &json!({"script": script, "args": []}))
    }

    /// Opens an address.
    pub fn open(&self, url: &str) {
        self.post(&format!("/session/{}/url", self.session), &json!({"url": url}));
    }

    /// Presses one key in the page.
    pub fn key(&self, key: &str) {
        let actions = json!({"actions": [{"type": "key", "id": "keys",
            "actions": [{"type": "keyDown", "value": key}, {"type": "keyUp", "value": key}]}]});
        self.post(&format!("/session/{}/actions", self.session), &actions);
    }

    /// Shows the page as on a small screen.
    pub fn narrow(&self, width: u32) {
        let params = json!({"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": true});
        let command = json!({"cmd": "Emulation.setDeviceMetricsOverride", "params": params});
        self.post(&format!("/session/{}/goog/cdp/execute", self.session), &command);
    }

    /// Shows the page in the `light` or in the `dark`.
    pub fn prefer(&self, scheme: &str) {
        let params = json!({"features": [{"name": "prefers-color-scheme", "value": scheme}]});
        let command = json!({"cmd": "Emulation.setEmulatedMedia", "params": params});
        self.post(&format!("/session/{}/goog/cdp/execute", self.session), &command);
    }

    /// Lets scripts of pages run, or not.
    pub fn scripts(&self, run: bool) {
        let command = json!({"cmd": "Emulation.setScriptExecutionDisabled", "params": {"value": !run}});
        self.post(&format!("/session/{}/goog/cdp/execute", self.session), &command);
    }

    /// Writes into the field that has the focus.
    pub fn write(&self, text: &str) {
        text.chars().for_each(|it| self.key(&it.to_string()));
    }

    /// Waits until a script returns true; whether it did within five seconds.
    pub fn waits_for(&self, script: &str) -> bool {
        for _ in 0..100 {
            if self.script(script) == json!(true) {
                return true;
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        false
    }

    /// What the browser complains about.
    pub fn complaints(&self) -> Vec<String> {
        let log = self.post(&format!("/session/{}/se/log", self.session), &json!({"type": "browser"}));
        log.as_array().into_iter().flatten().map(|it| it["message"].to_string()).collect()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if !self.session.is_empty() {
            let _ = self.agent.delete(&format!("{}/session/{}", self.base, self.session)).call();
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}
