//! Where the choices of inputs come from: the project's data sources, and the lists and loaders that the app gives.
//!
//! `memory.sources` holds the app's by scope: an integration's name, or the empty name for all. The functions in it are
//! called in `loaders.rs`.

use super::effect::Effect;
use super::failure::{Failure, Fault};
use super::names::Name as N;
use super::value::{Kind, Value};
use super::{Core, Outcome};

impl<V: Value> Core<V> {
    /// `setDataSources({dropdowns, mapObjectFields, integrationSpecificSources})`: takes the place of all that were given
    /// before. What cannot be used is left out with a warning, the others count.
    pub(super) fn set_data_sources(&mut self, given: V) -> Outcome<V> {
        if !given.is_object() {
            return Err(Failure::argument(N::setDataSources, N::dropdowns));
        }
        self.memory.set(N::sources, V::object());
        self.add_sources(V::name(N::EMPTY), given);
        let special = given.get(N::integrationSpecificSources);
        for name in special.keys().items() {
            self.add_sources(name, special.lookup(name));
        }
        Ok(V::undefined())
    }

    /// Adds `{dropdowns, mapObjectFields}` for one integration (or, with the empty name, for all). An entry of the same
    /// key is replaced.
    pub(super) fn add_sources(&mut self, scope: V, given: V) {
        let known = self.remembered(N::sources).lookup(scope);
        let next = V::object();
        for (part, usable) in [(N::dropdowns, is_dropdown as fn(V) -> bool), (N::mapObjectFields, is_mapping)] {
            let entries = given.get(part);
            let good = known.get(part).merged(V::undefined());
            for key in entries.keys().items() {
                let entry = entries.lookup(key);
                if usable(entry) {
                    good.put(key, entry);
                } else {
                    self.warn(Fault::SOURCE_INVALID, [key, V::name(part)]);
                }
            }
            next.set(part, good);
        }
        let sources = self.remembered(N::sources).merged(V::undefined());
        sources.put(scope, next);
        self.memory.set(N::sources, sources);
    }

    /// What the app has given under `key`: for this integration, else for all. Without an integration, wherever it is.
    pub(super) fn app_source(&self, part: N, name: V, key: V) -> V {
        let sources = self.remembered(N::sources);
        let scopes = if name.has_text() {
            let scopes = V::list();
            scopes.push(name);
            scopes.push(V::name(N::EMPTY));
            scopes
        } else {
            sources.keys()
        };
        let found =
            scopes.items().map(|scope| sources.lookup(scope).get(part).lookup(key)).find(|entry| entry.present());
        found.unwrap_or_else(V::undefined)
    }

    /// `getDataSourceOptions(name, key)`: what the platform knows of a data source; `undefined` if it has none.
    pub(super) fn data_source(&self, name: V, key: V) -> Outcome<V> {
        self.user()?;
        Ok(data_sources(self.integration(name)?).lookup(key).deep_copy())
    }

