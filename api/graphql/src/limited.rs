//! A schema behind its limits: what is looked at before its resolvers run.
//!
//! The library has extensions for this. It asks each of them about every field of every row, which takes longer than
//! most fields; so there is none. What has to be asked is asked about root fields, by the [`Root`] around them, and about
//! documents on a schema that runs nothing.

use std::sync::Arc;

use async_graphql::{
    Data, Executor, ObjectType, Request, Response, Schema, SchemaBuilder, ServerError,
    ServerResult, SubscriptionType, ValidationMode,
};
use futures_util::{
    FutureExt as _, StreamExt as _,
    future::ready,
    stream::{self, BoxStream},
};

use super::{
    codes::{coded, give_codes, refusal},
    cost::{Cost, Scale},
    documents, known,
    limits::{
        MAX_COMPLEXITY, MAX_DEPTH, MAX_DIRECTIVES_PER_FIELD, MAX_RECURSION, METHOD_NOT_ALLOWED,
        Mode, QUERY_INVALID,
    },
    operation::{self, Operation, Watch, watched},
    root::Root,
    weight,
};

/// Whether whoever sends a request may write its document; the error is answered if that is not published.
pub type Writes = fn(&Request) -> ServerResult<()>;

/// A schema that refuses what is too big, notes the operation on the request's [`Watch`], tells what the answer costs, and
/// gives a code to every error of the library. The library's own limits of depth and directives stay on as the second fence.
pub struct Limited<Q, M, S> {
    scale: Scale<Root<Q>, Root<M>, Root<S>>,
    schema: Schema<Root<Q>, Root<M>, Root<S>>,
    writes: Writes,
}

impl<Q, M, S> Clone for Limited<Q, M, S> {
    fn clone(&self) -> Self {
        Self {
            scale: self.scale.clone(),
            schema: self.schema.clone(),
            writes: self.writes,
        }
    }
}

impl<Q, M, S> Limited<Q, M, S>
where
    Q: ObjectType + 'static,
    M: ObjectType + 'static,
    S: SubscriptionType + 'static,
{
    /// Puts every limit on a schema.
    pub fn new(builder: impl Fn() -> SchemaBuilder<Root<Q>, Root<M>, Root<S>>, mode: Mode) -> Self {
        let limited = || {
            let builder = builder()
                .limit_recursive_depth(MAX_RECURSION)
                .limit_directives(MAX_DIRECTIVES_PER_FIELD);
            match mode {
                Mode::Development => builder,
                Mode::Production => builder.disable_introspection().disable_suggestions(),
            }
        };
        // What runs was found valid by the scale.
        let running = limited()
            .validation_mode(ValidationMode::Fast)
            .limit_depth(MAX_DEPTH);
        Self {
            scale: Scale::new(limited()),
            schema: running.finish(),
            writes: |_| Ok(()),
        }
    }

    /// The same schema, where not everybody may write documents.
    #[must_use]
    pub fn asking(self, writes: Writes) -> Self {
        Self { writes, ..self }
    }

    /// What a request costs, or why it is refused before anything is looked up for it.
    async fn weighed(
        &self,
        request: &mut Request,
        watch: &Watch,
    ) -> Result<Cost, (Cost, Vec<ServerError>)> {
        let unweighed = Cost::default();
        admit(request, watch, self.writes)
            .map_err(|refused| (unweighed, vec![coded(refused, QUERY_INVALID)]))?;
        let found = self.scale.weigh(request).await.map_err(|mut errors| {
            give_codes(&mut errors, false);
            (unweighed, errors)
        })?;
        let cost = Cost::of(found.complexity);
        weight::at_most("points", found.complexity, MAX_COMPLEXITY)
            .and_then(|()| weight::at_most("levels of fields", found.depth, MAX_DEPTH))
            .map_err(|excess| (cost, vec![refusal(excess)]))?;
        Ok(cost)
    }
}

