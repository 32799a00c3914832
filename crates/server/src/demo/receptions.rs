//! The made-up district's receptions: each station's rules, a year of days, and what happened on them.

use super::SeedError;
use super::content::{Content, RuleText, StationText};
use super::ids::{FOUNDED, chance, id};
use super::people::Cast;
use crate::actions::plan;
use crate::state::AppState;
use liaison_domain::calendar::{DAY_MS, Date, HOUR_MS, date_of};
use liaison_domain::reception::{Mode as Way, SessionKind, SessionState};
use liaison_domain::schedule::{HolidayPolicy, Mode, Rule, Time};
use liaison_domain::{Id, Millis};
use liaison_store::receptions::{
    BookError, BookTerms, NewBooking, NewRule, NewSession, ReceptionError, Session, SessionFilter, SlotWish,
};

/// How far back receptions took place.
const PAST_DAYS: i32 = 120;
/// Receptions of the next days are announced.
const ANNOUNCED_DAYS: Millis = 12;

impl From<ReceptionError> for SeedError {
    fn from(error: ReceptionError) -> Self {
        Self::Reception(error.to_string())
    }
}

impl From<BookError> for SeedError {
    fn from(error: BookError) -> Self {
        Self::Reception(error.to_string())
    }
}

/// Rules, days, and bookings of the days to come.
pub async fn load(state: &AppState, content: &Content, cast: &Cast) -> Result<(), SeedError> {
    let first = date_of(state.now()).plus_days(-PAST_DAYS);
    for station in &content.stations.station {
        for (at, rule) in station.rule.iter().enumerate() {
            let new = rule_of(content, station, at, rule)?;
            state.store.put_rule(&new, None, FOUNDED).await?;
            plan_all(state, &new.id, first).await?;
        }
    }
    let study = study_day();
    state.store.put_rule(&study, None, FOUNDED).await?;
    plan_all(state, &study.id, first).await?;
    themed(state).await?;
    settle(state).await?;
    book(state, content, cast).await
}

async fn plan_all(state: &AppState, rule: &str, first: Date) -> Result<(), SeedError> {
    let Some(kept) = state.store.reception_rule(rule).await? else {
        return Ok(());
    };
    let planned = plan::plan_from(state, &kept, first).await;
    planned.map_err(|error| SeedError::Reception(error.code().to_owned()))?;
    Ok(())
}

fn rule_of(content: &Content, station: &StationText, at: usize, text: &RuleText) -> Result<NewRule, SeedError> {
    let unreadable = || SeedError::Reception(["rule of ", &station.slug].concat());
    let mode = Mode::from_code(&text.mode).ok_or_else(unreadable)?;
    let time = |text: &str| Time::parse(text).ok_or_else(unreadable);
    let rule = Rule {
        nth: text.nth.clone(),
        weekday: text.weekday,
        days: text.days.clone(),
        months: text.months.clone(),
        holiday: match &text.holiday {
            Some(policy) => HolidayPolicy::from_code(policy).ok_or_else(unreadable)?,
            None => HolidayPolicy::Skip,
        },
        valid_from: Some(date_of(FOUNDED)),
        ..Rule::new(mode, time(&text.start)?, time(&text.end)?)
    };
    // Who receives at the station on its days; those with words of their own are met by appointment. A point's visitors
    // meet the deputies of its station.
    let home = station.parent.as_ref().unwrap_or(&station.slug);
    let kind = text.kind.as_deref().and_then(SessionKind::from_code);
    let kind = kind.unwrap_or(SessionKind::Ordinary);
    let receives = |slug: &str| {
        let found = content.deputies.iter().find(|deputy| deputy.slug == slug);
        found.is_some_and(|deputy| deputy.status == "active" && deputy.reception.is_none())
    };
    let own = content
        .deputies
        .iter()
        .filter(|deputy| deputy.station == *home || (kind == SessionKind::Leader && deputy.also.contains(home)));
    let deputies: Vec<Id> = own
        .filter(|deputy| receives(&deputy.slug))
        .map(|deputy| id("deputy", &deputy.slug))
        .collect();
    Ok(NewRule {
        id: id("schedule rule", &[&station.slug, "-", &at.to_string()].concat()),
        station_id: id("station", &station.slug),
        title: text.title.clone().unwrap_or_default(),
        kind,
        place: String::new(),
        rule,
        deputies,
        each: text.seats,
        slot_minutes: text.slot_minutes,
        seats: text.seats,
        modes: if text.online {
            vec![Way::OnSite, Way::Phone, Way::Online]
        } else {
            vec![Way::OnSite, Way::Phone]
        },
    })
}

/// 代表学习日: in the calendar, not to be booked.
fn study_day() -> NewRule {
    NewRule {
        id: id("schedule rule", "study-day"),
        station_id: id("station", "zongzhan"),
        title: "代表学习日".to_owned(),
        kind: SessionKind::StudyDay,
        place: "区行政中心 201 会议室".to_owned(),
        rule: Rule {
            nth: vec![1],
            weekday: Some(1),
            holiday: HolidayPolicy::NextWeek,
            valid_from: Some(date_of(FOUNDED)),
            ..Rule::new(Mode::WeekOfMonth, Time(14 * 60), Time(16 * 60 + 30))
        },
        deputies: Vec::new(),
        each: 0,
        slot_minutes: 30,
        seats: 1,
        modes: vec![Way::OnSite],
    }
}

