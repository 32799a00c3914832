//! Files as senders make them, good ones and hostile ones: built by code, so that each says what it is.

use image::{ImageFormat, Rgb, RgbImage};
use std::io::Cursor;

/// A picture of one colour.
pub fn picture(format: ImageFormat, width: u32, height: u32) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    RgbImage::from_pixel(width, height, Rgb([9, 90, 190]))
        .write_to(&mut out, format)
        .expect("a picture");
    out.into_inner()
}

/// A JPEG whose camera lay on its side and knew where it was.
pub fn turned_jpeg(width: u32, height: u32) -> Vec<u8> {
    let plain = picture(ImageFormat::Jpeg, width, height);
    let mut exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0".to_vec();
    exif.extend_from_slice(b"GPS-SECRET-PLACE");
    let mut out = plain[..2].to_vec();
    out.extend_from_slice(&[0xFF, 0xE1]);
    out.extend_from_slice(&((exif.len() + 2) as u16).to_be_bytes());
    out.extend_from_slice(&exif);
    out.extend_from_slice(&plain[2..]);
    out
}

/// A PNG that says it is as large as that, with nothing behind it.
pub fn png_that_claims(width: u32, height: u32) -> Vec<u8> {
    let mut file = picture(ImageFormat::Png, 4, 4);
    file[16..20].copy_from_slice(&width.to_be_bytes());
    file[20..24].copy_from_slice(&height.to_be_bytes());
    let crc = crc32(&file[12..29]);
    file[29..33].copy_from_slice(&crc.to_be_bytes());
    file
}

/// A PNG with an animation's chunks: what does not know them shows the first picture.
pub fn apng() -> Vec<u8> {
    let plain = picture(ImageFormat::Png, 20, 10);
    // After the header's 8 + 25 bytes.
    let mut out = plain[..33].to_vec();
    out.extend(png_chunk(b"acTL", &[0, 0, 0, 2, 0, 0, 0, 0]));
    let mut frame = vec![0, 0, 0, 0];
    for value in [20_u32, 10, 0, 0] {
        frame.extend_from_slice(&value.to_be_bytes());
    }
    frame.extend_from_slice(&[0, 1, 0, 10, 0, 0]);
    out.extend(png_chunk(b"fcTL", &frame));
    out.extend_from_slice(&plain[33..]);
    out
}

fn png_chunk(kind: &[u8], body: &[u8]) -> Vec<u8> {
    let mut out = (body.len() as u32).to_be_bytes().to_vec();
    out.extend_from_slice(kind);
    out.extend_from_slice(body);
    out.extend_from_slice(&crc32(&out[4..]).to_be_bytes());
    out
}

fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = u32::MAX;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = (crc >> 1) ^ (0xEDB8_8320 * (crc & 1));
        }
    }
    !crc
}

/// A box of an MP4.
pub fn boxed(kind: &[u8], body: &[u8]) -> Vec<u8> {
    let mut out = (body.len() as u32 + 8).to_be_bytes().to_vec();
    out.extend_from_slice(kind);
    out.extend_from_slice(body);
    out
}

fn mvhd(millis: u32) -> Vec<u8> {
    let mut body = vec![0; 12];
    body.extend_from_slice(&1000_u32.to_be_bytes());
    body.extend_from_slice(&millis.to_be_bytes());
    body.resize(100, 0);
    boxed(b"mvhd", &body)
}

fn trak(handler: &[u8], codec: &[u8]) -> Vec<u8> {
    let mut hdlr = vec![0; 8];
    hdlr.extend_from_slice(handler);
    hdlr.resize(25, 0);
    let mut stsd = vec![0, 0, 0, 0, 0, 0, 0, 1];
    stsd.extend(boxed(codec, &[0; 70]));
    let minf = boxed(b"minf", &boxed(b"stbl", &boxed(b"stsd", &stsd)));
    boxed(b"trak", &boxed(b"mdia", &[boxed(b"hdlr", &hdlr), minf].concat()))
}

/// `moov` of these tracks, with the place where it was filmed.
pub fn moov(tracks: &[(&[u8; 4], &[u8; 4])], millis: u32) -> Vec<u8> {
    let mut body = mvhd(millis);
    for (handler, codec) in tracks {
        body.extend(trak(*handler, *codec));
    }
    body.extend(boxed(b"udta", b"\0\0\0\x1f\xa9xyz GPS-SECRET-PLACE+30+120/"));
    boxed(b"moov", &body)
}

/// An MP4 of these tracks, its table behind its data, as telephones write it.
pub fn mp4(tracks: &[(&[u8; 4], &[u8; 4])], millis: u32) -> Vec<u8> {
    [
        boxed(b"ftyp", b"isom\0\0\x02\0isommp42"),
        boxed(b"mdat", &[7; 4000]),
        moov(tracks, millis),
    ]
    .concat()
}

/// A recording of a telephone's own recorder.
pub fn m4a(millis: u32) -> Vec<u8> {
    mp4(&[(b"soun", b"mp4a")], millis)
}

