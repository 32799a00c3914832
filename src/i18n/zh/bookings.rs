//! Words of booking a reception and of one's own bookings.

use liaison_domain::Millis;
use liaison_domain::calendar::{HOUR_MS, MINUTE_MS};
use liaison_domain::dto::AppointmentView;
use liaison_domain::notify::MeetingKind;
use liaison_domain::reception::{BookingState, Mode, Refused, SessionKind, checkin_code, clock_words};

use crate::i18n::dates;

pub const BOOK: &str = "约见代表";
pub const LEAD: &str = "选一个时间，说一句要谈什么。约好后随时可以取消。";
pub const TIME: &str = "选哪个时间";
pub const TIME_OTHER: &str = "换个时间";
pub const TIME_HINT: &str = "每个时间只约给一家，谈的时候不用排队。";
pub const FULL: &str = "已约满";
pub const WAIT: &str = "排队等候";
pub const WAIT_WHO: &str = "想等谁的时间";
pub const WAIT_ANY: &str = "哪位代表都可以";
pub const MODE: &str = "怎么谈";
pub const TOPIC: &str = "想谈什么事";
pub const TOPIC_HINT: &str = "一两句话就行，方便代表事先了解。";
pub const NEEDS: &str = "需要我们准备什么";
pub const NEEDS_HINT: &str = "没有就不用选。";
pub const NEEDS_OTHER: &str = "其他需要";
pub const PEOPLE: &str = "几个人来";
pub const CALLED: &str = "怎么称呼您";
pub const CALLED_HINT: &str = "例如：李女士。到站签到时用。";
pub const GO: &str = "约这个时间";
pub const GO_WAIT: &str = "排队等候";
pub const PHONE: &str = "留一个手机号";
pub const PHONE_WHY: &str = "用来提醒您，时间有变时告诉您。不公开。";
pub const MINE: &str = "我的预约";
pub const MINE_LEAD: &str = "约见代表的时间都在这里。";
pub const NONE: &str = "您还没有约过代表。约好后，时间、地点和签到码都在这里。";
pub const SEE_RECEPTIONS: &str = "看接待日程";
pub const BOOK_AGAIN: &str = "再约一次";
pub const TO_LIST: &str = "我的预约";
pub const TO_RECEPTION: &str = "这次接待";

/// Above who looked at the number.
pub const LOOKS: &str = "谁看过您的电话号码";

pub const WHEN: &str = "时间";
pub const WHERE: &str = "地点";
pub const WHO: &str = "见谁";
pub const WHO_ANY: &str = "当天在站的代表";
pub const CODE: &str = "签到码";
pub const CODE_HINT: &str = "到站报这六位数，或报称呼，就能签到。";
pub const QUEUE_NO: &str = "排号";
pub const STATION: &str = "联络站";
pub const LINK: &str = "进入线上接待";
pub const LINK_LABEL: &str = "线上入口";
pub const PHONE_MODE: &str = "到时间由联络站打给您，请留意来电。";
pub const CALENDAR: &str = "加到手机日历";
pub const CALENDAR_OFF: &str = "从手机日历里划掉";
pub const CANCEL: &str = "取消预约";
pub const CANCEL_WAIT: &str = "不排了";
pub const CANCEL_HOW: &str = "来不了请点“取消预约”，时间会让给排队的人。";
pub const ACCEPT: &str = "要这个时间";
pub const DECLINE: &str = "不要了，让给下一位";
pub const KEEP: &str = "知道了，照常去";
pub const NOT_KEEP: &str = "不去了，取消预约";
pub const ALTERNATIVES: &str = "您可以这样";
pub const OTHER_DATE: &str = "换一次接待";
pub const NO_OTHER_DATE: &str = "近期没有空着的时间。可以改成写信，或打电话请联络站安排。";
pub const TO_LETTER: &str = "改成给代表写信";
pub const TO_LETTER_HINT: &str = "您写过的事会带过去，可以再改。信没有寄出以前，上面的日子照样可以选。";
pub const BECAME_LETTER: &str = "已经改成写信：";
pub const DROP_IT: &str = "都不用了";
pub const DONE: &str = "已经了结，不用再办什么。";

pub const NOT_NOW: &str = "这一步现在做不了，可能时间已过，或者预约有了变化。下面是最新情况。";
pub const CHANGED: &str = "这次预约刚刚有了变化，请看过最新情况再决定。";

