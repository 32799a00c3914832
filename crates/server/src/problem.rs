//! Every error the API answers with. Which to use where:
//!
//! * the request is wrong in itself → [`ApiError::Validation`] with its fields, [`ApiError::BadRequest`] without;
//! * nobody is logged in → [`ApiError::Unauthenticated`]; somebody is, but may not → [`ApiError::Forbidden`];
//! * it does not exist, or not for this person → [`ApiError::NotFound`] (never tell which);
//! * somebody was quicker → [`ApiError::Conflict`]; the rules say no → [`ApiError::Refused`];
//! * our own fault → [`ApiError::Internal`]: logged whole, told generically.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use liaison_domain::dto::{FieldError, Problem, RestrictionNotice};
use liaison_domain::lifecycle::{CaseState, EventKind, Refusal, RefusalKind};
use liaison_store::StoreError;
use liaison_store::directory::PlaceError;
use liaison_store::events::EventError;
use liaison_store::restrictions::MeasureError;
use liaison_web::i18n::zh::restrictions as words;
use serde::Serialize;

/// The result of a handler.
pub type ApiResult<T> = Result<T, ApiError>;

/// Where a case stands, for answers to those who came too late or want the impossible.
#[derive(Clone, Debug, Default)]
pub struct Standing {
    pub state: Option<CaseState>,
    pub version: Option<i64>,
    pub allowed: Vec<EventKind>,
}

/// An answer that is not the one asked for.
#[derive(Debug)]
pub enum ApiError {
    /// Unreadable as a whole: broken JSON, a wrong content type.
    BadRequest { code: &'static str, detail: &'static str },
    /// Fields of a form are wrong.
    Validation(Vec<FieldError>),
    /// Nobody is logged in.
    Unauthenticated,
    /// Name and password, or code, do not fit.
    BadCredentials { code: &'static str, detail: &'static str },
    /// Logged in, and still not allowed.
    Forbidden { code: &'static str, detail: &'static str },
    /// Does not exist, or not for this person.
    NotFound,
    /// The address exists, the method does not.
    MethodNotAllowed,
    /// A change without `If-Match`.
    VersionRequired,
    /// Somebody else was quicker.
    Conflict(Standing),
    /// The rules say no.
    Refused(Refusal, Standing),
    /// Refused to this person for a while: in words, and what holds.
    Restricted {
        detail: String,
        notice: Box<RestrictionNotice>,
    },
    /// It cannot be done as things stand now; the words say what to do instead.
    Clash { code: &'static str, detail: &'static str },
    /// The same `Idempotency-Key` with another body.
    IdempotencyMismatch,
    /// The first request with this key is still at work.
    IdempotencyBusy,
    /// Too many tries; seconds until the next one.
    TooMany { code: &'static str, retry_after: u64 },
    /// The body is larger than this route takes.
    TooLarge { limit: u64 },
    /// Another content type than this route reads.
    UnsupportedMedia,
    /// A picture that cannot be one.
    Unprocessable { code: &'static str, detail: &'static str },
    /// Something this installation has not set up, or that is down for the moment.
    Unavailable { code: &'static str, detail: &'static str },
    /// No room is left for anything new.
    DiskFull,
    /// Our own fault. The text goes to the log only.
    Internal(String),
}

impl ApiError {
    /// One wrong field.
    pub fn field(field: impl Into<String>, code: &str) -> Self {
        Self::Validation(vec![FieldError {
            field: field.into(),
            code: code.to_owned(),
            limit: None,
        }])
    }

    /// One field beyond its limit.
    pub fn field_limit(field: impl Into<String>, code: &str, limit: u64) -> Self {
        Self::Validation(vec![FieldError {
            field: field.into(),
            code: code.to_owned(),
            limit: Some(limit),
        }])
    }

    /// Our own fault, with words for the log. Never put a person's data into them.
    pub fn internal(what: &str, error: impl std::fmt::Display) -> Self {
        Self::Internal(format!("{what}: {error}"))
    }

    /// Not this role's to do.
    pub const fn forbidden() -> Self {
        Self::Forbidden {
            code: "forbidden",
            detail: "这项操作不属于您的权限。",
        }
    }

