//! How the station handles personal data, as a list: what, what for, how, how long, who gets it.
//!
//! Figures never stand here: how long something is kept comes with [`Figures`].

use crate::i18n::dates;
use liaison_domain::Millis;
use liaison_domain::limits::{Span, Unit};

pub const PATH: &str = "/privacy";
pub const TITLE: &str = "个人信息怎么用";
pub const LEAD: &str = "收集什么、为什么、怎么用、留多久、给谁看，一条一条列在这里。";
pub const LINK: &str = "看完整的清单";

pub const WHO: &str = "谁在收集";
pub const WHO_NAME: &str = "单位";
pub const WHO_PHONE: &str = "电话";
pub const WHO_HOURS: &str = "什么时候有人接";
pub const WHO_WHY: &str = "凭什么";
pub const WHO_WHY_TEXT: &str =
    "代表联络站依法联系群众，为了办您提的事才使用这些信息，不作别的用处，不卖，不用来推广告。";

pub const LIST: &str = "清单";
pub const LIST_LEAD: &str = "点开看每一条：收集什么、为什么、怎么用、留多久、给谁看。写明“必须”的，没有它就办不了。别的都可以不填，不填不影响办理。";
pub const WHAT: &str = "收集什么";
pub const WHY: &str = "为什么";
pub const HOW: &str = "怎么用";
pub const KEEP: &str = "留多久，到期怎么办";
pub const WHOM: &str = "给谁看";

pub const SENSITIVE: &str = "敏感的信息";
pub const SENSITIVE_POINTS: &[&str] = &[
    "不收身份证号、银行账号、人脸、行踪。请不要写在意见里。",
    "您写的内容、照片、录音、视频里可能有病情、孩子、家庭住址这些敏感的信息。只有为办这件事才用，办的人才看得到。",
    "不给这些，也能写意见。漏出去可能打扰到您和家人，所以公开稿先去掉这些，再给您看，您同意了才公开。",
];

pub const RECEIVERS: &str = "会交给谁";
pub const RECEIVERS_LEAD: &str = "除了下面这些，不给别人。法律规定必须提供的除外。";
pub const RECEIVER_WHAT: &str = "给什么";
pub const RECEIVER_WHY: &str = "为什么给";
pub const RECEIVER_HOW: &str = "怎么给";

pub const RIGHTS: &str = "您可以怎么做";
pub const RIGHTS_LEAD: &str =
    "都在“我的信息”里，用手机号登录就能自己办，马上生效。不会用的，打电话或到联络站，我们替您办。";
pub const RIGHTS_LINK: &str = "打开“我的信息”";
/// What, and how.
pub const RIGHTS_WAYS: &[(&str, &str)] = &[
    (
        "查看",
        "“我的信息”里有您的全部信息，也看得到谁看过您的手机号、为什么看。",
    ),
    (
        "复制、带走",
        "“带走一份”可以下载网页、数据文件，或者连照片、录音、视频的压缩文件。",
    ),
    ("转到别处", "数据文件（JSON）是通用格式，可以交给别的单位用。"),
    (
        "更正、补充",
        "称呼、手机号、邮箱在“我的信息”和“怎样告诉我”里改。意见写错了，在那件意见里补充。",
    ),
    (
        "删除",
        "没办理的意见可以撤回。其余的，打电话说明要删什么；依法不能删的，会告诉您理由，并不再作别的用处。",
    ),
    ("限制使用", "可以不让公开、不让打电话、不发短信，每一件分开定。"),
    (
        "收回同意",
        "“我同意过什么”里点“收回”，和同意一样容易。收回以前做的，仍然有效。",
    ),
    ("注销", "“注销”里打勾确认，称呼、手机号、邮箱、消息马上删掉。"),
    (
        "不答应怎么办",
        "您的要求我们不能照办时，会写明理由。不满意，可以再找总站，也可以向网信部门投诉、向法院起诉。",
    ),
];

