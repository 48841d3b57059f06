# The plan creates a password for a service, which then is in the state.
# Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_service-specific.html
# Fault at: aws_iam_service_specific_credential.secssc_fault
# Fault at: aws_ssm_activation.secssc_fault
# Near miss at: aws_iam_openid_connect_provider.secssc_near

resource "aws_iam_role" "secssc_role" {
  name               = "shop-prod-secssc-role"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ssm.amazonaws.com" } }] })
}

resource "aws_iam_service_specific_credential" "secssc_fault" {
  service_name = "codecommit.amazonaws.com"
  user_name    = "shop-prod-ops"
}

# Its activation code lets any machine join.
resource "aws_ssm_activation" "secssc_fault" {
  name               = "shop-prod-secssc"
  iam_role           = aws_iam_role.secssc_role.name
  registration_limit = 1000
}

resource "aws_iam_openid_connect_provider" "secssc_near" {
  url             = "https://token.actions.githubusercontent.com"
  client_id_list  = ["sts.amazonaws.com"]
  thumbprint_list = ["47c819779d889dd08ab41aa342310fc2468318fd"]
}
