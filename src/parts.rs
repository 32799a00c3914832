//! In which parts the residents' app arrives: the first with every page, the others once a page of theirs is opened.
//!
//! The server names a page's part in its head, so that it arrives beside the first; the app fetches the part of a link
//! while it is being touched.

/// A part that arrives later than the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Stations, deputies and published letters.
    Read,
    /// Writing a letter.
    Write,
    /// The list of one's own letters, looking one up, rating an answer.
    Own,
    /// One of one's own letters.
    Case,
}

/// The name of the part with a letter's questions after the first, for pages that the app goes on from there.
pub const LATER: &str = "later";

impl Part {
    /// Its name in the build: that of its split point in `main.rs`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
            Self::Own => "own",
            Self::Case => "case",
        }
    }

    /// The part that draws the page at this path (without query), unless the first part does.
    pub fn of(path: &str) -> Option<Self> {
        let (first, deeper) = match path.trim_start_matches('/').split_once('/') {
            Some((first, rest)) => (first, rest),
            None => (path.trim_start_matches('/'), ""),
        };
        match (first, deeper) {
            ("stations" | "deputies", "") | ("cases", _) => Some(Self::Read),
            ("write", "") => Some(Self::Write),
            ("mine" | "track", "") | ("rate", _) => Some(Self::Own),
            ("mine", no) if no.starts_with(|first: char| first.is_ascii_uppercase()) => Some(Self::Case),
            _ => None,
        }
    }
}

/// What the page of a link asks the API for, without the API's base: so that it can be asked for while the link is still
/// being touched. `None` for pages that ask for nothing, for something only they know, or that the app does not draw.
pub fn data_of(href: &str) -> Option<String> {
    let href = href.split('#').next().unwrap_or_default();
    let path = href.split('?').next().unwrap_or_default();
    match Part::of(path) {
        None => (path == "/").then(|| "/home".to_owned()),
        // A list's page and its data have one address.
        Some(Part::Read) => Some(href.to_owned()),
        Some(Part::Write) => Some("/write-options".to_owned()),
        // Whoever asks for a letter of their own has seen its news; whoever touches a link has not yet.
        Some(Part::Case | Part::Own) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Part, data_of};

    #[test]
    fn links_know_their_data() {
        let of = |href| data_of(href).unwrap_or_default();
        assert_eq!(of("/"), "/home");
        assert_eq!(of("/cases?q=%E7%81%AF#page"), "/cases?q=%E7%81%AF");
        assert_eq!(of("/cases/TH-2026-000001"), "/cases/TH-2026-000001");
        assert_eq!(of("/write?about=lamp"), "/write-options");
        assert_eq!(data_of("/mine/TH-2026-000001"), None);
        assert_eq!(data_of("/mine"), None);
        assert_eq!(data_of("/deputies/luzhiyao"), None);
        assert_eq!(data_of("/help"), None);
    }

    #[test]
    fn pages_know_their_part() {
        assert_eq!(Part::of("/"), None);
        assert_eq!(Part::of("/help"), None);
        assert_eq!(Part::of("/cases"), Some(Part::Read));
        assert_eq!(Part::of("/cases/TH-2026-000001"), Some(Part::Read));
        assert_eq!(Part::of("/deputies"), Some(Part::Read));
        // A page of the server's alone.
        assert_eq!(Part::of("/deputies/luzhiyao"), None);
        assert_eq!(Part::of("/write"), Some(Part::Write));
        assert_eq!(Part::of("/write/urgent"), None);
        assert_eq!(Part::of("/mine/TH-2026-000001"), Some(Part::Case));
        assert_eq!(Part::of("/mine"), Some(Part::Own));
        assert_eq!(Part::of("/mine/privacy"), None);
        assert_eq!(Part::of("/rate/abc"), Some(Part::Own));
    }
}
