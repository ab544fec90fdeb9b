//! `anubad serve`.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use super::args::ConfigArg;
use super::kept::KeptError;
use super::run::Interruptions;
use super::{Exit, complain, config, print};
use crate::provider::secret::{Secret, sealed_file};
use crate::serve::{self, Access, Desk, DeskError, LEAST_TOKEN};

pub(super) const HELP: &str = "\
The pages of `anubad review`, live: editors correct sentences, settle names and terms, ask again, and
call articles ready. What they say is used at once and by every later run. Programs translate through
POST /v1/translate; /v1/openapi.json describes the whole. Ctrl-C ends it in order.

On another address than this machine's own a token is needed, in a file that only its owner reads
(--token-file) or in ANUBAD_TOKEN; put a proxy with TLS in front.

Examples:
  anubad serve                                    http://127.0.0.1:8750/
  anubad serve --listen 10.0.0.5:8750 --token-file desk.token --host review.example.org";

/// The variable with the token.
const TOKEN: &str = "ANUBAD_TOKEN";

/// `anubad serve`.
#[derive(Debug, Args)]
pub(super) struct ServeArgs {
    /// The address; port 0 takes a free one.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8750")]
    listen: SocketAddr,
    /// A file with the token that every request has to bring; the variable `ANUBAD_TOKEN` may hold it.
    #[arg(long, value_name = "FILE")]
    token_file: Option<PathBuf>,
    /// A name that the server is called by, beside its address and localhost; may be given more
    /// than once.
    #[arg(long, value_name = "NAME")]
    host: Vec<String>,
    /// The configuration.
    #[command(flatten)]
    config: ConfigArg,
}

pub(super) async fn serve(args: &ServeArgs) -> Exit {
    let config = match config(&args.config) {
        Ok(config) => config,
        Err(error) => return complain(&error),
    };
    let token = match token(args) {
        Ok(token) => token,
        Err(message) => return complain(&message),
    };
    if token.is_none() && !args.listen.ip().is_loopback() {
        print::say(&format!(
            "{} can be reached from other machines: name a token with --token-file or {TOKEN}, or listen on \
             127.0.0.1",
            args.listen
        ));
        return Exit::Usage;
    }
    let mut interruptions = match Interruptions::catch() {
        Ok(interruptions) => interruptions,
        Err(error) => return complain(&format!("cannot listen for Ctrl-C: {error}")),
    };
    #[cfg(feature = "local")]
    super::models::fetch_missing(&config).await;
    let drain = Duration::try_from_secs_f64(config.pipeline.drain).unwrap_or(Duration::MAX);
    let desk = match Desk::open(config).await {
        Ok(desk) => desk,
        Err(DeskError::State(error)) => return KeptError::State(error).say(),
        Err(DeskError::Build(error)) => return complain(&error),
    };
    let listener = match TcpListener::bind(args.listen).await {
        Ok(listener) => listener,
        Err(cause) => {
            print::say(&format!(
                "cannot listen on {}: {cause}; name another address with --listen",
                args.listen
            ));
            return Exit::Nothing;
        }
    };
    let address = listener.local_addr().unwrap_or(args.listen);
    let access = Access {
        token,
        hosts: args.host.clone(),
    };
    let (end, ended) = oneshot::channel::<()>();
    let served = serve::serve(listener, desk, &access, async {
        // Dropped, it means the same.
        let _ = ended.await;
    });
    print::say(&format!("serving on http://{address}/; Ctrl-C ends it"));
    tokio::select! {
        served = served => match served {
            Ok(()) => Exit::Done,
            Err(cause) => {
                print::say(&format!("the server has ended: {cause}"));
                Exit::Nothing
            }
        },
        exit = interrupted(&mut interruptions, end, drain) => exit,
    }
}

/// Ends the server at the first interruption; is ready at the second, or where what
/// is under way takes too long.
async fn interrupted(
    interruptions: &mut Interruptions,
    end: oneshot::Sender<()>,
    drain: Duration,
) -> Exit {
    interruptions.next().await;
    let _ = end.send(());
    print::say(&"ending: answering what is under way; press Ctrl-C again to end at once");
    tokio::select! {
        () = interruptions.next() => {}
        () = tokio::time::sleep(drain) => {}
    }
    Exit::Interrupted
}

/// The token, where one is named.
fn token(args: &ServeArgs) -> Result<Option<Secret>, String> {
    let (text, place) = match (&args.token_file, std::env::var(TOKEN)) {
        (Some(path), _) => {
            let text = sealed_file("serve", path).map_err(|error| error.message)?;
            (text.to_string(), path.display().to_string())
        }
        (None, Ok(text)) => (text, TOKEN.to_owned()),
        (None, Err(_)) => return Ok(None),
    };
    match Secret::new(&text) {
        Some(token) if token.expose().len() >= LEAST_TOKEN => Ok(Some(token)),
        _ => Err(format!(
            "{place} holds no token: it has to be {LEAST_TOKEN} ASCII letters, digits and signs or more, in one line"
        )),
    }
}
