//! A folder on disk that a person chose, where the browser allows it: what lies in it, and one file to write.
//! Choosing it and asking for leave is for the page; a worker may do the rest.

use super::disk_file::{DiskFile, Outcome, call, option, words};
use gloo::file::File;
use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// A folder that a person chose.
pub struct DiskFolder(DiskFile);

/// Whether this browser can share a folder.
pub fn can_share_folder() -> bool {
    Reflect::get(&js_sys::global(), &"showDirectoryPicker".into()).is_ok_and(|found| found.is_function())
}

/// Handles of files and of folders are kept side by side.
fn key(project: &str) -> String {
    format!("folder {project}")
}

impl DiskFolder {
    /// Asks the person which; `None` where they would rather not.
    pub async fn pick() -> Outcome<Option<Self>> {
        match call(&js_sys::global(), "showDirectoryPicker", &[option("mode", "readwrite")]).await {
            Ok(handle) => Ok(Some(Self(DiskFile(handle)))),
            Err(why) if why.starts_with("AbortError") => Ok(None),
            Err(why) => Err(why),
        }
    }

    /// Its name.
    pub fn name(&self) -> String {
        self.0.name()
    }

    /// Whether it may be read and written without asking.
    pub async fn is_open(&self) -> bool {
        self.0.is_open().await
    }

    /// Asks the person whether it may be; only a click may do that.
    pub async fn ask(&self) -> bool {
        self.0.ask().await
    }

    /// Keeps it for the next visit.
    pub async fn remember(&self, project: &str) -> Outcome<()> {
        self.0.remember(&key(project)).await
    }

    /// The folder that was kept for a project.
    pub async fn recall(project: &str) -> Option<Self> {
        DiskFile::recall(&key(project)).await.map(Self)
    }

    /// The project goes without a folder from now on.
    pub async fn forget(project: &str) -> Outcome<()> {
        DiskFile::forget(&key(project)).await
    }

    /// The files in it, in the order of their names, without those in further folders; `None` for one that the
    /// browser could not open.
    pub async fn files(&self) -> Outcome<Vec<(String, Option<File>)>> {
        let field = |of: &JsValue, name: &str| Reflect::get(of, &name.into()).unwrap_or_default();
        let values: Function =
            field(&self.0.0, "values").dyn_into().map_err(|_| "there is no values".to_owned())?;
        let all = values.call0(&self.0.0).map_err(words)?;
        let mut found = Vec::new();
        loop {
            let next = call(&all, "next", &[]).await?;
            if field(&next, "done").is_truthy() {
                break;
            }
            let handle = field(&next, "value");
            if field(&handle, "kind").as_string().as_deref() == Some("file") {
                let file = call(&handle, "getFile", &[]).await.ok();
                let file = file.and_then(|file| file.dyn_into::<web_sys::File>().ok()).map(File::from);
                found.push((field(&handle, "name").as_string().unwrap_or_default(), file));
            }
        }
        crate::text::order::sort_by(&mut found, |a, b| a.0.cmp(&b.0));
        Ok(found)
    }

    /// Writes a file in it anew, all or nothing.
    pub async fn write(&self, name: &str, content: &str) -> Outcome<()> {
        let create = js_sys::Object::new();
        // Setting a property of a fresh object cannot fail.
        let _ = Reflect::set(&create, &"create".into(), &true.into());
        let handle = call(&self.0.0, "getFileHandle", &[name.into(), create.into()]).await?;
        DiskFile(handle).write(content).await
    }
}
