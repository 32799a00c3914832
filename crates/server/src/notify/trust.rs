//! Whom a guarded line to a mail server or a gateway trusts besides those whom this machine trusts, and why a line was
//! not trusted.

use std::error::Error;
use std::io;
use std::path::Path;
use tokio_rustls::rustls;
use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;

/// The certificates of the station's own authorities, from the file that the configuration names.
pub(crate) fn own_authorities(path: Option<&Path>) -> Result<Vec<CertificateDer<'static>>, String> {
    let Some(path) = path else {
        return Ok(Vec::new());
    };
    let wrong = |why: String| format!("notify.ca_file {}: {why}", path.display());
    let found = CertificateDer::pem_file_iter(path)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(|error| wrong(error.to_string()))?;
    if found.is_empty() {
        return Err(wrong("no certificate in PEM form".to_owned()));
    }
    Ok(found)
}

/// The code of a handshake that failed; none when it was something else that failed.
pub(super) fn code_of(error: &(dyn Error + 'static)) -> Option<&'static str> {
    let mut next = Some(error);
    while let Some(error) = next {
        match error.downcast_ref::<rustls::Error>() {
            Some(rustls::Error::InvalidCertificate(_)) => return Some("tls_certificate"),
            Some(_) => return Some("tls"),
            None => {}
        }
        // An I/O error passes over what it holds when it is asked for its source.
        next = match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
            Some(held) => Some(held),
            None => error.source(),
        };
    }
    None
}
