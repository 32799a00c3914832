//! A letter that waits while its writer logs in by a platform, without scripts: kept whole, sealed, for a quarter of an hour.

use super::again::WHO;
use super::frame::APP_AT;
use super::mine::see_other;
use super::posted::Posted;
use super::problem::PageResult;
use super::visit::Visit;
use super::write::{Draft, draw};
use crate::actions::letter_drafts::{self, PostedForm};
use crate::state::AppState;
use axum::response::{IntoResponse, Redirect};
use liaison_web::components::Errors;
use liaison_web::views::form::{PhotoItem, WriteStep, draft_id};
use std::net::IpAddr;

/// Fields that belong to the page they were typed on.
const LEFT: &[&str] = &[
    "csrf",
    WHO,
    "do",
    "step",
    "phone",
    "code",
    "challenge",
    "changing",
    "once",
    APP_AT,
];

/// Keeps the letter, and leads to the platform.
pub async fn go(state: &AppState, visit: &Visit, ip: IpAddr, posted: &Posted, draft: &Draft) -> PageResult {
    let fields = posted.pairs.iter().filter(|(name, _)| !LEFT.contains(&name.as_str()));
    let of = |item: &PhotoItem| (item.id.clone(), item.token.clone());
    let form = &draft.form;
    let kept = PostedForm {
        fields: fields.cloned().collect(),
        uploads: form
            .photos
            .iter()
            .chain(&form.voice)
            .chain(&form.video)
            .map(of)
            .collect(),
    };
    let cookie = letter_drafts::keep_form(state, &visit.headers, ip, &draft.once, &kept).await?;
    let to = ["/auth/wechat?back=%2Fwrite%3Fkept%3D", &draft.once].concat();
    Ok(see_other(&to, Some(cookie)))
}

/// Back again: everything is there, and can be sent. Too late, the browser's own copy may still have it.
pub async fn back(state: &AppState, visit: &Visit, id: &str) -> PageResult {
    let Some(kept) = letter_drafts::form(state, &visit.headers, id).await? else {
        return Ok(Redirect::to("/write").into_response());
    };
    let mut posted = Posted {
        pairs: kept.fields,
        ..Posted::default()
    };
    // Sent twice, it is one letter.
    posted.pairs.push(("once".to_owned(), id.to_owned()));
    draw(
        state,
        visit,
        Draft::posted(&posted),
        WriteStep::Phone,
        Errors::default(),
    )
    .await
}

/// The letter is filed: what was kept of it goes, by its form and by an app that had begun to go on with it.
pub async fn sent(state: &AppState, visit: &Visit, draft: &Draft) {
    for id in [draft.once.clone(), draft_id(&draft.once)] {
        if let Err(error) = letter_drafts::discard(state, &visit.headers, &id).await {
            tracing::warn!(
                code = error.code(),
                "the form of a letter that was sent stays until its time is over"
            );
        }
    }
}
