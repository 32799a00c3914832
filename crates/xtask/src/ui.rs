//! What the commands say: steps with their time, sizes, and errors of one clear line.

use std::fmt;
use std::time::{Duration, Instant};

/// A failure told to a person: what happened and what to do next. Never a panic, never a backtrace.
#[derive(Debug)]
pub struct Fail(pub String);

impl fmt::Display for Fail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

pub type Result<T = ()> = std::result::Result<T, Fail>;

/// Makes a [`Fail`] of any sentence.
pub fn fail<T>(message: impl Into<String>) -> Result<T> {
    Err(Fail(message.into()))
}

/// Puts what was being done in front of a lower error.
pub trait Context<T> {
    fn context(self, doing: impl FnOnce() -> String) -> Result<T>;
}

impl<T, E: fmt::Display> Context<T> for std::result::Result<T, E> {
    fn context(self, doing: impl FnOnce() -> String) -> Result<T> {
        self.map_err(|error| Fail(format!("{}: {error}", doing())))
    }
}

/// Announces a step, runs it, and says how long it took.
pub fn step<T>(what: &str, usually: &str, body: impl FnOnce() -> Result<T>) -> Result<T> {
    if usually.is_empty() {
        println!("==> {what}");
    } else {
        println!("==> {what} ({usually})");
    }
    let begun = Instant::now();
    let value = body()?;
    println!("    done in {}", duration(begun.elapsed()));
    Ok(value)
}

pub fn note(text: &str) {
    println!("    {text}");
}

pub fn duration(time: Duration) -> String {
    let seconds = time.as_secs();
    if seconds >= 60 {
        format!("{} min {:02} s", seconds / 60, seconds % 60)
    } else {
        format!("{:.1} s", time.as_secs_f64())
    }
}

/// Kilobytes of 1024 bytes with one decimal, as the size tables show them.
pub fn kilobytes(bytes: u64) -> String {
    format!("{:.1} KB", bytes as f64 / 1024.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_reads_like_speech() {
        assert_eq!(duration(Duration::from_millis(1240)), "1.2 s");
        assert_eq!(duration(Duration::from_secs(187)), "3 min 07 s");
    }

    #[test]
    fn a_failure_names_what_was_being_done() {
        let low: std::result::Result<(), _> = Err("no such file");
        let told = low.context(|| "Reading the list".to_owned());
        assert_eq!(
            told.map_err(|fail| fail.to_string()),
            Err("Reading the list: no such file".to_owned())
        );
    }
}
