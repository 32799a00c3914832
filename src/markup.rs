//! Markup as data: what [`liaison_markup::view`] expands to, how a browser draws it and a server writes it.
//!
//! Leptos gives each element its own Rust type, and each type its own code; that was the larger part of the bundle.
//! Here one node type serves them all. It is an ordinary Leptos view: it stands inside of others, and others stand
//! inside of it.

use std::any::Any;
use std::borrow::Cow;
use std::sync::Arc;

use leptos::ev::EventDescriptor;
use leptos::prelude::*;
use leptos::tachys::html::attribute::Attribute;
use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::renderer::{Rndr, types};
use leptos::tachys::view::any_view::AnyViewState;
use leptos::tachys::view::{Mountable, Position, PositionState, Render, RenderHtml};
use leptos::wasm_bindgen::{JsCast, JsValue};

pub use liaison_markup::view;

/// A piece of markup.
pub enum Node {
    /// Nothing.
    Empty,
    /// Words known at compile time.
    Static(&'static str),
    /// Words made at run time.
    Text(String),
    /// An element.
    Element(Box<Element>),
    /// Several in a row.
    Many(Vec<Node>),
    /// Any other Leptos view: a component, something that changes.
    View(Box<AnyView>),
}

/// An element with its attributes and children.
pub struct Element {
    fixed: &'static Fixed,
    given: Vec<(&'static str, Attr)>,
    listeners: Vec<Listener>,
    children: Vec<Node>,
}

/// What of an element never changes.
#[derive(PartialEq, Eq)]
pub struct Fixed {
    /// Its name.
    pub tag: &'static str,
    /// Attributes with their values.
    pub attributes: &'static [(&'static str, &'static str)],
}

/// An attribute's value, or a property's: the name of a property begins with a dot.
pub enum Attr {
    /// The attribute is not there.
    Absent,
    /// It is there, without a value.
    Present,
    /// A value known at compile time.
    Static(&'static str),
    /// A value made at run time.
    Text(String),
    /// A value made again whenever a signal it was made from has changed.
    Live(Live),
}

/// How a value is made, and what keeps it true in the page: an app that has no such values has no code for them.
pub struct Live {
    /// Gone once it is in the page.
    make: Option<Make>,
    start: fn(Make, &types::Element, &'static str, Option<Kept>) -> Kept,
}

type Make = Box<dyn Fn() -> Attr + Send>;

/// What works for as long as it is kept.
type Kept = Box<dyn Any>;

/// What an element does at an event, waiting for the element.
pub struct Listener(Box<dyn FnOnce(&types::Element) -> Kept + Send>);

/// An element whose `given` attributes may change.
#[inline(never)]
pub fn element(fixed: &'static Fixed, given: Vec<(&'static str, Attr)>, children: Vec<Node>) -> Node {
    Node::Element(Box::new(Element {
        fixed,
        given,
        listeners: Vec::new(),
        children,
    }))
}

/// An element with one attribute that may change.
#[inline(never)]
pub fn with(fixed: &'static Fixed, name: &'static str, value: Attr, children: Vec<Node>) -> Node {
    element(fixed, vec![(name, value)], children)
}

/// The same with nothing in it.
#[inline(never)]
pub fn leaf_with(fixed: &'static Fixed, name: &'static str, value: Attr) -> Node {
    with(fixed, name, value, Vec::new())
}

/// An element of which only the content may change.
#[inline(never)]
pub fn plain(fixed: &'static Fixed, children: Vec<Node>) -> Node {
    element(fixed, Vec::new(), children)
}

/// The same around one child.
#[inline(never)]
pub fn around(fixed: &'static Fixed, child: Node) -> Node {
    plain(fixed, vec![child])
}

/// An element that never changes.
#[inline(never)]
pub fn leaf(fixed: &'static Fixed) -> Node {
    plain(fixed, Vec::new())
}

/// What to do at an event. As everywhere in Leptos, it is done in the name of the owner that made the view.
pub fn on<E>(event: E, mut act: impl FnMut(E::EventType) + Send + 'static) -> Listener
where
    E: EventDescriptor,
    E::EventType: JsCast,
{
    fn listener(event: Cow<'static, str>, mut act: Box<dyn FnMut(types::Event) + Send>) -> Listener {
        let owner = Owner::current().unwrap_or_default();
        Listener(Box::new(move |element| {
            let act = Box::new(move |event: types::Event| owner.with(|| act(event)));
            Box::new(Rndr::add_event_listener(element, &event, act))
        }))
    }
    listener(event.name(), Box::new(move |event| act(event.unchecked_into())))
}

/// The same element with listeners.
pub fn listening(mut node: Node, listeners: Vec<Listener>) -> Node {
    if let Node::Element(element) = &mut node {
        element.listeners = listeners;
    }
    node
}

/// What moves while a page is shown. It reads signals, so that whoever draws it draws it again.
pub type Moving<T> = Arc<dyn Fn() -> T + Send + Sync>;

/// A part that is drawn again whenever a signal it read has changed.
pub fn live(draw: impl Fn() -> Node + Send + 'static) -> Node {
    fn start(draw: Box<dyn Fn() -> Node + Send>) -> Node {
        (move || draw()).into_any().node()
    }
    start(Box::new(draw))
}

/// What may stand as a value of an attribute.
pub trait IntoAttr {
    /// The value.
    fn attr(self) -> Attr;
}

impl IntoAttr for &'static str {
    fn attr(self) -> Attr {
        Attr::Static(self)
    }
}

impl IntoAttr for String {
    fn attr(self) -> Attr {
        Attr::Text(self)
    }
}

impl IntoAttr for bool {
    fn attr(self) -> Attr {
        if self { Attr::Present } else { Attr::Absent }
    }
}

impl<T: IntoAttr> IntoAttr for Option<T> {
    fn attr(self) -> Attr {
        self.map_or(Attr::Absent, IntoAttr::attr)
    }
}

impl<F, T> IntoAttr for F
where
    F: Fn() -> T + Send + 'static,
    T: IntoAttr,
{
    fn attr(self) -> Attr {
        Attr::Live(Live {
            make: Some(Box::new(move || self().attr())),
            start: keep_true,
        })
    }
}

/// Sets a value that changes by itself whenever it has changed, and now unless it is what an earlier drawing of the same
/// element left there: what was typed since then stays. A property is set whenever its signals say so, as in Leptos:
/// people change it too (they type, they unfold), and that is not known here.
fn keep_true(make: Make, element: &types::Element, name: &'static str, earlier: Option<Kept>) -> Kept {
    let element = element.clone();
    let left = earlier.and_then(|earlier| earlier.downcast_ref::<RenderEffect<Attr>>()?.take_value());
    let mut is_told = false;
    let show = move |before: Option<Attr>| {
        let value = make();
        if is_told || before.is_none_or(|before| before.text() != value.text()) {
            set(&element, name, &value);
        }
        is_told = name.starts_with('.');
        value
    };
    Box::new(RenderEffect::new_with_value(show, left))
}

impl Attr {
    /// The value of an attribute that does not change by itself.
    fn text(&self) -> Option<&str> {
        match self {
            Self::Absent | Self::Live(_) => None,
            Self::Present => Some(""),
            Self::Static(text) => Some(text),
            Self::Text(text) => Some(text),
        }
    }
}

/// What may stand between tags.
pub trait IntoNode {
    /// The node.
    fn node(self) -> Node;
}

impl IntoNode for Node {
    fn node(self) -> Node {
        self
    }
}

impl IntoNode for () {
    fn node(self) -> Node {
        Node::Empty
    }
}

impl IntoNode for &'static str {
    fn node(self) -> Node {
        Node::Static(self)
    }
}

impl IntoNode for String {
    fn node(self) -> Node {
        Node::Text(self)
    }
}

impl IntoNode for AnyView {
    fn node(self) -> Node {
        Node::View(Box::new(self))
    }
}

impl<T: IntoNode> IntoNode for Option<T> {
    fn node(self) -> Node {
        self.map_or(Node::Empty, IntoNode::node)
    }
}

impl<T: IntoNode> IntoNode for Vec<T> {
    fn node(self) -> Node {
        Node::Many(self.into_iter().map(IntoNode::node).collect())
    }
}

impl<F, T> IntoNode for F
where
    F: Fn() -> T + Send + 'static,
    T: IntoNode,
{
    fn node(self) -> Node {
        live(move || self().node())
    }
}

/// What a node became in the page.
pub struct NodeState(Drawn);

enum Drawn {
    /// A comment that keeps the place.
    Place(types::Placeholder),
    Text(types::Text, Words),
    Element(Box<DrawnElement>),
    /// The nodes, and a comment after them that keeps the place.
    Many(Vec<NodeState>, types::Placeholder),
    View(AnyViewState),
}

struct DrawnElement {
    fixed: &'static Fixed,
    element: types::Element,
    given: Vec<(&'static str, Attr)>,
    /// The values that change by themselves, in their order among `given`.
    live: Vec<Kept>,
    listening: Vec<Kept>,
    children: Vec<NodeState>,
}

#[derive(PartialEq)]
enum Words {
    Static(&'static str),
    Text(String),
}

impl Words {
    fn text(&self) -> &str {
        match self {
            Self::Static(text) => text,
            Self::Text(text) => text,
        }
    }
}

fn draw_text(words: Words) -> Drawn {
    Drawn::Text(Rndr::create_text_node(words.text()), words)
}

fn draw_element(node: Element) -> Drawn {
    let Element {
        fixed,
        mut given,
        listeners,
        children,
    } = node;
    let space = matches!(
        fixed.tag,
        "svg" | "use" | "g" | "polygon" | "path" | "circle" | "text" | "title" | "desc"
    )
    .then_some("http://www.w3.org/2000/svg");
    let element = Rndr::create_element(fixed.tag, space);
    for (name, value) in fixed.attributes {
        Rndr::set_attribute(&element, name, value);
    }
    let mut live = Vec::new();
    for (name, value) in &mut given {
        match value {
            Attr::Live(value) => live.extend(value.start(&element, name, None)),
            // A new element has nothing to remove.
            Attr::Absent => {}
            value => set(&element, name, value),
        }
    }
    let listening = listen(&element, listeners);
    let mut children: Vec<NodeState> = children.into_iter().map(Render::build).collect();
    for child in &mut children {
        child.mount(&element, None);
    }
    Drawn::Element(Box::new(DrawnElement {
        fixed,
        element,
        given,
        live,
        listening,
        children,
    }))
}

impl Live {
    fn start(&mut self, element: &types::Element, name: &'static str, earlier: Option<Kept>) -> Option<Kept> {
        let make = self.make.take()?;
        Some((self.start)(make, element, name, earlier))
    }
}

fn listen(element: &types::Element, listeners: Vec<Listener>) -> Vec<Kept> {
    listeners.into_iter().map(|Listener(start)| start(element)).collect()
}

/// Sets an attribute or a property.
fn set(element: &types::Element, name: &str, value: &Attr) {
    if let Some(property) = name.strip_prefix('.') {
        let value = match value {
            Attr::Static(text) => JsValue::from_str(text),
            Attr::Text(text) => JsValue::from_str(text),
            Attr::Present => JsValue::TRUE,
            Attr::Absent | Attr::Live(_) => JsValue::FALSE,
        };
        return Rndr::set_property(element, property, &value);
    }
    match value.text() {
        Some(value) => Rndr::set_attribute(element, name, value),
        None => Rndr::remove_attribute(element, name),
    }
}

/// The same element with other values: only what differs is touched, so that focus and typed text stay.
fn update_element(old: &mut DrawnElement, new: Element) {
    let mut earlier = std::mem::take(&mut old.live).into_iter();
    for ((name, before), (_, mut after)) in old.given.iter_mut().zip(new.given) {
        let was_live = matches!(before, Attr::Live(_));
        let earlier = if was_live { earlier.next() } else { None };
        match &mut after {
            Attr::Live(value) => old.live.extend(value.start(&old.element, name, earlier)),
            value if was_live || before.text() != value.text() => set(&old.element, name, value),
            _ => {}
        }
        *before = after;
    }
    // The old ones first: a listener goes when it is dropped.
    old.listening.clear();
    old.listening = listen(&old.element, new.listeners);
    for (state, child) in old.children.iter_mut().zip(new.children) {
        child.rebuild(state);
    }
}

impl DrawnElement {
    /// Drawn by the same line of a view.
    fn is_like(&self, new: &Element) -> bool {
        self.fixed == new.fixed
            && self.given.len() == new.given.len()
            && self.children.len() == new.children.len()
            && self.is_same_control(new)
    }

