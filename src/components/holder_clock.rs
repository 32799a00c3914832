use crate::components::icon;
use crate::i18n::{dates, zh};
use crate::markup::view;
use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::dto::{ElapsedPart, HolderView, NextStepView};
use liaison_domain::lifecycle::HolderKind;

/// 「区住建局」 or, where no name is known, 「联络站」.
pub fn holder_name(kind: HolderKind, name: Option<&String>) -> String {
    name.cloned().unwrap_or_else(|| zh::case::holder(kind).to_owned())
}

/// Who has the ball: who · since · due · next.
#[component]
pub fn HolderClock(
    holder: HolderView,
    /// What comes next; none on lists and where nothing follows.
    #[prop(optional_no_strip)]
    next: Option<NextStepView>,
    now: Millis,
) -> AnyView {
    let since = view! {
        <div>
            <dt>{zh::case::CLOCK_SINCE}</dt>
            <dd>
                <time datetime=dates::iso(holder.since)>{dates::spoken(holder.since, now)}</time>
            </dd>
        </div>
    };
    let due = if holder.kind == HolderKind::Nobody {
        ().into_any()
    } else {
        let (class, words) = match holder.due {
            _ if holder.paused => ("clock__due", zh::case::CLOCK_PAUSED.into_any()),
            Some(due) if due < now => ("clock__due clock__due--late", due_words(due, now)),
            Some(due) => ("clock__due", due_words(due, now)),
            None => ("clock__due", zh::case::CLOCK_NO_DUE.into_any()),
        };
        view! {
            <div>
                <dt>{zh::case::CLOCK_DUE}</dt>
                <dd class=class>{words}</dd>
            </div>
        }
        .into_any()
    };
    let next = next.map(|next| {
        let by = next
            .by
            .map(|by| view! { <span class="whole">{zh::case::before(&dates::long_date(by, now))}</span> });
        view! {
            <div>
                <dt>{zh::case::CLOCK_NEXT}</dt>
                <dd>{zh::case::next(&next.code)} {by}</dd>
            </div>
        }
    });
    view! {
        <section class="clock" aria-labelledby="clock-title">
            <h2 class="clock__title" id="clock-title">
                {icon("#i-clock")}
                {zh::case::CLOCK}
            </h2>
            <p class="clock__who">{holder_name(holder.kind, holder.name.as_ref())}</p>
            <dl class="clock__facts">{since} {due} {next}</dl>
        </section>
    }
    .into_any()
}

fn due_words(due: Millis, now: Millis) -> AnyView {
    view! {
        {dates::long_date(due, now)}
        <span class="whole">{zh::case::far(&dates::due_in(due, now))}</span>
    }
    .into_any()
}

/// The elapsed time split by holder: one sentence, and bars of the same length scale. Of a letter that has only just
/// arrived there is nothing to tell.
pub fn elapsed_parts(parts: &[ElapsedPart]) -> AnyView {
    if parts.len() < 2 && parts.iter().all(|part| part.held < dates::HOUR) {
        return ().into_any();
    }
    let longest = parts.iter().map(|part| part.held).max().unwrap_or(1).max(1);
    let mut words = Vec::new();
    let mut items = Vec::new();
    for part in parts {
        let (who, span) = (holder_name(part.kind, part.name.as_ref()), dates::span(part.held));
        words.push([who.as_str(), &span].concat());
        items.push(
            view! {
                <li class="elapsed__one">
                    <span class="elapsed__who">{who}</span>
                    <meter class="elapsed__bar" min="0" max=longest.to_string() value=part.held.to_string()></meter>
                    <span class="elapsed__span">{span}</span>
                </li>
            }
            .into_any(),
        );
    }
    let all = dates::span(parts.iter().map(|part| part.held).sum());
    let sentence = [zh::case::ELAPSED_IN_ALL, &all, "：", &words.join("，"), "。"].concat();
    view! {
        <section class="elapsed" aria-labelledby="elapsed-title">
            <h2 id="elapsed-title">{zh::case::ELAPSED}</h2>
            <p>{sentence}</p>
            <ul class="elapsed__list" aria-hidden="true">
                {items}
            </ul>
        </section>
    }
    .into_any()
}
