//! The place on the map: tapped, moved by arrow keys, or where the device is. Asked of the device only when its button is
//! pressed.

use js_sys::Reflect;
use leptos::prelude::*;
use liaison_domain::dto::{AreaShape, Spot, WriteOptions};
use liaison_domain::geo::{Coordinates, Point};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, HtmlSelectElement, KeyboardEvent, MouseEvent};

use super::super::parts;
use super::flow::Flow;
use crate::api::directory;
use crate::i18n::zh::guidance as words;
use crate::markup::view;
use crate::state::{listen, live, react};
use crate::views::{MapData, map_picture};

/// The place of the letter, and the map it is shown on.
#[derive(Clone, Copy)]
pub struct Place {
    spot: RwSignal<Option<Spot>>,
    map: StoredValue<Option<MapData>>,
    /// Outlines of the communities, once they are there.
    shapes: StoredValue<Option<Vec<AreaShape>>>,
    /// What happened to the last wish, in words.
    said: RwSignal<String>,
    /// The map's code, once it is there.
    work: RwSignal<Option<MapWork>>,
}

/// What a map can do: code of a part of its own.
#[derive(Clone, Copy, Debug)]
pub struct MapWork {
    view: fn(Flow, &WriteOptions) -> Option<AnyView>,
    /// Asks the device where it is.
    pub locate: fn(Flow),
    /// Takes the pin away.
    pub unpin: fn(Flow),
    find_shapes: fn(Place),
}

impl MapWork {
    /// The functions themselves.
    pub const HERE: Self = Self {
        view: Flow::map,
        locate: Flow::locate,
        unpin: Flow::unpin,
        find_shapes: Place::find_shapes,
    };
}

impl Place {
    pub fn new(spot: Option<Spot>) -> Self {
        Self {
            spot: RwSignal::new(spot),
            map: StoredValue::new(None),
            shapes: StoredValue::new(None),
            said: RwSignal::new(String::new()),
            work: RwSignal::new(None),
        }
    }

    /// The map's code, where a map is shown.
    pub fn work(self) -> Option<MapWork> {
        self.work.get_untracked()
    }

    /// Fetches the outlines, and shows the map then. Without them there is still the list.
    fn find_shapes(self) {
        react::spawn(async move {
            if let Some(hints) = directory::write_hints().await {
                let _ = self.shapes.try_set_value(Some(hints.shapes));
                let _ = self.work.try_update(|_| ());
            }
        });
    }

    /// Fetches the map's code and outlines before the question that shows it. Without them there is still the list.
    pub fn fetch(self) {
        if !matches!(self.work.try_get_untracked(), Some(None)) {
            return;
        }
        react::spawn(async move {
            let work = match parts::had() {
                Some(parts) => (parts.map)().await,
                None => None,
            };
            if let Some(found) = work {
                let _ = self.work.try_set(work);
                (found.find_shapes)(self);
            }
        });
    }
}

impl Flow {
    /// The map, as soon as its code is there.
    pub(super) fn map_later(self, options: &WriteOptions) -> AnyView {
        let options = options.clone();
        self.place.fetch();
        react::view(move || match self.place.work.get() {
            Some(work) => (work.view)(self, &options).unwrap_or_else(|| ().into_any()),
            None => ().into_any(),
        })
    }

    /// Listens to taps and arrow keys on the map.
    fn listen_to_map(self) {
        listen::on_document("click", move |event| {
            if let (Some(frame), Some(mouse)) = (on_map(&event), event.dyn_ref::<MouseEvent>()) {
                self.tapped(&frame, mouse);
            }
        });
        listen::on_document("keydown", move |event| {
            let Some(key) = event.dyn_ref::<KeyboardEvent>().filter(|_| on_map(&event).is_some()) else {
                return;
            };
            let (across, down) = match key.key().as_str() {
                "ArrowLeft" => (-1.0, 0.0),
                "ArrowRight" => (1.0, 0.0),
                "ArrowUp" => (0.0, -1.0),
                "ArrowDown" => (0.0, 1.0),
                _ => return,
            };
            event.prevent_default();
            self.moved(across, down);
        });
    }

    fn tapped(self, frame: &Element, mouse: &MouseEvent) {
        let Ok(Some(picture)) = frame.query_selector("svg") else {
            return;
        };
        let shape = picture.get_bounding_client_rect();
        if shape.width() <= 0.0 || shape.height() <= 0.0 {
            return;
        }
        let across = (f64::from(mouse.client_x()) - shape.left()) / shape.width();
        let down = (f64::from(mouse.client_y()) - shape.top()) / shape.height();
        let point = self.place.map.with_value(|map| map.as_ref()?.point_at(across, down));
        self.put_pin(point);
    }

