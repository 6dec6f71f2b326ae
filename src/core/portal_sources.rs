//! Choices and field mappings that an app gives to `connect()`: what the portal's page is told of them, and the calls by
//! which it asks the app's own functions. They are kept in `memory.sources`, by integration.

use super::Id;
use super::effect::Effect;
use super::failure::{Failure, Fault};
use super::names::Name as N;
use super::value::{Kind, Value};
use super::{Core, Outcome};

impl<V: Value> Core<V> {
    /// Keeps the sources that `connect()` was given for an integration; those of an earlier call go.
    pub(super) fn keep_sources(&mut self, name: V, options: V) {
        self.keep_for(N::sources, name, options.picked(&[N::dropdowns, N::mapObjectFields]));
    }

    /// The app's source of this kind (`dropdowns`, `mapObjectFields`) for an integration.
    fn app_source(&self, kind: N, name: V, key: V) -> V {
        self.remembered(N::sources).lookup(name).get(kind).lookup(key)
    }

    /// The field mappings as the page sees them: of those with functions only that there are some.
    pub(super) fn shown_mappings(&self, name: V) -> V {
        let given = self.remembered(N::sources).lookup(name).get(N::mapObjectFields);
        if !given.is_object() {
            return V::undefined();
        }
        let shown = V::object();
        for key in given.keys().items() {
            let mapping = given.lookup(key);
            let asked = mapping.get(N::objectTypes).present();
            let seen = if asked { mapping.get(N::applicationFields).merged(V::undefined()) } else { mapping };
            if asked {
                seen.set(N::useBYOFieldMappingOption, V::bool(true));
            }
            shown.put(key, seen);
        }
        shown
    }

    /// The integration's configuration as the page sees it: its dropdowns have the app's choices.
    pub(super) fn shown_config(&self, name: V, integration: V) -> V {
        let config = integration.get(N::configs).at(0).get(N::values);
        let shared = config.get(N::sharedMeta);
        let workflows = config.get(N::workflowMeta).copy();
        for id in workflows.keys().items() {
            let workflow = workflows.lookup(id);
            workflows.put(id, workflow.with(N::inputs, self.shown_inputs(name, workflow.get(N::inputs))));
        }
        let config = config.with(N::workflowMeta, workflows);
        if shared.get(N::inputs).present() {
            config.set(N::sharedMeta, shared.with(N::inputs, self.shown_inputs(name, shared.get(N::inputs))));
        }
        config
    }

    fn shown_inputs(&self, name: V, inputs: V) -> V {
        let shown = V::list();
        for input in inputs.items() {
            let source = if input.get(N::r#type).is(N::CUSTOM_DROPDOWN) {
                self.app_source(N::dropdowns, name, input.get(N::key))
            } else {
                V::undefined()
            };
            if !source.present() {
                shown.push(input);
                continue;
            }
            let input = input.copy();
            let choices = if source.kind() == Kind::List { source } else { V::list() };
            input.set(N::customDropdownOptions, choices);
            if source.kind() != Kind::List {
                input.set(N::refreshOnOpen, V::bool(source.get(N::refreshOnOpen).truthy()));
            }
            shown.push(input);
        }
        shown
    }

    /// `_loadCustomDropdownOptions(key, cursor, search)`: one page of choices, from the app's function.
    pub(super) fn dropdown_options(&mut self, call: Id, key: V, cursor: V, search: V) -> Outcome<V> {
        let loader = self.app_source(N::dropdowns, self.portal_name(), key).get(N::loadOptions);
        self.ask(call, key, loader, &[cursor, search])
    }

    /// `_fetchBYOFieldMappingOptions(name, "objectTypes" | "integrationFields", key, {objectType, cursor, search})`.
    pub(super) fn field_mapping_options(&mut self, call: Id, name: V, kind: V, key: V, page: V) -> Outcome<V> {
        let mapping = self.app_source(N::mapObjectFields, name, key);
        let (cursor, search) = (page.get(N::cursor), page.get(N::search));
        if kind.is(N::objectTypes) {
            return self.ask(call, key, mapping.get(N::objectTypes).get(N::get), &[cursor, search]);
        }
        let loader = mapping.get(N::integrationFields).get(N::get);
        if kind.is(N::integrationFields) && loader.is_function() && page.get(N::objectType).present() {
            let object = V::object();
            object.set(N::objectType, page.get(N::objectType));
            return self.ask(call, key, loader, &[object, cursor, search]);
        }
        Err(Failure::new(Fault::SOURCE_UNKNOWN, [key, V::undefined()]))
    }

    fn ask(&mut self, call: Id, key: V, callback: V, given: &[V]) -> Outcome<V> {
        if !callback.is_function() {
            return Err(Failure::new(Fault::SOURCE_UNKNOWN, [key, V::undefined()]));
        }
        let arguments = V::list();
        for argument in given {
            arguments.push(*argument);
        }
        self.effect(Effect::Ask { call, callback, arguments });
        Ok(V::undefined())
    }
}
