//! What a plain form posts: names and values, and pictures, which are cleaned and kept one by one.

use super::again::{self, Typed};
use super::visit::Visit;
use crate::actions::{media, picture, video};
use crate::auth::owner;
use crate::auth::phone::Phone;
use crate::auth::secret;
use crate::http::csrf;
use crate::load::directory;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use axum::body::Bytes;
use axum::extract::multipart::{Field, Multipart};
use axum::extract::{FromRequest, Request};
use axum::http::header;
use liaison_domain::dto::{FieldError, MediaUpload, Upload, VIDEO_PIECE};
use liaison_web::views::form::{Challenge, PhoneForm, PhotoItem, PhotoState};

/// Longest text of one field, in bytes. Limits in characters are the form's own, told in words.
const LONGEST: usize = 64 * 1024;
/// Largest table, in bytes.
const SHEET: u64 = crate::actions::ledger_import::BYTES as u64;
/// Largest map, in bytes.
const OUTLINES: u64 = liaison_domain::outlines::BYTES as u64;
/// A form of ours has fewer fields.
const MOST: usize = 120;

/// A form that was posted from one of our own pages.
#[derive(Debug, Default)]
pub struct Posted {
    pub pairs: Vec<(String, String)>,
    pub uploads: Vec<Upload>,
    /// A recording and a video that were chosen on a letter's form.
    pub voice: Option<MediaUpload>,
    pub video: Option<MediaUpload>,
    /// Pictures that could not be kept: `attachments.N`, counted as they came.
    pub wrong: Vec<FieldError>,
    /// A table or a map: the file's name and its bytes, which are not there when they are too many.
    pub sheet: Option<(String, Option<Bytes>)>,
}

impl Posted {
    /// Reads a form, and refuses it unless it came from a page of ours, drawn for whoever is logged in now.
    pub async fn read(state: &AppState, visit: &Visit, request: Request) -> ApiResult<Self> {
        if let Some(typed) = request.extensions().get::<Typed>() {
            return Ok(Self::typed_before(typed));
        }
        let posted = Self::read_body(state, visit, request).await?;
        visit.late.note(&posted);
        let account = visit.viewer.account.as_ref();
        let is_others = account.is_some_and(|account| owner::is_others(state, account, posted.get(again::WHO)));
        if is_others && posted.wish().0 != "logout" {
            return Err(ApiError::Unauthenticated);
        }
        Ok(posted)
    }

    /// What was typed before the login, without its files: they have to be chosen again.
    fn typed_before(typed: &Typed) -> Self {
        let lost = FieldError {
            field: "attachments".to_owned(),
            code: "again".to_owned(),
            limit: None,
        };
        Self {
            pairs: typed.pairs.clone(),
            wrong: typed.files.then_some(lost).into_iter().collect(),
            ..Self::default()
        }
    }

