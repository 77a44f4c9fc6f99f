//! Bounds of an exchange with a server. Each is a setting; what stands here as a constant is what holds when nobody says
//! otherwise. Reaching one is a reason in words, never a silence.

use std::time::Duration;

use ipnet::IpNet;

/// Longest body, in bytes, after it is unpacked. The longest pages of news are a tenth of it.
pub const BODY_BYTES_MAX: usize = 16 << 20;
/// A packed body may become this many times longer. Text of news packs to a fifth or a tenth; a bomb to a thousandth.
pub const RATIO_MAX: usize = 100;
/// Up to so many unpacked bytes the ratio is not asked: a short page of repeats is no bomb.
pub const RATIO_FREE_BYTES: usize = 1 << 20;
/// Header lines of an answer, in bytes of names and values together.
pub const HEADER_BYTES_MAX: usize = 64 << 10;
/// From the first look-up of a name to the last byte of the body, redirects counted in; waiting for the pace is not.
pub const TOTAL_TIME: Duration = Duration::from_secs(60);
/// To look a name up, and again to reach the server.
pub const CONNECT_TIME: Duration = Duration::from_secs(10);
/// Longest silence of a server while an answer is due.
pub const IDLE_TIME: Duration = Duration::from_secs(15);
/// Redirects that are followed, one after the other.
pub const REDIRECTS_MAX: usize = 5;
/// Addresses of one name that are looked at. A name with more is refused: none of them may go unchecked.
pub const ADDRESSES_MAX: usize = 64;
/// Longest address (URL), in bytes.
pub const URL_BYTES_MAX: usize = 4096;
/// Ports that may be asked.
pub const PORTS: &[u16] = &[80, 443, 8080, 8443];
/// Least time between two requests to one host.
pub const GAP: Duration = Duration::from_secs(2);
/// The most that a host's `Crawl-delay` is heeded; a longer one counts as this.
pub const CRAWL_DELAY_MAX: Duration = Duration::from_secs(60);
/// The longest wait that a request sits out by itself. A host that wants more is left for a later pass.
pub const WAIT_MAX: Duration = Duration::from_secs(120);
/// First pause after a failure; each further one doubles it.
pub const BACK_OFF_FIRST: Duration = Duration::from_secs(60);
/// Longest pause after failures, and the most that a `Retry-After` is heeded.
pub const BACK_OFF_MAX: Duration = Duration::from_secs(24 * 3600);
/// Bytes of a robots.txt that are read; RFC 9309 asks for this much at least.
pub const ROBOTS_BYTES_MAX: usize = 500 << 10;
/// How long a robots.txt holds (RFC 9309: a day at most).
pub const ROBOTS_AGE_MAX: Duration = Duration::from_secs(24 * 3600);
/// How long it holds that a robots.txt could not be had.
pub const ROBOTS_RETRY: Duration = Duration::from_secs(3600);
/// Hosts that are remembered; the ones asked longest ago go first.
pub const HOSTS_MAX: usize = 10_000;
/// How often a message to a webhook is tried.
pub const POST_TRIES: u32 = 5;
/// Pause before the second try of a message; each further one doubles it.
pub const POST_PAUSE: Duration = Duration::from_secs(2);

/// The bounds in force.
#[derive(Debug, Clone)]
pub struct Settings {
    /// See [`BODY_BYTES_MAX`].
    pub body_bytes_max: usize,
    /// See [`RATIO_MAX`].
    pub ratio_max: usize,
    /// See [`HEADER_BYTES_MAX`].
    pub header_bytes_max: usize,
    /// See [`TOTAL_TIME`].
    pub total_time: Duration,
    /// See [`CONNECT_TIME`].
    pub connect_time: Duration,
    /// See [`IDLE_TIME`].
    pub idle_time: Duration,
    /// See [`REDIRECTS_MAX`].
    pub redirects_max: usize,
    /// See [`PORTS`].
    pub ports: Vec<u16>,
    /// See [`GAP`].
    pub gap: Duration,
    /// See [`WAIT_MAX`].
    pub wait_max: Duration,
    /// See [`BACK_OFF_FIRST`].
    pub back_off_first: Duration,
    /// See [`BACK_OFF_MAX`].
    pub back_off_max: Duration,
    /// Networks outside of the open one that may be asked all the same, on any port: a server in one's own house, or one
    /// that a test runs. Empty unless the user says so. A link or redirect from the open network never leads there.
    pub allow: Vec<IpNet>,
    /// How the program names itself to servers.
    pub user_agent: String,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            body_bytes_max: BODY_BYTES_MAX,
            ratio_max: RATIO_MAX,
            header_bytes_max: HEADER_BYTES_MAX,
            total_time: TOTAL_TIME,
            connect_time: CONNECT_TIME,
            idle_time: IDLE_TIME,
            redirects_max: REDIRECTS_MAX,
            ports: PORTS.to_vec(),
            gap: GAP,
            wait_max: WAIT_MAX,
            back_off_first: BACK_OFF_FIRST,
            back_off_max: BACK_OFF_MAX,
            allow: Vec::new(),
            user_agent: concat!("rapporteur/", env!("CARGO_PKG_VERSION")).to_owned(),
        }
    }
}
