//! The page in a real browser; see [`rapporteur_testkit::browser`] for where these tests run.

use std::path::Path;

use rapporteur_testkit::browser::Browser;
use serde_json::json;

use crate::stdout;

/// Opens the page that a command writes to a file.
pub(crate) fn open_made(browser: &Browser, args: &[&str], page: &Path) {
    let page = page.to_string_lossy();
    stdout(&[args, &["-o", &page]].concat());
    browser.open(&format!("file://{page}"));
}

#[test]
fn the_page_lights_the_words_behind_a_sentence() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let Some(browser) = Browser::find(dir.path()) else { return };
    let page = dir.path().join("account.html");
    open_made(&browser, &["brief", "examples/lake-ferry-talks/reports", "--main"], &page);

    // Every chip leads to words in a report.
    let dead = browser.script(
        "return [...document.querySelectorAll('.chip')].filter(it => !document.getElementById(it.hash.slice(1))).length",
    );
    assert_eq!(dead, json!(0), "a citation leads nowhere");
    let n_chips = browser.script("return document.querySelectorAll('.chip').length");
    assert!(n_chips.as_u64() > Some(5), "{n_chips}");

    // A click on a sentence lights its words, in as many reports as it cites.
    let lit = browser.script(
        "const it = [...document.querySelectorAll('.s')].find(it => it.querySelectorAll('.chip').length > 1) || document.querySelector('.s');\
         it.click();\
         const reports = new Set([...document.querySelectorAll('mark.on')].map(it => it.closest('article').id));\
         const cited = new Set([...it.querySelectorAll('.chip')].map(it => it.textContent));\
         return [reports.size, cited.size]",
    );
    assert_eq!(lit[0], lit[1], "lit reports against cited reports");

    // Keys walk through the brief.
    browser.script("document.body.focus()");
    browser.key("\u{e00c}"); // Escape
    assert_eq!(browser.script("return document.querySelectorAll('.on').length"), json!(0));
    browser.key("j");
    assert_eq!(browser.script("return document.querySelectorAll('.s.on').length"), json!(1));

    // Without scripts a citation is a link whose target lights up.
    let target = browser.script(
        "location.hash = document.querySelector('.chip').hash;\
         const mark = document.querySelector('mark:has(:target)');\
         return mark !== null && getComputedStyle(mark).backgroundColor !== 'rgba(0, 0, 0, 0)'",
    );
    assert_eq!(target, json!(true), "a link does not light its words");

    browser.holds_on_a_narrow_screen();
}

#[test]
fn the_account_has_a_part_for_each_ledger() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let Some(browser) = Browser::find(dir.path()) else { return };
    let page = dir.path().join("account.html");
    open_made(&browser, &["brief", "-q", "examples/harbour-explosion-inquiry/reports", "--main"], &page);
    let wrong = browser.script(
        "const ids = [...document.querySelectorAll('[id]')].map(it => it.id), once = new Set(ids);\
         const dead = [...document.querySelectorAll('a[href]')].map(it => it.getAttribute('href').slice(1)).filter(it => !once.has(it));\
         return [ids.length - once.size, dead.length]",
    );
    assert_eq!(wrong, json!([0, 0]), "ids that stand twice, links that lead nowhere");

    // One part is shown at a time; a digit chooses it.
    let shown = || {
        browser.script(
            "return [...document.querySelectorAll('#parts > section')].filter(it => it.offsetParent).map(it => it.id)",
        )
    };
    assert_eq!(shown(), json!(["brief"]));
    browser.key("2");
    assert_eq!(shown(), json!(["facts"]));

    // The filter narrows the facts and says how many are left.
    let filtered = browser.script(
        "const rows = () => [...document.querySelectorAll('#facts tr.s')].filter(it => it.offsetParent).length, all = rows();\
         const filter = document.getElementById('filter');\
         filter.value = 'inquiry'; filter.dispatchEvent(new Event('input'));\
         const few = rows(), told = document.getElementById('shown').textContent;\
         filter.value = ''; filter.dispatchEvent(new Event('input'));\
         return [0 < few, few < all, told === few + ' shown', rows() === all]",
    );
    assert_eq!(filtered, json!([true, true, true, true]));

    // A dot of the timeline leads to its row and lights its words.
    browser.script("location.hash = document.querySelector('#time svg a').getAttribute('href')");
    let lit = || {
        browser.script("return [document.querySelectorAll('#time tr.s.on').length, 0 < document.querySelectorAll('mark.on').length]")
    };
    let mut seen = lit();
    for _ in 0..20 {
        if seen == json!([1, true]) {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
        seen = lit();
    }
    assert_eq!((shown(), seen), (json!(["time"]), json!([1, true])));

    // Help opens and closes.
    browser.key("?");
    assert_eq!(browser.script("return document.getElementById('keys').open"), json!(true));
    browser.key("\u{e00c}");
    assert_eq!(browser.script("return document.getElementById('keys').open"), json!(false));
    browser.holds_on_a_narrow_screen();
}

