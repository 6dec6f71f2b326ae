//! Workflows: declared in a project file, started over real sockets, sent to a receiver that reads what arrived.

mod runs;
mod support;
mod triggers;
