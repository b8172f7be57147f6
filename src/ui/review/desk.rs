//! In the worker: the desks; for working together also the shared folder, which the worker reads and writes itself.

use crate::beside::{Event, FolderNow, Order, Reply};
use crate::browser::{self, DiskFolder};
use crate::intake;
use crate::together::Desk;
use crate::training;
use std::cell::RefCell;
use std::rc::Rc;

#[derive(Default)]
struct Served {
    desk: Desk,
    /// One's own file as it is to be written next, and whether it is being written.
    own: Option<(String, String)>,
    writing: bool,
}

/// Serves this global as a desk, if that is what was asked for.
pub fn serve_desk() -> bool {
    let get =
        |of: &wasm_bindgen::JsValue, name: &str| js_sys::Reflect::get(of, &name.into()).unwrap_or_default();
    let address = get(&get(&js_sys::global(), "location"), "hash").as_string();
    match address.as_deref() {
        Some("#desk") => {
            let served = Rc::new(RefCell::new(Served::default()));
            browser::hear_page(move |bytes| answer(&served, browser::unpacked(bytes)));
        }
        Some("#training") => {
            let mut desk = training::Desk::default();
            let tell = |reply| browser::tell_page(&browser::packed(reply));
            browser::hear_page(move |bytes| {
                let event = match browser::unpacked(bytes) {
                    Event::Files(files) => Event::Files(unzipped(files, &tell)),
                    event => event,
                };
                tell(desk.hear(event, &tell));
            });
        }
        _ => return false,
    }
    true
}

/// The same files, those in ZIP files instead of these. One that cannot be read is named, and left out.
fn unzipped(files: Vec<(String, Vec<u8>)>, tell: &dyn Fn(Reply)) -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    for (name, bytes) in files {
        if !bytes.starts_with(b"PK\x03\x04") {
            all.push((name, bytes));
            continue;
        }
        match intake::readers::unpack(&bytes) {
            Ok(inside) => all.extend(training::one_format(inside)),
            Err(why) => {
                let said = Order::Say(format!("{name}: {why}"));
                tell(Reply { orders: vec![said], ..Reply::default() });
            }
        }
    }
    all
}

fn answer(served: &Rc<RefCell<Served>>, event: Event) {
    if let Event::LookInFolder = event {
        let served = served.clone();
        return wasm_bindgen_futures::spawn_local(async move { look(&served).await });
    }
    let mut reply = served.borrow_mut().desk.hear(event);
    reply.orders.retain(|order| match order {
        Order::WriteOwn { name, content } => {
            served.borrow_mut().own = Some((name.clone(), content.clone()));
            false
        }
        _ => true,
    });
    browser::tell_page(&browser::packed(reply));
    let starts = {
        let mut served = served.borrow_mut();
        let starts = served.own.is_some() && !served.writing;
        served.writing |= starts;
        starts
    };
    if starts {
        let served = served.clone();
        wasm_bindgen_futures::spawn_local(async move { write(&served).await });
    }
}

/// What lies in the folder of the project at hand.
async fn look(served: &Rc<RefCell<Served>>) {
    let Some(project) = served.borrow().desk.project_id() else { return };
    let mut now = FolderNow::default();
    if let Some(folder) = DiskFolder::recall(&project).await {
        now.name = folder.name();
        now.asleep = !folder.is_open().await;
        if !now.asleep {
            let files = match folder.files().await {
                Ok(files) => files,
                Err(why) => return answer(served, Event::NotWritten(why)),
            };
            for (name, file) in files {
                let bytes = match file {
                    Some(file) => browser::read_file(file, crate::codecs::MAX_FILE).await.unwrap_or_default(),
                    None => Vec::new(),
                };
                now.files.push((name, bytes));
            }
        }
    }
    // Another project may have been taken up meanwhile; its own look follows.
    if served.borrow().desk.project_id() == Some(project) {
        answer(served, Event::Folder(now));
    }
}

/// Writes one's own file until nothing newer waits.
async fn write(served: &Rc<RefCell<Served>>) {
    loop {
        let (project, own) = {
            let mut served = served.borrow_mut();
            (served.desk.project_id(), served.own.take())
        };
        let (Some(project), Some((name, content))) = (project, own) else { break };
        let written = match DiskFolder::recall(&project).await {
            Some(folder) => folder.write(&name, &content).await,
            None => Ok(()),
        };
        if let Err(why) = written {
            served.borrow_mut().writing = false;
            return answer(served, Event::NotWritten(why));
        }
    }
    served.borrow_mut().writing = false;
}
