//! Values that their names say are secret: `password`, `DB_PASSWORD`, `api_key`.

/// Ends of names of secrets, in lower case and without separators.
const SECRETS: [&str; 22] = [
    "password",
    "passwd",
    "passphrase",
    "passwordwo",
    "userpassword",
    "secret",
    "secretstring",
    "secretstringwo",
    "secretkey",
    "secretbinary",
    "token",
    "apikey",
    "apisecret",
    "privatekey",
    "accesskey",
    "signingkey",
    "encryptionkey",
    "credential",
    "credentials",
    "presharedkey",
    "connectionstring",
    "keymaterialbase64",
];

/// Names that end like those of secrets, but are not: tokens that make a request idempotent, and settings.
const OTHERS: [&str; 9] = [
    "creationtoken",
    "clienttoken",
    "clientrequesttoken",
    "updatetoken",
    "httptoken",
    "idempotencytoken",
    "pagetoken",
    "nexttoken",
    "enablesecret",
];

/// Whether a name says that its value is secret.
pub(super) fn is_secret(name: &str) -> bool {
    let joined: String =
        name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    SECRETS.iter().any(|end| joined.ends_with(end)) && !OTHERS.contains(&joined.as_str())
}

/// Whether a value is the secret itself, not the name or address of one, or a setting.
pub(super) fn is_value(name: &str, value: &str) -> bool {
    let value = value.trim();
    let refers =
        ["arn:", "/", "alias/", "{{", "${", "$(", "http://", "https://", "sha256:", "projects/"];
    let setting =
        ["", "true", "false", "none", "null", "required", "optional", "enabled", "disabled"];
    if refers.iter().any(|start| value.starts_with(start))
        || setting.contains(&value.to_ascii_lowercase().as_str())
        || value.contains(":secretsmanager:")
    {
        return false;
    }
    let name = name.to_ascii_lowercase();
    if ["password", "passwd", "passphrase", "password_wo"].iter().any(|end| name.ends_with(end)) {
        return true;
    }
    // The name of a secret, such as `shop-prod/db`, has words; a key has digits or both cases.
    let digits = value.bytes().any(|b| b.is_ascii_digit());
    let lower = value.bytes().any(|b| b.is_ascii_lowercase());
    let upper = value.bytes().any(|b| b.is_ascii_uppercase());
    value.len() >= 8 && !value.contains('/') && (digits || (lower && upper) || value.contains(' '))
        || value.trim_start().starts_with('{') && value.len() > 8
}

#[cfg(test)]
mod tests {
    use super::{is_secret, is_value};

    #[test]
    fn names_of_secrets_are_told_from_names_about_secrets() {
        for name in [
            "password",
            "DB_PASSWORD",
            "masterPassword",
            "api_key",
            "apiKey",
            "client-secret",
            "secret_string",
            "STRIPE_SECRET_KEY",
            "auth_token",
            "tunnel1_preshared_key",
            "password_wo",
            "master_user_password",
        ] {
            assert!(is_secret(name), "{name}");
        }
        for name in [
            "secret_arn",
            "DB_SECRET_NAME",
            "password_length",
            "key_name",
            "creation_token",
            "token_url",
            "kms_key_id",
            "password_policy",
            "http_tokens",
            "token_validity_units",
            "SECRET_ID",
        ] {
            assert!(!is_secret(name), "{name}");
        }
    }

    #[test]
    fn secrets_are_told_from_their_addresses() {
        for (name, value) in [
            ("password", "hunter"),
            ("DB_PASSWORD", "correct horse"),
            ("api_key", "9f8e7d6c5b4a"),
            ("token", "AbCdEfGhIj"),
            ("secret_string", "{\"password\": \"x\"}"),
        ] {
            assert!(is_value(name, value), "{name} = {value}");
        }
        for (name, value) in [
            ("password", ""),
            ("DB_PASSWORD", "arn:aws:secretsmanager:eu-central-1:123456789012:secret:db"),
            ("DB_SECRET", "shop-prod-db"),
            ("DB_SECRET", "shop/prod/db1"),
            ("API_TOKEN", "/shop/prod/token1"),
            ("enable_token", "true"),
            ("token", "short"),
            ("password", "${DB_PASSWORD}"),
        ] {
            assert!(!is_value(name, value), "{name} = {value}");
        }
    }
}
