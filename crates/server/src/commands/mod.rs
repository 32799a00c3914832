//! What the command line can do.

mod data;
mod demo;
mod made_up;
mod migrate;
mod serve;
mod verify_audit;

pub use demo::demo;
pub use migrate::migrate;
pub use serve::serve;
pub use verify_audit::verify_audit;

use crate::config::ConfigError;

/// Why the program cannot start or go on; each one line that says what to do.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("{0}")]
    Config(#[from] ConfigError),
    #[error("port {port} on {host} is taken; choose another with --addr HOST:PORT (port 0 takes a free one)")]
    PortTaken { host: String, port: u16 },
    #[error("cannot listen on {addr}: {why}")]
    Listen { addr: String, why: std::io::Error },
    #[error("cannot write to the data folder {path}: {why}")]
    Data { path: String, why: std::io::Error },
    #[error("the disk under {path} is full; free some space and start again")]
    DiskFull { path: String },
    #[error("the database at {place} cannot be used: {why}")]
    Database { place: String, why: String },
    #[error("{0}")]
    State(String),
    #[error("cannot load the demo district: {0}")]
    Demo(String),
    #[error("{0} things are not as they were written")]
    Faults(u64),
    #[error("{0}")]
    Refused(&'static str),
    #[error("cannot start the runtime: {0}")]
    Runtime(std::io::Error),
    #[error("cannot write to standard output: {0}")]
    Output(std::io::Error),
    #[error("the server stopped: {0}")]
    Served(std::io::Error),
}

/// A runtime for a command.
fn block_on<T>(work: impl Future<Output = T>) -> Result<T, StartError> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(StartError::Runtime)?;
    Ok(runtime.block_on(work))
}