    async fn read_body(state: &AppState, visit: &Visit, request: Request) -> ApiResult<Self> {
        let kind = request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|v| v.to_str().ok())
            .unwrap_or_default();
        if kind.starts_with("multipart/form-data") {
            return Self::read_parts(state, visit, request).await;
        }
        let axum::Form(pairs) = axum::Form::<Vec<(String, String)>>::from_request(request, state)
            .await
            .map_err(|_| unreadable())?;
        let posted = Self {
            pairs,
            ..Self::default()
        };
        csrf::check_form(state, &visit.headers, posted.get("csrf"))?;
        Ok(posted)
    }

    async fn read_parts(state: &AppState, visit: &Visit, request: Request) -> ApiResult<Self> {
        let mut parts = Multipart::from_request(request, state)
            .await
            .map_err(|_| unreadable())?;
        let mut posted = Self::default();
        let mut trusted = false;
        let mut files = 0;
        while let Some(field) = parts.next_field().await.map_err(|_| unreadable())? {
            let name = field.name().unwrap_or_default().to_owned();
            // The token is the form's first field: nothing is kept before it was seen.
            if !trusted && name != "csrf" {
                csrf::check_form(state, &visit.headers, "")?;
            }
            if name == "file" {
                if field.file_name().is_none_or(str::is_empty) {
                    continue;
                }
                posted.picture(state, field, files).await?;
                files += 1;
                continue;
            }
            if matches!(name.as_str(), "voice_file" | "video_file") {
                if field.file_name().is_some_and(|name| !name.is_empty()) {
                    posted.media(state, field, &name).await?;
                }
                continue;
            }
            if matches!(name.as_str(), "sheet" | "outlines") {
                let file_name = field.file_name().unwrap_or_default().to_owned();
                let most = if name == "sheet" { SHEET } else { OUTLINES };
                posted.sheet = Some((file_name, whole(field, most).await?));
                continue;
            }
            let value = text(field).await?;
            if name == "csrf" {
                csrf::check_form(state, &visit.headers, &value)?;
                trusted = true;
            }
            if posted.pairs.len() >= MOST {
                return Err(unreadable());
            }
            posted.pairs.push((name, value));
        }
        if trusted {
            Ok(posted)
        } else {
            csrf::check_form(state, &visit.headers, "").map(|()| posted)
        }
    }

    async fn picture(&mut self, state: &AppState, field: Field<'_>, index: usize) -> ApiResult<()> {
        let limit = state.config.uploads.max_bytes;
        let bytes = whole(field, limit).await?;
        // Only what fits one letter is worth the work of decoding.
        let most = directory::letter_limits(state).photos_max as usize;
        if self.uploads.len() >= most {
            self.wrong = vec![FieldError {
                field: "attachments".into(),
                code: "too_many".into(),
                limit: Some(most as u64),
            }];
            return Ok(());
        }
        let kept = match bytes {
            Some(bytes) => picture::store(state, bytes).await,
            None => Err(ApiError::TooLarge { limit }),
        };
        let (code, limit) = match kept {
            Ok(upload) => {
                self.uploads.push(upload);
                return Ok(());
            }
            Err(ApiError::TooLarge { limit }) => ("too_big", Some(limit)),
            Err(ApiError::Unprocessable { .. } | ApiError::UnsupportedMedia) => ("invalid", None),
            Err(error) => return Err(error),
        };
        self.wrong.push(FieldError {
            field: format!("attachments.{index}"),
            code: code.into(),
            limit,
        });
        Ok(())
    }

    /// A recording or a video. What is wrong with it stands beside the field it was chosen in.
    async fn media(&mut self, state: &AppState, field: Field<'_>, name: &str) -> ApiResult<()> {
        let (kept, of) = if name == "voice_file" {
            (voice(state, field).await, "voice")
        } else {
            (film(state, field).await, "video")
        };
        let code = match kept {
            Ok(upload) if of == "voice" => {
                self.voice = Some(upload);
                return Ok(());
            }
            Ok(upload) => {
                self.video = Some(upload);
                return Ok(());
            }
            Err(ApiError::TooLarge { .. }) => "too_big",
            Err(ApiError::Unprocessable {
                code: "voice_too_long", ..
            }) => "too_long",
            Err(ApiError::Unprocessable {
                code: "upload_empty", ..
            }) => "empty",
            Err(ApiError::Unprocessable {
                code: "video_codec", ..
            }) => "codec",
            Err(ApiError::Unprocessable { .. }) => "invalid",
            Err(error) => return Err(error),
        };
        self.wrong.push(FieldError {
            field: of.into(),
            code: code.into(),
            limit: None,
        });
        Ok(())
    }

    /// The new recording as an item of a letter's form.
    pub fn voice(&self) -> Option<PhotoItem> {
        self.voice.as_ref().map(media_item)
    }

    /// The new video as an item of a letter's form.
    pub fn video(&self) -> Option<PhotoItem> {
        self.video.as_ref().map(media_item)
    }

    /// The first value of a field; empty when it is not there.
    pub fn get(&self, name: &str) -> &str {
        self.pairs
            .iter()
            .find(|(known, _)| known == name)
            .map_or("", |(_, value)| value)
    }

    /// What the pressed button wants: `do=remove:KEY` is `("remove", "KEY")`.
    pub fn wish(&self) -> (&str, &str) {
        let wish = self.get("do");
        wish.split_once(':').unwrap_or((wish, ""))
    }

    /// The telephone as typed, with the code and what it answers, if one was sent.
    pub fn phone(&self) -> PhoneForm {
        let phone = self.get("phone").trim().to_owned();
        PhoneForm {
            code: self.get("code").trim().to_owned(),
            challenge: self.challenge(&phone),
            phone,
        }
    }

    /// The code that was sent to this telephone, if one was.
    pub fn challenge(&self, phone: &str) -> Option<Challenge> {
        let id = self.get("challenge");
        (!id.is_empty()).then(|| Challenge {
            id: id.to_owned(),
            phone_masked: Phone::parse(phone).map(|phone| phone.masked()).unwrap_or_default(),
            demo_code: None,
        })
    }

    /// By what the same form sent twice is known; a fresh one where the form brings none of ours.
    pub fn once(&self) -> String {
        let once = self.get("once");
        if once.len() == secret::HEX_LEN {
            once.to_owned()
        } else {
            secret::token()
        }
    }

    /// The new pictures as items of a letter's form.
    pub fn photos(&self) -> impl Iterator<Item = PhotoItem> {
        self.uploads.iter().map(|upload| PhotoItem {
            key: upload.id.clone(),
            id: upload.id.clone(),
            token: upload.token.clone(),
            name: String::new(),
            thumb: format!("{}?token={}", upload.picture.thumb_url, upload.token),
            state: PhotoState::Done,
        })
    }
}

