//! Arguments of `webhook`.

use clap::Subcommand;

#[derive(Debug, Subcommand)]
pub(crate) enum Webhook {
    /// Add an endpoint and print its signing secret, which is not shown again
    Add {
        /// Name or ARN of the secret that stores the endpoints
        #[arg(long)]
        secret: String,
        /// Name of the endpoint: 1 to 32 characters from a-z, 0-9 and -
        #[arg(long)]
        name: String,
        /// URL of the endpoint; must begin with https://
        #[arg(long)]
        url: String,
    },
    /// List the names of the endpoints, without URLs and signing secrets
    List {
        /// Name or ARN of the secret that stores the endpoints
        #[arg(long)]
        secret: String,
    },
    /// Rotate the signing secret: the first run adds a new secret, the second run removes the old one
    Rotate {
        /// Name or ARN of the secret that stores the endpoints
        #[arg(long)]
        secret: String,
        /// Name of the endpoint
        #[arg(long)]
        name: String,
    },
    /// Remove an endpoint
    Remove {
        /// Name or ARN of the secret that stores the endpoints
        #[arg(long)]
        secret: String,
        /// Name of the endpoint
        #[arg(long)]
        name: String,
    },
}
