//! One program: in the browser it mounts the app, natively it is the command line.

#[cfg(target_arch = "wasm32")]
fn main() {
    variorum::ui::start();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    variorum::cli::main()
}
