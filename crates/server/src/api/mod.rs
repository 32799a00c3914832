//! `/api/v1`: a file a resource. Each route is declared once, for axum and for `OpenAPI`.

mod at_reception;
pub mod auth;
pub mod bookings;
pub mod calendar;
pub mod client_errors;
pub mod counter;
pub mod desk;
pub mod desk_places;
pub mod desk_receptions;
pub mod desk_schedule;
pub mod directory;
mod docs;
pub mod doors;
pub mod drafts;
pub mod event_desk;
pub mod events;
pub mod health;
pub mod jobs;
pub mod ledger;
pub mod library;
pub mod limits;
pub mod links;
pub mod media;
pub mod messages;
pub mod notices;
pub mod number;
pub mod office;
mod openapi;
pub mod outbox;
pub mod outlines;
pub mod privacy;
pub mod public;
pub mod receptions;
pub mod restrictions;
pub mod similar;
pub mod units;
pub mod uploads;
pub mod videos;
pub mod wechat;

pub use openapi::{document, document_json};

use crate::state::AppState;
use axum::extract::DefaultBodyLimit;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// A file of outlines in JSON, in bytes.
const OUTLINES: usize = 4 << 20;

/// Every route of the API, below `/api/v1`.
pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(openapi::openapi))
        .merge(open_to_all())
        .merge(people())
        .merge(letters())
        .merge(appointments())
        .merge(desks())
        .merge(offices())
        .merge(administration())
        .merge(of_units())
        .merge(of_events())
        .merge(of_ledger())
        .merge(of_places())
        .merge(receptions_at_the_desk())
        .merge(of_restrictions())
        .routes(routes!(outbox::list))
        .routes(routes!(outbox::retry))
}

fn open_to_all() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(directory::config))
        .routes(routes!(public::home))
        .routes(routes!(directory::areas))
        .routes(routes!(directory::categories))
        .routes(routes!(directory::units))
        .routes(routes!(directory::stations))
        .routes(routes!(directory::station))
        .routes(routes!(directory::deputies))
        .routes(routes!(directory::deputy))
        .routes(routes!(directory::write_options))
        .routes(routes!(directory::write_hints))
        .routes(routes!(public::cases))
        .routes(routes!(public::case))
        .routes(routes!(similar::similar))
        .routes(routes!(public::survey, public::rate))
        .routes(routes!(receptions::list))
        .routes(routes!(receptions::one))
        .routes(routes!(client_errors::report))
        .routes(routes!(wechat::js_signature))
}

fn people() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(auth::otp_request))
        .routes(routes!(auth::otp_verify))
        .routes(routes!(auth::login))
        .routes(routes!(auth::demo_accounts, auth::demo_login))
        .routes(routes!(auth::logout))
        .routes(routes!(auth::me, privacy::rename))
        .routes(routes!(privacy::overview))
        .routes(routes!(privacy::everything))
        .routes(routes!(privacy::archive))
        .routes(routes!(privacy::sessions))
        .routes(routes!(privacy::end_session))
        .routes(routes!(privacy::unbind))
        .routes(routes!(privacy::close))
        .routes(routes!(number::ask_old))
        .routes(routes!(number::check_old))
        .routes(routes!(number::ask_new))
        .routes(routes!(number::change))
        .routes(routes!(number::ask_by_office))
        .routes(routes!(number::change_by_office))
        .routes(routes!(privacy::change_consent))
        .routes(routes!(auth::my_messages))
        .routes(routes!(notices::list))
        .routes(routes!(notices::count))
        .routes(routes!(notices::read))
        .routes(routes!(notices::live))
        .routes(routes!(notices::settings, notices::change_settings))
}

fn letters() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(messages::submit))
        .routes(routes!(messages::track))
        .routes(routes!(messages::own))
        .routes(routes!(messages::event))
        .routes(routes!(drafts::list))
        .routes(routes!(drafts::keep, drafts::discard))
        .routes(routes!(uploads::create))
        .routes(routes!(uploads::remove))
        .routes(routes!(uploads::file))
        .routes(routes!(uploads::thumb))
        .routes(routes!(media::voice))
        .routes(routes!(media::file))
        .routes(routes!(media::transcribe))
        .routes(routes!(videos::announce))
        .routes(routes!(videos::standing, videos::piece, videos::cancel))
        .routes(routes!(videos::complete))
        // Every body is read with its own limit, close to where its meaning is known.
        .layer(DefaultBodyLimit::disable())
}

fn appointments() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(bookings::slots))
        .routes(routes!(bookings::book))
        .routes(routes!(bookings::list))
        .routes(routes!(bookings::own))
        .routes(routes!(bookings::cancel))
        .routes(routes!(bookings::accept_offer))
        .routes(routes!(bookings::decline_offer))
        .routes(routes!(bookings::keep))
        .routes(routes!(bookings::settle))
        .layer(DefaultBodyLimit::disable())
}

fn desks() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(desk::office_queue))
        .routes(routes!(desk::unit_tasks))
        .routes(routes!(desk::deputy_inbox))
        .routes(routes!(desk::case))
        .routes(routes!(desk::options))
        .routes(routes!(desk::save_draft))
        .routes(routes!(links::deputy_link))
}

