# Every AWS account can read our Systems Manager document.
# Source: SSM.4
# Fault at: aws_ssm_document.document_fault
# Near miss at: aws_ssm_document.document_near

resource "aws_ssm_document" "document_fault" {
  name            = "shop-prod-restart-a"
  document_type   = "Command"
  document_format = "JSON"
  content = jsonencode({
    schemaVersion = "2.2"
    description   = "Restart the cart service."
    mainSteps = [{
      action = "aws:runShellScript"
      name   = "restart"
      inputs = { runCommand = ["systemctl restart cart"] }
    }]
  })
  permissions = {
    type        = "Share"
    account_ids = "All"
  }
}

resource "aws_ssm_document" "document_near" {
  name            = "shop-prod-restart-b"
  document_type   = "Command"
  document_format = "JSON"
  content = jsonencode({
    schemaVersion = "2.2"
    description   = "Restart the cart service."
    mainSteps = [{
      action = "aws:runShellScript"
      name   = "restart"
      inputs = { runCommand = ["systemctl restart cart"] }
    }]
  })
  permissions = {
    type        = "Share"
    account_ids = var.account_id
  }
}
