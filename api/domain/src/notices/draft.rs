//! Writing a paper: to whom it goes is chosen first, and decides by type what can be put on it.
//!
//! The report number never reaches the reported party, and the token of a reporter never leaves the
//! bureau; neither compiles:
//!
//! ```compile_fail
//! use liangxin_domain::notices::{draft::{Draft, ToRespondent}, field::MatterField};
//! let _ = Draft::to(ToRespondent(None)).say(MatterField::ReportNumber, "JB-1");
//! ```
//! ```compile_fail
//! use liangxin_domain::notices::{draft::{Draft, ToBody}, field::ReporterField};
//! let _ = Draft::to(ToBody).say(ReporterField::ReporterToken, "R-1");
//! ```
//! ```compile_fail
//! use liangxin_domain::notices::{draft::{Draft, ToRespondent}, field::ContactField};
//! let _ = Draft::to(ToRespondent(None)).say(ContactField::ComplainantContact, "138");
//! ```
//! What may be said is said:
//!
//! ```
//! use liangxin_domain::notices::{draft::{Draft, ToRespondent}, field::{OpenField, PartyField}};
//! let _ = Draft::to(ToRespondent(None))
//!     .say(OpenField::ComplaintNumber, "TS-1")
//!     .say(PartyField::ComplainantName, "陈");
//! ```

use super::field::{
    ContactField, Field, FieldClass, MatterField, OpenField, PartyField, ReporterField,
};
use crate::{
    id::{BureauId, ComplaintId, MerchantId, ReportId},
    text::Text,
};
use chrono::{DateTime, NaiveDate, Utc};
use std::{collections::BTreeMap, fmt, marker::PhantomData};
use strum::{Display, EnumIter, EnumString, IntoStaticStr};
use uuid::Uuid;

/// To whom a paper goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recipient {
    /// The person who complained.
    Complainant(ComplaintId),
    /// The operator on the other side, if it is on the register.
    Respondent(Option<MerchantId>),
    /// Whoever holds the receipt code of this report.
    Reporter(ReportId),
    /// Another bureau.
    Bureau(BureauId),
    /// A mediation body, a testing body, the police, another agency.
    Body,
    /// Nobody: the paper stays in the file.
    File,
}

/// The word for a recipient, for rows.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    EnumIter,
    EnumString,
    Display,
    IntoStaticStr,
    serde::Deserialize,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum RecipientKind {
    /// See [`Recipient::Complainant`].
    Complainant,
    /// See [`Recipient::Respondent`].
    Respondent,
    /// See [`Recipient::Reporter`].
    Reporter,
    /// See [`Recipient::Bureau`].
    Bureau,
    /// See [`Recipient::Body`].
    Body,
    /// See [`Recipient::File`].
    File,
}

impl Recipient {
    /// The word for it.
    #[must_use]
    pub const fn kind(&self) -> RecipientKind {
        match self {
            Self::Complainant(_) => RecipientKind::Complainant,
            Self::Respondent(_) => RecipientKind::Respondent,
            Self::Reporter(_) => RecipientKind::Reporter,
            Self::Bureau(_) => RecipientKind::Bureau,
            Self::Body => RecipientKind::Body,
            Self::File => RecipientKind::File,
        }
    }

    /// The thing behind it, for rows.
    #[must_use]
    pub fn id(&self) -> Option<Uuid> {
        match self {
            Self::Complainant(complaint) => Some(complaint.uuid()),
            Self::Respondent(merchant) => merchant.map(MerchantId::uuid),
            Self::Reporter(report) => Some(report.uuid()),
            Self::Bureau(bureau) => Some(bureau.uuid()),
            Self::Body | Self::File => None,
        }
    }

    /// Puts one together again out of a row; none if the row lacks what the kind needs.
    #[must_use]
    pub fn stored(kind: RecipientKind, id: Option<Uuid>) -> Option<Self> {
        Some(match kind {
            RecipientKind::Complainant => Self::Complainant(ComplaintId::new(id?)),
            RecipientKind::Respondent => Self::Respondent(id.map(MerchantId::new)),
            RecipientKind::Reporter => Self::Reporter(ReportId::new(id?)),
            RecipientKind::Bureau => Self::Bureau(BureauId::new(id?)),
            RecipientKind::Body => Self::Body,
            RecipientKind::File => Self::File,
        })
    }
}

/// A kind of reader that a paper can be written for.
pub trait Audience {
    /// Who it is.
    fn recipient(&self) -> Recipient;
}

