//! Text messages: a program of the installation's own choice, given one line of JSON. No shell, no number in a log or
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
    hand_over(command, &line).await.map_err(|()| ApiError::Unavailable {
        code: "sms_failed",
        detail: "短信没有发出去,请过一会儿再试。",
    })
}

/// Gives the program a line. Why it failed stands in the log.
pub(crate) async fn hand_over(command: &Path, line: &str) -> Result<(), ()> {
    let why = match tokio::time::timeout(PATIENCE, run(command, line)).await {
        Ok(Ok(true)) => return Ok(()),
        Ok(Ok(false)) => "it reported a failure".to_owned(),
        Ok(Err(error)) => error.to_string(),
        Err(_) => "it took too long".to_owned(),
    };
    tracing::error!("the program that sends text messages: {why}");
    Err(())
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
