//! The SDK for front ends in Rust (Yew, Leptos, Dioxus, or none): `paragon-connect = { …, features = ["web"] }`.
//!
//! This is the same SDK that apps in JavaScript use, with types: the package's own code, core included, comes along as a
//! file that the app's tools copy (`pkg/rust.js`), and does what the docs say. Values are turned into Rust's when they are
//! read. What has no method here is called through [`Paragon::as_js`].
//!
//! ```ignore
//! let paragon = Paragon::shared();
//! paragon.configure("http://127.0.0.1:9400")?;
//! paragon.set_headless(true);
//! paragon.authenticate(project, token).await?;
//! // In a click:
//! let mut install = paragon.install("slack", &InstallOptions::default())?;
//! while let Some(stage) = install.next().await? {
//!     log!("{:?}", stage.stage);
//! }
//! let answer: serde_json::Value = paragon.request("slack", "auth.test", &Request::default()).await?;
//! ```

mod bindings;
mod error;
mod events;
mod install;
mod model;

use std::future::Future;

use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;

use bindings::Sdk;
pub use error::Error;
pub use events::{Event, Subscription};
pub use install::{Install, InstallOptions, Stage, StageName};
pub use model::{
    Configuration, Credential, CredentialStatus, Integration, IntegrationMetadata, Request, Target, User, WorkflowState,
};

/// An SDK object. Clones are the same one.
#[derive(Clone, Debug)]
pub struct Paragon(Sdk);

impl Paragon {
    /// The one of this page, which apps in JavaScript import as `paragon`.
    pub fn shared() -> Self {
        Paragon(bindings::PARAGON.with(Clone::clone))
    }

    /// A further one, with a user of its own.
    pub fn create() -> Self {
        Paragon(bindings::create_paragon())
    }

    /// Ends one that [`Paragon::create`] has made, and everything that is under way in it.
    pub fn dispose(self) {
        self.0.dispose();
    }

    /// Where the platform is: an on-premise domain, or the address of a local platform. Logs the user out.
    ///
    /// # Errors
    /// `HOST_MISSING`, `HOST_UNSAFE`.
    pub fn configure(&self, host: &str) -> Result<(), Error> {
        Ok(self.0.configure_global(&to_js(&model::Host { host }))?)
    }

    /// Whether the app shows the stages of an install itself; otherwise the portal does.
    pub fn set_headless(&self, headless: bool) {
        self.0.set_headless(headless);
    }

    /// Signs a user in, with the token that the app's server has signed.
    ///
    /// # Errors
    /// What is wrong with the token, or why the platform does not take it.
    pub async fn authenticate(&self, project_id: &str, token: &str) -> Result<(), Error> {
        self.0.authenticate(project_id, &token.into()).await?;
        Ok(())
    }

    /// The same, with a function that gets a token from the app's server, and a new one whenever the last has run out.
    ///
    /// # Errors
    /// Those of [`Paragon::authenticate`], and what the function fails with.
    pub async fn authenticate_with<F, T>(&self, project_id: &str, token: F) -> Result<(), Error>
    where
        F: Fn() -> T + 'static,
        T: Future<Output = Result<String, String>> + 'static,
    {
        let ask = Closure::<dyn Fn() -> js_sys::Promise>::new(move || {
            let asked = token();
            future_to_promise(async move {
                asked.await.map(JsValue::from).map_err(|reason| js_sys::Error::new(&reason).into())
            })
        });
        // The SDK keeps it for as long as the session lasts.
        self.0.authenticate(project_id, &ask.into_js_value()).await?;
        Ok(())
    }

    /// Signs the user out.
    pub fn logout(&self) {
        self.0.logout();
    }

    /// The user and what they have connected; `None` if nobody is signed in.
    pub fn user(&self) -> Option<User> {
        let state: model::State = from_js(self.0.get_user().ok()?).ok()?;
        state.authenticated.then_some(state.user).flatten()
    }

