//! Who connects. `X-Forwarded-For` is believed only from proxies the configuration names.

use crate::state::AppState;
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// The network a request comes from, coarse enough to survive address changes and fine enough to throttle:
/// the address for IPv4, the /64 for IPv6.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ClientIp(pub IpAddr);

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
    let trusted = |ip: IpAddr| state.config.trusted_proxies.iter().any(|network| network.contains(ip));
    let mut client = peer;
    if trusted(peer) {
        // Walk from the nearest hop outwards and stop at the first one nobody vouches for.
        let hops: Vec<IpAddr> = parts
            .headers
            .get_all("x-forwarded-for")
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .filter_map(|hop| hop.trim().parse().ok())
            .collect();
        for hop in hops.into_iter().rev() {
            client = hop.to_canonical();
            if !trusted(client) {
                break;
            }
        }
    }
    ClientIp(match client {
        IpAddr::V6(ip) => {
            let [a, b, c, d, ..] = ip.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        v4 @ IpAddr::V4(_) => v4,
    })
}
