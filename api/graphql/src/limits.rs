//! What a document may cost before anything is looked up for it.
//!
//! The library measures depth and complexity while it validates, and expands every fragment each time it is spread. A
//! document of a few hundred bytes whose fragments spread each other twice therefore keeps a core busy for hours, and
//! thirty copies of one expensive field under thirty names cost little by its measure. So the text is measured before
//! it is parsed, and the document before it is validated, both in time linear to its length. Numbers are the server's
//! own; the widest operation of the apps stays far below them.

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
/// Most directives on one field or fragment.
pub const MAX_DIRECTIVES_PER_FIELD: usize = 5;
/// Most fields and fragments of one operation, fragments expanded. The standard introspection takes about 200.
pub const MAX_SELECTIONS: usize = 2_000;
/// Most levels of fields. The standard introspection query needs 13 to 15.
pub const MAX_DEPTH: usize = 15;
/// Most levels of selection sets, where a fragment counts as a level.
pub const MAX_RECURSION: usize = 32;
/// Most points of an operation: one for each field, times the number of rows that a list asks for. What stands in a row of a
/// visit weighs nothing beside its row (`cost`).
pub const MAX_COMPLEXITY: usize = 5_000;

/// Code of a document that exceeds one of the limits.
pub const QUERY_TOO_COMPLEX: &str = "QUERY_TOO_COMPLEX";
/// Code of a document that is not GraphQL, or not of this schema, or whose variables do not fit it.
pub const QUERY_INVALID: &str = "QUERY_INVALID";
/// Code of an argument that only its own type could judge, such as a malformed id.
pub const INPUT_INVALID: &str = "INPUT_INVALID";
/// Code of an operation that the request's method may not run.
pub const METHOD_NOT_ALLOWED: &str = "METHOD_NOT_ALLOWED";
/// Code of a digest that names no published document.
pub const PERSISTED_QUERY_NOT_FOUND: &str = "PERSISTED_QUERY_NOT_FOUND";
/// Code of a document that is not published, of somebody who may not write one.
pub const DOCUMENT_NOT_PUBLISHED: &str = "DOCUMENT_NOT_PUBLISHED";
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
