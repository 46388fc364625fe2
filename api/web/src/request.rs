//! What a request carries besides its content: the language of the answer, the bearer token, the
//! network address. Read in one place, so that pages, uploads and GraphQL agree about it.

use actix_web::{
    HttpRequest,
    http::header::{self, HeaderMap},
    web::{Data, Query},
};
use ipnet::IpNet;
use liangxin_app::{
    app::App, budget::household, caller::Caller, error::AppError, usecase::accounts,
};
use liangxin_domain::{
    actor::Actor,
    refusal::{Code, Lang, Refusal},
};
use std::net::{IpAddr, SocketAddr};

/// The query parameter that picks the language.
const LANG_PARAMETER: &str = "lang";

/// In which proxies say for whom they ask.
const FORWARDED_FOR: &str = "x-forwarded-for";

/// The headers by which a proxy is known that asks for somebody else, whatever it says of whom.
const FORWARDED: [&str; 4] = [FORWARDED_FOR, "forwarded", "x-real-ip", "via"];

/// The language in which to answer a request.
#[must_use]
pub fn lang(request: &HttpRequest) -> Lang {
    let accept = request.headers().get(header::ACCEPT_LANGUAGE);
    let accept = accept.and_then(|value| value.to_str().ok());
    language(accept, parameter(request, LANG_PARAMETER).as_deref())
}

/// How many bytes the head of a request says that its body has.
pub(crate) fn coming_bytes(headers: &HeaderMap) -> Option<u64> {
    let size = headers.get(header::CONTENT_LENGTH)?;
    size.to_str().ok()?.parse().ok()
}

/// Picks the language: `zh` or `en` in the query wins, else the better-liked of the two in
/// `Accept-Language` (RFC 9110, 12.5.4), else Chinese. Anything unreadable counts as absent.
fn language(accept_language: Option<&str>, query_lang: Option<&str>) -> Lang {
    match query_lang {
        Some("en") => return Lang::En,
        Some("zh") => return Lang::Zh,
        _ => {}
    }
    let (mut zh, mut en) = (0, 0);
    for (primary, weight) in accept_language
        .unwrap_or_default()
        .split(',')
        .map(language_range)
    {
        if primary.eq_ignore_ascii_case("zh") {
            zh = zh.max(weight);
        } else if primary.eq_ignore_ascii_case("en") {
            en = en.max(weight);
        }
    }
    // Equal weights keep the default.
    if en > zh { Lang::En } else { Lang::Zh }
}

/// One range of `Accept-Language`: primary subtag and weight in thousandths.
fn language_range(range: &str) -> (&str, u16) {
    let (tag, parameters) = range.split_once(';').unwrap_or((range, ""));
    let primary = tag.trim().split('-').next().unwrap_or_default();
    let weight = match parameters.trim().split_once('=') {
        Some((name, value)) if name.trim().eq_ignore_ascii_case("q") => thousandths(value.trim()),
        _ => 1000,
    };
    (primary, weight)
}

/// A quality value as RFC 9110, 12.4.2 writes it (`0.5`, `1`), in thousandths; 0 if unreadable.
fn thousandths(value: &str) -> u16 {
    let (whole, fraction) = value.split_once('.').unwrap_or((value, ""));
    match (whole, format!("{fraction:0<3}").parse::<u16>()) {
        ("1", _) => 1000,
        ("0", Ok(part)) if fraction.len() <= 3 => part,
        _ => 0,
    }
}

/// The first value of a query parameter, decoded.
#[must_use]
pub fn parameter(request: &HttpRequest, name: &str) -> Option<String> {
    pairs(request.query_string())
        .into_iter()
        .find(|(key, _)| key == name)
        .map(|(_, value)| value)
}

/// The names and values of `application/x-www-form-urlencoded` text, in their order; none if it
/// cannot be read.
#[must_use]
pub fn pairs(text: &str) -> Vec<(String, String)> {
    Query::from_query(text).map_or_else(|_| Vec::new(), Query::into_inner)
}