impl<Q, M, S> Executor for Limited<Q, M, S>
where
    Q: ObjectType + 'static,
    M: ObjectType + 'static,
    S: SubscriptionType + 'static,
{
    async fn execute(&self, request: Request) -> Response {
        let (mut request, watch) = watched(request);
        match self.weighed(&mut request, &watch).await {
            Ok(cost) => finished(self.schema.execute(request).await, &watch, cost),
            Err((cost, errors)) => refused(errors, cost),
        }
    }

    fn execute_stream(
        &self,
        request: Request,
        _session_data: Option<Arc<Data>>,
    ) -> BoxStream<'static, Response> {
        let limited = self.clone();
        let begun = async move {
            let (mut request, watch) = watched(request);
            match limited.weighed(&mut request, &watch).await {
                Ok(cost) => {
                    let answers = limited.schema.execute_stream(request);
                    answers
                        .map(move |answer| finished(answer, &watch, cost))
                        .boxed()
                }
                Err((cost, errors)) => stream::once(ready(refused(errors, cost))).boxed(),
            }
        };
        begun.flatten_stream().boxed()
    }
}

/// An answer of what ran: each error has a code, and it says what it costs.
fn finished(mut response: Response, watch: &Watch, cost: Cost) -> Response {
    // What asks for the name of its type alone reaches no field, and has run all the same.
    if response.errors.is_empty() {
        watch.start();
    }
    give_codes(&mut response.errors, watch.is_started());
    cost.tell(&mut response);
    response
}

/// An answer to what did not run.
fn refused(errors: Vec<ServerError>, cost: Cost) -> Response {
    let mut response = Response::from_errors(errors);
    cost.tell(&mut response);
    response
}

