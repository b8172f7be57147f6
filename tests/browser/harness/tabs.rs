//! Several tabs of one browser, other addresses of the site, and scripts that run before the page's own.

use fantoccini::wd::WindowHandle;
use serde_json::json;

use super::Page;

impl Page {
    /// The tab at hand.
    #[track_caller]
    pub(crate) fn tab(&self) -> WindowHandle {
        self.ask(self.client().window())
    }

    /// Opens the app in another tab, which is at hand from then on.
    #[track_caller]
    pub(crate) fn new_tab(&self) -> WindowHandle {
        let tab = self.ask(self.client().new_window(true)).handle;
        self.switch_to(&tab);
        self.keep_downloads();
        self.go("");
        self.wait_until_open();
        tab
    }

    /// Takes another tab in hand.
    #[track_caller]
    pub(crate) fn switch_to(&self, tab: &WindowHandle) {
        self.ask(self.client().switch_to_window(tab.clone()));
    }

    /// Closes the tab at hand; another one must be taken in hand then.
    #[track_caller]
    pub(crate) fn close_tab(&self) {
        self.ask(self.client().close_window());
    }

    /// Crashes the process of the tab at hand, as a lack of memory would.
    pub(crate) fn crash_tab(&self) {
        // There is nobody left to answer.
        let _ = self.try_devtools("Page.crash", json!({}));
    }

    /// Goes to an address below the site's.
    #[track_caller]
    pub(crate) fn go(&self, path: &str) {
        self.ask(self.client().goto(&format!("{}{path}", self.address())));
    }

    /// Runs a script in the tab at hand before anything else, from the next load on.
    #[track_caller]
    pub(crate) fn before_all(&self, script: &str) {
        self.devtools("Page.enable", json!({}));
        self.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script }));
    }
}
