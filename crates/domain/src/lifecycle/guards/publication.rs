//! Rows P1 to P7: what the public may see.

use super::{Verdict, need, need_at, text, words};
use crate::lifecycle::case::RefusalKind;
use crate::lifecycle::event::CaseEvent;
use crate::lifecycle::event::PublicCopy;
use crate::lifecycle::row::Ask;
use crate::lifecycle::state::PublicationState;

/// It is a change.
pub fn consent_changed(ask: Ask<'_>) -> Verdict {
    let CaseEvent::ConsentChanged { consent } = ask.event else {
        return Ok(());
    };
    need_at(
        *consent != ask.case.consent_publish,
        RefusalKind::ValueInvalid,
        "consent",
    )
}

fn publication_in(ask: Ask<'_>, states: &[PublicationState]) -> Verdict {
    need(states.contains(&ask.case.publication), RefusalKind::WrongState)
}

/// With consent, whole, and not while another copy is public (hide that first).
pub fn propose_copy(ask: Ask<'_>) -> Verdict {
    use PublicationState::{Hidden, Pending, Private, Refused};
    publication_in(ask, &[Private, Pending, Refused, Hidden])?;
    need(ask.case.consent_publish, RefusalKind::NoConsent)?;
    let CaseEvent::ProposeCopy {
        copy: PublicCopy { title, body, .. },
    } = ask.event
    else {
        return Ok(());
    };
    text(title, "copy.title")?;
    text(body, "copy.body")
}

/// Pending and not yet approved.
pub fn copy_approved(ask: Ask<'_>) -> Verdict {
    publication_in(ask, &[PublicationState::Pending])?;
    need(!ask.case.copy_approved, RefusalKind::LimitReached)
}

/// Consent, and the resident agreed with the copy or had time to object.
pub fn publish(ask: Ask<'_>) -> Verdict {
    publication_in(ask, &[PublicationState::Pending])?;
    let (case, ctx) = (ask.case, ask.ctx);
    let time_over = case
        .copy_proposed_at
        .is_some_and(|at| ctx.now > ctx.limits.publish_objection.after(at, ctx.calendar));
    need(
        case.consent_publish && case.copy.is_some() && (case.copy_approved || time_over),
        RefusalKind::NoConsent,
    )
}

/// Not public.
pub fn refuse_publish(ask: Ask<'_>) -> Verdict {
    words(ask)?;
    publication_in(ask, &[PublicationState::Private, PublicationState::Pending])
}

/// Public, and why not any more.
pub fn hide(ask: Ask<'_>) -> Verdict {
    publication_in(ask, &[PublicationState::Published])?;
    let CaseEvent::Hide { reason } = ask.event else {
        return Ok(());
    };
    text(reason, "reason")
}

/// Hidden, and the resident still agrees.
pub fn unhide(ask: Ask<'_>) -> Verdict {
    publication_in(ask, &[PublicationState::Hidden])?;
    need(
        ask.case.consent_publish && ask.case.copy.is_some(),
        RefusalKind::NoConsent,
    )
}
