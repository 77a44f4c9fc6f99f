//! Listening, and all addresses there are.

use std::net::SocketAddr;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use tokio::net::TcpListener;
use tower_http::catch_panic::CatchPanicLayer;

use crate::app::{App, Setup};
use crate::guard::{form::FORM_BYTES_MAX, guard};
use crate::problem::Problem;
use crate::{Error, api, assets, live, pages};

/// How to serve.
#[derive(Debug, Clone)]
pub struct Options {
    /// The desk, the engine, the tokens. Whether this machine alone can reach the program is found from `listen`.
    pub setup: Setup,
    /// The address; port 0 for any that is free.
    pub listen: SocketAddr,
    /// Whether the log is JSON, a line an answer.
    pub json_log: bool,
    /// Whether only what goes wrong is logged.
    pub is_quiet: bool,
}

/// The program, listening.
pub struct Listening {
    /// The address it listens at.
    pub address: SocketAddr,
}

/// Serves a desk until SIGTERM or SIGINT; then answers what was asked and ends. `started` is told the address.
pub fn serve(options: Options, started: impl FnOnce(&Listening)) -> Result<(), Error> {
    let is_loopback = options.listen.ip().is_loopback();
    if !is_loopback && options.setup.tokens.is_none() {
        return Err(Error::Start(format!(
            "{} can be reached from other machines, so everybody must show a token: make some with `rapporteur token add \
             NAME` and give their file with --tokens; or listen at 127.0.0.1",
            options.listen
        )));
    }
    log_to_standard_error(options.json_log, options.is_quiet);
    let app = App::open(Setup { is_loopback, ..options.setup })?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .thread_stack_size(16 << 20)
        .build()
        .map_err(|e| Error::Start(format!("cannot start threads: {e}")))?;
    runtime.block_on(async move {
        let told = |e: std::io::Error| {
            let todo = match e.kind() {
                std::io::ErrorKind::AddrInUse => {
                    "; end the program that does, maybe an earlier `rapporteur serve`, or give another port with --listen"
                }
                _ => "; give another address with --listen",
            };
            Error::Start(format!("cannot listen at {}: {e}{todo}", options.listen))
        };
        let listener = TcpListener::bind(options.listen).await.map_err(told)?;
        let address = listener.local_addr().map_err(told)?;
        tokio::spawn(live::look_out(app.clone()));
        started(&Listening { address });
        let service = router(app.clone()).into_make_service_with_connect_info::<SocketAddr>();
        let ended = async move {
            stop_asked().await;
            tracing::info!("stopping: what was asked is answered first");
            // Live pages would stay for ever.
            app.latest.send_replace(i64::MAX);
        };
        axum::serve(listener, service)
            .with_graceful_shutdown(ended)
            .await
            .map_err(|e| Error::Start(format!("cannot serve: {e}")))
    })
}

/// Waits for SIGTERM or SIGINT.
async fn stop_asked() {
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut it) => {
                it.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! { () = interrupt => {}, () = terminate => {} }
}

fn log_to_standard_error(json: bool, is_quiet: bool) {
    let level = if is_quiet { tracing::Level::WARN } else { tracing::Level::INFO };
    let log = tracing_subscriber::fmt().with_writer(std::io::stderr).with_target(false).with_max_level(level);
    // A second program in the same process has its log already.
    let _ = if json { log.json().flatten_event(true).try_init() } else { log.with_ansi(false).try_init() };
}

/// Everything that answers, behind the door.
pub fn router(app: App) -> Router {
    Router::new()
        .merge(pages::routes())
        .merge(api::with_tags(api::routes(), app.clone()))
        .merge(live::routes())
        .merge(assets::routes())
        .fallback(async || Problem::not_found("there is nothing under this address", "begin at the stories, or search"))
        .layer(DefaultBodyLimit::max(FORM_BYTES_MAX))
        .layer(CatchPanicLayer::custom(|_: Box<dyn std::any::Any + Send>| {
            axum::response::IntoResponse::into_response(Problem::fault())
        }))
        .layer(from_fn_with_state(app.clone(), guard))
        .with_state(app)
}
