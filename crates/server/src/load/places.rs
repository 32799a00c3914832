//! The pages of a station and of a deputy: what the directory says, and the receptions to come.

use super::{directory, receptions};
use crate::problem::ApiResult;
use crate::state::AppState;
use liaison_domain::calendar::date_of;
use liaison_domain::dto::ReceptionFilter;
use liaison_store::receptions::YearFigures;
use liaison_web::i18n::zh::receptions as words;
use liaison_web::views::{DeputyPage, Figures, RuleWords, StationPage};

/// A station with its rules and the receptions of the year.
pub async fn station(state: &AppState, slug: &str) -> ApiResult<StationPage> {
    let detail = directory::station(state, slug).await?;
    let today = date_of(state.now());
    let kept = state
        .store
        .reception_rules(Some(std::slice::from_ref(&detail.card.id)))
        .await?;
    let rules = kept.into_iter().map(|kept| {
        let own = kept.rule;
        RuleWords {
            name: if own.title.is_empty() {
                words::kind(own.kind).to_owned()
            } else {
                own.title
            },
            rule: own.rule.words(),
            reading: own.rule.reading(today),
        }
    });
    let filter = ReceptionFilter {
        station: Some(slug.to_owned()),
        to: Some(today.plus_months(12).iso()),
        ..ReceptionFilter::default()
    };
    let directory = state.directory().await?;
    let counted = directory.figures.get(&detail.card.id).copied().unwrap_or_default();
    let figures = Figures {
        year: directory.year,
        held: counted.held,
        people: counted.people,
        on_site: counted.on_site,
        letters: counted.letters,
    };
    Ok(StationPage {
        figures: (counted != YearFigures::default()).then_some(figures),
        rules: rules.collect(),
        receptions: receptions::all(state, &filter).await?,
        detail,
    })
}

/// A deputy with the receptions to come.
pub async fn deputy(state: &AppState, slug: &str) -> ApiResult<DeputyPage> {
    let detail = directory::deputy(state, slug).await?;
    let filter = ReceptionFilter {
        deputy: Some(slug.to_owned()),
        ..ReceptionFilter::default()
    };
    Ok(DeputyPage {
        receptions: receptions::all(state, &filter).await?,
        detail,
    })
}
