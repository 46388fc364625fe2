//! What the weighing means in money. Information only: no outcome rests on it.

use rust_decimal::{Decimal, RoundingStrategy};

use super::judge::SHORTAGE;
use super::{RetailWeighing, ShopPackage, packages, tare, words};
use crate::input::Checked;
use crate::quantity::{Gram, Yuan, plain, shortest};
use crate::rules::{ConsumerRemedyRules, RuleSet};
use crate::slip::Slips;
use crate::verdict::{Grounds, Outcome, Words};

/// Refuses a sum paid that looks like a slip.
pub(super) fn doubt(input: &RetailWeighing, slips: &mut Slips<'_>) -> Checked {
    let Some(paid) = input.paid else {
        return Ok(());
    };
    let due = price_of(input, input.settled);
    slips.check(|rules| &rules.money, "paid", paid.value(), due)
}

/// Adds prices, and for a weighing that fails the refund and what the law adds where there was fraud.
///
/// The price is the unit price times the mass in kilograms, exact and to the fen (a half up). The
/// refund is what was paid, or the price settled where nobody saw what was paid, less the price due
/// for the mass found, both in whole fen.
pub(super) fn inform(rules: &RuleSet, input: &RetailWeighing, grounds: &mut Grounds) {
    if !input.packages.is_empty() {
        return inform_of_packages(input, grounds);
    }
    let mut price = |exact, in_fen, mass| {
        let price = price_of(input, mass);
        grounds.number(exact, price, Yuan::UNIT);
        let price = to_fen(price);
        grounds.number(in_fen, price, Yuan::UNIT);
        price
    };
    let settled = price("price_settled", "price_settled_to_fen", input.settled);
    let due = price("price_due", "price_due_to_fen", input.checked);
    let paid = input.paid.map_or(settled, Yuan::value);
    let difference = (paid - due).max(Decimal::ZERO);
    grounds.number("price_difference", difference, Yuan::UNIT);
    say_plainly(input, difference, grounds);
    if paid != settled {
        let (paid, settled) = (plain(paid), plain(settled));
        let text = Words::new(
            format!("实付{paid}元，与单价乘以结算重量所得{settled}元不一致。"),
            format!("{paid} yuan were paid; unit price and settled mass come to {settled} yuan."),
        );
        grounds.note("PAID_DIFFERS", text);
    }
    if grounds.outcome() == Outcome::Fails {
        note_refund(difference, grounds);
        note_fraud_remedy(rules, input, paid, grounds);
    }
}

/// Adds what is charged too much for the packages that are short; what one holds more is another
/// customer's and makes up for nothing. Nothing was paid yet, so that nothing is paid back.
fn inform_of_packages(input: &RetailWeighing, grounds: &mut Grounds) {
    let too_much = |package: &ShopPackage| {
        let settled = to_fen(price_of(input, package.settled));
        (settled - to_fen(price_of(input, package.checked))).max(Decimal::ZERO)
    };
    let overcharged = input.packages.iter().map(too_much).sum();
    grounds.number("price_difference", overcharged, Yuan::UNIT);
    packages::say_plainly(input, overcharged, grounds);
}

/// What the customer received less, and paid too much for it.
fn say_plainly(input: &RetailWeighing, difference: Decimal, grounds: &mut Grounds) {
    let short = input.settled.minus(input.checked);
    let (difference, mass) = (plain(difference), plain(short.abs()));
    let told = match grounds.outcome() {
        Outcome::Fails if !grounds.fails_by(SHORTAGE) => words::full_on_a_wrong_scale(),
        Outcome::Fails if !grounds.fails_firmly_by(SHORTAGE) => Words::new(
            format!("量得少{mass}克，还不能下结论；但这台秤不准。"),
            format!(
                "{mass} g less were found, and nothing is certain yet; but the scale is not as it should be."
            ),
        ),
        Outcome::Fails if short > Decimal::ZERO => {
            let Words { zh, en } = tare::told(input);
            Words::new(
                joined!("少秤", &mass, "克", &zh, "，多收", &difference, "元。"),
                joined!(
                    &mass,
                    " g too little",
                    &en,
                    ", ",
                    &difference,
                    " yuan too much."
                ),
            )
        }
        Outcome::Conforms if short > Decimal::ZERO => Words::new(
            format!("少{mass}克，在允许范围内。"),
            format!("{mass} g less, which is allowed."),
        ),
        Outcome::Conforms => Words::new("份量足。", "The weight is full."),
        Outcome::ScreeningOnly | Outcome::NotAssessable | Outcome::Fails => {
            let (zh, en) = match short > Decimal::ZERO {
                true => (
                    format!("量得少{mass}克"),
                    format!("{mass} g less were found"),
                ),
                false => ("量得不少".to_owned(), "nothing is missing".to_owned()),
            };
            return grounds.tell(&Words::new(zh, en));
        }
    };
    grounds.say_plainly(told);
}

/// A gram in kilograms.
const GRAM: Decimal = Decimal::from_parts(1, 0, 0, false, 3);

fn price_of(input: &RetailWeighing, mass: Gram) -> Decimal {
    shortest(input.unit_price.value() * mass.value() * GRAM)
}

fn to_fen(price: Decimal) -> Decimal {
    price.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
}

fn note_refund(refund: Decimal, grounds: &mut Grounds) {
    grounds.number("refund", refund, Yuan::UNIT);
    if refund > Decimal::ZERO {
        let refund = plain(refund);
        let text = Words::new(
            joined!("按核称重量计价，多收", &refund, "元。"),
            joined!(
                "By the mass found, ",
                &refund,
                " yuan too much were charged."
            ),
        );
        grounds.note("REFUND", text);
    }
}

fn note_fraud_remedy(
    rules: &RuleSet,
    input: &RetailWeighing,
    price: Decimal,
    grounds: &mut Grounds,
) {
    // Only a note hangs on it, so a missing edition must not cost the verdict.
    let Ok(edition) = rules.edition_on::<ConsumerRemedyRules>(input.weighed_on) else {
        let text = Words::new(
            "未加载当日有效的消费者权益保护规定，未计算惩罚性赔偿。",
            "No edition of consumer remedies is loaded for the day; damages for fraud were not worked out.",
        );
        grounds.note("REMEDY_NOT_EXAMINED", text);
        return;
    };
    grounds.consult(edition);
    let fraud = &edition.rules.fraud;
    let product = price * Decimal::from(fraud.multiple.get());
    let damages = product.max(fraud.least.value());
    grounds.number("damages_if_fraud", damages, Yuan::UNIT);
    let sums = [damages, price, product, fraud.least.value()].map(plain);
    let [damages, price, product, least] = sums.each_ref().map(String::as_str);
    let multiple = fraud.multiple.to_string();
    let (head, article) = (edition.head, fraud.article.as_str());
    let (title_zh, title_en) = (head.title_zh.as_str(), head.title_en.as_str());
    #[rustfmt::skip] // As it is read.
    let zh = joined!(
        "如另经有权人员认定构成欺诈（本结论不作认定），消费者可依《", title_zh, "》第", article, "条要求增加赔偿", damages, "元：价款",
        price, "元的", &multiple, "倍为", product, "元，不足", least, "元的按", least, "元计。",
    );
    #[rustfmt::skip] // As it is read.
    let en = joined!(
        "Only if a person finds that there was fraud, which this verdict does not say: the consumer may claim ",
        damages, " yuan on top of the loss, ", &multiple, " times the price of ", price, " yuan = ", product,
        " yuan and at least ", least, " yuan (", title_en, ", article ", article, ").",
    );
    grounds.note("CONSUMER_REMEDY", Words::new(zh, en));
}
