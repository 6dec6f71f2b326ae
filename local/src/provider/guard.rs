//! Which hosts requests of a project's own making may reach when `privateTargets` is off: public addresses only.
//!
//! The address that is checked is the address that is connected to: names are resolved once, by [`Public`], inside the
//! HTTP client. Addresses in the URL itself never come to a resolver, so [`check`] looks at them.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

use axum::http::StatusCode;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

use crate::http::ApiError;

/// A name leads to this machine or its network.
#[derive(Debug, thiserror::Error)]
#[error("the name leads to a private address")]
pub struct Private;

/// Resolves names to public addresses only.
pub struct Public {
    names: Arc<dyn Resolve>,
    allows: fn(IpAddr) -> bool,
}

impl Default for Public {
    fn default() -> Self {
        Self { names: Arc::new(System), allows: is_public }
    }
}

impl Resolve for Public {
    fn resolve(&self, name: Name) -> Resolving {
        let (found, allows) = (self.names.resolve(name), self.allows);
        Box::pin(async move {
            let allowed: Vec<SocketAddr> = found.await?.filter(|one| allows(one.ip())).collect();
            if allowed.is_empty() { Err(Private.into()) } else { Ok(Box::new(allowed.into_iter()) as Addrs) }
        })
    }
}

/// The machine's own resolver.
struct System;

impl Resolve for System {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

/// Refuses a URL whose host is written as a private address, in whichever form: the URL parser has made them all one.
pub fn check(url: &Url) -> Result<(), ApiError> {
    let public = match url.host() {
        Some(Host::Ipv4(address)) => is_public(address.into()),
        Some(Host::Ipv6(address)) => is_public(address.into()),
        Some(Host::Domain(_)) => true,
        None => false,
    };
    if public { Ok(()) } else { Err(refused(url.host_str().unwrap_or_default())) }
}

/// The error for a host that may not be reached.
pub fn refused(host: &str) -> ApiError {
    ApiError::new(
        StatusCode::FORBIDDEN,
        "private_target",
        format!(
            "{host} is an address of this machine or its network, and privateTargets is off in the project file. Use a public address, or turn privateTargets on."
        ),
    )
}

fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => embedded_v4(address).map_or_else(|| is_public_v6(address), is_public_v4),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let special = address.is_loopback()
        || address.is_private()
        || address.is_link_local()
        || address.is_broadcast()
        || address.is_documentation()
        || address.is_multicast()
        || a == 0
        || a >= 240
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 198 && (b == 18 || b == 19));
    !special
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let first = address.segments()[0];
    // Only 2000::/3 is given out to the public; of that, documentation is not.
    (first & 0xe000) == 0x2000 && !(first == 0x2001 && address.segments()[1] == 0x0db8)
}

/// The IPv4 address that an IPv6 address stands for: mapped, compatible, NAT64 and 6to4.
fn embedded_v4(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let segments = address.segments();
    let joined = |high: u16, low: u16| Ipv4Addr::from((u32::from(high) << 16) | u32::from(low));
    match segments {
        [0, 0, 0, 0, 0, 0 | 0xffff, high, low] => Some(joined(high, low)),
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => Some(joined(high, low)),
        [0x2002, high, low, ..] => Some(joined(high, low)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;
    use std::sync::Mutex;

    use super::*;

    #[test]
    fn private_addresses_are_found_in_every_form() {
        for bad in [
            "http://127.0.0.1/",
            "http://2130706433/",
            "http://0177.0.0.1/",
            "http://0x7f.1/",
            "http://127.1/",
            "http://0/",
            "http://127.0.0.1./",
            "http://[::1]/",
            "http://[::]/",
            "http://[::ffff:127.0.0.1]/",
            "http://[::ffff:7f00:1]/",
            "http://[::127.0.0.1]/",
            "http://[64:ff9b::7f00:1]/",
            "http://[2002:7f00:1::]/",
            "http://[fe80::1]/",
            "http://[fd00::1]/",
            "http://169.254.169.254/latest/meta-data",
            "http://[fd00:ec2::254]/",
            "http://100.100.100.200/",
            "http://10.0.0.1/",
            "http://172.16.0.1/",
            "http://192.168.1.1/",
            "http://255.255.255.255/",
        ] {
            assert!(check(&Url::parse(bad).unwrap()).is_err(), "{bad}");
        }
        for good in ["http://93.184.216.34/", "https://[2606:2800:220:1::1]/", "https://example.com/"] {
            assert!(check(&Url::parse(good).unwrap()).is_ok(), "{good}");
        }
    }

    #[tokio::test]
    async fn names_that_lead_here_do_not_resolve() {
        for name in ["localhost", "localhost."] {
            assert!(Public::default().resolve(name.parse().unwrap()).await.is_err(), "{name}");
        }
    }

    /// Gives another address each time it is asked, as who wants to be let in would.
    struct Rebinding(Mutex<VecDeque<Vec<IpAddr>>>);

    impl Resolve for Rebinding {
        fn resolve(&self, _: Name) -> Resolving {
            let next = self.0.lock().unwrap().pop_front().unwrap_or_default();
            Box::pin(async move { Ok(Box::new(next.into_iter().map(|one| SocketAddr::new(one, 0))) as Addrs) })
        }
    }

    // Elsewhere a machine has one loopback address only.
    #[cfg(target_os = "linux")]
    #[tokio::test]
    async fn the_address_that_is_checked_is_the_one_that_is_reached() {
        let (outside, inside) = (Ipv4Addr::new(127, 0, 0, 2), Ipv4Addr::LOCALHOST);
        let public = tokio::net::TcpListener::bind((outside, 0)).await.unwrap();
        let port = public.local_addr().unwrap().port();
        let private = std::net::TcpListener::bind((inside, port)).unwrap();
        private.set_nonblocking(true).unwrap();
        let router = axum::Router::new().fallback(|| async { "outside" });
        tokio::spawn(async move { axum::serve(public, router).await });
        let (outside, inside) = (IpAddr::from(outside), IpAddr::from(inside));
        let answers = [vec![outside], vec![inside], vec![inside, outside], vec![]];
        let names = Arc::new(Rebinding(Mutex::new(answers.into())));
        let resolver = Public {
            names: names.clone(),
            allows: |address| !address.is_loopback() || address == IpAddr::from([127, 0, 0, 2]),
        };
        let client = reqwest::Client::builder()
            .no_proxy()
            .dns_resolver(Arc::new(resolver))
            .pool_max_idle_per_host(0)
            .timeout(std::time::Duration::from_secs(60));
        let client = client.build().unwrap();
        for reached in [true, false, true, false] {
            let answer = client.get(format!("http://rebinding.test:{port}/")).send().await;
            match answer {
                Ok(answer) => assert_eq!((answer.text().await.unwrap().as_str(), reached), ("outside", true)),
                Err(error) => {
                    assert!(!reached, "{error:?}");
                    assert_eq!(crate::provider::unreachable("it", error).code(), "private_target");
                }
            }
        }
        // One question for each connection, and nobody came to the other door.
        assert!(names.0.lock().unwrap().is_empty());
        assert_eq!(private.accept().unwrap_err().kind(), std::io::ErrorKind::WouldBlock);
    }
}
