//! `cargo xtask bench`: what is fast, measured where it runs.

use crate::failure::Failure;
use crate::project;
use crate::run;
use crate::setup::chromium::Browser;
use crate::setup::{self, Need};
use crate::web;

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

/// Measurements in Chromium, on the release build: the browser tests whose names begin with `bench`.
fn in_browser(filter: Option<&str>) -> Result<(), Failure> {
    let tools = setup::prepare(&Need::ALL)?;
    web::build(&tools)?;
    let browser = Browser::find()?;
    let mut cargo = run::cargo();
    cargo.env("CHROME", browser.chrome).env("CHROMEDRIVER", browser.driver);
    cargo.args(["test", "--quiet", "--package", "variorum", "--test", "browser", "--"]);
    cargo.args(["--ignored", "--nocapture", "--test-threads=1", filter.unwrap_or("bench")]);
    run::run(&mut cargo)
}
