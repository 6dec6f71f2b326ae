//! User tokens: JWTs, RS256 only, signed by the app's server with the project's private key.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::permissions::{CLAIM, Permissions};
use crate::http::ApiError;
use crate::project::Project;

/// So many tokens are known at most.
const KNOWN: usize = 1_000;

/// Marks tokens that this program signed itself.
const KEY_ID: &str = "paragon-local";

/// What a user token says.
#[derive(Debug, Serialize, Deserialize)]
pub struct Claims {
    /// The app's id of the user.
    pub sub: String,
    /// Issued at, in seconds.
    #[serde(default)]
    pub iat: Option<f64>,
    /// Ends at, in seconds.
    pub exp: f64,
    /// `useparagon.com/<project id>`, or a list with it.
    #[serde(default)]
    pub aud: Option<Audience>,
    /// What the token may do, see [`Permissions`].
    #[serde(rename = "urn:useparagon:connect:permissions", default)]
    pub permissions: Value,
}

/// One audience or several.
#[derive(Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Audience {
    /// One.
    One(String),
    /// Several.
    Many(Vec<String>),
}

/// Signs and checks user tokens of one project.
pub struct Tokens {
    project: Uuid,
    signing: EncodingKey,
    checking: DecodingKey,
    /// Tokens with a good signature, and what they say: to check a signature takes longer than most of a short call.
    known: Mutex<HashMap<String, Arc<Claims>>>,
}

impl Tokens {
    /// For a project.
    pub fn new(project: &Project) -> Result<Self, crate::project::Error> {
        Ok(Self {
            project: project.id,
            signing: EncodingKey::from_rsa_pem(project.private_pem.as_bytes())
                .map_err(|_| crate::project::Error::Key)?,
            checking: DecodingKey::from_rsa_der(&project.public_der),
            known: Mutex::default(),
        })
    }

    /// A token for a user, as the app's server would sign it.
    pub fn sign(&self, user: &str, now_ms: i64, seconds: i64) -> Result<String, ApiError> {
        self.sign_with(user, now_ms, seconds, None)
    }

    /// The same with the claim that says what it may do.
    pub fn sign_with(
        &self,
        user: &str,
        now_ms: i64,
        seconds: i64,
        permissions: Option<&Value>,
    ) -> Result<String, ApiError> {
        let now = now_ms.div_euclid(1000);
        let mut claims = serde_json::json!({
            "sub": user, "iat": now, "exp": now + seconds, "aud": self.audience(),
        });
        if let Some(permissions) = permissions {
            claims[CLAIM] = permissions.clone();
        }
        let header = Header { kid: Some(KEY_ID.into()), ..Header::new(Algorithm::RS256) };
        encode(&header, &claims, &self.signing)
            .map_err(|error| ApiError::internal(format!("could not sign a user token: {error}")))
    }

    /// Checks a token; the error says what is wrong with it and never repeats it.
    pub fn check(&self, token: &str, now_ms: i64) -> Result<Arc<Claims>, ApiError> {
        let claims = self.signed(token)?;
        if claims.sub.is_empty() {
            return Err(unauthorized("The user token has an empty \"sub\". Put the id of the signed-in user there."));
        }
        if claims.exp * 1000.0 <= now_ms as f64 {
            return Err(ApiError::unauthorized(
                "token_expired",
                "The user token has expired. Sign a new one and call authenticate() with it.",
            ));
        }
        let expected = self.audience();
        let fits = match &claims.aud {
            None => true,
            Some(Audience::One(one)) => *one == expected,
            Some(Audience::Many(all)) => all.contains(&expected),
        };
        if !fits {
            return Err(unauthorized(&format!(
                "The user token is meant for another audience. \"aud\" must be \"{expected}\" or left away."
            )));
        }
        Ok(claims)
    }

    /// What a token says whose signature is good.
    fn signed(&self, token: &str) -> Result<Arc<Claims>, ApiError> {
        let known = || self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(claims) = known().get(token) {
            return Ok(claims.clone());
        }
        let mut rules = Validation::new(Algorithm::RS256);
        // Time and audience are checked at every call, by the platform's clock and with better messages.
        rules.validate_exp = false;
        rules.validate_aud = false;
        rules.required_spec_claims.clear();
        let decoded = decode::<Claims>(token, &self.checking, &rules).map_err(|error| refused(error.kind()))?;
        let claims = Arc::new(decoded.claims);
        let mut known = known();
        if known.len() >= KNOWN {
            known.clear();
        }
        known.insert(token.to_owned(), claims.clone());
        Ok(claims)
    }

