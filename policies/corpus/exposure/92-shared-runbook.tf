# An automation document is shared with every AWS account, and the account's shield against it is off.
# Source: SSM.4, SSM.7, CKV_AWS_303
# Fault at: aws_ssm_document.runbook_fault
# Fault at: aws_ssm_service_setting.runbook_fault
# Near miss at: aws_ssm_document.runbook_near
# Near miss at: aws_ssm_service_setting.runbook_near

resource "aws_ssm_document" "runbook_fault" {
  name            = "shop-prod-restart"
  document_type   = "Command"
  document_format = "JSON"
  permissions = {
    type        = "Share"
    account_ids = "All"
  }
  content = jsonencode({
    schemaVersion = "2.2"
    description   = "Restarts the application"
    mainSteps     = [{ action = "aws:runShellScript", name = "restart", inputs = { runCommand = ["systemctl restart shop"] } }]
  })
}

resource "aws_ssm_service_setting" "runbook_fault" {
  setting_id    = "/ssm/documents/console/public-sharing-permission"
  setting_value = "Enable"
}

resource "aws_ssm_document" "runbook_near" {
  name            = "shop-prod-share-all-logs"
  document_type   = "Command"
  document_format = "JSON"
  content = jsonencode({
    schemaVersion = "2.2"
    description   = "Collects all logs"
    mainSteps     = [{ action = "aws:runShellScript", name = "collect", inputs = { runCommand = ["journalctl -u shop"] } }]
  })
}

resource "aws_ssm_service_setting" "runbook_near" {
  setting_id    = "/ssm/documents/console/public-sharing-permission"
  setting_value = "Disable"
}
