//! Fetching from a server of Remote Settings, or from a copy of its files.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::Value;
use sha2::{Digest, Sha256};
use url::Url;

use super::collection::{Attachment, Collection};
use super::store::hex;
use super::{ModelsError, Release};
use crate::provider::http::{Access, Arriving, Call, Client, Method, Refusal, Settings};
use crate::provider::{self, ErrorKind, Retry};

/// The list of records, below the root of a server.
const RECORDS: &str = "/v1/buckets/main/collections/translations-models-v2/records";

/// How often a connection that is cut is made again for one file.
const ATTEMPTS: u32 = 4;

/// Where models come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    /// The root of a server of Remote Settings, or of a copy of its files.
    pub url: Url,
    /// The root of the attachments; without it the server says it.
    pub attachments: Option<Url>,
    /// Hosts inside a network that may be asked.
    pub access: Access,
    /// The proxy that all requests go through.
    pub proxy: Option<Url>,
}

/// A way to a server.
#[derive(Debug)]
pub struct Source {
    server: Server,
    client: Client,
    /// What is waited before a connection is made again, times the attempt.
    pause: Duration,
}

impl Source {
    /// A way to `server`; nothing is asked yet.
    ///
    /// # Errors
    /// When its URL may not be asked.
    pub fn new(server: Server) -> Result<Self, ModelsError> {
        let client = client(&server, server.url.clone())?;
        Ok(Self {
            server,
            client,
            pause: Duration::from_secs(1),
        })
    }

    /// What the server offers.
    ///
    /// # Errors
    /// When it cannot be asked, or answers with no list.
    pub async fn collection(&self) -> Result<Collection, ModelsError> {
        let call = Call::new(Method::GET, self.client.url(RECORDS));
        let answer = self.client.send(call).await?;
        if answer.status != 200 {
            return Err(refused(&self.client, answer.status).into());
        }
        Collection::read(&answer.body)
    }

    /// Fetches the files of a release into `folder`, packed as they are, and
    /// gives their paths in order. What lies there of an earlier attempt is not
    /// fetched again. `progress` hears how many bytes of the release are there.
    ///
    /// # Errors
    /// When the connection stays broken, or a file is not what its record says.
    pub async fn fetch(
        &self,
        release: &Release,
        folder: &Path,
        progress: &(dyn Fn(u64) + Sync),
    ) -> Result<Vec<PathBuf>, ModelsError> {
        let root = self.attachments().await?;
        let client = client(&self.server, root)?;
        let mut before = 0;
        let mut packed = Vec::new();
        for file in &release.files {
            let done = |bytes: u64| progress(before + bytes);
            packed.push(self.file(&client, file, folder, &done).await?);
            before += file.size;
        }
        Ok(packed)
    }

    /// The root of the attachments.
    async fn attachments(&self) -> Result<Url, ModelsError> {
        if let Some(url) = &self.server.attachments {
            return Ok(url.clone());
        }
        let call = Call::new(Method::GET, self.client.url("/v1/"));
        let about: Value = self.client.json(call, Refusal::verdict).await?;
        about
            .pointer("/capabilities/attachments/base_url")
            .and_then(Value::as_str)
            .and_then(|url| url.parse().ok())
            .ok_or_else(|| {
                ModelsError::NoCollection(
                    "it does not say where its attachments are; write `attachments`".to_owned(),
                )
            })
    }

    /// One file, whole and checked.
    async fn file(
        &self,
        client: &Client,
        file: &Attachment,
        folder: &Path,
        progress: &(dyn Fn(u64) + Sync),
    ) -> Result<PathBuf, ModelsError> {
        let path = folder.join(format!("{}.part", file.digest));
        let mut part = File::options()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(ModelsError::disk("write", &path))?;
        let mut attempt = 1;
        loop {
            match more(client, file, &mut part, &path, progress).await {
                Ok(()) => break,
                Err(ModelsError::Server(error))
                    if attempt < ATTEMPTS && matches!(error.retry, Retry::After(_)) =>
                {
                    tracing::info!(attempt, error = %error, "a model is fetched on");
                    tokio::time::sleep(self.pause * attempt).await;
                    attempt += 1;
                }
                Err(error) => return Err(error),
            }
        }
        let found = digest(&mut part).map_err(ModelsError::disk("read", &path))?;
        if found != file.digest {
            // What is wrong once is wrong to go on from.
            let _ = std::fs::remove_file(&path);
            return Err(ModelsError::Damaged {
                what: file.role.file().to_owned(),
                found,
                expected: file.digest.clone(),
            });
        }
        Ok(path)
    }
}

/// Reads what is missing of a file.
async fn more(
    client: &Client,
    file: &Attachment,
    part: &mut File,
    path: &Path,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<(), ModelsError> {
    let disk = |what| ModelsError::disk(what, path);
    let mut there = part.seek(SeekFrom::End(0)).map_err(disk("read"))?;
    if there >= file.size {
        // Too long is told by its digest.
        progress(file.size);
        return Ok(());
    }
    let mut call = Call::new(Method::GET, client.url(&format!("/{}", file.location)));
    if there > 0 {
        call = call.header("range", &format!("bytes={there}-"));
    }
    let mut arriving = client.open(call).await?;
    match arriving.status() {
        206 if begins_at(&arriving, there) => {}
        // The whole file, or another part than was asked for.
        200 | 206 if arriving.status() == 200 || there == 0 => there = 0,
        206 | 416 => {
            part.set_len(0).map_err(disk("write"))?;
            return Err(again(client, "it sends another part of a file than asked for").into());
        }
        status => return Err(refused(client, status).into()),
    }
    part.set_len(there).map_err(disk("write"))?;
    part.seek(SeekFrom::End(0)).map_err(disk("write"))?;
    while let Some(bytes) = arriving.chunk().await? {
        let bytes = bytes.as_ref();
        there += bytes.len() as u64;
        if there > file.size {
            part.set_len(0).map_err(disk("write"))?;
            return Err(client
                .malformed("more bytes than the collection says")
                .into());
        }
        part.write_all(bytes).map_err(disk("write"))?;
        progress(there);
    }
    if there < file.size {
        return Err(again(client, "the file ended too early").into());
    }
    Ok(())
}

fn client(server: &Server, url: Url) -> Result<Client, provider::Error> {
    Client::new(Settings {
        name: "models".to_owned(),
        url,
        access: server.access.clone(),
        proxy: server.proxy.clone(),
        key: None,
    })
}

fn begins_at(arriving: &Arriving<'_>, place: u64) -> bool {
    arriving
        .header("content-range")
        .is_some_and(|range| range.starts_with(&format!("bytes {place}-")))
}

fn refused(client: &Client, status: u16) -> provider::Error {
    let refusal = Refusal {
        status,
        wait: None,
        body: Value::Null,
    };
    client.refused(&refusal, &refusal.verdict())
}

/// An error after which the file is asked for again.
fn again(client: &Client, cause: &str) -> provider::Error {
    provider::Error {
        retry: Retry::After(None),
        ..client.error(ErrorKind::Unavailable, cause)
    }
}

fn digest(file: &mut File) -> std::io::Result<String> {
    file.seek(SeekFrom::Start(0))?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(hex(&hasher.finalize())),
            bytes => hasher.update(&buffer[..bytes]),
        }
    }
}
