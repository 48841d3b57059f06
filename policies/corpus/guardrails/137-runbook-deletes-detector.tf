# A runbook of Systems Manager deletes the detector of GuardDuty.
# Source: https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-executeawsapi.html
# Fault at: aws_ssm_document.runbook_deletes_detector_fault
# Near miss at: aws_ssm_document.runbook_deletes_detector_near

resource "aws_ssm_document" "runbook_deletes_detector_fault" {
  name            = "shop-prod-orders-tidy"
  document_type   = "Automation"
  document_format = "YAML"
  content = yamlencode({
    schemaVersion = "0.3"
    description   = "Tidies up"
    assumeRole    = "{{ Role }}"
    parameters = {
      Role     = { type = "AWS::IAM::Role::Arn" }
      Detector = { type = "String" }
    }
    mainSteps = [{
      name   = "tidy"
      action = "aws:executeAwsApi"
      inputs = {
        Service    = "guardduty"
        Api        = "DeleteDetector"
        DetectorId = "{{ Detector }}"
      }
    }]
  })
}

resource "aws_ssm_document" "runbook_deletes_detector_near" {
  name            = "shop-prod-billing-tidy"
  document_type   = "Automation"
  document_format = "YAML"
  content = yamlencode({
    schemaVersion = "0.3"
    description   = "Tidies up"
    assumeRole    = "{{ Role }}"
    parameters = {
      Role     = { type = "AWS::IAM::Role::Arn" }
      Detector = { type = "String" }
    }
    mainSteps = [{
      name   = "tidy"
      action = "aws:executeAwsApi"
      inputs = {
        Service    = "guardduty"
        Api        = "GetDetector"
        DetectorId = "{{ Detector }}"
      }
    }]
  })
}
