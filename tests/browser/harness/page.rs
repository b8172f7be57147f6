//! Opening, finding, waiting and scripts.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use fantoccini::error::CmdError;
use fantoccini::wd::TimeoutConfiguration;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tokio::runtime::{Builder, Runtime};
use xtask::setup::chromium::Browser;
use xtask::site::Site;

use super::driver::Driver;
use super::element::Element;

/// How long a test waits for something to happen before it gives up.
const PATIENCE: Duration = Duration::from_secs(15);

/// One browser with a profile of its own, and its window on the app.
pub(crate) struct Page {
    name: &'static str,
    runtime: Runtime,
    client: Option<Client>,
    address: String,
    folder: PathBuf,
    browser: Browser,
    driver: Driver,
    /// What the browser itself notes with times of its own, for benches: categories of Chromium's tracing.
    noting: Option<&'static str>,
}

impl Page {
    /// Starts a browser, serves `dist/` to it and waits until the app has opened. The name is for failures.
    #[track_caller]
    pub(crate) fn open(name: &'static str) -> Self {
        Self::open_noting(name, None)
    }

    /// The same, with a browser that notes what it does; [`Page::notes`] gives it.
    #[track_caller]
    pub(crate) fn open_noting(name: &'static str, noting: Option<&'static str>) -> Self {
        let dist = xtask::project::dist();
        assert!(
            dist.join("index.html").is_file(),
            "There is no dist/: run `cargo xtask test`, which builds it, or `cargo xtask build` first."
        );
        let site = Site::bind(dist, 0).expect("a free port");
        let address = site.address().expect("an address");
        std::thread::spawn(move || site.run());

        let browser = Browser::find().unwrap_or_else(|failure| panic!("{failure}"));
        let driver = Driver::start(&browser.driver);
        let folder = fresh_folder(name);
        let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
        let mut page = Self { name, runtime, client: None, address, folder, browser, driver, noting };
        page.start();
        page
    }

    /// Closes the browser and starts it again on the same profile: what was saved must be there.
    #[track_caller]
    pub(crate) fn restart(&mut self) {
        self.close();
        self.start();
    }

    /// Closes the browser and gives the events that it noted, as Chromium's trace format has them.
    #[track_caller]
    pub(crate) fn notes(mut self) -> Vec<Value> {
        self.close();
        let path = self.folder.join("trace.json");
        let start = Instant::now();
        loop {
            let text = fs::read_to_string(&path).unwrap_or_default();
            if let Ok(mut trace) = serde_json::from_str::<Value>(&text)
                && let Value::Array(events) = trace["traceEvents"].take()
            {
                return events;
            }
            assert!(start.elapsed() < PATIENCE, "{}: the browser writes its notes", self.name);
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    /// Kills the browser (SIGKILL to each of its processes), as a crash or a pulled plug would, and starts it
    /// again on the same profile: what was said to be saved must be there.
    #[track_caller]
    pub(crate) fn kill_and_restart(&mut self) {
        let profile = self.folder.join("profile");
        let killed = processes_of(&profile);
        assert!(!killed.is_empty(), "{}: there was a browser to kill", self.name);
        for process in killed {
            // One may have ended with its parent meanwhile.
            let _ = Command::new("kill").args(["-KILL", &process]).stderr(Stdio::null()).status();
        }
        self.client = None;
        // The next browser must not take the lock of the dead one for that of a living one.
        let _ = fs::remove_file(profile.join("SingletonLock"));
        self.start();
    }

    #[track_caller]
    fn start(&mut self) {
        let mut arguments = vec![format!("--user-data-dir={}", self.folder.join("profile").display())];
        if let Some(categories) = self.noting {
            arguments.push(format!("--enable-tracing={categories}"));
            arguments.push(format!("--enable-tracing-output={}", self.folder.join("trace.json").display()));
            arguments.push("--enable-tracing-format=json".to_owned());
        }
        let capabilities = capabilities(&self.browser.chrome, &arguments);
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(capabilities);
        let connected = self.runtime.block_on(builder.connect(&self.driver.address()));
        self.client = Some(connected.unwrap_or_else(|error| panic!("no browser: {error}")));
        let timeouts = TimeoutConfiguration::new(Some(PATIENCE), Some(PATIENCE * 2), None);
        self.ask(self.client().update_timeouts(timeouts));
        self.keep_downloads();
        self.wide();
        self.ask(self.client().goto(&self.address));
        self.wait_until_open();
    }

    /// Loads the page again and waits for the app.
    #[track_caller]
    pub(crate) fn reload(&self) {
        self.reload_without_waiting();
        self.wait_until_open();
    }

    /// Loads the page again, whatever becomes of it.
    #[track_caller]
    pub(crate) fn reload_without_waiting(&self) {
        self.ask(self.client().refresh());
    }

    #[track_caller]
    pub(super) fn wait_until_open(&self) {
        // boot.js takes the notice away when the app has mounted itself beside it.
        let script =
            "return !document.querySelector('#boot') && !!document.querySelector('body > :not(#stopped)')";
        self.wait_until("the app opens", || self.run(script, vec![]) == json!(true));
    }

    /// The page's title.
    #[track_caller]
    pub(crate) fn title(&self) -> String {
        self.ask(self.client().title())
    }

    /// The first element that fits, once there is one.
    #[track_caller]
    pub(crate) fn find(&self, css: &str) -> Element<'_> {
        self.wait_for_element(css, Locator::Css(css))
    }

    /// All that fit now.
    #[track_caller]
    pub(crate) fn find_all(&self, css: &str) -> Vec<Element<'_>> {
        let found = self.ask(self.client().find_all(Locator::Css(css)));
        found.into_iter().map(|element| Element::new(self, element)).collect()
    }

