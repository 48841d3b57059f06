//! Signed notes: <https://c2sp.org/signed-note>.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use sha2::{Digest as _, Sha256};

/// Ed25519, as in the first byte of a key.
const ED25519: u8 = 1;
/// Most signatures of a note. The format says that at least 16 must be read.
const MOST_SIGNATURES: usize = 64;
/// Most bytes of a note.
const MOST_BYTES: usize = 16 * 1024;
const DASH: &str = "\u{2014} ";

/// Why a key or a note is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// Not `name+id+key`, with an Ed25519 key that has this id.
    #[error(
        "this is not the public key of a log; it looks like `log.example.com/headgate+1a2b3c4d+AX…`"
    )]
    Key,
    /// Not `PRIVATE+KEY+name+id+key`.
    #[error("this is not the private key of a log; create one with `headgate log init`")]
    PrivateKey,
    /// The name of a key is empty, or contains a space or a `+`.
    #[error("`{0}` cannot be the name of a log: it must not be empty, nor contain spaces or `+`")]
    Name(String),
    /// Not a note: text, an empty line, and signatures.
    #[error("this is not a signed note")]
    Malformed,
    /// No signature is by the key that was asked for.
    #[error("not signed by {0}")]
    Unsigned(String),
    /// A signature by that key does not fit the text.
    #[error("the signature by {0} is invalid: the text was changed, or somebody else signed it")]
    Signature(String),
    /// The system returned no random bytes.
    #[error("the system returned no random bytes")]
    Random,
}

/// The public key of a log or a witness, as `name+id+key`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verifier {
    name: String,
    key: VerifyingKey,
}

/// The private key of a log.
#[derive(Clone)]
pub struct Signer {
    name: String,
    key: SigningKey,
}

impl std::fmt::Debug for Signer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Signer").field("name", &self.name).finish_non_exhaustive()
    }
}

/// First four bytes of the SHA-256 of name and key.
fn id(name: &str, key: &VerifyingKey) -> [u8; 4] {
    let hash = Sha256::new()
        .chain_update(name)
        .chain_update([b'\n', ED25519])
        .chain_update(key.as_bytes())
        .finalize();
    hash.first_chunk().copied().unwrap_or_default()
}

fn hex(id: [u8; 4]) -> String {
    format!("{:08x}", u32::from_be_bytes(id))
}

fn checked(name: &str) -> Result<&str, NoteError> {
    let good = |c: char| !c.is_whitespace() && !c.is_control() && c != '+';
    match !name.is_empty() && name.chars().all(good) {
        true => Ok(name),
        false => Err(NoteError::Name(name.to_owned())),
    }
}

/// The 32 bytes of a key, after the byte of its algorithm.
fn key(text: &str) -> Option<[u8; 32]> {
    let bytes = STANDARD.decode(text).ok()?;
    let (kind, key) = bytes.split_first()?;
    (*kind == ED25519).then_some(key)?.try_into().ok()
}

impl std::str::FromStr for Verifier {
    type Err = NoteError;

    fn from_str(text: &str) -> Result<Self, NoteError> {
        let mut parts = text.trim().splitn(3, '+');
        let (Some(name), Some(said), Some(bytes)) = (parts.next(), parts.next(), parts.next())
        else {
            return Err(NoteError::Key);
        };
        let key = key(bytes).and_then(|bytes| VerifyingKey::from_bytes(&bytes).ok());
        let key = key.filter(|key| !key.is_weak()).ok_or(NoteError::Key)?;
        let name = checked(name)?.to_owned();
        (said == hex(id(&name, &key))).then_some(Self { name, key }).ok_or(NoteError::Key)
    }
}

impl std::fmt::Display for Verifier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut bytes = vec![ED25519];
        bytes.extend(self.key.as_bytes());
        let id = hex(id(&self.name, &self.key));
        write!(f, "{}+{id}+{}", self.name, STANDARD.encode(bytes))
    }
}

