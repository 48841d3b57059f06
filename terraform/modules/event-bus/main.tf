resource "aws_cloudwatch_event_bus" "this" {
  name               = var.name
  kms_key_identifier = var.kms_key_arn

  tags = var.tags
}

# Binds each source to a role. Identity-based policies in the account can also allow PutEvents, so the binding
# uses Deny statements, which no other policy can override.
data "aws_iam_policy_document" "this" {
  statement {
    sid       = "OnlyTheFleetSpeaksForTheFleet"
    effect    = "Deny"
    actions   = ["events:PutEvents"]
    resources = [aws_cloudwatch_event_bus.this.arn]

    principals {
      type        = "AWS"
      identifiers = ["*"] # a denial must cover everyone
    }

    condition {
      test     = "StringLike"
      variable = "events:source"
      values   = ["headgate.*"]
    }

    condition {
      test     = "ArnNotLike"
      variable = "aws:PrincipalArn"
      values   = [var.fleet_role_pattern]
    }
  }

  dynamic "statement" {
    for_each = var.senders

    content {
      sid       = "OnlyItself${replace(title(statement.key), "/[^A-Za-z0-9]/", "")}"
      effect    = "Deny"
      actions   = ["events:PutEvents"]
      resources = [aws_cloudwatch_event_bus.this.arn]

      principals {
        type        = "AWS"
        identifiers = ["*"] # a denial must cover everyone
      }

      condition {
        test     = "StringEquals"
        variable = "events:source"
        values   = [statement.key]
      }

      condition {
        test     = "ArnNotEquals"
        variable = "aws:PrincipalArn"
        values   = [statement.value.role_arn]
      }
    }
  }

  dynamic "statement" {
    for_each = var.senders

    content {
      sid       = "Send${replace(title(statement.key), "/[^A-Za-z0-9]/", "")}"
      actions   = ["events:PutEvents"]
      resources = [aws_cloudwatch_event_bus.this.arn]

      principals {
        type        = "AWS"
        identifiers = [statement.value.role_arn]
      }

      condition {
        test     = "StringEquals"
        variable = "events:source"
        values   = [statement.key]
      }

      condition {
        test     = "StringLike"
        variable = "events:detail-type"
        values   = statement.value.detail_types
      }
    }
  }
}

resource "aws_cloudwatch_event_bus_policy" "this" {
  event_bus_name = aws_cloudwatch_event_bus.this.name
  policy         = data.aws_iam_policy_document.this.json
}

# Keeps all events, so that they can be replayed after a bug is fixed.
resource "aws_cloudwatch_event_archive" "this" {
  name             = var.name
  event_source_arn = aws_cloudwatch_event_bus.this.arn
  retention_days   = var.archive_days
}
