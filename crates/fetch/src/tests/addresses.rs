//! Addresses that must not be asked, however they are written, and the ones that may.

use super::*;

/// Addresses as an attacker writes them, and a word of the reason. None is asked, nor is a redirect to it followed.
const HOSTILE: &[(&str, &str)] = &[
    // This machine, in the spellings of old libraries, which the URL standard reads as the same.
    ("http://127.0.0.1/", "machine"),
    ("http://127.1/", "machine"),
    ("http://127.0.1/", "machine"),
    ("http://2130706433/", "machine"),
    ("http://0x7f000001/", "machine"),
    ("http://0x7f.0.0.1/", "machine"),
    ("http://0177.0.0.1/", "machine"),
    ("http://017700000001/", "machine"),
    ("http://0x7f.1/", "machine"),
    ("http://127.0.0.1./", "machine"),
    ("http://127.255.255.254/", "machine"),
    ("http://%31%32%37.0.0.1/", "machine"),
    ("http://\u{ff11}\u{ff12}\u{ff17}.0.0.1/", "machine"),
    ("http://127\u{3002}0\u{3002}0\u{3002}1/", "machine"),
    ("http://\u{2460}\u{2461}\u{2466}.0.0.1/", "machine"),
    ("http://0.0.0.0/", "machine"),
    ("http://0/", "machine"),
    ("http://0.1.2.3/", "machine"),
    ("HTTP:127.0.0.1", "machine"),
    ("http:\\\\127.0.0.1\\", "machine"),
    ("ht\ntp://127.0.0.1/", "machine"),
    // Private networks.
    ("http://10.0.0.1/", "private"),
    ("http://10.255.255.255/", "private"),
    ("http://012.0.0.1/", "private"),
    ("http://167772161/", "private"),
    ("http://172.16.0.1/", "private"),
    ("http://172.31.255.255/", "private"),
    ("http://192.168.0.1/", "private"),
    ("http://192.168.1.254/", "private"),
    ("http://0xC0A80101/", "private"),
    ("http://192.168.257/", "private"),
    ("http://100.64.0.1/", "inner"),
    ("http://100.100.100.200/latest/meta-data/", "inner"),
    ("http://100.127.255.255/", "inner"),
    // The local link and what clouds keep there.
    ("http://169.254.169.254/latest/meta-data/", "link"),
    ("http://169.254.0.1/", "link"),
    ("http://0xa9fea9fe/", "link"),
    ("http://2852039166/", "link"),
    ("http://0251.0376.0251.0376/", "link"),
    ("http://168.63.129.16/", "cloud"),
    ("http://192.0.0.192/", "protocols"),
    ("http://192.0.0.1/", "protocols"),
    // Kept for other things.
    ("http://192.0.2.1/", "documentation"),
    ("http://198.51.100.7/", "documentation"),
    ("http://203.0.113.9/", "documentation"),
    ("http://198.18.0.1/", "benchmarks"),
    ("http://198.19.255.255/", "benchmarks"),
    ("http://192.88.99.1/", "6to4"),
    ("http://224.0.0.1/", "multicast"),
    ("http://239.255.255.250:8080/", "multicast"),
    ("http://240.0.0.1/", "broadcast"),
    ("http://255.255.255.255/", "broadcast"),
    ("http://0xffffffff/", "broadcast"),
    // IPv6, and IPv4 inside of it.
    ("http://[::1]/", "machine"),
    ("http://[::]/", "machine"),
    ("http://[0:0:0:0:0:0:0:1]/", "machine"),
    ("http://[::ffff:127.0.0.1]/", "machine"),
    ("http://[::ffff:7f00:1]/", "machine"),
    ("http://[::ffff:10.0.0.1]/", "private"),
    ("http://[::ffff:169.254.169.254]/", "link"),
    ("http://[::127.0.0.1]/", "not handed out"),
    ("http://[::10.1.2.3]/", "not handed out"),
    ("http://[::ffff:0:127.0.0.1]/", "not handed out"),
    ("http://[64:ff9b::127.0.0.1]/", "machine"),
    ("http://[64:ff9b::a00:1]/", "private"),
    ("http://[64:ff9b::169.254.169.254]/", "link"),
    ("http://[64:ff9b:1::1]/", "translation"),
    ("http://[2002:7f00:1::]/", "6to4"),
    ("http://[2002:a00:1::1]/", "6to4"),
    ("http://[2002:808:808::1]/", "6to4"),
    ("http://[2001::1]/", "Teredo"),
    ("http://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/", "Teredo"),
    ("http://[2001:2::1]/", "protocols"),
    ("http://[2001:10::1]/", "protocols"),
    ("http://[2001:20::1]/", "protocols"),
    ("http://[2001:db8::1]/", "documentation"),
    ("http://[3fff::1]/", "documentation"),
    ("http://[3ffe::1]/", "given back"),
    ("http://[100::1]/", "thrown away"),
    ("http://[fc00::1]/", "private"),
    ("http://[fd00:ec2::254]/", "private"),
    ("http://[fe80::1]/", "link"),
    ("http://[febf::1]/", "link"),
    ("http://[fec0::1]/", "site"),
    ("http://[ff02::1]/", "multicast"),
    ("http://[ff0e::1]/", "multicast"),
    ("http://[4000::1]/", "not handed out"),
    ("http://[1::1]/", "not handed out"),
    ("http://[5f00::1]/", "routing"),
    ("http://[fe80::1%25eth0]/", "no web address"),
    // Names of this machine and of private networks.
    ("http://localhost/", "private network"),
    ("http://LOCALHOST/", "private network"),
    ("http://localhost./", "private network"),
    ("http://localhost../", "n"),
    ("http://loc\u{ff41}lhost/", "private network"),
    ("http://\u{24db}ocalhost/", "private network"),
    ("http://a.localhost/", "private network"),
    ("http://printer.local/", "private network"),
    ("http://printer.local./", "private network"),
    ("http://metadata.google.internal/", "private network"),
    ("http://nas.home.arpa/", "private network"),
    ("http://router.lan/", "private network"),
    ("http://localhost.localdomain/", "private network"),
    ("http://intranet/", "private network"),
    ("http://kubernetes/", "without a dot"),
    // Names that a name server sends inside.
    ("http://inside.example/", "inside.example is at 10.1.2.3"),
    ("http://mixed.example/", "mixed.example is at 127.0.0.1"),
    ("http://six.example/", "six.example is at fd12::1"),
    ("http://mapped.example/", "mapped.example is at ::ffff:192.168.1.1"),
    ("http://many.example/", "more than 64 addresses"),
    // Other ways of asking.
    ("ftp://post.example/", "only http and https"),
    ("file:///etc/passwd", "only http and https"),
    ("gopher://post.example/_x", "only http and https"),
    ("data:text/html,x", "only http and https"),
    ("javascript:alert(1)", "only http and https"),
    ("ws://post.example/", "only http and https"),
    ("//post.example/", "no web address"),
    ("post.example", "no web address"),
    ("", "no web address"),
    ("http://", "no web address"),
    ("http://256.256.256.256/", "no web address"),
    ("http://1.2.3.4.5/", "no web address"),
    ("http://post.example:99999/", "no web address"),
    ("http://user@post.example/", "user name"),
    ("http://user:word@post.example/", "user name"),
    ("http://post.example@127.0.0.1/", "user name"),
    ("http://:word@post.example/", "user name"),
    // Ports of other services.
    ("http://post.example:22/", "port 22"),
    ("http://post.example:25/", "port 25"),
    ("https://post.example:6379/", "port 6379"),
    ("http://post.example:11211/", "port 11211"),
    ("http://93.184.215.14:3306/", "port 3306"),
    ("http://post.example:0/", "port 0"),
];