/// One about a matter, with deputies who know it, on a day of its own.
async fn themed(state: &AppState) -> Result<(), SeedError> {
    let day = state.rules().calendar.work_day_from(date_of(state.now()).plus_days(9));
    let new = NewSession {
        id: id("reception", "after-school-care"),
        station_id: id("station", "songjing"),
        title: "假期托管主题接待".to_owned(),
        kind: SessionKind::Themed,
        topic: "寒假托管怎么报名、开到几点、吃饭怎么办".to_owned(),
        starts_at: day.at_minute(18 * 60 + 30),
        ends_at: day.at_minute(20 * 60),
        place: "学府社区书房二楼".to_owned(),
        online_link: None,
        slot_minutes: 15,
        seats: 2,
        modes: vec![Way::OnSite, Way::Phone],
        notice: "可以带孩子来，一楼有人照看。".to_owned(),
        deputies: vec![id("deputy", "luzhiyao")],
    };
    Ok(state.store.add_session(&new, state.now()).await?)
}

/// What is past took place, what is near is announced.
async fn settle(state: &AppState) -> Result<(), SeedError> {
    let now = state.now();
    for session in state.store.sessions(&SessionFilter::default()).await? {
        if session.ends_at <= now {
            let before = session.starts_at - 5 * DAY_MS;
            let known = state
                .store
                .announce_session(&session.id, session.version, before)
                .await?;
            state
                .store
                .close_session(&session.id, known.version, session.ends_at + HOUR_MS)
                .await?;
        } else if session.starts_at < now + ANNOUNCED_DAYS * DAY_MS && session.starts_at > now {
            // One is left for the clerk to announce.
            let is_left = session.title == "代表夜聊" && session.starts_at > now + 3 * DAY_MS;
            if !is_left {
                state
                    .store
                    .announce_session(&session.id, session.version, now - 2 * DAY_MS)
                    .await?;
            }
        }
    }
    Ok(())
}

/// One reception is full with people waiting, one is cancelled, the others are booked here and there.
async fn book(state: &AppState, content: &Content, cast: &Cast) -> Result<(), SeedError> {
    let now = state.now();
    let filter = SessionFilter {
        from: Some(now),
        to: Some(now + 40 * DAY_MS),
        states: vec![SessionState::Planned, SessionState::Announced],
        ..SessionFilter::default()
    };
    // The way to the rules is long enough for everybody here.
    let sessions = state.store.sessions(&filter).await?;
    let bookable: Vec<Session> = sessions
        .into_iter()
        .filter(|session| session.kind.is_bookable() && session.starts_at > now + DAY_MS)
        .collect();
    let station = |slug: &str| {
        let id = id("station", slug);
        bookable.iter().filter(move |session| session.station_id == id)
    };
    let visitors: Vec<(&str, &str)> = content
        .residents
        .iter()
        .map(|resident| (resident.key.as_str(), resident.phone.as_str()))
        .collect();
    let mut guest = visitors.iter().cycle();
    let full = station("yunfan").next();
    let cancelled = station("qingyu").nth(1);
    for session in &bookable {
        let is_full = full.is_some_and(|full| full.id == session.id);
        let slots = state.store.slots(session).await?;
        for slot in &slots {
            let key = [&session.date, " ", &slot.starts_at.to_string()].concat();
            if !is_full && chance("booking", &key, 6) != 0 {
                continue;
            }
            let Some(visitor) = guest.next() else { continue };
            let wish = SlotWish {
                starts_at: slot.starts_at,
                deputy_id: slot.deputy_id.clone(),
            };
            put(state, cast, session, *visitor, Some(wish)).await?;
        }
        if is_full {
            for _ in 0..3 {
                let Some(visitor) = guest.next() else { continue };
                put(state, cast, session, *visitor, None).await?;
            }
        }
    }
    if let Some(session) = cancelled {
        let session = state
            .store
            .session(&session.id)
            .await?
            .unwrap_or_else(|| session.clone());
        state
            .store
            .cancel_session(
                &session.id,
                session.version,
                "社区会议室检修，这一场取消",
                now - HOUR_MS,
            )
            .await?;
    }
    Ok(())
}

const TOPICS: [&str; 8] = [
    "楼道里的灯坏了很久",
    "老小区加装电梯的补贴",
    "孩子放学后的托管",
    "小区门口停车乱",
    "老人助餐点什么时候开",
    "公交车班次太少",
    "河边的味道",
    "物业费涨价的事",
];

async fn put(
    state: &AppState,
    cast: &Cast,
    session: &Session,
    (key, phone): (&str, &str),
    slot: Option<SlotWish>,
) -> Result<(), SeedError> {
    let Some((account, name)) = cast.resident(key) else {
        return Ok(());
    };
    let topic = TOPICS[chance("topic", &[key, &session.id].concat(), TOPICS.len() as u32) as usize];
    let terms = BookTerms {
        misses: 0,
        ..state.config.reception.terms().clone()
    };
    let new = NewBooking {
        session_id: session.id.clone(),
        account_id: Some(account.clone()),
        name: name.clone().unwrap_or_default(),
        phone_masked: crate::auth::phone::Phone::parse(phone).map(|phone| phone.masked()),
        phone_encrypted: None,
        mode: Way::OnSite,
        topic: topic.to_owned(),
        access_needs: String::new(),
        people: 1,
        slot,
        wish_deputy: None,
        instead_of: None,
    };
    match state.store.book(&new, &terms, None, state.now() - DAY_MS).await {
        // The same person drew two times that meet.
        Ok(_) | Err(BookError::Reception(ReceptionError::Refused(_))) => Ok(()),
        Err(error) => Err(error.into()),
    }
}
