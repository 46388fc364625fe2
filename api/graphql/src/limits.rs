//! What a document may cost before anything is looked up for it.
//!
//! The library measures depth and complexity while it validates, and expands every fragment each time it is spread. A
//! document of a few hundred bytes whose fragments spread each other twice therefore keeps a core busy for hours, and
//! thirty copies of one expensive field under thirty names cost little by its measure. So the text is measured before
//! it is parsed, and the document before it is validated, both in time linear to its length. Numbers are the server's
//! own; the widest operation of the apps stays far below them.

use std::{
    any::TypeId,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use async_graphql::{
    ObjectType, Request, Response, SchemaBuilder, ServerError, ServerResult, SubscriptionType,
    ValidationResult, Variables,
    async_trait::async_trait,
    extensions::{
        Extension, ExtensionContext, ExtensionFactory, NextExecute, NextParseQuery,
        NextPrepareRequest, NextRequest, NextValidation,
    },
    parser::types::ExecutableDocument,
};

use super::{
    operation::{self, Operation, Watch},
    weight::{self, Excess},
};

/// Most bytes of a document. Variables do not count: they are data.
pub const MAX_DOCUMENT_BYTES: usize = 32 * 1024;
/// Most lexical tokens of a document: names, punctuators and literals.
pub const MAX_TOKENS: usize = 2_000;
/// Most brackets open at once. The parser recurses by them, and its stack is finite.
pub const MAX_NESTING: usize = 64;
/// Most fields under another name, fragments expanded.
pub const MAX_ALIASES: usize = 30;
/// Most fields of the root of one operation, fragments expanded.
pub const MAX_ROOT_FIELDS: usize = 10;
/// Most directives of one operation, fragments expanded.
pub const MAX_DIRECTIVES: usize = 30;
/// Most directives on one field.
pub const MAX_DIRECTIVES_PER_FIELD: usize = 5;
/// Most fields and fragments of one operation, fragments expanded. The standard introspection takes about 200.
pub const MAX_SELECTIONS: usize = 2_000;
/// Most levels of fields. The standard introspection query needs 13 to 15.
pub const MAX_DEPTH: usize = 15;
/// Most levels of selection sets, where a fragment counts as a level.
pub const MAX_RECURSION: usize = 32;
/// Most points of an operation: one for each field, times the number of rows that a list asks for.
pub const MAX_COMPLEXITY: usize = 5_000;

/// Code of a document that exceeds one of the limits.
pub const QUERY_TOO_COMPLEX: &str = "QUERY_TOO_COMPLEX";
/// Code of a document that is not GraphQL, or not of this schema, or whose variables do not fit it.
pub const QUERY_INVALID: &str = "QUERY_INVALID";
/// Code of an argument that only its own type could judge, such as a malformed id.
pub const INPUT_INVALID: &str = "INPUT_INVALID";
/// Code of an operation that the request's method may not run.
pub const METHOD_NOT_ALLOWED: &str = "METHOD_NOT_ALLOWED";
/// Code of a failure of the server itself.
pub const INTERNAL: &str = "INTERNAL";

/// What the schema shows of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Introspection and "did you mean": for those who write clients.
    Development,
    /// Neither: the published schema file is the description.
    Production,
}

/// Puts every limit on a schema. The library's own limits stay on as the second fence.
pub fn limited<Q, M, S>(builder: SchemaBuilder<Q, M, S>, mode: Mode) -> SchemaBuilder<Q, M, S>
where
    Q: ObjectType + 'static,
    M: ObjectType + 'static,
    S: SubscriptionType + 'static,
{
    let builder = builder
        .extension(Limits)
        .limit_depth(MAX_DEPTH)
        .limit_complexity(MAX_COMPLEXITY)
        .limit_recursive_depth(MAX_RECURSION)
        .limit_directives(MAX_DIRECTIVES_PER_FIELD);
    match mode {
        Mode::Development => builder,
        Mode::Production => builder.disable_introspection().disable_suggestions(),
    }
}

/// The extension that refuses what is too big, notes the operation on the request's [`Watch`], and gives a code to
/// every error of the library. Register it before extensions that bring a document of their own, so that it sees theirs.
pub struct Limits;

impl ExtensionFactory for Limits {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(Admission {
            is_started: AtomicBool::new(false),
        })
    }
}

/// The extension's memory of one request.
struct Admission {
    is_started: AtomicBool,
}

