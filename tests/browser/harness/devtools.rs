//! What only Chromium's driver can do: DevTools commands and the console's log.

use fantoccini::wd::WebDriverCompatibleCommand;
use http::Method;
use serde_json::{Value, json};
use url::{ParseError, Url};

use super::Page;

/// A command of chromedriver's own, below the session's address.
#[derive(Debug)]
struct Own {
    path: &'static str,
    body: Value,
}

impl WebDriverCompatibleCommand for Own {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(self.body.to_string()))
    }
}

impl Page {
    /// A DevTools command and its answer.
    #[track_caller]
    pub(crate) fn devtools(&self, command: &str, parameters: Value) -> Value {
        let body = json!({ "cmd": command, "params": parameters });
        self.ask(self.client().issue_cmd(Own { path: "goog/cdp/execute", body }))
    }

    /// The same where nobody may be left to answer.
    pub(crate) fn try_devtools(&self, command: &str, parameters: Value) -> Option<Value> {
        let body = json!({ "cmd": command, "params": parameters });
        self.try_ask(self.client().issue_cmd(Own { path: "goog/cdp/execute", body }))
    }

    /// What the console has complained of since the last call.
    #[track_caller]
    pub(crate) fn complaints(&self) -> Vec<String> {
        let body = json!({ "type": "browser" });
        let log = self.ask(self.client().issue_cmd(Own { path: "se/log", body }));
        let entries = log.as_array().cloned().unwrap_or_default();
        entries
            .iter()
            .filter(|entry| entry["level"] == "SEVERE")
            .map(|entry| entry["message"].as_str().unwrap_or_default().to_owned())
            .collect()
    }

    /// Lets requests whose address fits the pattern fail, as if the connection were lost.
    #[track_caller]
    pub(crate) fn block(&self, pattern: &str) {
        self.devtools("Network.enable", json!({}));
        self.devtools("Network.setBlockedURLs", json!({ "urls": [pattern] }));
    }
}
