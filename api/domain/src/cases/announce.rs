//! The notice of what is intended, and what the party says to it (Order 2, article 57; Administrative
//! Penalty Law, articles 44, 45, 62 to 64).

use super::{
    case::Case,
    command::Setting,
    file::{AuditKind, Outcome},
    service::Delivery,
};
use crate::{
    law::calendar::shanghai_date,
    limits::CASE_ACTS,
    refusal::{Code, Refusal},
    reports::state::Mark,
    text::{Line, Narrative},
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// That a paper counts as served.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Served {
    /// How it reached the party.
    pub delivery: Delivery,
    /// The day in China from which periods run.
    pub on: NaiveDate,
    /// The last day of the period that it opens; unknown if the calendar lacked the year, and then the setting
    /// says it as soon as the year is there.
    pub until: Option<NaiveDate>,
    /// Who noted it.
    pub noted: Mark,
}

/// The notice of the intended penalty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// Who issued it, and when.
    pub issued: Mark,
    /// Whether the party may ask for a hearing.
    pub offers_hearing: bool,
    /// That it reached the party.
    pub served: Option<Served>,
}

words! {
    /// What the party says to a notice.
    pub enum AnswerKind as "AnswerKind" {
        /// A statement or a defence; the decision has to answer it.
        Statement,
        /// A signed waiver of statement, defence and hearing: the wait is over.
        Waiver,
        /// A request for a hearing.
        HearingRequest,
    }
}

/// What the party says to a notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// What it is.
    pub kind: AnswerKind,
    /// In the party's words.
    pub words: Option<Narrative>,
    /// What shows it, where an officer noted it: the signed paper.
    pub proof: Option<Line>,
    /// When it was noted.
    pub at: DateTime<Utc>,
    /// The day in China on which it arrived, where an officer noted it later.
    #[serde(default)]
    pub arrived_on: Option<NaiveDate>,
}

impl Answer {
    /// The day in China on which it arrived: what its time is judged by.
    #[must_use]
    pub fn came_on(&self) -> NaiveDate {
        self.arrived_on.unwrap_or_else(|| shanghai_date(self.at))
    }
}

impl Case {
    /// The notice is written (article 57). Where the case is weighty the legal audit comes first (article 50).
    pub(super) fn issue_notice(&mut self, issued: Mark, setting: &Setting) -> Result<(), Refusal> {
        self.still_open()?;
        let audited = self.audited()?;
        if audited.proposal.weighty.is_some()
            && !audited
                .audits
                .iter()
                .any(|audit| audit.is_passed() && audit.kind == AuditKind::Legal)
        {
            return Err(Refusal::of(Code::LegalAuditRequired));
        }
        let Outcome::Penalty(penalty) = &audited.proposal.outcome else {
            return Err(self.wrong_state());
        };
        penalty.check(setting)?;
        if audited.notice.is_some() {
            return Err(self.wrong_state());
        }
        let offers_hearing = penalty.reaches(setting.hearing_from);
        audited.notice = Some(Notice {
            issued,
            offers_hearing,
            served: None,
        });
        Ok(())
    }

    /// The notice reaches the party; the days for an answer begin.
    pub(super) fn serve_notice(
        &mut self,
        delivery: Delivery,
        noted: Mark,
        setting: &Setting,
    ) -> Result<(), Refusal> {
        self.still_open()?;
        let notice = self.notice_mut()?;
        if notice.served.is_some() {
            return Err(self.wrong_state());
        }
        notice.served = Some(delivered(delivery, notice.issued.at, noted, setting)?);
        Ok(())
    }

