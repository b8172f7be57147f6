//! Named steps with their minutes, printed at the end whatever happened.

use std::time::{Duration, Instant};

use crate::failure::Failure;

/// Runs steps one after the other and remembers how long each took.
pub struct Steps {
    started: Instant,
    done: Vec<(&'static str, Duration)>,
}

impl Steps {
    /// Starts the clock.
    pub fn start() -> Self {
        Self { started: Instant::now(), done: Vec::new() }
    }

    /// Runs one step under a heading.
    pub fn step<T>(
        &mut self,
        name: &'static str,
        work: impl FnOnce() -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        println!("\n── {name}");
        let start = Instant::now();
        let result = work();
        self.done.push((name, start.elapsed()));
        result.map_err(|failure| Failure::new(format!("{name}: {failure}")))
    }

    /// The table of minutes; the last step is marked when it failed.
    pub fn table(&self, failed: bool) -> String {
        let last = self.done.len().saturating_sub(1);
        let mut table = String::from("\nMinutes\n");
        for (at, (name, time)) in self.done.iter().enumerate() {
            let note = if failed && at == last { "   failed" } else { "" };
            table.push_str(&format!("{:>7.1}  {name}{note}\n", minutes(*time)));
        }
        table.push_str(&format!("{:>7.1}  in all", minutes(self.started.elapsed())));
        table
    }
}

fn minutes(time: Duration) -> f64 {
    time.as_secs_f64() / 60.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_failed_step_is_marked() {
        let mut steps = Steps::start();
        let first = steps.step("format", || Ok(()));
        let second = steps.step("lints", || Err::<(), _>(Failure::new("no")));
        assert!(first.is_ok() && second.is_err());
        let table = steps.table(true);
        assert!(table.contains("0.0  format\n"), "{table}");
        assert!(table.contains("0.0  lints   failed\n"), "{table}");
    }
}
