//! A letter and what happens to it, as written in `crates/server/demo/letters/`.

use liaison_domain::lifecycle::{
    CaseClass, CaseState, ContactMeans, ContactStage, FiledVia, LetterKind, Outcome, Solved, Urgency,
};
use serde::Deserialize;

/// A letter with its history.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Letter {
    /// Its name among the demo's letters.
    pub key: String,
    /// Key of the resident who wrote it.
    pub by: String,
    pub kind: LetterKind,
    /// Category slug, as the resident chose it.
    pub cat: Option<String>,
    pub area: String,
    pub place: Option<String>,
    /// `d:` and a deputy's slug, or `s:` and a station's.
    pub to: String,
    /// Names of scenes, see [`super::scenes`].
    #[serde(default)]
    pub pics: Vec<String>,
    /// May be published.
    #[serde(default)]
    pub consent: bool,
    pub title: String,
    pub body: String,
    /// Days ago it was written; else the day before its first step.
    pub submit: Option<i32>,
    /// The letter it was split from.
    pub part_of: Option<String>,
    /// Written down by the station's clerk for somebody who called or came.
    pub filed: Option<Filed>,
    /// Where it stands in the end; the tests hold the rules against it.
    pub state: CaseState,
    pub steps: Vec<Line>,
}

/// How a letter came that the office wrote down.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Filed {
    pub via: FiledVia,
    /// How the resident agreed, in the clerk's words.
    pub consent: String,
}

/// One line of a history.
#[derive(Clone, Debug, Deserialize)]
pub struct Line {
    /// Days ago; the day of the line before when it is left out.
    pub d: Option<i32>,
    #[serde(flatten)]
    pub step: Step,
}

/// What somebody does. Who does it follows from the step: see [`super::events`].
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum Step {
    Hold {
        reason: String,
    },
    Accept {
        class: Option<CaseClass>,
        urgency: Option<Urgency>,
    },
    Ask {
        say: String,
    },
    Info {
        say: String,
    },
    Decline {
        code: String,
        say: String,
    },
    Appeal {
        say: String,
    },
    Refer {
        channel: String,
        #[serde(rename = "ref")]
        reference: Option<String>,
        say: String,
    },
    ToDeputy,
    Answer {
        outcome: Outcome,
        say: String,
    },
    Pass {
        say: String,
    },
    Assign {
        lead: String,
        #[serde(default)]
        co: Vec<String>,
        leader: Option<String>,
        note: Option<String>,
    },
    Sign,
    Return {
        basis: String,
        to: String,
    },
    ReturnOk,
    ReturnNo {
        say: String,
    },
    Award {
        unit: String,
        #[serde(default)]
        co: Vec<String>,
        say: String,
    },
    Note {
        say: String,
        /// For the units and the office only.
        #[serde(default)]
        internal: bool,
        /// Written by the unit one level down that does the work.
        #[serde(default)]
        below: bool,
    },
    /// The lead has the work done one level down.
    Delegate {
        unit: String,
        say: String,
    },
    /// The lead unit, or the office where no unit has it, spoke with the resident.
    Contact {
        stage: ContactStage,
        means: ContactMeans,
        say: String,
    },
    /// The clerk looked at the resident's telephone number.
    Reveal {
        reason: String,
    },
    /// The lead begins to write.
    Draft,
    /// The draft lies with the unit's own leader.
    InternalReview,
    /// The unit's own leader wants it better.
    InternalNo {
        say: String,
    },
    Co {
        unit: String,
        say: String,
    },
    /// Work days more.
    Extend {
        days: u32,
        say: String,
    },
    ExtendOk,
    ExtendNo {
        say: String,
    },
    Reassign {
        to: String,
    },
    Reply {
        outcome: Outcome,
        say: String,
        /// Days from today; negative: so many days ago.
        promise: Option<i32>,
        reason: Option<String>,
        contact: Option<String>,
    },
    SendBack {
        say: String,
    },
    /// With the deputy's own words, if there are any.
    Release {
        say: Option<String>,
    },
    /// 态度, 过程, 成效.
    Rate {
        stars: [u8; 3],
        solved: Solved,
        #[serde(default)]
        reasons: Vec<String>,
        #[serde(default)]
        say: String,
    },
    /// The resident's question about the answer.
    FollowUp {
        say: String,
    },
    /// The words of whoever answered.
    FollowUpAnswer {
        say: String,
    },
    /// The deputy's own view of how the unit handled it.
    DeputyRate {
        stars: [u8; 3],
        solved: Solved,
        #[serde(default)]
        say: String,
    },
    Reopen {
        lead: String,
        leader: String,
        say: String,
    },
    KeepClosed {
        code: String,
        say: String,
    },
    Kept {
        say: String,
    },
    Merge {
        into: String,
        say: String,
    },
    Unmerge,
    Split {
        parts: Vec<String>,
    },
    Withdraw {
        say: String,
    },
    /// The resident adds something.
    Supplement {
        say: String,
    },
    Urge,
    /// The clerk takes the last step back, at once.
    Undo,
    Supervise {
        leader: String,
        due_in: i32,
        say: String,
    },
    Archive,
    /// The copy is drawn up and shown to the resident.
    Propose,
    /// The resident agrees with the copy.
    Approve,
    /// Propose, approve and publish.
    Publish,
    /// The last part of [`Step::Publish`].
    PublishNow,
    Hide {
        reason: String,
    },
    RefusePublish {
        reason: String,
    },
}

