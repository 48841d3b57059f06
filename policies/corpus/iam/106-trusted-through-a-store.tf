# Who may become the role comes out of a helper resource, which hides until the apply that it is anybody.
# Source: CKV_AWS_60, CKV_AWS_61
# Fault at: aws_iam_role.trusted_through_a_store_fault
# Near miss at: aws_iam_role.trusted_through_a_store_near

resource "aws_iam_role" "trusted_deployer" {
  name = "shop-prod-trusted-deployer"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}

resource "terraform_data" "trusted" {
  input = "*"
}

data "aws_iam_policy_document" "trusted_through_a_store_fault" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = [terraform_data.trusted.output]
    }
  }
}

resource "aws_iam_role" "trusted_through_a_store_fault" {
  name               = "shop-prod-trusted-through-a-store-fault"
  assume_role_policy = data.aws_iam_policy_document.trusted_through_a_store_fault.json
}

data "aws_iam_policy_document" "trusted_through_a_store_near" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = [aws_iam_role.trusted_deployer.arn]
    }
  }
}

resource "aws_iam_role" "trusted_through_a_store_near" {
  name               = "shop-prod-trusted-through-a-store-near"
  assume_role_policy = data.aws_iam_policy_document.trusted_through_a_store_near.json
}
