//! When every provider is gone.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::ledger::Ended;

/// Articles in a row that nobody could be asked for before the run ends: the
/// others would fail, too, and each would cost its time-outs.
const IN_A_ROW: usize = 20;

/// Counts articles that nobody could be asked for.
#[derive(Debug, Default)]
pub struct Gone(AtomicUsize);

impl Gone {
    /// Why the run has to end, after an article that ended so.
    pub(super) fn after(&self, ended: &Ended) -> Option<String> {
        let Ended::Unanswered(cause) = ended else {
            self.0.store(0, Ordering::Relaxed);
            return None;
        };
        let count = self.0.fetch_add(1, Ordering::Relaxed) + 1;
        (count >= IN_A_ROW).then(|| {
            format!(
                "{count} articles in a row could not be translated, the last one for this: {cause}; the \
                 run ends here, correct the cause and run again"
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_articles_in_a_row_count() {
        let gone = Gone::default();
        let unanswered = Ended::Unanswered("no route".to_owned());
        let written = Ended::Written {
            outputs: Vec::new(),
            gaps: false,
        };
        for _ in 1..IN_A_ROW {
            assert_eq!(gone.after(&unanswered), None);
        }
        assert_eq!(gone.after(&written), None);
        for _ in 1..IN_A_ROW {
            assert_eq!(gone.after(&unanswered), None);
        }
        let cause = gone.after(&unanswered).unwrap();
        assert!(
            cause.contains("no route") && cause.contains("run again"),
            "{cause}"
        );
    }
}
