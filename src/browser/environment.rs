//! The page around the app.

use gloo::events::EventListener;
use wasm_bindgen::UnwrapThrowExt;

/// Whether the shortcuts' main key is ⌘.
pub fn is_mac() -> bool {
    let platform = web_sys::window().and_then(|w| w.navigator().platform().ok());
    platform.is_some_and(|p| p.starts_with("Mac") || p.starts_with("iP"))
}

/// Puts the theme on the page: `light`, `dark`, or `auto` for what the system says.
pub fn apply_theme(theme: &str) {
    let root = web_sys::window().and_then(|w| w.document()).and_then(|d| d.document_element());
    if let Some(root) = root {
        root.set_attribute("data-theme", theme).unwrap_throw();
    }
}

/// Notes something at the page as a whole, for styles and tests: `data-<name>` of its body.
pub fn mark_page(name: &str, value: &str) {
    let body = web_sys::window().and_then(|w| w.document()).and_then(|d| d.body());
    if let Some(body) = body {
        body.set_attribute(&format!("data-{name}"), value).unwrap_throw();
    }
}

/// Sets the title of the page.
pub fn title(text: &str) {
    if let Some(document) = web_sys::window().and_then(|w| w.document()) {
        document.set_title(text);
    }
}

/// Calls back when the page is hidden or left: the last moment at which something can be kept.
pub fn on_page_hidden(mut callback: impl FnMut() + 'static) {
    if let Some(window) = web_sys::window() {
        EventListener::new(&window, "pagehide", move |_| callback()).forget();
    }
}

/// Tells the page what a panic said, before the trap that follows it (see `boot.js`).
pub fn last_words(message: &str) {
    web_sys::console::error_1(&message.into());
    let init = web_sys::CustomEventInit::new();
    init.set_detail(&message.into());
    let event = web_sys::CustomEvent::new_with_event_init_dict("variorum-panic", &init);
    if let (Some(window), Ok(event)) = (web_sys::window(), event) {
        // Nobody is left to tell if this fails.
        let _ = window.dispatch_event(&event);
    }
}

fn by_id(id: &str) -> Option<web_sys::HtmlElement> {
    use wasm_bindgen::JsCast;
    web_sys::window()?.document()?.get_element_by_id(id)?.dyn_into().ok()
}

/// Gives the keyboard to the element with this id, if there is one.
pub fn focus(id: &str) {
    if let Some(element) = by_id(id) {
        // An element that cannot have it leaves it where it is.
        let _ = element.focus();
    }
}

/// Likewise, without scrolling to it.
pub fn focus_in_place(id: &str) {
    if let Some(element) = by_id(id) {
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = element.focus_with_options(&options);
    }
}

/// Takes the keyboard away from whatever has it.
pub fn blur() {
    use wasm_bindgen::JsCast;
    let active = web_sys::window().and_then(|w| w.document()).and_then(|d| d.active_element());
    if let Some(element) = active.and_then(|a| a.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = element.blur();
    }
}

/// Clicks the element with this id: how a file picker opens.
pub fn click(id: &str) {
    if let Some(element) = by_id(id) {
        element.click();
    }
}

/// The width of the window in CSS pixels.
pub fn window_width() -> f64 {
    web_sys::window().and_then(|w| w.inner_width().ok()).and_then(|w| w.as_f64()).unwrap_or(1024.0)
}

/// Steps through the elements that `selector` finds: takes `class` from the one that has it, gives it to
/// the next (or, with a negative `by`, the one before), and brings that into view.
pub fn step_through(selector: &str, class: &str, by: i32) {
    use wasm_bindgen::JsCast;
    let Some(document) = web_sys::window().and_then(|w| w.document()) else { return };
    let Ok(found) = document.query_selector_all(selector) else { return };
    let all: Vec<web_sys::Element> =
        (0..found.length()).filter_map(|i| found.item(i)?.dyn_into().ok()).collect();
    if all.is_empty() {
        return;
    }
    let here = all.iter().position(|e| e.class_list().contains(class));
    let next = match here {
        Some(i) => (i as i32 + by).rem_euclid(all.len() as i32) as usize,
        None if by > 0 => 0,
        None => all.len() - 1,
    };
    if let Some(i) = here {
        let _ = all[i].class_list().remove_1(class);
    }
    let _ = all[next].class_list().add_1(class);
    super::scroll_to(&all[next].id());
}

/// The app has mounted: the notice that it is opening goes.
pub fn opened() {
    if let Some(notice) = by_id("boot") {
        notice.remove();
    }
}
