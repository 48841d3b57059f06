# The policy, whose action is written with a character code, lets its holder change who may become any role.
# Source: pathfinding.cloud iam-012, CKV_AWS_286
# Fault at: aws_iam_policy.escaped_fault
# Near miss at: aws_iam_policy.escaped_near

resource "aws_iam_policy" "escaped_fault" {
  name   = "shop-prod-escaped-fault"
  policy = <<-EOT
    {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "iam:Update\u0041ssumeRole\u0050olicy", "Resource": "arn:aws:iam::*:role/*"}}
  EOT
}

resource "aws_iam_policy" "escaped_near" {
  name   = "shop-prod-escaped-near"
  policy = <<-EOT
    {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "iam:Update\u0052oleDescription", "Resource": "arn:aws:iam::*:role/shop-prod-*"}}
  EOT
}
