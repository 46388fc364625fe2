//! The rules about the source text that the compiler does not know: which layer may use which, how long a file may
//! be, and what may not be left in it. Each failure names the file, the line and the rule.

#![cfg(test)]

mod source;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use source::{Source, reads};

/// A part of the tree, relative to the root of the workspace (a directory, or the file of that name with `.rs`), and
/// the paths that its code may not name. `crate::x` is a module of the crate that the part belongs to.
type Layer = (&'static str, &'static str);

/// Imports run one way. Between crates Cargo sees to it; here stands what a crate must not name although it could,
/// and inside the application: jobs use usecase, which uses store, which uses entity. The clock, randomness, mail and
/// objects come in through ports alone.
const LAYERS: &[Layer] = &[
    (
        "api/metrology/src",
        "liangxin_domain sea_orm async_graphql actix_web tokio futures_util tracing uuid
         ring std::fs std::net std::env std::process std::thread std::time::SystemTime std::time::Instant",
    ),
    (
        "api/domain/src",
        "sea_orm actix_web tokio futures_util tracing ring
         std::fs std::net std::env std::process std::thread std::time::SystemTime std::time::Instant",
    ),
    (
        "api/picture/src",
        "liangxin_domain sea_orm async_graphql actix_web tokio futures_util tracing uuid ring
         std::fs std::net std::env std::process std::thread std::time::SystemTime std::time::Instant",
    ),
    ("entity/src", "async_graphql actix_web serde serde_json"),
    (
        "api/app/src/store",
        "async_graphql crate::app crate::ports crate::usecase crate::jobs",
    ),
    (
        "api/app/src/usecase",
        "sea_orm liangxin_entity async_graphql crate::jobs",
    ),
    ("api/app/src/jobs", "async_graphql"),
    (
        "api/app/src/ports",
        "async_graphql crate::usecase crate::jobs",
    ),
    (
        "api/graphql/src",
        "liangxin_app::work liangxin_app::ports liangxin_app::jobs",
    ),
    (
        "api/web/src",
        "liangxin_app::work liangxin_app::ports liangxin_app::jobs",
    ),
];

/// Names in the server that belong to one place each.
const ONLY_IN: &[(&str, &str)] = &[
    ("lettre ring::rand", "api/app/src/ports"),
    ("clap", "api/src/cli api/src/config"),
];

/// The crates of which the server is made.
const SERVER: &[&str] = &[
    "api/src",
    "api/app/src",
    "api/graphql/src",
    "api/web/src",
    "api/s3/src",
    "api/demo/src",
];

/// The crates of the pure parts and all that each may depend on.
const DEPENDENCIES: &[(&str, &[&str])] = &[
    (
        "api/metrology",
        &[
            "chrono",
            "num-bigint",
            "num-rational",
            "num-traits",
            "rust_decimal",
            // Optional, for the files of the contract alone.
            "schemars",
            "serde",
            "serde_json",
            "serde_path_to_error",
            "sha2",
            "strum",
            "thiserror",
            "toml",
            "unicode-properties",
        ],
    ),
    (
        "api/domain",
        &[
            "liangxin-metrology",
            "async-graphql", // behind the feature `wire`, for its derives alone
            "chrono",
            "rust_decimal",
            "serde",
            "strum",
            "thiserror",
            "toml",
            "uuid",
        ],
    ),
    (
        "api/picture",
        &[
            "chrono",
            "fast_image_resize",
            "flate2",
            "image",
            "kamadak-exif",
            "thiserror",
        ],
    ),
    ("entity", &["sea-orm"]),
];

/// Features that would bring a clock or randomness into a pure crate.
const IMPURE_FEATURES: &[&str] = &["\"clock\"", "\"now\"", "\"v4\"", "\"v7\"", "\"default\""];

/// Production code outside of [`SERVER`].
const BELOW: &[&str] = &[
    "api/metrology/src",
    "api/domain/src",
    "api/picture/src",
    "entity/src",
    "migration/src",
];

const FIRST_LINE_TOO_MANY: usize = 400;

#[test]
fn imports_run_one_way() {
    let mut breaches = String::new();
    for (place, may_not_use) in LAYERS {
        let files: Vec<&Source> = sources()
            .iter()
            .filter(|source| source.is_in(place))
            .collect();
        if files.is_empty() {
            writeln!(
                breaches,
                "{place}:0: no source here: has the layer moved away from its rule?"
            )
            .unwrap();
        }
        for source in files {
            for path in source.paths() {
                if let Some(banned) = may_not_use
                    .split_whitespace()
                    .find(|banned| path.is_under(banned))
                {
                    source.report(
                        &mut breaches,
                        path.line,
                        &format!("{place} may not use {banned}"),
                    );
                }
            }
        }
    }
    assert!(breaches.is_empty(), "{breaches}");
}

#[test]
fn the_outside_world_is_named_only_where_it_comes_in() {
    let mut breaches = String::new();
    for (names, places) in ONLY_IN {
        let at_home = |source: &Source| places.split(' ').any(|place| source.is_in(place));
        for source in sources()
            .iter()
            .filter(|source| SERVER.iter().any(|part| source.is_in(part)) && !at_home(source))
        {
            for path in source.paths() {
                if let Some(name) = names.split(' ').find(|name| path.is_under(name)) {
                    source.report(
                        &mut breaches,
                        path.line,
                        &format!("{name} is for {places} alone"),
                    );
                }
            }
        }
    }
    assert!(breaches.is_empty(), "{breaches}");
}

