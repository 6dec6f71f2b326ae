//! Integrations, credentials and states as the platform sends them.

use serde_json::{Value as Json, json};

pub const SLACK: &str = "22222222-2222-4222-8222-222222222222";

/// An integration with plain OAuth.
pub fn slack() -> Json {
    integration("slack", json!({}))
}

/// An integration of this type; `config` goes over its `sdkIntegrationConfig`.
pub fn integration(kind: &str, config: Json) -> Json {
    let mut sdk = json!({
        "oauthInputs": [], "accountTypes": [], "authConfigInputs": [], "postOauthInputs": [], "dataSources": {}
    });
    for (key, value) in config.as_object().into_iter().flatten() {
        sdk[key] = value.clone();
    }
    json!({
        "id": SLACK, "type": kind, "isActive": true, "name": kind, "brandColor": "#123456",
        "authenticationType": "oauth", "configs": [{"values": {}}], "workflows": [], "sdkIntegrationConfig": sdk,
    })
}

/// A credential with its default configuration. `id` is a digit.
pub fn credential(id: u32, status: &str) -> Json {
    let uuid = uuid(id);
    json!({
        "id": uuid, "status": status, "providerId": format!("provider-{id}"), "providerData": {"team": id},
        "configurations": [{
            "id": self::uuid(100 + id), "connectCredentialId": uuid, "isDefault": true,
            "workflowSettings": {}, "sharedSettings": {"color": id}, "configMeta": {},
        }],
    })
}

pub fn uuid(number: u32) -> String {
    format!("33333333-3333-4333-8333-{number:012}")
}

/// The state of an integration whose current account is the first of these.
pub fn state(credentials: &[Json]) -> Json {
    let current = &credentials[0];
    json!({
        "enabled": current["status"] == "VALID", "credentialId": current["id"], "credentialStatus": current["status"],
        "credentialConfigId": current["configurations"][0]["id"], "providerId": current["providerId"],
        "allCredentials": credentials,
    })
}
