//! One program: in the browser it mounts the app, natively it is the command line.

#[cfg(target_arch = "wasm32")]
fn main() {
    variorum::ui::start(parts::bring);
}

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    variorum::cli::main()
}

/// The doors are in this program's own file.
#[cfg(all(target_arch = "wasm32", not(feature = "split")))]
mod parts {
    use variorum::ui::{self, Door, Part};

    pub(crate) fn bring(part: Part, then: Box<dyn FnOnce(Option<Door>)>) {
        then(Some(match part {
            Part::Versions => ui::versions(),
            Part::Together => ui::together(),
            Part::Panels => ui::panels(),
            Part::Files => ui::files(),
        }));
    }
}

/// Each door is in a file of its own, with all that only it leads to: `wasm_split` cuts here, and the function
/// of a part becomes one that loads the part's file first. Here, and not in the library, because the worker's
/// program would have to export the doors too.
#[cfg(all(target_arch = "wasm32", feature = "split"))]
mod parts {
    use variorum::ui::{self, Door, Part};
    use wasm_split_helpers::{SplitLoaderError, wasm_split};

    pub(crate) fn bring(part: Part, then: Box<dyn FnOnce(Option<Door>)>) {
        wasm_bindgen_futures::spawn_local(async move {
            then(match part {
                Part::Versions => versions().await.ok(),
                Part::Together => together().await.ok(),
                Part::Panels => panels().await.ok(),
                Part::Files => files().await.ok(),
            });
        });
    }

    #[wasm_split(versions, fallible)]
    fn versions() -> Result<Door, SplitLoaderError> {
        Ok(ui::versions())
    }

    #[wasm_split(together, fallible)]
    fn together() -> Result<Door, SplitLoaderError> {
        Ok(ui::together())
    }

    #[wasm_split(panels, fallible)]
    fn panels() -> Result<Door, SplitLoaderError> {
        Ok(ui::panels())
    }

    #[wasm_split(files, fallible)]
    fn files() -> Result<Door, SplitLoaderError> {
        Ok(ui::files())
    }
}
