//! The artifact bucket.

use aws_sdk_s3::operation::get_object::GetObjectOutput;
use aws_sdk_s3::primitives::ByteStream;
use aws_smithy_mocks::{RuleMode, mock, mock_client};
use headgate_artifacts::Artifacts;

/// A bucket named `artifacts` in which every object has this content.
#[must_use]
pub fn bucket(content: &'static [u8]) -> Artifacts {
    let found = mock!(aws_sdk_s3::Client::get_object).then_output(move || {
        GetObjectOutput::builder()
            .content_length(i64::try_from(content.len()).unwrap())
            .body(ByteStream::from_static(content))
            .build()
    });
    Artifacts::new(mock_client!(aws_sdk_s3, RuleMode::MatchAny, [&found]), "artifacts")
}
