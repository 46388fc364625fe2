//! A sale by measure in sentences for people. The wording is not a contract; the fields are.

use rust_decimal::Decimal;

use super::input::{MeasuredSale, Sale, SoldByMeasure};
use crate::quantity::{Amount, plain};
use crate::verdict::{Judged, Outcome, Words};

/// The goods and what was paid for.
pub(super) fn who(input: &SoldByMeasure, sale: &Sale) -> Words {
    let (name, settled) = (&input.goods_name, Amount::as_said(sale.settled, sale.unit));
    Words::new(
        format!("{name}（按{}结算）", settled.zh()),
        format!("{name} (settled by {})", settled.en()),
    )
}

/// How much was found to be missing.
pub(super) fn found(sale: &Sale) -> Words {
    let (shortage, size) = (sale.shortage(), sale.amount(sale.shortage().abs()));
    if shortage > Decimal::ZERO {
        Words::new(
            format!("短缺{}", size.zh()),
            format!("short by {}", size.en()),
        )
    } else if shortage < Decimal::ZERO {
        Words::new(
            format!("多出{}", size.zh()),
            format!("over by {}", size.en()),
        )
    } else {
        Words::new("无差值", "exact")
    }
}

pub(super) fn comparison(sale: &Sale, judged: &Judged) -> Words {
    let Words { zh, en } = found(sale);
    let limit = &judged.limit;
    let (result_zh, result_en) = match judged.passes {
        true => Outcome::Conforms.words(),
        false => Outcome::Fails.words(),
    };
    Words::new(
        format!(
            "{zh}；所用计量器具的最大允许误差{}；{result_zh}",
            limit.zh()
        ),
        format!("{en}; the instrument of the sale may be wrong by {limit}; {result_en}"),
    )
}

/// Nothing is missing, for merchants and shoppers.
pub(super) fn nothing_is_missing() -> Words {
    Words::new("量得不少", "nothing is missing")
}

/// Nothing is missing, whatever the limit is.
pub(super) fn nothing_short(sale: &Sale) -> Words {
    let Words { zh, en } = found(sale);
    Words::new(
        format!("{zh}，未短缺；合格"),
        format!("{en}, nothing missing; conforms"),
    )
}

/// Goods sold by the piece have no limit.
pub(super) fn no_limit() -> Words {
    Words::new(
        "按件数零售的商品没有规定的负偏差，也没有计量器具的允许误差可依，差数由执法人员认定",
        "no shortage is prescribed for goods sold by the piece, and no instrument has an error to take for it; a person decides on what is missing",
    )
}

/// Nobody gave the error of the instrument of the sale.
pub(super) fn error_not_given(sale: &MeasuredSale) -> Words {
    let (zh, en) = match sale {
        MeasuredSale::Length { .. } => ("长度", "length"),
        MeasuredSale::Volume { .. } | MeasuredSale::Piece { .. } => ("体积", "volume"),
    };
    Words::new(
        format!("按{zh}零售的商品没有规定的负偏差，缺少所用计量器具的最大允许误差"),
        format!(
            "no shortage is prescribed for goods sold by {en}, and the permissible error of the instrument of the sale is missing"
        ),
    )
}

/// Nobody gave the error of what the check was made with.
pub(super) fn check_error_not_given() -> Words {
    Words::new(
        "未写明核验所用器具的误差",
        "how wrong what the check was made with may be was not given",
    )
}

/// The shortage is beyond the limit by no more than the check itself may be wrong.
pub(super) fn within_check_error(sale: &Sale, error: Decimal) -> Words {
    let error = sale.amount(error);
    Words::new(
        format!("超出限值的部分不大于核验器具的误差{}", error.zh()),
        format!("it is beyond the limit by no more than the {error} that the check may be wrong"),
    )
}

/// What merchants and shoppers are told; nothing where there is nothing to add to the outcome.
pub(super) fn plainly(sale: &Sale, outcome: Outcome) -> Option<Words> {
    let shortage = sale.shortage();
    let size = sale.amount(shortage.abs());
    let (zh, size, money) = (size.zh(), size.en(), plain(sale.overcharge()));
    let is_short = shortage > Decimal::ZERO;
    Some(match (outcome, is_short) {
        (Outcome::Fails, _) => Words::new(
            format!("少{zh}，多收{money}元。"),
            format!("{size} too little, {money} yuan too much."),
        ),
        (Outcome::Conforms, true) => Words::new(
            format!("少{zh}，在允许范围内。"),
            format!("{size} less, which is allowed."),
        ),
        (Outcome::Conforms, false) => Words::new("份量足。", "The quantity is full."),
        (Outcome::ScreeningOnly, true) => Words::new(
            format!("量得少{zh}，还不能下结论。"),
            format!("{size} less were found; nothing is certain yet."),
        ),
        (Outcome::NotAssessable, true) => Words::new(
            format!("少{zh}，多收{money}元；是否超出允许范围，要由执法人员认定。"),
            format!(
                "{size} less, {money} yuan too much; whether that is allowed, a person has to say."
            ),
        ),
        (Outcome::ScreeningOnly | Outcome::NotAssessable, false) => return None,
    })
}
