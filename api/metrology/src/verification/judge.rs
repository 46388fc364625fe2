//! From what was seen to findings. Intervals and articles come from the rule set, never from here.

use rust_decimal::Decimal;

use super::mark::{CheatingSeen, MarkSeen, Purpose, VerificationMark};
use super::period::{self, Basis, Standing};
use super::{Term, words};
use crate::input::InputError;
use crate::refusal::JudgeError;
use crate::rules::{Edition, InstrumentRow, Part, RuleSet, VerificationRules};
use crate::slip::Slips;
use crate::verdict::{Bars, CheckResult, Cite, Grounds, Verdict, Words};

/// The instrument is verified and within the period.
const VERIFICATION: &str = "VERIFICATION";
/// A genuine mark of a passed verification, or the certificate.
const MARK: &str = "MARK";
/// No sign of a function that cheats.
const CHEATING: &str = "CHEATING";

/// Judges what was seen of an instrument's verification by the catalogue in force on the day.
///
/// Pure. Refuses dates in the wrong order, an interval of 0 or more than 600 months, codes or a Max
/// on anything but a price-computing scale, a broken seal on what has none, a period that looks like a
/// slip, and a day for which no catalogue is loaded.
pub fn judge(rules: &RuleSet, input: &VerificationMark) -> Result<Verdict, JudgeError> {
    input.check()?;
    let edition = rules.edition_on::<VerificationRules>(input.inspected_on)?;
    let row = edition.rules.find(input.instrument);
    seals::check(edition.rules, input)?;
    let is_compulsory = row.is_some_and(|row| row.is_compulsory(input.inspected_on))
        && input.used_for != Purpose::Other;
    let (standing, basis) = period::standing(input, row, is_compulsory)?;
    let slips = doubt(rules, input, row)?;
    let mut check = Check {
        edition,
        input,
        row,
        is_compulsory,
        grounds: Grounds::new(rules),
        is_certificate_wanted: false,
        codes_wait_for: None,
    };
    check.grounds.apply(edition);
    slips.note(&mut check.grounds);
    check.note_duty();
    check.verification(standing, basis);
    check.note_period(standing)?;
    check.mark();
    check.seals();
    check.cheating();
    check.three_codes(rules);
    Ok(check.conclude(standing))
}

/// Refuses a period that looks like a slip beside that of the catalogue. A certificate may end as early as
/// it likes.
fn doubt<'a>(
    rules: &'a RuleSet,
    input: &VerificationMark,
    row: Option<&InstrumentRow>,
) -> Result<Slips<'a>, InputError> {
    let mut slips = Slips::of(rules, input.inspected_on, input.confirmed);
    let Some((least, most)) = row.and_then(period::months) else {
        return Ok(slips);
    };
    let mut check = |field: &str, months: Decimal| {
        let nearest = months.clamp(least, most);
        slips.check(|rules| &rules.verification_mark, field, months, nearest)
    };
    if let Some(months) = input.interval_printed_months {
        check("interval_printed_months", months.into())?;
    }
    if let Some((first, last)) = input.verified_on.zip(input.certificate_valid_until) {
        // A certificate ends on the day before the corresponding one.
        let end = last.succ_opt().unwrap_or(last);
        let months = period::months_between(first, end).max(least);
        check("certificate_valid_until", months)?;
    }
    Ok(slips)
}

/// One instrument on its way to a verdict.
struct Check<'a> {
    edition: Edition<'a, VerificationRules>,
    input: &'a VerificationMark,
    row: Option<&'a InstrumentRow>,
    is_compulsory: bool,
    grounds: Grounds,
    /// Whether the instrument is within an interval that nobody has confirmed and no certificate was seen.
    is_certificate_wanted: bool,
    /// What is missing to say whether the three codes are as they should be.
    codes_wait_for: Option<Part>,
}

