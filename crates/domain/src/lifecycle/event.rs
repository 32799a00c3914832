//! Everything that can happen to a case, as data.

use super::case::MovedTask;
use super::state::{CaseClass, ContactMeans, ContactStage, FiledVia, NameShown, Outcome, Solved, Urgency, coded_enum};
use crate::{Id, Millis};
use serde::{Deserialize, Serialize};

coded_enum! {
    /// The name of an event, without its data. `POST /api/v1/messages/{id}/events` takes it as `type`.
    EventKind {
        Submit = "submit",
        AutoAccept = "auto_accept",
        AutoHold = "auto_hold",
        Accept = "accept",
        AskInfo = "ask_info",
        InfoGiven = "info_given",
        InfoTimeout = "info_timeout",
        Decline = "decline",
        Appeal = "appeal",
        Refer = "refer",
        ToDeputy = "to_deputy",
        DeputyAnswer = "deputy_answer",
        DeputyPass = "deputy_pass",
        DeputyTimeout = "deputy_timeout",
        Assign = "assign",
        Sign = "sign",
        AutoSign = "auto_sign",
        ReturnRequest = "return_request",
        ReturnApproved = "return_approved",
        ReturnRefused = "return_refused",
        BounceLimit = "bounce_limit",
        Dispute = "dispute",
        Award = "award",
        ProgressNote = "progress_note",
        CoOpinion = "co_opinion",
        ExtensionRequest = "extension_request",
        ExtensionApproved = "extension_approved",
        ExtensionRefused = "extension_refused",
        ReassignUnit = "reassign_unit",
        DraftBegun = "draft_begun",
        ToInternalReview = "to_internal_review",
        InternalRejected = "internal_rejected",
        SubmitReply = "submit_reply",
        SendBack = "send_back",
        Release = "release",
        RatedOk = "rated_ok",
        SurveyExpired = "survey_expired",
        HasPromise = "has_promise",
        RatedBad = "rated_bad",
        Reopen = "reopen",
        KeepClosed = "keep_closed",
        PromiseKept = "promise_kept",
        PromiseBroken = "promise_broken",
        Merge = "merge",
        Unmerge = "unmerge",
        LeadAnswered = "lead_answered",
        Split = "split",
        PartsAnswered = "parts_answered",
        Withdraw = "withdraw",
        Supplement = "supplement",
        Supervise = "supervise",
        Urge = "urge",
        Archive = "archive",
        ConsentChanged = "consent_changed",
        ProposeCopy = "propose_copy",
        CopyApproved = "copy_approved",
        Publish = "publish",
        RefusePublish = "refuse_publish",
        Hide = "hide",
        Unhide = "unhide",
        Delegate = "delegate",
        Contacted = "contacted",
        FollowUp = "follow_up",
        FollowUpAnswered = "follow_up_answered",
        DeputyRated = "deputy_rated",
        ContactRevealed = "contact_revealed",
        MergedIn = "merged_in",
        MergedOut = "merged_out",
        Recalculated = "recalculated",
        Undo = "undo",
    }
}

/// A reply's text with what it claims.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ReplyText {
    /// What the resident will read.
    pub body: String,
    pub outcome: Outcome,
    /// Day of the promise as `YYYY-MM-DD`; needed for outcome B.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promise_date: Option<String>,
    /// Why it cannot be done now; needed for outcome C.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Whom to call about this answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Id>,
    /// What `body` was put together from, so that it can be taken up again; see [`crate::reply::compose`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parts: Option<ReplyParts>,
}

/// The parts of a reply (答复要素) that a unit fills in; each may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct ReplyParts {
    /// 调查核实: what was found.
    pub found: String,
    /// 办理情况: what was done.
    pub done: String,
    /// 下一步: what will be done, by whom and when.
    pub plan: String,
}

/// Filed by staff for somebody who cannot do it alone (代为填写).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct OnBehalf {
    /// How the resident came.
    pub via: FiledVia,
    /// How the resident agreed, in the clerk's words.
    pub consent: String,
}

/// New dates after the work calendar or a limit changed; what is none stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct MovedDates {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_at: Option<Millis>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub survey_until: Option<Millis>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holder_due: Option<Millis>,
    /// The waiting holder's date while the resident is asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub held_due: Option<Millis>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub follow_up_due: Option<Millis>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tasks: Vec<MovedTask>,
}

