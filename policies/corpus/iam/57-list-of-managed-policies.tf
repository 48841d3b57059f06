# One of the policies in a list lets the role manage every identity.
# Source: CKV_AWS_274, https://docs.aws.amazon.com/aws-managed-policy/latest/reference/IAMFullAccess.html
# Fault at: aws_iam_role_policy_attachment.listed_fault["IAMFullAccess"]
# Near miss at: aws_iam_role_policy_attachment.listed_near["AWSLambdaBasicExecutionRole"]
# Near miss at: aws_iam_role_policy_attachment.listed_near["AWSLambdaVPCAccessExecutionRole"]

resource "aws_iam_role" "listed_app" {
  name = "shop-prod-listed-app"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

locals {
  listed_policies = ["CloudWatchReadOnlyAccess", "IAMFullAccess"]
}

resource "aws_iam_role_policy_attachment" "listed_fault" {
  for_each   = toset(local.listed_policies)
  role       = aws_iam_role.listed_app.name
  policy_arn = "arn:aws:iam::aws:policy/${each.value}"
}

resource "aws_iam_role_policy_attachment" "listed_near" {
  for_each   = toset(["AWSLambdaBasicExecutionRole", "AWSLambdaVPCAccessExecutionRole"])
  role       = aws_iam_role.listed_app.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/${each.value}"
}
