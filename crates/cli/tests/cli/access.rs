//! The account for people who do not see it, or see it dimly, or have no mouse: names, roles, focus, contrast, by our own
//! means in a real browser. With `axe.min.js` at the path in `RAPPORTEUR_AXE`, axe-core checks it too.

use serde_json::{Value, json};

use rapporteur_testkit::browser::Browser;

use crate::browser::open_made;

const HARBOUR: &str = "examples/harbour-explosion-inquiry/reports";

/// What a screen reader or a keyboard would stumble over, a line each.
const STUMBLES: &str = r##"
const found = [], say = (what, it) => found.push(what + ": " + it.outerHTML.slice(0, 90));
const shown = it => it.getClientRects().length > 0;
const name = it => (it.getAttribute("aria-label") || it.textContent || it.title || "").trim();
const links = "a[href], button, input, select, textarea, [tabindex]:not([tabindex='-1'])";
if (!document.documentElement.lang) found.push("no language");
if (document.querySelectorAll("main").length !== 1) found.push("not one main part");
if (document.querySelectorAll("h1").length !== 1) found.push("not one heading of the page");
const ids = [...document.querySelectorAll("[id]")].map(it => it.id);
if (new Set(ids).size !== ids.length) found.push("an id stands twice");
for (const it of document.querySelectorAll("a[href], button, input, select")) {
  if (!name(it) && !document.querySelector("label[for='" + it.id + "']")) say("no name", it);
}
for (const it of document.querySelectorAll("[tabindex]")) if (it.tabIndex > 0) say("jumps the order of focus", it);
// A picture is one thing to a reader: what stands in it cannot be reached.
for (const it of document.querySelectorAll("[role=img], button, a[href]")) if (it.querySelector(links)) say("holds another to press", it);
for (const it of document.querySelectorAll("div[aria-label], span[aria-label]")) if (!it.getAttribute("role")) say("a name without a role", it);
for (const it of document.querySelectorAll("svg")) if (!name(it)) say("a picture without words", it);
for (const it of document.querySelectorAll("thead th")) if (it.scope !== "col") say("a head of nothing", it);
let level = 1;
for (const it of document.querySelectorAll("#parts h2, #parts h3, #reports h3")) {
  const own = +it.tagName[1];
  if (own > level + 1 && it.closest("#parts")) say("a level is left out", it);
  level = own;
}
for (const it of document.querySelectorAll("main *")) {
  const style = getComputedStyle(it), scrolls = /auto|scroll/.test(style.overflowY + style.overflowX);
  const moves = it.scrollHeight > it.clientHeight + 1 || it.scrollWidth > it.clientWidth + 1;
  if (shown(it) && scrolls && moves && it.tabIndex < 0 && !it.querySelector(links)) say("scrolls for a mouse alone", it);
}
const current = document.querySelectorAll("nav [aria-current]");
if (current.length !== 1) found.push(current.length + " parts are the current one");
return [...new Set(found)].slice(0, 9);
"##;

/// The lowest contrast of words with what is behind them (WCAG 2.1), with the words.
const CONTRAST: &str = r##"
const parse = it => it.match(/[\d.]+/g).map(Number);
const light = rgb => {
  const [r, g, b] = rgb.slice(0, 3).map(it => it / 255).map(it => it <= 0.04045 ? it / 12.92 : ((it + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const behind = it => {
  for (; it; it = it.parentElement) {
    const rgb = parse(getComputedStyle(it).backgroundColor);
    if (rgb.length < 4 || rgb[3] > 0) return rgb;
  }
  return [255, 255, 255];
};
let least = 99, where = "", n = 0;
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  const it = walker.currentNode.parentElement;
  if (!walker.currentNode.textContent.trim() || it.closest("script, style, dialog, .skip") || !it.getClientRects().length) continue;
  const style = getComputedStyle(it), colour = parse(it.closest("svg") ? style.fill : style.color);
  const [one, other] = [light(colour), light(behind(it))];
  const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  n += 1;
  if (ratio < least) { least = ratio; where = it.outerHTML.slice(0, 90); }
}
return [least, where, n];
"##;

#[test]
#[expect(clippy::print_stderr, reason = "a check that does not run says so")]
fn the_account_can_be_read_without_eyes_and_without_a_mouse() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let Some(browser) = Browser::find(dir.path()) else { return };
    let axe = std::env::var_os("RAPPORTEUR_AXE").map(|it| std::fs::read_to_string(it).expect("axe can be read"));
    if axe.is_none() {
        eprintln!("not run: axe-core; set RAPPORTEUR_AXE to its axe.min.js");
    }
    for style in ["prose", "bullets", "table"] {
        let page = dir.path().join(format!("{style}.html"));
        open_made(&browser, &["brief", "-q", "--main", "--style", style, HARBOUR], &page);
        for scheme in ["light", "dark"] {
            browser.prefer(scheme);
            let parts = browser.script("return [...document.querySelectorAll('nav a')].map(it => it.hash)");
            for part in parts.as_array().expect("parts") {
                browser.script(&format!("document.querySelector(`nav a[href='${{{part}}}']`).click()"));
                let stumbles = browser.script(STUMBLES);
                assert_eq!(stumbles, json!([]), "{style}, {scheme}, {part}");
                let contrast = browser.script(CONTRAST);
                assert!(contrast[2].as_u64() > Some(50), "no words were seen: {contrast}");
                // The ratio that the guidelines ask of text of this size.
                assert!(contrast[0].as_f64() >= Some(4.5), "{style}, {scheme}, {part}: {contrast}");
                if let Some(axe) = &axe {
                    assert_eq!(violations(&browser, axe), json!([]), "{style}, {scheme}, {part}");
                }
            }
        }
    }
}

/// The serious findings of axe-core, which is put into the page.
fn violations(browser: &Browser, axe: &str) -> Value {
    browser.script(&format!("if (!window.axe) {{ {axe} }} return 0"));
    browser.script(
        "return axe.run(document, { resultTypes: ['violations'] }).then(found => found.violations\
         .filter(it => ['serious', 'critical'].includes(it.impact)).map(it => it.id + ': ' + it.nodes[0].html.slice(0, 90)))",
    )
}
