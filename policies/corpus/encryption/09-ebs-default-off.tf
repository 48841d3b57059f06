# New volumes of the account are no longer encrypted by default.
# Source: EC2.7, CKV_AWS_106, CIS AWS 2.2.1
# Fault at: aws_ebs_encryption_by_default.default_fault
# Near miss at: aws_ebs_default_kms_key.default_near

resource "aws_kms_key" "default" {
  description         = "New volumes"
  enable_key_rotation = true
}

resource "aws_ebs_encryption_by_default" "default_fault" {
  enabled = false
}

# Only says which key is used for volumes that are encrypted.
resource "aws_ebs_default_kms_key" "default_near" {
  key_arn = aws_kms_key.default.arn
}