fn offices() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(office::bulk))
        .routes(routes!(office::file))
        .routes(routes!(office::split))
        .routes(routes!(office::doubles))
        .routes(routes!(office::reveal))
        .routes(routes!(office::call_backs, office::draw))
        .routes(routes!(office::report))
        .routes(routes!(office::filters, office::keep_filter))
        .routes(routes!(office::drop_filter))
        .layer(DefaultBodyLimit::disable())
}

fn of_units() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(units::templates))
        .routes(routes!(units::put_template, units::delete_template))
        .routes(routes!(units::lint))
        .routes(routes!(units::board))
        .routes(routes!(units::duties_of))
        .routes(routes!(units::merge))
}

fn of_events() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(events::list, event_desk::create))
        .routes(routes!(events::event, event_desk::edit, event_desk::remove))
        .routes(routes!(events::questions, events::ask))
        .routes(routes!(events::stream))
        .routes(routes!(events::mine))
        .routes(routes!(events::my_events))
        .routes(routes!(events::register, events::withdraw))
        .routes(routes!(events::upvote, events::undo_upvote))
        .routes(routes!(events::vote))
        .routes(routes!(event_desk::list))
        .routes(routes!(event_desk::options))
        .routes(routes!(event_desk::event))
        .routes(routes!(event_desk::queue))
        .routes(routes!(event_desk::stream))
        .routes(routes!(event_desk::attendees))
        .routes(routes!(event_desk::step))
        .routes(routes!(event_desk::minutes))
        .routes(routes!(event_desk::broadcast))
        .routes(routes!(event_desk::open_poll))
        .routes(routes!(event_desk::change_poll))
        .routes(routes!(event_desk::change_question))
        .routes(routes!(event_desk::to_letter))
        .routes(routes!(event_desk::resolve))
        .routes(routes!(event_desk::change_resolution))
        .layer(DefaultBodyLimit::disable())
}

fn of_ledger() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(counter::queue))
        .routes(routes!(counter::check_in_by_code))
        .routes(routes!(counter::walk_in))
        .routes(routes!(counter::call_next))
        .routes(routes!(counter::check_in))
        .routes(routes!(counter::call))
        .routes(routes!(counter::finish))
        .routes(routes!(ledger::write_down))
        .routes(routes!(ledger::own_drafts))
        .routes(routes!(ledger::save_draft, ledger::discard_draft))
        .routes(routes!(ledger::records, ledger::write_down_elsewhere))
        .routes(routes!(ledger::record, ledger::change))
        .routes(routes!(ledger::reveal))
        .routes(routes!(ledger::looks))
        .routes(routes!(ledger::import))
}

fn of_places() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(desk_places::stations))
        .routes(routes!(desk_places::station, desk_places::change_station))
        .routes(routes!(desk_places::deputies))
        .routes(routes!(desk_places::deputy, desk_places::change_deputy))
        .routes(routes!(desk_places::photo))
        .routes(routes!(outlines::list))
        .routes(routes!(outlines::remove))
        .merge(
            OpenApiRouter::new()
                .routes(routes!(outlines::import))
                .layer(DefaultBodyLimit::max(OUTLINES)),
        )
}

fn of_restrictions() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(restrictions::urgent))
        .routes(routes!(restrictions::own))
        .routes(routes!(restrictions::object))
        .routes(routes!(restrictions::board, restrictions::propose))
        .routes(routes!(restrictions::report))
        .routes(routes!(restrictions::one))
        .routes(routes!(restrictions::decide))
        .routes(routes!(restrictions::hear))
        .routes(routes!(restrictions::lift))
        .layer(DefaultBodyLimit::disable())
}

fn receptions_at_the_desk() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(desk_schedule::list, desk_schedule::create))
        .routes(routes!(desk_schedule::preview))
        .routes(routes!(desk_schedule::one, desk_schedule::change, desk_schedule::end))
        .routes(routes!(desk_receptions::board))
        .routes(routes!(desk_receptions::one))
        .routes(routes!(desk_receptions::create))
        .routes(routes!(desk_receptions::change))
        .routes(routes!(desk_receptions::announce))
        .routes(routes!(desk_receptions::cancel))
        .routes(routes!(desk_receptions::close))
        .routes(routes!(desk_receptions::keep))
        .routes(routes!(desk_receptions::name_deputy))
        .routes(routes!(desk_receptions::decide))
        .routes(routes!(desk_receptions::leave))
        .routes(routes!(desk_receptions::own))
}

fn administration() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(calendar::year))
        .routes(routes!(calendar::day, calendar::put_day, calendar::remove_day))
        .routes(routes!(calendar::import))
        .routes(routes!(limits::list))
        .routes(routes!(limits::change))
        .routes(routes!(jobs::list))
        .routes(routes!(client_errors::list))
        .routes(routes!(library::list))
        .routes(routes!(library::edit))
        .routes(routes!(doors::list))
        .routes(routes!(doors::put, doors::take_back))
}
