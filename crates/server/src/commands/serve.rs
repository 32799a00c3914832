//! `liaison-server serve`.

use super::{StartError, data};
use crate::app;
use crate::clock::Clock;
use crate::config::{Config, LogFormat};
use crate::state::AppState;
use std::io::{ErrorKind, Write as _};
use std::net::SocketAddr;
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;

/// Serves until it is told to stop.
pub fn serve(config: Config) -> Result<(), StartError> {
    start_logging(&config);
    data::prepare(&config.data)?;
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(StartError::Runtime)?
        .block_on(run(config))
}

async fn run(config: Config) -> Result<(), StartError> {
    let listener = listen(config.addr).await?;
    let state = AppState::new(config, Clock::System);
    let addr = listener.local_addr().map_err(StartError::Served)?;
    announce(&format!("listening on http://{addr}"));
    let service = app::router(&state).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service).with_graceful_shutdown(told_to_stop()).await.map_err(StartError::Served)
}

async fn listen(addr: SocketAddr) -> Result<TcpListener, StartError> {
    TcpListener::bind(addr).await.map_err(|why| match why.kind() {
        ErrorKind::AddrInUse => StartError::PortTaken { host: addr.ip().to_string(), port: addr.port() },
        _ => StartError::Listen { addr: addr.to_string(), why },
    })
}

/// To standard output, at once, whoever reads it.
fn announce(text: &str) {
    let mut out = std::io::stdout().lock();
    // Nobody listening to our words is no reason to stop serving.
    let _ = writeln!(out, "{text}");
    let _ = out.flush();
}

/// Ctrl-C, or the word of a service manager.
async fn told_to_stop() {
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! { () = interrupt => {}, () = terminate => {} }
    tracing::info!("stopping");
}

/// To standard error: standard output belongs to the announcement.
fn start_logging(config: &Config) {
    let filter = EnvFilter::try_new(&config.log).unwrap_or_else(|_| EnvFilter::new("info"));
    let logs = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // A second call (tests) keeps the first logger.
    let _ = match config.log_format {
        LogFormat::Json => logs.json().flatten_event(true).try_init(),
        LogFormat::Text => logs.with_target(false).try_init(),
    };
}
