//! One chromedriver process, ended when it is dropped.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

pub(super) struct Driver {
    process: Child,
    port: u16,
}

impl Driver {
    /// Starts it on a free port of its own choice, which it prints.
    pub(super) fn start(program: &Path) -> Self {
        let mut process = Command::new(program)
            .arg("--port=0")
            // Cargo's, and not meant for a browser.
            .env_remove("LD_LIBRARY_PATH")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{} cannot be started: {error}", program.display()));
        let output = process.stdout.take().expect("a piped output");
        let mut lines = BufReader::new(output).lines().map_while(Result::ok);
        let port = lines
            .find_map(|line| {
                line.split_once("successfully on port ")
                    .and_then(|(_, port)| port.trim_end_matches('.').parse().ok())
            })
            .expect("chromedriver says its port");
        // It must never wait for us to read on.
        std::thread::spawn(move || lines.for_each(drop));
        Self { process, port }
    }

    pub(super) fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
