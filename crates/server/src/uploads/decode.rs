//! Bytes of a stranger in, two clean JPEGs out. Runs on a blocking thread: it takes a core and memory.

use crate::problem::ApiError;
use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits, Rgb, RgbImage};
use std::io::Cursor;

/// Longest side of the picture that is kept, in pixels.
const LONGEST: u32 = 2000;
/// Longest side of the copy for telephones.
const MIDDLE: u32 = 960;
/// Longest side of the small copy.
const THUMB: u32 = 320;
const QUALITY: u8 = 80;
/// No camera makes wider pictures; panoramas do.
const MAX_SIDE: u32 = 30_000;

/// A clean picture.
#[derive(Clone, Debug)]
pub struct Picture {
    pub full: Vec<u8>,
    pub thumb: Vec<u8>,
    pub width: u32,
    pub height: u32,
}

/// Why bytes are not a picture for us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureError {
    Empty,
    /// Not JPEG, PNG or WebP by its first bytes, whatever its name says.
    UnsupportedType,
    /// iPhones' own format: worth its own words, because the way out is one tap in the camera's settings.
    Heic,
    TooManyPixels,
    Broken,
}

impl From<PictureError> for ApiError {
    fn from(error: PictureError) -> Self {
        let (code, detail) = match error {
            PictureError::Empty => ("upload_empty", "这个文件是空的,请重新选择。"),
            PictureError::UnsupportedType => ("upload_type", "只能上传 JPG、PNG 或 WebP 格式的照片。"),
            PictureError::Heic => (
                "upload_heic",
                "这是 HEIC 格式的照片,请在相机设置里选“兼容性最佳”,或截图后再上传。",
            ),
            PictureError::TooManyPixels => ("upload_pixels", "照片的尺寸太大了,请缩小后再上传。"),
            PictureError::Broken => ("upload_broken", "这张照片打不开,可能已损坏,请换一张。"),
        };
        Self::Unprocessable { code, detail }
    }
}

/// What the first bytes say.
fn sniff(bytes: &[u8]) -> Result<ImageFormat, PictureError> {
    match bytes {
        [] => Err(PictureError::Empty),
        [0xFF, 0xD8, 0xFF, ..] => Ok(ImageFormat::Jpeg),
        [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => Ok(ImageFormat::Png),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Ok(ImageFormat::WebP),
        [_, _, _, _, b'f', b't', b'y', b'p', brand @ ..]
            if [&b"heic"[..], b"heix", b"hevc", b"mif1", b"msf1", b"avif"]
                .iter()
                .any(|b| brand.starts_with(b)) =>
        {
            Err(PictureError::Heic)
        }
        _ => Err(PictureError::UnsupportedType),
    }
}

/// Decodes, turns upright, shrinks and encodes anew. `max_pixels` is checked on the header, before any pixel is made.
pub fn decode(bytes: &[u8], max_pixels: u64) -> Result<Picture, PictureError> {
    let format = sniff(bytes)?;
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    // Eight bytes a pixel: RGBA with sixteen bits each.
    limits.max_alloc = Some(max_pixels.saturating_mul(8));
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|e| kind(&e))?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > max_pixels {
        return Err(PictureError::TooManyPixels);
    }
    // A picture without orientation is upright.
    let orientation = decoder
        .orientation()
        .unwrap_or(image::metadata::Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|e| kind(&e))?;
    if width.max(height) > LONGEST {
        picture = picture.thumbnail(LONGEST, LONGEST);
    }
    picture.apply_orientation(orientation);
    let full = on_white(&picture);
    let thumb = on_white(&picture.thumbnail(THUMB, THUMB));
    Ok(Picture {
        width: full.width(),
        height: full.height(),
        full: jpeg(&full)?,
        thumb: jpeg(&thumb)?,
    })
}

/// The copy for telephones of a picture that [`decode`] made.
pub fn middle(full: &[u8]) -> Result<Vec<u8>, PictureError> {
    let picture = image::load_from_memory_with_format(full, ImageFormat::Jpeg).map_err(|e| kind(&e))?;
    if picture.width().max(picture.height()) <= MIDDLE {
        return Ok(full.to_vec());
    }
    jpeg(&picture.thumbnail(MIDDLE, MIDDLE).to_rgb8())
}

fn kind(error: &ImageError) -> PictureError {
    match error {
        ImageError::Limits(_) => PictureError::TooManyPixels,
        _ => PictureError::Broken,
    }
}

/// JPEG knows no transparency; screenshots with it are meant to stand on white.
fn on_white(picture: &DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.to_rgb8();
    }
    let source = picture.to_rgba8();
    RgbImage::from_fn(source.width(), source.height(), |x, y| {
        let [r, g, b, a] = source.get_pixel(x, y).0;
        let over = |channel: u8| {
            let (channel, alpha) = (u32::from(channel), u32::from(a));
            ((channel * alpha + 255 * (255 - alpha) + 127) / 255) as u8
        };
        Rgb([over(r), over(g), over(b)])
    })
}

