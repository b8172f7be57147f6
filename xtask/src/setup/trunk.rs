//! Trunk builds the web app: it runs Cargo, wasm-bindgen and wasm-opt and puts the files together.

use std::path::PathBuf;

use super::cargo_tool::{self, CargoTool};
use super::{Report, version};
use crate::failure::Failure;
use crate::run;

/// The last version that stable Rust 1.95 builds.
const VERSION: &str = "0.21.14";

/// The folder with Trunk, unless the right one is on the `PATH`.
pub fn ensure(report: &mut Report) -> Result<Option<PathBuf>, Failure> {
    if version::on_path("trunk").as_deref() == Some(VERSION) {
        return Ok(None);
    }
    let found = run::on_path("trunk").map_or("none is installed", |_| "the installed one is another");
    let tool = CargoTool {
        package: "trunk",
        version: VERSION,
        // Trunk never goes to the network here, so it needs no TLS and no update check.
        options: &["--locked", "--no-default-features"],
        opt_level: "0",
        why: &format!("It builds the web app, and {found}. Once, about 5 minutes on two cores."),
    };
    cargo_tool::ensure(&tool, report).map(Some)
}
