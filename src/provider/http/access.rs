//! Which addresses may be reached.
//!
//! Public ones, and this machine itself for local servers. What lies inside a
//! private network, and what clouds serve their machines' credentials from, has
//! to be allowed by name. Names are judged by what they resolve to, at the
//! moment of the connection, so that a name cannot change its address later.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

/// The hosts that are allowed although their addresses are not public.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Access {
    allowed: Vec<String>,
}

/// An address that may not be reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Forbidden {
    host: String,
    what: &'static str,
}

impl fmt::Display for Forbidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { host, what } = self;
        write!(
            f,
            "{host} is {what}, and such an address has to be allowed by name; if it is yours, \
             write `allow = [\"{host}\"]`"
        )
    }
}

impl std::error::Error for Forbidden {}

/// A name without an address.
#[derive(Debug)]
pub(super) struct Unknown;

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name has no address")
    }
}

impl std::error::Error for Unknown {}

impl Access {
    /// `allowed`: names and addresses, compared as a URL has them.
    #[must_use]
    pub fn new(allowed: &[String]) -> Self {
        let bare = |host: &String| host.trim_matches(['[', ']']).to_ascii_lowercase();
        Self {
            allowed: allowed.iter().map(bare).collect(),
        }
    }

    fn allows(&self, host: &str) -> bool {
        self.allowed.iter().any(|allowed| allowed == host)
    }

    /// Whether a URL may be asked, as far as that can be told without resolving.
    pub(super) fn check(&self, url: &Url, carries_key: bool) -> Result<(), String> {
        if !matches!(url.scheme(), "https" | "http") {
            return Err(format!(
                "its URL begins with `{}:`; write one that begins with https:// (or http://)",
                url.scheme()
            ));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(
                "its URL holds a user name or password; give keys with `key` instead".to_owned(),
            );
        }
        let (shown, address) = match url.host() {
            None => return Err("its URL has no host".to_owned()),
            Some(Host::Domain(name)) => (name.to_ascii_lowercase(), None),
            Some(Host::Ipv4(ip)) => (ip.to_string(), Some(IpAddr::V4(ip))),
            Some(Host::Ipv6(ip)) => (ip.to_string(), Some(IpAddr::V6(ip))),
        };
        if let Some(address) = address {
            self.admit(&shown, address)
                .map_err(|forbidden| forbidden.to_string())?;
        }
        let local = address.is_some_and(|ip| ip.is_loopback()) || is_local_name(&shown);
        if url.scheme() == "http" && carries_key && !local && !self.allows(&shown) {
            return Err(format!(
                "a key would travel unencrypted to {shown}; write https:// in `url`, or \
                 `allow = [\"{shown}\"]` where the network between is yours"
            ));
        }
        Ok(())
    }

    fn admit(&self, host: &str, address: IpAddr) -> Result<(), Forbidden> {
        let literal = address.to_string();
        match class(address) {
            Some(what) if !self.allows(host) && !self.allows(&literal) => Err(Forbidden {
                host: host.to_owned(),
                what,
            }),
            _ => Ok(()),
        }
    }
}

fn is_local_name(host: &str) -> bool {
    host == "localhost" || host.ends_with(".localhost")
}

/// What an address is that is neither public nor this machine.
fn class(address: IpAddr) -> Option<&'static str> {
    match address {
        IpAddr::V4(ip) => class_v4(ip),
        IpAddr::V6(ip) => embedded(ip).map_or_else(|| class_v6(ip), class_v4),
    }
}

/// The IPv4 address that an IPv6 one stands for: mapped, NAT64, 6to4.
fn embedded(ip: Ipv6Addr) -> Option<Ipv4Addr> {
    let v4 = |high: u16, low: u16| Ipv4Addr::from((u32::from(high) << 16) | u32::from(low));
    match ip.segments() {
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => {
            Some(v4(high, low))
        }
        [0x2002, high, low, ..] => Some(v4(high, low)),
        _ => None,
    }
}

/// By the registry of special-purpose IPv4 addresses (RFC 6890).
fn class_v4(ip: Ipv4Addr) -> Option<&'static str> {
    match ip.octets() {
        [127, ..] => None,
        [169, 254, ..] => Some("link-local, where clouds keep credentials"),
        [10, ..] | [192, 168, ..] | [172, 16..=31, ..] => Some("in a private network"),
        [100, 64..=127, ..] => Some("inside a carrier's network"),
        [0 | 224..=255, ..] | [192, 0, 0, _] | [198, 18..=19, ..] => Some("no address of a server"),
        _ => None,
    }
}

