//! The bucket of the transparency log, below the SDK.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};

use aws_sdk_s3::Client as S3;
use aws_sdk_s3::error::ErrorMetadata;
use aws_sdk_s3::operation::get_object::{GetObjectError, GetObjectOutput};
use aws_sdk_s3::operation::put_object::{PutObjectError, PutObjectInput, PutObjectOutput};
use aws_sdk_s3::primitives::ByteStream;
use aws_smithy_mocks::{RuleMode, mock, mock_client};

type Files = BTreeMap<String, Vec<u8>>;

/// A bucket that keeps what is put into it, and has the conditional writes of S3.
#[derive(Clone, Default)]
pub struct LogFiles {
    files: Arc<Mutex<Files>>,
    conflicts: Arc<Mutex<usize>>,
}

fn etag(bytes: &[u8]) -> String {
    format!("\"{}\"", headgate_domain::canonical::sha256_hex(bytes))
}

impl LogFiles {
    /// The files, by key.
    ///
    /// # Panics
    /// If another thread panicked.
    pub fn files(&self) -> MutexGuard<'_, Files> {
        self.files.lock().unwrap()
    }

    /// Answers the next writes with 409, as S3 does while another write of the same object is under way.
    ///
    /// # Panics
    /// If another thread panicked.
    pub fn conflicting(&self, writes: usize) {
        *self.conflicts.lock().unwrap() = writes;
    }

    fn conflicts(&self) -> bool {
        let mut left = self.conflicts.lock().unwrap();
        let conflicts = *left > 0;
        *left = left.saturating_sub(1);
        conflicts
    }

    fn refuses(&self, request: &PutObjectInput) -> bool {
        let before = self.files().get(request.key().unwrap()).map(|bytes| etag(bytes));
        match (request.if_none_match(), request.if_match()) {
            (Some(any), None) => {
                assert_eq!(any, "*", "S3 takes no other");
                before.is_some()
            }
            (None, Some(tag)) => before.as_deref() != Some(tag),
            other => panic!("every write to the log is conditional: {other:?}"),
        }
    }

    /// A client of the bucket.
    #[must_use]
    pub fn client(&self) -> S3 {
        let this = self.clone();
        let missing = mock!(S3::get_object)
            .match_requests(move |request| !this.files().contains_key(request.key().unwrap()))
            .then_error(|| {
                GetObjectError::generic(ErrorMetadata::builder().code("NoSuchKey").build())
            });
        let this = self.clone();
        let get = mock!(S3::get_object).then_compute_output(move |request| {
            let bytes = this.files()[request.key().unwrap()].clone();
            let length = i64::try_from(bytes.len()).unwrap();
            let answer = GetObjectOutput::builder().content_length(length).e_tag(etag(&bytes));
            answer.body(ByteStream::from(bytes)).build()
        });
        let this = self.clone();
        let refused = mock!(S3::put_object)
            .match_requests(move |request| this.refuses(request))
            .then_error(|| {
                let code = ErrorMetadata::builder().code("PreconditionFailed");
                PutObjectError::generic(code.build())
            });
        let this = self.clone();
        let conflict =
            mock!(S3::put_object).match_requests(move |_| this.conflicts()).then_error(|| {
                let code = ErrorMetadata::builder().code("ConditionalRequestConflict");
                PutObjectError::generic(code.build())
            });
        let this = self.clone();
        let put = mock!(S3::put_object).then_compute_output(move |request| {
            let bytes = request.body().bytes().unwrap().to_vec();
            this.files().insert(request.key().unwrap().to_owned(), bytes);
            PutObjectOutput::builder().build()
        });
        mock_client!(aws_sdk_s3, RuleMode::MatchAny, [&missing, &get, &refused, &conflict, &put])
    }
}
