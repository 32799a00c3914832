//! One type for all routes.
//!
//! The router makes its machinery anew for each type of view it may choose. Behind two function pointers every
//! [`LazyRoute`] is the same to it; data and view stay apart, so that a view can still move to a chunk of its own.

use std::any::Any;
use std::future::Future;
use std::pin::Pin;

use leptos::prelude::*;
use leptos_router::{ChooseView, LazyRoute};

type Data = Box<dyn Any>;
type Drawing = Pin<Box<dyn Future<Output = AnyView>>>;

/// A page as the router sees it.
#[derive(Clone, Copy)]
pub struct Page {
    data: fn() -> Data,
    view: fn(Data) -> Drawing,
}

impl Page {
    /// The page of a route.
    pub fn of<T: LazyRoute>() -> Self {
        Self {
            data: || Box::new(T::data()),
            view: |data| match data.downcast::<T>() {
                Ok(data) => Box::pin(T::view(*data)),
                // `data` is made by the same route.
                Err(_) => Box::pin(async { ().into_any() }),
            },
        }
    }
}

impl ChooseView for Page {
    fn choose(self) -> impl Future<Output = AnyView> {
        (self.view)((self.data)())
    }

    async fn preload(&self) {}
}
