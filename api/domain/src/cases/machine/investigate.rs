//! The steps of the investigation, up to its audit.

use super::{Made, elsewhere};
use crate::{
    cases::{
        case::{AUDIT, Case, DECIDE},
        command::{Command, Setting},
        decide::Further,
        file::{Audit, Outcome, Proposal, Suspension, SuspensionCause},
        order::{CORRECT, Order},
    },
    event::Event,
    law::{clock::PauseCause, effect::ClockEffect},
    limits::CASE_ACTS,
    notices::paper::Paper,
    refusal::{Code, Refusal},
    reports::state::Mark,
};

impl Case {
    #[expect(clippy::too_many_lines, reason = "one arm a command")]
    pub(super) fn investigate(
        &mut self,
        command: Command,
        made: Mark,
        setting: &Setting,
    ) -> Result<Made, Refusal> {
        let (case, on) = (self.id, setting.today());
        match command {
            Command::OrderCorrection {
                violation,
                correction,
                correct_by,
                consequence,
            } => {
                self.still_open()?;
                self.has_team(setting)?;
                let row = setting.row(&violation);
                let row = row.ok_or_else(|| Refusal::on(Code::ViolationUnknown, "violation"))?;
                if setting.venue.is_some_and(|venue| !row.applies_to(venue)) {
                    return Err(
                        Refusal::on(Code::ViolationVenue, "violation").with(violation.to_string())
                    );
                }
                if correct_by < on {
                    return Err(Refusal::on(Code::TimeTooOld, "correctBy"));
                }
                if self.file.orders.len() >= CASE_ACTS {
                    return Err(Refusal::of(Code::FieldTooLong).with(CASE_ACTS.to_string()));
                }
                let before = self.next_ordered();
                self.file.orders.push(Order {
                    violation,
                    correction,
                    correct_by,
                    consequence,
                    made,
                    served_on: None,
                    checks: Vec::new(),
                    is_timed: true,
                });
                let rule = CORRECT;
                Ok((
                    Event::CorrectionOrdered { case },
                    self.ordered_anew(before, ClockEffect::Lapse { rule, on }),
                    Some(Paper::CorrectionOrder),
                ))
            }
            Command::SuspendCase { cause, reason } => {
                let pause = cause.pause();
                self.suspend(Suspension {
                    cause,
                    reason,
                    approved: made,
                    resumed: None,
                })?;
                let (rule, cause) = (DECIDE, pause);
                let waits = ClockEffect::Pause { rule, cause, on };
                Ok((
                    Event::CaseSuspended { case },
                    vec![waits],
                    Some(Paper::SuspensionOfCase),
                ))
            }
            Command::ResumeCase => {
                self.resume(made)?;
                let mut clocks = vec![ClockEffect::Resume { rule: DECIDE, on }];
                // What was asked for meanwhile is waited for from now on.
                if self.is_hearing_awaited() {
                    let (rule, cause) = (DECIDE, PauseCause::Hearing);
                    clocks.push(ClockEffect::Pause { rule, cause, on });
                }
                Ok((Event::CaseResumed { case }, clocks, None))
            }
            Command::ExtendCase { further, .. } => {
                let (rule, by) = (DECIDE, made.by);
                let longer = match &further {
                    None => ClockEffect::Extend { rule, by, on },
                    Some(Further { days, .. }) => ClockEffect::ExtendBy {
                        rule,
                        by,
                        on,
                        length: *days,
                    },
                };
                self.extend(further, made)?;
                Ok((
                    Event::CaseExtended { case },
                    vec![longer],
                    Some(Paper::ExtensionOfCase),
                ))
            }
            Command::ProposePenalty {
                penalty,
                weighty,
                new_facts,
            } => {
                let same_acts = penalty.same_acts(&self.basis.told, setting);
                let outcome = Outcome::Penalty(penalty);
                self.proposed(
                    Proposal {
                        outcome,
                        weighty,
                        new_facts,
                        same_acts,
                        made,
                    },
                    setting,
                )
            }
            Command::ProposeNoPenalty {
                ground,
                reason,
                corrected_on,
            } => {
                let outcome = Outcome::NoPenalty {
                    ground,
                    reason,
                    corrected_on,
                };
                self.proposed(
                    Proposal {
                        outcome,
                        weighty: None,
                        new_facts: None,
                        same_acts: Vec::new(),
                        made,
                    },
                    setting,
                )
            }
            Command::AuditCase {
                kind,
                opinion,
                missing,
                qualification,
            } => {
                let audit = Audit {
                    kind,
                    opinion,
                    missing,
                    qualification,
                    made,
                };
                self.audit(audit, setting)?;
                let done = self.audit_clock(ClockEffect::Satisfy { rule: AUDIT, on });
                Ok((Event::CaseAudited { case }, done, Some(Paper::AuditOpinion)))
            }
            _ => Err(elsewhere()),
        }
    }

    fn proposed(&mut self, proposal: Proposal, setting: &Setting) -> Result<Made, Refusal> {
        let on = setting.today();
        // What ran for the report before falls away: its audit, which runs again after a hearing, the days
        // for an answer, and the wait for a hearing that is not held any more.
        let mut clocks = self.defend_over(on);
        clocks.extend(self.audit_clock(ClockEffect::Lapse { rule: AUDIT, on }));
        if self.is_hearing_awaited() {
            clocks.push(ClockEffect::Resume { rule: DECIDE, on });
        }
        self.propose(proposal, setting)?;
        clocks.push(ClockEffect::Start {
            rule: AUDIT,
            opened_on: on,
        });
        let event = Event::PenaltyProposed { case: self.id };
        Ok((event, clocks, Some(Paper::CaseFile)))
    }
}

impl SuspensionCause {
    /// What it is to the period for deciding.
    const fn pause(self) -> PauseCause {
        match self {
            Self::Testing => PauseCause::Testing,
            Self::Identification => PauseCause::Identification,
            Self::Refund => PauseCause::Refund,
            Self::OtherDecision
            | Self::LegalQuestion
            | Self::ForceMajeure
            | Self::PartyMissing
            | Self::Other => PauseCause::Suspension,
        }
    }
}
