# The change lets the partner use any external id instead of the agreed one.
# Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html
# Fault at: aws_iam_role.agreed_fault
# Near miss at: aws_iam_role.agreed_near

# Exists before: see before/main.tf.
resource "aws_iam_role" "agreed_fault" {
  name               = "shop-prod-agreed-fault"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "arn:aws:iam::999988887777:role/scanner" }, Condition = { StringLike = { "sts:ExternalId" = "*" } } }] })
}

resource "aws_iam_role" "agreed_near" {
  name               = "shop-prod-agreed-near"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "arn:aws:iam::${var.agreed_account}:role/scanner" }, Condition = { StringEquals = { "sts:ExternalId" = "shop-9a8b7c6d" } } }] })
}

variable "agreed_account" {
  description = "Account of a partner of the organization, one of trusted_accounts."
  type        = string
  default     = "444455556666"
}
