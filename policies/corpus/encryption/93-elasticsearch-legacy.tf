# A search domain of the old resource type encrypts neither its disks nor the traffic between its nodes.
# Source: ES.1, ES.3, CKV_AWS_5, CKV_AWS_6, AVD-AWS-0048
# Fault at: aws_elasticsearch_domain.legacy_fault
# Fault at: aws_elasticsearch_domain.legacy_nodes_fault
# Near miss at: aws_elasticsearch_domain.legacy_near

resource "aws_kms_key" "legacy" {
  description         = "Old search"
  enable_key_rotation = true
}

resource "aws_iam_role" "legacy" {
  name = "shop-prod-old-search"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "ec2.amazonaws.com" }
    }]
  })
}

resource "aws_cloudwatch_log_group" "legacy" {
  name              = "/shop/prod/old-search"
  retention_in_days = 365
  kms_key_id        = aws_kms_key.legacy.arn
}

locals {
  legacy_disks = { "fault" = false, "nodes_fault" = true, "near" = true }
}

resource "aws_elasticsearch_domain" "legacy_fault" {
  domain_name           = "shop-prod-old-search"
  elasticsearch_version = "7.10"
  cluster_config {
    instance_type            = "r6g.large.elasticsearch"
    instance_count           = 3
    zone_awareness_enabled   = true
    dedicated_master_enabled = true
    dedicated_master_type    = "m6g.large.elasticsearch"
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
  dynamic "encrypt_at_rest" {
    for_each = local.legacy_disks["fault"] ? [aws_kms_key.legacy.arn] : []
    content {
      enabled    = true
      kms_key_id = encrypt_at_rest.value
    }
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
      master_user_arn = aws_iam_role.legacy.arn
    }
  }
  vpc_options {
    subnet_ids         = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719", "subnet-0a1b2c3d4e5f6071a"]
    security_group_ids = ["sg-0a1b2c3d4e5f60718"]
  }
  log_publishing_options {
    log_type                 = "AUDIT_LOGS"
    cloudwatch_log_group_arn = aws_cloudwatch_log_group.legacy.arn
  }
  log_publishing_options {
    log_type                 = "ES_APPLICATION_LOGS"
    cloudwatch_log_group_arn = aws_cloudwatch_log_group.legacy.arn
  }
}

resource "aws_elasticsearch_domain" "legacy_nodes_fault" {
  domain_name           = "shop-prod-old-logs"
  elasticsearch_version = "7.10"
  cluster_config {
    instance_type            = "r6g.large.elasticsearch"
    instance_count           = 3
    zone_awareness_enabled   = true
    dedicated_master_enabled = true
    dedicated_master_type    = "m6g.large.elasticsearch"
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
  dynamic "encrypt_at_rest" {
    for_each = local.legacy_disks["nodes_fault"] ? [aws_kms_key.legacy.arn] : []
    content {
      enabled    = true
      kms_key_id = encrypt_at_rest.value
    }
  }
  node_to_node_encryption {
    enabled = false
  }
  domain_endpoint_options {
    enforce_https       = true
    tls_security_policy = "Policy-Min-TLS-1-2-PFS-2023-10"
  }
  advanced_security_options {
    enabled                        = true
    internal_user_database_enabled = false
    master_user_options {
      master_user_arn = aws_iam_role.legacy.arn
    }
  }
  vpc_options {
    subnet_ids         = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719", "subnet-0a1b2c3d4e5f6071a"]
    security_group_ids = ["sg-0a1b2c3d4e5f60718"]
  }
  log_publishing_options {
    log_type                 = "AUDIT_LOGS"
    cloudwatch_log_group_arn = aws_cloudwatch_log_group.legacy.arn
  }
  log_publishing_options {
    log_type                 = "ES_APPLICATION_LOGS"
    cloudwatch_log_group_arn = aws_cloudwatch_log_group.legacy.arn
  }
}

resource "aws_elasticsearch_domain" "legacy_near" {
  domain_name           = "shop-prod-old-catalog"
  elasticsearch_version = "7.10"
  cluster_config {
    instance_type            = "r6g.large.elasticsearch"
    instance_count           = 3
    zone_awareness_enabled   = true
    dedicated_master_enabled = true
    dedicated_master_type    = "m6g.large.elasticsearch"
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
  dynamic "encrypt_at_rest" {
    for_each = local.legacy_disks["near"] ? [aws_kms_key.legacy.arn] : []
    content {
      enabled    = true
      kms_key_id = encrypt_at_rest.value
    }
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
      master_user_arn = aws_iam_role.legacy.arn
    }
  }
  vpc_options {
    subnet_ids         = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719", "subnet-0a1b2c3d4e5f6071a"]
    security_group_ids = ["sg-0a1b2c3d4e5f60718"]
  }
  log_publishing_options {
    log_type                 = "AUDIT_LOGS"
    cloudwatch_log_group_arn = aws_cloudwatch_log_group.legacy.arn
  }
  log_publishing_options {
    log_type                 = "ES_APPLICATION_LOGS"
    cloudwatch_log_group_arn = aws_cloudwatch_log_group.legacy.arn
  }
}
