//! 代为填写: somebody fills in for the author, who agreed to it. Kept beside the letter, and told to the station.

use liaison_domain::dto::Helper;
use liaison_domain::lifecycle::{FiledVia, OnBehalf};
use liaison_domain::numbers::{mask_phone, normalise_phone};
use liaison_web::i18n::zh::guidance as words;

/// What is kept of a helper: as they wrote it, the number only as far as everybody's number is shown.
pub fn kept(helper: Option<&Helper>) -> Option<Helper> {
    helper.map(|helper| Helper {
        name: helper.name.trim().to_owned(),
        relation: helper.relation.trim().to_owned(),
        phone: helper
            .phone
            .as_deref()
            .and_then(normalise_phone)
            .map(|phone| mask_phone(&phone)),
        consent: helper.consent,
    })
}

/// What the log says of it: that somebody helped and how the author agreed. Who it was stands beside the letter.
pub fn on_behalf(helper: &Helper) -> OnBehalf {
    OnBehalf {
        via: FiledVia::Helper,
        consent: words::consented(helper.consent).to_owned(),
    }
}
