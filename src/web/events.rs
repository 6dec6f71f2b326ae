//! Functions of the app's that are called until they are dropped.

use wasm_bindgen::prelude::*;

use super::bindings::Sdk;
use super::{Error, from_js};

/// What can be heard of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// An account was connected.
    IntegrationInstall,
    /// An account was disconnected.
    IntegrationUninstall,
    /// A workflow was switched on or off.
    WorkflowChange,
    /// The portal has opened.
    PortalOpen,
    /// The portal has closed.
    PortalClose,
    /// A user was signed in or out.
    AuthChange,
    /// What the user has connected, or who they are, is not as before.
    UserChange,
    /// An account has become valid or invalid.
    CredentialStatusChange,
    /// The user token has run out.
    TokenExpired,
}

impl Event {
    fn name(self) -> &'static str {
        match self {
            Event::IntegrationInstall => "onIntegrationInstall",
            Event::IntegrationUninstall => "onIntegrationUninstall",
            Event::WorkflowChange => "onWorkflowChange",
            Event::PortalOpen => "onPortalOpen",
            Event::PortalClose => "onPortalClose",
            Event::AuthChange => "onAuthChange",
            Event::UserChange => "onUserChange",
            Event::CredentialStatusChange => "onCredentialStatusChange",
            Event::TokenExpired => "onTokenExpired",
        }
    }
}

/// Ends when it is dropped.
#[derive(Debug)]
#[must_use = "what is dropped is not called any more"]
pub struct Subscription {
    stop: js_sys::Function,
    // What is called lives as long as somebody may call it.
    _hear: Box<dyn std::any::Any>,
}

impl Drop for Subscription {
    fn drop(&mut self) {
        // Stopping cannot fail.
        let _ = self.stop.call0(&JsValue::UNDEFINED);
    }
}

pub(super) fn subscribe(
    sdk: &Sdk,
    event: Event,
    mut hear: impl FnMut(serde_json::Value) + 'static,
) -> Result<Subscription, Error> {
    let hear = Closure::<dyn FnMut(JsValue)>::new(move |told| hear(from_js(told).unwrap_or_default()));
    let stop = sdk.subscribe(event.name(), hear.as_ref())?;
    Ok(Subscription { stop, _hear: Box::new(hear) })
}

pub(super) fn on_state_change(sdk: &Sdk, hear: impl FnMut() + 'static) -> Result<Subscription, Error> {
    let hear = Closure::<dyn FnMut()>::new(hear);
    let stop = sdk.on_state_change(hear.as_ref())?;
    Ok(Subscription { stop, _hear: Box::new(hear) })
}
