# A search domain's policy lets everybody read and write, and the domain's own ARN hides it.
# Source: CKV_AWS_137, Opensearch.2, https://docs.aws.amazon.com/opensearch-service/latest/developerguide/ac.html
# Fault at: aws_opensearch_domain_policy.search_fault
# Near miss at: aws_opensearch_domain_policy.search_near

resource "aws_kms_key" "search" {
  description             = "Search"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

data "aws_iam_policy_document" "search_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "search" {
  name               = "shop-prod-search"
  assume_role_policy = data.aws_iam_policy_document.search_trust.json
}

resource "aws_opensearch_domain" "search" {
  for_each       = toset(["a", "b"])
  domain_name    = "shop-prod-search-${each.key}"
  engine_version = "OpenSearch_2.15"

  cluster_config {
    instance_type          = "m6g.large.search"
    instance_count         = 2
    zone_awareness_enabled = true
  }

  ebs_options {
    ebs_enabled = true
    volume_size = 20
    volume_type = "gp3"
  }

  encrypt_at_rest {
    enabled    = true
    kms_key_id = aws_kms_key.search.arn
  }

  node_to_node_encryption {
    enabled = true
  }

  domain_endpoint_options {
    enforce_https       = true
    tls_security_policy = "Policy-Min-TLS-1-2-PFS-2023-10"
  }
}

resource "aws_opensearch_domain_policy" "search_fault" {
  domain_name = aws_opensearch_domain.search["a"].domain_name
  access_policies = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "*" }
      Action    = ["es:ESHttpGet", "es:ESHttpPut", "es:ESHttpPost"]
      Resource  = "${aws_opensearch_domain.search["a"].arn}/*"
    }]
  })
}

data "aws_iam_policy_document" "search" {
  statement {
    actions   = ["es:ESHttpGet", "es:ESHttpPost"]
    resources = ["${aws_opensearch_domain.search["b"].arn}/*"]

    principals {
      type        = "AWS"
      identifiers = [aws_iam_role.search.arn]
    }
  }
}

resource "aws_opensearch_domain_policy" "search_near" {
  domain_name     = aws_opensearch_domain.search["b"].domain_name
  access_policies = data.aws_iam_policy_document.search.json
}
