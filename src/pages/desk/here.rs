//! What every page of the desk shares: who is here, the installation, the choices of the forms, and what
//! happens when a request fails.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use liaison_domain::dto::{AppConfig, DeskOptions, Me};
use liaison_domain::lifecycle::Role;

use crate::api::{self, ApiError, directory};
use crate::i18n::desk as words;
use crate::state::{Notices, Remote, Session, nav};

/// The ends of the desk: one for each kind of staff.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    Office,
    Unit,
    Deputy,
}

impl End {
    /// Where it stands.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Office => "/desk/office",
            Self::Unit => "/desk/unit",
            Self::Deputy => "/desk/deputy",
        }
    }

    /// Where its letters come from.
    pub const fn queue(self) -> &'static str {
        match self {
            Self::Office => "/office/queue",
            Self::Unit => "/unit/tasks",
            Self::Deputy => "/deputy/inbox",
        }
    }

    /// Its lanes, in the order of the rail.
    pub const fn lanes(self) -> &'static [&'static str] {
        match self {
            Self::Office => liaison_domain::dto::OFFICE_LANES,
            Self::Unit => liaison_domain::dto::UNIT_LANES,
            Self::Deputy => liaison_domain::dto::DEPUTY_LANES,
        }
    }

    /// The end of a role; none for residents.
    pub const fn of(role: Role) -> Option<Self> {
        match role {
            Role::Deputy => Some(Self::Deputy),
            Role::UnitOfficer | Role::UnitLeader => Some(Self::Unit),
            Role::StationOfficer | Role::StationLeader | Role::Moderator | Role::Auditor | Role::Admin => {
                Some(Self::Office)
            }
            Role::Resident | Role::System => None,
        }
    }
}

/// The desk's shared state.
#[derive(Clone, Copy)]
pub struct Desk {
    pub session: Session,
    pub config: Remote<AppConfig>,
    options: RwSignal<Option<Arc<DeskOptions>>>,
    /// The login in place is open.
    pub login_open: RwSignal<bool>,
    /// Counts logins in place: whoever failed for want of one tries again.
    pub logged_in_again: RwSignal<u32>,
    /// Whether single keys act.
    pub keys_on: RwSignal<bool>,
    /// The inbox of whoever is here.
    pub notices: Notices,
}

impl Desk {
    /// For the app's root.
    pub fn provide() -> Self {
        let session = Session::provide();
        let logged_in_again = RwSignal::new(0);
        let notices = Notices::provide(move || {
            logged_in_again.track();
            session.me().is_some_and(|me| End::of(me.role).is_some())
        });
        let desk = Self {
            session,
            config: Remote::new(|| Some(directory::CONFIG.to_owned())),
            options: RwSignal::new(None),
            login_open: RwSignal::new(false),
            logged_in_again,
            keys_on: RwSignal::new(super::keys::are_on()),
            notices,
        };
        provide_context(desk);
        desk
    }

    /// What the forms offer to choose from; read once.
    pub async fn options(self) -> Result<Arc<DeskOptions>, ApiError> {
        if let Some(known) = self.options.get_untracked() {
            return Ok(known);
        }
        let options = Arc::new(api::desk::options().await?);
        self.options.set(Some(Arc::clone(&options)));
        Ok(options)
    }

    /// The same, if they are known; tracked.
    pub fn known_options(self) -> Option<Arc<DeskOptions>> {
        self.options.get()
    }

    /// Somebody logged in, on the login page or in place.
    pub fn welcome(self, me: Me) {
        let same = untrack(|| self.session.me()).is_some_and(|before| before.account_id == me.account_id);
        if !same {
            // What another person's forms offered may differ.
            self.options.set(None);
        }
        if self.login_open.get_untracked() {
            self.login_open.set(false);
        } else {
            // What follows is a new page, even at the same address.
            nav::renew();
        }
        self.session.set(me);
        self.logged_in_again.update(|count| *count = count.wrapping_add(1));
    }

    /// Words for a failed request. A lost session opens the login in place; nothing typed is lost by it.
    pub fn failed(self, error: &ApiError) -> String {
        if error.is_unauthenticated() {
            self.login_open.set(true);
        }
        failure(error)
    }
}

/// Addresses are written whole here, like in links; the router would put its base before them.
pub fn whole_address() -> NavigateOptions {
    NavigateOptions {
        resolve: false,
        ..NavigateOptions::default()
    }
}

/// Words for a failed request.
pub fn failure(error: &ApiError) -> String {
    match error {
        ApiError::Offline | ApiError::Aborted => words::failure("offline").to_owned(),
        ApiError::Timeout => words::failure("timeout").to_owned(),
        ApiError::Unreadable { .. } => words::failure("").to_owned(),
        ApiError::Problem(problem) => {
            if let Some(seconds) = problem.retry_after {
                return crate::i18n::zh::errors::retry_after(seconds);
            }
            let said = words::failure(&problem.code);
            if problem.status < 500 {
                return said.to_owned();
            }
            [said, " ", &words::request_id(&problem.request_id)].concat()
        }
    }
}
