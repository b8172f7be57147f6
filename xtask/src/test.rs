//! `cargo xtask test`: everything that must hold before a change may land.

use crate::consumers;
use crate::failure::Failure;
use crate::run;
use crate::setup::chromium::Browser;
use crate::setup::{self, Need};
use crate::steps::Steps;
use crate::web;

/// Runs all checks in order of cost, stops at the first failure, prints the minutes of each.
pub fn test(long: bool) -> Result<(), Failure> {
    let mut steps = Steps::start();
    let result = all(&mut steps, long);
    println!("{}", steps.table(result.is_err()));
    result
}

fn all(steps: &mut Steps, long: bool) -> Result<(), Failure> {
    let tools = steps.step("set-up", || setup::prepare(&Need::ALL))?;
    steps.step("format", || run::run(run::cargo().args(["fmt", "--all", "--check"])))?;
    steps.step("lints, native", native_lints)?;
    steps.step("lints, web", web_lints)?;
    steps.step("tests, native", || native_tests(long))?;
    consumers::all(steps)?;
    steps.step("build, web", || web::build(&tools))?;
    steps.step("tests, browser", || browser_tests(long))
}

fn native_lints() -> Result<(), Failure> {
    let strict = ["--", "-D", "warnings"];
    run::run(run::cargo().args(["clippy", "--workspace", "--all-targets"]).args(strict))?;
    // `test = false` keeps this one out of --all-targets.
    run::run(run::cargo().args(["clippy", "--test", "browser"]).args(strict))
}

fn web_lints() -> Result<(), Failure> {
    // In the profile of the web build, which then finds the macros compiled.
    let target = ["--target", "wasm32-unknown-unknown", "--profile", "web"];
    run::run(
        run::cargo()
            .args(["clippy", "--package", "variorum", "--lib", "--bins"])
            .args(target)
            .args(["--", "-D", "warnings"]),
    )
}

fn native_tests(long: bool) -> Result<(), Failure> {
    let mut cargo = run::cargo();
    cargo.args(["test", "--workspace"]);
    run::run(with_long_runs(&mut cargo, &[], long))
}

fn browser_tests(long: bool) -> Result<(), Failure> {
    let browser = Browser::find()?;
    let mut cargo = run::cargo();
    cargo.args(["test", "--package", "variorum", "--test", "browser"]);
    cargo.env("CHROME", browser.chrome).env("CHROMEDRIVER", browser.driver);
    // One at a time: each starts a browser of its own, and two on two cores wait for each other.
    run::run(with_long_runs(&mut cargo, &["--test-threads=1"], long))
}

/// Long runs are `#[ignore]`d tests; `VARIORUM_LONG` lets a property test take more cases.
fn with_long_runs<'a>(
    cargo: &'a mut std::process::Command,
    arguments: &[&str],
    long: bool,
) -> &'a mut std::process::Command {
    cargo.arg("--").args(arguments);
    if long {
        cargo.arg("--include-ignored").env("VARIORUM_LONG", "1");
    }
    cargo
}
