//! How a reporter shows to be the one who reported, and where the money goes. Both are secrets: they
//! are sealed or hashed at once, and neither prints itself.

use serde::Serializer;
use std::fmt;

use crate::limits::{CLAIM_PASSWORD_MIN_CHARS, PASSWORD_MAX_BYTES};
use crate::privacy::identity::{IdentityField, Personal};
use crate::refusal::{Code, Refusal};
use crate::secret::Secret;
use crate::text::Line;

/// The claim password (举报密码) that a reporter chose with the report.
#[derive(Clone, PartialEq, Eq)]
pub struct ClaimPassword(String);

impl ClaimPassword {
    /// Reads a new password.
    pub fn parse(text: &str, field: &'static str) -> Result<Self, Refusal> {
        let text = text.trim();
        if text.chars().count() < CLAIM_PASSWORD_MIN_CHARS {
            return Err(Refusal::on(Code::PasswordTooWeak, field)
                .with(format!("≥ {CLAIM_PASSWORD_MIN_CHARS}")));
        }
        if text.len() > PASSWORD_MAX_BYTES {
            return Err(Refusal::on(Code::FieldTooLong, field).with(PASSWORD_MAX_BYTES.to_string()));
        }
        Ok(Self(text.to_owned()))
    }

    /// Reads a password that somebody tries: whatever it is, it is compared and not judged.
    #[must_use]
    pub fn tried(text: &str) -> Self {
        Self(text.trim().to_owned())
    }

    /// The password, for hashing only.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl Secret for ClaimPassword {
    fn write<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.expose())
    }
}

impl fmt::Debug for ClaimPassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ClaimPassword(…)")
    }
}

/// Where one reporter's part goes. It is serialised for one reader only, the keyed digest by which
/// a repeated write is known.
#[derive(Clone, PartialEq, Eq, serde::Serialize)]
pub struct Payee {
    /// The name of the account, which must be the reporter's real name.
    pub account_name: Line,
    /// The bank.
    pub bank: Line,
    /// 8 to 32 digits.
    pub account_number: String,
}

words! {
    /// How the payees stand in the file for finance.
    pub enum PayeesForm as "PayeesForm" {
        /// All can be read.
        Open,
        /// At least one is sealed to an identity key that this server does not hold: the word in its
        /// column `payee` is `sealed`.
        Sealed,
    }
}

/// A payee as the reporter sees it: enough to know the own account, too little for anybody else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MaskedPayee {
    /// The first character of the name and `**`, however long it is.
    pub account_name: String,
    /// `****` and the last four digits.
    pub account_number: String,
}

/// Masks payees and writes them out, one a line.
#[must_use]
pub fn write_masked(payees: &[Payee]) -> String {
    let masked = payees.iter().map(Payee::masked);
    let lines = masked.map(|payee| format!("{}\t{}", payee.account_name, payee.account_number));
    lines.collect::<Vec<_>>().join("\n")
}

/// Reads what [`write_masked`] wrote.
#[must_use]
pub fn read_masked(written: &str) -> Vec<MaskedPayee> {
    let read = |line: &str| {
        let (name, number) = line.split_once('\t')?;
        Some(MaskedPayee {
            account_name: name.to_owned(),
            account_number: number.to_owned(),
        })
    };
    written.lines().filter_map(read).collect()
}

/// The fields of an identity that payees are sealed as.
pub const PAYEE_FIELDS: [IdentityField; 2] = [IdentityField::Name, IdentityField::BankAccount];

/// Writes payees out for sealing: the names, and the accounts as bank, tab, number. The n-th line
/// of both is the n-th payee; no name and no bank can hold a line's end or a tab.
#[must_use]
pub fn write_payees(payees: &[Payee]) -> [(IdentityField, Personal); 2] {
    let lines = |line: fn(&Payee) -> String| {
        let lines: Vec<String> = payees.iter().map(line).collect();
        Personal::new(lines.join("\n"))
    };
    let names = lines(|payee| payee.account_name.to_string());
    let accounts = lines(|payee| format!("{}\t{}", payee.bank, payee.account_number));
    [
        (IdentityField::Name, names),
        (IdentityField::BankAccount, accounts),
    ]
}

