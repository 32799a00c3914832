//! What a half-filled form holds between two renderings: the typed answers and what is wrong with them.
//!
//! The same structs carry a plain HTML form from step to step on the server and a draft in the browser.

use liaison_domain::dto::{Category, FieldError, NewLetter, StationCard, WriteOptions};
use liaison_domain::form::{guess_category, guess_kind};
use liaison_domain::lifecycle::{LetterKind, NameShown, Rating};

pub use super::form_extra::{FormExtra, HELPER_FIELDS};

/// The questions of a letter, in order. The address bar shows them as `/write?step=…`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WriteStep {
    /// What happened.
    What,
    /// Where.
    Where,
    /// To whom.
    Who,
    /// Photos.
    Photos,
    /// Kind, category, who may see it.
    More,
    /// Everything once more.
    Check,
    /// Phone and code.
    Phone,
    /// The receipt.
    Done,
}

impl WriteStep {
    /// Every step, in order.
    pub const ALL: &'static [Self] = &[
        Self::What,
        Self::Where,
        Self::Who,
        Self::Photos,
        Self::More,
        Self::Check,
        Self::Phone,
        Self::Done,
    ];

    /// As it stands in `?step=`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::What => "what",
            Self::Where => "where",
            Self::Who => "who",
            Self::Photos => "photos",
            Self::More => "more",
            Self::Check => "check",
            Self::Phone => "phone",
            Self::Done => "done",
        }
    }

    /// The step of a code; unknown codes start at the beginning.
    pub fn from_code(code: &str) -> Self {
        Self::ALL
            .iter()
            .copied()
            .find(|step| step.code() == code)
            .unwrap_or(Self::What)
    }

    /// Its place in the address bar.
    pub fn address(self) -> String {
        if self == Self::What {
            "/write".to_owned()
        } else {
            ["/write?step=", self.code()].concat()
        }
    }

    /// The step that follows.
    #[must_use]
    pub fn next(self) -> Self {
        let at = self as usize + 1;
        Self::ALL.get(at).copied().unwrap_or(Self::Done)
    }

    /// The step before; none before the first and after the last.
    pub fn back(self) -> Option<Self> {
        match self {
            Self::What | Self::Done => None,
            _ => Self::ALL.get(self as usize - 1).copied(),
        }
    }

    /// 1–7, for 「第 2 步，共 7 步」.
    pub fn number(self) -> usize {
        self as usize + 1
    }
}

/// A letter being written. Empty text means "not answered yet".
#[derive(Clone, Debug, PartialEq)]
pub struct LetterForm {
    /// What happened.
    pub body: String,
    /// Optional; the first sentence stands in.
    pub title: String,
    /// None until guessed or chosen.
    pub kind: Option<LetterKind>,
    /// Category slug.
    pub category: String,
    /// The resident chose or confirmed kind and category; otherwise they are guesses.
    pub category_by_resident: bool,
    /// Area code.
    pub area: String,
    /// Where exactly, in the resident's words.
    pub place: String,
    /// Deputy slug; empty for "the station decides".
    pub deputy: String,
    /// Station slug.
    pub station: String,
    /// What the resident wants to be called.
    pub name: String,
    /// To whom the name is shown.
    pub name_shown: NameShown,
    /// None until answered: the default depends on the kind.
    pub consent: Option<bool>,
    /// Uploads and those on their way, in the order to show.
    pub photos: Vec<PhotoItem>,
    /// A recorded voice, uploaded or on its way.
    pub voice: Option<PhotoItem>,
    /// A video, uploaded or on its way.
    pub video: Option<PhotoItem>,
    /// As typed.
    pub phone: String,
    /// The code typed from the text message.
    pub code: String,
    /// What it brings along besides its words.
    pub extra: FormExtra,
}

impl Default for LetterForm {
    fn default() -> Self {
        Self {
            body: String::new(),
            title: String::new(),
            kind: None,
            category: String::new(),
            category_by_resident: false,
            area: String::new(),
            place: String::new(),
            deputy: String::new(),
            station: String::new(),
            name: String::new(),
            name_shown: NameShown::Hidden,
            consent: None,
            photos: Vec::new(),
            voice: None,
            video: None,
            phone: String::new(),
            code: String::new(),
            extra: FormExtra::default(),
        }
    }
}

