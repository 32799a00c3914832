//! Everything kept about somebody as a page in a file of its own: its looks within it, and nothing from elsewhere.

use super::render;
use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::dto::MyData;
use liaison_web::i18n::zh::privacy as words;
use liaison_web::views::MyDataView;

/// The page's own looks: it has no style sheet beside it.
const STYLE: &str = "body{max-width:44em;margin:2em auto;padding:0 1em;font:18px/1.7 sans-serif;color:#111;background:#fff}\
dt{font-weight:700}dd{margin:0 0 .5em}article{border-top:1px solid #999;padding:1em 0}svg{display:none}\
img,video{max-width:100%;height:auto}audio{width:100%}";

/// The page.
pub fn offline(data: MyData, now: Millis) -> String {
    let body = render::html(move || view! { <MyDataView data=data now=now offline=true /> }.into_any());
    [
        "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>",
        words::DATA_TITLE,
        "</title><style>",
        STYLE,
        "</style><main>",
        &body,
        "</main></html>",
    ]
    .concat()
}

/// Leaves out what would have to lie beside the page: it is one file alone.
pub fn without_files(data: &mut MyData) {
    for letter in &mut data.letters {
        letter.pictures.clear();
        letter.media.clear();
        for event in &mut letter.timeline {
            event.pictures.clear();
        }
        for answer in &mut letter.answers {
            answer.pictures.clear();
        }
    }
}
