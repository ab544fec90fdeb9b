//! Which queue, and how it is reached.

use std::path::PathBuf;
use std::time::Duration;

use super::error::{QueueError, Trouble};

/// Which queue, and how it is reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// One server or several, parted by commas: `nats://host:4222`.
    pub url: String,
    /// The queue's name: those of one name share articles, memory, limits and budget.
    pub name: String,
    /// A file with the credentials of an account.
    pub credentials: Option<PathBuf>,
    /// A file with the authorities whose certificates servers may have.
    pub authorities: Option<PathBuf>,
    /// Files with a certificate of one's own and its key.
    pub certificate: Option<(PathBuf, PathBuf)>,
    /// The bucket that articles lie in and go to; a folder of all machines if there
    /// is none.
    pub bucket: Option<String>,
    /// Servers that keep everything.
    pub replicas: usize,
    /// How long an article is a worker's own before another one may take it; it is
    /// extended while the worker lives.
    pub lease: Duration,
    /// Most articles that wait; whoever brings more waits, too.
    pub waiting: u64,
    /// Most times that an article is begun without coming to an end.
    pub begun: u32,
    /// How long is waited before an article that failed is tried again.
    pub pause: Duration,
    /// How long a server may be silent before that is an error.
    pub patience: Duration,
}

impl Settings {
    /// The servers, as a person may read them: without user and password.
    #[must_use]
    pub fn shown(&self) -> String {
        let shown = |server: &str| {
            let server = server.trim();
            let (scheme, rest) = server.split_once("://").unwrap_or(("nats", server));
            let host = rest.rsplit_once('@').map_or(rest, |(_, host)| host);
            format!("{scheme}://{host}")
        };
        let servers: Vec<String> = self.url.split(',').map(shown).collect();
        format!("{} ({})", servers.join(","), self.name)
    }

    /// The servers to connect to.
    pub(super) fn servers(&self) -> Result<Vec<async_nats::ServerAddr>, QueueError> {
        let wrong = |cause: &dyn std::fmt::Display| self.error(Trouble::Address(cause.to_string()));
        if !is_name(&self.name) {
            return Err(wrong(&"its name may have letters, digits, - and _"));
        }
        let servers = self.url.split(',').map(|server| {
            if server.trim().is_empty() {
                return Err(wrong(&"it is empty"));
            }
            let server: async_nats::ServerAddr = server
                .trim()
                .parse()
                .map_err(|_| wrong(&"it cannot be read"))?;
            match server.scheme() {
                "nats" | "tls" => Ok(server),
                other => Err(wrong(&format!("`{other}` is no scheme of it"))),
            }
        });
        servers.collect()
    }

    pub(super) fn error(&self, trouble: Trouble) -> QueueError {
        QueueError {
            place: self.shown(),
            trouble,
        }
    }
}

/// Whether a name can be a part of subjects and of names of streams.
#[must_use]
pub fn is_name(name: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    (1..=64).contains(&name.len()) && name.chars().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(crate) fn settings(url: &str, name: &str) -> Settings {
        Settings {
            url: url.to_owned(),
            name: name.to_owned(),
            credentials: None,
            authorities: None,
            certificate: None,
            bucket: None,
            replicas: 1,
            lease: Duration::from_mins(1),
            waiting: 1000,
            begun: 3,
            pause: Duration::from_secs(10),
            patience: Duration::from_mins(1),
        }
    }

    #[test]
    fn addresses_are_read_and_keys_are_not_shown() {
        for (url, name, count) in [
            ("nats://a:4222", "desk", Some(1)),
            ("tls://a,nats://user:secret@b:4333", "desk-2_x", Some(2)),
            ("a", "desk", Some(1)),
            ("http://a", "desk", None),
            ("ws://a", "desk", None),
            ("", "desk", None),
            ("nats://a", "the desk", None),
            ("nats://a", "a.b", None),
            ("nats://a", "", None),
        ] {
            let settings = settings(url, name);
            let servers = settings.servers();
            assert_eq!(servers.as_ref().ok().map(Vec::len), count, "{url} {name}");
            assert!(!settings.shown().contains("secret"));
            if let Err(error) = servers {
                assert!(error.to_string().contains("nats://host:4222"), "{error}");
            }
        }
        let two = settings("tls://a,nats://user:secret@b:4333", "desk");
        assert_eq!(two.shown(), "tls://a,nats://b:4333 (desk)");
    }
}