/// A resident's rating of one answer. Each dimension 1 (很不满意) to 5 (非常满意).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Rating {
    /// 办理态度.
    pub attitude: u8,
    /// 办理过程.
    pub process: u8,
    /// 办理成效.
    pub result: u8,
    pub solved: Solved,
    /// Chips a resident picked for a low score, as codes of [`crate::dto::RATING_REASONS`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<String>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
}

/// The redacted copy others will read (公开副本).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PublicCopy {
    pub title: String,
    pub body: String,
    /// The answer as others will read it.
    pub answer: String,
    /// Pictures of the letter that may be shown, by upload id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Id>,
}

/// What happened, with the data it carries. JSON: `{"type": "accept", …}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum CaseEvent {
    /// 1. The letter arrives. Only [`super::open`] makes it.
    Submit {
        station_id: Id,
        #[serde(default)]
        deputy_id: Option<Id>,
        #[serde(default)]
        category_id: Option<Id>,
        urgency: Urgency,
        consent_publish: bool,
        name_shown: NameShown,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        on_behalf: Option<OnBehalf>,
    },
    /// 2. Category is certain and nothing is at risk.
    AutoAccept { category_id: Id, class: CaseClass },
    /// 3. The automatic filter is unsure.
    AutoHold { reason: String },
    /// 4. The office takes the matter on. `due_at` only to set another day than the rule's.
    Accept {
        category_id: Id,
        class: CaseClass,
        urgency: Urgency,
        #[serde(default)]
        due_at: Option<Millis>,
    },
    /// 5. A question to the resident.
    AskInfo { text: String },
    /// 6. The resident's answer.
    InfoGiven {
        text: String,
        #[serde(default)]
        attachments: Vec<Id>,
    },
    /// 6. No answer in time: goes on with 「未补充」.
    InfoTimeout {},
    /// 7. Not taken on: a reason of the library and a way out.
    Decline { reason_code: String, text: String },
    /// 8. The resident objects to the decline.
    Appeal { text: String },
    /// 9. Sent to an outside channel.
    Refer {
        channel: String,
        #[serde(default)]
        reference: Option<String>,
        text: String,
    },
    /// 10. Handed to a deputy.
    ToDeputy { deputy_id: Id },
    /// 11. The deputy answers in person.
    DeputyAnswer { reply: ReplyText },
    /// 12. The deputy passes the matter to the office, with a word why.
    DeputyPass { text: String },
    /// 12. The deputy did not act in time.
    DeputyTimeout {},
    /// 13. Assigned to a lead unit and co-units. `due_at` only to set another day than the rule's.
    Assign {
        lead: Id,
        #[serde(default)]
        co: Vec<Id>,
        #[serde(default)]
        due_at: Option<Millis>,
        #[serde(default)]
        leader: Option<String>,
        #[serde(default)]
        note: Option<String>,
    },
    /// 14. A unit signs its task and names who works on it.
    Sign {
        task_id: Id,
        section: String,
        officer: String,
    },
    /// 14. The time to sign is over: the clock runs as if signed.
    AutoSign { task_id: Id },
    /// 15. A unit asks to be relieved.
    ReturnRequest {
        task_id: Id,
        legal_basis: String,
        proposed_unit: Id,
    },
    /// 15. The office agrees: to be assigned anew.
    ReturnApproved { task_id: Id },
    /// 16. The office refuses: counts as signed.
    ReturnRefused { task_id: Id, text: String },
    /// 17. Returned too often.
    BounceLimit {},
    /// 17. The units disagree.
    Dispute { text: String },
    /// 18. The final owner is named.
    Award {
        unit_id: Id,
        #[serde(default)]
        co: Vec<Id>,
        text: String,
    },
    /// 19. A note on progress.
    ProgressNote {
        task_id: Id,
        text: String,
        public: bool,
        #[serde(default)]
        attachments: Vec<Id>,
    },
    /// A co-unit's opinion to the lead.
    CoOpinion { task_id: Id, text: String },
    /// 20. The lead asks for more time.
    ExtensionRequest { task_id: Id, until: Millis, text: String },
    /// 20. Granted.
    ExtensionApproved { task_id: Id },
    /// 20. Refused.
    ExtensionRefused { task_id: Id, text: String },
    /// 21. The unit's duties moved to another.
    ReassignUnit { task_id: Id, unit_id: Id },
    /// A unit begins to write its reply.
    DraftBegun { task_id: Id },
    /// The draft goes to the unit's own leader.
    ToInternalReview { task_id: Id },
    /// The unit's leader wants it better.
    InternalRejected { task_id: Id, text: String },
    /// 22. The lead hands its reply to the office. `signed_off_by`: who signed it inside the unit.
    SubmitReply {
        task_id: Id,
        reply: ReplyText,
        signed_off_by: String,
    },
    /// 23. The reply must be improved.
    SendBack { text: String },
    /// 24. The reply goes to the resident.
    Release {
        #[serde(default)]
        forwarded_by_deputy: Option<Id>,
        #[serde(default)]
        words: Option<String>,
        /// Codes of the linter's warnings ([`crate::reply::LintCode`]) that were read and accepted.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        acknowledged: Vec<String>,
    },
    /// 25. Rated, at or above the threshold.
    RatedOk { rating: Rating },
    /// 26. Not rated in time.
    SurveyExpired {},
    /// 27. The answer promises a day.
    HasPromise {},
    /// 28. Rated below the threshold or not solved.
    RatedBad { rating: Rating },
    /// 29. Second handling (二次办理), led by a named person; 32. after the second answer, the one final handling.
    Reopen { lead: Id, leader: String, text: String },
    /// 30. Stays closed; a leader's reason.
    KeepClosed { reason_code: String, text: String },
    /// 33. The promise was kept; what shows it.
    PromiseKept { task_id: Id, evidence: String },
    /// 34. The day passed without evidence.
    PromiseBroken {},
    /// 35. Joined to another matter.
    Merge { into: Id, text: String },
    /// 36. Taken apart again.
    Unmerge {},
    /// 35. The matter it was joined to is answered: the same words, with a survey of its own.
    LeadAnswered { reply: ReplyText },
    /// 37. Cut into parts (2 to 10), each a title; the ids of the new cases.
    Split { parts: Vec<Id> },
    /// 37. Every part is answered: their words together, for the resident's one survey.
    PartsAnswered { reply: ReplyText },
    /// 38. Taken back by the resident.
    Withdraw {
        #[serde(default)]
        text: Option<String>,
    },
    /// The resident adds to an open letter.
    Supplement {
        text: String,
        #[serde(default)]
        attachments: Vec<Id>,
        /// A recording and a video that the letter has none of yet.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        media: Vec<Id>,
    },
    /// 39. Put under supervision (督办).
    Supervise {
        leader: String,
        due_at: Millis,
        text: String,
    },
    /// 40. The resident urges (催办).
    Urge {},
    /// 41. Kept without personal data.
    Archive {},
    /// The resident gives or takes back consent to publish.
    ConsentChanged { consent: bool },
    /// The office draws up the redacted copy and shows it to the resident.
    ProposeCopy { copy: PublicCopy },
    /// The resident agrees with the copy.
    CopyApproved {},
    /// The copy goes public.
    Publish {},
    /// It will not be published.
    RefusePublish { reason: String },
    /// Taken from the public again.
    Hide { reason: String },
    /// Public again.
    Unhide {},
    /// A unit has the work done one level down (转办), or takes it back (none). The task stays its own.
    Delegate {
        task_id: Id,
        #[serde(default)]
        unit_id: Option<Id>,
        #[serde(default)]
        text: String,
    },
    /// Somebody spoke with the resident (三次沟通: before, during, after).
    Contacted {
        #[serde(default)]
        task_id: Option<Id>,
        stage: ContactStage,
        means: ContactMeans,
        text: String,
    },
    /// The resident's one question about an answer (追问).
    FollowUp { text: String },
    /// The words to it.
    FollowUpAnswered { text: String },
    /// The deputy rates how the matter was handled (代表评价), beside the resident.
    DeputyRated { rating: Rating },
    /// Somebody looked at the resident's telephone number, and why.
    ContactRevealed { reason: String },
    /// Another letter about the same matter was joined to this one.
    MergedIn { letter_id: Id },
    /// It was taken apart again.
    MergedOut { letter_id: Id },
    /// The work calendar or a limit changed: open dates were worked out anew. `reason`: `calendar` or `limits`.
    Recalculated { reason: String, dates: MovedDates },
    /// The last step is taken back by whoever took it, at once.
    Undo {},
}

crate::wire!(ReplyText {
    body,
    outcome,
    promise_date,
    reason,
    contact,
    attachments,
    parts
});

crate::wire!(ReplyParts { found, done, plan });

crate::wire!(Rating {
    attitude,
    process,
    result,
    solved,
    reasons,
    text
});

crate::wire!(PublicCopy {
    title,
    body,
    answer,
    attachments
});
