//! Identifies callers. A caller's identity comes only from a verified token.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use headgate_events::{Actor, ActorKind, PrincipalId};
use headgate_runtime::config::Vars;
use headgate_runtime::variables;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header, errors::ErrorKind};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::error::ApiError;
use crate::jwks::Jwks;

/// Accepted signature algorithms. All use public keys: `none` and HMAC are excluded, so that a public key can
/// never be used as a shared secret.
const ALGORITHMS: [Algorithm; 5] =
    [Algorithm::EdDSA, Algorithm::ES256, Algorithm::ES384, Algorithm::RS256, Algorithm::PS256];
/// Tolerated clock difference, in seconds.
const LEEWAY: u64 = 30;
/// Role that marks the caller as an agent.
pub(crate) const AGENT: &str = "agent";

/// Requirements for tokens: issuer, audience, keys, and the claims with the principal, the roles and the evidence of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuthConfig {
    issuer: String,
    audience: String,
    jwks: String,
    principal_claim: String,
    roles_claim: String,
    person: Option<Evidence>,
}

/// What shows that a person signed in, and not a program: a claim that has one of these values.
///
/// Which claim that is depends on the issuer: `amr` or `acr` (how somebody signed in), the id of a client that only people use, or
/// a group that has only people.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    claim: String,
    values: Vec<String>,
}

impl Evidence {
    fn is_in(&self, claims: &Value) -> bool {
        let shows = |value: &Value| {
            value.as_str().is_some_and(|value| self.values.iter().any(|v| v == value))
        };
        match claims.get(&self.claim) {
            Some(Value::Array(values)) => values.iter().any(shows),
            Some(value) => shows(value),
            None => false,
        }
    }
}

impl std::str::FromStr for Evidence {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let evidence: Self = serde_json::from_str(text).map_err(|e| e.to_string())?;
        if evidence.claim.is_empty()
            || evidence.values.is_empty()
            || evidence.values.iter().any(String::is_empty)
        {
            return Err("name a claim and at least one value of it, none of them empty".to_owned());
        }
        Ok(evidence)
    }
}

impl AuthConfig {
    /// Reads the variables listed in the crate's README.
    pub fn from_vars(vars: &mut Vars) -> Self {
        Self {
            issuer: vars.string(variables::OIDC_ISSUER),
            audience: vars.string(variables::OIDC_AUDIENCE),
            jwks: vars.string(variables::OIDC_JWKS),
            principal_claim: vars
                .optional(variables::PRINCIPAL_CLAIM)
                .unwrap_or_else(|| "sub".into()),
            person: vars.parsed(variables::PERSON_EVIDENCE),
            roles_claim: vars.optional(variables::ROLES_CLAIM).unwrap_or_else(|| "roles".into()),
        }
    }
}

/// The claims of a token, as `headgate token` writes them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// Issuer of the token.
    pub iss: String,
    /// Audience that the token is for.
    pub aud: String,
    /// Subject: id of the caller.
    pub sub: String,
    /// When the token expires, in seconds since 1970.
    pub exp: i64,
    /// When the token becomes valid, in seconds since 1970.
    pub nbf: i64,
    /// How the caller signed in (RFC 8176). `user` stands for a person.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub amr: Vec<String>,
    /// Roles of the caller.
    pub roles: Vec<String>,
    /// For agents: the person who is responsible for them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub human_owner: Option<PrincipalId>,
}

/// A verified caller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Principal {
    /// Id of the caller: the `sub` claim of the token, or the claim that is configured instead.
    pub id: PrincipalId,
    /// Whether the caller is a person or an agent. It is a person only if the token shows that a person signed in, and does not have
    /// the role `agent`.
    pub kind: ActorKind,
    /// Roles from the token.
    pub roles: Vec<String>,
    /// For agents: the person who is responsible for them.
    pub human_owner: Option<PrincipalId>,
}

impl Principal {
    /// Converts the caller into the actor of an event.
    #[must_use]
    pub fn actor(&self) -> Actor {
        Actor { kind: self.kind, id: self.id.clone(), on_behalf_of: self.human_owner.clone() }
    }

    /// Fails unless the caller has the role.
    ///
    /// # Errors
    /// 403 `role_missing`.
    pub fn require(&self, role: &str) -> Result<(), ApiError> {
        if self.roles.iter().any(|r| r == role) {
            return Ok(());
        }
        Err(ApiError::forbidden("role_missing", format!("this requires the role {role}")))
    }

