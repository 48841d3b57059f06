# The search domain accepts TLS 1.0 and plain HTTP.
# Source: Opensearch.8, CKV_AWS_83, CKV_AWS_228, AVD-AWS-0042
# Fault at: aws_opensearch_domain.endpoint_fault
# Fault at: aws_opensearch_domain.endpoint_http_fault
# Near miss at: aws_opensearch_domain.endpoint_near

resource "aws_kms_key" "endpoint" {
  description         = "Search"
  enable_key_rotation = true
}

resource "aws_iam_role" "endpoint" {
  name = "shop-prod-search-admin"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "ec2.amazonaws.com" }
    }]
  })
}

resource "aws_cloudwatch_log_group" "endpoint" {
  name              = "/shop/prod/search"
  retention_in_days = 365
  kms_key_id        = aws_kms_key.endpoint.arn
}

resource "aws_opensearch_domain" "endpoint_fault" {
  domain_name    = "shop-prod-search"
  engine_version = "OpenSearch_2.17"
  cluster_config {
    instance_type            = "r7g.large.search"
    instance_count           = 3
    zone_awareness_enabled   = true
    dedicated_master_enabled = true
    dedicated_master_type    = "m7g.large.search"
    dedicated_master_count   = 3
    zone_awareness_config {
      availability_zone_count = 3
    }
  }
  ebs_options {
    ebs_enabled = true
    volume_size = 50
    volume_type = "gp3"
  }
  encrypt_at_rest {
    enabled    = true
    kms_key_id = aws_kms_key.endpoint.arn
  }
  node_to_node_encryption {
    enabled = true
  }
  domain_endpoint_options {
    enforce_https       = true
    tls_security_policy = "Policy-Min-TLS-1-0-2019-07"
  }
  advanced_security_options {
    enabled                        = true
    internal_user_database_enabled = false
    master_user_options {
      master_user_arn = aws_iam_role.endpoint.arn
    }
  }
  vpc_options {
    subnet_ids         = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719", "subnet-0a1b2c3d4e5f6071a"]
    security_group_ids = ["sg-0a1b2c3d4e5f60718"]
  }
  software_update_options {
    auto_software_update_enabled = true
  }
  log_publishing_options {
    log_type                 = "AUDIT_LOGS"
    cloudwatch_log_group_arn = aws_cloudwatch_log_group.endpoint.arn
  }
  log_publishing_options {
    log_type                 = "ES_APPLICATION_LOGS"
    cloudwatch_log_group_arn = aws_cloudwatch_log_group.endpoint.arn
  }
}

resource "aws_opensearch_domain" "endpoint_http_fault" {
  domain_name    = "shop-prod-logs"
  engine_version = "OpenSearch_2.17"
  cluster_config {
    instance_type            = "r7g.large.search"
    instance_count           = 3
    zone_awareness_enabled   = true
    dedicated_master_enabled = true
    dedicated_master_type    = "m7g.large.search"
    dedicated_master_count   = 3
    zone_awareness_config {
      availability_zone_count = 3
    }
  }
  ebs_options {
    ebs_enabled = true
    volume_size = 50
    volume_type = "gp3"
  }
  encrypt_at_rest {
    enabled    = true
    kms_key_id = aws_kms_key.endpoint.arn
  }
  node_to_node_encryption {
    enabled = true
  }
  domain_endpoint_options {
    enforce_https       = false
    tls_security_policy = "Policy-Min-TLS-1-2-PFS-2023-10"
  }
  advanced_security_options {
    enabled                        = true
    internal_user_database_enabled = false
    master_user_options {
      master_user_arn = aws_iam_role.endpoint.arn
    }
  }
  vpc_options {
    subnet_ids         = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719", "subnet-0a1b2c3d4e5f6071a"]
    security_group_ids = ["sg-0a1b2c3d4e5f60718"]
  }
  software_update_options {
    auto_software_update_enabled = true
  }
  log_publishing_options {
    log_type                 = "AUDIT_LOGS"
    cloudwatch_log_group_arn = aws_cloudwatch_log_group.endpoint.arn
  }
  log_publishing_options {
    log_type                 = "ES_APPLICATION_LOGS"
    cloudwatch_log_group_arn = aws_cloudwatch_log_group.endpoint.arn
  }
}

resource "aws_opensearch_domain" "endpoint_near" {
  domain_name    = "shop-prod-catalog"
  engine_version = "OpenSearch_2.17"
  cluster_config {
    instance_type            = "r7g.large.search"
    instance_count           = 3
    zone_awareness_enabled   = true
    dedicated_master_enabled = true
    dedicated_master_type    = "m7g.large.search"
    dedicated_master_count   = 3
    zone_awareness_config {
      availability_zone_count = 3
    }
  }
  ebs_options {
    ebs_enabled = true
    volume_size = 50
    volume_type = "gp3"
  }
  encrypt_at_rest {
    enabled    = true
    kms_key_id = aws_kms_key.endpoint.arn
  }
  node_to_node_encryption {
    enabled = true
  }
  domain_endpoint_options {
    enforce_https       = true
    tls_security_policy = "Policy-Min-TLS-1-2-PFS-2023-10"
  }
  advanced_security_options {
    enabled                        = true
    internal_user_database_enabled = false
    master_user_options {
      master_user_arn = aws_iam_role.endpoint.arn
    }
  }
  vpc_options {
    subnet_ids         = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719", "subnet-0a1b2c3d4e5f6071a"]
    security_group_ids = ["sg-0a1b2c3d4e5f60718"]
  }
  software_update_options {
    auto_software_update_enabled = true
  }
  log_publishing_options {
    log_type                 = "AUDIT_LOGS"
    cloudwatch_log_group_arn = aws_cloudwatch_log_group.endpoint.arn
  }
  log_publishing_options {
    log_type                 = "ES_APPLICATION_LOGS"
    cloudwatch_log_group_arn = aws_cloudwatch_log_group.endpoint.arn
  }
}
