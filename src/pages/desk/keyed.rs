//! Lists whose rows are drawn once for as long as their key stays: what is typed in one outlives a change of the others.

use leptos::prelude::*;

/// A row: its key, and what draws it when the key is new.
pub type Row = (String, Box<dyn FnOnce() -> AnyView + Send>);

/// The rows in their order; one piece of code for all lists.
pub fn keyed(rows: Box<dyn Fn() -> Vec<Row> + Send + Sync>) -> AnyView {
    view! { <For each=rows key=|(key, _): &Row| key.clone() children=|(_, draw): Row| draw()/> }.into_any()
}