pub const CHILDREN: &str = "不满14岁的孩子";
pub const CHILDREN_POINTS: &[&str] = &[
    "请由父母或别的监护人替孩子写，用监护人的手机号。",
    "不专门收集孩子的信息。写到孩子的，不写姓名、学校班级也能办；照片里孩子的脸，公开前会遮住。",
    "发现孩子自己写来的，我们先联系监护人；监护人不同意的，马上删掉。",
];

pub const CHANGES: &str = "规则改了怎么办";
pub const CHANGES_TEXT: &str = "改了会在这一页写明，用途变了的，会再问您同意不同意。";

/// How long something is kept here, from the configuration in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figures {
    /// From the end of a letter or the day of a reception.
    pub letters: Span,
    /// The longest of a category with a time of its own; none where all are alike.
    pub longest: Option<Span>,
    pub drafts: Millis,
    pub uploads: Millis,
    pub login: Millis,
    pub login_idle: Millis,
    pub code: Millis,
    /// When a code that is void is removed.
    pub code_kept: Millis,
    pub sent: Millis,
    /// Days.
    pub restrictions: u32,
    /// Days.
    pub broken: u32,
}

/// A kind of data that the station handles. Which ones there are follows from what is configured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Account,
    Letter,
    Pictures,
    Voice,
    Video,
    Helper,
    Handling,
    Copy,
    Booking,
    Event,
    Ledger,
    Messages,
    Login,
    Wechat,
    Drafts,
    Looks,
    Restriction,
    Broken,
}

impl Kind {
    /// All of them, in the order of the list.
    pub const ALL: &'static [Self] = &[
        Self::Account,
        Self::Letter,
        Self::Pictures,
        Self::Voice,
        Self::Video,
        Self::Helper,
        Self::Handling,
        Self::Copy,
        Self::Booking,
        Self::Event,
        Self::Ledger,
        Self::Messages,
        Self::Login,
        Self::Wechat,
        Self::Drafts,
        Self::Looks,
        Self::Restriction,
        Self::Broken,
    ];
}

/// A row of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub title: &'static str,
    pub what: &'static str,
    pub why: &'static str,
    pub how: &'static str,
    pub keep: String,
    pub whom: &'static str,
}

/// 「12个月」「30天」.
pub fn span(span: Span) -> String {
    let unit = match span.unit {
        Unit::WorkDays => "个工作日",
        Unit::CalendarDays => "天",
        Unit::WorkHours => "个工作小时",
        Unit::Hours => "小时",
        Unit::Months => "个月",
    };
    [&span.amount.to_string(), unit].concat()
}

/// 「10分钟」「5小时」「30天」.
pub fn time(length: Millis) -> String {
    const HOUR: Millis = 3_600_000;
    if length < HOUR {
        format!("{}分钟", length / 60_000)
    } else {
        dates::span(length)
    }
}

fn with_letter(figures: &Figures) -> String {
    let longest = figures.longest.map(|longest| format!("（有的类别{}）", span(longest)));
    let longest = longest.unwrap_or_default();
    format!("办结后{}{longest}，自动删掉，只留统计数字。", span(figures.letters))
}

