//! wasm-bindgen's program writes the JavaScript between page and wasm; it must match the crate exactly.

use std::path::PathBuf;

use super::cargo_tool::{self, CargoTool};
use super::{Report, version};
use crate::failure::Failure;
use crate::project;

/// The folder with the program, unless the right one is on the `PATH`.
pub fn ensure(report: &mut Report) -> Result<Option<PathBuf>, Failure> {
    let locked = project::locked_version("wasm-bindgen")?;
    if version::on_path("wasm-bindgen").as_deref() == Some(locked.as_str()) {
        return Ok(None);
    }
    let tool = CargoTool {
        package: "wasm-bindgen-cli",
        version: &locked,
        // Not --locked: the lock file in 0.2.130 names a crate version that is gone.
        options: &[],
        opt_level: "1",
        why: "It must have the version that Cargo.lock names. Once, about 3 minutes on two cores.",
    };
    cargo_tool::ensure(&tool, report).map(Some)
}