#[async_trait]
impl Extension for Admission {
    async fn request(&self, ctx: &ExtensionContext<'_>, next: NextRequest<'_>) -> Response {
        let mut response = next.run(ctx).await;
        let is_started = self.is_started.load(Ordering::Acquire);
        for error in &mut response.errors {
            give_code(error, is_started);
        }
        response
    }

    async fn prepare_request(
        &self,
        ctx: &ExtensionContext<'_>,
        request: Request,
        next: NextPrepareRequest<'_>,
    ) -> ServerResult<Request> {
        let mut request = next.run(ctx, request).await?;
        weight::check_text(&request.query).map_err(refusal)?;
        let wanted = request.operation_name.clone();
        let document = request.parsed_query()?;
        weight::check(document).map_err(refusal)?;
        let shows_code = operation::shows_receipt_code(document);
        let Some(operation) = Operation::selected(document, wanted.as_deref()) else {
            return Ok(request);
        };
        operation::record(&operation);
        let Some(watch) = watch_of(&request) else {
            return Ok(request);
        };
        let is_welcome = watch.admits(operation.kind, shows_code);
        watch.note(operation);
        if is_welcome {
            return Ok(request);
        }
        let message = "Only a query without receipt code may be sent by GET.";
        Err(coded(ServerError::new(message, None), METHOD_NOT_ALLOWED))
    }

    async fn parse_query(
        &self,
        ctx: &ExtensionContext<'_>,
        query: &str,
        variables: &Variables,
        next: NextParseQuery<'_>,
    ) -> ServerResult<ExecutableDocument> {
        // The document was parsed above: all that can still fail here is the library's own limit.
        next.run(ctx, query, variables)
            .await
            .map_err(|error| coded(error, QUERY_TOO_COMPLEX))
    }

    async fn validation(
        &self,
        ctx: &ExtensionContext<'_>,
        next: NextValidation<'_>,
    ) -> Result<ValidationResult, Vec<ServerError>> {
        next.run(ctx).await.map_err(|errors| {
            let code = if errors.iter().any(is_limit) {
                QUERY_TOO_COMPLEX
            } else {
                QUERY_INVALID
            };
            errors.into_iter().map(|error| coded(error, code)).collect()
        })
    }

    async fn execute(
        &self,
        ctx: &ExtensionContext<'_>,
        operation_name: Option<&str>,
        next: NextExecute<'_>,
    ) -> Response {
        self.is_started.store(true, Ordering::Release);
        if let Some(watch) = ctx.data_opt::<Watch>() {
            watch.start();
        }
        next.run(ctx, operation_name).await
    }
}

fn watch_of(request: &Request) -> Option<&Watch> {
    request
        .data
        .get(&TypeId::of::<Watch>())
        .and_then(|watch| watch.downcast_ref())
}

/// The library tells its limits from other validation errors by the text alone; a test here fails if it changes.
fn is_limit(error: &ServerError) -> bool {
    matches!(
        error.message.as_str(),
        "Query is too complex." | "Query is nested too deep."
    )
}

fn give_code(error: &mut ServerError, is_started: bool) {
    let is_input = error.message.starts_with("Failed to parse \"")
        || error.message.starts_with("Expected input type \"")
        || error.message.ends_with(" is not defined.");
    let code = match (is_started, is_input) {
        (false, _) => QUERY_INVALID,
        (true, true) => INPUT_INVALID,
        (true, false) => INTERNAL,
    };
    let extensions = error.extensions.get_or_insert_default();
    if extensions.get("code").is_none() {
        extensions.set("code", code);
    }
}

fn coded(mut error: ServerError, code: &str) -> ServerError {
    error.extensions.get_or_insert_default().set("code", code);
    error
}

fn refusal(excess: Excess) -> ServerError {
    let code = match excess {
        Excess::TooMany { .. } => QUERY_TOO_COMPLEX,
        Excess::Cycle(_) => QUERY_INVALID,
    };
    coded(ServerError::new(excess.to_string(), None), code)
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use async_graphql::{EmptySubscription, Object, Schema};

    use super::*;
    use crate::operation::{Allowed, Kind};

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
        limited(Schema::build(Query, Mutation, EmptySubscription), mode)
            .finish()
            .execute(request)
            .await
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
    async fn the_librarys_own_limits_carry_the_same_code() {
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
