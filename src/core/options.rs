//! What an app needs to render inputs: the lists of inputs, and the choices that come from the user's account.

use super::Id;
use super::api::Api;
use super::failure::Failure;
use super::names::Name as N;
use super::sources::data_sources;
use super::value::{Kind, Value};
use super::{Core, Outcome, stages};

impl<V: Value> Core<V> {
    /// `getAccountTypeOptions(name)`.
    pub(super) fn account_type_options(&self, name: V) -> Outcome<V> {
        self.user()?;
        Ok(stages::account_types(self.listed_integration(name)?).deep_copy())
    }

    /// `getPreOptions(name, accountTypeId?)`.
    pub(super) fn pre_options(&self, name: V, account_type: V) -> Outcome<V> {
        self.user()?;
        let integration = self.listed_integration(name)?;
        let account_type = if account_type.present() {
            stages::account_type(integration, name, account_type)?
        } else {
            V::undefined()
        };
        Ok(stages::pre_inputs(integration, account_type).deep_copy())
    }

    /// `getPostOptions(name)`.
    pub(super) fn post_options(&self, name: V) -> Outcome<V> {
        self.user()?;
        Ok(stages::post_inputs(self.listed_integration(name)?).deep_copy())
    }

    /// `getFieldOptions({integration, action | source, search, cursor, parameters, selectedCredentialId})`.
    pub(super) fn field_options(&mut self, call: Id, options: V) -> Outcome<V> {
        self.user()?;
        let name = options.get(N::integration);
        let integration = self.integration(name)?;
        if self.load_field_options(call, name, options)? {
            return Ok(V::undefined());
        }
        let action = options.get(N::action);
        let source = options.get(N::source).or(data_sources(integration).lookup(action));
        if source.get(N::r#type).is(N::STATIC_ENUM_DATA_SOURCE) {
            self.settle(call, Ok(field_options(source.get(N::values).deep_copy(), V::undefined())));
            return Ok(V::undefined());
        }
        let key = action.or(source.get(N::cacheKey));
        if !key.has_text() {
            return Err(Failure::argument(N::getFieldOptions, N::action));
        }
        let page = V::object();
        page.set(N::pageCursor, options.get(N::cursor).or(V::number(0.0)));
        if options.get(N::search).present() {
            page.set(N::search, options.get(N::search));
        }
        let body = V::object();
        body.set(N::action, name);
        body.set(N::sourceKey, key);
        body.set(N::parameters, options.get(N::parameters).or(V::list()));
        body.set(N::paginationParameters, page);
        let credential = self.options_credential(name, options)?;
        let none = V::undefined();
        let path = self.project_path(N::P_ACTIONS, none, none);
        let api = Api::new(N::POST, path).body(body).credential(credential);
        self.api(api, call, path, |core, kept, outcome| {
            let result = outcome.and_then(|answer| {
                let output = answer.get(N::output);
                let records = output.get(N::records).or(output);
                if records.kind() != Kind::List {
                    return Err(core.invalid_answer());
                }
                Ok(field_options(records, output.get(N::nextPageCursor)))
            });
            core.settle(kept.id, result);
        });
        Ok(V::undefined())
    }

    /// The account that choices are read from: the one selected, else the one that an install flow is setting up, else
    /// the current one.
    fn options_credential(&self, name: V, options: V) -> Outcome<V> {
        if !options.get(N::selectedCredentialId).has_text()
            && let Some(id) = self.installing_credential(name)
        {
            return Ok(id);
        }
        self.credential_id(name, options)
    }
}

/// `{data, nestedData, nextPageCursor}`. Entries with an id are nested data, the others options.
fn field_options<V: Value>(records: V, cursor: V) -> V {
    let (data, nested) = (V::list(), V::list());
    for record in records.items() {
        if record.get(N::id).present() { nested.push(record) } else { data.push(record) }
    }
    let result = V::object();
    result.set(N::data, data);
    result.set(N::nestedData, nested);
    result.set(N::nextPageCursor, if cursor.truthy() { cursor } else { V::null() });
    result
}
