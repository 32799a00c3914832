//! Plays the letters: every beat at its moment, and every night the jobs.

use super::content::Content;
use super::events::Scene;
use super::ids::{chance, code, id, id_at};
use super::people::{Cast, clerk};
use super::pictures::Album;
use super::script::Letter;
use super::timing::{self, Beat};
use super::{SeedError, directory};
use crate::rules::Rules;
use crate::state::AppState;
use liaison_domain::calendar::MINUTE_MS;
use liaison_domain::guess::guess;
use liaison_domain::lifecycle::{
    Actor, Case, CaseEvent, CaseState, Context, NameShown, NewCase, OnBehalf, Screening, TaskRole, TaskState, Urgency,
};
use liaison_domain::screen::{Signs, screen};
use liaison_domain::{Id, Millis};
use liaison_store::letters::{Extra, NewLetter};
use std::collections::HashMap;

/// How many due events one night looks at in a go.
const A_NIGHT: u64 = 200;

/// What was played.
pub struct Played {
    /// Ids of the letters by key.
    pub letters: HashMap<String, Id>,
    pub events: usize,
    pub pictures: usize,
}

/// Plays everything up to the server's now.
pub async fn play(state: &AppState, content: &Content, cast: &Cast, album: Album) -> Result<Played, SeedError> {
    let rules = state.rules();
    let now = state.now();
    let beats = timing::beats(&content.letters, now, &rules.calendar);
    let mut theatre = Theatre {
        state,
        content,
        cast,
        rules: &rules,
        now,
        ids: HashMap::new(),
        letters: HashMap::new(),
        pictures: album,
        events: 0,
    };
    // Letters from before the reform still went to the unit that was merged.
    directory::set_active(&state.store, content, true).await?;
    let mut last = beats.first().map_or(now, |beat| beat.at);
    for beat in &beats {
        for night in timing::nights(last, beat.at) {
            theatre.night(night).await?;
        }
        last = beat.at;
        theatre.beat(beat).await?;
    }
    for night in timing::nights(last, now) {
        theatre.night(night).await?;
    }
    directory::set_active(&state.store, content, false).await?;
    Ok(Played {
        letters: theatre.ids,
        events: theatre.events,
        pictures: theatre.pictures.kept(),
    })
}

struct Theatre<'a> {
    state: &'a AppState,
    content: &'a Content,
    cast: &'a Cast,
    rules: &'a Rules,
    now: Millis,
    /// By key.
    ids: HashMap<String, Id>,
    /// By index: where the letter lies and its pictures.
    letters: HashMap<usize, (String, Vec<Id>)>,
    pictures: Album,
    events: usize,
}

