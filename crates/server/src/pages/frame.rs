//! The page around a view: `index.html`, filled.

use super::again;
use super::render;
use super::visit::Visit;
use crate::http::headers;
use crate::load::directory;
use crate::site::{Bundle, Site};
use crate::state::AppState;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;
use liaison_domain::dto::Me;
use liaison_domain::host::Host;
use liaison_web::host;
use liaison_web::i18n::zh;
use liaison_web::parts::{LATER, Part};
use liaison_web::views::{DeskLogin, DeskStill, Shell};
use serde::Serialize;
use std::fmt::Write as _;

/// The field of [`Page::goes_on_at`].
pub const APP_AT: &str = "app_at";

/// The frame, shared with the build. A line whose placeholder has nothing to hold is left out.
const TEMPLATE: &str = include_str!("../../../../index.html");
const SPRITE: &str = include_str!("../../../../public/icons.svg");

/// Which app starts over the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum App {
    Station,
    Desk,
    /// No app knows the page, or the answer to a posted form, whose fields it would lose.
    None,
    /// The same in the staff's dress.
    DeskNone,
}

/// A page being put together.
pub struct Page {
    title: String,
    description: String,
    /// Address of a public picture that stands for the page in cards.
    picture: Option<String>,
    status: StatusCode,
    preload: String,
    fields: Vec<(&'static str, String)>,
    /// A part of the app that the page needs besides its path's.
    part: Option<&'static str>,
    private: bool,
    app: App,
    live: bool,
    tools: bool,
}

impl Page {
    /// A page with its title, without the site's name.
    pub fn new(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            description: zh::home::LEAD.to_owned(),
            picture: None,
            status: StatusCode::OK,
            preload: String::new(),
            fields: Vec::new(),
            part: None,
            private: false,
            app: App::Station,
            live: false,
            tools: false,
        }
    }

    /// What search engines and share cards say. Only public words.
    pub fn description(mut self, text: &str) -> Self {
        let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let short: String = line.chars().take(100).collect();
        if !short.is_empty() {
            self.description = short;
        }
        self
    }

    /// What share cards show, by its address here. Only public pictures.
    pub fn picture(mut self, address: Option<&str>) -> Self {
        self.picture = address.map(str::to_owned);
        self
    }

    pub fn status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// Not for search engines, and without a share card.
    pub fn private(mut self) -> Self {
        self.private = true;
        self
    }

    /// The answer to a posted form.
    pub fn without_app(mut self) -> Self {
        self.app = App::None;
        self
    }

    /// Without an app; a small script keeps its marked parts fresh.
    pub fn live(mut self) -> Self {
        self.live = true;
        self.without_app()
    }

    /// Without an app; a small script shows buttons to copy, share and print.
    pub fn tools(mut self) -> Self {
        self.tools = true;
        self.without_app()
    }

    /// The staff's app.
    pub fn desk(mut self) -> Self {
        self.app = App::Desk;
        self
    }

    /// Data for the app: what `GET /api/v1{path}` would answer.
    pub fn preload(mut self, path: &str, data: &impl Serialize) -> Self {
        if let Ok(json) = serde_json::to_string(data) {
            // Inside of a script element only `<` could end it.
            let json = json.replace('<', "\\u003c");
            let url = render::escape(path);
            let _ = write!(
                self.preload,
                "<script type=\"application/json\" data-url=\"/api/v1{url}\">{json}</script>"
            );
        }
        self
    }

    /// A hidden field in every form that posts.
    pub fn field(mut self, name: &'static str, value: &str) -> Self {
        self.fields.push((name, value.to_owned()));
        self
    }

    /// The answer to a posted form of a letter, from which the app goes on: at this address, with the code of its questions.
    pub fn goes_on_at(mut self, address: &str) -> Self {
        self.part = Some(LATER);
        self.field(APP_AT, address)
    }

    /// Draws the view in the station's frame.
    pub fn show(self, state: &AppState, visit: &Visit, view: impl FnOnce() -> AnyView + Send + 'static) -> Response {
        let config = directory::app_config(state);
        let (path, elder, unread) = (visit.path.clone(), visit.elder(), visit.unread());
        let page = if self.app == App::Station {
            let page = self.preload("/config", &config);
            match &visit.notices {
                Some(count) => page.preload("/me/notices/count", count),
                None => page,
            }
        } else {
            self
        };
        let body = render::html(move || {
            let children: Children = Box::new(view);
            view! { <Shell config=config path=path elder=elder unread=unread children=children /> }.into_any()
        });
        page.fill(state, visit, &body)
    }

