//! Packages for annotators, and what comes back.

use super::desk::{Desk, file, start};
use std::collections::BTreeSet;
use variorum::merge::packages::{SplitError, assign, package};
use variorum::merge::{export, merge};
use variorum::model::{Article, Attribution, Coverage, Layer, Stance};
use variorum::store::MarkRole;

fn twelve_stories() -> Desk {
    let mut desk = start();
    (1..12).for_each(|i| desk.add(&format!("Text number {i}, of its own."), &format!("Story {i}")));
    desk
}

#[test]
fn each_story_goes_to_as_many_people_as_wanted_and_work_is_even() {
    let desk = twelve_stories();
    for (people, overlap) in [(3, 2), (4, 1), (5, 5), (1, 1), (4, 3)] {
        let found = assign(&desk.project, people, overlap).unwrap();
        for story in 0..12 {
            let whose = found.people.iter().filter(|own| own.contains(&story)).count();
            assert_eq!(whose, overlap, "{people} {overlap} {story}");
        }
        let sizes: BTreeSet<usize> = found.people.iter().map(Vec::len).collect();
        assert!(sizes.last().unwrap() - sizes.first().unwrap() <= overlap, "{sizes:?}");
        assert!(found.people.iter().all(|own| own.iter().collect::<BTreeSet<_>>().len() == own.len()));
        assert_eq!(found, assign(&desk.project, people, overlap).unwrap(), "the same each time");
    }
    assert_eq!(assign(&desk.project, 3, 4), Err(SplitError::Overlap { overlap: 4, people: 3 }));
    assert_eq!(assign(&desk.project, 0, 1), Err(SplitError::NoPeople));
}

#[test]
fn a_package_has_its_stories_and_nobodys_work_and_returns_into_the_whole() {
    let mut whole = twelve_stories();
    whole.mark(1, "harbour", MarkRole::Content);
    let assignment = assign(&whole.project, 3, 2).unwrap();
    let packages: Vec<_> = (0..3).map(|i| package(&whole.project, &assignment, i)).collect();
    for (package, stories) in packages.iter().zip(&assignment.people) {
        assert_eq!(package.all::<Article>().count(), stories.len());
        assert_eq!(package.all::<Attribution>().count(), 0);
        assert!(package.labels("favor").len() == 3);
        assert!(package.all::<Article>().all(|a| package.text(&a.text).is_some()));
        let back = merge(("whole", &whole.project), &[("back", package)]).unwrap();
        assert_eq!(file(&back.project), file(&whole.project));
    }
}

#[test]
fn my_work_is_mine_and_joins_to_everything_in_any_order() {
    let start = start();
    let mut desks = [Desk::open(&start.project, "a", 10), Desk::open(&start.project, "b", 11)];
    for (i, desk) in desks.iter_mut().enumerate() {
        desk.mark(i as u128 + 1, "Olena Їжак", MarkRole::Source);
        desk.mark(i as u128 + 1, "“We are not leaving,”", MarkRole::Content);
        desk.finish(Layer::Attribution);
    }
    let [mut a, b] = desks;
    a.pull(&b.project);
    let mine = export::my_work(&a.project, &a.by);
    assert_eq!(mine.all::<Attribution>().count(), 1);
    assert_eq!(mine.all::<Coverage>().count(), 1);
    assert_eq!(mine.all::<Stance>().count(), 0);
    let theirs = export::my_work(&a.project, &b.by);
    for (x, y) in [(&mine, &theirs), (&theirs, &mine)] {
        let back = merge(("x", x), &[("y", y)]).unwrap();
        assert_eq!(file(&back.project), file(&a.project));
    }
    assert_eq!(file(&export::everything(&a.project)), file(&a.project));
}