    fn moved(self, across: f64, down: f64) {
        let from = self.place.spot.with_untracked(|spot| spot.as_ref()?.point());
        let point = self.place.map.with_value(|map| map.as_ref()?.moved(from, across, down));
        self.put_pin(point);
    }

    /// Where the device is. Nothing is asked before somebody presses for it.
    fn locate(self) {
        let Ok(here) = window().navigator().geolocation() else {
            self.place.said.set(words::LOCATE_FAILED.to_owned());
            return;
        };
        self.place.said.set(words::LOCATING.to_owned());
        let found = Closure::once_into_js(move |position: JsValue| {
            let coords = Reflect::get(&position, &"coords".into()).unwrap_or(JsValue::UNDEFINED);
            let number = |name: &str| Reflect::get(&coords, &name.into()).ok()?.as_f64();
            let point = number("longitude").zip(number("latitude"));
            let point = point.and_then(|(lng, lat)| Point::new(lng, lat));
            let near = self
                .place
                .map
                .try_with_value(|map| map.as_ref().zip(point).is_some_and(|(map, point)| map.shows(point)));
            if near == Some(true) {
                self.put_pin(point);
            } else {
                let _ = self.place.said.try_set(words::LOCATE_FAR.to_owned());
            }
        });
        let failed = Closure::once_into_js(move |_: JsValue| {
            let _ = self.place.said.try_set(words::LOCATE_FAILED.to_owned());
        });
        let asked = here.get_current_position_with_error_callback(found.unchecked_ref(), Some(failed.unchecked_ref()));
        if asked.is_err() {
            self.place.said.set(words::LOCATE_FAILED.to_owned());
        }
    }

    /// Takes the pin away.
    fn unpin(self) {
        self.place.spot.set(None);
        self.place.said.set(String::new());
        self.draft.form.update_untracked(|form| form.extra.spot = None);
        self.draft.changed();
    }

    /// Puts the pin there, and chooses the community around it in the list.
    fn put_pin(self, point: Option<Point>) {
        let Some(point) = point else { return };
        let spot = Spot {
            lng: point.lng,
            lat: point.lat,
            coordinates: Coordinates::Wgs84,
        };
        let area = self.place.map.with_value(|map| map.as_ref()?.area_of(point).cloned());
        self.draft.form.update_untracked(|form| {
            form.extra.spot = Some(spot.clone());
            if let Some(area) = &area
                && form.area != area.code
            {
                form.area.clone_from(&area.code);
                form.station.clear();
            }
        });
        if let Some(area) = &area {
            if let Ok(Some(list)) = document().query_selector("#write select[name=\"area\"]") {
                list.unchecked_into::<HtmlSelectElement>().set_value(&area.code);
            }
            let near = words::near(&area.name);
            live::say(&near);
            let _ = self.place.said.try_set(near);
        }
        let _ = self.place.spot.try_set(Some(spot));
        self.draft.changed();
    }

    /// The map; none where the station has none.
    fn map(self, options: &WriteOptions) -> Option<AnyView> {
        if self.place.shapes.with_value(Option::is_none) {
            // They did not come the first time.
            self.place.find_shapes();
        }
        let shapes = self.place.shapes.get_value()?;
        let map = MapData::new(&shapes, &options.stations)?;
        self.listen_to_map();
        let place = self.place;
        place.map.set_value(Some(map.clone()));
        let picture = react::view(move || map_picture(&map, place.spot.get().as_ref(), "map"));
        let said = react::view(move || place.said.get().into_any());
        let clear = react::view(move || {
            if place.spot.with(Option::is_none) {
                return ().into_any();
            }
            view! {
                <button class="link" type="button" data-do="unpin">
                    {words::SPOT_CLEAR}
                </button>
            }
            .into_any()
        });
        Some(
            view! {
                <section class="map" aria-labelledby="map-name">
                    <h2 class="map__head" id="map-name">{words::MAP}</h2>
                    <p class="field__hint" id="map-hint">
                        {words::MAP_HINT} <span class="map__keys">{words::MAP_KEYS}</span>
                    </p>
                    <p class="buttons">
                        <button class="button button--second" type="button" data-do="locate">
                            {words::LOCATE}
                        </button>
                    </p>
                    <div
                        class="map__frame"
                        id="map"
                        tabindex="0"
                        role="application"
                        aria-labelledby="map-name"
                        aria-describedby="map-hint"
                    >
                        {picture}
                    </div>
                    <p class="map__said">{said} " " {clear}</p>
                    <p class="field__hint">{words::SPOT_HANDLERS}</p>
                </section>
            }
            .into_any(),
        )
    }
}

fn on_map(event: &Event) -> Option<Element> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    target.closest("#map").ok().flatten()
}
