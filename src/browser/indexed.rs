//! The browser's transactional database, as far as it is needed: an exact copy of what the shelf
//! writes, and the epochs of the projects.
//!
//! Object stores: `journal` holds the commands, `blobs` all other values, both under the shelf's own
//! keys; `epochs` says for each project how many times it was opened for writing, and holds a token by
//! which a tab sees whether anything was written since it read.

use crate::storage::{Change, Mirror};
use js_sys::{Array, Function, Object, Promise, Reflect};
use std::fmt;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    IdbDatabase, IdbObjectStore, IdbOpenDbRequest, IdbRequest, IdbTransaction, IdbTransactionMode,
};

const NAME: &str = "variorum";
const VERSION: u32 = 1;
const JOURNAL: &str = "journal";
const BLOBS: &str = "blobs";
const EPOCHS: &str = "epochs";
/// The key, among the epochs, of a token that each write changes.
const LAST: &str = "last";

/// So many openings of a project are fenced off by name; nobody sits before an earlier one any more.
const FENCES: u64 = 1_000;

/// The key, among the epochs, that is there when a tab was given a later epoch.
fn fence_of(project: &str, epoch: u64) -> String {
    format!("fence/{project}/{epoch}")
}

/// The right to write a project, as long as no tab was given a later epoch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guard {
    /// The project's id.
    pub project: String,
    /// What its keys begin with.
    pub prefix: String,
    /// The epoch this tab was given.
    pub epoch: u64,
}

/// Why the database did not do what it was asked, in the browser's own words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexedError(String);

impl fmt::Display for IndexedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for IndexedError {}

impl From<JsValue> for IndexedError {
    /// Takes an exception, or the event that a failed request ends with.
    fn from(why: JsValue) -> Self {
        let field = |of: &JsValue, name: &str| Reflect::get(of, &name.into()).ok().filter(|v| v.is_truthy());
        let error = field(&why, "target").and_then(|target| field(&target, "error")).unwrap_or(why);
        let text = |name: &str| field(&error, name).and_then(|v| v.as_string());
        let (name, message) = (text("name"), text("message"));
        Self([name, message].into_iter().flatten().collect::<Vec<_>>().join(": "))
    }
}

/// An open connection. Dropping it closes it.
#[derive(Debug)]
pub struct Indexed(IdbDatabase);

impl Drop for Indexed {
    fn drop(&mut self) {
        self.0.close();
    }
}

/// Settles when the request does.
fn settled(request: &IdbRequest) -> Promise {
    Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    })
}

/// Settles when the whole transaction is on the disk, or nothing of it is.
fn completed(transaction: &IdbTransaction) -> Promise {
    Promise::new(&mut |resolve, reject| {
        transaction.set_oncomplete(Some(&resolve));
        transaction.set_onabort(Some(&reject));
        transaction.set_onerror(Some(&reject));
    })
}

async fn result(request: &IdbRequest) -> Result<JsValue, IndexedError> {
    JsFuture::from(settled(request)).await?;
    Ok(request.result()?)
}

/// What is under each of the keys of one store.
async fn get_each(store: &IdbObjectStore, keys: &[String]) -> Result<Vec<Option<String>>, IndexedError> {
    let mut requests = Vec::new();
    for key in keys {
        requests.push(store.get(&key.as_str().into())?);
    }
    answers(requests).await
}

/// The answers to requests that were all made before any is waited for.
async fn answers(requests: Vec<IdbRequest>) -> Result<Vec<Option<String>>, IndexedError> {
    let promises: Vec<Promise> = requests.iter().map(settled).collect();
    let mut values = Vec::new();
    for (promise, request) in promises.into_iter().zip(requests) {
        JsFuture::from(promise).await?;
        values.push(request.result()?.as_string());
    }
    Ok(values)
}

fn store_of(key: &str) -> &'static str {
    if key.starts_with("v/p/") && key.contains("/j/") { JOURNAL } else { BLOBS }
}

