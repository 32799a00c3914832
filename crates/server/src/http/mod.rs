//! What is the same for every request: its id, its headers, its log line, who asks and from where.

pub mod client_ip;
pub mod csrf;
pub mod etag;
pub mod headers;
pub mod idempotency;
pub mod json;
pub mod kept;
pub mod log;
pub mod outermost;
pub mod params;
pub mod range;
pub mod rate;
pub mod request_id;
