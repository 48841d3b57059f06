# The boundary of the permission set is the administrator's policy and bounds nothing.
# Source: https://docs.aws.amazon.com/singlesignon/latest/userguide/howtopermissionset.html
# Fault at: aws_ssoadmin_permissions_boundary_attachment.limit_fault
# Near miss at: aws_ssoadmin_permissions_boundary_attachment.limit_near

resource "aws_ssoadmin_permission_set" "limit_support" {
  name             = "shop-prod-limit-support"
  instance_arn     = "arn:aws:sso:::instance/ssoins-0123456789abcdef"
  session_duration = "PT1H"
}
resource "aws_ssoadmin_permission_set" "limit_audit" {
  name             = "shop-prod-limit-audit"
  instance_arn     = "arn:aws:sso:::instance/ssoins-0123456789abcdef"
  session_duration = "PT1H"
}

resource "aws_ssoadmin_permissions_boundary_attachment" "limit_fault" {
  instance_arn       = "arn:aws:sso:::instance/ssoins-0123456789abcdef"
  permission_set_arn = aws_ssoadmin_permission_set.limit_support.arn
  permissions_boundary {
    managed_policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
  }
}

resource "aws_ssoadmin_permissions_boundary_attachment" "limit_near" {
  instance_arn       = "arn:aws:sso:::instance/ssoins-0123456789abcdef"
  permission_set_arn = aws_ssoadmin_permission_set.limit_audit.arn
  permissions_boundary {
    customer_managed_policy_reference {
      name = "shop-prod-boundary"
      path = "/"
    }
  }
}
