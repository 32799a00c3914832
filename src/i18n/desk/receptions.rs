//! Receptions at the desk: lanes, one reception with what is done to it, a deputy's own.

use liaison_domain::reception::{BookingState, DeputyState, SessionState};

pub const TITLE: &str = "接待安排";
pub const LEAD: &str = "每一场要公告、要换人、要收尾的，都在这里。";
pub const MINE: &str = "我的接待";
pub const MINE_LEAD: &str = "您要出席的接待，从近到远。来不了，请提前请假，站里会安排别人。";
pub const MINE_NONE: &str = "现在没有排到您的接待。排好了会在这里。";
pub const LANES: &str = "分类";
pub const NEW: &str = "加一场接待";
pub const NEW_TITLE: &str = "加一场接待";
pub const NEW_LEAD: &str = "不在规则里的一场：主题接待，或者只接受预约的市、省代表来一次。";
pub const RULES: &str = "接待日规则";
pub const FILTER_STATION: &str = "联络站";
pub const FILTER_KIND: &str = "种类";
pub const FILTER_DEPUTY: &str = "代表";
pub const OVERDUE: &str = "公告晚了";
pub const NOBODY: &str = "接待人待定";
pub const WHEN: &str = "时间";
pub const WHERE: &str = "地点";
pub const WHO: &str = "接待人";
pub const TOPIC: &str = "主题";
pub const STATE: &str = "状态";
pub const RULE: &str = "来自规则";
pub const NOTICE: &str = "来前须知";
pub const BY_HAND: &str = "单独加的一场";
pub const LINKS: &str = "这一场的材料";
pub const PUBLIC_PAGE: &str = "居民看到的页面";
pub const POSTER: &str = "海报";
pub const NOTICE_TEXT: &str = "通知文字";
pub const ICS: &str = "本站日历";
pub const COUNTER: &str = "签到台";
pub const NOTES: &str = "接待记录";

pub const ANNOUNCE: &str = "公告";
pub const ANNOUNCE_DO: &str = "现在公告";
pub const ANNOUNCE_HINT: &str =
    "公告以后，居民在网上看到的就是定下来的时间、地点和接待人。请同时贴到社区公告栏、发到居民群。";
pub const ANNOUNCE_LATE: &str = "按要求应当提前3天公告，现在已经晚了。仍然可以公告，早一点总比不说好。";
pub const ANNOUNCE_NOBODY: &str = "还没有定接待人。最好先定人再公告。";
pub const ANNOUNCE_TEXT: &str = "公告文字，可以复制";

pub const CHANGE: &str = "改时间、地点、主题";
pub const CHANGE_DO: &str = "保存改动";
pub const DAY: &str = "哪一天";
pub const START: &str = "几点开始";
pub const END: &str = "几点结束";
pub const PLACE: &str = "地点";
pub const NAME: &str = "叫什么";
pub const TOPIC_HINT: &str = "专门谈一件事才填，例如“小学入学”。";
pub const ONLINE: &str = "线上的网址";
pub const ONLINE_HINT: &str = "只给约了线上的人看，以 https:// 开头。";
pub const NOTICE_HINT: &str = "例如带上材料、从东门进。";

pub const CANCEL: &str = "取消这一场";
pub const CANCEL_DO: &str = "确认取消";
pub const REASON: &str = "原因";
pub const REASON_HINT: &str = "居民看得到，请写清楚。";
pub const CLOSE: &str = "结束这一场";
pub const CLOSE_HINT: &str = "签过到的算已接待，没来的记为没来。之后仍可以补写接待记录。";

