//! The data folder: made on the first start, probed on every one.

use super::StartError;
use std::io::ErrorKind;
use std::path::Path;

/// Makes the folder and proves that it can be written, before anything relies on it.
pub(super) fn prepare(path: &Path) -> Result<(), StartError> {
    std::fs::create_dir_all(path.join("files")).map_err(|why| error(path, why))?;
    let probe = path.join(".probe");
    // A page of bytes, so that a full disk shows now and not at the first letter.
    std::fs::write(&probe, [0; 4096]).map_err(|why| error(path, why))?;
    std::fs::remove_file(&probe).map_err(|why| error(path, why))
}

fn error(path: &Path, why: std::io::Error) -> StartError {
    let path = path.display().to_string();
    match why.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => StartError::DiskFull { path },
        _ => StartError::Data { path, why },
    }
}
