//! The command line.

use crate::commands::{self, StartError};
use crate::config::{Config, Layers, Overrides, show};
use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

/// Online liaison station: API, pages and jobs in one program.
#[derive(Debug, Parser)]
#[command(name = "liaison-server", version, about)]
struct Cli {
    /// Configuration file (TOML); default: liaison.toml here, if there is one.
    #[arg(long, global = true, env = "LIAISON_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the station.
    Serve(ServeArgs),
    /// Bring the database up to this version and stop.
    Migrate(DataArgs),
    /// Fill the database with a made-up district.
    Demo(DemoArgs),
    /// Check every letter's log and name what was changed, moved, put in or taken out; exit code 1 when anything was.
    /// Changes nothing.
    VerifyAudit(AuditArgs),
    /// See the configuration.
    Config {
        #[command(subcommand)]
        what: ConfigCommand,
    },
    /// Print the API's description (`OpenAPI`).
    Openapi,
}

#[derive(Debug, Args)]
struct ServeArgs {
    /// Address and port to listen on; port 0 takes a free one.
    #[arg(long, value_name = "HOST:PORT")]
    addr: Option<String>,
    /// Folder of the embedded database and the pictures.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Folder of the built web apps.
    #[arg(long, value_name = "DIR")]
    web: Option<PathBuf>,
    /// Show a made-up district, with one-tap logins and codes on the page.
    #[arg(long)]
    demo: bool,
}

#[derive(Debug, Args)]
struct DataArgs {
    /// Folder of the embedded database and the pictures.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct DemoArgs {
    /// Throw the present data away first. Refused where the data is not a demo's.
    #[arg(long)]
    reset: bool,
    #[command(flatten)]
    data: DataArgs,
}

#[derive(Debug, Args)]
struct AuditArgs {
    /// A JSON object a line: each fault, then the totals.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    data: DataArgs,
}

#[derive(Debug, Subcommand)]
enum ConfigCommand {
    /// Print every setting in force and where it came from; secrets stay hidden.
    Show(ServeArgs),
    /// Print a commented configuration file with the defaults.
    Sample,
}

impl ServeArgs {
    fn overrides(&self) -> Overrides {
        let mut all = Overrides::new();
        if let Some(addr) = &self.addr {
            all.push(("server.addr", "--addr", addr.clone()));
        }
        push_path(&mut all, "server.data", "--data", self.data.as_ref());
        push_path(&mut all, "server.web", "--web", self.web.as_ref());
        if self.demo {
            all.push(("demo.enabled", "--demo", "true".to_owned()));
        }
        all
    }
}

impl DataArgs {
    fn overrides(&self) -> Overrides {
        let mut all = Overrides::new();
        push_path(&mut all, "server.data", "--data", self.data.as_ref());
        all
    }
}

fn push_path(all: &mut Overrides, key: &'static str, flag: &'static str, path: Option<&PathBuf>) {
    if let Some(path) = path {
        all.push((key, flag, path.to_string_lossy().into_owned()));
    }
}

/// Runs the command; one line on standard error and exit code 1 when it fails.
pub fn main() -> ExitCode {
    match run(Cli::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("liaison-server: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(cli: Cli) -> Result<(), StartError> {
    let file = cli
        .config
        .or_else(|| Some(PathBuf::from("liaison.toml")).filter(|path| path.is_file()));
    let layers = |flags: &Overrides| Layers::read(file.as_deref(), &|name| std::env::var(name).ok(), flags);
    match cli.command {
        Command::Serve(args) => commands::serve(Config::from_layers(&layers(&args.overrides())?)?),
        Command::Migrate(args) => commands::migrate(Config::from_layers(&layers(&args.overrides())?)?),
        Command::Demo(args) => commands::demo(Config::from_layers(&layers(&args.data.overrides())?)?, args.reset),
        Command::VerifyAudit(args) => {
            commands::verify_audit(&Config::from_layers(&layers(&args.data.overrides())?)?, args.json)
        }
        Command::Config {
            what: ConfigCommand::Show(args),
        } => {
            let layers = layers(&args.overrides())?;
            // Values that cannot work are an error here too, not a surprise at the next start.
            Config::from_layers(&layers)?;
            print(&show(&layers))
        }
        Command::Config {
            what: ConfigCommand::Sample,
        } => print(&crate::config::sample()),
        Command::Openapi => print(&crate::api::document_json()),
    }
}

/// A closed pipe (`… | head`) is no error.
fn print(text: &str) -> Result<(), StartError> {
    use std::io::Write as _;
    match std::io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(StartError::Output(error)),
        _ => Ok(()),
    }
}