pub const DEPUTIES: &str = "接待人";
pub const NAME_ONE: &str = "加一位代表";
pub const NAME_DO: &str = "加上";
pub const PLACE_OF: &str = "安排这位代表的假";
pub const PLACE_CHANGE: &str = "换人或不来了";
pub const DECIDE: &str = "怎么安排";
pub const SUBSTITUTE: &str = "请别人来代替";
pub const SUBSTITUTE_WHO: &str = "谁来代替";
pub const EXCUSED: &str = "同意不来，不找人代替";
pub const REFUSED: &str = "不同意，请照常来";
pub const DECIDE_DO: &str = "就这样安排";
pub const BOOKINGS: &str = "谁预约了";
pub const BOOKINGS_NONE: &str = "还没有人预约。";
pub const WAITING: &str = "排队等候";
pub const BOOKING_ANYBODY: &str = "哪位代表都行";

pub const LEFT: &str = "和规则不一样了";
pub const KEEP: &str = "照原来的办";
pub const KEEP_HINT: &str = "这一场不动。规则里这一天会记成“单独安排”。";
pub const CLASH: &str = "刚刚有人改过这一场。您填的都还在，请看过现在的样子再按一次。";

pub const LEAVE: &str = "请假";
pub const LEAVE_HINT: &str = "请假以后由联络站决定。决定之前，这一场仍然算您来。";
pub const LEAVE_PROPOSED: &str = "建议谁来代替";
pub const LEAVE_DO: &str = "提交请假";
pub const LEAVE_AGAIN: &str = "修改请假";
pub const LEAVE_SENT: &str = "请假已交给联络站，等站里安排。";
pub const LEAVE_ASKED: &str = "您已请假，等站里安排。";
pub const SUBSCRIBE: &str = "加到手机日历";
pub const SUBSCRIBE_HINT: &str = "订阅以后，改期、取消会自己更新。";
pub const WHO_COMES: &str = "谁来找您";
pub const WHO_COMES_NONE: &str = "还没有人约您。";
pub const OPEN: &str = "打开";

/// The name of a lane.
pub fn lane(name: &str) -> &'static str {
    match name {
        "to_announce" => "该公告了",
        "leave" => "有人请假",
        "coming" => "还没到的",
        "left" => "规则变了待定",
        "past" => "过了没收尾",
        _ => "取消的",
    }
}

/// An empty lane.
pub fn lane_empty(name: &str) -> &'static str {
    match name {
        "to_announce" => "七天以内的接待都公告了。",
        "leave" => "没有代表请假。",
        "coming" => "还没有排接待。先加一条规则。",
        "left" => "没有要您决定的。",
        "past" => "过去的接待都收好尾了。",
        _ => "最近没有取消的接待。",
    }
}

/// Where a reception stands: tone, icon, words.
pub const fn state(state: SessionState) -> (&'static str, &'static str, &'static str) {
    match state {
        SessionState::Planned => ("busy", "#i-calendar", "已排期"),
        SessionState::Announced => ("good", "#i-good", "已公告"),
        SessionState::Held => ("quiet", "#i-good", "已结束"),
        SessionState::Cancelled => ("bad", "#i-info", "已取消"),
    }
}

/// Where a deputy stands at a reception; nothing for one who comes.
pub const fn place(state: DeputyState) -> &'static str {
    match state {
        DeputyState::Confirmed => "",
        DeputyState::LeaveAsked => "请假，等安排",
        DeputyState::Excused => "不来",
        DeputyState::Substituted => "不来，有人代替",
    }
}

/// Where a booking stands.
pub const fn booking(state: BookingState) -> &'static str {
    match state {
        BookingState::Booked => "已约好",
        BookingState::Waiting => "排队等候",
        BookingState::Offered => "有空位，等他回复",
        BookingState::CheckedIn => "已签到",
        BookingState::Done => "已接待",
        BookingState::NoShow => "没有来",
        BookingState::Cancelled => "本人取消",
        BookingState::Lapsed => "没等到",
        BookingState::Dropped => "已请他另选",
    }
}

/// What somebody who booked still has to answer.
pub fn choice(code: &str) -> &'static str {
    match code {
        "substitute" => "换了代表，等他确认",
        "moved" => "改了时间或地点，等他确认",
        _ => "等他另选",
    }
}

/// 「代替陆知遥」.
pub fn instead_of(name: &str) -> String {
    format!("代替{name}")
}

