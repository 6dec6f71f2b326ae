//! What the portal's page is told of the choices and field mappings that the app gives, to `connect()` or to
//! `setDataSources()` (see `sources.rs`).

use super::Core;
use super::names::Name as N;
use super::value::{Kind, Value};

impl<V: Value> Core<V> {
    /// Keeps the sources that `connect()` was given for an integration; those of an earlier call go.
    pub(super) fn keep_sources(&mut self, name: V, options: V) {
        self.add_sources(name, options);
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
}
