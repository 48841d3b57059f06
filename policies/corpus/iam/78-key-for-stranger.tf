# Another company's account may use the key and hand it on.
# Source: https://docs.aws.amazon.com/kms/latest/developerguide/create-grant-overview.html
# Fault at: aws_kms_grant.hand_on_fault
# Near miss at: aws_kms_grant.hand_on_near

variable "hand_on_partner" {
  description = "Account of the analysts."
  type        = string
  default     = "999988887777"
}

resource "aws_kms_key" "hand_on" {
  description         = "Orders."
  enable_key_rotation = true
}

resource "aws_iam_role" "hand_on_reader" {
  name = "shop-prod-hand-on-reader"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_kms_grant" "hand_on_fault" {
  name              = "shop-prod-hand-on-fault"
  key_id            = aws_kms_key.hand_on.key_id
  grantee_principal = "arn:aws:iam::${var.hand_on_partner}:role/analytics"
  operations        = ["Decrypt", "GenerateDataKey", "CreateGrant"]
}

resource "aws_kms_grant" "hand_on_near" {
  name              = "shop-prod-hand-on-near"
  key_id            = aws_kms_key.hand_on.key_id
  grantee_principal = aws_iam_role.hand_on_reader.arn
  operations        = ["Decrypt", "DescribeKey"]
  constraints {
    encryption_context_equals = { service = "orders" }
  }
}
