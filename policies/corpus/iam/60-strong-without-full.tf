# The role gets a managed policy that may create, change and delete most services of the account.
# Source: https://docs.aws.amazon.com/aws-managed-policy/latest/reference/SystemAdministrator.html, CKV_AWS_274
# Fault at: aws_iam_role.strong_fault
# Near miss at: aws_iam_role.strong_near

resource "aws_iam_role" "strong_fault" {
  name = "shop-prod-strong-fault"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
  managed_policy_arns = ["arn:aws:iam::aws:policy/job-function/SystemAdministrator"]
}

resource "aws_iam_role" "strong_near" {
  name = "shop-prod-strong-near"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
  managed_policy_arns = ["arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess", "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly"]
}
