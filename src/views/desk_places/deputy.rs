//! A deputy's form: picture, a few words about themselves, what they know.

use super::photos::{PhotoRow, file_field};
use super::{changes, public_page, wrong};
use crate::components::{Errors, TextArea, back_link, error_summary_in, icon, notice, page_head};
use crate::i18n::desk::places as words;
use crate::markup::view;
use crate::views::desk_pages::{DEPUTIES, MY_PROFILE};
use crate::views::ledger::script;
use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::dto::{DeputyInput, DeputySettings};

/// The form as typed; it comes back unchanged when something is wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeputyForm {
    /// What was read before.
    pub version: String,
    /// A few words.
    pub bio: String,
    /// 「教育、托管」.
    pub expertise: String,
    /// The picture, kept or just handed in.
    pub photo: Option<PhotoRow>,
    /// Its removal has to be confirmed.
    pub removing: bool,
}

impl DeputyForm {
    /// A deputy as they are kept.
    pub fn of(kept: &DeputySettings) -> Self {
        Self {
            version: kept.version.to_string(),
            bio: kept.settings.bio.clone(),
            expertise: kept.settings.expertise.join("、"),
            photo: kept.photo.as_ref().map(PhotoRow::kept),
            removing: false,
        }
    }

    /// What it means.
    pub fn input(&self) -> DeputyInput {
        let between = |c: char| matches!(c, '、' | '，' | ',' | '；' | ';') || c.is_whitespace();
        let tags = self
            .expertise
            .split(between)
            .map(str::trim)
            .filter(|tag| !tag.is_empty());
        DeputyInput {
            bio: self.bio.clone(),
            expertise: tags.map(str::to_owned).collect(),
            photo: self.photo.as_ref().map(|photo| photo.input.clone()),
        }
    }
}

/// What the page shows beside the deputy as they are kept.
#[derive(Clone, Debug, Default)]
pub struct DeputyPlace {
    /// As typed, or as kept.
    pub form: DeputyForm,
    /// What is wrong, called by their controls.
    pub errors: Errors,
    /// What was just done, in words.
    pub done: &'static str,
    /// Somebody changed it meanwhile, in words.
    pub clash: Option<String>,
    /// Address of the script beside the page.
    pub script: String,
    /// It is the reader's own page.
    pub own: bool,
}

fn portrait(form: &DeputyForm, name: &str, errors: &Errors) -> AnyView {
    let now = match &form.photo {
        None => view! { <p>{words::PORTRAIT_NONE}</p> }.into_any(),
        Some(photo) => {
            let carried = photo.input.token.as_ref().map(|token| {
                view! {
                    <input type="hidden" name="photo" value=[&photo.input.id, ".", token].concat() />
                    <p class="field__hint">{words::PHOTO_UNSAVED}</p>
                }
            });
            let remove = if form.removing {
                view! {
                    <p class="place-photo__ask" id="removing" tabindex="-1" autofocus=true>
                        {icon("#i-warn")}
                        {words::REMOVE_ASK}
                    </p>
                    <button class="button button--danger" type="submit" name="do" value="gone">
                        {words::REMOVE_SURE}
                    </button>
                    <button class="button button--quiet" type="submit" name="do" value="stay">
                        {words::REMOVE_NOT}
                    </button>
                }
                .into_any()
            } else {
                view! {
                    <button class="button button--quiet" type="submit" name="do" value="remove">
                        {words::PORTRAIT_REMOVE}
                    </button>
                }
                .into_any()
            };
            view! {
                <div class="place-photo">
                    <img class="face face--large" src=photo.thumb.clone() alt=name.to_owned() width="96" height="96" />
                    <div class="place-photo__text">
                        {carried} <div class="place-photo__buttons">{remove}</div>
                    </div>
                </div>
            }
            .into_any()
        }
    };
    let label = if form.photo.is_some() {
        words::PORTRAIT_CHANGE
    } else {
        words::PORTRAIT_NEW
    };
    view! {
        <fieldset class="place-group">
            <legend class="place-group__name">{words::PORTRAIT}</legend>
            {now} {file_field(label, words::PORTRAIT_HINT, wrong(errors, "file"))}
        </fieldset>
    }
    .into_any()
}

/// A deputy's form.
#[component]
pub fn DeputyFormView(kept: DeputySettings, page: DeputyPlace, now: Millis) -> AnyView {
    let DeputyPlace {
        form,
        errors,
        done,
        clash,
        script: address,
        own,
    } = page;
    let (target, back, title, lead) = if own {
        (
            MY_PROFILE.to_owned(),
            None,
            words::MY_PROFILE.to_owned(),
            words::MY_LEAD,
        )
    } else {
        let back = back_link(DEPUTIES.into(), words::DEPUTIES);
        let address = format!("{DEPUTIES}/{}", kept.deputy.id);
        (address, Some(back), kept.deputy.name.clone(), "")
    };
    view! {
        {back}
        {error_summary_in(&errors, &[], words::error)}
        {page_head(title, lead)}
        {(!done.is_empty()).then(|| notice("good", done.to_owned()))}
        {clash.map(|words| notice("warn", words))}
        {public_page(format!("/deputies/{}", kept.slug))}
        <form
            class="form"
            method="post"
            action=target
            enctype="multipart/form-data"
            novalidate=true
            data-guard=words::LEAVE_ASK
        >
            <input type="hidden" name="version" value=form.version.clone() />
            // The first button is what the Enter key presses: saving, not removing.
            <button class="sr" type="submit" name="do" value="save" tabindex="-1" aria-hidden="true">
                {words::SAVE}
            </button>
            {portrait(&form, &kept.deputy.name, &errors)}
            <TextArea name="bio" rows=5 label=words::BIO hint=words::BIO_HINT value=form.bio.clone() error=wrong(&errors, "bio") />
            <TextArea
                name="expertise"
                rows=2
                label=words::EXPERTISE
                hint=words::EXPERTISE_HINT
                value=form.expertise.clone()
                error=wrong(&errors, "expertise")
            />
            <button class="button" type="submit" name="do" value="save">
                {words::SAVE}
            </button>
        </form>
        {changes(&kept.changes, now)} {script(&address)}
    }
    .into_any()
}
