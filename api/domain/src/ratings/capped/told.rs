//! The formula in words, for whoever reads no data: its own rows, said part by part.

use super::formula::CappedFormula;
use super::words;
use crate::metrology::verdict::Words;
use crate::ratings::indicator::Venue;
use crate::ratings::score::Reason;

/// One part of the formula.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What it is about.
    pub title: Words,
    /// What it says.
    pub lines: Vec<Words>,
}

impl Part {
    fn new(title: (&str, &str), lines: impl IntoIterator<Item = Words>) -> Self {
        Self {
            title: Words::new(title.0, title.1),
            lines: lines.into_iter().collect(),
        }
    }
}

impl CappedFormula {
    /// All parts but the indicators, which differ by the kind of venue.
    #[must_use]
    pub fn told(&self) -> Vec<Part> {
        vec![
            self.told_grades(),
            self.told_evidence(),
            self.told_tests(),
            self.told_caps(),
            self.told_vetoes(),
        ]
    }

    /// The indicators of a kind of venue, each with its points.
    #[must_use]
    pub fn told_indicators(&self, venue: Venue) -> Vec<Words> {
        let rows = self.indicators_for(venue);
        rows.map(|row| {
            Words::new(
                format!("{}：{}分", row.name_zh, row.weight),
                format!("{}: {} points", row.name_en, row.weight),
            )
        })
        .collect()
    }

    fn told_grades(&self) -> Part {
        let rule = Words::new(
            "等级取分数所达到的等级和各项上限中最低的一个；有一票否决的，等级为D。只计已经认定的事实。",
            "The grade is the lowest one of what the points reach and what each limit leaves; a veto makes it D. Only \
             settled facts count.",
        );
        let bounds = self.told_bounds().map(|(grade, from)| {
            Words::new(
                format!("{from}分以上：{grade}"),
                format!("{grade} from {from} points"),
            )
        });
        let lowest = Words::new("更低：C", "C below");
        let title = ("等级", "Grades");
        Part::new(title, [rule].into_iter().chain(bounds).chain([lowest]))
    }

    fn told_evidence(&self) -> Part {
        let least = &self.evidence;
        let (months, tests, days, known) =
            (least.months, least.tests, least.days, least.months_known);
        let rule = Words::new(
            format!(
                "近{months}个月官方检查不足{tests}次、不足{days}天，或者没有检测过分量，或者登记不足{known}个月的，不评级（N），没有分数。"
            ),
            format!(
                "With fewer than {tests} official tests on {days} days of the last {months} months, without a test of \
                 the quantity, or known for less than {known} months, nobody is assessed (N) and has points."
            ),
        );
        Part::new(("什么时候评级", "Who is assessed"), [rule])
    }

    fn told_tests(&self) -> Part {
        let rule = &self.tests;
        let (prior, rate, step, most) = (rule.prior, rule.rate_percent, rule.step, rule.most);
        let share = Words::new(
            format!(
                "分量的得分率 =（合格数 + {prior} × {rate}%）÷（全部 + {prior}）；没有人检查过的官方检查项目按{rate}%计，自查记录按0计。"
            ),
            format!(
                "The share of the quantity is (passed + {prior} × {rate} %) ÷ (all + {prior}). What officials never \
                 looked at counts {rate} %, a record of self-checks that nobody saw counts nothing."
            ),
        );
        let severity = Words::new(
            format!("不合格的一次计1，短缺每达到允许值的{step}倍再加1，最多计{most}。"),
            format!(
                "A failed test counts 1, and 1 more for each {step} times the tolerance that was missing, {most} at most."
            ),
        );
        let decay = self.told_decay().map(|(months, halves)| {
            let (zh, en) = match halves {
                1 => ("减半", "half"),
                _ => ("全部", "whole"),
            };
            Words::new(
                format!("{months}个月以内的检查：{zh}计入"),
                format!("a test of the last {months} months counts {en}"),
            )
        });
        let title = ("检查怎么计", "How tests count");
        Part::new(title, [share, severity].into_iter().chain(decay))
    }

    fn told_caps(&self) -> Part {
        let caps = self.caps.iter().map(words::cap).map(said);
        Part::new(("上限", "Limits"), caps)
    }

    fn told_vetoes(&self) -> Part {
        let stay = &self.stay;
        let (months, earliest) = (stay.months, stay.repair_months);
        let (days, after) = (stay.reinspections, stay.after_months);
        let ends = Words::new(
            format!(
                "一票否决自决定送达起{months}个月；满{earliest}个月、已准予信用修复、已改正、此后在{days}天复查合格并且没有新的处罚的，可以提前结束。结束后{after}个月内仍有上限。"
            ),
            format!(
                "A veto lasts {months} months from the service of the decision; it ends after {earliest} at the earliest, \
                 with credit repair granted, corrected, re-inspected without fault on {days} days since, and no new \
                 penalty. The grade is limited for {after} months after it."
            ),
        );
        let vetoes = self.vetoes.iter().map(words::veto).map(said);
        Part::new(("一票否决", "Vetoes"), vetoes.chain([ends]))
    }
}

fn said(reason: Reason) -> Words {
    Words::new(reason.zh, reason.en)
}
