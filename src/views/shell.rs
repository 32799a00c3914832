use super::notices::badge;
use crate::components::icon;
use crate::i18n::zh::common as words;
use crate::markup::{Node, live, view};
use leptos::prelude::*;
use liaison_domain::dto::AppConfig;

/// Drawn by the server alone: the app leaves for it.
const RECEPTIONS: &str = "/receptions";

/// Places of the navigation: address and words.
const PLACES: &[(&str, &str)] = &[
    ("/", words::NAV_HOME),
    ("/deputies", words::NAV_DEPUTIES),
    (RECEPTIONS, words::NAV_RECEPTIONS),
    ("/stations", words::NAV_STATIONS),
    ("/cases", words::NAV_CASES),
    ("/mine", words::NAV_MINE),
];

fn is_here(place: &str, path: &str) -> bool {
    place == path || (place != "/" && path.starts_with(place) && path.as_bytes().get(place.len()) == Some(&b'/'))
}

/// The links of the navigation, the present place marked.
fn places(path: &str, unread: u32) -> Node {
    let links = PLACES.iter().map(|(place, name)| {
        let current = is_here(place, path).then_some("page");
        let count = (*place == "/mine").then(|| badge(unread));
        // On a phone the station's name above is the way home.
        let class = (*place == "/").then_some("nav__home");
        let rel = (*place == RECEPTIONS).then_some("external");
        view! {
            <li class=class>
                <a class="nav__link" href=*place rel=rel aria-current=current>
                    {*name} {count}
                </a>
            </li>
        }
    });
    Node::Many(links.collect())
}

/// The way into 大字版 and back.
fn mode_switch(elder: bool, path: &str) -> Node {
    let (mode, name, other) = if elder {
        ("normal", words::MODE_NORMAL, words::MODE_ELDER)
    } else {
        ("elder", words::MODE_ELDER, words::MODE_NORMAL)
    };
    let href = format!("/mode?m={mode}&back={path}");
    view! {
        <a class="masthead__link" data-mode-switch="" data-other=other href=href rel="external nofollow">
            {icon("#i-text")}
            {name}
        </a>
    }
}

/// What the elder mode has besides larger type: the phone first, text a size up or down, and the page read aloud where
/// the browser has a voice (`elder.js` shows that button). Styles show it in that mode only.
fn elder_bar(phone: &str, path: &str) -> Node {
    let size = |wish: &str| format!("/mode?m={wish}&back={path}");
    view! {
        <ul class="elderbar__list">
            <li>
                <a class="elderbar__tool elderbar__tool--call" href=format!("tel:{phone}")>
                    {icon("#i-phone")}
                    {words::ELDER_CALL}
                </a>
            </li>
            <li>
                <a class="elderbar__tool" data-size-step="1" href=size("larger") rel="external nofollow">
                    <span class="elderbar__step">{words::ELDER_LARGER}</span>
                    <span class="elderbar__end">{words::ELDER_LARGEST}</span>
                </a>
            </li>
            <li>
                <a class="elderbar__tool" data-size-step="-1" href=size("smaller") rel="external nofollow">
                    <span class="elderbar__step">{words::ELDER_SMALLER}</span>
                    <span class="elderbar__end">{words::ELDER_SMALLEST}</span>
                </a>
            </li>
            <li class="elderbar__read">
                <button class="elderbar__tool" type="button" data-read-aloud="">
                    <span class="elderbar__start">{words::ELDER_READ}</span>
                    <span class="elderbar__stop">{words::ELDER_STOP}</span>
                </button>
            </li>
        </ul>
    }
}

/// The frame of every public page: masthead, navigation, the page itself, footer.
#[component]
pub fn Shell(
    config: AppConfig,
    /// Path of the page, without the query.
    #[prop(into)]
    path: Signal<String>,
    /// The elder mode is on.
    #[prop(into)]
    elder: Signal<bool>,
    /// Unread entries of the resident's inbox.
    #[prop(into)]
    unread: Signal<u32>,
    children: Children,
) -> AnyView {
    let demo = config
        .demo
        .then(|| view! { <aside aria-label=words::DEMO_LABEL><p class="demo">{words::DEMO}</p></aside> });
    let nav = live(move || places(&path.get(), unread.get()));
    let mode = live(move || mode_switch(elder.get(), &path.get()));
    let tel = format!("tel:{}", config.phone);
    let phone = config.phone.clone();
    let elder_bar = live(move || elder_bar(&phone, &path.get()));
    view! {
        <a class="skip" href="#main" rel="external">
            {words::SKIP}
        </a>
        {demo}
        <header class="masthead">
            <div class="masthead__in">
                <a class="masthead__name" href="/">
                    {config.name.clone()}
                </a>
                <p class="masthead__side">
                    <a class="masthead__link elder-without" href=tel.clone() aria-label=words::call(&config.phone)>
                        {icon("#i-phone")}
                        {config.phone.clone()}
                    </a>
                    {mode}
                </p>
            </div>
            <nav class="nav" aria-label=words::NAV>
                <ul class="nav__list">{nav}</ul>
            </nav>
            <section class="elderbar" aria-label=words::ELDER_BAR>
                {elder_bar}
            </section>
        </header>
        <main class="main" id="main" tabindex="-1">
            {children()}
        </main>
        <footer class="footer">
            <div class="footer__in">
                <p>
                    <a class="footer__phone" href=tel>
                        {icon("#i-phone")}
                        <span>{words::CALL} " " <span class="footer__number">{config.phone.clone()}</span></span>
                    </a>
                    <span class="footer__hours">{config.phone_hours.clone()}</span>
                </p>
                <p>{words::FOOTER_EMERGENCY}</p>
                <ul class="footer__links" aria-label=words::FOOTER_LINKS>
                    <li>
                        <a href="/events" rel="external">
                            {words::NAV_EVENTS}
                        </a>
                    </li>
                    <li>
                        <a href="/help">{words::NAV_HELP}</a>
                    </li>
                    <li>
                        <a href="/privacy" rel="external">{words::FOOTER_PRIVACY}</a>
                    </li>
                    <li>
                        <a href="/help#a11y">{words::FOOTER_A11Y}</a>
                    </li>
                    <li>
                        <a href="/desk" rel="external">
                            {words::FOOTER_STAFF}
                        </a>
                    </li>
                </ul>
                <p class="footer__law">{words::FOOTER_LAW}</p>
            </div>
        </footer>
    }
    .into_any()
}
