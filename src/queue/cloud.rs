//! Articles and translations in a bucket of S3, Google Cloud Storage or Azure, or in what
//! is called one on a disk: whatever the crate `object_store` reaches.
//!
//! Keys come from the environment, by the names that each service has for them
//! (`AWS_ACCESS_KEY_ID`, `GOOGLE_SERVICE_ACCOUNT`, `AZURE_STORAGE_ACCOUNT_KEY`, …). The
//! connection is encrypted as that to any provider.

use std::io::{Error, ErrorKind, Result};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use futures::TryStreamExt;
use object_store::aws::AmazonS3Builder;
use object_store::azure::MicrosoftAzureBuilder;
use object_store::client::{HttpClient, HttpConnector};
use object_store::gcp::GoogleCloudStorageBuilder;
use object_store::local::LocalFileSystem;
use object_store::path::Path as Key;
use object_store::{
    ClientOptions, ObjectMeta, ObjectStore, ObjectStoreExt, ObjectStoreScheme, RetryConfig,
};
use url::Url;

use super::reach::Reach;
use crate::batch::{Store, TooLarge};

/// How long a connection may take.
const CONNECTING: Duration = Duration::from_secs(10);
/// How long a request may be without a byte.
const SILENT: Duration = Duration::from_secs(30);

/// A bucket outside of the queue.
#[derive(Debug, Clone)]
pub(super) struct Cloud {
    store: Arc<dyn ObjectStore>,
    /// What all its keys begin with.
    root: Key,
    reach: Reach,
}

impl Cloud {
    /// The bucket that `url` names; `None` where it names none. A service may be silent
    /// for as long as `patience`.
    ///
    /// # Errors
    /// When something that it needs is missing or wrong, for a person.
    pub(super) fn open(
        url: &str,
        patience: Duration,
        reach: Reach,
    ) -> Option<std::result::Result<Self, String>> {
        let url: Url = url.parse().ok()?;
        let (scheme, root) = ObjectStoreScheme::parse(&url).ok()?;
        let retry = RetryConfig {
            retry_timeout: patience,
            ..RetryConfig::default()
        };
        let store: object_store::Result<Arc<dyn ObjectStore>> = match scheme {
            ObjectStoreScheme::Local => Ok(Arc::new(LocalFileSystem::new())),
            ObjectStoreScheme::AmazonS3 => AmazonS3Builder::from_env()
                .with_url(url)
                .with_retry(retry)
                .with_http_connector(Ring)
                .build()
                .map(|store| Arc::new(store) as _),
            ObjectStoreScheme::GoogleCloudStorage => GoogleCloudStorageBuilder::from_env()
                .with_url(url)
                .with_retry(retry)
                .with_http_connector(Ring)
                .build()
                .map(|store| Arc::new(store) as _),
            ObjectStoreScheme::MicrosoftAzure => MicrosoftAzureBuilder::from_env()
                .with_url(url)
                .with_retry(retry)
                .with_http_connector(Ring)
                .build()
                .map(|store| Arc::new(store) as _),
            _ => return None,
        };
        Some(
            store
                .map_err(|cause| cause.to_string())
                .map(|store| Self { store, root, reach }),
        )
    }

    fn key(&self, path: &Path) -> Result<Key> {
        let key = self.reach.key(path)?;
        let whole = [self.root.as_ref(), &key].join("/");
        let whole = whole.trim_matches('/');
        Key::parse(whole).map_err(|cause| Error::new(ErrorKind::InvalidInput, cause))
    }

    async fn keys(&self, below: &Key) -> Result<Vec<String>> {
        let listed = self.store.list(Some(below));
        let mut found: Vec<ObjectMeta> = listed.try_collect().await.map_err(error)?;
        if found.is_empty()
            && let Some(file) = self.head(below).await?
        {
            found.push(file);
        }
        let key = |about: ObjectMeta| {
            let key = about.location.as_ref().strip_prefix(self.root.as_ref());
            key.map(|key| key.trim_start_matches('/').to_owned())
        };
        Ok(found.into_iter().filter_map(key).collect())
    }

    async fn head(&self, key: &Key) -> Result<Option<ObjectMeta>> {
        match self.store.head(key).await {
            Ok(about) => Ok(Some(about)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(cause) => Err(error(cause)),
        }
    }

    async fn get(&self, key: &Key, limit: u64) -> Result<Vec<u8>> {
        let found = self.store.get(key).await.map_err(error)?;
        if found.meta.size > limit {
            return Err(TooLarge(found.meta.size).into());
        }
        let bytes = found.bytes().await.map_err(error)?;
        Ok(bytes.into())
    }

    async fn put(&self, key: &Key, content: &[u8]) -> Result<()> {
        let content = content.to_vec().into();
        let put = self.store.put(key, content).await;
        put.map(drop).map_err(error)
    }
}

impl Store for Cloud {
    fn make(&self, _: &Path) -> Result<()> {
        Ok(())
    }

