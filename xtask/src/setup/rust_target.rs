//! Rust's standard library for the web.

use std::path::Path;

use super::Report;
use crate::failure::Failure;
use crate::run;

const TARGET: &str = "wasm32-unknown-unknown";

/// Adds the target where it is missing.
pub fn ensure(report: &mut Report) -> Result<(), Failure> {
    if is_installed() {
        return Ok(());
    }
    report.say(&format!("Adding Rust's target {TARGET}. The app is compiled for it."));
    run::run(run::command("rustup").args(["target", "add", TARGET])).map_err(|failure| {
        Failure::new(format!("{failure} Install the standard library for {TARGET} with your Rust."))
    })?;
    report.installed(format!("the Rust target {TARGET}"));
    Ok(())
}

fn is_installed() -> bool {
    let mut rustc = run::command("rustc");
    let folder = run::output(rustc.args(["--print", "target-libdir", "--target", TARGET]));
    folder.is_some_and(|folder| Path::new(&folder).is_dir())
}
