//! Workflows: declared in a project file, started over real sockets, sent to a receiver that reads what arrived.

mod authorization;
mod bodies;
mod bounds;
mod crash;
mod defaults;
mod failures;
mod files;
mod history;
mod listens;
mod oauth;
mod pages;
mod resources;
mod runs;
mod safety;
mod secrets;
mod steered;
mod support;
mod triggers;
mod variables;