/// The bearer token (RFC 6750, 2.1). No header is no token; a header that holds none is refused like a
/// token that does not work.
pub fn bearer(request: &HttpRequest) -> Result<Option<&str>, Refusal> {
    let Some(sent) = request.headers().get(header::AUTHORIZATION) else {
        return Ok(None);
    };
    sent.to_str()
        .ok()
        .and_then(|sent| sent.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map(|(_, token)| Some(token.trim()))
        .ok_or_else(|| Refusal::of(Code::SessionExpired))
}

/// The proxies in front of the server whose word about an address counts.
#[derive(Debug, Clone, Default)]
pub struct Proxies(pub Vec<IpNet>);

impl Proxies {
    /// Reads networks or addresses, set apart by commas: `10.0.0.0/8, ::1`.
    pub fn parse(text: &str) -> Option<Self> {
        let nets = text.split(',').map(str::trim).filter(|net| !net.is_empty());
        let nets = nets.map(|net| {
            net.parse()
                .or_else(|_| net.parse::<IpAddr>().map(IpNet::from))
        });
        nets.collect::<Result<_, _>>().ok().map(Self)
    }

    /// Who called: the last in the chain that is no proxy of ours. What stands before it anybody can
    /// have written.
    fn caller(&self, peer: IpAddr, forwarded: &[&str]) -> IpAddr {
        let ours = |address: &IpAddr| {
            let address = address.to_canonical();
            self.0.iter().any(|net| net.contains(&address))
        };
        let mut caller = peer;
        let chain = forwarded.iter().rev().flat_map(|line| line.rsplit(','));
        for address in chain {
            if !ours(&caller) {
                break;
            }
            match address_of(address.trim()) {
                Some(address) => caller = address,
                None => break,
            }
        }
        caller
    }
}

/// An address as proxies write it: alone, in brackets, or with the port that it called from.
fn address_of(text: &str) -> Option<IpAddr> {
    let with_port = || text.parse().ok().map(|address: SocketAddr| address.ip());
    let in_brackets = || text.strip_prefix('[')?.strip_suffix(']')?.parse().ok();
    text.parse().ok().or_else(with_port).or_else(in_brackets)
}

/// Whoever calls, before a token or a code says who that is.
#[must_use]
pub fn stranger(request: &HttpRequest) -> Caller {
    Caller {
        actor: Actor::Anonymous,
        address: peer(request),
        lang: lang(request),
        heard_at: None,
    }
}

/// Whoever calls, as the bearer token says; a stranger without one.
pub async fn caller(app: &App, request: &HttpRequest) -> Result<Caller, AppError> {
    accounts::authenticate(app, stranger(request), bearer(request)?).await
}

/// Whoever sends photos, as the token says; a stranger without one.
pub async fn sender(app: &App, request: &HttpRequest) -> Result<Caller, AppError> {
    accounts::sender(app, stranger(request), bearer(request)?).await
}

/// The network address of whoever calls, in IPv6 that of the household; empty if there is none.
#[must_use]
pub(crate) fn peer(request: &HttpRequest) -> String {
    calling(request).map_or_else(String::new, |caller| household(caller).to_string())
}

/// The address of whoever calls. `X-Forwarded-For` is read only as far as the settings trust the proxies that wrote it.
fn calling(request: &HttpRequest) -> Option<IpAddr> {
    let peer = request.peer_addr()?.ip();
    let Some(proxies) = request.app_data::<Data<Proxies>>() else {
        return Some(peer);
    };
    let lines = request.headers().get_all(FORWARDED_FOR);
    let lines: Vec<_> = lines.filter_map(|line| line.to_str().ok()).collect();
    Some(proxies.caller(peer, &lines))
}

/// Whether whoever runs the server calls: from this machine or a private network, and by no proxy, unless the settings trust what
/// that says of whom it asks for.
#[must_use]
pub(crate) fn is_from_within(request: &HttpRequest) -> bool {
    let headers = request.headers();
    let is_forwarded = FORWARDED.iter().any(|name| headers.contains_key(*name));
    let peer = request.peer_addr().map(|peer| peer.ip());
    let caller = calling(request);
    caller.is_some_and(is_private) && (!is_forwarded || caller != peer)
}

/// Whether an address is none of the public network's.
fn is_private(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(v4) => v4.is_loopback() || v4.is_private() || v4.is_link_local(),
        IpAddr::V6(v6) => v6.is_loopback() || v6.is_unique_local() || v6.is_unicast_link_local(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    #[test]
    fn the_query_wins_over_the_browser() {
        assert_eq!(language(Some("en"), Some("zh")), Lang::Zh);
        assert_eq!(language(Some("zh-CN"), Some("en")), Lang::En);
        assert_eq!(language(Some("en"), Some("<x>")), Lang::En);
    }

    #[test]
    fn chinese_is_the_default() {
        for header in [
            None,
            Some(""),
            Some("fr, de;q=0.9"),
            Some("*"),
            Some(";;q=,="),
        ] {
            assert_eq!(language(header, None), Lang::Zh, "{header:?}");
        }
    }

    #[test]
    fn the_better_liked_language_is_taken() {
        let pick = |header| language(Some(header), None);
        assert_eq!(pick("en-US,en;q=0.9,zh;q=0.8"), Lang::En);
        assert_eq!(pick("zh-CN,zh;q=0.9,en;q=0.8"), Lang::Zh);
        assert_eq!(pick("zh;q=0.1, EN;q=0.25"), Lang::En);
        assert_eq!(pick("en;q=0"), Lang::Zh);
    }

    #[test]
    fn a_request_tells_its_language_in_the_query_or_in_the_header() {
        let english = TestRequest::get().uri("/?x=1&lang=en").to_http_request();
        assert_eq!(lang(&english), Lang::En);
        let browser = TestRequest::get()
            .insert_header((header::ACCEPT_LANGUAGE, "en"))
            .to_http_request();
        assert_eq!(lang(&browser), Lang::En);
    }

    #[test]
    fn parameters_are_decoded_and_rubbish_has_none() {
        let request = TestRequest::get().uri("/?m=a%26b+c&m=2").to_http_request();
        assert_eq!(parameter(&request, "m").as_deref(), Some("a&b c"));
        assert_eq!(parameter(&request, "n"), None);
        assert!(pairs("").is_empty());
    }

    #[test]
    fn a_bearer_token_is_read_and_another_scheme_is_a_token_that_does_not_work() {
        let with = |value: &'static str| {
            TestRequest::get()
                .insert_header((header::AUTHORIZATION, value))
                .to_http_request()
        };
        assert_eq!(bearer(&with("Bearer a.b.c")), Ok(Some("a.b.c")));
        assert_eq!(bearer(&with("bearer  x ")), Ok(Some("x")));
        assert_eq!(bearer(&TestRequest::get().to_http_request()), Ok(None));
        for other in ["Basic dTpw", "Bearer", "a.b.c", ""] {
            assert_eq!(
                bearer(&with(other)).unwrap_err().code,
                Code::SessionExpired,
                "{other}"
            );
        }
    }

    #[test]
    fn an_address_counts_as_far_as_the_proxies_are_trusted() {
        let proxies = Proxies::parse("10.0.0.0/8, ::1").unwrap();
        let caller = |peer: &str, lines: &[&str]| {
            let caller = proxies.caller(peer.parse().unwrap(), lines);
            caller.to_string()
        };
        assert_eq!(caller("203.0.113.7", &["198.51.100.1"]), "203.0.113.7");
        assert_eq!(caller("10.0.0.1", &["198.51.100.1"]), "198.51.100.1");
        assert_eq!(
            caller("10.0.0.1", &["1.2.3.4, 198.51.100.1, 10.2.0.1"]),
            "198.51.100.1"
        );
        assert_eq!(caller("::1", &["1.2.3.4", "198.51.100.1"]), "198.51.100.1");
        assert_eq!(caller("10.0.0.1", &["198.51.100.1, rubbish"]), "10.0.0.1");
        assert_eq!(caller("10.0.0.1", &[]), "10.0.0.1");
        for (written, address) in [
            ("198.51.100.1:567", "198.51.100.1"),
            ("1.2.3.4:5, 198.51.100.1:567, 10.2.0.1:80", "198.51.100.1"),
            ("[2001:db8::7]:567", "2001:db8::7"),
            ("[2001:db8::7]", "2001:db8::7"),
            ("2001:db8::7", "2001:db8::7"),
            ("198.51.100.1:port", "10.0.0.1"),
            ("[2001:db8::7", "10.0.0.1"),
        ] {
            assert_eq!(caller("10.0.0.1", &[written]), address, "{written}");
        }
        assert_eq!(caller("::ffff:10.0.0.1", &["198.51.100.1"]), "198.51.100.1");
        let nobody = Proxies::default();
        let caller = nobody.caller("10.0.0.1".parse().unwrap(), &["198.51.100.1"]);
        assert_eq!(caller.to_string(), "10.0.0.1");
        assert!(Proxies::parse("10.0.0.0/33").is_none());
    }

    #[test]
    fn whoever_runs_the_server_calls_from_within_and_by_no_proxy() {
        let within = |peer: &str, header: Option<(&'static str, &'static str)>| {
            let request = TestRequest::get().peer_addr(peer.parse().unwrap());
            let proxies = Proxies::parse("10.0.0.1").unwrap();
            let request = request.app_data(Data::new(proxies));
            let request = match header {
                Some(header) => request.insert_header(header),
                None => request,
            };
            is_from_within(&request.to_http_request())
        };
        for (peer, is_within) in [
            ("127.0.0.1:5", true),
            ("192.168.7.7:5", true),
            ("[::1]:5", true),
            ("[fd00::7]:5", true),
            ("[::ffff:10.0.0.7]:5", true),
            ("203.0.113.7:5", false),
            ("[2001:db8::7]:5", false),
        ] {
            assert_eq!(within(peer, None), is_within, "{peer}");
            assert!(!within(peer, Some(("x-forwarded-for", "127.0.0.1"))));
            assert!(!within(peer, Some(("forwarded", "for=127.0.0.1"))));
            assert!(!within(peer, Some(("x-real-ip", "127.0.0.1"))));
            assert!(!within(peer, Some(("via", "1.1 proxy"))));
        }
        let proxied = |address| within("10.0.0.1:5", Some(("x-forwarded-for", address)));
        assert!(proxied("192.168.7.7"));
        assert!(!proxied("203.0.113.7") && !proxied("192.168.7.7, 203.0.113.7"));
        assert!(!proxied("rubbish"));
    }
}
