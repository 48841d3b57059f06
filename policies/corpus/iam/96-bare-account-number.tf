# Another company's account, written as a bare number among others, may become the role.
# Source: Prowler iam_role_cross_account_readonlyaccess_policy, https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
# Fault at: aws_iam_role.bare_fault
# Near miss at: aws_iam_role.bare_near

variable "bare_readers" {
  description = "Who reads the reports."
  type        = list(string)
  default     = ["999988887777"]
}

resource "aws_iam_role" "bare_fault" {
  name = "shop-prod-bare-fault"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = { Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = ["glue.amazonaws.com"], AWS = var.bare_readers } }
  })
}

resource "aws_iam_role" "bare_near" {
  name = "shop-prod-bare-near"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = { Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = ["glue.amazonaws.com", "lakeformation.amazonaws.com"] } }
  })
}
