# Another company's account may become the role without an external id.
# Source: Prowler iam_role_cross_account_readonlyaccess_policy, https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
# Fault at: aws_iam_role.partner_without_id_fault
# Near miss at: aws_iam_role.partner_without_id_near

resource "aws_iam_role" "partner_without_id_fault" {
  name = "shop-prod-partner-without-id-fault"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "arn:aws:iam::999988887777:root" } }]
  })
}

resource "aws_iam_role" "partner_without_id_near" {
  name = "shop-prod-partner-without-id-near"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "arn:aws:iam::${var.scanner_account}:role/scanner" }, Condition = { StringEquals = { "sts:ExternalId" = "shop-prod-7f0c1e7a-5f0f" } } }]
  })
}

variable "scanner_account" {
  description = "Account of a partner of the organization, one of trusted_accounts."
  type        = string
  default     = "444455556666"
}
