//! The description of the calls (OpenAPI 3.1), made from the handlers.

use std::sync::Arc;

use axum::extract::State;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{
    Components, ContentBuilder, InfoBuilder, OpenApi, Ref, RefOr, Response, ResponseBuilder, Server, Tag,
};
use utoipa::{PartialSchema, ToSchema};

use super::wire;
use crate::app::App;

const ABOUT: &str = "Calls of the SDK and of the app's server to a local platform. Beside them there are the proxy \
     (`/sdk/proxy/<integration>/<path>`, any verb), whose answers are the provider's, and the pages of the OAuth popup.";

/// `GET openapi.json`.
pub async fn show(State(app): State<Arc<App>>) -> axum::Json<OpenApi> {
    axum::Json(describe(&app))
}

/// The description of a project's calls. Paths are those below the project's address.
pub fn describe(app: &App) -> OpenApi {
    let (_, mut api) = super::router().split_for_parts();
    api.info =
        InfoBuilder::new().title("paragon-local").version(env!("CARGO_PKG_VERSION")).description(Some(ABOUT)).build();
    api.servers = Some(vec![Server::new(format!("{}/projects/{}", app.addresses.base, app.project.id))]);
    let tags = ["Users", "Integrations", "Credentials", "Configurations", "Resources", "Workflows", "OAuth"];
    api.tags = Some(tags.into_iter().chain(["Task history"]).map(Tag::new).collect());
    let components = api.components.get_or_insert_with(Components::new);
    let bearer = |what: &str| {
        SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some(what)).build())
    };
    components.add_security_scheme("userToken", bearer("A user token, signed with the project's key"));
    components.add_security_scheme("apiKey", bearer("The project's API key, for the app's server"));
    components.schemas.insert("Error".into(), wire::Error::schema());
    let mut more = Vec::new();
    wire::Error::schemas(&mut more);
    components.schemas.extend(more);
    api.security = Some(vec![SecurityRequirement::new::<_, [&str; 0], &str>("userToken", [])]);
    for path in api.paths.paths.values_mut() {
        let operations =
            [&mut path.get, &mut path.post, &mut path.put, &mut path.patch, &mut path.delete].into_iter().flatten();
        for operation in operations {
            let answers = &mut operation.responses.responses;
            answers.insert("4XX".into(), RefOr::T(refusal("The call is refused; the message says why")));
            for status in ["502", "504"] {
                answers.insert(status.into(), RefOr::T(refusal("The provider failed")));
            }
        }
    }
    api
}

fn refusal(what: &str) -> Response {
    let body = ContentBuilder::new().schema(Some(Ref::from_schema_name("Error"))).build();
    ResponseBuilder::new().description(what).content("application/json", body).build()
}
