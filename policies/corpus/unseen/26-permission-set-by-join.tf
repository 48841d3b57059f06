# A permission set for people gets the administrator's policy, whose ARN is put together from parts.
# Source: CKV_AWS_274, CIS 1.16
# Fault at: aws_ssoadmin_managed_policy_attachment.joined_fault
# Near miss at: aws_ssoadmin_managed_policy_attachment.joined_near

locals {
  joined_instance = "arn:aws:sso:::instance/ssoins-1234567890abcdef"
  joined_words    = ["View", "Only", "Administrator", "Access"]
}

resource "aws_ssoadmin_permission_set" "joined" {
  name             = "shop-prod-support"
  description      = "Support"
  instance_arn     = local.joined_instance
  session_duration = "PT1H"
}

resource "aws_ssoadmin_managed_policy_attachment" "joined_fault" {
  instance_arn       = local.joined_instance
  permission_set_arn = aws_ssoadmin_permission_set.joined.arn
  managed_policy_arn = join("/", ["arn:aws:iam::aws:policy", join("", slice(local.joined_words, 2, 4))])
}

resource "aws_ssoadmin_managed_policy_attachment" "joined_near" {
  instance_arn       = local.joined_instance
  permission_set_arn = aws_ssoadmin_permission_set.joined.arn
  managed_policy_arn = join("/", ["arn:aws:iam::aws:policy", "job-function", "${local.joined_words[0]}${local.joined_words[1]}${local.joined_words[3]}"])
}
