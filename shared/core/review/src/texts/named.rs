//! Values that their names say are secret: `password`, `DB_PASSWORD`, `api_key`.

/// Ends of names of secrets, in lower case and without separators.
const SECRETS: [&str; 23] = [
    "password",
    "passwords",
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
const OTHERS: [&str; 10] = [
    "creationtoken",
    "clienttoken",
    "clientrequesttoken",
    "eventsourcetoken",
    "updatetoken",
    "httptoken",
    "idempotencytoken",
    "pagetoken",
    "nexttoken",
    "nextpagetoken",
];

/// Last words that say which of several secrets it is, not that it is something else.
const WHICH: [&str; 14] = [
    "prod",
    "production",
    "staging",
    "dev",
    "test",
    "primary",
    "secondary",
    "old",
    "new",
    "value",
    "plain",
    "text",
    "wo",
    "base64",
];

/// Whether a name says that its value is secret.
pub(super) fn is_secret(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let mut words: Vec<&str> =
        lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let version = |word: &str| word.trim_start_matches('v').bytes().all(|b| b.is_ascii_digit());
    while words.len() > 1 && words.last().is_some_and(|w| WHICH.contains(w) || version(w)) {
        words.pop();
    }
    let joined: String = words.concat();
    let joined = joined.trim_end_matches(|c: char| c.is_ascii_digit());
    let last = words.last().copied().unwrap_or_default();
    let short = ["pass", "pwd", "dbpass", "pgpass", "dbpwd"].contains(&last);
    (short || SECRETS.iter().any(|end| joined.ends_with(end))) && !OTHERS.contains(&joined)
}

/// Whether a value is the secret itself, not the name or address of one, or a setting.
pub(super) fn is_value(name: &str, value: &str) -> bool {
    let value = value.trim();
    let refers =
        ["arn:", "/", "alias/", "{{", "${", "$(", "http://", "https://", "sha256:", "projects/"];
    let lower_case = value.to_ascii_lowercase();
    if refers.iter().any(|start| value.starts_with(start))
        || SETTINGS.contains(&lower_case.as_str())
        || value.contains(":secretsmanager:")
    {
        return false;
    }
    let letters: String = lower_case.chars().filter(|c| c.is_ascii_alphanumeric()).collect();
    if PLACEHOLDERS.contains(&letters.as_str()) {
        return false;
    }
    let name = name.to_ascii_lowercase();
    let words = value.contains(['-', '/']) && !value.contains(' ');
    if name.ends_with("secret") && words && !value.bytes().any(|b| b.is_ascii_uppercase()) {
        return false;
    }
    if ["pass", "passwd", "passphrase", "pwd"].iter().any(|part| name.contains(part)) {
        return true;
    }
    // The name of a secret or header, such as `shop-prod/db` or `X-CSRF-Token`, has words; a key has digits or both cases.
    let digits = value.bytes().any(|b| b.is_ascii_digit());
    let lower = value.bytes().any(|b| b.is_ascii_lowercase());
    let upper = value.bytes().any(|b| b.is_ascii_uppercase());
    let words = value.contains(['-', '_', '.']) && !(digits && upper);
    let names_a_secret = words && (!digits || name.ends_with("secret"));
    let looks_random = digits || (lower && upper) || value.contains(' ');
    value.len() >= 8 && !value.contains('/') && looks_random && !names_a_secret
        || value.starts_with('{') && value.len() > 8
}

/// Values that somebody replaces later, without what is no letter.
const PLACEHOLDERS: [&str; 3] = ["changeme", "placeholder", "replaceme"];

/// Values that turn something on or off.
const SETTINGS: [&str; 13] = [
    "", "true", "false", "on", "off", "yes", "no", "none", "null", "required", "optional",
    "enabled", "disabled",
];

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
            "DB_PASSWORD_PROD",
            "PASSWORD1",
            "API_KEY_V2",
            "DBPASS",
            "DB_PWD",
            "PGPASS",
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
            "NEXT_PAGE_TOKEN",
            "bypass_limit",
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
            ("RESET_PASSWORD", "on"),
            ("CSRF_TOKEN", "X-CSRF-Token"),
            ("DB_SECRET", "shop-prod-db1-master"),
            ("token", "short"),
            ("password", "${DB_PASSWORD}"),
        ] {
            assert!(!is_value(name, value), "{name} = {value}");
        }
    }
}