impl Indexed {
    /// Connects, making the object stores at the first time.
    pub async fn open() -> Result<Self, IndexedError> {
        let factory = web_sys::window().and_then(|window| window.indexed_db().ok().flatten());
        let factory = factory.ok_or_else(|| IndexedError("there is no IndexedDB".to_owned()))?;
        let request: IdbOpenDbRequest = factory.open_with_u32(NAME, VERSION)?;
        let opening = request.clone();
        let upgrade = wasm_bindgen::closure::Closure::once(move || {
            let Some(database) = opening.result().ok().and_then(|r| r.dyn_into::<IdbDatabase>().ok()) else {
                return;
            };
            for store in [JOURNAL, BLOBS, EPOCHS] {
                // Should it fail, the first transaction that needs the store says so.
                let _ = database.create_object_store(store);
            }
        });
        request.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
        let database: IdbDatabase = result(&request).await?.unchecked_into();
        // A tab with a later version must be able to upgrade: this connection then gives way, and what
        // it is asked afterwards fails visibly.
        let closing = database.clone();
        let give_way = wasm_bindgen::closure::Closure::once_into_js(move || closing.close());
        database.set_onversionchange(Some(give_way.unchecked_ref()));
        Ok(Self(database))
    }

    /// Begins to write all changes, or none, and gives what settles when they are on the disk. They are
    /// on their way when this returns, even if the page closes. Where some tab was given a later epoch
    /// than a guard says, nothing is written and `fenced` is called with the guard's project.
    pub fn write(
        &self,
        changes: &[Change],
        guards: &[Guard],
        token: &str,
        fenced: &Rc<dyn Fn(&str)>,
    ) -> Result<Promise, IndexedError> {
        let transaction = self.strict(&[JOURNAL, BLOBS, EPOCHS])?;
        let epochs = transaction.object_store(EPOCHS)?;
        for guard in guards {
            // Adding a key that is there fails, and with it all of the transaction: nothing need be asked and
            // answered while the page may be busy with something else.
            let fence = JsValue::from(fence_of(&guard.project, guard.epoch));
            let request = epochs.add_with_key(&JsValue::TRUE, &fence)?;
            epochs.delete(&fence)?;
            let (project, fenced) = (guard.project.clone(), fenced.clone());
            let refused = wasm_bindgen::closure::Closure::once_into_js(move |why: JsValue| {
                if IndexedError::from(why).0.starts_with("ConstraintError") {
                    fenced(&project);
                }
            });
            request.set_onerror(Some(refused.unchecked_ref()));
        }
        epochs.put_with_key(&token.into(), &LAST.into())?;
        for change in changes {
            match change {
                Change::Put(key, value) => {
                    let store = transaction.object_store(store_of(key))?;
                    store.put_with_key(&value.as_str().into(), &key.as_str().into())?;
                }
                Change::Remove(key) => {
                    transaction.object_store(store_of(key))?.delete(&key.as_str().into())?;
                }
            }
        }
        let done = completed(&transaction);
        // Without it the browser waits until the page has heard that each request succeeded, which it does only
        // after it has painted. Where there is no such call, it waits.
        #[allow(
            deprecated,
            reason = "only in the list that the bindings were made from; it is in the standard"
        )]
        let _ = transaction.commit();
        Ok(done)
    }

    /// Everything that was written and not removed, and the token of the last write. Values are read only
    /// where `wanted` says so, all others are noted as there.
    pub async fn read_all(&self, wanted: &dyn Fn(&str) -> bool) -> Result<(Mirror, String), IndexedError> {
        let names: Array = [JOURNAL, BLOBS, EPOCHS].iter().map(|name| JsValue::from(*name)).collect();
        let transaction = self.0.transaction_with_str_sequence(&names)?;
        let last = transaction.object_store(EPOCHS)?.get(&LAST.into())?;
        let last_read = settled(&last);
        let mut all = Mirror::new();
        for name in [JOURNAL, BLOBS] {
            let store = transaction.object_store(name)?;
            let names: Array = result(&store.get_all_keys()?).await?.unchecked_into();
            let keys: Vec<String> = names.iter().filter_map(|key| key.as_string()).collect();
            let (read, noted): (Vec<String>, Vec<String>) = keys.into_iter().partition(|key| wanted(key));
            // Still in the transaction: what is asked now belongs to the keys that were read.
            if read.len() > noted.len() {
                let values: Array = result(&store.get_all()?).await?.unchecked_into();
                for (key, value) in names.iter().zip(values.iter()) {
                    if let (Some(key), Some(value)) = (key.as_string(), value.as_string()) {
                        all.insert(key, value);
                    }
                }
                continue;
            }
            noted.into_iter().for_each(|key| all.insert_unread(key));
            let values = get_each(&store, &read).await?;
            for (key, value) in read.into_iter().zip(values) {
                value.into_iter().for_each(|value| all.insert(key.clone(), value));
            }
        }
        JsFuture::from(last_read).await?;
        Ok((all, last.result()?.as_string().unwrap_or_default()))
    }

    /// The token of the last write of any tab.
    pub async fn last_token(&self) -> Result<String, IndexedError> {
        let store = self.0.transaction_with_str(EPOCHS)?.object_store(EPOCHS)?;
        Ok(result(&store.get(&LAST.into())?).await?.as_string().unwrap_or_default())
    }

    /// What is under these keys, read back from the database.
    pub async fn read(&self, keys: &[String]) -> Result<Vec<Option<String>>, IndexedError> {
        let names: Array = [JOURNAL, BLOBS].iter().map(|name| JsValue::from(*name)).collect();
        let transaction = self.0.transaction_with_str_sequence(&names)?;
        let stores = (transaction.object_store(JOURNAL)?, transaction.object_store(BLOBS)?);
        let store = |key: &str| if store_of(key) == JOURNAL { &stores.0 } else { &stores.1 };
        let mut requests = Vec::new();
        for key in keys {
            requests.push(store(key).get(&key.as_str().into())?);
        }
        answers(requests).await
    }

    /// An epoch for a project that no tab was ever given: in a transaction of its own, which is what
    /// no lock and no local storage can do across tabs. `at_least` is what the shelf found.
    pub async fn raise_epoch(&self, project: &str, at_least: u64) -> Result<u64, IndexedError> {
        let transaction = self.strict(&[EPOCHS])?;
        let done = completed(&transaction);
        let store = transaction.object_store(EPOCHS)?;
        let last = result(&store.get(&project.into())?).await?.as_f64().unwrap_or(0.0);
        let next = (last as u64 + 1).max(at_least);
        store.put_with_key(&(next as f64).into(), &project.into())?;
        let before = (last as u64).max(next.saturating_sub(FENCES)).max(1);
        for epoch in before..next {
            store.put_with_key(&JsValue::TRUE, &fence_of(project, epoch).into())?;
        }
        if next > FENCES {
            store.delete(&fence_of(project, next - FENCES).into())?;
        }
        JsFuture::from(done).await?;
        Ok(next)
    }

    /// A transaction whose end means that the disk has it, not only the operating system.
    fn strict(&self, stores: &[&str]) -> Result<IdbTransaction, IndexedError> {
        let names: Array = stores.iter().map(|name| JsValue::from(*name)).collect();
        let options = Object::new();
        Reflect::set(&options, &"durability".into(), &"strict".into())?;
        let begin: Function = Reflect::get(&self.0, &"transaction".into())?.unchecked_into();
        let mode = JsValue::from(IdbTransactionMode::Readwrite);
        Ok(begin.call3(&self.0, &names, &mode, &options)?.unchecked_into())
    }
}
