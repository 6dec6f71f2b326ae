//! The command line of `paragon-local`.

mod cli;

use std::io::Write;
use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use cli::Failure;
use paragon_local::auth::token::Tokens;
use paragon_local::clock::Clock;
use paragon_local::console;
use paragon_local::project::Project;
use paragon_local::serve;
use tracing_subscriber::EnvFilter;

// Calls begin on one thread and end on another: an allocator that is made for that takes a tenth off a short call.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// A local platform for embedded integrations, for this machine only.
#[derive(Parser)]
#[command(version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    target: cli::Target,
}

#[derive(Subcommand)]
enum Command {
    /// Start the platform, the sandbox providers and the demo.
    Serve(Serve),
    /// Print a user token, as the app's server would sign it.
    Token(Token),
    /// Print the API key, which opens the task history.
    ApiKey,
    #[command(flatten)]
    Steer(cli::Steer),
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
    /// Keep everything in memory: nothing is read from or written to the data folder.
    #[arg(long)]
    memory: bool,
    /// Users and accounts that a new data folder begins with, and that a reset goes to; a JSON file.
    #[arg(long = "seed")]
    seed_file: Option<PathBuf>,
    /// All ids follow from this text, so that they are the same in every run.
    #[arg(long)]
    ids: Option<String>,
}

#[derive(Args)]
struct Token {
    /// The app's id of the user.
    #[arg(long, value_parser = clap::builder::NonEmptyStringValueParser::new())]
    user: String,
    /// Seconds until the token ends.
    #[arg(long, default_value_t = 3600, allow_negative_numbers = true)]
    expires: i64,
}

fn main() -> ExitCode {
    let filter = EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| EnvFilter::new("warn,paragon_local=info,paragon_sandbox=info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let Cli { command, target } = Cli::parse();
    let result = match command {
        Command::Serve(options) => run(options, target.data),
        Command::Token(options) => print_token(&options, &target),
        Command::ApiKey => print_api_key(&target),
        Command::Steer(what) => cli::steer(&target, what),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("paragon-local: {error}");
            ExitCode::FAILURE
        }
    }
}

#[tokio::main]
async fn run(options: Serve, data: PathBuf) -> Result<(), Failure> {
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
        data: (!options.memory).then_some(data),
        config: options.config,
        seed: options.seed_file,
        ids: options.ids,
    })
    .await?;
    if let Some(file) = &running.config_file {
        tracing::info!(file = %file.display(), "project file");
    }
    let addresses = &running.addresses;
    // In one piece: who starts this program may stop reading after any line. The demo's address says that all is ready.
    let text = format!(
        "Platform  {0}\nSandbox   {1}\nAdmin     {0}/_admin\nSecret    {2}\nConsole   {3}\nDemo      {4}\n",
        addresses.base,
        addresses.sandbox,
        running.secret,
        console::address(&addresses.base, &running.secret),
        addresses.demo
    );
    std::io::stdout().write_all(text.as_bytes())?;
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

/// A running platform signs by its own clock; without one, the data folder's key and the machine's time do.
fn print_token(options: &Token, target: &cli::Target) -> Result<(), Failure> {
    if let Some(token) = cli::token(target, &options.user, options.expires) {
        println!("{token}");
        return Ok(());
    }
    let data = &target.data;
    let tokens = Tokens::new(&Project::open(data, uuid::Uuid::new_v4())?)?;
    let token =
        tokens.sign(&options.user, Clock::default().now_ms(), options.expires).map_err(|error| error.message_text())?;
    println!("{token}");
    Ok(())
}

fn print_api_key(target: &cli::Target) -> Result<(), Failure> {
    println!("{}", Project::open(&target.data, uuid::Uuid::new_v4())?.api_key);
    Ok(())
}