/// A video of so many bytes at least.
pub fn video(bytes: usize) -> Vec<u8> {
    [
        boxed(b"ftyp", b"isom\0\0\x02\0isommp42"),
        boxed(b"mdat", &vec![7; bytes]),
        moov(&[(b"vide", b"avc1"), (b"soun", b"mp4a")], 12_000),
    ]
    .concat()
}

fn ebml(id: &[u8], body: &[u8]) -> Vec<u8> {
    // Eight bytes of length: a one, then seven.
    let length = (body.len() as u64).to_be_bytes();
    [id, &[1], &length[1..], body].concat()
}

fn ebml_header(kind: &[u8]) -> Vec<u8> {
    ebml(&[0x1A, 0x45, 0xDF, 0xA3], &ebml(&[0x42, 0x82], kind))
}

const SECRET: &[u8] = b"GPS-SECRET-PLACE+30+120/";

/// What a `WebM` tells of itself: names of file and programs, beside its tracks (type and codec), which have names too.
fn webm_head(tracks: &[(u8, &str)]) -> Vec<u8> {
    let entry = |(kind, codec): &(u8, &str)| {
        let parts = [
            ebml(&[0x83], &[*kind]),
            ebml(&[0x53, 0x6E], SECRET),
            ebml(&[0x86], codec.as_bytes()),
        ];
        ebml(&[0xAE], &parts.concat())
    };
    let told = [
        ebml(&[0x4D, 0x80], SECRET),
        ebml(&[0x7B, 0xA9], SECRET),
        ebml(&[0x44, 0x89], &3_000_f64.to_be_bytes()),
    ];
    [
        ebml(&[0x15, 0x49, 0xA9, 0x66], &told.concat()),
        ebml(
            &[0x16, 0x54, 0xAE, 0x6B],
            &tracks.iter().flat_map(entry).collect::<Vec<_>>(),
        ),
    ]
    .concat()
}

/// A tag, in as few bytes of length as it takes, and an attached file.
fn webm_aside() -> Vec<u8> {
    [
        [&[0x12, 0x54, 0xC3, 0x67, 0x80 | SECRET.len() as u8], SECRET].concat(),
        ebml(&[0x19, 0x41, 0xA4, 0x69], &SECRET.repeat(20)),
    ]
    .concat()
}

/// A `WebM` (or what calls itself `kind`) of these tracks: type and codec.
pub fn webm(kind: &[u8], tracks: &[(u8, &str)]) -> Vec<u8> {
    let segment = [
        webm_head(tracks),
        ebml(&[0x1F, 0x43, 0xB6, 0x75], &ebml(&[0xA3], &[7; 64])),
        webm_aside(),
    ];
    [ebml_header(kind), ebml(&[0x18, 0x53, 0x80, 0x67], &segment.concat())].concat()
}

/// How a `WebM` begins that is written while it is filmed: nobody knows yet how long it becomes.
pub fn live_webm_head() -> Vec<u8> {
    [
        ebml_header(b"webm"),
        vec![0x18, 0x53, 0x80, 0x67, 0xFF],
        webm_head(&[(1, "V_VP8"), (2, "A_OPUS")]),
    ]
    .concat()
}

/// A `WebM` as it was filmed, its clusters without lengths too. More than a piece; its tags stand behind the first half.
pub fn live_webm() -> Vec<u8> {
    let cluster = [
        &[0x1F, 0x43, 0xB6, 0x75, 0xFF][..],
        &ebml(&[0xE7], &[0]),
        &ebml(&[0xA3], &vec![7; 30_000]).repeat(40),
    ]
    .concat();
    [live_webm_head(), cluster.clone(), webm_aside(), cluster].concat()
}

/// MP3, 64 kbit/s: 26 ms a frame.
pub fn mp3(frames: usize) -> Vec<u8> {
    let mut frame = vec![0xFF, 0xFB, 0x50, 0xC0];
    frame.resize(208, 0);
    frame.repeat(frames)
}

/// AMR, 12.2 kbit/s: 20 ms a frame.
pub fn amr(frames: usize) -> Vec<u8> {
    let mut frame = vec![0x3C];
    frame.resize(32, 7);
    [b"#!AMR\n".to_vec(), frame.repeat(frames)].concat()
}

/// AAC without a container, 16 kHz: 64 ms a frame.
pub fn aac(frames: usize) -> Vec<u8> {
    let mut frame = vec![0xFF, 0xF1, 0x60, 0x40, 0x64 >> 3, (0x64 & 7) << 5, 0];
    frame.resize(100, 0);
    frame.repeat(frames)
}

/// So many milliseconds of speech as the app records it.
pub fn wav(millis: usize) -> Vec<u8> {
    let samples: Vec<i16> = (0..millis * 16).map(|n| ((n % 80) as i16 - 40) * 200).collect();
    liaison_domain::sound::wav(&samples, 16_000)
}

/// An animation.
pub fn gif() -> Vec<u8> {
    b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff!\xff\x0bNETSCAPE2.0\x03\x01\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;".to_vec()
}
