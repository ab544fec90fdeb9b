//! Services on the network: what all of them are told, and which there are.

use std::borrow::Cow;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use serde::Deserialize;
use toml::Spanned;
use toml::de::DeValue;
use url::Url;

use super::chat::{self, ChatSection};
use super::misplaced::{Misplaced, section};
use super::stack::{StackConfig, stack};
use super::value;
use crate::language::Pair;
use crate::provider::chat::Chat;
use crate::provider::http::{Access, Client, Settings};
use crate::provider::layer::Sharing;
use crate::provider::machine::amazon::{Amazon, Signed};
use crate::provider::machine::azure::{self, Azure};
use crate::provider::machine::bhashini::{self, Bhashini};
use crate::provider::machine::custom::Custom;
use crate::provider::machine::deepl::{self, DeepL};
use crate::provider::machine::google_account::Account;
use crate::provider::machine::google_v2::{self, GoogleV2};
use crate::provider::machine::google_v3::{self, GoogleV3};
use crate::provider::machine::libretranslate::LibreTranslate;
use crate::provider::machine::mint::{self, Mint};
use crate::provider::machine::modernmt::{self, ModernMt};
use crate::provider::machine::nllb::{self, Nllb};
use crate::provider::machine::yandex::{self, Yandex};
use crate::provider::machine::{self, Machine};
use crate::provider::measured::Measurements;
use crate::provider::secret::{KeySource, Secret};
use crate::provider::{Error, ErrorKind, Provider, Retry};

/// The kinds of services, as the file names them.
pub(super) const KINDS: [&str; 16] = [
    "http",
    "openai",
    "anthropic",
    "gemini",
    "ollama",
    "amazon",
    "azure",
    "bhashini",
    "deepl",
    "google-v2",
    "google-v3",
    "libretranslate",
    "mint",
    "modernmt",
    "nllb-serve",
    "yandex",
];

/// The keys of every service on the network.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Reach {
    /// Where it is, if not at its vendor's address.
    #[serde(deserialize_with = "value::url")]
    pub url: Option<Url>,
    /// Where its key is read from.
    pub key: Option<KeySource>,
    /// The directions that it is asked for; none means any.
    #[serde(deserialize_with = "value::pairs")]
    pub pairs: Vec<Pair>,
    /// Hosts that may be reached although their addresses are not public.
    pub allow: Vec<String>,
    /// The proxy that requests go through.
    #[serde(deserialize_with = "value::url")]
    pub proxy: Option<Url>,
}

/// A service as the file describes it.
#[derive(Debug, Clone, PartialEq)]
pub struct ServiceSection {
    /// How it is reached.
    pub reach: Reach,
    /// How fast, how long and how often it is asked.
    pub stack: StackConfig,
    /// Which it is, with its own keys.
    pub service: Service,
}

/// Which service, with its own keys.
#[derive(Debug, Clone, PartialEq)]
pub enum Service {
    /// One that the file describes.
    Http(Box<Custom>),
    /// DeepL.
    DeepL(DeepL),
    /// Amazon Translate.
    Amazon(Amazon),
    /// Azure AI Translator.
    Azure(Azure),
    /// Bhashini.
    Bhashini(Bhashini),
    /// Google Cloud Translation, Basic.
    GoogleV2(GoogleV2),
    /// Google Cloud Translation, Advanced.
    GoogleV3(GoogleV3),
    /// MinT.
    Mint(Mint),
    /// ModernMT.
    ModernMt(ModernMt),
    /// nllb-serve.
    Nllb(Nllb),
    /// Yandex Translate.
    Yandex(Yandex),
    /// LibreTranslate.
    LibreTranslate(LibreTranslate),
    /// A language model.
    Chat(Box<ChatSection>),
}

/// What some services need beside a key.
#[derive(Default)]
struct Extra {
    /// A service account of Google.
    account: Option<Account>,
    /// The token of a session at Amazon.
    session: Option<Secret>,
}

/// Whether a service wants a key.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
    /// Not without one; where keys of this kind are kept by custom.
    Needed(&'static str),
    /// As its operator likes.
    Optional,
}

