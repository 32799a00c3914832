//! Who is logged in, as far as this page knows.

use leptos::prelude::*;
use liaison_domain::dto::Me;

use crate::api::{self, ApiError};

/// Remembers that there was a login; no secret, the session itself is a cookie that scripts cannot read.
const HINT: &str = "liaison.login";

/// What is known about the person in front of the screen.
#[derive(Clone, PartialEq)]
pub enum Who {
    /// Not asked yet.
    Unknown,
    /// Nobody is logged in.
    Nobody,
    /// This person.
    Somebody(Box<Me>),
}

/// The session, shared by all pages. Asks the server only when a page needs to know, so that a reader
/// of public pages causes no request.
#[derive(Clone, Copy)]
pub struct Session {
    who: RwSignal<Who>,
}

impl Session {
    /// For the app's root; pages take it with [`Session::here`].
    pub fn provide() -> Self {
        let session = Self {
            who: RwSignal::new(Who::Unknown),
        };
        provide_context(session);
        session
    }

    /// The session of this app.
    pub fn here() -> Self {
        use_context().unwrap_or_else(Self::provide)
    }

    /// Who it is, tracked.
    pub fn who(self) -> Who {
        self.who.get()
    }

    /// The person, if somebody is logged in; tracked.
    pub fn me(self) -> Option<Me> {
        match self.who.get() {
            Who::Somebody(me) => Some(*me),
            Who::Unknown | Who::Nobody => None,
        }
    }

    /// Nobody has asked the server yet.
    pub fn is_unknown(self) -> bool {
        self.who.with_untracked(|who| *who == Who::Unknown)
    }

    /// Somebody has logged in from this browser before, so that asking is worth a request.
    pub fn was_here() -> bool {
        matches!(window().local_storage(), Ok(Some(storage)) if matches!(storage.get_item(HINT), Ok(Some(_))))
    }

    /// The server says that somebody is logged in, perhaps by a page of its own.
    pub fn is_here() {
        if let Ok(Some(storage)) = window().local_storage() {
            let _ = storage.set_item(HINT, "1");
        }
    }

    /// Somebody logged in.
    pub fn set(self, me: Me) {
        Self::is_here();
        self.who.set(Who::Somebody(Box::new(me)));
    }

    /// Nobody is logged in any more (logged out, or the server said 401).
    pub fn clear(self) {
        if let Ok(Some(storage)) = window().local_storage() {
            let _ = storage.remove_item(HINT);
        }
        self.who.set(Who::Nobody);
    }

    /// Asks the server, unless it is known. `Ok(None)` when nobody is logged in.
    pub async fn load(self) -> Result<Option<Me>, ApiError> {
        match self.who.get_untracked() {
            Who::Somebody(me) => return Ok(Some(*me)),
            Who::Nobody => return Ok(None),
            Who::Unknown => {}
        }
        self.reload().await
    }

    /// Asks the server in any case.
    pub async fn reload(self) -> Result<Option<Me>, ApiError> {
        match api::me::me().await {
            Ok(me) => {
                self.set(me.clone());
                Ok(Some(me))
            }
            Err(error) if error.is_unauthenticated() => {
                self.clear();
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    /// Logs out.
    pub async fn logout(self) -> Result<(), ApiError> {
        let outcome = api::auth::logout().await;
        match &outcome {
            Err(error) if !error.is_unauthenticated() => outcome,
            _ => {
                self.clear();
                Ok(())
            }
        }
    }
}
