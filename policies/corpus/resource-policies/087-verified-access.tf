# Everybody can open the back office, because the access policy permits every principal without a condition.
# Source: https://docs.aws.amazon.com/verified-access/latest/ug/auth-policies.html
# Fault at: aws_verifiedaccess_group.office_fault
# Near miss at: aws_verifiedaccess_group.office_near

resource "aws_verifiedaccess_group" "office_fault" {
  verifiedaccess_instance_id = "vai-0a1b2c3d4e5f60718"
  description                = "Back office"
  policy_document            = <<-CEDAR
    permit(principal, action, resource) when { true };
  CEDAR

  sse_configuration {
    customer_managed_key_enabled = true
    kms_key_arn                  = "arn:aws:kms:${var.region}:${var.account_id}:key/3f1c2b6e-8c0c-4a4b-9a53-0c3b1f2f7a01"
  }
}

resource "aws_verifiedaccess_group" "office_near" {
  verifiedaccess_instance_id = "vai-0a1b2c3d4e5f60718"
  description                = "Back office"
  policy_document            = <<-CEDAR
    permit(principal, action, resource) when { context.sso.groups has "shop-prod-back-office" };
  CEDAR

  sse_configuration {
    customer_managed_key_enabled = true
    kms_key_arn                  = "arn:aws:kms:${var.region}:${var.account_id}:key/3f1c2b6e-8c0c-4a4b-9a53-0c3b1f2f7a01"
  }
}