/// By the registry of special-purpose IPv6 addresses (RFC 6890).
fn class_v6(ip: Ipv6Addr) -> Option<&'static str> {
    if ip.is_loopback() {
        return None;
    }
    match ip.segments() {
        [0xfe80..=0xfebf, ..] => Some("link-local"),
        [0xfc00..=0xfdff, ..] => Some("in a private network"),
        [0, 0, 0, 0, 0, 0, ..] | [0xff00..=0xffff, ..] => Some("no address of a server"),
        _ => None,
    }
}

impl Resolve for Access {
    fn resolve(&self, name: Name) -> Resolving {
        let access = self.clone();
        Box::pin(async move {
            let host = name.as_str().to_ascii_lowercase();
            let found: Vec<SocketAddr> = tokio::net::lookup_host((host.as_str(), 0))
                .await
                .map_err(|_| Unknown)?
                .collect();
            for address in &found {
                access.admit(&host, address.ip())?;
            }
            if found.is_empty() {
                return Err(Unknown.into());
            }
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(url: &str, allowed: &[&str], key: bool) -> Result<(), String> {
        let allowed: Vec<String> = allowed.iter().map(|a| (*a).to_owned()).collect();
        Access::new(&allowed).check(&Url::parse(url).unwrap(), key)
    }

    #[test]
    fn what_is_inside_has_to_be_allowed_by_name() {
        for (url, needs) in [
            ("https://8.8.8.8/", ""),
            ("http://127.0.0.1:5000/", ""),
            ("http://[::1]:5000/", ""),
            ("https://10.1.2.3/", "10.1.2.3"),
            ("https://172.31.0.1/", "172.31.0.1"),
            ("https://172.32.0.1/", ""),
            ("https://192.168.1.1/", "192.168.1.1"),
            ("http://169.254.169.254/latest/meta-data", "169.254.169.254"),
            // The same address, written otherwise.
            ("http://2852039166/", "169.254.169.254"),
            ("http://0xA9.0xFE.0xA9.0xFE/", "169.254.169.254"),
            ("http://[::ffff:169.254.169.254]/", "::ffff:169.254.169.254"),
            ("http://[64:ff9b::a9fe:a9fe]/", "64:ff9b::a9fe:a9fe"),
            ("http://[fd00:ec2::254]/", "fd00:ec2::254"),
            ("https://[fe80::1]/", "fe80::1"),
            ("https://100.100.100.200/", "100.100.100.200"),
            ("https://0.0.0.0/", "0.0.0.0"),
        ] {
            let found = check(url, &[], false);
            assert_eq!(found.is_err(), !needs.is_empty(), "{url}: {found:?}");
            if !needs.is_empty() {
                assert!(found.unwrap_err().contains(needs), "{url}");
                assert_eq!(check(url, &[needs], false), Ok(()), "{url}");
            }
        }
    }

    #[test]
    fn only_the_web_and_no_key_in_clear() {
        assert!(check("file:///etc/passwd", &[], false).is_err());
        assert!(check("ftp://example.org/", &[], false).is_err());
        assert!(check("https://me:secret@example.org/", &[], false).is_err());
        let open = check("http://mt.example.org/translate?q=1", &[], true).unwrap_err();
        assert!(
            open.contains("unencrypted") && !open.contains("q=1"),
            "{open}"
        );
        assert_eq!(
            check("http://mt.example.org/", &["mt.example.org"], true),
            Ok(())
        );
        assert_eq!(check("http://mt.example.org/", &[], false), Ok(()));
        assert_eq!(check("http://localhost:5000/", &[], true), Ok(()));
    }

    #[tokio::test]
    async fn names_are_judged_by_their_address() {
        let access = Access::default();
        let local = access.resolve("localhost".parse().unwrap()).await;
        assert!(local.is_ok_and(|mut found| found.all(|a| a.ip().is_loopback())));
        let forbidden = access.admit("intranet.example.org", "10.0.0.7".parse().unwrap());
        assert!(
            forbidden
                .unwrap_err()
                .to_string()
                .contains("intranet.example.org")
        );
        let named = Access::new(&["Intranet.example.org".to_owned()]);
        assert_eq!(
            named.admit("intranet.example.org", "10.0.0.7".parse().unwrap()),
            Ok(())
        );
    }
}
