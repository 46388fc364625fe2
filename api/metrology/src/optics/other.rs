//! Pairs whose standard is another one than that of spectacles made to order: ready-made reading
//! spectacles and progressive ones. Their standards are not loaded, and no other stands in for them.

use super::finding::{Origin, summary, tell};
use super::power::{LensPair, check_resolution};
use super::spectacles::Spectacles;
use crate::rules::{Edition, LensPowerRules, LensesOf, OtherStandardRow, SpectacleRules};
use crate::verdict::{Bars, Grounds, Verdict, Words};

/// Judges what is left: the power of lenses that the lens standard covers. Nothing else of the pair.
pub(super) fn judge(
    (edition, row): (Edition<'_, SpectacleRules>, &OtherStandardRow),
    lenses: Edition<'_, LensPowerRules>,
    (input, pairs): (&Spectacles, &[LensPair]),
    mut grounds: Grounds,
) -> Verdict {
    grounds.consult(edition);
    let (zh, en) = input.kind.words();
    let label = format!("standard of its own: {}", row.standard);
    grounds.rely_on(&label, row.provenance);
    let bars = match row.lenses {
        LensesOf::LensStandard => Bars::Passing,
        LensesOf::OwnStandard => Bars::Everything,
    };
    grounds.obstacle(bars, "STANDARD_NOT_LOADED", not_loaded((zh, en), row));
    if row.lenses == LensesOf::LensStandard {
        grounds.apply(lenses);
        let origin = Origin {
            head: lenses.head,
            suggests: Some(&edition.rules.violation),
        };
        let (mut limits, mark) = (Vec::new(), grounds.mark());
        for pair in pairs {
            limits.push(pair.power(lenses.rules, origin, &mut grounds));
        }
        check_resolution(mark, input.resolution, &limits, &mut grounds);
    }
    let summary = summary(&grounds, zh, en);
    tell(&mut grounds);
    grounds.conclude(summary)
}

fn not_loaded((zh, en): (&str, &str), row: &OtherStandardRow) -> Words {
    let (standard, title_zh, title_en) = (&row.standard, &row.title_zh, &row.title_en);
    let (rest_zh, rest_en) = match row.lenses {
        LensesOf::LensStandard => (
            "；只判定镜片顶焦度",
            "; of such a pair only the power of the lenses is judged",
        ),
        LensesOf::OwnStandard => ("，不作判定", "; nothing of such a pair is judged"),
    };
    Words::new(
        format!("{zh}适用{standard}《{title_zh}》，该标准尚未载入{rest_zh}"),
        format!(
            "{en} have a standard of their own, {standard} ({title_en}), which is not loaded{rest_en}"
        ),
    )
}
