//! A recorded voice: recorded on the page, or chosen as a file where that is not possible. Without scripts a button sends
//! what was chosen.

use crate::components::{Errors, audio, error_line, icon};
use crate::i18n::zh::voice as words;
use crate::markup::{IntoNode, Moving, live, view};
use crate::views::form::{PhotoItem, PhotoState, VoicePhase, VoiceShown};
use leptos::prelude::*;
use liaison_domain::dto::FormLimits;
use std::sync::Arc;

/// The voice among the answers to 「发生了什么事」. `phone`: whom to call instead.
pub(super) fn voice(
    kept: Option<&PhotoItem>,
    shown: Option<Moving<VoiceShown>>,
    limits: &FormLimits,
    phone: &str,
    errors: &Errors,
) -> AnyView {
    let error = errors.words("media").or_else(|| errors.words("voice"));
    let seconds = limits.voice_seconds_max;
    let described = if error.is_some() {
        "voice-hint voice-error"
    } else {
        "voice-hint"
    };
    let body = match shown {
        Some(shown) => {
            // Drawn anew only for another recording: one that is being heard must not stop with every percent sent.
            let drawn = {
                let shown = Arc::clone(&shown);
                Memo::new(move |_| shown().recording())
            };
            live(move || {
                // Only a memo that was read knows when to be read again.
                let _ = drawn.get();
                recorder(&untrack(&*shown), Some(Arc::clone(&shown)), seconds).node()
            })
            .into_any()
        }
        None => kept.map_or_else(|| ().into_any(), |item| player(item, None)),
    };
    view! {
        <section class="voice" aria-labelledby="voice-title">
            <h2 class="voice__title" id="voice-title" tabindex="-1">{words::TITLE}</h2>
            <p class="field__hint">{words::lead(seconds)}</p>
            {error_line("voice", error.as_ref())}
            <noscript>
                <p>{words::NO_BUTTON}</p>
            </noscript>
            {body}
            <details class="how voice__other">
                <summary>{words::OTHER_WAYS}</summary>
                <label class="voice__label" for="voice">{words::CHOOSE}</label>
                <p class="field__hint" id="voice-hint">{words::CHOOSE_HINT}</p>
                <div class="pick">
                    <input
                        class="pick__input"
                        type="file"
                        id="voice"
                        name="voice_file"
                        accept="audio/*"
                        aria-describedby=described
                    />
                    <span class="pick__face" aria-hidden="true">{icon("#i-mic")} {words::ADD}</span>
                </div>
                <button class="button button--second plain-only" type="submit" name="do" value="voice" formnovalidate=true>
                    {words::SEND}
                </button>
                <p>{words::KEYBOARD}</p>
                {(!phone.is_empty()).then(|| view! {
                    <p>{words::CALL} " " <a href=format!("tel:{phone}")>{crate::i18n::zh::common::call(phone)}</a></p>
                })}
            </details>
        </section>
    }
    .into_any()
}

/// The one large button, what is being recorded, or what was.
fn recorder(shown: &VoiceShown, moving: Option<Moving<VoiceShown>>, seconds: u32) -> AnyView {
    match (shown.phase, &shown.item) {
        (VoicePhase::Recording, _) => view! {
            <div class="voice__box voice__box--on">
                <p class="voice__time">
                    <span class="voice__dot" aria-hidden="true"></span>
                    <span id="voice-time" role="timer">{words::time(0, seconds)}</span>
                </p>
                <button class="button voice__button" type="button" id="voice-button" data-do="voice-stop">
                    {words::STOP}
                </button>
            </div>
        }
        .into_any(),
        (VoicePhase::Asking, _) => view! {
            <div class="voice__box"><p class="voice__state" role="status">{words::ASKING}</p></div>
        }
        .into_any(),
        (phase, Some(item)) => view! {
            {trouble(phase)}
            {player(item, moving)}
        }
        .into_any(),
        (VoicePhase::Impossible, None) => trouble(VoicePhase::Impossible),
        (phase, None) => view! {
            {trouble(phase)}
            <button class="button button--second voice__button" type="button" id="voice-button" data-do="voice-record">
                {icon("#i-mic")}
                {words::RECORD}
            </button>
        }
        .into_any(),
    }
}

fn trouble(phase: VoicePhase) -> AnyView {
    let text = match phase {
        VoicePhase::Denied => words::DENIED,
        VoicePhase::Impossible => words::IMPOSSIBLE,
        VoicePhase::Silent => words::SILENT,
        _ => return ().into_any(),
    };
    view! { <p class="voice__trouble" role="status">{text}</p> }.into_any()
}

/// What was recorded: to be heard, recorded again, or removed.
fn player(item: &PhotoItem, moving: Option<Moving<VoiceShown>>) -> AnyView {
    let again = moving.is_some().then(|| {
        view! {
            <button class="button button--second" type="button" data-do="voice-record">
                {words::AGAIN}
            </button>
        }
    });
    let carried = (moving.is_none() && item.state == PhotoState::Done)
        .then(|| view! { <input type="hidden" name="voice" value=item.carried()/> });
    let state = match moving {
        Some(moving) => live(move || state_of(moving().item.as_ref()).node()).into_any(),
        None => state_of(Some(item)),
    };
    view! {
        <div class="voice__box">
            {(!item.thumb.is_empty()).then(|| audio(&item.thumb, words::LISTEN, words::CANNOT_TRY))}
            {state}
            <div class="buttons">
                {again}
                <button class="button button--quiet" type="submit" name="do" value="voice-remove" formnovalidate=true>
                    {words::REMOVE}
                </button>
            </div>
            {carried}
        </div>
    }
    .into_any()
}

/// What became of the recording, for who does not see the page; none while it is on its way.
pub fn voice_told(state: PhotoState) -> Option<String> {
    match state {
        PhotoState::Waiting | PhotoState::Sending(_) => None,
        PhotoState::Done => Some(words::ARRIVED.to_owned()),
        PhotoState::Failed => Some(words::STAYED.to_owned()),
        PhotoState::Refused(code) => Some(words::refused(code)),
    }
}

/// How far the recording is, in words.
fn voice_words(state: PhotoState) -> String {
    match state {
        PhotoState::Waiting => words::WAITING.to_owned(),
        PhotoState::Sending(percent) => crate::i18n::zh::write::photo_sending(percent),
        PhotoState::Done => words::DONE.to_owned(),
        PhotoState::Failed => words::FAILED.to_owned(),
        PhotoState::Refused(code) => words::refused(code),
    }
}

fn state_of(item: Option<&PhotoItem>) -> AnyView {
    let Some(item) = item else { return ().into_any() };
    let text = voice_words(item.state);
    let retry = (item.state == PhotoState::Failed).then(|| {
        view! {
            <button class="link" type="button" data-do="voice-retry">{crate::i18n::zh::write::PHOTO_RETRY}</button>
        }
    });
    view! { <p class="voice__state">{text} " " {retry}</p> }.into_any()
}
