//! What a row of the table of events makes.

/// The outsider on whose timeline an event stands. Steps that would show a reporter how a case is
/// being built or a reward graded are the office's alone (Order 121, article 37).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Nobody outside.
    Office,
    /// The reporter of the report that the event names.
    Reporter,
    /// The complainant.
    Complainant,
}

macro_rules! audience {
    (office) => {
        $crate::event::Audience::Office
    };
    (reporter) => {
        $crate::event::Audience::Reporter
    };
    (complainant) => {
        $crate::event::Audience::Complainant
    };
}

/// One row an event: what happened, the subject first and then what else it names; who sees it on a
/// timeline; and the work that follows from it. The words in rows are the names in snake case.
macro_rules! events {
    ($(
        $(#[$doc:meta])*
        $name:ident { $subject:ident: $id:ty $(, $field:ident: $type:ty)* } tells $audience:ident $(($report:ident))? $(: $($job:expr),+)?;
    )*) => {
        /// One thing that happened.
        #[derive(Debug, Clone, PartialEq, Eq)]
        #[expect(missing_docs, reason = "each variant says it; the fields are the things it names")]
        pub enum Event { $($(#[$doc])* $name { $subject: $id $(, $field: $type)* },)* }

        /// What happened, in a word: the same in rows, in files and in the contract.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, strum::EnumIter, strum::EnumString, strum::Display, strum::IntoStaticStr, serde::Serialize)]
        #[serde(rename_all = "snake_case")]
        #[strum(serialize_all = "snake_case")]
        #[cfg_attr(
            feature = "wire",
            derive(async_graphql::Enum),
            graphql(name = "EventKind", rename_items = "snake_case")
        )]
        pub enum EventKind { $($(#[$doc])* $name,)* }

        impl EventKind {
            /// On whose timeline it stands.
            #[must_use]
            pub const fn audience(self) -> $crate::event::Audience {
                match self { $(Self::$name => audience!($audience),)* }
            }
        }

        impl Event {
            /// The word for it.
            #[must_use]
            pub const fn kind(&self) -> EventKind {
                match self { $(Self::$name { .. } => EventKind::$name,)* }
            }

            /// The id of the thing that it is about.
            #[must_use]
            pub fn subject(&self) -> uuid::Uuid {
                match self { $(Self::$name { $subject, .. } => $crate::event::subject::Subject::subject($subject),)* }
            }

            /// The report whose reporter sees the event in the timeline.
            #[must_use]
            #[expect(unused_variables, reason = "each row takes the fields that it needs")]
            pub fn report(&self) -> Option<ReportId> {
                match *self { $(Self::$name { $subject $(, $field)* } => {
                    None::<ReportId>$(.or(Option::from($report)))?
                })* }
            }

            /// What follows from it, outside its transaction.
            #[must_use]
            #[expect(unused_variables, reason = "each row takes the fields that it needs")]
            pub fn jobs(&self) -> Vec<Job> {
                match *self { $(Self::$name { $subject $(, $field)* } => [None::<Job>, $($(Option::from($job)),+)?].into_iter().flatten().collect(),)* }
            }
        }
    };
}
