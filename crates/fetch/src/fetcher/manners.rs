//! Before and after an exchange: the pace of a host, its robots.txt, what its answers mean for the next time.

use std::time::Duration;

use reqwest::StatusCode;
use reqwest::header::{self, HeaderMap};

use super::{Answer, FOLLOWED, Fetcher, Outcome, Request, failed};
use crate::clock::{millis, stamp};
use crate::hosts::retry_after;
use crate::robots::Robots;
use crate::settings::{ROBOTS_AGE_MAX, ROBOTS_BYTES_MAX, ROBOTS_RETRY};
use crate::target::{Bar, Target, next_hop};

impl Fetcher {
    /// Waits until the host may be asked, where that is soon.
    pub(super) fn keep_pace(&self, host: &str) -> Result<(), Outcome> {
        let now = self.clock.now();
        let (wait, why) = self.book().wait(host, now);
        if self.settings.wait_max < wait {
            let until = stamp(now.saturating_add(millis(wait)));
            let why = why.unwrap_or_else(|| "that is its pace".to_owned());
            let reason = format!("{host} is left alone until {until}: {why}");
            return Err(Outcome::Failed { reason, retry_after: Some(wait) });
        }
        if !wait.is_zero() {
            self.clock.sleep(wait);
        }
        self.book().asked(host, self.clock.now(), &self.settings);
        Ok(())
    }

    /// What the status says; what it means for the host.
    pub(super) fn judged(&self, target: &Target, answer: Answer) -> Result<Answer, Outcome> {
        let status = answer.status;
        let now = self.clock.now();
        if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS {
            let asked = answer.text(&header::RETRY_AFTER).and_then(|it| retry_after(&it, now));
            let pause = self.book().failed(&target.host, now, asked, &self.settings);
            return Err(Outcome::Failed { reason: format!("answers {status}"), retry_after: Some(pause) });
        }
        self.book().went_well(&target.host);
        match status {
            StatusCode::OK | StatusCode::NON_AUTHORITATIVE_INFORMATION | StatusCode::NOT_MODIFIED => Ok(answer),
            _ if FOLLOWED.contains(&status) => Ok(answer),
            StatusCode::GONE => Err(Outcome::Refused("is gone for good, the server says (410)".to_owned())),
            _ => Err(failed(format!("answers {status}"))),
        }
    }

    /// Sees to robots.txt: fetched once a day for each site, at the addresses that were checked for the page.
    pub(super) fn heed_robots(&self, target: &Target) -> Result<(), Outcome> {
        let origin = target.url.origin().ascii_serialization();
        if self.book().robots(&origin, self.clock.now()).is_none() {
            self.keep_pace(&target.host)?;
            let (robots, missing) = self.robots(target);
            let age = if missing.is_some() { ROBOTS_RETRY } else { ROBOTS_AGE_MAX };
            let until = self.clock.now().saturating_add(millis(age));
            self.book().keep_robots(origin.clone(), &target.host, robots, until, missing);
        }
        let path = match target.url.query() {
            Some(query) => format!("{}?{query}", target.url.path()),
            None => target.url.path().to_owned(),
        };
        match self.book().robots(&origin, self.clock.now()) {
            Some((robots, _)) if robots.allows(&path) => Ok(()),
            // Without the rules, nothing may be asked (RFC 9309, 2.3.1.4), but that may change.
            Some((_, Some(why))) => Err(failed(format!("{origin}/robots.txt cannot be had: {why}"))),
            _ => Err(Outcome::Refused(format!("{origin}/robots.txt does not allow it"))),
        }
    }

    /// The site's rules; with a reason where they could not be had.
    fn robots(&self, page: &Target) -> (Robots, Option<String>) {
        let mut target = page.clone();
        target.url.set_path("/robots.txt");
        target.url.set_query(None);
        let agent = self.settings.user_agent.split('/').next().unwrap_or_default();
        let request =
            Request { post: None, headers: HeaderMap::new(), media: &[], bytes_max: ROBOTS_BYTES_MAX, cut: true };
        let mut left = self.settings.total_time;
        for _ in 0..=self.settings.redirects_max {
            let step = |left: &mut Duration| -> Result<Answer, Outcome> {
                let answer = self.timed(left, |time| self.exchange(&target, &request, time))?;
                self.book().asked(&target.host, self.clock.now(), &self.settings);
                Ok(answer)
            };
            let answer = match step(&mut left) {
                Ok(it) => it,
                Err(it) => return (Robots::nothing(), Some(it.reason())),
            };
            let status = answer.status;
            if status.is_success() {
                return (Robots::of(&String::from_utf8_lossy(&answer.body), agent), None);
            }
            if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS {
                return (Robots::nothing(), Some(format!("answers {status}")));
            }
            // None there, or a way that leads nowhere: all may be asked.
            if !FOLLOWED.contains(&status) {
                return (Robots::default(), None);
            }
            let Some(location) = answer.text(&header::LOCATION) else { return (Robots::default(), None) };
            let next = next_hop(&target.url, &location).map_err(Bar::Refused);
            let next = next.and_then(|it| Target::of_url(it, Some(page.zone), &self.settings, &*self.resolver));
            match next {
                Ok(next) => target = next,
                Err(it) => return (Robots::nothing(), Some(Outcome::from(it).reason())),
            }
        }
        (Robots::default(), None)
    }
}
