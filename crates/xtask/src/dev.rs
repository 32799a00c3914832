//! `cargo xtask dev`: the quick loop. Builds unoptimised bundles, serves them, and builds again
//! when a file changes; reload the page to see it.

use std::path::{Path, PathBuf};
use std::process::Child;
use std::time::{Duration, Instant, SystemTime};

use crate::fingerprint::files_below;
use crate::paths::Paths;
use crate::ui::{Context, Result, duration};
use crate::web::Mode;
use crate::{preflight, server, web};

/// How often the files' times are looked at. They are a few hundred: this costs next to nothing.
const LOOK_EVERY: Duration = Duration::from_millis(300);

/// What the browser gets. The server draws the same views for the first paint.
const WEB: &[&str] = &["src", "style", "public", "crates/domain/src", "crates/markup/src"];
/// What only the server is made of.
const SERVER: &[&str] = &["crates/server/src", "crates/store/src", "index.html"];

#[derive(clap::Args)]
pub struct Options {
    /// Address to listen on
    #[arg(long, default_value = "127.0.0.1:8080", value_name = "HOST:PORT")]
    addr: String,
    /// Folder for the database and the uploads
    #[arg(long, default_value = "data", value_name = "DIR")]
    data: PathBuf,
    /// Build once and stop
    #[arg(long)]
    once: bool,
}

pub fn run(paths: &Paths, options: &Options) -> Result {
    let data = paths.join(&options.data);
    if !options.once {
        preflight::address(&options.addr)?;
        preflight::writable(&data, " with --data DIR")?;
    }
    let mut seen = Seen::look(paths)?;
    let site = web::build(paths, Mode::Dev, &paths.dev_site())?;
    let mut binary = server::build(paths, false)?;
    if options.once {
        return Ok(());
    }
    let start = |binary: &Path| {
        server::serve(binary, &options.addr, &data, &site.dir)
            .spawn()
            .context(|| "Starting the server".to_owned())
    };
    let mut child = start(&binary)?;
    println!("==> Watching src, style, public and crates; reload the page after a change; Ctrl-C stops");
    loop {
        std::thread::sleep(LOOK_EVERY);
        let now = Seen::look(paths)?;
        if now == seen {
            continue;
        }
        let begun = Instant::now();
        let web_changed = now.web != seen.web;
        seen = now;
        // A mistake in the code is told by the compiler; the loop goes on.
        if web_changed {
            match web::build(paths, Mode::Dev, &paths.dev_site()) {
                // The server reads the new manifest by itself.
                Ok(_) => println!("==> New page ready after {}", duration(begun.elapsed())),
                Err(fail) => {
                    eprintln!("error: {fail}");
                    continue;
                }
            }
        }
        match server::build(paths, false) {
            Ok(built) => binary = built,
            Err(fail) => {
                eprintln!("error: {fail}");
                continue;
            }
        }
        stop(&mut child);
        child = start(&binary)?;
        println!("==> First paint ready after {}", duration(begun.elapsed()));
    }
}

/// The store survives a kill at any moment, so nothing gentler is needed here.
fn stop(child: &mut Child) {
    let _ = child.kill();
    let _ = child.wait();
}

/// The newest change and the number of files on each side.
#[derive(PartialEq, Eq)]
struct Seen {
    web: (usize, Option<SystemTime>),
    server: (usize, Option<SystemTime>),
}

impl Seen {
    fn look(paths: &Paths) -> Result<Self> {
        let newest = |places: &[&str]| -> Result<(usize, Option<SystemTime>)> {
            let mut count = 0;
            let mut newest = None;
            for place in places {
                for file in files_below(&paths.join(place))? {
                    count += 1;
                    newest = newest.max(std::fs::metadata(&file).and_then(|data| data.modified()).ok());
                }
            }
            Ok((count, newest))
        };
        Ok(Self {
            web: newest(WEB)?,
            server: newest(SERVER)?,
        })
    }
}