#[test]
fn the_page_of_what_was_read_works_without_scripts() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let Some(browser) = Browser::find(dir.path()) else { return };
    let evil = "<!doctype html><title>Pier &lt;script&gt;document.title='x'&lt;/script&gt;</title>\
        <meta name=author content='\"><img src=x onerror=\"document.title=1\">'><h1>The pier is shut</h1>\
        <p>The harbour office shut the old pier on Monday after a plank broke under a walker, it said.</p>";
    std::fs::write(dir.path().join("evil.html"), evil).expect("can be written");
    let page = dir.path().join("read.html");
    let evil = dir.path().join("evil.html").to_string_lossy().into_owned();
    open_made(&browser, &["read", "examples/lake-ferry-talks/reports", &evil, "--html"], &page);

    let count = |what: &str| browser.script(&format!("return document.querySelectorAll({what:?}).length"));
    assert_eq!(count("article"), json!(8));
    assert_eq!(count("script, img, link, iframe, [onerror], [onload]"), json!(0), "markup came through");
    let dead = browser.script(
        "return [...document.querySelectorAll('a[href]')].filter(it => !document.getElementById(it.hash.slice(1))).length",
    );
    assert_eq!(dead, json!(0), "a link leads nowhere");

    // A link of the table lights its words, which are the words it shows.
    let lit = browser.script(
        "const link = document.querySelector('td a[href]');\
         link.click();\
         const mark = document.querySelector('mark:has(:target)');\
         return mark !== null && getComputedStyle(mark).backgroundColor !== 'rgba(0, 0, 0, 0)'\
             && mark.textContent.startsWith(link.textContent.slice(0, 12))",
    );
    assert_eq!(lit, json!(true), "evidence does not light up");

    // What is dimmed can still be read: WCAG asks for a contrast of 4.5 to 1 (here of grey on the card).
    let contrast = browser.script(
        "const light = it => { const [r, g, b] = it.match(/[\\d.]+/g).slice(0, 3).map(it => it / 255)\
             .map(it => it <= .03928 ? it / 12.92 : ((it + .055) / 1.055) ** 2.4);\
             return .2126 * r + .7152 * g + .0722 * b + .05 };\
         const card = light(getComputedStyle(document.querySelector('article')).backgroundColor);\
         const colours = [...document.querySelectorAll('.dim .words, .side, .side b, .legend b, td, th')]\
             .map(it => light(getComputedStyle(it).color));\
         return Math.min(...colours.map(it => Math.max(it, card) / Math.min(it, card)))",
    );
    assert!(contrast.as_f64().is_some_and(|it| 4.5 <= it), "contrast {contrast}");

    browser.holds_on_a_narrow_screen();
}

