//! The platform's tokens: each is good for two hours, and asking for a new one soon ends the old one. So they are asked
//! for once: in this process by a lock, among several servers by a claim in the database, where they lie sealed.

use super::{Trouble, Wechat, unavailable};
use crate::auth::seal::{self, Sealed};
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use liaison_domain::Millis;
use liaison_store::platforms::PlatformToken;
use serde::Deserialize;
use std::time::Duration;
use tokio::sync::Mutex;

/// A token is asked for anew so long before its end …
const EARLY: Millis = 10 * 60_000;
/// … by one server, which has so long for it.
const CLAIM: Millis = 20_000;
/// How often, and how long in between, it is looked whether another server has it.
const LOOKS: u32 = 10;
const BETWEEN: Duration = Duration::from_millis(300);
/// The platform's word for a token that is none any more.
const ENDED: [i64; 2] = [40_001, 42_001];

/// A token in memory.
#[derive(Clone, Debug, Default)]
pub(super) struct Held {
    value: String,
    expires_at: Millis,
}

#[derive(Deserialize)]
struct Given {
    #[serde(alias = "access_token", alias = "ticket")]
    value: String,
    /// Seconds.
    expires_in: i64,
}

/// Which token.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Access,
    Ticket,
}

impl Kind {
    /// Its name in the database.
    fn name(self, app_id: &str) -> String {
        let kind = match self {
            Self::Access => "access",
            Self::Ticket => "jsapi",
        };
        ["wechat/", app_id, "/", kind].concat()
    }
}

impl Wechat {
    /// What signatures for the platform's script are made with.
    pub(super) async fn ticket(&self, state: &AppState) -> ApiResult<String> {
        self.good(state, Kind::Ticket).await
    }

    fn held(&self, kind: Kind) -> &Mutex<Held> {
        match kind {
            Kind::Access => &self.token,
            Kind::Ticket => &self.ticket,
        }
    }

    /// A good token: from memory, from the database, or a new one. Whoever comes while one is asked for waits for it.
    async fn good(&self, state: &AppState, kind: Kind) -> ApiResult<String> {
        let mut held = self.held(kind).lock().await;
        if is_fresh(&held, state.now()) {
            return Ok(held.value.clone());
        }
        let name = kind.name(&self.config.app_id);
        for look in 0..LOOKS {
            if let Some(kept) = kept(state, &name).await? {
                *held = kept;
            }
            let now = state.now();
            if is_fresh(&held, now) {
                return Ok(held.value.clone());
            }
            if state.store.claim_platform_token(&name, now, now + CLAIM).await? {
                return match Box::pin(self.fetch(state, kind)).await {
                    Ok(given) => {
                        keep(state, &name, &given).await?;
                        *held = given;
                        Ok(held.value.clone())
                    }
                    // The claim stands until its end: a platform that is down is not asked by everybody.
                    Err(_) if is_good(&held, now) => Ok(held.value.clone()),
                    Err(error) => Err(error),
                };
            }
            // Another server asks, or has just failed to.
            if is_good(&held, now) {
                return Ok(held.value.clone());
            }
            if look + 1 < LOOKS {
                tokio::time::sleep(BETWEEN).await;
            }
        }
        Err(unavailable(Trouble::Line("claimed")))
    }

    async fn fetch(&self, state: &AppState, kind: Kind) -> ApiResult<Held> {
        let given: Given = match kind {
            Kind::Access => {
                let path = self.with_secret("/cgi-bin/token", "secret") + "&grant_type=client_credential";
                self.ask(&path).await.map_err(unavailable)?
            }
            Kind::Ticket => self.new_ticket(state).await?,
        };
        Ok(Held {
            value: given.value,
            expires_at: state.now() + given.expires_in.clamp(0, 86_400) * 1000,
        })
    }

    /// A ticket is had by an access token. One that somebody else has ended is replaced, once.
    async fn new_ticket(&self, state: &AppState) -> ApiResult<Given> {
        let access = self.good(state, Kind::Access).await?;
        match self.ask_for_ticket(&access).await {
            Err(Trouble::Refused(number)) if ENDED.contains(&number) => {
                self.end(state, &access).await?;
                let access = self.good(state, Kind::Access).await?;
                self.ask_for_ticket(&access).await.map_err(unavailable)
            }
            asked => asked.map_err(unavailable),
        }
    }

    async fn ask_for_ticket(&self, access: &str) -> Result<Given, Trouble> {
        let base = self.config.api.path().trim_end_matches('/');
        let path = [
            base,
            "/cgi-bin/ticket/getticket?type=jsapi&access_token=",
            &super::escape(access),
        ]
        .concat();
        self.ask(&path).await
    }

    /// An access token turned out to be none any more; a newer one stays.
    async fn end(&self, state: &AppState, access: &str) -> Result<(), ApiError> {
        let mut held = self.token.lock().await;
        if held.value == access {
            *held = Held::default();
            let name = Kind::Access.name(&self.config.app_id);
            keep(state, &name, &Held::default()).await?;
        }
        Ok(())
    }
}

fn is_good(held: &Held, now: Millis) -> bool {
    !held.value.is_empty() && now < held.expires_at
}

fn is_fresh(held: &Held, now: Millis) -> bool {
    is_good(held, now + EARLY)
}

async fn kept(state: &AppState, name: &str) -> ApiResult<Option<Held>> {
    let row = state.store.platform_token(name).await?;
    Ok(row.and_then(|row| {
        Some(Held {
            value: seal::open(&state.phone_key, Sealed::Platform, &row.value)?,
            expires_at: row.expires_at,
        })
    }))
}

async fn keep(state: &AppState, name: &str, held: &Held) -> ApiResult<()> {
    let token = PlatformToken {
        value: seal::seal(&state.phone_key, Sealed::Platform, &held.value)?,
        expires_at: held.expires_at,
    };
    state.store.keep_platform_token(name, &token).await?;
    Ok(())
}
