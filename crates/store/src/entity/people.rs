//! Accounts, sessions, one-time codes, idempotency keys.

use super::entity;

entity!(account, "account" {
    #[sea_orm(primary_key, auto_increment = false)]
    id: String,
    role: String,
    display_name: String,
    username: Option<String>,
    password_hash: Option<String>,
    phone_hash: Option<String>,
    phone_masked: Option<String>,
    phone_enc: Option<String>,
    unit_id: Option<String>,
    station_id: Option<String>,
    deputy_id: Option<String>,
    note: Option<String>,
    active: bool,
    created_at: i64,
});

entity!(session, "session" {
    #[sea_orm(primary_key, auto_increment = false)]
    token_hash: String,
    account_id: Option<String>,
    created_at: i64,
    seen_at: i64,
    idle_until: i64,
    absolute_until: i64,
});

entity!(session_grant, "session_grant" {
    #[sea_orm(primary_key, auto_increment = false)]
    token_hash: String,
    #[sea_orm(primary_key, auto_increment = false)]
    message_id: String,
    granted_at: i64,
});

entity!(otp_challenge, "otp_challenge" {
    #[sea_orm(primary_key, auto_increment = false)]
    id: String,
    phone_hash: String,
    phone_masked: String,
    phone_enc: Option<String>,
    code_hash: String,
    attempts: i64,
    created_at: i64,
    expires_at: i64,
    used_at: Option<i64>,
});

entity!(idempotency_key, "idempotency_key" {
    #[sea_orm(primary_key, auto_increment = false)]
    scope: String,
    #[sea_orm(primary_key, auto_increment = false)]
    key_hash: String,
    body_hash: String,
    status: Option<i64>,
    response: Option<String>,
    lease_until: i64,
    created_at: i64,
});
