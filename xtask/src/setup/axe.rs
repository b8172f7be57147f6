//! axe-core looks in the browser tests for what keeps people with disabilities out; from npm, once.

use std::path::PathBuf;

use super::{Report, cache};
use crate::failure::Failure;
use crate::run;

const VERSION: &str = "4.14.1";

/// The file with its code, fetched where it is not there yet.
pub fn ensure(report: &mut Report) -> Result<PathBuf, Failure> {
    let (folder, new) = cache::tool("axe-core", VERSION, |folder| {
        report
            .say(&format!("Fetching axe-core {VERSION} from npm. It checks accessibility. Once, a second."));
        let mut npm = run::command("npm");
        npm.args(["install", "--no-save", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix"]);
        run::run(npm.arg(folder).arg(format!("axe-core@{VERSION}"))).map_err(|failure| {
            Failure::new(format!("{failure} The accessibility checks need axe-core once from the network."))
        })
    })?;
    if new {
        report.installed(format!("axe-core {VERSION}, in {}", folder.display()));
    }
    Ok(folder.join("node_modules").join("axe-core").join("axe.min.js"))
}

/// Its code.
pub fn source() -> Result<String, Failure> {
    let file = ensure(&mut Report::default())?;
    std::fs::read_to_string(&file)
        .map_err(|error| Failure::new(format!("Cannot read {}: {error}.", file.display())))
}
