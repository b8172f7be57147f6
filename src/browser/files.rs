//! Files in and out.

use gloo::file::{Blob, File, ObjectUrl, futures::read_as_bytes};
use gloo::timers::callback::Timeout;
use std::fmt;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlAnchorElement, HtmlInputElement};

/// Why a file could not be read.
#[derive(Debug)]
pub enum FileError {
    /// It is larger than may be read.
    TooLarge {
        /// Its size in bytes.
        size: u64,
        /// The largest size that is read.
        limit: usize,
    },
    /// The browser could not read it: moved, or no permission.
    Unreadable(String),
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge { size, limit } => write!(
                f,
                "The file has {} MB; at most {} MB can be read here. Split it, or use the command line.",
                size.div_ceil(1_048_576),
                limit / 1_048_576
            ),
            Self::Unreadable(why) => {
                write!(f, "The browser could not read the file ({why}). Choose it again.")
            }
        }
    }
}

/// The bytes of a file, unless there are more than `limit`.
pub async fn read_file(file: File, limit: usize) -> Result<Vec<u8>, FileError> {
    if file.size() > limit as u64 {
        return Err(FileError::TooLarge { size: file.size(), limit });
    }
    read_as_bytes(&file).await.map_err(|why| FileError::Unreadable(why.to_string()))
}

/// What tells one state of a file on disk from another without reading it: when it was changed, and its size.
pub fn state_of(file: &File) -> (u64, u64) {
    let file: &web_sys::File = file.as_ref();
    (file.last_modified() as u64, file.size() as u64)
}

/// The files somebody picked in an `<input type=file>`; the input is emptied, so that the same file can
/// be picked again.
pub fn picked_file(event: &Event) -> Vec<File> {
    let Some(input) = event.target().and_then(|t| t.dyn_into::<HtmlInputElement>().ok()) else {
        return Vec::new();
    };
    let files = input.files().map(|list| gloo::file::FileList::from(list).to_vec()).unwrap_or_default();
    input.set_value("");
    files
}

/// Hands a file to the person. The name keeps letters, digits, `-`, `_`, `.` and spaces.
pub fn download(name: &str, content: &str, mime: &str) {
    hand_over(name, Blob::new_with_options(content, Some(mime)));
}

/// Likewise, for what is no text.
pub fn download_bytes(name: &str, content: &[u8], mime: &str) {
    hand_over(name, Blob::new_with_options(content, Some(mime)));
}

fn hand_over(name: &str, content: Blob) {
    let safe: String = name
        .chars()
        .map(|c| if c.is_alphanumeric() || "-_. ".contains(c) { c } else { '-' })
        .take(80)
        .collect();
    let url = ObjectUrl::from(content);
    let document = web_sys::window().and_then(|w| w.document());
    let link = document.and_then(|d| d.create_element("a").ok());
    if let Some(link) = link.and_then(|l| l.dyn_into::<HtmlAnchorElement>().ok()) {
        link.set_href(&url);
        link.set_download(safe.trim_matches(['.', ' ']));
        link.click();
    }
    // The browser needs the address for a moment after the click.
    Timeout::new(60_000, move || drop(url)).forget();
}

/// The text of a file that lies beside the app.
pub async fn fetch_text(path: &str) -> Result<String, String> {
    let window = web_sys::window().ok_or("no page")?;
    let words = |why: wasm_bindgen::JsValue| format!("{why:?}");
    let response = wasm_bindgen_futures::JsFuture::from(window.fetch_with_str(path)).await.map_err(words)?;
    let response: web_sys::Response = response.dyn_into().map_err(words)?;
    if !response.ok() {
        return Err(format!("the server answered {}", response.status()));
    }
    let text = wasm_bindgen_futures::JsFuture::from(response.text().map_err(words)?).await.map_err(words)?;
    text.as_string().ok_or_else(|| "no text".to_owned())
}
