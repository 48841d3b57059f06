# A generated block inside the role lets it create a console password for every user.
# Source: pathfinding.cloud iam-004, iam-006
# Fault at: aws_iam_role.inside_fault
# Near miss at: aws_iam_role.inside_near

resource "aws_iam_role" "inside_fault" {
  name = "shop-prod-inside-fault"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
  dynamic "inline_policy" {
    for_each = { support = ["iam:*LoginProfile"] }
    content {
      name   = inline_policy.key
      policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = inline_policy.value, Resource = "arn:aws:iam::*:user/*" }] })
    }
  }
}

# An empty block removes every inline policy that somebody added by hand.
resource "aws_iam_role" "inside_near" {
  name = "shop-prod-inside-near"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
  inline_policy {}
}
