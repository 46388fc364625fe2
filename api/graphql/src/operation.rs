//! What one request asks for, as far as the edge has to know it: kind and name of the operation, and whether its
//! resolvers ran.
//!
//! The adapter puts a [`Watch`] into the request and reads it afterwards; the schema of [`super::limited`] fills it.
//! Variables, arguments and documents never come here: they are personal data.

use std::{
    any::TypeId,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, Ordering},
    },
};

use async_graphql::{
    Request,
    parser::types::{
        DocumentOperations, ExecutableDocument, OperationType, Selection, SelectionSet,
    },
};

/// Longest part of an operation's name that is kept, in characters. The client chooses the name, and it goes to the log.
const NAME_CHARS: usize = 64;

/// What an operation is, as the specification names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Reads.
    Query,
    /// Writes.
    Mutation,
    /// Listens. Answered by a stream alone.
    Subscription,
}

impl Kind {
    /// The keyword of the query language.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Query => "query",
            Self::Mutation => "mutation",
            Self::Subscription => "subscription",
        }
    }
}

impl From<OperationType> for Kind {
    fn from(kind: OperationType) -> Self {
        match kind {
            OperationType::Query => Self::Query,
            OperationType::Mutation => Self::Mutation,
            OperationType::Subscription => Self::Subscription,
        }
    }
}

/// The operation that a request selects from its document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// Query, mutation or subscription.
    pub kind: Kind,
    /// The name that the client gave it, at most 64 characters of it; `None` for a nameless operation.
    pub name: Option<String>,
}

impl Operation {
    /// Finds the operation that will run, by the rule of the specification (`GetOperation`): the named one, or the only
    /// one. `None` when the request does not say which; such a request is refused before anything runs.
    pub fn selected(document: &ExecutableDocument, wanted: Option<&str>) -> Option<Self> {
        let (name, operation) = match (&document.operations, wanted) {
            (DocumentOperations::Single(operation), None) => (None, operation),
            (DocumentOperations::Single(_), Some(_)) => return None,
            (DocumentOperations::Multiple(all), Some(wanted)) => (Some(wanted), all.get(wanted)?),
            (DocumentOperations::Multiple(all), None) if all.len() == 1 => {
                let (name, operation) = all.iter().next()?;
                (Some(name.as_str()), operation)
            }
            (DocumentOperations::Multiple(_), None) => return None,
        };
        Some(Self {
            kind: operation.node.ty.into(),
            name: name.map(|name| name.chars().take(NAME_CHARS).collect()),
        })
    }
}

/// The arguments with which somebody without an account shows a receipt code, and in which anybody sends words.
const PRIVATE: [&str; 3] = ["input", "receiptCode", "texts"];

/// Whether a document shows a receipt code or sends words anywhere. Such a document comes by POST only: an address stands in the
/// history of browsers and in the logs of proxies.
pub fn is_private(document: &ExecutableDocument) -> bool {
    let operations = document.operations.iter();
    let operations = operations.map(|(_, operation)| &operation.node.selection_set.node);
    let fragments = document.fragments.values();
    let fragments = fragments.map(|fragment| &fragment.node.selection_set.node);
    operations.chain(fragments).any(has_private)
}

fn has_private(set: &SelectionSet) -> bool {
    set.items.iter().any(|item| match &item.node {
        Selection::Field(field) => {
            let mut names = field.node.arguments.iter().map(|(name, _)| &name.node);
            names.any(|name| PRIVATE.contains(&name.as_str()))
                || has_private(&field.node.selection_set.node)
        }
        Selection::InlineFragment(part) => has_private(&part.node.selection_set.node),
        // Fragments are looked at by themselves.
        Selection::FragmentSpread(_) => false,
    })
}

/// Which operations this request may run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Allowed {
    /// Queries and mutations: the request came by POST.
    Any,
    /// Queries only, and none that shows a receipt code or words: the request came by GET, which a browser sends for any page
    /// that asks it to, and whose address is kept in many places.
    Queries,
}

/// A request's companion: says what it may run, and remembers what it was.
///
/// Clones share one memory, so that the adapter keeps one while the request carries the other.
#[derive(Debug, Clone)]
pub struct Watch(Arc<Seen>);

#[derive(Debug)]
struct Seen {
    allowed: Allowed,
    operation: OnceLock<Operation>,
    is_started: AtomicBool,
}

