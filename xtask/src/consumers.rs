//! `cargo xtask test --consumers`: every export is loaded with the library that people load it with.
//!
//! The checks are Python (`xtask/consumers/`), one a family of libraries that go together, each in a
//! virtual environment with pinned versions that is made once and kept in the tools folder.

use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::project;
use crate::run;
use crate::setup::cache;
use crate::steps::Steps;

/// Libraries that go together: a name, the check, the versions.
const FAMILIES: [(&str, &str, &[&str]); 5] = [
    (
        "light",
        "light.py",
        &["dkpro-cassis==0.12.0", "numpy==2.4.6", "pyld==3.3.0", "scikit-learn==1.9.1", "seqeval==1.2.2"],
    ),
    ("spacy", "spacy_check.py", &["spacy==3.8.18"]),
    ("hf", "hf.py", &["datasets==5.2.0", "duckdb==2.0.0", "scikit-learn==1.9.1"]),
    ("label-studio", "label_studio.py", &["label-studio-sdk==2.1.2"]),
    // Its client needs requests without saying so.
    ("argilla", "argilla_check.py", &["argilla==2.8.0", "requests==2.34.2"]),
];

/// The version of an environment: changes with what is in it.
fn version(packages: &[&str]) -> String {
    let sum = packages.join(" ").bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{:08x}", sum >> 32)
}

/// Makes the environments, the exports, and runs the checks.
pub fn consumers() -> Result<(), Failure> {
    let mut steps = Steps::start();
    let result = all(&mut steps);
    println!("{}", steps.table(result.is_err()));
    result
}

fn all(steps: &mut Steps) -> Result<(), Failure> {
    let exports = steps.step("exports", exports)?;
    let checks = project::root().join("xtask/consumers");
    for (name, check, packages) in FAMILIES {
        steps.step(name, || {
            let python = environment(name, packages)?;
            let mut command = run::command(python);
            command.env("PYTHONPATH", &checks).env("PYTHONUTF8", "1").env("PYTHONDONTWRITEBYTECODE", "1");
            run::run(command.arg(checks.join(check)).arg(&exports))
        })?;
    }
    Ok(())
}

/// The Python of a family's environment.
fn environment(name: &str, packages: &[&str]) -> Result<PathBuf, Failure> {
    let program = run::on_path("python3").ok_or_else(|| {
        Failure::new("Python 3.11 or later is needed for this; please install python3 and python3-venv.")
    })?;
    // A virtual environment cannot be moved, so it is made where it stays; the mark says that it is whole.
    let folder = cache::folder()?.join(format!("consumers-{name}-{}", version(packages)));
    let python = folder.join("bin/python");
    let whole = folder.join("whole");
    if whole.is_file() {
        return Ok(python);
    }
    println!("Making a Python environment with {}.", packages.join(", "));
    let _ = fs::remove_dir_all(&folder);
    run::run(run::command(program).args(["-m", "venv"]).arg(&folder))?;
    let mut pip = run::command(&python);
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]).args(packages);
    run::run(&mut pip)?;
    fs::write(&whole, "").map_err(|error| Failure::new(format!("{}: {error}.", whole.display())))?;
    Ok(python)
}

/// Exports the sample, and a text with everything that counting gets wrong, in every format.
fn exports() -> Result<PathBuf, Failure> {
    let folder = std::env::temp_dir().join(format!("variorum-consumers-{}", std::process::id()));
    let said = |error: std::io::Error| Failure::new(format!("{}: {error}.", folder.display()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).map_err(said)?;
    fs::copy(project::root().join("examples/train.py"), folder.join("train.py")).map_err(said)?;
    run::run(run::cargo().args(["build", "--quiet", "--package", "variorum", "--bin", "variorum"]))?;
    let program = run::output(run::cargo().args([
        "run",
        "--quiet",
        "--package",
        "variorum",
        "--",
        "formats",
        "--json",
    ]));
    let formats = names(&program.ok_or_else(|| Failure::new("`variorum formats` failed."))?);
    let (sample, exotic) = (folder.join("sample.json"), folder.join("exotic.json"));
    variorum(&["sample"], &[&sample])?;
    variorum(&["new"], &[&exotic])?;
    let given = project::root().join("xtask/consumers/exotic.jsonl");
    variorum(&["import", "--format", "jsonl"], &[&given, Path::new("-o"), &exotic])?;
    for (name, file) in [("sample", &sample), ("exotic", &exotic)] {
        for format in &formats {
            if name == "exotic" && format == "pairs" {
                continue; // one article has no versions
            }
            let to = folder.join(name).join(format);
            variorum(&["export", "--json", "--format", format], &[file, Path::new("-o"), &to])?;
        }
    }
    Ok(folder)
}

fn variorum(words: &[&str], paths: &[&Path]) -> Result<(), Failure> {
    let mut cargo = run::cargo();
    cargo.args(["run", "--quiet", "--package", "variorum", "--"]).args(words).args(paths);
    let failed = || Failure::new(format!("`variorum {}` failed.", words.join(" ")));
    run::output(&mut cargo).map(drop).ok_or_else(failed)
}

/// The names in what `variorum formats --json` prints.
fn names(json: &str) -> Vec<String> {
    let parts = json.split("{\"name\":\"").skip(1);
    parts.filter_map(|part| part.split('"').next()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_and_versions_follow_from_the_packages() {
        assert_eq!(names(r#"[{"name":"jsonl","about":"x"},{"name":"csv","about":"y"}]"#), ["jsonl", "csv"]);
        assert_ne!(version(&["a==1"]), version(&["a==2"]));
    }
}