#[test]
fn the_page_of_what_was_found_leads_from_words_to_entries_and_back() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let Some(browser) = Browser::find(dir.path()) else { return };
    let page = dir.path().join("annotated.html");
    open_made(&browser, &["annotate", "examples/lake-ferry-talks/reports", "--html"], &page);

    let count = |what: &str| browser.script(&format!("return document.querySelectorAll({what:?}).length"));
    assert_eq!(count("article"), json!(7));
    assert_eq!(
        count("script:not(body > script), img, link, iframe, [onerror], [onload]"),
        json!(0),
        "markup came through"
    );
    let wrong = browser.script(
        "const ids = [...document.querySelectorAll('[id]')].map(it => it.id), once = new Set(ids);\
         const dead = [...document.querySelectorAll('a[href]')].filter(it => !once.has(it.hash.slice(1)));\
         return [ids.length - once.size, dead.length]",
    );
    assert_eq!(wrong, json!([0, 0]), "ids that stand twice, links that lead nowhere");

    // The words that an entry shows are the words it leads to.
    let strayed = browser.script(
        "const short = it => it.textContent.replace(/\\s+/g, ' ').trim().slice(0, 4);\
         return [...document.querySelectorAll('.entry .words a, .entry .cue a')].filter(it => {\
             const piece = document.getElementById(it.hash.slice(1)).closest('.w').cloneNode(true);\
             piece.querySelectorAll('.n').forEach(it => it.remove());\
             const [a, b] = [short(it), short(piece)];\
             return !a.startsWith(b) && !b.startsWith(a);\
         }).map(it => it.textContent)",
    );
    assert_eq!(strayed, json!([]), "an entry leads to other words");

    // Source, cue and content light up together: under the pointer, and as the target of a link.
    let lit = browser.script(
        "const entry = [...document.querySelectorAll('.list.q .entry')].find(it => it.querySelector('.said') && it.querySelector('.cue'));\
         const key = entry.dataset.k, article = entry.closest('article');\
         const parts = () => ['qs', 'qc', 'qk'].filter(it => article.querySelector('.w.on.' + it + '[data-k~=' + key + ']')).length;\
         const plain = getComputedStyle(article.querySelector('.w.qc[data-k~=' + key + ']')).backgroundColor;\
         entry.dispatchEvent(new PointerEvent('pointerover', { bubbles: true }));\
         const from_entry = parts();\
         document.querySelector('h1').dispatchEvent(new PointerEvent('pointerover', { bubbles: true }));\
         const from_nothing = parts();\
         article.querySelector('.w.qc[data-k~=' + key + ']').dispatchEvent(new PointerEvent('pointerover', { bubbles: true }));\
         const from_cue = [parts(), entry.classList.contains('on')];\
         const lit = getComputedStyle(article.querySelector('.w.qc[data-k~=' + key + ']')).backgroundColor;\
         return [from_entry, from_nothing, from_cue, plain === lit]",
    );
    assert_eq!(lit, json!([3, 0, [3, true], false]), "an attribution does not light up as one");

    // A layer that is switched off leaves the text and the lists; no script is needed for it.
    let hidden = browser.script(
        "const shown = () => [getComputedStyle(document.querySelector('.list.t')).display, getComputedStyle(document.querySelector('.w.t')).backgroundImage];\
         const before = shown();\
         document.getElementById('show-t').click();\
         const after = shown();\
         document.getElementById('show-t').click();\
         return [before[0], after[0], before[1] === after[1]]",
    );
    assert_eq!(hidden, json!(["block", "none", false]), "a layer cannot be switched off");

    // WCAG asks for a contrast of 4.5 to 1, in the light and in the dark.
    for scheme in ["light", "dark"] {
        browser.prefer(scheme);
        let worst = browser.script(
            "const light = it => { const [r, g, b] = it.match(/[\\d.]+/g).slice(0, 3).map(it => it / 255)\
                 .map(it => it <= .03928 ? it / 12.92 : ((it + .055) / 1.055) ** 2.4);\
                 return .2126 * r + .7152 * g + .0722 * b + .05 };\
             const ground = it => { const own = getComputedStyle(it).backgroundColor;\
                 return own !== 'rgba(0, 0, 0, 0)' || !it.parentElement ? own : ground(it.parentElement) };\
             let worst = [99, ''];\
             for (const it of document.querySelectorAll('.w, .n, .l, .side, .run, .entry, .entry *, .meta, .key, .sw')) {\
                 const [a, b] = [light(getComputedStyle(it).color), light(ground(it))];\
                 const contrast = Math.max(a, b) / Math.min(a, b);\
                 if (contrast < worst[0]) worst = [contrast, it.outerHTML.slice(0, 200)];\
             }\
             return worst",
        );
        assert!(worst[0].as_f64().is_some_and(|it| 4.5 <= it), "{scheme}: contrast {worst}");
    }

    browser.holds_on_a_narrow_screen();
}
