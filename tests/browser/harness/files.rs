//! Making, choosing, dropping and downloading files.

use std::fs;
use std::path::PathBuf;

use serde_json::json;

use super::Page;

impl Page {
    /// A file on disk for this test, for [`Element::choose`](super::element::Element::choose).
    #[track_caller]
    pub(crate) fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.folder().join(name);
        fs::write(&path, bytes).expect("a file for the browser");
        path
    }

    /// Drops a text file on an element, as from another window.
    #[track_caller]
    pub(crate) fn drop_file(&self, css: &str, name: &str, text: &str) {
        let dropped = self.run(
            "const [css, name, text] = arguments;
             const target = document.querySelector(css);
             if (!target) return false;
             const dataTransfer = new DataTransfer();
             dataTransfer.items.add(new File([text], name, { type: 'text/plain' }));
             for (const kind of ['dragenter', 'dragover', 'drop']) {
               target.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer }));
             }
             return true",
            vec![json!(css), json!(name), json!(text)],
        );
        assert_eq!(dropped, json!(true), "there is no {css} to drop on");
    }

    /// Pastes text into what has the focus, as a person's clipboard would.
    #[track_caller]
    pub(crate) fn paste(&self, text: &str) {
        let handled = self.run(
            "const clipboardData = new DataTransfer();
             clipboardData.setData('text/plain', arguments[0]);
             const target = document.activeElement ?? document.body;
             const init = { bubbles: true, cancelable: true, clipboardData };
             return !target.dispatchEvent(new ClipboardEvent('paste', init))",
            vec![json!(text)],
        );
        // A script's event has no effect of its own; the field gets the text where the page did not take it.
        if handled == json!(false) {
            self.devtools("Input.insertText", json!({ "text": text }));
        }
    }

    /// The file that was downloaded last, once it is whole; it is removed with the page. A project must fit the
    /// published schema.
    #[track_caller]
    pub(crate) fn downloaded(&self) -> PathBuf {
        let path = self.downloaded_unread();
        let text = fs::read(&path).expect("what was downloaded");
        crate::valid::assert_fits_if_a_project(&text, "what was downloaded");
        path
    }

    /// The same without a look into it, for benches.
    #[track_caller]
    pub(crate) fn downloaded_unread(&self) -> PathBuf {
        self.wait_until("a download is whole", || self.newest_download().is_some());
        self.newest_download().expect("a download")
    }

    /// Forgets earlier downloads.
    pub(crate) fn forget_downloads(&self) {
        for entry in fs::read_dir(self.downloads()).into_iter().flatten().flatten() {
            let _ = fs::remove_file(entry.path());
        }
    }

    #[track_caller]
    pub(super) fn keep_downloads(&self) {
        let parameters = json!({ "behavior": "allow", "downloadPath": self.downloads() });
        self.devtools("Browser.setDownloadBehavior", parameters);
    }

    fn downloads(&self) -> PathBuf {
        self.folder().join("downloads")
    }

    fn newest_download(&self) -> Option<PathBuf> {
        let entries: Vec<_> = fs::read_dir(self.downloads()).ok()?.flatten().collect();
        let unfinished = |path: &PathBuf| {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            name.ends_with(".crdownload") || name.starts_with('.')
        };
        if entries.iter().any(|entry| unfinished(&entry.path())) {
            return None;
        }
        let newest =
            entries.iter().max_by_key(|entry| entry.metadata().and_then(|facts| facts.modified()).ok());
        newest.map(|entry| entry.path())
    }
}
