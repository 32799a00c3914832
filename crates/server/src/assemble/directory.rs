//! Cards of stations and deputies, with their next reception.

use crate::load::directory::today;
use crate::schedule::{self, Rule};
use crate::state::AppState;
use liaison_domain::dto::{DeputyCard, StationCard};
use liaison_store::directory::{Deputy, Station};

/// A station's card.
pub fn station_card(state: &AppState, station: Station) -> StationCard {
    let rules = schedule::parse(station.reception_rule.as_deref().unwrap_or_default());
    StationCard {
        next_reception: schedule::next(&rules, today(state), &state.rules().calendar).map(|next| next.date.iso()),
        ..station.card
    }
}

/// A deputy's card. Their own rule counts; without one they receive with their station.
pub fn deputy_card(state: &AppState, deputy: Deputy, station_rules: &[Rule]) -> DeputyCard {
    let own = schedule::parse(deputy.reception_rule.as_deref().unwrap_or_default());
    // Somebody with words of their own and no rule receives by appointment: no day to promise.
    let by_appointment = own.is_empty() && !deputy.reception_text.is_empty();
    let rules = if own.is_empty() { station_rules } else { &own };
    let receives = deputy.card.status == "active" && !by_appointment;
    let next = receives
        .then(|| schedule::next(rules, today(state), &state.rules().calendar))
        .flatten();
    DeputyCard {
        next_reception: next.map(|next| next.date.iso()),
        ..deputy.card
    }
}