impl Watch {
    /// A watch for one request that has not been parsed yet.
    pub fn new(allowed: Allowed) -> Self {
        Self(Arc::new(Seen {
            allowed,
            operation: OnceLock::new(),
            is_started: AtomicBool::new(false),
        }))
    }

    /// Whether the request may run an operation of the kind, with or without something private in its document.
    pub fn admits(&self, kind: Kind, is_private: bool) -> bool {
        match self.0.allowed {
            Allowed::Any => true,
            Allowed::Queries => kind == Kind::Query && !is_private,
        }
    }

    /// The operation, once the document has been parsed and says clearly which one is meant.
    pub fn operation(&self) -> Option<&Operation> {
        self.0.operation.get()
    }

    /// Whether the first resolver was reached. An error before that is the request's fault, not a result.
    pub fn is_started(&self) -> bool {
        self.0.is_started.load(Ordering::Acquire)
    }

    pub(super) fn note(&self, operation: Operation) {
        // A second parse of the same request would find the same operation: the first answer stands.
        let _ = self.0.operation.set(operation);
    }

    pub(super) fn start(&self) {
        self.0.is_started.store(true, Ordering::Release);
    }
}

/// A request with its watch, or with one of its own.
pub(super) fn watched(request: Request) -> (Request, Watch) {
    let found = request.data.get(&TypeId::of::<Watch>());
    match found.and_then(|watch| watch.downcast_ref::<Watch>()) {
        Some(watch) => {
            let watch = watch.clone();
            (request, watch)
        }
        None => {
            let watch = Watch::new(Allowed::Any);
            (request.data(watch.clone()), watch)
        }
    }
}

/// The span around one operation. Its kind and name are filled in by [`record`] as soon as the document is parsed.
pub fn span() -> tracing::Span {
    tracing::info_span!(
        "graphql",
        operation_kind = tracing::field::Empty,
        operation_name = tracing::field::Empty,
    )
}

/// Writes kind and name into the span that the caller runs in; does nothing in a span without these fields.
pub(super) fn record(operation: &Operation) {
    let span = tracing::Span::current();
    span.record("operation_kind", operation.kind.as_str());
    if let Some(name) = &operation.name {
        span.record("operation_name", name.as_str());
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;

    use super::*;

    fn selected(document: &str, wanted: Option<&str>) -> Option<Operation> {
        Operation::selected(&parse_query(document).unwrap(), wanted)
    }

    #[test]
    fn the_only_operation_needs_no_name() {
        let nameless = Operation {
            kind: Kind::Query,
            name: None,
        };
        let named = Operation {
            kind: Kind::Mutation,
            name: Some("A".into()),
        };
        assert_eq!(selected("{ a }", None), Some(nameless));
        assert_eq!(selected("mutation A { a }", None), Some(named));
    }

    #[test]
    fn one_of_several_is_selected_by_name_only() {
        let document = "query A { a } mutation B { b }";
        assert_eq!(selected(document, None), None);
        assert_eq!(selected(document, Some("C")), None);
        assert_eq!(
            selected(document, Some("B")).map(|found| found.kind),
            Some(Kind::Mutation)
        );
    }

    #[test]
    fn a_receipt_code_and_words_are_found_wherever_the_document_shows_them() {
        let shows = |document| is_private(&parse_query(document).unwrap());
        for document in [
            "query A($c: String!) { track(receiptCode: $c) { id } }",
            "{ track(receiptCode: \"7QK2\") { id } }",
            "{ ...Own } fragment Own on Query { other: track(receiptCode: \"7QK2\") { id } }",
            "{ a { ... on B { track(receiptCode: \"7QK2\") } } }",
            "query A($i: ReconcileInput!) { reconcile(input: $i) { id } }",
            "{ personalDataWarnings(texts: []) { kind } }",
        ] {
            assert!(shows(document), "{document}");
        }
        assert!(!shows("{ receiptCode track(id: 1) { receiptCode } }"));
    }

    #[test]
    fn a_long_name_is_cut_before_it_reaches_the_log() {
        let document = format!("query {} {{ a }}", "x".repeat(500));
        let name = selected(&document, None).and_then(|found| found.name);
        assert_eq!(name.map(|name| name.len()), Some(NAME_CHARS));
    }
}
