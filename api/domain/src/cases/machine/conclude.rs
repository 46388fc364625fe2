//! The steps that decide a case, or end it otherwise.

use super::{Made, elsewhere};
use crate::{
    cases::{
        case::{Case, DECIDE, SERVE},
        command::{Command, Setting},
        decide::Conference,
        ending::{Change, ChangeKind, Ending, EndingKind},
    },
    event::Event,
    law::{calendar::shanghai_date, effect::ClockEffect},
    notices::paper::Paper,
    refusal::Refusal,
    reports::state::Mark,
};

impl Case {
    #[expect(clippy::too_many_lines, reason = "one arm a command")]
    pub(super) fn conclude(
        &mut self,
        command: Command,
        made: Mark,
        setting: &Setting,
    ) -> Result<Made, Refusal> {
        let (case, on) = (self.id, setting.today());
        let (report, merchant) = (self.basis.report, self.merchant);
        match command {
            Command::RecordConference {
                attendees,
                record,
                opinion,
            } => {
                self.confer(Conference {
                    attendees,
                    record,
                    opinion,
                    made,
                })?;
                Ok((
                    Event::CaseConferred { case },
                    Vec::new(),
                    Some(Paper::ConferenceRecord),
                ))
            }
            Command::DecideCase { ruling } => {
                let mut clocks = self.defend_over(on);
                clocks.extend(self.review_over(on));
                clocks.extend(self.orders_over(on));
                self.decide(ruling, made, setting)?;
                clocks.push(ClockEffect::Satisfy { rule: DECIDE, on });
                clocks.push(ClockEffect::Start {
                    rule: SERVE,
                    opened_on: on,
                });
                Ok((
                    Event::CaseDecided { case, report },
                    clocks,
                    Some(Paper::PenaltyDecision),
                ))
            }
            Command::ServeDecision { delivery } => {
                let opened_on = delivery.served_on(setting.public_notice_days);
                let on = shanghai_date(delivery.at);
                self.serve_decision(delivery, made, setting)?;
                let mut clocks = vec![ClockEffect::Satisfy { rule: SERVE, on }];
                clocks.extend(self.payment_begins(opened_on));
                clocks.extend(self.correction_begins(opened_on));
                Ok((
                    Event::DecisionServed { case, merchant },
                    clocks,
                    Some(Paper::ServiceReceipt),
                ))
            }
            Command::ChangeDecision {
                kind,
                by,
                body,
                document,
                on: day,
                left,
                reason,
            } => {
                let annulled = self.decision_over(on);
                let (fine, left) = self.left_by(kind, left);
                self.change(
                    Change {
                        kind,
                        by: Some(by),
                        body,
                        document,
                        on: day,
                        reason,
                        fine,
                        gains: left.gains,
                        goods: left.goods,
                        noted: made,
                    },
                    setting,
                )?;
                let clocks = match kind {
                    ChangeKind::Annulled => annulled,
                    ChangeKind::Lowered => self.lowered(setting),
                    ChangeKind::Corrected => Vec::new(),
                };
                Ok((
                    Event::DecisionChanged { case, merchant },
                    clocks,
                    Some(Paper::DecisionChange),
                ))
            }
            Command::CloseCase { .. } => {
                let clocks = self.over(ClockEffect::Satisfy { rule: DECIDE, on }, on);
                let kind = EndingKind::NoPenalty;
                self.end(Ending { kind, made }, setting)?;
                let event = report.map_or(Event::CaseEnded { case }, |report| {
                    Event::ReportClosed { report }
                });
                Ok((event, clocks, Some(Paper::NoPenaltyDecision)))
            }
            // Nobody decides it any more, here or at all, so that the period for deciding falls away.
            Command::TerminateCase { .. } => {
                let clocks = self.over(ClockEffect::Lapse { rule: DECIDE, on }, on);
                let kind = EndingKind::Terminated;
                self.end(Ending { kind, made }, setting)?;
                let event = report.map_or(Event::CaseEnded { case }, |report| {
                    Event::ReportClosed { report }
                });
                Ok((event, clocks, Some(Paper::TerminationOfCase)))
            }
            Command::TransferCase { to, .. } => {
                self.may_go_to(to)?;
                let clocks = self.over(ClockEffect::Lapse { rule: DECIDE, on }, on);
                let kind = EndingKind::Transferred;
                self.end(Ending { kind, made }, setting)?;
                let letter = report.is_none().then_some(Paper::TransferLetter);
                let event = report.map_or(Event::CaseTransferred { case }, |report| {
                    Event::ReportTransferred { report }
                });
                Ok((event, clocks, letter))
            }
            _ => Err(elsewhere()),
        }
    }
}