    /// Fails unless the caller is a person.
    ///
    /// # Errors
    /// 403 `human_required`.
    pub fn require_human(&self) -> Result<(), ApiError> {
        if self.kind == ActorKind::Human {
            return Ok(());
        }
        Err(ApiError::forbidden(
            "human_required",
            "this requires a person; your token does not show that a person signed in",
        ))
    }
}

/// Verifies tokens.
#[derive(Clone)]
pub struct Verifier {
    config: AuthConfig,
    jwks: Arc<Jwks>,
}

impl Verifier {
    /// Creates a verifier from the configuration.
    ///
    /// # Errors
    /// The problem with `HEADGATE_OIDC_JWKS`, as text.
    pub fn new(config: AuthConfig) -> Result<Self, String> {
        let jwks = Jwks::new(&config.jwks).map_err(|e| format!("{}: {e}", variables::OIDC_JWKS))?;
        Ok(Self { config, jwks: Arc::new(jwks) })
    }

    /// Verifies a bearer token (RFC 7519, RFC 8725) and returns its principal.
    ///
    /// # Errors
    /// 401 with a code `token_…` if the token is not valid; 503 if the issuer's keys cannot be fetched.
    pub async fn verify(&self, token: &str) -> Result<Principal, ApiError> {
        let header = decode_header(token).map_err(|_| malformed())?;
        if !ALGORITHMS.contains(&header.alg) {
            return Err(unauthorized(
                "token_algorithm",
                "the token's algorithm is not accepted; use EdDSA, ES256, ES384, RS256 or PS256",
            ));
        }
        let key = self.jwks.key(header.kid.as_deref()).await.map_err(|problem| {
            tracing::error!(error = problem, "the issuer's keys cannot be fetched");
            ApiError::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "issuer_unavailable",
                "the token issuer's keys cannot be fetched; try again later",
            )
        })?;
        let forged = || unauthorized("token_forged", "the token is not signed by the issuer");
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
                unauthorized("token_immature", "the token is not valid yet; try again later")
            }
            ErrorKind::InvalidIssuer => {
                unauthorized("token_issuer", "the token is from an issuer that is not accepted")
            }
            ErrorKind::InvalidAudience => {
                unauthorized("token_audience", "the token is not for the audience of this API")
            }
            ErrorKind::InvalidSignature | ErrorKind::InvalidAlgorithm => forged(),
            _ => malformed(),
        })?;
        self.principal(&claims.claims)
    }

    fn principal(&self, claims: &Value) -> Result<Principal, ApiError> {
        let text = |name: &str| claims.get(name).and_then(Value::as_str).filter(|s| !s.is_empty());
        let claim = &self.config.principal_claim;
        let id = text(claim).map(PrincipalId::from).filter(PrincipalId::is_valid);
        let Some(id) = id else {
            let message = format!(
                "the claim `{claim}` of the token must name you in 1 to 255 visible ASCII characters; ask an administrator of the token issuer"
            );
            return Err(unauthorized("token_principal", &message));
        };
        let roles: Vec<String> = match claims.get(&self.config.roles_claim) {
            Some(Value::Array(roles)) => {
                roles.iter().filter_map(Value::as_str).map(str::to_owned).collect()
            }
            Some(Value::String(roles)) => roles.split_whitespace().map(str::to_owned).collect(),
            _ => Vec::new(),
        };
        let agent = roles.iter().any(|r| r == AGENT);
        let person = self.config.person.as_ref().is_some_and(|evidence| evidence.is_in(claims));
        let kind = if person && !agent { ActorKind::Human } else { ActorKind::Agent };
        Ok(Principal { id, kind, roles, human_owner: text("human_owner").map(PrincipalId::from) })
    }
}

fn unauthorized(code: &str, message: &str) -> ApiError {
    ApiError::new(StatusCode::UNAUTHORIZED, code, message)
}

fn malformed() -> ApiError {
    unauthorized("token_malformed", "the token is not a valid JWT with exp, iss, aud and sub")
}

/// The verified caller of a request. A request without a valid token gets 401.
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
            .ok_or_else(|| {
                unauthorized(
                    "token_missing",
                    "the request has no token; send `Authorization: Bearer <token>`",
                )
            })?;
        verifier.verify(token.trim()).await.map(Self)
    }
}
