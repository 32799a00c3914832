//! Writing a letter, one question a page. Every step is a form that carries the other answers in hidden fields,
//! so that it works without scripts; buttons are named `do`: `next`, `back`, `goto:STEP`, `upload`,
//! `remove:KEY`, `retry:KEY`, `code`, `verify`, `other`, `submit`.

mod check;
mod guidance;
mod helper;
mod hidden;
mod map;
mod photos;
mod questions;
mod receipt;
mod shelf;
mod video;
mod voice;
mod who;

pub use guidance::{By, elsewhere, joining, personal, similar};
pub use map::{MapData, map_picture};
pub use receipt::{ReceiptGoneView, ReceiptView};
pub use shelf::{DraftRow, OutRow, OutState, shelf, shelf_pointer, waiting_page};
pub use video::video_told;
pub use voice::voice_told;

use super::form::{LetterForm, PhoneForm, PhotoItem, VoiceShown, WriteStep};
use super::login::phone_fields;
use crate::components::{Errors, error_summary, restricted_notice};
use crate::i18n::zh::guidance as guidance_words;
use crate::i18n::zh::wechat;
use crate::i18n::zh::write as words;
use crate::markup::{Moving, Node, live, view};
use leptos::prelude::*;
use liaison_domain::dto::{FormLimits, WriteOptions};

/// Ids of controls whose field has another name in the API.
const IDS: &[(&str, &str)] = &[
    ("attachments", "photos"),
    ("media", "voice-title"),
    ("voice", "voice-title"),
    ("video", "video-title"),
    ("area", "area"),
    ("consent_publish", "consent"),
    ("join", "body"),
];

/// A question of the letter, with what it shows. [`WriteStep::Done`] is drawn by [`ReceiptView`].
pub struct Asked {
    /// Which question.
    pub step: WriteStep,
    /// The answers so far.
    pub form: LetterForm,
    /// What there is to choose from.
    pub options: WriteOptions,
    /// Limits to tell beforehand.
    pub limits: FormLimits,
    /// What is wrong with this step's answers.
    pub errors: Errors,
    /// The phone step: the number and, once sent, the code.
    pub phone: PhoneForm,
    /// Logged in already: the phone step is left out and 「检查」 submits.
    pub logged_in: bool,
    /// Drawn without the app: what leads away has to take the letter along.
    pub plain: bool,
    /// The photos with their live progress; those of `form` where nothing moves.
    pub photos: Option<Moving<Vec<PhotoItem>>>,
    /// The recorded voice as it moves; where nothing moves, that of `form`.
    pub voice: Option<Moving<VoiceShown>>,
    /// The video with its live progress; where nothing moves, that of `form`.
    pub video: Option<Moving<Option<PhotoItem>>>,
    /// Whom to call instead of writing.
    pub call: String,
    /// Characters typed so far, for the counter.
    pub used: Option<Moving<usize>>,
    /// 「草稿已保存」 or nothing.
    pub saved: Option<Moving<&'static str>>,
    /// That the writer is restricted for now; said above the first question.
    pub restricted: Option<String>,
    /// What is told about the words: within the first question, below every other.
    pub beside: Option<AnyView>,
    /// The map of the question where it is; without scripts there is none.
    pub map: Option<AnyView>,
}

impl Asked {
    /// A question where nothing moves and nothing is wrong.
    pub fn new(step: WriteStep, form: LetterForm, options: WriteOptions, limits: FormLimits) -> Self {
        Self {
            step,
            form,
            options,
            limits,
            errors: Errors::default(),
            phone: PhoneForm::default(),
            logged_in: false,
            plain: false,
            photos: None,
            voice: None,
            video: None,
            call: String::new(),
            used: None,
            saved: None,
            restricted: None,
            beside: None,
            map: None,
        }
    }
}

/// Any question.
pub fn question(asked: Asked) -> AnyView {
    if asked.step == WriteStep::What {
        first_question(asked)
    } else {
        later_question(asked)
    }
}

/// 「发生了什么事」: what the app's part of the letter begins with.
pub fn first_question(mut asked: Asked) -> AnyView {
    let (used, voice, beside) = (asked.used.take(), asked.voice.take(), asked.beside.take());
    let Asked {
        form, limits, errors, ..
    } = &asked;
    let question = view! {
        {questions::what(form, limits, errors, used, beside)}
        {voice::voice(form.voice.as_ref(), voice, limits, &asked.call, errors)}
    };
    let numbers = words::NUMBERS
        .iter()
        .map(|(number, what)| view! { <a href=["tel:", number].concat()>{format!("{number} {what}")}</a> }.into_any())
        .collect_view();
    let below = view! {
        <div class="form__note">
            <p>{words::EMERGENCY} " " <a href="/help#scope">{words::SCOPE_LINK}</a></p>
            <p class="numbers">{numbers}</p>
        </div>
    };
    frame(
        asked,
        question.into_any(),
        button("next", words::CONTINUE),
        ().into_any(),
        below.into_any(),
    )
}

