//! Choices that the app loads itself: the functions that it gave to `setDataSources`.
//!
//! They are the app's code: they run when core is not borrowed, may throw, reject, answer nonsense or nothing at all, and
//! each of these ends the call with an error of its own.

use super::Id;
use super::effect::{Answer, Effect};
use super::failure::{Failure, Fault};
use super::names::Name as N;
use super::value::{Kind, Value};
use super::{Core, Kept, Outcome, Then};

/// How long a loader may take, in milliseconds. Longer than any request that a page would wait for.
const PATIENCE: f64 = 60_000.0;

/// The status of an answer that came, and of one that did not; see `Effect::Ask`.
const ANSWERED: u32 = 200;
const LATE: u32 = 2;

/// How the caller wants a page of choices.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Page {
    /// `{data, nestedData, nextPageCursor}`: for `getFieldOptions`.
    Fields,
    /// `{options, nextPageCursor}`: for the portal.
    Options,
}

impl<V: Value> Core<V> {
    /// `_loadCustomDropdownOptions(key, cursor, search)` for an integration, or for whichever has a loader of this key.
    pub(super) fn load_dropdown(&mut self, call: Id, name: V, key: V, cursor: V, search: V) -> Outcome<V> {
        let loader = self.app_source(N::dropdowns, name, key).get(N::loadOptions);
        if !loader.is_function() {
            return Err(Failure::new(Fault::SOURCE_MISSING, [key, V::name(N::dropdowns)]));
        }
        self.load(call, Page::Options, loader, key, &[cursor, search]);
        Ok(V::undefined())
    }

    /// `_fetchBYOFieldMappingOptions(name, type, key, {objectType, cursor, search})`.
    pub(super) fn load_mapping(&mut self, call: Id, name: V, part: V, key: V, options: V) -> Outcome<V> {
        let (cursor, search) = (options.get(N::cursor), options.get(N::search));
        self.load_mapped(call, Page::Options, name, part, key, options.get(N::objectType), [cursor, search])
    }

    /// `getFieldOptions` for a source that the app loads; false if `source` (or the key `action`) is none.
    pub(super) fn load_field_options(&mut self, call: Id, name: V, options: V) -> Result<bool, Failure<V>> {
        let (cursor, search) = (options.get(N::cursor), options.get(N::search));
        // 0 and false stand for the first page, as they do where the platform is asked.
        let cursor = if cursor.truthy() { cursor } else { V::undefined() };
        let (action, source) = (options.get(N::action), options.get(N::source));
        let part = source.get(N::dynamicFieldMappingType);
        if part.has_text() && !action.present() {
            let key = source.get(N::dynamicFieldMappingKey);
            // The object is the first value that the fields depend on, whatever its key.
            let given = options.get(N::parameters).items().map(|parameter| parameter.get(N::source));
            let object = given.map(|source| source.get(N::value)).find(|value| value.present());
            let object = object.unwrap_or_else(V::undefined);
            self.load_mapped(call, Page::Fields, name, part, key, object, [cursor, search])?;
            return Ok(true);
        }
        let key = action.or(source.get(N::cacheKey));
        let loader = self.app_source(N::dropdowns, name, key).get(N::loadOptions);
        if loader.is_function() {
            self.load(call, Page::Fields, loader, key, &[cursor, search]);
        }
        Ok(loader.is_function())
    }

    #[allow(clippy::too_many_arguments)]
    fn load_mapped(
        &mut self,
        call: Id,
        page: Page,
        name: V,
        part: V,
        key: V,
        object: V,
        [cursor, search]: [V; 2],
    ) -> Outcome<V> {
        let loader = self.app_source(N::mapObjectFields, name, key).lookup(part).get(N::get);
        if !loader.is_function() {
            return Err(Failure::new(Fault::SOURCE_MISSING, [key, V::name(N::mapObjectFields)]));
        }
        if part.is(N::objectTypes) {
            self.load(call, page, loader, key, &[cursor, search]);
        } else {
            if !object.truthy() {
                return Err(Failure::argument(N::getFieldOptions, N::objectType));
            }
            let of = V::object();
            of.set(N::objectType, object);
            self.load(call, page, loader, key, &[of, cursor, search]);
        }
        Ok(V::undefined())
    }

    /// Calls a loader of the app, and settles `call` with what comes of it.
    fn load(&mut self, call: Id, page: Page, loader: V, key: V, arguments: &[V]) {
        let list = V::list();
        for argument in arguments {
            list.push(argument.or(V::undefined()));
        }
        let asked = V::object();
        asked.set(N::key, key);
        asked.set(N::request, V::number(f64::from(call)));
        asked.set(N::data, V::bool(page == Page::Fields));
        let none = V::undefined();
        let id = self.fresh_id();
        self.await_answer(id, id, none, none, asked, Then::Raw(Self::loaded));
        self.effect(Effect::Ask { id, callback: loader, arguments: list });
        self.wait(PATIENCE, id, |core, id| {
            core.answered(id, Answer::none(LATE, V::undefined()));
        });
    }

    fn loaded(&mut self, kept: Kept<V>, answer: Answer<V>) {
        self.end_waits(kept.id);
        let asked = kept.value;
        let (key, body) = (asked.get(N::key), answer.body);
        let options = body.get(N::options);
        let result = match answer.status {
            ANSWERED if options.kind() == Kind::List => {
                let cursor = body.get(N::nextPageCursor);
                let cursor = if cursor.truthy() { cursor } else { V::null() };
                let page = V::object();
                if asked.get(N::data).truthy() {
                    page.set(N::data, options);
                    page.set(N::nestedData, V::list());
                } else {
                    page.set(N::options, options);
                }
                page.set(N::nextPageCursor, cursor);
                Ok(page)
            }
            ANSWERED => Err(Failure::new(Fault::LOADER_ANSWER_INVALID, [key, V::undefined()])),
            LATE => Err(Failure::new(Fault::LOADER_TIMEOUT, [key, V::undefined()]).with(N::retryable, V::bool(true))),
            _ => {
                let reason = body.get(N::message).or(body).or(V::name(N::no_reason));
                Err(Failure::new(Fault::LOADER_FAILED, [key, reason]).with(N::cause, body))
            }
        };
        self.settle(asked.get(N::request).as_number() as Id, result);
    }
}
