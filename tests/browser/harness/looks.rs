//! Sizes, themes and screenshots.

use std::fs;
use std::path::PathBuf;

use serde_json::json;

use super::Page;

impl Page {
    /// A desktop window, 1280 by 860: how every page starts.
    #[track_caller]
    pub(crate) fn wide(&self) {
        self.size(1280, 860);
    }

    /// A telephone's width, 400 by 800.
    #[track_caller]
    pub(crate) fn narrow(&self) {
        self.size(400, 800);
    }

    /// Any size; narrower than a real window could be.
    #[track_caller]
    pub(crate) fn size(&self, width: u32, height: u32) {
        self.devtools(
            "Emulation.setDeviceMetricsOverride",
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false }),
        );
    }

    /// A person who prefers dark pages.
    #[track_caller]
    pub(crate) fn dark(&self) {
        self.prefer("prefers-color-scheme", "dark");
    }

    /// A person who prefers light pages.
    #[track_caller]
    pub(crate) fn light(&self) {
        self.prefer("prefers-color-scheme", "light");
    }

    /// Any media feature, such as `prefers-reduced-motion` or `forced-colors`; the others return to normal.
    #[track_caller]
    pub(crate) fn prefer(&self, feature: &str, value: &str) {
        let features = json!([{ "name": feature, "value": value }]);
        self.devtools("Emulation.setEmulatedMedia", json!({ "features": features }));
    }

    /// A picture of the window, in `target/screenshots/NAME.png`.
    #[track_caller]
    pub(crate) fn screenshot(&self, name: &str) {
        save(name, &self.ask(self.client().screenshot()));
    }
}

/// Saves a picture where people look for them.
pub(super) fn save(name: &str, picture: &[u8]) -> PathBuf {
    let folder = xtask::project::screenshots();
    fs::create_dir_all(&folder).expect("a folder for pictures");
    let file = folder.join(format!("{name}.png"));
    fs::write(&file, picture).expect("a picture");
    file
}