    /// The HTTP status.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::BadRequest { .. } => StatusCode::BAD_REQUEST,
            Self::Validation(_) | Self::IdempotencyMismatch | Self::Unprocessable { .. } => {
                StatusCode::UNPROCESSABLE_ENTITY
            }
            Self::Unauthenticated | Self::BadCredentials { .. } => StatusCode::UNAUTHORIZED,
            Self::Forbidden { .. } | Self::Restricted { .. } => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::VersionRequired => StatusCode::PRECONDITION_REQUIRED,
            Self::Conflict(_) | Self::Clash { .. } | Self::IdempotencyBusy => StatusCode::CONFLICT,
            Self::Refused(refusal, _) => refusal_status(refusal.kind),
            Self::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Self::UnsupportedMedia => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Unavailable { .. } => StatusCode::SERVICE_UNAVAILABLE,
            Self::DiskFull => StatusCode::INSUFFICIENT_STORAGE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Its code, for logs.
    pub fn code(&self) -> &'static str {
        self.code_and_detail().0
    }

    fn code_and_detail(&self) -> (&'static str, &'static str) {
        match self {
            Self::BadRequest { code, detail }
            | Self::BadCredentials { code, detail }
            | Self::Forbidden { code, detail }
            | Self::Clash { code, detail }
            | Self::Unprocessable { code, detail }
            | Self::Unavailable { code, detail } => (code, detail),
            Self::Validation(_) => ("validation", "有几处需要修改,请看各处的提示。"),
            Self::Unauthenticated => ("unauthenticated", "请先登录。"),
            Self::NotFound => ("not_found", "没有找到。可能编号有误,或者它不对外公开。"),
            Self::MethodNotAllowed => ("method_not_allowed", "这个地址不接受这种请求。"),
            Self::VersionRequired => ("version_required", "请先读取最新状态,再提交修改(缺少 If-Match)。"),
            Self::Conflict(_) => ("conflict", "刚刚有人做了更新,请看过最新状态再操作。"),
            Self::Refused(refusal, _) => (refusal.kind.code(), refusal_detail(refusal.kind)),
            // The whole sentence is made for each person: see `problem`.
            Self::Restricted { .. } => (RefusalKind::Restricted.code(), refusal_detail(RefusalKind::Restricted)),
            Self::IdempotencyMismatch => ("idempotency_mismatch", "这份内容与先前提交的不同,请重新提交。"),
            Self::IdempotencyBusy => ("idempotency_busy", "正在处理上一次提交,请稍候。"),
            Self::TooMany { code, .. } => (code, "操作太频繁了,请稍后再试。"),
            Self::UnsupportedMedia => ("content_type", "这个地址只接受 JSON。"),
            Self::TooLarge { .. } => ("too_large", "内容太大了,请减小后再提交。"),
            Self::DiskFull => ("storage_full", "系统暂时存不下新的内容,请稍后再试或打联络站电话。"),
            Self::Internal(_) => ("internal", "系统出了点问题,您的内容没有丢。请稍后再试。"),
        }
    }

    /// As it travels.
    pub fn problem(self) -> Problem {
        let status = self.status();
        let (code, detail) = self.code_and_detail();
        let mut problem = Problem {
            kind: "about:blank".to_owned(),
            title: status.canonical_reason().unwrap_or("Error").to_owned(),
            status: status.as_u16(),
            detail: detail.to_owned(),
            code: code.to_owned(),
            request_id: crate::http::request_id::current(),
            fields: Vec::new(),
            current_state: None,
            current_version: None,
            allowed_events: Vec::new(),
            retry_after: None,
        };
        match self {
            Self::Validation(fields) => problem.fields = fields,
            Self::Conflict(standing) => put(&mut problem, standing),
            Self::Refused(refusal, standing) => {
                if let Some(field) = refusal.field {
                    problem.fields = vec![FieldError {
                        field,
                        code: refusal.kind.code().to_owned(),
                        limit: None,
                    }];
                }
                put(&mut problem, standing);
            }
            Self::TooMany { retry_after, .. } => problem.retry_after = Some(retry_after),
            Self::Restricted { detail, .. } => problem.detail = detail,
            _ => {}
        }
        problem
    }
}

/// A problem with what only the API's own clients read: the apps show the sentence.
#[derive(Serialize)]
struct Whole {
    #[serde(flatten)]
    problem: Problem,
    #[serde(skip_serializing_if = "Option::is_none")]
    restriction: Option<Box<RestrictionNotice>>,
}

fn put(problem: &mut Problem, standing: Standing) {
    problem.current_state = standing.state;
    problem.current_version = standing.version;
    problem.allowed_events = standing.allowed;
}

