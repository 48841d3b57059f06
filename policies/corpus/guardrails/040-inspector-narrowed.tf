# Inspector stops scanning instances and functions.
# Source: Inspector.1, Inspector.2, Inspector.3
# Fault at: aws_inspector2_enabler.inspector_narrowed_fault
# Near miss at: aws_inspector2_enabler.inspector_narrowed_near

resource "aws_inspector2_enabler" "inspector_narrowed_fault" {
  account_ids    = [var.inspector_narrowed_account]
  resource_types = ["ECR"]
}

resource "aws_inspector2_enabler" "inspector_narrowed_near" {
  account_ids    = [var.inspector_narrowed_account]
  resource_types = ["EC2", "ECR", "LAMBDA", "LAMBDA_CODE"]
}

variable "inspector_narrowed_account" {
  description = "Account that Inspector scans."
  type        = string
  default     = "123456789012"
}