impl LetterForm {
    /// Whether a redacted copy may be published: the answer, or before it the default of the kind —
    /// off for complaints, which may be about persons, on for everything else.
    pub fn consents(&self) -> bool {
        self.consent.unwrap_or(self.kind != Some(LetterKind::Complaint))
    }
}

/// A picture, recording or video of the letter, uploaded or on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhotoItem {
    /// Key within this page; names its buttons.
    pub key: String,
    /// Upload id, once uploaded.
    pub id: String,
    /// The upload's secret, once uploaded.
    pub token: String,
    /// The file's own name, or empty.
    pub name: String,
    /// Address of a small copy to show, or of what is to be played: the server's, or a local blob's.
    pub thumb: String,
    /// How far it is.
    pub state: PhotoState,
}

impl PhotoItem {
    /// An upload as a hidden field carries it: `id.token`.
    pub fn carried(&self) -> String {
        format!("{}.{}", self.id, self.token)
    }

    /// Reads what [`Self::carried`] wrote of a picture.
    pub fn from_carried(text: &str) -> Option<Self> {
        let mut item = Self::media_from_carried(text)?;
        item.thumb = format!("/api/v1/files/{}/thumb?token={}", item.id, item.token);
        Some(item)
    }

    /// Reads what [`Self::carried`] wrote of a recording or video.
    pub fn media_from_carried(text: &str) -> Option<Self> {
        let (id, token) = text.split_once('.')?;
        let safe = |part: &str| {
            !part.is_empty()
                && part
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
        };
        (safe(id) && safe(token)).then(|| Self {
            key: id.to_owned(),
            id: id.to_owned(),
            token: token.to_owned(),
            name: String::new(),
            thumb: format!("/api/v1/media/{id}?token={token}"),
            state: PhotoState::Done,
        })
    }
}

/// How far a picture is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhotoState {
    /// In line behind others.
    Waiting,
    /// Per cent sent.
    Sending(u8),
    /// Uploaded.
    Done,
    /// Could not be sent; can be tried again.
    Failed,
    /// Will never be accepted: not a picture, or too big. The code is a field error's.
    Refused(&'static str),
}

impl PhotoState {
    /// Not there yet, and may still come.
    pub const fn is_moving(self) -> bool {
        !matches!(self, Self::Done | Self::Refused(_))
    }
}

/// Where recording stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum VoicePhase {
    /// Nothing is being recorded.
    #[default]
    Quiet,
    /// The browser asks whether it may.
    Asking,
    /// Somebody speaks.
    Recording,
    /// The person or the browser said no.
    Denied,
    /// This browser cannot.
    Impossible,
    /// It was stopped before anything could be heard.
    Silent,
}

/// The recorded voice as the page shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VoiceShown {
    /// Where recording stands.
    pub phase: VoicePhase,
    /// What was recorded.
    pub item: Option<PhotoItem>,
}

impl VoiceShown {
    /// Which recording this is, and where it stands: another text, another recording. How much of it is sent is not in it.
    pub fn recording(&self) -> String {
        let (key, thumb) = self
            .item
            .as_ref()
            .map_or(("", ""), |item| (item.key.as_str(), item.thumb.as_str()));
        let phase = match self.phase {
            VoicePhase::Quiet => "quiet",
            VoicePhase::Asking => "asking",
            VoicePhase::Recording => "recording",
            VoicePhase::Denied => "denied",
            VoicePhase::Impossible => "impossible",
            VoicePhase::Silent => "silent",
        };
        [phase, key, thumb].join(" ")
    }
}

/// A phone number being verified.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PhoneForm {
    /// As typed.
    pub phone: String,
    /// As typed from the text message.
    pub code: String,
    /// Set once a code was sent: then the code is asked for.
    pub challenge: Option<Challenge>,
}

/// A code on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Challenge {
    /// The challenge's id, sent back with the code.
    pub id: String,
    /// 「199****0001」.
    pub phone_masked: String,
    /// Only in the demo: the code itself.
    pub demo_code: Option<String>,
}

/// A rating being given. Zero means not chosen yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RatingForm {
    /// 办理态度, 1–5.
    pub attitude: u8,
    /// 办理过程, 1–5.
    pub process: u8,
    /// 办理成效, 1–5.
    pub result: u8,
    /// A [`liaison_domain::lifecycle::Solved`] code, or empty.
    pub solved: String,
    /// Codes of [`liaison_domain::dto::RATING_REASONS`].
    pub reasons: Vec<String>,
    /// In the resident's own words.
    pub text: String,
}

