# Every way to grant too many permissions. Each resource is named after its fault.

locals {
  trust = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_iam_policy" "wildcard_action" {
  name = "shop-prod-wildcard-action"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["s3:GetObject", "s3:Put*"], Resource = "arn:aws:s3:::shop-prod-orders/*" },
      { Effect = "Deny", Action = "s3:*", Resource = "*" },
    ]
  })
}

# A single statement and a single action instead of lists.
resource "aws_iam_policy" "wildcard_resource" {
  name = "shop-prod-wildcard-resource"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = { Effect = "Allow", Action = "sqs:SendMessage", Resource = "*" }
  })
}

resource "aws_iam_policy" "wildcard_arn" {
  name = "shop-prod-wildcard-arn"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["s3:GetObject"], Resource = ["arn:aws:s3:::*"] }]
  })
}

resource "aws_iam_policy" "not_action" {
  name = "shop-prod-not-action"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", NotAction = "iam:CreateUser", Resource = "arn:aws:s3:::shop-prod-orders" },
      { Effect = "Allow", Action = "s3:GetObject", NotResource = "arn:aws:s3:::shop-prod-orders" },
    ]
  })
}

resource "aws_iam_policy" "pass_role" {
  name = "shop-prod-pass-role"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "iam:PassRole", Resource = "*" }]
  })
}

resource "aws_iam_policy" "pass_any_role" {
  name = "shop-prod-pass-any-role"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "iam:Pass*", Resource = "arn:aws:iam::aws:role/*" }]
  })
}

# The document is read only during the apply, because the queue's ARN is not known before. The plan contains
# its statements nevertheless.
resource "aws_sqs_queue" "orders" {
  name                    = "shop-prod-orders"
  sqs_managed_sse_enabled = true
  redrive_allow_policy    = jsonencode({ redrivePermission = "allowAll" })
}

data "aws_iam_policy_document" "deferred" {
  statement {
    actions   = ["sqs:*"]
    resources = [aws_sqs_queue.orders.arn]
  }

  statement {
    effect    = "Allow"
    actions   = ["sqs:ListQueues"]
    resources = ["*"]
  }

  statement {
    effect    = "Deny"
    actions   = ["sqs:DeleteQueue*"]
    resources = ["*"]
  }
}

resource "aws_iam_policy" "deferred" {
  name   = "shop-prod-deferred"
  policy = data.aws_iam_policy_document.deferred.json
}

resource "aws_iam_policy" "unknown" {
  name = "shop-prod-unknown"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sqs:*", Resource = aws_sqs_queue.orders.arn }]
  })
}

resource "aws_iam_role" "administrator" {
  name                = "shop-prod-administrator"
  assume_role_policy  = local.trust
  managed_policy_arns = ["arn:aws:iam::aws:policy/AdministratorAccess"]
}

resource "aws_iam_role_policy_attachment" "administrator" {
  role       = "shop-prod-deploy"
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}

resource "aws_iam_user_policy_attachment" "administrator" {
  user       = "shop-prod-deploy"
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}

resource "aws_iam_group_policy_attachment" "administrator" {
  group      = "shop-prod-deploy"
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}

resource "aws_iam_policy_attachment" "administrator" {
  name       = "shop-prod-deploy"
  roles      = ["shop-prod-deploy"]
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}

resource "aws_iam_role" "inline" {
  name               = "shop-prod-inline"
  assume_role_policy = local.trust

  inline_policy {
    name = "reads"
    policy = jsonencode({
      Version = "2012-10-17"
      Statement = [
        { Effect = "Allow", Action = "s3:Get*", Resource = "arn:aws:s3:::shop-prod-orders/*" },
        { Effect = "Deny", Action = "s3:Put*", Resource = "*" },
      ]
    })
  }
}

