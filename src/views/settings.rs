//! How one is told outside the app: the form and what it means. Drawn by the server alone, for residents and for staff.

use crate::components::{CheckRow, Choice, Errors, RadioCards, TextField, back_link, error_summary, notice, page_head};
use crate::i18n::zh::{case, notices, settings as words};
use crate::markup::view;
use leptos::prelude::*;
use liaison_domain::dto::{FieldError, NotifyChange, NotifySettings};
use liaison_domain::notify::{ChannelKind, Pace, Preferences, Quiet};

/// The form as typed; it comes back unchanged when something is wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NotifyForm {
    /// Text messages.
    pub sms: bool,
    /// What the station connected.
    pub webhook: bool,
    /// Empty: no mail.
    pub email: String,
    /// A code of [`Pace`].
    pub pace: String,
    /// `station`, `own` or `none`.
    pub quiet: String,
    /// Of one's own quiet hours: `21:00`.
    pub from: String,
    /// Where they end.
    pub to: String,
}

fn time(minute: u32) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// `21:00`, also with the colon of a Chinese keyboard, as minutes since midnight.
fn minute(text: &str) -> Option<u32> {
    let text = text.trim().replace('：', ":");
    let (hour, minute) = text.split_once(':')?;
    let (hour, minute): (u32, u32) = (hour.parse().ok()?, minute.parse().ok()?);
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}

impl NotifyForm {
    /// What was chosen before.
    pub fn of(settings: &NotifySettings) -> Self {
        let chosen = &settings.preferences;
        let own = chosen.quiet.unwrap_or(settings.quiet);
        let email = settings.email.clone().filter(|_| chosen.email);
        Self {
            sms: chosen.sms,
            webhook: chosen.webhook,
            email: email.unwrap_or_default(),
            pace: chosen.pace.code().to_owned(),
            quiet: match chosen.quiet {
                None => "station",
                Some(quiet) if quiet.from == quiet.to => "none",
                Some(_) => "own",
            }
            .to_owned(),
            from: time(own.from),
            to: time(own.to),
        }
    }

    /// What a form posted.
    pub fn read(pairs: &[(String, String)]) -> Self {
        let get = |name: &str| {
            let found = pairs.iter().find(|(known, _)| known == name);
            found.map(|(_, value)| value.clone()).unwrap_or_default()
        };
        Self {
            sms: !get("sms").is_empty(),
            webhook: !get("webhook").is_empty(),
            email: get("email"),
            pace: get("pace"),
            quiet: get("quiet"),
            from: get("quiet_from"),
            to: get("quiet_to"),
        }
    }

    /// The change it asks for. What the page does not offer stays as it was.
    ///
    /// # Errors
    /// What is wrong, field by field, in the order of the form.
    pub fn change(&self, kept: &NotifySettings) -> Result<NotifyChange, Vec<FieldError>> {
        let before = &kept.preferences;
        let has = |channel| kept.channels.contains(&channel);
        let mut wrong = Vec::new();
        let quiet = self.quiet_hours(&mut wrong);
        let (email, by_mail) = if has(ChannelKind::Email) {
            (Some(self.email.clone()), true)
        } else {
            (kept.email.clone(), before.email)
        };
        let change = NotifyChange {
            email,
            preferences: Preferences {
                sms: if has(ChannelKind::Sms) { self.sms } else { before.sms },
                email: by_mail,
                webhook: if has(ChannelKind::Webhook) {
                    self.webhook
                } else {
                    before.webhook
                },
                pace: Pace::from_code(&self.pace).unwrap_or(before.pace),
                quiet,
            },
        };
        let mut all = change.check();
        all.append(&mut wrong);
        if all.is_empty() { Ok(change) } else { Err(all) }
    }

    fn quiet_hours(&self, wrong: &mut Vec<FieldError>) -> Option<Quiet> {
        let mut add = |field: &str, code: &str| {
            wrong.push(FieldError {
                field: field.to_owned(),
                code: code.to_owned(),
                limit: None,
            });
        };
        match self.quiet.as_str() {
            "none" => Some(Quiet { from: 0, to: 0 }),
            "own" => {
                let (from, to) = (minute(&self.from), minute(&self.to));
                for (field, read) in [("quiet_from", from), ("quiet_to", to)] {
                    if read.is_none() {
                        add(field, "invalid");
                    }
                }
                if from.is_some() && from == to {
                    add("quiet_to", "same");
                }
                Some(Quiet { from: from?, to: to? })
            }
            _ => None,
        }
    }

    /// Whether anything goes out at all.
    fn goes_out(&self, channels: &[ChannelKind]) -> bool {
        channels.iter().any(|channel| match channel {
            ChannelKind::Sms => self.sms,
            ChannelKind::Webhook => self.webhook,
            ChannelKind::Email => !self.email.is_empty(),
        })
    }
}

