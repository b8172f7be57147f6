//! The same work on many things, by some threads at a time.

use std::thread;

/// What one thread makes at a time: enough that starting it costs nothing beside, few enough to hold.
const SHARE: usize = 64;
/// No more threads than that make a lot, however many the machine has: what they made is held.
const MOST: usize = 8;

/// Has something made of each thing and hands it out with its place, in order; stops at the first error. While
/// one lot is handed out the next is in the making. Where there is one processor, or none to be had as in a
/// browser, all is made here.
pub(super) fn in_order<T: Sync, R: Send, E>(
    things: &[T],
    make: &(dyn Fn(&T) -> R + Sync),
    take: &mut dyn FnMut(usize, R) -> Result<(), E>,
) -> Result<(), E> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    on_threads(threads.min(MOST), things, make, take)
}

fn on_threads<T: Sync, R: Send, E>(
    threads: usize,
    things: &[T],
    make: &(dyn Fn(&T) -> R + Sync),
    take: &mut dyn FnMut(usize, R) -> Result<(), E>,
) -> Result<(), E> {
    if threads == 1 || things.len() <= SHARE {
        return things.iter().enumerate().try_for_each(|(i, thing)| take(i, make(thing)));
    }
    thread::scope(|scope| {
        let mut lots = things.chunks(SHARE * threads).map(|lot| {
            let start = |share| scope.spawn(move || Vec::from_iter(<[T]>::iter(share).map(make)));
            lot.chunks(SHARE).map(start).collect::<Vec<_>>()
        });
        let mut under_way = lots.next();
        let mut place = 0;
        while let Some(workers) = under_way {
            under_way = lots.next();
            for worker in workers {
                let made = worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
                for one in made {
                    take(place, one)?;
                    place += 1;
                }
            }
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_thing_comes_once_and_in_order() {
        for threads in [1, 2, 3] {
            for count in [0, 1, SHARE, SHARE + 1, 9 * SHARE + 5] {
                let things: Vec<usize> = (0..count).collect();
                let mut taken = Vec::new();
                let done: Result<(), ()> = on_threads(threads, &things, &|n| n * 2, &mut |place, made| {
                    taken.push((place, made));
                    Ok(())
                });
                assert_eq!(done, Ok(()));
                assert_eq!(taken, things.iter().map(|n| (*n, n * 2)).collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn it_stops_at_the_first_error() {
        let things: Vec<usize> = (0..10 * SHARE).collect();
        let mut taken = 0;
        let done = on_threads(2, &things, &|n| *n, &mut |place, _| {
            taken += 1;
            if place == SHARE + 3 { Err("full") } else { Ok(()) }
        });
        assert_eq!((done, taken), (Err("full"), SHARE + 4));
    }

    #[test]
    #[should_panic(expected = "number 300")]
    fn a_panic_is_passed_on() {
        let things: Vec<usize> = (0..10 * SHARE).collect();
        let make = |n: &usize| if *n == 300 { panic!("number {n}") } else { *n };
        let _: Result<(), ()> = on_threads(2, &things, &make, &mut |_, _| Ok(()));
    }
}
