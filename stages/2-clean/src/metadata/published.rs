//! When it was published and last changed: what the container declares first, then stamps printed on the page.

use super::is_stamp_line;
use crate::{Piece, dates};
use jiff::civil::Date;
use rapporteur_lexicon::Lexicon;
use rapporteur_model::{Evidenced, Report, Role};

/// Declarations of the publication date, the most trusted first. A trailing `*` takes any class after it.
const PUBLISHED: &[&str] = &[
    "json:date", "front-matter:date", "feed:published", "newsml:created", "jsonld:datePublished",
    "article:published_time", "og:article:published_time", "og:published_time", "itemprop:datePublished",
    "rnews:datepublished", "meta:parsely-pub-date", "meta:article.published", "meta:published-date",
    "meta:publish_date", "meta:publish-date", "meta:publishdate", "meta:publication_date", "meta:publicationdate",
    "meta:pubdate", "meta:pub_date", "meta:datepublished", "meta:date_published", "meta:published_time",
    "meta:published", "meta:article_date_original", "meta:originalpublicationdate", "meta:sailthru.date",
    "meta:dc.date.issued", "meta:dcterms.date", "meta:dcterms.created", "meta:dc.date", "meta:dc.date.created",
    "meta:dcterms.issued", "dc:date", "cxenseparse:recs:publishtime", "meta:cxenseparse:recs:publishtime",
    "bt:pubdate", "meta:bt:pubdate", "article:published", "meta:citation_publication_date", "meta:citation_date",
    "meta:date", "meta:created", "meta:iptc:date", "meta:vr:published_time", "itemprop:dateCreated",
    "jsonld:dateCreated", "time:pubdate", "trackback:date", "jsonld-page:datePublished",
];

const MODIFIED: &[&str] = &[
    "json:date_modified", "feed:updated", "newsml:updated", "jsonld:dateModified", "article:modified_time",
    "og:updated_time", "itemprop:dateModified", "meta:last-modified", "meta:lastmod", "meta:modified",
    "meta:dcterms.modified", "meta:dc.date.modified", "meta:revised", "jsonld-page:dateModified",
];

type Found = Option<Evidenced<String>>;

pub(super) fn find(report: &Report, pieces: &[Piece], lexicon: &Lexicon) -> (Found, Found) {
    let (printed, changed) = stamps(report, pieces, lexicon);
    let stated = declared(report, PUBLISHED, lexicon).map(|it| at_the_place(it, printed.as_ref(), report, lexicon));
    let published = stated
        .or(printed)
        .or_else(|| time_element(report, pieces, lexicon))
        .or_else(|| in_status(report))
        .or_else(|| in_address(report));
    let modified = declared(report, MODIFIED, lexicon).or(changed);
    (published, modified)
}

/// Markup tells the moment in Greenwich; the page and its address the day where it was published, and that is the day
/// that "on Friday" in the text is counted from. Where they are one day apart, the day of the place is told.
fn at_the_place(
    stated: Evidenced<String>,
    printed: Option<&Evidenced<String>>,
    report: &Report,
    lexicon: &Lexicon,
) -> Evidenced<String> {
    let Some(instant) = dates::parse(&stated.value, lexicon).filter(dates::Instant::is_nowhere) else { return stated };
    let both = |it: &Evidenced<String>| format!("{}, {}", it.how, stated.how);
    if let Some(printed) = printed
        && let Some(there) = dates::parse(&printed.value, lexicon)
    {
        if let Some(local) = instant.at_the_place(&there) {
            return Evidenced { value: local.to_string(), how: both(printed), ..printed.clone() };
        }
        if there.days_after(&instant).abs() == 1 {
            return Evidenced { how: both(printed), ..printed.clone() };
        }
        return stated;
    }
    match in_address(report).and_then(|it| Some((dates::parse(&it.value, lexicon)?, it))) {
        Some((day, it)) if day.days_after(&instant).abs() == 1 => Evidenced { how: both(&it), ..it },
        _ => stated,
    }
}

fn declared(report: &Report, names: &[&str], lexicon: &Lexicon) -> Found {
    names.iter().find_map(|name| {
        let found = report.declared.iter().filter(|it| it.name == *name);
        found.into_iter().find_map(|it| {
            let instant = dates::parse(&it.value, lexicon)?;
            // The net is younger than 1990: an older day in a page's markup is a mistake. A row of data may be of any age.
            let fits = name.starts_with("json:") || instant.year() >= 1990;
            fits.then(|| Evidenced::declared(instant.to_string(), it.name.clone()))
        })
    })
}

// Words before a stamp that say it is of a change.
const CHANGED: &[&str] = &[
    "updated", "modified", "last update", "aktualisiert", "mis à jour", "actualizado", "atualizado", "aggiornato",
    "обновлено", "оновлено",
];

// Words over or before a stamp that say it is of something else.
const OTHER: &[&str] =
    &["joined", "member since", "registered", "born", "expires", "deadline", "valid until", "today is"];

