//! What the project needs on a machine: looked for first, installed where missing and allowed, always said aloud.
//!
//! One file per thing. Nothing here is built twice on one machine: see [`cache`].

pub mod axe;
pub mod cache;
pub mod cargo_tool;
pub mod chromium;
pub mod differs;
pub mod node;
pub mod packages;
pub mod python;
pub mod rust_components;
pub mod rust_target;
pub mod trunk;
pub mod version;
pub mod wasm_bindgen;
pub mod wasm_opt;
pub mod wasm_split;

use std::path::PathBuf;
use std::process::Command;

use crate::failure::Failure;
use crate::run;

/// One thing that may have to be installed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Need {
    /// rustfmt and clippy.
    RustComponents,
    /// Rust's web target.
    RustTarget,
    /// Node.js and npm: they run wasm-opt and measure brotli.
    Node,
    /// Trunk, which builds the web app.
    Trunk,
    /// wasm-bindgen's program, of the locked version.
    WasmBindgen,
    /// wasm-opt, which makes the wasm smaller.
    WasmOpt,
    /// wasm-split-cli, which cuts the page into parts.
    WasmSplit,
    /// Chromium and its driver, for the browser tests.
    Chromium,
    /// Python, whose libraries load the exports.
    Python,
    /// axe-core, which looks for what keeps people with disabilities out.
    Axe,
}

impl Need {
    /// What `cargo xtask build` and `serve` need.
    pub const BUILD: [Self; 6] =
        [Self::RustTarget, Self::Node, Self::WasmOpt, Self::Trunk, Self::WasmBindgen, Self::WasmSplit];

    /// What `cargo xtask test` needs: the quick things first, so that a refusal shows early.
    pub const ALL: [Self; 10] = [
        Self::RustComponents,
        Self::RustTarget,
        Self::Chromium,
        Self::Node,
        Self::Python,
        Self::Axe,
        Self::WasmOpt,
        Self::Trunk,
        Self::WasmBindgen,
        Self::WasmSplit,
    ];
}

/// The tools that were found or installed.
pub struct Tools {
    /// Folders that come before the `PATH`.
    folders: Vec<PathBuf>,
}

impl Tools {
    /// One of the tools; it finds the others too.
    pub fn command(&self, program: &str) -> Command {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let folders: Vec<PathBuf> =
            self.folders.iter().cloned().chain(std::env::split_paths(&path)).collect();
        let file = folders.iter().map(|folder| folder.join(program)).find(|f| run::is_program(f));
        let mut command = run::command(file.unwrap_or_else(|| program.into()));
        // Trunk takes a tool from the PATH when its version fits.
        if let Ok(path) = std::env::join_paths(folders) {
            command.env("PATH", path);
        }
        // Trunk reads NO_COLOR as true or false only, and stops at the customary 1.
        command.env_remove("NO_COLOR");
        // With a backtrace its errors are hard to find.
        command.env_remove("RUST_BACKTRACE");
        command
    }
}

/// What the set-up did, for the summary.
#[derive(Default)]
pub struct Report {
    installed: Vec<String>,
}

impl Report {
    /// Says what is about to happen and why.
    pub fn say(&mut self, sentence: &str) {
        println!("{sentence}");
    }

    /// Notes what was installed.
    pub fn installed(&mut self, what: impl Into<String>) {
        self.installed.push(what.into());
    }

    fn print(&self) {
        if self.installed.is_empty() {
            println!("Everything that is needed is here.");
            return;
        }
        println!("Installed:");
        for what in &self.installed {
            println!("  {what}");
        }
    }
}

/// Makes sure of each need in turn and prints what it installed.
pub fn prepare(needs: &[Need]) -> Result<Tools, Failure> {
    let mut report = Report::default();
    let mut tools = Tools { folders: Vec::new() };
    let mut result = Ok(());
    for need in needs {
        match ensure(*need, &mut report) {
            Ok(folder) => tools.folders.extend(folder),
            Err(failure) => {
                result = Err(failure);
                break;
            }
        }
    }
    report.print();
    result.map(|()| tools)
}

/// The folder to put before the `PATH`, where there is one.
fn ensure(need: Need, report: &mut Report) -> Result<Option<PathBuf>, Failure> {
    match need {
        Need::RustComponents => rust_components::ensure(report).map(|()| None),
        Need::RustTarget => rust_target::ensure(report).map(|()| None),
        Need::Node => node::ensure(report).map(|()| None),
        Need::Python => python::ensure(report).map(|_| None),
        Need::Axe => axe::ensure(report).map(|_| None),
        Need::Chromium => chromium::ensure(report).map(|()| None),
        Need::Trunk => trunk::ensure(report),
        Need::WasmBindgen => wasm_bindgen::ensure(report),
        Need::WasmOpt => wasm_opt::ensure(report),
        Need::WasmSplit => wasm_split::ensure(report),
    }
}
