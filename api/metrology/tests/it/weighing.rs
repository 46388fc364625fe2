//! A weighing of pork with every field replaceable: 2.8 kg settled and found, at 26 yuan/kg.

use std::sync::LazyLock;

use chrono::NaiveDate;
use liangxin_metrology::input::{GoodsName, OverrideReason};
use liangxin_metrology::quantity::{Gram, YuanPerKg};
use liangxin_metrology::retail::{
    self, CheckMethod, ClassBy, GoodsCategory, GoodsGroup, RetailVerdict, RetailWeighing,
};
use liangxin_metrology::rules::RuleSet;
use liangxin_metrology::scale::ScaleFacts;
use liangxin_metrology::verdict::JudgeError;
use rust_decimal::Decimal;

pub struct Weighing<'a> {
    pub on: NaiveDate,
    pub category: GoodsCategory,
    pub price: &'a str,
    pub settled: &'a str,
    pub checked: &'a str,
    pub method: CheckMethod,
    pub scale: Option<ScaleFacts>,
}

impl Default for Weighing<'_> {
    fn default() -> Self {
        Self {
            on: day(2026, 11, 23),
            category: by_name(GoodsGroup::Meat),
            price: "26",
            settled: "2800",
            checked: "2800",
            method: CheckMethod::HigherAccuracy,
            scale: None,
        }
    }
}

impl Weighing<'_> {
    pub fn input(self) -> RetailWeighing {
        RetailWeighing {
            weighed_on: self.on,
            goods_name: GoodsName::parse("pork").unwrap(),
            category: self.category,
            unit_price: YuanPerKg::parse(self.price).unwrap(),
            settled: gram(self.settled),
            checked: gram(self.checked),
            method: self.method,
            scale: self.scale,
        }
    }
}

/// The embedded rules, read once.
pub fn rules() -> &'static RuleSet {
    static RULES: LazyLock<RuleSet> = LazyLock::new(|| RuleSet::embedded().unwrap());
    &RULES
}

pub fn judge(weighing: Weighing<'_>) -> Result<RetailVerdict, JudgeError> {
    retail::judge(rules(), &weighing.input())
}

pub fn judged(weighing: Weighing<'_>) -> RetailVerdict {
    judge(weighing).unwrap()
}

pub fn by_name(group: GoodsGroup) -> GoodsCategory {
    GoodsCategory::Food {
        class_by: ClassBy::Name { group },
    }
}

pub fn by_price(group: Option<GoodsGroup>, reason: Option<&str>) -> GoodsCategory {
    let reason = reason.map(|reason| OverrideReason::parse(reason).unwrap());
    GoodsCategory::Food {
        class_by: ClassBy::Price { group, reason },
    }
}

pub fn gram(text: &str) -> Gram {
    Gram::parse(text).unwrap()
}

pub fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

/// The sum of two decimals, as text.
pub fn plus(mass: &str, difference: &str) -> String {
    let [mass, difference] = [mass, difference].map(|text| text.parse::<Decimal>().unwrap());
    (mass + difference).to_string()
}
