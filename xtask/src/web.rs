//! The release of the web app: Trunk builds it in `dist/`.

use crate::failure::Failure;
use crate::parts;
use crate::project;
use crate::run;
use crate::setup::Tools;
use crate::sizes;

/// Builds the release in `dist/`, prints its sizes and fails when it is too large.
pub fn build(tools: &Tools) -> Result<(), Failure> {
    release(tools)?;
    sizes::check(&project::dist())?;
    println!("\nThe app is in dist/; any static file server can serve it.");
    Ok(())
}

/// Builds the app in `dist/` for trying it: the same code, compiled fast instead of small, sizes unchecked.
pub fn build_quickly(tools: &Tools) -> Result<(), Failure> {
    let mut trunk = tools.command("trunk");
    // Without --release Trunk leaves wasm-opt out. A folder of its own: the release's crates stay compiled.
    trunk.args(["build", "--offline"]).env("CARGO_TARGET_DIR", project::root().join("target/quick"));
    for (setting, value) in
        [("LTO", "off"), ("CODEGEN_UNITS", "16"), ("OPT_LEVEL", "1"), ("INCREMENTAL", "true")]
    {
        trunk.env(format!("CARGO_PROFILE_WEB_{setting}"), value);
    }
    run::run(&mut trunk)?;
    println!("\nThe app is in dist/, for trying only: `cargo xtask build` makes the small one to hand on.");
    Ok(())
}

/// Builds the release in `dist/`.
fn release(tools: &Tools) -> Result<(), Failure> {
    let mut fetch = run::cargo();
    fetch.args(["fetch", "--quiet"]);
    if std::env::var_os("CI").is_some() {
        fetch.arg("--locked");
    }
    // Trunk runs offline, so that it never downloads a tool of its own; the crates come first.
    run::run(&mut fetch)?;
    let mut trunk = tools.command("trunk");
    trunk.args(["build", "--release", "--offline", "--features", "split"]);
    parts::prepare(&mut trunk, tools)?;
    run::run(&mut trunk)?;
    parts::finish(tools, &project::dist())
}
