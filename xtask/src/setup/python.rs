//! Python runs the libraries that exports are checked with, each family in an environment of its own.

use std::path::PathBuf;

use super::{Report, cache, packages};
use crate::failure::Failure;
use crate::run;

/// What an environment needs: a version that the pinned libraries take, and the parts that Debian packs apart.
const FIT: &str = "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))";

/// A Python that can make environments; Debian's is installed where there is none.
pub fn ensure(report: &mut Report) -> Result<PathBuf, Failure> {
    if let Some(python) = found() {
        return Ok(python);
    }
    let why = "The checks of exports need Python 3.11 or later that can make virtual environments.";
    packages::install(&["python3", "python3-venv"], why, report)?;
    found()
        .ok_or_else(|| Failure::new(format!("{why} Please install one and put it on the PATH as python3.")))
}

/// The first on the `PATH` that will do.
fn found() -> Option<PathBuf> {
    let all = ["python3", "python3.13", "python3.12", "python3.11"].into_iter().filter_map(run::on_path);
    let debian = PathBuf::from("/usr/bin/python3");
    all.chain(Some(debian).filter(|file| run::is_program(file)))
        .find(|python| run::output(run::command(python).args(["-c", FIT])).is_some())
}

/// The Python of an environment with these packages, made once and kept with the other tools.
pub fn environment(name: &str, packages: &[&str]) -> Result<PathBuf, Failure> {
    let program = ensure(&mut Report::default())?;
    // A virtual environment cannot be moved, so it is made where it stays; the mark says that it is whole.
    let folder = cache::folder()?.join(format!("consumers-{name}-{}", version(packages)));
    let python = folder.join("bin/python");
    let whole = folder.join("whole");
    if whole.is_file() && run::is_program(&python) {
        return Ok(python);
    }
    println!("Making a Python environment with {}. Once.", packages.join(", "));
    let _ = std::fs::remove_dir_all(&folder);
    run::run(run::command(program).args(["-m", "venv"]).arg(&folder))?;
    let mut pip = run::command(&python);
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]).args(packages);
    run::run(&mut pip).map_err(|failure| {
        Failure::new(format!("{failure} The checks of exports need these libraries once from the network."))
    })?;
    std::fs::write(&whole, "").map_err(|error| Failure::new(format!("{}: {error}.", whole.display())))?;
    Ok(python)
}

/// The version of an environment: changes with what is in it.
fn version(packages: &[&str]) -> String {
    let sum = packages.join(" ").bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{:08x}", sum >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_environment_s_version_follows_from_its_packages() {
        assert_eq!(version(&["a==1"]), version(&["a==1"]));
        assert_ne!(version(&["a==1"]), version(&["a==2"]));
    }
}