impl Verifier {
    /// Name of the log.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the text of a note that this key signed. Signatures of other keys, such as those of witnesses, are not looked at.
    ///
    /// # Errors
    /// [`NoteError`].
    pub fn open<'a>(&self, note: &'a str) -> Result<&'a str, NoteError> {
        let (text, signatures) = split(note)?;
        let ours =
            signatures.iter().filter(|s| s.name == self.name && s.id == id(&self.name, &self.key));
        let mut found = false;
        for Signed { bytes, .. } in ours {
            let signature = Signature::from_slice(bytes).ok();
            let good =
                signature.is_some_and(|s| self.key.verify_strict(text.as_bytes(), &s).is_ok());
            if !good {
                return Err(NoteError::Signature(self.name.clone()));
            }
            found = true;
        }
        found.then_some(text).ok_or_else(|| NoteError::Unsigned(self.name.clone()))
    }
}

/// A line of a signature.
struct Signed<'a> {
    name: &'a str,
    id: [u8; 4],
    bytes: Vec<u8>,
}

fn split(note: &str) -> Result<(&str, Vec<Signed<'_>>), NoteError> {
    let control = |c: char| c.is_control() && c != '\n';
    if note.len() > MOST_BYTES || note.contains(control) {
        return Err(NoteError::Malformed);
    }
    let at = note.rfind("\n\n").ok_or(NoteError::Malformed)?;
    let (text, signatures) = note.split_at(at + 1);
    let signatures = signatures.strip_prefix('\n').and_then(|s| s.strip_suffix('\n'));
    let lines: Vec<_> = signatures.ok_or(NoteError::Malformed)?.split('\n').collect();
    if lines.len() > MOST_SIGNATURES {
        return Err(NoteError::Malformed);
    }
    let lines = lines.into_iter().map(signature).collect::<Option<_>>();
    Ok((text, lines.ok_or(NoteError::Malformed)?))
}

fn signature(line: &str) -> Option<Signed<'_>> {
    let (name, rest) = line.strip_prefix(DASH)?.split_once(' ')?;
    let all = STANDARD.decode(rest).ok()?;
    let (id, bytes) = all.split_first_chunk::<4>()?;
    checked(name).ok()?;
    (!bytes.is_empty()).then(|| Signed { name, id: *id, bytes: bytes.to_vec() })
}

impl Signer {
    /// Creates a key.
    ///
    /// # Errors
    /// [`NoteError::Name`] or [`NoteError::Random`].
    pub fn new(name: &str) -> Result<Self, NoteError> {
        let mut seed = [0; 32];
        getrandom::fill(&mut seed).map_err(|_| NoteError::Random)?;
        Self::from_seed(name, &seed)
    }

    /// The key with this seed.
    ///
    /// # Errors
    /// [`NoteError::Name`].
    pub fn from_seed(name: &str, seed: &[u8; 32]) -> Result<Self, NoteError> {
        Ok(Self { name: checked(name)?.to_owned(), key: SigningKey::from_bytes(seed) })
    }

    /// Reads what [`Self::to_text`] wrote.
    ///
    /// # Errors
    /// [`NoteError::PrivateKey`].
    pub fn parse(text: &str) -> Result<Self, NoteError> {
        let rest = text.trim().strip_prefix("PRIVATE+KEY+").ok_or(NoteError::PrivateKey)?;
        let mut parts = rest.splitn(3, '+');
        let (Some(name), Some(said), Some(seed)) = (parts.next(), parts.next(), parts.next())
        else {
            return Err(NoteError::PrivateKey);
        };
        let seed = key(seed).ok_or(NoteError::PrivateKey)?;
        let signer = Self::from_seed(name, &seed)?;
        let right = said == hex(id(name, &signer.key.verifying_key()));
        right.then_some(signer).ok_or(NoteError::PrivateKey)
    }

    /// The private key as text. Store it only in Secrets Manager.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut bytes = vec![ED25519];
        bytes.extend(self.key.as_bytes());
        let id = hex(id(&self.name, &self.key.verifying_key()));
        format!("PRIVATE+KEY+{}+{id}+{}", self.name, STANDARD.encode(bytes))
    }

    /// Name of the log.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The public key.
    #[must_use]
    pub fn verifier(&self) -> Verifier {
        Verifier { name: self.name.clone(), key: self.key.verifying_key() }
    }

    /// Signs a text, which ends with a line break.
    #[must_use]
    pub fn sign(&self, text: &str) -> String {
        let mut bytes = id(&self.name, &self.key.verifying_key()).to_vec();
        bytes.extend(self.key.sign(text.as_bytes()).to_bytes());
        format!("{text}\n{DASH}{} {}\n", self.name, STANDARD.encode(bytes))
    }
}