/// What the list says of a kind.
pub fn row(kind: Kind, figures: &Figures) -> Row {
    let row = |title, what, why, how, keep: String, whom| Row {
        title,
        what,
        why,
        how,
        keep,
        whom,
    };
    match kind {
        Kind::Account => row(
            "手机号和称呼",
            "手机号（必须）。称呼、邮箱（可以不填）。",
            "核实是本人，告诉您进度，有事找得到您。",
            "手机号加密保存，平时只显示前三位和后四位。要看全号须写明原因，留下记录，您看得到。",
            format!(
                "最后一件事过了{}、也不再登录，自动删掉。您随时可以注销，马上删。",
                span(figures.letters)
            ),
            "收到这件意见的联络站、代表、承办单位，只看得到遮住中间的号码。",
        ),
        Kind::Letter => row(
            "意见的内容",
            "您写的话、类别、社区（必须）。标题、具体位置、地图上的点（可以不填）。",
            "弄清是什么事、在哪里、该谁办。",
            "工作人员看，交给代表或承办单位办。电脑只帮着分类，要不要受理由人决定。",
            with_letter(figures),
            "联络站、收信的代表、承办单位。别人看不到，除非您同意公开。",
        ),
        Kind::Pictures => row(
            "照片",
            "您放的照片（可以不放）。",
            "看清现场。",
            "上传时去掉拍摄地点、时间、手机型号，重新存一份。",
            format!("{}没有提交的，{}后删掉。", with_letter(figures), time(figures.uploads)),
            "办这件事的人。公开稿里用哪几张，先给您看。",
        ),
        Kind::Voice => row(
            "录音",
            "您说的话（可以不录），和写成的文字。",
            "不方便打字的，说也行。",
            "去掉录音文件里夹带的信息。文字由工作人员核对。",
            format!("{}没有提交的，{}后删掉。", with_letter(figures), time(figures.uploads)),
            "办这件事的人。不公开。",
        ),
        Kind::Video => row(
            "视频",
            "您放的视频（可以不放）。",
            "看清现场。",
            "去掉文件里记的拍摄地点。",
            format!("{}没有提交的，{}后删掉。", with_letter(figures), time(figures.uploads)),
            "办这件事的人。不公开。",
        ),
        Kind::Helper => row(
            "代写的人",
            "替别人写的：怎么称呼、和本人什么关系、电话（可以不填）。",
            "知道是谁帮着写的，要问时问得到。",
            "和意见放在一起。",
            with_letter(figures),
            "办这件事的人。不公开。",
        ),
        Kind::Handling => row(
            "办理过程和评价",
            "谁在什么时候办了什么、答复、您的补充、追问、打的分和说的话。",
            "让您看得到进度，也查得清谁办的。",
            "一步一步记下来，写了不能改，用来核对有没有人动过。",
            "一直留着，用来核对；办结到期后不再连着您的名字和手机号。".to_owned(),
            "您自己和办这件事的人。",
        ),
        Kind::Copy => row(
            "公开稿",
            "另外写的一份，去掉姓名、电话、门牌这些。",
            "让别人也看得到这件事怎么办的。",
            "先给您看，您同意了才公开。您可以选显示不显示称呼。",
            "公开着，直到您收回。办结到期后，称呼也去掉。".to_owned(),
            "所有人。",
        ),
        Kind::Booking => row(
            "预约接待",
            "称呼、手机号、想谈什么（必须），几个人来、有什么不方便（可以不填）。",
            "留好时间，有变化告诉您，准备轮椅通道这些。",
            "只为这一次接待用。",
            format!("接待日后{}，自动删掉是谁约的、谈什么。", span(figures.letters)),
            "接待的联络站和代表。",
        ),
        Kind::Event => row(
            "活动",
            "报名、您提的问题、支持过哪些、投过什么票。",
            "留座位，回答问题，一人只算一次。",
            "问题先由工作人员看过再显示，可以不显示称呼。",
            format!("活动过后{}，自动去掉是谁提的、谁投的。", span(figures.letters)),
            "主持的工作人员。公开的问题所有人看得到。",
        ),
        Kind::Ledger => row(
            "接待记录",
            "来访时间、谈了什么、怎么办的，您说的称呼和电话（可以不说）。",
            "当面说的事也有人办、有据可查。",
            "工作人员当场记，电话加密保存。",
            "作为工作台账长期保存。要改、要删的，打电话说明。".to_owned(),
            "接待的联络站和代表。",
        ),
        Kind::Messages => row(
            "发给您的消息",
            "给您发过的短信、邮件，里面没有意见内容、姓名和号码。",
            "告诉您有新进展。",
            "按您在“怎样告诉我”里选的发，可以关掉。",
            format!("发出后{}，自动删掉。", time(figures.sent)),
            "您自己。",
        ),
        Kind::Login => row(
            "登录",
            "短信验证码、什么时候用过、在什么设备上（例如“微信 · 安卓”）。",
            "核实是本人，您好看出有没有别人登录。",
            "在浏览器里存一个记号（Cookie），只用来认出登录，不跟踪。访问记录里不记您的网络地址。",
            format!(
                "验证码{}内有效，{}后删掉。登录最长{}，{}不用就退出，记录同时删掉。",
                time(figures.code),
                time(figures.code_kept),
                time(figures.login),
                time(figures.login_idle)
            ),
            "您自己，在“在哪里登录着”里。",
        ),
        Kind::Wechat => row(
            "微信绑定",
            "微信给本站的一个编号，存成看不出原样的一串字。不要昵称、头像、好友。",
            "在微信里登录不用等短信。",
            "只用来认出是您。可以不绑。",
            "直到您解绑或注销。".to_owned(),
            "只有本站。",
        ),
        Kind::Drafts => row(
            "没写完的意见",
            "写到一半的字和选项。",
            "关掉页面、没有网，也不会丢。",
            "存在您的设备上；加密后在本站也存一份，只有这个浏览器打得开。",
            format!("不动满{}，自动删掉。提交了、您删了，马上删。", time(figures.drafts)),
            "只有您。工作人员看不到。",
        ),
        Kind::Looks => row(
            "谁看过、改过",
            "谁看过您的完整手机号、为什么；手机号、微信绑定什么时候改过。",
            "有人乱看、乱改，查得出来。",
            "记下来不能改。",
            "和办理过程一起留着。改前改后的号码（遮住中间）在注销或到期时删掉。".to_owned(),
            "您自己，在“我的信息”里；查账的工作人员。",
        ),
        Kind::Restriction => row(
            "限制",
            "有人反复写同样的、骂人的，可能被限制几天：原因、期限、申诉，和由手机号算出的一串字（看不出号码）。",
            "让别人的事也有人办。",
            "换号码、重新登录，限制还在。您可以申诉。",
            format!("{}天后不再算数，那串字同时删掉。", figures.restrictions),
            "您自己，决定的工作人员。",
        ),
        Kind::Broken => row(
            "页面出错的次数",
            "哪种浏览器、哪个页面出了什么错，一天几次。不记是谁。",
            "知道哪里坏了好修。",
            "只计数。",
            format!("{}天后删掉。", figures.broken),
            "维护系统的人。",
        ),
    }
}

