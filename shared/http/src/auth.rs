//! Who is calling: read from a verified token, and from nothing else.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use headgate_events::{Actor, ActorKind};
use headgate_runtime::config::Vars;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header, errors::ErrorKind};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::error::ApiError;
use crate::jwks::Jwks;

/// Signatures that are accepted: public-key ones only. `none` and HMAC are not among them, so that a
/// public key can never be taken for a shared secret.
const ALGORITHMS: [Algorithm; 5] =
    [Algorithm::EdDSA, Algorithm::ES256, Algorithm::ES384, Algorithm::RS256, Algorithm::PS256];
/// Clock difference that is forgiven, in seconds.
const LEEWAY: u64 = 30;
/// Role that marks a token as an agent's.
const AGENT: &str = "agent";

/// What tokens must look like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuthConfig {
    issuer: String,
    audience: String,
    jwks: String,
    roles_claim: String,
}

impl AuthConfig {
    /// Reads the variables of the crate's table.
    pub fn from_vars(vars: &mut Vars) -> Self {
        Self {
            issuer: vars.string("HEADGATE_OIDC_ISSUER"),
            audience: vars.string("HEADGATE_OIDC_AUDIENCE"),
            jwks: vars.string("HEADGATE_OIDC_JWKS"),
            roles_claim: vars.optional("HEADGATE_ROLES_CLAIM").unwrap_or_else(|| "roles".into()),
        }
    }
}

/// The claims of a token, as `headgate token` writes them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// Issuer.
    pub iss: String,
    /// Audience.
    pub aud: String,
    /// Subject: who it is.
    pub sub: String,
    /// End, seconds since 1970.
    pub exp: i64,
    /// Start, seconds since 1970.
    pub nbf: i64,
    /// Roles.
    pub roles: Vec<String>,
    /// For agents: the person who answers for them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub human_owner: Option<String>,
}

/// A verified caller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Principal {
    /// The token's `sub`.
    pub id: String,
    /// Person, or agent.
    pub kind: ActorKind,
    /// Roles it holds.
    pub roles: Vec<String>,
    /// For agents: the person who answers for them.
    pub human_owner: Option<String>,
}

impl Principal {
    /// As the actor of an event.
    #[must_use]
    pub fn actor(&self) -> Actor {
        Actor { kind: self.kind, id: self.id.clone(), on_behalf_of: self.human_owner.clone() }
    }

    /// Refuses callers without the role.
    ///
    /// # Errors
    /// 403 `role_missing`.
    pub fn require(&self, role: &str) -> Result<(), ApiError> {
        if self.roles.iter().any(|r| r == role) {
            return Ok(());
        }
        Err(ApiError::forbidden("role_missing", format!("this takes the role {role}")))
    }

    /// Refuses everybody but people.
    ///
    /// # Errors
    /// 403 `human_required`.
    pub fn require_human(&self) -> Result<(), ApiError> {
        if self.kind == ActorKind::Human {
            return Ok(());
        }
        Err(ApiError::forbidden("human_required", "only a person can do this"))
    }
}

/// Verifies tokens.
#[derive(Clone)]
pub struct Verifier {
    config: AuthConfig,
    jwks: Arc<Jwks>,
}

impl Verifier {
    /// From the configuration.
    ///
    /// # Errors
    /// What is wrong with `HEADGATE_OIDC_JWKS`.
    pub fn new(config: AuthConfig) -> Result<Self, String> {
        let jwks = Jwks::new(&config.jwks).map_err(|e| format!("HEADGATE_OIDC_JWKS: {e}"))?;
        Ok(Self { config, jwks: Arc::new(jwks) })
    }

    /// The principal of a bearer token (RFC 7519, RFC 8725).
    ///
    /// # Errors
    /// 401 `token_…` for each way in which a token is not good; 503 when the issuer's keys cannot
    /// be had.
    pub async fn verify(&self, token: &str) -> Result<Principal, ApiError> {
        let header = decode_header(token).map_err(|_| malformed())?;
        if !ALGORITHMS.contains(&header.alg) {
            return Err(unauthorized(
                "token_algorithm",
                "tokens must be signed with a public-key algorithm",
            ));
        }
        let key = self.jwks.key(header.kid.as_deref()).await.map_err(|problem| {
            tracing::error!(error = problem, "the issuer's keys cannot be fetched");
            ApiError::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "issuer_unavailable",
                "the token issuer's keys cannot be fetched now; try again",
            )
        })?;
        let forged = || unauthorized("token_forged", "the token was not signed by the issuer");
        let key = key.ok_or_else(forged)?;
        let key = DecodingKey::from_jwk(&key).map_err(|_| forged())?;
        let mut rules = Validation::new(header.alg);
        rules.leeway = LEEWAY;
        rules.validate_nbf = true;
        rules.set_issuer(&[&self.config.issuer]);
        rules.set_audience(&[&self.config.audience]);
        rules.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        let claims = decode::<Value>(token, &key, &rules).map_err(|e| match e.kind() {
            ErrorKind::ExpiredSignature => {
                unauthorized("token_expired", "the token has expired; get a new one")
            }
            ErrorKind::ImmatureSignature => {
                unauthorized("token_immature", "the token is not valid yet")
            }
            ErrorKind::InvalidIssuer => {
                unauthorized("token_issuer", "the token is from another issuer")
            }
            ErrorKind::InvalidAudience => {
                unauthorized("token_audience", "the token is for another audience")
            }
            ErrorKind::InvalidSignature | ErrorKind::InvalidAlgorithm => forged(),
            _ => malformed(),
        })?;
        self.principal(&claims.claims)
    }

    fn principal(&self, claims: &Value) -> Result<Principal, ApiError> {
        let text = |name: &str| claims.get(name).and_then(Value::as_str).filter(|s| !s.is_empty());
        let id = text("sub").ok_or_else(malformed)?.to_owned();
        let roles: Vec<String> = match claims.get(&self.config.roles_claim) {
            Some(Value::Array(roles)) => {
                roles.iter().filter_map(Value::as_str).map(str::to_owned).collect()
            }
            Some(Value::String(roles)) => roles.split_whitespace().map(str::to_owned).collect(),
            _ => Vec::new(),
        };
        let agent = roles.iter().any(|r| r == AGENT);
        let kind = if agent { ActorKind::Agent } else { ActorKind::Human };
        Ok(Principal { id, kind, roles, human_owner: text("human_owner").map(str::to_owned) })
    }
}

fn unauthorized(code: &str, message: &str) -> ApiError {
    ApiError::new(StatusCode::UNAUTHORIZED, code, message)
}

fn malformed() -> ApiError {
    unauthorized("token_malformed", "the token is not a JWT that can be read")
}

/// The verified caller of a request; a request without one is answered 401.
#[derive(Debug, Clone)]
pub struct Authenticated(pub Principal);

impl<S> FromRequestParts<S> for Authenticated
where
    S: Send + Sync,
    Verifier: axum::extract::FromRef<S>,
{
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let verifier = <Verifier as axum::extract::FromRef<S>>::from_ref(state);
        let token = parts
            .headers
            .get(AUTHORIZATION)
            .and_then(|v| v.to_str().ok())
            .and_then(|v| v.strip_prefix("Bearer "))
            .ok_or_else(|| unauthorized("token_missing", "send `Authorization: Bearer <token>`"))?;
        verifier.verify(token.trim()).await.map(Self)
    }
}
