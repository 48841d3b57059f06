# Near misses.

# The own user's key.
resource "aws_iam_policy" "own_key" {
  name = "shop-prod-own-key"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["iam:CreateAccessKey"], Resource = "arn:aws:iam::123456789012:user/$${aws:username}" }]
  })
}

# Only with a boundary.
resource "aws_iam_policy" "bounded" {
  name = "shop-prod-bounded"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow", Action = ["iam:PutRolePolicy"], Resource = "arn:aws:iam::123456789012:role/app/worker"
      Condition = { StringEquals = { "iam:PermissionsBoundary" = "arn:aws:iam::123456789012:policy/boundary" } }
    }]
  })
}

resource "aws_iam_policy" "assume" {
  name = "shop-prod-assume"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Resource = "arn:aws:iam::123456789012:role/app/worker" }]
  })
}

resource "aws_iam_policy" "narrower" {
  name = "shop-prod-narrower"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["s3:GetObject"], Resource = "arn:aws:s3:::shop-prod-orders/2026/*", Condition = { Bool = { "aws:SecureTransport" = "true" } } },
      { Effect = "Deny", Action = ["s3:DeleteObject", "s3:PutObjectAcl"], Resource = "arn:aws:s3:::shop-prod-orders/*" },
    ]
  })
}

# Less under the same condition; a statement with exceptions stays as it is.
resource "aws_iam_policy" "conditional" {
  name = "shop-prod-conditional"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Sid = "b", Effect = "Allow", Action = ["s3:GetObject"], Resource = ["arn:aws:s3:::shop-prod-orders/2026/*"], Condition = { Bool = { "aws:SecureTransport" = "true" } } },
      { Effect = "Deny", NotAction = ["s3:*"], Resource = "*" },
    ]
  })
}

resource "aws_iam_policy" "own_key_by_path" {
  name = "shop-prod-own-key-by-path"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["iam:CreateAccessKey"], Resource = "arn:aws:iam::123456789012:user/*/$${aws:username}" }]
  })
}
