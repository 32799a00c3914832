//! The first page.

use super::directory::{rules_of, today};
use crate::assemble::{deputy_card, station_card};
use crate::problem::ApiResult;
use crate::schedule;
use crate::state::AppState;
use liaison_domain::dto::{HomePage, ReceptionHint};
use liaison_store::directory::Station;

/// Receptions announced.
const RECEPTIONS: usize = 4;
/// Deputies named with a reception; the station's page has all.
const DEPUTIES: usize = 3;
/// Published letters shown.
const ANSWERED: u64 = 6;

/// `GET /home`.
pub async fn home(state: &AppState) -> ApiResult<HomePage> {
    let stations = state.store.stations(None, None).await?;
    let next_receptions = next_receptions(state, &stations).await?;
    let just_answered = state.store.just_answered(ANSWERED).await?;
    let figures = state.store.figures(state.now()).await?;
    // Points belong to their station's page.
    let main = stations.into_iter().filter(|station| station.parent_id.is_none());
    Ok(HomePage {
        stations: main.map(|s| station_card(state, s)).collect(),
        next_receptions,
        just_answered,
        figures,
    })
}

async fn next_receptions(state: &AppState, stations: &[Station]) -> ApiResult<Vec<ReceptionHint>> {
    let (today, rules) = (today(state), state.rules());
    let calendar = &rules.calendar;
    let mut coming: Vec<(schedule::Next, &Station)> = stations
        .iter()
        .filter_map(|station| {
            let rules = schedule::parse(station.reception_rule.as_deref()?);
            Some((schedule::next(&rules, today, calendar)?, station))
        })
        .collect();
    coming.sort_by(|(a, _), (b, _)| (a.date, &a.time).cmp(&(b.date, &b.time)));
    let mut hints = Vec::with_capacity(RECEPTIONS);
    for (next, station) in coming.into_iter().take(RECEPTIONS) {
        let rules = rules_of(stations, &station.card.slug);
        let deputies = state.store.station_deputies(&station.card.id).await?;
        let date = next.date.iso();
        let deputies = deputies
            .into_iter()
            .map(|deputy| deputy_card(state, deputy, &rules))
            .filter(|card| card.next_reception.as_ref() == Some(&date))
            .take(DEPUTIES)
            .collect();
        hints.push(ReceptionHint {
            date,
            time: next.time,
            station_name: station.card.name.clone(),
            station_slug: station.card.slug.clone(),
            deputies,
        });
    }
    Ok(hints)
}
