//! What an answer or a broken connection means, and whether waiting helps.

use std::error::Error as Cause;
use std::time::Duration;

use serde_json::Value;

use super::access::{Forbidden, Unknown};
use crate::provider::{ErrorKind, Retry};

/// An answer that is no success.
#[derive(Debug, Clone, PartialEq)]
pub struct Refusal {
    /// The status of HTTP.
    pub status: u16,
    /// How long the service asks to wait.
    pub wait: Option<Duration>,
    /// The body where it is JSON; null otherwise.
    pub body: Value,
}

/// What a refusal means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// What happened.
    pub kind: ErrorKind,
    /// Whether waiting helps.
    pub retry: Retry,
    /// The service's own code for it. Never its prose, which may repeat article
    /// text or a key.
    pub code: Option<String>,
    /// What to do about it, where it is not what follows from the kind.
    pub advice: Option<&'static str>,
}

impl Verdict {
    /// A verdict of the kind, with what follows from it.
    #[must_use]
    pub fn new(kind: ErrorKind, refusal: &Refusal) -> Self {
        let waiting = matches!(
            kind,
            ErrorKind::RateLimited | ErrorKind::Unavailable | ErrorKind::Timeout
        );
        Self {
            kind,
            retry: if waiting {
                Retry::After(refusal.wait)
            } else {
                Retry::Never
            },
            code: None,
            advice: None,
        }
    }

    /// With advice of its own.
    #[must_use]
    pub fn advised(mut self, advice: &'static str) -> Self {
        self.advice = Some(advice);
        self
    }

    /// With the service's code, where it is one word.
    #[must_use]
    pub fn coded(mut self, code: Option<&Value>) -> Self {
        self.code = code.and_then(word);
        self
    }
}

impl Refusal {
    /// What the status says by itself (RFC 9110, and 529 as used by Anthropic).
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        let kind = match self.status {
            401 | 403 => ErrorKind::Denied,
            402 => ErrorKind::Quota,
            408 | 504 => ErrorKind::Timeout,
            413 | 414 => ErrorKind::TooLarge,
            425 | 500 | 502 | 503 | 521..=523 | 529 => ErrorKind::Unavailable,
            429 => ErrorKind::RateLimited,
            _ => ErrorKind::Invalid,
        };
        Verdict::new(kind, self)
    }

    /// A text of the body, for telling one refusal from another. It is not shown.
    #[must_use]
    pub fn text(&self, pointer: &str) -> &str {
        self.body
            .pointer(pointer)
            .and_then(Value::as_str)
            .unwrap_or_default()
    }
}

/// A code: a number, or one short word of ASCII letters, digits, `_`, `-` and `.`.
fn word(value: &Value) -> Option<String> {
    match value {
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) => {
            let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
            let fits = !text.is_empty() && text.len() <= 64 && text.chars().all(plain);
            fits.then(|| text.clone())
        }
        _ => None,
    }
}

/// What to do about it, as the second half of a message.
pub(super) fn advice(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::UnsupportedPair => {
            "the service does not offer this direction; put another provider into the chain for it"
        }
        ErrorKind::Invalid => {
            "the service did not accept the request; compare the provider's settings with its \
             documentation"
        }
        ErrorKind::Denied => {
            "the service does not accept the key, or the key may not do this; check it at the service"
        }
        ErrorKind::RateLimited => {
            "too many requests for the moment; lower the provider's limits if this happens often"
        }
        ErrorKind::Quota => {
            "nothing is left to spend; raise the quota at the service, or wait until it resets"
        }
        ErrorKind::OverBudget => "the budget of the run is spent; raise it or wait",
        ErrorKind::Unavailable => "the service is down or overloaded; try again later",
        ErrorKind::Timeout => "the service did not answer in time; try again later",
        ErrorKind::Malformed => {
            "the answer makes no sense; check that `url` is the service that `kind` names"
        }
        ErrorKind::TooLarge => "more was sent than the service takes at a time",
        ErrorKind::Refused => {
            "the service refuses this content; another provider of the chain may take it"
        }
    }
}

