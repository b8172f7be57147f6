//! Where things are in this checkout, and what its lock file says.

use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::Failure;

/// The checkout's top folder.
pub fn root() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here)
}

/// The release of the web app.
pub fn dist() -> PathBuf {
    root().join("dist")
}

/// Pictures that the browser tests take.
pub fn screenshots() -> PathBuf {
    root().join("target").join("screenshots")
}

/// The version of a crate in `Cargo.lock`.
pub fn locked_version(name: &str) -> Result<String, Failure> {
    let path = root().join("Cargo.lock");
    let lock = fs::read_to_string(&path)
        .map_err(|error| Failure::new(format!("Cannot read {}: {error}.", path.display())))?;
    version_in(&lock, name).ok_or_else(|| Failure::new(format!("Cargo.lock does not name {name}.")))
}

fn version_in(lock: &str, name: &str) -> Option<String> {
    let head = format!("name = \"{name}\"");
    let mut lines = lock.lines().skip_while(|line| *line != head);
    lines.next()?;
    let version = lines.next()?.strip_prefix("version = \"")?;
    Some(version.trim_end_matches('"').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locked_version_is_found() {
        let lock = "[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.80\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(version_in(lock, "wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(version_in(lock, "wasm"), None);
    }
}
