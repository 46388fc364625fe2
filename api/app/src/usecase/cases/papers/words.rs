//! What the papers of a case say, in the words of the file.

use super::Matter;
use chrono::NaiveDate;
use liangxin_domain::{
    cases::{
        case::Case,
        charge::{Charge, Penalty, Tier},
        decide::SuitPeriod,
        ending::ChangeKind,
        evidence::Lack,
        file::{AuditKind, NoPenaltyGround},
        order::Order,
        referral::{CrimeReport, HandedOver},
    },
    inspections::visit::{InstrumentCheck, Measurement, Seal},
    law::{
        calendar::shanghai_date,
        violation::{Violation, ViolationCode},
    },
    metrology::verification::VerificationStatus,
    money::Fen,
    notices::{
        field::OpenField,
        notice::Channel,
        said::{Said, written_out},
    },
    text::Reason,
};

/// What was found against the party and is not void: by the visit, else as it was written when the case was opened.
pub(super) fn facts(case: &Case, measured: &[Measurement], checked: &[InstrumentCheck]) -> String {
    let told = case.basis.told.facts.iter().map(ToString::to_string);
    let has_void = measured.iter().any(|found| found.void.is_some())
        || checked.iter().any(|check| check.void.is_some());
    let found = against(measured, checked).into_iter().map(ended);
    let mut all: Vec<_> = told.chain(found).collect();
    if all.is_empty() && has_void {
        all.push("现场检查记录的不合格项目均已作废。".to_owned());
    }
    all.join("\n")
}

/// A finding as a sentence: the words of a verdict end without a full stop.
fn ended(mut finding: String) -> String {
    if !finding.ends_with('。') {
        finding.push('。');
    }
    finding
}

/// What of a record goes against the party and is not void, a line each.
pub(in crate::usecase) fn against(
    measured: &[Measurement],
    checked: &[InstrumentCheck],
) -> Vec<String> {
    let measured = measured.iter().filter(|found| found.fails());
    let checked = checked.iter().filter(|check| check.fails());
    let measured = measured.map(measurement);
    measured.chain(checked.flat_map(check)).collect()
}

pub(super) fn measurement(found: &Measurement) -> String {
    found.judgement.verdict.summary.zh.clone()
}

pub(super) fn check(check: &InstrumentCheck) -> Vec<String> {
    let mut said = Vec::new();
    if let VerificationStatus::Overdue { days } = check.status {
        said.push(format!("计量器具检定已超期{days}日。"));
    }
    if check.seal == Seal::Broken {
        said.push("计量器具封印破损或者缺失。".to_owned());
    }
    said
}

