//! In the worker: files are read one after the other, and between two of them the page is heard.

use super::Told;
use crate::adding::{Desk, Event, Order};
use crate::browser;
use crate::intake::limits;
use gloo::file::File;
use js_sys::Array;
use std::cell::RefCell;
use std::collections::{HashMap, VecDeque};
use wasm_bindgen::{JsCast, JsValue};

/// While files are read the page is drawn anew so often, in milliseconds.
const DRAWS: u64 = 250;

#[derive(Default)]
struct Served {
    desk: Desk,
    files: HashMap<u32, (String, File)>,
    queue: VecDeque<u32>,
    reading: bool,
    done: u32,
    drawn: u64,
}

thread_local! {
    static SERVED: RefCell<Served> = RefCell::default();
}

/// Serves this global as the desk where files become articles.
pub fn serve_adding() {
    browser::hear_page(|message| {
        let parts = Array::from(&message);
        let event: Event = browser::unpacked(parts.get(0));
        take_note(&event, &parts);
        let orders = SERVED.with_borrow_mut(|served| served.desk.hear(event));
        tell(orders);
        let start = SERVED.with_borrow_mut(|served| {
            let start = !served.reading && !served.queue.is_empty();
            served.reading |= start;
            start
        });
        if start {
            wasm_bindgen_futures::spawn_local(read_all());
        }
    });
}

/// What an event means for the files at hand.
fn take_note(event: &Event, parts: &Array) {
    SERVED.with_borrow_mut(|served| match event {
        Event::Begin(_) => {
            served.files.clear();
            served.queue.clear();
        }
        Event::Files(files) => {
            for ((number, name), file) in files.iter().zip(parts.iter().skip(1)) {
                if let Ok(file) = file.dyn_into::<web_sys::File>() {
                    served.files.insert(*number, (name.clone(), File::from(file)));
                    served.queue.push_back(*number);
                }
            }
        }
        Event::Stop => served.queue.clear(),
        _ => {}
    });
}

async fn read_all() {
    loop {
        let next = SERVED.with_borrow_mut(|served| {
            let number = served.queue.pop_front()?;
            let (name, file) = served.files.get(&number).cloned()?;
            let of = served.done + 1 + served.queue.len() as u32;
            Some((number, name, file, served.done, of))
        });
        let Some((number, name, file, done, of)) = next else { break };
        say(&Told::Begins(number, name, done, of));
        let bytes = browser::read_file(file, limits::UNPACKED).await.map_err(|why| why.to_string());
        let (orders, draw) = SERVED.with_borrow_mut(|served| {
            served.done += 1;
            let orders = served.desk.hear(Event::Read(number, bytes));
            (orders, browser::millis() - served.drawn > DRAWS)
        });
        if draw || !orders.is_empty() {
            tell(orders);
        }
    }
    SERVED.with_borrow_mut(|served| {
        served.reading = false;
        served.done = 0;
    });
    say(&Told::Done);
    tell(Vec::new());
}

/// Does what is to be done here; tells the page the rest, and what is to be shown.
fn tell(orders: Vec<Order>) {
    let reply = SERVED.with_borrow_mut(|served| {
        let mut rest = Vec::new();
        for order in orders {
            match order {
                Order::Fetch(number) if served.files.contains_key(&number) => served.queue.push_back(number),
                Order::Fetch(_) => {}
                Order::Forget => {
                    served.files.clear();
                    served.queue.clear();
                    rest.push(Order::Forget);
                }
                order => rest.push(order),
            }
        }
        let mut reply = served.desk.draw();
        served.drawn = browser::millis();
        reply.orders = rest;
        reply
    });
    say(&Told::Reply(reply));
}

fn say(told: &Told) {
    let message: JsValue = browser::packed(told);
    browser::tell_page(&message);
}
