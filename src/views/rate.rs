//! Rating an answer.

use super::form::RatingForm;
use crate::components::{
    AnswerCard, CheckRow, Choice, Errors, RadioCards, RadioFaces, TextArea, error_line, error_summary, icon, notice,
    page_head, paragraphs, pictures,
};
use crate::i18n::dates;
use crate::i18n::zh::{case, home, rate as words};
use crate::markup::view;
use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::dto::{RATING_REASONS, SurveyResult, SurveyView};
use liaison_domain::lifecycle::CaseState;

/// Three dimensions, solved or not, reasons, words. Posts to `/rate/TOKEN`.
/// The letter and the answer stand above, so that nobody rates from memory.
#[component]
pub fn RateView(
    data: SurveyView,
    token: String,
    form: RatingForm,
    #[prop(optional)] errors: Errors,
    now: Millis,
) -> AnyView {
    let terms = &data.terms;
    // Nothing but "still not solved" is open any more.
    let reopens = terms.rate_until.is_none() && terms.change_until.is_none();
    if reopens && terms.reopen_until.is_none() {
        return view! {
            {page_head(words::CLOSED.into(), "")}
            <p>{data.title.clone()}</p>
            <AnswerCard answer=data.answer now=now />
        }
        .into_any();
    }
    let mut form = form;
    // A first rating begins empty, a change with what was chosen before; "still not solved" says so itself.
    if form.attitude == 0 && form.solved.is_empty() {
        match &data.rated {
            _ if reopens => "no".clone_into(&mut form.solved),
            Some(rated) => form = RatingForm::of(rated),
            None => {}
        }
    }
    let (title, lead) = if reopens {
        (words::REOPEN, words::REOPEN_LEAD)
    } else if terms.change_until.is_some() {
        (case::CHANGE, words::LEAD)
    } else {
        (words::TITLE, words::LEAD)
    };
    let solved = words::SOLVED_CHOICES
        .iter()
        .map(|(code, words)| Choice::new(*code, *words, ""))
        .collect();
    let reasons = RATING_REASONS
        .iter()
        .enumerate()
        .map(|(n, (code, words))| {
            let id = if n == 0 { "reasons".to_owned() } else { format!("reasons-{n}") };
            let checked = form.reasons.iter().any(|reason| reason == code);
            view! { <CheckRow name="reasons" id=id value=(*code).to_owned() words=(*words).to_owned() checked=checked /> }
                .into_any()
        })
        .collect_view();
    let again = (terms.change_until.is_some()).then(|| {
        let disputed = data.state == CaseState::Disputed;
        notice(
            "info",
            (if disputed { words::AGAIN_DISPUTED } else { words::AGAIN }).into(),
        )
    });
    let missing = errors.words("reasons");
    let (class, described) = if missing.is_some() {
        ("choices field field--error", "reasons-hint reasons-error")
    } else {
        ("choices field", "reasons-hint")
    };
    view! {
        {error_summary(&errors, &[])}
        {page_head(title.into(), lead)}
        <p class="count">{words::open_until(&dates::long_date(data.open_until, now))}</p>
        {again}
        <div class="columns">
            <div class="columns__side">
                <details class="fold">
                    <summary>{format!("{}：{}", words::CASE, data.title)}</summary>
                    {paragraphs(&data.body)}
                    {data.place.clone().map(|place| view! { <p>{place}</p> })}
                    {pictures(&data.pictures)}
                </details>
                <AnswerCard answer=data.answer now=now />
            </div>
            <form class="form columns__main" method="post" action=format!("/rate/{token}") novalidate=true>
                <RadioFaces name="attitude" legend=words::ATTITUDE value=form.attitude error=errors.words("attitude") />
                <RadioFaces name="process" legend=words::PROCESS value=form.process error=errors.words("process") />
                <RadioFaces name="result" legend=words::RESULT value=form.result error=errors.words("result") />
                <RadioCards
                    name="solved"
                    legend=words::SOLVED
                    choices=solved
                    value=form.solved.clone()
                    error=errors.words("solved")
                    inline=true
                />
                <fieldset class=class aria-describedby=described>
                    <legend class="choices__legend field__label">{words::REASONS}</legend>
                    <p class="field__hint" id="reasons-hint">
                        {words::REASONS_HINT}
                    </p>
                    {error_line("reasons", missing.as_ref())}
                    <div class="choices__cards choices__cards--inline">{reasons}</div>
                </fieldset>
                <TextArea
                    name="text"
                    label=words::TEXT
                    hint=words::TEXT_HINT
                    optional=true
                    rows=3
                    value=form.text.clone()
                    error=errors.words("text")
                />
                <button class="button" type="submit">
                    {words::SEND}
                </button>
            </form>
        </div>
    }
    .into_any()
}

/// Thanks, and what follows.
#[component]
pub fn RateDoneView(result: SurveyResult, now: Millis) -> AnyView {
    let by = result.decide_by.map(|by| dates::long_date(by, now));
    let follows = if result.state == CaseState::Disputed {
        words::disputed(by.as_deref())
    } else {
        words::THANKS_CLOSED.to_owned()
    };
    view! {
        <div class="receipt">
            <h1 class="receipt__title" tabindex="-1">
                {icon("#i-good")}
                {words::THANKS}
            </h1>
            <p>{words::score(result.score)}</p>
        </div>
        <section>
            <h2>{words::NEXT}</h2>
            <p>{follows}</p>
        </section>
        <p class="buttons">
            <a class="button button--second" href=format!("/mine/{}", result.no)>
                {words::SEE_CASE}
            </a>
            <a class="button button--second" href="/">
                {home::TITLE}
            </a>
        </p>
    }
    .into_any()
}
