//! `cargo xtask bench`: what is fast, measured where it runs.

use crate::failure::Failure;
use crate::project;
use crate::run;

/// Runs the native benches (`benches/`), then the ones in the browser.
pub fn bench(filter: Option<&str>) -> Result<(), Failure> {
    native(filter)?;
    in_browser(filter)
}

fn native(filter: Option<&str>) -> Result<(), Failure> {
    if !project::root().join("benches").is_dir() {
        println!("There is no benches/ yet.");
        return Ok(());
    }
    let mut cargo = run::cargo();
    cargo.args(["bench", "--package", "variorum", "--benches", "--"]);
    cargo.args(filter);
    run::run(&mut cargo)
}

/// The place for measurements in Chromium; there are none yet.
fn in_browser(_filter: Option<&str>) -> Result<(), Failure> {
    Ok(())
}
