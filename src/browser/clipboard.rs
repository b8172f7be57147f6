//! Words to the clipboard.

/// Copies words, and says whether that was allowed.
pub fn copy(words: String, said: impl FnOnce(bool) + 'static) {
    wasm_bindgen_futures::spawn_local(async move {
        let window = web_sys::window();
        let copied = match window.map(|w| w.navigator().clipboard().write_text(&words)) {
            Some(promise) => wasm_bindgen_futures::JsFuture::from(promise).await.is_ok(),
            None => false,
        };
        said(copied);
    });
}
