//! Measurement rules of an operator: a directory of rule files that replace the built-in editions
//! of the same id or join them, read once at start.

use anyhow::Context as _;
use liangxin_domain::metrology::rules::RuleSet;
use std::path::Path;

/// Reads the `*.toml` files of a directory together with the built-in editions. A file that cannot
/// be read or that is mistaken stops the start: half of a law must not be in force.
pub fn read(directory: &Path) -> anyhow::Result<RuleSet> {
    let shown = directory.display();
    let entries = std::fs::read_dir(directory)
        .with_context(|| format!("cannot read the rule directory {shown}"))?;
    let mut files = Vec::new();
    for entry in entries {
        let path = entry
            .with_context(|| format!("cannot read the rule directory {shown}"))?
            .path();
        if path.extension().is_none_or(|extension| extension != "toml") {
            continue;
        }
        let text = std::fs::read_to_string(&path)
            .with_context(|| format!("cannot read the rule file {}", path.display()))?;
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        files.push((name.unwrap_or_default(), text));
    }
    RuleSet::embedded_with(files).with_context(|| format!("the rules of {shown} are not usable"))
}
