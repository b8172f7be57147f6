//! Starting other programs and saying in a sentence when one fails.

use std::ffi::OsString;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::failure::Failure;
use crate::project;

/// Cargo, the one that runs us.
pub fn cargo() -> Command {
    command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// A program that starts in the project's top folder and reads no input.
pub fn command(program: impl Into<OsString>) -> Command {
    let mut command = Command::new(program.into());
    command.current_dir(project::root()).stdin(Stdio::null());
    command
}

/// Runs it to its end, its output going where ours goes.
pub fn run(command: &mut Command) -> Result<(), Failure> {
    let shown = shown(command);
    let status =
        command.status().map_err(|error| Failure::new(format!("`{shown}` cannot be started: {error}.")))?;
    if status.success() { Ok(()) } else { Err(Failure::new(format!("`{shown}` failed ({status})."))) }
}

/// Runs it to its end; each line that it prints goes where ours go, and to `seen`.
pub fn read_along(command: &mut Command, seen: &mut dyn FnMut(&str)) -> Result<(), Failure> {
    let shown = shown(command);
    let failed = |error| Failure::new(format!("`{shown}` cannot be started: {error}."));
    let mut process = command.stdout(Stdio::piped()).spawn().map_err(failed)?;
    for line in process.stdout.take().into_iter().flat_map(|output| BufReader::new(output).lines()) {
        let line = line.unwrap_or_else(|error| format!("(a line cannot be read: {error})"));
        println!("{line}");
        seen(&line);
    }
    let status = process.wait().map_err(failed)?;
    if status.success() { Ok(()) } else { Err(Failure::new(format!("`{shown}` failed ({status})."))) }
}

/// Runs it quietly; what it printed when it succeeded, trimmed.
pub fn output(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    output.status.success().then_some(text)
}

/// The first program of that name on the `PATH`.
pub fn on_path(program: &str) -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    std::env::split_paths(&folders).map(|folder| folder.join(program)).find(|file| is_program(file))
}

/// Whether this is a file that may be executed.
pub fn is_program(file: &Path) -> bool {
    let Ok(facts) = file.metadata() else { return false };
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        facts.is_file() && facts.permissions().mode() & 0o111 != 0
    }
    #[cfg(not(unix))]
    {
        facts.is_file()
    }
}

fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    let mut words = vec![program.to_string_lossy().into_owned()];
    words.extend(command.get_args().map(|word| word.to_string_lossy().into_owned()));
    words.join(" ")
}
