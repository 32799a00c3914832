//! The administration's lists: days of a year, what a file would do, limits, jobs.

use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::calendar::Date;
use liaison_domain::dto::{CalendarDay, CalendarImportResult, JobRow, LimitSetting};

use crate::components::{icon, tone_chip};
use crate::i18n::{dates, desk::admin as words};
use crate::markup::view;

/// 「休」 or 「班」, never by colour alone.
fn kind_chip(is_workday: bool) -> AnyView {
    if is_workday {
        tone_chip("warn", "#i-clock", words::WORKED).into_any()
    } else {
        tone_chip("good", "#i-good", words::OFF).into_any()
    }
}

/// The days of a year by month. With `may_change` each has a button `do=remove:DATE`.
pub fn calendar_days(days: &[CalendarDay], may_change: bool, now: Millis) -> AnyView {
    let month_of = |day: &CalendarDay| Date::parse(&day.date).map_or(0, |date| date.month);
    let months = days.chunk_by(|one, next| month_of(one) == month_of(next));
    let one = |day: &CalendarDay| {
        let said = dates::spoken_day(&day.date, now);
        let remove = may_change.then(|| {
            view! {
                <button type="submit" class="button button--quiet" name="do" value=["remove:", &day.date].concat()
                    aria-label=words::remove_day(&said, &day.name)>{words::REMOVE}</button>
            }
        });
        view! {
            <li class="special-day">
                {kind_chip(day.is_workday)}
                <time class="special-day__date" datetime=day.date.clone()>{said.clone()}</time>
                <span class="special-day__name">{day.name.clone()}</span>
                {remove}
            </li>
        }
        .into_any()
    };
    let month = |days: &[CalendarDay]| {
        let number = days.first().map_or(0, month_of);
        view! {
            <section class="admin__month">
                <h3>{words::month(number)}</h3>
                <ul class="rows">{days.iter().map(one).collect_view()}</ul>
            </section>
        }
        .into_any()
    };
    view! { <div class="admin__months">{months.map(month).collect_view()}</div> }.into_any()
}

/// What a file would do, line by line.
pub fn import_preview(result: &CalendarImportResult, now: Millis) -> AnyView {
    let wrong = |error: &liaison_domain::dto::CalendarImportError| {
        let text = (!error.text.is_empty()).then(|| view! { <q class="import__text">{error.text.clone()}</q> });
        view! {
            <li class="import__wrong">
                {icon("#i-warn")}
                <b>{words::line(error.line)}</b>
                <span>{words::import_problem(&error.code)}</span>
                {text}
            </li>
        }
        .into_any()
    };
    let errors = (!result.errors.is_empty()).then(|| {
        view! {
            <h4>{words::IMPORT_WRONG}</h4>
            <ul class="rows">{result.errors.iter().map(wrong).collect_view()}</ul>
        }
    });
    let row = |row: &liaison_domain::dto::CalendarImportRow| {
        view! {
            <li class="special-day">
                {kind_chip(row.is_workday)}
                <time class="special-day__date" datetime=row.date.clone()>{dates::spoken_day(&row.date, now)}</time>
                <span class="special-day__name">{row.name.clone()}</span>
                <span class="special-day__change">{words::change(&row.change)}</span>
            </li>
        }
        .into_any()
    };
    view! {
        <div class="import" id="import-preview" tabindex="-1">
            <p>{words::import_summary(result)}</p>
            {errors}
            <ul class="rows">{result.rows.iter().map(row).collect_view()}</ul>
        </div>
    }
    .into_any()
}

fn fact(label: &'static str, value: String) -> AnyView {
    view! { <div class="fact"><dt>{label}</dt><dd>{value}</dd></div> }.into_any()
}

/// What is known about a limit.
pub fn limit_facts(setting: &LimitSetting, now: Millis) -> AnyView {
    let by = |at: Millis, who: Option<&String>| {
        [dates::date(at, now).as_str(), " ", who.map_or("", String::as_str)].concat()
    };
    let configured = (setting.configured != setting.default)
        .then(|| fact(words::LIMIT_CONFIGURED, words::value(&setting.configured)));
    let changed = setting
        .changed_at
        .map(|at| fact(words::LIMIT_CHANGED, by(at, setting.changed_by.as_ref())));
    let categories = (!setting.categories.is_empty()).then(|| {
        let one = |own: &liaison_domain::dto::LimitOfCategory| {
            view! {
                <li>
                    <b>{own.category_name.clone()}</b> " " {words::value(&own.value)} " "
                    <span class="limit__quiet">{by(own.changed_at, own.changed_by.as_ref())}</span>
                </li>
            }
            .into_any()
        };
        view! {
            <p class="limit__quiet">{words::LIMIT_CATEGORIES}</p>
            <ul class="limit__categories">{setting.categories.iter().map(one).collect_view()}</ul>
        }
    });
    let own = setting.own.then(|| tone_chip("quiet", "#i-info", words::LIMIT_OWN));
    view! {
        <p class="limit__value"><b>{words::value(&setting.effective)}</b> {own}</p>
        <dl class="limit__facts">
            {fact(words::LIMIT_DEFAULT, words::value(&setting.default))}
            {fact(words::LIMIT_ORIGIN, setting.origin.clone())}
            {configured}
            {changed}
        </dl>
        {categories}
    }
    .into_any()
}

/// The jobs, a row each.
pub fn job_list(jobs: &[JobRow], now: Millis) -> AnyView {
    let one = |job: &JobRow| {
        let (name, what) = words::job(&job.name);
        let chip = match (job.running, &job.last_error) {
            (true, _) => tone_chip("quiet", "#i-clock", words::JOB_RUNNING),
            (false, Some(_)) => tone_chip("bad", "#i-warn", words::JOB_FAILED),
            (false, None) if job.runs == 0 => tone_chip("quiet", "#i-info", words::JOB_NEVER),
            (false, None) => tone_chip("good", "#i-good", words::JOB_WELL),
        };
        let moment = |label: &'static str, at: Option<Millis>| at.map(|at| fact(label, dates::date_time(at, now)));
        let error = job
            .last_error
            .clone()
            .map(|text| view! { <p class="job__error">{icon("#i-warn")} {text}</p> });
        view! {
            <li class="job">
                <h2 class="job__name">{name} {chip}</h2>
                <p class="limit__quiet">{what}</p>
                {error}
                <dl class="limit__facts">
                    {moment(words::JOB_NEXT, Some(job.next_at))}
                    {moment(words::JOB_BEGUN, job.last_begun_at)}
                    {moment(words::JOB_LAST, job.last_done_at)}
                    {fact(words::JOB_RUNS, words::runs(job.runs))}
                </dl>
            </li>
        }
        .into_any()
    };
    view! { <ul class="rows">{jobs.iter().map(one).collect_view()}</ul> }.into_any()
}
