//! Serves the sandbox alone, in memory, for work on its pages: `cargo run -p paragon-sandbox --example serve`.

use paragon_sandbox::{Client, Options, Sandbox, machine_clock};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let address = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:9401".to_owned());
    let listener = tokio::net::TcpListener::bind(&address).await?;
    let base_url = format!("http://{}", listener.local_addr()?);
    println!("{base_url}");
    let client = Client {
        id: "paragon-local".to_owned(),
        secret: "local-only-secret".to_owned(),
        redirect_uris: vec!["http://127.0.0.1:9400/oauth/callback".to_owned()],
        install_uris: Vec::new(),
    };
    let options = Options { base_url, data: None, clients: vec![client], clock: machine_clock() };
    axum::serve(listener, Sandbox::open(options)?.router()).await?;
    Ok(())
}
