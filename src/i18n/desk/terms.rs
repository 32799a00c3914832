//! What staff call things: roles, states, urgency, refusals.

use liaison_domain::lifecycle::{
    CaseClass, CaseState, PublicationState, RefusalKind, Role, TaskRole, TaskState, Urgency,
};

use super::{CONFLICT_TITLE, FORBIDDEN, LOGIN_AGAIN_LEAD, NOT_FOUND};

/// What stands in the head beside the name of the app.
pub const fn role(role: Role) -> &'static str {
    match role {
        Role::Resident => "群众",
        Role::Deputy => "代表",
        Role::UnitOfficer => "承办单位经办人",
        Role::UnitLeader => "承办单位负责人",
        Role::StationOfficer => "联络站工作人员",
        Role::StationLeader => "联络站负责人",
        Role::Moderator => "内容审核员",
        Role::Auditor => "监督员",
        Role::Admin => "系统管理员",
        Role::System => "系统",
    }
}

pub const fn class(class: CaseClass) -> &'static str {
    match class {
        CaseClass::Simple => "简单",
        CaseClass::Normal => "一般",
        CaseClass::Urgent => "急办",
    }
}

pub const fn urgency(urgency: Urgency) -> &'static str {
    match urgency {
        Urgency::Normal => "一般",
        Urgency::Urgent => "紧急",
        Urgency::Emergency => "特急",
    }
}

pub const fn task_role(role: TaskRole) -> &'static str {
    match role {
        TaskRole::Lead => "主办",
        TaskRole::Co => "协办",
    }
}

pub const fn task_state(state: TaskState) -> &'static str {
    match state {
        TaskState::Dispatched => "待签收",
        TaskState::Signed => "已签收",
        TaskState::Working => "办理中",
        TaskState::DraftReply => "正在写答复",
        TaskState::InternalReview => "单位内部审签",
        TaskState::Submitted => "答复已交联络站",
        TaskState::AcceptedByOffice => "答复已通过",
        TaskState::ReturnRequested => "申请退件，等联络站决定",
        TaskState::Returned => "已退件",
        TaskState::ExtensionRequested => "申请延期，等联络站决定",
        TaskState::SentBack => "答复退回修改",
        TaskState::Cancelled => "已取消",
    }
}

pub const fn publication(state: PublicationState) -> &'static str {
    match state {
        PublicationState::Private => "未公开",
        PublicationState::Pending => "副本已给来信人看，等公开",
        PublicationState::Published => "已公开",
        PublicationState::Refused => "决定不公开",
        PublicationState::Hidden => "已隐藏",
    }
}

/// A case's state as staff say it.
pub const fn state(state: CaseState) -> &'static str {
    match state {
        CaseState::Submitted => "待受理",
        CaseState::ScreeningHold => "待核验",
        CaseState::NeedInfo => "等来信人补充",
        CaseState::Accepted => "已受理，待交办",
        CaseState::WithDeputy => "代表处理中",
        CaseState::Assigned => "已交办，待签收",
        CaseState::InProgress => "办理中",
        CaseState::Arbitration => "协商分拨",
        CaseState::ReplyReview => "答复待审",
        CaseState::Answered => "已答复，等评价",
        CaseState::Disputed => "不满意，待核",
        CaseState::SecondHandling => "二次办理",
        CaseState::Tracking => "承诺跟踪",
        CaseState::Closed => "已办结",
        CaseState::Declined => "不予受理",
        CaseState::Referred => "已转介",
        CaseState::Merged => "已并案",
        CaseState::Withdrawn => "来信人已撤回",
        CaseState::Archived => "已归档",
    }
}

/// Why the rules said no, and what to do instead, in the words of the trade.
pub const fn refusal(kind: RefusalKind) -> &'static str {
    match kind {
        RefusalKind::WrongState => "按现在的状态不能做这一步。请看最新内容。",
        RefusalKind::NotAllowed => "这一步不归您的岗位做，请找有权限的同事。",
        RefusalKind::TextMissing => "还有要写的没写。",
        RefusalKind::DateInvalid => "日期不能用：要在今天之后，也不能超过允许的期限。",
        RefusalKind::TooLate => "已经过了能这样做的时间。",
        RefusalKind::TooEarly => "还没到能这样做的时候。",
        RefusalKind::LimitReached => "次数用完了，不能再做一次。",
        RefusalKind::SamePerson => "前一次是同一个人决定的，这次要换一位同事，或换一位签发人。",
        RefusalKind::TaskUnknown => "没有找到这项任务，请看最新内容。",
        RefusalKind::ValueInvalid => "有一项不能这样填，请检查。",
        RefusalKind::NoConsent => "来信人还没有同意公开，或者给他看副本的时间不够。",
        RefusalKind::FinalOwner => "承办单位是协商后指定的，不能再退。",
        RefusalKind::Stale => "这件事刚刚有人动过，请看最新内容再决定。",
        RefusalKind::Unread => "答复有几处提醒还没有看过，请逐条确认后再发出。",
        RefusalKind::Restricted => "来信人现在只能写紧急事项。",
    }
}

/// Why a request brought nothing, and what to do.
pub fn failure(code: &str) -> &'static str {
    if let Some(kind) = RefusalKind::from_code(code) {
        return refusal(kind);
    }
    match code {
        "offline" => "网络断了。写的内容都在，连上网后再试一次。",
        "timeout" => "网络太慢，没等到回应。写的内容都在，再试一次就行。",
        "validation" => "有几处要改，请看标出来的地方。",
        "conflict" => CONFLICT_TITLE,
        "not_found" => NOT_FOUND,
        "forbidden" => FORBIDDEN,
        "unauthenticated" => LOGIN_AGAIN_LEAD,
        "too_many" => "试得太频繁了，过一会儿再试。",
        "csrf" => "页面放得太久了，再点一次提交就行。",
        _ => "没有成功，不是您操作的问题。请过一会儿再试；还是不行，把下面的编号告诉总站。",
    }
}
