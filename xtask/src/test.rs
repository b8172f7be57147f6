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

/// So many failures are tried once more; with more of them, something is broken.
const FEW: usize = 3;

fn browser_tests(long: bool) -> Result<(), Failure> {
    let browser = Browser::find()?;
    let run = |arguments: &[&str], seen: &mut dyn FnMut(&str)| {
        let mut cargo = run::cargo();
        cargo.args(["test", "--package", "variorum", "--test", "browser"]);
        cargo.env("CHROME", &browser.chrome).env("CHROMEDRIVER", &browser.driver);
        // One at a time: each starts a browser of its own, and two on two cores wait for each other.
        let arguments = [&["--test-threads=1"], arguments].concat();
        run::read_along(with_long_runs(&mut cargo, &arguments, long), seen)
    };
    let mut failed: Vec<String> = Vec::new();
    let first = run(&[], &mut |line| failed.extend(failed_test(line)));
    if first.is_ok() || failed.is_empty() || failed.len() > FEW {
        return first;
    }
    // A browser on a busy machine can be late by any amount. What fails twice is broken; what fails once is
    // named, to be looked into.
    println!("\nOnce more, alone: {}\n", failed.join(", "));
    let names: Vec<&str> = std::iter::once("--exact").chain(failed.iter().map(String::as_str)).collect();
    run(&names, &mut |_| {})?;
    println!("\nFailed at first and then not, which should not be: {}", failed.join(", "));
    Ok(())
}

/// The test of which this line says that it failed.
fn failed_test(line: &str) -> Option<String> {
    let name = line.strip_prefix("test ")?.strip_suffix(" ... FAILED")?;
    Some(name.to_owned())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_test_that_failed_is_read_off_its_line() {
        assert_eq!(
            failed_test("test files::a_bad_record ... FAILED").as_deref(),
            Some("files::a_bad_record")
        );
        assert_eq!(failed_test("test files::a_bad_record ... ok"), None);
        assert_eq!(failed_test("test result: FAILED. 72 passed; 2 failed"), None);
    }
}