/// What somebody may need, as it is kept and shown.
pub const NEEDS_ALL: [&str; 4] = ["坐轮椅", "听力不便", "视力不便", "只会讲方言"];

/// What happened just now.
pub fn done(what: &str) -> Option<&'static str> {
    Some(match what {
        "booked" => "约好了。下面是时间和签到码。",
        "waiting" => "已经排上队。有了空位会马上告诉您。",
        "accepted" => "这个时间是您的了。",
        "declined" => "已经让给下一位。",
        "cancelled" => "已经取消。",
        "kept" => "好的，照常等您来。",
        "settled" => "好的，这次预约就到这里。",
        _ => return None,
    })
}

/// What kind of reception it is.
pub const fn kind(kind: SessionKind) -> &'static str {
    match kind {
        SessionKind::Ordinary => "代表接待日",
        SessionKind::Leader => "主任接待日",
        SessionKind::Mobile => "流动接待",
        SessionKind::Themed => "主题接待",
        SessionKind::StudyDay => "代表学习日",
    }
}

/// How one meets.
pub const fn mode(mode: Mode) -> (&'static str, &'static str) {
    match mode {
        Mode::OnSite => ("到联络站当面谈", ""),
        Mode::Phone => ("打电话谈", "到时间由联络站打给您"),
        Mode::Online => ("线上视频谈", "约好后给您入口"),
    }
}

/// Where a booking stands: tone, icon, word.
pub const fn state(state: BookingState) -> (&'static str, &'static str, &'static str) {
    match state {
        BookingState::Booked => ("good", "#i-good", "已约好"),
        BookingState::Waiting => ("busy", "#i-clock", "排队中"),
        BookingState::Offered => ("you", "#i-dot", "有空位，等您决定"),
        BookingState::CheckedIn => ("good", "#i-good", "已签到"),
        BookingState::Done => ("quiet", "#i-good", "已结束"),
        BookingState::NoShow => ("warn", "#i-warn", "没有到"),
        BookingState::Cancelled => ("quiet", "#i-info", "已取消"),
        BookingState::Lapsed => ("quiet", "#i-info", "没有排到"),
        BookingState::Dropped => ("warn", "#i-warn", "接待取消"),
    }
}

/// Why a time cannot be booked, and what to do.
pub const fn refused(why: Refused) -> &'static str {
    match why {
        Refused::TooLate => "这次接待已经停止预约。可以约下一次，着急请打联络站电话。",
        Refused::Cancelled => "这次接待已经取消，请约别的日子。",
        Refused::NotBookable => "这一天不接受预约，请约接待日。",
        Refused::NoSuchSlot => "这个时间现在没有了，请另选一个。",
        Refused::Taken => "这个时间刚刚被别人约走了，请另选一个。您填的都还在。",
        Refused::Already => "这次接待您已经约过了，请在“我的预约”里看。",
        Refused::Overlaps => "同一时间您已经约了另一场接待，请另选一个时间。",
        Refused::MissedTooOften => "最近有几次约好了没有来，网上预约暂停一段时间。请打联络站电话约，站里会帮您安排。",
        Refused::NotFull => "还有空着的时间，不用排队，请直接选一个。",
    }
}

/// Heading of a reception: 「11月26日 星期四 14:00–16:00」.
pub fn span(starts_at: Millis, ends_at: Millis, now: Millis) -> String {
    [
        &dates::long_date(starts_at, now),
        " ",
        &clock_words(starts_at),
        "–",
        &clock_words(ends_at),
    ]
    .concat()
}

/// 「11月26日 星期四 14:20」.
pub fn moment(at: Millis, now: Millis) -> String {
    [&dates::long_date(at, now), " ", &clock_words(at)].concat()
}

/// A time with whom: 「14:20 陆知遥」.
pub fn slot(at: Millis, deputy: Option<&str>) -> String {
    match deputy {
        Some(name) => [&clock_words(at), " ", name].concat(),
        None => clock_words(at),
    }
}

/// 「2 人」.
pub fn people(count: u32) -> String {
    format!("{count} 人")
}