    /// What a checked token may do.
    pub fn permissions(claims: &Claims) -> Result<Permissions, ApiError> {
        Permissions::read(&claims.permissions)
            .map_err(|why| unauthorized(&format!("The claim \"{CLAIM}\" of the user token cannot be used: {why}.")))
    }

    fn audience(&self) -> String {
        format!("useparagon.com/{}", self.project)
    }
}

fn unauthorized(message: &str) -> ApiError {
    ApiError::unauthorized("token_invalid", message)
}

fn refused(kind: &jsonwebtoken::errors::ErrorKind) -> ApiError {
    use jsonwebtoken::errors::ErrorKind;
    unauthorized(match kind {
        ErrorKind::InvalidSignature => {
            "The user token was not signed with this project's key. Use \"paragon-local token\", or sign with the key in the data folder."
        }
        ErrorKind::InvalidAlgorithm | ErrorKind::InvalidAlgorithmName => "The user token must be signed with RS256.",
        ErrorKind::Json(_) => {
            "The user token must be signed with RS256 and have the claims \"sub\" (text) and \"exp\" (seconds)."
        }
        _ => {
            "The user token is not a readable JWT. Send \"Authorization: Bearer <token>\" with a token signed by your server."
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn tokens() -> (Tokens, Project) {
        let project = Project::in_memory(Uuid::new_v4()).unwrap();
        (Tokens::new(&project).unwrap(), project)
    }

    fn signed(project: &Project, algorithm: Algorithm, claims: Value) -> String {
        let key = match algorithm {
            Algorithm::HS256 => EncodingKey::from_secret(&project.public_der),
            _ => EncodingKey::from_rsa_pem(project.private_pem.as_bytes()).unwrap(),
        };
        encode(&Header::new(algorithm), &claims, &key).unwrap()
    }

    #[test]
    fn what_it_signs_it_accepts_until_the_end() {
        let (tokens, _) = tokens();
        let token = tokens.sign("ada", 1_000_000, 60).unwrap();
        for _ in 0..2 {
            assert_eq!(tokens.check(&token, 1_059_000).unwrap().sub, "ada");
        }
        let late = tokens.check(&token, 1_060_000).unwrap_err();
        assert!(late.message_text().contains("expired"));
    }

    #[test]
    fn refuses_what_is_not_ours_and_says_why() {
        let (tokens, project) = tokens();
        let (_, other) = tokens_of_another();
        let good = json!({"sub": "a", "exp": 4_000_000_000i64});
        let cases = [
            (signed(&project, Algorithm::HS256, good.clone()), "RS256"),
            (signed(&project, Algorithm::RS512, good.clone()), "RS256"),
            (signed(&other, Algorithm::RS256, good.clone()), "not signed with this project's key"),
            (signed(&project, Algorithm::RS256, json!({"sub": "a"})), "exp"),
            (signed(&project, Algorithm::RS256, json!({"exp": 4_000_000_000i64})), "sub"),
            (signed(&project, Algorithm::RS256, json!({"sub": "", "exp": 4_000_000_000i64})), "empty"),
            (
                signed(&project, Algorithm::RS256, json!({"sub": "a", "exp": 4e9, "aud": "useparagon.com/x"})),
                "audience",
            ),
            ("eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIiwiZXhwIjo0MDAwMDAwMDAwfQ.".into(), "RS256"),
            ("nonsense".into(), "not a readable JWT"),
            (String::new(), "not a readable JWT"),
            (project.private_pem.clone(), "not a readable JWT"),
        ];
        for (token, why) in cases {
            let error = tokens.check(&token, 1_000).unwrap_err();
            assert!(error.message_text().contains(why), "{why}: {}", error.message_text());
            assert!(token.is_empty() || !error.message_text().contains(&token));
        }
    }

    #[test]
    fn takes_its_audience_alone_or_in_a_list() {
        let (tokens, project) = tokens();
        let mine = format!("useparagon.com/{}", project.id);
        for aud in [json!(mine), json!(["other", mine])] {
            let token = signed(&project, Algorithm::RS256, json!({"sub": "a", "exp": 4e9, "aud": aud}));
            assert!(tokens.check(&token, 1_000).is_ok());
        }
    }

    fn tokens_of_another() -> (Tokens, Project) {
        tokens()
    }
}
