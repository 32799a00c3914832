//! Which bytes are asked for: players jump, and take what they need.

use axum::http::{HeaderMap, header};
use std::ops::Range;

/// There are no such bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unsatisfiable;

/// The one range of bytes that is asked for; none: all of them. Several at once, other units and what cannot be read
/// count as none, as the standard allows.
pub fn of(headers: &HeaderMap, length: u64) -> Result<Option<Range<u64>>, Unsatisfiable> {
    let asked = headers.get(header::RANGE).and_then(|value| value.to_str().ok());
    let Some(range) = asked.and_then(|text| text.trim().strip_prefix("bytes=")) else {
        return Ok(None);
    };
    let Some((from, to)) = range.split_once('-') else {
        return Ok(None);
    };
    let (from, to) = (from.trim(), to.trim());
    let range = match (from.parse::<u64>(), to.parse::<u64>()) {
        // The last so many.
        (Err(_), Ok(last)) if from.is_empty() => length.saturating_sub(last)..length,
        (Ok(from), Err(_)) if to.is_empty() => from..length,
        (Ok(from), Ok(to)) if from <= to => from..to.saturating_add(1).min(length),
        _ => return Ok(None),
    };
    if range.start < range.end {
        Ok(Some(range))
    } else {
        Err(Unsatisfiable)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn of_text(text: &'static str) -> Result<Option<Range<u64>>, Unsatisfiable> {
        let mut headers = HeaderMap::new();
        headers.insert(header::RANGE, HeaderValue::from_static(text));
        of(&headers, 100)
    }

    #[test]
    fn one_range_is_understood_and_everything_else_is_the_whole() {
        assert_eq!(of(&HeaderMap::new(), 100), Ok(None));
        assert_eq!(of_text("bytes=0-1"), Ok(Some(0..2)));
        assert_eq!(of_text("bytes=0-"), Ok(Some(0..100)));
        assert_eq!(of_text("bytes=90-200"), Ok(Some(90..100)));
        assert_eq!(of_text("bytes=-7"), Ok(Some(93..100)));
        assert_eq!(of_text("bytes=-700"), Ok(Some(0..100)));
        assert_eq!(of_text("bytes=100-"), Err(Unsatisfiable));
        assert_eq!(of_text("bytes=-0"), Err(Unsatisfiable));
        for whole in [
            "bytes=0-1,5-6",
            "bytes=5-1",
            "bytes=x-",
            "lines=1-2",
            "bytes=",
            "bytes=-",
        ] {
            assert_eq!(of_text(whole), Ok(None), "{whole}");
        }
    }
}