    /// A control keeps what was typed or chosen in it, so it never becomes another question's control.
    fn is_same_control(&self, new: &Element) -> bool {
        if !matches!(self.fixed.tag, "input" | "textarea" | "select" | "details") {
            return true;
        }
        // Of a choice the value says which one it is; of a field it is only what it starts with.
        let is_choice = self.given.iter().any(|(name, _)| *name == "checked");
        let tells = |name: &str| matches!(name, "name" | "id" | "type") || (is_choice && name == "value");
        self.given
            .iter()
            .zip(&new.given)
            .all(|((name, before), (_, after))| !tells(name) || before.text() == after.text())
    }
}

impl Render for Node {
    type State = NodeState;

    fn build(self) -> NodeState {
        NodeState(match self {
            Self::Empty => Drawn::Place(Rndr::create_placeholder()),
            Self::Static(words) => draw_text(Words::Static(words)),
            Self::Text(words) => draw_text(Words::Text(words)),
            Self::Element(element) => draw_element(*element),
            Self::Many(nodes) => Drawn::Many(build_all(nodes.into_iter()), Rndr::create_placeholder()),
            Self::View(view) => Drawn::View(view.build()),
        })
    }

    fn rebuild(self, state: &mut NodeState) {
        let new = match (self, &mut state.0) {
            (Self::Empty, Drawn::Place(_)) => return,
            (Self::Static(words), Drawn::Text(node, before)) => return update_text(node, before, Words::Static(words)),
            (Self::Text(words), Drawn::Text(node, before)) => return update_text(node, before, Words::Text(words)),
            (Self::Element(new), Drawn::Element(old)) if old.is_like(&new) => return update_element(old, *new),
            (Self::Many(new), Drawn::Many(old, place)) => return update_many(old, place, new),
            (Self::View(view), Drawn::View(old)) => return view.rebuild(old),
            (new, _) => new,
        };
        let mut drawn = new.build();
        state.insert_before_this(&mut drawn);
        state.unmount();
        *state = drawn;
    }
}

/// A longer or shorter list: those that stay are updated, the others come and go at the end.
fn update_many(old: &mut Vec<NodeState>, place: &types::Placeholder, new: Vec<Node>) {
    for mut gone in old.drain(new.len().min(old.len())..) {
        gone.unmount();
    }
    let mut new = new.into_iter();
    for (state, node) in old.iter_mut().zip(new.by_ref()) {
        node.rebuild(state);
    }
    let mut more = build_all(new);
    if let Some(parent) = parent(place) {
        for drawn in &mut more {
            drawn.mount(&parent, Some(place));
        }
    }
    old.append(&mut more);
}

/// How many of those drawn just before are looked at for one to copy.
const LIKES: usize = 6;

/// Draws several. One that is drawn by the same lines as one before it is copied from that by the engine at a stroke, and
/// only what differs is set. Nobody else has touched what was drawn a moment ago; what has been in the page for a while may
/// look different (translated, say).
fn build_all(nodes: impl Iterator<Item = Node>) -> Vec<NodeState> {
    let mut drawn: Vec<NodeState> = Vec::new();
    for node in nodes {
        let copied = drawn.iter().rev().take(LIKES).find_map(|one| match (&one.0, &node) {
            (Drawn::Element(like), Node::Element(new)) if like.can_become(new) => {
                Some((like, like.element.clone_node_with_deep(true).ok()?))
            }
            _ => None,
        });
        let one = match (copied, node) {
            (Some((like, copy)), Node::Element(new)) => {
                NodeState(Drawn::Element(Box::new(like.become_new(copy.unchecked_into(), *new))))
            }
            (_, node) => node.build(),
        };
        drawn.push(one);
    }
    drawn
}

/// The nodes of a copy, one after the other.
struct Walk(Option<types::Node>);

impl Walk {
    fn step(&mut self) -> Option<types::Node> {
        let node = self.0.take()?;
        self.0 = node.next_sibling();
        Some(node)
    }

