//! A document as the tools of others print it: by the digests of these texts they name it, and no phone sends the file itself.
//!
//! `print` of graphql-js 16, and what `@graphql-tools/documents` makes of it for `@graphql-codegen/client-preset`. A document of
//! several operations or with fragments is none of ours, and has no form here.

use std::collections::BTreeSet;

use async_graphql::{
    Name, Pos, Positioned,
    parser::types::{
        Directive, DocumentOperations, ExecutableDocument, Field, OperationDefinition,
        OperationType, Selection, SelectionSet, VariableDefinition,
    },
};

/// The longest line of a call; longer ones have a line for each argument.
const LINE_CHARS: usize = 80;

/// What every type has, and caches of phones ask for everywhere.
const TYPENAME: &str = "__typename";

/// Every text by which a tool names a document: printed, printed with the names of types that caches ask for, on one line
/// (Apollo Kotlin), and sorted (`@graphql-codegen`). None for a document that is not one named operation.
pub(super) fn forms(document: &ExecutableDocument) -> BTreeSet<String> {
    let Some((name, operation)) = only(document) else {
        return BTreeSet::new();
    };
    let mut named = operation.clone();
    add_typenames(&mut named.selection_set.node, Level::Root);
    let plain = print(name, operation);
    let texts = [
        plain.as_deref().map(on_one_line),
        plain,
        print(name, &named),
        print(name, &sorted(operation)).map(|text| on_one_line(&text)),
    ];
    texts.into_iter().flatten().collect()
}

/// What documents have in common that ask for the same: all but white space, comments, the order of fields, and names of types.
pub(super) fn meaning(document: &ExecutableDocument) -> Option<String> {
    let (name, operation) = only(document)?;
    let mut operation = sorted(operation);
    remove_typenames(&mut operation.selection_set.node);
    // Not on one line: that would change the blanks within a text.
    print(name, &operation)
}

/// The only operation of a document without fragments.
fn only(document: &ExecutableDocument) -> Option<(&Name, &OperationDefinition)> {
    let DocumentOperations::Multiple(all) = &document.operations else {
        return None;
    };
    let mut all = all.iter();
    match (all.next(), all.next()) {
        (Some((name, operation)), None) if document.fragments.is_empty() => {
            Some((name, &operation.node))
        }
        _ => None,
    }
}

/// Where a selection set stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    Root,
    Below,
}

fn below(set: &mut SelectionSet) -> impl Iterator<Item = &mut SelectionSet> {
    set.items
        .iter_mut()
        .filter_map(|item| match &mut item.node {
            Selection::Field(field) if !field.node.selection_set.node.items.is_empty() => {
                Some(&mut field.node.selection_set.node)
            }
            _ => None,
        })
}

fn is_typename(item: &Positioned<Selection>) -> bool {
    matches!(&item.node, Selection::Field(field) if field.node.name.node == TYPENAME)
}

fn add_typenames(set: &mut SelectionSet, level: Level) {
    for inner in below(set) {
        add_typenames(inner, Level::Below);
    }
    if level == Level::Root || set.items.iter().any(is_typename) {
        return;
    }
    let at = Pos::default();
    let field = Field {
        alias: None,
        name: Positioned::new(Name::new(TYPENAME), at),
        arguments: Vec::new(),
        directives: Vec::new(),
        selection_set: Positioned::default(),
    };
    let field = Selection::Field(Positioned::new(field, at));
    set.items.push(Positioned::new(field, at));
}

fn remove_typenames(set: &mut SelectionSet) {
    set.items.retain(|item| !is_typename(item));
    for inner in below(set) {
        remove_typenames(inner);
    }
}

/// Sorted by names; the fields of a mutation run in their order and keep it.
fn sorted(operation: &OperationDefinition) -> OperationDefinition {
    let mut sorted = operation.clone();
    let by_name = |it: &Positioned<VariableDefinition>| it.node.name.node.clone();
    sorted.variable_definitions.sort_by_key(by_name);
    let root = &mut sorted.selection_set.node;
    if operation.ty == OperationType::Mutation {
        below(root).for_each(sort);
    } else {
        sort(root);
    }
    sorted
}

