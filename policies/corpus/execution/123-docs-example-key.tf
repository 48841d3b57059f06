# A document of Systems Manager has a real key next to the example of the AWS documentation.
# Source: CKV_AWS_45; https://docs.aws.amazon.com/IAM/latest/UserGuide/security-creds-programmatic-access.html
# Fault at: aws_ssm_document.secdoc_fault
# Near miss at: aws_ssm_document.secdoc_near

resource "aws_ssm_document" "secdoc_fault" {
  name          = "shop-prod-secdoc-fault"
  document_type = "Command"
  content = jsonencode({
    schemaVersion = "2.2"
    description   = "Example: AKIAIOSFODNN7EXAMPLE. REPLACE_ME"
    mainSteps     = [{ action = "aws:runShellScript", name = "a", inputs = { runCommand = ["aws configure set aws_access_key_id AKIAX4J72UAVHSJG3WWZ", "aws configure set aws_secret_access_key jbett82XWRk8CztfgvJNYANbpq/Bj22Xe7/nmK3C"] } }]
  })
}

# Shows the well-known example of the documentation, which opens nothing.
resource "aws_ssm_document" "secdoc_near" {
  name          = "shop-prod-secdoc-near"
  document_type = "Command"
  content = jsonencode({
    schemaVersion = "2.2"
    description   = "Finds keys of the form AKIAIOSFODNN7EXAMPLE in the logs"
    mainSteps     = [{ action = "aws:runShellScript", name = "a", inputs = { runCommand = ["grep -rE 'AKIA[0-9A-Z]{16}' /var/log/shop || true"] } }]
  })
}
