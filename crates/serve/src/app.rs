//! What all requests share: handles on the desk, the engine, who may come in, and what is counted.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rapporteur::{Rapporteur, Settings};
use rapporteur_desk::{Desk, Error as DeskError, Kind};
use tokio::sync::{Semaphore, watch};

use crate::guard::limits::Limiter;
use crate::guard::secret::Secret;
use crate::guard::session::Sessions;
use crate::metrics::Metrics;
use crate::tokens::Tokens;

/// Handles that read at the same time; each holds records in memory, so more of them cost more than they give.
const READERS_MAX: usize = 4;

/// The state of the program, shared by all requests.
#[derive(Clone)]
pub struct App(Arc<Inner>);

#[doc(hidden)]
pub struct Inner {
    folder: PathBuf,
    settings: Settings,
    idle: Mutex<Vec<Desk>>,
    readers: Semaphore,
    writer: Mutex<Option<Desk>>,
    /// One at a time comes to the writer; the others wait without holding a thread.
    turn: Semaphore,
    engine: OnceLock<Result<Rapporteur, String>>,
    pub(crate) key: Secret,
    pub(crate) tokens: Option<Tokens>,
    pub(crate) sessions: Sessions,
    pub(crate) limiter: Limiter,
    pub(crate) metrics: Metrics,
    /// Whether only this machine can reach the program.
    pub(crate) is_loopback: bool,
    /// Who decides where nobody signs in.
    pub(crate) who: String,
    /// The number of the desk's latest event, for live pages; `i64::MAX` when the program ends.
    pub(crate) latest: watch::Sender<i64>,
    pub(crate) streams: Arc<Semaphore>,
}

impl std::ops::Deref for App {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

/// How the state is made.
#[derive(Debug, Clone, Default)]
pub struct Setup {
    /// The desk's folder.
    pub desk: PathBuf,
    /// How reports are read and annotated when some are added.
    pub settings: Settings,
    /// The file of tokens; without one everybody who reaches the program may do everything.
    pub tokens: Option<PathBuf>,
    /// Whether only this machine can reach it.
    pub is_loopback: bool,
    /// Who decides where nobody signs in.
    pub who: String,
}

/// Live pages that are open at the same time, in all.
const STREAMS_MAX: usize = 128;

impl App {
    /// Opens the desk. An error names what is wrong with it.
    pub fn open(setup: Setup) -> Result<App, crate::Error> {
        // A desk on a read-only disk can still be read.
        let writer = match Desk::open(&setup.desk) {
            Err(error) if error.kind() == Kind::ReadOnly => None,
            opened => Some(opened?),
        };
        let reader = Desk::open_to_read(&setup.desk)?;
        let latest = reader.revision()?;
        let tokens = setup.tokens.as_deref().map(Tokens::open).transpose()?;
        Ok(App(Arc::new(Inner {
            folder: setup.desk,
            settings: setup.settings,
            idle: Mutex::new(vec![reader]),
            readers: Semaphore::new(READERS_MAX),
            writer: Mutex::new(writer),
            turn: Semaphore::new(1),
            engine: OnceLock::new(),
            key: Secret::new()?,
            tokens,
            sessions: Sessions::default(),
            limiter: Limiter::default(),
            metrics: Metrics::default(),
            is_loopback: setup.is_loopback,
            who: setup.who,
            latest: watch::Sender::new(latest),
            streams: Arc::new(Semaphore::new(STREAMS_MAX)),
        })))
    }

    /// Asks the desk on this thread, which may wait; all answers are of one moment.
    pub(crate) fn read_now<T>(&self, ask: impl FnOnce(&Desk) -> Result<T, Failed>) -> Result<T, Failed> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let desk = match idle {
            Some(desk) => desk,
            None => Desk::open_to_read(&self.folder)?,
        };
        let mut answer = None;
        let done = desk.at_once(|desk| {
            answer = Some(ask(desk));
            Ok(())
        });
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(desk);
        done?;
        answer.unwrap_or(Err(Failed::Panicked))
    }

    /// Asks the desk, on a thread that may wait for the disk; all answers are of one moment.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&Desk) -> Result<T, DeskError> + Send + 'static,
    ) -> Result<T, Failed> {
        let Ok(_permit) = self.readers.acquire().await else { return Err(Failed::Stopped) };
        let app = self.clone();
        let asked = tokio::task::spawn_blocking(move || app.read_now(|desk| Ok(ask(desk)?)));
        asked.await.unwrap_or(Err(Failed::Panicked))
    }

    /// Changes the desk, one at a time. The engine is there when it is `needed`.
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        change: impl FnOnce(&mut Desk, &App) -> Result<T, Failed> + Send + 'static,
    ) -> Result<T, Failed> {
        let Ok(_permit) = self.turn.acquire().await else { return Err(Failed::Stopped) };
        let app = self.clone();
        let done = tokio::task::spawn_blocking(move || {
            let mut writer = app.writer.lock().unwrap_or_else(PoisonError::into_inner);
            let Some(desk) = writer.as_mut() else { return Err(Failed::ReadOnly) };
            let done = change(desk, &app);
            if let Ok(latest) = desk.revision() {
                app.latest.send_if_modified(|it| std::mem::replace(it, latest.max(*it)) != latest);
            }
            done
        });
        done.await.unwrap_or(Err(Failed::Panicked))
    }

    /// Works on something with the engine, without the desk.
    pub(crate) async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce(&App) -> Result<T, Failed> + Send + 'static,
    ) -> Result<T, Failed> {
        let Ok(_permit) = self.readers.acquire().await else { return Err(Failed::Stopped) };
        let app = self.clone();
        tokio::task::spawn_blocking(move || work(&app)).await.unwrap_or(Err(Failed::Panicked))
    }

    /// The engine; opened by whoever needs it first, which takes a moment. Only on a thread that may wait.
    pub(crate) fn engine(&self) -> Result<&Rapporteur, Failed> {
        let open = || {
            Rapporteur::open(&self.settings, &mut |line| tracing::info!("{line}")).map_err(|error| error.to_string())
        };
        self.engine.get_or_init(open).as_ref().map_err(|error| Failed::Engine(error.clone()))
    }
}

/// Why the desk gave no answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failed {
    #[error(transparent)]
    Desk(#[from] DeskError),
    #[error("the program is stopping")]
    Stopped,
    #[error("this cannot be shown because of a fault in the program")]
    Panicked,
    #[error("the desk cannot be written to: its disk or folder is read-only")]
    ReadOnly,
    #[error("the language model is not there: {0}")]
    Engine(String),
    /// What was asked cannot be read.
    #[error("{0}")]
    Asked(String),
    /// There is nothing of that name.
    #[error("{0}")]
    NotFound(String),
}
