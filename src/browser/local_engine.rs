//! Local storage as an engine of the shelf.

use crate::storage::{Engine, EngineError};
use wasm_bindgen::JsValue;
use web_sys::Storage;

/// The page's local storage.
#[derive(Clone, Debug)]
pub struct LocalEngine(Storage);

impl LocalEngine {
    /// The storage, or `Blocked` where the browser does not let this page have it.
    pub fn open() -> Result<Self, EngineError> {
        let window = web_sys::window().ok_or(EngineError::Blocked)?;
        match window.local_storage() {
            Ok(Some(storage)) => Ok(Self(storage)),
            _ => Err(EngineError::Blocked),
        }
    }
}

/// Whether the page's local storage has a value under a key.
pub fn is_kept_here(key: &str) -> bool {
    let storage = web_sys::window().and_then(|window| window.local_storage().ok().flatten());
    storage.is_some_and(|storage| js_sys::Reflect::get(&storage, &key.into()).is_ok_and(|v| v.is_string()))
}

/// By the name of the error: its class differs from one browser to the next.
fn fault(why: JsValue) -> EngineError {
    let name =
        js_sys::Reflect::get(&why, &"name".into()).ok().and_then(|n| n.as_string()).unwrap_or_default();
    match &*name {
        "QuotaExceededError" | "NS_ERROR_DOM_QUOTA_REACHED" => EngineError::Full,
        "SecurityError" => EngineError::Blocked,
        _ => EngineError::Failed(format!("{why:?}")),
    }
}

impl Engine for LocalEngine {
    fn get(&self, key: &str) -> Result<Option<String>, EngineError> {
        self.0.get_item(key).map_err(fault)
    }

    fn set(&mut self, key: &str, value: &str) -> Result<(), EngineError> {
        self.0.set_item(key, value).map_err(fault)
    }

    fn remove(&mut self, key: &str) -> Result<(), EngineError> {
        self.0.remove_item(key).map_err(fault)
    }

    fn keys(&self) -> Result<Vec<String>, EngineError> {
        let count = self.0.length().map_err(fault)?;
        let mut keys = Vec::with_capacity(count as usize);
        for i in 0..count {
            keys.extend(self.0.key(i).map_err(fault)?);
        }
        Ok(keys)
    }
}
