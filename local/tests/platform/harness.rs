//! A running platform, and browsers that speak to it.

use std::path::PathBuf;

use paragon_local::serve::{self, Options, Running};
use reqwest::header::{HeaderMap, LOCATION, ORIGIN, REFERER};
use reqwest::{Client, Method, Response, StatusCode};
use serde_json::{Value, json};
use url::Url;

/// The origin of the app's pages in these tests.
pub const APP: &str = "http://localhost:5173";
/// The key that the sandbox mailer always takes.
pub const MAIL_KEY: &str = "SG.local-only.paragon-sandbox-mailer-key";
/// Ways to write this machine's own address.
pub const THIS_MACHINE: [&str; 9] =
    ["127.0.0.1", "localhost", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "0", "[::1]", "[::ffff:127.0.0.1]"];

/// A platform that runs for one test.
pub struct Platform {
    pub running: Running,
    pub project: String,
    _folder: Option<tempfile::TempDir>,
}

impl Platform {
    /// With the default project.
    pub async fn start() -> Self {
        Self::run(Options::in_memory(), None).await
    }

    /// With a project file of this text.
    pub async fn with_config(text: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file: PathBuf = folder.path().join("paragon.toml");
        std::fs::write(&file, text).unwrap();
        Self::run(Options { config: Some(file), ..Options::in_memory() }, Some(folder)).await
    }

    async fn run(options: Options, folder: Option<tempfile::TempDir>) -> Self {
        let running = serve::start(options).await.unwrap();
        let project = running.app.project.id.to_string();
        Self { running, project, _folder: folder }
    }

    pub fn base(&self) -> &str {
        &self.running.addresses.base
    }

    pub fn sandbox(&self) -> &str {
        &self.running.addresses.sandbox
    }

    /// A user with a valid token, in a browser of their own.
    pub fn user(&self, name: &str) -> User<'_> {
        let app = &self.running.app;
        let token = app.tokens.sign(name, app.clock.now_ms(), 3600).unwrap();
        User { platform: self, token, browser: browser() }
    }

    /// A call to the admin API, about the first project.
    pub async fn admin(&self, method: Method, path: &str, body: Value) -> Response {
        self.admin_call(method, &format!("/projects/default{path}"), body).await
    }

    /// Any call to the admin API; no body if it is null.
    pub async fn admin_call(&self, method: Method, path: &str, body: Value) -> Response {
        let address = format!("{}/_admin{path}", self.base());
        let mut request = browser().request(method, address).bearer_auth(&self.running.secret);
        if !body.is_null() {
            request = request.json(&body);
        }
        request.send().await.unwrap()
    }

    /// Makes calls fail.
    pub async fn fault(&self, rule: Value) -> Value {
        expect(self.admin(Method::POST, "/faults", rule).await, 201).await
    }

    /// The calls of the journal that a filter lets through.
    pub async fn journal(&self, filter: Value) -> Vec<Value> {
        let body = json!({"filter": filter, "count": 0});
        let answer = expect(self.admin(Method::POST, "/journal/wait", body).await, 200).await;
        answer["calls"].as_array().unwrap().clone()
    }

    /// Adds users and accounts.
    pub async fn seed(&self, users: Value) -> Value {
        expect(self.admin(Method::POST, "/seed", json!({"users": users})).await, 200).await
    }

    /// Tells the sandbox providers how to behave.
    pub async fn control(&self, settings: Value) {
        let response = Client::new()
            .post(format!("{}/_control", self.sandbox()))
            .header("x-sandbox-control", "1")
            .json(&settings)
            .send()
            .await
            .unwrap();
        assert!(response.status().is_success());
    }
}

/// A browser: cookies, and redirects that the test follows itself.
pub fn browser() -> Client {
    Client::builder()
        .no_gzip()
        .no_brotli()
        .no_deflate()
        .cookie_store(true)
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .build()
        .unwrap()
}

/// A signed-in user of the app.
pub struct User<'a> {
    pub platform: &'a Platform,
    pub token: String,
    pub browser: Client,
}

/// An attempt that has been begun.
pub struct Attempt {
    pub key: String,
    pub redirect: String,
}

