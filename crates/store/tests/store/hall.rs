//! A district where people meet deputies, for the tests of receptions and bookings.

use crate::*;
use liaison_domain::calendar::{Date, HOUR_MS};
use liaison_domain::dto::NoticeRow;
use liaison_domain::reception::{Mode, Refused, SessionKind};
use liaison_domain::{Id, Millis};
use liaison_store::receptions::*;

pub const LU: &str = "deputy-lu";
pub const GU: &str = "deputy-gu";

pub fn terms() -> BookTerms {
    BookTerms {
        closes_hours: 2,
        offer_hours: 12,
        remind_hours: vec![24, 2],
        misses: 2,
        miss_days: 90,
    }
}

/// Thursday, 12 March 2026, 14:00.
pub fn thursday() -> Millis {
    Date::new(2026, 3, 12).expect("a date").at_minute(14 * 60)
}

pub fn session_at(id: &str, starts_at: Millis, deputies: &[&str]) -> NewSession {
    NewSession {
        id: id.to_owned(),
        station_id: "station-yunfan".to_owned(),
        title: String::new(),
        kind: SessionKind::Ordinary,
        topic: String::new(),
        starts_at,
        ends_at: starts_at + HOUR_MS,
        place: String::new(),
        online_link: None,
        slot_minutes: 20,
        seats: 1,
        modes: vec![Mode::OnSite, Mode::Phone],
        notice: String::new(),
        deputies: deputies.iter().map(|id| (*id).to_owned()).collect(),
    }
}

/// A district where people meet deputies.
pub struct Hall<'a> {
    pub store: &'a TestStore,
    pub now: Millis,
}

impl<'a> Hall<'a> {
    pub async fn open(store: &'a TestStore) -> Self {
        settle(store).await;
        for n in 2..60_u32 {
            let id = resident(n);
            store
                .resident_as(&id, &phone(n), "居民", None, monday())
                .await
                .expect("a resident");
        }
        Self { store, now: monday() }
    }

    pub async fn session(&self, new: &NewSession) -> Session {
        self.store.add_session(new, self.now).await.expect("a reception");
        self.read(&new.id).await
    }

    pub async fn read(&self, id: &str) -> Session {
        self.store.session(id).await.expect("an answer").expect("a reception")
    }

    pub async fn book(
        &mut self,
        n: u32,
        session: &str,
        slot: Option<(Millis, Option<&str>)>,
    ) -> Result<Appointment, BookError> {
        // One after the other, so that the line has an order.
        self.now += 1;
        self.store.book(&wish(n, session, slot), &terms(), None, self.now).await
    }

    pub async fn booked(&mut self, n: u32, session: &str, slot: (Millis, Option<&str>)) -> Appointment {
        self.book(n, session, Some(slot)).await.expect("a booking")
    }

    pub async fn waits(&mut self, n: u32, session: &str) -> Appointment {
        self.book(n, session, None).await.expect("a place in the line")
    }

    pub async fn of(&self, appointment: &Appointment) -> Appointment {
        let found = self.store.appointment(&appointment.id).await.expect("an answer");
        found.expect("the booking")
    }

    pub async fn told(&self, n: u32) -> Vec<String> {
        let lines = self.inbox(&resident(n)).await;
        let kind = |line: String| line.split(' ').next().unwrap_or_default().to_owned();
        lines.into_iter().map(kind).collect()
    }

    /// What an inbox says, and about what.
    pub async fn inbox(&self, account: &str) -> Vec<String> {
        let page = self.store.inbox(account, false, None, 50).await.expect("an inbox");
        let line = |row: NoticeRow| [row.kind, row.subject.unwrap_or_default()].join(" ");
        page.items.into_iter().map(line).collect()
    }

    pub async fn cancel(&self, appointment: &Appointment) -> Vec<Appointment> {
        let version = Some(appointment.version);
        self.store
            .cancel_booking(&appointment.id, version, &terms(), self.now)
            .await
            .expect("cancelled")
    }
}

pub fn resident(n: u32) -> Id {
    if n == 1 {
        "acc-resident".to_owned()
    } else {
        format!("acc-r{n}")
    }
}

pub fn wish(n: u32, session: &str, slot: Option<(Millis, Option<&str>)>) -> NewBooking {
    NewBooking {
        session_id: session.to_owned(),
        account_id: Some(resident(n)),
        name: format!("居民{n}"),
        phone_masked: Some("199****0001".to_owned()),
        phone_encrypted: Some("sealed".to_owned()),
        mode: Mode::OnSite,
        topic: "电梯".to_owned(),
        access_needs: String::new(),
        people: 1,
        slot: slot.map(|(starts_at, deputy)| SlotWish {
            starts_at,
            deputy_id: deputy.map(str::to_owned),
        }),
        wish_deputy: None,
        instead_of: None,
    }
}

pub fn why<T: std::fmt::Debug>(outcome: Result<T, BookError>) -> Refused {
    match outcome {
        Err(BookError::Reception(ReceptionError::Refused(why))) => why,
        other => panic!("a refusal was expected: {other:?}"),
    }
}

pub fn is_not_allowed<T>(outcome: &Result<T, ReceptionError>) -> bool {
    matches!(outcome, Err(ReceptionError::NotAllowed))
}