    /// Draws the view in the staff's frame, without their app.
    pub fn show_desk(
        mut self,
        state: &AppState,
        visit: &Visit,
        me: Me,
        view: impl FnOnce() -> AnyView + Send + 'static,
    ) -> Response {
        self.app = App::DeskNone;
        let (config, path) = (directory::app_config(state), visit.path.clone());
        let body = render::html(move || {
            let children: Children = Box::new(view);
            view! { <DeskStill config=config me=me path=path children=children /> }.into_any()
        });
        self.private().fill(state, visit, &body)
    }

    /// Draws a login in the staff's dress: nobody is logged in whose name its frame could show.
    pub fn show_desk_login(
        mut self,
        state: &AppState,
        visit: &Visit,
        view: impl FnOnce() -> AnyView + Send + 'static,
    ) -> Response {
        self.app = App::DeskNone;
        let config = directory::app_config(state);
        let body = render::html(move || {
            let children: Children = Box::new(view);
            view! { <DeskLogin config=config children=children /> }.into_any()
        });
        self.private().fill(state, visit, &body)
    }

    /// Puts ready HTML into the frame.
    pub fn fill(self, state: &AppState, visit: &Visit, body: &str) -> Response {
        let site = state.site();
        let csrf = visit.token.value().to_owned();
        let posts = body.contains("method=\"post\"");
        let mut fields = vec![("csrf", csrf.as_str())];
        fields.extend(who(visit));
        fields.extend(self.fields.iter().map(|(name, value)| (*name, value.as_str())));
        let body = render::with_fields(body, &fields);
        let html = self.html(state, visit, &site, &body);
        let mut response = (self.status, html).into_response();
        let headers = response.headers_mut();
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("text/html; charset=utf-8"),
        );
        headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static("zh-CN"));
        visit.viewer.mark(headers);
        if let Some(cookie) = visit.token.set_cookie().filter(|_| posts) {
            headers.append(header::SET_COOKIE, cookie.clone());
        }
        response
    }

    fn html(&self, state: &AppState, visit: &Visit, site: &Site, body: &str) -> String {
        let name = &state.config.station.name;
        let title = render::escape(&if self.title.is_empty() {
            name.clone()
        } else {
            format!("{} - {name}", self.title)
        });
        let none = Bundle::default();
        let bundle = match self.app {
            App::Station => &site.station,
            App::Desk => &site.desk,
            App::None | App::DeskNone => &none,
        };
        let css = match self.app {
            App::Desk | App::DeskNone => &site.desk.css,
            App::Station | App::None => &site.station.css,
        };
        let starts = !bundle.js.is_empty();
        let parts = Part::of(&visit.path).map(Part::name).into_iter().chain(self.part);
        let mut files: Vec<&str> = Vec::new();
        for file in parts.filter_map(|part| bundle.parts.get(part)).flatten() {
            if !files.contains(&file.as_str()) {
                files.push(file);
            }
        }
        let parts = files.join(" ");
        let head = self.head(state, visit, &title);
        let host = headers::host(&visit.headers);
        let wechat = state.wechat.as_ref().filter(|_| host == Host::WeChat);
        // The app may be led from a private page to a public one; the script knows which are which.
        let has_cards = host::of(host).has_cards() && (!self.private || self.app == App::Station);
        let picture = if host::of(host).has_cards() && !self.private {
            self.first_picture(site)
        } else {
            String::new()
        };
        let values: &[(&str, &str)] = &[
            ("title", &title),
            ("head", &head),
            ("css", css),
            ("boot", if starts { site.file("boot.js") } else { "" }),
            ("live", if self.live { site.file("live.js") } else { "" }),
            ("tools", if self.tools { site.file("tools.js") } else { "" }),
            (
                "wechat",
                match wechat {
                    Some(wechat) if wechat.config.share && has_cards => site.file("wechat.js"),
                    _ => "",
                },
            ),
            ("host", host.code()),
            ("cannot", host::missing(host)),
            (
                "login",
                match wechat {
                    Some(wechat) if wechat.config.login => "wechat",
                    _ => "",
                },
            ),
            ("picture", &picture),
            ("bundle", if self.app == App::Desk { "desk" } else { "station" }),
            ("js", &bundle.js),
            ("wasm", &bundle.wasm),
            ("build", &site.build),
            ("elder_script", site.file("elder.js")),
            ("elder", if visit.elder() { site.file("elder.js") } else { "" }),
            ("parts", &parts),
            ("icon", site.icons.get("any").map_or("", String::as_str)),
            ("touch_icon", site.icons.get("180").map_or("", String::as_str)),
            ("app_manifest", site.file("app.webmanifest")),
            ("mode", if visit.elder() { "elder" } else { "normal" }),
            ("size", visit.size.attribute()),
            ("body", body),
            ("sprite", SPRITE.trim()),
            ("preload", &self.preload),
        ];
        let mut out = String::with_capacity(body.len() + self.preload.len() + 4096);
        for line in TEMPLATE.lines() {
            fill_line(&mut out, line, values);
        }
        out
    }

    fn head(&self, state: &AppState, visit: &Visit, title: &str) -> String {
        if self.private {
            return "<meta name=\"robots\" content=\"noindex\">".to_owned();
        }
        let description = render::escape(&self.description);
        let mut head = format!(
            "<meta name=\"description\" content=\"{description}\">\
             <meta property=\"og:type\" content=\"website\"><meta property=\"og:locale\" content=\"zh_CN\">\
             <meta property=\"og:site_name\" content=\"{}\"><meta property=\"og:title\" content=\"{title}\">\
             <meta property=\"og:description\" content=\"{description}\">",
            render::escape(&state.config.station.name),
        );
        // Cards need whole addresses, which only the configuration knows for sure.
        if let Some(base) = state.config.public_url.as_deref() {
            let base = render::escape(base.trim_end_matches('/'));
            let path = render::escape(&visit.path);
            let _ = write!(
                head,
                "<link rel=\"canonical\" href=\"{base}{path}\"><meta property=\"og:url\" content=\"{base}{path}\">"
            );
            let site = state.site();
            if let Some(picture) = self.picture.as_ref().or_else(|| site.icons.get("512")) {
                let _ = write!(
                    head,
                    "<meta property=\"og:image\" content=\"{base}{}\">",
                    render::escape(picture)
                );
            }
        }
        head
    }

    /// Chat apps that read no tags take a card's picture from the first large one in the page.
    fn first_picture(&self, site: &Site) -> String {
        let Some(picture) = self.picture.as_ref().or_else(|| site.icons.get("512")) else {
            return String::new();
        };
        let picture = render::escape(picture);
        format!("<div hidden><img src=\"{picture}\" alt=\"\"></div>")
    }
}

