# The attached policy's name comes out of a helper resource, which hides until the apply that it is the administrator's.
# Source: CKV_AWS_274
# Fault at: aws_iam_role_policy_attachment.behind_fault
# Near miss at: aws_iam_role_policy_attachment.behind_near

resource "aws_iam_role" "behind_app" {
  name = "shop-prod-behind-app"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}

resource "terraform_data" "behind" {
  input = "arn:aws:iam::aws:policy/AdministratorAccess"
}

resource "aws_iam_role_policy_attachment" "behind_fault" {
  role       = aws_iam_role.behind_app.name
  policy_arn = terraform_data.behind.output
}

resource "aws_iam_policy" "behind_own" {
  name   = "shop-prod-behind-own"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sqs:SendMessage", Resource = "arn:aws:sqs:*:*:shop-prod-orders" }] })
}

resource "aws_iam_role_policy_attachment" "behind_near" {
  role       = aws_iam_role.behind_app.name
  policy_arn = aws_iam_policy.behind_own.arn
}