/// This audience may read these fields.
pub trait MayRead<F>: Audience {}

macro_rules! audiences {
    ($($(#[$doc:meta])* $name:ident $(($inner:ty))? is $kind:ident: $($class:ident)*;)*) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, Copy, PartialEq, Eq)]
            pub struct $name $((pub $inner))?;

            impl Audience for $name {
                fn recipient(&self) -> Recipient { audiences!(@recipient self $kind $($inner)?) }
            }
            $(audiences!(@may $name $class);)*
        )*

        impl RecipientKind {
            /// Whether this kind of reader may read that class of fields; the same table as the
            /// types, for papers that come out of the database.
            #[must_use]
            pub const fn may_read(self, class: FieldClass) -> bool {
                matches!((self, class), $($((Self::$kind, FieldClass::$class))|*)|*)
            }
        }
    };
    (@recipient $self:ident $kind:ident $inner:ty) => { Recipient::$kind($self.0) };
    (@recipient $self:ident $kind:ident) => { Recipient::$kind };
    (@may $name:ident Open) => { impl MayRead<OpenField> for $name {} };
    (@may $name:ident Matter) => { impl MayRead<MatterField> for $name {} };
    (@may $name:ident Reporter) => { impl MayRead<ReporterField> for $name {} };
    (@may $name:ident Party) => { impl MayRead<PartyField> for $name {} };
    (@may $name:ident Contact) => { impl MayRead<ContactField> for $name {} };
}

audiences! {
    /// For the person who complained.
    ToComplainant(ComplaintId) is Complainant: Open Party Contact;
    /// For the operator on the other side; the register knows some of them.
    ToRespondent(Option<MerchantId>) is Respondent: Open Party;
    /// For whoever holds the receipt code of the report.
    ToReporter(ReportId) is Reporter: Open Matter Reporter;
    /// For another bureau, which must be able to handle the matter, not to know the reporter.
    ToBureau(BureauId) is Bureau: Open Matter Party Contact;
    /// For a mediation body, a testing body, the police, another agency.
    ToBody is Body: Open Matter Party;
    /// For the file of the matter.
    OnFile is File: Open Matter Reporter Party Contact;
}

/// What is written into a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// Words.
    Words(String),
    /// A day in China.
    Day(NaiveDate),
    /// A moment.
    Moment(DateTime<Utc>),
}

/// The form of what is written into a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SaidKind {
    /// Words.
    Words,
    /// A day in China.
    Day,
    /// A moment.
    Moment,
}

impl Said {
    /// Its form.
    #[must_use]
    pub const fn kind(&self) -> SaidKind {
        match self {
            Self::Words(_) => SaidKind::Words,
            Self::Day(_) => SaidKind::Day,
            Self::Moment(_) => SaidKind::Moment,
        }
    }

    /// Reads back what [`fmt::Display`] wrote.
    #[must_use]
    pub fn stored(kind: SaidKind, text: String) -> Option<Self> {
        match kind {
            SaidKind::Words => Some(Self::Words(text)),
            SaidKind::Day => text.parse().ok().map(Self::Day),
            SaidKind::Moment => text.parse().ok().map(Self::Moment),
        }
    }
}

impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Words(words) => f.write_str(words),
            Self::Day(day) => day.fmt(f),
            Self::Moment(at) => f.write_str(&at.to_rfc3339()),
        }
    }
}

impl From<&str> for Said {
    fn from(words: &str) -> Self {
        Self::Words(words.to_owned())
    }
}

impl From<String> for Said {
    fn from(words: String) -> Self {
        Self::Words(words)
    }
}

impl<const MAX: usize> From<&Text<MAX>> for Said {
    fn from(words: &Text<MAX>) -> Self {
        Self::Words(words.to_string())
    }
}

impl From<NaiveDate> for Said {
    fn from(day: NaiveDate) -> Self {
        Self::Day(day)
    }
}

impl From<DateTime<Utc>> for Said {
    fn from(at: DateTime<Utc>) -> Self {
        Self::Moment(at)
    }
}

/// A paper that is being written for an audience.
#[derive(Debug, Clone)]
pub struct Draft<A> {
    written: Written,
    audience: PhantomData<A>,
}

impl<A: Audience> Draft<A> {
    /// Begins a paper for somebody.
    #[must_use]
    pub fn to(audience: A) -> Self {
        Self {
            written: Written {
                recipient: audience.recipient(),
                fields: BTreeMap::new(),
            },
            audience: PhantomData,
        }
    }