/// What the district's own station is.
const HEAD_STATION: &str = "代表之家";

/// The station of the chosen area: the one that serves the street.
pub fn station_of_area<'a>(area: &str, options: &'a WriteOptions) -> Option<&'a StationCard> {
    let area = options.areas.iter().find(|candidate| candidate.code == area)?;
    let street = area.parent_id.as_deref();
    options
        .stations
        .iter()
        .find(|s| s.area_id == area.id || Some(s.area_id.as_str()) == street)
}

/// The station that is proposed: that of the area, else the district's own, else the first there is.
pub fn usual_station<'a>(area: &str, options: &'a WriteOptions) -> Option<&'a StationCard> {
    station_of_area(area, options)
        .or_else(|| options.stations.iter().find(|card| card.kind == HEAD_STATION))
        .or_else(|| options.stations.first())
}

/// Id of the draft that the app makes of a letter begun on plain forms, whose key is `once`. Only a part of it: under the whole
/// key the server keeps a form while its writer logs in elsewhere.
pub fn draft_id(once: &str) -> String {
    once.chars().take(32).collect()
}

/// The errors of a form, looked up by field.
pub fn error_of<'a>(errors: &'a [FieldError], field: &str) -> Option<&'a FieldError> {
    errors.iter().find(|error| error.field == field)
}

impl LetterForm {
    /// Kind and category from the words, as long as the resident has not chosen.
    pub fn guess(&mut self, categories: &[Category]) {
        if !self.category_by_resident {
            self.kind = Some(guess_kind(&self.body));
            self.category = guess_category(&self.body, categories).unwrap_or_default().to_owned();
        }
    }

    /// To whom it goes when nothing was chosen.
    pub fn settle_recipient(&mut self, options: &WriteOptions) {
        if self.extra.joins() || !self.deputy.is_empty() || !self.station.is_empty() {
            return;
        }
        if let Some(station) = usual_station(&self.area, options) {
            self.station.clone_from(&station.slug);
        }
    }

    /// The letter as the API takes it. An unanswered kind counts as a call for help, the most common one.
    pub fn letter(&self) -> NewLetter {
        let some = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        NewLetter {
            title: some(&self.title),
            body: self.body.trim().to_owned(),
            kind: self.kind.unwrap_or(LetterKind::Help),
            category: some(&self.category),
            category_by_resident: self.category_by_resident,
            area: some(&self.area),
            place: some(&self.place),
            deputy: some(&self.deputy),
            // A deputy brings the station along.
            station: some(&self.station).filter(|_| self.deputy.trim().is_empty()),
            attachments: self
                .photos
                .iter()
                .filter(|photo| photo.state == PhotoState::Done)
                .map(|photo| photo.id.clone())
                .collect(),
            name: some(&self.name),
            name_shown: self.name_shown,
            consent_publish: self.consents(),
            media: self.media(),
            instead_of: None,
            extra: self.extra.letter(),
        }
    }

    /// Takes over what a submitted form says: names and values as a browser sends them. Photos are left alone
    /// (see [`Self::take_photos`]); what the form does not mention stays as it was.
    pub fn take(&mut self, pairs: &[(String, String)]) {
        for (name, value) in pairs {
            let text = || value.trim().replace("\r\n", "\n");
            match name.as_str() {
                "body" => self.body = text(),
                "title" => self.title = text(),
                "kind" => self.kind = LetterKind::from_code(value),
                "category" => self.category = text(),
                "by_resident" => self.category_by_resident = value == "yes",
                "area" => self.area = text(),
                "place" => self.place = text(),
                "deputy" => self.deputy = text(),
                "station" => self.station = text(),
                "name" => self.name = text(),
                "name_shown" => self.name_shown = NameShown::from_code(value).unwrap_or(NameShown::Hidden),
                "consent" => self.consent = Some(value == "yes"),
                "phone" => self.phone = text(),
                "code" => self.code = text(),
                name => {
                    self.extra.take(name, value);
                }
            }
        }
        // The long list beside the suggestions wins: it was opened on purpose.
        if let Some((_, slug)) = pairs
            .iter()
            .find(|(name, value)| name == "deputy_other" && !value.is_empty())
        {
            self.deputy.clone_from(slug);
        }
    }

