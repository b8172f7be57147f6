//! The app's third program: a web worker that reads files of all formats. The readers are large, so they have
//! a program of their own, which is loaded when the first file comes that the page cannot read alone.

#[cfg(target_arch = "wasm32")]
fn main() {
    variorum::ui::serve_adding();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("This program runs in a browser only, beside the app. The command line is `variorum add`.");
}
