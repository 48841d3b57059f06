//! Webhook endpoints.

use clap::Subcommand;

#[derive(Debug, Subcommand)]
pub(crate) enum Webhook {
    /// Add an endpoint; prints the secret that its requests are signed with, once
    Add {
        /// Name or ARN of the secret that the endpoints are kept in
        #[arg(long)]
        secret: String,
        /// What to call it: 1 to 32 characters of a-z, 0-9 and -
        #[arg(long)]
        name: String,
        /// Where requests go, https://…
        #[arg(long)]
        url: String,
    },
    /// List the endpoints by name; URLs and signing secrets are not shown
    List {
        /// Name or ARN of the secret that the endpoints are kept in
        #[arg(long)]
        secret: String,
    },
    /// Sign with a new secret besides the one before; run it again to drop that one
    Rotate {
        /// Name or ARN of the secret that the endpoints are kept in
        #[arg(long)]
        secret: String,
        /// Which endpoint
        #[arg(long)]
        name: String,
    },
    /// Take an endpoint out
    Remove {
        /// Name or ARN of the secret that the endpoints are kept in
        #[arg(long)]
        secret: String,
        /// Which endpoint
        #[arg(long)]
        name: String,
    },
}