#[test]
fn a_moment_of_the_schema_is_told_by_its_own_scalar() {
    let mut breaches = String::new();
    let schema = sources().iter().filter(|source| {
        source.is_in("api/graphql/src") && !source.is_in("api/graphql/src/moment")
    });
    for source in schema {
        for path in source.paths() {
            if path.is_under("chrono::Utc") {
                source.report(
                    &mut breaches,
                    path.line,
                    "a moment of the schema is a Moment",
                );
            }
        }
    }
    assert!(breaches.is_empty(), "{breaches}");
}

#[test]
fn the_pure_crates_neither_wait_nor_depend_on_the_outside() {
    let mut breaches = String::new();
    for source in sources().iter().filter(|s| {
        DEPENDENCIES
            .iter()
            .any(|(package, _)| s.is_in(&format!("{package}/src")))
    }) {
        for token in source
            .live
            .iter()
            .filter(|token| ["async", "await"].contains(&&*token.text))
        {
            source.report(
                &mut breaches,
                token.line,
                "a pure crate has nothing to wait for",
            );
        }
    }
    for (package, allowed) in DEPENDENCIES {
        let manifest = format!("{package}/Cargo.toml");
        let text = std::fs::read_to_string(root().join(&manifest)).expect(&manifest);
        for (line, name, rest) in dependencies(&text) {
            if !allowed.contains(&name) {
                writeln!(
                    breaches,
                    "{manifest}:{line}: {package} may not depend on {name}"
                )
                .unwrap();
            }
            if let Some(feature) = IMPURE_FEATURES
                .iter()
                .find(|feature| rest.contains(*feature))
            {
                writeln!(
                    breaches,
                    "{manifest}:{line}: feature {feature} of {name} is not pure"
                )
                .unwrap();
            }
        }
    }
    assert!(breaches.is_empty(), "{breaches}");
}

#[test]
fn no_file_is_long_and_every_name_says_something() {
    let mut breaches = String::new();
    let hollow = [
        "util", "utils", "helper", "helpers", "common", "misc", "manager", "managers",
    ];
    for source in sources() {
        if source.lines >= FIRST_LINE_TOO_MANY {
            let rule = format!("a file stays under {FIRST_LINE_TOO_MANY} lines");
            source.report(&mut breaches, source.lines, &rule);
        }
        for part in source
            .file
            .trim_end_matches(".rs")
            .split('/')
            .filter(|part| hollow.contains(part))
        {
            source.report(
                &mut breaches,
                1,
                &format!("`{part}` names no noun of the trade"),
            );
        }
    }
    assert!(breaches.is_empty(), "{breaches}");
}

#[test]
fn nothing_is_left_undone_and_no_test_is_ignored_without_a_reason() {
    let mut breaches = String::new();
    for source in sources() {
        for (at, token) in source.tokens.iter().enumerate() {
            if reads(&source.tokens, at, &["todo", "!"])
                || reads(&source.tokens, at, &["unimplemented", "!"])
            {
                source.report(
                    &mut breaches,
                    token.line,
                    "code is finished before it is kept",
                );
            }
            if reads(&source.tokens, at, &["#", "[", "ignore", "]"]) {
                source.report(
                    &mut breaches,
                    token.line,
                    "an ignored test says why: #[ignore = \"..\"]",
                );
            }
        }
    }
    assert!(breaches.is_empty(), "{breaches}");
}

#[test]
fn production_code_does_not_panic_on_a_missing_value() {
    let mut breaches = String::new();
    for source in sources()
        .iter()
        .filter(|source| SERVER.iter().chain(BELOW).any(|place| source.is_in(place)))
    {
        for (at, token) in source.live.iter().enumerate() {
            if reads(&source.live, at, &[".", "unwrap", "("])
                || reads(&source.live, at, &[".", "expect", "("])
            {
                source.report(
                    &mut breaches,
                    token.line,
                    "no unwrap and no expect outside tests",
                );
            }
        }
    }
    assert!(breaches.is_empty(), "{breaches}");
}

/// The dependencies that a manifest builds with: line, name, and what the line says of it.
fn dependencies(manifest: &str) -> Vec<(usize, &str, &str)> {
    let (mut found, mut counts) = (Vec::new(), false);
    for (number, line) in manifest
        .lines()
        .enumerate()
        .map(|(n, line)| (n + 1, line.trim()))
    {
        if let Some(section) = line.strip_prefix('[') {
            counts = section.contains("dependencies") && !section.starts_with("dev-dependencies");
            if let Some((_, name)) = section
                .trim_end_matches(']')
                .split_once("dependencies.")
                .filter(|_| counts)
            {
                found.push((number, name, ""));
            }
        } else if counts && !line.is_empty() && !line.starts_with('#') {
            let name = line.split(['.', '=', ' ']).next().unwrap_or(line);
            found.push((number, name, line));
        }
    }
    found
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn sources() -> &'static [Source] {
    static SOURCES: OnceLock<Vec<Source>> = OnceLock::new();
    SOURCES.get_or_init(|| {
        let mut found = Vec::new();
        walk(&root(), "", &mut found);
        assert!(
            !found.is_empty(),
            "no source was found under {}",
            root().display()
        );
        found
    })
}

fn walk(directory: &Path, name: &str, found: &mut Vec<Source>) {
    for entry in std::fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        let last = path.file_name().unwrap().to_str().unwrap();
        let name = format!("{name}{last}");
        if path.is_dir() && !last.starts_with('.') && !["target", "node_modules"].contains(&last) {
            walk(&path, &format!("{name}/"), found);
        } else if last.ends_with(".rs") {
            found.push(Source::new(name, &std::fs::read_to_string(&path).unwrap()));
        }
    }
}
