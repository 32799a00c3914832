use crate::components::icon;
use crate::i18n::zh;
use crate::markup::view;
use crate::views::form::{PhotoItem, PhotoState};
use leptos::prelude::*;
use liaison_domain::dto::PictureRef;

/// The chosen photos of a letter with their progress. Buttons are named `do` and carry `remove:KEY` or `retry:KEY`.
pub fn photo_list(photos: &[PhotoItem]) -> AnyView {
    if photos.is_empty() {
        return ().into_any();
    }
    let items = photos
        .iter()
        .enumerate()
        .map(|(n, photo)| photo_row(n + 1, photo))
        .collect_view();
    view! {
        <ul class="photos" aria-label=zh::write::PHOTOS_LIST>
            {items}
        </ul>
    }
    .into_any()
}

/// What became of the `n`th photo, for who does not see the list; none while it is on its way.
pub fn photo_told(n: usize, state: PhotoState) -> Option<String> {
    match state {
        PhotoState::Waiting | PhotoState::Sending(_) => None,
        PhotoState::Done => Some(zh::write::photo_arrived(n)),
        PhotoState::Failed => Some(zh::write::photo_stayed(n)),
        PhotoState::Refused(code) => Some(zh::write::photo_refused(n, &zh::errors::photo(code, 0))),
    }
}

/// How far a photo is, in words.
fn photo_words(state: PhotoState) -> String {
    match state {
        PhotoState::Waiting => zh::write::PHOTO_WAITING.to_owned(),
        PhotoState::Sending(percent) => zh::write::photo_sending(percent),
        PhotoState::Done => zh::write::PHOTO_DONE.to_owned(),
        PhotoState::Failed => zh::write::PHOTO_FAILED.to_owned(),
        PhotoState::Refused(code) => zh::errors::photo(code, 0),
    }
}

fn photo_row(n: usize, photo: &PhotoItem) -> AnyView {
    let class = match photo.state {
        PhotoState::Waiting | PhotoState::Sending(_) => "photos__one",
        PhotoState::Done => "photos__one photos__one--done",
        PhotoState::Failed | PhotoState::Refused(_) => "photos__one photos__one--failed",
    };
    let words = photo_words(photo.state);
    let bar = if let PhotoState::Sending(percent) = photo.state {
        Some(
            view! { <progress class="photos__bar" max="100" value=percent.to_string() aria-label=words.clone()></progress> },
        )
    } else {
        None
    };
    let about = zh::write::remove_photo(n);
    let button = |act: &str, words: &'static str| {
        view! {
            <button class="button button--quiet" type="submit" name="do" value=format!("{act}:{}", photo.key) formnovalidate=true>
                {words}
                <span class="sr">{about.clone()}</span>
            </button>
        }
        .into_any()
    };
    let retry = matches!(photo.state, PhotoState::Failed).then(|| button("retry", zh::write::PHOTO_RETRY));
    let carried =
        (photo.state == PhotoState::Done).then(|| view! { <input type="hidden" name="photo" value=photo.carried() /> });
    // What is no picture has none to show.
    let no_picture = matches!(photo.state, PhotoState::Refused("invalid" | "empty"));
    let thumb = if no_picture || photo.thumb.is_empty() {
        view! { <span class="photos__thumb">{icon("#i-photo")}</span> }.into_any()
    } else {
        view! { <img class="photos__thumb" src=photo.thumb.clone() alt=zh::common::picture(n) width="72" height="72" /> }
            .into_any()
    };
    view! {
        <li class=class>
            {thumb}
            <div class="photos__text">
                <p class="photos__name">{if photo.name.is_empty() { zh::common::picture(n) } else { photo.name.clone() }}</p>
                <p class="photos__state">{words}</p>
                {bar}
            </div>
            <div class="photos__buttons">
                {retry} {button("remove", zh::write::PHOTO_REMOVE)}
            </div>
            {carried}
        </li>
    }
    .into_any()
}

/// Pictures to look at: small ones that open the whole.
pub fn pictures(items: &[PictureRef]) -> AnyView {
    if items.is_empty() {
        return ().into_any();
    }
    let items = items
        .iter()
        .enumerate()
        .map(|(n, picture)| {
            let alt = if picture.alt.is_empty() {
                zh::common::picture(n + 1)
            } else {
                picture.alt.clone()
            };
            view! {
                <li>
                    <a href=picture.url.clone() rel="external">
                        <img src=picture.thumb_url.clone() alt=alt width="144" height="144" loading="lazy" />
                    </a>
                </li>
            }
            .into_any()
        })
        .collect_view();
    view! { <ul class="pictures" aria-label=zh::common::PICTURES>{items}</ul> }.into_any()
}
