# The exclusive list of the role's policies contains the administrator's.
# Source: CKV_AWS_274, AVD-AWS-0057
# Fault at: aws_iam_role_policy_attachments_exclusive.only_fault
# Near miss at: aws_iam_role_policy_attachments_exclusive.only_near

resource "aws_iam_role" "only_app" {
  name = "shop-prod-only-app"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}

data "aws_partition" "only" {}

resource "aws_iam_role_policy_attachments_exclusive" "only_fault" {
  role_name   = aws_iam_role.only_app.name
  policy_arns = ["arn:${data.aws_partition.only.partition}:iam::aws:policy/CloudWatchAgentServerPolicy", format("arn:%s:iam::aws:policy/%sAccess", data.aws_partition.only.partition, "Administrator")]
}

resource "aws_iam_role_policy_attachments_exclusive" "only_near" {
  role_name   = aws_iam_role.only_app.name
  policy_arns = ["arn:${data.aws_partition.only.partition}:iam::aws:policy/CloudWatchAgentServerPolicy", "arn:${data.aws_partition.only.partition}:iam::aws:policy/AmazonSSMManagedInstanceCore"]
}
