# Roles for stories about who may do what; MiniStack enforces their policies. Neither exists on AWS.

data "aws_iam_policy_document" "assumed_by_stories" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::${local.account}:root"]
    }
  }
}

# The agent that the bus knows. Only the bus's policy lets it publish.
resource "aws_iam_role" "terraform_bot" {
  name               = "terraform-bot"
  assume_role_policy = data.aws_iam_policy_document.assumed_by_stories.json
}

# Somebody in the account with every grant that identity-based policies can give for queues and buses, and a name like the fleet's.
resource "aws_iam_role" "stranger" {
  name               = "headgate-local-stranger"
  assume_role_policy = data.aws_iam_policy_document.assumed_by_stories.json
}

data "aws_iam_policy_document" "stranger" {
  statement {
    actions   = ["sqs:*", "events:*", "kms:*"]
    resources = ["*"]
  }
}

resource "aws_iam_role_policy" "stranger" {
  name   = "everything"
  role   = aws_iam_role.stranger.name
  policy = data.aws_iam_policy_document.stranger.json
}
