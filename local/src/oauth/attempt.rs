//! `build-oauth`: the beginning of an attempt. The answer is where to send the popup.

use std::ops::RangeInclusive;
use std::sync::Arc;

use axum::extract::{FromRequestParts, Query, State};
use axum::http::HeaderMap;
use axum::http::header::HOST;
use axum::http::request::Parts;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{ATTEMPT_MS, client, hash};
use crate::api::install;
use crate::app::App;
use crate::auth::{check_project, person_of_call};
use crate::config::{AccountType, Integration, Scheme};
use crate::http::ApiError;
use crate::provider::context;
use crate::store::attempt::{self, Attempt, Request};
use crate::store::credential::Secrets;
use crate::store::nonce;
use crate::store::person::Person;

/// Characters of an attempt's key; official SDKs make keys of about ten.
const KEY_LENGTH: RangeInclusive<usize> = 8..=200;

/// Query of `build-oauth`.
#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct Build {
    integration_id: Uuid,
    /// A fresh random id of the attempt.
    #[param(min_length = 8, max_length = 200)]
    oauth_meta_key_id: String,
    /// What the user entered before, as JSON.
    end_user_supplied_values: Option<String>,
    /// The account type's `oauthParameters`, as JSON.
    parameters: Option<String>,
    /// As JSON.
    install_options: Option<String>,
    /// Origin of the page that is told the result.
    origin_for_post_message: Option<String>,
    /// Another callback, on an allowed origin.
    redirect_url: Option<String>,
    /// Where the browser goes in the end, if the app's own page makes way for the provider's instead of opening a popup.
    /// On the origin of `originForPostMessage`.
    return_url: Option<String>,
}

/// The user, by the token in the header, or in the query as the cloud's protocol has it.
pub struct Caller(Person);

impl FromRequestParts<Arc<App>> for Caller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, ApiError> {
        check_project(parts, app).await?;
        person_of_call(parts, app).await?.map(Self).ok_or_else(|| {
            ApiError::unauthorized(
                "token_missing",
                "This call needs a user token: in the Authorization header, or as userToken in the query.",
            )
        })
    }
}

/// Where the popup goes.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = OAuthAddress)]
pub struct Redirect {
    redirect_url: String,
}

/// Begins an attempt to connect by OAuth.
#[utoipa::path(
    get, path = "/sdk/actions/build-oauth", tag = "OAuth", operation_id = "buildOAuth", params(Build),
    responses((status = 200, body = Redirect))
)]
pub async fn build(
    State(app): State<Arc<App>>,
    Caller(person): Caller,
    headers: HeaderMap,
    Query(query): Query<Build>,
) -> Result<axum::Json<Redirect>, ApiError> {
    let integration = app.integration_by_id(query.integration_id)?;
    let key = query.oauth_meta_key_id;
    if !KEY_LENGTH.contains(&key.len()) {
        return Err(ApiError::bad(
            "attempt_key_invalid",
            "oauthMetaKeyId must be a fresh random id of 8 to 200 characters, such as crypto.randomUUID().",
        ));
    }
    let inputs: Map<String, Value> = parse("endUserSuppliedValues", query.end_user_supplied_values)?;
    let parameters: Map<String, Value> = parse("parameters", query.parameters)?;
    let mut options: install::Options = parse("installOptions", query.install_options)?;
    let chosen = account_type(integration, &options, &parameters)?;
    let oauth =
        integration.oauth.as_ref().filter(|_| integration.scheme_of(chosen) == Scheme::Oauth).ok_or_else(|| {
            ApiError::bad("oauth_missing", format!("{} is not connected by OAuth, but by a key.", integration.name))
        })?;
    install::check(&app, &person, integration, &mut options).await?;
    install::require(integration.pre_options(chosen), &inputs)?;
    if let Some(origin) = &query.origin_for_post_message {
        allowed_origin(&app, origin)?;
    }
    let return_url = return_url(query.return_url, query.origin_for_post_message.as_deref())?;
    let redirect_uri = redirect_uri(&app, &headers, query.redirect_url)?;

    let secrets = Secrets { inputs, ..beginning(chosen) };
    let start = client::start(integration, oauth, &context(&app, &secrets), &redirect_uri)?;
    let now = app.clock.now_ms();
    let attempt = Attempt {
        key,
        person_id: person.id,
        integration_id: app.id_of(integration),
        request: Request {
            verifier: start.verifier,
            address: start.url.clone(),
            redirect_uri,
            origin: query.origin_for_post_message,
            return_url,
            inputs: secrets.inputs,
            parameters: secrets.parameters,
            account_type: secrets.account_type,
            install: options,
        },
        nonce_hash: None,
        expires: now + ATTEMPT_MS,
        used: false,
        credential_id: None,
        failure: None,
    };
    let state_hash = hash(&start.state);
    let added = app
        .store
        .write(move |db| {
            let added = attempt::add(db, &attempt, &state_hash, now)?;
            if added {
                nonce::claim(db, &attempt.key, attempt.person_id, attempt.integration_id, now)?;
            }
            Ok(added)
        })
        .await?;
    if !added {
        return Err(ApiError::bad(
            "attempt_key_used",
            "oauthMetaKeyId was used before. Make a fresh random id for each attempt.",
        ));
    }
    app.attempt_changed.notify_waiters();
    Ok(axum::Json(Redirect { redirect_url: start.url }))
}

