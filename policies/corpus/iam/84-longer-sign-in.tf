# The change lets an emergency sign-in last twelve hours instead of one.
# Source: https://docs.aws.amazon.com/singlesignon/latest/userguide/howtosessionduration.html
# Fault at: aws_ssoadmin_permission_set.longer_fault
# Near miss at: aws_ssoadmin_permission_set.longer_near

# Exists before: see before/main.tf.
resource "aws_ssoadmin_permission_set" "longer_fault" {
  name             = "shop-prod-break-glass"
  instance_arn     = "arn:aws:sso:::instance/ssoins-0123456789abcdef"
  session_duration = "PT12H"
}

resource "aws_ssoadmin_permission_set" "longer_near" {
  name             = "shop-prod-support"
  instance_arn     = "arn:aws:sso:::instance/ssoins-0123456789abcdef"
  session_duration = "PT4H"
}
