//! CPU time of this process, for a machine that does other things as well.

use std::time::Instant;

/// Started when work begins.
pub(crate) struct Clock {
    wall: Instant,
    cpu: Option<f64>,
}

impl Clock {
    pub(crate) fn start() -> Clock {
        Clock { wall: Instant::now(), cpu: cpu_seconds() }
    }

    /// Seconds since the start: CPU time where the system tells it, else wall time.
    pub(crate) fn seconds(&self) -> f64 {
        let cpu = cpu_seconds().zip(self.cpu).map(|(now, then)| now - then);
        cpu.unwrap_or_else(|| self.wall.elapsed().as_secs_f64()).max(1e-3)
    }
}

/// User and system time of all threads, in Linux's ticks of a hundredth of a second.
fn cpu_seconds() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    // The name of the program stands in brackets and may hold anything.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks: f64 = fields.get(11)?.parse::<f64>().ok()? + fields.get(12)?.parse::<f64>().ok()?;
    Some(ticks / 100.0)
}
