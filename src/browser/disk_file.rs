//! A file on disk that the page may write again and again, where the browser allows it.
//!
//! The bindings of `web-sys` to these calls are not stable yet, so they are made by name. Handles are kept in a
//! database of their own, since only a database can keep them.

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbOpenDbRequest, IdbRequest};

const NAME: &str = "variorum-files";
const HANDLES: &str = "handles";

/// A file that a person chose.
#[derive(Clone, Debug)]
pub struct DiskFile(pub(super) JsValue);

pub(super) type Outcome<T> = Result<T, String>;

pub(super) fn words(why: JsValue) -> String {
    let field = |name: &str| Reflect::get(&why, &name.into()).ok().and_then(|v| v.as_string());
    let said: Vec<String> = [field("name"), field("message")].into_iter().flatten().collect();
    if said.is_empty() { format!("{why:?}") } else { said.join(": ") }
}

/// Calls a method that gives a promise.
pub(super) async fn call(of: &JsValue, method: &str, arguments: &[JsValue]) -> Outcome<JsValue> {
    let found = Reflect::get(of, &method.into()).map_err(words)?;
    let method: Function = found.dyn_into().map_err(|_| format!("there is no {method} here"))?;
    let arguments: Array = arguments.iter().collect();
    let promise: Promise =
        method.apply(of, &arguments).map_err(words)?.dyn_into().map_err(|_| "no promise".to_owned())?;
    JsFuture::from(promise).await.map_err(words)
}

pub(super) fn option(name: &str, value: &str) -> JsValue {
    let options = Object::new();
    // Setting a property of a fresh object cannot fail.
    let _ = Reflect::set(&options, &name.into(), &value.into());
    options.into()
}

/// Whether this browser can write to files on disk.
pub fn can_save_to_disk() -> bool {
    Reflect::get(&js_sys::global(), &"showSaveFilePicker".into()).is_ok_and(|found| found.is_function())
}

impl DiskFile {
    /// Asks the person where; `None` where they would rather not.
    pub async fn pick(suggested: &str) -> Outcome<Option<Self>> {
        match call(&js_sys::global(), "showSaveFilePicker", &[option("suggestedName", suggested)]).await {
            Ok(handle) => Ok(Some(Self(handle))),
            Err(why) if why.starts_with("AbortError") => Ok(None),
            Err(why) => Err(why),
        }
    }

    /// Its name.
    pub fn name(&self) -> String {
        Reflect::get(&self.0, &"name".into()).ok().and_then(|name| name.as_string()).unwrap_or_default()
    }

    /// Whether it may be written without asking.
    pub async fn is_open(&self) -> bool {
        self.permission("queryPermission").await
    }

    /// Asks the person whether it may be written again; only a click may do that.
    pub async fn ask(&self) -> bool {
        self.is_open().await || self.permission("requestPermission").await
    }

    async fn permission(&self, method: &str) -> bool {
        let answer = call(&self.0, method, &[option("mode", "readwrite")]).await;
        // A browser without this question asks by itself when the file is written.
        answer.map_or(true, |answer| answer.as_string().as_deref() == Some("granted"))
    }

    /// The file as it is on the disk now.
    pub async fn now(&self) -> Outcome<gloo::file::File> {
        let file = call(&self.0, "getFile", &[]).await?;
        file.dyn_into::<web_sys::File>().map(Into::into).map_err(|_| "no file".to_owned())
    }

    /// Writes it anew. The browser puts the new content in the place of the old at the end, all or nothing.
    pub async fn write(&self, content: &str) -> Outcome<()> {
        let stream = call(&self.0, "createWritable", &[]).await?;
        call(&stream, "write", &[content.into()]).await?;
        call(&stream, "close", &[]).await.map(drop)
    }

    /// Keeps it for the next visit.
    pub async fn remember(&self, project: &str) -> Outcome<()> {
        let database = open().await?;
        let store = store(&database, web_sys::IdbTransactionMode::Readwrite)?;
        settled(&store.put_with_key(&self.0, &project.into()).map_err(words)?).await.map(drop)
    }

    /// The file that was kept for a project.
    pub async fn recall(project: &str) -> Option<Self> {
        let database = open().await.ok()?;
        let store = store(&database, web_sys::IdbTransactionMode::Readonly).ok()?;
        let handle = settled(&store.get(&project.into()).ok()?).await.ok()?;
        handle.is_object().then_some(Self(handle))
    }

    /// The project goes without a file from now on.
    pub async fn forget(project: &str) -> Outcome<()> {
        let database = open().await?;
        let store = store(&database, web_sys::IdbTransactionMode::Readwrite)?;
        settled(&store.delete(&project.into()).map_err(words)?).await.map(drop)
    }
}

fn store(database: &IdbDatabase, mode: web_sys::IdbTransactionMode) -> Outcome<web_sys::IdbObjectStore> {
    let transaction = database.transaction_with_str_and_mode(HANDLES, mode).map_err(words)?;
    transaction.object_store(HANDLES).map_err(words)
}

async fn settled(request: &IdbRequest) -> Outcome<JsValue> {
    let promise = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    JsFuture::from(promise).await.map_err(words)?;
    request.result().map_err(words)
}

async fn open() -> Outcome<IdbDatabase> {
    // By name: a worker has it as the page has.
    let factory = Reflect::get(&js_sys::global(), &"indexedDB".into()).map_err(words)?;
    let factory: web_sys::IdbFactory = factory.dyn_into().map_err(|_| "there is no IndexedDB".to_owned())?;
    let request: IdbOpenDbRequest = factory.open_with_u32(NAME, 1).map_err(words)?;
    let opening = request.clone();
    let upgrade = wasm_bindgen::closure::Closure::once(move || {
        if let Some(database) = opening.result().ok().and_then(|r| r.dyn_into::<IdbDatabase>().ok()) {
            // Should it fail, the first transaction says so.
            let _ = database.create_object_store(HANDLES);
        }
    });
    request.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
    Ok(settled(&request).await?.unchecked_into())
}
