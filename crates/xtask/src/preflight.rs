//! What can be known to go wrong before minutes are spent on building: a taken port, an
//! unwritable folder, a full disk.

use std::fs;
use std::io::ErrorKind;
use std::net::{TcpListener, ToSocketAddrs};
use std::path::Path;

use crate::process::capture;
use crate::ui::{Fail, Result, fail};

/// Room that a first build and a first start take.
pub const FIRST_BUILD: u64 = 5 << 30;
/// Room that a later start takes.
pub const LATER: u64 = 300 << 20;

/// Can this address be listened on?
pub fn address(address: &str) -> Result {
    let Some(socket) = address.to_socket_addrs().ok().and_then(|mut found| found.next()) else {
        return fail(format!(
            "`{address}` is no address to listen on: write it like 127.0.0.1:8080."
        ));
    };
    match TcpListener::bind(socket) {
        Ok(_) => Ok(()),
        Err(error) => fail(match error.kind() {
            ErrorKind::AddrInUse => format!(
                "Port {} is taken: stop the program that uses it, or choose another with `--addr {}:{}`.",
                socket.port(),
                socket.ip(),
                socket.port().saturating_add(1)
            ),
            ErrorKind::PermissionDenied => {
                format!(
                    "Port {} is not allowed for this user: choose one above 1023 with --addr.",
                    socket.port()
                )
            }
            ErrorKind::AddrNotAvailable => {
                format!(
                    "This machine has no address {}: use 127.0.0.1 or 0.0.0.0 with --addr.",
                    socket.ip()
                )
            }
            _ => format!("{address} cannot be listened on: {error}."),
        }),
    }
}

/// Can files be made in this folder? Creates it.
pub fn writable(dir: &Path, option: &str) -> Result {
    let told = |error: &std::io::Error| {
        let why = match error.kind() {
            ErrorKind::PermissionDenied => "no permission".to_owned(),
            ErrorKind::ReadOnlyFilesystem => "the disk is read-only".to_owned(),
            ErrorKind::NotADirectory | ErrorKind::AlreadyExists => "there is a file of that name".to_owned(),
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "the disk is full".to_owned(),
            _ => error.to_string(),
        };
        Fail(format!(
            "The folder {} cannot be written ({why}): choose another{option} or change its owner.",
            dir.display()
        ))
    };
    fs::create_dir_all(dir).map_err(|error| told(&error))?;
    let probe = dir.join(format!(".write-test-{}", std::process::id()));
    fs::write(&probe, b"?").map_err(|error| told(&error))?;
    fs::remove_file(&probe).map_err(|error| told(&error))
}

/// Is there room on the disk that holds `path`? Says nothing where the room cannot be measured.
pub fn room(path: &Path, needed: u64) -> Result {
    match free(path) {
        Some(free) if free < needed => fail(format!(
            "The disk that holds {} has {} MB left and about {} MB are needed: free some space and try again.",
            path.display(),
            free >> 20,
            needed >> 20
        )),
        _ => Ok(()),
    }
}

/// Bytes left on the disk that holds `path` or its nearest existing parent.
pub fn free(path: &Path) -> Option<u64> {
    let existing = path.ancestors().find(|path| path.exists())?;
    read_df(&capture("df", &["-Pk", existing.to_str()?])?)
}

/// Reads the fourth column of `df -Pk`.
fn read_df(text: &str) -> Option<u64> {
    let kilobytes: u64 = text.lines().nth(1)?.split_whitespace().nth(3)?.parse().ok()?;
    Some(kilobytes * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn free_space_is_read_from_df() {
        let text =
            "Filesystem 1024-blocks Used Available Capacity Mounted on\n/dev/vda 263112772 15000000 80000000 16% /\n";
        assert_eq!(read_df(text), Some(80_000_000 * 1024));
        assert_eq!(read_df("nonsense"), None);
    }

    #[test]
    fn a_taken_port_is_told_with_another_to_try() {
        let taken = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = taken.local_addr().expect("its address").port();
        let told = address(&format!("127.0.0.1:{port}")).expect_err("the port is taken").0;
        assert!(told.starts_with(&format!("Port {port} is taken")), "{told}");
        assert!(told.contains("--addr 127.0.0.1:"), "{told}");
    }

    #[test]
    fn a_file_in_the_place_of_the_folder_is_told() {
        let file = std::env::temp_dir().join(format!("xtask-preflight-{}", std::process::id()));
        fs::write(&file, b"").expect("a temporary file");
        let told = writable(&file, " with --data DIR").expect_err("not a folder").0;
        assert!(
            told.contains("there is a file of that name") && told.contains("--data DIR"),
            "{told}"
        );
        fs::remove_file(&file).expect("removable");
    }

    #[test]
    fn an_impossible_address_is_told() {
        assert!(address("nowhere").is_err());
        assert!(address("127.0.0.1:0").is_ok());
    }
}
