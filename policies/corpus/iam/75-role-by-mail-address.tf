# Anybody who has a mail address that contains the shop's domain gets the role of the operators.
# Source: https://docs.aws.amazon.com/cognito/latest/developerguide/role-based-access-control.html
# Fault at: aws_cognito_identity_pool_roles_attachment.mail_fault
# Near miss at: aws_cognito_identity_pool_roles_attachment.mail_near

resource "aws_iam_role" "mail_operator" {
  name = "shop-prod-mail-operator"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_cognito_identity_pool" "mail" {
  identity_pool_name               = "shop-prod-mail"
  allow_unauthenticated_identities = false
}

resource "aws_cognito_identity_pool_roles_attachment" "mail_fault" {
  identity_pool_id = aws_cognito_identity_pool.mail.id
  roles            = { authenticated = aws_iam_role.mail_operator.arn }
  role_mapping {
    identity_provider         = "accounts.google.com"
    type                      = "Rules"
    ambiguous_role_resolution = "Deny"
    mapping_rule {
      claim      = "email"
      match_type = "Contains"
      value      = "@shop.example"
      role_arn   = aws_iam_role.mail_operator.arn
    }
  }
}

resource "aws_cognito_identity_pool_roles_attachment" "mail_near" {
  identity_pool_id = aws_cognito_identity_pool.mail.id
  roles            = { authenticated = aws_iam_role.mail_operator.arn }
  role_mapping {
    identity_provider         = "accounts.google.com"
    type                      = "Rules"
    ambiguous_role_resolution = "Deny"
    mapping_rule {
      claim      = "hd"
      match_type = "Equals"
      value      = "shop.example"
      role_arn   = aws_iam_role.mail_operator.arn
    }
  }
}
