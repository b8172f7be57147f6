//! The release in parts: what the first screen needs in the page's own wasm, the rest in files beside it.
//!
//! Trunk stays the builder. On its `PATH` it finds this very program under the name `wasm-bindgen`
//! ([`stand_in`]), which first cuts the page's linked program with `wasm-split-cli` and then hands Trunk's order
//! on to the real wasm-bindgen. When Trunk is done, [`finish`] makes the parts small and puts them in `dist/`.
//!
//! The parts stand in a folder named after the program they were cut from. So a page that is still open when
//! the site is renewed finds nothing rather than parts of another program, which would be worse.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use crate::failure::Failure;
use crate::project;
use crate::run;
use crate::setup::Tools;

/// Where the real programs are, for the stand-in.
const BINDGEN: &str = "VARIORUM_WASM_BINDGEN";
const SPLIT: &str = "VARIORUM_WASM_SPLIT";
/// The script that loads the parts, as wasm-split-cli names it.
const LINK: &str = "__wasm_split.js";
/// The folder of the parts in `dist/`.
pub const FOLDER: &str = "parts";

/// Where the parts lie between Trunk's steps.
fn cut() -> PathBuf {
    project::root().join("target").join("parts").join("cut")
}

/// Makes Trunk find the stand-in before the real wasm-bindgen.
pub fn prepare(trunk: &mut Command, tools: &Tools) -> Result<(), Failure> {
    let folder = project::root().join("target").join("parts").join("bin");
    let name = format!("wasm-bindgen{}", env::consts::EXE_SUFFIX);
    let wrong =
        |error: std::io::Error| Failure::new(format!("Cannot prepare {}: {error}.", folder.display()));
    fs::create_dir_all(&folder).map_err(wrong)?;
    // A copy that Trunk may still run cannot be written to; a new one beside it can be moved there.
    let fresh = folder.join(format!("{name}.new"));
    fs::copy(env::current_exe().map_err(wrong)?, &fresh).map_err(wrong)?;
    fs::rename(&fresh, folder.join(&name)).map_err(wrong)?;
    let path =
        trunk.get_envs().find(|(key, _)| *key == "PATH").and_then(|(_, value)| value.map(OsString::from));
    let path = path.or_else(|| env::var_os("PATH")).unwrap_or_default();
    let path = env::join_paths(std::iter::once(folder.clone()).chain(env::split_paths(&path)))
        .map_err(|error| Failure::new(format!("The PATH cannot be set: {error}.")))?;
    trunk.env("PATH", path);
    trunk.env(BINDGEN, tools.command("wasm-bindgen").get_program());
    trunk.env(SPLIT, tools.command("wasm-split-cli").get_program());
    Ok(())
}

/// What this program does under the name of wasm-bindgen; nothing under its own.
pub fn stand_in() -> Option<ExitCode> {
    let name = PathBuf::from(env::args_os().next()?);
    let bindgen =
        env::var_os(BINDGEN).filter(|_| name.file_stem().is_some_and(|stem| stem == "wasm-bindgen"))?;
    Some(match bind(&bindgen, env::args_os().skip(1).collect()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    })
}

/// The page's program is cut, any other goes on as it is.
fn bind(bindgen: &OsString, mut arguments: Vec<OsString>) -> Result<(), Failure> {
    let page = arguments.iter_mut().find(|argument| Path::new(argument).file_name().is_some_and(is_page));
    if let Some(page) = page {
        let linked = PathBuf::from(&*page);
        split(&linked)?;
        *page = cut().join("variorum.wasm").into();
        // The parts use the table of functions and the memory, which wasm-bindgen would hide.
        arguments.push("--keep-lld-exports".into());
        run::run(run::command(bindgen).args(&arguments))?;
        let out = arguments.iter().find_map(|a| a.to_str()?.strip_prefix("--out-dir=").map(PathBuf::from));
        let out = out.ok_or_else(|| Failure::new("Trunk no longer says where wasm-bindgen should write."))?;
        return name_parts(&out.join("variorum.js"), &linked);
    }
    run::run(run::command(bindgen).args(&arguments))
}

fn is_page(name: &std::ffi::OsStr) -> bool {
    name == "variorum.wasm"
}

fn split(linked: &Path) -> Result<(), Failure> {
    let folder = cut();
    let _ = fs::remove_dir_all(&folder);
    let program = env::var_os(SPLIT).unwrap_or_else(|| "wasm-split-cli".into());
    run::run(run::command(program).arg(linked).arg(&folder).args(["--out-name", "variorum"]))
}

/// Says in the page's script and in that of the parts where the other is, and notes the folder's name.
fn name_parts(script: &Path, linked: &Path) -> Result<(), Failure> {
    let name = format!("{:016x}", fingerprint(&bytes(linked)?));
    let old = format!("from \"./{LINK}\"");
    replace(script, &old, &format!("from \"./{FOLDER}/{name}/{LINK}\""))?;
    let link = cut().join(LINK);
    replace(&link, "from \"./variorum.js\"", "from \"../../variorum.js\"")?;
    // Any file server will do, whatever it takes wasm for.
    let streaming = "WebAssembly.instantiateStreaming(src, imports)";
    replace(&link, streaming, "instantiate(await src, imports)")?;
    let mut code = text(&link)?;
    code.push_str(
        "async function instantiate(answer, imports) {\n    \
         if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);\n    \
         return WebAssembly.instantiate(await answer.arrayBuffer(), imports);\n}\n",
    );
    write(&link, &code)?;
    write(&cut().join("name"), &name)
}

fn replace(file: &Path, old: &str, new: &str) -> Result<(), Failure> {
    let code = text(file)?;
    if !code.contains(old) {
        let file = file.display();
        return Err(Failure::new(format!(
            "{file} has no `{old}`: the tools of another version write it so."
        )));
    }
    write(file, &code.replace(old, new))
}

/// Makes the parts small and puts them in `dist/`.
pub fn finish(tools: &Tools, dist: &Path) -> Result<(), Failure> {
    let name = text(&cut().join("name"))?;
    let folder = dist.join(FOLDER).join(name);
    fs::create_dir_all(&folder)
        .map_err(|error| Failure::new(format!("Cannot make {}: {error}.", folder.display())))?;
    write(&folder.join(LINK), &text(&cut().join(LINK))?)?;
    for file in wasm_files(&cut())? {
        let name = file.file_name().unwrap_or_default();
        if !is_page(name) {
            run::run(tools.command("wasm-opt").arg("-Oz").arg(&file).arg("-o").arg(folder.join(name)))?;
        }
    }
    Ok(())
}

/// The wasm files in a folder, by name.
pub fn wasm_files(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let unreadable = |error| Failure::new(format!("Cannot read {}: {error}.", folder.display()));
    let entries = fs::read_dir(folder).map_err(unreadable)?;
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "wasm"))
        .collect();
    files.sort();
    Ok(files)
}

/// FNV-1a: tells programs apart, no more.
fn fingerprint(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

fn bytes(file: &Path) -> Result<Vec<u8>, Failure> {
    fs::read(file).map_err(|error| Failure::new(format!("Cannot read {}: {error}.", file.display())))
}

fn text(file: &Path) -> Result<String, Failure> {
    fs::read_to_string(file)
        .map_err(|error| Failure::new(format!("Cannot read {}: {error}.", file.display())))
}

fn write(file: &Path, text: &str) -> Result<(), Failure> {
    fs::write(file, text).map_err(|error| Failure::new(format!("Cannot write {}: {error}.", file.display())))
}
