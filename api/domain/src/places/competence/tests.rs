use super::*;

fn code(text: &str) -> DivisionCode {
    text.parse().unwrap()
}

const TIANXIN: &str = "430103";
const YUELU: &str = "430104";
const FURONG: &str = "430102";
const ZHUZHOU_COUNTY: &str = "430202";

fn setting_of_shop(business: Option<&str>, shown: Option<&str>) -> Setting {
    Setting::PlatformShop {
        business: business.map(code),
        shown: shown.map(code),
        platform: code(YUELU),
    }
}

#[track_caller]
fn assert_competent(track: Track, setting: Setting, own: &[&str], if_first: &[&str]) {
    let own = own.iter().map(|division| (code(division), Title::Own));
    let if_first = if_first
        .iter()
        .map(|division| (code(division), Title::IfFirst));
    let expected: Vec<_> = own.chain(if_first).collect();
    assert_eq!(competent(track, setting), expected);
}

#[test]
fn a_complaint_goes_to_the_place_of_business_or_the_domicile() {
    let at = |domicile| Setting::Ordinary {
        business: code(TIANXIN),
        domicile: Some(code(domicile)),
    };
    assert_competent(Track::Complaint, at(YUELU), &[TIANXIN, YUELU], &[]);
    assert_competent(Track::Complaint, at(TIANXIN), &[TIANXIN], &[]);
}

#[test]
fn a_report_goes_to_where_the_act_happened() {
    let setting = Setting::Ordinary {
        business: code(TIANXIN),
        domicile: Some(code(YUELU)),
    };
    assert_competent(Track::Report, setting, &[TIANXIN], &[]);
}

#[test]
fn a_platform_operator_is_where_it_is_registered() {
    let setting = Setting::PlatformOperator {
        domicile: code(YUELU),
    };
    for track in [Track::Complaint, Track::Report] {
        assert_competent(track, setting, &[YUELU], &[]);
    }
}

#[test]
fn a_shop_on_a_platform_is_where_the_platform_says_or_else_where_the_platform_is() {
    let shown = setting_of_shop(None, Some(TIANXIN));
    assert_competent(Track::Complaint, shown, &[TIANXIN, YUELU], &[]);
    let hidden = setting_of_shop(Some(TIANXIN), None);
    assert_competent(Track::Complaint, hidden, &[YUELU], &[]);
}

#[test]
fn a_report_of_a_shop_on_a_platform_goes_to_its_actual_place_or_to_the_platforms_if_first() {
    let known = setting_of_shop(Some(TIANXIN), None);
    assert_competent(Track::Report, known, &[TIANXIN], &[YUELU]);
    let unknown = setting_of_shop(None, Some(TIANXIN));
    assert_competent(Track::Report, unknown, &[YUELU], &[]);
}

#[test]
fn an_advert_is_where_its_publisher_is_and_on_the_internet_elsewhere_if_first() {
    let advert = |online| Setting::Advert {
        publisher: code(TIANXIN),
        online,
    };
    let behind = Advertisers {
        advertiser: Some(code(YUELU)),
        agency: Some(code(FURONG)),
    };
    assert_competent(Track::Report, advert(None), &[TIANXIN], &[]);
    assert_competent(
        Track::Report,
        advert(Some(behind)),
        &[TIANXIN],
        &[YUELU, FURONG],
    );
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
