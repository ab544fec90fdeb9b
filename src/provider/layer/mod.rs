//! What stands between the ladder and a service. Each layer does one thing and
//! is a [`Provider`](super::Provider) itself, so that layers stack and none
//! knows the others. `config` decides which stand around a service, and in
//! which order.

mod breaker;
mod limited;
mod pace;
mod retrying;
mod sharing;
mod timed;

pub use breaker::{Breaker, Pauses};
pub use limited::{Limited, Limits};
pub use retrying::{Patience, Retrying};
pub use sharing::{Heard, Part, Share, Sharing};
pub use timed::Timed;

/// What a layer passes through as it is; all, or all but how the provider fares.
macro_rules! as_inner {
    () => {
        crate::provider::layer::as_inner!(but health);

        fn health(&self) -> crate::provider::Health {
            self.inner.health()
        }
    };
    (but health) => {
        fn identity(&self) -> &crate::provider::Identity {
            self.inner.identity()
        }

        fn capability(&self) -> &crate::provider::Capability {
            self.inner.capability()
        }

        fn size(&self, segment: &crate::plan::Segment, pair: crate::language::Pair) -> usize {
            self.inner.size(segment, pair)
        }

        fn fits(&self, segment: &crate::plan::Segment, pair: crate::language::Pair) -> bool {
            self.inner.fits(segment, pair)
        }

        fn usage(&self, batch: &crate::provider::Batch) -> crate::provider::Usage {
            self.inner.usage(batch)
        }

        fn requests(&self, batch: &crate::provider::Batch) -> usize {
            self.inner.requests(batch)
        }

        fn protection(&self, pair: crate::language::Pair) -> crate::provider::Protection {
            self.inner.protection(pair)
        }

        fn uses_context(&self) -> bool {
            self.inner.uses_context()
        }

        fn carries_markup(&self) -> bool {
            self.inner.carries_markup()
        }
    };
}
pub(crate) use as_inner;

#[cfg(test)]
mod tests;