impl Matter<'_> {
    /// The row of a violation, as the law stood on the day of the conduct.
    fn row(&self, code: &ViolationCode) -> Option<&Violation> {
        let conduct_on = self.case.basis.told.conduct_on;
        self.law.violations.get_on(code, conduct_on).ok()
    }

    /// What a charge is for, in the words of the law; its code alone says nothing to the party.
    fn conduct(&self, charge: &Charge) -> String {
        let row = self.row(&charge.violation);
        row.map_or_else(
            || charge.violation.to_string(),
            |row| row.conduct_zh.clone(),
        )
    }

    /// The conducts of a penalty.
    pub(super) fn violations(&self, penalty: &Penalty) -> String {
        joined(penalty.charges.iter().map(|charge| self.conduct(charge)))
    }

    /// The articles of a penalty.
    pub(super) fn basis(&self, penalty: &Penalty) -> String {
        let charges = penalty.charges.iter();
        let rows = charges.filter_map(|charge| self.row(&charge.violation));
        joined(rows.map(|row| format!("《{}》{}", row.basis_instrument, row.basis_article)))
    }

    /// What is imposed: each fine by its conduct, then what is taken, repaid or said.
    pub(super) fn penalty(&self, penalty: &Penalty) -> String {
        let fined = penalty
            .charges
            .iter()
            .filter(|charge| charge.fine > Fen::ZERO);
        let mut said: Vec<_> = match penalty.charges.as_slice() {
            [one] if one.fine > Fen::ZERO => vec![format!("罚款{}元", one.fine)],
            _ => fined
                .map(|charge| format!("对“{}”罚款{}元", self.conduct(charge), charge.fine))
                .collect(),
        };
        if penalty.charges.len() > 1 && penalty.fine() > Fen::ZERO {
            said.push(format!("罚款合计{}元", penalty.fine()));
        }
        let sanction = &penalty.sanction;
        if penalty.taken_gains() > Fen::ZERO {
            said.push(format!("没收违法所得{}元", penalty.taken_gains()));
        }
        if let Some(items) = &sanction.items {
            said.push(format!("没收：{items}"));
        }
        if let Some(what) = &sanction.stop_use {
            said.push(format!("责令停止使用：{what}"));
        }
        if sanction.compensation > Fen::ZERO {
            said.push(format!("赔偿损失{}元", sanction.compensation));
        }
        if sanction.warning {
            said.push("警告".to_owned());
        }
        said.join("；")
    }

    /// What was imposed, and what a change left of it: what is asked for or carried out is that.
    pub(super) fn stands(&self, penalty: &Penalty) -> String {
        let imposed = self.penalty(penalty);
        let mut changes = self.case.file.changes();
        if changes.any(|change| change.kind == ChangeKind::Lowered) {
            return format!("{imposed}；其后变更为：{}", left(self.case));
        }
        imposed
    }

    /// What shows each violation: the findings that it names, and what else the file says for it. Of a single one
    /// everybody knows what it shows.
    pub(super) fn proofs(&self, penalty: &Penalty) -> String {
        if let [one] = penalty.charges.as_slice() {
            return self.proof(one);
        }
        let lines: Vec<_> = penalty
            .charges
            .iter()
            .map(|charge| format!("“{}”：{}", self.conduct(charge), self.proof(charge)))
            .collect();
        lines.join("\n")
    }

    /// The record of the visit, with the photos that there are.
    fn record(&self) -> String {
        match self.photos {
            0 => "现场笔录".to_owned(),
            photos => format!("现场笔录及照片{photos}张"),
        }
    }

    /// What the file has for a case that ends without a penalty: the record of the visit, if there was one, and what
    /// the final report says.
    pub(super) fn shown(&self, reported: &Reason) -> String {
        let is_recorded = !self.measured.is_empty() || !self.checked.is_empty();
        let record = is_recorded.then(|| self.record());
        let shown = record.into_iter().chain([reported.to_string()]);
        shown.collect::<Vec<_>>().join("；")
    }

    fn proof(&self, charge: &Charge) -> String {
        let measured = self.measured.iter();
        let measured = measured
            .filter(|found| found.void.is_none() && charge.findings.contains(&found.id.uuid()));
        let checked = self.checked.iter();
        let checked = checked.filter(|found| {
            found.void.is_none() && charge.findings.contains(&found.instrument.uuid())
        });
        let mut shown: Vec<String> = measured.map(measurement).collect();
        shown.extend(checked.flat_map(check));
        if !shown.is_empty() {
            shown.insert(0, self.record());
        }
        shown.extend(charge.reasoned.iter().map(ToString::to_string));
        shown.join("；")
    }
}

fn joined(lines: impl Iterator<Item = String>) -> String {
    let mut lines: Vec<_> = lines.collect();
    lines.dedup();
    lines.join("；")
}

/// How heavy, and why.
pub(super) fn discretion(penalty: &Penalty) -> String {
    let tier = penalty.tier.map(|tier| match tier {
        Tier::Mitigated => "减轻处罚",
        Tier::Light => "从轻处罚",
        Tier::Ordinary => "一般处罚",
        Tier::Heavy => "从重处罚",
    });
    let reason = penalty.tier_reason.as_ref().map(Reason::as_str);
    let said: Vec<_> = tier.into_iter().chain(reason).collect();
    said.join("：")
}

/// What must be put right, and until when.
pub(super) fn correction(penalty: &Penalty) -> String {
    until(penalty.correction.as_str(), penalty.correct_by)
}

/// An order and its last day, which counts: whoever puts it right on that day does so in time.
fn until(ordered: &str, last: NaiveDate) -> String {
    let ordered = ordered.trim_end_matches('。');
    format!("{ordered}，限{}前（含当日）改正。", written_out(last))
}

/// What had to be put right by the orders of the case, and until when; nothing without any.
pub(super) fn ordered(orders: &[Order]) -> Option<String> {
    let said = orders
        .iter()
        .map(|order| until(order.correction.as_str(), order.correct_by));
    let said: Vec<_> = said.collect();
    (!said.is_empty()).then(|| said.join("\n"))
}

/// Before whom and until when the party may object, where that is not what stands on the form.
pub(super) fn remedies(suit: SuitPeriod) -> Option<(OpenField, Said)> {
    let is_on_form = suit == SuitPeriod::SixMonths;
    (!is_on_form).then(|| (OpenField::Remedies, objection("本决定", suit).into()))
}