impl Check<'_> {
    fn note_duty(&mut self) {
        let Some(row) = self.row else {
            let text = words::not_in_catalogue();
            return self.grounds.note("NOT_IN_CATALOGUE", text);
        };
        if !self.is_compulsory {
            let text = words::not_compulsory(row.is_compulsory(self.input.inspected_on));
            self.grounds.note("NOT_COMPULSORY", text);
        } else if self.is_for_another_purpose(row) {
            self.grounds
                .note("USED_FOR_ANOTHER_PURPOSE", words::purpose());
        }
    }

    fn verification(&mut self, standing: Standing, basis: Basis) {
        let duty = &self.edition.rules.duty;
        let result = match standing {
            Standing::Valid { days_left, .. } => {
                self.grounds.number("days_left", days_left.into(), "day");
                CheckResult::Passes
            }
            Standing::Overdue { days, .. } => {
                self.grounds.number("days_overdue", days.into(), "day");
                CheckResult::Fails
            }
            Standing::ValidForGood => CheckResult::Passes,
            Standing::Unverified | Standing::Failed => CheckResult::Fails,
            Standing::Open { .. } | Standing::Unknown => CheckResult::NotAssessed,
        };
        let doubt = match result {
            CheckResult::Fails => self.doubt_by(basis),
            CheckResult::Passes | CheckResult::NotAssessed => None,
        };
        let suggests = match standing {
            _ if !self.is_compulsory => &duty.violation_not_compulsory,
            Standing::Failed => &duty.violation_failed,
            _ => &duty.violation,
        };
        let (row, provenance) = match (basis, self.row) {
            (Basis::Catalogue | Basis::UseLife, Some(row)) => {
                (words::row(row), row.provenance.max(duty.provenance))
            }
            (Basis::Certificate, _) => ("date on the certificate".to_owned(), duty.provenance),
            (Basis::Printed, _) => ("interval printed".to_owned(), duty.provenance),
            (Basis::Catalogue | Basis::UseLife | Basis::Seen, _) => {
                ("duty".to_owned(), duty.provenance)
            }
        };
        let cite = Cite {
            head: self.edition.head,
            article: duty.article.as_str(),
            row,
            provenance,
            suggests: Some(suggests).filter(|_| doubt.is_none()),
        };
        let text = words::standing(standing, basis);
        let place = self.grounds.mark();
        self.grounds.require(VERIFICATION, None, result, cite, text);
        if let (Standing::Valid { .. }, Basis::Catalogue | Basis::UseLife) = (standing, basis) {
            self.is_certificate_wanted = self.row.is_some_and(|row| self.is_interval_open(row));
            if !self.is_certificate_wanted {
                let text = words::certificate_not_seen();
                self.grounds.note(Part::Certificate.code(), text);
            }
        }
        if let Some(text) = doubt {
            self.hold(place, text);
        }
    }

    /// A failure by a duty that is not certain is no firm one.
    fn hold(&mut self, place: usize, doubt: Words) {
        self.grounds.hold_since(place);
        if let Some(row) = self.row {
            let name = format!("listed: {}", row.name_en);
            self.grounds.rely_on(&name, row.listed());
        }
        self.grounds.reservation("DUTY_NOT_CONFIRMED", doubt);
    }

    /// Why it is not certain that its verification is compulsory; nothing where it is for certain, or is not.
    fn doubt_of_duty(&self) -> Option<Words> {
        let row = self.row.filter(|_| self.is_compulsory)?;
        if row.listed().is_provisional() {
            return Some(words::duty_not_confirmed());
        }
        self.is_for_another_purpose(row)
            .then(words::purpose_not_listed)
    }

    /// Whether it serves another purpose than the catalogue lists it for: a person decides.
    fn is_for_another_purpose(&self, row: &InstrumentRow) -> bool {
        row.area.is_some_and(|area| area != self.input.used_for)
    }

    /// Why nothing firm rests on where it stands: its duty is not certain, or nobody has confirmed how long
    /// its verification holds where only the catalogue says so.
    fn doubt_by(&self, basis: Basis) -> Option<Words> {
        let is_by_row = matches!(basis, Basis::Catalogue | Basis::UseLife);
        let is_open = |row| is_by_row && self.is_interval_open(row);
        let of_interval = || match self.is_compulsory {
            true => words::duty_not_confirmed(),
            false => words::interval_not_confirmed(),
        };
        let is_open = self.row.is_some_and(is_open);
        // A term on a certificate or a mark binds whoever keeps an instrument that is not listed, too (article 43).
        self.doubt_of_duty().or_else(|| is_open.then(of_interval))
    }

    /// Whether the interval of a row binds nobody for certain: it is not confirmed, or the instrument serves
    /// what the catalogue does not ask a verification for.
    fn is_interval_open(&self, row: &InstrumentRow) -> bool {
        row.provenance.is_provisional() || !self.is_compulsory
    }

    fn note_period(&mut self, standing: Standing) -> Result<(), JudgeError> {
        let soon = self.edition.rules.due_soon.days;
        match standing {
            Standing::Valid { last, days_left } if days_left <= soon => {
                let text = words::due_soon(last, days_left);
                self.grounds.note("DUE_SOON", text);
            }
            _ => {}
        }
        let (Some(row), Some(verified_on)) = (self.row, self.input.verified_on) else {
            return Ok(());
        };
        let printed = match (
            self.input.certificate_valid_until,
            self.input.interval_printed_months,
        ) {
            (Some(last), _) => Some(last),
            (None, Some(months)) => super::valid_until(verified_on, months, None).ok(),
            (None, None) => None,
        };
        let longest = period::by_catalogue(verified_on, row)?.and_then(Term::latest);
        if let Some((printed, longest)) = printed.zip(longest)
            && printed > longest
        {
            let text = words::longer_than_catalogue(printed, longest);
            self.grounds.note("PERIOD_LONGER_THAN_CATALOGUE", text);
        }
        Ok(())
    }

    fn mark(&mut self) {
        let (duty, mark) = (&self.edition.rules.duty, &self.edition.rules.mark);
        let has_certificate = self.input.certificate_valid_until.is_some();
        let (result, suggests) = match self.input.mark {
            MarkSeen::ValidSeen => (CheckResult::Passes, None),
            MarkSeen::Forged => (CheckResult::Fails, Some(&mark.violation_forged)),
            MarkSeen::Failed if self.is_compulsory => {
                (CheckResult::Fails, Some(&duty.violation_failed))
            }
            MarkSeen::Failed => (CheckResult::Fails, Some(&duty.violation_not_compulsory)),
            // The law wants mark or certificate.
            MarkSeen::Absent if has_certificate => (CheckResult::Passes, None),
            MarkSeen::Absent if self.is_compulsory => (CheckResult::Fails, Some(&duty.violation)),
            MarkSeen::Absent | MarkSeen::Unreadable | MarkSeen::NotSeen => {
                (CheckResult::NotAssessed, None)
            }
        };
        // Whoever forges a mark is bound whatever the instrument is to the catalogue.
        let doubt = match (result, self.input.mark) {
            (CheckResult::Fails, MarkSeen::Absent | MarkSeen::Failed) => self.doubt_of_duty(),
            _ => None,
        };
        let cite = Cite {
            head: self.edition.head,
            article: mark.article.as_str(),
            row: "mark".to_owned(),
            provenance: mark.provenance,
            suggests: suggests.filter(|_| doubt.is_none()),
        };
        let text = words::mark(self.input.mark, has_certificate);
        let place = self.grounds.mark();
        self.grounds.require(MARK, None, result, cite, text);
        if let Some(text) = doubt {
            self.hold(place, text);
        }
    }

    fn cheating(&mut self) {
        let row = &self.edition.rules.cheating;
        let result = match self.input.cheating_function {
            CheatingSeen::Suspected => CheckResult::Fails,
            CheatingSeen::NotSeen => CheckResult::NotAssessed,
        };
        let cite = Cite {
            head: self.edition.head,
            article: row.article.as_str(),
            row: "cheating".to_owned(),
            provenance: row.provenance,
            suggests: Some(&row.violation),
        };
        let text = words::cheating(self.input.cheating_function);
        self.grounds.require(CHEATING, None, result, cite, text);
        if self.input.cheating_function == CheatingSeen::Suspected {
            let text = words::suspicion();
            self.grounds.note("CHEATING_IS_A_SUSPICION", text);
        }
    }

    /// Names every part that nobody looked at.
    fn name_left_out(&mut self) {
        let has_certificate = self.input.certificate_valid_until.is_some();
        for row in self.edition.rules.parts.in_use() {
            let is_left_out = match row.part {
                Part::Mark => match self.input.mark {
                    MarkSeen::NotSeen => true,
                    MarkSeen::Unreadable => !has_certificate,
                    _ => false,
                },
                Part::Certificate => self.is_certificate_wanted,
                Part::Seals => self.are_seals_left_out(),
                Part::ThreeCodes | Part::ProductionDay => self.codes_wait_for == Some(row.part),
                _ => false,
            };
            if is_left_out {
                self.grounds.lacks(row);
            }
        }
    }

    /// Where it stands, or what fails besides. Of an instrument that may cheat one thing alone counts.
    fn say_plainly(&mut self, standing: Standing) {
        let stands = words::stands(standing);
        if self.input.cheating_function == CheatingSeen::Suspected {
            return self.grounds.say_plainly(words::leave_as_it_is());
        }
        match self
            .grounds
            .first_failing()
            .map(|one| one.check == VERIFICATION)
        {
            Some(false) => self.grounds.tell_first(&stands),
            Some(true) | None => self.grounds.tell(&stands),
        }
    }

    fn conclude(mut self, standing: Standing) -> Verdict {
        let is_open = matches!(standing, Standing::Open { .. } | Standing::Unknown);
        // An unknown period never conforms, but it does not hide what fails either.
        if is_open {
            let text = words::period_unknown(standing);
            self.grounds.obstacle(Bars::Passing, "PERIOD_UNKNOWN", text);
        }
        self.name_left_out();
        let who = words::who(self.input, self.row);
        let summary = self.grounds.sentence(&who, &words::stands(standing));
        self.say_plainly(standing);
        self.grounds.conclude(summary)
    }
}

mod codes;
mod seals;
#[cfg(test)]
mod tests;
