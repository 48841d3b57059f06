# The permission set called readers gets the administrator's policy.
# Source: CKV_AWS_274, https://docs.aws.amazon.com/singlesignon/latest/userguide/permissionsetsconcept.html
# Fault at: aws_ssoadmin_managed_policy_attachment.readers_fault
# Near miss at: aws_ssoadmin_managed_policy_attachment.readers_near

resource "aws_ssoadmin_permission_set" "readers" {
  name             = "shop-prod-readers"
  instance_arn     = "arn:aws:sso:::instance/ssoins-0123456789abcdef"
  session_duration = "PT1H"
}

resource "aws_ssoadmin_managed_policy_attachment" "readers_fault" {
  instance_arn       = "arn:aws:sso:::instance/ssoins-0123456789abcdef"
  permission_set_arn = aws_ssoadmin_permission_set.readers.arn
  managed_policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}

resource "aws_ssoadmin_managed_policy_attachment" "readers_near" {
  instance_arn       = "arn:aws:sso:::instance/ssoins-0123456789abcdef"
  permission_set_arn = aws_ssoadmin_permission_set.readers.arn
  managed_policy_arn = "arn:aws:iam::aws:policy/SecurityAudit"
}
