//! A finger: taps and long presses, as touch events that the browser itself makes gestures of.

use std::time::Duration;

use serde_json::json;

use super::Page;

impl Page {
    /// A telephone, 400 by 800, that is touched.
    #[track_caller]
    pub(crate) fn telephone(&self) {
        self.narrow();
        self.devtools("Emulation.setTouchEmulationEnabled", json!({ "enabled": true, "maxTouchPoints": 1 }));
    }

    /// Taps the middle of the first element that fits, scrolled into view as a person would.
    #[track_caller]
    pub(crate) fn tap(&self, css: &str) {
        self.find(css);
        let at = self.run(
            "const element = document.querySelector(arguments[0]);
             element.scrollIntoView({ block: 'nearest' });
             const box = element.getBoundingClientRect();
             const at = [box.left + box.width / 2, box.top + box.height / 2];
             const hit = document.elementFromPoint(at[0], at[1]);
             return hit && (element.contains(hit) || hit.contains(element)) ? at : [String(hit && hit.outerHTML).slice(0, 200)]",
            vec![json!(css)],
        );
        assert!(at.as_array().is_some_and(|at| at.len() == 2), "{css} is covered by {at}");
        self.touch(&at[0], &at[1], Duration::ZERO);
    }

    /// Taps words of a text.
    #[track_caller]
    pub(crate) fn tap_words(&self, words: &str) {
        self.touch_words(words, Duration::ZERO);
    }

    /// Holds a finger on words of a text.
    #[track_caller]
    pub(crate) fn long_press(&self, words: &str) {
        self.touch_words(words, Duration::from_millis(900));
    }

    #[track_caller]
    fn touch_words(&self, words: &str, held: Duration) {
        let script = format!(
            "{}\nconst range = rangeOf('#page-text', arguments[0]);
             if (!range) return null;
             const top = () => range.getClientRects()[0];
             if (top().top < 140 || top().bottom > innerHeight * 0.5) {{
                 scrollBy(0, top().top - innerHeight * 0.3);
             }}
             const box = top();
             return [box.left + Math.min(box.width / 2, 12), box.top + box.height / 2]",
            include_str!("words.js")
        );
        let at = self.run(&script, vec![json!(words)]);
        assert!(at.is_array(), "there is no \"{words}\" in the text");
        self.touch(&at[0], &at[1], held);
    }

    #[track_caller]
    fn touch(&self, x: &serde_json::Value, y: &serde_json::Value, held: Duration) {
        let points = json!([{ "x": x, "y": y }]);
        self.devtools("Input.dispatchTouchEvent", json!({ "type": "touchStart", "touchPoints": points }));
        std::thread::sleep(held);
        self.devtools("Input.dispatchTouchEvent", json!({ "type": "touchEnd", "touchPoints": [] }));
        // Two taps at once would be a double tap.
        std::thread::sleep(Duration::from_millis(350));
    }
}