fn names() -> Arc<Names> {
    let many: Vec<String> = (0..65).map(|it| format!("93.184.215.{it}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    Names::of(&[
        ("post.example", &[&["93.184.215.14"]]),
        ("inside.example", &[&["10.1.2.3"]]),
        ("mixed.example", &[&["93.184.215.14", "127.0.0.1"]]),
        ("six.example", &[&["2606:2800:21f::1", "fd12::1"]]),
        ("mapped.example", &[&["::ffff:192.168.1.1"]]),
        ("many.example", &[&many]),
        ("localhost", &[&["127.0.0.1"]]),
    ])
}

#[test]
fn hostile_addresses_are_refused() {
    assert!(80 <= HOSTILE.len());
    let names = names();
    let (fetcher, _) = fetcher(Settings { allow: Vec::new(), ..tight() }, &names);
    for (url, word) in HOSTILE {
        let why = refused(ask(&fetcher, url));
        assert!(why.contains(word), "{url}: {why}");
        // Not as a message's receiver either.
        assert!(fetcher.post_signed(url, b"{}", b"secret").is_err_and(|it| it.tries == 1), "{url}");
    }
    // Names that tell by themselves were not even looked up.
    assert!(names.asked.lock().unwrap().iter().all(|it| it.ends_with(".example")));
}

#[test]
fn redirects_to_hostile_addresses_are_refused() {
    // 127.0.0.2 is allowed, and leads on; 127.0.0.1 is not.
    let answer = |path: &str, stream: &mut TcpStream| {
        let at: usize = path.trim_start_matches('/').parse().unwrap_or(0);
        // A line break cannot stand in a header; browsers drop it from an address.
        let location = HOSTILE[at].0.replace('\n', "");
        let location: String =
            location.chars().flat_map(|it| if it.is_ascii() { vec![it] } else { escaped(it) }).collect();
        status(stream, "302 Found", &format!("Location: {location}"), b"")
    };
    let server = Server::at("127.0.0.2".parse().unwrap(), answer);
    let names = names();
    let settings = Settings { allow: vec!["127.0.0.2/32".parse().unwrap()], ..tight() };
    let (fetcher, _) = fetcher(settings, &names);
    let mut n = 0;
    for (at, (url, _)) in HOSTILE.iter().enumerate() {
        // What is no whole address is a path when it stands in a header: of the server that may be asked.
        let is_path = !url.contains(':') || url.starts_with("HTTP:");
        if is_path {
            continue;
        }
        let outcome = ask(&fetcher, &server.url(&format!("/{at}")));
        assert!(!matches!(outcome, Outcome::Body(_) | Outcome::NotModified), "{url}");
        let why = outcome.reason();
        assert!(why.starts_with("is sent on to"), "{url}: {why}");
        n += 1;
    }
    assert!(80 <= n, "{n}");
    assert_eq!(server.paths().len(), n);
}

