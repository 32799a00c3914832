//! What a browser reports when the app cannot start or breaks: counted, never anything of a person.
//!
//! A report comes from outside and is believed in nothing. Its kind is one of a few, its path is reduced to the words
//! that our own addresses are made of, its message to plain letters; what is left cannot name a letter or a person.

use crate::guard;
use crate::lifecycle::coded_enum;

coded_enum! {
    /// What went wrong.
    ClientErrorKind {
        /// Not up after eight seconds; it may still come.
        Slow = "slow",
        /// A file did not arrive.
        Network = "network",
        /// The browser lacks what the app needs.
        Old = "old",
        /// It stopped while starting.
        Broken = "broken",
        /// It stopped while it was used.
        Crashed = "crashed",
        /// A script failed and the app went on.
        Script = "script",
    }
}

/// Longest message that is kept, in characters.
pub const MESSAGE_MAX: usize = 160;

/// Words of our own addresses. Everything else in a path is an id, a number, a token or a slug.
const WORDS: &[&str] = &[
    "admin",
    "board",
    "book",
    "bookings",
    "calendar",
    "calls",
    "cases",
    "deputies",
    "deputy",
    "desk",
    "edit",
    "errors",
    "events",
    "file",
    "help",
    "import",
    "inbox",
    "jobs",
    "ledger",
    "library",
    "limits",
    "login",
    "mine",
    "new",
    "notes",
    "notices",
    "notifications",
    "office",
    "outbox",
    "print",
    "privacy",
    "rate",
    "receptions",
    "restrictions",
    "schedule",
    "screen",
    "stations",
    "track",
    "unit",
    "units",
    "urgent",
    "write",
];

/// The path with `*` for everything that is not a word of our own: `/mine/TH-2026-004213` → `/mine/*`.
pub fn route(path: &str) -> String {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let mut route = String::new();
    for part in path.split('/').filter(|part| !part.is_empty()).take(6) {
        route.push('/');
        route.push_str(if WORDS.contains(&part) { part } else { "*" });
    }
    if route.is_empty() { "/".to_owned() } else { route }
}

/// The message as far as it may be kept: addresses, digits and everything but plain ASCII are taken out, then what the
/// personal-data guard still finds.
pub fn message(text: &str) -> String {
    let mut kept = String::new();
    for word in text.split_whitespace().take(60) {
        if !kept.is_empty() {
            kept.push(' ');
        }
        // An address, or something with an account in it.
        if word.contains("//") || word.contains('@') || word.contains('?') || word.matches('/').count() > 1 {
            kept.push_str("(url)");
            continue;
        }
        for c in word.chars() {
            kept.push(match c {
                '0'..='9' => '#',
                c if c.is_ascii_graphic() => c,
                _ => '*',
            });
        }
    }
    let short: String = kept.chars().take(MESSAGE_MAX).collect();
    guard::mask(&short)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_keeps_only_words_of_our_own() {
        for (path, kept) in [
            ("/", "/"),
            ("", "/"),
            ("/mine/TH-2026-004213", "/mine/*"),
            ("/desk/admin/jobs", "/desk/admin/jobs"),
            ("/deputies/luzhiyao?tag=%E6%95%99", "/deputies/*"),
            ("/l/0123456789abcdef", "/*/*"),
            ("/rate/secret-token#x", "/rate/*"),
            ("/a/b/c/d/e/f/g/h", "/*/*/*/*/*/*"),
        ] {
            assert_eq!(route(path), kept, "{path}");
        }
    }

    #[test]
    fn a_message_keeps_nothing_of_a_person() {
        for (said, kept) in [
            ("RuntimeError: unreachable", "RuntimeError: unreachable"),
            (
                "failed at https://station.example/mine/TH-1?code=ABCD",
                "failed at (url)",
            ),
            (
                "call 19900000001 or 330102196001011234",
                "call ########### or ##################",
            ),
            ("我叫李听澜 here", "***** here"),
            ("mail li@example.com", "mail (url)"),
        ] {
            assert_eq!(message(said), kept, "{said}");
        }
        assert!(message(&"a".repeat(5000)).chars().count() <= MESSAGE_MAX);
    }
}
