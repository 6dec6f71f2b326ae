//! A local platform for embedded integrations: the API, the proxy and the OAuth client that a browser SDK talks to,
//! with sandbox providers to connect to, on one machine and with no network.
//!
//! `serve` starts it, `platform` is its router, `api` holds one file for each group of calls. See `README.md`.

pub mod admin;
pub mod api;
pub mod app;
mod assets;
pub mod auth;
pub mod clock;
pub mod config;
pub mod console;
mod demo;
pub mod fault;
mod glob;
pub mod http;
pub mod journal;
pub mod oauth;
mod pages;
mod platform;
mod portal;
pub mod project;
pub mod projects;
pub mod provider;
mod proxy;
pub mod serve;
pub mod snapshot;
pub mod store;
pub mod workflow;
