//! Building a program from its published source, quickly rather than well: these run a few seconds per build.

use std::path::{Path, PathBuf};

use super::{Report, cache};
use crate::failure::Failure;
use crate::run;

/// A program to build.
pub struct CargoTool<'a> {
    /// The package's name.
    pub package: &'a str,
    /// Exactly this version.
    pub version: &'a str,
    /// What `cargo install` is told besides.
    pub options: &'a [&'a str],
    /// The optimisation level: low, it is built once and used briefly.
    pub opt_level: &'a str,
    /// What it is for and how long it takes, in a sentence.
    pub why: &'a str,
}

/// The folder with the program, built when it is not in the cache.
pub fn ensure(tool: &CargoTool<'_>, report: &mut Report) -> Result<PathBuf, Failure> {
    let name = format!("{} {}", tool.package, tool.version);
    let (folder, new) = cache::tool(tool.package, tool.version, |folder| {
        report.say(&format!("Building {name} from source. {}", tool.why));
        install(tool, folder)
    })?;
    if new {
        report.installed(format!("{name}, in {}", folder.display()));
    }
    Ok(folder.join("bin"))
}

fn install(tool: &CargoTool<'_>, folder: &Path) -> Result<(), Failure> {
    let build = folder.join("target");
    let mut cargo = run::cargo();
    cargo.args(["install", tool.package, "--version", tool.version, "--quiet", "--root"]);
    cargo.arg(folder).args(tool.options);
    // The settings of a project or of a person do not belong into a tool.
    cargo.env_remove("RUSTFLAGS").env_remove("CARGO_BUILD_TARGET");
    cargo.env("CARGO_TARGET_DIR", &build);
    cargo.env("CARGO_PROFILE_RELEASE_LTO", "false");
    cargo.env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16");
    cargo.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", tool.opt_level);
    cargo.env("CARGO_PROFILE_RELEASE_DEBUG", "0");
    run::run(&mut cargo).map_err(|failure| {
        let CargoTool { package, version, .. } = tool;
        Failure::new(format!("{failure} Without a network, put {package} {version} on the PATH yourself."))
    })?;
    std::fs::remove_dir_all(&build)
        .map_err(|error| Failure::new(format!("Cannot remove {}: {error}.", build.display())))
}
