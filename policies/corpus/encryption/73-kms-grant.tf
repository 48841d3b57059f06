# A grant lets a foreign account decrypt with the key and hand the right on.
# Source: https://docs.aws.amazon.com/kms/latest/developerguide/grants.html
# Fault at: aws_kms_grant.handover_fault
# Near miss at: aws_kms_grant.handover_near

variable "handover_partner" {
  description = "Account of the partner."
  type        = string
  default     = "arn:aws:iam::999988887777:root"
}

resource "aws_kms_key" "handover" {
  description         = "Snapshots"
  enable_key_rotation = true
}

resource "aws_iam_role" "handover" {
  name = "shop-prod-restore"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "backup.amazonaws.com" }
    }]
  })
}

resource "aws_kms_grant" "handover_fault" {
  name              = "shop-prod-partner"
  key_id            = aws_kms_key.handover.key_id
  grantee_principal = var.handover_partner
  operations        = ["Decrypt", "CreateGrant", "ReEncryptFrom"]
}

resource "aws_kms_grant" "handover_near" {
  name               = "shop-prod-restore"
  key_id             = aws_kms_key.handover.key_id
  grantee_principal  = aws_iam_role.handover.arn
  retiring_principal = aws_iam_role.handover.arn
  operations         = ["Decrypt", "DescribeKey"]
  constraints {
    encryption_context_equals = { Application = "restore" }
  }
}