    /// `getSourcesForInput(name, input)`: where the choices of an input come from; `null` if it has none, or if neither
    /// the project nor the app has what it names. Needs no user: pages ask while they render.
    pub(super) fn sources_for_input(&mut self, name: V, input: V) -> Outcome<V> {
        if !input.is_object() {
            return Err(Failure::argument(N::getSourcesForInput, N::input));
        }
        if input.get(N::r#type).is(N::CUSTOM_DROPDOWN) {
            return Ok(self.dropdown(name, input));
        }
        let source =
            data_sources(self.remembered(N::catalog).lookup(name)).lookup(input.get(N::sourceType)).deep_copy();
        let kind = source.get(N::r#type);
        Ok(match () {
            () if kind.is(N::DYNAMIC_DATA_SOURCE) || kind.is(N::STATIC_ENUM_DATA_SOURCE) => single(source),
            () if kind.is(N::COMBO_INPUT_DATA_SOURCE) => {
                parts(N::combo, source, &[N::mainInputSource, N::dependentInputSource])
            }
            () if kind.is(N::DYNAMIC_COMBO_INPUT_DATA_SOURCE) => {
                let keys = [N::mainInputSource, N::dependentInputSource, N::variableInputSource];
                parts(N::defaultFieldValue, source, &keys)
            }
            () if kind.is(N::FIELD_MAPPER_DATA_SOURCE) => self.field_mapper(name, input, source),
            () if input.get(N::values).kind() == Kind::List => {
                single(static_source(input, input.get(N::id), input.get(N::values).deep_copy()))
            }
            () => V::null(),
        })
    }

    /// A choice among what the app offers.
    fn dropdown(&mut self, name: V, input: V) -> V {
        let key = input.get(N::key);
        let entry = self.app_source(N::dropdowns, name, key).or(input.get(N::customDropdownOptions));
        if entry.kind() == Kind::List {
            return single(static_source(input, key, entry.deep_copy()));
        }
        if entry.present() {
            return single(dynamic_source(input, key, V::list()));
        }
        if key.has_text() {
            self.warn(Fault::SOURCE_MISSING, [key, V::name(N::dropdowns)]);
        }
        V::null()
    }

    /// Objects of the provider and their fields; the app may say which fields of its own are mapped to them, or load the
    /// provider's side itself.
    fn field_mapper(&mut self, name: V, input: V, source: V) -> V {
        let key = input.get(N::dynamicObjectName);
        let entry = self.app_source(N::mapObjectFields, name, key);
        if !entry.present() && input.get(N::useDynamicMapper).truthy() {
            self.warn(Fault::SOURCE_MISSING, [key, V::name(N::mapObjectFields)]);
        }
        if entry.get(N::objectTypes).present() {
            for (part, loader) in [(N::recordSource, N::objectTypes), (N::fieldSource, N::integrationFields)] {
                let marked = source.get(part).merged(V::undefined());
                marked.set(N::dynamicFieldMappingKey, key);
                marked.set(N::dynamicFieldMappingType, V::name(loader));
                source.set(part, marked);
            }
            let result = parts(N::fieldMapper, source, &[N::recordSource, N::fieldSource]);
            let own = entry.get(N::applicationFields);
            if own.is_object() {
                let options = own.deep_copy();
                options.set(N::useBYOFieldMappingOption, V::bool(true));
                result.set(N::mapObjectFieldOptions, options);
            }
            return result;
        }
        let keys = [N::recordSource, N::fieldSource, N::dependentInputSource, N::dependentFieldInputSource];
        let result = parts(N::fieldMapper, source, &keys);
        if entry.present() {
            result.set(N::mapObjectFieldOptions, entry.deep_copy());
        }
        result
    }

    fn warn(&mut self, fault: Fault, parts: [V; 2]) {
        self.effect(Effect::Warn { failure: Failure::new(fault, parts) });
    }
}

/// `getSourcesForActionInput(input)`: where the choices of a trigger's parameter come from; `null` if it has none.
pub(super) fn sources_for_action_input<V: Value>(input: V) -> Outcome<V> {
    if !input.is_object() {
        return Err(Failure::argument(N::getSourcesForActionInput, N::input));
    }
    let of = |source: V| dynamic_source(input, source.get(N::sourceType), source.get(N::dependencies).or(V::list()));
    let values = input.get(N::valuesSource);
    if values.is_object() {
        return Ok(single(of(values)));
    }
    let keys = input.get(N::supportedKeysSource);
    if input.get(N::r#type).is(N::CONDITIONAL) && keys.is_object() {
        let result = V::object();
        result.set(N::kind, V::name(N::conditional));
        result.set(N::supportedOperators, input.get(N::supportedOperators));
        result.set(N::source, of(keys));
        return Ok(result);
    }
    let choices = V::list();
    for value in input.get(N::values).items() {
        // Plain values are short for choices; the platform takes their text.
        let (value, label) =
            if value.is_object() { (value.get(N::value), value.get(N::label)) } else { (value, value) };
        let text = |value: V| V::fill(N::T_JOIN, [value, V::undefined(), V::undefined()]);
        let choice = V::object();
        choice.set(N::label, text(label.or(value)));
        choice.set(N::value, text(value));
        choices.push(choice);
    }
    let none = choices.length() == 0;
    Ok(if none { V::null() } else { single(static_source(input, input.get(N::id), choices)) })
}

/// The project's data sources of an integration, by key.
pub(super) fn data_sources<V: Value>(integration: V) -> V {
    integration.get(N::sdkIntegrationConfig).get(N::dataSources)
}

/// A list, or a function that loads one.
fn is_dropdown<V: Value>(entry: V) -> bool {
    entry.kind() == Kind::List || entry.get(N::loadOptions).is_function()
}

/// The app's fields as a list or with options, or functions that load the provider's side.
fn is_mapping<V: Value>(entry: V) -> bool {
    let loads = |part: N| entry.get(part).get(N::get).is_function();
    entry.kind() == Kind::List
        || entry.get(N::fields).kind() == Kind::List
        || loads(N::objectTypes) && loads(N::integrationFields)
}

fn single<V: Value>(source: V) -> V {
    let result = V::object();
    result.set(N::kind, V::name(N::single));
    result.set(N::source, source);
    result
}

/// The parts of a source that has several.
fn parts<V: Value>(kind: N, source: V, keys: &[N]) -> V {
    let result = V::object();
    result.set(N::kind, V::name(kind));
    for key in keys {
        let part = source.get(*key);
        if part.present() {
            result.set(*key, part);
        }
    }
    result
}

fn static_source<V: Value>(input: V, id: V, values: V) -> V {
    let source = titled(N::STATIC_ENUM_DATA_SOURCE, input);
    source.set(N::id, id);
    source.set(N::values, values);
    source
}

fn dynamic_source<V: Value>(input: V, key: V, dependencies: V) -> V {
    let source = titled(N::DYNAMIC_DATA_SOURCE, input);
    source.set(N::cacheKey, key);
    source.set(N::refreshDependencies, dependencies);
    source
}

fn titled<V: Value>(kind: N, input: V) -> V {
    let source = V::object();
    source.set(N::r#type, V::name(kind));
    source.set(N::title, input.get(N::title).or(V::name(N::EMPTY)));
    source
}