fn sort(set: &mut SelectionSet) {
    set.items.sort_by_key(|item| match &item.node {
        Selection::Field(field) => Some(field.node.name.node.clone()),
        Selection::FragmentSpread(_) | Selection::InlineFragment(_) => None,
    });
    below(set).for_each(sort);
}

fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn print(name: &Name, operation: &OperationDefinition) -> Option<String> {
    let variables = operation.variable_definitions.iter();
    let variables: Vec<_> = variables.map(|it| variable(&it.node)).collect();
    let variables = match variables.as_slice() {
        [] => String::new(),
        some => format!("({})", some.join(", ")),
    };
    let mut parts = vec![operation.ty.to_string(), format!("{name}{variables}")];
    parts.extend(directives(&operation.directives));
    parts.push(block(&operation.selection_set.node)?);
    Some(parts.join(" "))
}

fn variable(variable: &VariableDefinition) -> String {
    let value = variable.default_value.as_ref();
    let value = value.map_or_else(String::new, |value| format!(" = {}", value.node));
    let (name, kind) = (&variable.name.node, &variable.var_type.node);
    let mut parts = vec![format!("${name}: {kind}{value}")];
    parts.extend(directives(&variable.directives));
    parts.join(" ")
}

fn directives(directives: &[Positioned<Directive>]) -> Vec<String> {
    let print = |directive: &Directive| {
        let arguments = directive.arguments.iter();
        let arguments: Vec<_> = arguments
            .map(|(name, value)| format!("{}: {}", name.node, value.node))
            .collect();
        match arguments.as_slice() {
            [] => format!("@{}", directive.name.node),
            some => format!("@{}({})", directive.name.node, some.join(", ")),
        }
    };
    directives.iter().map(|it| print(&it.node)).collect()
}

fn block(set: &SelectionSet) -> Option<String> {
    let fields = set.items.iter().map(|item| match &item.node {
        Selection::Field(field) => print_field(&field.node),
        Selection::FragmentSpread(_) | Selection::InlineFragment(_) => None,
    });
    let fields: Vec<_> = fields.collect::<Option<_>>()?;
    Some(format!("{{\n{}\n}}", indented(&fields)))
}

fn print_field(field: &Field) -> Option<String> {
    let alias = field.alias.as_ref();
    let alias = alias.map_or_else(String::new, |alias| format!("{}: ", alias.node));
    let name = format!("{alias}{}", field.name.node);
    let arguments = field.arguments.iter();
    let arguments: Vec<_> = arguments
        .map(|(name, value)| format!("{}: {}", name.node, value.node))
        .collect();
    let line = match arguments.as_slice() {
        [] => name.clone(),
        some => format!("{name}({})", some.join(", ")),
    };
    let call = if line.len() > LINE_CHARS {
        format!("{name}(\n{}\n)", indented(&arguments))
    } else {
        line
    };
    let mut parts = vec![call];
    parts.extend(directives(&field.directives));
    if !field.selection_set.node.items.is_empty() {
        parts.push(block(&field.selection_set.node)?);
    }
    Some(parts.join(" "))
}

