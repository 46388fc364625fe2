//! What an answer costs: how it is weighed, and how it is told.
//!
//! The library weighs a document while it validates it, and tells the weight to its extensions alone; and a schema that has
//! one asks it about every field of every row. So there is a second schema of the same types, on which nothing runs: it
//! validates and weighs, and the one that runs has neither to do again.

use std::{
    collections::HashSet,
    sync::{Arc, OnceLock},
};

use async_graphql::{
    Name, ObjectType, Request, Response, Schema, SchemaBuilder, ServerError, SubscriptionType,
    ValidationResult, Value,
    async_trait::async_trait,
    extensions::{Extension, ExtensionContext, ExtensionFactory, NextValidation},
    indexmap::IndexMap,
    registry::{MetaType, MetaTypeName, Registry},
};

use super::limits::MAX_COMPLEXITY;

/// Types whose plain fields weigh nothing: what a visit shows. They came with their row, and a phone takes all of them along
/// for a day; rows and what is looked up for them weigh what they weigh elsewhere. A field of these types that asks the
/// database by itself has to say what it weighs.
const CARRIED: [&str; 23] = [
    "Arrival",
    "CheckInRecord",
    "FormerTeam",
    "Instrument",
    "InstrumentCheck",
    "Measurement",
    "Merchant",
    "Occurred",
    "Person",
    "Photo",
    "Position",
    "PulledInstrument",
    "PulledMerchant",
    "PulledVisit",
    "Reopening",
    "Report",
    "Signature",
    "Verdict",
    "Verification",
    "Visit",
    "VisitEntry",
    "VisitReason",
    "Void",
];

/// Lets the plain fields of carried types weigh nothing.
pub(super) fn lighten(registry: &mut Registry) {
    let leaves = registry.types.values().filter(|found| found.is_leaf());
    let leaves: HashSet<String> = leaves.map(|leaf| leaf.name().to_owned()).collect();
    for name in CARRIED {
        let Some(MetaType::Object { fields, .. }) = registry.types.get_mut(name) else {
            continue;
        };
        for field in fields.values_mut() {
            let is_plain = leaves.contains(MetaTypeName::concrete_typename(&field.ty));
            if is_plain && field.compute_complexity.is_none() {
                field.compute_complexity = Some(|_, _, _, _| Ok(0));
            }
        }
    }
}

/// What one answer costs.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Cost {
    /// Points; none if the request was refused before it could be weighed.
    requested: Option<usize>,
}

impl Cost {
    pub(super) const fn of(points: usize) -> Self {
        Self {
            requested: Some(points),
        }
    }

    /// Tells it in an answer, with what one answer may cost beside it.
    pub(super) fn tell(self, response: &mut Response) {
        let left = MAX_COMPLEXITY.saturating_sub(self.requested.unwrap_or_default());
        let mut told = IndexMap::new();
        told.insert(Name::new("requested"), Value::from(self.requested));
        told.insert(Name::new("left"), Value::from(left));
        let told = Value::Object(told);
        response.extensions.insert("cost".to_owned(), told);
    }
}

/// A schema on which nothing runs.
pub(super) struct Scale<Q, M, S>(Schema<Q, M, S>);

impl<Q, M, S> Clone for Scale<Q, M, S> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<Q, M, S> Scale<Q, M, S>
where
    Q: ObjectType + 'static,
    M: ObjectType + 'static,
    S: SubscriptionType + 'static,
{
    pub(super) fn new(builder: SchemaBuilder<Q, M, S>) -> Self {
        Self(builder.extension(Weighing).finish())
    }

    /// Validates a request, and says what its document weighs.
    pub(super) async fn weigh(
        &self,
        request: &mut Request,
    ) -> Result<ValidationResult, Vec<ServerError>> {
        let document = match request.parsed_query() {
            Ok(document) => document.clone(),
            Err(error) => return Err(vec![error]),
        };
        let found = Found::default();
        let mut weighed = Request::new(String::new())
            .variables(request.variables.clone())
            .data(found.clone());
        weighed.operation_name.clone_from(&request.operation_name);
        weighed.set_parsed_query(document);
        // What would run is large, and would be carried along.
        let refused = Box::pin(self.0.execute(weighed)).await.errors;
        match found.0.get() {
            Some(found) => Ok(*found),
            None => Err(refused),
        }
    }
}

/// Where the weight of a document is noted.
#[derive(Debug, Clone, Default)]
struct Found(Arc<OnceLock<ValidationResult>>);

/// Notes the weight of a document, and lets nothing run.
struct Weighing;

impl ExtensionFactory for Weighing {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(Self)
    }
}

#[async_trait]
impl Extension for Weighing {
    async fn validation(
        &self,
        ctx: &ExtensionContext<'_>,
        next: NextValidation<'_>,
    ) -> Result<ValidationResult, Vec<ServerError>> {
        let weighed = next.run(ctx).await?;
        if let Some(found) = ctx.data_opt::<Found>() {
            // A request is weighed once.
            let _ = found.0.set(weighed);
        }
        Err(Vec::new())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_carried_type_is_one_of_the_schema() {
        let schema = crate::schema::sdl();
        for name in CARRIED {
            assert!(schema.contains(&format!("\ntype {name} {{")), "{name}");
        }
    }
}
