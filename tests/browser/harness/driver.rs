//! One chromedriver process, ended when it is dropped.

use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};

pub(super) struct Driver {
    process: Child,
    port: u16,
}

/// How often it is started before that is a failure.
const TRIES: usize = 3;

impl Driver {
    /// Starts it on a free port of its own choice, which it prints. On a machine with many connections the one
    /// it chose can be taken before it has it: it ends then, and is started again.
    pub(super) fn start(program: &Path) -> Self {
        for _ in 0..TRIES - 1 {
            match Self::try_start(program) {
                Ok(driver) => return driver,
                Err(why) => eprintln!("{} is started again: {why}", program.display()),
            }
            std::thread::sleep(std::time::Duration::from_millis(500));
        }
        Self::try_start(program).unwrap_or_else(|why| panic!("{} says no port: {why}", program.display()))
    }

    /// Starts it, or says what it printed before it ended.
    fn try_start(program: &Path) -> Result<Self, String> {
        let mut process = Command::new(program)
            .arg("--port=0")
            // Cargo's, and not meant for a browser.
            .env_remove("LD_LIBRARY_PATH")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{} cannot be started: {error}", program.display()));
        let output = process.stdout.take().expect("a piped output");
        let mut errors = process.stderr.take().expect("a piped error output");
        // It must never wait for us to read on.
        let complaints = std::thread::spawn(move || {
            let mut said = Vec::new();
            let _ = errors.read_to_end(&mut said);
            String::from_utf8_lossy(&said).into_owned()
        });
        let mut lines = BufReader::new(output).lines().map_while(Result::ok);
        let mut printed = Vec::new();
        let port = lines.find_map(|line| {
            let port = line.split_once("successfully on port ").map(|(_, port)| port.trim_end_matches('.'));
            let port = port.and_then(|port| port.parse().ok());
            printed.push(line);
            port
        });
        let Some(port) = port else {
            let ended = process.wait().map_err(|error| error.to_string())?;
            let complaints = complaints.join().unwrap_or_default();
            return Err(format!("{ended}: {} {complaints}", printed.join(" ")));
        };
        std::thread::spawn(move || lines.for_each(drop));
        Ok(Self { process, port })
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
