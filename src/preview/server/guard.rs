//! Who may ask at all.
//!
//! Any page in the officer's browser can send requests to this machine, and a name in the domain name system can be made to
//! lead here. So the name in `Host` must be one that leads here for everybody, a request begun by another site is
//! refused, and what changes something must come from a page of ours. On a shared address there is a secret besides.

use std::hint::black_box;
use std::net::{IpAddr, SocketAddr};

use hyper::header::{HOST, HeaderMap, ORIGIN};
use hyper::{Method, Request};

/// Why a request is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refused {
    /// No `Host`, or more than one, or another header that must not be doubled; or an address that says another host
    /// besides.
    Unclear,
    /// A `Host` that is not ours.
    Host,
    /// It comes from another site.
    Elsewhere,
}

/// Which names are ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Names {
    /// Those of this machine for itself.
    Loopback,
    /// Any number: which ones lead here from the network is not for us to know, and a number cannot be made to lead
    /// elsewhere.
    Numbers,
}

impl Names {
    /// Whether a `Host` is ours.
    fn include(self, host: &str, port: u16) -> bool {
        match self {
            Self::Loopback => {
                // A browser leaves out the usual port.
                let named = host.strip_suffix(&format!(":{port}")).or_else(|| (port == 80).then_some(host));
                named.is_some_and(|name| name == "127.0.0.1" || name.eq_ignore_ascii_case("localhost"))
            }
            Self::Numbers => {
                let address: Option<SocketAddr> = host.parse().ok();
                address.is_some_and(|address| address.port() == port)
                    || (port == 80 && host.parse::<IpAddr>().is_ok_and(|address| address.is_ipv4()))
            }
        }
    }
}

/// Looks at where a request is meant to go and where it comes from.
pub(super) fn check<Body>(request: &Request<Body>, names: Names, port: u16) -> Result<(), Refused> {
    if request.uri().authority().is_some() {
        return Err(Refused::Unclear);
    }
    let header = |name: &str| single(request.headers(), name);
    let host = header(HOST.as_str())?.ok_or(Refused::Unclear)?;
    if !names.include(host, port) {
        return Err(Refused::Host);
    }
    let (origin, site) = (header(ORIGIN.as_str())?, header("sec-fetch-site")?);
    let (mode, destination) = (header("sec-fetch-mode")?, header("sec-fetch-dest")?);
    let changes = !matches!(*request.method(), Method::GET | Method::HEAD);

    let ours = |origin: &str| origin.strip_prefix("http://").is_some_and(|origin| origin.eq_ignore_ascii_case(host));
    let same_origin = site == Some("same-origin");
    match origin {
        Some(origin) if ours(origin) => {}
        // A page that tells nobody where it is (`Referrer-Policy`) sends no origin with its forms either; then the browser
        // itself must say that the page is ours.
        Some("null") if same_origin => {}
        Some(_) => return Err(Refused::Elsewhere),
        None if changes && !same_origin => return Err(Refused::Elsewhere),
        None => {}
    }
    match site {
        // Browsers before 2023, and all of them over a network without encryption, do not say.
        None | Some("same-origin") => Ok(()),
        // Typed, or from a bookmark.
        Some("none") if !changes => Ok(()),
        // A link that somebody has followed, in an e-mail say.
        Some(_) if !changes && mode == Some("navigate") && destination == Some("document") => Ok(()),
        Some(_) => Err(Refused::Elsewhere),
    }
}

/// A header that may be sent once at most: nothing if it was not sent.
fn single<'h>(headers: &'h HeaderMap, name: &str) -> Result<Option<&'h str>, Refused> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (None, _) => Ok(None),
        (Some(value), None) => value.to_str().map(Some).map_err(|_| Refused::Unclear),
        (Some(_), Some(_)) => Err(Refused::Unclear),
    }
}

/// Whether a word is the secret. Takes the same time whatever the word, so that nobody can guess it letter by letter.
pub(super) fn is_secret(word: &str, secret: &str) -> bool {
    let (word, secret) = (word.as_bytes(), secret.as_bytes());
    let differs = word.iter().zip(secret).fold(0, |differs, (a, b)| black_box(differs | (a ^ b)));
    word.len() == secret.len() && differs == 0
}

