//! The receipt of a sent letter: kept for this tab, copied, drawn as a picture.

use leptos::prelude::{document, window};
use liaison_domain::dto::Receipt;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{CanvasRenderingContext2d, HtmlAnchorElement, HtmlCanvasElement, HtmlTextAreaElement, Url};

use super::picture::to_blob;
use super::shelf;
use crate::i18n::zh;
use crate::state::{live, react};

const KEY: &str = "liaison.receipt";

/// Keeps the receipt for this tab: it is shown once, but a reload is not a second time.
pub fn keep(receipt: &Receipt) {
    let Ok(text) = serde_json::to_string(receipt) else {
        return;
    };
    if let Ok(Some(storage)) = window().session_storage() {
        let _ = storage.set_item(KEY, &text);
    }
}

/// Another letter is on its way: what is shown next is about that one.
pub fn forget() {
    if let Ok(Some(storage)) = window().session_storage() {
        let _ = storage.remove_item(KEY);
    }
}

/// Takes over the receipt of a letter that went by itself: it was shown now. False when there is none.
pub async fn take(id: &str) -> bool {
    let Some(mut stored) = shelf::load(id).await else {
        return false;
    };
    let Some(out) = &mut stored.out else { return false };
    let Some(receipt) = &out.receipt else { return false };
    keep(receipt);
    out.seen = true;
    if stored.photos.is_empty() {
        shelf::throw_away(id, &stored).await;
    } else {
        shelf::save(id, &stored).await;
    }
    true
}

/// The receipt of this tab's last letter.
pub fn kept() -> Option<Receipt> {
    let text = window().session_storage().ok()??.get_item(KEY).ok()??;
    liaison_domain::wire::read(&text)
}

/// Puts number and query code on the clipboard and says so.
pub fn copy(receipt: &Receipt) {
    let text = format!(
        "{} {}\n{} {}",
        zh::write::DONE_NO,
        receipt.no,
        zh::write::DONE_CODE,
        receipt.code
    );
    react::spawn(async move {
        let copied = copy_modern(&text).await || copy_old(&text);
        live::show(if copied { zh::app::COPIED } else { zh::app::COPY_FAILED });
    });
}

async fn copy_modern(text: &str) -> bool {
    let navigator = window().navigator();
    // Missing on plain http and in old web views; the binding would throw.
    let there = js_sys::Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|found| found.is_object());
    there && JsFuture::from(navigator.clipboard().write_text(text)).await.is_ok()
}

fn copy_old(text: &str) -> bool {
    let Some(area) = document()
        .create_element("textarea")
        .ok()
        .and_then(|made| made.dyn_into::<HtmlTextAreaElement>().ok())
    else {
        return false;
    };
    let Some(body) = document().body() else { return false };
    area.set_value(text);
    area.set_class_name("sr");
    let _ = body.append_child(&area);
    area.select();
    let copied = document()
        .unchecked_into::<web_sys::HtmlDocument>()
        .exec_command("copy")
        .unwrap_or(false);
    area.remove();
    copied
}

/// Width and height of the picture, in pixels.
const WIDTH: f64 = 750.0;
const HEIGHT: f64 = 900.0;
const MARGIN: f64 = 60.0;

/// Draws the receipt and hands it over as a file. `lines` stand below number and code.
pub fn save_picture(receipt: &Receipt, lines: &[String]) {
    let Some(canvas) = draw(receipt, lines) else { return };
    let name = format!("{}.png", receipt.no);
    react::spawn(async move {
        let Some(blob) = to_blob(&canvas, "image/png").await else {
            return;
        };
        let Ok(address) = Url::create_object_url_with_blob(&blob) else {
            return;
        };
        let link = document()
            .create_element("a")
            .ok()
            .and_then(|made| made.dyn_into::<HtmlAnchorElement>().ok());
        if let Some(link) = link {
            link.set_href(&address);
            link.set_download(&name);
            link.click();
        }
    });
}

/// The receipt as a picture's address, for web views that cannot download: it is held to be saved.
pub async fn picture_address(receipt: &Receipt, lines: &[String]) -> Option<String> {
    let canvas = draw(receipt, lines)?;
    let blob = to_blob(&canvas, "image/png").await?;
    Url::create_object_url_with_blob(&blob).ok()
}

fn draw(receipt: &Receipt, lines: &[String]) -> Option<HtmlCanvasElement> {
    let canvas: HtmlCanvasElement = document().create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width(WIDTH as u32);
    canvas.set_height(HEIGHT as u32);
    let pen: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    let paint = |colour: &str| pen.set_fill_style_str(colour);
    let font = |pixels: u32, weight: u32| {
        pen.set_font(&format!(
            "{weight} {pixels}px system-ui, \"PingFang SC\", \"Noto Sans CJK SC\", sans-serif"
        ));
    };
    paint("#ffffff");
    pen.fill_rect(0.0, 0.0, WIDTH, HEIGHT);
    paint("#a32a22");
    pen.fill_rect(0.0, 0.0, WIDTH, 120.0);
    paint("#ffffff");
    font(40, 600);
    pen.fill_text(zh::app::RECEIPT, MARGIN, 75.0).ok()?;

    let mut y = 190.0;
    for (label, value) in [(zh::write::DONE_NO, &receipt.no), (zh::write::DONE_CODE, &receipt.code)] {
        paint("#5f574f");
        font(26, 400);
        pen.fill_text(label, MARGIN, y).ok()?;
        paint("#1f1b18");
        font(44, 600);
        pen.fill_text(value, MARGIN, y + 56.0).ok()?;
        y += 120.0;
    }
    paint("#1f1b18");
    font(26, 400);
    for line in lines
        .iter()
        .map(String::as_str)
        .chain([receipt.station_phone.as_str(), zh::app::RECEIPT_KEEP])
    {
        y = wrapped(&pen, line, y)?;
        y += 16.0;
    }
    Some(canvas)
}

/// Writes a line, breaking it where the picture ends; gives the next line's place. Chinese breaks anywhere.
fn wrapped(pen: &CanvasRenderingContext2d, text: &str, mut y: f64) -> Option<f64> {
    let mut line = String::new();
    for c in text.chars() {
        line.push(c);
        if pen.measure_text(&line).ok()?.width() > WIDTH - 2.0 * MARGIN {
            line.pop();
            pen.fill_text(&line, MARGIN, y).ok()?;
            y += 38.0;
            line.clear();
            line.push(c);
        }
    }
    pen.fill_text(&line, MARGIN, y).ok()?;
    Some(y + 38.0)
}
