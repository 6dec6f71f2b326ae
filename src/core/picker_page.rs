//! The address of Microsoft's picker page: where it is, and the options in it.

use super::Outcome;
use super::failure::{Failure, Fault};
use super::hosts::is_safe;
use super::names::Name as N;
use super::value::{Kind, Text, UrlPart, Value};

/// The pickers that are a page of Microsoft's in a popup.
pub(super) const POPUPS: [N; 2] = [N::onedrive, N::sharepoint];

/// Where Microsoft keeps the account's files, without a slash at the end. A OneDrive without a domain is a personal one.
pub(super) fn base_of<V: Value>(account: V, name: V) -> Outcome<V> {
    let (from, key) = if name.is(N::onedrive) {
        (account.get(N::accountAuth), N::DOMAIN)
    } else {
        (account.get(N::providerData), N::webUrl)
    };
    let given = from.get(key);
    let none = V::undefined();
    let base = match () {
        () if !given.has_text() && name.is(N::onedrive) => V::name(N::PERSONAL_ONEDRIVE),
        () if !given.has_text() => return Err(Failure::new(Fault::PICKER_ACCOUNT_INCOMPLETE, [V::name(key), name])),
        () if given.url(UrlPart::Hostname).truthy() => given,
        () => V::fill(N::T_HTTPS, [given, none, none]),
    };
    let base = base.text(Text::Unslashed);
    // The token is posted there.
    if is_safe(base) { Ok(base) } else { Err(Failure::new(Fault::HOST_UNSAFE, [given, none])) }
}

/// The address of Microsoft's picker page, with its options (File Picker v8) as JSON. The token is not among them.
pub(super) fn picker_address<V: Value>(ready: V, page_origin: V) -> V {
    let picker = ready.get(N::picker);
    let options = picker.get(N::options);
    let base = ready.get(N::address);
    let none = V::undefined();
    let is_onedrive = picker.get(N::r#type).is(N::onedrive);
    let entry = if is_onedrive {
        V::name(N::ONEDRIVE_ENTRY)
    } else {
        let list = V::fill(N::T_DOCUMENTS, [base, none, none]);
        V::fill(N::T_SHAREPOINT_ENTRY, [list.text(Text::Json), none, none])
    };
    let messaging = [entry, page_origin.text(Text::Json), ready.get(N::channelId).text(Text::Json)];
    let pivots = V::name(if is_onedrive { N::ONEDRIVE_PIVOTS } else { N::SHAREPOINT_PIVOTS });
    let filters = match options.get(N::allowedTypes) {
        types if types.kind() == Kind::List => V::fill(N::T_FILTERS, [types.text(Text::Json), none, none]),
        _ => V::name(N::EMPTY),
    };
    let choice = |key, yes: N, no: N| V::name(if options.get(key).truthy() { yes } else { no });
    let sources = [
        choice(N::allowMultiSelect, N::multiple, N::single),
        choice(N::allowFolderSelect, N::folders, N::all),
        V::fill(N::T_JOIN, [filters, pivots, none]),
    ];
    let json = V::fill(N::T_JOIN, [V::fill(N::T_MESSAGING, messaging), V::fill(N::T_SOURCES, sources), none]);
    let personal = base.is(N::PERSONAL_ONEDRIVE);
    let page = V::name(if personal { N::PERSONAL_PAGE } else { N::PICKER_PAGE });
    V::fill(N::T_PICKER, [base, page, json.text(Text::Encode)])
}