/// Whom a form is drawn for: posted by another account it is not taken.
fn who(visit: &Visit) -> Option<(&'static str, &str)> {
    visit.who.as_deref().map(|who| (again::WHO, who))
}

/// Parts of a live page alone, for the script that puts them in place. Without a visit: the same for everybody, and
/// without forms.
pub fn parts(status: StatusCode, visit: Option<&Visit>, body: &str) -> Response {
    let html = match visit {
        Some(visit) => {
            let mut fields = vec![("csrf", visit.token.value())];
            fields.extend(who(visit));
            render::with_fields(body, &fields)
        }
        None => body.to_owned(),
    };
    let mut response = (status, html).into_response();
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/html; charset=utf-8"),
    );
    if let Some(cookie) = visit.and_then(|visit| visit.token.set_cookie()) {
        headers.append(header::SET_COOKIE, cookie.clone());
    }
    response
}

/// One line of the template. Values are put in once; what they contain is never taken for a placeholder.
fn fill_line(out: &mut String, line: &str, values: &[(&str, &str)]) {
    let mut filled = String::new();
    let mut rest = line;
    let mut asked = false;
    while let Some(at) = rest.find("{{") {
        let Some(end) = rest[at..].find("}}").map(|end| at + end) else {
            break;
        };
        let key = &rest[at + 2..end];
        let value = values
            .iter()
            .find(|(name, _)| *name == key)
            .map_or("", |(_, value)| *value);
        if value.is_empty() && !asked {
            return;
        }
        asked = true;
        filled.push_str(&rest[..at]);
        filled.push_str(value);
        rest = &rest[end + 2..];
    }
    out.push_str(&filled);
    out.push_str(rest);
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::fill_line;

    #[test]
    fn a_line_without_its_value_is_left_out() {
        let mut out = String::new();
        fill_line(&mut out, "<link href=\"{{css}}\">", &[("css", "")]);
        fill_line(&mut out, "<p>{{body}}</p>", &[("body", "{{css}}")]);
        fill_line(&mut out, "plain", &[]);
        assert_eq!(out, "<p>{{css}}</p>\nplain\n");
    }
}
