# A pipeline contains the token with which it reads the sources.
# Source: https://docs.aws.amazon.com/codepipeline/latest/userguide/appendix-github-oauth.html
# Fault at: aws_codepipeline_webhook.secpipe_fault
# Near miss at: aws_codepipeline_webhook.secpipe_near

resource "aws_codepipeline_webhook" "secpipe_fault" {
  name            = "shop-prod-secpipe-fault"
  authentication  = "GITHUB_HMAC"
  target_action   = "Source"
  target_pipeline = "shop-prod-main"

  authentication_configuration {
    secret_token = "super-webhook-2024"
  }

  filter {
    json_path    = "$.ref"
    match_equals = "refs/heads/{Branch}"
  }
}

resource "aws_codepipeline_webhook" "secpipe_near" {
  name            = "shop-prod-secpipe-near"
  authentication  = "IP"
  target_action   = "Source"
  target_pipeline = "shop-prod-main"

  authentication_configuration {
    allowed_ip_range = "10.20.0.0/16"
  }

  filter {
    json_path    = "$.ref"
    match_equals = "refs/heads/{Branch}"
  }
}