    fn place(&mut self) -> types::Placeholder {
        self.step()
            .map_or_else(Rndr::create_placeholder, JsCast::unchecked_into)
    }
}

impl DrawnElement {
    /// A copy of this one needs nothing but other words and attributes to be the drawing of `new`.
    fn can_become(&self, new: &Element) -> bool {
        let copied = |(name, value): &(&str, Attr)| !name.starts_with('.') && !matches!(value, Attr::Live(_));
        self.is_like(new)
            && self.live.is_empty()
            && self.listening.is_empty()
            && new.listeners.is_empty()
            && new.given.iter().all(copied)
            && self
                .children
                .iter()
                .zip(&new.children)
                .all(|(child, new)| child.can_become(new))
    }

    /// `copy`, a copy of this one, as the drawing of `new`.
    fn become_new(&self, copy: types::Element, new: Element) -> Self {
        for ((name, before), (_, after)) in self.given.iter().zip(&new.given) {
            if before.text() != after.text() {
                set(&copy, name, after);
            }
        }
        let mut walk = Walk(copy.first_child());
        let children = self.children.iter().zip(new.children);
        Self {
            fixed: new.fixed,
            given: new.given,
            live: Vec::new(),
            listening: Vec::new(),
            children: children.map(|(child, new)| child.become_new(&mut walk, new)).collect(),
            element: copy,
        }
    }
}

impl NodeState {
    fn can_become(&self, new: &Node) -> bool {
        match (&self.0, new) {
            (Drawn::Place(_), Node::Empty) | (Drawn::Text(..), Node::Static(_) | Node::Text(_)) => true,
            (Drawn::Element(like), Node::Element(new)) => like.can_become(new),
            (Drawn::Many(likes, _), Node::Many(new)) => {
                likes.len() == new.len() && likes.iter().zip(new).all(|(like, new)| like.can_become(new))
            }
            _ => false,
        }
    }

