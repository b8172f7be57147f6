//! What nobody thought of: hundreds of clicks, keys and commands in an order that a seed gives.

use crate::harness::Page;
use serde_json::{Value, json};

const USE: &str = include_str!("any_order.js");

/// How many steps are taken before the page is asked how it is.
const AT_ONCE: u32 = 60;

impl Page {
    /// The project as the page saves it now, whatever is on the screen.
    fn saved_now(&self) -> String {
        self.wait_until("it is kept", || self.is_saved());
        self.forget_downloads();
        self.run("document.querySelector('#export').click()", vec![]);
        std::fs::read_to_string(self.downloaded()).unwrap()
    }
}

#[test]
fn no_order_of_clicks_keys_and_commands_breaks_the_page_or_loses_anything() {
    let seeds = if std::env::var_os("VARIORUM_LONG").is_some() { 1..41 } else { 1..3 };
    for seed in seeds {
        let page = Page::open("any-order");
        page.find("#open-sample").click();
        page.wait_until("the article opens", || page.find_all(".card").len() > 20);
        let mut last = Value::Null;
        for turn in 0..6 {
            last = page.run_async(USE, vec![json!(seed * 7919 + turn), json!(AT_ONCE)]);
            assert_eq!(page.complaints(), Vec::<String>::new(), "seed {seed}, turn {turn}, after {last:#}");
        }
        let before = page.saved_now();
        // A project in which nobody has done anything is not kept, so that nothing empty is left behind.
        if !before.contains("\"kind\":\"article\"") {
            continue;
        }
        page.reload();
        assert_eq!(page.saved_now(), before, "seed {seed}: after a reload all is as it was, after {last:#}");
        assert_eq!(page.complaints(), Vec::<String>::new(), "seed {seed}");
    }
}
