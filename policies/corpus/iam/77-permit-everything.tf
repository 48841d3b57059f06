# The application's authorisation policy permits everybody everything.
# Source: https://docs.aws.amazon.com/verifiedpermissions/latest/userguide/policies.html
# Fault at: aws_verifiedpermissions_policy.cedar_fault
# Near miss at: aws_verifiedpermissions_policy.cedar_near

resource "aws_verifiedpermissions_policy_store" "cedar" {
  description = "Who may do what in the shop."
  validation_settings {
    mode = "STRICT"
  }
}

resource "aws_verifiedpermissions_policy" "cedar_fault" {
  policy_store_id = aws_verifiedpermissions_policy_store.cedar.id
  definition {
    static {
      description = "Customers."
      statement   = "permit (principal, action, resource);"
    }
  }
}

resource "aws_verifiedpermissions_policy" "cedar_near" {
  policy_store_id = aws_verifiedpermissions_policy_store.cedar.id
  definition {
    static {
      description = "Second factor."
      statement   = "forbid (principal, action, resource) unless { context.mfa };"
    }
  }
}
