//! A small district and its people, and a desk that lets things happen there.

use liaison_domain::calendar::{DAY_MS, Date, WorkCalendar};
use liaison_domain::dto::{Area, Category, Directions, Unit};
use liaison_domain::lifecycle::*;
use liaison_domain::limits::Limits;
use liaison_domain::{Id, Millis};
use liaison_store::directory::{NewDeputy, NewStation};
use liaison_store::letters::{ActError, Acted, Extra, Letter, NewLetter, SubmitError, Submitted};
use liaison_store::people::{NewStaff, Phone};
use liaison_store::{Store, new_id};

/// Monday, 2 March 2026, 10:00 in Shanghai.
pub fn monday() -> Millis {
    Date::new(2026, 3, 2).expect("a date").at_minute(600)
}

pub fn id(text: &str) -> Id {
    text.to_owned()
}

fn strings(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| id(text)).collect()
}

pub fn area(code: &str, level: &str, name: &str, parent: Option<&str>) -> Area {
    Area {
        id: id(&["area-", code].concat()),
        level: id(level),
        code: id(code),
        name: id(name),
        parent_id: parent.map(|p| id(&["area-", p].concat())),
    }
}

fn category(slug: &str, name: &str, parent: Option<&str>) -> Category {
    Category {
        id: id(&["cat-", slug].concat()),
        slug: id(slug),
        name: id(name),
        parent_id: parent.map(|p| id(&["cat-", p].concat())),
        stopper: None,
        emergency: None,
    }
}

fn unit(slug: &str, name: &str, short: &str) -> Unit {
    Unit {
        id: id(&["unit-", slug].concat()),
        name: id(name),
        short_name: id(short),
        kind: id("bureau"),
        active: true,
        level: id("district"),
    }
}

fn station(slug: &str, name: &str, area: &str) -> NewStation {
    NewStation {
        id: id(&["station-", slug].concat()),
        slug: id(slug),
        name: id(name),
        kind: id("代表联络站"),
        area_id: id(&["area-", area].concat()),
        parent_id: None,
        address: id("和平路 8 号"),
        phone: id("0000-12345"),
        opening: id("工作日 9:00–17:00"),
        reception_text: id("每月第二个星期四"),
        lng: 120.5,
        lat: 30.25,
        scope: strings(&["生活中的难题"]),
        principles: strings(&["件件有回音"]),
        charter: Vec::new(),
        contacts: Vec::new(),
        directions: Directions::default(),
    }
}

pub fn deputy_named(slug: &str, name: &str, tags: &[&str], station: &str) -> NewDeputy {
    NewDeputy {
        id: id(&["deputy-", slug].concat()),
        slug: id(slug),
        name: id(name),
        kind: id("npc"),
        levels: strings(&["district"]),
        constituency: id("第三选区"),
        occupation: id("小学校长"),
        expertise: strings(tags),
        photo: None,
        tile: 3,
        bio: id("在学校工作二十年。"),
        status: id("active"),
        reception_text: id("每月第二个星期四"),
        stations: vec![id(&["station-", station].concat())],
    }
}

pub fn staff(username: &str, role: Role) -> NewStaff {
    NewStaff {
        id: id(&["acc-", username].concat()),
        role,
        name: id(username),
        username: id(username),
        password_hash: Some(id("$argon2id$made-up")),
        unit_id: None,
        station_id: None,
        deputy_id: None,
        note: Some(id("测试")),
    }
}

pub fn phone(n: u32) -> Phone {
    Phone {
        hash: format!("hash-{n}"),
        masked: format!("199****{n:04}"),
        encrypted: Some(id("sealed")),
    }
}

