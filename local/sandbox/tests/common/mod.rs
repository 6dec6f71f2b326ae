//! A sandbox on a free port, a browser with cookies, and an OAuth client, written without any OAuth library.

// Each test file uses its own part of this.
#![allow(dead_code, reason = "shared by several test crates")]

use std::{collections::HashMap, path::Path};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use paragon_sandbox::{Client, Options, Sandbox as Server, machine_clock};
use reqwest::{Response, StatusCode, header, redirect::Policy};
use serde_json::{Value, json};
use url::Url;

pub const CLIENT: &str = "paragon-local";
pub const SECRET: &str = "local-only-secret";
pub const OTHER_CLIENT: &str = "other-client";
pub const OTHER_SECRET: &str = "other & secret: ü";
pub const CALLBACK: &str = "http://127.0.0.1:9400/oauth/callback";
pub const CALLBACK_WITH_QUERY: &str = "http://127.0.0.1:9400/oauth/callback?kept=1";

/// A running sandbox. It ends with the test's runtime, or with [`Sandbox::stop`].
pub struct Sandbox {
    pub base: String,
    task: tokio::task::JoinHandle<()>,
}

impl Sandbox {
    pub async fn start() -> Self {
        Self::start_with(None, 0).await
    }

    /// `port` 0 takes a free one.
    pub async fn start_with(data: Option<&Path>, port: u16) -> Self {
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await.expect("a port");
        let base = format!("http://{}", listener.local_addr().expect("an address"));
        let options = Options {
            base_url: base.clone(),
            data: data.map(Path::to_owned),
            clients: clients(),
            clock: machine_clock(),
        };
        let app = Server::open(options).expect("a sandbox").router();
        let task = tokio::spawn(async move { axum::serve(listener, app).await.expect("serves") });
        Self { base, task }
    }

    pub fn port(&self) -> u16 {
        Url::parse(&self.base).ok().and_then(|url| url.port()).expect("a port")
    }

    pub async fn stop(self) {
        self.task.abort();
        assert!(self.task.await.is_err_and(|error| error.is_cancelled()));
    }

    pub async fn control(&self, change: Value) -> Value {
        let request = http().post(format!("{}/_control", self.base)).header("x-sandbox-control", "1").json(&change);
        let response = request.send().await.expect("an answer");
        assert_eq!(response.status(), StatusCode::OK);
        response.json().await.expect("JSON")
    }

    /// GET with a bearer token.
    pub async fn get(&self, path: &str, token: &str) -> Response {
        http().get(self.url(path)).bearer_auth(token).send().await.expect("an answer")
    }

    pub async fn get_json(&self, path: &str, token: &str) -> Value {
        let response = self.get(path, token).await;
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        response.json().await.expect("JSON")
    }

    pub async fn post_json(&self, path: &str, token: &str, body: &Value) -> (StatusCode, Value) {
        let response = http().post(self.url(path)).bearer_auth(token).json(body).send().await.expect("an answer");
        (response.status(), response.json().await.unwrap_or_default())
    }

    /// A path of this sandbox, or an address as it is.
    pub fn url(&self, path: &str) -> String {
        if path.starts_with('/') { format!("{}{path}", self.base) } else { path.to_owned() }
    }

    /// A whole connection, to its tokens.
    pub async fn connect(&self, app: &App) -> Tokens {
        Browser::new().connect(self, app, "ada").await
    }
}

/// The page of the client's that marketplace installs lead to.
pub const INSTALL: &str = "https://app.test/installed";

fn clients() -> Vec<Client> {
    let redirect_uris = vec![CALLBACK.to_owned(), CALLBACK_WITH_QUERY.to_owned()];
    vec![
        Client {
            id: CLIENT.into(),
            secret: SECRET.into(),
            redirect_uris: redirect_uris.clone(),
            install_uris: vec![INSTALL.into()],
        },
        Client { id: OTHER_CLIENT.into(), secret: OTHER_SECRET.into(), redirect_uris, install_uris: vec![] },
    ]
}

/// An HTTP client that follows nothing and keeps nothing.
pub fn http() -> reqwest::Client {
    reqwest::Client::builder().redirect(Policy::none()).build().expect("a client")
}

/// Where an app's OAuth server is, and what to ask it for.
pub struct App {
    pub authorize: &'static str,
    pub token: &'static str,
    pub revoke: &'static str,
    pub extra: &'static [(&'static str, &'static str)],
    /// An API call that any of these tokens may make.
    pub probe: &'static str,
}

