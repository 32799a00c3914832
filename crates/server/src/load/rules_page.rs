//! How personal data is handled here: which kinds there are and who gets something follows from the configuration, how
//! long it is kept from the rules in force.

use crate::auth::session;
use crate::jobs;
use crate::state::AppState;
use liaison_domain::notify::ChannelKind;
use liaison_web::i18n::zh::rules::{Figures, Kind, Receiver};
use liaison_web::views::RulesData;

/// What the page shows.
pub fn rules(state: &AppState) -> RulesData {
    let (station, config) = (&state.config.station, &state.config);
    let kinds = Kind::ALL.iter().copied().filter(|kind| has(state, *kind));
    let receivers = Receiver::ALL.iter().copied().filter(|one| gets(state, *one));
    RulesData {
        name: station.name.clone(),
        phone: station.phone.clone(),
        hours: station.phone_hours.clone(),
        figures: Figures {
            drafts: config.drafts_keep,
            uploads: config.uploads.keep,
            login: config.session.resident_absolute,
            login_idle: config.session.resident_idle,
            code: config.otp.lifetime,
            code_kept: session::VOID_KEPT,
            sent: config.notify.keep_sent,
            broken: jobs::CLIENT_ERRORS_DAYS.unsigned_abs(),
            ..limits(state)
        },
        kinds: kinds.collect(),
        receivers: receivers.collect(),
    }
}

/// What the desk may change, as it is in force.
fn limits(state: &AppState) -> Figures {
    let rules = state.rules();
    let now = state.now();
    let letters = rules.limits.retention;
    let until = |span: liaison_domain::limits::Span| span.after(now, &rules.calendar);
    let own = rules.categories.values().map(|limits| limits.retention);
    let longest = own.max_by_key(|span| until(*span));
    Figures {
        letters,
        longest: longest.filter(|span| until(*span) > until(letters)),
        restrictions: rules.limits.restriction_memory_days,
        drafts: 0,
        uploads: 0,
        login: 0,
        login_idle: 0,
        code: 0,
        code_kept: 0,
        sent: 0,
        broken: 0,
    }
}

fn has(state: &AppState, kind: Kind) -> bool {
    match kind {
        Kind::Video => state.config.uploads.video_bytes > 0,
        Kind::Wechat => state.wechat.as_ref().is_some_and(|wechat| wechat.config.login),
        Kind::Messages => !state.channels.is_empty(),
        _ => true,
    }
}

fn gets(state: &AppState, receiver: Receiver) -> bool {
    let by = |wanted: ChannelKind| state.channels.iter().any(|channel| channel.kind() == wanted);
    match receiver {
        Receiver::Units | Receiver::Deputies => true,
        Receiver::Sms => state.config.sms_command.is_some(),
        Receiver::Mail => by(ChannelKind::Email),
        Receiver::Gateway => by(ChannelKind::Webhook),
        Receiver::Wechat => state.wechat.is_some(),
        Receiver::Speech => state.config.speech.is_some(),
    }
}