impl Service {
    /// The kind as the file names it.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Http(_) => "http",
            Self::DeepL(_) => "deepl",
            Self::LibreTranslate(_) => "libretranslate",
            Self::Amazon(_) => "amazon",
            Self::Azure(_) => "azure",
            Self::Bhashini(_) => "bhashini",
            Self::GoogleV2(_) => "google-v2",
            Self::GoogleV3(_) => "google-v3",
            Self::Mint(_) => "mint",
            Self::ModernMt(_) => "modernmt",
            Self::Nllb(_) => "nllb-serve",
            Self::Yandex(_) => "yandex",
            Self::Chat(section) => section.service.kind(),
        }
    }

    /// Its vendor's address, where there is one.
    fn address(&self, key: Option<&Secret>) -> Option<Cow<'static, str>> {
        let vendor = match self {
            Self::Http(_) | Self::LibreTranslate(_) => return None,
            Self::DeepL(_) if key.is_some_and(|key| key.expose().ends_with(":fx")) => deepl::FREE,
            Self::DeepL(_) => deepl::PAID,
            Self::Amazon(service) => return Some(Cow::Owned(service.url())),
            Self::Azure(_) => azure::URL,
            Self::Bhashini(_) => bhashini::URL,
            Self::GoogleV2(_) => google_v2::URL,
            Self::GoogleV3(_) => google_v3::URL,
            Self::Mint(_) => mint::URL,
            Self::ModernMt(_) => modernmt::URL,
            Self::Nllb(_) => nllb::URL,
            Self::Yandex(_) => yandex::URL,
            Self::Chat(section) => section.service.address(),
        };
        Some(Cow::Borrowed(vendor))
    }

    /// Whether it wants a key; `own` is at an address of the desk's own.
    fn key(&self, own: bool) -> Key {
        match self {
            Self::Http(_) | Self::LibreTranslate(_) | Self::Mint(_) | Self::Nllb(_) => {
                Key::Optional
            }
            Self::DeepL(_) => Key::Needed("DEEPL_AUTH_KEY"),
            Self::Amazon(_) => Key::Needed("AWS_SECRET_ACCESS_KEY"),
            Self::Azure(_) => Key::Needed("AZURE_TRANSLATOR_KEY"),
            Self::Bhashini(_) => Key::Needed("BHASHINI_API_KEY"),
            Self::GoogleV2(_) => Key::Needed("GOOGLE_API_KEY"),
            Self::GoogleV3(service) if service.service_account.is_some() => Key::Optional,
            Self::GoogleV3(_) => Key::Needed("GOOGLE_ACCESS_TOKEN"),
            Self::ModernMt(_) => Key::Needed("MODERNMT_API_KEY"),
            Self::Yandex(_) => Key::Needed("YANDEX_API_KEY"),
            Self::Chat(section) => section.service.key(own),
        }
    }

    /// Reads what it needs beside its key.
    fn extra(&self, name: &str, base: &Path) -> Result<Extra, Error> {
        let mut extra = Extra::default();
        match self {
            Self::GoogleV3(service) => {
                let account = service.service_account.as_ref();
                extra.account = account
                    .map(|path| Account::read(name, &base.join(path)))
                    .transpose()?;
            }
            Self::Amazon(service) => {
                let session = service.session_token.as_ref();
                extra.session = session.map(|source| source.read(name, base)).transpose()?;
            }
            _ => {}
        }
        Ok(extra)
    }

    fn provider(
        &self,
        client: Client,
        pairs: &[Pair],
        Extra { account, session }: Extra,
        measured: &Measurements,
    ) -> Arc<dyn Provider> {
        let service: Box<dyn machine::Service> = match self {
            Self::Http(service) => service.clone(),
            Self::DeepL(service) => Box::new(service.clone()),
            Self::Amazon(service) => Box::new(Signed::new(service.clone(), session)),
            Self::Azure(service) => Box::new(service.clone()),
            Self::Bhashini(service) => Box::new(bhashini::Asked::new(service.clone())),
            Self::GoogleV2(service) => Box::new(service.clone()),
            Self::GoogleV3(service) => Box::new(google_v3::Advanced::new(service.clone(), account)),
            Self::Mint(service) => Box::new(service.clone()),
            Self::ModernMt(service) => Box::new(service.clone()),
            Self::Nllb(service) => Box::new(service.clone()),
            Self::Yandex(service) => Box::new(service.clone()),
            Self::LibreTranslate(service) => Box::new(service.clone()),
            Self::Chat(section) => {
                let settings = section.settings.clone();
                let chat = Chat::new(client, section.service(), settings, pairs.to_vec());
                return Arc::new(chat.measured(measured));
            }
        };
        Arc::new(Machine::new(client, service, pairs.to_vec()).measured(measured))
    }
}

