# The plan attaches a policy to the role of Headgate.
# Source: https://attack.mitre.org/techniques/T1098/
# Fault at: aws_iam_role_policy_attachment.hgrole_fault
# Near miss at: aws_iam_role_policy_attachment.hgrole_near

resource "aws_iam_role_policy_attachment" "hgrole_fault" {
  role       = "headgate-executor"
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}

resource "aws_iam_role_policy_attachment" "hgrole_near" {
  role       = "shop-prod-gatekeeper"
  policy_arn = "arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess"
}
