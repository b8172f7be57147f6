//! rustfmt and clippy, which a minimal Rust comes without.

use super::Report;
use crate::failure::Failure;
use crate::run;

/// Adds the ones that are missing.
pub fn ensure(report: &mut Report) -> Result<(), Failure> {
    for (component, subcommand) in [("rustfmt", "fmt"), ("clippy", "clippy")] {
        if run::output(run::cargo().args([subcommand, "--version"])).is_some() {
            continue;
        }
        report.say(&format!("Adding {component}. The checks use it."));
        run::run(run::command("rustup").args(["component", "add", component]))
            .map_err(|failure| Failure::new(format!("{failure} Install {component} with your Rust.")))?;
        report.installed(component);
    }
    Ok(())
}
