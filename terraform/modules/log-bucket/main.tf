# The bucket of the transparency log. Somebody who can change the fleet must not be able to change what it signed: nobody can delete or replace a
# version of an object before its retention ends, and the bucket may be in an account of its own.
resource "aws_s3_bucket" "this" {
  # checkov:skip=CKV_AWS_145: It has hashes and no content, and auditors must be able to read it without a key of the fleet.
  # checkov:skip=CKV2_AWS_61: A log that ends somewhere proves nothing about what was before.
  bucket              = var.name
  object_lock_enabled = true
  force_destroy       = var.lock.mode == "GOVERNANCE" && var.force_destroy

  tags = var.tags
}

resource "aws_s3_bucket_versioning" "this" {
  bucket = aws_s3_bucket.this.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_object_lock_configuration" "this" {
  bucket = aws_s3_bucket_versioning.this.id # needs versioning

  rule {
    default_retention {
      mode = var.lock.mode
      days = var.lock.days
    }
  }
}

# The log has positions and hashes, no content, and auditors must be able to read it without a key of the fleet.
resource "aws_s3_bucket_server_side_encryption_configuration" "this" {
  bucket = aws_s3_bucket.this.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket_public_access_block" "this" {
  bucket                  = aws_s3_bucket.this.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

data "aws_iam_policy_document" "this" {
  dynamic "statement" {
    for_each = var.tls_only ? [true] : []

    content {
      sid       = "OnlyOverTls"
      effect    = "Deny"
      actions   = ["s3:*"] # a denial must cover all actions
      resources = [aws_s3_bucket.this.arn, "${aws_s3_bucket.this.arn}/*"]

      principals {
        type        = "AWS"
        identifiers = ["*"] # a denial must cover everyone
      }

      condition {
        test     = "Bool"
        variable = "aws:SecureTransport"
        values   = ["false"]
      }
    }
  }

  # Another writer could put an old checkpoint back: it would be found, but not before somebody looks.
  statement {
    sid       = "OnlyTheLogWrites"
    effect    = "Deny"
    actions   = var.force_destroy ? ["s3:PutObject"] : ["s3:PutObject", "s3:DeleteObject"]
    resources = ["${aws_s3_bucket.this.arn}/*"]

    principals {
      type        = "AWS"
      identifiers = ["*"] # a denial must cover everyone
    }

    condition {
      test     = "ArnNotEquals"
      variable = "aws:PrincipalArn"
      values   = [var.writer_role_arn]
    }
  }

  # Also under GOVERNANCE, unless the bucket may be destroyed.
  dynamic "statement" {
    for_each = var.force_destroy ? [] : [true]

    content {
      sid    = "NobodyUnlocks"
      effect = "Deny"
      actions = [
        "s3:BypassGovernanceRetention",
        "s3:DeleteObjectVersion",
        "s3:PutLifecycleConfiguration", # could hide every object
        "s3:PutObjectLegalHold",
        "s3:PutObjectRetention",
        "s3:PutReplicationConfiguration",
        "s3:ReplicateDelete",
        "s3:ReplicateObject", # would write without being the writer
      ]
      resources = [aws_s3_bucket.this.arn, "${aws_s3_bucket.this.arn}/*"]

      principals {
        type        = "AWS"
        identifiers = ["*"] # a denial must cover everyone
      }
    }
  }

  # From another account, the policy of the role alone is not enough.
  dynamic "statement" {
    for_each = var.other_account ? [true] : []

    content {
      sid = "Writer"
      # With ListBucket, S3 answers 404 and not 403 for what is not there yet.
      actions   = ["s3:GetObject", "s3:ListBucket", "s3:PutObject"]
      resources = [aws_s3_bucket.this.arn, "${aws_s3_bucket.this.arn}/checkpoint", "${aws_s3_bucket.this.arn}/tile/*"]

      principals {
        type        = "AWS"
        identifiers = [var.writer_role_arn]
      }
    }
  }

  dynamic "statement" {
    for_each = length(var.reader_arns) == 0 ? [] : [true]

    content {
      sid       = "Readers"
      actions   = ["s3:GetObject", "s3:GetObjectVersion", "s3:ListBucket", "s3:ListBucketVersions"]
      resources = [aws_s3_bucket.this.arn, "${aws_s3_bucket.this.arn}/*"]

      principals {
        type        = "AWS"
        identifiers = var.reader_arns
      }
    }
  }
}

resource "aws_s3_bucket_policy" "this" {
  bucket = aws_s3_bucket.this.id
  policy = data.aws_iam_policy_document.this.json

  depends_on = [aws_s3_bucket_public_access_block.this]
}
