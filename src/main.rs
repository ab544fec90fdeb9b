//! The `anubad` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    anubad::cli::main().into()
}
