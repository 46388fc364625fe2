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

use super::{
    field::{ContactField, Field, FieldClass, MatterField, OpenField, PartyField, ReporterField},
    recipient::{Recipient, RecipientKind},
    said::Said,
};
use crate::id::{BureauId, ComplaintId, MerchantId, ReportId};
use std::{collections::BTreeMap, marker::PhantomData};

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
}
