//! The first page.

use super::receptions;
use crate::assemble::{deputy_card, station_card};
use crate::directory::Directory;
use crate::problem::ApiResult;
use crate::state::AppState;
use liaison_domain::dto::{HomePage, ReceptionHint};
use liaison_store::receptions::Session;

/// Receptions announced.
const RECEPTIONS: usize = 4;
/// Deputies named with a reception; its page has all.
const DEPUTIES: usize = 3;
/// Published letters shown.
const ANSWERED: u64 = 6;

/// `GET /home`.
pub async fn home(state: &AppState) -> ApiResult<HomePage> {
    let directory = state.directory().await?;
    let next_receptions = receptions::next(state, RECEPTIONS).await?;
    let just_answered = state.store.just_answered(ANSWERED).await?;
    let figures = state.store.figures(state.now()).await?;
    // Points belong to their station's page.
    let main = directory.stations.iter().filter(|station| station.parent_id.is_none());
    Ok(HomePage {
        stations: main.map(|s| station_card(&directory, s.clone())).collect(),
        next_receptions: next_receptions
            .iter()
            .map(|session| hint(&directory, session))
            .collect(),
        just_answered,
        figures,
    })
}

fn hint(directory: &Directory, session: &Session) -> ReceptionHint {
    let station = directory.station(&session.station_id).map(|station| &station.card);
    ReceptionHint {
        id: session.id.clone(),
        date: session.date.clone(),
        time: receptions::time_words(session),
        station_name: station.map(|card| card.name.clone()).unwrap_or_default(),
        station_slug: station.map(|card| card.slug.clone()).unwrap_or_default(),
        deputies: session
            .receiving()
            .filter_map(|one| directory.deputy(&one.deputy_id))
            .take(DEPUTIES)
            .map(|deputy| deputy_card(directory, deputy.clone()))
            .collect(),
    }
}