/// What a broken exchange means: kind, retry, and a message without URLs.
pub(super) fn broken(error: &reqwest::Error) -> (ErrorKind, Retry, String) {
    let again = Retry::After(None);
    if let Some(forbidden) = find::<Forbidden>(error) {
        return (ErrorKind::Invalid, Retry::Never, forbidden.to_string());
    }
    if find::<Unknown>(error).is_some() {
        let message = "the name of its host has no address; check `url` and the network";
        return (ErrorKind::Unavailable, again, message.to_owned());
    }
    if let Some(tls) = find::<rustls::Error>(error) {
        let message = match tls {
            rustls::Error::InvalidCertificate(_) => {
                "its certificate is not trusted; check `url` and the clock of this machine"
            }
            _ => "no encrypted connection can be made; check that `url` speaks https",
        };
        return (ErrorKind::Unavailable, Retry::Never, message.to_owned());
    }
    if error.is_timeout() {
        let message = "no connection in time; check the network, or try again later";
        return (ErrorKind::Timeout, again, message.to_owned());
    }
    if let Some(io) = find::<std::io::Error>(error)
        && io.kind() == std::io::ErrorKind::ConnectionRefused
    {
        let message = "nothing listens at its address; start the server, or check `url`";
        return (ErrorKind::Unavailable, again, message.to_owned());
    }
    let message = if error.is_connect() {
        "no connection can be made; check `url` and the network"
    } else if error.is_builder() {
        return (
            ErrorKind::Invalid,
            Retry::Never,
            "no request can be made of its settings; check `url` and `headers`".to_owned(),
        );
    } else {
        "the connection was cut before the whole answer was there; try again later"
    };
    (ErrorKind::Unavailable, again, message.to_owned())
}

/// A cause of a type, however deep; causes wrapped in an I/O error included.
fn find<'e, T: Cause + 'static>(error: &'e (dyn Cause + 'static)) -> Option<&'e T> {
    let mut next = Some(error);
    while let Some(cause) = next {
        if let Some(found) = cause.downcast_ref::<T>() {
            return Some(found);
        }
        let inner = cause
            .downcast_ref::<std::io::Error>()
            .and_then(std::io::Error::get_ref);
        if let Some(found) = inner.and_then(|inner| find::<T>(inner)) {
            return Some(found);
        }
        next = cause.source();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_status_says_whether_waiting_helps() {
        let wait = Some(Duration::from_secs(7));
        for (status, kind, waits) in [
            (301, ErrorKind::Invalid, false),
            (400, ErrorKind::Invalid, false),
            (401, ErrorKind::Denied, false),
            (402, ErrorKind::Quota, false),
            (403, ErrorKind::Denied, false),
            (404, ErrorKind::Invalid, false),
            (408, ErrorKind::Timeout, true),
            (413, ErrorKind::TooLarge, false),
            (429, ErrorKind::RateLimited, true),
            (500, ErrorKind::Unavailable, true),
            (503, ErrorKind::Unavailable, true),
            (529, ErrorKind::Unavailable, true),
        ] {
            let refusal = Refusal {
                status,
                wait,
                body: Value::Null,
            };
            let verdict = refusal.verdict();
            let retry = if waits {
                Retry::After(wait)
            } else {
                Retry::Never
            };
            assert_eq!((verdict.kind, verdict.retry), (kind, retry), "{status}");
        }
    }

    #[test]
    fn a_code_is_a_word_and_prose_is_not_repeated() {
        assert_eq!(
            word(&json!("insufficient_quota")).unwrap(),
            "insufficient_quota"
        );
        assert_eq!(word(&json!(403_001)).unwrap(), "403001");
        assert_eq!(word(&json!("Incorrect key sk-1")), None);
        assert_eq!(word(&json!("ঢাকা")), None);
        assert_eq!(word(&json!(null)), None);
    }
}
