//! The table of the questions, in the form's order and in the words of somebody who stands at the
//! stall.

use super::super::super::layout::control::Keyboard;
use super::super::part;
use super::super::promise::Promise;
use super::{Control, Question, Section, Unit, Words};

/// Longest text of the single-line fields, in UTF-16 units, as browsers count: what a report can
/// hold of one line.
pub(super) const MAX_LINE: u16 = 120;

/// Longest account of what happened, in UTF-16 units.
pub(super) const MAX_STORY: u16 = 4000;

const WEIGHTS: &[Unit] = &[
    ("kg", ("公斤", "kg"), 1000),
    ("g", ("克", "g"), 1),
    ("jin", ("斤（500克）", "jin (500 g)"), 500),
];

/// A jin is half a kilogram.
const PRICES: &[Unit] = &[
    ("kg", ("元/公斤", "yuan/kg"), 1),
    ("jin", ("元/500克（一斤）", "yuan/500 g (jin)"), 2),
];

const fn line(section: Section, name: &'static str, label: Words) -> Question {
    Question::new(
        section,
        name,
        Control::Line(Keyboard::Text(MAX_LINE)),
        label,
    )
}

const fn unit(section: Section, name: &'static str, units: &'static [Unit]) -> Question {
    Question::new(
        section,
        name,
        Control::Unit(units),
        ("重量单位", "Weight unit"),
    )
}

/// Something about the person who reports under a real name.
const fn personal(name: &'static str, most: u16, label: Words) -> Question {
    let control = Control::Line(Keyboard::Text(most));
    Question::new(Section::Identity, name, control, label).seen(Promise::Identity)
}

/// All questions, in the form's order.
pub static QUESTIONS: [Question; 23] = [
    line(Section::Stall, part::STALL, ("摊位或店铺", "Stall or shop"))
        .required()
        .searched()
        .hint_of((
            "例如：南门市场 17 号，卖猪肉的",
            "For example: South Gate market, no. 17, pork",
        )),
    Question::new(
        Section::Stall,
        part::DIVISION,
        Control::Division,
        ("所在区县", "District or county"),
    )
    .required(),
    line(Section::Goods, part::GOODS, ("商品", "Goods"))
        .required()
        .searched()
        .hint_of(("例如：五花肉", "For example: pork belly")),
    Question::new(
        Section::Goods,
        part::UNIT_PRICE,
        Control::Quantity(part::PRICE_UNIT),
        ("单价", "Unit price"),
    )
    .required(),
    Question::new(
        Section::Goods,
        part::PRICE_UNIT,
        Control::Unit(PRICES),
        ("计价单位", "Price unit"),
    ),
    Question::new(
        Section::Weights,
        part::SETTLED_WEIGHT,
        Control::Quantity(part::SETTLED_UNIT),
        ("付钱的重量", "Weight you paid for"),
    )
    .required()
    .hint_of((
        "摊位的秤显示、按它付钱的重量",
        "What the stall's scale showed and you paid for",
    )),
    unit(Section::Weights, part::SETTLED_UNIT, WEIGHTS),
    Question::new(
        Section::Weights,
        part::CHECKED_WEIGHT,
        Control::Quantity(part::CHECKED_UNIT),
        ("公平秤上的重量", "Weight on the fair-check scale"),
    )
    .required()
    .hint_of((
        "没有公平秤，就填复称用的秤显示的重量，并在经过中写明",
        "Without one: what another scale showed; say which below",
    )),
    unit(Section::Weights, part::CHECKED_UNIT, WEIGHTS),
    Question::new(
        Section::Events,
        part::HAPPENED_AT,
        Control::Line(Keyboard::DateTime),
        ("时间", "Time"),
    )
    .required()
    .refused_as(&["occurredAt"]),
    line(Section::Events, part::PLACE, ("地点", "Place")).searched(),
    Question::new(
        Section::Events,
        part::POSITION,
        Control::Line(Keyboard::Text(60)),
        ("经纬度", "Latitude and longitude"),
    )
    .hint_of((
        "例如：28.19312, 112.98765。只填手机定位（WGS-84）的数；国内地图上的坐标有偏移，不确定就不填",
        "For example: 28.19312, 112.98765. As the phone measures it (WGS-84): maps in China are shifted; if in doubt leave it empty",
    )),
    Question::new(
        Section::Events,
        part::STORY,
        Control::Story(MAX_STORY),
        ("经过", "What happened"),
    )
    .required()
    .searched()
    .hint_of((
        "谁说了什么、少了多少、您怎么发现的",
        "Who said what, how much was missing, how you noticed",
    )),
    Question::new(
        Section::Events,
        part::EARLIER_CODE,
        Control::Line(Keyboard::Code),
        ("以前那份举报的查询码", "Code of an earlier report"),
    )
    .seen(Promise::Code)
    .refused_as(&["earlierReceiptCode"])
    .hint_of((
        "补充以前的举报才填",
        "Only if this adds to a report that you sent before",
    )),
    Question::new(
        Section::Photos,
        part::PHOTO,
        Control::Photos,
        ("照片", "Photos"),
    )
    .refused_as(&["photos", "photoId"]),
    Question::new(
        Section::Photos,
        part::PHOTO_PLACE,
        Control::Tick,
        (
            "把照片里的拍摄位置告诉办案人员（不勾选则只留在原图里）",
            "Tell the officers where the photos were taken (else it stays in the originals)",
        ),
    )
    .seen(Promise::PhotoMarks),
    Question::new(
        Section::Contact,
        part::EMAIL,
        Control::Line(Keyboard::Email),
        ("电子邮箱", "E-mail"),
    )
    .seen(Promise::Email)
    .hint_of((
        "不填邮箱，就只能用查询码查进度。",
        "Without it only the code leads back to the report.",
    )),
    Question::new(
        Section::Contact,
        part::EMAIL_CONSENT,
        Control::Tick,
        (
            "同意用这个邮箱告知进度，不用于其他目的",
            "This address may be used to send me news of the report, and for nothing else",
        ),
    )
    .seen(Promise::Email),
    Question::new(
        Section::Reward,
        part::CLAIM_PASSWORD,
        Control::Line(Keyboard::NewPassword),
        ("举报密码", "Claim password"),
    )
    .seen(Promise::ClaimPassword)
    .refused_as(&["claimPassword"])
    .hint_of((
        "至少 8 个字符。以后凭查询码和这个密码领取举报奖励，匿名也可以；请自己记好，忘了无法找回。",
        "At least 8 characters. With the code and this password a reward can be claimed later, also anonymously; it cannot be recovered.",
    )),
    personal(part::NAME, 60, ("姓名", "Name")).refused_as(&["identity", "identity.name"]),
    personal(part::PHONE, 40, ("电话", "Telephone")).refused_as(&["identity.phone"]),
    personal(part::ADDRESS, MAX_LINE, ("通信地址", "Postal address"))
        .refused_as(&["identity.address"]),
    personal(part::ID_NUMBER, 40, ("身份证件号码", "Number of an identity document"))
        .refused_as(&["identity.idNumber"]),
];
