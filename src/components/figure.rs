use crate::i18n::zh;
use crate::markup::view;
use leptos::prelude::*;
use liaison_domain::dto::Figures;

/// One number: what it is, the value, its base.
pub type FigureStrip = Vec<(&'static str, String, String)>;

/// The district's figures, each with its base; rates only from five on.
pub fn figures(data: &Figures) -> AnyView {
    let mut strip: FigureStrip = vec![
        (
            zh::home::FIG_ACCEPTED,
            zh::home::cases(data.accepted),
            zh::home::BASE_ACCEPTED.to_owned(),
        ),
        (
            zh::home::FIG_ANSWERED,
            zh::home::percent(f64::from(data.answered), data.answer_due),
            zh::home::base_answered(data.answer_due, data.answered),
        ),
        (
            zh::home::FIG_SATISFIED,
            zh::home::percent(f64::from(data.satisfied), data.rated),
            zh::home::base_rated(data.rated),
        ),
        (
            zh::home::FIG_SOLVED,
            zh::home::percent(data.solved, data.solved_asked),
            zh::home::base_solved(data.solved_asked),
        ),
    ];
    if let Some(median) = data.median_days {
        strip.push((
            zh::home::FIG_DAYS,
            zh::home::days(median),
            zh::home::BASE_DAYS.to_owned(),
        ));
    }
    let items = strip
        .into_iter()
        .map(|(what, value, base)| {
            view! {
                <div class="figures__one">
                    <dt>{what}</dt>
                    <dd class="figures__value">{value}</dd>
                    <dd class="figures__base">{base}</dd>
                </div>
            }
            .into_any()
        })
        .collect_view();
    let formulas = zh::home::FIGURES_FORMULAS
        .iter()
        .map(|(what, how)| view! { <dt>{*what}</dt><dd>{*how}</dd> }.into_any())
        .collect_view();
    view! {
        <dl class="figures">{items}</dl>
        <details class="how">
            <summary>{zh::home::FIGURES_HOW}</summary>
            <dl>{formulas}</dl>
        </details>
    }
    .into_any()
}
