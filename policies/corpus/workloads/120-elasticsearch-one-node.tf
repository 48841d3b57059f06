# The search runs on one node only, through the older resource type.
# Source: ES.6, ES.7, CKV_AWS_318
# Fault at: aws_elasticsearch_domain.esone_fault
# Near miss at: aws_elasticsearch_domain.esone_near

resource "aws_elasticsearch_domain" "esone_fault" {
  domain_name           = "shop-prod-es-one"
  elasticsearch_version = "7.10"
  cluster_config {
    instance_type          = "r6g.large.elasticsearch"
    instance_count         = 1
    zone_awareness_enabled = false

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
    internal_user_database_enabled = false
    master_user_options { master_user_arn = aws_iam_role.work_task.arn }
  }
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

resource "aws_elasticsearch_domain" "esone_near" {
  domain_name           = "shop-prod-es"
  elasticsearch_version = "7.10"
  cluster_config {
    instance_type            = "r6g.large.elasticsearch"
    instance_count           = 3
    zone_awareness_enabled   = true
    dedicated_master_enabled = true
    dedicated_master_type    = "r6g.large.elasticsearch"
    dedicated_master_count   = 3
    zone_awareness_config {
      availability_zone_count = 3
    }
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
    internal_user_database_enabled = false
    master_user_options { master_user_arn = aws_iam_role.work_task.arn }
  }
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
