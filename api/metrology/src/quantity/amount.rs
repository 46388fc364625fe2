//! An amount in a verdict: a number with its unit, of whatever kind.

use std::borrow::Cow;
use std::fmt;

use rust_decimal::Decimal;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A number with the symbol of its unit, written `"140 g"`; a pure number is written `"3"`. Made by
/// judging, from quantities whose kind was checked; may be negative.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Amount {
    value: Decimal,
    unit: Cow<'static, str>,
}

impl Amount {
    /// An amount of a unit.
    pub fn new(value: Decimal, unit: &'static str) -> Self {
        Self {
            value: value.normalize(),
            unit: Cow::Borrowed(unit),
        }
    }

    /// A pure number: a count, a factor.
    pub fn number(value: impl Into<Decimal>) -> Self {
        Self::new(value.into(), "")
    }

    /// The number.
    pub fn value(&self) -> Decimal {
        self.value
    }

    /// The symbol of the unit; empty for a pure number.
    pub fn unit(&self) -> &str {
        &self.unit
    }
}

impl Amount {
    /// The amount as Chinese writes it: the unit by its name, no blank before it.
    pub(crate) fn zh(&self) -> String {
        let unit = match self.unit() {
            "g" => "克",
            "mL" => "毫升",
            "mm" => "毫米",
            "cm²" => "平方厘米",
            "pcs" => "件",
            "yuan" => "元",
            "s" => "秒",
            "kWh" => "千瓦时",
            "L/min" => "升/分钟",
            other => other,
        };
        format!("{}{unit}", self.value)
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.unit.is_empty() {
            return self.value.fmt(f);
        }
        write!(f, "{} {}", self.value, self.unit)
    }
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let (number, unit) = text.split_once(' ').unwrap_or((&text, ""));
        let value =
            Decimal::from_str_exact(number).map_err(|_| D::Error::custom("not an amount"))?;
        Ok(Self {
            value,
            unit: Cow::Owned(unit.to_owned()),
        })
    }
}