pub const SLACK: App = App {
    authorize: "/slack/oauth/v2/authorize",
    token: "/slack/api/oauth.v2.access",
    revoke: "/slack/oauth/v2/revoke",
    extra: &[("scope", "chat:write,channels:read,channels:history,users:read")],
    probe: "/slack/api/auth.test",
};
pub const SALESFORCE: App = App {
    authorize: "/salesforce/services/oauth2/authorize",
    token: "/salesforce/services/oauth2/token",
    revoke: "/salesforce/services/oauth2/revoke",
    extra: &[("scope", "api id refresh_token")],
    probe: "/salesforce/services/oauth2/userinfo",
};
pub const SALESFORCE_TEST: App = App {
    authorize: "/salesforce-test/services/oauth2/authorize",
    token: "/salesforce-test/services/oauth2/token",
    revoke: "/salesforce-test/services/oauth2/revoke",
    extra: &[("scope", "api id offline_access")],
    probe: "/salesforce-test/services/oauth2/userinfo",
};
pub const JIRA: App = App {
    authorize: "/jira/authorize",
    token: "/jira/oauth/token",
    revoke: "/jira/oauth/revoke",
    extra: &[
        ("scope", "read:jira-work read:jira-user write:jira-work offline_access"),
        ("audience", "api.atlassian.com"),
        ("prompt", "consent"),
    ],
    probe: "/jira/oauth/token/accessible-resources",
};
pub const SHOPIFY: App = App {
    authorize: "/shopify/night-market/admin/oauth/authorize",
    token: "/shopify/night-market/admin/oauth/access_token",
    revoke: "/shopify/night-market/admin/oauth/revoke",
    extra: &[("scope", "read_products,write_products,read_orders")],
    probe: "/shopify/night-market/admin/api/2025-01/shop.json",
};
pub const DRIVE: App = App {
    authorize: "/google/o/oauth2/v2/auth",
    token: "/google/token",
    revoke: "/google/revoke",
    extra: &[("scope", "https://www.googleapis.com/auth/drive"), ("access_type", "offline"), ("prompt", "consent")],
    probe: "/google/drive/v3/about",
};
pub const ONEDRIVE: App = App {
    authorize: "/onedrive/oauth2/v2.0/authorize",
    token: "/onedrive/oauth2/v2.0/token",
    revoke: "/onedrive/oauth2/v2.0/revoke",
    extra: &[("scope", "Files.Read.All offline_access")],
    probe: "/onedrive/v1.0/me/drive",
};
pub const SHAREPOINT: App = App {
    authorize: "/sharepoint/oauth2/v2.0/authorize",
    token: "/sharepoint/oauth2/v2.0/token",
    revoke: "/sharepoint/oauth2/v2.0/revoke",
    extra: &[("scope", "Sites.Read.All offline_access")],
    probe: "/sharepoint/v1.0/sites/root",
};
pub const BOX: App = App {
    authorize: "/box/api/oauth2/authorize",
    token: "/box/oauth2/token",
    revoke: "/box/oauth2/revoke",
    extra: &[("scope", "root_readonly")],
    probe: "/box/2.0/users/me",
};
pub const ALL: [&App; 9] =
    [&SLACK, &SALESFORCE, &SALESFORCE_TEST, &JIRA, &SHOPIFY, &DRIVE, &ONEDRIVE, &SHAREPOINT, &BOX];

/// The verifier that all requests of these tests use, and its challenge.
pub const VERIFIER: &str = "a-verifier-that-is-long-enough_for-RFC.7636~0123456789";

pub fn challenge(verifier: &str) -> String {
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, verifier.as_bytes());
    URL_SAFE_NO_PAD.encode(digest.as_ref())
}

