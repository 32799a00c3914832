//! Every setting with its default and its comment. The sample file, `config show`, the environment
//! variables and the typed configuration are all made from this list.

use liaison_domain::limits::Limits;
use toml::Value;

/// One setting.
#[derive(Clone, Debug)]
pub struct Setting {
    /// `section.name`, as in the file.
    pub key: String,
    /// What holds when nobody sets it; also fixes the kind of value.
    pub default: Value,
    /// Never printed.
    pub secret: bool,
    /// Stands above it in the sample.
    pub doc: String,
}

impl Setting {
    /// `server.addr` → `LIAISON_SERVER_ADDR`.
    pub fn env(&self) -> String {
        format!("LIAISON_{}", self.key.to_uppercase().replace('.', "_"))
    }

    /// The part before the last dot.
    pub fn section(&self) -> &str {
        self.key.rsplit_once('.').map_or("", |(section, _)| section)
    }

    /// The part behind it.
    pub fn name(&self) -> &str {
        self.key.rsplit_once('.').map_or(self.key.as_str(), |(_, name)| name)
    }
}

fn text(key: &str, default: &str, doc: &str) -> Setting {
    Setting {
        key: key.into(),
        default: Value::String(default.into()),
        secret: false,
        doc: doc.into(),
    }
}

fn number(key: &str, default: i64, doc: &str) -> Setting {
    Setting {
        key: key.into(),
        default: Value::Integer(default),
        secret: false,
        doc: doc.into(),
    }
}

fn switch(key: &str, default: bool, doc: &str) -> Setting {
    Setting {
        key: key.into(),
        default: Value::Boolean(default),
        secret: false,
        doc: doc.into(),
    }
}

fn list(key: &str, doc: &str) -> Setting {
    Setting {
        key: key.into(),
        default: Value::Array(Vec::new()),
        secret: false,
        doc: doc.into(),
    }
}

fn secret(setting: Setting) -> Setting {
    Setting {
        secret: true,
        ..setting
    }
}

