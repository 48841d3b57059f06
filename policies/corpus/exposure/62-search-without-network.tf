# A search domain has a public endpoint because it has no VPC, and accepts anonymous users.
# Source: Opensearch.2, CKV_AWS_137, https://docs.aws.amazon.com/opensearch-service/latest/developerguide/fgac.html
# Fault at: aws_opensearch_domain.search_fault
# Fault at: aws_opensearch_domain.anonymous_fault
# Near miss at: aws_opensearch_domain.search_near

resource "aws_opensearch_domain" "search_fault" {
  domain_name    = "shop-prod-products"
  engine_version = "OpenSearch_2.17"

  cluster_config {
    instance_type            = "m6g.large.search"
    instance_count           = 3
    dedicated_master_enabled = true
    dedicated_master_count   = 3
    dedicated_master_type    = "m6g.large.search"
    zone_awareness_enabled   = true
    zone_awareness_config {
      availability_zone_count = 3
    }
  }

  ebs_options {
    ebs_enabled = true
    volume_size = 50
  }

  encrypt_at_rest {
    enabled    = true
    kms_key_id = aws_kms_key.shop.arn
  }

  node_to_node_encryption {
    enabled = true
  }

  domain_endpoint_options {
    enforce_https       = true
    tls_security_policy = "Policy-Min-TLS-1-2-PFS-2023-10"
  }

  advanced_security_options {
    enabled = true
    master_user_options {
      master_user_arn = aws_iam_role.service.arn
    }
  }

  log_publishing_options {
    log_type                 = "AUDIT_LOGS"
    cloudwatch_log_group_arn = aws_cloudwatch_log_group.builds.arn
  }

  software_update_options {
    auto_software_update_enabled = true
  }
}

resource "aws_opensearch_domain" "anonymous_fault" {
  domain_name    = "shop-prod-articles"
  engine_version = "OpenSearch_2.17"

  cluster_config {
    instance_type            = "m6g.large.search"
    instance_count           = 3
    dedicated_master_enabled = true
    dedicated_master_count   = 3
    dedicated_master_type    = "m6g.large.search"
    zone_awareness_enabled   = true
    zone_awareness_config {
      availability_zone_count = 3
    }
  }

  ebs_options {
    ebs_enabled = true
    volume_size = 50
  }

  encrypt_at_rest {
    enabled    = true
    kms_key_id = aws_kms_key.shop.arn
  }

  node_to_node_encryption {
    enabled = true
  }

  domain_endpoint_options {
    enforce_https       = true
    tls_security_policy = "Policy-Min-TLS-1-2-PFS-2023-10"
  }

  advanced_security_options {
    enabled                = true
    anonymous_auth_enabled = true
    master_user_options {
      master_user_arn = aws_iam_role.service.arn
    }
  }

  log_publishing_options {
    log_type                 = "AUDIT_LOGS"
    cloudwatch_log_group_arn = aws_cloudwatch_log_group.builds.arn
  }

  vpc_options {
    subnet_ids         = [aws_subnet.private_a.id, aws_subnet.private_b.id, aws_subnet.data_b.id]
    security_group_ids = [aws_security_group.app.id]
  }

  software_update_options {
    auto_software_update_enabled = true
  }
}

resource "aws_opensearch_domain" "search_near" {
  domain_name    = "shop-prod-brands"
  engine_version = "OpenSearch_2.17"

  cluster_config {
    instance_type            = "m6g.large.search"
    instance_count           = 3
    dedicated_master_enabled = true
    dedicated_master_count   = 3
    dedicated_master_type    = "m6g.large.search"
    zone_awareness_enabled   = true
    zone_awareness_config {
      availability_zone_count = 3
    }
  }

  ebs_options {
    ebs_enabled = true
    volume_size = 50
  }

  encrypt_at_rest {
    enabled    = true
    kms_key_id = aws_kms_key.shop.arn
  }

  node_to_node_encryption {
    enabled = true
  }

  domain_endpoint_options {
    enforce_https       = true
    tls_security_policy = "Policy-Min-TLS-1-2-PFS-2023-10"
  }

  advanced_security_options {
    enabled = true
    master_user_options {
      master_user_arn = aws_iam_role.service.arn
    }
  }

  log_publishing_options {
    log_type                 = "AUDIT_LOGS"
    cloudwatch_log_group_arn = aws_cloudwatch_log_group.builds.arn
  }

  vpc_options {
    subnet_ids         = [aws_subnet.private_a.id, aws_subnet.private_b.id, aws_subnet.data_b.id]
    security_group_ids = [aws_security_group.app.id]
  }

  software_update_options {
    auto_software_update_enabled = true
  }
}