    /// What comes next in a copy of this one, as the drawing of `new`.
    fn become_new(&self, walk: &mut Walk, new: Node) -> Self {
        let text = |walk: &mut Walk, words: Words| match (walk.step(), &self.0) {
            (Some(node), Drawn::Text(_, before)) => {
                let node: types::Text = node.unchecked_into();
                if before.text() != words.text() {
                    Rndr::set_text(&node, words.text());
                }
                Drawn::Text(node, words)
            }
            _ => draw_text(words),
        };
        Self(match (&self.0, new) {
            (_, Node::Static(words)) => text(walk, Words::Static(words)),
            (_, Node::Text(words)) => text(walk, Words::Text(words)),
            (Drawn::Many(likes, _), Node::Many(new)) => {
                let nodes = likes.iter().zip(new);
                let nodes = nodes.map(|(like, new)| like.become_new(walk, new)).collect();
                Drawn::Many(nodes, walk.place())
            }
            (Drawn::Element(like), Node::Element(new)) => match walk.step() {
                Some(node) => Drawn::Element(Box::new(like.become_new(node.unchecked_into(), *new))),
                None => draw_element(*new),
            },
            (_, Node::Empty) => Drawn::Place(walk.place()),
            (_, new) => return new.build(),
        })
    }
}

fn parent(node: &types::Node) -> Option<types::Element> {
    Rndr::get_parent(node).and_then(<types::Element as leptos::tachys::renderer::CastFrom<types::Node>>::cast_from)
}

fn update_text(node: &types::Text, before: &mut Words, after: Words) {
    if before.text() != after.text() {
        Rndr::set_text(node, after.text());
    }
    *before = after;
}

impl Mountable for NodeState {
    fn unmount(&mut self) {
        match &mut self.0 {
            Drawn::Place(place) => Rndr::remove(place),
            Drawn::Text(text, _) => Rndr::remove(text),
            Drawn::Element(drawn) => Rndr::remove(&drawn.element),
            Drawn::Many(nodes, place) => {
                for node in nodes {
                    node.unmount();
                }
                Rndr::remove(place);
            }
            Drawn::View(view) => view.unmount(),
        }
    }

