//! Chromium or Chrome, and the driver of the same version, for the browser tests.

use std::path::PathBuf;

use super::{Report, packages, version};
use crate::failure::Failure;
use crate::run;

const BROWSERS: [&str; 5] =
    ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const MAC_BROWSERS: [&str; 2] = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
];
/// With the browser come fonts: a fresh machine may have none with Cyrillic or emoji.
const PACKAGES: [&str; 4] = ["chromium", "chromium-driver", "fonts-dejavu-core", "fonts-noto-color-emoji"];

/// A browser and its driver.
pub struct Browser {
    /// Chromium or Chrome.
    pub chrome: PathBuf,
    /// chromedriver.
    pub driver: PathBuf,
}

impl Browser {
    /// The browser that `CHROME` and `CHROMEDRIVER` name, else the first on this machine.
    pub fn find() -> Result<Self, Failure> {
        let missing = |what: &str, name: &str| {
            Failure::new(format!(
                "The browser tests need {what}. Install it, or set {name} to its path; \
                 `cargo xtask setup` does it where it may."
            ))
        };
        let chrome = chrome()?.ok_or_else(|| missing("Chrome or Chromium", "CHROME"))?;
        let driver =
            driver()?.ok_or_else(|| missing("the chromedriver of your Chrome's version", "CHROMEDRIVER"))?;
        Ok(Self { chrome, driver })
    }
}

/// Installs Debian's Chromium where browser or driver is missing, and checks that the two belong together.
pub fn ensure(report: &mut Report) -> Result<(), Failure> {
    if chrome()?.is_none() || driver()?.is_none() {
        packages::install(&PACKAGES, "The browser tests drive it.", report)?;
    }
    let browser = Browser::find()?;
    let major = |file: &PathBuf| {
        let text = run::output(run::command(file).arg("--version"))?;
        let version = version::read(&text)?;
        version.split('.').next().map(str::to_owned)
    };
    let (chrome, driver) = (major(&browser.chrome), major(&browser.driver));
    if chrome.is_some() && driver.is_some() && chrome != driver {
        return Err(Failure::new(format!(
            "{} has version {} and {} version {}; they must be the same.",
            browser.chrome.display(),
            chrome.unwrap_or_default(),
            browser.driver.display(),
            driver.unwrap_or_default(),
        )));
    }
    Ok(())
}

fn chrome() -> Result<Option<PathBuf>, Failure> {
    let on_path = || BROWSERS.iter().find_map(|name| run::on_path(name));
    let on_mac = || MAC_BROWSERS.iter().map(PathBuf::from).find(|file| run::is_program(file));
    Ok(named("CHROME")?.or_else(on_path).or_else(on_mac))
}

fn driver() -> Result<Option<PathBuf>, Failure> {
    Ok(named("CHROMEDRIVER")?.or_else(|| run::on_path("chromedriver")))
}

fn named(variable: &str) -> Result<Option<PathBuf>, Failure> {
    let Some(value) = std::env::var_os(variable).filter(|value| !value.is_empty()) else {
        return Ok(None);
    };
    let file = PathBuf::from(value);
    if run::is_program(&file) {
        Ok(Some(file))
    } else {
        let path = file.display();
        Err(Failure::new(format!("{variable} names {path}, which is not a program.")))
    }
}
