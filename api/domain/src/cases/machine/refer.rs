//! The steps of a referral to the police, which goes on beside the case.

use super::{Made, elsewhere};
use crate::{
    cases::{
        case::Case,
        command::{Command, Setting},
        referral::{
            ANSWER, GOODS, GoodsHandedOver, HAND_OVER, HandedOver, LiabilityNote, PoliceAnswer,
            PoliceReturn, REFERRAL, REVIEW, ReferralDecision, ReviewRequest,
        },
    },
    event::Event,
    law::effect::ClockEffect,
    notices::paper::Paper,
    refusal::Refusal,
    reports::state::Mark,
};
use chrono::NaiveDate;

impl Case {
    /// What the bureau does.
    pub(super) fn refer(
        &mut self,
        command: Command,
        made: Mark,
        setting: &Setting,
    ) -> Result<Made, Refusal> {
        let (case, on) = (self.id, setting.today());
        match command {
            Command::ReportCrime { facts, report } => {
                let mut clocks = self.review_over(on);
                self.report_crime((facts, report), made)?;
                clocks.push(starts(REFERRAL, on));
                Ok((Event::CrimeReported { case }, clocks, None))
            }
            Command::DecideReferral { refer, reason } => {
                self.decide_referral(ReferralDecision {
                    refer,
                    reason,
                    made,
                })?;
                let mut clocks = vec![done(REFERRAL, on)];
                clocks.extend(refer.then(|| starts(HAND_OVER, on)));
                Ok((Event::ReferralDecided { case }, clocks, None))
            }
            Command::HandOver { transfer } => {
                self.hand_over(HandedOver {
                    to: transfer.to,
                    document: transfer.document,
                    enclosures: Some(transfer.enclosures),
                    made,
                })?;
                let clocks = vec![done(HAND_OVER, on), starts(ANSWER, on)];
                Ok((
                    Event::CrimeHandedOver { case },
                    clocks,
                    Some(Paper::PoliceTransfer),
                ))
            }
            Command::AskReview { reason } => {
                self.ask_review(ReviewRequest { reason, made }, setting)?;
                // The police have the same days for it once more.
                let clocks = vec![done(REVIEW, on), starts(ANSWER, on)];
                Ok((Event::ReferralReviewAsked { case }, clocks, None))
            }
            Command::HandOverGoods { list } => {
                self.hand_over_goods(GoodsHandedOver { list, made })?;
                let clocks = vec![done(GOODS, on)];
                Ok((Event::GoodsHandedOver { case }, clocks, None))
            }
            _ => Err(elsewhere()),
        }
    }

    /// What the police say.
    pub(super) fn hear_police(
        &mut self,
        command: Command,
        noted: Mark,
        setting: &Setting,
    ) -> Result<Made, Refusal> {
        let (case, today) = (self.id, setting.today());
        match command {
            Command::NotePoliceAnswer {
                accepted,
                document,
                on,
            } => {
                let until = setting.until;
                self.answered(
                    PoliceAnswer {
                        accepted,
                        document,
                        on,
                        until,
                        noted,
                    },
                    setting,
                )
            }
            Command::NoteLiability {
                is_liable,
                document,
                on,
            } => {
                self.note_liability(
                    LiabilityNote {
                        is_liable,
                        document,
                        on,
                        noted,
                    },
                    setting,
                )?;
                Ok((Event::LiabilityNoted { case }, Vec::new(), None))
            }
            Command::ReturnFromPolice {
                document,
                on,
                reason,
            } => {
                self.police_returned(
                    PoliceReturn {
                        document,
                        on,
                        reason,
                        noted,
                    },
                    setting,
                )?;
                let clocks = vec![ClockEffect::Lapse {
                    rule: GOODS,
                    on: today,
                }];
                Ok((Event::PoliceReturned { case }, clocks, None))
            }
            _ => Err(elsewhere()),
        }
    }

    /// What is taken up is followed by its goods; what is refused for the first time may be reviewed.
    fn answered(&mut self, answer: PoliceAnswer, setting: &Setting) -> Result<Made, Refusal> {
        let (on, accepted) = (answer.on, answer.accepted);
        self.police_answered(answer, setting)?;
        let mut clocks = vec![done(ANSWER, on)];
        if accepted {
            clocks.push(starts(GOODS, on));
        } else if self.file.may_ask_review() {
            clocks.push(starts(REVIEW, on));
        }
        Ok((Event::PoliceAnswered { case: self.id }, clocks, None))
    }
}

const fn starts(rule: &'static str, opened_on: NaiveDate) -> ClockEffect {
    ClockEffect::Start { rule, opened_on }
}

const fn done(rule: &'static str, on: NaiveDate) -> ClockEffect {
    ClockEffect::Satisfy { rule, on }
}
