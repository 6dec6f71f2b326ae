//! What an integration asks of the user when it is installed: account types, an instruction, inputs before and after.

use super::Id;
use super::failure::{Failure, Fault};
use super::flow::{Needs, Stage};
use super::hosts::is_loopback;
use super::method::Method;
use super::names::Name as N;
use super::value::{UrlPart, Value};
use super::{Core, Outcome};

/// The integration's account types; an empty list when it has none.
pub fn account_types<V: Value>(integration: V) -> V {
    integration.get(N::sdkIntegrationConfig).get(N::accountTypes).or(V::list())
}

/// The account type of this id, if the integration has it.
pub fn account_type<V: Value>(integration: V, name: V, id: V) -> Outcome<V> {
    let found = account_types(integration).find(N::id, id);
    if found.present() { Ok(found) } else { Err(Failure::new(Fault::ACCOUNT_TYPE_UNKNOWN, [name, id])) }
}

/// The inputs to fill in before there is a credential. `account_type` may be `undefined`.
pub fn pre_inputs<V: Value>(integration: V, account_type: V) -> V {
    let config = integration.get(N::sdkIntegrationConfig);
    if integration.get(N::r#type).is(N::custom) && !account_type.present() {
        let custom = integration.get(N::customIntegration);
        if scheme(integration, account_type).is(N::oauth_client_credential) {
            return client_credential_inputs();
        }
        return custom.get(N::inputFields).or(config.get(N::authConfigInputs)).or(V::list());
    }
    let own = account_type.get(N::endUserSuppliedValues);
    own.or(config.get(N::authConfigInputs)).or(V::list())
}

fn client_credential_inputs<V: Value>() -> V {
    let inputs = V::list();
    for (id, title, kind) in
        [(N::CLIENT_ID, N::CLIENT_ID_TITLE, N::TEXT_NO_VARS), (N::CLIENT_SECRET, N::CLIENT_SECRET_TITLE, N::PASSWORD)]
    {
        let input = V::object();
        input.set(N::id, V::name(id));
        input.set(N::title, V::name(title));
        input.set(N::r#type, V::name(kind));
        input.set(N::required, V::bool(true));
        inputs.push(input);
    }
    inputs
}

/// The inputs to fill in once there is a credential.
pub fn post_inputs<V: Value>(integration: V) -> V {
    integration.get(N::sdkIntegrationConfig).get(N::postOauthInputs).or(V::list())
}

/// How the account authenticates: the account type says it, or the integration.
fn scheme<V: Value>(integration: V, account_type: V) -> V {
    account_type.get(N::scheme).or(integration.get(N::authenticationType))
}

/// What is asked for, with this account type (or none).
pub fn needs<V: Value>(name: V, integration: V, account_type: V) -> Needs {
    Needs {
        instruction: package_url(name, integration, account_type).present(),
        pre_options: pre_inputs(integration, account_type).length() > 0,
        oauth: scheme(integration, account_type).is(N::oauth),
        post_options: post_inputs(integration).length() > 0 && !account_type.get(N::skipPostOAuthInputs).truthy(),
    }
}

/// The address of the package that has to be installed at Salesforce before its OAuth works; `undefined` when there is
/// none. Only Salesforce's own addresses (and, for a local platform, loopback ones) count.
fn package_url<V: Value>(name: V, integration: V, account_type: V) -> V {
    let id = account_type.get(N::id);
    if !name.is(N::salesforce) || !id.present() || id.is(N::USER_CONFIGURED_OAUTH) {
        return V::undefined();
    }
    let none = V::undefined();
    let given = integration.get(N::sdkIntegrationConfig).get(N::authSchemeOptions).get(N::packageInstallUrl);
    let protocol = given.url(UrlPart::Protocol);
    let address =
        if protocol.is(N::https_) || protocol.is(N::http_) { given } else { V::fill(N::T_HTTPS, [given, none, none]) };
    let host = address.url(UrlPart::Hostname);
    let path = address.url(UrlPart::Path);
    let is_package = path.contains(N::PACKAGE_PATH);
    // A local platform has that host's name in the path.
    if is_package && (host.is(N::SALESFORCE_LOGIN) || is_loopback(address)) {
        let sandbox = id.is(N::sandbox);
        return if sandbox { address.replaced(N::SALESFORCE_LOGIN, N::SALESFORCE_TEST) } else { address };
    }
    if host.is(N::SALESFORCE_APPEXCHANGE) && path.contains(N::LISTING_PATH) { address } else { none }
}

/// What `onNext` gets for a stage. `flow` binds the instruction's finish button to the flow that showed it.
pub fn stage_value<V: Value>(core: &Core<V>, stage: Stage, name: V, integration: V, account_type: V, flow: Id) -> V {
    let value = V::object();
    value.set(N::stage, V::name(stage_name(stage)));
    match stage {
        Stage::AccountType => value.set(N::options, account_types(integration).deep_copy()),
        Stage::PreOptions => value.set(N::options, pre_inputs(integration, account_type).deep_copy()),
        Stage::PostOptions => value.set(N::options, post_inputs(integration).deep_copy()),
        Stage::Instruction => {
            let package = package_url(name, integration, account_type);
            value.set(N::content, V::name(N::SALESFORCE_INSTRUCTION));
            value.set(N::ctas, calls_to_action(package));
            let finish = V::object();
            finish.set(N::r#type, V::name(N::finishButton));
            finish.set(N::label, V::name(N::FINISH_LABEL));
            finish.set(N::onClick, core.host.callback(Method::InstructionFinished, flow));
            value.set(N::finish, finish);
            value.set(N::packageInstallUrl, package);
        }
        Stage::OAuth | Stage::Done => {}
    }
    value.set(N::done, V::bool(stage == Stage::Done));
    value
}

fn calls_to_action<V: Value>(package: V) -> V {
    let list = V::list();
    for (kind, label, target) in [(N::link, N::OPEN_LABEL, N::href), (N::copyButton, N::COPY_LABEL, N::copyText)] {
        let action = V::object();
        action.set(N::r#type, V::name(kind));
        action.set(N::label, V::name(label));
        action.set(target, package);
        list.push(action);
    }
    list
}

/// The stage as the app knows it.
pub fn stage_name(stage: Stage) -> N {
    match stage {
        Stage::AccountType => N::accountType,
        Stage::Instruction => N::instruction,
        Stage::PreOptions => N::preOptions,
        Stage::OAuth => N::oauth,
        Stage::PostOptions => N::postOptions,
        Stage::Done => N::done,
    }
}