fn refusal_status(kind: RefusalKind) -> StatusCode {
    match kind {
        RefusalKind::NotAllowed | RefusalKind::Restricted => StatusCode::FORBIDDEN,
        RefusalKind::TextMissing
        | RefusalKind::DateInvalid
        | RefusalKind::TaskUnknown
        | RefusalKind::ValueInvalid
        | RefusalKind::Unread => StatusCode::UNPROCESSABLE_ENTITY,
        RefusalKind::WrongState
        | RefusalKind::Stale
        | RefusalKind::TooLate
        | RefusalKind::TooEarly
        | RefusalKind::LimitReached
        | RefusalKind::SamePerson
        | RefusalKind::NoConsent
        | RefusalKind::FinalOwner => StatusCode::CONFLICT,
    }
}

fn refusal_detail(kind: RefusalKind) -> &'static str {
    match kind {
        RefusalKind::WrongState => "现在的状态不能这样操作,请看最新状态。",
        RefusalKind::Stale => "刚刚有人做了更新,请看过最新状态再操作。",
        RefusalKind::Unread => "答复有几处提醒还没有看过,请逐条确认后再发出。",
        RefusalKind::Restricted => "您目前只能提交紧急事项。",
        RefusalKind::NotAllowed => "这一步不由您办理。",
        RefusalKind::TextMissing => "请填写说明。",
        RefusalKind::DateInvalid => "日期不对,请重新选择。",
        RefusalKind::TooLate => "已经过了可以这样做的时间。",
        RefusalKind::TooEarly => "还没到可以这样做的时间。",
        RefusalKind::LimitReached => "次数已经用完。",
        RefusalKind::SamePerson => "需要换一位同事来决定。",
        RefusalKind::TaskUnknown => "没有找到这项交办任务。",
        RefusalKind::ValueInvalid => "有一项内容不对,请检查。",
        RefusalKind::NoConsent => "还没有得到居民同意,不能公开。",
        RefusalKind::FinalOwner => "已经裁定由本单位办理,不能再退回。",
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Full => Self::DiskFull,
            error if error.is_temporary() => {
                tracing::error!("{error}");
                Self::Unavailable {
                    code: "busy",
                    detail: "系统正忙,请过一会儿再试。",
                }
            }
            error => Self::internal("the store", error),
        }
    }
}

impl From<EventError> for ApiError {
    fn from(error: EventError) -> Self {
        let refused = |kind| Self::Refused(Refusal::of(kind), Standing::default());
        match error {
            EventError::NotFound => Self::NotFound,
            EventError::Conflict => Self::Conflict(Standing::default()),
            EventError::State => refused(RefusalKind::WrongState),
            EventError::Limit => refused(RefusalKind::LimitReached),
            EventError::Own => refused(RefusalKind::NotAllowed),
            EventError::Field(field, code) => Self::field(field, code),
            EventError::Refused(refusal) => Self::Refused(refusal, Standing::default()),
            EventError::Store(error) => error.into(),
        }
    }
}

impl From<PlaceError> for ApiError {
    fn from(error: PlaceError) -> Self {
        match error {
            PlaceError::NotFound => Self::NotFound,
            PlaceError::Changed => Self::Clash {
                code: "conflict",
                detail: "刚刚有人改过这一页，请看过最新内容再保存。",
            },
            PlaceError::Photo(at) => Self::field(format!("photos.{at}"), "unknown"),
            PlaceError::Store(error) => error.into(),
        }
    }
}

impl From<MeasureError> for ApiError {
    fn from(error: MeasureError) -> Self {
        match error {
            MeasureError::NotFound => Self::NotFound,
            MeasureError::Changed => Self::Conflict(Standing::default()),
            MeasureError::Refused(why) => Self::Clash {
                code: why.code(),
                detail: words::refused(why),
            },
            MeasureError::Store(error) => error.into(),
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        if let Self::Internal(what) = &self {
            tracing::error!(request_id = crate::http::request_id::current(), "{what}");
        }
        let retry_after = match &self {
            Self::TooMany { retry_after, .. } => Some(*retry_after),
            Self::Unavailable { .. } | Self::IdempotencyBusy => Some(5),
            _ => None,
        };
        let status = self.status();
        let restriction = match &self {
            Self::Restricted { notice, .. } => Some(notice.clone()),
            _ => None,
        };
        let whole = Whole {
            problem: self.problem(),
            restriction,
        };
        let body = serde_json::to_vec(&whole).unwrap_or_default();
        let mut response = (status, body).into_response();
        let headers = response.headers_mut();
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json; charset=utf-8"),
        );
        if let Some(seconds) = retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}
