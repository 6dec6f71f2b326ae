//! Calls to the admin API of a running platform.

use std::path::Path;

use paragon_local::admin;
use reqwest::Method;
use serde_json::Value;

use super::Target;

/// Why a command failed, in a sentence.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// A running platform's admin API.
pub struct Client {
    http: reqwest::Client,
    base: String,
    secret: String,
    project: String,
}

impl Client {
    /// Finds the running platform.
    pub fn new(target: &Target) -> Result<Self, Failure> {
        let (base, secret) = match (&target.admin, &target.secret) {
            (Some(base), Some(secret)) => (base.trim_end_matches('/').to_owned(), secret.clone()),
            _ => from_file(&target.data)?,
        };
        Ok(Self { http: reqwest::Client::builder().no_proxy().build()?, base, secret, project: target.project.clone() })
    }

    /// Sends to the project's part, and prints what is answered.
    pub async fn send(&self, method: Method, path: &str, body: Option<Value>) -> Result<(), Failure> {
        self.print(method, &format!("/projects/{}{path}", self.project), body).await
    }

    /// `POST` to the project's part.
    pub async fn post(&self, path: &str, body: Option<Value>) -> Result<(), Failure> {
        self.send(Method::POST, path, body).await
    }

    /// Sends anywhere, and prints what is answered.
    pub async fn print(&self, method: Method, path: &str, body: Option<Value>) -> Result<(), Failure> {
        if let Some(answer) = self.ask(method, path, body).await? {
            println!("{answer:#}");
        }
        Ok(())
    }

    /// Sends to the project's part; the answer, if there is one.
    pub async fn ask_project(&self, method: Method, path: &str, body: Option<Value>) -> Result<Option<Value>, Failure> {
        self.ask(method, &format!("/projects/{}{path}", self.project), body).await
    }

    async fn ask(&self, method: Method, path: &str, body: Option<Value>) -> Result<Option<Value>, Failure> {
        let mut request = self.http.request(method, format!("{}{path}", self.base)).bearer_auth(&self.secret);
        if let Some(body) = body {
            request = request.json(&body);
        }
        let sent = request.send().await;
        let response =
            sent.map_err(|_| format!("no platform answers at {}. Is \"paragon-local serve\" running?", self.base))?;
        let status = response.status();
        let text = response.text().await?;
        if status.is_success() {
            return Ok(if text.is_empty() { None } else { Some(serde_json::from_str(&text)?) });
        }
        let told = serde_json::from_str::<Value>(&text).ok();
        let message = told.as_ref().and_then(|error| error["message"].as_str());
        Err(message.map_or_else(|| format!("the platform answered {status}: {text}"), str::to_owned).into())
    }
}

fn from_file(data: &Path) -> Result<(String, String), Failure> {
    let file = data.join(admin::FILE);
    let told = json_file(&file).map_err(|error| {
        format!(
            "{error}. Start \"paragon-local serve\" with this data folder first, name its folder with --data, or give --admin and --secret."
        )
    })?;
    match (told["address"].as_str(), told["secret"].as_str()) {
        (Some(base), Some(secret)) => Ok((base.into(), secret.into())),
        _ => {
            Err(format!("{} does not tell address and secret. Start \"paragon-local serve\" again.", file.display())
                .into())
        }
    }
}

/// The JSON of a file.
pub fn json_file(file: &Path) -> Result<Value, Failure> {
    let text = std::fs::read_to_string(file).map_err(|error| format!("cannot read {}: {error}", file.display()))?;
    serde_json::from_str(&text).map_err(|error| format!("{} is no JSON: {error}", file.display()).into())
}
