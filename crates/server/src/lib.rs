//! REST API, first-paint pages, uploads and background jobs of the online liaison station.
//!
//! A request: [`app`] (layers) → [`api`] or [`pages`] → [`access`] → [`actions`] or [`load`] → store and domain.

#![allow(
    missing_docs,
    reason = "fields and variants whose names say it all need no sentence; everything else is documented"
)]

pub mod access;
pub mod actions;
pub mod api;
pub mod app;
pub mod assemble;
pub mod auth;
pub mod cli;
pub mod clock;
pub mod commands;
pub mod config;
pub mod demo;
pub mod directory;
pub mod following;
pub mod freshness;
pub mod http;
pub mod ics;
pub mod jobs;
pub mod library;
pub mod live;
pub mod load;
pub mod notify;
pub mod outbound;
pub mod pages;
pub mod problem;
pub mod qr;
pub mod rules;
pub mod sheets;
pub mod site;
pub mod speech;
pub mod state;
pub mod takeout;
pub mod uploads;
pub mod wechat;
