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
    if let Some(document) = web_sys::window().and_then(|w| w.document()).filter(|d| d.title() != text) {
        document.set_title(text);
    }
}

/// Calls back when the page is hidden, and with true when it is left: the last moments at which something can
/// be kept.
pub fn on_page_hidden(callback: impl Fn(bool) + 'static) {
    let callback = std::rc::Rc::new(callback);
    if let Some(window) = web_sys::window() {
        // Telephones end a page that is hidden without another word.
        for event in ["pagehide", "visibilitychange"] {
            let callback = callback.clone();
            EventListener::new(&window, event, move |event| callback(event.type_() == "pagehide")).forget();
        }
    }
}

/// Marks a field whose words are taken in while they are typed.
pub const TYPED: &str = "data-typed";

fn typed_field() -> Option<web_sys::Element> {
    active_element().filter(|field| field.has_attribute(TYPED))
}

/// Whether the keyboard is in such a field, and, unless `anything` will do, in a whole word of it.
pub fn is_typing(anything: bool) -> bool {
    let words = |field: web_sys::Element| js_sys::Reflect::get(&field, &"value".into()).ok()?.as_string();
    let is_whole = |words: String| !words.is_empty() && !words.ends_with(char::is_whitespace);
    typed_field().is_some_and(|field| anything || words(field).is_some_and(is_whole))
}

/// Has that field say that its words are settled, as if it was left.
pub fn settle_field() {
    if let (Some(field), Ok(event)) = (typed_field(), web_sys::Event::new("change")) {
        // It fails for events that are being sent already only.
        let _ = field.dispatch_event(&event);
    }
}

fn active_element() -> Option<web_sys::Element> {
    web_sys::window()?.document()?.active_element()
}

/// Gives the keyboard to the element with this id where nothing in the page has it, or only the screen as a
/// whole.
pub fn focus_if_lost(id: &str) {
    if active_element().is_none_or(|element| element.tag_name() == "BODY" || element.id() == "screen") {
        focus_in_place(id);
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

pub(super) fn by_id(id: &str) -> Option<web_sys::HtmlElement> {
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

/// Empties the field with this id: leaving it then changes nothing.
pub fn empty(id: &str) {
    if let Some(field) = by_id(id) {
        // Setting a property fails for frozen objects only.
        let _ = js_sys::Reflect::set(&field, &"value".into(), &"".into());
    }
}

/// Writes into the field with this id, as somebody who leaves it then.
pub fn fill(id: &str, words: &str) {
    use wasm_bindgen::JsCast;
    let field = by_id(id).and_then(|field| field.dyn_into::<web_sys::HtmlInputElement>().ok());
    if let (Some(field), Ok(event)) = (field, web_sys::Event::new("change")) {
        field.set_value(words);
        // It fails for events that are being sent already only.
        let _ = field.dispatch_event(&event);
    }
}

/// The same as [`focus`], without scrolling to it; whether it is there.
pub fn focus_in_place(id: &str) -> bool {
    let Some(element) = by_id(id) else { return false };
    let options = web_sys::FocusOptions::new();
    options.set_prevent_scroll(true);
    element.focus_with_options(&options).is_ok()
}

/// Whether something in a dialog has the keyboard.
pub fn is_in_dialog() -> bool {
    active_element()
        .is_some_and(|element| element.closest("[role=dialog]").is_ok_and(|dialog| dialog.is_some()))
}

/// Whether the element with this id has the keyboard.
pub fn has_focus(id: &str) -> bool {
    active_element().is_some_and(|element| element.id() == id)
}

/// Keeps the Tab key inside the dialog that is open; true where it had to be led back there.
pub fn tab_inside(back: bool) -> bool {
    use wasm_bindgen::JsCast;
    const CONTROLS: &str = "button:not([tabindex='-1']):not([disabled]), input:not([disabled]), select, textarea, summary, a[href]";
    let Some(document) = web_sys::window().and_then(|w| w.document()) else { return false };
    let open = document.query_selector("[role=dialog][aria-modal=true]").ok().flatten();
    let Some(controls) = open.and_then(|dialog| dialog.query_selector_all(CONTROLS).ok()) else {
        return false;
    };
    let Some(last) = controls.length().checked_sub(1) else { return true };
    let active = document.active_element();
    let here = (0..=last).find(|i| controls.item(*i).as_ref() == active.as_deref());
    let to = match (here, back) {
        (Some(0), true) | (None, true) => last,
        (Some(at), false) if at == last => 0,
        (None, false) => 0,
        _ => return false,
    };
    let control = controls.item(to).and_then(|node| node.dyn_into::<web_sys::HtmlElement>().ok());
    control.is_some_and(|control| control.focus().is_ok())
}

/// Takes the keyboard away from whatever has it.
pub fn blur() {
    use wasm_bindgen::JsCast;
    if let Some(element) = active_element().and_then(|a| a.dyn_into::<web_sys::HtmlElement>().ok()) {
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

/// The ids of the elements of a class that are in view at the top (under the bars) and at the bottom of the
/// window.
pub fn visible_between(class: &str) -> [Option<String>; 2] {
    const BARS: f32 = 130.0;
    let at = |y: f32| {
        let document = web_sys::window()?.document()?;
        let found = document.element_from_point(window_width() as f32 / 3.0, y)?;
        Some(found.closest(&format!(".{class}")).ok()??.id())
    };
    let height = web_sys::window().and_then(|w| w.inner_height().ok()).and_then(|h| h.as_f64());
    let height = height.unwrap_or(800.0) as f32;
    // A gap between two of them, or a bar, hides the point: the next ones are tried.
    let first = |from: f32, step: f32| (0..12).find_map(|k| at(from + k as f32 * step));
    [first(BARS, 16.0), first(height - 8.0, -16.0)]
}

/// The app has mounted: the notice that it is opening goes.
pub fn opened() {
    if let Some(notice) = by_id("boot") {
        notice.remove();
    }
}
