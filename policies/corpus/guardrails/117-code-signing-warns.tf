# Unsigned code is deployed with a warning only.
# Source: CKV_AWS_272, https://docs.aws.amazon.com/lambda/latest/dg/configuration-codesigning.html
# Fault at: aws_lambda_code_signing_config.code_signing_warns_fault
# Near miss at: aws_lambda_code_signing_config.code_signing_warns_near

resource "aws_lambda_code_signing_config" "code_signing_warns_fault" {
  description = "Code of functions"
  allowed_publishers {
    signing_profile_version_arns = ["arn:aws:signer:::/signing-profiles/shop_prod/abcdef1234"]
  }
  policies {
    untrusted_artifact_on_deployment = "Warn"
  }
}

resource "aws_lambda_code_signing_config" "code_signing_warns_near" {
  description = "Code of the functions"
  allowed_publishers {
    signing_profile_version_arns = ["arn:aws:signer:::/signing-profiles/shop_prod/abcdef1234"]
  }
  policies {
    untrusted_artifact_on_deployment = "Enforce"
  }
}
