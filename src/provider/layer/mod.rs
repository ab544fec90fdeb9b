//! What stands between the ladder and a service. Each layer does one thing and
//! is a [`Provider`](super::Provider) itself, so that layers stack and none
//! knows the others. `config` decides which stand around a service, and in
//! which order.

mod remembered;

pub use remembered::{Memory, Remembered};

/// What a layer passes through as it is.
macro_rules! as_inner {
    () => {
        fn identity(&self) -> &crate::provider::Identity {
            self.inner.identity()
        }

        fn capability(&self) -> &crate::provider::Capability {
            self.inner.capability()
        }

        fn fits(&self, segment: &crate::plan::Segment, pair: crate::language::Pair) -> bool {
            self.inner.fits(segment, pair)
        }

        fn uses_context(&self) -> bool {
            self.inner.uses_context()
        }
    };
}
use as_inner;
