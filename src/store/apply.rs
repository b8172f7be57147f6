//! The one place where a project changes, and the step that takes another back.

use super::editor::{Context, Editor};
use super::step::{Nature, Op, Step};
use crate::model::{Project, WriteError};

/// Carries out a step. Total: a write that does not fit its record (a damaged journal) is left out
/// and reported, all others are taken.
pub fn apply(project: &mut Project, step: &Step) -> Vec<WriteError> {
    let mut faults = Vec::new();
    for op in &step.ops {
        match op {
            Op::Make(made) => project.merge_entry(made.id.clone(), made.entry.clone()),
            Op::Write(id, field, write) => {
                let taken = match project.entry_mut(id) {
                    Some(entry) => entry.take(field, write.clone()),
                    None => Err(WriteError::NoSuchField(format!("{id}.{field}"))),
                };
                faults.extend(taken.err());
            }
        }
    }
    faults
}

/// The step that takes `step` back: every register it wrote shows again what it showed before. It is
/// made of new writes, so that an older copy of the file cannot bring the undone back.
pub fn reversal(project: &Project, step: &Step, context: &mut Context<'_>) -> Step {
    let nature = match step.nature {
        Nature::Do | Nature::Redo => Nature::Undo,
        Nature::Undo => Nature::Redo,
    };
    let mut editor = Editor::new(project, context);
    for before in &step.before {
        let shown = editor.entry(&before.id).and_then(|entry| entry.value(&before.field));
        if shown.as_ref() != Some(&before.v) {
            editor.write_json(&before.id, &before.field, before.v.clone());
        }
    }
    editor.finish(&step.name, nature)
}
