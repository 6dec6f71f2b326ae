//! The command line of `paragon-local`.

use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use paragon_local::auth::token::Tokens;
use paragon_local::clock::Clock;
use paragon_local::project::Project;
use paragon_local::serve;
use tracing_subscriber::EnvFilter;

/// A local platform for embedded integrations, for this machine only.
#[derive(Parser)]
#[command(version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Start the platform, the sandbox providers and the demo.
    Serve(Serve),
    /// Print a user token, as the app's server would sign it.
    Token(Token),
    /// Print the API key, which opens the task history.
    ApiKey(ApiKey),
}

#[derive(Args)]
struct Serve {
    /// Project file. Default: paragon.toml in the data folder, written at the first start.
    #[arg(long)]
    config: Option<PathBuf>,
    /// Address to listen on.
    #[arg(long, default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    host: IpAddr,
    /// Needed for a --host that other machines can reach.
    #[arg(long)]
    allow_remote: bool,
    /// Port of the platform (0: any free one).
    #[arg(long, default_value_t = 9400)]
    port: u16,
    /// Port of the sandbox providers (0: any free one).
    #[arg(long, default_value_t = 9401)]
    sandbox_port: u16,
    /// Port of the demo (0: any free one).
    #[arg(long, default_value_t = 9402)]
    demo_port: u16,
    /// Data folder.
    #[arg(long, default_value = ".paragon-local")]
    data: PathBuf,
    /// Keep everything in memory: nothing is read from or written to the data folder.
    #[arg(long, conflicts_with = "data")]
    memory: bool,
}

#[derive(Args)]
struct Token {
    /// The app's id of the user.
    #[arg(long, value_parser = clap::builder::NonEmptyStringValueParser::new())]
    user: String,
    /// Seconds until the token ends.
    #[arg(long, default_value_t = 3600, allow_negative_numbers = true)]
    expires: i64,
    /// Data folder.
    #[arg(long, default_value = ".paragon-local")]
    data: PathBuf,
}

#[derive(Args)]
struct ApiKey {
    /// Data folder.
    #[arg(long, default_value = ".paragon-local")]
    data: PathBuf,
}

fn main() -> ExitCode {
    let filter = EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| EnvFilter::new("warn,paragon_local=info,paragon_sandbox=info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let result = match Cli::parse().command {
        Command::Serve(options) => run(options),
        Command::Token(options) => print_token(&options),
        Command::ApiKey(options) => print_api_key(&options),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("paragon-local: {error}");
            ExitCode::FAILURE
        }
    }
}

type Failure = Box<dyn std::error::Error + Send + Sync>;

#[tokio::main]
async fn run(options: Serve) -> Result<(), Failure> {
    if !options.host.is_loopback() {
        if !options.allow_remote {
            return Err(format!(
                "{} can be reached by other machines. The platform signs user tokens for anybody who asks its demo; add --allow-remote if that is what you want.",
                options.host
            )
            .into());
        }
        tracing::warn!(host = %options.host, "other machines can reach this platform, and whoever reaches it can act as any user");
    }
    let mut running = serve::start(serve::Options {
        host: options.host,
        port: options.port,
        sandbox_port: options.sandbox_port,
        demo_port: options.demo_port,
        data: (!options.memory).then_some(options.data),
        config: options.config,
    })
    .await?;
    if let Some(file) = &running.config_file {
        tracing::info!(file = %file.display(), "project file");
    }
    let addresses = &running.addresses;
    println!("Platform  {}", addresses.base);
    println!("Sandbox   {}", addresses.sandbox);
    println!("Demo      {}", addresses.demo);
    tokio::select! {
        () = running.wait() => Err("a server ended unexpectedly; see the log above".into()),
        () = asked_to_stop() => Ok(()),
    }
}

async fn asked_to_stop() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = tokio::signal::ctrl_c() => {}
            }
            return;
        }
    }
    // If signals cannot be heard, the process can still be killed.
    let _ = tokio::signal::ctrl_c().await;
}

fn print_token(options: &Token) -> Result<(), Failure> {
    let tokens = Tokens::new(&Project::open(&options.data)?)?;
    let token =
        tokens.sign(&options.user, Clock::default().now_ms(), options.expires).map_err(|error| error.message_text())?;
    println!("{token}");
    Ok(())
}

fn print_api_key(options: &ApiKey) -> Result<(), Failure> {
    println!("{}", Project::open(&options.data)?.api_key);
    Ok(())
}
