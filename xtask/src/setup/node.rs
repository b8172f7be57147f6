//! Node.js runs wasm-opt (npm's is a script) and measures brotli; npm fetches wasm-opt.

use super::{Report, packages};
use crate::failure::Failure;
use crate::run;

/// Installs Debian's Node.js and npm where either is missing.
pub fn ensure(report: &mut Report) -> Result<(), Failure> {
    if run::on_path("node").is_some() && run::on_path("npm").is_some() {
        return Ok(());
    }
    packages::install(&["nodejs", "npm"], "They run wasm-opt and measure sizes.", report)
}
