//! Letters that were told to go: sent when there is a network, in order, once.
//!
//! They lie beside the drafts. What makes "once" true is the server: the same key with the same body is the same
//! letter, whichever tab sends it and however often. Tabs take turns all the same, which spares the network.

use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::dto::Receipt;
use wasm_bindgen::JsValue;

use super::super::{config, parts, words};
use super::send::SENT_ALREADY;
use super::stored::{Out, Stored, StoredPhoto};
use super::turn::turn;
use super::{follow, shelf};
use crate::api::{self, ApiError};
use crate::i18n::zh;
use crate::state::timers::{self, now};
use crate::state::{Session, drafts, live, nav, react};

/// How often the clock is looked at.
const TICK: Duration = Duration::from_secs(2);
/// The wait after the first failure; each further one doubles it …
const FIRST_WAIT: Millis = 3_000;
/// … up to this.
const LONGEST_WAIT: Millis = 300_000;

/// The outbox, shared by all pages. A handle: copies are the same.
#[derive(Clone, Copy)]
pub struct Outbox {
    /// Counts what a list has to be drawn anew for.
    pub changes: RwSignal<u32>,
    session: Session,
    busy: StoredValue<bool>,
    asked: StoredValue<bool>,
    /// When something is due; none: nothing waits.
    due: StoredValue<Option<Millis>>,
}

/// What sends, once its code is there.
#[derive(Clone, Copy, Debug)]
pub struct OutboxWork {
    run: fn(Outbox, bool) -> parts::Fetching<Millis>,
}

impl OutboxWork {
    /// The functions themselves.
    pub const HERE: Self = Self {
        run: |outbox, all| Box::pin(outbox.in_turn(all)),
    };
}

/// How one went.
enum Went {
    /// Done with it, one way or the other.
    On,
    /// There is no network: the others need not try.
    Nowhere,
}

impl Outbox {
    /// For the app's root: takes up what an earlier visit left.
    pub fn provide(session: Session) -> Self {
        let outbox = Self {
            changes: RwSignal::new(0),
            session,
            busy: StoredValue::new(false),
            asked: StoredValue::new(false),
            due: StoredValue::new(Some(0)),
        };
        provide_context(outbox);
        let _ = window_event_listener_untyped("online", move |_| outbox.hurry());
        let _ = window_event_listener(ev::visibilitychange, move |_| {
            if !document().hidden() {
                outbox.hurry();
            }
        });
        // After a login, what waited for one goes on.
        react::effect(move || {
            if session.me().is_some() {
                outbox.go();
            }
        });
        timers::every(TICK, move || {
            if !nav::is_first() && outbox.due.get_value().is_some_and(|due| due <= now()) {
                outbox.pump(false);
            }
        });
        outbox
    }

    /// The outbox of this app.
    pub fn here() -> Self {
        use_context().unwrap_or_else(|| Self::provide(Session::here()))
    }

    /// A list has to be drawn anew.
    pub fn touch(self) {
        let _ = self.changes.try_update(|count| *count = count.wrapping_add(1));
    }

    /// Try now if anything waits: something has changed for the better.
    fn hurry(self) {
        if self.due.get_value().is_some() {
            self.pump(true);
        }
    }

    /// Something new waits; it says itself from when on.
    pub fn wait(self) {
        self.due.set_value(Some(0));
        self.touch();
    }

    /// Somebody asked, or something got better: try everything now.
    pub fn go(self) {
        self.due.set_value(Some(0));
        self.pump(true);
    }

    /// Somebody pressed 「现在重试」: they are told how it went, also when nothing changed.
    pub fn ask(self) {
        live::show(zh::drafts::RETRYING);
        self.asked.set_value(true);
        self.go();
    }

    fn pump(self, all: bool) {
        if self.busy.get_value() {
            return;
        }
        self.busy.set_value(true);
        react::spawn(async move {
            let next = self.work(all).await;
            self.due.set_value(next);
            if self.asked.get_value() {
                self.asked.set_value(false);
                if next.is_some() {
                    live::show(zh::drafts::STILL_WAITING);
                }
            }
            self.busy.set_value(false);
        });
    }