/// What stands of the sums of a decision, once a change left less of them.
pub(super) fn left(case: &Case) -> String {
    let sums = [
        ("罚款", case.fine()),
        ("没收违法所得", case.gains()),
        ("没收物品价值", case.goods()),
    ];
    let stands = sums.iter().filter(|(_, sum)| *sum > Fen::ZERO);
    let stands: Vec<_> = stands.map(|(what, sum)| format!("{what}{sum}元")).collect();
    if stands.is_empty() {
        return "不再罚款和没收".to_owned();
    }
    stands.join("；")
}

/// Before whom and until when the party may object to an act of the bureau.
pub(super) fn objection(act: &str, suit: SuitPeriod) -> String {
    let suit = match suit {
        SuitPeriod::SixMonths => "六个月",
        SuitPeriod::FifteenDays => "十五日",
    };
    format!(
        "如不服{act}，可以自收到之日起六十日内向本机关的本级人民政府申请行政复议，也可以自收到之日起{suit}内向有管辖权的人民法院提起行政诉讼。"
    )
}

/// What goes to the police, in the order of the law: the letter, the report, the goods, the tests, and what else there is.
pub(super) fn enclosed(reported: &CrimeReport, given: &HandedOver) -> String {
    let Some(enclosures) = &given.enclosures else {
        return String::new();
    };
    let reported_on = written_out(shanghai_date(reported.made.at));
    [
        format!("（一）涉嫌犯罪案件移送书（{}）", given.document),
        format!(
            "（二）涉嫌犯罪案件情况的调查报告（{reported_on}）：{}",
            reported.report
        ),
        format!("（三）涉案物品清单：{}", enclosures.goods),
        format!("（四）检验报告或者鉴定结论：{}", enclosures.tests),
        format!("（五）其他有关涉嫌犯罪的材料：{}", enclosures.others),
    ]
    .join("\n")
}

/// What a case is filed without.
pub(super) fn lacks(lacks: &[Lack]) -> String {
    let said = lacks.iter().map(|lack| match lack {
        Lack::Finding => "现场检查没有不合格结论".to_owned(),
        Lack::Declared(missing) => format!("已登记的照片尚有{missing}张未上传"),
        Lack::Photo => "现场检查没有照片".to_owned(),
    });
    said.collect::<Vec<_>>().join("；")
}

/// Which audit.
pub(super) const fn audit(kind: AuditKind) -> &'static str {
    match kind {
        AuditKind::Case => "案件审核",
        AuditKind::Legal => "法制审核",
    }
}

/// Why no penalty is imposed, and when somebody saw that it was put right.
pub(super) fn no_penalty(ground: NoPenaltyGround, corrected_on: Option<NaiveDate>) -> String {
    let why = match ground {
        NoPenaltyGround::Slight => "违法行为轻微并及时改正，没有造成危害后果",
        NoPenaltyGround::FirstOffence => "初次违法且危害后果轻微并及时改正",
        NoPenaltyGround::NoFault => "当事人有证据足以证明没有主观过错",
        NoPenaltyGround::NotEstablished => "违法事实不能成立",
        NoPenaltyGround::TimeBarred => "违法行为已超过追究时效",
    };
    let seen = corrected_on.map(|day| format!("（{}查看，已改正）", written_out(day)));
    why.to_owned() + &seen.unwrap_or_default()
}

/// What no penalty rests on, by its ground: Penalty Law, article 33 (slight, first, without fault) and article 36 (too
/// late); what is not established is decided so by Order 2, article 60.
pub(super) const fn no_penalty_basis(ground: NoPenaltyGround) -> &'static str {
    match ground {
        NoPenaltyGround::Slight | NoPenaltyGround::FirstOffence | NoPenaltyGround::NoFault => {
            "《中华人民共和国行政处罚法》第三十三条"
        }
        NoPenaltyGround::NotEstablished => "《市场监督管理行政处罚程序规定》第六十条",
        NoPenaltyGround::TimeBarred => "《中华人民共和国行政处罚法》第三十六条",
    }
}

/// How a paper was served.
pub(super) const fn channel(channel: Channel) -> &'static str {
    match channel {
        Channel::Internet => "互联网系统送达",
        Channel::Email => "电子邮件送达",
        Channel::Phone => "电话",
        Channel::Sms => "短信",
        Channel::Post => "邮寄送达",
        Channel::InPerson => "直接送达",
        Channel::Left => "留置送达",
        Channel::PublicNotice => "公告送达",
    }
}
