//! `installFlow.prepare()`: the provider's address is asked for ahead, so that the popup goes there as soon as the platform's
//! own page in it has loaded.

use super::api::Api;
use super::hosts::is_safe;
use super::install::Purpose;
use super::names::Name as N;
use super::value::Value;
use super::{Core, Outcome};

/// How long what was prepared can be used, in milliseconds: half of the life of most authorization requests.
const FRESH_MS: f64 = 300_000.0;

impl<V: Value> Core<V> {
    /// `installFlow.prepare(name, options)`, with the options that `start` will get. Where the user has to answer
    /// something before the popup, nothing can be prepared.
    pub(super) fn prepare(&mut self, name: V, options: V) -> Outcome<V> {
        self.try_start(name, options, Purpose::Prepare)
    }

    /// Asks where the popup will go. What was prepared lies in `memory.prepared`: `key`, `path`, `since`, and `address`
    /// once it is known. It is used once.
    pub(super) fn ask_ahead(&mut self, install: V) {
        let Some(key) = self.host.random_id() else { return };
        let path = self.build_path(install, key);
        let prepared = V::object();
        prepared.set(N::key, key);
        prepared.set(N::path, path);
        prepared.set(N::since, V::number(self.host.now()));
        self.memory.set(N::prepared, prepared);
        self.api(Api::new(N::GET, path), 0, prepared, |core, kept, outcome| {
            let address = outcome.map_or_else(|_| V::undefined(), |answer| answer.get(N::redirectUrl));
            if is_safe(address) {
                kept.value.set(N::address, address);
            } else if core.remembered(N::prepared).same(kept.value) {
                // The flow will ask again, and hear why.
                core.memory.set(N::prepared, V::undefined());
            }
        });
    }

    /// What was prepared for the very flow that is under way; `undefined` if nothing was.
    pub(super) fn take_prepared(&mut self) -> V {
        let prepared = self.remembered(N::prepared);
        self.memory.set(N::prepared, V::undefined());
        let path = self.build_path(self.remembered(N::install), prepared.get(N::key));
        let is_fresh = self.host.now() - prepared.get(N::since).as_number() < FRESH_MS;
        if is_fresh && path.same(prepared.get(N::path)) { prepared } else { V::undefined() }
    }
}
