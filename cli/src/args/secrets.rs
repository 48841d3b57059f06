//! Arguments of `keys` and `token`.

use std::path::PathBuf;

use clap::Subcommand;
use headgate_events::PrincipalId;

#[derive(Debug, Subcommand)]
pub(crate) enum Keys {
    /// Create the permit key, unless it exists
    Init {
        /// Name or ARN of the secret
        #[arg(long)]
        secret: String,
    },
    /// Create a new permit key; permits signed with the previous key stay valid for up to one more hour
    Rotate {
        /// Name or ARN of the secret
        #[arg(long)]
        secret: String,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Token {
    /// Create an issuer key, unless it exists
    Init {
        /// Folder for the issuer key and tokens
        #[arg(long)]
        dir: PathBuf,
    },
    /// Print the issuer's public key as a JSON Web Key Set
    Jwks {
        /// Folder for the issuer key and tokens
        #[arg(long)]
        dir: PathBuf,
    },
    /// Sign a token and store it in the folder
    Mint {
        /// Folder for the issuer key and tokens
        #[arg(long)]
        dir: PathBuf,
        /// Principal that the token identifies
        #[arg(long)]
        subject: PrincipalId,
        /// Role, such as proposer, approver, executor, operator, evaluator, security, agent or machine; repeatable. With agent or machine, the token is not a person's
        #[arg(long)]
        role: Vec<String>,
        /// Person who is responsible for the agent, if the principal is an agent
        #[arg(long)]
        human_owner: Option<PrincipalId>,
        /// Lifetime of the token in seconds
        #[arg(long, default_value_t = 86_400)]
        lifetime: i64,
    },
}
