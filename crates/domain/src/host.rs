//! Which app a page is open in and which system it runs on, from its `User-Agent`.
//!
//! Only for words and for what an app can or cannot do; never to keep anybody out. User agents are made to be mistaken
//! for others: the order of the questions matters.

use crate::lifecycle::coded_enum;

coded_enum! {
    /// The app around the page.
    Host {
        /// 微信.
        WeChat = "wechat",
        /// 企业微信.
        WeCom = "wecom",
        /// 钉钉.
        DingTalk = "dingtalk",
        /// 支付宝.
        Alipay = "alipay",
        /// Any other.
        Browser = "browser",
    }
}

coded_enum! {
    /// The system under it.
    System {
        Android = "android",
        /// iPhones and iPads.
        Ios = "ios",
        /// `HarmonyOS` without Android.
        Harmony = "harmony",
        Windows = "windows",
        Mac = "mac",
        Linux = "linux",
        Other = "other",
    }
}

impl Host {
    /// The app that sends this `User-Agent`.
    pub fn of(user_agent: &str) -> Self {
        // WeCom names WeChat too.
        if user_agent.contains("wxwork") {
            Self::WeCom
        } else if user_agent.contains("MicroMessenger") || user_agent.contains("WindowsWechat") {
            Self::WeChat
        } else if user_agent.contains("DingTalk") {
            Self::DingTalk
        } else if user_agent.contains("AlipayClient") {
            Self::Alipay
        } else {
            Self::Browser
        }
    }
}

impl System {
    /// The system that this `User-Agent` tells of.
    pub fn of(user_agent: &str) -> Self {
        let has = |words: &[&str]| words.iter().any(|word| user_agent.contains(word));
        // HarmonyOS of its own says so and no more "Android"; iPhones say "like Mac OS X"; Android says "Linux".
        if has(&["OpenHarmony", "HarmonyOS"]) {
            Self::Harmony
        } else if has(&["Android"]) {
            Self::Android
        } else if has(&["iPhone", "iPad", "iPod"]) {
            Self::Ios
        } else if has(&["Windows"]) {
            Self::Windows
        } else if has(&["Macintosh"]) {
            Self::Mac
        } else if has(&["Linux", "X11"]) {
            Self::Linux
        } else {
            Self::Other
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_apps_are_told_apart_by_what_they_send() {
        let known = [
            (
                "Mozilla/5.0 (Linux; Android 14; V2309A Build/UP1A.231005.007; wv) AppleWebKit/537.36 (KHTML, like Gecko) \
                 Version/4.0 Chrome/138.0.7204.180 Mobile Safari/537.36 XWEB/1380215 MMWEBSDK/20250101 \
                 MicroMessenger/8.0.63.2880(0x28003F35) WeChat/arm64 Weixin NetType/4G Language/zh_CN ABI/arm64",
                (Host::WeChat, System::Android),
            ),
            // Its version looks old, and there is no "Android" in it.
            (
                "Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0.0.0 \
                 Safari/537.36 ArkWeb/4.1.6.1 Mobile MicroMessenger/8.0.10.41(0xf3100a29) Weixin NetType/WIFI XWEB/1140319",
                (Host::WeChat, System::Harmony),
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) \
                 Mobile/15E148 MicroMessenger/8.0.49(0x18003137) NetType/WIFI Language/zh_CN",
                (Host::WeChat, System::Ios),
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 \
                 Safari/537.36 MicroMessenger/7.0.20.1781(0x6700143B) NetType/WIFI MiniProgramEnv/Windows \
                 WindowsWechat/WMPF WindowsWechat(0x63090c33)XWEB/13603",
                (Host::WeChat, System::Windows),
            ),
            (
                "Mozilla/5.0 (Linux; Android 13; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/130.0.0.0 \
                 Mobile Safari/537.36 wxwork/4.1.30 MicroMessenger/7.0.1 NetType/WIFI Language/zh Lang/zh",
                (Host::WeCom, System::Android),
            ),
            (
                "Mozilla/5.0 (Linux; U; Android 13; zh-CN) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 \
                 Chrome/100.0.4896.58 UWS/5.12.3.0 Mobile Safari/537.36 AliApp(DingTalk/8.1.11) com.alibaba.android.rimet",
                (Host::DingTalk, System::Android),
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) \
                 Mobile/22B83 AliApp(DingTalk/7.8.1) com.laiwang.DingTalk/41 Channel/201200 language/zh-Hans-CN WK",
                (Host::DingTalk, System::Ios),
            ),
            (
                "Mozilla/5.0 (Linux; U; Android 14; zh-CN) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 \
                 Chrome/126.0.0.0 UWS/3.22.2.9999 Mobile Safari/537.36 AlipayClient/10.7.0",
                (Host::Alipay, System::Android),
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 \
                 Safari/605.1.15",
                (Host::Browser, System::Mac),
            ),
            (
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
                (Host::Browser, System::Linux),
            ),
            ("", (Host::Browser, System::Other)),
        ];
        for (sent, expected) in known {
            assert_eq!((Host::of(sent), System::of(sent)), expected, "{sent}");
        }
    }
}
