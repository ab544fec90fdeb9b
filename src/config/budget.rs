//! `[budget]` and `[prices.NAME]`: what may be spent, and what providers cost.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;

use super::{BuildError, Config, ProviderConfig, value};
use crate::accounts::{Accounts, Budget, Budgeted, Dry, Money, Period, Price};
use crate::provider::Provider;

/// The keys of `[budget]`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct BudgetConfig {
    /// The currency of all prices.
    #[serde(deserialize_with = "value::text")]
    pub currency: String,
    /// Most money.
    #[serde(deserialize_with = "value::amount")]
    pub amount: Option<f64>,
    /// Most characters.
    pub characters: Option<u64>,
    /// The time that they are for.
    pub per: Period,
}

impl Default for BudgetConfig {
    fn default() -> Self {
        Self {
            currency: "USD".to_owned(),
            amount: None,
            characters: None,
            per: Period::Run,
        }
    }
}

/// The keys of `[prices.NAME]`, in units of the currency.
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PriceConfig {
    /// A million characters.
    #[serde(deserialize_with = "value::amount")]
    pub characters: Option<f64>,
    /// A million tokens, read or written.
    #[serde(deserialize_with = "value::amount")]
    pub tokens: Option<f64>,
    /// A million tokens that a model reads, where that differs.
    #[serde(deserialize_with = "value::amount")]
    pub tokens_read: Option<f64>,
    /// A million tokens that it writes, where that differs.
    #[serde(deserialize_with = "value::amount")]
    pub tokens_written: Option<f64>,
    /// A call.
    #[serde(deserialize_with = "value::amount")]
    pub calls: Option<f64>,
}

/// All prices, by the provider's name.
pub type Prices = BTreeMap<String, PriceConfig>;

impl Config {
    /// What may be spent; an `amount` of the command line is for the one run.
    #[must_use]
    pub fn budget(&self, amount: Option<f64>) -> Budget {
        let budget = &self.budget;
        Budget {
            currency: budget.currency.clone(),
            amount: amount.or(budget.amount).map(Money::of_units),
            characters: budget.characters,
            per: amount.map_or(budget.per, |_| Period::Run),
        }
    }

    /// What a provider costs, where that is told.
    #[must_use]
    pub fn price(&self, provider: &str) -> Option<Price> {
        let price = self.prices.get(provider)?;
        let money = |units: Option<f64>| units.map_or(Money::default(), Money::of_units);
        Some(Price {
            characters: money(price.characters),
            read: money(price.tokens_read.or(price.tokens)),
            written: money(price.tokens_written.or(price.tokens)),
            calls: money(price.calls),
        })
    }

    /// Whether a budget of money can be kept: every provider of the chain that
    /// asks for money needs a price.
    ///
    /// # Errors
    /// When one has none.
    pub fn check_prices(&self) -> Result<(), BuildError> {
        let has_price = |name: &&String| {
            let provider = self.providers.get(*name);
            self.prices.contains_key(*name) || provider.is_none_or(ProviderConfig::is_free)
        };
        match self.pipeline.providers.iter().find(|name| !has_price(name)) {
            Some(name) => Err(BuildError::NoPrice(name.clone())),
            None => Ok(()),
        }
    }

    /// A provider with `accounts` around it. Echo and pseudo-translation are nobody's expense unless they have a price.
    pub(super) fn budgeted(
        &self,
        name: &str,
        provider: Arc<dyn Provider>,
        accounts: &Arc<Accounts>,
    ) -> Arc<dyn Provider> {
        let price = self.price(name);
        match self.providers.get(name) {
            Some(ProviderConfig::Echo | ProviderConfig::Pseudo) if price.is_none() => provider,
            _ => Arc::new(Budgeted::new(provider, Arc::clone(accounts), price)),
        }
    }

    /// The chain with something that counts in the place of each provider.
    #[must_use]
    pub fn dry(&self, chain: Vec<Arc<dyn Provider>>) -> Vec<Arc<Dry>> {
        let count = |provider: Arc<dyn Provider>| {
            let price = self.price(&provider.identity().name);
            Arc::new(Dry::new(provider, price))
        };
        chain.into_iter().map(count).collect()
    }
}
