//! Who connects. `X-Forwarded-For` is believed only from proxies the configuration names.

use crate::config::Network;
use crate::state::AppState;
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// The network a request comes from, coarse enough to survive address changes and fine enough to throttle:
/// the address for IPv4, the /64 for IPv6.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ClientIp(pub IpAddr);

tokio::task_local! {
    /// Set for writing requests, see [`super::rate`].
    pub(super) static CLIENT: ClientIp;
}

/// The client of the writing request being answered.
pub fn current() -> Option<ClientIp> {
    CLIENT.try_with(|client| *client).ok()
}

impl ClientIp {
    /// As part of a key in the database: coarser still (/24, /48), because the pair (account, network) is what a
    /// lock hangs on and phones move between neighbouring addresses.
    pub fn prefix(self) -> String {
        match self.0 {
            IpAddr::V4(ip) => {
                let [a, b, c, _] = ip.octets();
                format!("{a}.{b}.{c}.0/24")
            }
            IpAddr::V6(ip) => {
                let [a, b, c, ..] = ip.segments();
                format!("{a:x}:{b:x}:{c:x}::/48")
            }
        }
    }
}

impl FromRequestParts<AppState> for ClientIp {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Infallible> {
        Ok(of(parts, state))
    }
}

/// The client of a request.
pub fn of(parts: &Parts, state: &AppState) -> ClientIp {
    let peer = parts
        .extensions
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |ConnectInfo(addr)| {
            addr.ip().to_canonical()
        });
    // Nearest hop last, as proxies append.
    let hops: Vec<IpAddr> = parts
        .headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(|hop| hop.trim().parse().ok())
        .collect();
    coarse(walk(peer, &hops, &state.config.trusted_proxies))
}

/// From the nearest hop outwards as far as somebody trusted vouches for the next one.
fn walk(peer: IpAddr, hops: &[IpAddr], proxies: &[Network]) -> IpAddr {
    let trusted = |ip: IpAddr| proxies.iter().any(|network| network.contains(ip));
    let mut client = peer;
    for hop in hops.iter().rev() {
        if !trusted(client) {
            break;
        }
        client = hop.to_canonical();
    }
    client
}

fn coarse(client: IpAddr) -> ClientIp {
    ClientIp(match client {
        IpAddr::V6(ip) => {
            let [a, b, c, d, ..] = ip.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        v4 @ IpAddr::V4(_) => v4,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    #[test]
    fn forwarded_addresses_count_only_from_our_own_proxies() {
        let proxies = [Network::parse("10.0.0.0/8").expect("a network")];
        let forged = [ip("1.1.1.1")];
        assert_eq!(
            walk(ip("203.0.113.9"), &forged, &proxies),
            ip("203.0.113.9"),
            "a stranger says what it likes"
        );
        assert_eq!(walk(ip("10.0.0.2"), &[ip("203.0.113.9")], &proxies), ip("203.0.113.9"));
        let chain = [ip("1.1.1.1"), ip("203.0.113.9"), ip("10.0.0.3")];
        assert_eq!(
            walk(ip("10.0.0.2"), &chain, &proxies),
            ip("203.0.113.9"),
            "what the client claims to forward is not"
        );
        assert_eq!(walk(ip("10.0.0.2"), &[], &proxies), ip("10.0.0.2"));
    }

    #[test]
    fn neighbours_share_a_lock_and_strangers_do_not() {
        assert_eq!(ClientIp(ip("192.0.2.7")).prefix(), ClientIp(ip("192.0.2.200")).prefix());
        assert_ne!(ClientIp(ip("192.0.2.7")).prefix(), ClientIp(ip("192.0.3.7")).prefix());
        assert_eq!(coarse(ip("2001:db8:1:2:3::4")), coarse(ip("2001:db8:1:2:ffff::1")));
    }
}
