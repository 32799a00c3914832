//! What can be read off an event without a case: its kind, its task, its units.

use super::event::{CaseEvent, EventKind};
use crate::Id;

impl CaseEvent {
    /// Its name.
    pub const fn kind(&self) -> EventKind {
        match self {
            Self::Submit { .. } => EventKind::Submit,
            Self::AutoAccept { .. } => EventKind::AutoAccept,
            Self::AutoHold { .. } => EventKind::AutoHold,
            Self::Accept { .. } => EventKind::Accept,
            Self::AskInfo { .. } => EventKind::AskInfo,
            Self::InfoGiven { .. } => EventKind::InfoGiven,
            Self::InfoTimeout {} => EventKind::InfoTimeout,
            Self::Decline { .. } => EventKind::Decline,
            Self::Appeal { .. } => EventKind::Appeal,
            Self::Refer { .. } => EventKind::Refer,
            Self::ToDeputy { .. } => EventKind::ToDeputy,
            Self::DeputyAnswer { .. } => EventKind::DeputyAnswer,
            Self::DeputyPass { .. } => EventKind::DeputyPass,
            Self::DeputyTimeout {} => EventKind::DeputyTimeout,
            Self::Assign { .. } => EventKind::Assign,
            Self::Sign { .. } => EventKind::Sign,
            Self::AutoSign { .. } => EventKind::AutoSign,
            Self::ReturnRequest { .. } => EventKind::ReturnRequest,
            Self::ReturnApproved { .. } => EventKind::ReturnApproved,
            Self::ReturnRefused { .. } => EventKind::ReturnRefused,
            Self::BounceLimit {} => EventKind::BounceLimit,
            Self::Dispute { .. } => EventKind::Dispute,
            Self::Award { .. } => EventKind::Award,
            Self::ProgressNote { .. } => EventKind::ProgressNote,
            Self::CoOpinion { .. } => EventKind::CoOpinion,
            Self::ExtensionRequest { .. } => EventKind::ExtensionRequest,
            Self::ExtensionApproved { .. } => EventKind::ExtensionApproved,
            Self::ExtensionRefused { .. } => EventKind::ExtensionRefused,
            Self::ReassignUnit { .. } => EventKind::ReassignUnit,
            Self::DraftBegun { .. } => EventKind::DraftBegun,
            Self::ToInternalReview { .. } => EventKind::ToInternalReview,
            Self::InternalRejected { .. } => EventKind::InternalRejected,
            Self::SubmitReply { .. } => EventKind::SubmitReply,
            Self::SendBack { .. } => EventKind::SendBack,
            Self::Release { .. } => EventKind::Release,
            Self::RatedOk { .. } => EventKind::RatedOk,
            Self::SurveyExpired {} => EventKind::SurveyExpired,
            Self::HasPromise {} => EventKind::HasPromise,
            Self::RatedBad { .. } => EventKind::RatedBad,
            Self::Reopen { .. } => EventKind::Reopen,
            Self::KeepClosed { .. } => EventKind::KeepClosed,
            Self::PromiseKept { .. } => EventKind::PromiseKept,
            Self::PromiseBroken {} => EventKind::PromiseBroken,
            Self::Merge { .. } => EventKind::Merge,
            Self::Unmerge {} => EventKind::Unmerge,
            Self::LeadAnswered { .. } => EventKind::LeadAnswered,
            Self::Split { .. } => EventKind::Split,
            Self::PartsAnswered { .. } => EventKind::PartsAnswered,
            Self::Withdraw { .. } => EventKind::Withdraw,
            Self::Supplement { .. } => EventKind::Supplement,
            Self::Supervise { .. } => EventKind::Supervise,
            Self::Urge {} => EventKind::Urge,
            Self::Archive {} => EventKind::Archive,
            Self::ConsentChanged { .. } => EventKind::ConsentChanged,
            Self::ProposeCopy { .. } => EventKind::ProposeCopy,
            Self::CopyApproved {} => EventKind::CopyApproved,
            Self::Publish {} => EventKind::Publish,
            Self::RefusePublish { .. } => EventKind::RefusePublish,
            Self::Hide { .. } => EventKind::Hide,
            Self::Unhide {} => EventKind::Unhide,
            Self::Delegate { .. } => EventKind::Delegate,
            Self::Contacted { .. } => EventKind::Contacted,
            Self::FollowUp { .. } => EventKind::FollowUp,
            Self::FollowUpAnswered { .. } => EventKind::FollowUpAnswered,
            Self::DeputyRated { .. } => EventKind::DeputyRated,
            Self::ContactRevealed { .. } => EventKind::ContactRevealed,
            Self::MergedIn { .. } => EventKind::MergedIn,
            Self::MergedOut { .. } => EventKind::MergedOut,
            Self::Recalculated { .. } => EventKind::Recalculated,
            Self::Undo {} => EventKind::Undo,
        }
    }

    /// The task it is about, if it is about one.
    pub const fn task_id(&self) -> Option<&Id> {
        match self {
            Self::Sign { task_id, .. }
            | Self::AutoSign { task_id }
            | Self::ReturnRequest { task_id, .. }
            | Self::ReturnApproved { task_id }
            | Self::ReturnRefused { task_id, .. }
            | Self::ProgressNote { task_id, .. }
            | Self::CoOpinion { task_id, .. }
            | Self::ExtensionRequest { task_id, .. }
            | Self::ExtensionApproved { task_id }
            | Self::ExtensionRefused { task_id, .. }
            | Self::ReassignUnit { task_id, .. }
            | Self::DraftBegun { task_id }
            | Self::ToInternalReview { task_id }
            | Self::InternalRejected { task_id, .. }
            | Self::SubmitReply { task_id, .. }
            | Self::PromiseKept { task_id, .. }
            | Self::Delegate { task_id, .. } => Some(task_id),
            Self::Contacted { task_id, .. } => task_id.as_ref(),
            _ => None,
        }
    }

    /// The units that get a task by it: lead and co-units.
    pub fn new_units(&self) -> Option<(&Id, &[Id])> {
        match self {
            Self::Assign { lead, co, .. } | Self::Award { unit_id: lead, co, .. } => Some((lead, co)),
            Self::Reopen { lead, .. } => Some((lead, &[])),
            _ => None,
        }
    }

    /// How many fresh ids it takes ([`super::Context::new_ids`]).
    pub fn ids_needed(&self) -> usize {
        match self {
            Self::PromiseBroken {} => 1,
            _ => self.new_units().map_or(0, |(_, co)| 1 + co.len()),
        }
    }
}