/// 「建议请陆知遥代替」.
pub fn proposed(name: &str) -> String {
    format!("建议请{name}代替")
}

/// 「5 人预约，2 人排队」.
pub fn counts(booked: u32, waiting: u32) -> String {
    match (booked, waiting) {
        (0, 0) => "还没有人预约".to_owned(),
        (booked, 0) => format!("{booked} 人预约"),
        (booked, waiting) => format!("{booked} 人预约，{waiting} 人排队"),
    }
}

/// 「最晚 12月7日 公告」.
pub fn announce_by(day: &str) -> String {
    format!("最晚{day}公告")
}

/// What changing time or place means for those who booked.
pub fn change_note(open: u32) -> String {
    if open == 0 {
        "还没有人预约，改了不用通知谁。".to_owned()
    } else {
        format!("已有 {open} 人预约。改时间或地点，会请他们确认还来不来；改主题、须知不用。")
    }
}

/// What cancelling means for those who booked.
pub fn cancel_note(open: u32) -> String {
    if open == 0 {
        "还没有人预约，取消不影响谁。".to_owned()
    } else {
        format!("有 {open} 人约了或在排队。取消以后，会请他们另选：换一场、换一位代表，或者改成写信。")
    }
}

/// The same for a deputy's place.
pub fn place_note(open: u32) -> String {
    if open == 0 {
        "没有人约这位代表。".to_owned()
    } else {
        format!("有 {open} 人约了这位代表。有人代替的，请他们确认；没有人代替又没有别的代表空着的，请他们另选。")
    }
}

/// What its rule says now about a reception that differs from it.
pub fn left_note(words: &str, day: Option<&str>) -> String {
    match day {
        Some(day) => {
            format!("现在的规则是“{words}”，这一天改到了{day}。这一场已公告、改过或有人预约，所以没有自动改。")
        }
        None => format!("现在的规则是“{words}”，不再有这一天。这一场已公告、改过或有人预约，所以没有自动撤下。"),
    }
}

/// The same when the rule was ended.
pub fn left_ended(words: &str) -> String {
    format!("规则“{words}”已经停用。这一场已公告、改过或有人预约，所以没有自动撤下。")
}

/// What was just done.
pub fn done(what: &str, number: u32, others: u32) -> Option<String> {
    let asked = |number: u32| {
        if number == 0 {
            String::new()
        } else {
            format!("请了 {number} 位预约的人确认。")
        }
    };
    let dropped = |number: u32| {
        if number == 0 {
            String::new()
        } else {
            format!("请了 {number} 位预约的人另选。")
        }
    };
    Some(match what {
        "created" => "已加上这一场。".to_owned(),
        "announced" => "已公告。别忘了贴到公告栏、发到居民群。".to_owned(),
        "changed" => format!("已保存。{}", asked(number)),
        "cancelled" => format!("已取消。{}", dropped(number)),
        "closed" => "这一场已结束。".to_owned(),
        "kept" => "照原来的办，不再提醒。".to_owned(),
        "named" => "已加上这位代表。".to_owned(),
        "decided" => format!("已安排好。{}{}", asked(number), dropped(others)),
        "leave" => LEAVE_SENT.to_owned(),
        _ => return None,
    })
}

/// The words of an announcement.
pub fn announcement(when: &str, place: &str, who: &str, topic: &str, phone_hint: &str) -> String {
    let who = if who.is_empty() {
        "接待人另行公布".to_owned()
    } else {
        format!("接待人：{who}")
    };
    let topic = if topic.is_empty() {
        String::new()
    } else {
        format!("主题：{topic}。")
    };
    format!("【代表接待公告】时间：{when}。地点：{place}。{who}。{topic}可以在网上预约，也可以直接来。{phone_hint}")
}

/// How to ask.
pub fn ask(phone: &str) -> String {
    if phone.is_empty() {
        String::new()
    } else {
        format!("咨询电话 {phone}。")
    }
}
