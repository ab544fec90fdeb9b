//! A headless Chromium, driven over Chrome's remote protocol through two pipes: no
//! port, no driver, no crate.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use base64::Engine as _;
use serde_json::{Value, json};

/// The longest that anything may take before the test fails.
const PATIENCE: Duration = Duration::from_mins(2);

/// A browser with one page.
pub(crate) struct Browser {
    child: Child,
    input: Option<ChildStdin>,
    messages: Receiver<Value>,
    session: Option<String>,
    calls: u64,
    /// Whether a page was loaded since somebody asked.
    has_loaded: bool,
    /// What the page complained about: exceptions, and what its policy refused.
    pub(crate) complaints: Vec<String>,
    _profile: tempfile::TempDir,
}

impl Browser {
    /// Starts one; `None`, said so, where Chromium is not installed. Where
    /// `ANUBAD_NEEDS_BROWSER` is set that is a failure.
    pub(crate) fn start() -> Option<Self> {
        let names = ["chromium", "chromium-browser", "google-chrome"];
        let is_there = |name: &&str| {
            let mut command = Command::new(name);
            command
                .arg("--version")
                .stdout(Stdio::null())
                .stderr(Stdio::null());
            command.status().is_ok_and(|status| status.success())
        };
        let Some(name) = names.into_iter().find(is_there) else {
            assert!(
                std::env::var_os("ANUBAD_NEEDS_BROWSER").is_none(),
                "no Chromium: install the package `chromium`"
            );
            eprintln!("skipped: Chromium is not installed");
            return None;
        };
        let profile = tempfile::tempdir().unwrap();
        // The browser reads commands from descriptor 3 and answers on 4.
        let script = format!(
            "exec {name} --headless --no-sandbox --disable-gpu --no-first-run --hide-scrollbars \
             --disable-dev-shm-usage --window-size=1400,1000 --user-data-dir=\"$0\" \
             --remote-debugging-pipe about:blank 3<&0 4>&1 >/dev/null"
        );
        let mut child = Command::new("sh")
            .args(["-c", &script])
            .arg(profile.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let input = child.stdin.take();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let (sender, messages) = channel();
        std::thread::spawn(move || {
            let mut message = Vec::new();
            while output.read_until(0, &mut message).is_ok_and(|n| n > 0) {
                message.pop_if(|last| *last == 0);
                let parsed = serde_json::from_slice(&message);
                if parsed.is_ok_and(|value| sender.send(value).is_err()) {
                    break;
                }
                message.clear();
            }
        });
        let mut browser = Self {
            child,
            input,
            messages,
            session: None,
            calls: 0,
            has_loaded: false,
            complaints: Vec::new(),
            _profile: profile,
        };
        let target = browser.call("Target.createTarget", &json!({"url": "about:blank"}));
        let attach = json!({"targetId": target["targetId"], "flatten": true});
        let session = browser.call("Target.attachToTarget", &attach);
        browser.session = session["sessionId"].as_str().map(str::to_owned);
        for domain in ["Page", "Runtime", "Log"] {
            browser.call(&format!("{domain}.enable"), &json!({}));
        }
        Some(browser)
    }

    /// One command and its answer.
    pub(crate) fn call(&mut self, method: &str, parameters: &Value) -> Value {
        self.calls += 1;
        let mut message = json!({"id": self.calls, "method": method, "params": parameters});
        if let Some(session) = &self.session {
            message["sessionId"] = json!(session);
        }
        let input = self.input.as_mut().unwrap();
        input.write_all(message.to_string().as_bytes()).unwrap();
        input.write_all(&[0]).unwrap();
        input.flush().unwrap();
        loop {
            let message = self.message(method);
            if message["id"] == self.calls {
                assert!(message["error"].is_null(), "{method}: {}", message["error"]);
                return message["result"].clone();
            }
        }
    }

    fn message(&mut self, awaited: &str) -> Value {
        let message = self.messages.recv_timeout(PATIENCE);
        let message = message.unwrap_or_else(|e| panic!("{awaited}: {e}"));
        match message["method"].as_str() {
            Some("Page.loadEventFired") => self.has_loaded = true,
            Some("Runtime.exceptionThrown") => {
                self.complaints
                    .push(message["params"]["exceptionDetails"].to_string());
            }
            Some("Log.entryAdded") if message["params"]["entry"]["level"] == "error" => {
                self.complaints
                    .push(message["params"]["entry"]["text"].to_string());
            }
            _ => {}
        }
        message
    }

    /// Goes to a URL and waits until it is loaded.
    pub(crate) fn open(&mut self, url: &str) {
        self.has_loaded = false;
        self.call("Page.navigate", &json!({"url": url}));
        self.loaded();
    }

    /// What was loaded until now does not count any more.
    pub(crate) fn forget_loads(&mut self) {
        self.has_loaded = false;
    }

    /// Waits until a page is loaded that was asked for by what was done on the last one.
    pub(crate) fn loaded(&mut self) {
        while !std::mem::take(&mut self.has_loaded) {
            let _ = self.message("a page");
        }
    }

    /// Waits until an expression is true.
    pub(crate) fn until(&mut self, expression: &str) {
        self.eval(&format!(
            "new Promise((done) => {{ const look = () => ({expression}) ? done() : requestAnimationFrame(look); look(); }})"
        ));
    }

    /// Goes to a file.
    pub(crate) fn open_file(&mut self, path: &Path) {
        let url = url::Url::from_file_path(path.canonicalize().unwrap()).unwrap();
        self.open(url.as_str());
    }

    /// What an expression comes to; a promise is waited for.
    pub(crate) fn eval(&mut self, expression: &str) -> Value {
        let parameters = json!({
            "expression": expression, "returnByValue": true, "awaitPromise": true,
        });
        let result = self.call("Runtime.evaluate", &parameters);
        assert!(
            result["exceptionDetails"].is_null(),
            "{expression}: {result}"
        );
        result["result"]["value"].clone()
    }

    /// Presses a key that writes a character.
    pub(crate) fn press(&mut self, key: &str) {
        for kind in ["keyDown", "keyUp"] {
            let text = if kind == "keyDown" { key } else { "" };
            let parameters = json!({"type": kind, "key": key, "text": text});
            self.call("Input.dispatchKeyEvent", &parameters);
        }
    }

    /// Presses a key together with Ctrl.
    pub(crate) fn chord(&mut self, key: &str) {
        for kind in ["rawKeyDown", "keyUp"] {
            let parameters = json!({"type": kind, "key": key, "modifiers": 2});
            self.call("Input.dispatchKeyEvent", &parameters);
        }
    }

    /// Moves the mouse onto the first element of a selector.
    pub(crate) fn hover(&mut self, selector: &str) {
        self.mouse(selector, &["mouseMoved"]);
    }

    /// Clicks on the first element of a selector.
    pub(crate) fn click(&mut self, selector: &str) {
        self.mouse(selector, &["mouseMoved", "mousePressed", "mouseReleased"]);
    }

    fn mouse(&mut self, selector: &str, events: &[&str]) {
        let place = self.eval(&format!(
            "(() => {{ const e = document.querySelector({}); e.scrollIntoView({{block: 'center'}}); \
             const r = e.getClientRects()[0]; return [r.x + r.width / 2, r.y + r.height / 2]; }})()",
            json!(selector)
        ));
        for kind in events {
            let button = if *kind == "mouseMoved" {
                "none"
            } else {
                "left"
            };
            let parameters = json!({
                "type": kind, "x": place[0], "y": place[1], "button": button, "clickCount": 1,
            });
            self.call("Input.dispatchMouseEvent", &parameters);
        }
    }

    /// A picture of what is seen: PNG.
    pub(crate) fn picture(&mut self) -> Vec<u8> {
        let result = self.call("Page.captureScreenshot", &json!({"format": "png"}));
        let data = result["data"].as_str().unwrap();
        base64::engine::general_purpose::STANDARD
            .decode(data)
            .unwrap()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Without its pipe the browser ends; killing it is for one that hangs.
        self.input.take();
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
