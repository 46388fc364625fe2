//! A verdict in one sentence, for people. The wording is not a contract; the fields are.

use rust_decimal::Decimal;

use super::{LimitSource, PreciousMetal, RetailVerdict, RetailWeighing};
use crate::quantity::{Gram, kilograms, plain};
use crate::verdict::Outcome;

impl RetailVerdict {
    /// The verdict as one English sentence.
    pub fn explain_en(&self) -> String {
        let input = &self.finding.inputs;
        let name = &input.goods_name;
        let deviation = self.finding.deviation_g.value();
        let found = match deviation {
            short if short > Decimal::ZERO => format!("short by {} g", plain(short)),
            over if over < Decimal::ZERO => format!("over by {} g", plain(over.abs())),
            _ => "exact".to_owned(),
        };
        let outcome = match self.outcome {
            Outcome::Conforms => "conforms",
            Outcome::Fails => "fails",
            Outcome::ScreeningOnly => "screening only",
            Outcome::NotAssessable => "not assessable",
        };
        match (self.limit(), &self.reason) {
            (Some((source, limit, allowed)), _) => {
                let limit = limit_en(limit, allowed, self.finding.method_factor);
                let basis = basis_en(source, input);
                format!("{name}: {found}; {limit} for {basis}; {outcome}")
            }
            (None, Some(reason)) => format!("{name}: {found}; {outcome}: {}", reason.en),
            (None, None) => format!("{name}: {found}; {outcome}"),
        }
    }

    /// The verdict as one Chinese sentence.
    pub fn explain_zh(&self) -> String {
        let input = &self.finding.inputs;
        let name = &input.goods_name;
        let deviation = self.finding.deviation_g.value();
        let found = match deviation {
            short if short > Decimal::ZERO => format!("短缺{}克", plain(short)),
            over if over < Decimal::ZERO => format!("多出{}克", plain(over.abs())),
            _ => "无差值".to_owned(),
        };
        let outcome = match self.outcome {
            Outcome::Conforms => "合格",
            Outcome::Fails => "不合格",
            Outcome::ScreeningOnly => "仅供筛查",
            Outcome::NotAssessable => "无法判定",
        };
        match (self.limit(), &self.reason) {
            (Some((source, limit, allowed)), _) => {
                let limit = limit_zh(limit, allowed, self.finding.method_factor);
                let basis = basis_zh(source, input);
                format!("{name}：{found}；{basis}{limit}；{outcome}")
            }
            (None, Some(reason)) => format!("{name}：{found}；{outcome}：{}", reason.zh),
            (None, None) => format!("{name}：{found}；{outcome}"),
        }
    }

    fn limit(&self) -> Option<(LimitSource, Gram, Gram)> {
        Some((
            self.finding.limit_from?,
            self.finding.limit_g?,
            self.finding.allowed_g?,
        ))
    }
}

fn limit_en(limit: Gram, allowed: Gram, factor: u8) -> String {
    let limit = plain(limit.value());
    if factor == 1 {
        return format!("limit {limit} g");
    }
    format!("limit {factor} x {limit} g = {} g", plain(allowed.value()))
}

fn limit_zh(limit: Gram, allowed: Gram, factor: u8) -> String {
    let limit = plain(limit.value());
    if factor == 1 {
        return format!("限值{limit}克");
    }
    format!("限值{factor}×{limit}克＝{}克", plain(allowed.value()))
}

fn basis_en(source: LimitSource, input: &RetailWeighing) -> String {
    let settled = input.settled;
    match source {
        LimitSource::Table1 { class } => format!(
            "class {class} goods at {} yuan/kg and {} kg (table 1)",
            plain(input.unit_price.value()),
            kilograms(settled),
        ),
        LimitSource::Table2 { metal } => {
            let metal = match metal {
                PreciousMetal::Gold => "gold",
                PreciousMetal::Silver => "silver",
            };
            format!("a {metal} piece of {} g (table 2)", plain(settled.value()))
        }
        LimitSource::Scale { class, e } => format!(
            "the class {class} scale with e = {} g at {} kg (in-service error, above the table)",
            plain(e.value()),
            kilograms(input.checked),
        ),
    }
}

fn basis_zh(source: LimitSource, input: &RetailWeighing) -> String {
    let settled = input.settled;
    match source {
        LimitSource::Table1 { class } => format!(
            "第{class}类商品（单价{}元/千克，{}千克，附表1）",
            plain(input.unit_price.value()),
            kilograms(settled),
        ),
        LimitSource::Table2 { metal } => {
            let metal = match metal {
                PreciousMetal::Gold => "金",
                PreciousMetal::Silver => "银",
            };
            format!("{metal}饰品（每件{}克，附表2）", plain(settled.value()))
        }
        LimitSource::Scale { class, e } => {
            let level = match class {
                crate::scale::ScaleClass::III => "中准确度级",
                crate::scale::ScaleClass::IIII => "普通准确度级",
            };
            format!(
                "{level}秤（e={}克，{}千克，超出附表，按使用中最大允许误差）",
                plain(e.value()),
                kilograms(input.checked),
            )
        }
    }
}