fn indented(lines: &[String]) -> String {
    format!("  {}", lines.join("\n").replace('\n', "\n  "))
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;

    use super::*;

    const QUERY: &str = "# Somebody: what it is for.
query   Sample($visit: UUID!, $first: Int = 20, $kinds: [Kind!]) @live {
  zulu: visit(id: $visit) { id state, at @include(if: $yes) }
  alpha(first: $first, kinds: $kinds, after: null, isOpen: true) { items { b a c: a } }
}";

    const MUTATION: &str =
        "mutation Write($input: WriteInput!, $anotherArgument: String!, $aThirdArgument: Boolean) {
  write(input: $input, anotherArgument: $anotherArgument, aThirdArgument: $aThirdArgument) { z { b a } problems { code class } }
  again(input: $input) { id }
}";

    fn of(text: &str) -> BTreeSet<String> {
        forms(&parse_query(text).unwrap())
    }

    // What graphql 16.15 and @graphql-codegen/client-preset 6.2 printed.

    #[test]
    fn a_document_is_printed_as_graphql_js_prints_it() {
        let query = "query Sample($visit: UUID!, $first: Int = 20, $kinds: [Kind!]) @live {\n  zulu: visit(id: $visit) {\n    \
                     id\n    state\n    at @include(if: $yes)\n  }\n  alpha(first: $first, kinds: $kinds, after: null, \
                     isOpen: true) {\n    items {\n      b\n      a\n      c: a\n    }\n  }\n}";
        assert!(of(QUERY).contains(query));
        let mutation = "mutation Write($input: WriteInput!, $anotherArgument: String!, $aThirdArgument: Boolean) {\n  write(\n    \
                        input: $input\n    anotherArgument: $anotherArgument\n    aThirdArgument: $aThirdArgument\n  ) {\n    \
                        z {\n      b\n      a\n    }\n    problems {\n      code\n      class\n    }\n  }\n  again(input: $input) \
                        {\n    id\n  }\n}";
        assert!(of(MUTATION).contains(mutation));
    }

    #[test]
    fn a_document_is_sorted_as_its_generator_sorts_it() {
        let query = "query Sample($first: Int = 20, $kinds: [Kind!], $visit: UUID!) @live { alpha(first: $first, kinds: $kinds, \
                     after: null, isOpen: true) { items { a c: a b } } zulu: visit(id: $visit) { at @include(if: $yes) id \
                     state } }";
        assert!(of(QUERY).contains(query));
        let mutation = "mutation Write($aThirdArgument: Boolean, $anotherArgument: String!, $input: WriteInput!) { write( input: \
                        $input anotherArgument: $anotherArgument aThirdArgument: $aThirdArgument ) { problems { class code } z \
                        { a b } } again(input: $input) { id } }";
        assert!(of(MUTATION).contains(mutation));
    }

    #[test]
    fn names_of_types_are_asked_for_below_the_root() {
        let query =
            "query A {\n  a {\n    b {\n      c\n      __typename\n    }\n    __typename\n  }\n}";
        assert!(of("query A { a { b { c } } }").contains(query));
    }

    #[test]
    fn blanks_within_a_text_are_a_part_of_what_it_says() {
        let meaning = |text: &str| meaning(&parse_query(text).unwrap());
        let one = meaning("query A { b(x: \"c d\") }");
        assert!(one.is_some());
        assert_eq!(one, meaning("query  A { b( x: \"\"\"c d\"\"\" ) }"));
        for other in ["c  d", "c\\nd", "c\\td", " c d"] {
            let other = format!("query A {{ b(x: \"{other}\") }}");
            assert_ne!(one, meaning(&other), "{other}");
        }
    }

    #[test]
    fn documents_that_ask_for_the_same_mean_the_same() {
        let meaning = |text| meaning(&parse_query(text).unwrap());
        let one = meaning("query A($x: Int) { b(x: $x) { c d: e } f }");
        assert!(one.is_some());
        let other = "# Sorted.\nquery A($x:Int){__typename f b(x:$x){d:e c __typename}}";
        assert_eq!(one, meaning(other));
        for other in [
            "query B($x: Int) { b(x: $x) { c d: e } f }",
            "query A($x: Int) { b(x: $x) { c e } f }",
            "query A($x: Int) { b(x: $x) { c d: e } }",
            "query A($x: Int) { b(x: 1) { c d: e } f }",
            "query A($x: Int) { b(x: $x) { c d: e } f @skip(if: true) }",
            "mutation A($x: Int) { b(x: $x) { c d: e } f }",
        ] {
            assert_ne!(one, meaning(other), "{other}");
        }
        for none in [
            "{ a }",
            "query A { a } query B { a }",
            "query A { ...F } fragment F on Query { a }",
            "query A { ... { a } }",
        ] {
            assert_eq!(meaning(none), None, "{none}");
        }
    }
}
