# Traces are stored without a key of the account.
# Source: AVD-AWS (X-Ray encryption at rest), https://docs.aws.amazon.com/xray/latest/devguide/xray-console-encryption.html
# Warns: the approvers decide
# Fault at: aws_xray_encryption_config.traces_fault
# Near miss at: aws_xray_encryption_config.traces_near

resource "aws_kms_key" "traces" {
  description         = "Traces"
  enable_key_rotation = true
}

resource "aws_xray_encryption_config" "traces_fault" {
  type = "NONE"
}

resource "aws_xray_encryption_config" "traces_near" {
  type   = "KMS"
  key_id = aws_kms_key.traces.arn
}
