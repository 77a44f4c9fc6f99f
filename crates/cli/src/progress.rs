//! A progress bar on standard error, when somebody looks at it and the work takes long.

use std::sync::Mutex;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rapporteur::Progress;

/// A bar that shows itself only on a terminal.
pub(crate) struct Bar {
    bar: Mutex<Option<ProgressBar>>,
    quiet: bool,
}

impl Bar {
    pub(crate) fn new(quiet: bool) -> Bar {
        Bar { bar: Mutex::new(None), quiet }
    }

    /// Does something that writes to standard error, with the bar out of the way.
    pub(crate) fn while_hidden<T>(&self, f: impl FnOnce() -> T) -> T {
        let bar = self.bar.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clone();
        match bar {
            Some(bar) => bar.suspend(f),
            None => f(),
        }
    }

    fn with(&self, f: impl FnOnce(&mut Option<ProgressBar>)) {
        // A thread that died while holding the lock has left nothing half done here.
        f(&mut self.bar.lock().unwrap_or_else(std::sync::PoisonError::into_inner));
    }
}

impl Progress for Bar {
    fn start(&self, what: &'static str, total: usize) {
        if self.quiet || total < 8 {
            return;
        }
        let bar = ProgressBar::with_draw_target(Some(total as u64), ProgressDrawTarget::stderr());
        let style = ProgressStyle::with_template("{msg} {bar:32} {pos}/{len} {eta}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        bar.set_message(what);
        bar.enable_steady_tick(Duration::from_millis(200));
        self.with(|it| *it = Some(bar));
    }

    fn step(&self) {
        self.with(|it| {
            if let Some(bar) = it {
                bar.inc(1);
            }
        });
    }

    fn done(&self) {
        self.with(|it| {
            if let Some(bar) = it.take() {
                bar.finish_and_clear();
            }
        });
    }
}
