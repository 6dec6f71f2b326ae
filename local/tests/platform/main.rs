//! The platform as a whole: the real routers on free ports, with the real sandbox providers, spoken to as a browser would.

mod admin;
mod api;
mod binary;
mod console;
mod custom;
mod description;
mod durability;
mod faults;
mod harness;
mod hostile;
mod installs;
mod journal;
mod limits;
mod mixups;
mod oauth;
mod permissions;
mod project_files;
mod projects;
mod proxy;
mod raw;
mod renew;
mod snapshots;
mod sources;
mod streaming;
mod tls;
mod workflow;
