//! Fields that say nothing. What was not said is no field of a document: a measurement is written with the keys
//! that were read. Before, every such field was written as `null`, and what was stored so stays so.

/// A written document without its fields that are `null`.
pub(crate) fn without(json: &str) -> String {
    let mut kept = String::with_capacity(json.len());
    let mut rest = json;
    while let Some((before, text)) = rest.find('"').map(|at| rest.split_at(at)) {
        kept.push_str(before);
        let (text, behind) = text.split_at(length_of_text(text));
        rest = behind;
        // Only a key has a colon behind it.
        match behind.strip_prefix(":null") {
            None => kept.push_str(text),
            Some(behind) if kept.ends_with(',') => {
                kept.pop();
                rest = behind;
            }
            Some(behind) => rest = behind.strip_prefix(',').unwrap_or(behind),
        }
    }
    kept.push_str(rest);
    kept
}

/// How many bytes the text has that a document goes on with, its two signs included.
fn length_of_text(from: &str) -> usize {
    let mut is_escaped = false;
    for (at, sign) in from.char_indices().skip(1) {
        match sign {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    from.len()
}

#[cfg(test)]
mod tests {
    use super::without;

    #[test]
    fn fields_that_say_nothing_are_left_out_wherever_they_stand() {
        for (json, wanted) in [
            (r#"{"a":null}"#, "{}"),
            (r#"{"a":null,"b":1}"#, r#"{"b":1}"#),
            (r#"{"a":null,"b":null,"c":"x"}"#, r#"{"c":"x"}"#),
            (r#"{"a":1,"b":null}"#, r#"{"a":1}"#),
            (
                r#"{"a":1,"b":null,"c":[{"d":null},2]}"#,
                r#"{"a":1,"c":[{},2]}"#,
            ),
            (
                r#"{"a":":null,","b":"\\\":null"}"#,
                r#"{"a":":null,","b":"\\\":null"}"#,
            ),
            (
                r#"{"null":"null","b":false}"#,
                r#"{"null":"null","b":false}"#,
            ),
        ] {
            assert_eq!(without(json), wanted);
        }
    }
}
