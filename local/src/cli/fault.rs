//! A fault, as it is written on the command line.

use clap::Args;
use paragon_local::fault::Effect;
use serde_json::{Value, json};

#[derive(Args)]
pub struct New {
    /// A status (429, 503, …), slow:<ms>, reset, half-body, bad-json, revoked-token, failing-refresh or coop.
    #[arg(value_parser = effect)]
    effect: Effect,
    /// Seconds for Retry-After; for a status.
    #[arg(long)]
    retry_after: Option<u32>,
    /// api, proxy, oauth, hermes, provider (the platform's own requests to providers) or page (of sandbox providers).
    #[arg(long)]
    on: Option<String>,
    #[arg(long)]
    method: Option<String>,
    /// Path, or address of a request to a provider, without the query; * stands for anything.
    #[arg(long)]
    path: Option<String>,
    #[arg(long)]
    integration: Option<String>,
    #[arg(long)]
    user: Option<String>,
    /// So many calls go well first.
    #[arg(long, default_value_t = 0)]
    after: u64,
    /// Then so many are broken; without a number, all.
    #[arg(long)]
    times: Option<u64>,
    /// How likely it is that a call is broken, from 0 to 1.
    #[arg(long)]
    probability: Option<f64>,
    /// The same seed breaks the same calls.
    #[arg(long, default_value_t = 0)]
    seed: u64,
}

impl New {
    /// As the admin API takes it.
    pub fn rule(self) -> Value {
        let effect = match self.effect {
            Effect::Status { status, body, .. } => Effect::Status { status, body, retry_after: self.retry_after },
            other => other,
        };
        json!({
            "on": self.on, "method": self.method, "path": self.path, "integration": self.integration, "user": self.user,
            "after": self.after, "times": self.times, "probability": self.probability, "seed": self.seed, "effect": effect,
        })
    }
}

fn effect(text: &str) -> Result<Effect, String> {
    let value = match (text.parse::<u16>(), text.strip_prefix("slow:").map(str::parse::<u64>)) {
        (Ok(status), _) => json!({"kind": "status", "status": status}),
        (_, Some(Ok(ms))) => json!({"kind": "slow", "ms": ms}),
        _ => json!({"kind": text}),
    };
    serde_json::from_value(value).map_err(|error| error.to_string())
}
