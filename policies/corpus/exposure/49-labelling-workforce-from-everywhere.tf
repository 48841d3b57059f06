# The labelling portal with customers' data accepts workers from every address.
# Source: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_SourceIpConfig.html
# Fault at: aws_sagemaker_workforce.portal_fault
# Near miss at: aws_sagemaker_workforce.portal_near

resource "aws_sagemaker_workforce" "portal_fault" {
  workforce_name = "shop-prod-labels"

  cognito_config {
    client_id = aws_cognito_user_pool_client.workers.id
    user_pool = aws_cognito_user_pool.workers.id
  }

  source_ip_config {
    cidrs = ["203.0.113.0/24", "0.0.0.0/1", "128.0.0.0/1"]
  }
}

resource "aws_cognito_user_pool" "workers" {
  name                = "shop-prod-workers"
  deletion_protection = "ACTIVE"
  mfa_configuration   = "ON"

  software_token_mfa_configuration {
    enabled = true
  }

  admin_create_user_config {
    allow_admin_create_user_only = true
  }
}

resource "aws_cognito_user_pool_client" "workers" {
  name         = "shop-prod-workers"
  user_pool_id = aws_cognito_user_pool.workers.id
}

resource "aws_sagemaker_workforce" "portal_near" {
  workforce_name = "shop-prod-reviews"

  cognito_config {
    client_id = aws_cognito_user_pool_client.workers.id
    user_pool = aws_cognito_user_pool.workers.id
  }

  source_ip_config {
    cidrs = ["203.0.113.0/24"]
  }
}
