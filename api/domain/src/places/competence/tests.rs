use super::*;

fn code(text: &str) -> DivisionCode {
    text.parse().unwrap()
}

const TIANXIN: &str = "430103";
const YUELU: &str = "430104";
const FURONG: &str = "430102";
const ZHUZHOU_COUNTY: &str = "430202";

fn table() -> Vec<(&'static str, Track, Setting, Vec<(&'static str, Title)>)> {
    use Title::{IfFirst, Own};
    let shop = |business: Option<&str>, shown: Option<&str>| Setting::PlatformShop {
        business: business.map(code),
        shown: shown.map(code),
        platform: code(YUELU),
    };
    let ordinary = Setting::Ordinary {
        business: code(TIANXIN),
        domicile: Some(code(YUELU)),
    };
    let operator = Setting::PlatformOperator {
        domicile: code(YUELU),
    };
    let advert = |online| Setting::Advert {
        publisher: code(TIANXIN),
        online,
    };
    let behind = Some(Advertisers {
        advertiser: Some(code(YUELU)),
        agency: Some(code(FURONG)),
    });
    vec![
        (
            "a13 place of business or domicile",
            Track::Complaint,
            ordinary,
            vec![(TIANXIN, Own), (YUELU, Own)],
        ),
        (
            "a29 where the act happened",
            Track::Report,
            ordinary,
            vec![(TIANXIN, Own)],
        ),
        (
            "a13 platform operator",
            Track::Complaint,
            operator,
            vec![(YUELU, Own)],
        ),
        (
            "a31 platform operator",
            Track::Report,
            operator,
            vec![(YUELU, Own)],
        ),
        (
            "a13 shop with an address",
            Track::Complaint,
            shop(None, Some(TIANXIN)),
            vec![(TIANXIN, Own), (YUELU, Own)],
        ),
        (
            "a13 shop without one",
            Track::Complaint,
            shop(Some(TIANXIN), None),
            vec![(YUELU, Own)],
        ),
        (
            "a31 shop",
            Track::Report,
            shop(Some(TIANXIN), None),
            vec![(TIANXIN, Own), (YUELU, IfFirst)],
        ),
        (
            "a31 shop of unknown place",
            Track::Report,
            shop(None, Some(TIANXIN)),
            vec![(YUELU, Own)],
        ),
        (
            "a32 publisher",
            Track::Report,
            advert(None),
            vec![(TIANXIN, Own)],
        ),
        (
            "a32 on the internet",
            Track::Report,
            advert(behind),
            vec![(TIANXIN, Own), (YUELU, IfFirst), (FURONG, IfFirst)],
        ),
        (
            "each once",
            Track::Complaint,
            Setting::Ordinary {
                business: code(TIANXIN),
                domicile: Some(code(TIANXIN)),
            },
            vec![(TIANXIN, Own)],
        ),
    ]
}

#[test]
fn every_setting_has_the_bureaus_of_its_article() {
    for (article, track, setting, expected) in table() {
        let expected: Vec<_> = expected
            .into_iter()
            .map(|(division, title)| (code(division), title))
            .collect();
        assert_eq!(competent(track, setting), expected, "{article}");
    }
}

#[test]
fn of_several_competent_bureaus_the_first_to_receive_it_handles_it() {
    let found = [(code(TIANXIN), Title::Own), (code(YUELU), Title::IfFirst)];
    let at = |seconds| DateTime::from_timestamp(seconds, 0).unwrap();
    let first = |received: &[(DivisionCode, DateTime<Utc>)]| first_received(&found, received);
    assert_eq!(
        first(&[(code(TIANXIN), at(20)), (code(YUELU), at(10))]),
        Some(code(YUELU))
    );
    assert_eq!(
        first(&[(code(TIANXIN), at(10)), (code(YUELU), at(20))]),
        Some(code(TIANXIN))
    );
    // Whoever is not competent does not become so by being early.
    assert_eq!(
        first(&[(code(FURONG), at(1)), (code(YUELU), at(20))]),
        Some(code(YUELU))
    );
    assert_eq!(first(&[]), Some(code(TIANXIN)));
}

#[test]
fn the_common_superior_is_the_nearest_above_both() {
    let superior = |a, b| common_superior(code(a), code(b)).map(|found| found.to_string());
    assert_eq!(superior(TIANXIN, YUELU).as_deref(), Some("430100"));
    assert_eq!(superior(TIANXIN, ZHUZHOU_COUNTY).as_deref(), Some("430000"));
    assert_eq!(superior(TIANXIN, "430100").as_deref(), Some("430000"));
    assert_eq!(superior("430100", TIANXIN).as_deref(), Some("430000"));
    assert_eq!(superior("430000", TIANXIN), None);
    assert_eq!(superior(TIANXIN, TIANXIN).as_deref(), Some("430100"));
}

#[test]
fn only_who_stands_above_both_designates() {
    let may = |who, a, b| is_superior_of(code(who), code(a), code(b));
    assert!(may("430100", TIANXIN, YUELU));
    assert!(may("430000", TIANXIN, YUELU));
    assert!(!may(TIANXIN, TIANXIN, YUELU));
    assert!(!may("430100", TIANXIN, ZHUZHOU_COUNTY));
    assert!(!may("430100", "430100", YUELU));
}