/// Who is at work, as far as the hour of the day depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hand {
    Resident,
    Deputy,
    /// Office and units: on work days, in office hours.
    Staff,
    /// At once.
    System,
}

impl Step {
    /// Its name in the files, for messages.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Hold { .. } => "hold",
            Self::Accept { .. } => "accept",
            Self::Ask { .. } => "ask",
            Self::Info { .. } => "info",
            Self::Decline { .. } => "decline",
            Self::Appeal { .. } => "appeal",
            Self::Refer { .. } => "refer",
            Self::ToDeputy => "to_deputy",
            Self::Answer { .. } => "answer",
            Self::Pass { .. } => "pass",
            Self::Assign { .. } => "assign",
            Self::Sign => "sign",
            Self::Return { .. } => "return",
            Self::ReturnOk => "return_ok",
            Self::ReturnNo { .. } => "return_no",
            Self::Award { .. } => "award",
            Self::Note { .. } => "note",
            Self::Delegate { .. } => "delegate",
            Self::Contact { .. } => "contact",
            Self::Reveal { .. } => "reveal",
            Self::Draft => "draft",
            Self::InternalReview => "internal_review",
            Self::InternalNo { .. } => "internal_no",
            Self::Co { .. } => "co",
            Self::Extend { .. } => "extend",
            Self::ExtendOk => "extend_ok",
            Self::ExtendNo { .. } => "extend_no",
            Self::Reassign { .. } => "reassign",
            Self::Reply { .. } => "reply",
            Self::SendBack { .. } => "send_back",
            Self::Release { .. } => "release",
            Self::Rate { .. } => "rate",
            Self::FollowUp { .. } => "follow_up",
            Self::FollowUpAnswer { .. } => "follow_up_answer",
            Self::DeputyRate { .. } => "deputy_rate",
            Self::Reopen { .. } => "reopen",
            Self::KeepClosed { .. } => "keep_closed",
            Self::Kept { .. } => "kept",
            Self::Merge { .. } => "merge",
            Self::Unmerge => "unmerge",
            Self::Split { .. } => "split",
            Self::Withdraw { .. } => "withdraw",
            Self::Supplement { .. } => "supplement",
            Self::Urge => "urge",
            Self::Undo => "undo",
            Self::Supervise { .. } => "supervise",
            Self::Archive => "archive",
            Self::Propose => "propose",
            Self::Approve => "approve",
            Self::Publish => "publish",
            Self::PublishNow => "publish_now",
            Self::Hide { .. } => "hide",
            Self::RefusePublish { .. } => "refuse_publish",
        }
    }

    /// Whose hours it keeps.
    pub const fn hand(&self) -> Hand {
        match self {
            Self::Hold { .. } | Self::Undo => Hand::System,
            Self::Info { .. }
            | Self::FollowUp { .. }
            | Self::Supplement { .. }
            | Self::Appeal { .. }
            | Self::Rate { .. }
            | Self::Unmerge
            | Self::Withdraw { .. }
            | Self::Urge
            | Self::Approve => Hand::Resident,
            Self::Answer { .. } | Self::Pass { .. } | Self::DeputyRate { .. } => Hand::Deputy,
            _ => Hand::Staff,
        }
    }
}