fn escaped(it: char) -> Vec<char> {
    let mut buffer = [0; 4];
    it.encode_utf8(&mut buffer).bytes().flat_map(|it| format!("%{it:02X}").chars().collect::<Vec<_>>()).collect()
}

#[test]
fn the_open_network_never_leads_into_an_allowed_one() {
    let server = Server::new(|_, stream| ok(stream, "", b"secret"));
    let names = names();
    let (fetcher, _) = fetcher(tight(), &names);
    let url = server.url("/");
    // A person may ask; a page from an allowed network may lead there; a page of the open network may not.
    let from = |from| fetcher.ask(&crate::Ask { url: &url, known: Default::default(), from, robots: true, media: &[] });
    assert_eq!(body(from(None)).zone, crate::Zone::Allowed);
    body(from(Some(crate::Zone::Allowed)));
    let n = server.paths().len();
    assert!(refused(from(Some(crate::Zone::Global))).contains("a page of the open network led there"));
    assert_eq!(server.paths().len(), n);
    // By a name that is private, the same; and only where all of its addresses are allowed.
    let by_name = format!("http://localhost:{}/", server.address.port());
    body(ask(&fetcher, &by_name));
    let names = Names::of(&[("localhost", &[&["127.0.0.1", "93.184.215.14"]])]);
    let (fetcher, _) = super::fetcher(tight(), &names);
    assert!(refused(ask(&fetcher, &by_name)).contains("not all its addresses are allowed"));
}

#[test]
fn an_answer_that_changes_changes_nothing() {
    // The first answer is a machine that listens, the second another one: the connection goes to the first.
    let good = Server::at("127.0.0.2".parse().unwrap(), |_, stream| ok(stream, "", b"the page"));
    let names = Names::of(&[("turn.example", &[&["127.0.0.2"], &["127.0.0.1"]])]);
    let settings = Settings { allow: vec!["127.0.0.2/32".parse().unwrap()], ..tight() };
    let (fetcher, _) = fetcher(settings, &names);
    let url = format!("http://turn.example:{}/a", good.address.port());
    // With robots.txt, which is a request of its own: still one look at the name.
    let found = body(fetcher.get(&url, &Default::default()));
    assert_eq!(found.bytes, b"the page");
    assert_eq!(names.asked.lock().unwrap().len(), 1);
    assert!(good.last().contains(&format!("host: turn.example:{}", good.address.port())), "{}", good.last());
    // The next request looks again, and the new answer is refused.
    let why = refused(fetcher.get(&url, &Default::default()));
    assert!(why.contains("turn.example is at 127.0.0.1"), "{why}");
    assert_eq!(names.asked.lock().unwrap().len(), 2);
    assert_eq!(good.paths(), ["/a"]);
}

#[test]
fn addresses_of_the_open_network_pass() {
    let open = [
        "1.1.1.1", "8.8.8.8", "93.184.215.14", "100.63.255.255", "100.128.0.0", "172.15.255.255", "172.32.0.0",
        "192.167.255.255", "192.0.1.0", "198.17.255.255", "198.20.0.0", "223.255.255.255", "168.63.129.15",
        "2606:2800:21f::1", "2a00:1450::1", "2001:200::1", "2001:4860:4860::8888", "::ffff:8.8.8.8",
        "64:ff9b::808:808",
    ];
    for address in open {
        assert_eq!(crate::why_not_global(address.parse().unwrap()), None, "{address}");
    }
    for name in ["post.example", "local.example", "xlocalhost.example", "lan.example.", "corp.post.example"] {
        assert_eq!(crate::why_not_public(name), None, "{name}");
    }
}

#[test]
fn from_secret_to_open_is_refused() {
    let at = url::Url::parse("https://post.example/a/b").unwrap();
    let next = |it| crate::target::next_hop(&at, it).map(|it| it.to_string());
    assert_eq!(next("../c").unwrap(), "https://post.example/c");
    assert_eq!(next("//other.example/").unwrap(), "https://other.example/");
    assert!(next("http://post.example/a/b").unwrap_err().contains("from https to http"));
    assert!(next("https://[::1/").is_err());
    let open = url::Url::parse("http://post.example/").unwrap();
    assert!(crate::target::next_hop(&open, "https://post.example/").is_ok());
}
