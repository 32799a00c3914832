//! First-paint HTML for every public address, drawn by the same views as in the browser, and plain forms for
//! everything a resident does, so that all of it works without scripts.

mod again;
mod bookings;
mod client_errors;
mod counter;
mod desk;
mod desk_doors;
mod desk_numbers;
mod desk_outlines;
mod desk_places;
mod desk_receptions;
mod desk_restrictions;
mod desk_schedule;
mod entry;
mod events;
mod files;
mod frame;
mod ledger;
mod left;
mod link;
mod mine;
mod my_receptions;
mod note_drafts;
mod notes;
mod notices;
mod number;
mod offline;
pub(crate) mod own_data;
mod paper;
mod posted;
mod privacy;
mod problem;
mod proof;
mod public;
mod rate;
mod receptions;
mod record;
mod render;
mod restriction;
mod settings;
pub(crate) mod size;
mod track;
mod units;
mod urgent;
mod visit;
mod wechat;
mod write;
mod write_elsewhere;
mod write_guidance;

pub(crate) use visit::own_path;

use crate::load::directory;
use crate::state::AppState;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware;
use axum::routing::get;
use liaison_web::i18n::zh::rules;
use liaison_web::views::desk_outlines::OUTLINES;
use liaison_web::views::desk_pages::{
    CLIENT_ERRORS, DEPUTIES, DOORS, EVENTS, LEDGER, MY_PROFILE, NUMBERS, RESTRICTIONS, STATIONS, UNITS,
};
use liaison_web::views::{LEFT, NUMBER, PRIVACY};

/// Every page.
pub fn router(state: AppState) -> Router {
    // One letter's pictures, recording and video with their form; each is read, cleaned and kept on its own.
    let limits = directory::letter_limits(&state);
    let media = limits.voice_bytes_max + limits.video_bytes_max;
    let most = limits.photo_bytes_max * u64::from(limits.photos_max) + media + (1 << 20);
    let limit = DefaultBodyLimit::max(usize::try_from(most).unwrap_or(usize::MAX));
    Router::new()
        .route("/", get(public::home))
        .route("/stations", get(public::stations))
        .route("/stations/{slug}", get(public::station))
        .route("/deputies", get(public::deputies))
        .route("/deputies/{slug}", get(public::deputy))
        .route("/stations/{slug}/calendar.ics", get(files::station_calendar))
        .route("/deputies/{slug}/calendar.ics", get(files::deputy_calendar))
        .route("/qr/{kind}/{name}", get(files::code))
        .route("/receptions", get(receptions::list))
        .route("/receptions/{id}", get(receptions::show))
        .route("/receptions/{id}/poster", get(receptions::poster))
        .route("/receptions/{id}/notice", get(receptions::notice))
        .route("/cases", get(public::cases))
        .route("/cases/{no}", get(public::case))
        .route("/help", get(public::help))
        .route(rules::PATH, get(public::rules))
        .route("/write", get(write::show).post(write::step).layer(limit))
        .route("/write/urgent", get(urgent::show).post(urgent::send))
        .route("/mine/restriction", get(restriction::show).post(restriction::object))
        .route("/track", get(track::show).post(track::open))
        .route("/mine", get(mine::list).post(mine::login))
        .route(LEFT, get(left::show).post(left::act))
        .route("/mine/notices", get(notices::show).post(notices::read))
        .route("/mine/notifications", get(settings::show).post(settings::save))
        .route(PRIVACY, get(privacy::show).post(privacy::act))
        .route(NUMBER, get(number::show).post(number::act))
        .route("/mine/privacy/closed", get(privacy::closed))
        .route("/mine/privacy/data", get(privacy::data))
        .route("/mine/privacy/data.zip", get(privacy::data_zip))
        .route("/mine/privacy/data.html", get(privacy::data_html))
        .route("/mine/privacy/data.json", get(privacy::data_json))
        .route("/receptions/{id}/book", get(bookings::show).post(bookings::book))
        .route("/mine/bookings", get(bookings::list))
        .route("/mine/bookings/{id}", get(bookings::one).post(bookings::act))
        .route("/mine/events", get(events::mine).post(events::give_up))
        .route("/mine/{no}", get(mine::case).post(mine::act).layer(limit))
        .route("/rate/{token}", get(rate::show).post(rate::rate))
        .route("/offline", get(offline::page))
        .route("/sw.js", get(offline::worker))
        .route("/auth/wechat", get(wechat::start))
        .route("/auth/wechat/back", get(wechat::back))
        .route("/auth/wechat/bind", get(wechat::bind_form).post(wechat::bind))
        .route("/l/{token}", get(link::show).post(link::open))
        .route("/mode", get(entry::mode))
        .route("/d/{code}", get(entry::deputy))
        .route("/s/{code}", get(entry::station))
        .route(
            "/desk/notifications",
            get(settings::show_desk).post(settings::save_desk),
        )
        .route(NUMBERS, get(desk_numbers::show).post(desk_numbers::act))
        .route(UNITS, get(units::show).post(units::merge))
        .route(CLIENT_ERRORS, get(client_errors::show))
        .route(DOORS, get(desk_doors::list))
        .route("/desk/admin/doors/new", get(desk_doors::new).post(desk_doors::post_new))
        .route("/desk/admin/doors/{code}", get(desk_doors::one).post(desk_doors::post))
        .merge(at_receptions())
        .merge(of_places(&state))
        .route("/events", get(events::list))
        .route("/events/{id}", get(events::show).post(events::act))
        .route("/events/{id}/screen", get(events::screen))
        .route(EVENTS, get(events::desk_list))
        .route("/desk/events/new", get(events::new).post(events::create))
        .route("/desk/events/{id}", get(events::desk_show).post(events::desk_act))
        .route("/desk/events/{id}/edit", get(events::edit).post(events::save))
        .route("/desk/schedule", get(desk_schedule::list))
        .route(
            "/desk/schedule/new",
            get(desk_schedule::new).post(desk_schedule::post_new),
        )
        .route(
            "/desk/schedule/{id}",
            get(desk_schedule::one).post(desk_schedule::post_one),
        )
        .route("/desk/receptions", get(desk_receptions::board))
        .route(
            "/desk/receptions/new",
            get(desk_receptions::new).post(desk_receptions::post_new),
        )
        .route(
            "/desk/receptions/{id}",
            get(desk_receptions::one).post(desk_receptions::post_one),
        )
        .route(RESTRICTIONS, get(desk_restrictions::board))
        .route("/desk/restrictions/report", get(desk_restrictions::report))
        .route(
            "/desk/restrictions/new",
            get(desk_restrictions::new).post(desk_restrictions::propose),
        )
        .route(
            "/desk/restrictions/{id}",
            get(desk_restrictions::one).post(desk_restrictions::act),
        )
        .route("/desk/my-receptions", get(my_receptions::list))
        .route(
            "/desk/my-receptions/{id}",
            get(my_receptions::one).post(my_receptions::ask),
        )
        .route("/desk", get(desk::show))
        .route("/desk/{*rest}", get(desk::show))
        .fallback(proof::or_not_found)
        .layer(middleware::from_fn_with_state(state.clone(), problem::layer))
        .with_state(state)
}