/// Reads what was sealed; nothing if it is not what [`write_payees`] wrote.
#[must_use]
pub fn read_payees(names: &Personal, accounts: &Personal) -> Option<Vec<Payee>> {
    let (names, accounts) = (names.expose().lines(), accounts.expose().lines());
    names
        .zip(accounts)
        .map(|(name, account)| {
            let (bank, number) = account.split_once('\t')?;
            Payee::parse(name, bank, number).ok()
        })
        .collect()
}

impl Payee {
    /// Reads a payee; spaces between the digits are dropped.
    pub fn parse(account_name: &str, bank: &str, account_number: &str) -> Result<Self, Refusal> {
        let digits: String = account_number
            .chars()
            .filter(|c| !matches!(c, ' ' | '-'))
            .take(33)
            .collect();
        let is_number = digits.chars().all(|c| c.is_ascii_digit());
        if !is_number || !(8..=32).contains(&digits.len()) {
            return Err(Refusal::on(Code::FieldFormat, "accountNumber"));
        }
        Ok(Self {
            account_name: one_line(account_name, "accountName")?,
            bank: one_line(bank, "bank")?,
            account_number: digits,
        })
    }
}

impl Payee {
    /// What may be shown of it.
    #[must_use]
    pub fn masked(&self) -> MaskedPayee {
        let first: String = self.account_name.as_str().chars().take(1).collect();
        // A number is ASCII digits, at least eight.
        let last = self.account_number.len().saturating_sub(4);
        let last = self.account_number.get(last..).unwrap_or_default();
        MaskedPayee {
            account_name: format!("{first}**"),
            account_number: format!("****{last}"),
        }
    }
}

fn one_line(text: &str, field: &'static str) -> Result<Line, Refusal> {
    let line = Line::parse(text, field)?;
    if line.as_str().chars().any(char::is_control) {
        return Err(Refusal::on(Code::FieldFormat, field));
    }
    Ok(line)
}

impl fmt::Debug for Payee {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Payee(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_number_is_digits() {
        let number = |text| Payee::parse("陈晚晴", "某银行", text).map(|p| p.account_number);
        assert_eq!(number("6222 0000-1234 5678").unwrap(), "6222000012345678");
        for bad in ["", "1234567", "6222x00012345678", "=1+1", &"9".repeat(33)] {
            assert!(number(bad).is_err(), "{bad}");
        }
        assert!(Payee::parse("陈\n晚晴", "某银行", "6222000012345678").is_err());
    }

    #[test]
    fn payees_are_read_as_they_were_written() {
        let payee = |name, number| Payee::parse(name, "某 银行", number).unwrap();
        let payees = [payee("陈晚晴", "62220000"), payee("李四", "62220001")];
        let [(_, names), (_, accounts)] = write_payees(&payees);
        assert_eq!(names.expose(), "陈晚晴\n李四");
        assert_eq!(read_payees(&names, &accounts).unwrap(), payees);
        assert!(read_payees(&names, &names).is_none());
    }

    #[test]
    fn a_masked_payee_shows_one_character_and_four_digits() {
        let payee = |name, number| Payee::parse(name, "某银行", number).unwrap();
        let payees = [payee("陈晚晴", "6222000012345678"), payee("A", "62220001")];
        let masked = write_masked(&payees);
        assert_eq!(masked, "陈**\t****5678\nA**\t****0001");
        assert_eq!(read_masked(&masked), payees.map(|payee| payee.masked()));
    }

    #[test]
    fn secrets_do_not_print_themselves() {
        let password = ClaimPassword::parse("correct horse", "claimPassword").unwrap();
        let payee = Payee::parse("陈晚晴", "某银行", "6222000012345678").unwrap();
        assert_eq!(
            format!("{password:?} {payee:?}"),
            "ClaimPassword(…) Payee(…)"
        );
        assert!(ClaimPassword::parse("short", "claimPassword").is_err());
    }
}
