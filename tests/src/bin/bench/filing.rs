//! Filing reports against `pgbench` with the same statements: what one filing writes, with other ids each time.

use std::time::Duration;

use liangxin_tests::flow::Flow;
use liangxin_tests::script::Step;
use serde_json::{Value, json};

use crate::stand::{Stand, lines};
use crate::{clients, pgbench};

/// How many write at the same time.
const WRITERS: usize = 16;

/// Files for a while, and lets `pgbench` do the same.
pub async fn compare(stand: &Stand, time: Duration) -> anyhow::Result<()> {
    let script = script(stand).await?;
    let ours = clients::file(stand, WRITERS, time).await?;
    let theirs = pgbench::run(&stand.database_url, &script, WRITERS, time)?;
    println!(
        "FileReport without photos, {WRITERS} writers: {:.0} a second (p50 {:.1} ms), pgbench {theirs:.0}: {:.0} %",
        ours.a_second,
        ours.p50_ms,
        100.0 * ours.a_second / theirs
    );
    Ok(())
}

/// What one filing asks and writes, as a script. What differs between two filings is what belongs to one alone, and gets
/// a value of its own in each run.
async fn script(stand: &Stand) -> anyhow::Result<String> {
    let (one, other) = (filing(stand).await?, filing(stand).await?);
    let (one, other) = (literals(&one), literals(&other));
    anyhow::ensure!(
        one.len() == other.len(),
        "two filings ask for different things"
    );
    let mut own: Vec<&str> = Vec::new();
    let mut script = String::from("\\set n random(1, 281474976710655)\n");
    for (at, (mine, others)) in one.iter().zip(&other).enumerate() {
        // Every second part is a literal.
        if at % 2 == 0 || mine == others {
            script.push_str(mine);
            continue;
        }
        let number = own.iter().position(|known| known == mine);
        let number = number.unwrap_or_else(|| {
            own.push(mine);
            own.len() - 1
        });
        script.push_str(&fresh(mine, number));
    }
    Ok(script)
}

/// A literal in place of another one, made of the number of the run and of which literal it is.
fn fresh(literal: &str, number: usize) -> String {
    let text = literal.trim_matches('\'');
    let hexadecimal = |text: &str| text.chars().all(|sign| sign.is_ascii_hexdigit());
    if text.len() == 36 && hexadecimal(&text.replace('-', "")) {
        return format!("CAST(md5('{number} ' || CAST(:n AS bigint)) AS uuid)");
    }
    let digest = format!("md5('{number} ' || CAST(:n AS bigint))");
    match (text.len(), hexadecimal(text)) {
        (64, true) => format!("({digest} || {digest})"),
        _ => format!("left({digest}, {})", text.len()),
    }
}

/// The statements of one filing, whose writes are one transaction.
async fn filing(stand: &Stand) -> anyhow::Result<String> {
    let flow = Flow::new(&stand.app);
    let mut variables = flow.variables(Step::FileReport);
    variables["input"]["photos"] = json!([]);
    variables["input"]["contactEmail"] = Value::Null;
    variables["input"]["consentToMail"] = json!(false);
    stand.asked.take();
    stand
        .app
        .anonymous()
        .run("FileReport", variables)
        .await
        .ok();
    let asked = stand.asked.take();
    let is_write = |text: &str| text.trim_start().to_uppercase().starts_with("INSERT");
    let first = asked.iter().position(|statement| is_write(&statement.text));
    let last = asked
        .iter()
        .rposition(|statement| is_write(&statement.text));
    let (Some(first), Some(last)) = (first, last) else {
        anyhow::bail!("a filing writes nothing");
    };
    Ok(format!(
        "{}BEGIN;\n{}COMMIT;\n{}",
        lines(&asked[..first]),
        lines(&asked[first..=last]),
        lines(&asked[last + 1..])
    ))
}

/// A script cut at its literals: every second part is one, quotes and all.
fn literals(script: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    for (at, piece) in script.split('\'').enumerate() {
        // Two quotes in a row stand for one inside a literal; here they make an empty part between two literals.
        match at % 2 {
            0 if at > 0 => parts.push(piece.to_owned()),
            0 => parts[0] = piece.to_owned(),
            _ => parts.push(format!("'{piece}'")),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_is_cut_at_its_literals_and_fresh_ones_have_the_shape_of_the_old() {
        let cut = literals("INSERT INTO a VALUES ('x', 1, 'y');");
        assert_eq!(cut, ["INSERT INTO a VALUES (", "'x'", ", 1, ", "'y'", ");"]);
        let id = fresh("'7e632f6b-d72f-53cc-b508-dbbc8d3c2e4a'", 0);
        assert!(id.ends_with("AS uuid)"), "{id}");
        let number = fresh("'JB-430103-20261123-7F3A19C2'", 1);
        assert!(number.starts_with("left(md5('1 '"), "{number}");
    }
}
