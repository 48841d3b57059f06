//! `headgate keys` and `headgate token`.

use serde_json::json;

use crate::args::{Global, Keys, Token};
use crate::fail::Failure;
use crate::token::Issuer;
use crate::{aws, output};

pub(super) fn keys(global: &Global, args: Keys) -> Result<(), Failure> {
    match args {
        Keys::Init { secret } => {
            let made = aws::init_keys(&secret)?;
            if global.json {
                output::json(&json!({ "secret": secret, "made": made }));
            } else if made {
                output::line(format!("created the permit key in {secret}"));
            } else {
                output::line(format!("{secret} already has a permit key; nothing was changed"));
            }
        }
        Keys::Rotate { secret } => {
            let kid = aws::rotate_keys(&secret)?;
            if global.json {
                output::json(&json!({ "secret": secret, "kid": kid }));
            } else {
                output::line(format!(
                    "{kid} is the signing key now; permits signed with the previous key stay valid for up to one more hour"
                ));
            }
        }
    }
    Ok(())
}

pub(super) fn token(global: &Global, args: Token) -> Result<(), Failure> {
    match args {
        Token::Init { dir } => {
            Issuer::open(&dir).map_err(Failure::usage)?;
            if !global.json {
                output::line(format!("the issuer key is in {}", dir.display()));
            }
        }
        Token::Jwks { dir } => {
            let issuer = Issuer::open(&dir).map_err(Failure::usage)?;
            output::line(issuer.jwks());
        }
        Token::Mint { dir, subject, role, human_owner, lifetime } => {
            let issuer = Issuer::open(&dir).map_err(Failure::usage)?;
            let token =
                issuer.mint(&subject, &role, human_owner, lifetime).map_err(Failure::usage)?;
            let path = issuer.keep(&subject, &token).map_err(Failure::usage)?;
            if global.json {
                output::json(&json!({ "subject": subject, "roles": role, "file": path }));
            } else {
                output::line(path.display());
            }
        }
    }
    Ok(())
}
