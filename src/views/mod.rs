//! Pure views: data in, markup out. They fetch nothing and read no global, so that the server draws the same
//! page natively that the browser draws later. Pages decide; views show.
//!
//! Every form is a real form. A page that wants to keep the browser here listens for the `submit` event, which
//! bubbles, around the view; without scripts the same form posts to the server. Buttons that mean different
//! things in one form are named `do`.

#[cfg(feature = "ssr")]
mod again;
#[cfg(feature = "ssr")]
mod bookings;
#[cfg(feature = "csr")]
pub mod desk;
#[cfg(feature = "ssr")]
mod desk_changes;
#[cfg(feature = "ssr")]
pub mod desk_doors;
#[cfg(feature = "ssr")]
mod desk_errors;
#[cfg(feature = "ssr")]
mod desk_events;
#[cfg(feature = "ssr")]
mod desk_numbers;
#[cfg(feature = "ssr")]
pub mod desk_outlines;
#[cfg(any(feature = "csr", feature = "ssr"))]
pub mod desk_pages;
#[cfg(feature = "ssr")]
pub mod desk_places;
#[cfg(feature = "ssr")]
pub mod desk_receptions;
#[cfg(feature = "ssr")]
pub mod desk_restrictions;
#[cfg(feature = "ssr")]
pub mod desk_schedule;
#[cfg(feature = "ssr")]
mod desk_still;
#[cfg(feature = "ssr")]
mod desk_units;
#[cfg(feature = "ssr")]
mod elsewhere;
#[cfg(feature = "ssr")]
mod events;
pub mod form;
mod form_extra;
#[cfg(feature = "ssr")]
pub mod ledger;

mod actions;
mod case;
mod cases;
mod deputies;
#[cfg(feature = "ssr")]
mod deputy_page;
mod help;
mod home;
mod left;
mod link;
mod login;
mod mine;
mod notices;
#[cfg(feature = "ssr")]
mod number;
#[cfg(feature = "ssr")]
mod offline;
#[cfg(feature = "ssr")]
mod privacy;
mod problem;
mod rate;
#[cfg(feature = "ssr")]
mod receptions;
#[cfg(feature = "ssr")]
pub mod restrictions;
#[cfg(feature = "ssr")]
mod rules;
#[cfg(feature = "ssr")]
mod settings;
mod shell;
mod standing;
#[cfg(feature = "ssr")]
mod station_page;
#[cfg(feature = "ssr")]
mod station_place;
mod stations;
mod track;
#[cfg(feature = "ssr")]
mod wechat;
pub mod write;

pub use actions::withdrawing;
#[cfg(feature = "ssr")]
pub use again::{AgainLogin, AgainView, Kept};
#[cfg(feature = "ssr")]
pub use bookings::{BookForm, BookView, Booker, BookingView, BookingsView};
pub use case::{ActForm, MyCaseView};
pub use cases::{CasesView, PublicCaseView, cases_href, public_title};
pub use deputies::{DeputiesView, deputies_href};
#[cfg(feature = "ssr")]
pub use deputy_page::{DeputyPage, DeputyView};
#[cfg(feature = "ssr")]
pub use desk_errors::ClientErrorsView;
#[cfg(feature = "ssr")]
pub use desk_events::{DeskEvent, DeskEventView, DeskEventsView, EventForm, EventFormView, Refused, desk_event_parts};
#[cfg(feature = "ssr")]
pub use desk_numbers::{OfficeNumberForm, OfficeNumberView};
#[cfg(feature = "ssr")]
pub use desk_still::{DeskLogin, DeskStill};
#[cfg(feature = "ssr")]
pub use desk_units::{UnitsForm, UnitsStep, UnitsView};
#[cfg(feature = "ssr")]
pub use events::{
    AskForm, EventGate, EventOfMine, EventPage, EventPageView, EventScreen, EventScreenView, EventsView, MyEventsView,
    cursor_in, events_href, own_parts, public_parts, screen_parts,
};
pub use help::HelpView;
pub use home::HomeView;
pub use left::{LEFT, left_behind};
#[cfg(feature = "ssr")]
pub use left::{LeftGoneView, LeftView};
pub use link::{LinkGoneView, LinkView};
pub use login::LoginView;
pub use mine::{MineView, mine_api_path};
pub use notices::{NoticesView, badge, meeting_path, notice_row, settings_link};
#[cfg(feature = "ssr")]
pub use number::{NUMBER, NumberForm, NumberHelp, NumberView};
#[cfg(feature = "ssr")]
pub use offline::OfflineView;
#[cfg(feature = "ssr")]
pub use privacy::{ClosedView, MyDataView, PRIVACY, PrivacyForm, PrivacyView};
pub use problem::{NotFoundView, ProblemView};
pub use rate::{RateDoneView, RateView};
#[cfg(feature = "ssr")]
pub use receptions::{
    CalendarData, GroupNoticeView, ListData, PosterView, ReceptionView, ReceptionsView, Shown, receptions_href,
};
#[cfg(feature = "ssr")]
pub use rules::{RulesData, RulesView};
#[cfg(feature = "ssr")]
pub use settings::{NotifyForm, NotifySettingsView};
pub use shell::Shell;
#[cfg(feature = "ssr")]
pub use station_page::{Figures, RuleWords, StationPage, StationView};
pub use stations::{StationsView, stations_href};
pub use track::TrackView;
#[cfg(feature = "ssr")]
pub use wechat::{BindView, WECHAT, WechatFailedView};
pub use write::{
    Asked, By, DraftRow, MapData, OutRow, OutState, ReceiptGoneView, ReceiptView, elsewhere, first_question, joining,
    later_question, map_picture, personal, question, shelf, shelf_pointer, similar, video_told, voice_told,
    waiting_page,
};

// They draw pages as text, which only the server side can.
#[cfg(all(test, feature = "ssr"))]
mod tests;