/// All settings, in the order of the sample.
pub fn settings() -> Vec<Setting> {
    let mut all = vec![
        text(
            "server.addr",
            "127.0.0.1:8080",
            "Address and port to listen on; port 0 takes a free one.",
        ),
        text(
            "server.data",
            "./data",
            "Folder of the embedded database and the uploaded pictures.",
        ),
        text(
            "server.web",
            "./web",
            "Folder of the built web apps (`manifest.json` and `a/`).",
        ),
        text(
            "server.proofs",
            "",
            "Folder of files by which platforms see whose host this is (`MP_verify_….txt` and the like), served at the root by\n\
             their exact names; empty: `wellknown` in `server.data`.",
        ),
        text(
            "server.public_url",
            "",
            "Address people type, such as https://letters.example.org; empty: taken from the Host header.",
        ),
        text(
            "server.insecure_cookie",
            "auto",
            "Session cookies need https. `auto` allows plain http when both the listening address and the Host are\n\
             this very machine (for trying things out); `never` always demands https.",
        ),
        list(
            "server.trusted_proxies",
            "Addresses or networks (10.0.0.0/8) of reverse proxies whose X-Forwarded-For is believed.",
        ),
        text(
            "server.log",
            "info",
            "What is logged: error, warn, info, debug, or a filter per module.",
        ),
        text("server.log_format", "text", "`text` for people, `json` for collectors."),
        secret(text(
            "database.url",
            "",
            "postgres://user:password@host/name; empty: SQLite in `server.data`. DATABASE_URL says the same.",
        )),
        text(
            "station.name",
            "听海区网上代表联络站",
            "Name of the installation, in page titles.",
        ),
        text("station.district", "听海区", "Name of the district."),
        text(
            "station.phone",
            "199-0000-1000",
            "Phone number that stands on every page.",
        ),
        text(
            "station.phone_hours",
            "工作日 9:00–12:00，14:00–17:30",
            "When it is answered.",
        ),
        text(
            "station.number_prefix",
            "TH",
            "Letters that begin a letter's number, as in TH-2026-004213.",
        ),
        text(
            "station.library",
            "",
            "File with the station's reasons for declining and keeping closed, its outside channels and its doors (TOML);\n\
             empty: the library that ships. Doors it does not name are those that ship.",
        ),
        secret(text(
            "security.phone_key",
            "",
            "64 hexadecimal digits under which phone numbers are hashed and sealed. Empty: made once and kept in the data\n\
             folder; several servers on one database need the same, and without it no kept number can be called.",
        )),
        switch(
            "demo.enabled",
            false,
            "Fills an empty database with a made-up district and shows codes on the page.",
        ),
        text(
            "sms.command",
            "",
            "Program that sends a code: it gets one line of JSON with `phone`, `code` and `minutes` on its standard\n\
             input and ends with 0 when the message is on its way. Empty: nobody can log in by phone outside the demo.",
        ),
        number(
            "session.resident_idle_days",
            30,
            "A resident's login ends after so many days without use …",
        ),
        number("session.resident_days", 180, "… and after so many days in any case."),
        number(
            "session.staff_idle_minutes",
            120,
            "A staff login ends after so many minutes without use …",
        ),
        number("session.staff_hours", 12, "… and after so many hours in any case."),
        number("link.days", 7, "How long a link that logs in once is good."),
        number(
            "link.session_hours",
            12,
            "A login by such a link ends after so many hours, or with the staff's own limits.",
        ),
        number("otp.minutes", 10, "How long a code is good."),
        number("otp.attempts", 5, "Wrong tries before a code is void."),
        number("otp.resend_seconds", 60, "Seconds between two codes to one phone."),
        number("otp.per_hour", 5, "Codes to one phone in an hour."),
        number("otp.per_day", 10, "Codes to one phone in a day."),
        number(
            "otp.per_address_per_hour",
            100,
            "Codes sent for one network address in an hour.",
        ),
        number(
            "rate.writes_per_minute",
            240,
            "Writing requests from one network address in a minute; 0: no limit.",
        ),
        number(
            "rate.letters_per_day",
            20,
            "Letters one account may hand in within a day; 0: no limit.",
        ),
        number("uploads.max_bytes", 20 * 1024 * 1024, "Largest picture, in bytes."),
        number(
            "uploads.max_pixels",
            50_000_000,
            "Largest picture, in pixels; guards memory.",
        ),
        number(
            "uploads.keep_hours",
            48,
            "How long a picture, recording or video waits for its letter, or for its next piece, before it is removed.",
        ),
        number(
            "uploads.voice_seconds",
            60,
            "Longest recording of a letter, in seconds.",
        ),
        number(
            "uploads.voice_max_bytes",
            12 * 1024 * 1024,
            "Largest recording that was chosen as a file, in bytes.",
        ),
        number(
            "uploads.video_max_bytes",
            50_000_000,
            "Largest video, in bytes; 0: no videos are taken.",
        ),
        number(
            "drafts.keep_days",
            30,
            "Days for which a letter that is not finished is kept after it was last touched.",
        ),
        number(
            "jobs.tick_seconds",
            30,
            "How often limits that have passed are looked for.",
        ),
    ];
    all.extend(reception_settings());
    all.extend(notify_settings());
    all.extend(wechat_settings());
    all.extend(speech_settings());
    all.extend(limit_settings());
    all
}

/// Schedules and bookings.
fn reception_settings() -> Vec<Setting> {
    vec![
        number(
            "reception.plan_months",
            12,
            "How far ahead receptions are planned from their rules (default: 全年代表接待日程).",
        ),
        number(
            "reception.announce_days",
            3,
            "Days before a reception by which it is to be announced (default: 提前3天公告接待日、地点、接待人).",
        ),
        number(
            "reception.closes_hours",
            2,
            "Hours before a reception at which booking ends (default: ours).",
        ),
        number(
            "reception.offer_hours",
            12,
            "Hours a time that became free is kept for the next on the waiting list (default: ours).",
        ),
        text(
            "reception.remind_hours",
            "24, 2",
            "Hours before a talk at which people are reminded; of an event, the last of them (default: ours).",
        ),
        number(
            "reception.misses",
            2,
            "Receptions missed without a word after which one books by telephone only …; 0: never (default: ours).",
        ),
        number("reception.miss_days", 90, "… within so many days (default: ours)."),
    ]
}

