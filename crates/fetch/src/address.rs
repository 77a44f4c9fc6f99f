//! Which addresses may be asked: those of the open network, and no others unless the user names them.
//!
//! A feed is written by others, and so are the links and redirects in it. Whoever writes them must not be able to make this
//! program ask the router, the neighbour's printer or a cloud's store of secrets in their place. So the rule is the other
//! way round from a list of bad addresses: of IPv6 only what is handed out for global use (2000::/3) passes, and the tables
//! below take out what IANA keeps for special purposes (its registries of special-purpose addresses, RFC 6890 and later).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::{IpNet, Ipv4Net, Ipv6Net};

const fn v4(a: u8, b: u8, c: u8, d: u8, bits: u8) -> Ipv4Net {
    Ipv4Net::new_assert(Ipv4Addr::new(a, b, c, d), bits)
}

const fn v6(a: u16, b: u16, c: u16, d: u16, bits: u8) -> Ipv6Net {
    Ipv6Net::new_assert(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0), bits)
}

/// Stretches of IPv4 that are not the open network, and what they are.
const SPECIAL_V4: &[(Ipv4Net, &str)] = &[
    (v4(0, 0, 0, 0, 8), "this machine itself (0.0.0.0/8)"),
    (v4(10, 0, 0, 0, 8), "a private network (10.0.0.0/8)"),
    (v4(100, 64, 0, 0, 10), "a provider's inner network (100.64.0.0/10)"),
    (v4(127, 0, 0, 0, 8), "this machine itself (127.0.0.0/8)"),
    // Azure's agent on every virtual machine; the address looks global and never is.
    (v4(168, 63, 129, 16, 32), "a cloud's service for its own machines (168.63.129.16)"),
    (v4(169, 254, 0, 0, 16), "the local link, where clouds keep secrets (169.254.0.0/16)"),
    (v4(172, 16, 0, 0, 12), "a private network (172.16.0.0/12)"),
    (v4(192, 0, 0, 0, 24), "kept for protocols (192.0.0.0/24)"),
    (v4(192, 0, 2, 0, 24), "for documentation only (192.0.2.0/24)"),
    (v4(192, 31, 196, 0, 24), "kept for name servers (192.31.196.0/24)"),
    (v4(192, 52, 193, 0, 24), "kept for tunnels (192.52.193.0/24)"),
    (v4(192, 88, 99, 0, 24), "a relay into 6to4 (192.88.99.0/24)"),
    (v4(192, 168, 0, 0, 16), "a private network (192.168.0.0/16)"),
    (v4(192, 175, 48, 0, 24), "kept for name servers (192.175.48.0/24)"),
    (v4(198, 18, 0, 0, 15), "for benchmarks only (198.18.0.0/15)"),
    (v4(198, 51, 100, 0, 24), "for documentation only (198.51.100.0/24)"),
    (v4(203, 0, 113, 0, 24), "for documentation only (203.0.113.0/24)"),
    (v4(224, 0, 0, 0, 4), "multicast (224.0.0.0/4)"),
    (v4(240, 0, 0, 0, 4), "kept for later or broadcast (240.0.0.0/4)"),
];

/// What IPv6 hands out for global use.
const GLOBAL_V6: Ipv6Net = v6(0x2000, 0, 0, 0, 3);

/// Stretches of IPv6 that are named in the reason; some lie inside of [`GLOBAL_V6`].
const SPECIAL_V6: &[(Ipv6Net, &str)] = &[
    (v6(0x2001, 0, 0, 0, 32), "a Teredo tunnel (2001::/32)"),
    (v6(0x2001, 0, 0, 0, 23), "kept for protocols (2001::/23)"),
    (v6(0x2001, 0xdb8, 0, 0, 32), "for documentation only (2001:db8::/32)"),
    (v6(0x2002, 0, 0, 0, 16), "a 6to4 tunnel (2002::/16)"),
    (v6(0x2620, 0x4f, 0x8000, 0, 48), "kept for name servers (2620:4f:8000::/48)"),
    (v6(0x3ffe, 0, 0, 0, 16), "given back (3ffe::/16)"),
    (v6(0x3fff, 0, 0, 0, 20), "for documentation only (3fff::/20)"),
    (v6(0x64, 0xff9b, 1, 0, 48), "a local translation to IPv4 (64:ff9b:1::/48)"),
    (v6(0x100, 0, 0, 0, 64), "thrown away (100::/64)"),
    (v6(0x5f00, 0, 0, 0, 16), "kept for routing (5f00::/16)"),
    (v6(0xfc00, 0, 0, 0, 7), "a private network (fc00::/7)"),
    (v6(0xfe80, 0, 0, 0, 10), "the local link (fe80::/10)"),
    (v6(0xfec0, 0, 0, 0, 10), "a site's own network (fec0::/10)"),
    (v6(0xff00, 0, 0, 0, 8), "multicast (ff00::/8)"),
];

/// IPv4 in the form that networks without it use (RFC 6052); judged by the IPv4 address in it.
const NAT64: Ipv6Net = v6(0x64, 0xff9b, 0, 0, 96);

/// Why an address is not one of the open network; `None` when it is.
///
/// An IPv4 address inside an IPv6 one (mapped, `::ffff:a.b.c.d`; translated, `64:ff9b::a.b.c.d`) is judged as that IPv4
/// address. 6to4 and Teredo, which also carry one, are refused as a whole: both are given up, and lead where they please.
pub fn why_not_global(address: IpAddr) -> Option<&'static str> {
    match address {
        IpAddr::V4(it) => SPECIAL_V4.iter().find(|(net, _)| net.contains(&it)).map(|(_, why)| *why),
        IpAddr::V6(it) => {
            if let Some(inner) = it.to_ipv4_mapped() {
                return why_not_global(IpAddr::V4(inner));
            }
            if NAT64.contains(&it) {
                let [.., a, b, c, d] = it.octets();
                return why_not_global(IpAddr::V4(Ipv4Addr::new(a, b, c, d)));
            }
            if it.is_loopback() || it.is_unspecified() {
                return Some("this machine itself");
            }
            match SPECIAL_V6.iter().find(|(net, _)| net.contains(&it)) {
                Some((_, why)) => Some(*why),
                None => (!GLOBAL_V6.contains(&it)).then_some("not handed out for the open network"),
            }
        }
    }
}

/// Whether the user named the address: in a network of `allow`, the mapped form as the plain one.
pub fn is_allowed(address: IpAddr, allow: &[IpNet]) -> bool {
    let plain = address.to_canonical();
    allow.iter().any(|net| net.contains(&plain) || net.contains(&address))
}

/// Endings of names that are no names of the open network (RFC 6761, 6762, 8375, 9476; ICANN's `internal`), and the names
/// themselves.
const PRIVATE_ENDINGS: &[&str] = &[
    "localhost", "local", "internal", "localdomain", "home.arpa", "lan", "intranet", "private", "corp", "home", "alt",
];

/// Why a name is none of the open network; `None` when it may be. `name` is in small letters, as the URL standard has it.
/// Trailing dots do not count.
pub fn why_not_public(name: &str) -> Option<&'static str> {
    let name = name.trim_end_matches('.');
    let ends = |ending: &&&str| {
        let rest = name.strip_suffix(**ending);
        rest.is_some_and(|it| it.is_empty() || it.ends_with('.'))
    };
    if name.is_empty() {
        return Some("no name at all");
    }
    if PRIVATE_ENDINGS.iter().any(|it| ends(&it)) {
        return Some("a name of this machine or of a private network");
    }
    (!name.contains('.')).then_some("a name without a dot, which only a private network knows")
}
