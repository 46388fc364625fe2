//! What every page must keep, checked on the finished HTML: nothing that the content security
//! policy would block, nothing fetched from elsewhere, a label for every control, references that
//! lead somewhere.

use std::collections::BTreeSet;

/// Fails with the offending tag.
pub fn check(html: &str) {
    let tags = tags(html);
    let ids = unique_ids(&tags);
    let labelled = tags
        .iter()
        .filter(|tag| tag.name == "label")
        .filter_map(|tag| tag.get("for"))
        .collect::<BTreeSet<_>>();
    assert_eq!(tags.iter().filter(|t| t.name == "h1").count(), 1, "one h1");
    for tag in &tags {
        check_policy(tag);
        check_references(tag, &ids);
        if is_control(tag) {
            let id = tag.get("id").unwrap_or_default();
            assert!(labelled.contains(id), "no label for {tag:?}");
        }
    }
}

fn check_policy(tag: &Tag<'_>) {
    assert!(
        !["script", "style", "iframe", "object"].contains(&tag.name),
        "{tag:?}"
    );
    for (name, value) in &tag.attributes {
        assert_ne!(*name, "style", "{tag:?}");
        assert!(!name.starts_with("on"), "{tag:?}");
        let is_fetched = *name == "src" || (*name == "href" && tag.name == "link");
        assert!(
            !is_fetched || value.starts_with('/') || value.starts_with("data:"),
            "{tag:?}"
        );
    }
}

fn check_references(tag: &Tag<'_>, ids: &BTreeSet<&str>) {
    let named = ["for", "aria-describedby", "aria-labelledby"]
        .into_iter()
        .filter_map(|name| tag.get(name))
        .flat_map(str::split_whitespace);
    let linked = tag.get("href").and_then(|href| href.strip_prefix('#'));
    for id in named.chain(linked) {
        assert!(ids.contains(id), "{tag:?} names a missing {id}");
    }
}

fn is_control(tag: &Tag<'_>) -> bool {
    match tag.name {
        "input" => tag.get("type") != Some("hidden"),
        "select" | "textarea" => true,
        _ => false,
    }
}

fn unique_ids<'a>(tags: &[Tag<'a>]) -> BTreeSet<&'a str> {
    let mut ids = BTreeSet::new();
    for id in tags.iter().filter_map(|tag| tag.get("id")) {
        assert!(ids.insert(id), "the id {id} is used twice");
    }
    ids
}

#[derive(Debug)]
struct Tag<'a> {
    name: &'a str,
    attributes: Vec<(&'a str, &'a str)>,
}

impl<'a> Tag<'a> {
    fn get(&self, name: &str) -> Option<&'a str> {
        self.attributes
            .iter()
            .find(|(n, _)| *n == name)
            .map(|(_, value)| *value)
    }
}

/// Opening tags in the form in which maud writes them: values in double quotes, `<` escaped.
fn tags(html: &str) -> Vec<Tag<'_>> {
    html.split('<')
        .skip(1)
        .filter(|piece| piece.starts_with(|c: char| c.is_ascii_alphabetic()))
        .map(|piece| {
            let (name, mut rest) = piece.split_at(piece.find([' ', '>']).unwrap_or(piece.len()));
            let mut attributes = Vec::new();
            while let Some(attribute) = rest.strip_prefix(' ') {
                let end = attribute.find(['=', ' ', '>']).unwrap_or(attribute.len());
                let (attribute_name, after) = attribute.split_at(end);
                let (value, after) = match after.strip_prefix("=\"") {
                    Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
                    None => ("", after),
                };
                attributes.push((attribute_name, value));
                rest = after;
            }
            Tag { name, attributes }
        })
        .collect()
}
