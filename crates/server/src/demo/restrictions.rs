//! Restrictions of the made-up district: one resident was warned; another came as far as a restriction and objects to it.

use super::SeedError;
use super::ids::id;
use super::people::Cast;
use crate::state::AppState;
use liaison_domain::calendar::{DAY_MS, HOUR_MS};
use liaison_domain::lifecycle::Role;
use liaison_domain::restriction::{Ground, Person};
use liaison_domain::{Id, Millis};
use liaison_store::restrictions::{KeptMeasure, MeasureError, NewMeasure, Terms};

impl From<MeasureError> for SeedError {
    fn from(error: MeasureError) -> Self {
        Self::Restriction(error.to_string())
    }
}

/// What is played about one person.
struct Plan<'a> {
    resident: &'a str,
    station: &'a str,
    ground: Ground,
    /// How many of the person's letters show it, the latest of them not after the proposal.
    letters: usize,
    reason: &'a str,
}

struct Player<'a> {
    state: &'a AppState,
    cast: &'a Cast,
}

impl Player<'_> {
    /// Proposed by the station's clerk, approved two hours later by the head station's leader.
    async fn play(&self, plan: &Plan<'_>, at: Millis) -> Result<KeptMeasure, SeedError> {
        let missing = || SeedError::Restriction(["nobody or nothing for ", plan.resident].concat());
        let (account, _) = self.cast.resident(plan.resident).ok_or_else(missing)?;
        let store = &self.state.store;
        let own = store.for_account(account, None, 20).await?.items;
        let before = own.into_iter().filter(|letter| letter.case.submitted_at <= at);
        let letters: Vec<Id> = before.take(plan.letters).map(|letter| letter.id).collect();
        let new = NewMeasure {
            account_id: account.clone(),
            station_id: id("station", plan.station),
            ground: plan.ground,
            letters,
            reason: plan.reason.to_owned(),
        };
        let rules = self.state.rules();
        let terms = |now: Millis| Terms {
            limits: &rules.limits,
            calendar: &rules.calendar,
            now,
        };
        let clerk = Person {
            id: id("account", plan.station),
            role: Role::StationOfficer,
        };
        let chief = Person {
            id: id("account", "chief"),
            role: Role::StationLeader,
        };
        let proposed = store.propose_restriction(&new, &clerk, terms(at)).await?;
        let decided = terms(at + 2 * HOUR_MS);
        let version = proposed.version;
        Ok(store
            .decide_restriction(&proposed.id, version, &chief, true, "情况属实，同意。", decided)
            .await?)
    }

    /// What has ended by then.
    async fn end_until(&self, now: Millis) -> Result<(), SeedError> {
        self.state.store.end_restrictions(now, 50).await?;
        Ok(())
    }
}

/// Plays all of it, dated back from now.
pub async fn play(state: &AppState, cast: &Cast) -> Result<(), SeedError> {
    let player = Player { state, cast };
    let now = state.now();
    let stall = Plan {
        resident: "wang",
        station: "beiting",
        ground: Ground::RepeatInvalid,
        letters: 2,
        reason: "早餐摊的时段已经答复过两次，又写了两封内容一样的。时段没有变，请看前两次的答复。",
    };
    let warned = player.play(&stall, now - 72 * DAY_MS).await?;
    player.end_until(warned.ends_at.unwrap_or(now)).await?;
    let advert = Plan {
        reason: "提醒以后，又写来与反映问题无关的广告。联络站不登广告，街道便民中心有信息栏可以贴。",
        ..stall
    };
    let limited = player.play(&advert, now - 54 * DAY_MS).await?;
    player.end_until(limited.ends_at.unwrap_or(now)).await?;
    let other = Plan {
        resident: "r40",
        station: "yunfan",
        ground: Ground::Harassment,
        letters: 1,
        reason: "在电话里和来信里多次辱骂接待的同事。事情照常办理，请好好说话。",
    };
    player.play(&other, now - 6 * DAY_MS).await?;
    let abuse = Plan {
        ground: Ground::Harassment,
        letters: 1,
        reason: "来信里辱骂窗口工作人员。停水的事已转供水公司，与这项限制无关，照常办理。",
        ..advert
    };
    let restricted = player.play(&abuse, now - 20 * HOUR_MS).await?;
    let rules = state.rules();
    let terms = Terms {
        limits: &rules.limits,
        calendar: &rules.calendar,
        now: now - 3 * HOUR_MS,
    };
    let text = "停了两天水，我在气头上。骂人不对，我认，但三十天不能写信太长，万一再停水怎么办？";
    state
        .store
        .object_to_restriction(&restricted.id, &restricted.account_id, text, terms)
        .await?;
    Ok(())
}
