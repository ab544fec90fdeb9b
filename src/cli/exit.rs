//! What a command ends with.

use std::process::ExitCode;

/// The exit status, part of the command line's contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Every article was written.
    Done,
    /// Nothing could be done.
    Nothing,
    /// Some articles failed, the report could not be written, or the run was interrupted.
    Some,
    /// `--strict`: findings remain.
    Findings,
    /// The budget is spent.
    Budget,
    /// The command line is wrong.
    Usage,
    /// Another run is at work with the state file.
    Busy,
    /// The configuration is wrong.
    Config,
    /// Interrupted a second time: stopped at once.
    Interrupted,
}

/// The statuses, as `--help` explains them.
pub(super) const HELP: &str = "\
Exit status:
  0    every article was written
  1    nothing could be done
  2    some articles failed, the report could not be written, or the run was interrupted
  3    with --strict: findings remain for an editor
  4    the budget is spent; the same command goes on when there is more
  64   the command line is wrong
  75   another run is at work with the same state file
  78   the configuration is wrong
  130  interrupted twice and stopped at once";

impl Exit {
    /// The number.
    #[must_use]
    pub fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Nothing => 1,
            Self::Some => 2,
            Self::Findings => 3,
            Self::Budget => 4,
            Self::Usage => 64,
            Self::Busy => 75,
            Self::Config => 78,
            Self::Interrupted => 130,
        }
    }

    /// What a run ends with.
    #[must_use]
    pub fn of(written: usize, failed: usize, findings: usize, strict: bool) -> Self {
        match (written, failed) {
            (0, _) => Self::Nothing,
            (_, 1..) => Self::Some,
            _ if strict && findings > 0 => Self::Findings,
            _ => Self::Done,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_decides() {
        for (written, failed, findings, strict, exit) in [
            (3, 0, 0, false, Exit::Done),
            (3, 0, 5, false, Exit::Done),
            (3, 0, 5, true, Exit::Findings),
            (3, 1, 5, true, Exit::Some),
            (0, 1, 0, true, Exit::Nothing),
            (0, 0, 0, false, Exit::Nothing),
        ] {
            assert_eq!(Exit::of(written, failed, findings, strict), exit);
        }
    }

    #[test]
    fn every_status_is_explained() {
        for exit in [
            Exit::Done,
            Exit::Nothing,
            Exit::Some,
            Exit::Findings,
            Exit::Budget,
            Exit::Usage,
            Exit::Busy,
            Exit::Config,
            Exit::Interrupted,
        ] {
            let code = format!("\n  {:<5}", exit.code());
            assert!(HELP.contains(&code), "{exit:?}");
        }
    }
}