/// What is known of an account of this type before anybody has entered or allowed anything.
pub fn beginning(chosen: Option<&AccountType>) -> Secrets {
    let parameters = chosen.into_iter().flat_map(|one| &one.oauth_parameters);
    Secrets {
        parameters: parameters.map(|(key, value)| (key.clone(), value.clone().into())).collect(),
        account_type: chosen.map(|one| one.id.clone()),
        ..Secrets::default()
    }
}

/// Refuses an origin that may not be told results.
pub(super) fn allowed_origin(app: &App, origin: &str) -> Result<(), ApiError> {
    if app.origins.allows(origin) {
        return Ok(());
    }
    Err(ApiError::bad(
        "origin_refused",
        "originForPostMessage is not an allowed origin. Loopback pages are; list others as allowedOrigins below [project] in the project file.",
    ))
}

/// The account type that is meant: by its id, or by its parameters, which are all that the cloud's protocol sends.
fn account_type<'a>(
    integration: &'a Integration,
    options: &install::Options,
    parameters: &Map<String, Value>,
) -> Result<Option<&'a AccountType>, ApiError> {
    if integration.account_types.is_empty() {
        return Ok(None);
    }
    let same = |one: &&AccountType| {
        one.oauth_parameters.len() == parameters.len()
            && one.oauth_parameters.iter().all(|(key, value)| parameters.get(key).is_some_and(|given| given == value))
    };
    let mut types = integration.account_types.iter();
    let found = match options.account_type() {
        Some(id) => types.find(|one| one.id == id),
        None => types.find(same),
    };
    found.map(Some).ok_or_else(|| {
        let known: Vec<_> = integration.account_types.iter().map(|one| one.id.as_str()).collect();
        ApiError::bad(
            "account_type_unknown",
            format!(
                "{} has the account types {}; the call names none of them. Send the chosen one's oauthParameters as \"parameters\".",
                integration.name,
                known.join(", ")
            ),
        )
    })
}

/// The callback, under the name by which the browser knows the platform: the popup's cookie belongs to that name.
fn redirect_uri(app: &App, headers: &HeaderMap, wanted: Option<String>) -> Result<String, ApiError> {
    let Some(wanted) = wanted.filter(|text| !text.is_empty()) else {
        let host = headers.get(HOST).and_then(|value| value.to_str().ok());
        let base = host.map_or_else(|| app.addresses.base.clone(), |host| format!("http://{host}"));
        return Ok(format!("{base}/oauth/callback"));
    };
    let origin = url::Url::parse(&wanted).ok().map(|url| url.origin().ascii_serialization());
    if origin.is_some_and(|origin| app.origins.allows(&origin)) {
        return Ok(wanted);
    }
    Err(ApiError::bad(
        "redirect_refused",
        "redirectUrl is not on an allowed origin. Loopback pages are; list others as allowedOrigins below [project] in the project file.",
    ))
}

/// Where the browser goes in the end: only to the page that has begun, whose origin was checked.
fn return_url(wanted: Option<String>, app_origin: Option<&str>) -> Result<Option<String>, ApiError> {
    let Some(wanted) = wanted.filter(|text| !text.is_empty()) else { return Ok(None) };
    let origin = url::Url::parse(&wanted).ok().map(|url| url.origin().ascii_serialization());
    if origin.is_some() && origin.as_deref() == app_origin {
        return Ok(Some(wanted));
    }
    Err(ApiError::bad("return_refused", "returnUrl is not on the origin that originForPostMessage names."))
}

fn parse<T: Default + serde::de::DeserializeOwned>(name: &str, text: Option<String>) -> Result<T, ApiError> {
    match text.as_deref() {
        None | Some("" | "undefined" | "null") => Ok(T::default()),
        Some(text) => serde_json::from_str(text).map_err(|error| {
            ApiError::bad("query_invalid", format!("The parameter {name} is not the JSON that it must be: {error}."))
        }),
    }
}
