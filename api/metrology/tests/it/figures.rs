//! What a verdict costs is measured once and told in four pages: all tell the same.

use std::fs;
use std::path::Path;

fn page(name: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    fs::read_to_string(root.join(name)).unwrap()
}

/// The times in the rows of tables that begin with one of these, in their order.
fn times(page: &str, rows: &[&str]) -> Vec<String> {
    let row = |start: &&str| {
        let start = format!("| {start} |");
        let found = page.lines().find(|line| line.starts_with(&start));
        found.unwrap_or_else(|| panic!("{start}"))
    };
    let cells = rows.iter().map(row).flat_map(|row| row.split('|'));
    let is_time = |cell: &&str| cell.contains(" µs") || cell.contains(" ns");
    cells
        .filter(is_time)
        .map(|cell| cell.trim().to_owned())
        .collect()
}

#[test]
fn both_languages_tell_the_same_times_of_a_verdict() {
    let english = page("api/metrology/README.md");
    let chinese = page("api/metrology/README.zh-CN.md");
    let english = times(&english, &["a weighing", "a lot of 125 packages"]);
    assert_eq!(english.len(), 10, "{english:?}");
    assert_eq!(english, times(&chinese, &["称重", "125 件一批"]));
}

#[test]
fn the_first_page_tells_the_times_that_stand_beside_the_library() {
    let library = page("api/metrology/README.md");
    let of_weighing = times(&library, &["a weighing"]);
    let of_lot = times(&library, &["a lot of 125 packages"]);
    let wanted = [&of_weighing[0], &of_lot[0], &of_weighing[3]];
    for (name, rows) in [
        (
            "README.md",
            [
                "verdict on a weighing",
                "verdict on a lot of 125 packages",
                "recompute a stored weighing",
            ],
        ),
        (
            "README.zh-CN.md",
            ["称重判定", "125 件一批的判定", "重算一份已存的称重判定"],
        ),
    ] {
        let told = times(&page(name), &rows);
        let told: Vec<&str> = told
            .iter()
            .filter_map(|time| time.split(" (").next())
            .collect();
        assert_eq!(told, wanted, "{name}");
    }
}
