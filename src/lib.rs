//! The web client of the online liaison station.
//!
//! [`views`], [`components`] and [`i18n`] turn data into markup and words; they know no browser and are
//! compiled by the server too, for the first paint. Everything that needs a browser (requests, state,
//! routes, mounting) is behind the feature `csr`.

#![allow(
    clippy::needless_pass_by_value,
    reason = "a component owns its props: Leptos hands them over whole, and a page that has drawn them is done with them"
)]

pub mod components;
#[cfg(feature = "ssr")]
pub mod host;
pub mod i18n;
pub mod markup;
pub mod parts;
pub mod views;

#[cfg(feature = "csr")]
pub mod api;
#[cfg(feature = "csr")]
pub mod boot;
#[cfg(feature = "csr")]
pub mod pages;
#[cfg(feature = "csr")]
pub mod state;
