//! Cards of stations and deputies, with their next reception.

use crate::directory::Directory;
use liaison_domain::dto::{DeputyCard, StationCard};
use liaison_store::directory::{Deputy, Station};

/// A station's card.
pub fn station_card(directory: &Directory, station: Station) -> StationCard {
    StationCard {
        next_reception: directory.next.stations.get(&station.card.id).cloned(),
        ..station.card
    }
}

/// A deputy's card. Who is on leave or left receives nobody, whatever was planned.
pub fn deputy_card(directory: &Directory, deputy: Deputy) -> DeputyCard {
    let next = directory.next.deputies.get(&deputy.card.id);
    DeputyCard {
        next_reception: next.filter(|_| deputy.card.status == "active").cloned(),
        ..deputy.card
    }
}
