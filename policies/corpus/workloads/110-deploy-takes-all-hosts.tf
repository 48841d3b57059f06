# A deployment may take every host out of service at the same time.
# Source: https://docs.aws.amazon.com/codedeploy/latest/userguide/instances-health.html
# Fault at: aws_codedeploy_deployment_config.deploy_fault
# Near miss at: aws_codedeploy_deployment_config.deploy_near

resource "aws_codedeploy_deployment_config" "deploy_fault" {
  deployment_config_name = "shop-prod-all-at-once"
  compute_platform       = "Server"
  minimum_healthy_hosts {
    type  = "FLEET_PERCENT"
    value = 0
  }
}

resource "aws_codedeploy_deployment_config" "deploy_near" {
  deployment_config_name = "shop-prod-half"
  compute_platform       = "Server"
  minimum_healthy_hosts {
    type  = "FLEET_PERCENT"
    value = 50
  }
}