/// So many random bits, as hexadecimal digits.
pub(super) fn random<const BYTES: usize>() -> Result<String, getrandom::Error> {
    use std::fmt::Write as _;
    let mut bytes = [0; BYTES];
    getrandom::fill(&mut bytes)?;
    Ok(bytes.iter().fold(String::with_capacity(2 * BYTES), |mut digits, byte| {
        let _ = write!(digits, "{byte:02x}");
        digits
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(names: Names, first: &str, headers: &[&str]) -> Result<(), Refused> {
        let (method, target) = first.split_once(' ').unwrap();
        let request = headers.iter().fold(Request::builder().method(method).uri(target), |request, line| {
            let (name, value) = line.split_once(": ").unwrap();
            request.header(name, value)
        });
        check(&request.body(()).unwrap(), names, 8022)
    }

    #[test]
    fn only_names_that_lead_here_for_everybody_are_ours() {
        for ours in ["127.0.0.1:8022", "localhost:8022", "LocalHost:8022"] {
            assert!(Names::Loopback.include(ours, 8022), "{ours}");
        }
        for other in [
            "",
            ":8022",
            "127.0.0.1",
            "127.0.0.1:80",
            "127.0.0.1:08022",
            "localhost.:8022",
            "localhost.evil.example:8022",
            "evil.example:8022",
            "127.0.0.1.nip.io:8022",
            "[::1]:8022",
            "0.0.0.0:8022",
            "192.168.1.5:8022",
            "127.0.0.1:8022:8022",
            "user@127.0.0.1:8022",
        ] {
            assert!(!Names::Loopback.include(other, 8022), "{other}");
        }
        assert!(Names::Loopback.include("localhost", 80) && Names::Loopback.include("localhost:80", 80));
        for number in ["192.168.1.5:8022", "127.0.0.1:8022", "[fe80::1]:8022"] {
            assert!(Names::Numbers.include(number, 8022), "{number}");
        }
        for other in ["localhost:8022", "evil.example:8022", "192.168.1.5", "192.168.1.5:80", "1.2.3.4.5:8022", ":8022"]
        {
            assert!(!Names::Numbers.include(other, 8022), "{other}");
        }
    }

    #[test]
    fn a_request_says_once_where_it_goes() {
        let checked = |headers: &[&str]| checked(Names::Loopback, "GET /", headers);
        assert_eq!(checked(&["Host: 127.0.0.1:8022"]), Ok(()));
        assert_eq!(checked(&["Accept: */*"]), Err(Refused::Unclear));
        assert_eq!(checked(&["Host: 127.0.0.1:8022", "Host: 127.0.0.1:8022"]), Err(Refused::Unclear));
        assert_eq!(checked(&["Host: evil.example:8022"]), Err(Refused::Host));
        assert_eq!(checked(&["Host: 127.0.0.1:8022\u{e9}"]), Err(Refused::Unclear));
        let origin = "Origin: http://127.0.0.1:8022";
        assert_eq!(checked(&["Host: 127.0.0.1:8022", origin, origin]), Err(Refused::Unclear));
    }

    #[test]
    fn a_request_that_changes_something_comes_from_a_page_of_ours() {
        let post =
            |headers: &[&str]| checked(Names::Loopback, "POST /", &[&["Host: localhost:8022"], headers].concat());
        for ours in [
            &["Origin: http://localhost:8022"][..],
            &["Sec-Fetch-Site: same-origin"],
            &["Origin: http://localhost:8022", "Sec-Fetch-Site: same-origin"],
            &["Origin: null", "Sec-Fetch-Site: same-origin"],
        ] {
            assert_eq!(post(ours), Ok(()), "{ours:?}");
        }
        for other in [
            &[][..],
            &["Origin: null"],
            &["Origin: http://evil.example"],
            &["Origin: http://127.0.0.1:8022"],
            &["Origin: http://localhost:8023"],
            &["Origin: https://localhost:8022"],
            &["Origin: http://localhost:8022.evil.example"],
            &["Sec-Fetch-Site: none"],
            &["Sec-Fetch-Site: same-site"],
            &["Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"],
            &["Origin: http://localhost:8022", "Sec-Fetch-Site: cross-site"],
            &["Origin: http://evil.example", "Sec-Fetch-Site: same-origin"],
        ] {
            assert_eq!(post(other), Err(Refused::Elsewhere), "{other:?}");
        }
    }

    #[test]
    fn another_site_may_link_here_and_nothing_else() {
        let get = |headers: &[&str]| checked(Names::Loopback, "GET /", &[&["Host: 127.0.0.1:8022"], headers].concat());
        for site in ["cross-site", "same-site"] {
            let site = format!("Sec-Fetch-Site: {site}");
            assert_eq!(get(&[&site, "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"]), Ok(()));
            for rest in [
                &[][..],
                &["Sec-Fetch-Mode: no-cors", "Sec-Fetch-Dest: image"],
                &["Sec-Fetch-Mode: no-cors", "Sec-Fetch-Dest: document"],
                &["Sec-Fetch-Mode: cors", "Sec-Fetch-Dest: empty"],
                &["Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: iframe"],
                &["Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: object"],
                &["Sec-Fetch-Mode: navigate"],
            ] {
                assert_eq!(get(&[&[site.as_str()], rest].concat()), Err(Refused::Elsewhere), "{site} {rest:?}");
            }
        }
        assert_eq!(get(&["Sec-Fetch-Site: none"]), Ok(()));
        assert_eq!(get(&["Origin: http://evil.example"]), Err(Refused::Elsewhere));
        assert_eq!(get(&["Origin: null"]), Err(Refused::Elsewhere));
    }

    #[test]
    fn the_secret_is_known_whole_or_not_at_all() {
        let secret = random::<16>().unwrap();
        assert_eq!(secret.len(), 32);
        assert!(is_secret(&secret, &secret));
        assert!(
            !is_secret(&secret[..31], &secret) && !is_secret(&format!("{secret}0"), &secret) && !is_secret("", &secret)
        );
        assert_ne!(secret, random::<16>().unwrap());
    }
}
