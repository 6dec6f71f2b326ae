//! The platform as a whole: the real routers on free ports, with the real sandbox providers, spoken to as a browser would.

mod api;
mod binary;
mod custom;
mod harness;
mod oauth;
mod proxy;
mod renew;
mod streaming;
mod workflow;
