//! The items of a push: the inputs of the single operations of the same names, read by the same functions.

use crate::{
    cases::input::OrderCorrectionInput,
    evidence::WithdrawPhotoInput,
    gate,
    inspections::{
        document::{CorrectFindingInput, SubmitMeasurementInput},
        input::{
            AddSeenInstrumentInput, CheckInInput, CheckInstrumentInput, DeclarePhotosInput,
            ReopenVisitInput, SignRecordInput, SubmitVisitInput, VoidFindingInput,
        },
        weighing::RecordMeasurementInput,
    },
    steps::StepInput as _,
};
use async_graphql::{Context, InputObject, InputType, OneofObject, Value};
use liangxin_app::{error::AppError, usecase::push::Sent};
use liangxin_domain::{
    id::CommandId,
    limits::PUSH_AFTER,
    push::item::{Asked, Item},
    refusal::{Code, Refusal},
};
use uuid::Uuid;

/// Declares what a phone sends from the field: the operation, its input, and of what it is asked.
macro_rules! field_writes {
    ($($(#[$doc:meta])* $name:ident($input:ident) of $thing:ident;)+) => {
        /// A write from the field: exactly one of them.
        #[derive(OneofObject)]
        pub(crate) enum FieldWriteInput {
            $($(#[$doc])* $name(Box<$input>),)+
        }

        impl FieldWriteInput {
            fn id(&self) -> Uuid {
                match self {
                    $(Self::$name(input) => input.write(),)+
                }
            }

            fn asked(self) -> Result<Asked, Refusal> {
                Ok(match self {
                    $(Self::$name(input) => {
                        let thing = input.thing();
                        Asked::$thing(thing.into(), Box::new((*input).parse()?))
                    })+
                })
            }
        }
    };
}

field_writes! {
    /// Arrive on site: `checkIn`.
    CheckIn(CheckInInput) of Visit;
    /// Record an instrument's mark and seal: `checkInstrument`.
    CheckInstrument(CheckInstrumentInput) of Visit;
    /// Put an instrument on the ledger that is on none: `addSeenInstrument`.
    AddSeenInstrument(AddSeenInstrumentInput) of Visit;
    /// Record a weighing: `recordMeasurement`.
    RecordMeasurement(RecordMeasurementInput) of Visit;
    /// Record a measurement of any family: `submitMeasurement`.
    SubmitMeasurement(SubmitMeasurementInput) of Visit;
    /// Put another measurement in the place of one: `correctFinding`.
    CorrectFinding(CorrectFindingInput) of Visit;
    /// Say that an entry of the record is void: `voidFinding`.
    VoidFinding(VoidFindingInput) of Visit;
    /// Promise photos: `declarePhotos`.
    DeclarePhotos(DeclarePhotosInput) of Visit;
    /// Withdraw a declared photo: `withdrawPhoto`, without a receipt code.
    WithdrawPhoto(WithdrawPhotoInput) of Photo;
    /// Have the record signed: `signRecord`.
    SignRecord(SignRecordInput) of Visit;
    /// Close the visit: `submitVisit`.
    SubmitVisit(SubmitVisitInput) of Visit;
    /// Open it again: `reopenVisit`.
    ReopenVisit(ReopenVisitInput) of Visit;
    /// Order a correction in a case: `orderCorrection`.
    OrderCorrection(OrderCorrectionInput) of Case;
}

/// One item of a push.
#[derive(InputObject)]
pub(crate) struct PushItemInput {
    /// The ids of writes of the same sender that have to be taken first, at most 500: those without which this one would mean
    /// something else, such as everything under which a signature stands. What cannot be done without another write (a
    /// correction without what it corrects) waits by itself and needs none.
    after: Option<Vec<Uuid>>,
    /// The write.
    write: FieldWriteInput,
}

impl PushItemInput {
    /// The id of the write, as it was sent.
    pub(super) fn id(&self) -> Uuid {
        self.write.id()
    }

    /// The item, if its sender may ask for such an operation.
    pub(super) fn admitted(self, ctx: &Context<'_>) -> Result<Sent, AppError> {
        self.sent(|item| gate::admits_item(ctx, item.asked.operation()))
    }

    /// The item of somebody who has no access any more.
    pub(super) fn unasked(self) -> Result<Sent, AppError> {
        self.sent(|_| Ok(()))
    }

    fn sent(self, admits: impl FnOnce(&Item) -> Result<(), Refusal>) -> Result<Sent, AppError> {
        let content = said(self.to_value()).into_json();
        let content = content.map_err(|error| AppError::internal("write an item", error))?;
        let item = self.item();
        Ok(Sent {
            item: item.and_then(|item| admits(&item).map(|()| item)),
            content: content.to_string(),
        })
    }

    fn item(self) -> Result<Item, Refusal> {
        let after = self.after.unwrap_or_default();
        if after.len() > PUSH_AFTER {
            return Err(Refusal::on(Code::FieldTooLong, "after").with(PUSH_AFTER.to_string()));
        }
        Ok(Item {
            write: CommandId::parse(self.write.id(), "id")?,
            after: after.into_iter().map(CommandId::new).collect(),
            asked: self.write.asked()?,
        })
    }
}

/// Reads an item as it is held. A field that came into the contract meanwhile says nothing in it.
pub fn read(content: &str) -> Result<Item, Refusal> {
    let unreadable = || Refusal::of(Code::InputInvalid);
    let json = serde_json::from_str(content).map_err(|_| unreadable())?;
    let value = Value::from_json(json).map_err(|_| unreadable())?;
    let input = <PushItemInput as InputType>::parse(Some(value)).map_err(|_| unreadable())?;
    input.item()
}

/// What says something: a field that is left out and one that is null are the same, also where a later version knows more.
fn said(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let said_fields = fields
                .into_iter()
                .filter(|(_, field)| *field != Value::Null);
            Value::Object(
                said_fields
                    .map(|(name, field)| (name, said(field)))
                    .collect(),
            )
        }
        Value::List(all) => Value::List(all.into_iter().map(said).collect()),
        plain => plain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use liangxin_domain::inspections::command::Command;

    const ITEM: &str = r#"{"after":["01938f00-0000-7000-8000-000000000001"],"write":{"checkInstrument":{"id":"01938f00-0000-7000-8000-000000000002","instrumentId":"01938f00-0000-7000-8000-000000000003","markValidUntil":"2026-05-11","seal":"INTACT","visitId":"01938f00-0000-7000-8000-000000000004"}}}"#;

    fn input(content: &str) -> PushItemInput {
        let json = serde_json::from_str(content).unwrap();
        let value = Value::from_json(json).unwrap();
        <PushItemInput as InputType>::parse(Some(value))
            .ok()
            .unwrap()
    }

    #[test]
    fn an_item_is_held_as_what_it_said_and_reads_back_as_it_was_read() {
        let sent = input(ITEM).unasked().unwrap();
        assert_eq!(sent.content, ITEM);
        assert_eq!(sent.item, read(ITEM));
        let Asked::Visit(_, command) = sent.item.unwrap().asked else {
            panic!("a check is asked of a visit");
        };
        assert!(matches!(
            *command,
            Command::CheckInstrument { note: None, .. }
        ));
    }

    #[test]
    fn a_signature_may_come_after_five_hundred_writes_and_no_more() {
        let after = |count: usize| {
            let names = vec![Uuid::from_u128(1); count];
            let after = serde_json::to_string(&names).unwrap();
            let item = format!(
                r#"{{"after":{after},{}"#,
                &ITEM[ITEM.find(r#""write""#).unwrap()..]
            );
            read(&item).map(|item| item.after.len())
        };
        assert_eq!(after(500), Ok(500));
        assert_eq!(after(501).unwrap_err().code, Code::FieldTooLong);
    }

    #[test]
    fn a_field_that_says_nothing_is_none() {
        let with_null = ITEM.replace("\"seal\"", "\"note\":null,\"seal\"");
        assert_eq!(input(&with_null).unasked().unwrap().content, ITEM);
    }

    #[test]
    fn what_is_no_item_is_refused() {
        for bad in ["", "{}", r#"{"write":{}}"#, r#"{"write":{"signIn":{}}}"#] {
            assert_eq!(read(bad).unwrap_err().code, Code::InputInvalid, "{bad}");
        }
    }
}
