//! To whom: the station arranges it, or one deputy.

use crate::components::{Choice, Errors, Options, RadioCards, SelectField};
use crate::i18n::zh::{directory, write as words};
use crate::markup::view;
use crate::views::form::{LetterForm, station_of_area, usual_station};
use leptos::prelude::*;
use liaison_domain::dto::{DeputyCard, StationCard, WriteOptions};

/// How many deputies are offered as cards; the others stand in a list.
const OFFERED: usize = 4;

fn describe(card: &DeputyCard) -> String {
    let level = directory::levels(&card.levels, &card.kind);
    if card.expertise.is_empty() {
        level
    } else {
        format!("{level} · {} {}", directory::EXPERTISE, card.expertise.join("、"))
    }
}

/// The chosen deputy first, then those of the station.
fn offered<'a>(form: &LetterForm, station: &str, options: &'a WriteOptions) -> Vec<&'a DeputyCard> {
    let chosen = options.deputies.iter().filter(|card| card.slug == form.deputy);
    let near = options
        .deputies
        .iter()
        .filter(|card| card.slug != form.deputy && card.status == "active" && card.station_slug == station);
    chosen.chain(near).take(OFFERED).collect()
}

pub(super) fn who(form: &LetterForm, options: &WriteOptions, errors: &Errors) -> AnyView {
    let chosen = Some(form.station.clone()).filter(|slug| !slug.is_empty());
    let slug = |card: Option<&StationCard>| card.map(|card| card.slug.clone()).unwrap_or_default();
    // Nobody in particular is offered to who does not know where it is.
    let near = chosen
        .clone()
        .unwrap_or_else(|| slug(station_of_area(&form.area, options)));
    let station = chosen.unwrap_or_else(|| slug(usual_station(&form.area, options)));
    let cards = offered(form, &near, options);
    let mut choices = vec![Choice::new("", words::WHO_STATION, words::WHO_STATION_HINT)];
    choices.extend(
        cards
            .iter()
            .map(|card| Choice::new(card.slug.clone(), card.name.clone(), describe(card))),
    );
    let others: Options = options
        .stations
        .iter()
        .map(|station| {
            let items = options
                .deputies
                .iter()
                .filter(|card| card.status == "active" && card.station_slug == station.slug)
                .filter(|card| !cards.iter().any(|shown| shown.slug == card.slug))
                .map(|card| (card.slug.clone(), format!("{}，{}", card.name, describe(card))))
                .collect::<Vec<_>>();
            (station.name.clone(), items)
        })
        .filter(|(_, items)| !items.is_empty())
        .collect();
    let stations = options
        .stations
        .iter()
        .map(|card| (card.slug.clone(), card.name.clone()))
        .collect();
    let more = view! {
        <details class="more-choices">
            <summary>{words::MORE_DEPUTIES}</summary>
            <SelectField
                name="deputy_other"
                label=words::MORE_DEPUTIES
                value=String::new()
                none=words::MORE_NONE
                options=others
            />
        </details>
    };
    view! {
        <RadioCards
            name="deputy"
            legend=words::WHO
            hint=words::WHO_HINT
            question=true
            choices=choices
            value=form.deputy.clone()
            error=errors.words("deputy")
        >
            {more}
        </RadioCards>
        <SelectField
            name="station"
            label=words::STATION
            hint=words::STATION_HINT
            value=station
            none=crate::i18n::zh::common::CHOOSE
            options=vec![(String::new(), stations)]
            error=errors.words("station")
        />
    }
    .into_any()
}