/// Somebody else who gets something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Receiver {
    Units,
    Deputies,
    Sms,
    Mail,
    Gateway,
    Wechat,
    Speech,
}

impl Receiver {
    /// All of them, in the order of the list.
    pub const ALL: &'static [Self] = &[
        Self::Units,
        Self::Deputies,
        Self::Sms,
        Self::Mail,
        Self::Gateway,
        Self::Wechat,
        Self::Speech,
    ];

    /// Who it is.
    pub const fn name(self) -> &'static str {
        self.words()[0]
    }

    /// Who, what, what for, how.
    pub const fn words(self) -> [&'static str; 4] {
        match self {
            Self::Units => [
                "承办单位",
                "意见的内容、照片、录音、视频，遮住中间的手机号",
                "由它来办这件事",
                "在本站里看，不另外发出去",
            ],
            Self::Deputies => [
                "人大代表",
                "写给这位代表的意见，遮住中间的手机号",
                "代表来回答、督促",
                "在本站里看，不另外发出去",
            ],
            Self::Sms => [
                "短信服务商",
                "手机号，验证码或不带内容的提醒",
                "把短信发到您的手机",
                "加密线路，发完即止",
            ],
            Self::Mail => [
                "邮件服务器",
                "您填的邮箱，不带内容的提醒",
                "把邮件发给您",
                "加密线路，发完即止",
            ],
            Self::Gateway => [
                "消息平台",
                "账户编号或手机号，不带内容的提醒",
                "在您用的平台里提醒您",
                "加密线路，发完即止",
            ],
            Self::Wechat => [
                "微信（腾讯公司）",
                "您点“用微信登录”这件事；在微信里打开时，页面的地址",
                "在微信里登录、分享",
                "由微信的网页接口，我们不给手机号和内容",
            ],
            Self::Speech => [
                "语音转文字服务",
                "录音",
                "写成文字，听不清时也看得懂",
                "加密线路，不带手机号和姓名",
            ],
        }
    }
}