resource "aws_iam_role_policy" "inline" {
  name = "reads"
  role = "shop-prod-worker"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::shop-prod-orders/*" }]
  })
}

resource "aws_iam_user_policy" "inline" {
  name = "reads"
  user = "shop-prod-worker"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::shop-prod-orders/*" }]
  })
}

resource "aws_iam_group_policy" "inline" {
  name  = "reads"
  group = "shop-prod-workers"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::shop-prod-orders/*" }]
  })
}

resource "aws_iam_role" "trusts_anybody" {
  name = "shop-prod-trusts-anybody"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = "*" }]
  })
}

resource "aws_iam_role" "trusts_any_account" {
  name = "shop-prod-trusts-any-account"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = ["*"] } }]
  })
}

resource "aws_iam_role" "trusts_nobody" {
  name = "shop-prod-trusts-nobody"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole" }]
  })
}

resource "aws_iam_role" "trusts_github" {
  name = "shop-prod-trusts-github"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = "arn:aws:iam::aws:oidc-provider/token.actions.githubusercontent.com" }
      Condition = { StringEquals = { "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com" } }
    }]
  })
}

# The trust policy is a document that is read only during the apply.
data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "AWS"
      identifiers = ["*"]
    }

    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [aws_sqs_queue.orders.arn]
    }
  }
}

resource "aws_iam_role" "trusts_deferred" {
  name               = "shop-prod-trusts-deferred"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

resource "aws_iam_role" "mixed" {
  name = "shop-prod-mixed"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "arn:aws:iam::111122223333:user/dana" } },
      { Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "codebuild.amazonaws.com" } },
    ]
  })
}

resource "aws_iam_role" "mixed_federated" {
  name = "shop-prod-mixed-federated"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "sts:AssumeRoleWithSAML", Principal = { Federated = "arn:aws:iam::111122223333:saml-provider/corp" } },
      {
        Effect    = "Allow"
        Action    = "sts:AssumeRoleWithWebIdentity"
        Principal = { Federated = "arn:aws:iam::111122223333:oidc-provider/ci.example.com" }
      },
    ]
  })
}

# A role that people and the role of an agent can both assume.
resource "aws_iam_role" "mixed_agent" {
  name = "shop-prod-mixed-with-bot"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Action = "sts:AssumeRole"
      Principal = { AWS = [
        "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Dev_0123456789abcdef",
        "arn:aws:iam::111122223333:role/shop-agent",
      ] }
    }]
  })
}

# Wildcards for actions and resources, but not for iam:PassRole.
resource "aws_iam_policy" "service" {
  name = "shop-prod-service"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sqs:Send*", Resource = "*" }]
  })
}

# A subject that matches every repository.
resource "aws_iam_role" "trusts_any_repository" {
  name = "shop-prod-trusts-any-repository"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = "arn:aws:iam::aws:oidc-provider/token.actions.githubusercontent.com" }
      Condition = { StringLike = { "token.actions.githubusercontent.com:sub" = "repo:*" } }
    }]
  })
}

# A subject that matches every repository except one.
resource "aws_iam_role" "trusts_other_repositories" {
  name = "shop-prod-trusts-other-repositories"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = "arn:aws:iam::aws:oidc-provider/token.actions.githubusercontent.com" }
      Condition = { StringNotEquals = { "token.actions.githubusercontent.com:sub" = "repo:shop/infra:ref:refs/heads/main" } }
    }]
  })
}

# Values that nobody sees before the apply.
resource "terraform_data" "hidden" {
  input = "arn:aws:iam::aws:policy/AdministratorAccess"
}

resource "aws_iam_role_policy_attachment" "hidden" {
  role       = "shop-prod-worker"
  policy_arn = terraform_data.hidden.output
}

resource "aws_iam_role" "hidden_trust" {
  name               = "shop-prod-hidden"
  assume_role_policy = terraform_data.hidden.output
}

resource "aws_iam_role" "hidden_inline" {
  name               = "shop-prod-inline"
  assume_role_policy = data.aws_iam_policy_document.hidden_principal.json

  inline_policy {
    name   = "hidden"
    policy = terraform_data.hidden.output
  }
}

data "aws_iam_policy_document" "hidden_principal" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "AWS"
      identifiers = [terraform_data.hidden.output]
    }
  }
}

data "aws_iam_policy_document" "hidden_source" {
  source_policy_documents = [terraform_data.hidden.output]
}

resource "aws_iam_policy" "hidden_source" {
  name   = "shop-prod-source"
  policy = data.aws_iam_policy_document.hidden_source.json
}

# What another resource carries can be any text, too.
resource "aws_ssm_parameter" "carrier" {
  name  = "/shop/prod/policy"
  type  = "SecureString"
  value = terraform_data.hidden.output
}

resource "aws_iam_role_policy_attachment" "carried" {
  role       = "shop-prod-worker"
  policy_arn = aws_ssm_parameter.carrier.value
}

# A resource repeats what its arguments say.
resource "aws_sqs_queue" "repeats" {
  name                    = "shop-prod-repeats"
  sqs_managed_sse_enabled = true
  redrive_allow_policy    = jsonencode({ redrivePermission = "allowAll" })
  tags                    = { Policy = terraform_data.hidden.output }
}

resource "aws_iam_role_policy_attachment" "repeated" {
  role       = "shop-prod-worker"
  policy_arn = aws_sqs_queue.repeats.tags["Policy"]
}

# References through a local cannot be followed.
locals {
  hidden = terraform_data.hidden.output
}

resource "aws_iam_role_policy_attachment" "local" {
  role       = "shop-prod-worker"
  policy_arn = local.hidden
}

# A data source that is read during the apply, and a resource that carries what a function answers.
data "aws_iam_policy" "late" {
  name       = "shop-prod-late"
  depends_on = [terraform_data.hidden]
}

resource "aws_iam_role_policy_attachment" "late" {
  role       = "shop-prod-worker"
  policy_arn = data.aws_iam_policy.late.arn
}

resource "aws_lambda_invocation" "answer" {
  function_name = "shop-prod-policies"
  input         = "{}"
}

resource "aws_iam_role_policy_attachment" "answer" {
  role       = "shop-prod-worker"
  policy_arn = aws_lambda_invocation.answer.result
}

resource "aws_iam_role" "dynamic" {
  name               = "shop-prod-dynamic"
  assume_role_policy = local.trust

  dynamic "inline_policy" {
    for_each = [1]

    content {
      name   = "hidden"
      policy = terraform_data.hidden.output
    }
  }
}

# The plan contains this one.
resource "aws_iam_role" "dynamic_known" {
  name               = "shop-prod-known"
  assume_role_policy = local.trust

  dynamic "inline_policy" {
    for_each = [1]

    content {
      name   = "known"
      policy = jsonencode({ Version = "2012-10-17", Statement = [] })
    }
  }
}

# Other ways to attach, and other policies of administrators.
resource "aws_iam_role_policy_attachments_exclusive" "administrator" {
  role_name   = "shop-prod-worker"
  policy_arns = ["arn:aws:iam::aws:policy/IAMFullAccess"]
}

resource "aws_ssoadmin_managed_policy_attachment" "administrator" {
  instance_arn       = "arn:aws:sso:::instance/ssoins-1"
  permission_set_arn = "arn:aws:sso:::permissionSet/ssoins-1/ps-1"
  managed_policy_arn = "arn:aws:iam::aws:policy/PowerUserAccess"
}

# The reference says nothing about the value.
resource "aws_iam_role_policy_attachment" "replaced" {
  role       = "shop-prod-worker"
  policy_arn = replace(aws_sqs_queue.repeats.arn, "/^.*$/", "arn:aws:iam::aws:policy/AdministratorAccess")
}

resource "aws_iam_role" "cognito" {
  name = "shop-prod-cognito"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{
    Effect    = "Allow", Principal = { Federated = "cognito-identity.amazonaws.com" }, Action = "sts:AssumeRoleWithWebIdentity"
    Condition = { StringLike = { "cognito-identity.amazonaws.com:aud" = "*" }, StringNotEquals = { "cognito-identity.amazonaws.com:aud" = "x" }, StringEquals = { "aws:RequestedRegion" = "eu-central-1" } }
  }] })
}

resource "aws_iam_openid_connect_provider" "github" {
  url            = "https://token.actions.githubusercontent.com"
  client_id_list = ["sts.amazonaws.com"]
}

data "aws_iam_policy_document" "github" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]

    principals {
      type        = "Federated"
      identifiers = [aws_iam_openid_connect_provider.github.arn]
    }
  }
}

resource "aws_iam_role" "github_later" {
  name               = "shop-prod-github"
  assume_role_policy = data.aws_iam_policy_document.github.json
}

# Every spelling of a wildcard.
resource "aws_iam_policy" "spelled" {
  name   = "shop-prod-spelled"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["iam:?assRole", "iam:["], Resource = "arn:aws:iam::111122223333:role/?*" }] })
}

resource "aws_iam_role" "answer" {
  name                = "shop-prod-answer"
  assume_role_policy  = local.trust
  managed_policy_arns = [aws_lambda_invocation.answer.result]
}

# Documents that merge others, and are read during the apply.
data "aws_iam_policy_document" "merged_text" {
  source_policy_documents = [jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "s3:*", Resource = "*" }] })]

  statement {
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.orders.arn]
  }
}

data "aws_iam_policy_document" "merged" {
  override_policy_documents = [data.aws_iam_policy_document.merged_text.json]

  statement {
    actions   = ["sqs:ReceiveMessage"]
    resources = [aws_sqs_queue.orders.arn]
  }
}

resource "aws_iam_policy" "merged" {
  name   = "shop-prod-merged"
  policy = data.aws_iam_policy_document.merged.json
}

resource "aws_iam_role" "inline_later" {
  name               = "shop-prod-inline-later"
  assume_role_policy = local.trust

  inline_policy {
    name   = "later"
    policy = data.aws_iam_policy_document.merged.json
  }
}

# Conditions that fit every tag, that only exclude one, or that are about something else.
resource "aws_iam_policy" "by_any_tag" {
  name = "shop-prod-by-any-tag"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["ec2:CreateVolume"], Resource = "*", Condition = { StringLike = { "aws:RequestTag/Project" = "*" } } }]
  })
}

resource "aws_iam_policy" "but_a_tag" {
  name = "shop-prod-but-a-tag"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["ec2:StopInstances"], Resource = "*", Condition = { StringNotEquals = { "aws:ResourceTag/Project" = "shop" } } }]
  })
}

resource "aws_iam_policy" "by_region" {
  name = "shop-prod-by-region"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["ec2:StartInstances"], Resource = "*", Condition = { StringEquals = { "aws:RequestedRegion" = "eu-central-1" } } }]
  })
}

# Conditions that are no conditions.
resource "aws_iam_policy" "no_conditions" {
  name = "shop-prod-no-conditions"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["ec2:StartInstances"], Resource = "*", Condition = null },
      { Effect = "Allow", Action = ["iam:PutRolePolicy"], Resource = "arn:aws:iam::123456789012:role/app/x", Condition = null },
      { Effect = "Allow", Action = ["iam:PutUserPolicy"], Resource = "arn:aws:iam::123456789012:user/x", Condition = { StringEquals = ["iam:PolicyARN"] } },
    ]
  })
}

# Patterns that an ordinary name matches.
resource "aws_iam_policy" "nearly_all" {
  for_each = toset(["secret:*-??????", "role*", "role/*-*", "key/*-*"])
  name     = "shop-prod-nearly-all"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["secretsmanager:GetSecretValue"], Resource = "arn:aws:${startswith(each.key, "s") ? "secretsmanager" : startswith(each.key, "k") ? "kms" : "iam"}:eu-central-1:123456789012:${each.key}" }]
  })
}

resource "aws_ssoadmin_permission_set_inline_policy" "people" {
  instance_arn       = "arn:aws:sso:::instance/ssoins-1234567890abcdef"
  permission_set_arn = "arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/ps-1234567890abcdef"
  inline_policy      = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sqs:SendMessage", Resource = "*" }, { Effect = "Deny", Action = "sqs:*", Resource = "*" }] })
}

# A document, or what somebody else says.
resource "terraform_data" "beside" {
  input = "{}"
}

data "aws_iam_policy_document" "beside" {
  statement {
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.orders.arn]
  }
}

resource "aws_iam_policy" "beside" {
  name   = "shop-prod-beside"
  policy = coalesce(terraform_data.beside.output, data.aws_iam_policy_document.beside.json)
}

# A policy whose text comes through a local.
locals {
  through_local = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sqs:SendMessage", Resource = aws_sqs_queue.orders.arn }] })
}

resource "aws_iam_policy" "through_local" {
  name   = "shop-prod-through-local"
  policy = local.through_local
}

# Only one of these policies allows everything.
module "reader" {
  source   = "./reader"
  for_each = { all = ["*"], one = ["arn:aws:s3:::shop-prod-orders/*"] }

  name      = "shop-prod-reader-${each.key}"
  resources = each.value
}
