//! The commands, one group after the other.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Subcommand};
use reqwest::Method;
use serde_json::{Map, Value, json};

use super::client::{Client, Failure, json_file};
use super::fault::New;

#[derive(Subcommand)]
pub enum Clock {
    /// Show the time.
    Show,
    /// Stop the clock.
    Freeze,
    /// Let it run on.
    Resume,
    /// Move it to a time, such as 2030-01-01T12:00:00Z.
    Set { time: String },
    /// Move it by a span, such as 90s, 15m, "2h 30m", 3days.
    Advance { span: humantime::Duration },
    /// Back to the machine's time.
    Reset,
}

pub async fn clock(client: &Client, what: Clock) -> Result<(), Failure> {
    let change = match what {
        Clock::Show => return client.send(Method::GET, "/clock", None).await,
        Clock::Freeze => json!({"frozen": true}),
        Clock::Resume => json!({"frozen": false}),
        Clock::Set { time } => json!({"set": time}),
        Clock::Advance { span } => json!({"advanceMs": u64::try_from(span.as_millis())?}),
        Clock::Reset => json!({"reset": true}),
    };
    client.send(Method::PATCH, "/clock", Some(change)).await
}

#[derive(Subcommand)]
pub enum Fault {
    /// Add one.
    Add(Box<New>),
    /// Show all, and what they have done.
    List,
    /// Take one away.
    Remove { id: u64 },
    /// Take all away.
    Clear,
}

pub async fn fault(client: &Client, what: Fault) -> Result<(), Failure> {
    match what {
        Fault::Add(new) => client.post("/faults", Some(new.rule())).await,
        Fault::List => client.send(Method::GET, "/faults", None).await,
        Fault::Remove { id } => client.send(Method::DELETE, &format!("/faults/{id}"), None).await,
        Fault::Clear => client.send(Method::DELETE, "/faults", None).await,
    }
}

/// Which calls; a call must meet all that are given.
#[derive(Args)]
pub struct Filter {
    /// api, proxy, oauth, hermes or provider.
    #[arg(long)]
    kind: Option<String>,
    #[arg(long)]
    method: Option<String>,
    /// Path, or address of a call to a provider, without the query; * stands for anything.
    #[arg(long)]
    path: Option<String>,
    /// 404, or 4xx.
    #[arg(long)]
    status: Option<String>,
    #[arg(long)]
    user: Option<String>,
    #[arg(long)]
    integration: Option<String>,
    /// A text in the request's body.
    #[arg(long)]
    sent: Option<String>,
    /// A text in the answer's body.
    #[arg(long)]
    answered: Option<String>,
    /// Only calls after the one with this number.
    #[arg(long)]
    after: Option<u64>,
    /// The last so many.
    #[arg(long)]
    limit: Option<usize>,
}

impl Filter {
    fn members(self) -> Value {
        let all = [
            ("kind", json!(self.kind)),
            ("method", json!(self.method)),
            ("path", json!(self.path)),
            ("status", json!(self.status)),
            ("user", json!(self.user)),
            ("integration", json!(self.integration)),
            ("sent", json!(self.sent)),
            ("answered", json!(self.answered)),
            ("after", json!(self.after)),
            ("limit", json!(self.limit)),
        ];
        let given = all.into_iter().filter(|(_, value)| !value.is_null());
        Value::Object(given.map(|(name, value)| (name.to_owned(), value)).collect::<Map<_, _>>())
    }
}

#[derive(Subcommand)]
pub enum Journal {
    /// Show calls, oldest first.
    List(Filter),
    /// Wait for calls; ends with status 1 if they do not come.
    Wait {
        #[command(flatten)]
        filter: Filter,
        /// How many.
        #[arg(long, default_value_t = 1)]
        count: usize,
        /// How long, such as 5s.
        #[arg(long, default_value = "5s")]
        timeout: humantime::Duration,
    },
    /// Forget all calls.
    Clear,
}

pub async fn journal(client: &Client, what: Journal) -> Result<(), Failure> {
    let (filter, count, timeout) = match what {
        Journal::Clear => return client.send(Method::DELETE, "/journal", None).await,
        Journal::List(filter) => (filter, 0, Duration::ZERO),
        Journal::Wait { filter, count, timeout } => (filter, count, timeout.into()),
    };
    let wait = json!({"filter": filter.members(), "count": count, "timeoutMs": u64::try_from(timeout.as_millis())?});
    let answer = client.ask_project(Method::POST, "/journal/wait", Some(wait)).await?.unwrap_or_default();
    println!("{:#}", answer["calls"]);
    if answer["met"] == true { Ok(()) } else { Err("these calls did not come in time; what came is above".into()) }
}

#[derive(Subcommand)]
pub enum Project {
    /// Show all.
    List,
    /// Show one with its signing key.
    Show,
    /// Make one.
    Create {
        /// All ids follow from this text.
        #[arg(long)]
        ids: Option<String>,
        /// Project file; without one, the first project's.
        #[arg(long)]
        config: Option<PathBuf>,
    },
    /// Throw one away, with everything that it has stored.
    Delete { id: String },
}

pub async fn project(client: &Client, what: Project) -> Result<(), Failure> {
    match what {
        Project::List => client.print(Method::GET, "/projects", None).await,
        Project::Show => client.send(Method::GET, "", None).await,
        Project::Create { ids, config } => {
            let read = |file: PathBuf| {
                std::fs::read_to_string(&file).map_err(|error| format!("cannot read {}: {error}", file.display()))
            };
            let body = json!({"ids": ids, "projectFile": config.map(read).transpose()?});
            client.print(Method::POST, "/projects", Some(body)).await
        }
        Project::Delete { id } => client.print(Method::DELETE, &format!("/projects/{id}"), None).await,
    }
}

#[derive(Subcommand)]
pub enum Snapshot {
    /// Keep what is stored now. The name "seed" makes it what a reset goes to.
    Save { name: String },
    /// Put it back.
    Load { name: String },
    /// Show all.
    List,
    /// Throw one away.
    Delete { name: String },
    /// Print it as JSON. It holds the tokens of connected accounts.
    Export { name: String },
    /// Take in what export has printed.
    Import { name: String, file: PathBuf },
}

pub async fn snapshot(client: &Client, what: Snapshot) -> Result<(), Failure> {
    let at = |name: &str, end: &str| format!("/snapshots/{name}{end}");
    match what {
        Snapshot::Save { name } => client.send(Method::PUT, &at(&name, ""), None).await,
        Snapshot::Load { name } => client.post(&at(&name, "/load"), None).await,
        Snapshot::List => client.send(Method::GET, "/snapshots", None).await,
        Snapshot::Delete { name } => client.send(Method::DELETE, &at(&name, ""), None).await,
        Snapshot::Export { name } => client.send(Method::GET, &at(&name, "/file"), None).await,
        Snapshot::Import { name, file } => client.send(Method::PUT, &at(&name, "/file"), Some(json_file(&file)?)).await,
    }
}