/// Stamps printed near the title, those below it first: a day above it is often that of the visit. A line may hold both:
/// "Published 3 Feb 2031, updated 4 Feb 2031".
fn stamps(report: &Report, pieces: &[Piece], lexicon: &Lexicon) -> (Found, Found) {
    let text = report.text.as_str();
    let (mut published, mut modified): (Found, Found) = (None, None);
    let title = pieces.iter().position(|it| it.role == Role::Headline);
    let first_body = pieces.iter().position(|it| it.role == Role::Body);
    // How far above the title a stamp may stand when the page has one, in blocks.
    const ABOVE_MAX: usize = 4;
    const BELOW_MAX: usize = 12;
    let middle = title.unwrap_or(0);
    for ix in (middle..pieces.len()).chain((0..middle).rev()) {
        let piece = &pieces[ix];
        // Stamps in the middle of a body are a live blog's; in a list of links they are other reports'.
        let is_near = match (title, first_body) {
            (Some(title), _) if ix < title => title - ix <= ABOVE_MAX || piece.how == "first-line",
            (Some(title), _) => ix - title <= BELOW_MAX,
            (None, Some(body)) => ix <= body,
            (None, None) => ix <= BELOW_MAX,
        };
        if !matches!(piece.role, Role::Stamp | Role::Byline) || !is_near {
            continue;
        }
        let over = ix.checked_sub(1).map_or("", |it| pieces[it].span.of(text)).trim().to_lowercase();
        if OTHER.contains(&over.as_str()) || OTHER.iter().any(|it| piece.span.of(text).to_lowercase().starts_with(it)) {
            continue;
        }
        let line = piece.span.of(text);
        let mut at = 0;
        // Published, updated, and one to spare.
        const DATES_MAX: usize = 3;
        for _ in 0..DATES_MAX {
            let Some((instant, span)) = dates::find(&line[at..], lexicon) else { break };
            if piece.role == Role::Byline
                && !is_stamp_line(&line[at..], span)
                && !instant.has_time()
                && 120 < line.len()
            {
                break;
            }
            let label = line[at..at + span.start() as usize].to_lowercase();
            let place = span.shift(piece.span.start() + at as u32);
            let how = if piece.how == "first-line" { "first-line" } else { "stamp-line" };
            let found = Evidenced::at(instant.to_string(), place, how);
            let is_change = CHANGED.iter().any(|it| label.contains(it));
            let slot = if is_change { &mut modified } else { &mut published };
            slot.get_or_insert(found);
            at += span.end() as usize;
        }
    }
    (published, modified)
}

/// `<time datetime=…>`: the first one, when it is not one of many that say different days.
fn time_element(report: &Report, _pieces: &[Piece], lexicon: &Lexicon) -> Found {
    let times =
        report.declared.iter().filter(|it| it.name.starts_with("time:datetime") || it.name.starts_with("time:text"));
    let mut found: Vec<(String, String, bool)> = Vec::new();
    for it in times {
        let Some(instant) = dates::parse(&it.value, lexicon) else { continue };
        let small = it.name.to_lowercase();
        let is_published = ["publish", "pubdate", "entry-date", "post-date", "dateline", "timestamp", "article"]
            .iter()
            .any(|word| small.contains(word))
            && !small.contains("updated");
        found.push((instant.to_string(), it.name.clone(), is_published));
    }
    if let Some((value, name, _)) = found.iter().find(|it| it.2) {
        return Some(Evidenced::declared(value.clone(), name.clone()));
    }
    let first_day = found.first()?.0.get(..10)?.to_owned();
    let is_only = found.iter().all(|it| it.0.starts_with(&first_day)) || found.len() <= 2;
    is_only.then(|| Evidenced::declared(found[0].0.clone(), found[0].1.clone()))
}

/// The moment in the number of a post on X, formerly Twitter: its numbers ("snowflakes") begin with the milliseconds
/// since the epoch their makers published, 4 November 2010.
fn in_status(report: &Report) -> Found {
    const EPOCH_MILLIS: i64 = 1_288_834_974_657;
    const CLOCK_SHIFT: u32 = 22;
    let url = super::address(report)?;
    let rest = url.value.split_once("://")?.1;
    let (host, path) = rest.split_once('/')?;
    let is_site = matches!(host.trim_start_matches("www.").trim_start_matches("mobile."), "twitter.com" | "x.com");
    let digits = path.split_once("/status/")?.1;
    let digits = &digits[..digits.find(|it: char| !it.is_ascii_digit()).unwrap_or(digits.len())];
    let number: i64 = digits.parse().ok()?;
    let instant = dates::Instant::from_millis((number >> CLOCK_SHIFT) + EPOCH_MILLIS)?;
    // Posts before the change of November 2010 have running numbers.
    let is_snowflake = is_site && 29_700_000_000 < number;
    is_snowflake.then(|| Evidenced::declared(instant.to_string(), format!("{} (number of the post)", url.name)))
}

/// `/2031/02/03/` in the page's own address.
fn in_address(report: &Report) -> Found {
    let url = super::address(report)?;
    let parts: Vec<&str> = url.value.split(['/', '-', '_', '?', '.']).collect();
    let number = |it: &str| it.parse::<i8>().ok().filter(|_| it.len() == 2 && it.bytes().all(|it| it.is_ascii_digit()));
    let year = |it: &str| it.parse::<i16>().ok().filter(|year| it.len() == 4 && (1990..=2100).contains(year));
    let in_parts = parts.windows(3).find_map(|it| Date::new(year(it[0])?, number(it[1])?, number(it[2])?).ok());
    // `/20310203/`: eight digits alone between slashes.
    let in_one = || {
        url.value
            .split('/')
            .filter(|it| it.len() == 8 && it.is_ascii())
            .find_map(|it| Date::new(year(&it[..4])?, number(&it[4..6])?, number(&it[6..])?).ok())
    };
    let day = in_parts.or_else(in_one)?;
    Some(Evidenced::declared(day.to_string(), format!("{} (address)", url.name)))
}
