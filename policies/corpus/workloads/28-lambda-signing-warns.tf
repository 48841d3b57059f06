# Unsigned code is deployed all the same; the policy only warns.
# Source: CKV_AWS_272, https://docs.aws.amazon.com/lambda/latest/dg/configuration-codesigning.html
# Fault at: aws_lambda_code_signing_config.warn_fault
# Near miss at: aws_lambda_code_signing_config.warn_near

resource "aws_lambda_code_signing_config" "warn_fault" {
  description = "Warns of unsigned code"
  allowed_publishers {
    signing_profile_version_arns = [aws_signer_signing_profile.work.version_arn]
  }
  policies { untrusted_artifact_on_deployment = "Warn" }
}

resource "aws_lambda_code_signing_config" "warn_near" {
  description = "Enforces signed code, warn mode is over"
  allowed_publishers {
    signing_profile_version_arns = [aws_signer_signing_profile.work.version_arn]
  }
  policies { untrusted_artifact_on_deployment = "Enforce" }
}