    fn mount(&mut self, parent: &types::Element, marker: Option<&types::Node>) {
        match &mut self.0 {
            Drawn::Place(place) => Rndr::insert_node(parent, place, marker),
            Drawn::Text(text, _) => Rndr::insert_node(parent, text, marker),
            Drawn::Element(drawn) => Rndr::insert_node(parent, &drawn.element, marker),
            Drawn::Many(nodes, place) => {
                for node in nodes {
                    node.mount(parent, marker);
                }
                Rndr::insert_node(parent, place, marker);
            }
            Drawn::View(view) => view.mount(parent, marker),
        }
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        let here: &types::Node = match &self.0 {
            Drawn::Place(place) => place,
            Drawn::Text(text, _) => text,
            Drawn::Element(drawn) => &drawn.element,
            Drawn::Many(nodes, place) => match nodes.first() {
                Some(first) => return first.insert_before_this(child),
                None => place,
            },
            Drawn::View(view) => return view.insert_before_this(child),
        };
        let Some(parent) = parent(here) else {
            return false;
        };
        child.mount(&parent, Some(here));
        true
    }

    fn elements(&self) -> Vec<types::Element> {
        match &self.0 {
            Drawn::Element(drawn) => vec![drawn.element.clone()],
            Drawn::Many(nodes, _) => nodes.iter().flat_map(Mountable::elements).collect(),
            Drawn::View(view) => view.elements(),
            Drawn::Place(_) | Drawn::Text(..) => Vec::new(),
        }
    }
}

impl AddAnyAttr for Node {
    type Output<NewAttr: Attribute> = Self;

