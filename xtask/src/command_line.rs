//! The command line of `cargo xtask`, read by hand: six commands do not pay for a parser.

use crate::failure::Failure;
use crate::serve;

/// What `cargo xtask --help` prints.
pub const HELP: &str = "\
cargo xtask COMMAND

Each command first installs what it needs and finds missing, and says so.

  serve [--port N] [--no-open]   build the app, serve it on this machine, open it
  serve --watch [--port N]       the same, built again whenever a file changes
  build [--quick]                build the release in dist/ and check its size
                                 --quick compiles fast instead of small, for trying a change
  test [--long]                  format, lints, native tests, exports in the libraries
                                 that people load them with, web build, browser tests
                                 --long adds the long runs
  test --consumers               only: exports in those libraries
  bench [FILTER]                 measure
  dist                           the release of the app and of the command line
  setup                          only install what the other commands need

Settings, all optional, from the environment:
  VARIORUM_TOOLS         folder for the tools built here
                         (default: XDG_CACHE_HOME or ~/.cache, then variorum/tools)
  CHROME, CHROMEDRIVER   the browser and its driver for the browser tests

Examples:
  cargo xtask serve
  cargo xtask test
  cargo xtask serve --port 9000 --no-open";

/// One thing to do.
#[derive(Debug, PartialEq)]
pub enum Task {
    /// Print [`HELP`].
    Help,
    /// Install what is missing, nothing else.
    Setup,
    /// Build `dist/`.
    Build {
        /// Fast instead of small.
        quick: bool,
    },
    /// Build and serve.
    Serve(serve::Options),
    /// Check everything.
    Test {
        /// Also the long runs.
        long: bool,
    },
    /// Load every export with the real libraries.
    Consumers,
    /// Measure.
    Bench {
        /// Only the benches whose name contains this.
        filter: Option<String>,
    },
    /// The releases a person would hand on.
    Dist,
}

/// Reads the arguments after `cargo xtask`.
pub fn parse(arguments: &[String]) -> Result<Task, Failure> {
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    if words.is_empty() || words.iter().any(|word| matches!(*word, "--help" | "-h" | "help")) {
        return Ok(Task::Help);
    }
    match words.as_slice() {
        ["setup"] => Ok(Task::Setup),
        ["build"] => Ok(Task::Build { quick: false }),
        ["build", "--quick"] => Ok(Task::Build { quick: true }),
        ["dist"] => Ok(Task::Dist),
        ["test"] => Ok(Task::Test { long: false }),
        ["test", "--long"] => Ok(Task::Test { long: true }),
        ["test", "--consumers"] => Ok(Task::Consumers),
        ["bench"] => Ok(Task::Bench { filter: None }),
        ["bench", filter] if !filter.starts_with('-') => {
            Ok(Task::Bench { filter: Some((*filter).to_owned()) })
        }
        ["serve", options @ ..] => serve_options(options).map(Task::Serve),
        _ => Err(unknown(&words)),
    }
}

fn serve_options(mut words: &[&str]) -> Result<serve::Options, Failure> {
    let mut options = serve::Options::default();
    loop {
        words = match words {
            [] => return Ok(options),
            ["--no-open", rest @ ..] => {
                options.open = false;
                rest
            }
            ["--watch", rest @ ..] => {
                options.watch = true;
                rest
            }
            ["--port", number, rest @ ..] => {
                options.port = number
                    .parse()
                    .map_err(|_| Failure::new(format!("\"{number}\" is not a port number.")))?;
                rest
            }
            _ => return Err(unknown(words)),
        }
    }
}

fn unknown(words: &[&str]) -> Failure {
    Failure::new(format!("I do not understand \"{}\".\n\n{HELP}", words.join(" ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Task, Failure> {
        parse(&line.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn commands_are_read() {
        assert!(matches!(read(""), Ok(Task::Help)));
        assert!(matches!(read("serve --help"), Ok(Task::Help)));
        assert!(matches!(read("test --long"), Ok(Task::Test { long: true })));
        let Ok(Task::Serve(options)) = read("serve --port 9000 --no-open") else {
            panic!("serve is a command");
        };
        assert_eq!((options.port, options.open, options.watch), (9000, false, false));
    }

    #[test]
    fn a_mistake_is_named() {
        for line in ["sevre", "serve --port many", "serve --port", "test --quick"] {
            assert!(read(line).is_err(), "{line}");
        }
    }
}
