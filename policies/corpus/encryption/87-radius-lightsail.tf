# Users of the directory send their passwords in clear text, and the small shop does not insist on HTTPS.
# Source: https://docs.aws.amazon.com/directoryservice/latest/admin-guide/ms_ad_mfa.html, https://docs.aws.amazon.com/lightsail/latest/userguide/amazon-lightsail-configure-load-balancer-https-redirection.html
# Fault at: aws_directory_service_radius_settings.small_fault
# Fault at: aws_lightsail_lb_https_redirection_policy.small_fault
# Near miss at: aws_directory_service_radius_settings.small_near
# Near miss at: aws_lightsail_lb_https_redirection_policy.small_near

resource "aws_kms_key" "small" {
  description         = "Directory"
  enable_key_rotation = true
}

resource "aws_secretsmanager_secret" "small" {
  name       = "shop-prod-radius"
  kms_key_id = aws_kms_key.small.arn
}

data "aws_secretsmanager_secret_version" "small" {
  secret_id = aws_secretsmanager_secret.small.id
}

resource "aws_directory_service_radius_settings" "small_fault" {
  directory_id            = "d-0123456789"
  authentication_protocol = "PAP"
  display_label           = "shop-prod"
  radius_port             = 1812
  radius_retries          = 4
  radius_servers          = ["10.20.0.20"]
  radius_timeout          = 10
  shared_secret           = data.aws_secretsmanager_secret_version.small.secret_string
}

resource "aws_directory_service_radius_settings" "small_near" {
  directory_id            = "d-0123456780"
  authentication_protocol = "MS-CHAPv2"
  display_label           = "shop-prod"
  radius_port             = 1812
  radius_retries          = 4
  radius_servers          = ["10.20.0.20"]
  radius_timeout          = 10
  shared_secret           = data.aws_secretsmanager_secret_version.small.secret_string
}

resource "aws_lightsail_lb_https_redirection_policy" "small_fault" {
  lb_name = "shop-prod-small"
  enabled = false
}

resource "aws_lightsail_lb_https_redirection_policy" "small_near" {
  lb_name = "shop-prod-tiny"
  enabled = true
}
