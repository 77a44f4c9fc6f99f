//! What is stated for which day: expected, set, moved, held, called off, by the latest report that says so.

use rapporteur_model::{Act, Anchor, Claim, ClaimIx, Content, Realis, ScheduleEntry, ScheduleStatus, Stated};

use super::{origins, stated_day};
use crate::dates;
use crate::story::View;

pub(super) fn entries(view: &View<'_>, claims: &[Claim]) -> Vec<ScheduleEntry> {
    let mut entries: Vec<ScheduleEntry> = Vec::new();
    for (ix, claim) in claims.iter().enumerate() {
        let Content::Act(content) = &claim.content else { continue };
        let Some(date) = content.date.clone().filter(|it| dates::days(it).is_some()) else { continue };
        let mut history: Vec<Stated> = claim.support.iter().filter_map(|at| stated(view, &content.kind, *at)).collect();
        if history.is_empty() {
            continue;
        }
        history.sort_by(|one, other| (&one.told_on, one.at).cmp(&(&other.told_on, other.at)));
        let (status, date) = outcome(&history, date);
        entries.push(ScheduleEntry {
            date,
            status,
            claim: ClaimIx::from(ix),
            origins: origins(view, &claim.support),
            history,
        });
    }
    fold(view, claims, &mut entries);
    entries.sort_by(|one, other| {
        let first = |it: &ScheduleEntry| dates::days(&it.date).map_or((i32::MAX, i32::MAX), |it| (it.0, it.1 - it.0));
        (first(one), one.claim).cmp(&(first(other), other.claim))
    });
    entries
}

/// Claims that weighing keeps apart, since their mentions hang on different words, are one entry of an agenda when the same
/// parties do the same on the same day.
fn fold(view: &View<'_>, claims: &[Claim], entries: &mut Vec<ScheduleEntry>) {
    let mut kept: Vec<ScheduleEntry> = Vec::new();
    for entry in entries.drain(..) {
        let twin = kept
            .iter_mut()
            .find(|it| is_same(&claims[it.claim.ix()], &claims[entry.claim.ix()]) && it.date == entry.date);
        let Some(twin) = twin else {
            kept.push(entry);
            continue;
        };
        twin.history.extend(entry.history);
        twin.history.sort_by(|one, other| (&one.told_on, one.at).cmp(&(&other.told_on, other.at)));
        twin.status = outcome(&twin.history, twin.date.clone()).0;
        let places: Vec<Anchor> = twin.history.iter().map(|it| it.at).collect();
        twin.origins = origins(view, &places);
    }
    *entries = kept;
}

fn is_same(one: &Claim, other: &Claim) -> bool {
    let (Content::Act(one), Content::Act(other)) = (&one.content, &other.content) else { return false };
    let parties = |it: &rapporteur_model::ActContent| {
        let mut ids: Vec<String> = it.actors.iter().chain(&it.recipients).map(|it| it.id.clone()).collect();
        ids.sort();
        ids
    };
    let named = parties(one);
    one.kind == other.kind
        && one.mode == other.mode
        && !one.mode.is_empty()
        && !named.is_empty()
        && named == parties(other)
}

/// What a report says at a place: the act of the claim's kind that it tells there.
fn stated(view: &View<'_>, kind: &str, at: Anchor) -> Option<Stated> {
    let known = &view.report(at.report).annotations;
    let tells = |it: &&Act| it.kind == kind && (at.span.contains(it.trigger) || it.clause == at.span);
    let act = known.acts.iter().find(tells)?;
    let date = act.time.and_then(|it| known.times[it.ix()].value.clone()).filter(|it| dates::days(it).is_some());
    let realis = if act.positive { act.realis } else { Realis::Denied };
    Some(Stated { at, told_on: stated_day(view, at.report), realis, date })
}

/// How far it has come and for which day, by the latest report. A report without a day of its own never outdates another.
fn outcome(history: &[Stated], date: String) -> (ScheduleStatus, String) {
    let latest = history.iter().filter_map(|it| it.told_on.as_deref()).max();
    let last: Vec<&Stated> = history.iter().filter(|it| latest.is_none() || it.told_on.as_deref() == latest).collect();
    let has = |wanted: &[Realis]| last.iter().any(|it| wanted.contains(&it.realis));
    let status = if has(&[Realis::Happened, Realis::Ongoing]) {
        ScheduleStatus::Held
    } else if has(&[Realis::Scheduled]) {
        ScheduleStatus::Scheduled
    } else if has(&[Realis::Expected, Realis::General]) {
        ScheduleStatus::Expected
    } else if has(&[Realis::Denied]) {
        ScheduleStatus::CalledOff
    } else {
        ScheduleStatus::Asked
    };
    if status != ScheduleStatus::Scheduled && status != ScheduleStatus::Expected {
        return (status, date);
    }
    // Moved: an earlier report names another day, and the latest names one that cannot be the same.
    let Some(now) = last.iter().find_map(|it| it.date.clone()) else { return (status, date) };
    let earlier = history.iter().filter(|it| it.told_on.as_deref() < latest).filter_map(|it| it.date.as_deref());
    let was_other = earlier.map(|it| dates::compatible(Some(it), Some(&now))).any(|it| !it);
    if was_other { (ScheduleStatus::Moved, now) } else { (status, date) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rapporteur_model::{ReportIx, Span};

    fn stated(told_on: &str, realis: Realis, date: &str) -> Stated {
        Stated {
            at: Anchor::new(ReportIx(0), Span::new(0, 1)),
            told_on: Some(told_on.to_owned()),
            realis,
            date: Some(date.to_owned()),
        }
    }

    #[test]
    fn a_later_report_decides() {
        let set = stated("2031-05-10", Realis::Scheduled, "2031-05-15");
        let moved = stated("2031-05-12", Realis::Scheduled, "2031-05-18");
        let held = stated("2031-05-19", Realis::Happened, "2031-05-18");
        let off = stated("2031-05-16", Realis::Denied, "2031-05-15");
        let of =
            |list: &[&Stated]| outcome(&list.iter().map(|it| (*it).clone()).collect::<Vec<_>>(), "2031-05-15".into());
        assert_eq!(of(&[&set]), (ScheduleStatus::Scheduled, "2031-05-15".to_owned()));
        assert_eq!(of(&[&set, &moved]), (ScheduleStatus::Moved, "2031-05-18".to_owned()));
        assert_eq!(of(&[&set, &off]).0, ScheduleStatus::CalledOff);
        assert_eq!(of(&[&set, &moved, &held]).0, ScheduleStatus::Held);
    }
}
