//! The anchor date of undated reports, from the dated reports beside them.
//!
//! "On Tuesday" in a report without a date can be placed only when something says when it was written. When the dated
//! reports of the run stand close together, the undated one most likely belongs to the same days: the anchor is then
//! their most frequent day, marked `other-reports` with a confidence below one. It is never the publication date.

use std::collections::BTreeMap;

use rapporteur_model::{AnchorDate, Article};

/// Dated reports must lie within so many days for the others to be placed beside them.
const SPREAD_DAYS_MAX: i32 = 4;

/// Gives undated articles the run's day, when the run has one.
pub(crate) fn share(articles: &mut [Article]) {
    let mut days: BTreeMap<String, usize> = BTreeMap::new();
    for article in articles.iter() {
        if let Some(anchor) = article.metadata.anchor.as_ref().filter(|it| it.confidence >= 0.5) {
            *days.entry(anchor.day.clone()).or_default() += 1;
        }
    }
    let (Some(first), Some(last)) = (days.keys().next(), days.keys().next_back()) else {
        return;
    };
    let (Some(from), Some(to)) = (day_number(first), day_number(last)) else {
        return;
    };
    if to - from > SPREAD_DAYS_MAX {
        return;
    }
    // Most frequent day; of equals the latest, since an undated rewrite follows what it rewrites.
    let Some((day, _)) = days.iter().max_by(|a, b| a.1.cmp(b.1).then_with(|| a.0.cmp(b.0))) else {
        return;
    };
    let n_dated: usize = days.values().sum();
    let confidence = if from == to && n_dated > 1 { 0.8 } else { 0.6 };
    for article in articles.iter_mut().filter(|it| it.metadata.anchor.is_none()) {
        let how = "other-reports".to_owned();
        article.metadata.anchor = Some(AnchorDate { day: day.clone(), how, confidence });
    }
}

/// Days since 1970-01-01 of `YYYY-MM-DD` (Howard Hinnant, "chrono-compatible low-level date algorithms").
fn day_number(day: &str) -> Option<i32> {
    let mut parts = day.splitn(3, '-');
    let year: i32 = parts.next()?.parse().ok()?;
    let month: i32 = parts.next()?.parse().ok()?;
    let day: i32 = parts.next()?.get(..2)?.parse().ok()?;
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year - era * 400;
    let day_of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    Some(era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(day: Option<&str>) -> Article {
        let mut article = Article::default();
        article.metadata.anchor =
            day.map(|it| AnchorDate { day: it.to_owned(), how: "published".to_owned(), confidence: 1.0 });
        article
    }

    #[test]
    fn an_undated_report_is_placed_beside_the_dated_ones() {
        let mut articles = [article(Some("2031-05-12")), article(None), article(Some("2031-05-12"))];
        share(&mut articles);
        let anchor = articles[1].metadata.anchor.as_ref().expect("placed");
        assert_eq!((anchor.day.as_str(), anchor.how.as_str()), ("2031-05-12", "other-reports"));
        assert!(articles[1].metadata.date_published.is_none(), "an anchor is not a publication date");
    }

    #[test]
    fn a_run_over_many_days_places_nobody() {
        let mut articles = [article(Some("2031-05-12")), article(None), article(Some("2031-06-12"))];
        share(&mut articles);
        assert!(articles[1].metadata.anchor.is_none());
    }

    #[test]
    fn days_are_counted() {
        assert_eq!(day_number("1970-01-01"), Some(0));
        assert_eq!(day_number("2031-05-12"), Some(22_411));
        assert_eq!(day_number("nonsense"), None);
    }
}
