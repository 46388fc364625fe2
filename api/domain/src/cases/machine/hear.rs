//! The steps by which the party is told and heard.

use super::{Made, elsewhere};
use crate::{
    cases::{
        announce::{Answer, AnswerKind},
        case::{AUDIT, Case, DECIDE, DEFEND},
        command::{Command, Setting},
        hearing::{Announcement, HearingRecord},
    },
    event::Event,
    law::{clock::PauseCause, effect::ClockEffect},
    notices::paper::Paper,
    refusal::Refusal,
    reports::state::Mark,
};

impl Case {
    #[expect(clippy::too_many_lines, reason = "one arm a command")]
    pub(super) fn hear(
        &mut self,
        command: Command,
        made: Mark,
        setting: &Setting,
    ) -> Result<Made, Refusal> {
        let (case, on) = (self.id, setting.today());
        match command {
            Command::IssueNotice => {
                self.issue_notice(made, setting)?;
                Ok((
                    Event::NoticeIssued { case },
                    Vec::new(),
                    Some(Paper::PenaltyNotice),
                ))
            }
            Command::ServeNotice { delivery } => {
                let rule = DEFEND;
                let opened_on = delivery.served_on(setting.public_notice_days);
                let waited = delivery.waited(setting.public_notice_days);
                self.serve_notice(delivery, made, setting)?;
                let mut clocks = vec![ClockEffect::Start { rule, opened_on }];
                // The days of a public notice do not count for deciding (Order 2, article 64).
                clocks.extend(waited.map(|(from, until)| ClockEffect::Except {
                    rule: DECIDE,
                    cause: PauseCause::PublicNotice,
                    from: from.min(on),
                    until,
                }));
                Ok((
                    Event::NoticeServed { case },
                    clocks,
                    Some(Paper::ServiceReceipt),
                ))
            }
            Command::AnswerNotice {
                statement,
                proof,
                arrived_on,
            } => {
                let kind = if statement.is_some() {
                    AnswerKind::Statement
                } else {
                    AnswerKind::Waiver
                };
                let answer = Answer {
                    kind,
                    words: statement,
                    proof,
                    at: made.at,
                    arrived_on,
                };
                let said = answered(&answer);
                self.answer(answer, setting)?;
                Ok((Event::NoticeAnswered { case }, vec![said], None))
            }
            Command::RequestHearing {
                words,
                proof,
                arrived_on,
            } => {
                let answer = Answer {
                    kind: AnswerKind::HearingRequest,
                    words,
                    proof,
                    at: made.at,
                    arrived_on,
                };
                let said = answered(&answer);
                self.answer(answer, setting)?;
                let (rule, cause) = (DECIDE, PauseCause::Hearing);
                let mut clocks = vec![said];
                // While the case is suspended the period waits already.
                if !self.file.is_suspended() {
                    clocks.push(ClockEffect::Pause { rule, cause, on });
                }
                Ok((Event::HearingRequested { case }, clocks, None))
            }
            Command::AnnounceHearing { at, place, chair } => {
                self.announce_hearing(
                    Announcement {
                        at,
                        place,
                        chair,
                        made,
                    },
                    setting,
                )?;
                Ok((
                    Event::HearingAnnounced { case },
                    Vec::new(),
                    Some(Paper::HearingNotice),
                ))
            }
            Command::HoldHearing { record, opinion } => {
                let held = HearingRecord {
                    record,
                    opinion,
                    made,
                };
                self.hold_hearing(held, setting)?;
                let goes_on = ClockEffect::Resume { rule: DECIDE, on };
                let audited = ClockEffect::Start {
                    rule: AUDIT,
                    opened_on: on,
                };
                Ok((
                    Event::HearingHeld { case },
                    vec![goes_on, audited],
                    Some(Paper::HearingRecord),
                ))
            }
            _ => Err(elsewhere()),
        }
    }
}

/// The answer is given on the day on which it arrived.
fn answered(answer: &Answer) -> ClockEffect {
    ClockEffect::Satisfy {
        rule: DEFEND,
        on: answer.came_on(),
    }
}
