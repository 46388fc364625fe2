//! One way to take a step. A [`Machine`] is a thing that goes from state to state by commands; it
//! alone decides which state follows, what happens to the statutory periods, which paper the step
//! is made by, and what happened. Use cases load, permit, take and keep.
//!
//! The commands of a noun are written down once, by [`commands!`]: what a variant is called is the
//! operation's name in the contract, and its row names the [`Action`] that the actor must be
//! permitted. The gate, the text that tells a repeated write from another one, and the tests' random
//! walks are computed from that.

use crate::{
    event::Event,
    law::effect::ClockEffect,
    notices::paper::Paper,
    policy::{Action, Permit},
    refusal::Refusal,
};
use serde::Serialize;

/// A thing that goes from state to state by commands.
pub trait Machine: Sized {
    /// What can be asked of it.
    type Command: Command;
    /// What else a step needs to know: the moment, and what lies beside the thing.
    type Setting;

    /// Takes a step, or refuses it and changes nothing.
    fn take(
        self,
        command: Self::Command,
        permit: &Permit,
        setting: &Self::Setting,
    ) -> Result<Step<Self>, Refusal>;
}

/// What a step made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step<M> {
    /// The thing after it.
    pub after: M,
    /// What happened.
    pub event: Event,
    /// What happens to its periods, in order.
    pub clocks: Vec<ClockEffect>,
    /// The paper that makes the step. A note that changes no state and that nobody is told of has
    /// none.
    pub paper: Option<Paper>,
}

/// One write, as it was sent.
///
/// It is serialised to tell "the same write again" from "another write under the same id": every
/// field counts, and none is written by hand.
pub trait Command: Serialize {
    /// The operations of this noun, as the contract names them, each with its action.
    const OPERATIONS: &'static [(&'static str, Action)];

    /// The operation, as the contract names it.
    fn operation(&self) -> &'static str;

    /// What the actor must be permitted.
    fn action(&self) -> Action;
}

/// Writes down the commands of a noun: `Variant { fields } => Action`. The variant is called as the
/// operation is in the contract.
#[macro_export]
macro_rules! commands {
    (
        $(#[$meta:meta])*
        $enum:ident:
        $(
            $(#[$doc:meta])*
            $name:ident $({ $($(#[$field_doc:meta])* $field:ident: $type:ty),+ $(,)? })? => $action:ident;
        )+
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
        pub enum $enum {
            $($(#[$doc])* $name $({ $($(#[$field_doc])* $field: $type),+ })?,)+
        }

        impl $crate::step::Command for $enum {
            const OPERATIONS: &'static [(&'static str, $crate::policy::Action)] =
                &[$((stringify!($name), $crate::policy::Action::$action)),+];

            fn operation(&self) -> &'static str {
                match self {
                    $(Self::$name { .. } => stringify!($name),)+
                }
            }

            fn action(&self) -> $crate::policy::Action {
                match self {
                    $(Self::$name { .. } => $crate::policy::Action::$action,)+
                }
            }
        }
    };
}