/// What the pages of stations and deputies say. One picture with its form.
fn of_places(state: &AppState) -> Router<AppState> {
    let most = directory::letter_limits(state).photo_bytes_max + (1 << 20);
    let limit = DefaultBodyLimit::max(usize::try_from(most).unwrap_or(usize::MAX));
    Router::new()
        .route(
            OUTLINES,
            get(desk_outlines::show)
                .post(desk_outlines::act)
                .layer(DefaultBodyLimit::max(desk_outlines::BODY)),
        )
        .route(STATIONS, get(desk_places::stations))
        .route(
            "/desk/stations/{id}",
            get(desk_places::station).post(desk_places::post_station).layer(limit),
        )
        .route(DEPUTIES, get(desk_places::deputies))
        .route(
            "/desk/deputies/{id}",
            get(desk_places::deputy).post(desk_places::post_deputy).layer(limit),
        )
        .route(
            MY_PROFILE,
            get(desk_places::my_profile)
                .post(desk_places::post_my_profile)
                .layer(limit),
        )
}

/// The counter of a reception, notes of talks, the ledger.
fn at_receptions() -> Router<AppState> {
    Router::new()
        .route("/desk/receptions/{id}/counter", get(counter::show).post(counter::act))
        .route("/desk/receptions/{id}/slip", get(counter::slip))
        .route("/desk/receptions/{id}/notes", get(notes::show).post(notes::keep))
        .route(LEDGER, get(ledger::list))
        .route("/desk/ledger/new", get(notes::new).post(notes::keep_new))
        .route("/desk/ledger/print", get(ledger::print))
        .route("/desk/ledger/export.xlsx", get(ledger::export_xlsx))
        .route("/desk/ledger/export.csv", get(ledger::export_csv))
        .route("/desk/ledger/template.xlsx", get(paper::template_xlsx))
        .route("/desk/ledger/template.csv", get(paper::template_csv))
        .route(
            "/desk/ledger/import",
            get(paper::show)
                .post(paper::act)
                .layer(DefaultBodyLimit::max(paper::BODY)),
        )
        .route("/desk/ledger/{id}", get(record::show).post(record::become_letter))
        .route("/desk/ledger/{id}/change", get(notes::change).post(notes::keep_change))
        .route("/desk/ledger/{id}/number", get(record::no_number).post(record::reveal))
        .route("/desk/ledger/{id}/slip", get(record::slip))
}
