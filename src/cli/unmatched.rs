//! What was asked of `variorum export` and fits nothing in the project: said, since the files do not show it.

use crate::codecs::exchange::{Documents, Fault};
use crate::dataset::{Dataset, Plan, RuleBy, Selection, Whose};
use crate::model::{Article, Project};

/// A sentence for each wish that changed nothing.
pub(super) fn unmatched(
    project: &Project,
    data: &Dataset<'_>,
    selection: &Selection,
    plan: Option<&Plan>,
) -> Vec<String> {
    let mut said = Vec::new();
    if data.articles().iter().all(Vec::is_empty) {
        said.push("There is no article of this choice whose text is here.".to_owned());
    } else if !has_marks(data) {
        said.push(match selection.whose {
            Whose::Gold => "Nothing of this choice is gold: nobody has decided anything here yet. The files hold the texts alone.".to_owned(),
            _ => "Nothing of this choice is marked: the files hold the texts alone.".to_owned(),
        });
    }
    let rules = plan.into_iter().flat_map(|plan| &plan.rules);
    said.extend(rules.filter(|rule| !fits_any(project, data, &rule.by)).map(|rule| {
        let what = match &rule.by {
            RuleBy::From(day) => format!("was published on {day} or later"),
            RuleBy::Outlet(outlet) => format!("is by an outlet called “{outlet}”"),
        };
        format!("No article of this choice {what}: that --assign puts nothing into {}.", rule.part)
    }));
    said
}

/// Whether any document has a mark or a stance. Looks no further than the first.
fn has_marks(data: &Dataset<'_>) -> bool {
    let mut found = false;
    for part in 0..data.parts().len() {
        let _ = data.each(part, &mut |_, document| {
            found |= !document.marks.is_empty() || !document.opinions.is_empty();
            if found { Err(Fault::Writing(String::new())) } else { Ok(()) }
        });
        if found {
            return true;
        }
    }
    false
}

fn fits_any(project: &Project, data: &Dataset<'_>, by: &RuleBy) -> bool {
    let fits = |article: &Article| match by {
        RuleBy::From(day) => article.published.get().as_ref().is_some_and(|published| published >= day),
        RuleBy::Outlet(outlet) => article.outlet.get().as_ref() == Some(outlet),
    };
    data.articles().iter().flatten().any(|id| project.find(id).is_some_and(|article| fits(&article)))
}

/// Whether this is a year, a month or a day as ISO 8601 has them: `2024`, `2024-01`, `2024-01-31`.
pub(super) fn is_day(text: &str) -> bool {
    let mut parts = text.split('-');
    let mut number = |digits: usize, highest: u32| {
        let part = parts.next()?;
        let right = part.len() == digits && part.bytes().all(|b| b.is_ascii_digit());
        Some(right && (1..=highest).contains(&part.parse().unwrap_or(0)))
    };
    let read = [number(4, 9999), number(2, 12), number(2, 31)];
    read[0] == Some(true) && read[1] != Some(false) && read[2] != Some(false) && parts.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_told_from_other_words() {
        assert!(["2024", "2024-01", "2024-12-31"].into_iter().all(is_day));
        assert!(
            !["", "yesterday", "24-01-31", "2024-13", "2024-01-32", "2024-01-31-01", "2024-1-1", "2024-"]
                .into_iter()
                .any(is_day)
        );
    }
}
