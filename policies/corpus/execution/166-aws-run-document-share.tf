# A document with commands is shared with everybody.
# Source: SSM.4
# Fault at: aws_ssm_document.docshare_fault
# Near miss at: aws_ssm_document.docshare_near

resource "aws_ssm_document" "docshare_fault" {
  name          = "shop-prod-docshare-fault"
  document_type = "Command"
  permissions   = { type = "Share", account_ids = "All" }
  content       = jsonencode({ schemaVersion = "2.2", mainSteps = [{ action = "aws:runShellScript", name = "a", inputs = { runCommand = ["uptime"] } }] })
}

resource "aws_ssm_document" "docshare_near" {
  name          = "shop-prod-docshare-near"
  document_type = "Command"
  tags          = { Share = "All teams" }
  content       = jsonencode({ schemaVersion = "2.2", mainSteps = [{ action = "aws:runShellScript", name = "a", inputs = { runCommand = ["uptime"] } }] })
}