fn ways(data: &NotifySettings, form: &NotifyForm, errors: &Errors) -> AnyView {
    let check = |channel, name: &'static str, words: String, checked: bool| {
        data.channels.contains(&channel).then(|| {
            view! { <CheckRow name=name id=name.to_owned() value="yes".to_owned() words=words checked=checked /> }
                .into_any()
        })
    };
    let sms = check(
        ChannelKind::Sms,
        "sms",
        words::sms(data.phone_masked.as_deref()),
        form.sms,
    );
    let webhook = check(ChannelKind::Webhook, "webhook", words::WEBHOOK.to_owned(), form.webhook);
    let email = data.channels.contains(&ChannelKind::Email).then(|| {
        view! {
            <TextField
                name="email"
                label=words::EMAIL
                hint=words::EMAIL_HINT
                kind="email"
                inputmode="email"
                autocomplete="email"
                optional=true
                value=form.email.clone()
                error=errors.words("email")
            />
        }
        .into_any()
    });
    view! {
        <fieldset class="choices field">
            <legend class="choices__legend field__label">{words::WHERE}</legend>
            <div class="choices__cards">{sms} {webhook}</div>
            {email}
        </fieldset>
    }
    .into_any()
}

fn rules(staff: bool) -> AnyView {
    let (once, says) = if staff {
        (words::RULE_ONCE_STAFF, words::RULE_WORDS_STAFF)
    } else {
        (words::RULE_ONCE, words::RULE_WORDS)
    };
    view! {
        <section aria-labelledby="rules">
            <h2 id="rules">{words::RULES}</h2>
            <ul class="bullets">
                <li>{once}</li>
                <li>{says}</li>
                {staff.then(|| view! { <li>{words::RULE_URGENT}</li> })}
                <li>{words::RULE_INBOX}</li>
            </ul>
        </section>
    }
    .into_any()
}

fn choices(data: &NotifySettings, form: &NotifyForm, errors: &Errors, staff: bool) -> AnyView {
    let pace = vec![
        Choice::new(
            Pace::ByMatter.code(),
            words::BY_MATTER,
            words::by_matter(staff, &data.digests),
        ),
        Choice::new(Pace::Digest.code(), words::DIGEST, words::digest(&data.digests)),
        Choice::new(Pace::AtOnce.code(), words::AT_ONCE, words::AT_ONCE_HINT),
    ];
    let quiet = vec![
        Choice::new("station", words::quiet_station(data.quiet), ""),
        Choice::new("none", words::QUIET_NONE, ""),
        Choice::new("own", words::QUIET_OWN, words::QUIET_OWN_HINT),
    ];
    let hour = |name: &'static str, label: &'static str, value: &str| {
        view! {
            <TextField
                name=name
                label=label
                kind="time"
                short=true
                value=value.to_owned()
                error=errors.words(name)
            />
        }
        .into_any()
    };
    let hours = [
        hour("quiet_from", words::QUIET_FROM, &form.from),
        hour("quiet_to", words::QUIET_TO, &form.to),
    ];
    view! {
        {ways(data, form, errors)}
        <RadioCards name="pace" legend=words::PACE choices=pace value=form.pace.clone() />
        <RadioCards name="quiet" legend=words::QUIET choices=quiet value=form.quiet.clone()>
            {hours}
        </RadioCards>
    }
    .into_any()
}

/// How one is told outside the app. Posts to the page's own address.
#[component]
pub fn NotifySettingsView(
    data: NotifySettings,
    form: NotifyForm,
    #[prop(optional)] errors: Errors,
    /// It was just saved.
    #[prop(optional)]
    saved: bool,
    /// The reader works at the desk.
    staff: bool,
) -> AnyView {
    let (action, back, lead) = if staff {
        (
            "/desk/notifications",
            ("/desk/inbox", notices::TITLE),
            words::LEAD_STAFF,
        )
    } else {
        ("/mine/notifications", ("/mine", case::MINE), words::LEAD)
    };
    let done = saved.then(|| {
        let goes_out = form.goes_out(&data.channels);
        notice(
            "good",
            (if goes_out { words::SAVED } else { words::SAVED_NONE }).to_owned(),
        )
    });
    let body = if data.channels.is_empty() {
        notice("info", words::NO_CHANNEL.to_owned())
    } else {
        view! {
            <form class="form" method="post" action=action novalidate=true>
                {choices(&data, &form, &errors, staff)}
                <button class="button" type="submit">
                    {words::SAVE}
                </button>
            </form>
            {rules(staff)}
        }
        .into_any()
    };
    view! {
        {back_link(back.0.into(), back.1)}
        {error_summary(&errors, &[])}
        {page_head(words::TITLE.into(), lead)}
        {done}
        {body}
    }
    .into_any()
}