impl User<'_> {
    pub fn address(&self, path: &str) -> String {
        format!("{}/projects/{}/sdk{path}", self.platform.base(), self.platform.project)
    }

    /// Any call.
    pub async fn call(&self, method: Method, path: &str, body: Option<Value>, headers: HeaderMap) -> Response {
        let mut request = self.browser.request(method, self.address(path)).bearer_auth(&self.token).headers(headers);
        if let Some(body) = body {
            request = request.json(&body);
        }
        request.send().await.unwrap()
    }

    pub async fn get(&self, path: &str) -> Value {
        expect(self.call(Method::GET, path, None, HeaderMap::new()).await, 200).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Response {
        self.call(Method::POST, path, Some(body), HeaderMap::new()).await
    }

    pub async fn integration_id(&self, kind: &str) -> String {
        let all = self.get("/integrations").await;
        let found = all.as_array().unwrap().iter().find(|one| one["type"] == kind || one["name"] == kind);
        found.unwrap()["id"].as_str().unwrap().to_owned()
    }

    /// The popup's first page, as the app's page opens it.
    pub async fn nonce_page(&self, integration: &str, key: Option<&str>, referer: Option<&str>) -> Response {
        let mut query = vec![("integrationId", integration), ("originForPostMessage", APP), ("action", "x")];
        match key {
            Some(key) => query.push(("oauthMetaKeyId", key)),
            None => query.push(("userToken", &self.token)),
        }
        let mut request = self.browser.get(self.address("/actions/oauth-nonce")).query(&query);
        if let Some(referer) = referer {
            request = request.header(REFERER, referer);
        }
        request.send().await.unwrap()
    }

    /// `build-oauth`; `more` are further parameters.
    pub async fn build(&self, integration: &str, key: &str, more: &[(&str, &str)]) -> Response {
        let mut query = vec![("integrationId", integration), ("oauthMetaKeyId", key), ("originForPostMessage", APP)];
        query.extend(more);
        let address = self.address("/actions/build-oauth").replace("/projects/", "/v2/projects/");
        self.browser.get(address).bearer_auth(&self.token).query(&query).send().await.unwrap()
    }

    /// Page and attempt together.
    pub async fn begin(&self, kind: &str, more: &[(&str, &str)]) -> Attempt {
        let (id, key) = (self.integration_id(kind).await, uuid::Uuid::new_v4().to_string());
        let page = self.nonce_page(&id, Some(&key), Some(&format!("{APP}/"))).await;
        assert_eq!(page.status(), 200);
        let answer = expect(self.build(&id, &key, more).await, 200).await;
        Attempt { key, redirect: answer["redirectUrl"].as_str().unwrap().to_owned() }
    }

    /// Signs in at a sandbox provider and decides; the address of the callback.
    pub async fn decide(&self, redirect: &str, person: &str, decision: &str) -> String {
        self.decide_at(redirect, self.platform.sandbox(), person, decision).await
    }

    /// The same at the sandbox providers of this origin.
    pub async fn decide_at(&self, redirect: &str, origin: &str, person: &str, decision: &str) -> String {
        let page = self.browser.get(redirect).send().await.unwrap();
        let html = expect_text(page, 200).await;
        let mut fields: Vec<(String, String)> = html
            .split("<input")
            .skip(1)
            .filter(|rest| rest.split('>').next().unwrap().contains("type=\"hidden\""))
            .map(|rest| (attribute(rest, "name"), attribute(rest, "value")))
            .collect();
        fields.push(("person".into(), person.into()));
        fields.push(("decision".into(), decision.into()));
        let form = html.split("<form").nth(1).unwrap();
        let action = Url::parse(redirect).unwrap().join(&attribute(form, "action")).unwrap();
        let answer = self.browser.post(action).header(ORIGIN, origin).form(&fields).send().await.unwrap();
        assert!(answer.status().is_redirection(), "{}", answer.status());
        answer.headers()[LOCATION].to_str().unwrap().to_owned()
    }

    /// Opens the callback.
    pub async fn finish(&self, callback: &str) -> Response {
        self.browser.get(callback).send().await.unwrap()
    }

    /// A whole connection by OAuth; the stored account.
    pub async fn connect(&self, kind: &str, more: &[(&str, &str)]) -> Value {
        self.connect_as(kind, "ada", more).await
    }

    /// The same, as another person of the provider.
    pub async fn connect_as(&self, kind: &str, person: &str, more: &[(&str, &str)]) -> Value {
        let attempt = self.begin(kind, more).await;
        let callback = self.decide(&attempt.redirect, person, "allow").await;
        let page = expect_text(self.finish(&callback).await, 200).await;
        assert!(page.contains("oauth_success_callback"), "{page}");
        let result = self.get(&format!("/actions/session-id/{}", attempt.key)).await;
        let id = result["connectCredentialId"].as_str().unwrap_or_else(|| panic!("{result}")).to_owned();
        self.get(&format!("/credentials/{id}")).await
    }

    /// Connects the mailer by its key.
    pub async fn connect_mailer(&self, key: &str, options: Value) -> Response {
        let id = self.integration_id("sendgrid").await;
        let body = json!({"integrationId": id, "config": {}, "payload": {"apiKey": key}, "installOptions": options});
        self.post("/credentials", body).await
    }
}

/// The value of an attribute in the HTML that follows.
pub fn attribute(html: &str, name: &str) -> String {
    let tag = html.split('>').next().unwrap_or_default();
    let value = tag.split(&format!(" {name}=\"")).nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
    value.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// The JSON of an answer that must have this status.
pub async fn expect(response: Response, status: u16) -> Value {
    let got = response.status();
    let text = response.text().await.unwrap();
    assert_eq!(got, StatusCode::from_u16(status).unwrap(), "{text}");
    serde_json::from_str(&text).unwrap_or_else(|_| panic!("not JSON: {text}"))
}

/// The text of an answer that must have this status.
pub async fn expect_text(response: Response, status: u16) -> String {
    let got = response.status();
    let text = response.text().await.unwrap();
    assert_eq!(got, StatusCode::from_u16(status).unwrap(), "{text}");
    text
}

/// Headers from pairs.
pub fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
    pairs.iter().map(|(name, value)| (reqwest::header::HeaderName::from_static(name), value.parse().unwrap())).collect()
}