    /// The party says something, also while the case waits, by its suspension or for the police, for its days
    /// run on. A waiver needs a signature: the party's account, or a paper.
    pub(super) fn answer(&mut self, answer: Answer, setting: &Setting) -> Result<(), Refusal> {
        self.undecided()?;
        if !setting.is_party && answer.proof.is_none() {
            return Err(Refusal::on(Code::AnswerProofRequired, "proof"));
        }
        if setting.is_party && answer.arrived_on.is_some() {
            return Err(Refusal::on(Code::FieldFormat, "arrivedOn"));
        }
        let notice = self.notice_mut()?;
        let Some(served) = &notice.served else {
            return Err(Refusal::of(Code::NoticeRequired));
        };
        if let Some(day) = answer.arrived_on {
            // What is made public may be answered before it counts as served.
            let first = shanghai_date(served.delivery.at);
            setting.check_past(day, Some(first), "arrivedOn")?;
        }
        if answer.kind == AnswerKind::HearingRequest {
            self.may_ask_hearing(&answer, setting)?;
        }
        let Some(round) = self.file.round_mut() else {
            return Err(Refusal::of(Code::ProposalRequired));
        };
        if round.answers.len() >= CASE_ACTS {
            return Err(Refusal::of(Code::FieldTooLong).with(CASE_ACTS.to_string()));
        }
        if answer.kind == AnswerKind::HearingRequest {
            round.hearing = Some(super::hearing::Hearing::asked(answer.at));
        }
        round.answers.push(answer);
        Ok(())
    }

    /// Refuses a hearing that was not offered, is asked for after its days, or is on already.
    fn may_ask_hearing(&self, answer: &Answer, setting: &Setting) -> Result<(), Refusal> {
        let round = self.file.round();
        let notice = round.and_then(|round| round.notice.as_ref());
        if notice.is_none_or(|notice| !notice.offers_hearing) {
            return Err(Refusal::of(Code::HearingNotOffered));
        }
        let served = notice.and_then(|notice| notice.served.as_ref());
        let until = served.and_then(|served| served.until);
        let until = until.or(setting.answer_until);
        if let Some(until) = until.filter(|until| answer.came_on() > *until) {
            return Err(Refusal::of(Code::HearingRequestLate).with(until.to_string()));
        }
        if round.is_some_and(|round| round.hearing.is_some()) {
            return Err(self.wrong_state());
        }
        Ok(())
    }

    /// The window of article 57: only a signed waiver after which nothing was said ends the wait, else
    /// its last day must be over. While the calendar lacks the year nobody can say that it is over.
    pub(super) fn check_window(&self, setting: &Setting) -> Result<(), Refusal> {
        let today = setting.today();
        let round = self
            .file
            .round()
            .ok_or(Refusal::of(Code::ProposalRequired))?;
        let served = round
            .notice
            .as_ref()
            .and_then(|notice| notice.served.as_ref());
        let served = served.ok_or(Refusal::of(Code::NoticeRequired))?;
        if round.is_waived() {
            return Ok(());
        }
        match served.until.or(setting.answer_until) {
            Some(until) if today > until => Ok(()),
            Some(until) => Err(Refusal::of(Code::DefenceWindowOpen).with(until.to_string())),
            None => Err(Refusal::of(Code::CalendarYearMissing).with("—")),
        }
    }

    fn notice_mut(&mut self) -> Result<&mut Notice, Refusal> {
        let missing = self.missing_step();
        let round = self.file.round_mut();
        round.and_then(|round| round.notice.as_mut()).ok_or(missing)
    }
}

impl super::file::Round {
    /// Whether a waiver is the last word.
    #[must_use]
    fn is_waived(&self) -> bool {
        self.hearing.is_none()
            && self
                .answers
                .last()
                .is_some_and(|last| last.kind == AnswerKind::Waiver)
    }

    /// What the party stated.
    pub fn statements(&self) -> impl Iterator<Item = &Narrative> {
        let said = self
            .answers
            .iter()
            .filter(|answer| answer.kind != AnswerKind::Waiver);
        said.filter_map(|answer| answer.words.as_ref())
    }
}

/// Notes a service. The last day of what it opens is the setting's to say.
pub(super) fn delivered(
    delivery: Delivery,
    issued_at: DateTime<Utc>,
    noted: Mark,
    setting: &Setting,
) -> Result<Served, Refusal> {
    delivery.check(issued_at, setting.now)?;
    Ok(Served {
        on: delivery.served_on(setting.public_notice_days),
        delivery,
        until: setting.until,
        noted,
    })
}