fn jpeg(picture: &RgbImage) -> Result<Vec<u8>, PictureError> {
    let mut out = Vec::new();
    JpegEncoder::new_with_quality(&mut out, QUALITY)
        .encode_image(picture)
        .map_err(|_| PictureError::Broken)?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MANY: u64 = 50_000_000;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut out = Cursor::new(Vec::new());
        RgbImage::from_pixel(width, height, Rgb([10, 120, 200]))
            .write_to(&mut out, ImageFormat::Png)
            .expect("a picture");
        out.into_inner()
    }

    /// A JPEG with an EXIF block that says "lying on its right side" and holds a place name.
    fn jpeg_with_exif(width: u32, height: u32) -> Vec<u8> {
        let plain = jpeg(&RgbImage::from_pixel(width, height, Rgb([10, 120, 200]))).expect("a picture");
        let mut exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0".to_vec();
        exif.extend_from_slice(b"GPS-SECRET-PLACE");
        let mut out = plain[..2].to_vec();
        out.extend_from_slice(&[0xFF, 0xE1]);
        out.extend_from_slice(&((exif.len() + 2) as u16).to_be_bytes());
        out.extend_from_slice(&exif);
        out.extend_from_slice(&plain[2..]);
        out
    }

    #[test]
    fn large_pictures_shrink_and_get_a_small_copy() {
        let picture = decode(&png(3000, 1500), MANY).expect("accepted");
        assert_eq!((picture.width, picture.height), (2000, 1000));
        let thumb = image::load_from_memory(&picture.thumb).expect("a small copy");
        assert_eq!((thumb.width(), thumb.height()), (320, 160));
    }

    #[test]
    fn pictures_are_turned_upright_and_lose_the_cameras_data() {
        let source = jpeg_with_exif(40, 20);
        assert!(source.windows(10).any(|w| w == b"GPS-SECRET"));
        let picture = decode(&source, MANY).expect("accepted");
        assert_eq!((picture.width, picture.height), (20, 40), "turned by its orientation");
        assert!(
            !picture.full.windows(10).any(|w| w == b"GPS-SECRET"),
            "the place is gone"
        );
        assert!(!picture.full.windows(4).any(|w| w == b"Exif"));
    }

    #[test]
    fn what_is_not_a_picture_is_refused_with_its_own_reason() {
        let cases: &[(&[u8], PictureError)] = &[
            (b"", PictureError::Empty),
            (
                b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
                PictureError::UnsupportedType,
            ),
            (
                b"<!doctype html><script>alert(1)</script>",
                PictureError::UnsupportedType,
            ),
            (b"GIF89a\x01\0\x01\0", PictureError::UnsupportedType),
            (b"%PDF-1.7", PictureError::UnsupportedType),
            (b"MZ\x90\0", PictureError::UnsupportedType),
            (b"\0\0\0\x18ftypheic\0\0\0\0", PictureError::Heic),
            (b"\xFF\xD8\xFF\xE0 and then nothing", PictureError::Broken),
            (b"\x89PNG\r\n\x1a\n and then nothing", PictureError::Broken),
            (b"RIFF\x10\0\0\0WEBPVP8 ", PictureError::Broken),
        ];
        for (bytes, reason) in cases {
            assert_eq!(
                decode(bytes, MANY).map(|_| ()),
                Err(*reason),
                "{:?}",
                String::from_utf8_lossy(bytes)
            );
        }
    }

    #[test]
    fn a_decompression_bomb_is_refused_before_it_unfolds() {
        assert_eq!(
            decode(&png(2000, 2000), 1_000_000).map(|_| ()),
            Err(PictureError::TooManyPixels)
        );
    }

    #[test]
    fn a_picture_that_is_also_a_page_comes_out_as_a_picture_only() {
        let mut polyglot = jpeg_with_exif(16, 16);
        polyglot.extend_from_slice(b"<script>alert(1)</script>");
        let picture = decode(&polyglot, MANY).expect("the picture part is fine");
        assert!(!picture.full.windows(7).any(|w| w == b"<script"));
    }

    #[test]
    fn transparency_becomes_white() {
        let mut out = Cursor::new(Vec::new());
        image::RgbaImage::from_pixel(8, 8, image::Rgba([0, 0, 0, 0]))
            .write_to(&mut out, ImageFormat::Png)
            .expect("png");
        let picture = decode(&out.into_inner(), MANY).expect("accepted");
        let back = image::load_from_memory(&picture.full).expect("jpeg").to_rgb8();
        assert!(
            back.get_pixel(4, 4).0.iter().all(|c| *c > 250),
            "{:?}",
            back.get_pixel(4, 4)
        );
    }
}
