//! The program; everything lives in the library so that tests can run it in process.

use std::process::ExitCode;

fn main() -> ExitCode {
    liaison_server::cli::main()
}