    /// Fills in a field; a second time, the later words stand. Blank words count as not said.
    #[must_use]
    pub fn say<F: Into<Field>>(mut self, field: F, said: impl Into<Said>) -> Self
    where
        A: MayRead<F>,
    {
        match said.into() {
            Said::Words(words) if words.trim().is_empty() => {
                self.written.fields.remove(&field.into());
            }
            said => {
                self.written.fields.insert(field.into(), said);
            }
        }
        self
    }

    /// Fills in a field if there is something to say.
    #[must_use]
    pub fn say_if<F: Into<Field>>(self, field: F, said: Option<impl Into<Said>>) -> Self
    where
        A: MayRead<F>,
    {
        match said {
            Some(said) => self.say(field, said),
            None => self,
        }
    }

    /// What was written, with its addressee.
    #[must_use]
    pub fn finish(self) -> Written {
        self.written
    }
}

/// What was written, and for whom. Only [`Draft`] makes one, and [`Written::stored`] checks again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    recipient: Recipient,
    fields: BTreeMap<Field, Said>,
}

impl<A: Audience> From<Draft<A>> for Written {
    fn from(draft: Draft<A>) -> Self {
        draft.finish()
    }
}

impl Written {
    /// Takes back what was stored; none if a field is not for that recipient.
    #[must_use]
    pub fn stored(recipient: Recipient, fields: BTreeMap<Field, Said>) -> Option<Self> {
        let kind = recipient.kind();
        fields
            .keys()
            .all(|field| kind.may_read(field.class()))
            .then_some(Self { recipient, fields })
    }

    /// For whom.
    #[must_use]
    pub const fn recipient(&self) -> Recipient {
        self.recipient
    }

    /// What stands in a field.
    #[must_use]
    pub fn get(&self, field: Field) -> Option<&Said> {
        self.fields.get(&field)
    }

    /// Everything that is written, in the order of the fields.
    pub fn iter(&self) -> impl Iterator<Item = (Field, &Said)> {
        self.fields.iter().map(|(field, said)| (*field, said))
    }

    /// Puts the standing words of a form where nothing was said.
    pub(super) fn fill(&mut self, field: Field, words: &str) {
        if self.recipient.kind().may_read(field.class()) {
            let standing = || Said::Words(words.to_owned());
            self.fields.entry(field).or_insert_with(standing);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use strum::IntoEnumIterator;

    #[test]
    fn only_the_reporter_and_the_file_read_what_points_at_a_reporter() {
        let readers: Vec<_> = RecipientKind::iter()
            .filter(|kind| kind.may_read(FieldClass::Reporter))
            .collect();
        assert_eq!(readers, [RecipientKind::Reporter, RecipientKind::File]);
    }

    #[test]
    fn the_other_side_reads_neither_reports_nor_how_to_reach_the_complainant() {
        for class in [
            FieldClass::Matter,
            FieldClass::Reporter,
            FieldClass::Contact,
        ] {
            assert!(!RecipientKind::Respondent.may_read(class), "{class:?}");
        }
        for class in FieldClass::iter() {
            assert!(RecipientKind::File.may_read(class));
        }
    }

    #[test]
    fn a_stored_paper_with_a_field_that_is_not_for_its_reader_is_not_read() {
        let fields = BTreeMap::from([(
            Field::Reporter(ReporterField::ReporterToken),
            Said::from("R-7"),
        )]);
        assert_eq!(
            Written::stored(Recipient::Respondent(None), fields.clone()),
            None
        );
        assert!(Written::stored(Recipient::File, fields).is_some());
    }

    #[test]
    fn blank_words_are_not_said_and_the_later_words_stand() {
        let written = Draft::to(OnFile)
            .say(OpenField::Reason, "一")
            .say(OpenField::Reason, "二")
            .say(OpenField::Facts, "  ")
            .finish();
        assert_eq!(
            written.get(OpenField::Reason.into()),
            Some(&Said::from("二"))
        );
        assert_eq!(written.get(OpenField::Facts.into()), None);
    }

    #[test]
    fn what_is_said_reads_back_from_its_text() {
        for said in [
            Said::from("甲"),
            Said::from(NaiveDate::default()),
            Said::from(DateTime::UNIX_EPOCH),
        ] {
            assert_eq!(Said::stored(said.kind(), said.to_string()), Some(said));
        }
    }
}
