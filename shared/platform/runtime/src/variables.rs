//! Names of the environment variables that functions read. The module `fleet` in Terraform sets them; a structure
//! test compares the two.

// Tables, buckets, queues and topics.

/// Name of the ledger table.
pub const LEDGER_TABLE: &str = "HEADGATE_LEDGER_TABLE";
/// Name of the table of figures, evaluations and standings.
pub const METRICS_TABLE: &str = "HEADGATE_METRICS_TABLE";
/// Name of the quarantine table.
pub const QUARANTINE_TABLE: &str = "HEADGATE_QUARANTINE_TABLE";
/// Name of the table of leases.
pub const LEASES_TABLE: &str = "HEADGATE_LEASES_TABLE";
/// Names of all tables with an outbox, as JSON.
pub const OUTBOX_TABLES: &str = "HEADGATE_OUTBOX_TABLES";
/// Name of the bucket of artifacts.
pub const ARTIFACT_BUCKET: &str = "HEADGATE_ARTIFACT_BUCKET";
/// Name of the bucket of quarantined messages.
pub const QUARANTINE_BUCKET: &str = "HEADGATE_QUARANTINE_BUCKET";
/// Name of the transparency log's own table.
pub const LOG_TABLE: &str = "HEADGATE_LOG_TABLE";
/// Name of the transparency log's bucket.
pub const LOG_BUCKET: &str = "HEADGATE_LOG_BUCKET";
/// Name of the event bus.
pub const BUS: &str = "HEADGATE_BUS";
/// URL of the consumer's dead-letter queue.
pub const DLQ_URL: &str = "HEADGATE_DLQ_URL";
/// ARN of the topic for people.
pub const TOPIC_ARN: &str = "HEADGATE_TOPIC_ARN";
/// ARN of the approval workflow.
pub const STATE_MACHINE_ARN: &str = "HEADGATE_STATE_MACHINE_ARN";
/// Keys in KMS that sign permits, as a JSON array of ARNs.
pub const PERMIT_KEYS: &str = "HEADGATE_PERMIT_KEYS";
/// Name of the secret that contains the keys of permits.
pub const PERMIT_SECRET: &str = "HEADGATE_PERMIT_SECRET";
/// Name of the secret that contains the key of the transparency log.
pub const LOG_SECRET: &str = "HEADGATE_LOG_SECRET";
/// Name of the secret that contains the receivers of webhooks.
pub const WEBHOOK_SECRET: &str = "HEADGATE_WEBHOOK_SECRET";

// What the fleet serves.

/// The environments, as JSON.
pub const ENVIRONMENTS: &str = "HEADGATE_ENVIRONMENTS";
/// The team's own types of engagements, as JSON.
pub const ENGAGEMENT_TYPES: &str = "HEADGATE_ENGAGEMENT_TYPES";
/// The registered agents, as JSON.
pub const AGENTS: &str = "HEADGATE_AGENTS";
/// Every consumer with its queues, as JSON.
pub const CONSUMERS: &str = "HEADGATE_CONSUMERS";
/// Artifact with the team's own policies, as JSON.
pub const TEAM_POLICIES: &str = "HEADGATE_TEAM_POLICIES";
/// The models that can be evaluated, as JSON.
pub const MODELS: &str = "HEADGATE_MODELS";
/// Senders that may report signals, as JSON.
pub const SIGNAL_SOURCES: &str = "HEADGATE_SIGNAL_SOURCES";
/// Roles of senders outside of the fleet, by source, as JSON.
pub const SENDER_ROLES: &str = "HEADGATE_SENDER_ROLES";
/// Rules for a model's standing, as JSON.
pub const STANDING: &str = "HEADGATE_STANDING";
/// Highest lane of a model that has no standing.
pub const UNPROVEN_LANE: &str = "HEADGATE_UNPROVEN_LANE";
/// Senders that may request evaluations, as JSON.
pub const EVAL_REQUESTERS: &str = "HEADGATE_EVAL_REQUESTERS";

// Limits.

/// Most that an evaluation may cost, in US dollars.
pub const EVAL_MAX_USD: &str = "HEADGATE_EVAL_MAX_USD";
/// Time limit of a case of an evaluation, in seconds.
pub const EVAL_CASE_TIMEOUT_SECONDS: &str = "HEADGATE_EVAL_CASE_TIMEOUT_SECONDS";
/// Lifetime of a permit, in seconds.
pub const PERMIT_SECONDS: &str = "HEADGATE_PERMIT_SECONDS";
/// Most redrives of one quarantined message.
pub const REDRIVE_CAP: &str = "HEADGATE_REDRIVE_CAP";
/// First pause before a message is retried, in seconds. Each further one is twice as long.
pub const RETRY_BASE_SECONDS: &str = "HEADGATE_RETRY_BASE_SECONDS";

// Identity.

/// Issuer of the tokens that the API accepts.
pub const OIDC_ISSUER: &str = "HEADGATE_OIDC_ISSUER";
/// Audience of the tokens that the API accepts.
pub const OIDC_AUDIENCE: &str = "HEADGATE_OIDC_AUDIENCE";
/// The issuer's keys: a URL, or the JSON itself.
pub const OIDC_JWKS: &str = "HEADGATE_OIDC_JWKS";
/// The claim that names the principal.
pub const PRINCIPAL_CLAIM: &str = "HEADGATE_PRINCIPAL_CLAIM";
/// What shows that a person signed in, as JSON: a claim and its values.
pub const PERSON_EVIDENCE: &str = "HEADGATE_PERSON_EVIDENCE";
/// The claim that contains the roles.
pub const ROLES_CLAIM: &str = "HEADGATE_ROLES_CLAIM";

// The rest.

/// Version of the function, for quarantined messages.
pub const BUILD: &str = "HEADGATE_BUILD";
/// Filter of the log, as in `RUST_LOG`.
pub const LOG: &str = "HEADGATE_LOG";
/// Prefix of the names of the fleet's resources.
pub const NAME_PREFIX: &str = "HEADGATE_NAME_PREFIX";
/// Link to a change in notifications; `{change}` is replaced.
pub const CHANGE_LINK: &str = "HEADGATE_CHANGE_LINK";