/// Looks at a document before anything is looked up for it.
fn admit(request: &mut Request, watch: &Watch, writes: Writes) -> ServerResult<()> {
    documents::find(request)?;
    let wanted = request.operation_name.clone();
    let known = known::of(&request.query);
    let is_private = if let Some(known) = known {
        request.set_parsed_query(known.document.clone());
        known.is_private
    } else {
        weight::check_text(&request.query).map_err(refusal)?;
        let document = request.parsed_query()?;
        weight::check(document).map_err(refusal)?;
        operation::is_private(document)
    };
    if let Some(operation) = Operation::selected(request.parsed_query()?, wanted.as_deref()) {
        operation::record(&operation);
        let is_welcome = watch.admits(operation.kind, is_private);
        watch.note(operation);
        if !is_welcome {
            let message = "Only a query without receipt code and words may be sent by GET.";
            return Err(coded(ServerError::new(message, None), METHOD_NOT_ALLOWED));
        }
    }
    let Err(refused) = writes(request) else {
        return Ok(());
    };
    if known.is_some() || known::published(request.parsed_query()?).is_some() {
        return Ok(());
    }
    Err(refused)
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use async_graphql::{EmptySubscription, Object};

    use super::*;
    use crate::{
        limits::{INPUT_INVALID, MAX_DIRECTIVES, QUERY_TOO_COMPLEX},
        operation::{Allowed, Kind},
        root::Admits,
    };

    struct Query;

    #[Object]
    impl Query {
        async fn me(&self) -> Query {
            Query
        }
        async fn number(&self) -> i32 {
            7
        }
        async fn half(&self, of: i32) -> i32 {
            of / 2
        }
        #[graphql(complexity = "first * child_complexity")]
        async fn list(&self, first: usize) -> Vec<Query> {
            let _ = first;
            Vec::new()
        }
    }

    struct Mutation;

    #[Object]
    impl Mutation {
        async fn set(&self) -> i32 {
            1
        }
    }

    async fn run_in(mode: Mode, request: Request) -> Response {
        let open: Admits = |_| Ok(());
        let builder = || {
            let (query, mutation) = (Root::new(Query, open), Root::new(Mutation, open));
            Schema::build(query, mutation, Root::new(EmptySubscription, open))
        };
        Limited::new(builder, mode).execute(request).await
    }

    async fn codes(document: &str) -> Vec<String> {
        codes_of(run_in(Mode::Development, Request::new(document)).await)
    }

    fn codes_of(response: Response) -> Vec<String> {
        let code = |error: ServerError| error.extensions.and_then(|all| all.get("code").cloned());
        response
            .errors
            .into_iter()
            .map(|error| code(error).map_or_else(String::new, |code| code.to_string()))
            .map(|code| code.trim_matches('"').to_owned())
            .collect()
    }

    fn repeated(count: usize, part: impl Fn(usize) -> String) -> String {
        (0..count).map(part).collect::<Vec<_>>().join(" ")
    }

    fn nothing() -> Vec<String> {
        Vec::new()
    }

    #[tokio::test]
    async fn thirty_aliases_pass_and_thirty_one_are_refused() {
        let document = |count| {
            format!(
                "{{ me {{ {} }} }}",
                repeated(count, |n| format!("a{n}: number"))
            )
        };
        assert_eq!(codes(&document(30)).await, nothing());
        assert_eq!(codes(&document(31)).await, [QUERY_TOO_COMPLEX]);
    }

    #[tokio::test]
    async fn ten_root_fields_pass_and_eleven_are_refused() {
        let fields = |count| repeated(count, |n| format!("a{n}: number"));
        assert_eq!(codes(&format!("{{ {} }}", fields(10))).await, nothing());
        assert_eq!(
            codes(&format!("{{ {} }}", fields(11))).await,
            [QUERY_TOO_COMPLEX]
        );
    }

    #[tokio::test]
    async fn fragments_that_double_each_other_are_refused_at_once() {
        let document = "{ ...F0 } ".to_owned()
            + &repeated(28, |n| {
                format!("fragment F{n} on Query {{ ...F{0} ...F{0} }}", n + 1)
            })
            + " fragment F28 on Query { number }";
        let before = Instant::now();
        assert_eq!(codes(&document).await, [QUERY_TOO_COMPLEX]);
        assert!(before.elapsed() < Duration::from_secs(2));
    }

    #[tokio::test]
    async fn directives_are_limited_on_a_field_and_in_all() {
        let on = |count| "@include(if: true) ".repeat(count);
        let one_field = format!("{{ number {} }}", on(MAX_DIRECTIVES_PER_FIELD + 1));
        assert_eq!(codes(&one_field).await, [QUERY_TOO_COMPLEX]);
        let many = repeated(MAX_DIRECTIVES + 1, |_| format!("number {}", on(1)));
        assert_eq!(
            codes(&format!("{{ me {{ {many} }} }}")).await,
            [QUERY_TOO_COMPLEX]
        );
    }

    #[tokio::test]
    async fn too_many_levels_and_too_many_points_are_refused() {
        let deep = "{ me ".repeat(MAX_DEPTH + 1) + "{ number }" + &" }".repeat(MAX_DEPTH + 1);
        assert_eq!(codes(&deep).await, [QUERY_TOO_COMPLEX]);
        assert_eq!(
            codes("{ list(first: 1000000) { number } }").await,
            [QUERY_TOO_COMPLEX]
        );
    }

    #[tokio::test]
    async fn every_error_of_the_library_has_a_code() {
        assert_eq!(codes("{").await, [QUERY_INVALID]);
        assert_eq!(codes("{ nothing }").await, [QUERY_INVALID]);
        let cycle = "{ ...F } fragment F on Query { me { ...F } }";
        assert_eq!(codes(cycle).await, [QUERY_INVALID]);
        assert_eq!(
            codes("query A { number } query B { number }").await,
            [QUERY_INVALID]
        );
        assert_eq!(codes("{ half(of: 3000000000) }").await, [INPUT_INVALID]);
    }

    #[tokio::test]
    async fn production_hides_the_schema_and_gives_no_hints() {
        let hidden = run_in(
            Mode::Production,
            Request::new("{ __schema { types { name } } }"),
        )
        .await;
        assert!(!hidden.data.to_string().contains("Query"));
        let hint = run_in(Mode::Production, Request::new("{ numbr }")).await;
        assert!(
            !hint
                .errors
                .iter()
                .any(|error| error.message.contains("Did you mean"))
        );
    }

    #[tokio::test]
    async fn a_request_for_queries_only_runs_no_mutation() {
        let watch = Watch::new(Allowed::Queries);
        let request = Request::new("mutation Set { set }").data(watch.clone());
        let response = run_in(Mode::Development, request).await;
        assert_eq!(codes_of(response), [METHOD_NOT_ALLOWED]);
        assert!(!watch.is_started());
        let noted = watch.operation().map(|operation| operation.kind);
        assert_eq!(noted, Some(Kind::Mutation));
    }
}
