# The search domain has three nodes, but all in one zone.
# Source: Opensearch.6, CKV_AWS_318, https://docs.aws.amazon.com/opensearch-service/latest/developerguide/managedomains-multiaz.html
# Fault at: aws_opensearch_domain.oszone_fault
# Near miss at: aws_opensearch_domain.oszone_near

resource "aws_opensearch_domain" "oszone_fault" {
  domain_name    = "shop-prod-search-one"
  engine_version = "OpenSearch_2.19"
  cluster_config {
    instance_type            = "r7g.large.search"
    instance_count           = 3
    dedicated_master_enabled = true
    dedicated_master_type    = "m7g.large.search"
    dedicated_master_count   = 3
    zone_awareness_enabled   = false
  }
  ebs_options {
    ebs_enabled = true
    volume_type = "gp3"
    volume_size = 100
  }
  encrypt_at_rest {
    enabled    = true
    kms_key_id = aws_kms_key.work.arn
  }
  node_to_node_encryption { enabled = true }
  domain_endpoint_options {
    enforce_https       = true
    tls_security_policy = "Policy-Min-TLS-1-2-PFS-2023-10"
  }
  advanced_security_options {
    enabled                        = true
    anonymous_auth_enabled         = false
    internal_user_database_enabled = false
    master_user_options { master_user_arn = aws_iam_role.work_task.arn }
  }
  auto_tune_options { desired_state = "ENABLED" }
  software_update_options { auto_software_update_enabled = true }
  vpc_options {
    subnet_ids         = [aws_subnet.work_a.id]
    security_group_ids = [aws_security_group.work_app.id]
  }
  dynamic "log_publishing_options" {
    for_each = toset(["AUDIT_LOGS", "ES_APPLICATION_LOGS", "INDEX_SLOW_LOGS", "SEARCH_SLOW_LOGS"])
    content {
      log_type                 = log_publishing_options.value
      cloudwatch_log_group_arn = aws_cloudwatch_log_group.work.arn
    }
  }
}

resource "aws_opensearch_domain" "oszone_near" {
  domain_name    = "shop-prod-search"
  engine_version = "OpenSearch_2.19"
  cluster_config {
    instance_type            = "r7g.large.search"
    instance_count           = 3
    dedicated_master_enabled = true
    dedicated_master_type    = "m7g.large.search"
    dedicated_master_count   = 3
    zone_awareness_enabled   = true
    zone_awareness_config { availability_zone_count = 3 }
  }
  ebs_options {
    ebs_enabled = true
    volume_type = "gp3"
    volume_size = 100
  }
  encrypt_at_rest {
    enabled    = true
    kms_key_id = aws_kms_key.work.arn
  }
  node_to_node_encryption { enabled = true }
  domain_endpoint_options {
    enforce_https       = true
    tls_security_policy = "Policy-Min-TLS-1-2-PFS-2023-10"
  }
  advanced_security_options {
    enabled                        = true
    anonymous_auth_enabled         = false
    internal_user_database_enabled = false
    master_user_options { master_user_arn = aws_iam_role.work_task.arn }
  }
  auto_tune_options { desired_state = "ENABLED" }
  software_update_options { auto_software_update_enabled = true }
  vpc_options {
    subnet_ids         = [aws_subnet.work_a.id, aws_subnet.work_b.id, aws_subnet.work_c.id]
    security_group_ids = [aws_security_group.work_app.id]
  }
  dynamic "log_publishing_options" {
    for_each = toset(["AUDIT_LOGS", "ES_APPLICATION_LOGS", "INDEX_SLOW_LOGS", "SEARCH_SLOW_LOGS"])
    content {
      log_type                 = log_publishing_options.value
      cloudwatch_log_group_arn = aws_cloudwatch_log_group.work.arn
    }
  }
}
