//! What is dropped on the page: files, and folders walked through.

use gloo::file::File;
use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::DataTransfer;

/// What was dropped. Folders must be asked for while the drop is being told of, and are walked afterwards.
pub struct Dropped {
    files: Vec<File>,
    /// Files and folders as entries, where a folder is among them; none else.
    entries: Vec<JsValue>,
}

impl Dropped {
    /// Takes note of what a drop carries.
    pub fn of(data: &DataTransfer) -> Self {
        let files = data.files().map(|list| gloo::file::FileList::from(list).to_vec()).unwrap_or_default();
        let items = Reflect::get(data, &"items".into()).unwrap_or_default();
        let entry = |item: JsValue| {
            let get: Function = get(&item, "webkitGetAsEntry").dyn_into().ok()?;
            get.call0(&item).ok().filter(|entry| entry.is_object())
        };
        let entries: Vec<JsValue> = Array::from(&items).iter().filter_map(entry).collect();
        let folders = entries.iter().any(|entry| get(entry, "isDirectory").is_truthy());
        Self { files, entries: if folders { entries } else { Vec::new() } }
    }

    /// All files with their paths, in the order of those; at most so many.
    pub async fn files(self, most: usize) -> Vec<(String, File)> {
        if self.entries.is_empty() {
            return self.files.into_iter().map(|file| (file.name(), file)).collect();
        }
        let mut found = Vec::new();
        let mut left = self.entries;
        while let Some(entry) = left.pop() {
            if found.len() >= most {
                break;
            }
            if get(&entry, "isDirectory").is_truthy() {
                left.extend(inside(&entry).await);
            } else if let Ok(file) = ask(&entry, "file").await {
                let path = get(&entry, "fullPath").as_string().unwrap_or_default();
                let path = path.trim_start_matches('/').to_owned();
                found.push((path, File::from(file.unchecked_into::<web_sys::File>())));
            }
        }
        found.sort_by(|a, b| a.0.cmp(&b.0));
        found
    }
}

/// Where a file chosen with its folder lay; else its name.
pub fn path_of(file: &File) -> String {
    let path = get(AsRef::<web_sys::File>::as_ref(file), "webkitRelativePath").as_string();
    path.filter(|path| !path.is_empty()).unwrap_or_else(|| file.name())
}

/// What is in a folder: the browser tells of it in parts, and of nothing when it has told all.
async fn inside(folder: &JsValue) -> Vec<JsValue> {
    let mut all = Vec::new();
    let make: Result<Function, _> = get(folder, "createReader").dyn_into();
    let Some(reader) = make.ok().and_then(|make| make.call0(folder).ok()) else { return all };
    while let Ok(part) = ask(&reader, "readEntries").await {
        let part = Array::from(&part);
        if part.length() == 0 {
            break;
        }
        all.extend(part.iter());
    }
    all
}

fn get(of: &JsValue, name: &str) -> JsValue {
    Reflect::get(of, &name.into()).unwrap_or_default()
}

/// Calls a method that takes what to do with its answer and with a failure.
async fn ask(of: &JsValue, method: &str) -> Result<JsValue, JsValue> {
    let function: Function = get(of, method).dyn_into()?;
    let of = of.clone();
    let answer = Promise::new(&mut |done, failed| {
        // What it throws leaves the promise open; it throws for wrong arguments only.
        let _ = function.call2(&of, &done, &failed);
    });
    JsFuture::from(answer).await
}
