//! One element on the page.

use super::Page;

/// An element that was found; it may have gone since.
pub(crate) struct Element<'a> {
    page: &'a Page,
    element: fantoccini::elements::Element,
}

impl<'a> Element<'a> {
    pub(super) fn new(page: &'a Page, element: fantoccini::elements::Element) -> Self {
        Self { page, element }
    }

    /// Clicks its middle with the mouse.
    #[track_caller]
    pub(crate) fn click(&self) {
        self.page.ask(self.element.click());
    }

    /// Types into it.
    #[track_caller]
    pub(crate) fn type_text(&self, text: &str) {
        self.page.ask(self.element.send_keys(text));
    }

    /// Empties a field.
    #[track_caller]
    pub(crate) fn clear(&self) {
        self.page.ask(self.element.clear());
    }

    /// Its visible text.
    #[track_caller]
    pub(crate) fn text(&self) -> String {
        self.page.ask(self.element.text())
    }

    /// An attribute.
    #[track_caller]
    pub(crate) fn attribute(&self, name: &str) -> Option<String> {
        self.page.ask(self.element.attr(name))
    }

    /// A property, such as a field's `value`.
    #[track_caller]
    pub(crate) fn property(&self, name: &str) -> Option<String> {
        self.page.ask(self.element.prop(name))
    }

    /// The style it has in the end.
    #[track_caller]
    pub(crate) fn style(&self, property: &str) -> String {
        self.page.ask(self.element.css_value(property))
    }

    /// Whether it can be seen.
    #[track_caller]
    pub(crate) fn is_visible(&self) -> bool {
        self.page.ask(self.element.is_displayed())
    }

    /// Left, top, width and height.
    #[track_caller]
    pub(crate) fn rectangle(&self) -> (f64, f64, f64, f64) {
        self.page.ask(self.element.rectangle())
    }

    /// Chooses files in an `<input type="file">`.
    #[track_caller]
    pub(crate) fn choose(&self, files: &[&std::path::Path]) {
        let names: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
        self.type_text(&names.join("\n"));
    }
}
