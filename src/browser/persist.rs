//! Whether the browser may throw our storage away when it runs short of room.

use wasm_bindgen_futures::JsFuture;

/// Asks the browser to keep what is stored here until the person deletes it. Some browsers ask the
/// person: so ask after the first real edit, not before. True if it promised.
pub async fn persist() -> bool {
    let Some(storage) = storage() else { return false };
    let Ok(promise) = storage.persist() else { return false };
    JsFuture::from(promise).await.is_ok_and(|granted| granted.is_truthy())
}

/// Whether the browser promised so before.
pub async fn is_persistent() -> bool {
    let Some(storage) = storage() else { return false };
    let Ok(promise) = storage.persisted() else { return false };
    JsFuture::from(promise).await.is_ok_and(|granted| granted.is_truthy())
}

fn storage() -> Option<web_sys::StorageManager> {
    let navigator = web_sys::window()?.navigator();
    // Missing where the page is not from a secure place; the binding would hand out `undefined`.
    let there = js_sys::Reflect::get(&navigator, &"storage".into()).is_ok_and(|storage| storage.is_object());
    there.then(|| navigator.storage())
}
