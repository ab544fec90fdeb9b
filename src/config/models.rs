//! `[models]`: models of the embedded engine that are installed beside the starters.

use std::path::PathBuf;

use serde::Deserialize;
use url::Url;

#[cfg(feature = "local")]
use super::Config;
use super::value;
#[cfg(feature = "local")]
use crate::models::{ModelsError, Server, Source, Store};
#[cfg(feature = "local")]
use crate::provider::http::Access;

/// Where Mozilla publishes the models of Firefox Translations.
#[cfg(feature = "local")]
const MOZILLA: &str = "https://firefox.settings.services.mozilla.com";

/// The keys of `[models]`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ModelsConfig {
    /// The store; without it a folder of the user's.
    #[serde(deserialize_with = "value::some_path")]
    pub folder: Option<PathBuf>,
    /// Whether a run fetches what its directions lack.
    pub auto: bool,
    /// The root of the server; without it Mozilla's.
    #[serde(deserialize_with = "value::url")]
    pub url: Option<Url>,
    /// The root of the attachments; without it the server says it.
    #[serde(deserialize_with = "value::url")]
    pub attachments: Option<Url>,
    /// Hosts inside a network that may be asked.
    pub allow: Vec<String>,
    /// The proxy that requests go through.
    #[serde(deserialize_with = "value::url")]
    pub proxy: Option<Url>,
}

#[cfg(feature = "local")]
impl Config {
    /// The store of models: the configured folder, else `anubad/models` where
    /// this system keeps data of programs.
    #[must_use]
    pub fn model_store(&self) -> Store {
        use etcetera::BaseStrategy;
        Store::new(match &self.models.folder {
            Some(folder) => self.place(folder),
            None => etcetera::choose_base_strategy().map_or_else(
                // Nobody's home: beside the work.
                |_| self.place(".anubad/models".as_ref()),
                |place| place.data_dir().join("anubad/models"),
            ),
        })
    }

    /// The way to the server of models.
    ///
    /// # Errors
    /// When its address may not be asked.
    pub fn model_source(&self) -> Result<Source, ModelsError> {
        let url = match &self.models.url {
            Some(url) => url.clone(),
            None => {
                Url::parse(MOZILLA).map_err(|error| ModelsError::NoCollection(error.to_string()))?
            }
        };
        Source::new(Server {
            url,
            attachments: self.models.attachments.clone(),
            access: Access::new(&self.models.allow),
            proxy: self.models.proxy.clone(),
        })
    }
}
