//! Commands on the labels that stances say, and on the guidelines whose rules they cite.

use super::command::Rejection;
use super::editor::{Editor, set};
use crate::model::{GuidelineRule, Id, Label, ProjectInfo, Stance};

/// Stances that say `gone` say `kept` from now on; the label itself goes.
pub(super) fn merge_labels(
    e: &mut Editor<'_, '_, '_>,
    kept: &Id<Label>,
    gone: &Id<Label>,
) -> Result<(), Rejection> {
    e.get(kept).ok_or(Rejection::Gone("label"))?;
    e.get(gone).ok_or(Rejection::Gone("label"))?;
    if kept == gone {
        return Err(Rejection::NoChange);
    }
    let says = |s: &Stance| s.value.get().as_ref() == Some(gone);
    let stances: Vec<_> = e.project().all::<Stance>().filter(|s| says(s)).map(|s| s.id()).collect();
    for stance in &stances {
        set!(e, stance, Stance.value = Some(kept.clone()));
    }
    e.delete(gone.record());
    Ok(())
}

/// Writes the guidelines. Their headings below the first level are the rules that labels may cite; a rule that
/// no heading made stays, and so does one whose heading is gone while a label cites it.
pub(super) fn set_guidelines(e: &mut Editor<'_, '_, '_>, guidelines: Option<String>) {
    let id: Id<ProjectInfo> = e.project().id().clone();
    let Some(info) = e.get(&id) else { return };
    let before = info.guidelines.get().clone().unwrap_or_default();
    let mut kept = info.rules.get().clone();
    let cited: Vec<String> = e.project().all::<Label>().filter_map(|l| l.rule.get().clone()).collect();
    let (old, mut rules) = (rules_of(&before), rules_of(guidelines.as_deref().unwrap_or_default()));
    let is_in = |rules: &[GuidelineRule], key: &str| rules.iter().any(|rule| rule.key == key);
    kept.retain(|rule| !is_in(&rules, &rule.key) && (!is_in(&old, &rule.key) || cited.contains(&rule.key)));
    rules.extend(kept);
    set!(e, &id, ProjectInfo.guidelines = guidelines);
    set!(e, &id, ProjectInfo.rules = rules);
}

/// The rules of a Markdown text: each heading below the first level, with the words under it.
fn rules_of(markdown: &str) -> Vec<GuidelineRule> {
    let mut rules: Vec<GuidelineRule> = Vec::new();
    // What stands under a heading that is no rule, or is there twice, belongs to none.
    let mut open = false;
    for line in markdown.lines().map(str::trim) {
        let level = line.bytes().take_while(|b| *b == b'#').count();
        let heading = (1..=6).contains(&level).then(|| line[level..].strip_prefix(' ')).flatten();
        match (heading.map(str::trim), rules.last_mut()) {
            (Some(key), _) => {
                open = level > 1 && !key.is_empty() && rules.iter().all(|rule| rule.key != key);
                if open {
                    rules.push(GuidelineRule { key: key.to_owned(), text: String::new() });
                }
            }
            (None, Some(rule)) if open && !line.is_empty() => {
                if !rule.text.is_empty() {
                    rule.text.push('\n');
                }
                rule.text.push_str(line);
            }
            _ => {}
        }
    }
    rules
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_below_the_first_are_rules_with_the_words_under_them() {
        let rules = rules_of(
            "# How to annotate\nBe exact.\n\n## Deny\nSays it is not so.\n\n- like this\n### Deny\nTwice.\n## Query\n",
        );
        let told: Vec<(&str, &str)> = rules.iter().map(|r| (&*r.key, &*r.text)).collect();
        assert_eq!(told, [("Deny", "Says it is not so.\n- like this"), ("Query", "")]);
    }
}
