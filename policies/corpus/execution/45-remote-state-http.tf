# The plan reads its inputs as state from a foreign web server.
# Source: https://developer.hashicorp.com/terraform/language/state/remote-state-data
# Fault at: data.terraform_remote_state.rstate_fault
# Near miss at: data.terraform_remote_state.rstate_near

data "terraform_remote_state" "rstate_fault" {
  backend    = "http"
  config     = { address = "http://203.0.113.9/state", skip_cert_verification = true }
  depends_on = [aws_sfn_activity.rstate_support]
}

data "terraform_remote_state" "rstate_near" {
  backend    = "s3"
  config     = { bucket = "shop-prod-terraform-state", key = "network/terraform.tfstate", region = var.region }
  depends_on = [aws_sfn_activity.rstate_support]
}

resource "aws_sfn_activity" "rstate_support" {
  name = "shop-prod-rstate"
}
