//! The steps that carry a decision out and close the case.

use super::{Made, elsewhere};
use crate::{
    cases::{
        case::{CLOSE, Case, ENFORCE, PAY},
        command::{Command, Setting},
        execution::{CorrectionCheck, CourtApplication, Instalments, Payment, Remedy},
        on_the_spot::SIMPLE,
        order::CORRECT,
    },
    event::Event,
    law::effect::ClockEffect,
    notices::paper::Paper,
    refusal::Refusal,
    reports::state::Mark,
};

impl Case {
    #[expect(clippy::too_many_lines, reason = "one arm a command")]
    pub(super) fn carry_out(
        &mut self,
        command: Command,
        made: Mark,
        setting: &Setting,
    ) -> Result<Made, Refusal> {
        let (case, on) = (self.id, setting.today());
        let merchant = self.merchant;
        match command {
            Command::AllowInstalments { until, reason } => {
                self.allow_instalments(
                    Instalments {
                        until,
                        reason,
                        approved: made,
                    },
                    setting,
                )?;
                let clocks = vec![
                    ClockEffect::Lapse { rule: PAY, on },
                    ClockEffect::StartUntil {
                        rule: PAY,
                        opened_on: on,
                        until,
                    },
                ];
                Ok((Event::InstalmentsAllowed { case }, clocks, None))
            }
            Command::RecordFinePayment {
                sum,
                paid_on,
                receipt,
            } => {
                self.pay(
                    Payment {
                        sum,
                        paid_on,
                        receipt,
                        noted: made,
                    },
                    setting,
                )?;
                let mut clocks = self.paid(setting);
                clocks.extend(self.carried_out(setting));
                Ok((Event::PaymentRecorded { case }, clocks, None))
            }
            Command::CheckCorrection {
                violation,
                on: day,
                is_made,
                found,
            } => {
                let check = CorrectionCheck {
                    on: day,
                    is_made,
                    found,
                    noted: made,
                };
                let clocks = if let Some(violation) = violation {
                    let before = self.next_ordered();
                    self.check_order(&violation, check, setting)?;
                    let rule = CORRECT;
                    self.ordered_anew(before, ClockEffect::Satisfy { rule, on: day })
                } else {
                    self.check_correction(check, setting)?;
                    let mut clocks: Vec<_> = self.looked().into_iter().collect();
                    clocks.extend(self.carried_out(setting));
                    clocks
                };
                Ok((Event::CorrectionChecked { case, merchant }, clocks, None))
            }
            Command::NoteRemedy {
                kind,
                body,
                document,
                from,
                until,
            } => {
                let owed = self.owes(setting);
                let remedy = Remedy {
                    kind,
                    body,
                    document,
                    from,
                    until,
                    noted: made,
                };
                self.note_remedy(remedy, setting)?;
                // Its days may be all that was still to be paid for.
                let mut clocks = Vec::new();
                if owed && !self.owes(setting) {
                    clocks = self.paid(setting);
                    clocks.extend(self.carried_out(setting));
                }
                Ok((Event::RemedyNoted { case }, clocks, None))
            }
            Command::RemindParty => {
                self.remind(made, setting)?;
                Ok((
                    Event::PartyReminded { case },
                    Vec::new(),
                    Some(Paper::PaymentReminder),
                ))
            }
            Command::ApplyToCourt { court, .. } => {
                self.apply_to_court(CourtApplication { court, made }, setting)?;
                let rule = ENFORCE;
                let asked = self.enforcement(ClockEffect::Satisfy { rule, on });
                Ok((
                    Event::CourtAsked { case },
                    asked.into_iter().collect(),
                    Some(Paper::EnforcementApplication),
                ))
            }
            Command::FinishCase { in_spite } => {
                self.finish(in_spite.as_ref(), made, setting)?;
                let mut clocks = self.payment_over(on);
                clocks.extend(self.correction_over(on));
                if self.file.execution.carried_out_on.is_some() {
                    clocks.push(ClockEffect::Satisfy { rule: CLOSE, on });
                }
                Ok((
                    Event::CaseFinished { case },
                    clocks,
                    Some(Paper::CaseClosing),
                ))
            }
            Command::FilePapers => {
                self.file_papers(made)?;
                let clocks = vec![ClockEffect::Satisfy { rule: SIMPLE, on }];
                Ok((Event::PapersFiled { case }, clocks, None))
            }
            Command::ArchiveCase => {
                self.archive(made, setting)?;
                let mut clocks = Vec::new();
                // What is in the archive came to the office.
                if self.lacks_papers() {
                    self.file_papers(made)?;
                    clocks.push(ClockEffect::Satisfy { rule: SIMPLE, on });
                }
                Ok((
                    Event::CaseArchived { case },
                    clocks,
                    Some(Paper::CaseArchive),
                ))
            }
            _ => Err(elsewhere()),
        }
    }
}
