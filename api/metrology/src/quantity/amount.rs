//! An amount in a verdict: a number with its unit, of whatever kind.

use std::borrow::Cow;
use std::fmt;

use rust_decimal::Decimal;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{as_written, shortest};

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
            value: shortest(value),
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
    /// A mass, a length, a volume or a time in the unit in which it would be said: 15 kg and not 15000 g,
    /// 4 min and not 240 s.
    pub(crate) fn as_said(value: Decimal, unit: &'static str) -> Self {
        let (size, minute) = (value.abs(), Decimal::from(60));
        // How far the point moves: a decimal's division is slow, and a weighing says its mass in each sentence.
        let (unit, decimals) = match unit {
            "g" if size >= Decimal::from(1_000_000) => ("t", 6),
            "g" if size >= Decimal::ONE_THOUSAND => ("kg", 3),
            "mL" if size >= Decimal::ONE_THOUSAND => ("L", 3),
            "mm" if size >= Decimal::ONE_THOUSAND => ("m", 3),
            "s" if size >= minute && (value % minute).is_zero() => {
                return Self::new(value / minute, "min");
            }
            _ => return Self::new(value, unit),
        };
        Self::new(value * Decimal::new(1, decimals), unit)
    }

    /// The amount as Chinese writes it: the unit by its name, no blank before it.
    pub(crate) fn zh(&self) -> String {
        let unit = match self.unit() {
            "g" => "克",
            "kg" => "千克",
            "t" => "吨",
            "mL" => "毫升",
            "L" => "升",
            "mm" => "毫米",
            "m" => "米",
            "cm²" => "平方厘米",
            "pcs" => "件",
            "yuan" => "元",
            "s" => "秒",
            "min" => "分钟",
            "kWh" => "千瓦时",
            "L/min" => "升/分钟",
            other => other,
        };
        as_written(self.value) + unit
    }

    /// The amount in an English sentence: pieces by their word, no blank before the sign of a degree.
    pub(crate) fn en(&self) -> String {
        match self.unit() {
            "pcs" if self.value == Decimal::ONE => "1 piece".to_owned(),
            "pcs" => as_written(self.value) + " pieces",
            "°" => as_written(self.value) + "°",
            _ => self.written(),
        }
    }

    /// The number and the symbol of its unit.
    fn written(&self) -> String {
        let number = as_written(self.value);
        match self.unit() {
            "" => number,
            unit => joined!(&number, " ", unit),
        }
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written())
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
