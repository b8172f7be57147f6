//! `cargo xtask serve`: the app on this machine, built from what is here.

use crate::failure::Failure;
use crate::project;
use crate::run;
use crate::setup::{self, Need, Tools};
use crate::site::Site;
use crate::web;

/// The usual port. What a browser saves belongs to the address *with* its port, so it never varies by itself.
const PORT: u16 = 8733;

/// How to serve.
#[derive(Debug, PartialEq)]
pub struct Options {
    /// The port on 127.0.0.1.
    pub port: u16,
    /// Whether to open a browser where there is a desktop.
    pub open: bool,
    /// Whether to build again when a file changes.
    pub watch: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { port: PORT, open: true, watch: false }
    }
}

/// Builds the release and serves it until it is stopped.
pub fn serve(options: &Options) -> Result<(), Failure> {
    let tools = setup::prepare(&Need::BUILD)?;
    if options.watch {
        return watch(&tools, options.port);
    }
    let site = Site::bind(project::dist(), options.port).map_err(|error| {
        let port = options.port;
        Failure::new(format!(
            "Port {port} cannot be used ({error}). Stop what uses it, or choose another with --port; \
             a browser keeps what you save apart for each port."
        ))
    })?;
    web::build(&tools)?;
    let address = site.address().map_err(|error| Failure::new(error.to_string()))?;
    println!("\nVariorum is at {address}  (stop with Ctrl-C)");
    if options.open {
        open_browser(&address);
    }
    site.run();
    Ok(())
}

/// Trunk's own server: builds again on each change. Its reload script is inline, which our policy forbids.
fn watch(tools: &Tools, port: u16) -> Result<(), Failure> {
    println!("Trunk builds again whenever a file changes; reload the page yourself.");
    let port = port.to_string();
    let mut trunk = tools.command("trunk");
    trunk.args(["serve", "--offline", "--no-autoreload", "--address", "127.0.0.1", "--port"]);
    run::run(trunk.arg(port))
}

/// Opens the page where there is a desktop; elsewhere the printed address is enough.
fn open_browser(address: &str) {
    let desktop = ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| std::env::var_os(name).is_some());
    let opener = if cfg!(target_os = "macos") {
        "open"
    } else if desktop {
        "xdg-open"
    } else {
        return;
    };
    if let Some(program) = run::on_path(opener) {
        let _ = run::command(program).arg(address).spawn();
    }
}
