//! Sending a code: a program of the installation's own choice, given one line of JSON. No shell, no number in a log or
//! in an argument list where other processes could read it.

use super::phone::Phone;
use crate::problem::{ApiError, ApiResult};
use liaison_domain::Millis;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;
use tokio::io::AsyncWriteExt as _;
use tokio::process::Command;

/// Longest the program may take.
const PATIENCE: Duration = Duration::from_secs(15);

/// Hands the code over; returns once the program says that it is on its way.
pub async fn send(command: &Path, phone: &Phone, code: &str, minutes: Millis) -> ApiResult<()> {
    let line = serde_json::json!({ "phone": phone.digits(), "code": code, "minutes": minutes }).to_string() + "\n";
    match tokio::time::timeout(PATIENCE, run(command, &line)).await {
        Ok(Ok(true)) => Ok(()),
        Ok(Ok(false)) => Err(failed("it reported a failure")),
        Ok(Err(error)) => Err(failed(&error.to_string())),
        Err(_) => Err(failed("it took too long")),
    }
}

async fn run(command: &Path, line: &str) -> std::io::Result<bool> {
    let mut child = Command::new(command)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()?;
    if let Some(mut input) = child.stdin.take() {
        input.write_all(line.as_bytes()).await?;
    }
    Ok(child.wait().await?.success())
}

fn failed(why: &str) -> ApiError {
    tracing::error!("the program that sends codes: {why}");
    ApiError::Unavailable {
        code: "sms_failed",
        detail: "短信没有发出去,请过一会儿再试。",
    }
}
