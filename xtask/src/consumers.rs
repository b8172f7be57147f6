//! `cargo xtask test --consumers`: every export is loaded with the library that people load it with, and what
//! those libraries make is taken in.
//!
//! The checks are Python (`xtask/consumers/`), one a family of libraries that go together, each in a
//! virtual environment with pinned versions that is made once and kept in the tools folder.

use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::project;
use crate::run;
use crate::setup::python::environment;
use crate::steps::Steps;

/// Libraries that go together: a name, the check, the versions.
const FAMILIES: [(&str, &str, &[&str]); 5] = [
    (
        "light",
        "light.py",
        &[
            "dkpro-cassis==0.12.0",
            "jsonschema==4.26.0",
            "numpy==2.4.6",
            "pyld==3.3.0",
            "scikit-learn==1.9.1",
            "seqeval==1.2.2",
        ],
    ),
    ("spacy", "spacy_check.py", &["spacy==3.8.18"]),
    ("hf", "hf.py", &["datasets==5.2.0", "duckdb==2.0.0", "scikit-learn==1.9.1"]),
    ("label-studio", "label_studio.py", &["label-studio-sdk==2.1.2"]),
    // Its client needs requests without saying so.
    ("argilla", "argilla_check.py", &["argilla==2.8.0", "requests==2.34.2"]),
];

/// Makes the environments, the exports, and runs the checks.
pub fn consumers() -> Result<(), Failure> {
    let mut steps = Steps::start();
    let result = all(&mut steps);
    println!("{}", steps.table(result.is_err()));
    result
}

/// The same, as steps among others.
pub fn all(steps: &mut Steps) -> Result<(), Failure> {
    let program = steps.step("consumers: exports", program)?;
    let folder = std::env::temp_dir().join(format!("variorum-consumers-{}", std::process::id()));
    let result = exports(&program, &folder).and_then(|()| families(steps, &program, &folder));
    if result.is_ok() {
        // What failed is left to be looked at.
        let _ = fs::remove_dir_all(&folder);
    }
    result
}

fn families(steps: &mut Steps, program: &Path, folder: &Path) -> Result<(), Failure> {
    let checks = project::root().join("xtask/consumers");
    for (name, check, packages) in FAMILIES {
        steps.step(name, || {
            let mut command = run::command(environment(name, packages)?);
            command.env("PYTHONPATH", &checks).env("PYTHONUTF8", "1").env("PYTHONDONTWRITEBYTECODE", "1");
            run::run(command.env("VARIORUM", program).arg(checks.join(check)).arg(folder))
        })?;
    }
    Ok(())
}

/// The command line, built.
fn program() -> Result<PathBuf, Failure> {
    run::run(run::cargo().args(["build", "--package", "variorum", "--bin", "variorum"]))?;
    let target =
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| project::root().join("target"), PathBuf::from);
    let name = format!("variorum{}", std::env::consts::EXE_SUFFIX);
    Ok(target.join("debug").join(name))
}

/// Exports the sample, and a text with everything that counting gets wrong, in every format.
fn exports(program: &Path, folder: &Path) -> Result<(), Failure> {
    let said = |error: std::io::Error| Failure::new(format!("{}: {error}.", folder.display()));
    let _ = fs::remove_dir_all(folder);
    fs::create_dir_all(folder).map_err(said)?;
    fs::copy(project::root().join("examples/train.py"), folder.join("train.py")).map_err(said)?;
    let formats = names(&variorum(program, &["formats", "--json"], &[])?);
    let (sample, exotic) = (folder.join("sample.json"), folder.join("exotic.json"));
    variorum(program, &["sample"], &[&sample])?;
    variorum(program, &["new"], &[&exotic])?;
    let given = project::root().join("xtask/consumers/exotic.jsonl");
    variorum(program, &["import", "--format", "jsonl"], &[&given, Path::new("-o"), &exotic])?;
    for (name, file) in [("sample", &sample), ("exotic", &exotic)] {
        for format in &formats {
            if name == "exotic" && format == "pairs" {
                continue; // one article has no versions
            }
            let to = folder.join(name).join(format);
            variorum(program, &["export", "--json", "--format", format], &[file, Path::new("-o"), &to])?;
        }
    }
    Ok(())
}

/// What the command line prints.
fn variorum(program: &Path, words: &[&str], paths: &[&Path]) -> Result<String, Failure> {
    let failed = || Failure::new(format!("`variorum {}` failed.", words.join(" ")));
    run::output(run::command(program).args(words).args(paths)).ok_or_else(failed)
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
    fn names_are_found() {
        assert_eq!(names(r#"[{"name":"jsonl","about":"x"},{"name":"csv","about":"y"}]"#), ["jsonl", "csv"]);
    }
}
