//! What is counted, in the text form of Prometheus.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Upper ends of the buckets, in seconds.
const BUCKETS: [f64; 10] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0];

/// Answers by route and status, and how long they took by route.
#[derive(Default)]
pub(crate) struct Metrics(Mutex<Counts>);

#[derive(Default)]
struct Counts {
    answers: BTreeMap<(String, u16), u64>,
    took: BTreeMap<String, ([u64; BUCKETS.len()], u64, f64)>,
}

impl Metrics {
    /// Counts an answer. Routes are patterns (`/stories/{id}`), so there are few.
    pub(crate) fn answered(&self, route: &str, status: u16, took: Duration) {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *counts.answers.entry((route.to_owned(), status)).or_default() += 1;
        let seconds = took.as_secs_f64();
        let (buckets, n, sum) = counts.took.entry(route.to_owned()).or_default();
        for (end, count) in BUCKETS.iter().zip(buckets) {
            *count += u64::from(seconds <= *end);
        }
        (*n, *sum) = (*n + 1, *sum + seconds);
    }

    /// All of it, with what the desk holds.
    pub(crate) fn text(&self, size: rapporteur_desk::Size, revision: i64) -> String {
        let mut out = String::new();
        let mut gauge = |name: &str, help: &str, value: i64| {
            let _ = write!(out, "# HELP {name} {help}\n# TYPE {name} gauge\n{name} {value}\n");
        };
        gauge("rapporteur_desk_stories", "Stories on the desk.", size.n_stories as i64);
        gauge("rapporteur_desk_reports", "Reports on the desk.", size.n_reports as i64);
        gauge("rapporteur_desk_facts", "Facts on the desk.", size.n_facts as i64);
        gauge("rapporteur_desk_revision", "Number of the desk's latest event.", revision);
        let counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        out.push_str("# HELP rapporteur_http_answers_total Answers by route and status.\n");
        out.push_str("# TYPE rapporteur_http_answers_total counter\n");
        for ((route, status), n) in &counts.answers {
            let _ = writeln!(out, "rapporteur_http_answers_total{{route=\"{route}\",status=\"{status}\"}} {n}");
        }
        out.push_str(
            "# HELP rapporteur_http_seconds How long answers took.\n# TYPE rapporteur_http_seconds histogram\n",
        );
        for (route, (buckets, n, sum)) in &counts.took {
            for (end, count) in BUCKETS.iter().zip(buckets) {
                let _ = writeln!(out, "rapporteur_http_seconds_bucket{{route=\"{route}\",le=\"{end}\"}} {count}");
            }
            let _ = writeln!(out, "rapporteur_http_seconds_bucket{{route=\"{route}\",le=\"+Inf\"}} {n}");
            let _ = writeln!(out, "rapporteur_http_seconds_sum{{route=\"{route}\"}} {sum}");
            let _ = writeln!(out, "rapporteur_http_seconds_count{{route=\"{route}\"}} {n}");
        }
        out
    }
}