/// What goes out to telephones and mailboxes.
fn notify_settings() -> Vec<Setting> {
    vec![
        text(
            "notify.quiet_from",
            "21:00",
            "From then on only emergencies go out … (default: product decision)",
        ),
        text("notify.quiet_to", "8:00", "… until then (default: product decision)."),
        text(
            "notify.digest_at",
            "9:00, 16:30",
            "When digests go out (default: ours; digest by default is product decision).",
        ),
        number(
            "notify.grace_seconds",
            60,
            "How long a message waits for its step to be taken back (default: ours).",
        ),
        number(
            "notify.tries",
            8,
            "Tries to send a message before it is given up (default: ours).",
        ),
        number(
            "notify.backoff_seconds",
            60,
            "Wait after the first failed try, doubled after each further one, six hours at most (default: ours).",
        ),
        number(
            "notify.keep_sent_days",
            90,
            "How long a message that was sent stays in the list before it is removed; one that could not be sent stays until\n\
             somebody sends it again (default: ours).",
        ),
        switch(
            "notify.sms",
            false,
            "Whether `sms.command` sends messages too: it then gets lines of JSON with `id`, `phone` and `text` instead of\n\
             `code` and `minutes`.",
        ),
        text(
            "notify.ca_file",
            "",
            "File with the certificates (PEM) of your own authorities, for a mail server or a gateway whose certificate no\n\
             public authority signed; they count besides those of this machine.",
        ),
        text(
            "notify.smtp.host",
            "",
            "Mail server that messages are handed to; empty: no mail goes out.",
        ),
        number("notify.smtp.port", 587, "Its port."),
        text(
            "notify.smtp.tls",
            "starttls",
            "`starttls`, `tls`, or `none`: only when the mail server is this very machine.",
        ),
        text("notify.smtp.user", "", "Name to log in with; empty: no login."),
        secret(text("notify.smtp.password", "", "Its password.")),
        text(
            "notify.smtp.from",
            "",
            "The sender, such as `联络站 <station@example.org>`; needed for mail.",
        ),
        secret(text(
            "notify.webhook.url",
            "",
            "Address that each message is posted to, for gateways to SMS, WeChat or DingTalk; empty: none. See\n\
             docs/notifications.md for the body and its signature.",
        )),
        secret(text(
            "notify.webhook.secret",
            "",
            "Under which each post is signed (HMAC-SHA-256); needed for the webhook, 16 characters or more.",
        )),
        text(
            "notify.webhook.channel",
            "webhook",
            "Stands in each post, so that one gateway can tell several installations apart.",
        ),
        text(
            "notify.webhook.address",
            "account",
            "Who a post is for: `account` (its id) or `phone` (its number; staff have none).",
        ),
        number(
            "notify.webhook.timeout_seconds",
            10,
            "Longest wait for the gateway's answer.",
        ),
    ]
}

/// `WeChat`: share cards and logging in. All of it is absent without an app id.
fn wechat_settings() -> Vec<Setting> {
    vec![
        text(
            "wechat.app_id",
            "",
            "AppID of the station's service account (服务号), from the platform's console; empty: nothing of WeChat is there.",
        ),
        secret(text(
            "wechat.app_secret",
            "",
            "Its AppSecret; needed with `wechat.app_id`.",
        )),
        list(
            "wechat.hosts",
            "Hosts that are entered as JS 安全域名 in the console, without scheme; empty: the one of `server.public_url`.\n\
             Signatures are made for addresses of these hosts and for no others.",
        ),
        switch(
            "wechat.share",
            true,
            "Whether pages load the platform's script, so that what is shared from them is a card.",
        ),
        switch(
            "wechat.login",
            false,
            "Whether residents may log in by WeChat once they have bound it to their phone number; the host of\n\
             `server.public_url` has to be entered as 网页授权域名.",
        ),
        text(
            "wechat.script",
            "https://res.wx.qq.com/open/js/jweixin-1.6.0.js",
            "The platform's script (JS-SDK), by its https address; only its host may then be loaded scripts from.",
        ),
        text(
            "wechat.api",
            "https://api.weixin.qq.com",
            "Where the platform's API is; another one for a relay inside your network.",
        ),
        text(
            "wechat.authorize",
            "https://open.weixin.qq.com/connect/oauth2/authorize",
            "Where people are asked by the platform whether they want to log in.",
        ),
        number("wechat.timeout_seconds", 5, "Longest wait for the platform's answer."),
    ]
}

/// The service that turns recordings into text.
fn speech_settings() -> Vec<Setting> {
    vec![
        secret(text(
            "speech.url",
            "",
            "Address that recordings are posted to, to be turned into text; empty: none, the office writes them down. See\n\
             docs/operations.md for what is sent and expected. A recording is somebody's voice.",
        )),
        secret(text(
            "speech.token",
            "",
            "Shown to the service as `Authorization: Bearer …`; empty: nothing is shown.",
        )),
        number(
            "speech.timeout_seconds",
            60,
            "Longest wait for the text of one recording.",
        ),
    ]
}

/// The rules' own limits, by their own list.
fn limit_settings() -> Vec<Setting> {
    let limits = Limits::default();
    let Ok(Value::Table(defaults)) = Value::try_from(&limits) else {
        return Vec::new();
    };
    limits
        .rows()
        .into_iter()
        .filter_map(|row| {
            let default = defaults.get(row.key)?.clone();
            let doc = format!("{} (default: {})", row.meaning, row.origin);
            Some(Setting {
                key: format!("limits.{}", row.key),
                default,
                secret: false,
                doc,
            })
        })
        .collect()
}
