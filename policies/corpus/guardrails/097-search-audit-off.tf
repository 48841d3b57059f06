# The search domain stops its audit log.
# Source: Opensearch.5, CKV_AWS_317
# Fault at: aws_opensearch_domain.search_audit_off_fault
# Near miss at: aws_opensearch_domain.search_audit_off_near

resource "aws_opensearch_domain" "search_audit_off_fault" {
  domain_name    = "shop-prod-orders"
  engine_version = "OpenSearch_2.13"
  cluster_config {
    instance_type            = "r6g.large.search"
    instance_count           = 3
    zone_awareness_enabled   = true
    dedicated_master_enabled = true
    dedicated_master_count   = 3
    dedicated_master_type    = "m6g.large.search"
    zone_awareness_config {
      availability_zone_count = 3
    }
  }
  ebs_options {
    ebs_enabled = true
    volume_size = 100
  }
  encrypt_at_rest {
    enabled    = true
    kms_key_id = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
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
      master_user_arn = "arn:aws:iam:::role/shop-prod-search"
    }
  }
  vpc_options {
    subnet_ids         = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719", "subnet-0a1b2c3d4e5f60720"]
    security_group_ids = ["sg-0a1b2c3d4e5f60718"]
  }
  log_publishing_options {
    log_type                 = "AUDIT_LOGS"
    cloudwatch_log_group_arn = "arn:aws:logs:::log-group:shop-prod-search"
    enabled                  = false
  }
  log_publishing_options {
    log_type                 = "ES_APPLICATION_LOGS"
    cloudwatch_log_group_arn = "arn:aws:logs:::log-group:shop-prod-search"
    enabled                  = true
  }
}

resource "aws_opensearch_domain" "search_audit_off_near" {
  domain_name    = "shop-prod-billing"
  engine_version = "OpenSearch_2.13"
  cluster_config {
    instance_type            = "r6g.large.search"
    instance_count           = 3
    zone_awareness_enabled   = true
    dedicated_master_enabled = true
    dedicated_master_count   = 3
    dedicated_master_type    = "m6g.large.search"
    zone_awareness_config {
      availability_zone_count = 3
    }
  }
  ebs_options {
    ebs_enabled = true
    volume_size = 100
  }
  encrypt_at_rest {
    enabled    = true
    kms_key_id = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
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
      master_user_arn = "arn:aws:iam:::role/shop-prod-search"
    }
  }
  vpc_options {
    subnet_ids         = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719", "subnet-0a1b2c3d4e5f60720"]
    security_group_ids = ["sg-0a1b2c3d4e5f60718"]
  }
  log_publishing_options {
    log_type                 = "AUDIT_LOGS"
    cloudwatch_log_group_arn = "arn:aws:logs:::log-group:shop-prod-search"
    enabled                  = true
  }
  log_publishing_options {
    log_type                 = "ES_APPLICATION_LOGS"
    cloudwatch_log_group_arn = "arn:aws:logs:::log-group:shop-prod-search"
    enabled                  = true
  }
  log_publishing_options {
    log_type                 = "SEARCH_SLOW_LOGS"
    cloudwatch_log_group_arn = "arn:aws:logs:::log-group:shop-prod-search"
  }
}
