//! The folder for tools that we build or fetch ourselves, one subfolder per tool and version.
//!
//! It lies outside `target/`, so that a second clone finds everything. A half-finished install never counts:
//! it grows in a folder of its own and is renamed when it is whole.

use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::Failure;

/// Where tools are kept: `VARIORUM_TOOLS`, else the user's cache folder.
pub fn folder() -> Result<PathBuf, Failure> {
    let set = |name| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    if let Some(folder) = set("VARIORUM_TOOLS") {
        return Ok(folder);
    }
    set("XDG_CACHE_HOME")
        .or_else(|| set("HOME").map(|home| home.join(".cache")))
        .map(|cache| cache.join("variorum").join("tools"))
        .ok_or_else(|| Failure::new("There is no home folder; set VARIORUM_TOOLS to a folder for tools."))
}

/// The folder of a tool, filled by `install` (which gets an empty folder) when it is not there yet.
///
/// The flag says whether it was filled now.
pub fn tool(
    name: &str,
    version: &str,
    install: impl FnOnce(&Path) -> Result<(), Failure>,
) -> Result<(PathBuf, bool), Failure> {
    tool_in(&folder()?, name, version, install)
}

fn tool_in(
    cache: &Path,
    name: &str,
    version: &str,
    install: impl FnOnce(&Path) -> Result<(), Failure>,
) -> Result<(PathBuf, bool), Failure> {
    let whole = cache.join(format!("{name}-{version}"));
    if whole.is_dir() {
        return Ok((whole, false));
    }
    let partial = cache.join(format!(".partial-{name}-{version}-{}", std::process::id()));
    let broken = |error: std::io::Error| {
        Failure::new(format!("Cannot write to the tools folder {}: {error}.", cache.display()))
    };
    fs::create_dir_all(&partial).map_err(broken)?;
    let installed = install(&partial).and_then(|()| match fs::rename(&partial, &whole) {
        // Somebody else was quicker.
        Err(_) if whole.is_dir() => Ok(()),
        renamed => renamed.map_err(broken),
    });
    let _ = fs::remove_dir_all(&partial);
    installed.map(|()| (whole, true))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scratch(name: &str) -> PathBuf {
        std::env::temp_dir().join(format!("variorum-cache-{name}-{}", std::process::id()))
    }

    #[test]
    fn a_tool_is_installed_once() {
        let cache = scratch("once");
        let fill = |folder: &Path| {
            fs::write(folder.join("program"), "x").map_err(|error| Failure::new(error.to_string()))
        };
        let first = tool_in(&cache, "tool", "1", fill).expect("a first install");
        let second = tool_in(&cache, "tool", "1", |_| panic!("again")).expect("the same");
        assert!(first.1 && !second.1);
        assert!(second.0.join("program").is_file());
        let _ = fs::remove_dir_all(cache);
    }

    #[test]
    fn a_failed_install_leaves_nothing() {
        let cache = scratch("failed");
        assert!(tool_in(&cache, "tool", "1", |_| Err(Failure::new("no"))).is_err());
        assert_eq!(fs::read_dir(&cache).expect("the cache").count(), 0);
        let _ = fs::remove_dir_all(cache);
    }
}