    fn list(&self, folder: &Path) -> Result<Vec<PathBuf>> {
        let (below, key) = (self.reach.key(folder)?, self.key(folder)?);
        let keys = self.reach.wait(self.keys(&key))?;
        Ok(self.reach.below(&below, keys))
    }

    fn look(&self, path: &Path, _: SystemTime) -> String {
        let about = self
            .key(path)
            .and_then(|key| self.reach.wait(self.head(&key)));
        let told = |about: ObjectMeta| {
            let tag = about.e_tag.or(about.version);
            // Times count in seconds: without a tag it has to be read.
            tag.map(|tag| format!("{}:{tag}", about.size))
        };
        about.ok().flatten().and_then(told).unwrap_or_default()
    }

    fn read(&self, path: &Path, limit: u64) -> Result<Vec<u8>> {
        let key = self.key(path)?;
        self.reach.wait(self.get(&key, limit))
    }

    fn write<'f>(&self, files: &[(&'f Path, &[u8])]) -> std::result::Result<(), (&'f Path, Error)> {
        for (path, content) in files {
            let key = self.key(path);
            let put = key.and_then(|key| self.reach.wait(self.put(&key, content)));
            put.map_err(|cause| (*path, cause))?;
        }
        Ok(())
    }

    fn remove(&self, path: &Path) -> Result<()> {
        let key = self.key(path)?;
        match self.reach.wait(self.store.delete(&key)) {
            Err(cause) if !matches!(cause, object_store::Error::NotFound { .. }) => {
                Err(error(cause))
            }
            _ => Ok(()),
        }
    }
}

fn error(cause: object_store::Error) -> Error {
    let kind = match cause {
        object_store::Error::NotFound { .. } => ErrorKind::NotFound,
        object_store::Error::PermissionDenied { .. }
        | object_store::Error::Unauthenticated { .. } => ErrorKind::PermissionDenied,
        _ => ErrorKind::Other,
    };
    Error::new(kind, cause)
}

/// Connects with the cryptography of this program, and the machine's certificates.
#[derive(Debug)]
struct Ring;

impl HttpConnector for Ring {
    fn connect(&self, _: &ClientOptions) -> object_store::Result<HttpClient> {
        let wrong =
            |source: Box<dyn std::error::Error + Send + Sync>| object_store::Error::Generic {
                store: "HTTP",
                source,
            };
        let tls = crate::provider::http::tls(true).map_err(|cause| wrong(cause.into()))?;
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .connect_timeout(CONNECTING)
            .read_timeout(SILENT)
            .user_agent(concat!("anubad/", env!("CARGO_PKG_VERSION")))
            .build();
        client
            .map(HttpClient::new)
            .map_err(|cause| wrong(cause.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(flavor = "multi_thread")]
    async fn a_folder_is_a_bucket_like_any_other() {
        let there = tempfile::tempdir().unwrap();
        let url = Url::from_directory_path(there.path()).unwrap();
        let reach = Reach::new(Path::new("/desk"));
        let open = || Cloud::open(url.as_str(), SILENT, reach.clone());
        let store = open().unwrap().unwrap();
        let path = |name: &str| Path::new("/desk").join(name);
        let (a, b) = (path("in/a.txt"), path("in/ক খ/b.txt"));
        assert_eq!(store.read(&a, 9).unwrap_err().kind(), ErrorKind::NotFound);
        assert_eq!(store.look(&a, SystemTime::now()), "");
        assert!(store.list(&path("in")).unwrap().is_empty());
        store.write(&[(&a, b"one"), (&b, b"two")]).unwrap();
        assert_eq!(store.read(&b, 3).unwrap(), b"two");
        let large = store.read(&b, 2).unwrap_err();
        assert_eq!(TooLarge::of(&large), Some(3));
        let mut listed = store.list(&path("in")).unwrap();
        listed.sort();
        assert_eq!(listed, [a.clone(), b.clone()]);
        assert_eq!(store.list(&a).unwrap(), std::slice::from_ref(&a));
        let before = store.look(&a, SystemTime::now());
        assert!(!before.is_empty() && before == store.look(&a, SystemTime::now()));
        store.write(&[(&a, b"four")]).unwrap();
        assert_ne!(before, store.look(&a, SystemTime::now()));
        for _ in 0..2 {
            store.remove(&a).unwrap();
        }
        assert_eq!(store.list(&path("in")).unwrap(), [b]);
        let outside = store.write(&[(Path::new("/etc/passwd"), b"x")]);
        assert_eq!(outside.unwrap_err().1.kind(), ErrorKind::InvalidInput);
    }

    #[tokio::test]
    async fn addresses_name_buckets_or_say_why_not() {
        let reach = Reach::new(Path::new("."));
        let open = |url: &str| Cloud::open(url, SILENT, reach.clone());
        for (url, is_one) in [
            ("file:///desk", true),
            ("s3://desk/archive", true),
            ("ftp://desk", false),
            ("https://desk.example/x", false),
            ("desk", false),
        ] {
            assert_eq!(open(url).is_some(), is_one, "{url}");
        }
    }
}