impl Theatre<'_> {
    fn context(&self, at: Millis, actor: Actor) -> Context<'_> {
        self.rules.context(at, actor)
    }

    /// What the background jobs do while people sleep.
    async fn night(&mut self, at: Millis) -> Result<(), SeedError> {
        loop {
            let ctx = self.context(at, Actor::system());
            let due = self.state.store.due(&ctx, A_NIGHT).await?;
            if due.is_empty() {
                return Ok(());
            }
            let mut kept = 0;
            for one in due {
                let acted = self.state.store.act(&one.letter_id, &one.event, &ctx).await;
                kept += acted
                    .map_err(|why| SeedError::Act {
                        letter: one.letter_id,
                        step: "due",
                        why,
                    })?
                    .records
                    .len();
            }
            self.events += kept;
        }
    }

    async fn beat(&mut self, beat: &Beat) -> Result<(), SeedError> {
        let Some(letter) = self.content.letters.get(beat.letter) else {
            return Ok(());
        };
        let Some(step) = &beat.step else {
            return self.write(beat.letter, letter, beat.at).await;
        };
        let missing = || SeedError::Script {
            letter: letter.key.clone(),
            step: step.name(),
            what: "letter",
        };
        let (station, pictures) = self.letters.get(&beat.letter).ok_or_else(missing)?;
        let letter_id = self.ids.get(&letter.key).ok_or_else(missing)?;
        let case: Case = self.state.store.load(letter_id).await?.ok_or_else(missing)?.case;
        let scene = Scene {
            content: self.content,
            cast: self.cast,
            limits: &self.rules.limits,
            calendar: &self.rules.calendar,
            now: self.now,
            letter,
            station,
            case: &case,
            pictures,
            letters: &self.ids,
        };
        let (actor, event) = scene.event(step)?;
        // A unit that signs after the night did it for them has nothing left to do; nor has whoever holds a letter that
        // was held as it arrived.
        let done = match event {
            CaseEvent::Sign { .. } => case.lead_task().is_some_and(|task| task.signed_at.is_some()),
            CaseEvent::AutoHold { .. } => case.state == CaseState::ScreeningHold,
            _ => false,
        };
        if done {
            return Ok(());
        }
        let acted = self
            .state
            .store
            .act(letter_id, &event, &self.context(beat.at, actor))
            .await;
        let acted = acted.map_err(|why| SeedError::Act {
            letter: letter.key.clone(),
            step: step.name(),
            why,
        })?;
        self.events += acted.records.len();
        match event {
            CaseEvent::Sign { .. } => self.co_units_sign(letter, &acted.case, beat.at).await,
            _ => Ok(()),
        }
    }

    /// Most co-units sign the same day; the night signs for the others.
    async fn co_units_sign(&mut self, letter: &Letter, case: &Case, at: Millis) -> Result<(), SeedError> {
        for task in case
            .tasks
            .iter()
            .filter(|task| task.role == TaskRole::Co && task.state == TaskState::Dispatched)
        {
            let unit = self
                .content
                .units
                .iter()
                .find(|unit| id("unit", &unit.key) == task.unit_id);
            let Some((unit, actor)) = unit.and_then(|unit| Some((unit, self.cast.staff(&unit.key)?))) else {
                continue;
            };
            if chance("co-unit signs", &format!("{} {}", letter.key, unit.key), 10) > 6 {
                continue;
            }
            let event = CaseEvent::Sign {
                task_id: task.id.clone(),
                section: unit.section.clone(),
                officer: unit.officer.clone(),
            };
            let acted = self
                .state
                .store
                .act(&case.id, &event, &self.context(at + MINUTE_MS, actor))
                .await;
            let acted = acted.map_err(|why| SeedError::Act {
                letter: letter.key.clone(),
                step: "co sign",
                why,
            })?;
            self.events += acted.records.len();
        }
        Ok(())
    }

    /// The letter arrives. A part of a letter is written by the office.
    async fn write(&mut self, index: usize, letter: &Letter, at: Millis) -> Result<(), SeedError> {
        let missing = |what| SeedError::Script {
            letter: letter.key.clone(),
            step: "submit",
            what,
        };
        let (deputy, station) = self.recipient(letter).ok_or_else(|| missing("recipient"))?;
        let (account_id, name) = self
            .cast
            .resident(&letter.by)
            .cloned()
            .ok_or_else(|| missing("author"))?;
        let by_office = letter.part_of.is_some() || letter.filed.is_some();
        let actor = if by_office {
            self.cast.staff(clerk(&station))
        } else {
            self.cast.author(&letter.by)
        };
        let pictures = self.pictures.keep_for(self.state, letter, at).await?;
        let new = NewLetter {
            case: NewCase {
                id: id_at("letter", &letter.key, at),
                station_id: id("station", &station),
                deputy_id: deputy.map(|slug| id("deputy", &slug)),
                category_id: letter.cat.as_deref().map(|slug| id("category", slug)),
                urgency: Urgency::Normal,
                consent_publish: letter.consent,
                name_shown: if name.is_some() {
                    NameShown::ToHandlers
                } else {
                    NameShown::Hidden
                },
                restricted: false,
                on_behalf: letter.filed.clone().map(|filed| OnBehalf {
                    via: filed.via,
                    consent: filed.consent,
                }),
                screening: self.look_at(letter, by_office),
            },
            kind: letter.kind,
            title: letter.title.clone(),
            body: letter.body.clone(),
            area_id: Some(id("area", &letter.area)),
            category_guessed: chance("guessed", &letter.key, 3) == 0,
            place: letter.place.clone(),
            account_id: Some(account_id),
            name,
            attachments: pictures.clone(),
            query_code: Some(code(&letter.key)),
            media: Vec::new(),
            instead_of: None,
            extra: Extra::default(),
        };
        let ctx = self.context(at, actor.ok_or_else(|| missing("author"))?);
        let submitted = self.state.store.submit(&new, &ctx, None).await;
        let submitted = submitted.map_err(|why| SeedError::Submit {
            letter: letter.key.clone(),
            why,
        })?;
        if let Some(whole) = &letter.part_of {
            let whole = self.ids.get(whole).ok_or_else(|| missing("whole"))?;
            self.state.store.keep_as_part(&submitted.id, whole).await?;
        }
        self.events += usize::try_from(submitted.case.version).unwrap_or_default();
        self.ids.insert(letter.key.clone(), submitted.id);
        self.letters.insert(index, (station, pictures));
        Ok(())
    }

    /// The automatic look at it, as every letter from outside gets it. Nobody's words come in waves here.
    fn look_at(&self, letter: &Letter, by_office: bool) -> Screening {
        if by_office {
            return Screening::default();
        }
        let guessed = guess(&format!("{}\n{}", letter.title, letter.body));
        screen(&guessed, Signs::default(), &self.rules.limits)
    }

    /// Slugs of the deputy, if one is addressed, and of the station.
    fn recipient(&self, letter: &Letter) -> Option<(Option<String>, String)> {
        match letter.to.split_once(':')? {
            ("d", slug) => self
                .content
                .deputy(slug)
                .map(|deputy| (Some(slug.to_owned()), deputy.station.clone())),
            (_, slug) => Some((None, slug.to_owned())),
        }
    }
}
