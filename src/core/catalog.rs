//! The project's integrations: finding one, and what the SDK tells about them.

use super::failure::{Failure, Fault};
use super::names::Name as N;
use super::value::{Text, Value};
use super::{Core, Outcome};

impl<V: Value> Core<V> {
    /// Keeps the answer of `/sdk/integrations`, by name.
    pub(super) fn remember_catalog(&mut self, integrations: V) {
        let catalog = V::object();
        for integration in integrations.items() {
            let name = name_of(integration);
            if name.has_text() {
                catalog.put(name, integration);
            }
        }
        self.memory.set(N::catalog, catalog);
        self.memory.set(N::metadata, V::undefined());
    }

    /// The integration of this name, if the project has it set up and active.
    pub(super) fn integration(&self, name: V) -> Outcome<V> {
        let found = self.listed_integration(name)?;
        if found.get(N::isActive).truthy() {
            return Ok(found);
        }
        Err(Failure::new(Fault::INTEGRATION_NOT_ACTIVE, [name, V::undefined()]).about(name))
    }

    /// The integration of this name, if the project has it set up: what an app may read about, active or not.
    pub(super) fn listed_integration(&self, name: V) -> Outcome<V> {
        let catalog = self.remembered(N::catalog);
        let found = catalog.lookup(name);
        let fault = if !found.present() {
            Fault::INTEGRATION_UNKNOWN
        } else if found.get(N::configs).length() == 0 {
            Fault::INTEGRATION_NOT_SET_UP
        } else {
            return Ok(found);
        };
        Err(Failure::new(fault, [name, catalog.keys()]).about(name))
    }

    /// The name of the integration with this id; `undefined` when there is none.
    pub(super) fn name_of_id(&self, id: V) -> V {
        let catalog = self.remembered(N::catalog);
        let of = |name: &V| catalog.lookup(*name).get(N::id).same(id);
        catalog.keys().items().find(of).unwrap_or(V::undefined())
    }

    /// `getIntegrationMetadata()`: all that are active and set up; with a name, that one.
    pub(super) fn integration_metadata(&self, name: V) -> Outcome<V> {
        if name.truthy() {
            self.user()?;
            return self.integration(name).map(|integration| self.metadata_of(name, integration));
        }
        // Apps ask while they draw; it stays the same until the next catalog.
        if !self.remembered(N::metadata).present() {
            self.memory.set(N::metadata, self.all_metadata());
        }
        Ok(self.remembered(N::metadata).deep_copy())
    }

    fn all_metadata(&self) -> V {
        let catalog = self.remembered(N::catalog);
        let list = V::list();
        for key in catalog.keys().items() {
            let integration = catalog.lookup(key);
            if integration.get(N::configs).length() > 0 && integration.get(N::isActive).truthy() {
                list.push(self.metadata_of(key, integration));
            }
        }
        list
    }

    fn metadata_of(&self, name: V, integration: V) -> V {
        let custom = integration.get(N::customIntegration);
        let none = V::undefined();
        let cdn = self.service(N::CDN_PUBLIC_URL);
        let icon = if integration.get(N::r#type).is(N::custom) {
            custom.get(N::icon).or(V::fill(N::T_PLACEHOLDER_ICON, [cdn, none, none]))
        } else {
            let stem = if name.is(N::MONDAY) || name.is(N::WORDPRESS) { name.text(Text::Stem) } else { name };
            V::fill(N::T_ICON, [cdn, stem, none])
        };
        let metadata = V::object();
        metadata.set(N::r#type, name);
        metadata.set(N::name, integration.get(N::name).or(custom.get(N::name)));
        metadata.set(N::brandColor, integration.get(N::brandColor));
        metadata.set(N::icon, icon.text(Text::UpToSvg).or(icon));
        metadata
    }

    /// `getIntegrationConfig(name)`.
    pub(super) fn integration_config(&self, name: V) -> Outcome<V> {
        self.user()?;
        let integration = self.listed_integration(name)?;
        let values = integration.get(N::configs).at(0).get(N::values);
        let all = values.get(N::workflowMeta);
        let forbidden = integration.get(N::noPermissionWorkflows);
        let workflows = integration.get(N::workflows);
        let (available, hidden) = (V::list(), V::list());
        for id in all.keys().items() {
            let meta = all.lookup(id);
            let workflow = workflows.find(N::id, id);
            let not_allowed = forbidden.items().any(|entry| entry.same(id));
            if !workflow.present() && !not_allowed {
                continue;
            }
            let shown = meta.deep_copy();
            if workflow.present() {
                shown.set(N::description, workflow.get(N::description));
            }
            let is_hidden = meta.get(N::hidden).truthy() || meta.get(N::permissions).present() && not_allowed;
            if is_hidden { hidden.push(shown) } else { available.push(shown) }
        }
        let config = V::object();
        config.set(N::shortDescription, values.get(N::description));
        config.set(N::longDescription, values.get(N::overview));
        config.set(N::availableUserSettings, values.get(N::sharedMeta).get(N::inputs).deep_copy());
        config.set(N::availableWorkflows, available);
        config.set(N::hiddenWorkflows, hidden);
        Ok(config)
    }

    /// Fails if the project's plan lacks a feature that `method` needs.
    pub(super) fn require_feature(&self, method: N, feature: N) -> Result<(), Failure<V>> {
        let features = self.remembered(N::project).get(N::accessibleFeatures);
        // The portal connects and disconnects with every plan.
        if self.for_portal || features.items().any(|known| known.is(feature)) {
            return Ok(());
        }
        Err(Failure::new(Fault::FEATURE_NOT_AVAILABLE, [V::name(method), V::name(feature)]))
    }
}

/// The name by which apps know an integration: its type; for a custom one its slug, which is `custom.<name>`.
fn name_of<V: Value>(integration: V) -> V {
    let kind = integration.get(N::r#type);
    if !kind.is(N::custom) {
        return kind;
    }
    let custom = integration.get(N::customIntegration);
    let made = custom.get(N::name).or(integration.get(N::name)).text(Text::Slug);
    custom.get(N::slug).or(V::fill(N::T_CUSTOM, [made, V::undefined(), V::undefined()]))
}
