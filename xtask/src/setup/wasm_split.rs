//! wasm-split-cli cuts the linked page into parts that are loaded when they are needed.

use std::path::PathBuf;

use super::Report;
use super::cargo_tool::{self, CargoTool};
use crate::failure::Failure;

/// Must understand the marks of `wasm_split_helpers` in Cargo.lock; it refuses those that it does not.
const VERSION: &str = "0.2.4";

/// The folder with the program.
pub fn ensure(report: &mut Report) -> Result<Option<PathBuf>, Failure> {
    let tool = CargoTool {
        package: "wasm_split_cli_support",
        version: VERSION,
        options: &["--locked", "--features", "build-binary"],
        opt_level: "1",
        why: "It cuts the page into parts. Once, about 2 minutes on two cores.",
    };
    cargo_tool::ensure(&tool, report).map(Some)
}
