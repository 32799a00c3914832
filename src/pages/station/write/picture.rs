//! Making a photo smaller before it is sent. Any refusal of the browser means: send the original.

use js_sys::{Function, Object, Promise, Reflect};
use leptos::prelude::{document, window};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, HtmlCanvasElement, ImageBitmap};

/// Longest side that is sent, in pixels: enough to read a door sign, a tenth of a camera's bytes.
const LONGEST: f64 = 2000.0;
/// JPEG quality, 0–1.
const QUALITY: f64 = 0.82;
/// A JPEG of at most this many bytes and pixels goes as it is.
const SMALL_ENOUGH: f64 = 900_000.0;

/// The photo as it will be sent.
pub async fn shrink(original: &Blob) -> Blob {
    // The kernel of DingTalk and others draws empty canvases.
    let unreliable = window()
        .navigator()
        .user_agent()
        .is_ok_and(|agent| agent.contains(" UWS/"));
    if unreliable {
        return original.clone();
    }
    match try_shrink(original).await {
        Some(smaller) if smaller.size() > 0.0 && smaller.size() < original.size() => smaller,
        _ => original.clone(),
    }
}

async fn try_shrink(original: &Blob) -> Option<Blob> {
    let bitmap = upright_bitmap(original).await?;
    let (width, height) = (f64::from(bitmap.width()), f64::from(bitmap.height()));
    let longest = width.max(height);
    if longest <= 0.0 || (longest <= LONGEST && original.size() <= SMALL_ENOUGH) {
        bitmap.close();
        return None;
    }
    let scale = (LONGEST / longest).min(1.0);
    let canvas: HtmlCanvasElement = document().create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width((width * scale).round() as u32);
    canvas.set_height((height * scale).round() as u32);
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    // A transparent PNG on JPEG would turn black.
    context.set_fill_style_str("#fff");
    context.fill_rect(0.0, 0.0, f64::from(canvas.width()), f64::from(canvas.height()));
    let drawn = context.draw_image_with_image_bitmap_and_dw_and_dh(
        &bitmap,
        0.0,
        0.0,
        f64::from(canvas.width()),
        f64::from(canvas.height()),
    );
    bitmap.close();
    drawn.ok()?;
    let blob = to_blob(&canvas, "image/jpeg").await;
    // Gives the memory back at once: old phones have little.
    canvas.set_width(0);
    canvas.set_height(0);
    blob
}

/// The picture turned as the camera was held. A browser that cannot promise that refuses the option, and the
/// original is sent for the server to turn.
async fn upright_bitmap(original: &Blob) -> Option<ImageBitmap> {
    let create: Function = Reflect::get(&window(), &"createImageBitmap".into())
        .ok()?
        .dyn_into()
        .ok()?;
    let options = Object::new();
    Reflect::set(&options, &"imageOrientation".into(), &"from-image".into()).ok()?;
    let promise: Promise = create.call2(&window(), original, &options).ok()?.dyn_into().ok()?;
    JsFuture::from(promise).await.ok()?.dyn_into().ok()
}

/// The canvas as a file.
pub async fn to_blob(canvas: &HtmlCanvasElement, kind: &str) -> Option<Blob> {
    let promise = Promise::new(&mut |resolve: Function, reject: Function| {
        if canvas
            .to_blob_with_type_and_encoder_options(&resolve, kind, &JsValue::from_f64(QUALITY))
            .is_err()
        {
            let _ = reject.call0(&JsValue::NULL);
        }
    });
    JsFuture::from(promise).await.ok()?.dyn_into().ok()
}