/// Every question after the first.
pub fn later_question(mut asked: Asked) -> AnyView {
    let step = asked.step;
    let (photos, video) = (asked.photos.take(), asked.video.take());
    let (beside, map) = (asked.beside.take(), asked.map.take());
    let Asked {
        form,
        options,
        limits,
        errors,
        ..
    } = &asked;
    let question = match step {
        WriteStep::What | WriteStep::Where => questions::place(form, options, errors, map),
        WriteStep::Who => who::who(form, options, errors),
        WriteStep::Photos => view! {
            {photos::photos(form, photos, limits, errors)}
            {(limits.video_bytes_max > 0).then(|| video::video(form.video.as_ref(), video, limits, errors))}
        }
        .into_any(),
        WriteStep::More => questions::more(form, options, errors),
        WriteStep::Check | WriteStep::Done => check::check(form, options, photos),
        WriteStep::Phone => view! {
            <h1 class="question" tabindex="-1">
                {words::PHONE_Q}
            </h1>
            <p class="lead">{if form.extra.is_helping() { guidance_words::HELPER_PHONE_WHY } else { words::PHONE_WHY }}</p>
            {phone_fields(&asked.phone, errors, words::SUBMIT)}
            {by_wechat(asked.plain)}
        }
        .into_any(),
    };
    let next = match step {
        WriteStep::Phone => ().into_any(),
        WriteStep::Check if asked.logged_in => button("submit", words::SUBMIT),
        WriteStep::Check => button("next", words::CHECK_GO),
        _ => button("next", words::CONTINUE),
    };
    // Before the buttons where nothing is typed: Enter in a text field presses the first button of a form.
    let (above, beside) = if step == WriteStep::Check {
        (beside, None)
    } else {
        (None, beside)
    };
    // Said where the letter is handed in; it is no question, and nothing is agreed to by it.
    let processing = matches!(step, WriteStep::Check | WriteStep::Phone).then(|| {
        view! {
            <p class="form__note">
                {guidance_words::PROCESSING} " " <a href="/privacy" rel="external">{guidance_words::PROCESSING_LINK}</a>
            </p>
        }
    });
    let question = view! {
        {question}
        {above}
    };
    // After the button that goes on: Enter in a text field presses the first button of a form.
    let back = view! {
        <button class="link form__back" type="submit" name="do" value="back" formnovalidate=true>
            {words::BACK}
        </button>
    };
    let below = view! {
        {beside}
        {processing}
    };
    frame(asked, question.into_any(), next, back.into_any(), below.into_any())
}

/// The form around a question: what is wrong above it, its buttons below it.
fn frame(asked: Asked, question: AnyView, next: AnyView, back: AnyView, below: AnyView) -> AnyView {
    let Asked {
        step,
        form,
        errors,
        logged_in,
        saved,
        restricted,
        ..
    } = asked;
    let of = if logged_in { 6 } else { 7 };
    // Whoever joins a matter is asked nothing more anyway.
    let quick = (matches!(step, WriteStep::What | WriteStep::Where) && !form.extra.joins()).then(|| {
        view! {
            <button class="button button--second" type="submit" name="do" value="quick">
                {guidance_words::QUICK}
            </button>
        }
    });
    let saved = saved
        .map(|saved| view! { <p class="form__saved" role="status">{live(move || Node::Text(saved().to_owned()))}</p> });
    view! {
        <div class="write">
            {error_summary(&errors, IDS)}
            {restricted_notice(restricted.filter(|_| step == WriteStep::What))}
            <p class="write__step">{words::step(step.number(), of)}</p>
            <form
                class="form"
                id="write"
                method="post"
                action="/write"
                enctype="multipart/form-data"
                novalidate=true
                data-step=step.code()
            >
                {hidden::hidden(&form, step)}
                {question}
                <div class="form__go">{next} {quick} {back}</div>
                {saved}
            </form>
            {below}
        </div>
    }
    .into_any()
}

/// Logging in by the platform, where the page says that it is offered. The app keeps the letter by itself.
fn by_wechat(plain: bool) -> AnyView {
    let way = if plain {
        view! {
            <button class="button button--second" type="submit" name="do" value="wechat" formnovalidate=true>
                {wechat::LOGIN}
            </button>
        }
        .into_any()
    } else {
        view! {
            <a class="button button--second" href="/auth/wechat?back=/write%3Fstep%3Dcheck" rel="external">{wechat::LOGIN}</a>
        }
        .into_any()
    };
    view! { <p class="login-wechat" hidden=true>{way}</p> }.into_any()
}

fn button(value: &'static str, words: &'static str) -> AnyView {
    view! {
        <button class="button" type="submit" name="do" value=value>
            {words}
        </button>
    }
    .into_any()
}
