//! One reception: a place, a day, from when to when, who receives.

use crate::Millis;
use crate::lifecycle::coded_enum;

coded_enum! {
    /// What kind of reception it is.
    SessionKind {
        /// 代表接待日.
        Ordinary = "ordinary",
        /// 主任接待日: the standing committee's leaders take turns.
        Leader = "leader",
        /// 出诊: it comes to the village.
        Mobile = "mobile",
        /// 主题接待: about one matter.
        Themed = "themed",
        /// 代表学习日: deputies among themselves; nobody books.
        StudyDay = "study_day",
    }
}

impl SessionKind {
    /// Whether residents come and can book.
    pub const fn is_bookable(self) -> bool {
        !matches!(self, Self::StudyDay)
    }
}

coded_enum! {
    /// Where a reception stands.
    SessionState {
        /// 已排期: in the year's schedule.
        Planned = "planned",
        /// 已公告: who receives where and when was made known.
        Announced = "announced",
        /// 已结束: it took place.
        Held = "held",
        /// 已取消.
        Cancelled = "cancelled",
    }
}

coded_enum! {
    /// What the office does to a reception.
    SessionAct {
        /// 公告.
        Announce = "announce",
        /// 改期、改地点: whoever booked is told.
        Change = "change",
        /// 取消: whoever booked is offered something else.
        Cancel = "cancel",
        /// 结束.
        Close = "close",
    }
}

impl SessionState {
    /// Where an act leads from here; none: it cannot be done now. `starts_at`: of the reception.
    pub fn after(self, act: SessionAct, starts_at: Millis, now: Millis) -> Option<Self> {
        let is_over = now >= starts_at;
        match (self, act) {
            (Self::Planned, SessionAct::Announce) if !is_over => Some(Self::Announced),
            (Self::Planned | Self::Announced, SessionAct::Change) if !is_over => Some(self),
            // Also on the day itself, when nobody of the deputies came.
            (Self::Planned | Self::Announced, SessionAct::Cancel) => Some(Self::Cancelled),
            (Self::Planned | Self::Announced, SessionAct::Close) if is_over => Some(Self::Held),
            _ => None,
        }
    }

    /// Whether it is still to come or going on.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Planned | Self::Announced)
    }
}

coded_enum! {
    /// Whether a deputy comes to a reception.
    DeputyState {
        /// Comes.
        Confirmed = "confirmed",
        /// 请假: asked to be excused; the office decides.
        LeaveAsked = "leave_asked",
        /// Excused, nobody instead.
        Excused = "excused",
        /// Excused; somebody else comes instead.
        Substituted = "substituted",
    }
}

impl DeputyState {
    /// Whether residents meet this deputy.
    pub const fn receives(self) -> bool {
        matches!(self, Self::Confirmed | Self::LeaveAsked)
    }
}
