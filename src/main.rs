//! One program: in the browser it mounts the app, natively it is the command line.

#[cfg(target_arch = "wasm32")]
fn main() {
    leptos::mount::mount_to_body(|| leptos::view! { <h1>"Variorum"</h1> });
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {}