impl ServiceSection {
    /// The service of provider `name` in its layers, `booked` the part of
    /// them that sees every attempt. `base` is
    /// where relative paths start; values travel as `measured` tells.
    ///
    /// # Errors
    /// When its key or address is missing, or it may not be reached.
    pub fn build(
        &self,
        name: &str,
        base: &Path,
        sharing: Option<Arc<dyn Sharing>>,
        measured: &Measurements,
        booked: impl FnOnce(Arc<dyn Provider>) -> Arc<dyn Provider>,
    ) -> Result<Arc<dyn Provider>, Error> {
        let wrong = |kind, message: String| Error {
            provider: name.to_owned(),
            kind,
            message,
            retry: Retry::Never,
        };
        let key = match (&self.reach.key, self.service.key(self.reach.url.is_some())) {
            (Some(source), _) => Some(source.read(name, base)?),
            (None, Key::Optional) => None,
            (None, Key::Needed(variable)) => {
                let message = format!(
                    "its key is missing: write `key = {{ env = \"{variable}\" }}` or `key = {{ file \
                     = \"PATH\" }}` under [providers.{name}]"
                );
                return Err(wrong(ErrorKind::Denied, message));
            }
        };
        let vendor = self
            .service
            .address(key.as_ref())
            .and_then(|url| Url::parse(&url).ok());
        let Some(url) = self.reach.url.clone().or(vendor) else {
            let message = format!(
                "its address is missing: write `url = \"https://…\"` under [providers.{name}]"
            );
            return Err(wrong(ErrorKind::Invalid, message));
        };
        let extra = self.service.extra(name, base)?;
        let client = Client::new(Settings {
            name: name.to_owned(),
            url,
            access: Access::new(&self.reach.allow),
            proxy: self.reach.proxy.clone(),
            key,
        })?;
        Ok(stack(
            self.service
                .provider(client, &self.reach.pairs, extra, measured),
            &self.stack,
            sharing,
            booked,
        ))
    }
}

/// The keys that belong to [`Reach`] and to [`StackConfig`].
const REACH: [&str; 5] = ["url", "key", "pairs", "allow", "proxy"];
const STACK: [&str; 7] = [
    "timeout",
    "attempts",
    "total_time",
    "requests_per_minute",
    "characters_per_minute",
    "tokens_per_minute",
    "concurrency",
];

/// Reads the section of a service of a kind.
pub(super) fn read(kind: &str, rest: Spanned<DeValue<'_>>) -> Result<ServiceSection, Misplaced> {
    let span = rest.span();
    let DeValue::Table(mut own) = rest.into_inner() else {
        return Err(Misplaced {
            span: Some(span),
            message: "a provider is a table with a `kind`".to_owned(),
        });
    };
    let reach = section(taken(&mut own, &REACH, span.clone()))?;
    let stack = section(taken(&mut own, &STACK, span.clone()))?;
    let own = Spanned::new(span, DeValue::Table(own));
    let service = match kind {
        "deepl" => section(own).map(Service::DeepL),
        "amazon" => section(own).map(Service::Amazon),
        "azure" => section(own).map(Service::Azure),
        "bhashini" => section(own).map(Service::Bhashini),
        "google-v2" => section(own).map(Service::GoogleV2),
        "google-v3" => section(own).map(Service::GoogleV3),
        "mint" => section(own).map(Service::Mint),
        "modernmt" => section(own).map(Service::ModernMt),
        "nllb-serve" => section(own).map(Service::Nllb),
        "yandex" => section(own).map(Service::Yandex),
        "libretranslate" => section(own).map(Service::LibreTranslate),
        kind if chat::KINDS.contains(&kind) => {
            chat::read(kind, own).map(Box::new).map(Service::Chat)
        }
        _ => section(own).map(Box::new).map(Service::Http),
    };
    Ok(ServiceSection {
        reach,
        stack,
        service: service.map_err(|error| with_the_common_keys(kind, error))?,
    })
}

/// The part of a table that has `keys`, taken out of it.
pub(super) fn taken<'de>(
    own: &mut toml::de::DeTable<'de>,
    keys: &[&str],
    span: Range<usize>,
) -> Spanned<DeValue<'de>> {
    let mut table = toml::de::DeTable::new();
    let names: Vec<_> = (own.keys())
        .filter(|key| keys.contains(&key.get_ref().as_ref()))
        .cloned()
        .collect();
    for name in names {
        if let Some(value) = own.remove(&name) {
            table.insert(name, value);
        }
    }
    Spanned::new(span, DeValue::Table(table))
}

/// The kind's own keys are not all that a section may have.
fn with_the_common_keys(kind: &str, mut error: Misplaced) -> Misplaced {
    if error.message.contains("unknown key") {
        let models: &[&str] = if chat::KINDS.contains(&kind) {
            &chat::KEYS
        } else {
            &[]
        };
        let common = [models, &REACH, &STACK].concat().join("`, `");
        error.message = format!(
            "{}, or one that every service has: `{common}`",
            error.message
        );
    }
    error
}