fn media_item(upload: &MediaUpload) -> PhotoItem {
    PhotoItem {
        key: upload.id.clone(),
        id: upload.id.clone(),
        token: upload.token.clone(),
        name: String::new(),
        thumb: format!("{}?token={}", upload.media.url, upload.token),
        state: PhotoState::Done,
    }
}

async fn voice(state: &AppState, field: Field<'_>) -> ApiResult<MediaUpload> {
    let limit = state.config.uploads.voice_bytes;
    let bytes = whole(field, limit).await?.ok_or(ApiError::TooLarge { limit })?;
    media::store_voice(state, bytes).await
}

/// A video goes to the disk as it comes, in pieces like those that the app sends.
async fn film(state: &AppState, mut field: Field<'_>) -> ApiResult<MediaUpload> {
    let limit = state.config.uploads.video_bytes;
    let mut coming = video::begin(state).await?;
    let mut piece: Vec<u8> = Vec::new();
    loop {
        let chunk = field.chunk().await.map_err(|_| unreadable());
        let chunk = match chunk {
            Ok(chunk) => chunk,
            Err(error) => {
                coming.give_up(state).await?;
                return Err(error);
            }
        };
        let is_over = chunk.is_none();
        piece.extend_from_slice(&chunk.unwrap_or_default());
        // What is too much is read on and dropped, so that the person gets an answer.
        if coming.received + piece.len() as u64 > limit {
            coming.give_up(state).await?;
            while field.chunk().await.map_err(|_| unreadable())?.is_some() {}
            return Err(ApiError::TooLarge { limit });
        }
        while piece.len() >= VIDEO_PIECE as usize || (is_over && !piece.is_empty()) {
            let rest = piece.split_off(piece.len().min(VIDEO_PIECE as usize));
            coming
                .add(state, Bytes::from(std::mem::replace(&mut piece, rest)))
                .await?;
        }
        if is_over {
            return coming.finish(state).await;
        }
    }
}

async fn text(field: Field<'_>) -> ApiResult<String> {
    let bytes = whole(field, LONGEST as u64)
        .await?
        .ok_or(ApiError::TooLarge { limit: LONGEST as u64 })?;
    String::from_utf8(bytes.to_vec()).map_err(|_| unreadable())
}

/// A field's bytes; none when there are more than allowed. What is too much is read on and dropped, so that the
/// person gets an answer and not a broken connection.
async fn whole(mut field: Field<'_>, limit: u64) -> ApiResult<Option<Bytes>> {
    let mut all: Vec<u8> = Vec::new();
    let mut fits = true;
    while let Some(chunk) = field.chunk().await.map_err(|_| unreadable())? {
        if (all.len() + chunk.len()) as u64 > limit {
            fits = false;
            all.clear();
        }
        if fits {
            all.extend_from_slice(&chunk);
        }
    }
    Ok(fits.then(|| Bytes::from(all)))
}

fn unreadable() -> ApiError {
    ApiError::BadRequest {
        code: "bad_form",
        detail: "表单没有收完整，请回到上一页再提交一次。",
    }
}
