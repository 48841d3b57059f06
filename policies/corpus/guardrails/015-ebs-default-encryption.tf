# New volumes of the account are no longer encrypted by default.
# Source: EC2.7, CKV_AWS_106
# Fault at: aws_ebs_encryption_by_default.ebs_default_encryption_fault
# Near miss at: aws_ebs_encryption_by_default.ebs_default_encryption_near

resource "aws_ebs_encryption_by_default" "ebs_default_encryption_fault" {
  enabled = false
}

resource "aws_ebs_encryption_by_default" "ebs_default_encryption_near" {
}
