//! Letters, their log, and what is derived from it.

use super::entity;

entity!(message, "message" {
    #[sea_orm(primary_key, auto_increment = false)]
    id: String,
    no: String,
    query_code_hash: String,
    kind: String,
    title: String,
    body: String,
    station_id: String,
    deputy_id: Option<String>,
    addressed_deputy_id: Option<String>,
    area_id: Option<String>,
    category_id: Option<String>,
    category_guessed: bool,
    place: Option<String>,
    state: String,
    holder_kind: String,
    holder_id: Option<String>,
    holder_since: i64,
    holder_due: Option<i64>,
    due_at: Option<i64>,
    sort_due: i64,
    paused: bool,
    urgency: String,
    round: i64,
    supervised: bool,
    appealed: bool,
    in_return: bool,
    publication: String,
    to_publish: bool,
    submitted_at: i64,
    accepted_at: Option<i64>,
    updated_at: i64,
    first_answered_at: Option<i64>,
    answered_at: Option<i64>,
    closed_at: Option<i64>,
    outcome: Option<String>,
    promise_date: Option<String>,
    wake_at: Option<i64>,
    submitter_account_id: Option<String>,
    name: Option<String>,
    name_shown: String,
    consent_publish: bool,
    merged_into: Option<String>,
    part_of: Option<String>,
    pictures: i64,
    version: i64,
    last_hash: String,
    snapshot: String,
    search_terms: String,
});

entity!(message_event, "message_event" {
    #[sea_orm(primary_key, auto_increment = false)]
    message_id: String,
    #[sea_orm(primary_key, auto_increment = false)]
    seq: i64,
    at: i64,
    actor_account_id: Option<String>,
    actor_role: String,
    #[sea_orm(column_name = "type")]
    kind: String,
    from_state: Option<String>,
    to_state: String,
    visibility: String,
    data: String,
    prev_hash: String,
    hash: String,
});

entity!(assignment, "assignment" {
    #[sea_orm(primary_key, auto_increment = false)]
    id: String,
    message_id: String,
    unit_id: String,
    role: String,
    round: i64,
    state: String,
    dispatched_at: i64,
    sign_due: i64,
    due_at: i64,
    sort_due: i64,
    tracking: bool,
    draft_reply: Option<String>,
    draft_saved_at: Option<i64>,
});

entity!(reply, "reply" {
    #[sea_orm(primary_key, auto_increment = false)]
    id: String,
    message_id: String,
    seq: i64,
    round: i64,
    released_at: i64,
    by_kind: String,
    by_id: Option<String>,
    forwarded_by: Option<String>,
    words: Option<String>,
    text: String,
});

entity!(survey, "survey" {
    #[sea_orm(primary_key, auto_increment = false)]
    token: String,
    message_id: String,
    reply_id: String,
    opened_at: i64,
    open_until: Option<i64>,
    rated_at: Option<i64>,
    rating: Option<String>,
    score: Option<i64>,
    attitude: Option<i64>,
    process: Option<i64>,
    result: Option<i64>,
    solved: Option<String>,
});

entity!(upload, "upload" {
    #[sea_orm(primary_key, auto_increment = false)]
    id: String,
    token_hash: String,
    message_id: Option<String>,
    position: i64,
    mime: String,
    bytes: i64,
    width: i64,
    height: i64,
    sha256: String,
    alt: String,
    created_at: i64,
});

entity!(publication, "publication" {
    #[sea_orm(primary_key, auto_increment = false)]
    message_id: String,
    no: String,
    kind: String,
    title: String,
    body: String,
    answers: String,
    pictures: String,
    author_name: Option<String>,
    category_id: Option<String>,
    area_id: Option<String>,
    station_id: String,
    deputy_id: Option<String>,
    unit_id: Option<String>,
    state: String,
    outcome: Option<String>,
    promise_date: Option<String>,
    timeline: String,
    submitted_at: i64,
    answered_at: Option<i64>,
    published_at: i64,
    hidden: bool,
    hidden_reason: Option<String>,
    search_terms: String,
});