    /// The integrations of the project.
    ///
    /// # Errors
    /// `USER_NOT_AUTHENTICATED`.
    pub fn integrations(&self) -> Result<Vec<IntegrationMetadata>, Error> {
        from_js(self.0.get_integration_metadata()?)
    }

    /// Asks the integration's provider for something, as the user. The answer is read as `T`; take [`serde_json::Value`] where its
    /// shape is not known.
    ///
    /// # Errors
    /// `PROXY_ERROR` with the provider's status and answer, `INTEGRATION_NOT_INSTALLED`, and those of every call.
    pub async fn request<T: DeserializeOwned>(
        &self,
        integration: &str,
        path: &str,
        request: &Request,
    ) -> Result<T, Error> {
        from_js(self.0.request(integration, path, &to_js(request)).await?)
    }

    /// Begins to connect an integration. Call it in the turn of the user's click: the popup may open in it.
    ///
    /// # Errors
    /// None: what hinders the flow comes from [`Install::next`].
    pub fn install(&self, integration: &str, options: &InstallOptions) -> Result<Install, Error> {
        Install::begin(self.0.install_flow(), self.0.install_flow().run(integration, &to_js(options))?)
    }

    /// Takes an account away; without a [`Target`] the current one.
    ///
    /// # Errors
    /// `INTEGRATION_NOT_INSTALLED`, and those of every call.
    pub async fn uninstall(&self, integration: &str, of: &Target) -> Result<(), Error> {
        self.0.uninstall_integration(integration, &to_js(of)).await?;
        Ok(())
    }

    /// Changes the settings of an integration.
    ///
    /// # Errors
    /// `INTEGRATION_NOT_INSTALLED`, and those of every call.
    pub async fn update_settings(
        &self,
        integration: &str,
        settings: &impl Serialize,
        of: &Target,
    ) -> Result<(), Error> {
        self.0.update_integration_user_settings(integration, &to_js(settings), &to_js(of)).await?;
        Ok(())
    }

    /// Switches a workflow on or off.
    ///
    /// # Errors
    /// `WORKFLOW_UNKNOWN`, `WORKFLOW_ALREADY`, and those of every call.
    pub async fn switch_workflow(&self, workflow_id: &str, on: bool, of: &Target) -> Result<(), Error> {
        let of = to_js(of);
        if on {
            self.0.enable_workflow(workflow_id, &of).await?;
        } else {
            self.0.disable_workflow(workflow_id, &of).await?;
        }
        Ok(())
    }

    /// Sends an app event, for workflows that wait for it.
    ///
    /// # Errors
    /// Those of every call.
    pub async fn event(&self, name: &str, payload: &impl Serialize) -> Result<(), Error> {
        self.0.event(name, &to_js(payload)).await?;
        Ok(())
    }

    /// Calls a function whenever something of this kind has happened, until what it answers is dropped.
    ///
    /// # Errors
    /// None that an app could cause.
    pub fn subscribe(
        &self,
        event: Event,
        hear: impl FnMut(serde_json::Value) + 'static,
    ) -> Result<Subscription, Error> {
        events::subscribe(&self.0, event, hear)
    }

    /// Calls a function whenever what [`Paragon::user`] or [`Paragon::integrations`] say may have changed, until what it answers is
    /// dropped.
    ///
    /// # Errors
    /// None that an app could cause.
    pub fn on_state_change(&self, hear: impl FnMut() + 'static) -> Result<Subscription, Error> {
        events::on_state_change(&self.0, hear)
    }

    /// The object that apps in JavaScript have, for what has no method here.
    pub fn as_js(&self) -> &JsValue {
        self.0.as_ref()
    }
}

/// A value of the app's; what cannot be written as JSON counts as not given, and the SDK then says so.
fn to_js(value: &impl Serialize) -> JsValue {
    value.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).unwrap_or(JsValue::UNDEFINED)
}

fn from_js<T: DeserializeOwned>(value: JsValue) -> Result<T, Error> {
    serde_wasm_bindgen::from_value(value).map_err(|error| Error::of_another_shape(&error))
}
