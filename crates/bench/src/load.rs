//! A bounded number of requests over a few connections, each timed.

use crate::Result;
use crate::http::{Answer, Connection};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Connections kept open at once.
pub const CONNECTIONS: usize = 4;

/// What a load took.
#[derive(Clone, Debug, Default)]
pub struct Times {
    took: Duration,
    each: Vec<Duration>,
}

impl Times {
    /// Adds another round of the same.
    pub fn join(&mut self, other: Self) {
        self.took += other.took;
        self.each.extend(other.each);
    }

    /// Done a second.
    pub fn rate(&self) -> f64 {
        let seconds = self.took.as_secs_f64();
        if seconds > 0.0 {
            self.each.len() as f64 / seconds
        } else {
            0.0
        }
    }

    /// Milliseconds within which so many of a hundred were done.
    pub fn percentile(&self, percent: usize) -> f64 {
        let mut sorted = self.each.clone();
        sorted.sort_unstable();
        let at = (sorted.len() * percent).div_ceil(100).saturating_sub(1);
        sorted.get(at).map_or(0.0, |time| time.as_secs_f64() * 1000.0)
    }
}

/// Does `count` pieces of work, [`CONNECTIONS`] at a time: `worker` makes one that does piece after piece.
pub async fn share<W, F>(count: usize, worker: impl Fn() -> W) -> Result<Times>
where
    W: FnMut(usize) -> F + Send + 'static,
    F: Future<Output = Result> + Send,
{
    let next = Arc::new(AtomicUsize::new(0));
    let begun = Instant::now();
    let mut workers = Vec::new();
    for _ in 0..CONNECTIONS {
        let (next, mut work) = (Arc::clone(&next), worker());
        workers.push(tokio::spawn(async move {
            let mut each = Vec::with_capacity(count / CONNECTIONS + 1);
            loop {
                let nth = next.fetch_add(1, Ordering::Relaxed);
                if nth >= count {
                    return Result::Ok(each);
                }
                let begun = Instant::now();
                work(nth).await?;
                each.push(begun.elapsed());
            }
        }));
    }
    let mut each = Vec::with_capacity(count);
    for worker in workers {
        each.extend(worker.await??);
    }
    Ok(Times {
        took: begun.elapsed(),
        each,
    })
}

/// Sends the requests in turn until `count` were answered as expected; gives back what `keep` makes of the answers.
pub async fn fire<T: Send + 'static>(
    addr: &str,
    requests: &[Vec<u8>],
    count: usize,
    expected: u16,
    keep: fn(&Answer) -> Option<T>,
) -> Result<(Times, Vec<T>)> {
    let next = Arc::new(AtomicUsize::new(0));
    let requests: Arc<[Vec<u8>]> = requests.into();
    let mut connections = Vec::new();
    for _ in 0..CONNECTIONS {
        connections.push(Connection::open(addr).await?);
    }
    let begun = Instant::now();
    let workers: Vec<_> = connections
        .into_iter()
        .map(|mut connection| {
            let (next, requests) = (Arc::clone(&next), Arc::clone(&requests));
            tokio::spawn(async move {
                let (mut each, mut kept) = (Vec::with_capacity(count), Vec::new());
                loop {
                    let nth = next.fetch_add(1, Ordering::Relaxed);
                    if nth >= count {
                        return Result::Ok((each, kept));
                    }
                    let begun = Instant::now();
                    let answer = connection.send(&requests[nth % requests.len()]).await?;
                    each.push(begun.elapsed());
                    if answer.status != expected {
                        let body = String::from_utf8_lossy(&answer.body);
                        let body: String = body.chars().take(400).collect();
                        return Err(
                            format!("the server answered {} instead of {expected}: {body}", answer.status).into(),
                        );
                    }
                    kept.extend(keep(&answer));
                }
            })
        })
        .collect();
    let (mut each, mut kept) = (Vec::with_capacity(count), Vec::new());
    for worker in workers {
        let (times, answers) = worker.await??;
        each.extend(times);
        kept.extend(answers);
    }
    Ok((
        Times {
            took: begun.elapsed(),
            each,
        },
        kept,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ninety_ninth_of_a_hundred_is_the_second_slowest() {
        let times = Times {
            took: Duration::from_secs(1),
            each: (1..=100).map(Duration::from_millis).collect(),
        };
        assert!((times.percentile(99) - 99.0).abs() < 0.001);
        assert!((times.percentile(50) - 50.0).abs() < 0.001);
        assert!((times.rate() - 100.0).abs() < 0.001);
    }
}