    /// Markup has all its attributes already.
    fn add_any_attr<NewAttr: Attribute>(self, _: NewAttr) -> Self {
        self
    }
}

/// Elements without an end.
const VOID: &[&str] = &["br", "hr", "img", "input", "link", "meta", "source", "wbr"];

fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
}

fn write_element(node: Element, out: &mut String) {
    let Element {
        fixed: Fixed { tag, attributes },
        given,
        listeners: _,
        children,
    } = node;
    out.push('<');
    out.push_str(tag);
    let given = given.into_iter().map(|(name, value)| match value {
        Attr::Live(live) => (name, live.make.map_or(Attr::Absent, |make| make())),
        value => (name, value),
    });
    let given: Vec<_> = given.filter(|(name, _)| !name.starts_with('.')).collect();
    let fixed = attributes.iter().map(|(name, value)| (*name, Some(*value)));
    for (name, value) in fixed.chain(given.iter().map(|(name, value)| (*name, value.text()))) {
        let Some(value) = value else { continue };
        out.push(' ');
        out.push_str(name);
        if !value.is_empty() || matches!(name, "value" | "alt") {
            out.push_str("=\"");
            escape(out, value);
            out.push('"');
        }
    }
    out.push('>');
    if VOID.contains(tag) {
        return;
    }
    for child in children {
        write(child, out);
    }
    out.push_str("</");
    out.push_str(tag);
    out.push('>');
}

fn write(node: Node, out: &mut String) {
    match node {
        Node::Empty => {}
        Node::Static(text) => escape(out, text),
        Node::Text(text) => escape(out, &text),
        Node::Element(element) => write_element(*element, out),
        Node::Many(nodes) => nodes.into_iter().for_each(|node| write(node, out)),
        Node::View(view) => view.to_html_with_buf(out, &mut Position::NextChild, true, false, Vec::new()),
    }
}

impl RenderHtml for Node {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn to_html_with_buf(self, buf: &mut String, position: &mut Position, _: bool, _: bool, _: Vec<AnyAttribute>) {
        write(self, buf);
        *position = Position::NextChild;
    }

    /// Pages are drawn anew and take the server's place; nothing is hydrated.
    fn hydrate<const FROM_SERVER: bool>(self, _: &Cursor, _: &PositionState) -> NodeState {
        self.build()
    }

    fn into_owned(self) -> Self {
        self
    }
}
