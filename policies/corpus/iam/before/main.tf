# What exists before the cases 80 to 85, 95, 97, 98 and 100 change it.

resource "aws_iam_policy" "denial_fault" {
  name = "shop-prod-denial-fault"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Sid = "Work", Effect = "Allow", Action = ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:DeleteTable"], Resource = "arn:aws:dynamodb:*:*:table/shop-prod-orders" },
    { Sid = "Keep", Effect = "Deny", Action = ["dynamodb:DeleteTable", "dynamodb:DeleteBackup"], Resource = "*" }
  ] })
}

resource "aws_iam_policy" "denial_near" {
  name = "shop-prod-denial-near"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Sid = "Work", Effect = "Allow", Action = ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:DeleteTable"], Resource = "arn:aws:dynamodb:*:*:table/shop-prod-orders" },
    { Sid = "Keep", Effect = "Deny", Action = ["dynamodb:DeleteTable", "dynamodb:DeleteBackup"], Resource = "*" }
  ] })
}

resource "aws_iam_role" "unbound_fault" {
  name                 = "shop-prod-unbound-fault"
  permissions_boundary = "arn:aws:iam::aws:policy/ReadOnlyAccess"
  assume_role_policy   = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }] })
}

resource "aws_iam_role" "unbound_near" {
  name                 = "shop-prod-unbound-near"
  permissions_boundary = "arn:aws:iam::aws:policy/ReadOnlyAccess"
  description          = "Reports"
  assume_role_policy   = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }] })
}

resource "aws_iam_role" "agreed_fault" {
  name               = "shop-prod-agreed-fault"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "arn:aws:iam::999988887777:role/scanner" }, Condition = { StringEquals = { "sts:ExternalId" = "shop-1f2e3d4c" } } }] })
}

resource "aws_iam_role" "agreed_near" {
  name               = "shop-prod-agreed-near"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "arn:aws:iam::444455556666:role/scanner" }, Condition = { StringEquals = { "sts:ExternalId" = "shop-1f2e3d4c" } } }] })
}

resource "aws_organizations_policy" "weaker_fault" {
  name = "shop-prod-weaker-fault"
  type = "SERVICE_CONTROL_POLICY"
  content = jsonencode({ Version = "2012-10-17", Statement = [
    { Sid = "NoLeave", Effect = "Deny", Action = "organizations:LeaveOrganization", Resource = "*" },
    { Sid = "KeepDetector", Effect = "Deny", Action = ["guardduty:DeleteDetector", "guardduty:UpdateDetector"], Resource = "*" }
  ] })
}

resource "aws_organizations_policy" "weaker_near" {
  name = "shop-prod-weaker-near"
  type = "SERVICE_CONTROL_POLICY"
  content = jsonencode({ Version = "2012-10-17", Statement = [
    { Sid = "NoLeave", Effect = "Deny", Action = "organizations:LeaveOrganization", Resource = "*" }
  ] })
}

resource "aws_ssoadmin_permission_set" "longer_fault" {
  name             = "shop-prod-break-glass"
  instance_arn     = "arn:aws:sso:::instance/ssoins-0123456789abcdef"
  session_duration = "PT1H"
}

resource "aws_ssoadmin_permission_set" "longer_near" {
  name             = "shop-prod-support"
  instance_arn     = "arn:aws:sso:::instance/ssoins-0123456789abcdef"
  session_duration = "PT12H"
}

resource "aws_iam_policy" "grows_fault" {
  name = "shop-prod-grows-fault"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Effect = "Allow", Action = ["s3:GetObject"], Resource = "arn:aws:s3:::shop-prod-orders/public/*" }
  ] })
}

resource "aws_iam_policy" "grows_near" {
  name = "shop-prod-grows-near"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Effect = "Allow", Action = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], Resource = "arn:aws:s3:::shop-prod-orders/*" }
  ] })
}

resource "aws_iam_policy" "bypass_fault" {
  name = "shop-prod-bypass-fault"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Sid = "NeedsSecondFactor", Effect = "Deny", NotAction = ["iam:*MFA*", "sts:GetSessionToken"], Resource = "*", Condition = { BoolIfExists = { "aws:MultiFactorAuthPresent" = "false" } } }
  ] })
}

resource "aws_iam_policy" "bypass_near" {
  name = "shop-prod-bypass-near"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Sid = "NeedsSecondFactor", Effect = "Deny", NotAction = ["iam:*MFA*", "sts:GetSessionToken"], Resource = "*", Condition = { Bool = { "aws:MultiFactorAuthPresent" = "false" } } }
  ] })
}

resource "aws_organizations_organization" "rules_fault" {
  feature_set          = "ALL"
  enabled_policy_types = ["SERVICE_CONTROL_POLICY", "TAG_POLICY"]
}

resource "aws_organizations_organization" "rules_near" {
  feature_set          = "ALL"
  enabled_policy_types = ["SERVICE_CONTROL_POLICY"]
}

resource "aws_iam_organizations_features" "members_fault" {
  enabled_features = ["RootCredentialsManagement", "RootSessions"]
}

resource "aws_iam_organizations_features" "members_near" {
  enabled_features = ["RootSessions"]
}

resource "aws_iam_access_key" "again_fault" {
  user   = "shop-prod-importer"
  status = "Inactive"
}

resource "aws_iam_access_key" "again_near" {
  user   = "shop-prod-exporter"
  status = "Active"
}
