//! The app comes up at all, under its policy, as a page and as a worker.

use serde_json::json;

use crate::harness::Page;

#[test]
fn the_app_opens_without_a_complaint() {
    let page = Page::open("smoke");
    assert_eq!(page.title(), "My project – Variorum");
    assert_eq!(page.find_all("#boot").len(), 0, "the opening notice is gone");
    assert!(page.find("h1:not(#stopped h1)").is_visible(), "the welcome is there");
    page.screenshot("smoke");
    page.dark();
    page.narrow();
    page.screenshot("smoke-dark-400");
    assert_eq!(page.complaints(), Vec::<String>::new());
}

#[test]
fn the_policy_is_in_force() {
    let page = Page::open("policy");
    let refused = page.run_async(
        "const done = arguments[arguments.length - 1];
         const refused = [];
         addEventListener('securitypolicyviolation', (event) => refused.push(event.effectiveDirective));
         const script = document.createElement('script');
         script.textContent = 'window.inlineRan = true';
         document.head.append(script);
         document.body.setAttribute('style', 'color: red');
         fetch('http://192.0.2.1/').catch(() => 0);
         setTimeout(() => done([refused.sort(), !!window.inlineRan]), 300);",
        vec![],
    );
    assert_eq!(refused, json!([["connect-src", "script-src-elem", "style-src-attr"], false]));
}

#[test]
fn the_worker_comes_up_and_answers_what_came_early() {
    let page = Page::open("worker");
    // A message before the worker is ready must not be lost, nor may the worker fail to load.
    let failure = page.run_async(
        "const done = arguments[arguments.length - 1];
         const worker = new Worker('worker.js', { type: 'module' });
         worker.onerror = (event) => done(String(event.message || 'the worker did not load'));
         setTimeout(() => done(null), 1500);",
        vec![],
    );
    assert_eq!(failure, json!(null));
    assert_eq!(page.complaints(), Vec::<String>::new());
}

#[test]
fn when_the_app_cannot_load_the_data_can_be_rescued() {
    let page = Page::open("rescue");
    page.run("localStorage.setItem('v/kept', 'байти 😀'); localStorage.setItem('other', 'x')", vec![]);
    page.block("*variorum_bg.wasm");
    page.reload_without_waiting();
    page.wait_until("the panel shows", || page.find("#stopped").is_visible());
    page.screenshot("stopped");
    page.click_text("Download my data");
    let file = std::fs::read_to_string(page.downloaded()).unwrap();
    let rescued: serde_json::Value = serde_json::from_str(&file).unwrap();
    assert_eq!(rescued["format"], "variorum-rescue");
    assert_eq!(rescued["entries"]["v/kept"], "байти 😀");
    assert!(rescued["entries"].get("other").is_none(), "only what is ours");
}