    /// The element with that `data-testid`, once there is one.
    #[track_caller]
    pub(crate) fn by_test_id(&self, id: &str) -> Element<'_> {
        self.find(&format!("[data-testid=\"{id}\"]"))
    }

    /// The innermost element with exactly this visible text or name, once there is one.
    #[track_caller]
    pub(crate) fn by_text(&self, text: &str) -> Element<'_> {
        let text = format!("\"{}\"", text.replace('"', "”"));
        let path = format!(
            "//body//*[normalize-space(.)={text} or @aria-label={text}]\
             [not(.//*[normalize-space(.)={text}])]"
        );
        self.wait_for_element(&text, Locator::XPath(&path))
    }

    /// Clicks what says this.
    #[track_caller]
    pub(crate) fn click_text(&self, text: &str) {
        self.by_text(text).click();
    }

    /// Whether this text is to be seen anywhere on the page.
    #[track_caller]
    pub(crate) fn shows(&self, text: &str) -> bool {
        self.run("return document.body.innerText.includes(arguments[0])", vec![json!(text)]) == json!(true)
    }

    /// Waits until this text is to be seen.
    #[track_caller]
    pub(crate) fn wait_for_text(&self, text: &str) {
        self.wait_until(&format!("\"{text}\" shows"), || self.shows(text));
    }

    /// Waits until something holds; `what` completes "gave up waiting until …".
    #[track_caller]
    pub(crate) fn wait_until(&self, what: &str, holds: impl Fn() -> bool) {
        let start = Instant::now();
        while !holds() {
            assert!(start.elapsed() < PATIENCE, "{}: gave up waiting until {what}", self.name);
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Runs a script in the page: the body of a function with `arguments`.
    #[track_caller]
    pub(crate) fn run(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.ask(self.client().execute(script, arguments))
    }

    /// Runs a script that calls its last argument when it is done.
    #[track_caller]
    pub(crate) fn run_async(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.ask(self.client().execute_async(script, arguments))
    }

    #[track_caller]
    fn wait_for_element(&self, what: &str, locator: Locator<'_>) -> Element<'_> {
        let start = Instant::now();
        loop {
            let found = self.ask(self.client().find_all(locator));
            if let Some(element) = found.into_iter().next() {
                return Element::new(self, element);
            }
            assert!(start.elapsed() < PATIENCE, "{}: there is no {what}", self.name);
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    pub(super) fn client(&self) -> &Client {
        self.client.as_ref().expect("an open browser")
    }

    /// A folder for this page alone, gone with it.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where the site is.
    pub(super) fn address(&self) -> &str {
        &self.address
    }

    /// Waits for the browser's answer.
    #[track_caller]
    pub(super) fn ask<T>(&self, question: impl Future<Output = Result<T, CmdError>>) -> T {
        match self.runtime.block_on(question) {
            Ok(answer) => answer,
            Err(error) => panic!("{}: the browser refused: {error}", self.name),
        }
    }

    /// The same where a failure must not matter.
    pub(super) fn try_ask<T>(&self, question: impl Future<Output = Result<T, CmdError>>) -> Option<T> {
        self.runtime.block_on(question).ok()
    }

    fn close(&mut self) {
        if let Some(client) = self.client.take() {
            self.try_ask(client.close());
        }
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        if std::thread::panicking()
            && let Some(picture) = self.client.as_ref().and_then(|client| self.try_ask(client.screenshot()))
        {
            let file = super::looks::save(&format!("failed-{}", self.name), &picture);
            eprintln!("{}: how it looked is in {}", self.name, file.display());
        }
        self.close();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// The numbers of the processes that were started with this profile: the browser's own, and no other.
fn processes_of(profile: &Path) -> Vec<String> {
    let argument = format!("--user-data-dir={}", profile.display());
    let mut found = Vec::new();
    for entry in fs::read_dir("/proc").into_iter().flatten().flatten() {
        let line = fs::read(entry.path().join("cmdline")).unwrap_or_default();
        if line.split(|byte| *byte == 0).any(|part| part == argument.as_bytes()) {
            found.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    found
}

fn fresh_folder(name: &str) -> PathBuf {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let folder = std::env::temp_dir().join(format!("variorum-{name}-{}-{number}", std::process::id()));
    fs::create_dir_all(folder.join("downloads")).expect("a folder for the browser");
    folder
}

fn capabilities(chrome: &Path, arguments: &[String]) -> serde_json::Map<String, Value> {
    let mut capabilities = json!({
        "browserName": "chrome",
        "goog:loggingPrefs": { "browser": "ALL" },
        "goog:chromeOptions": {
            "binary": chrome,
            "args": [
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                // No network: without these it looks for one at every start.
                "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync",
                // The messages are compared in English, the pictures in one scale.
                "--lang=en-US", "--force-device-scale-factor=1", "--hide-scrollbars",
            ],
        },
    });
    if let Some(all) = capabilities["goog:chromeOptions"]["args"].as_array_mut() {
        all.extend(arguments.iter().map(|argument| json!(argument)));
    }
    capabilities.as_object().cloned().unwrap_or_default()
}