    /// Ids of the recording and the video that are uploaded.
    pub fn media(&self) -> Vec<liaison_domain::Id> {
        [&self.voice, &self.video]
            .into_iter()
            .flatten()
            .filter(|item| item.state == PhotoState::Done)
            .map(|item| item.id.clone())
            .collect()
    }

    /// Takes over the uploads that a submitted form carries.
    pub fn take_photos(&mut self, pairs: &[(String, String)]) {
        let carried = |wanted: &str| {
            let mut found = pairs.iter().filter(|(name, _)| name == wanted);
            found.find_map(|(_, value)| PhotoItem::media_from_carried(value))
        };
        self.voice = carried("voice");
        self.video = carried("video");
        self.photos = pairs
            .iter()
            .filter(|(name, _)| name == "photo")
            .filter_map(|(_, value)| PhotoItem::from_carried(value))
            .collect();
    }
}

impl RatingForm {
    /// What was rated, to be changed.
    pub fn of(rating: &Rating) -> Self {
        Self {
            attitude: rating.attitude,
            process: rating.process,
            result: rating.result,
            solved: rating.solved.code().to_owned(),
            reasons: rating.reasons.clone(),
            text: rating.text.clone(),
        }
    }

    /// Reads a submitted form.
    pub fn read(pairs: &[(String, String)]) -> Self {
        let mut form = Self::default();
        let level = |value: &str| value.parse().ok().filter(|n| (1..=5).contains(n)).unwrap_or(0);
        for (name, value) in pairs {
            match name.as_str() {
                "attitude" => form.attitude = level(value),
                "process" => form.process = level(value),
                "result" => form.result = level(value),
                "solved" => form.solved.clone_from(value),
                "reasons" => form.reasons.push(value.clone()),
                "text" => value.trim().clone_into(&mut form.text),
                _ => {}
            }
        }
        form
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(name: &str, value: &str) -> (String, String) {
        (name.to_owned(), value.to_owned())
    }

    #[test]
    fn steps_lead_forth_and_back() {
        assert_eq!(WriteStep::What.next(), WriteStep::Where);
        assert_eq!(WriteStep::Where.back(), Some(WriteStep::What));
        assert_eq!(WriteStep::Done.back(), None);
        for step in WriteStep::ALL {
            assert_eq!(WriteStep::from_code(step.code()), *step);
        }
    }

    #[test]
    fn an_upload_survives_the_way_through_a_hidden_field() {
        let photo = PhotoItem::from_carried("0199-ab.s3cret_x").expect("a carried upload");
        assert_eq!(photo.carried(), "0199-ab.s3cret_x");
        assert_eq!(PhotoItem::from_carried("0199\"><script>.x"), None);
    }

    #[test]
    fn what_a_form_does_not_mention_stays() {
        let mut form = LetterForm {
            place: "三号楼".into(),
            ..LetterForm::default()
        };
        form.take(&[pair("body", " 灯不亮\r\n两周了 "), pair("consent", "no")]);
        assert_eq!(form.body, "灯不亮\n两周了");
        assert_eq!(form.place, "三号楼");
        assert_eq!(form.consent, Some(false));
    }

    #[test]
    fn a_deputy_brings_the_station_along() {
        let form = LetterForm {
            station: "yunfan".into(),
            ..LetterForm::default()
        };
        assert_eq!(form.letter().station.as_deref(), Some("yunfan"));
        let letter = LetterForm {
            deputy: "luzhiyao".into(),
            ..form
        }
        .letter();
        assert_eq!((letter.deputy.as_deref(), letter.station), (Some("luzhiyao"), None));
    }

    #[test]
    fn a_complaint_is_not_public_unless_the_resident_says_so() {
        let complaint = LetterForm {
            kind: Some(LetterKind::Complaint),
            ..LetterForm::default()
        };
        assert!(!complaint.consents());
        assert!(
            LetterForm {
                consent: Some(true),
                ..complaint
            }
            .consents()
        );
        assert!(
            LetterForm {
                kind: Some(LetterKind::Suggestion),
                ..LetterForm::default()
            }
            .consents()
        );
    }
}