/// How long the line is, honestly.
pub fn line(waiting: u32) -> String {
    if waiting == 0 {
        "时间都约满了，还没有人排队。有人取消，您就是第一个；没有人取消，就轮不到。着急的事请写信或打电话。".to_owned()
    } else {
        format!(
            "时间都约满了，前面已有 {waiting} 人排队。有人取消才轮得到下一位，不一定排得上。着急的事请写信或打电话。"
        )
    }
}

/// Where one stands in the line.
pub fn place(place: u32) -> String {
    if place <= 1 {
        "您排在第一位。有人取消，马上告诉您。".to_owned()
    } else {
        format!("您前面还有 {} 人。轮到您时会告诉您。", place - 1)
    }
}

/// Until when an offer stands.
pub fn offer(at: Millis, until: Millis, now: Millis) -> String {
    let left = (until - now).max(0);
    let far = if left >= HOUR_MS {
        format!("还有 {} 小时", left / HOUR_MS)
    } else {
        format!("还有 {} 分钟", (left / MINUTE_MS).max(1))
    };
    format!(
        "{} 空出来了，给您留到 {}（{far}）。到时没有回音，就让给下一位。",
        moment(at, now),
        moment(until, now)
    )
}

/// What the station has to be answered to.
pub fn question(choice: &str, deputy: Option<&str>) -> String {
    match (choice, deputy) {
        ("substitute", Some(name)) => format!("原来约的代表来不了，改由{name}接待，时间不变。还来吗？"),
        ("substitute", None) => "原来约的代表来不了，改由别的代表接待，时间不变。还来吗？".to_owned(),
        _ => "这次接待的时间或地点变了，下面是新的安排。还来吗？".to_owned(),
    }
}

/// Why it was dropped.
pub fn dropped(reason: Option<&str>) -> String {
    match reason.map(str::trim).filter(|reason| !reason.is_empty()) {
        Some(reason) => format!("这次接待取消了，原因：{reason}。很抱歉让您白等，您可以从下面选一样。"),
        None => "这次约不成了，代表来不了。很抱歉让您白等，您可以从下面选一样。".to_owned(),
    }
}

/// A reception that can be booked instead.
pub fn alternative(starts_at: Millis, ends_at: Millis, now: Millis) -> String {
    [&span(starts_at, ends_at, now), "，约这次"].concat()
}

/// 「还有 3 个时间」.
pub fn free(count: u32) -> String {
    format!("还有 {count} 个时间")
}

/// 「打电话 0000-1234567」 behind a refusal that only the telephone helps.
pub fn call(phone: &str) -> String {
    format!("联络站电话 {phone}")
}

/// One's booking in one's calendar: the reception and with whom, nothing of what it is about.
pub fn entry_title(booking: &AppointmentView, is_off: bool) -> String {
    let name = if booking.title.is_empty() {
        kind(booking.kind)
    } else {
        &booking.title
    };
    let off = if is_off { "【已取消】" } else { "" };
    match &booking.deputy_name {
        Some(deputy) => [off, "约见", deputy, "：", name].concat(),
        None => [off, "约见代表：", name].concat(),
    }
}

/// Where it is.
pub fn entry_place(booking: &AppointmentView) -> String {
    match booking.mode {
        Mode::OnSite => [&*booking.station_name, " ", &booking.place].concat(),
        Mode::Phone => "电话".to_owned(),
        Mode::Online => "线上".to_owned(),
    }
}

/// What stands under it: how one checks in, or how one meets otherwise, and where to look.
pub fn entry_text(booking: &AppointmentView, is_off: bool, address: &str) -> String {
    let how = match booking.mode {
        _ if is_off => "这次预约取消了，不用来。".to_owned(),
        Mode::OnSite => format!("签到码 {}。{CODE_HINT}", checkin_code(&booking.code)),
        Mode::Phone => PHONE_MODE.to_owned(),
        Mode::Online => "线上入口在预约的页面上。".to_owned(),
    };
    [how, format!("改期、取消：{address}"), call(&booking.station_phone)].join("\n")
}

/// Until when one can book.
pub fn closes(at: Millis, now: Millis) -> String {
    format!("{} 停止预约。", moment(at, now))
}

/// 「11月26日 10:32，云帆街道联络站查看了您的联系电话。原因：约时间上门」.
pub fn look(who: &str, at: Millis, reason: &str, now: Millis) -> String {
    format!("{}，{who}查看了您的联系电话。原因：{reason}", dates::date_time(at, now))
}

