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

/// The rich text that a paste carries, where it says more than its plain words: paragraphs, links, lists.
pub fn pasted_html(event: &web_sys::Event) -> Option<String> {
    let data = js_sys::Reflect::get(event, &"clipboardData".into()).ok()?;
    let data: web_sys::DataTransfer = wasm_bindgen::JsCast::dyn_into(data).ok()?;
    let html = data.get_data("text/html").ok()?;
    let says_more =
        ["<p", "<a ", "<br", "<div", "<li", "<h1", "<h2", "<td"].iter().any(|tag| html.contains(tag));
    says_more.then_some(html)
}
