use crate::components::{icon, paragraphs};
use crate::i18n::zh::voice as words;
use crate::markup::view;
use leptos::prelude::*;
use liaison_domain::dto::{MediaRef, Transcript, VIDEO};

/// A player of a recording, and the words in its place where the engine cannot play it: boot.js finds that out.
pub fn audio(address: &str, label: &'static str, cannot: &'static str) -> AnyView {
    view! {
        <audio class="media__player" controls=true preload="metadata" src=address.to_owned() aria-label=label></audio>
        {cannot_play(cannot)}
    }
    .into_any()
}

fn cannot_play(words: &'static str) -> AnyView {
    view! {
        <p class="media__cannot" role="status">
            {icon("#i-warn")}
            {words}
        </p>
    }
    .into_any()
}

/// A letter's recording and video, each with what was written down of it.
pub fn media_list(items: &[MediaRef]) -> AnyView {
    items
        .iter()
        .map(|item| {
            view! { <div class="media">{player(item)} {item.transcript.as_ref().map(transcript)}</div> }.into_any()
        })
        .collect_view()
        .into_any()
}

/// A recording or video to be heard or seen; where the browser cannot, the file.
pub fn player(item: &MediaRef) -> AnyView {
    let is_video = item.kind == VIDEO;
    let player = if is_video {
        view! {
            <video class="media__video" controls=true preload="metadata" playsinline=true src=item.url.clone()
                aria-label=words::SEE></video>
            {cannot_play(words::CANNOT_SEE)}
        }
        .into_any()
    } else {
        audio(&item.url, words::HEAR, words::CANNOT_HEAR)
    };
    let length = item
        .duration
        .map(|duration| words::clock(((duration + 500) / 1000) as u32));
    let name = if is_video { words::VIDEO } else { words::RECORDING };
    view! {
        <p class="media__name">{name} " " {length}</p>
        {player}
        <p class="media__save">
            <a href=item.url.clone() download="" rel="external">{if is_video { words::SAVE_VIDEO } else { words::SAVE }}</a>
        </p>
    }
    .into_any()
}

/// What was written down of a recording.
pub fn transcript(written: &Transcript) -> AnyView {
    let note = if written.by_machine {
        words::BY_MACHINE
    } else {
        words::TRANSCRIPT_NOTE
    };
    view! {
        <div class="media__text">
            <p class="media__label">{words::TRANSCRIPT}</p>
            {paragraphs(&written.text)}
            <p class="media__note">{note}</p>
        </div>
    }
    .into_any()
}
