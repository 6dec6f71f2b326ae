//! An install, stage by stage.

use std::future::Future;

use js_sys::{AsyncIterator, Function, Promise, Reflect};
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::bindings::Flow;
use super::{Error, from_js, to_js};

/// How to connect; see `installFlow.start` of the docs.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct InstallOptions {
    /// The account type to take.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account_type: Option<String>,
    /// One more account beside those there are.
    pub allow_multiple_credentials: bool,
    /// This account again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub selected_credential_id: Option<String>,
    /// The app's own id of the new account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
    /// A tab for the provider, instead of a window of its own.
    pub in_tab: bool,
    /// Milliseconds that the user may take at the provider.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub oauth_timeout: Option<f64>,
}

/// Where an install stands.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
pub enum StageName {
    /// Answer with [`Install::set_account_type`].
    AccountType,
    /// Show `content`, then call [`Stage::finish_instruction`].
    Instruction,
    /// Answer with [`Install::set_pre_options`].
    PreOptions,
    /// The user is at the provider; after an error, [`Install::retry`] in a click.
    Oauth,
    /// Answer with [`Install::set_post_options`].
    PostOptions,
    /// The account is connected.
    Done,
}

/// A stage that was reached, or has failed.
#[derive(Clone, Debug)]
pub struct Stage {
    /// Which.
    pub stage: StageName,
    /// Account types to choose from, or inputs to fill in, as the docs describe them.
    pub options: serde_json::Value,
    /// Of an instruction, Markdown.
    pub content: Option<String>,
    /// It has failed, and can be answered again.
    pub error: Option<Error>,
    /// At the end: the account.
    pub credential_id: Option<String>,
    finish: JsValue,
}

#[derive(Deserialize)]
struct Read {
    stage: StageName,
    #[serde(default)]
    options: serde_json::Value,
    content: Option<String>,
}

impl Stage {
    fn read(value: JsValue) -> Result<Self, Error> {
        let get = |from: &JsValue, name: &str| Reflect::get(from, &name.into()).unwrap_or(JsValue::UNDEFINED);
        let error = get(&value, "error");
        let finish = get(&get(&value, "finish"), "onClick");
        let credential_id = get(&get(&value, "event"), "credentialId").as_string();
        let Read { stage, options, content } = from_js(value)?;
        let error = (!error.is_undefined()).then(|| error.into());
        Ok(Stage { stage, options, content, error, credential_id, finish })
    }

    /// The user has done what the instruction says. In other stages it does nothing.
    pub fn finish_instruction(&self) {
        if let Some(finish) = self.finish.dyn_ref::<Function>() {
            // It does not fail.
            let _ = finish.call0(&JsValue::UNDEFINED);
        }
    }
}

/// An install that is under way. Dropped before its end, it is cancelled.
#[derive(Debug)]
pub struct Install {
    flow: Flow,
    stages: AsyncIterator,
    // The popup opens with the first, in the turn of whoever began.
    first: Option<Promise>,
    over: bool,
}

impl Install {
    pub(super) fn begin(flow: Flow, stages: AsyncIterator) -> Result<Self, Error> {
        let first = Some(stages.next()?);
        Ok(Install { flow, stages, first, over: false })
    }

    /// Waits for the next stage; `None` after the last, and when the install was left: cancelled, another began, or the user is
    /// gone.
    ///
    /// # Errors
    /// Why the install cannot begin. That a stage has failed is told by [`Stage::error`].
    pub async fn next(&mut self) -> Result<Option<Stage>, Error> {
        if self.over {
            return Ok(None);
        }
        let promise = match self.first.take() {
            Some(first) => first,
            None => self.stages.next()?,
        };
        let step = JsFuture::from(promise).await.inspect_err(|_| self.over = true)?;
        let get = |name: &str| Reflect::get(&step, &name.into()).unwrap_or(JsValue::UNDEFINED);
        if get("done").is_truthy() {
            self.over = true;
            return Ok(None);
        }
        Stage::read(get("value")).map(Some)
    }

    /// Chooses an account type. Like all answers it is given at once, so that a popup may open in the turn of a click; what is
    /// waited for is that it was taken.
    ///
    /// # Errors
    /// `NO_ACTIVE_INSTALL_FLOW`.
    pub fn set_account_type(&self, id: &str) -> impl Future<Output = Result<(), Error>> + use<> {
        taken(self.flow.set_account_type(id))
    }

    /// Fills in what is asked before the account is connected, by the inputs' ids.
    ///
    /// # Errors
    /// `NO_ACTIVE_INSTALL_FLOW`, `ARGUMENT_INVALID`.
    pub fn set_pre_options<T: Serialize>(&self, values: &T) -> impl Future<Output = Result<(), Error>> + use<T> {
        taken(self.flow.set_pre_options(&to_js(values)))
    }

    /// Fills in what is asked afterwards.
    ///
    /// # Errors
    /// `NO_ACTIVE_INSTALL_FLOW`, `ARGUMENT_INVALID`.
    pub fn set_post_options<T: Serialize>(&self, values: &T) -> impl Future<Output = Result<(), Error>> + use<T> {
        taken(self.flow.set_post_options(&to_js(values)))
    }

    /// Opens the popup again, in the turn of a click.
    ///
    /// # Errors
    /// `NO_ACTIVE_INSTALL_FLOW`.
    pub fn retry(&self) -> impl Future<Output = Result<(), Error>> + use<> {
        taken(self.flow.retry(&JsValue::UNDEFINED))
    }

    /// Ends the install, closes its popup, and takes away the account that it had begun to connect.
    ///
    /// # Errors
    /// None that an app could cause.
    pub fn cancel(mut self) -> impl Future<Output = Result<(), Error>> + use<> {
        self.over = true;
        taken(self.flow.cancel())
    }
}

async fn taken(answer: Result<Promise, JsValue>) -> Result<(), Error> {
    JsFuture::from(answer?).await?;
    Ok(())
}

impl Drop for Install {
    fn drop(&mut self) {
        if !self.over {
            // As leaving the loop does in JavaScript.
            let back = Reflect::get(&self.stages, &"return".into()).ok();
            if let Some(back) = back.as_ref().and_then(|found| found.dyn_ref::<Function>()) {
                let _ = back.call0(&self.stages);
            }
        }
    }
}
