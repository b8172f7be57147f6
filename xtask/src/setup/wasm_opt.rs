//! wasm-opt makes the wasm smaller. Older ones refuse what today's Rust emits, so it comes from npm's `binaryen`.

use std::path::PathBuf;

use super::{Report, cache, version};
use crate::failure::Failure;
use crate::run;

const VERSION: &str = "132.0.0";
/// An installed one is taken from this version on.
const OLDEST: u32 = 124;

/// The folder with wasm-opt, unless a current one is on the `PATH`.
pub fn ensure(report: &mut Report) -> Result<Option<PathBuf>, Failure> {
    let installed = version::on_path("wasm-opt").and_then(|version| version.parse().ok());
    if installed.is_some_and(|version: u32| version >= OLDEST) {
        return Ok(None);
    }
    let (folder, new) = cache::tool("binaryen", VERSION, |folder| {
        report.say(&format!(
            "Installing wasm-opt (binaryen {VERSION} from npm). It makes the wasm smaller. Once, a few seconds."
        ));
        let mut npm = run::command("npm");
        npm.args(["install", "--no-save", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix"]);
        run::run(npm.arg(folder).arg(format!("binaryen@{VERSION}"))).map_err(|failure| {
            let help = format!("put binaryen's wasm-opt, version {OLDEST} or newer, on the PATH yourself.");
            Failure::new(format!("{failure} Without a network, {help}"))
        })
    })?;
    if new {
        report.installed(format!("wasm-opt (binaryen {VERSION}), in {}", folder.display()));
    }
    Ok(Some(folder.join("node_modules").join(".bin")))
}
