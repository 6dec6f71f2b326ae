//! Providers that speak HTTPS: only with a certificate that fits, and never on to plain HTTP.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::extract::RawQuery;
use axum::http::HeaderMap;
use axum::response::Redirect;
use axum::routing::get;
use reqwest::Client;
use serde_json::{Value, json};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::server::TlsStream;

use crate::binary::{Server, project, token};
use crate::harness::expect;
use crate::raw::Raw;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/tls/root.pem");
const LOCALHOST: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/tls/localhost.pem");
const ELSEWHERE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/tls/elsewhere.pem");

/// Connections that have been secured.
struct Secured(TcpListener, TlsAcceptor);

impl axum::serve::Listener for Secured {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, SocketAddr) {
        loop {
            let (stream, address) = self.0.accept().await.unwrap();
            if let Ok(stream) = self.1.accept(stream).await {
                return (stream, address);
            }
        }
    }

    fn local_addr(&self) -> std::io::Result<SocketAddr> {
        self.0.local_addr()
    }
}

/// Starts a provider with this certificate: `/proof` tells the authorization, `/to?<address>` leads on.
async fn provider(file: &str) -> String {
    let certificate = CertificateDer::pem_file_iter(file).unwrap().collect::<Result<Vec<_>, _>>().unwrap();
    let key = PrivateKeyDer::from_pem_file(file).unwrap();
    let config = ServerConfig::builder().with_no_client_auth().with_single_cert(certificate, key).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let proof =
        async |headers: HeaderMap| axum::Json(json!(headers.get("authorization").map(|one| one.to_str().unwrap())));
    let to = async |RawQuery(to): RawQuery| Redirect::temporary(&to.unwrap());
    let router = Router::new().route("/proof", get(proof)).route("/to", get(to));
    let secured = Secured(listener, TlsAcceptor::from(Arc::new(config)));
    tokio::spawn(async move { axum::serve(secured, router).await });
    format!("https://localhost:{port}")
}

/// A running platform with the integration `custom.s` at this address, and who may use it.
struct Running {
    _server: Server,
    sdk: String,
    token: String,
    _folder: tempfile::TempDir,
}

impl Running {
    async fn start(base: &str, root: Option<&str>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let config = format!(
            "[[integrations]]\ntype = 'custom'\nname = 'S'\nbaseUrl = '{base}'\n\
             authorization = {{ kind = 'bearer', token = '{{{{inputs.key}}}}' }}\n\
             preOptions = [{{ id = 'key', title = 'Key', type = 'PASSWORD' }}]\n"
        );
        std::fs::write(folder.path().join("paragon.toml"), config).unwrap();
        let server = Server::start_as(folder.path(), |command| {
            command.envs(root.map(|file| ("SSL_CERT_FILE", file)));
        });
        let sdk = format!("{}/projects/{}/sdk", server.base(), project(server.base()).await);
        let new = Self { _server: server, sdk, token: token(folder.path()), _folder: folder };
        let all = expect(new.get("/integrations").await, 200).await;
        let body = json!({"integrationId": all[0]["id"], "payload": {"key": "k"}});
        let sent = Client::new().post(format!("{}/credentials", new.sdk)).bearer_auth(&new.token).json(&body);
        expect(sent.send().await.unwrap(), 200).await;
        new
    }

    async fn get(&self, path: &str) -> reqwest::Response {
        Client::new().get(format!("{}{path}", self.sdk)).bearer_auth(&self.token).send().await.unwrap()
    }

    async fn proxy(&self, path: &str, status: u16) -> Value {
        expect(self.get(&format!("/proxy/custom.s{path}")).await, status).await
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_secured_provider_leads_to_secured_ones_only() {
    let (one, other, plain) = (provider(LOCALHOST).await, provider(LOCALHOST).await, Raw::start(&[]).await);
    let running = Running::start(&one, Some(ROOT)).await;
    assert_eq!(running.proxy("/proof", 200).await["output"], "Bearer k");
    assert_eq!(running.proxy(&format!("/to?{other}/proof"), 200).await["output"], Value::Null);
    for down in [format!("{}/x", plain.address), format!("{}/proof", one.replace("https", "http"))] {
        let refused = running.proxy(&format!("/to?{down}"), 502).await;
        assert_eq!(refused["code"], "redirect_refused");
        assert!(refused["message"].as_str().unwrap().contains("from https to http"), "{refused}");
    }
    assert_eq!(plain.count("/x"), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_certificate_must_fit() {
    // Of another name; and of a root that nobody trusts.
    for (file, root) in [(ELSEWHERE, Some(ROOT)), (LOCALHOST, None)] {
        let running = Running::start(&provider(file).await, root).await;
        assert_eq!(running.proxy("/proof", 502).await["code"], "provider_unreachable", "{file}");
    }
}
