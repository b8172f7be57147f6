//! `cargo xtask`: reads the command line, runs one task, says in a sentence what went wrong.

#![forbid(unsafe_code)]

use std::process::ExitCode;

use xtask::command_line::{self, HELP, Task};
use xtask::failure::Failure;
use xtask::setup::{self, Need};
use xtask::{bench, consumers, dist, parts, serve, test, web};

fn main() -> ExitCode {
    if let Some(code) = parts::stand_in() {
        return code;
    }
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match command_line::parse(&arguments).and_then(perform) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("\nxtask: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn perform(task: Task) -> Result<(), Failure> {
    match task {
        Task::Help => {
            println!("{HELP}");
            Ok(())
        }
        Task::Setup => setup::prepare(&Need::ALL).map(|_| ()),
        Task::Build { quick: false } => web::build(&setup::prepare(&Need::BUILD)?),
        Task::Build { quick: true } => web::build_quickly(&setup::prepare(&Need::BUILD)?),
        Task::Serve(options) => serve::serve(&options),
        Task::Test { long } => test::test(long),
        Task::Consumers => consumers::consumers(),
        Task::Bench { filter } => bench::bench(filter.as_deref()),
        Task::Dist => dist::dist(),
    }
}