    /// Fetches the code that sends if there is anything on this device that might wait.
    async fn work(self, all: bool) -> Option<Millis> {
        if !shelf::holds_anything().await {
            return None;
        }
        match parts::had() {
            Some(parts) => match (parts.outbox)().await {
                Some(work) => (work.run)(self, all).await,
                None => Some(now() + FIRST_WAIT),
            },
            None => None,
        }
    }

    /// One tab at a time.
    async fn in_turn(self, all: bool) -> Option<Millis> {
        let turn = turn().await;
        let next = self.run(all).await;
        if let Some(turn) = turn {
            let _ = turn.call0(&JsValue::NULL);
        }
        next
    }

    /// Sends what is due; tells when something will be.
    async fn run(self, all: bool) -> Option<Millis> {
        let mut waiting = shelf::all(config().limits.draft_days).await;
        waiting.retain(|(_, stored)| stored.out.is_some());
        waiting.sort_by_key(|(_, stored)| stored.out.as_ref().map_or(0, |out| out.at));
        let mut next = None;
        let mut reachable = true;
        for (id, mut stored) in waiting {
            let due = stored.out.as_ref().map_or(0, |out| out.next);
            if reachable && (all || due <= now()) {
                reachable = matches!(self.one(&id, &mut stored).await, Went::On);
            }
            let Some(out) = &stored.out else { continue };
            let moves =
                out.state == "waiting" || (out.state == "sent" && out.problem.is_empty() && !stored.is_all_there());
            if moves {
                next = Some(next.unwrap_or(Millis::MAX).min(out.next));
            }
        }
        next
    }

    async fn one(self, id: &str, stored: &mut Stored) -> Went {
        let Some(mut out) = stored.out.take() else {
            return Went::On;
        };
        let went = match out.state.as_str() {
            "waiting" => self.send(id, stored, &mut out).await,
            "sent" => self.follow(stored, &mut out).await,
            _ => {
                stored.out = Some(out);
                return Went::On;
            }
        };
        let over = out.state == "sent" && out.seen && stored.is_all_there();
        stored.out = Some(out);
        if over {
            shelf::throw_away(id, stored).await;
            stored.out = None;
        } else if stored.out.as_ref().is_some_and(|out| out.receipt.is_some())
            || shelf::load(id).await.is_some_and(|there| there.out.is_some())
        {
            // (Taken back meanwhile, it is a draft again.)
            shelf::save(id, stored).await;
        }
        self.touch();
        went
    }

    /// The files of a letter that is filed.
    async fn follow(self, stored: &mut Stored, out: &mut Out) -> Went {
        if stored.is_all_there() {
            return Went::On;
        }
        let followed = match self.session.load().await {
            Ok(Some(me)) if out.account.is_empty() || out.account == me.account_id => {
                follow::rest(stored, out, || self.touch()).await
            }
            Ok(_) => {
                zh::drafts::FILES_LOGIN.clone_into(&mut out.problem);
                Ok(())
            }
            Err(error) => Err(error),
        };
        match followed {
            Ok(()) => Went::On,
            Err(error) => later(out, &error),
        }
    }

