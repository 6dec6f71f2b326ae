//! Commands that steer a running platform, by its admin API. What they print is JSON; those that only do something print
//! nothing.

mod client;
mod commands;
mod fault;

use std::path::PathBuf;

use clap::{Args, Subcommand};
use reqwest::Method;
use serde_json::json;

pub use client::{Client, Failure};

/// Which running platform is meant, and which project of it.
#[derive(Args)]
pub struct Target {
    /// Data folder of the running platform; its admin.json tells address and secret.
    #[arg(long, default_value = ".paragon-local", global = true)]
    pub data: PathBuf,
    /// Address of the admin API of a platform without a data folder.
    #[arg(long, env = "PARAGON_LOCAL_ADMIN", requires = "secret", global = true)]
    pub admin: Option<String>,
    /// The secret that it printed at its start.
    #[arg(long, env = "PARAGON_LOCAL_SECRET", hide_env_values = true, requires = "admin", global = true)]
    pub secret: Option<String>,
    /// Id of the project.
    #[arg(long, default_value = "default", global = true)]
    pub project: String,
}

/// What can be done.
#[derive(Subcommand)]
pub enum Steer {
    /// Show, stop or move the clock.
    #[command(subcommand)]
    Clock(commands::Clock),
    /// Make calls fail.
    #[command(subcommand)]
    Fault(commands::Fault),
    /// Look at the last calls.
    #[command(subcommand)]
    Journal(commands::Journal),
    /// Make and throw away projects.
    #[command(subcommand)]
    Project(commands::Project),
    /// Go back to the seed: users, accounts, clock; no faults, an empty journal.
    Reset,
    /// Add users and connected accounts from a file.
    Seed {
        /// JSON: {"users": [{"id", "meta", "accounts": [{"integration", "as", "inputs"}]}]}
        file: PathBuf,
    },
    /// Keep and load what is stored.
    #[command(subcommand)]
    Snapshot(commands::Snapshot),
}

/// A user token from the running platform; `None` if there is none, or if it does not answer.
#[tokio::main(flavor = "current_thread")]
pub async fn token(target: &Target, user: &str, seconds: i64) -> Option<String> {
    let body = json!({"user": user, "seconds": seconds});
    let answer = Client::new(target).ok()?.ask_project(Method::POST, "/token", Some(body)).await.ok()??;
    answer["token"].as_str().map(str::to_owned)
}

/// Does it.
#[tokio::main(flavor = "current_thread")]
pub async fn steer(target: &Target, what: Steer) -> Result<(), Failure> {
    let client = Client::new(target)?;
    match what {
        Steer::Clock(what) => commands::clock(&client, what).await,
        Steer::Fault(what) => commands::fault(&client, what).await,
        Steer::Journal(what) => commands::journal(&client, what).await,
        Steer::Project(what) => commands::project(&client, what).await,
        Steer::Reset => client.post("/reset", None).await,
        Steer::Seed { file } => client.post("/seed", Some(client::json_file(&file)?)).await,
        Steer::Snapshot(what) => commands::snapshot(&client, what).await,
    }
}