/// Two streets with a station each, two deputies, two units, six people.
pub async fn settle(store: &Store) {
    let now = monday() - 30 * DAY_MS;
    for (sort, area) in [
        area("10", "district", "听海区", None),
        area("1001", "street", "云帆街道", Some("10")),
        area("100101", "community", "船坞里社区", Some("1001")),
        area("1002", "street", "青屿街道", Some("10")),
    ]
    .iter()
    .enumerate()
    {
        store.put_area(area, sort as i64).await.expect("an area");
    }
    for (sort, c) in [
        category("housing", "住房物业", None),
        category("housing.lift", "电梯", Some("housing")),
        category("traffic", "交通出行", None),
    ]
    .iter()
    .enumerate()
    {
        store.put_category(c, sort as i64).await.expect("a category");
    }
    for (sort, u) in [
        unit("a", "听海区住房和城乡建设局", "区住建局"),
        unit("b", "听海区城市管理局", "区城管局"),
    ]
    .iter()
    .enumerate()
    {
        store.put_unit(u, &u.id, None, sort as i64).await.expect("a unit");
    }
    store
        .put_responsibility("cat-housing", "unit-b", TaskRole::Co, "三定规定", 0)
        .await
        .expect("a duty");
    store
        .put_responsibility("cat-housing", "unit-a", TaskRole::Lead, "三定规定", 1)
        .await
        .expect("a duty");
    store
        .put_station(&station("yunfan", "云帆街道联络站", "1001"), 1)
        .await
        .expect("a station");
    store
        .put_station(&station("qingyu", "青屿街道联络站", "1002"), 2)
        .await
        .expect("a station");
    store
        .put_deputy(&deputy_named("lu", "陆知遥", &["教育", "托管"], "yunfan"), 1)
        .await
        .expect("a deputy");
    store
        .put_deputy(&deputy_named("gu", "顾承远", &["物业", "教育"], "qingyu"), 2)
        .await
        .expect("a deputy");
    for new in [
        NewStaff {
            station_id: Some(id("station-yunfan")),
            ..staff("officer", Role::StationOfficer)
        },
        NewStaff {
            station_id: Some(id("station-yunfan")),
            ..staff("second", Role::StationOfficer)
        },
        NewStaff {
            unit_id: Some(id("unit-a")),
            ..staff("unit-a", Role::UnitOfficer)
        },
        NewStaff {
            unit_id: Some(id("unit-b")),
            ..staff("unit-b", Role::UnitOfficer)
        },
        NewStaff {
            deputy_id: Some(id("deputy-lu")),
            ..staff("lu", Role::Deputy)
        },
    ] {
        store.put_staff(&new, now).await.expect("an account");
    }
    store
        .resident_as("acc-resident", &phone(1), "李女士", None, now)
        .await
        .expect("a resident");
}

fn person(role: Role, account: &str) -> Actor {
    Actor {
        account_id: Some(id(account)),
        role,
        unit_id: None,
        station_id: None,
        deputy_id: None,
        is_author: false,
    }
}

pub fn author() -> Actor {
    Actor {
        is_author: true,
        ..person(Role::Resident, "acc-resident")
    }
}

pub fn officer() -> Actor {
    Actor {
        station_id: Some(id("station-yunfan")),
        ..person(Role::StationOfficer, "acc-officer")
    }
}

pub fn leader() -> Actor {
    person(Role::StationLeader, "acc-second")
}

pub fn unit_officer(unit: &str) -> Actor {
    Actor {
        unit_id: Some(id(unit)),
        ..person(Role::UnitOfficer, &["acc-", unit].concat())
    }
}

pub fn deputy() -> Actor {
    Actor {
        deputy_id: Some(id("deputy-lu")),
        ..person(Role::Deputy, "acc-lu")
    }
}

pub fn letter() -> NewLetter {
    NewLetter {
        case: NewCase {
            id: new_id(),
            station_id: id("station-yunfan"),
            deputy_id: None,
            category_id: Some(id("cat-housing.lift")),
            urgency: Urgency::Normal,
            consent_publish: true,
            name_shown: NameShown::Hidden,
            restricted: false,
            on_behalf: None,
            screening: Screening::default(),
        },
        kind: LetterKind::Help,
        title: id("电梯停了三天"),
        body: id("船坞里 3 号楼的电梯停了三天,老人下不了楼。"),
        area_id: Some(id("area-100101")),
        category_guessed: true,
        place: Some(id("船坞里 3 号楼")),
        account_id: Some(id("acc-resident")),
        name: Some(id("李听澜")),
        attachments: Vec::new(),
        query_code: None,
        media: Vec::new(),
        instead_of: None,
        extra: Extra::default(),
    }
}

pub fn accept() -> CaseEvent {
    CaseEvent::Accept {
        category_id: id("cat-housing.lift"),
        class: CaseClass::Normal,
        urgency: Urgency::Normal,
        due_at: None,
    }
}

pub fn assign() -> CaseEvent {
    CaseEvent::Assign {
        lead: id("unit-a"),
        co: vec![id("unit-b")],
        due_at: None,
        leader: None,
        note: None,
    }
}