    async fn send(self, id: &str, stored: &mut Stored, out: &mut Out) -> Went {
        if !out.code.is_empty() {
            match self.verify(stored, out).await {
                Ok(()) => {}
                Err(error) => return later(out, &error),
            }
        }
        match self.session.load().await {
            Ok(Some(me)) if out.account.is_empty() || out.account == me.account_id => out.account = me.account_id,
            Ok(_) => {
                "code".clone_into(&mut out.state);
                return Went::On;
            }
            Err(error) => return later(out, &error),
        }
        match with_voice(stored, out).await {
            Ok(true) => {}
            Ok(false) => {
                "refused".clone_into(&mut out.state);
                zh::voice::LOST.clone_into(&mut out.problem);
                stored.key = None;
                return Went::On;
            }
            Err(error) => return later(out, &error),
        }
        let key = stored.key.get_or_insert_with(api::idempotency_key).clone();
        match api::letters::submit(out.body.clone(), &key, id).await {
            Ok(receipt) => {
                live::show(&zh::drafts::went(&receipt.no));
                filed(stored, out, receipt).await;
                Went::On
            }
            Err(error) if error.is_unauthenticated() => {
                self.session.clear();
                "code".clone_into(&mut out.state);
                Went::On
            }
            Err(error) if error.may_have_arrived() || matches!(error.status(), Some(409 | 429)) => later(out, &error),
            Err(error) => {
                "refused".clone_into(&mut out.state);
                out.problem = words::errors(&error).sentence();
                // Judged: a corrected one is another letter. One that was sent already keeps its key.
                if error.code() != SENT_ALREADY {
                    stored.key = None;
                }
                Went::On
            }
        }
    }

    /// The code that was typed when nothing got through. If it is over, the login may still be good.
    async fn verify(self, stored: &mut Stored, out: &mut Out) -> Result<(), ApiError> {
        let id = stored
            .challenge
            .as_ref()
            .map(|challenge| challenge.id.clone())
            .unwrap_or_default();
        match api::auth::verify_code(id, out.code.clone()).await {
            Ok(me) => {
                out.account.clone_from(&me.account_id);
                self.session.set(me);
            }
            Err(error) if error.may_have_arrived() || error.status() == Some(429) => return Err(error),
            Err(_) => {
                self.session.reload().await?;
            }
        }
        out.code.clear();
        stored.challenge = None;
        Ok(())
    }
}

/// The problem of a letter that waits for its turn, not for a network.
pub const TURN: &str = "turn";

/// Not now: again after a while.
fn later(out: &mut Out, error: &ApiError) -> Went {
    out.tries += 1;
    if out.state == "waiting" {
        let turn = if error.status() == Some(429) { TURN } else { "" };
        turn.clone_into(&mut out.problem);
    }
    let wait = (FIRST_WAIT << out.tries.min(8).saturating_sub(1)).min(LONGEST_WAIT);
    let asked = match error {
        ApiError::Problem(problem) => problem.retry_after.map_or(0, |seconds| seconds as Millis * 1000),
        _ => 0,
    };
    out.next = now() + wait.max(asked);
    Went::Nowhere
}

/// The letter is filed: what went with it need not lie here any more; files that did not will follow.
pub async fn filed(stored: &mut Stored, out: &mut Out, receipt: Receipt) {
    "sent".clone_into(&mut out.state);
    out.receipt = Some(receipt);
    let letter = std::mem::take(&mut out.body);
    out.problem.clear();
    (out.next, out.tries) = (0, 0);
    // One may have arrived after the letter was written down.
    let went = |file: &StoredPhoto| !file.id.is_empty() && letter.contains(&file.id);
    let (mut gone, left): (Vec<_>, Vec<_>) = std::mem::take(&mut stored.photos).into_iter().partition(went);
    stored.photos = left;
    for media in [&mut stored.voice, &mut stored.video] {
        gone.extend(media.take_if(|media| went(media)));
    }
    for file in gone {
        drafts::remove(&shelf::picture_name(&file.key)).await;
    }
}

/// A letter without words waits for its recording, whose key stands in it in place of the id that the server gives.
/// False: there is none any more.
async fn with_voice(stored: &mut Stored, out: &mut Out) -> Result<bool, ApiError> {
    let Some(voice) = stored.voice.as_mut().filter(|voice| out.body.contains(&voice.key)) else {
        return Ok(true);
    };
    let sent = follow::voice(voice).await?;
    if sent {
        out.body = out.body.replace(&voice.key, &voice.id);
    }
    Ok(sent)
}
