//! Where the services are: the cloud, an on-premise domain, or one local origin.

use super::failure::{Failure, Fault};
use super::names::Name as N;
use super::value::{Text, UrlPart, Value};
use super::{Core, Outcome};

/// Each service's key in the environment object, its address in the cloud, and its subdomain on premise.
const SERVICES: [(N, N, N); 9] = [
    (N::ZEUS_PUBLIC_URL, N::CLOUD_ZEUS, N::zeus),
    (N::WORKER_PROXY_PUBLIC_URL, N::CLOUD_PROXY, N::worker_proxy),
    (N::HERMES_PUBLIC_URL, N::CLOUD_HERMES, N::hermes),
    (N::CONNECT_PUBLIC_URL, N::CLOUD_CONNECT, N::connect),
    (N::PASSPORT_PUBLIC_URL, N::CLOUD_PASSPORT, N::passport),
    (N::PASSPORT_PRODUCTION_URL, N::CLOUD_PASSPORT, N::passport),
    (N::DASHBOARD_PUBLIC_URL, N::CLOUD_DASHBOARD, N::dashboard),
    (N::CDN_PUBLIC_URL, N::CLOUD_CDN, N::dashboard),
    (N::API_TRIGGER_KIT_PUBLIC_URL, N::CLOUD_TRIGGER_KIT, N::actionkit),
];

impl<V: Value> Core<V> {
    /// `configureGlobal({host}, overrides)`: sets every service's address and logs the user out.
    pub(super) fn configure_global(&mut self, options: V, overrides: V) -> Outcome<V> {
        let host = options.get(N::host);
        if !host.has_text() {
            return Err(Failure::plain(Fault::HOST_MISSING));
        }
        let environments = V::object();
        // A bare host is no URL; whatever stands before its first colon is then not a scheme.
        let origin = host.url(UrlPart::Origin);
        let local = host.url(UrlPart::Protocol);
        if (local.is(N::http_) || local.is(N::https_)) && is_loopback(host) {
            for (key, _, _) in SERVICES {
                environments.set(key, origin);
            }
            environments.set(N::local, V::bool(true));
        } else {
            let none = V::undefined();
            let with_scheme = V::fill(N::T_HTTPS, [host, none, none]);
            let given = if local.is(N::http_) || local.is(N::https_) { host } else { with_scheme };
            // Of an address its host counts; a host that is given as such may have a port.
            let domain = given.url(if given.same(host) { UrlPart::Hostname } else { UrlPart::Host });
            if !domain.truthy() {
                return Err(Failure::new(Fault::HOST_UNSAFE, [host, none]));
            }
            for (key, _, subdomain) in SERVICES {
                environments.set(key, V::fill(N::T_SERVICE, [V::name(subdomain), domain, none]));
            }
        }
        for key in overrides.keys().items() {
            let value = overrides.lookup(key);
            let is_address = SERVICES.iter().any(|(service, _, _)| key.is(*service));
            if !value.present() {
                continue;
            }
            if is_address && !is_safe(value) {
                return Err(Failure::new(Fault::HOST_UNSAFE, [value, V::undefined()]));
            }
            let value = if is_address { value.text(Text::Unslashed) } else { value };
            environments.put(key, value);
        }
        self.memory.set(N::environments, environments);
        self.end_session();
        Ok(V::undefined())
    }

    /// Are all services those of a local platform?
    pub(super) fn is_local(&self) -> bool {
        self.remembered(N::environments).get(N::local).truthy()
    }

    /// The address of a call of a service.
    pub(super) fn address(&self, service: N, path: V) -> V {
        V::fill(N::T_JOIN, [self.service(service), path, V::undefined()])
    }

    /// Is this the origin of one of the services?
    pub(super) fn is_service_origin(&self, origin: V) -> bool {
        SERVICES.iter().any(|(key, _, _)| self.service(*key).url(UrlPart::Origin).same(origin))
    }

    /// The environment object: all services, and what the app has set besides.
    pub(super) fn environments(&self) -> V {
        let all = V::object();
        for (key, value) in &[(N::NODE_ENV, N::production), (N::PLATFORM_ENV, N::production), (N::VERSION, N::latest)] {
            all.set(*key, V::name(*value));
        }
        for (key, _, _) in &SERVICES {
            all.set(*key, self.service(*key));
        }
        let all = all.merged(self.remembered(N::environments));
        all.put(V::name(N::local), V::undefined());
        all
    }

    /// The address of a service, without a slash at its end.
    pub(super) fn service(&self, service: N) -> V {
        let set = self.remembered(N::environments).get(service);
        if set.present() {
            return set;
        }
        SERVICES.iter().find(|(key, _, _)| *key == service).map_or_else(V::undefined, |(_, cloud, _)| V::name(*cloud))
    }
}

/// May the SDK send tokens there, or send a popup there? https, or http on the machine itself.
pub(super) fn is_safe<V: Value>(address: V) -> bool {
    let protocol = address.url(UrlPart::Protocol);
    protocol.is(N::https_) || protocol.is(N::http_) && is_loopback(address)
}

pub(super) fn is_loopback<V: Value>(address: V) -> bool {
    let host = address.url(UrlPart::Hostname);
    [N::LOOPBACK_4, N::LOOPBACK_6, N::localhost].iter().any(|loopback| host.is(*loopback))
}