/// The parameters of a good authorize request; tests change them.
pub fn good_request(app: &App) -> HashMap<String, String> {
    let challenge = challenge(VERIFIER);
    let base = [
        ("response_type", "code"),
        ("client_id", CLIENT),
        ("redirect_uri", CALLBACK),
        ("state", "the state/+ &="),
        ("code_challenge", &challenge),
        ("code_challenge_method", "S256"),
    ];
    base.iter().chain(app.extra).map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// What a token endpoint gave.
#[derive(Clone, Debug)]
pub struct Tokens {
    pub access: String,
    pub refresh: String,
    pub all: Value,
}

impl Tokens {
    pub fn of(all: Value) -> Self {
        let text = |name: &str| all[name].as_str().unwrap_or_default().to_owned();
        Self { access: text("access_token"), refresh: text("refresh_token"), all }
    }
}

/// A browser: cookies, and redirects looked at instead of followed.
pub struct Browser(pub reqwest::Client);

impl Browser {
    pub fn new() -> Self {
        Self(reqwest::Client::builder().cookie_store(true).redirect(Policy::none()).build().expect("a client"))
    }

    pub async fn open(&self, sandbox: &Sandbox, app: &App, request: &HashMap<String, String>) -> Response {
        self.0.get(sandbox.url(app.authorize)).query(request).send().await.expect("an answer")
    }

    /// Opens the consent page and gives its form's hidden fields.
    pub async fn consent(
        &self,
        sandbox: &Sandbox,
        app: &App,
        request: &HashMap<String, String>,
    ) -> [(String, String); 2] {
        let response = self.open(sandbox, app, request).await;
        assert_eq!(response.status(), StatusCode::OK, "{}", app.authorize);
        let page = response.text().await.expect("a page");
        ["request", "csrf"].map(|name| (name.to_owned(), hidden(&page, name)))
    }

    pub async fn decide(
        &self,
        sandbox: &Sandbox,
        app: &App,
        fields: &[(String, String); 2],
        person: &str,
        decision: &str,
    ) -> Response {
        let mut form = fields.to_vec();
        form.push(("person".into(), person.into()));
        form.push(("decision".into(), decision.into()));
        self.0.post(sandbox.url(app.authorize)).form(&form).send().await.expect("an answer")
    }

    /// Allows the request and gives what comes back to the client's redirect address.
    pub async fn allow(&self, sandbox: &Sandbox, app: &App, request: &HashMap<String, String>, person: &str) -> Url {
        let fields = self.consent(sandbox, app, request).await;
        location(&self.decide(sandbox, app, &fields, person, "allow").await)
    }

    pub async fn code(&self, sandbox: &Sandbox, app: &App) -> String {
        let back = self.allow(sandbox, app, &good_request(app), "ada").await;
        parameter(&back, "code").expect("a code")
    }

    pub async fn connect(&self, sandbox: &Sandbox, app: &App, person: &str) -> Tokens {
        let back = self.allow(sandbox, app, &good_request(app), person).await;
        let code = parameter(&back, "code").expect("a code");
        let (status, answer) = exchange(sandbox, app, &code).await;
        assert_eq!(status, StatusCode::OK, "{answer}");
        Tokens::of(answer)
    }
}

/// The value of a hidden field.
pub fn hidden(page: &str, name: &str) -> String {
    let start = format!("name=\"{name}\" value=\"");
    let (_, rest) = page.split_once(&start).unwrap_or_else(|| panic!("no field {name} in {page}"));
    rest.split('"').next().expect("a value").to_owned()
}

/// Where a redirect goes.
pub fn location(response: &Response) -> Url {
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    let value = response.headers().get(header::LOCATION).and_then(|value| value.to_str().ok()).expect("a location");
    Url::parse(value).expect("an address")
}

pub fn parameter(url: &Url, name: &str) -> Option<String> {
    url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

/// The form of a good code exchange; tests change it.
pub fn exchange_form(code: &str) -> HashMap<&'static str, String> {
    HashMap::from([
        ("grant_type", "authorization_code".into()),
        ("code", code.into()),
        ("redirect_uri", CALLBACK.into()),
        ("code_verifier", VERIFIER.into()),
        ("client_id", CLIENT.into()),
        ("client_secret", SECRET.into()),
    ])
}

pub async fn exchange(sandbox: &Sandbox, app: &App, code: &str) -> (StatusCode, Value) {
    token(sandbox, app, &exchange_form(code)).await
}

pub async fn refresh(sandbox: &Sandbox, app: &App, token_value: &str) -> (StatusCode, Value) {
    let form = HashMap::from([
        ("grant_type", "refresh_token".into()),
        ("refresh_token", token_value.to_owned()),
        ("client_id", CLIENT.into()),
        ("client_secret", SECRET.into()),
    ]);
    token(sandbox, app, &form).await
}

pub async fn token(sandbox: &Sandbox, app: &App, form: &HashMap<&'static str, String>) -> (StatusCode, Value) {
    let response = http().post(sandbox.url(app.token)).form(form).send().await.expect("an answer");
    assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store");
    (response.status(), response.json().await.expect("JSON"))
}

/// Whether an access token works for its app's probe. The chat app says so in the body.
pub async fn works(sandbox: &Sandbox, app: &App, access: &str) -> bool {
    let response = sandbox.get(app.probe, access).await;
    let status = response.status();
    let body: Value = response.json().await.unwrap_or(json!({}));
    status == StatusCode::OK && body["ok"] != false
}
