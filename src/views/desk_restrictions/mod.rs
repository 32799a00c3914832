//! Restrictions at the desk: lanes, one measure with what can be decided, a proposal, the report. Drawn by the server alone.

mod form;
mod list;
mod one;

pub use form::{ProposeForm, ProposeView};
pub use list::{RestrictionReportView, RestrictionsView};
pub use one::{RestrictionPage, RestrictionView};

use crate::components::tone_chip;
use crate::i18n::dates;
use crate::i18n::zh::restrictions as words;
use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::dto::DeskRestriction;
use liaison_domain::restriction::{MeasureState, Step};

pub use crate::views::desk_pages::RESTRICTIONS;

fn chip(one: &DeskRestriction) -> AnyView {
    let (tone, sign) = match one.state {
        MeasureState::Proposed => ("you", "#i-dot"),
        MeasureState::InForce => ("warn", "#i-warn"),
        MeasureState::Overturned => ("good", "#i-good"),
        MeasureState::Refused | MeasureState::Ended | MeasureState::Lifted => ("quiet", "#i-clock"),
    };
    tone_chip(tone, sign, words::state(one.state)).into_any()
}

/// 「11月23日 到 12月23日」; nothing of a warning, which refuses nothing.
fn term(one: &DeskRestriction, now: Millis) -> Option<String> {
    let (from, to) = (one.starts_at?, one.ended_at.or(one.ends_at)?);
    (one.step != Step::Warning).then(|| format!("{} 到 {}", dates::date(from, now), words::until(to, now)))
}
