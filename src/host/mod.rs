//! What the app around a page lets people do, and what they do instead. The one place that knows: pages carry what is
//! missing on `<html data-cannot>`, and hints, buttons and scripts go by that.

use liaison_domain::host::Host as Kind;

/// An app that shows our pages.
pub trait Host: Sync {
    /// Files are saved: calendar files, one's own data.
    fn can_download(&self) -> bool {
        true
    }

    /// Pages are printed.
    fn can_print(&self) -> bool {
        true
    }

    /// Pages are shared as cards by the app's own script.
    fn has_cards(&self) -> bool {
        false
    }
}

struct Browser;
struct WeChat;
struct WeCom;
struct DingTalk;

impl Host for Browser {}

impl Host for WeChat {
    fn can_download(&self) -> bool {
        false
    }

    fn can_print(&self) -> bool {
        false
    }

    fn has_cards(&self) -> bool {
        true
    }
}

impl Host for WeCom {
    fn can_download(&self) -> bool {
        false
    }

    fn can_print(&self) -> bool {
        false
    }
}

impl Host for DingTalk {
    fn can_download(&self) -> bool {
        false
    }

    fn can_print(&self) -> bool {
        false
    }
}

/// The app of this kind.
pub fn of(kind: Kind) -> &'static dyn Host {
    match kind {
        Kind::WeChat => &WeChat,
        Kind::WeCom => &WeCom,
        Kind::DingTalk => &DingTalk,
        // Its web view saves files like a browser's.
        Kind::Alipay | Kind::Browser => &Browser,
    }
}

/// For `<html data-cannot>`: what is missing here, a word each.
pub fn missing(kind: Kind) -> &'static str {
    let host = of(kind);
    match (host.can_download(), host.can_print()) {
        (true, true) => "",
        (true, false) => "print",
        (false, true) => "download",
        (false, false) => "download print",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_misses_nothing_and_chat_apps_miss_files_and_paper() {
        for kind in [Kind::Browser, Kind::Alipay] {
            assert_eq!(missing(kind), "", "{kind:?}");
        }
        for kind in [Kind::WeChat, Kind::WeCom, Kind::DingTalk] {
            assert_eq!(missing(kind), "download print", "{kind:?}");
            assert_eq!(of(kind).has_cards(), kind == Kind::WeChat, "{kind:?}");
        }
    }
}