pub fn reply(words: &str) -> ReplyText {
    ReplyText {
        body: id(words),
        outcome: Outcome::A,
        promise_date: None,
        reason: None,
        contact: None,
        attachments: Vec::new(),
        parts: None,
    }
}

pub fn rating(level: u8, solved: Solved) -> Rating {
    Rating {
        attitude: level,
        process: level,
        result: level,
        solved,
        reasons: vec![id("no_effect")],
        text: String::new(),
    }
}

pub fn copy() -> PublicCopy {
    PublicCopy {
        title: id("某小区电梯停运"),
        body: id("某号楼的电梯停了三天。"),
        answer: id("电梯已修好并通过检验。"),
        attachments: Vec::new(),
    }
}

/// Lets things happen to letters, one minute after the other.
pub struct Desk<'a> {
    pub store: &'a Store,
    pub now: Millis,
    pub calendar: WorkCalendar,
    pub limits: Limits,
}

impl<'a> Desk<'a> {
    /// Settles the district and opens its desk.
    pub async fn open(store: &'a Store) -> Self {
        settle(store).await;
        Self {
            store,
            now: monday(),
            calendar: WorkCalendar::default(),
            limits: Limits::default(),
        }
    }

    pub fn ctx(&self, actor: Actor) -> Context<'_> {
        Context::new(self.now, actor, &self.calendar, &self.limits)
    }

    pub async fn try_submit(&self, new: &NewLetter) -> Result<Submitted, SubmitError> {
        self.store.submit(new, &self.ctx(author()), None).await
    }

    pub async fn submit(&mut self, new: &NewLetter) -> Submitted {
        self.now += 60_000;
        self.try_submit(new).await.expect("the letter is kept")
    }

    pub async fn try_act(&self, letter_id: &str, actor: Actor, event: &CaseEvent) -> Result<Acted, ActError> {
        self.store.act(letter_id, event, &self.ctx(actor)).await
    }

    pub async fn act(&mut self, letter_id: &str, actor: Actor, event: CaseEvent) -> Case {
        self.now += 60_000;
        match self.try_act(letter_id, actor, &event).await {
            Ok(acted) => acted.case,
            Err(error) => panic!("{:?} was not accepted: {error:?}", event.kind()),
        }
    }

    pub async fn load(&self, letter_id: &str) -> Letter {
        self.store
            .load(letter_id)
            .await
            .expect("the store answers")
            .expect("the letter is there")
    }

    /// A letter that a unit works on.
    pub async fn in_progress(&mut self) -> Case {
        self.with_unit(&letter()).await
    }

    /// This letter, with a unit that works on it.
    async fn with_unit(&mut self, letter: &NewLetter) -> Case {
        let new = self.submit(letter).await;
        self.act(&new.id, officer(), accept()).await;
        let case = self.act(&new.id, officer(), assign()).await;
        let sign = CaseEvent::Sign {
            task_id: lead_task(&case),
            section: id("物业科"),
            officer: id("王工"),
        };
        self.act(&new.id, unit_officer("unit-a"), sign).await
    }

    /// A letter whose answer reached the resident.
    pub async fn answered(&mut self) -> Case {
        let case = self.in_progress().await;
        self.answer(&case).await
    }

    async fn answer(&mut self, case: &Case) -> Case {
        let submit = CaseEvent::SubmitReply {
            task_id: lead_task(case),
            reply: reply("电梯已修好。"),
            signed_off_by: id("周科长"),
        };
        self.act(&case.id, unit_officer("unit-a"), submit).await;
        self.act(
            &case.id,
            officer(),
            CaseEvent::Release {
                forwarded_by_deputy: None,
                words: None,
                acknowledged: Vec::new(),
            },
        )
        .await
    }

    /// A letter whose copy everybody can read.
    pub async fn published(&mut self) -> Case {
        self.published_of(&letter()).await
    }

    /// This letter, answered by a unit, with a copy that everybody can read.
    pub async fn published_of(&mut self, letter: &NewLetter) -> Case {
        let case = self.with_unit(letter).await;
        self.answer(&case).await;
        self.act(&case.id, officer(), CaseEvent::ProposeCopy { copy: copy() })
            .await;
        self.act(&case.id, author(), CaseEvent::CopyApproved {}).await;
        self.act(&case.id, officer(), CaseEvent::Publish {}).await
    }
}

pub fn lead_task(case: &Case) -> Id {
    case.lead_task().expect("a lead task").id.clone()
}
