# A role of the plan trusts the role of Headgate, so that the plan borrows its rights.
# Source: https://attack.mitre.org/techniques/T1548/
# Fault at: aws_iam_role.hgtrust_fault
# Near miss at: aws_iam_role.hgtrust_near

resource "aws_iam_role" "hgtrust_fault" {
  tags  = { CreatedBy = "agent" }
  name               = "shop-prod-hgtrust-fault"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "arn:aws:iam::123456789012:role/headgate-executor" } }] })
}

resource "aws_iam_role" "hgtrust_near" {
  tags  = { CreatedBy = "agent" }
  name               = "shop-prod-hgtrust-near"
  description        = "Assumed by builds only, never by Headgate"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "codebuild.amazonaws.com" } }] })
}
