//! Debian's packages, when we may install them; otherwise the sentence that says which.

use super::Report;
use crate::failure::Failure;
use crate::run;

/// Installs packages with apt-get as root or through sudo without a password.
pub fn install(names: &[&str], why: &str, report: &mut Report) -> Result<(), Failure> {
    let list = names.join(" ");
    let Some(prefix) = root_prefix().filter(|_| run::on_path("apt-get").is_some()) else {
        return Err(Failure::new(format!("Please install {list}. {why} I may not do it here.")));
    };
    report.say(&format!("Installing Debian's {list}. {why}"));
    let by_hand = |failure| Failure::new(format!("{failure} Please install {list} yourself."));
    run::run(apt_get(prefix).args(["update", "-qq"])).map_err(by_hand)?;
    run::run(apt_get(prefix).args(["install", "-qq", "-y", "--no-install-recommends"]).args(names))
        .map_err(by_hand)?;
    report.installed(format!("Debian's {list}"));
    Ok(())
}

fn apt_get(prefix: &[&str]) -> std::process::Command {
    let words = [prefix, &["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]].concat();
    let mut command = run::command(words[0]);
    // Another apt-get may be at work: wait for it.
    command.args(&words[1..]).args(["-o", "DPkg::Lock::Timeout=300", "-o", "Dpkg::Use-Pty=0"]);
    command
}

/// What to put before a command that needs root; none when we may not.
fn root_prefix() -> Option<&'static [&'static str]> {
    if run::output(run::command("id").arg("-u")).as_deref() == Some("0") {
        return Some(&[]);
    }
    run::output(run::command("sudo").args(["-n", "true"])).map(|_| &["sudo", "-n"][..])
}
