# The policy lets its holder put any tag on every user and role of the shop, and tags decide access in this account.
# Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_tags.html
# Fault at: aws_iam_policy.tags_are_rights_fault
# Near miss at: aws_iam_policy.tags_are_rights_near

resource "aws_iam_policy" "tags_are_rights_fault" {
  name        = "shop-prod-tags-are-rights-fault"
  description = "What the order service does."
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["iam:TagUser", "iam:TagRole"], Resource = ["arn:aws:iam::*:user/shop-prod-*", "arn:aws:iam::*:role/shop-prod-*"] }]
  })
}

resource "aws_iam_policy" "tags_are_rights_near" {
  name        = "shop-prod-tags-are-rights-near"
  description = "What the order service does."
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["iam:TagUser", "iam:TagRole"], Resource = "arn:aws:iam::*:role/shop-prod-*", Condition = { "ForAllValues:StringEquals" = { "aws:TagKeys" = ["CostCenter"] }, Null = { "aws:TagKeys" = "false" } } }]
  })
}
