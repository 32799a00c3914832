//! How large a page's text is: the usual size, or 大字版 in one of three.

use crate::auth::cookie;
use axum::http::HeaderMap;

/// The cookie that remembers it; boot.js and elder.js write it, too.
pub const COOKIE: &str = "mode";

/// A size of text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Size {
    /// 18 px.
    #[default]
    Usual,
    /// 大字版: 22 px.
    Elder,
    /// 26 px.
    Larger,
    /// 30 px: the largest that the rules for the elderly ask for.
    Largest,
}

impl Size {
    /// What this browser has chosen.
    pub fn of(headers: &HeaderMap) -> Self {
        match cookie::read(headers, COOKIE) {
            Some("elder") => Self::Elder,
            Some("elder-26") => Self::Larger,
            Some("elder-30") => Self::Largest,
            _ => Self::Usual,
        }
    }

    /// As the cookie keeps it; empty: nothing to keep.
    pub const fn kept(self) -> &'static str {
        match self {
            Self::Usual => "",
            Self::Elder => "elder",
            Self::Larger => "elder-26",
            Self::Largest => "elder-30",
        }
    }

    /// As `<html data-size>` says it.
    pub const fn attribute(self) -> &'static str {
        match self {
            Self::Usual | Self::Elder => "",
            Self::Larger => "26",
            Self::Largest => "30",
        }
    }

    /// After a wish: `elder`, `larger`, `smaller`, or anything else for the usual size.
    pub fn after(self, wish: &str) -> Self {
        match (wish, self) {
            ("elder" | "larger", Self::Usual) | ("smaller", Self::Larger | Self::Elder | Self::Usual) => Self::Elder,
            ("larger", Self::Elder) | ("smaller", Self::Largest) => Self::Larger,
            ("larger", _) => Self::Largest,
            ("elder", size) => size,
            _ => Self::Usual,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Size;

    #[test]
    fn sizes_go_up_and_down_by_one_and_end() {
        let up = ["elder", "larger", "larger", "larger"];
        let sizes: Vec<_> = up
            .iter()
            .scan(Size::Usual, |size, wish| {
                *size = size.after(wish);
                Some(*size)
            })
            .collect();
        assert_eq!(sizes, [Size::Elder, Size::Larger, Size::Largest, Size::Largest]);
        assert_eq!(Size::Largest.after("smaller"), Size::Larger);
        assert_eq!(Size::Elder.after("smaller"), Size::Elder);
        assert_eq!(
            Size::Largest.after("elder"),
            Size::Largest,
            "a link into the mode keeps a size that was chosen"
        );
        assert_eq!(Size::Largest.after("normal"), Size::Usual);
    }
}