/// What an entry of the inbox says.
pub const fn line_of(kind: MeetingKind) -> &'static str {
    match kind {
        MeetingKind::BookingBooked => "您的预约已登记",
        MeetingKind::BookingOffered => "有了空位，请决定要不要",
        MeetingKind::BookingReminder => "您约的接待快到了",
        MeetingKind::BookingLapsed => "空位没有等到您回音，让给了下一位",
        MeetingKind::BookingDropped => "您约的接待取消了，请看怎么办",
        MeetingKind::BookingSubstitute => "接待的代表换了人，请看还来不来",
        MeetingKind::BookingMoved => "您约的接待改了时间或地点",
        MeetingKind::BookingNumberSeen => "有工作人员查看过您留的联系电话",
        MeetingKind::LeaveAsked => "有代表请假，请安排由谁接待",
        MeetingKind::LeaveGranted => "这次接待您不用去了，站里已有安排",
        MeetingKind::LeaveRefused => "请假没有准，这次接待请照常去",
        MeetingKind::SubstituteNamed => "请您代为接待这一场",
        MeetingKind::EventStarts => "您关注的活动快开始了",
        MeetingKind::EventChanged => "您关注的活动有变动",
        MeetingKind::EventSeat => "您排队的活动有了位子，已给您留下",
        MeetingKind::EventAnswered => "您的提问有了回答",
        MeetingKind::EventToLetter => "您的提问已转成一件意见办理",
        MeetingKind::RestrictionWarning => "联络站给您一次提醒，请看原因",
        MeetingKind::RestrictionLimit => "您写信的次数暂时受限，请看原因和期限",
        MeetingKind::RestrictionStarted => "您暂时不能提交新的事项，请看原因和期限",
        MeetingKind::RestrictionLifted => "对您的限制已经解除",
        MeetingKind::RestrictionHeard => "您的申诉有了结果",
        MeetingKind::RestrictionProposed => "有一项限制等您审批",
        MeetingKind::RestrictionObjected => "有人对限制提出申诉，等您决定",
    }
}

/// The same outside the app: nothing of what it is about.
pub const fn outside(kind: MeetingKind) -> &'static str {
    match kind {
        MeetingKind::BookingBooked => "预约已登记",
        MeetingKind::BookingOffered => "有了空位，请尽快决定要不要",
        MeetingKind::BookingReminder => "快到时间了",
        MeetingKind::BookingLapsed => "空位已让给下一位",
        MeetingKind::BookingDropped => "已取消，请不要前往，别的安排见页面",
        MeetingKind::BookingSubstitute => "接待的代表有变，见页面",
        MeetingKind::BookingMoved => "时间或地点有变，以页面为准",
        MeetingKind::BookingNumberSeen => "有工作人员查看过您的联系电话",
        MeetingKind::LeaveAsked => "有代表请假，请到页面安排",
        MeetingKind::LeaveGranted => "您不用去了，站里已有安排",
        MeetingKind::LeaveRefused => "请假没有准，请照常前往",
        MeetingKind::SubstituteNamed => "请您代为接待，见页面",
        MeetingKind::EventStarts => "快开始了",
        MeetingKind::EventChanged => "有变动，以页面为准",
        MeetingKind::EventSeat => "有了位子，已给您留下",
        MeetingKind::EventAnswered => "您的提问有了回答",
        MeetingKind::EventToLetter => "您的提问已转办",
        MeetingKind::RestrictionWarning
        | MeetingKind::RestrictionLimit
        | MeetingKind::RestrictionStarted
        | MeetingKind::RestrictionLifted => "您的账号有变化，见页面",
        MeetingKind::RestrictionHeard => "您的申诉有了结果，见页面",
        MeetingKind::RestrictionProposed => "有一项限制等您审批",
        MeetingKind::RestrictionObjected => "有一项限制的申诉等您决定",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_refusal_says_what_to_do() {
        for why in Refused::ALL {
            let words = refused(*why);
            assert!(words.contains('请') || words.contains('约'), "{}: {words}", why.code());
        }
    }

    #[test]
    fn the_line_is_told_honestly() {
        assert!(line(0).contains("还没有人排队") && line(3).contains("3 人") && line(3).contains("不一定"));
        assert_eq!(place(1), "您排在第一位。有人取消，马上告诉您。");
        assert_eq!(place(3), "您前面还有 2 人。轮到您时会告诉您。");
    }
}
