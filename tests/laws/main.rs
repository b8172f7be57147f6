//! Laws that hold for every project: what is written is read, what is done can be undone.

#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

mod commands;
mod desk;
mod examples;

use crate::commands::{command, undoable};
use crate::desk::Desk;
use proptest::prelude::*;
use variorum::codecs::project_file;
use variorum::model::ReplicaId;
use variorum::store::{self, History, Replica, apply};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn undo_brings_back_exactly_what_was_visible(steps in prop::collection::vec((any::<u8>(), any::<u16>(), any::<u16>()), 1..25)) {
        let mut desk = Desk::new("r1");
        let mut seen = vec![desk.visible()];
        for (kind, a, b) in steps {
            let next = undoable(&desk, kind, a, b);
            if desk.run(next) {
                seen.push(desk.visible());
            }
        }
        for before in seen.iter().rev().skip(1) {
            prop_assert!(desk.undo());
            prop_assert_eq!(&desk.visible(), before);
        }
        for after in &seen[1..] {
            prop_assert!(desk.redo());
            prop_assert_eq!(&desk.visible(), after);
        }
    }

    #[test]
    fn whatever_the_order_of_keys_and_records_the_same_bytes_come_out(steps in prop::collection::vec((any::<u8>(), any::<u16>(), any::<u16>()), 0..25), seed: u64) {
        let mut desk = Desk::new("r1");
        for (kind, a, b) in steps {
            let next = command(&desk, kind, a, b);
            desk.run(next);
            if a % 5 == 0 { desk.undo(); }
        }
        let file = project_file::write(&desk.project);
        let mut seed = seed;
        let shuffled = shuffled(&serde_json::from_str(&file).unwrap(), &mut seed);
        let read = project_file::read(&shuffled).unwrap();
        prop_assert_eq!(&read.issues, &[]);
        prop_assert_eq!(project_file::write(&read.value), file);
    }

    #[test]
    fn undo_and_redo_go_on_after_a_reload_as_if_there_had_been_none(
        steps in prop::collection::vec((any::<u8>(), any::<u16>(), any::<u16>()), 1..20),
        back in prop::collection::vec(any::<bool>(), 1..20),
    ) {
        let mut desk = Desk::new("r1");
        for (kind, a, b) in steps {
            let next = command(&desk, kind, a, b);
            desk.run(next);
            if a % 5 == 0 { desk.undo(); }
        }
        // What storage keeps: the file, and the steps as JSON.
        let kept: Vec<store::Step> = desk.history.steps()
            .map(|step| serde_json::from_str(&serde_json::to_string(step).unwrap()).unwrap())
            .collect();
        let mut again = Desk {
            project: project_file::read(&project_file::write(&desk.project)).unwrap().value,
            history: History::from_steps(kept),
            replica: Replica::new(ReplicaId::new("r9")),
            ..desk.clone()
        };
        for undo in back {
            let (ours, theirs) = if undo { (desk.undo(), again.undo()) } else { (desk.redo(), again.redo()) };
            prop_assert_eq!(ours, theirs);
            prop_assert_eq!(desk.visible(), again.visible());
        }
    }

    #[test]
    fn a_state_brought_back_is_what_was_visible_then_whoever_comes_with_what_came_after(
        steps in prop::collection::vec((any::<u8>(), any::<u16>(), any::<u16>()), 1..20),
        then in 0_usize..20,
    ) {
        // Who somebody is stays known.
        let seen = |desk: &Desk| {
            desk.visible().into_iter().filter(|line| !line.starts_with("per:")).collect::<Vec<_>>()
        };
        let mut desk = Desk::new("r1");
        let mut states = vec![desk.clone()];
        for (kind, a, b) in steps {
            let next = undoable(&desk, kind, a, b);
            desk.run(next);
            states.push(desk.clone());
        }
        let (then, now) = (&states[then % states.len()], desk.clone());
        desk.run(store::Command::BringBack { earlier: Box::new(then.project.clone()), whole: true });
        prop_assert_eq!(seen(&desk), seen(then));
        for state in &states {
            desk.project.join(&state.project);
        }
        prop_assert_eq!(seen(&desk), seen(then));
        if seen(&now) != seen(then) {
            prop_assert!(desk.undo());
            prop_assert_eq!(seen(&desk), seen(&now));
        }
    }

    #[test]
    fn an_older_copy_brings_nothing_back(steps in prop::collection::vec((any::<u8>(), any::<u16>(), any::<u16>()), 1..20)) {
        let mut desk = Desk::new("r1");
        let mut copies = vec![desk.project.clone()];
        for (kind, a, b) in steps {
            let next = command(&desk, kind, a, b);
            desk.run(next);
            copies.push(desk.project.clone());
            match a % 4 { 0 => desk.undo(), 1 => desk.redo(), _ => false };
        }
        let mut together = desk.project.clone();
        for copy in &copies {
            for (id, entry) in copy.records() {
                together.merge_entry(id.clone(), entry.clone());
            }
        }
        prop_assert_eq!(&together, &desk.project);
    }

    #[test]
    fn what_is_written_is_read_and_written_again_the_same(steps in prop::collection::vec((any::<u8>(), any::<u16>(), any::<u16>()), 0..25)) {
        let mut desk = Desk::new("r1");
        for (kind, a, b) in steps {
            let next = command(&desk, kind, a, b);
            desk.run(next);
            if a % 7 == 0 { desk.undo(); }
        }
        let file = project_file::write(&desk.project);
        let read = project_file::read(&file).unwrap();
        prop_assert_eq!(&read.issues, &[]);
        prop_assert_eq!(&read.value, &desk.project);
        prop_assert_eq!(project_file::write(&read.value), file);
    }

    #[test]
    fn steps_taken_in_any_order_and_twice_give_the_same_project(steps in prop::collection::vec((any::<u8>(), any::<u16>(), any::<u16>()), 1..15), seed: u64) {
        let start = Desk::new("r1");
        let (mut ours, mut theirs) = (start.clone(), start.clone());
        theirs.replica = Replica::new(ReplicaId::new("r2"));
        let mut all = Vec::new();
        for (i, (kind, a, b)) in steps.into_iter().enumerate() {
            let desk = if i % 2 == 0 { &mut ours } else { &mut theirs };
            let next = command(desk, kind, a, b);
            if desk.run(next) {
                all.push(desk.history.to_undo().unwrap().clone());
            }
        }
        let mut together = start.project.clone();
        for step in &all { apply(&mut together, step); }
        let mut again = together.clone();
        for step in &all { apply(&mut again, step); }
        prop_assert_eq!(&again, &together);
        // Records must be there before they are written to; beyond that no order is asked for.
        let mut other = start.project.clone();
        let (mut makes, mut writes): (Vec<_>, Vec<_>) = all.iter().flat_map(|s| s.ops.clone()).partition(|op| matches!(op, store::Op::Make(_)));
        let turn = seed as usize % writes.len().max(1);
        writes.rotate_left(turn);
        makes.reverse();
        makes.extend(writes);
        let shuffled = store::Step { name: String::new(), nature: store::Nature::Do, ops: makes, before: vec![] };
        prop_assert!(apply(&mut other, &shuffled).is_empty());
        prop_assert_eq!(project_file::write(&other), project_file::write(&together));
    }
}

/// JSON with keys in another order and space wherever it may be.
fn shuffled(value: &serde_json::Value, seed: &mut u64) -> String {
    match value {
        serde_json::Value::Object(fields) => {
            let mut fields: Vec<_> = fields.iter().collect();
            *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let turn = (*seed >> 33) as usize % fields.len().max(1);
            fields.rotate_left(turn);
            if *seed & 1 << 40 == 0 {
                fields.reverse();
            }
            let fields: Vec<String> = fields
                .into_iter()
                .map(|(k, v)| format!("{}\n : {}", serde_json::Value::from(&**k), shuffled(v, seed)))
                .collect();
            format!("{{ {} }}", fields.join(" ,\t"))
        }
        serde_json::Value::Array(items) => {
            let items: Vec<String> = items.iter().map(|v| shuffled(v, seed)).collect();
            format!("[ {} ]", items.join(" , "))
        }
        other => other.to_string(),
    }
}
