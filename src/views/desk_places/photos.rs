//! A station's pictures: each with what it shows, in an order, and room for one more. A form of its own.

use super::wrong;
use crate::components::{Errors, error_line, icon, notice};
use crate::i18n::desk::places as words;
use crate::markup::view;
use leptos::prelude::*;
use liaison_domain::dto::{PhotoInput, PlacePhoto};
use liaison_domain::places::PHOTOS;

/// A picture of the form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PhotoRow {
    /// As it goes to be kept.
    pub input: PhotoInput,
    /// Address of its small copy.
    pub thumb: String,
}

impl PhotoRow {
    /// A picture that is kept.
    pub fn kept(photo: &PlacePhoto) -> Self {
        Self {
            input: PhotoInput {
                id: photo.id.clone(),
                token: None,
                alt: photo.alt.clone(),
            },
            thumb: photo.thumb_url.clone(),
        }
    }

    /// How a hidden field carries it: `id`, or `id.token` before it is kept.
    fn carried(&self) -> String {
        match &self.input.token {
            Some(token) => [&self.input.id, ".", token].concat(),
            None => self.input.id.clone(),
        }
    }
}

/// The form as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PhotoForm {
    /// In the order to show.
    pub rows: Vec<PhotoRow>,
    /// What the new picture shows.
    pub new_alt: String,
    /// The picture whose removal has to be confirmed.
    pub removing: Option<String>,
    /// What was just done with them, in words.
    pub done: &'static str,
}

fn button(what: &str, id: &str, label: &'static str, about: &str, class: &'static str) -> AnyView {
    view! {
        <button class=class type="submit" name="do" value=format!("{what}:{id}") formnovalidate=true>
            {label}
            <span class="sr">{about.to_owned()}</span>
        </button>
    }
    .into_any()
}

fn photo_row(form: &PhotoForm, at: usize, errors: &Errors) -> AnyView {
    let row = &form.rows[at];
    let id = &row.input.id;
    let about = words::nth_photo(at + 1);
    let control = format!("alt-{at}");
    let error = wrong(errors, &control);
    let quiet = "button button--quiet";
    let buttons = if form.removing.as_ref() == Some(id) {
        view! {
            <p class="place-photo__ask" id="removing" tabindex="-1" autofocus=true>
                {icon("#i-warn")}
                {words::REMOVE_ASK}
            </p>
            {button("gone", id, words::REMOVE_SURE, &about, "button button--danger")}
            {button("stay", id, words::REMOVE_NOT, &about, quiet)}
        }
        .into_any()
    } else {
        view! {
            {(at > 0).then(|| button("up", id, words::UP, &about, quiet))}
            {(at + 1 < form.rows.len()).then(|| button("down", id, words::DOWN, &about, quiet))}
            {button("remove", id, words::REMOVE, &about, quiet)}
        }
        .into_any()
    };
    let unsaved = row.input.token.as_ref().map(|_| {
        view! {
            <p class="field__hint">{words::PHOTO_UNSAVED}</p>
        }
    });
    view! {
        <li class="place-photo">
            <img class="place-photo__small" src=row.thumb.clone() alt=row.input.alt.clone() width="144" height="108" />
            <div class="place-photo__text">
                <input type="hidden" name="photo" value=row.carried() />
                <div class=if error.is_some() { "field field--error" } else { "field" }>
                    <label class="field__label" for=control.clone()>
                        {words::PHOTO_ALT}
                        <span class="sr">{about.clone()}</span>
                    </label>
                    {unsaved}
                    {error_line(&control, error.as_ref())}
                    <input
                        class="field__control"
                        id=control.clone()
                        name="alt"
                        value=row.input.alt.clone()
                        autocomplete="off"
                        aria-describedby=error.is_some().then(|| format!("{control}-error"))
                        aria-invalid=error.is_some().then_some("true")
                    />
                </div>
                <div class="place-photo__buttons">{buttons}</div>
            </div>
        </li>
    }
    .into_any()
}

/// Room for one more.
fn more(form: &PhotoForm, errors: &Errors) -> AnyView {
    if form.rows.len() >= PHOTOS {
        return view! { <p>{words::PHOTOS_FULL}</p> }.into_any();
    }
    let wrong_file = wrong(errors, "file");
    view! {
        <fieldset class="place-group">
            <legend class="field__label">{words::PHOTO_NEW}</legend>
            {file_field(words::PHOTO_NEW, words::PHOTO_NEW_HINT, wrong_file)}
            <div class="field">
                <label class="field__label" for="new_alt">
                    {words::PHOTO_NEW_ALT}
                </label>
                <p class="field__hint" id="new_alt-hint">
                    {words::PHOTO_ALT_HINT}
                </p>
                <input
                    class="field__control"
                    id="new_alt"
                    name="new_alt"
                    value=form.new_alt.clone()
                    autocomplete="off"
                    aria-describedby="new_alt-hint"
                />
            </div>
        </fieldset>
    }
    .into_any()
}

/// A file to choose.
pub(super) fn file_field(label: &'static str, hint: &'static str, error: Option<String>) -> AnyView {
    let described = if error.is_some() {
        "file-hint file-error"
    } else {
        "file-hint"
    };
    view! {
        <div class=if error.is_some() { "field field--error" } else { "field" }>
            <label class="sr" for="file">
                {label}
            </label>
            <p class="field__hint" id="file-hint">
                {hint}
            </p>
            {error_line("file", error.as_ref())}
            <input
                class="pick__input"
                type="file"
                id="file"
                name="file"
                accept="image/jpeg,image/png,image/webp"
                aria-describedby=described
                aria-invalid=error.is_some().then_some("true")
            />
        </div>
    }
    .into_any()
}

/// The pictures' form.
pub(super) fn photo_form(action: &str, version: &str, form: &PhotoForm, errors: &Errors) -> AnyView {
    let rows = (0..form.rows.len())
        .map(|at| photo_row(form, at, errors))
        .collect_view();
    let list = if form.rows.is_empty() {
        view! { <p>{words::PHOTOS_NONE}</p> }.into_any()
    } else {
        view! { <ol class="place-photos-form">{rows}</ol> }.into_any()
    };
    view! {
        <section class="admin__part" aria-labelledby="photos">
            <h2 id="photos" tabindex="-1">{words::PHOTOS}</h2>
            {(!form.done.is_empty()).then(|| notice("good", form.done.to_owned()))}
            <form
                class="form"
                method="post"
                action=format!("{action}#photos")
                enctype="multipart/form-data"
                novalidate=true
                data-guard=words::LEAVE_ASK
            >
                <input type="hidden" name="form" value="photos" />
                <input type="hidden" name="version" value=version.to_owned() />
                // The first button is what the Enter key presses: saving, not moving.
                <button class="sr" type="submit" name="do" value="save" tabindex="-1" aria-hidden="true">
                    {words::PHOTOS_SAVE}
                </button>
                {list}
                {more(form, errors)}
                <button class="button" type="submit" name="do" value="save">
                    {words::PHOTOS_SAVE}
                </button>
            </form>
        </section>
    }
    .into_any()
}
