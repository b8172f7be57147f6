//! The app's second program: a web worker, which computes what takes long, off the page's thread. It holds
//! the core and none of the interface, so that the page need not load what it does not run itself.

#[cfg(target_arch = "wasm32")]
fn main() {
    if !variorum::ui::serve_desk() {
        variorum::ui::serve();
    }
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("This program runs in a browser only, beside the app. The command line is `variorum`.");
}
