//! `liaison-server serve`.

use super::{StartError, block_on, data, made_up};
use crate::config::{Config, LogFormat};
use crate::jobs::Runner;
use crate::state::AppState;
use crate::{app, load};
use axum::serve::ListenerExt as _;
use liaison_store::StoreError;
use std::fmt::Write as _;
use std::io::{ErrorKind, IsTerminal as _, Write};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tracing_subscriber::EnvFilter;

/// How long requests in flight may take once the server is told to stop.
const GRACE: Duration = Duration::from_secs(10);

/// Serves until it is told to stop.
pub fn serve(config: Config) -> Result<(), StartError> {
    start_logging(&config);
    block_on(run(config))?
}

async fn run(config: Config) -> Result<(), StartError> {
    // The port first: when it is taken, nothing else needs to be prepared.
    let listener = listen(config.addr).await?;
    let state = data::open(config).await?;
    if state.config.demo {
        made_up::ensure(&state, false).await?;
    }
    let fail = |error: StoreError| data::database_error(&state.config, &error);
    state.bring_rules().await.map_err(fail)?;
    let addr = listener.local_addr().map_err(StartError::Served)?;
    let runner = Runner::new(state.clone());
    let jobs = tokio::spawn(runner.clone().work());
    let store = state.store.clone();
    let news = tokio::spawn(async move { store.exchange_news().await });
    announce(&format!("listening on http://{addr}"));
    if state.config.demo {
        announce(&demo_accounts(&state).await?);
    }
    let service = app::router(&state).into_make_service_with_connect_info::<SocketAddr>();
    let stopping = Arc::new(Notify::new());
    let told = Arc::clone(&stopping);
    let store = state.store.clone();
    // A small answer, or the end of a large one, does not wait until what went before is acknowledged.
    let listener = listener.tap_io(|stream| {
        if let Err(why) = stream.set_nodelay(true) {
            tracing::debug!("a connection keeps gathering what is sent: {why}");
        }
    });
    let serving = axum::serve(listener, service).with_graceful_shutdown(async move {
        told_to_stop().await;
        // Open lines never end by themselves.
        store.hang_up();
        told.notify_one();
    });
    let served = tokio::select! {
        served = serving => served,
        // Requests in flight are finished; a connection that never ends is not waited for.
        () = async { stopping.notified().await; tokio::time::sleep(GRACE).await } => Ok(()),
    };
    jobs.abort();
    news.abort();
    // A run that was broken off ends before its lease is given back.
    let _ = jobs.await;
    if let Err(error) = runner.let_go().await {
        tracing::warn!("giving the jobs back: {}", error.code());
    }
    if let Err(error) = state.store.clone().close().await {
        tracing::warn!("closing the database: {error}");
    }
    served.map_err(StartError::Served)
}

/// The one-tap accounts, a line each.
async fn demo_accounts(state: &AppState) -> Result<String, StartError> {
    let accounts = load::people::demo_accounts(state)
        .await
        .map_err(|e| StartError::Demo(format!("{e:?}")))?;
    let mut text = String::from("demo accounts (one tap on the login page):\n");
    for account in accounts {
        let _ = writeln!(text, "  {:<14} {}  {}", account.username, account.name, account.what);
    }
    text.push_str("Ctrl-C stops it");
    Ok(text)
}

async fn listen(addr: SocketAddr) -> Result<TcpListener, StartError> {
    TcpListener::bind(addr).await.map_err(|why| match why.kind() {
        ErrorKind::AddrInUse => StartError::PortTaken {
            host: addr.ip().to_string(),
            port: addr.port(),
        },
        _ => StartError::Listen {
            addr: addr.to_string(),
            why,
        },
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
    // The libraries' own chatter is asked for by name, or not at all.
    let plain = !config.log.contains(['=', ',']);
    let filter = if plain {
        format!("warn,liaison_server={}", config.log)
    } else {
        config.log.clone()
    };
    let filter = EnvFilter::try_new(filter).unwrap_or_else(|_| EnvFilter::new("info"));
    let colours = std::io::stderr().is_terminal();
    let logs = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(colours);
    // A second call (tests) keeps the first logger.
    let _ = match config.log_format {
        LogFormat::Json => logs.json().flatten_event(true).try_init(),
        LogFormat::Text => logs.with_target(false).try_init(),
    };
}
