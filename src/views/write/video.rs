//! A video: sent piece by piece with its progress, given up, gone on with. Without scripts a button sends what was chosen.

use crate::components::{Errors, error_line, icon};
use crate::i18n::zh::{voice as spoken, write as words};
use crate::markup::{IntoNode, Moving, live, view};
use crate::views::form::{PhotoItem, PhotoState};
use leptos::prelude::*;
use liaison_domain::dto::FormLimits;

pub(super) fn video(
    kept: Option<&PhotoItem>,
    moving: Option<Moving<Option<PhotoItem>>>,
    limits: &FormLimits,
    errors: &Errors,
) -> AnyView {
    let error = errors.words("video");
    let described = if error.is_some() {
        "video-hint video-error"
    } else {
        "video-hint"
    };
    let body = match moving {
        Some(moving) => live(move || one(moving().as_ref(), true, described).node()).into_any(),
        None => one(kept, false, described),
    };
    view! {
        <section class="voice" aria-labelledby="video-title">
            <h2 class="voice__title" id="video-title" tabindex="-1">
                <label for="video">{spoken::VIDEO_Q}</label>
            </h2>
            <p class="field__hint" id="video-hint">{spoken::video_limit(limits.video_bytes_max)}</p>
            {error_line("video", error.as_ref())}
            {body}
        </section>
    }
    .into_any()
}

/// The one that was chosen, or the way to choose one.
fn one(item: Option<&PhotoItem>, moves: bool, described: &'static str) -> AnyView {
    if let Some(item) = item {
        return chosen(item, moves);
    }
    view! {
        <div class="pick">
            <input
                class="pick__input"
                type="file"
                id="video"
                name="video_file"
                accept="video/*"
                aria-describedby=described
            />
            <span class="pick__face" aria-hidden="true">{icon("#i-video")} {spoken::VIDEO_ADD}</span>
        </div>
        <button class="button button--second plain-only" type="submit" name="do" value="video" formnovalidate=true>
            {spoken::VIDEO_SEND}
        </button>
    }
    .into_any()
}

/// What became of the video, for who does not see the page; none while it is on its way.
pub fn video_told(state: PhotoState) -> Option<&'static str> {
    match state {
        PhotoState::Waiting | PhotoState::Sending(_) => None,
        PhotoState::Done => Some(spoken::VIDEO_ARRIVED),
        PhotoState::Failed => Some(spoken::VIDEO_STAYED),
        PhotoState::Refused(code) => Some(spoken::video_refused(code)),
    }
}

/// How far the video is, in words.
fn video_words(state: PhotoState) -> String {
    match state {
        PhotoState::Waiting => spoken::VIDEO_WAITING.to_owned(),
        PhotoState::Sending(percent) => words::photo_sending(percent),
        PhotoState::Done => words::PHOTO_DONE.to_owned(),
        PhotoState::Failed => spoken::VIDEO_FAILED.to_owned(),
        PhotoState::Refused(code) => spoken::video_refused(code).to_owned(),
    }
}

fn chosen(item: &PhotoItem, moves: bool) -> AnyView {
    let class = match item.state {
        PhotoState::Waiting | PhotoState::Sending(_) => "photos__one",
        PhotoState::Done => "photos__one photos__one--done",
        PhotoState::Failed | PhotoState::Refused(_) => "photos__one photos__one--failed",
    };
    let text = video_words(item.state);
    let bar = match item.state {
        PhotoState::Sending(percent) => Some(
            view! { <progress class="photos__bar" max="100" value=percent.to_string() aria-label=text.clone()></progress> },
        ),
        _ => None,
    };
    let retry = (moves && item.state == PhotoState::Failed).then(|| {
        view! {
            <button class="button button--quiet" type="button" data-do="video-retry">{spoken::VIDEO_GO_ON}</button>
        }
    });
    let remove = match item.state {
        PhotoState::Waiting | PhotoState::Sending(_) => spoken::VIDEO_CANCEL,
        _ => words::PHOTO_REMOVE,
    };
    let carried = (!moves && item.state == PhotoState::Done)
        .then(|| view! { <input type="hidden" name="video" value=item.carried()/> });
    let name = if item.name.is_empty() {
        spoken::VIDEO.to_owned()
    } else {
        item.name.clone()
    };
    view! {
        <ul class="photos" aria-label=spoken::VIDEO>
            <li class=class>
                <span class="photos__thumb">{icon("#i-video")}</span>
                <div class="photos__text">
                    <p class="photos__name">{name}</p>
                    <p class="photos__state">{text}</p>
                    {bar}
                </div>
                <div class="photos__buttons">
                    {retry}
                    <button class="button button--quiet" type="submit" name="do" value="video-remove" formnovalidate=true>
                        {remove}
                        <span class="sr">{spoken::VIDEO}</span>
                    </button>
                </div>
                {carried}
            </li>
        </ul>
    }
    .into_any()
}
