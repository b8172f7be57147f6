//! The word differences that the bench compares ours with: jsdiff and diff-match-patch, from npm, once.

use super::{Report, cache};
use crate::failure::Failure;
use crate::run;

const JSDIFF: &str = "9.0.0";
const DIFF_MATCH_PATCH: &str = "1.0.5";

/// Their code, to be run in a page: `Diff`, and the class that `module.exports` becomes.
pub fn sources() -> Result<(String, String), Failure> {
    let mut report = Report::default();
    let (folder, new) = cache::tool("differs", &format!("{JSDIFF}-{DIFF_MATCH_PATCH}"), |folder| {
        report.say("Fetching jsdiff and diff-match-patch from npm. The bench compares with them. Once.");
        let mut npm = run::command("npm");
        npm.args(["install", "--no-save", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix"]);
        npm.arg(folder).args([format!("diff@{JSDIFF}"), format!("diff-match-patch@{DIFF_MATCH_PATCH}")]);
        run::run(&mut npm).map_err(|failure| {
            Failure::new(format!(
                "{failure} This bench needs jsdiff and diff-match-patch once from the network."
            ))
        })
    })?;
    if new {
        report.installed(format!("jsdiff and diff-match-patch, in {}", folder.display()));
    }
    let modules = folder.join("node_modules");
    let read = |file: std::path::PathBuf| {
        std::fs::read_to_string(&file)
            .map_err(|error| Failure::new(format!("Cannot read {}: {error}.", file.display())))
    };
    Ok((
        read(modules.join("diff").join("dist").join("diff.js"))?,
        read(modules.join("diff-match-patch").join("index.js"))?,
    ))
}
