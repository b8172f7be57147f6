//! `cargo xtask dist`: both faces of the release, ready to hand on.

use crate::failure::Failure;
use crate::run;
use crate::setup::{self, Need};
use crate::web;

/// Builds the web app in `dist/` and the command line in `target/release/`.
pub fn dist() -> Result<(), Failure> {
    web::build(&setup::prepare(&Need::BUILD)?)?;
    run::run(run::cargo().args(["build", "--release", "--package", "variorum", "--bins"]))?;
    println!("The command line is target/release/variorum.");
    Ok(())
}
