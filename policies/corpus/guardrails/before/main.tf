# Resources that exist before the plan.

# 001-trail-logging-off
resource "aws_cloudtrail" "trail_logging_off_fault" {
  name                       = "shop-prod-orders-trail"
  s3_bucket_name             = "shop-prod-audit"
  is_multi_region_trail      = true
  enable_log_file_validation = true
  enable_logging             = true
  kms_key_id                 = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  cloud_watch_logs_group_arn = "arn:aws:logs:::log-group:shop-prod-trail:*"
  cloud_watch_logs_role_arn  = "arn:aws:iam:::role/shop-prod-trail"
  insight_selector {
    insight_type = "ApiErrorRateInsight"
  }
}

resource "aws_cloudtrail" "trail_logging_off_near" {
  name                       = "shop-prod-billing-trail"
  s3_bucket_name             = "shop-prod-audit"
  is_multi_region_trail      = true
  enable_log_file_validation = true
  enable_logging             = true
  kms_key_id                 = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  cloud_watch_logs_group_arn = "arn:aws:logs:::log-group:shop-prod-trail:*"
  cloud_watch_logs_role_arn  = "arn:aws:iam:::role/shop-prod-trail"
  insight_selector {
    insight_type = "ApiErrorRateInsight"
  }
}


# 002-trail-reads-only
resource "aws_cloudtrail" "trail_reads_only_fault" {
  name                       = "shop-prod-orders-management"
  s3_bucket_name             = "shop-prod-audit"
  is_multi_region_trail      = true
  enable_log_file_validation = true
  kms_key_id                 = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  cloud_watch_logs_group_arn = "arn:aws:logs:::log-group:shop-prod-trail:*"
  cloud_watch_logs_role_arn  = "arn:aws:iam:::role/shop-prod-trail"
  advanced_event_selector {
    name = "Management events"
    field_selector {
      field  = "eventCategory"
      equals = ["Management"]
    }
  }
}

resource "aws_cloudtrail" "trail_reads_only_near" {
  name                       = "shop-prod-billing-management"
  s3_bucket_name             = "shop-prod-audit"
  is_multi_region_trail      = true
  enable_log_file_validation = true
  kms_key_id                 = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  cloud_watch_logs_group_arn = "arn:aws:logs:::log-group:shop-prod-trail:*"
  cloud_watch_logs_role_arn  = "arn:aws:iam:::role/shop-prod-trail"
  advanced_event_selector {
    name = "Management events"
    field_selector {
      field  = "eventCategory"
      equals = ["Management"]
    }
  }
}


# 003-trail-data-excluded
resource "aws_cloudtrail" "trail_data_excluded_fault" {
  name                       = "shop-prod-orders-data"
  s3_bucket_name             = "shop-prod-audit"
  is_multi_region_trail      = true
  enable_log_file_validation = true
  kms_key_id                 = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  cloud_watch_logs_group_arn = "arn:aws:logs:::log-group:shop-prod-trail:*"
  cloud_watch_logs_role_arn  = "arn:aws:iam:::role/shop-prod-trail"
  advanced_event_selector {
    name = "Management events"
    field_selector {
      field  = "eventCategory"
      equals = ["Management"]
    }
  }
  advanced_event_selector {
    name = "Objects"
    field_selector {
      field  = "eventCategory"
      equals = ["Data"]
    }
    field_selector {
      field  = "resources.type"
      equals = ["AWS::S3::Object"]
    }
  }
}

resource "aws_cloudtrail" "trail_data_excluded_near" {
  name                       = "shop-prod-billing-data"
  s3_bucket_name             = "shop-prod-audit"
  is_multi_region_trail      = true
  enable_log_file_validation = true
  kms_key_id                 = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  cloud_watch_logs_group_arn = "arn:aws:logs:::log-group:shop-prod-trail:*"
  cloud_watch_logs_role_arn  = "arn:aws:iam:::role/shop-prod-trail"
  advanced_event_selector {
    name = "Management events"
    field_selector {
      field  = "eventCategory"
      equals = ["Management"]
    }
  }
  advanced_event_selector {
    name = "Objects"
    field_selector {
      field  = "eventCategory"
      equals = ["Data"]
    }
    field_selector {
      field  = "resources.type"
      equals = ["AWS::S3::Object"]
    }
  }
}


# 004-trail-one-region
resource "aws_cloudtrail" "trail_one_region_fault" {
  name                  = "shop-prod-orders-regions"
  s3_bucket_name        = "shop-prod-audit"
  is_multi_region_trail = true

  enable_log_file_validation = true
  kms_key_id                 = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  cloud_watch_logs_group_arn = "arn:aws:logs:::log-group:shop-prod-trail:*"
  cloud_watch_logs_role_arn  = "arn:aws:iam:::role/shop-prod-trail"
}

resource "aws_cloudtrail" "trail_one_region_near" {
  name                  = "shop-prod-billing-regions"
  s3_bucket_name        = "shop-prod-audit"
  is_multi_region_trail = true

  enable_log_file_validation = true
  kms_key_id                 = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  cloud_watch_logs_group_arn = "arn:aws:logs:::log-group:shop-prod-trail:*"
  cloud_watch_logs_role_arn  = "arn:aws:iam:::role/shop-prod-trail"
}


# 005-trail-validation-null
resource "aws_cloudtrail" "trail_validation_null_fault" {
  name                       = "shop-prod-orders-digest"
  s3_bucket_name             = "shop-prod-audit"
  is_multi_region_trail      = true
  enable_log_file_validation = true

  kms_key_id                 = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  cloud_watch_logs_group_arn = "arn:aws:logs:::log-group:shop-prod-trail:*"
  cloud_watch_logs_role_arn  = "arn:aws:iam:::role/shop-prod-trail"
}

resource "aws_cloudtrail" "trail_validation_null_near" {
  name                       = "shop-prod-billing-digest"
  s3_bucket_name             = "shop-prod-audit"
  is_multi_region_trail      = true
  enable_log_file_validation = true

  kms_key_id                 = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  cloud_watch_logs_group_arn = "arn:aws:logs:::log-group:shop-prod-trail:*"
  cloud_watch_logs_role_arn  = "arn:aws:iam:::role/shop-prod-trail"
}


# 006-trail-global-events-off
resource "aws_cloudtrail" "trail_global_events_off_fault" {
  name                          = "shop-prod-orders-global"
  s3_bucket_name                = "shop-prod-audit"
  is_multi_region_trail         = true
  include_global_service_events = true
  enable_log_file_validation    = true
  kms_key_id                    = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  cloud_watch_logs_group_arn    = "arn:aws:logs:::log-group:shop-prod-trail:*"
  cloud_watch_logs_role_arn     = "arn:aws:iam:::role/shop-prod-trail"
}

resource "aws_cloudtrail" "trail_global_events_off_near" {
  name                          = "shop-prod-billing-global"
  s3_bucket_name                = "shop-prod-audit"
  is_multi_region_trail         = true
  include_global_service_events = true
  enable_log_file_validation    = true
  kms_key_id                    = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  cloud_watch_logs_group_arn    = "arn:aws:logs:::log-group:shop-prod-trail:*"
  cloud_watch_logs_role_arn     = "arn:aws:iam:::role/shop-prod-trail"
}


# 007-lake-ingestion-stopped
resource "aws_cloudtrail_event_data_store" "lake_ingestion_stopped_fault" {
  name                           = "shop-prod-orders-lake"
  kms_key_id                     = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  multi_region_enabled           = true
  termination_protection_enabled = true
  retention_period               = 365
}

resource "aws_cloudtrail_event_data_store" "lake_ingestion_stopped_near" {
  name                           = "shop-prod-billing-lake"
  kms_key_id                     = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  multi_region_enabled           = true
  termination_protection_enabled = true
  retention_period               = 365
}


# 008-lake-unprotected
resource "aws_cloudtrail_event_data_store" "lake_unprotected_fault" {
  name                           = "shop-prod-orders-evidence"
  kms_key_id                     = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  multi_region_enabled           = true
  termination_protection_enabled = true
  retention_period               = 365
  billing_mode                   = "EXTENDABLE_RETENTION_PRICING"
}

resource "aws_cloudtrail_event_data_store" "lake_unprotected_near" {
  name                           = "shop-prod-billing-evidence"
  kms_key_id                     = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  multi_region_enabled           = true
  termination_protection_enabled = true
  retention_period               = 365
  billing_mode                   = "EXTENDABLE_RETENTION_PRICING"
}


# 009-audit-bucket-lifecycle
resource "aws_s3_bucket_lifecycle_configuration" "audit_bucket_lifecycle_fault" {
  bucket                = "shop-prod-orders-audit-logs"
  expected_bucket_owner = "123456789012"
  rule {
    id     = "archive"
    status = "Enabled"
    filter {
      prefix = "AWSLogs/"
    }
    transition {
      days          = 90
      storage_class = "GLACIER"
    }
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "audit_bucket_lifecycle_near" {
  bucket                = "shop-prod-billing-audit-logs"
  expected_bucket_owner = "123456789012"
  rule {
    id     = "archive"
    status = "Enabled"
    filter {
      prefix = "AWSLogs/"
    }
    transition {
      days          = 90
      storage_class = "GLACIER"
    }
  }
}


# 011-audit-bucket-versioning
resource "aws_s3_bucket_versioning" "audit_bucket_versioning_fault" {
  bucket = "shop-prod-orders-audit-logs"
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_versioning" "audit_bucket_versioning_near" {
  bucket = "shop-prod-billing-audit-logs"
  versioning_configuration {
    status = "Enabled"
  }
}


# 012-object-lock-weakened
resource "aws_s3_bucket_object_lock_configuration" "object_lock_weakened_fault" {
  bucket = "shop-prod-orders-audit-logs"
  rule {
    default_retention {
      mode = "COMPLIANCE"
      days = 365
    }
  }
}

resource "aws_s3_bucket_object_lock_configuration" "object_lock_weakened_near" {
  bucket = "shop-prod-billing-audit-logs"
  rule {
    default_retention {
      mode = "COMPLIANCE"
      days = 365
    }
  }
}


# 013-replication-disabled
resource "aws_s3_bucket_replication_configuration" "replication_disabled_fault" {
  bucket = "shop-prod-orders-audit-logs"
  role   = "arn:aws:iam:::role/shop-prod-replication"
  rule {
    id       = "audit"
    status   = "Enabled"
    priority = 1
    filter {}
    delete_marker_replication {
      status = "Enabled"
    }
    destination {
      bucket        = "arn:aws:s3:::shop-prod-orders-audit-copy"
      storage_class = "STANDARD_IA"
    }
  }
}

resource "aws_s3_bucket_replication_configuration" "replication_disabled_near" {
  bucket = "shop-prod-billing-audit-logs"
  role   = "arn:aws:iam:::role/shop-prod-replication"
  rule {
    id       = "audit"
    status   = "Enabled"
    priority = 1
    filter {}
    delete_marker_replication {
      status = "Enabled"
    }
    destination {
      bucket        = "arn:aws:s3:::shop-prod-billing-audit-copy"
      storage_class = "STANDARD_IA"
    }
  }
}


# 014-account-public-access
resource "aws_s3_account_public_access_block" "account_public_access_fault" {
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_account_public_access_block" "account_public_access_near" {
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = false
  restrict_public_buckets = true
}


# 015-ebs-default-encryption
resource "aws_ebs_encryption_by_default" "ebs_default_encryption_fault" {
  enabled = true
}

resource "aws_ebs_encryption_by_default" "ebs_default_encryption_near" {
  enabled = true
}


# 017-metadata-defaults
resource "aws_ec2_instance_metadata_defaults" "metadata_defaults_fault" {
  http_endpoint               = "enabled"
  http_tokens                 = "required"
  http_put_response_hop_limit = 1
}

resource "aws_ec2_instance_metadata_defaults" "metadata_defaults_near" {
  http_endpoint               = "enabled"
  http_tokens                 = "required"
  http_put_response_hop_limit = 1
}


# 018-snapshot-public-sharing
resource "aws_ebs_snapshot_block_public_access" "snapshot_public_sharing_fault" {
  state = "block-all-sharing"
}

resource "aws_ebs_snapshot_block_public_access" "snapshot_public_sharing_near" {
  state = "block-new-sharing"
}


# 020-emr-public-ports
resource "aws_emr_block_public_access_configuration" "emr_public_ports_fault" {
  block_public_security_group_rules = true
}

resource "aws_emr_block_public_access_configuration" "emr_public_ports_near" {
  block_public_security_group_rules = true
}


# 021-vpc-public-access-off
resource "aws_vpc_block_public_access_options" "vpc_public_access_off_fault" {
  internet_gateway_block_mode = "block-bidirectional"
}

resource "aws_vpc_block_public_access_options" "vpc_public_access_off_near" {
  internet_gateway_block_mode = "off"
}


# 023-password-policy
resource "aws_iam_account_password_policy" "password_policy_fault" {
  minimum_password_length        = 14
  require_lowercase_characters   = true
  require_uppercase_characters   = true
  require_numbers                = true
  require_symbols                = true
  allow_users_to_change_password = true
  password_reuse_prevention      = 24
  max_password_age               = 90
}

resource "aws_iam_account_password_policy" "password_policy_near" {
  minimum_password_length        = 14
  require_lowercase_characters   = true
  require_uppercase_characters   = true
  require_numbers                = true
  require_symbols                = true
  allow_users_to_change_password = true
  password_reuse_prevention      = 24
  max_password_age               = 90
}


# 024-guardduty-off
resource "aws_guardduty_detector" "guardduty_off_fault" {
  enable                       = true
  finding_publishing_frequency = "SIX_HOURS"
}

resource "aws_guardduty_detector" "guardduty_off_near" {
  enable                       = true
  finding_publishing_frequency = "SIX_HOURS"
}


# 025-guardduty-feature-off
resource "aws_guardduty_detector_feature" "guardduty_feature_off_fault" {
  detector_id = "12abc34d567e8fa901bc2d34e56789f0"
  name        = "S3_DATA_EVENTS"
  status      = "ENABLED"
}

resource "aws_guardduty_detector_feature" "guardduty_feature_off_near" {
  detector_id = "12abc34d567e8fa901bc2d34e56789f0"
  name        = "RUNTIME_MONITORING"
  status      = "ENABLED"
  additional_configuration {
    name   = "EKS_ADDON_MANAGEMENT"
    status = "DISABLED"
  }
  additional_configuration {
    name   = "EC2_AGENT_MANAGEMENT"
    status = "DISABLED"
  }
}


# 028-guardduty-new-accounts
resource "aws_guardduty_organization_configuration" "guardduty_new_accounts_fault" {
  detector_id                      = "12abc34d567e8fa901bc2d34e56789f0"
  auto_enable_organization_members = "NEW"
}

resource "aws_guardduty_organization_configuration" "guardduty_new_accounts_near" {
  detector_id                      = "12abc34d567e8fa901bc2d34e56789f0"
  auto_enable_organization_members = "NEW"
}


# 032-securityhub-one-region
resource "aws_securityhub_finding_aggregator" "securityhub_one_region_fault" {
  linking_mode = "ALL_REGIONS"
}

resource "aws_securityhub_finding_aggregator" "securityhub_one_region_near" {
  linking_mode      = "SPECIFIED_REGIONS"
  specified_regions = [var.region]
}


# 033-securityhub-no-controls
resource "aws_securityhub_account" "securityhub_no_controls_fault" {
  enable_default_standards  = false
  control_finding_generator = "STANDARD_CONTROL"
  auto_enable_controls      = true
}

resource "aws_securityhub_account" "securityhub_no_controls_near" {
  enable_default_standards  = false
  control_finding_generator = "STANDARD_CONTROL"
  auto_enable_controls      = true
}


# 034-config-recorder-narrowed
resource "aws_config_configuration_recorder" "config_recorder_narrowed_fault" {
  name     = "shop-prod-orders"
  role_arn = "arn:aws:iam:::role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig"
  recording_group {
    all_supported                 = true
    include_global_resource_types = true
  }
}

resource "aws_config_configuration_recorder" "config_recorder_narrowed_near" {
  name     = "shop-prod-billing"
  role_arn = "arn:aws:iam:::role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig"
  recording_group {
    all_supported                 = true
    include_global_resource_types = true
  }
}


# 035-config-recorder-stopped
resource "aws_config_configuration_recorder_status" "config_recorder_stopped_fault" {
  name       = "shop-prod-orders"
  is_enabled = true
}

resource "aws_config_configuration_recorder_status" "config_recorder_stopped_near" {
  name       = "shop-prod-billing"
  is_enabled = false
}


# 036-config-key-age
resource "aws_config_config_rule" "config_key_age_fault" {
  name             = "shop-prod-orders-keys"
  input_parameters = jsonencode({ maxAccessKeyAge = "90" })
  source {
    owner             = "AWS"
    source_identifier = "ACCESS_KEYS_ROTATED"
  }
}

resource "aws_config_config_rule" "config_key_age_near" {
  name             = "shop-prod-billing-keys"
  input_parameters = jsonencode({ maxAccessKeyAge = "90" })
  source {
    owner             = "AWS"
    source_identifier = "ACCESS_KEYS_ROTATED"
  }
}


# 037-config-rule-dropped
resource "aws_config_config_rule" "config_rule_dropped" {
  for_each = toset(["ROOT_ACCOUNT_MFA_ENABLED", "CLOUD_TRAIL_ENABLED"])
  name     = "shop-prod-${lower(replace(each.key, "_", "-"))}"
  source {
    owner             = "AWS"
    source_identifier = each.key
  }
}


# 038-config-history-month
resource "aws_config_retention_configuration" "config_history_month_fault" {
  retention_period_in_days = 2557
}

resource "aws_config_retention_configuration" "config_history_month_near" {
  retention_period_in_days = 365
}


# 039-config-aggregator-regions
resource "aws_config_configuration_aggregator" "config_aggregator_regions_fault" {
  name = "shop-prod-orders"
  organization_aggregation_source {
    role_arn    = "arn:aws:iam:::role/shop-prod-config"
    all_regions = true
  }
}

resource "aws_config_configuration_aggregator" "config_aggregator_regions_near" {
  name = "shop-prod-billing"
  organization_aggregation_source {
    role_arn    = "arn:aws:iam:::role/shop-prod-config"
    all_regions = true
  }
}


# 040-inspector-narrowed
resource "aws_inspector2_enabler" "inspector_narrowed_fault" {
  account_ids    = [var.inspector_narrowed_account]
  resource_types = ["EC2", "ECR", "LAMBDA"]
}

resource "aws_inspector2_enabler" "inspector_narrowed_near" {
  account_ids    = [var.inspector_narrowed_account]
  resource_types = ["EC2", "ECR", "LAMBDA"]
}

variable "inspector_narrowed_account" {
  description = "Account that Inspector scans."
  type        = string
  default     = "123456789012"
}


# 042-macie-paused
resource "aws_macie2_account" "macie_paused_fault" {
  status                       = "ENABLED"
  finding_publishing_frequency = "SIX_HOURS"
}

resource "aws_macie2_account" "macie_paused_near" {
  status                       = "ENABLED"
  finding_publishing_frequency = "SIX_HOURS"
}


# 045-detective-new-accounts
resource "aws_detective_organization_configuration" "detective_new_accounts_fault" {
  graph_arn   = "arn:aws:detective:::graph:aaaabbbbccccddddeeeeffff00001111"
  auto_enable = true
}

resource "aws_detective_organization_configuration" "detective_new_accounts_near" {
  graph_arn   = "arn:aws:detective:::graph:aaaabbbbccccddddeeeeffff00001111"
  auto_enable = false
}


# 047-waf-group-counts
resource "aws_wafv2_web_acl" "waf_group_counts_fault" {
  name  = "shop-prod-orders"
  scope = "REGIONAL"
  default_action {
    allow {}
  }
  rule {
    name     = "common"
    priority = 1
    override_action {
      none {}
    }
    statement {
      managed_rule_group_statement {
        name        = "AWSManagedRulesCommonRuleSet"
        vendor_name = "AWS"
      }
    }
    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "common"
      sampled_requests_enabled   = true
    }
  }
  rule {
    name     = "inputs"
    priority = 2
    override_action {
      none {}
    }
    statement {
      managed_rule_group_statement {
        name        = "AWSManagedRulesKnownBadInputsRuleSet"
        vendor_name = "AWS"
      }
    }
    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "inputs"
      sampled_requests_enabled   = true
    }
  }
  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = "shop-prod-orders"
    sampled_requests_enabled   = true
  }
}

resource "aws_wafv2_web_acl" "waf_group_counts_near" {
  name  = "shop-prod-billing"
  scope = "REGIONAL"
  default_action {
    allow {}
  }
  rule {
    name     = "common"
    priority = 1
    override_action {
      none {}
    }
    statement {
      managed_rule_group_statement {
        name        = "AWSManagedRulesCommonRuleSet"
        vendor_name = "AWS"
      }
    }
    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "common"
      sampled_requests_enabled   = true
    }
  }
  rule {
    name     = "inputs"
    priority = 2
    override_action {
      none {}
    }
    statement {
      managed_rule_group_statement {
        name        = "AWSManagedRulesKnownBadInputsRuleSet"
        vendor_name = "AWS"
      }
    }
    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "inputs"
      sampled_requests_enabled   = true
    }
  }
  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = "shop-prod-billing"
    sampled_requests_enabled   = true
  }
}


# 050-waf-detached
resource "aws_wafv2_web_acl_association" "waf_detached_fault" {
  resource_arn = "arn:aws:elasticloadbalancing:::loadbalancer/app/shop-prod/50dc6c495c0c9189"
  web_acl_arn  = "arn:aws:wafv2:::regional/webacl/shop-prod/11111111-2222-3333-4444-555555555555"
}


# 051-network-firewall-alerts-unlogged
resource "aws_networkfirewall_logging_configuration" "network_firewall_alerts_unlogged_fault" {
  firewall_arn = "arn:aws:network-firewall:::firewall/shop-prod-orders"
  logging_configuration {
    log_destination_config {
      log_type             = "ALERT"
      log_destination_type = "S3"
      log_destination      = { bucketName = "shop-prod-firewall" }
    }

    log_destination_config {
      log_type             = "FLOW"
      log_destination_type = "S3"
      log_destination      = { bucketName = "shop-prod-firewall" }
    }
  }
}

resource "aws_networkfirewall_logging_configuration" "network_firewall_alerts_unlogged_near" {
  firewall_arn = "arn:aws:network-firewall:::firewall/shop-prod-billing"
  logging_configuration {
    log_destination_config {
      log_type             = "ALERT"
      log_destination_type = "S3"
      log_destination      = { bucketName = "shop-prod-firewall" }
    }

    log_destination_config {
      log_type             = "FLOW"
      log_destination_type = "S3"
      log_destination      = { bucketName = "shop-prod-firewall" }
    }
  }
}


# 052-network-firewall-passes
resource "aws_networkfirewall_firewall_policy" "network_firewall_passes_fault" {
  name = "shop-prod-orders"
  encryption_configuration {
    type   = "CUSTOMER_KMS"
    key_id = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  }
  firewall_policy {
    stateless_default_actions          = ["aws:drop"]
    stateless_fragment_default_actions = ["aws:drop"]
    stateful_engine_options {
      rule_order = "STRICT_ORDER"
    }
    stateful_default_actions = ["aws:drop_established", "aws:alert_established"]
  }
}

resource "aws_networkfirewall_firewall_policy" "network_firewall_passes_near" {
  name = "shop-prod-billing"
  encryption_configuration {
    type   = "CUSTOMER_KMS"
    key_id = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  }
  firewall_policy {
    stateless_default_actions          = ["aws:drop"]
    stateless_fragment_default_actions = ["aws:drop"]
    stateful_engine_options {
      rule_order = "STRICT_ORDER"
    }
    stateful_default_actions = ["aws:drop_established", "aws:alert_established"]
  }
}


# 053-network-firewall-unprotected
resource "aws_networkfirewall_firewall" "network_firewall_unprotected_fault" {
  name                              = "shop-prod-orders"
  firewall_policy_arn               = "arn:aws:network-firewall:::firewall-policy/shop-prod"
  vpc_id                            = "vpc-0a1b2c3d4e5f60718"
  delete_protection                 = true
  subnet_change_protection          = true
  firewall_policy_change_protection = false
  encryption_configuration {
    type   = "CUSTOMER_KMS"
    key_id = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  }
  subnet_mapping {
    subnet_id = "subnet-0a1b2c3d4e5f60718"
  }
}

resource "aws_networkfirewall_firewall" "network_firewall_unprotected_near" {
  name                              = "shop-prod-billing"
  firewall_policy_arn               = "arn:aws:network-firewall:::firewall-policy/shop-prod"
  vpc_id                            = "vpc-0a1b2c3d4e5f60718"
  delete_protection                 = true
  subnet_change_protection          = true
  firewall_policy_change_protection = false
  encryption_configuration {
    type   = "CUSTOMER_KMS"
    key_id = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  }
  subnet_mapping {
    subnet_id = "subnet-0a1b2c3d4e5f60718"
  }
}


# 054-firewall-manager-exempts-prod
resource "aws_fms_policy" "firewall_manager_exempts_prod_fault" {
  name                  = "shop-prod-orders"
  exclude_resource_tags = false

  remediation_enabled = true
  resource_type       = "AWS::ElasticLoadBalancingV2::LoadBalancer"
  security_service_policy_data {
    type = "WAFV2"
    managed_service_data = jsonencode({
      type = "WAFV2"
      preProcessRuleGroups = [{
        ruleGroupArn               = null
        overrideAction             = { type = "NONE" }
        managedRuleGroupIdentifier = { vendorName = "AWS", managedRuleGroupName = "AWSManagedRulesCommonRuleSet" }
        ruleGroupType              = "ManagedRuleGroup"
        excludeRules               = []
      }]
      postProcessRuleGroups             = []
      defaultAction                     = { type = "ALLOW" }
      overrideCustomerWebACLAssociation = false
    })
  }
}

resource "aws_fms_policy" "firewall_manager_exempts_prod_near" {
  name                  = "shop-prod-billing"
  exclude_resource_tags = false

  remediation_enabled = true
  resource_type       = "AWS::ElasticLoadBalancingV2::LoadBalancer"
  security_service_policy_data {
    type = "WAFV2"
    managed_service_data = jsonencode({
      type = "WAFV2"
      preProcessRuleGroups = [{
        ruleGroupArn               = null
        overrideAction             = { type = "NONE" }
        managedRuleGroupIdentifier = { vendorName = "AWS", managedRuleGroupName = "AWSManagedRulesCommonRuleSet" }
        ruleGroupType              = "ManagedRuleGroup"
        excludeRules               = []
      }]
      postProcessRuleGroups             = []
      defaultAction                     = { type = "ALLOW" }
      overrideCustomerWebACLAssociation = false
    })
  }
}


# 055-firewall-manager-reports-only
resource "aws_fms_policy" "firewall_manager_reports_only_fault" {
  name                               = "shop-prod-orders-groups"
  exclude_resource_tags              = false
  remediation_enabled                = true
  delete_unused_fm_managed_resources = false
  resource_type_list                 = ["AWS::EC2::Instance", "AWS::EC2::NetworkInterface"]
  security_service_policy_data {
    type = "SECURITY_GROUPS_COMMON"
    managed_service_data = jsonencode({
      type                                     = "SECURITY_GROUPS_COMMON"
      revertManualSecurityGroupChanges         = true
      exclusiveResourceSecurityGroupManagement = false
      securityGroups                           = [{ id = "sg-0a1b2c3d4e5f60718" }]
    })
  }
}

resource "aws_fms_policy" "firewall_manager_reports_only_near" {
  name                               = "shop-prod-billing-groups"
  exclude_resource_tags              = false
  remediation_enabled                = true
  delete_unused_fm_managed_resources = false
  resource_type_list                 = ["AWS::EC2::Instance", "AWS::EC2::NetworkInterface"]
  security_service_policy_data {
    type = "SECURITY_GROUPS_COMMON"
    managed_service_data = jsonencode({
      type                                     = "SECURITY_GROUPS_COMMON"
      revertManualSecurityGroupChanges         = true
      exclusiveResourceSecurityGroupManagement = false
      securityGroups                           = [{ id = "sg-0a1b2c3d4e5f60718" }]
    })
  }
}


# 056-shield-counts
resource "aws_shield_application_layer_automatic_response" "shield_counts_fault" {
  resource_arn = "arn:aws:cloudfront:::distribution/E1234567890orders"
  action       = "BLOCK"
}

resource "aws_shield_application_layer_automatic_response" "shield_counts_near" {
  resource_arn = "arn:aws:cloudfront:::distribution/E1234567890billing"
  action       = "COUNT"
}


# 057-shield-nobody-called
resource "aws_shield_proactive_engagement" "shield_nobody_called_fault" {
  enabled = true
  emergency_contact {
    email_address = "oncall@shop.example"
    phone_number  = "+4930123456"
    contact_notes = "Day and night"
  }
}

resource "aws_shield_proactive_engagement" "shield_nobody_called_near" {
  enabled = true
  emergency_contact {
    email_address = "oncall@shop.example"
    phone_number  = "+4930123456"
    contact_notes = "Day and night"
  }
}


# 058-scp-never-denies
resource "aws_organizations_policy" "scp_never_denies_fault" {
  name = "shop-prod-orders-guard"
  type = "SERVICE_CONTROL_POLICY"
  content = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "KeepAudit"
      Effect    = "Deny"
      Action    = ["cloudtrail:StopLogging", "cloudtrail:DeleteTrail", "guardduty:DeleteDetector", "config:StopConfigurationRecorder"]
      Resource  = "*"
      Condition = { ArnNotLike = { "aws:PrincipalArn" = ["arn:aws:iam::*:role/shop-prod-break-glass", "arn:aws:iam::*:role/shop-prod-old-admin"] } }
    }]
  })
}

resource "aws_organizations_policy" "scp_never_denies_near" {
  name = "shop-prod-billing-guard"
  type = "SERVICE_CONTROL_POLICY"
  content = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "KeepAudit"
      Effect    = "Deny"
      Action    = ["cloudtrail:StopLogging", "cloudtrail:DeleteTrail", "guardduty:DeleteDetector", "config:StopConfigurationRecorder"]
      Resource  = "*"
      Condition = { ArnNotLike = { "aws:PrincipalArn" = ["arn:aws:iam::*:role/shop-prod-break-glass", "arn:aws:iam::*:role/shop-prod-old-admin"] } }
    }]
  })
}


# 059-scp-loses-action
resource "aws_organizations_policy" "scp_loses_action_fault" {
  name = "shop-prod-orders-detection"
  type = "SERVICE_CONTROL_POLICY"
  content = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Deny"
      Action   = ["guardduty:DeleteDetector", "guardduty:UpdateDetector", "securityhub:DisableSecurityHub"]
      Resource = "*"
    }]
  })
}

resource "aws_organizations_policy" "scp_loses_action_near" {
  name = "shop-prod-billing-detection"
  type = "SERVICE_CONTROL_POLICY"
  content = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Deny"
      Action   = ["guardduty:DeleteDetector", "guardduty:UpdateDetector", "securityhub:DisableSecurityHub"]
      Resource = "*"
    }]
  })
}


# 060-rcp-any-organisation
resource "aws_organizations_policy" "rcp_any_organisation_fault" {
  name = "shop-prod-orders-perimeter"
  type = "RESOURCE_CONTROL_POLICY"
  content = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "OwnPeople"
      Effect    = "Deny"
      Principal = "*"
      Action    = ["s3:*", "sqs:*", "kms:*", "secretsmanager:*"]
      Resource  = "*"
      Condition = {
        StringNotEqualsIfExists = { "aws:PrincipalOrgID" = ["o-a1b2c3d4e5", "o-b1b2c3d4e5"] }
        BoolIfExists            = { "aws:PrincipalIsAWSService" = "false" }
      }
    }]
  })
}

resource "aws_organizations_policy" "rcp_any_organisation_near" {
  name = "shop-prod-billing-perimeter"
  type = "RESOURCE_CONTROL_POLICY"
  content = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "OwnPeople"
      Effect    = "Deny"
      Principal = "*"
      Action    = ["s3:*", "sqs:*", "kms:*", "secretsmanager:*"]
      Resource  = "*"
      Condition = {
        StringNotEqualsIfExists = { "aws:PrincipalOrgID" = ["o-a1b2c3d4e5", "o-b1b2c3d4e5"] }
        BoolIfExists            = { "aws:PrincipalIsAWSService" = "false" }
      }
    }]
  })
}


# 061-organization-without-scps
resource "aws_organizations_organization" "organization_without_scps_fault" {
  feature_set                   = "ALL"
  enabled_policy_types          = ["SERVICE_CONTROL_POLICY", "TAG_POLICY"]
  aws_service_access_principals = ["cloudtrail.amazonaws.com", "config.amazonaws.com", "guardduty.amazonaws.com"]
}

resource "aws_organizations_organization" "organization_without_scps_near" {
  feature_set                   = "ALL"
  enabled_policy_types          = ["SERVICE_CONTROL_POLICY", "TAG_POLICY"]
  aws_service_access_principals = ["cloudtrail.amazonaws.com", "config.amazonaws.com", "guardduty.amazonaws.com"]
}


# 062-organization-untrusts-services
resource "aws_organizations_organization" "organization_untrusts_services_fault" {
  feature_set                   = "ALL"
  enabled_policy_types          = ["SERVICE_CONTROL_POLICY"]
  aws_service_access_principals = concat(["config.amazonaws.com"], ["cloudtrail.amazonaws.com", "guardduty.amazonaws.com"])
}

resource "aws_organizations_organization" "organization_untrusts_services_near" {
  feature_set                   = "ALL"
  enabled_policy_types          = ["SERVICE_CONTROL_POLICY"]
  aws_service_access_principals = concat(["config.amazonaws.com"], ["cloudtrail.amazonaws.com", "guardduty.amazonaws.com"])
}


# 063-root-not-centralised
resource "aws_iam_organizations_features" "root_not_centralised_fault" {
  enabled_features = ["RootCredentialsManagement"]
}

resource "aws_iam_organizations_features" "root_not_centralised_near" {
  enabled_features = ["RootCredentialsManagement"]
}


# 064-boundary-removed
resource "aws_iam_role" "boundary_removed_fault" {
  name                 = "shop-prod-orders-deploy"
  permissions_boundary = "arn:aws:iam:::policy/shop-prod-boundary"
  max_session_duration = 3600
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "codebuild.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role" "boundary_removed_near" {
  name                 = "shop-prod-billing-deploy"
  permissions_boundary = "arn:aws:iam:::policy/shop-prod-boundary"
  max_session_duration = 3600
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "codebuild.amazonaws.com" }
    }]
  })
}


# 066-key-window-seven
resource "aws_kms_key" "key_window_seven_fault" {
  description             = "Audit logs of orders"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

resource "aws_kms_key" "key_window_seven_near" {
  description             = "Audit logs of billing"
  enable_key_rotation     = true
  deletion_window_in_days = 7
}


# 067-key-disabled
resource "aws_kms_key" "key_disabled_fault" {
  description             = "Audit logs of orders"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

resource "aws_kms_key" "key_disabled_near" {
  description             = "Audit logs of billing"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}


# 068-alarm-muted
resource "aws_cloudwatch_metric_alarm" "alarm_muted_fault" {
  alarm_name          = "shop-prod-orders-root-login"
  alarm_description   = "The root user signed in."
  namespace           = "shop/audit"
  metric_name         = "RootLogin"
  statistic           = "Sum"
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 1
  period              = 300
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  actions_enabled     = true
  alarm_actions       = ["arn:aws:sns:::shop-prod-security"]
}

resource "aws_cloudwatch_metric_alarm" "alarm_muted_near" {
  alarm_name          = "shop-prod-billing-root-login"
  alarm_description   = "The root user signed in."
  namespace           = "shop/audit"
  metric_name         = "RootLogin"
  statistic           = "Sum"
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 1
  period              = 300
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  actions_enabled     = true
  alarm_actions       = ["arn:aws:sns:::shop-prod-security"]
}


# 069-alarm-tells-when-over
resource "aws_cloudwatch_metric_alarm" "alarm_tells_when_over_fault" {
  alarm_name          = "shop-prod-orders-trail-changes"
  alarm_description   = "A trail was stopped or deleted."
  namespace           = "shop/audit"
  metric_name         = "TrailChanges"
  statistic           = "Sum"
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 1
  period              = 300
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  actions_enabled     = true
  alarm_actions       = ["arn:aws:sns:::shop-prod-security"]
}

resource "aws_cloudwatch_metric_alarm" "alarm_tells_when_over_near" {
  alarm_name          = "shop-prod-billing-trail-changes"
  alarm_description   = "A trail was stopped or deleted."
  namespace           = "shop/audit"
  metric_name         = "TrailChanges"
  statistic           = "Sum"
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 1
  period              = 300
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  actions_enabled     = true
  alarm_actions       = ["arn:aws:sns:::shop-prod-security"]
}


# 070-alarm-threshold
resource "aws_cloudwatch_metric_alarm" "alarm_threshold_fault" {
  alarm_name          = "shop-prod-orders-root-use"
  alarm_description   = "The root user did something."
  namespace           = "shop/audit"
  metric_name         = "RootUse"
  statistic           = "Sum"
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 1
  period              = 300
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = ["arn:aws:sns:::shop-prod-security"]
}

resource "aws_cloudwatch_metric_alarm" "alarm_threshold_near" {
  alarm_name          = "shop-prod-billing-root-use"
  alarm_description   = "The root user did something."
  namespace           = "shop/audit"
  metric_name         = "RootUse"
  statistic           = "Sum"
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 1
  period              = 300
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = ["arn:aws:sns:::shop-prod-security"]
}


# 071-alarm-missing-is-fine
resource "aws_cloudwatch_metric_alarm" "alarm_missing_is_fine_fault" {
  alarm_name          = "shop-prod-orders-heartbeat"
  alarm_description   = "The log shipper is silent."
  namespace           = "shop/audit"
  metric_name         = "Heartbeat"
  statistic           = "Sum"
  comparison_operator = "LessThanThreshold"
  threshold           = 1
  period              = 300
  evaluation_periods  = 1
  treat_missing_data  = "breaching"
  alarm_actions       = ["arn:aws:sns:::shop-prod-security"]
}

resource "aws_cloudwatch_metric_alarm" "alarm_missing_is_fine_near" {
  alarm_name          = "shop-prod-billing-heartbeat"
  alarm_description   = "The log shipper is silent."
  namespace           = "shop/audit"
  metric_name         = "Heartbeat"
  statistic           = "Sum"
  comparison_operator = "LessThanThreshold"
  threshold           = 1
  period              = 300
  evaluation_periods  = 1
  treat_missing_data  = "breaching"
  alarm_actions       = ["arn:aws:sns:::shop-prod-security"]
}


# 072-metric-filter-counts-zero
resource "aws_cloudwatch_log_metric_filter" "metric_filter_counts_zero_fault" {
  name           = "shop-prod-orders-root"
  log_group_name = "shop-prod-trail"
  pattern        = "{ $.userIdentity.type = \"Root\" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != \"AwsServiceEvent\" }"
  metric_transformation {
    name      = "RootUse"
    namespace = "shop/audit"
    value     = "1"
  }
}

resource "aws_cloudwatch_log_metric_filter" "metric_filter_counts_zero_near" {
  name           = "shop-prod-billing-root"
  log_group_name = "shop-prod-trail"
  pattern        = "{ $.userIdentity.type = \"Root\" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != \"AwsServiceEvent\" }"
  metric_transformation {
    name      = "RootUse"
    namespace = "shop/audit"
    value     = "1"
  }
}


# 073-metric-filter-impossible
resource "aws_cloudwatch_log_metric_filter" "metric_filter_impossible_fault" {
  name           = "shop-prod-orders-trail"
  log_group_name = "shop-prod-trail"
  pattern        = "{ ($.eventName = CreateTrail) || ($.eventName = UpdateTrail) || ($.eventName = DeleteTrail) || ($.eventName = StopLogging) }"

  metric_transformation {
    name      = "TrailChanges"
    namespace = "shop/audit"
    value     = "1"
  }
}

resource "aws_cloudwatch_log_metric_filter" "metric_filter_impossible_near" {
  name           = "shop-prod-billing-trail"
  log_group_name = "shop-prod-trail"
  pattern        = "{ ($.eventName = CreateTrail) || ($.eventName = UpdateTrail) || ($.eventName = DeleteTrail) || ($.eventName = StopLogging) }"

  metric_transformation {
    name      = "TrailChanges"
    namespace = "shop/audit"
    value     = "1"
  }
}


# 074-composite-never
resource "aws_cloudwatch_composite_alarm" "composite_never_fault" {
  alarm_name        = "shop-prod-orders-perimeter"
  alarm_description = "Somebody is inside."
  alarm_rule        = "ALARM(\"shop-prod-root-login\") OR ALARM(\"shop-prod-trail-changes\")"
  alarm_actions     = ["arn:aws:sns:::shop-prod-security"]
}

resource "aws_cloudwatch_composite_alarm" "composite_never_near" {
  alarm_name        = "shop-prod-billing-perimeter"
  alarm_description = "Somebody is inside."
  alarm_rule        = "ALARM(\"shop-prod-root-login\") OR ALARM(\"shop-prod-trail-changes\")"
  alarm_actions     = ["arn:aws:sns:::shop-prod-security"]
}


# 075-budget-thousandfold
resource "aws_budgets_budget" "budget_thousandfold_fault" {
  name         = "shop-prod-orders"
  budget_type  = "COST"
  limit_amount = "900"
  limit_unit   = "USD"
  time_unit    = "MONTHLY"
  notification {
    comparison_operator        = "GREATER_THAN"
    notification_type          = "ACTUAL"
    threshold                  = 80
    threshold_type             = "PERCENTAGE"
    subscriber_email_addresses = ["platform@shop.example"]
  }
}

resource "aws_budgets_budget" "budget_thousandfold_near" {
  name         = "shop-prod-billing"
  budget_type  = "COST"
  limit_amount = "900"
  limit_unit   = "USD"
  time_unit    = "MONTHLY"
  notification {
    comparison_operator        = "GREATER_THAN"
    notification_type          = "ACTUAL"
    threshold                  = 80
    threshold_type             = "PERCENTAGE"
    subscriber_email_addresses = ["platform@shop.example"]
  }
}


# 076-budget-warns-late
resource "aws_budgets_budget" "budget_warns_late_fault" {
  name         = "shop-prod-orders-cost"
  budget_type  = "COST"
  limit_amount = "900"
  limit_unit   = "USD"
  time_unit    = "MONTHLY"
  notification {
    comparison_operator        = "GREATER_THAN"
    notification_type          = "ACTUAL"
    threshold                  = 80
    threshold_type             = "PERCENTAGE"
    subscriber_email_addresses = ["platform@shop.example"]
  }
}

resource "aws_budgets_budget" "budget_warns_late_near" {
  name         = "shop-prod-billing-cost"
  budget_type  = "COST"
  limit_amount = "900"
  limit_unit   = "USD"
  time_unit    = "MONTHLY"
  notification {
    comparison_operator        = "GREATER_THAN"
    notification_type          = "ACTUAL"
    threshold                  = 80
    threshold_type             = "PERCENTAGE"
    subscriber_email_addresses = ["platform@shop.example"]
  }
}


# 077-anomaly-million
resource "aws_ce_anomaly_subscription" "anomaly_million_fault" {
  name             = "shop-prod-orders"
  frequency        = "DAILY"
  monitor_arn_list = ["arn:aws:ce:::anomalymonitor/11111111-2222-3333-4444-555555555555"]
  subscriber {
    type    = "EMAIL"
    address = "platform@shop.example"
  }
  threshold_expression {
    dimension {
      key           = "ANOMALY_TOTAL_IMPACT_ABSOLUTE"
      match_options = ["GREATER_THAN_OR_EQUAL"]
      values        = ["100"]
    }
  }
}

resource "aws_ce_anomaly_subscription" "anomaly_million_near" {
  name             = "shop-prod-billing"
  frequency        = "DAILY"
  monitor_arn_list = ["arn:aws:ce:::anomalymonitor/11111111-2222-3333-4444-555555555555"]
  subscriber {
    type    = "EMAIL"
    address = "platform@shop.example"
  }
  threshold_expression {
    dimension {
      key           = "ANOMALY_TOTAL_IMPACT_ABSOLUTE"
      match_options = ["GREATER_THAN_OR_EQUAL"]
      values        = ["100"]
    }
  }
}


# 078-log-retention-day
resource "aws_cloudwatch_log_group" "log_retention_day_fault" {
  name              = "shop-prod-orders-trail"
  retention_in_days = 731
}

resource "aws_cloudwatch_log_group" "log_retention_day_near" {
  name              = "shop-prod-billing-trail"
  retention_in_days = 731
}


# 079-subscription-matches-nothing
resource "aws_cloudwatch_log_subscription_filter" "subscription_matches_nothing_fault" {
  name            = "shop-prod-orders-siem"
  log_group_name  = "shop-prod-trail"
  destination_arn = "arn:aws:firehose:::deliverystream/shop-prod-siem"
  role_arn        = "arn:aws:iam:::role/shop-prod-siem"
  filter_pattern  = "{ $.eventSource = * }"
}

resource "aws_cloudwatch_log_subscription_filter" "subscription_matches_nothing_near" {
  name            = "shop-prod-billing-siem"
  log_group_name  = "shop-prod-trail"
  destination_arn = "arn:aws:firehose:::deliverystream/shop-prod-siem"
  role_arn        = "arn:aws:iam:::role/shop-prod-siem"
  filter_pattern  = "{ $.eventSource = * }"
}


# 080-log-masking-removed
resource "aws_cloudwatch_log_data_protection_policy" "log_masking_removed_fault" {
  log_group_name = "shop-prod-orders"
  policy_document = jsonencode({
    Name    = "cards"
    Version = "2021-06-01"
    Statement = concat([{
      Sid            = "Audit"
      DataIdentifier = ["arn:aws:dataprotection::aws:data-identifier/CreditCardNumber"]
      Operation      = { Audit = { FindingsDestination = { CloudWatchLogs = { LogGroup = "shop-prod-findings" } } } }
      }], [{
      Sid            = "Mask"
      DataIdentifier = ["arn:aws:dataprotection::aws:data-identifier/CreditCardNumber"]
      Operation      = { Deidentify = { MaskConfig = {} } }
    }])
  })
}

resource "aws_cloudwatch_log_data_protection_policy" "log_masking_removed_near" {
  log_group_name = "shop-prod-billing"
  policy_document = jsonencode({
    Name    = "cards"
    Version = "2021-06-01"
    Statement = concat([{
      Sid            = "Audit"
      DataIdentifier = ["arn:aws:dataprotection::aws:data-identifier/CreditCardNumber"]
      Operation      = { Audit = { FindingsDestination = { CloudWatchLogs = { LogGroup = "shop-prod-findings" } } } }
      }], [{
      Sid            = "Mask"
      DataIdentifier = ["arn:aws:dataprotection::aws:data-identifier/CreditCardNumber"]
      Operation      = { Deidentify = { MaskConfig = {} } }
    }])
  })
}


# 081-backup-deleted-next-day
resource "aws_backup_plan" "backup_deleted_next_day_fault" {
  name = "shop-prod-orders"
  rule {
    rule_name         = "daily"
    target_vault_name = "shop-prod"
    schedule          = "cron(0 3 * * ? *)"
    lifecycle {
      delete_after = 90
    }
  }
}

resource "aws_backup_plan" "backup_deleted_next_day_near" {
  name = "shop-prod-billing"
  rule {
    rule_name         = "daily"
    target_vault_name = "shop-prod"
    schedule          = "cron(0 3 * * ? *)"
    lifecycle {
      delete_after = 90
    }
  }
}


# 082-backup-once-a-year
resource "aws_backup_plan" "backup_once_a_year_fault" {
  name = "shop-prod-orders-yearly"
  rule {
    rule_name         = "daily"
    target_vault_name = "shop-prod"
    schedule          = "cron(0 3 * * ? *)"
    lifecycle {
      delete_after = 90
    }
  }
}

resource "aws_backup_plan" "backup_once_a_year_near" {
  name = "shop-prod-billing-yearly"
  rule {
    rule_name         = "daily"
    target_vault_name = "shop-prod"
    schedule          = "cron(0 3 * * ? *)"
    lifecycle {
      delete_after = 90
    }
  }
}


# 083-vault-lock-hollow
resource "aws_backup_vault_lock_configuration" "vault_lock_hollow_fault" {
  backup_vault_name  = "shop-prod-orders"
  min_retention_days = 35
  max_retention_days = 365
}

resource "aws_backup_vault_lock_configuration" "vault_lock_hollow_near" {
  backup_vault_name  = "shop-prod-billing"
  min_retention_days = 35
  max_retention_days = 365
}


# 084-backup-leaves-out-databases
resource "aws_backup_selection" "backup_leaves_out_databases_fault" {
  name         = "shop-prod-orders"
  plan_id      = "11111111-2222-3333-4444-555555555555"
  iam_role_arn = "arn:aws:iam:::role/shop-prod-backup"
  resources    = ["*"]
}

resource "aws_backup_selection" "backup_leaves_out_databases_near" {
  name         = "shop-prod-billing"
  plan_id      = "11111111-2222-3333-4444-555555555555"
  iam_role_arn = "arn:aws:iam:::role/shop-prod-backup"
  resources    = ["*"]
}


# 085-backup-region-opt-out
resource "aws_backup_region_settings" "backup_region_opt_out_fault" {
  resource_type_opt_in_preference = {
    Aurora         = true
    DynamoDB       = true
    RDS            = true
    EBS            = true
    EFS            = true
    S3             = false
    VirtualMachine = false
  }
}

resource "aws_backup_region_settings" "backup_region_opt_out_near" {
  resource_type_opt_in_preference = {
    Aurora         = true
    DynamoDB       = true
    RDS            = true
    EBS            = true
    EFS            = true
    S3             = false
    VirtualMachine = false
  }
}


# 086-backup-tag-removed
resource "aws_ebs_volume" "backup_tag_removed_fault" {
  availability_zone = "${var.region}a"
  size              = 100
  type              = "gp3"
  encrypted         = true
  kms_key_id        = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  tags = {
    Name   = "shop-prod-orders"
    Backup = "daily"
  }
}

resource "aws_ebs_volume" "backup_tag_removed_near" {
  availability_zone = "${var.region}a"
  size              = 100
  type              = "gp3"
  encrypted         = true
  kms_key_id        = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  tags = {
    Name   = "shop-prod-billing"
    Backup = "daily"
  }
}


# 087-efs-backup-off
resource "aws_efs_backup_policy" "efs_backup_off_fault" {
  file_system_id = "fs-0a1b2c3d4e5f60718"
  backup_policy {
    status = "ENABLED"
  }
}

resource "aws_efs_backup_policy" "efs_backup_off_near" {
  file_system_id = "fs-0a1b2c3d4e5f60718"
  backup_policy {
    status = "DISABLED"
  }
}


# 088-snapshots-off
resource "aws_dlm_lifecycle_policy" "snapshots_off_fault" {
  description        = "Snapshots of orders"
  execution_role_arn = "arn:aws:iam:::role/shop-prod-dlm"
  state              = "ENABLED"
  policy_details {
    resource_types = ["VOLUME"]
    target_tags    = { Snapshot = "nightly" }
    schedule {
      name      = "nightly"
      copy_tags = true
      create_rule {
        interval      = 24
        interval_unit = "HOURS"
        times         = ["03:00"]
      }
      retain_rule {
        count = 30
      }
    }
  }
}

resource "aws_dlm_lifecycle_policy" "snapshots_off_near" {
  description        = "Snapshots of billing"
  execution_role_arn = "arn:aws:iam:::role/shop-prod-dlm"
  state              = "ENABLED"
  policy_details {
    resource_types = ["VOLUME"]
    target_tags    = { Snapshot = "nightly" }
    schedule {
      name      = "nightly"
      copy_tags = true
      create_rule {
        interval      = 24
        interval_unit = "HOURS"
        times         = ["03:00"]
      }
      retain_rule {
        count = 30
      }
    }
  }
}


# 090-secret-gone-at-once
resource "aws_secretsmanager_secret" "secret_gone_at_once_fault" {
  name                    = "shop-prod-orders"
  description             = "Password of the ledger"
  kms_key_id              = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  recovery_window_in_days = 30
}

resource "aws_secretsmanager_secret" "secret_gone_at_once_near" {
  name                    = "shop-prod-billing"
  description             = "Password of the ledger"
  kms_key_id              = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  recovery_window_in_days = 7
}


# 091-rds-unprotected
resource "aws_db_instance" "rds_unprotected_fault" {
  identifier                          = "shop-prod-orders"
  engine                              = "postgres"
  engine_version                      = "16.4"
  instance_class                      = "db.r6g.large"
  allocated_storage                   = 100
  username                            = "shop"
  manage_master_user_password         = true
  storage_encrypted                   = true
  multi_az                            = true
  backup_retention_period             = 14
  deletion_protection                 = true
  skip_final_snapshot                 = false
  final_snapshot_identifier           = "shop-prod-orders-last"
  copy_tags_to_snapshot               = true
  performance_insights_enabled        = true
  monitoring_interval                 = 60
  monitoring_role_arn                 = "arn:aws:iam:::role/shop-prod-monitoring"
  enabled_cloudwatch_logs_exports     = ["postgresql", "upgrade"]
  iam_database_authentication_enabled = true
  auto_minor_version_upgrade          = true
  parameter_group_name                = "shop-prod-postgres"
}

resource "aws_db_instance" "rds_unprotected_near" {
  identifier                          = "shop-prod-billing"
  engine                              = "postgres"
  engine_version                      = "16.4"
  instance_class                      = "db.r6g.large"
  allocated_storage                   = 100
  username                            = "shop"
  manage_master_user_password         = true
  storage_encrypted                   = true
  multi_az                            = true
  backup_retention_period             = 14
  deletion_protection                 = true
  skip_final_snapshot                 = false
  final_snapshot_identifier           = "shop-prod-billing-last"
  copy_tags_to_snapshot               = true
  performance_insights_enabled        = true
  monitoring_interval                 = 60
  monitoring_role_arn                 = "arn:aws:iam:::role/shop-prod-monitoring"
  enabled_cloudwatch_logs_exports     = ["postgresql", "upgrade"]
  iam_database_authentication_enabled = true
  auto_minor_version_upgrade          = true
  parameter_group_name                = "shop-prod-postgres"
}


# 092-rds-audit-unexported
resource "aws_rds_cluster" "rds_audit_unexported_fault" {
  cluster_identifier                  = "shop-prod-orders"
  engine                              = "aurora-mysql"
  engine_version                      = "8.0.mysql_aurora.3.07.1"
  availability_zones                  = [for zone in ["a", "b", "c"] : "${var.region}${zone}"]
  master_username                     = "shop"
  manage_master_user_password         = true
  storage_encrypted                   = true
  backup_retention_period             = 14
  deletion_protection                 = true
  copy_tags_to_snapshot               = true
  iam_database_authentication_enabled = true
  skip_final_snapshot                 = false
  final_snapshot_identifier           = "shop-prod-orders-last"
  db_cluster_parameter_group_name     = "shop-prod-aurora"
  enabled_cloudwatch_logs_exports     = ["audit", "error", "slowquery"]
}

resource "aws_rds_cluster" "rds_audit_unexported_near" {
  cluster_identifier                  = "shop-prod-billing"
  engine                              = "aurora-mysql"
  engine_version                      = "8.0.mysql_aurora.3.07.1"
  availability_zones                  = [for zone in ["a", "b", "c"] : "${var.region}${zone}"]
  master_username                     = "shop"
  manage_master_user_password         = true
  storage_encrypted                   = true
  backup_retention_period             = 14
  deletion_protection                 = true
  copy_tags_to_snapshot               = true
  iam_database_authentication_enabled = true
  skip_final_snapshot                 = false
  final_snapshot_identifier           = "shop-prod-billing-last"
  db_cluster_parameter_group_name     = "shop-prod-aurora"
  enabled_cloudwatch_logs_exports     = ["audit", "error", "slowquery"]
}


# 093-pgaudit-none
resource "aws_db_parameter_group" "pgaudit_none_fault" {
  name   = "shop-prod-orders"
  family = "postgres16"
  parameter {
    name  = "pgaudit.log"
    value = "ddl,role"
  }
  parameter {
    name  = "log_connections"
    value = "1"
  }
  parameter {
    name  = "rds.force_ssl"
    value = "1"
  }
}

resource "aws_db_parameter_group" "pgaudit_none_near" {
  name   = "shop-prod-billing"
  family = "postgres16"
  parameter {
    name  = "pgaudit.log"
    value = "ddl,role"
  }
  parameter {
    name  = "log_connections"
    value = "1"
  }
  parameter {
    name  = "rds.force_ssl"
    value = "1"
  }
}


# 094-database-events-off
resource "aws_db_event_subscription" "database_events_off_fault" {
  name             = "shop-prod-orders"
  sns_topic        = "arn:aws:sns:::shop-prod-security"
  source_type      = "db-instance"
  event_categories = ["configuration change", "failure", "maintenance"]
  enabled          = true
}

resource "aws_db_event_subscription" "database_events_off_near" {
  name             = "shop-prod-billing"
  sns_topic        = "arn:aws:sns:::shop-prod-security"
  source_type      = "db-instance"
  event_categories = ["configuration change", "failure", "maintenance"]
  enabled          = false
}


# 095-table-recovery-one-day
resource "aws_dynamodb_table" "table_recovery_one_day_fault" {
  name                        = "shop-prod-orders"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "id"
  deletion_protection_enabled = true
  attribute {
    name = "id"
    type = "S"
  }
  server_side_encryption {
    enabled = true
  }
  point_in_time_recovery {
    enabled                 = true
    recovery_period_in_days = 35
  }
}

resource "aws_dynamodb_table" "table_recovery_one_day_near" {
  name                        = "shop-prod-billing"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "id"
  deletion_protection_enabled = true
  attribute {
    name = "id"
    type = "S"
  }
  server_side_encryption {
    enabled = true
  }
  point_in_time_recovery {
    enabled                 = true
    recovery_period_in_days = 7
  }
}


# 096-redshift-activity-unlogged
resource "aws_redshift_parameter_group" "redshift_activity_unlogged_fault" {
  name   = "shop-prod-orders"
  family = "redshift-1.0"
  parameter {
    name  = "require_ssl"
    value = "true"
  }
  parameter {
    name  = "enable_user_activity_logging"
    value = "true"
  }
}

resource "aws_redshift_parameter_group" "redshift_activity_unlogged_near" {
  name   = "shop-prod-billing"
  family = "redshift-1.0"
  parameter {
    name  = "require_ssl"
    value = "true"
  }
  parameter {
    name  = "enable_user_activity_logging"
    value = "true"
  }
}


# 097-search-audit-off
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
    enabled                  = true
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
}


# 098-registry-scans-nothing
resource "aws_ecr_registry_scanning_configuration" "registry_scans_nothing_fault" {
  scan_type = "ENHANCED"
  rule {
    scan_frequency = "CONTINUOUS_SCAN"
    repository_filter {
      filter      = "*"
      filter_type = "WILDCARD"
    }
  }
}

resource "aws_ecr_registry_scanning_configuration" "registry_scans_nothing_near" {
  scan_type = "ENHANCED"
  rule {
    scan_frequency = "CONTINUOUS_SCAN"
    repository_filter {
      filter      = "*"
      filter_type = "WILDCARD"
    }
  }
}


# 099-tags-movable
resource "aws_ecr_repository" "tags_movable_fault" {
  name                 = "shop-prod-orders"
  image_tag_mutability = "IMMUTABLE"
  encryption_configuration {
    encryption_type = "KMS"
  }
  image_scanning_configuration {
    scan_on_push = true
  }
}

resource "aws_ecr_repository" "tags_movable_near" {
  name                 = "shop-prod-billing"
  image_tag_mutability = "IMMUTABLE"
  encryption_configuration {
    encryption_type = "KMS"
  }
  image_scanning_configuration {
    scan_on_push = false
  }
}


# 100-cluster-audit-off
resource "aws_eks_cluster" "cluster_audit_off_fault" {
  name                      = "shop-prod-orders"
  role_arn                  = "arn:aws:iam:::role/shop-prod-cluster"
  version                   = "1.31"
  enabled_cluster_log_types = ["api", "audit", "authenticator"]
  vpc_config {
    subnet_ids              = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"]
    endpoint_private_access = true
    endpoint_public_access  = false
  }
  encryption_config {
    resources = ["secrets"]
    provider {
      key_arn = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
    }
  }
}

resource "aws_eks_cluster" "cluster_audit_off_near" {
  name                      = "shop-prod-billing"
  role_arn                  = "arn:aws:iam:::role/shop-prod-cluster"
  version                   = "1.31"
  enabled_cluster_log_types = ["api", "audit", "authenticator"]
  vpc_config {
    subnet_ids              = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"]
    endpoint_private_access = true
    endpoint_public_access  = false
  }
  encryption_config {
    resources = ["secrets"]
    provider {
      key_arn = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
    }
  }
}


# 101-exec-unlogged
resource "aws_ecs_cluster" "exec_unlogged_fault" {
  name = "shop-prod-orders"
  setting {
    name  = "containerInsights"
    value = "enabled"
  }
  configuration {
    execute_command_configuration {
      kms_key_id = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
      logging    = "OVERRIDE"
      log_configuration {
        cloud_watch_encryption_enabled = true
        cloud_watch_log_group_name     = "shop-prod-exec"
      }
    }
  }
}

resource "aws_ecs_cluster" "exec_unlogged_near" {
  name = "shop-prod-billing"
  setting {
    name  = "containerInsights"
    value = "enabled"
  }
  configuration {
    execute_command_configuration {
      kms_key_id = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
      logging    = "OVERRIDE"
      log_configuration {
        cloud_watch_encryption_enabled = true
        cloud_watch_log_group_name     = "shop-prod-exec"
      }
    }
  }
}


# 102-balancer-logs-off
resource "aws_lb" "balancer_logs_off_fault" {
  name                       = "shop-prod-orders"
  internal                   = true
  load_balancer_type         = "application"
  subnets                    = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"]
  security_groups            = ["sg-0a1b2c3d4e5f60718"]
  drop_invalid_header_fields = true
  enable_deletion_protection = true
  access_logs {
    bucket  = "shop-prod-balancer"
    prefix  = "orders"
    enabled = true
  }
}

resource "aws_lb" "balancer_logs_off_near" {
  name                       = "shop-prod-billing"
  internal                   = true
  load_balancer_type         = "application"
  subnets                    = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"]
  security_groups            = ["sg-0a1b2c3d4e5f60718"]
  drop_invalid_header_fields = true
  enable_deletion_protection = true
  access_logs {
    bucket  = "shop-prod-balancer"
    prefix  = "billing"
    enabled = true
  }
}


# 103-balancer-deletable
resource "aws_lb" "balancer_deletable_fault" {
  name                             = "shop-prod-orders-net"
  internal                         = true
  load_balancer_type               = "network"
  subnets                          = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"]
  security_groups                  = ["sg-0a1b2c3d4e5f60718"]
  enable_deletion_protection       = true
  enable_cross_zone_load_balancing = true
  access_logs {
    bucket  = "shop-prod-balancer"
    enabled = true
  }
}

resource "aws_lb" "balancer_deletable_near" {
  name                             = "shop-prod-billing-net"
  internal                         = true
  load_balancer_type               = "network"
  subnets                          = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"]
  security_groups                  = ["sg-0a1b2c3d4e5f60718"]
  enable_deletion_protection       = true
  enable_cross_zone_load_balancing = true
  access_logs {
    bucket  = "shop-prod-balancer"
    enabled = true
  }
}


# 104-health-check-disabled
resource "aws_route53_health_check" "health_check_disabled_fault" {
  type              = "HTTPS"
  fqdn              = "orders.shop.example"
  port              = 443
  resource_path     = "/health"
  failure_threshold = 3
  request_interval  = 30
  disabled          = false
  tags              = { Name = "shop-prod-orders" }
}

resource "aws_route53_health_check" "health_check_disabled_near" {
  type              = "HTTPS"
  fqdn              = "billing.shop.example"
  port              = 443
  resource_path     = "/health"
  failure_threshold = 3
  request_interval  = 30
  disabled          = false
  tags              = { Name = "shop-prod-billing" }
}


# 105-dns-firewall-fails-open
resource "aws_route53_resolver_firewall_config" "dns_firewall_fails_open_fault" {
  resource_id        = "vpc-0a1b2c3d4e5f60718"
  firewall_fail_open = "DISABLED"
}

resource "aws_route53_resolver_firewall_config" "dns_firewall_fails_open_near" {
  resource_id        = "vpc-0a1b2c3d4e5f60719"
  firewall_fail_open = "ENABLED"
}


# 106-dns-firewall-alerts-only
resource "aws_route53_resolver_firewall_rule" "dns_firewall_alerts_only_fault" {
  name                    = "shop-prod-orders"
  firewall_domain_list_id = "rslvr-fdl-0a1b2c3d4e5f6071"
  firewall_rule_group_id  = "rslvr-frg-0a1b2c3d4e5f6071"
  priority                = 100
  action                  = "BLOCK"
  block_response          = "NODATA"
}

resource "aws_route53_resolver_firewall_rule" "dns_firewall_alerts_only_near" {
  name                    = "shop-prod-billing"
  firewall_domain_list_id = "rslvr-fdl-0a1b2c3d4e5f6071"
  firewall_rule_group_id  = "rslvr-frg-0a1b2c3d4e5f6071"
  priority                = 100
  action                  = "BLOCK"
  block_response          = "NODATA"
}


# 107-zone-unsigned
resource "aws_route53_hosted_zone_dnssec" "zone_unsigned_fault" {
  hosted_zone_id = "Z0123456789ABC"
  signing_status = "SIGNING"
}

resource "aws_route53_hosted_zone_dnssec" "zone_unsigned_near" {
  hosted_zone_id = "Z0123456789ABC"
  signing_status = "NOT_SIGNING"
}


# 109-alert-rule-disabled
resource "aws_cloudwatch_event_rule" "alert_rule_disabled_fault" {
  name        = "shop-prod-orders-findings"
  description = "Forwards findings of GuardDuty."
  event_pattern = jsonencode({
    source      = ["aws.guardduty"]
    detail-type = ["GuardDuty Finding"]
  })
  state = "ENABLED"
}

resource "aws_cloudwatch_event_rule" "alert_rule_disabled_near" {
  name        = "shop-prod-billing-findings"
  description = "Forwards findings of GuardDuty."
  event_pattern = jsonencode({
    source      = ["aws.guardduty"]
    detail-type = ["GuardDuty Finding"]
  })
  state = "ENABLED"
}


# 110-alert-rule-impossible
resource "aws_cloudwatch_event_rule" "alert_rule_impossible_fault" {
  name        = "shop-prod-orders-severe"
  description = "Forwards severe findings of GuardDuty."
  state       = "ENABLED"
  event_pattern = jsonencode({
    source      = ["aws.guardduty"]
    detail-type = ["GuardDuty Finding"]
    detail      = { severity = [{ numeric = [">=", 7] }] }
  })
}

resource "aws_cloudwatch_event_rule" "alert_rule_impossible_near" {
  name        = "shop-prod-billing-severe"
  description = "Forwards severe findings of GuardDuty."
  state       = "ENABLED"
  event_pattern = jsonencode({
    source      = ["aws.guardduty"]
    detail-type = ["GuardDuty Finding"]
    detail      = { severity = [{ numeric = [">=", 7] }] }
  })
}


# 111-event-archive-day
resource "aws_cloudwatch_event_archive" "event_archive_day_fault" {
  name             = "shop-prod-orders"
  event_source_arn = "arn:aws:events:::event-bus/shop-prod-security"
  retention_days   = 365
}

resource "aws_cloudwatch_event_archive" "event_archive_day_near" {
  name             = "shop-prod-billing"
  event_source_arn = "arn:aws:events:::event-bus/shop-prod-security"
  retention_days   = 365
}


# 112-alert-topic-filter
resource "aws_sns_topic_subscription" "alert_topic_filter_fault" {
  topic_arn           = "arn:aws:sns:::shop-prod-security"
  protocol            = "email"
  endpoint            = "orders-security@shop.example"
  filter_policy_scope = "MessageBody"
  filter_policy       = jsonencode({ source = ["aws.guardduty", "aws.securityhub"] })
}

resource "aws_sns_topic_subscription" "alert_topic_filter_near" {
  topic_arn           = "arn:aws:sns:::shop-prod-security"
  protocol            = "email"
  endpoint            = "billing-security@shop.example"
  filter_policy_scope = "MessageBody"
  filter_policy       = jsonencode({ source = ["aws.guardduty", "aws.securityhub"] })
}


# 113-alert-subscriber-dropped
resource "aws_sns_topic_subscription" "alert_subscriber_dropped" {
  for_each  = toset(["platform@shop.example", "security@shop.example"])
  topic_arn = "arn:aws:sns:::shop-prod-security"
  protocol  = "email"
  endpoint  = each.value
}


# 114-alert-function-stopped
resource "aws_lambda_function" "alert_function_stopped_fault" {
  function_name                  = "shop-prod-orders-isolate"
  description                    = "Isolates an instance after a finding."
  role                           = "arn:aws:iam:::role/shop-prod-isolate"
  runtime                        = "python3.13"
  handler                        = "app.handler"
  s3_bucket                      = "shop-prod-code"
  s3_key                         = "isolate.zip"
  timeout                        = 30
  memory_size                    = 128
  reserved_concurrent_executions = 5
  kms_key_arn                    = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  dead_letter_config {
    target_arn = "arn:aws:sqs:::shop-prod-isolate-dead"
  }
  tracing_config {
    mode = "Active"
  }
}

resource "aws_lambda_function" "alert_function_stopped_near" {
  function_name                  = "shop-prod-billing-isolate"
  description                    = "Isolates an instance after a finding."
  role                           = "arn:aws:iam:::role/shop-prod-isolate"
  runtime                        = "python3.13"
  handler                        = "app.handler"
  s3_bucket                      = "shop-prod-code"
  s3_key                         = "isolate.zip"
  timeout                        = 30
  memory_size                    = 128
  reserved_concurrent_executions = 5
  kms_key_arn                    = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  dead_letter_config {
    target_arn = "arn:aws:sqs:::shop-prod-isolate-dead"
  }
  tracing_config {
    mode = "Active"
  }
}


# 115-function-logs-fatal-only
resource "aws_lambda_function" "function_logs_fatal_only_fault" {
  function_name                  = "shop-prod-orders-payment"
  description                    = "Checks payments."
  role                           = "arn:aws:iam:::role/shop-prod-payment"
  runtime                        = "python3.13"
  handler                        = "app.handler"
  s3_bucket                      = "shop-prod-code"
  s3_key                         = "payment.zip"
  timeout                        = 30
  memory_size                    = 128
  reserved_concurrent_executions = 5
  kms_key_arn                    = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  dead_letter_config {
    target_arn = "arn:aws:sqs:::shop-prod-payment-dead"
  }
  tracing_config {
    mode = "Active"
  }
  logging_config {
    log_format            = "JSON"
    application_log_level = "INFO"
    system_log_level      = "INFO"
  }
}

resource "aws_lambda_function" "function_logs_fatal_only_near" {
  function_name                  = "shop-prod-billing-payment"
  description                    = "Checks payments."
  role                           = "arn:aws:iam:::role/shop-prod-payment"
  runtime                        = "python3.13"
  handler                        = "app.handler"
  s3_bucket                      = "shop-prod-code"
  s3_key                         = "payment.zip"
  timeout                        = 30
  memory_size                    = 128
  reserved_concurrent_executions = 5
  kms_key_arn                    = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  dead_letter_config {
    target_arn = "arn:aws:sqs:::shop-prod-payment-dead"
  }
  tracing_config {
    mode = "Active"
  }
  logging_config {
    log_format            = "JSON"
    application_log_level = "ERROR"
    system_log_level      = "WARN"
  }
}


# 116-dead-letters-dropped
resource "aws_lambda_function" "dead_letters_dropped_fault" {
  function_name                  = "shop-prod-orders-book"
  description                    = "Books payments."
  role                           = "arn:aws:iam:::role/shop-prod-book"
  runtime                        = "python3.13"
  handler                        = "app.handler"
  s3_bucket                      = "shop-prod-code"
  s3_key                         = "book.zip"
  timeout                        = 30
  memory_size                    = 128
  reserved_concurrent_executions = 5
  kms_key_arn                    = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  dead_letter_config {
    target_arn = "arn:aws:sqs:::shop-prod-book-dead"
  }

  tracing_config {
    mode = "Active"
  }
}

resource "aws_lambda_function" "dead_letters_dropped_near" {
  function_name                  = "shop-prod-billing-book"
  description                    = "Books payments."
  role                           = "arn:aws:iam:::role/shop-prod-book"
  runtime                        = "python3.13"
  handler                        = "app.handler"
  s3_bucket                      = "shop-prod-code"
  s3_key                         = "book.zip"
  timeout                        = 30
  memory_size                    = 128
  reserved_concurrent_executions = 5
  kms_key_arn                    = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  dead_letter_config {
    target_arn = "arn:aws:sqs:::shop-prod-book-dead"
  }

  tracing_config {
    mode = "Active"
  }
}


# 117-code-signing-warns
resource "aws_lambda_code_signing_config" "code_signing_warns_fault" {
  description = "Code of functions"
  allowed_publishers {
    signing_profile_version_arns = ["arn:aws:signer:::/signing-profiles/shop_prod/abcdef1234"]
  }
  policies {
    untrusted_artifact_on_deployment = "Enforce"
  }
}

resource "aws_lambda_code_signing_config" "code_signing_warns_near" {
  description = "Code of functions"
  allowed_publishers {
    signing_profile_version_arns = ["arn:aws:signer:::/signing-profiles/shop_prod/abcdef1234"]
  }
  policies {
    untrusted_artifact_on_deployment = "Enforce"
  }
}


# 118-audit-queue-unread
resource "aws_lambda_event_source_mapping" "audit_queue_unread_fault" {
  event_source_arn        = "arn:aws:sqs:::shop-prod-audit-events"
  function_name           = "shop-prod-orders-audit"
  enabled                 = true
  batch_size              = 10
  function_response_types = ["ReportBatchItemFailures"]
}

resource "aws_lambda_event_source_mapping" "audit_queue_unread_near" {
  event_source_arn        = "arn:aws:sqs:::shop-prod-audit-events"
  function_name           = "shop-prod-billing-audit"
  enabled                 = true
  batch_size              = 10
  function_response_types = ["ReportBatchItemFailures"]
}


# 119-group-grows
resource "aws_autoscaling_group" "group_grows_fault" {
  name                = "shop-prod-orders"
  min_size            = 2
  max_size            = 6
  health_check_type   = "ELB"
  vpc_zone_identifier = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"]
  launch_template {
    name    = "shop-prod"
    version = "7"
  }
}

resource "aws_autoscaling_group" "group_grows_near" {
  name                = "shop-prod-billing"
  min_size            = 2
  max_size            = 6
  health_check_type   = "ELB"
  vpc_zone_identifier = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"]
  launch_template {
    name    = "shop-prod"
    version = "7"
  }
}


# 120-unhealthy-kept
resource "aws_autoscaling_group" "unhealthy_kept_fault" {
  name                = "shop-prod-orders-web"
  min_size            = 2
  max_size            = 6
  health_check_type   = "ELB"
  vpc_zone_identifier = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"]

  launch_template {
    name    = "shop-prod"
    version = "7"
  }
}

resource "aws_autoscaling_group" "unhealthy_kept_near" {
  name                = "shop-prod-billing-web"
  min_size            = 2
  max_size            = 6
  health_check_type   = "ELB"
  vpc_zone_identifier = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"]

  launch_template {
    name    = "shop-prod"
    version = "7"
  }
}


# 121-session-log-off
resource "aws_ssm_document" "session_log_off_fault" {
  name            = "shop-prod-orders-session"
  document_type   = "Session"
  document_format = "JSON"
  content = jsonencode({
    schemaVersion = "1.0"
    description   = "Preferences of Session Manager"
    sessionType   = "Standard_Stream"
    inputs = {
      s3BucketName                = "shop-prod-sessions"
      s3KeyPrefix                 = ""
      s3EncryptionEnabled         = true
      cloudWatchLogGroupName      = ""
      cloudWatchEncryptionEnabled = true
      cloudWatchStreamingEnabled  = false
      kmsKeyId                    = "alias/shop-prod-sessions"
      runAsEnabled                = false
      idleSessionTimeout          = "20"
    }
  })
}

resource "aws_ssm_document" "session_log_off_near" {
  name            = "shop-prod-billing-session"
  document_type   = "Session"
  document_format = "JSON"
  content = jsonencode({
    schemaVersion = "1.0"
    description   = "Preferences of Session Manager"
    sessionType   = "Standard_Stream"
    inputs = {
      s3BucketName                = "shop-prod-sessions"
      s3KeyPrefix                 = ""
      s3EncryptionEnabled         = true
      cloudWatchLogGroupName      = ""
      cloudWatchEncryptionEnabled = true
      cloudWatchStreamingEnabled  = false
      kmsKeyId                    = "alias/shop-prod-sessions"
      runAsEnabled                = false
      idleSessionTimeout          = "20"
    }
  })
}


# 122-patches-after-a-year
resource "aws_ssm_patch_baseline" "patches_after_a_year_fault" {
  name             = "shop-prod-orders"
  operating_system = "AMAZON_LINUX_2023"
  approval_rule {
    approve_after_days = 7
    compliance_level   = "CRITICAL"
    patch_filter {
      key    = "CLASSIFICATION"
      values = ["Security"]
    }
  }
}

resource "aws_ssm_patch_baseline" "patches_after_a_year_near" {
  name             = "shop-prod-billing"
  operating_system = "AMAZON_LINUX_2023"
  approval_rule {
    approve_after_days = 7
    compliance_level   = "CRITICAL"
    patch_filter {
      key    = "CLASSIFICATION"
      values = ["Security"]
    }
  }
}


# 123-maintenance-window-off
resource "aws_ssm_maintenance_window" "maintenance_window_off_fault" {
  name     = "shop-prod-orders"
  schedule = "cron(0 2 ? * SUN *)"
  duration = 3
  cutoff   = 1
}

resource "aws_ssm_maintenance_window" "maintenance_window_off_near" {
  name     = "shop-prod-billing"
  schedule = "cron(0 2 ? * SUN *)"
  duration = 3
  cutoff   = 1
}


# 124-api-log-off
resource "aws_api_gateway_method_settings" "api_log_off_fault" {
  rest_api_id = "a1b2c3d4e5"
  stage_name  = "orders"
  method_path = "*/*"
  settings {
    logging_level          = "ERROR"
    metrics_enabled        = true
    data_trace_enabled     = false
    throttling_rate_limit  = 100
    throttling_burst_limit = 50
  }
}

resource "aws_api_gateway_method_settings" "api_log_off_near" {
  rest_api_id = "a1b2c3d4e5"
  stage_name  = "billing"
  method_path = "*/*"
  settings {
    logging_level          = "ERROR"
    metrics_enabled        = true
    data_trace_enabled     = false
    throttling_rate_limit  = 100
    throttling_burst_limit = 50
  }
}


# 125-workflow-log-off
resource "aws_sfn_state_machine" "workflow_log_off_fault" {
  name       = "shop-prod-orders"
  role_arn   = "arn:aws:iam:::role/shop-prod-workflow"
  definition = jsonencode({ StartAt = "Pay", States = { Pay = { Type = "Task", Resource = aws_sfn_activity.workflow_log_off_old.id, End = true } } })
  tracing_configuration {
    enabled = true
  }
  logging_configuration {
    level                  = "ALL"
    include_execution_data = false
    log_destination        = "arn:aws:logs:::log-group:shop-prod-workflow:*"
  }
}

resource "aws_sfn_state_machine" "workflow_log_off_near" {
  name       = "shop-prod-billing"
  role_arn   = "arn:aws:iam:::role/shop-prod-workflow"
  definition = jsonencode({ StartAt = "Pay", States = { Pay = { Type = "Task", Resource = aws_sfn_activity.workflow_log_off_old.id, End = true } } })
  tracing_configuration {
    enabled = true
  }
  logging_configuration {
    level                  = "FATAL"
    include_execution_data = false
    log_destination        = "arn:aws:logs:::log-group:shop-prod-workflow:*"
  }
}

resource "aws_sfn_activity" "workflow_log_off_old" {
  name = "shop-prod-pay-old"
}


# 126-approval-removed
resource "aws_codepipeline" "approval_removed_fault" {
  name          = "shop-prod-orders"
  role_arn      = "arn:aws:iam:::role/shop-prod-pipeline"
  pipeline_type = "V2"
  artifact_store {
    type     = "S3"
    location = "shop-prod-artifacts"
    encryption_key {
      type = "KMS"
      id   = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
    }
  }
  stage {
    name = "Source"
    action {
      name             = "Source"
      category         = "Source"
      owner            = "AWS"
      provider         = "CodeStarSourceConnection"
      version          = "1"
      output_artifacts = ["source"]
      configuration = {
        ConnectionArn    = "arn:aws:codestar-connections:::connection/11111111-2222-3333-4444-555555555555"
        FullRepositoryId = "shop/orders"
        BranchName       = "main"
      }
    }
  }
  stage {
    name = "Approve"
    action {
      name     = "Approve"
      category = "Approval"
      owner    = "AWS"
      provider = "Manual"
      version  = "1"
    }
  }

  stage {
    name = "Deploy"
    action {
      name            = "Deploy"
      category        = "Deploy"
      owner           = "AWS"
      provider        = "ECS"
      version         = "1"
      input_artifacts = ["source"]
      configuration = {
        ClusterName = "shop-prod"
        ServiceName = "orders"
      }
    }
  }
}

resource "aws_codepipeline" "approval_removed_near" {
  name          = "shop-prod-billing"
  role_arn      = "arn:aws:iam:::role/shop-prod-pipeline"
  pipeline_type = "V2"
  artifact_store {
    type     = "S3"
    location = "shop-prod-artifacts"
    encryption_key {
      type = "KMS"
      id   = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
    }
  }
  stage {
    name = "Source"
    action {
      name             = "Source"
      category         = "Source"
      owner            = "AWS"
      provider         = "CodeStarSourceConnection"
      version          = "1"
      output_artifacts = ["source"]
      configuration = {
        ConnectionArn    = "arn:aws:codestar-connections:::connection/11111111-2222-3333-4444-555555555555"
        FullRepositoryId = "shop/billing"
        BranchName       = "main"
      }
    }
  }
  stage {
    name = "Approve"
    action {
      name     = "Approve"
      category = "Approval"
      owner    = "AWS"
      provider = "Manual"
      version  = "1"
    }
  }

  stage {
    name = "Deploy"
    action {
      name            = "Deploy"
      category        = "Deploy"
      owner           = "AWS"
      provider        = "ECS"
      version         = "1"
      input_artifacts = ["source"]
      configuration = {
        ClusterName = "shop-prod"
        ServiceName = "billing"
      }
    }
  }
}


# 127-security-contact-outside
resource "aws_account_alternate_contact" "security_contact_outside_fault" {
  alternate_contact_type = "SECURITY"
  name                   = "Security team"
  title                  = "Security"
  email_address          = "security@shop.example"
  phone_number           = "+4930123456"
}

resource "aws_account_alternate_contact" "security_contact_outside_near" {
  alternate_contact_type = "SECURITY"
  name                   = "Security team"
  title                  = "Security"
  email_address          = "security@shop.example"
  phone_number           = "+4930123456"
}


# 128-oam-link-narrowed
resource "aws_oam_link" "oam_link_narrowed_fault" {
  label_template  = "$AccountName"
  sink_identifier = "arn:aws:oam:::sink/11111111-2222-3333-4444-555555555555"
  resource_types  = ["AWS::CloudWatch::Metric", "AWS::Logs::LogGroup", "AWS::XRay::Trace"]
}

resource "aws_oam_link" "oam_link_narrowed_near" {
  label_template  = "$AccountName"
  sink_identifier = "arn:aws:oam:::sink/11111111-2222-3333-4444-555555555555"
  resource_types  = ["AWS::CloudWatch::Metric", "AWS::Logs::LogGroup", "AWS::XRay::Trace"]
}


# 129-model-log-off
resource "aws_bedrock_model_invocation_logging_configuration" "model_log_off_fault" {
  logging_config {
    text_data_delivery_enabled      = true
    image_data_delivery_enabled     = true
    embedding_data_delivery_enabled = false
    cloudwatch_config {
      log_group_name = "shop-prod-models"
      role_arn       = "arn:aws:iam:::role/shop-prod-models"
    }
  }
}

resource "aws_bedrock_model_invocation_logging_configuration" "model_log_off_near" {
  logging_config {
    text_data_delivery_enabled      = true
    image_data_delivery_enabled     = true
    embedding_data_delivery_enabled = false
    cloudwatch_config {
      log_group_name = "shop-prod-models"
      role_arn       = "arn:aws:iam:::role/shop-prod-models"
    }
  }
}


# 130-vpn-connections-unlogged
resource "aws_ec2_client_vpn_endpoint" "vpn_connections_unlogged_fault" {
  description            = "shop-prod-orders"
  server_certificate_arn = "arn:aws:acm:::certificate/11111111-2222-3333-4444-555555555555"
  client_cidr_block      = "10.200.0.0/22"
  split_tunnel           = true
  vpc_id                 = "vpc-0a1b2c3d4e5f60718"
  security_group_ids     = ["sg-0a1b2c3d4e5f60718"]
  session_timeout_hours  = 8
  authentication_options {
    type              = "federated-authentication"
    saml_provider_arn = "arn:aws:iam:::saml-provider/shop"
  }
  connection_log_options {
    enabled              = true
    cloudwatch_log_group = "shop-prod-vpn"
  }
}

resource "aws_ec2_client_vpn_endpoint" "vpn_connections_unlogged_near" {
  description            = "shop-prod-billing"
  server_certificate_arn = "arn:aws:acm:::certificate/11111111-2222-3333-4444-555555555555"
  client_cidr_block      = "10.200.0.0/22"
  split_tunnel           = true
  vpc_id                 = "vpc-0a1b2c3d4e5f60718"
  security_group_ids     = ["sg-0a1b2c3d4e5f60718"]
  session_timeout_hours  = 8
  authentication_options {
    type              = "federated-authentication"
    saml_provider_arn = "arn:aws:iam:::saml-provider/shop"
  }
  connection_log_options {
    enabled              = true
    cloudwatch_log_group = "shop-prod-vpn"
  }
}


# 131-build-log-off
resource "aws_codebuild_project" "build_log_off_fault" {
  name           = "shop-prod-orders"
  description    = "Builds the shop"
  service_role   = "arn:aws:iam:::role/shop-prod-build"
  build_timeout  = 20
  encryption_key = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  artifacts {
    type = "CODEPIPELINE"
  }
  environment {
    compute_type = "BUILD_GENERAL1_SMALL"
    type         = "LINUX_CONTAINER"
    image        = "aws/codebuild/amazonlinux2-x86_64-standard:5.0"
  }
  source {
    type = "CODEPIPELINE"
  }
  logs_config {
    cloudwatch_logs {
      status     = "ENABLED"
      group_name = "shop-prod-build"
    }
    s3_logs {
      status = "DISABLED"
    }
  }
}

resource "aws_codebuild_project" "build_log_off_near" {
  name           = "shop-prod-billing"
  description    = "Builds the shop"
  service_role   = "arn:aws:iam:::role/shop-prod-build"
  build_timeout  = 20
  encryption_key = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  artifacts {
    type = "CODEPIPELINE"
  }
  environment {
    compute_type = "BUILD_GENERAL1_SMALL"
    type         = "LINUX_CONTAINER"
    image        = "aws/codebuild/amazonlinux2-x86_64-standard:5.0"
  }
  source {
    type = "CODEPIPELINE"
  }
  logs_config {
    cloudwatch_logs {
      status     = "ENABLED"
      group_name = "shop-prod-build"
    }
    s3_logs {
      status = "DISABLED"
    }
  }
}


# 132-pool-protection-off
resource "aws_cognito_user_pool" "pool_protection_off_fault" {
  name                = "shop-prod-orders"
  mfa_configuration   = "ON"
  deletion_protection = "ACTIVE"
  software_token_mfa_configuration {
    enabled = true
  }
  user_pool_add_ons {
    advanced_security_mode = "ENFORCED"
  }
  admin_create_user_config {
    allow_admin_create_user_only = true
  }
  password_policy {
    minimum_length                   = 14
    require_lowercase                = true
    require_uppercase                = true
    require_numbers                  = true
    require_symbols                  = true
    temporary_password_validity_days = 1
  }
}

resource "aws_cognito_user_pool" "pool_protection_off_near" {
  name                = "shop-prod-billing"
  mfa_configuration   = "ON"
  deletion_protection = "ACTIVE"
  software_token_mfa_configuration {
    enabled = true
  }
  user_pool_add_ons {
    advanced_security_mode = "ENFORCED"
  }
  admin_create_user_config {
    allow_admin_create_user_only = true
  }
  password_policy {
    minimum_length                   = 14
    require_lowercase                = true
    require_uppercase                = true
    require_numbers                  = true
    require_symbols                  = true
    temporary_password_validity_days = 1
  }
}


# 133-accelerator-flows-unlogged
resource "aws_globalaccelerator_accelerator" "accelerator_flows_unlogged_fault" {
  name            = "shop-prod-orders"
  ip_address_type = "IPV4"
  enabled         = true
  attributes {
    flow_logs_enabled   = true
    flow_logs_s3_bucket = "shop-prod-flow"
    flow_logs_s3_prefix = "accelerator"
  }
}

resource "aws_globalaccelerator_accelerator" "accelerator_flows_unlogged_near" {
  name            = "shop-prod-billing"
  ip_address_type = "IPV4"
  enabled         = true
  attributes {
    flow_logs_enabled   = true
    flow_logs_s3_bucket = "shop-prod-flow"
    flow_logs_s3_prefix = "accelerator"
  }
}


# 134-workgroup-not-enforced
resource "aws_athena_workgroup" "workgroup_not_enforced_fault" {
  name = "shop-prod-orders"
  configuration {
    enforce_workgroup_configuration    = true
    publish_cloudwatch_metrics_enabled = true
    bytes_scanned_cutoff_per_query     = 10737418240
    result_configuration {
      output_location = "s3://shop-prod-results/"
      encryption_configuration {
        encryption_option = "SSE_KMS"
        kms_key_arn       = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
      }
    }
  }
}

resource "aws_athena_workgroup" "workgroup_not_enforced_near" {
  name = "shop-prod-billing"
  configuration {
    enforce_workgroup_configuration    = true
    publish_cloudwatch_metrics_enabled = true
    bytes_scanned_cutoff_per_query     = 10737418240
    result_configuration {
      output_location = "s3://shop-prod-results/"
      encryption_configuration {
        encryption_option = "SSE_KMS"
        kms_key_arn       = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
      }
    }
  }
}


# 135-quota-raised
resource "aws_servicequotas_service_quota" "quota_raised_fault" {
  service_code = "ec2"
  quota_code   = "L-417A185B"
  value        = 64
}

resource "aws_servicequotas_service_quota" "quota_raised_near" {
  service_code = "ec2"
  quota_code   = "L-1216C47A"
  value        = 64
}


# 141-query-log-dropped
resource "aws_route53_query_log" "query_log_dropped_fault" {
  zone_id                  = "Z0123456789ABD"
  cloudwatch_log_group_arn = "arn:aws:logs:::log-group:/aws/route53/shop.example"
}


# 142-file-access-unaudited
resource "aws_fsx_windows_file_system" "file_access_unaudited_fault" {
  active_directory_id             = "d-0123456789"
  subnet_ids                      = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"]
  preferred_subnet_id             = "subnet-0a1b2c3d4e5f60718"
  deployment_type                 = "MULTI_AZ_1"
  storage_capacity                = 300
  throughput_capacity             = 64
  kms_key_id                      = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  skip_final_backup               = false
  copy_tags_to_backups            = true
  automatic_backup_retention_days = 30
  audit_log_configuration {
    audit_log_destination             = "arn:aws:logs:::log-group:/aws/fsx/shop-prod"
    file_access_audit_log_level       = "SUCCESS_AND_FAILURE"
    file_share_access_audit_log_level = "SUCCESS_AND_FAILURE"
  }
  tags = { Name = "shop-prod-orders" }
}

resource "aws_fsx_windows_file_system" "file_access_unaudited_near" {
  active_directory_id             = "d-0123456789"
  subnet_ids                      = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"]
  preferred_subnet_id             = "subnet-0a1b2c3d4e5f60718"
  deployment_type                 = "MULTI_AZ_1"
  storage_capacity                = 300
  throughput_capacity             = 64
  kms_key_id                      = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  skip_final_backup               = false
  copy_tags_to_backups            = true
  automatic_backup_retention_days = 30
  audit_log_configuration {
    audit_log_destination             = "arn:aws:logs:::log-group:/aws/fsx/shop-prod"
    file_access_audit_log_level       = "SUCCESS_AND_FAILURE"
    file_share_access_audit_log_level = "SUCCESS_AND_FAILURE"
  }
  tags = { Name = "shop-prod-billing" }
}


# 143-control-tower-control-dropped
resource "aws_controltower_control" "control_tower_control_dropped_fault" {
  control_identifier = "arn:aws:controltower:${var.region}::control/AWS-GR_AUDIT_BUCKET_DELETION_PROHIBITED"
  target_identifier  = "arn:aws:organizations:::ou/o-a1b2c3d4e5/ou-a1b2-c3d4e5f6"
}


# 144-scp-attached-elsewhere
resource "aws_organizations_policy_attachment" "scp_attached_elsewhere_fault" {
  policy_id = "p-a1b2c3d4"
  target_id = "r-a1b2"
}

resource "aws_organizations_policy_attachment" "scp_attached_elsewhere_near" {
  policy_id = "p-b1b2c3d4"
  target_id = "r-a1b2"
}


# 145-key-without-lockout-check
resource "aws_kms_key" "key_without_lockout_check_fault" {
  description                        = "Ledger of orders"
  enable_key_rotation                = true
  deletion_window_in_days            = 30
  bypass_policy_lockout_safety_check = false
}

resource "aws_kms_key" "key_without_lockout_check_near" {
  description                        = "Ledger of billing"
  enable_key_rotation                = true
  deletion_window_in_days            = 30
  bypass_policy_lockout_safety_check = false
}


# 146-lake-keeps-a-week
resource "aws_cloudtrail_event_data_store" "lake_keeps_a_week_fault" {
  name                           = "shop-prod-orders-week"
  kms_key_id                     = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  multi_region_enabled           = true
  termination_protection_enabled = true
  retention_period               = 365
}

resource "aws_cloudtrail_event_data_store" "lake_keeps_a_week_near" {
  name                           = "shop-prod-billing-week"
  kms_key_id                     = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  multi_region_enabled           = true
  termination_protection_enabled = true
  retention_period               = 365
}


# 147-lake-narrowed
resource "aws_cloudtrail_event_data_store" "lake_narrowed_fault" {
  name                           = "shop-prod-orders-events"
  kms_key_id                     = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  multi_region_enabled           = true
  termination_protection_enabled = true
  retention_period               = 365
  advanced_event_selector {
    name = "Events"
    field_selector {
      field  = "eventCategory"
      equals = ["Management"]
    }
  }
}

resource "aws_cloudtrail_event_data_store" "lake_narrowed_near" {
  name                           = "shop-prod-billing-events"
  kms_key_id                     = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  multi_region_enabled           = true
  termination_protection_enabled = true
  retention_period               = 365
  advanced_event_selector {
    name = "Events"
    field_selector {
      field  = "eventCategory"
      equals = ["Management"]
    }
  }
}


# 148-rds-no-last-snapshot
resource "aws_db_instance" "rds_no_last_snapshot_fault" {
  identifier                          = "shop-prod-orders-ledger"
  engine                              = "postgres"
  engine_version                      = "16.4"
  instance_class                      = "db.r6g.large"
  allocated_storage                   = 100
  username                            = "shop"
  manage_master_user_password         = true
  storage_encrypted                   = true
  multi_az                            = true
  backup_retention_period             = 14
  deletion_protection                 = true
  skip_final_snapshot                 = false
  final_snapshot_identifier           = "shop-prod-orders-last"
  delete_automated_backups            = false
  copy_tags_to_snapshot               = true
  performance_insights_enabled        = true
  monitoring_interval                 = 60
  monitoring_role_arn                 = "arn:aws:iam:::role/shop-prod-monitoring"
  enabled_cloudwatch_logs_exports     = ["postgresql", "upgrade"]
  iam_database_authentication_enabled = true
  auto_minor_version_upgrade          = true
  parameter_group_name                = "shop-prod-postgres"
}

resource "aws_db_instance" "rds_no_last_snapshot_near" {
  identifier                          = "shop-prod-billing-ledger"
  engine                              = "postgres"
  engine_version                      = "16.4"
  instance_class                      = "db.r6g.large"
  allocated_storage                   = 100
  username                            = "shop"
  manage_master_user_password         = true
  storage_encrypted                   = true
  multi_az                            = true
  backup_retention_period             = 14
  deletion_protection                 = true
  skip_final_snapshot                 = false
  final_snapshot_identifier           = "shop-prod-billing-last"
  delete_automated_backups            = false
  copy_tags_to_snapshot               = true
  performance_insights_enabled        = true
  monitoring_interval                 = 60
  monitoring_role_arn                 = "arn:aws:iam:::role/shop-prod-monitoring"
  enabled_cloudwatch_logs_exports     = ["postgresql", "upgrade"]
  iam_database_authentication_enabled = true
  auto_minor_version_upgrade          = true
  parameter_group_name                = "shop-prod-postgres"
}


# 149-rds-backups-week
resource "aws_db_instance" "rds_backups_week_fault" {
  identifier                          = "shop-prod-orders-stock"
  engine                              = "postgres"
  engine_version                      = "16.4"
  instance_class                      = "db.r6g.large"
  allocated_storage                   = 100
  username                            = "shop"
  manage_master_user_password         = true
  storage_encrypted                   = true
  multi_az                            = true
  backup_retention_period             = 35
  backup_window                       = "02:00-03:00"
  deletion_protection                 = true
  skip_final_snapshot                 = false
  final_snapshot_identifier           = "shop-prod-orders-last"
  copy_tags_to_snapshot               = true
  performance_insights_enabled        = true
  monitoring_interval                 = 60
  monitoring_role_arn                 = "arn:aws:iam:::role/shop-prod-monitoring"
  enabled_cloudwatch_logs_exports     = ["postgresql", "upgrade"]
  iam_database_authentication_enabled = true
  auto_minor_version_upgrade          = true
  parameter_group_name                = "shop-prod-postgres"
}

resource "aws_db_instance" "rds_backups_week_near" {
  identifier                          = "shop-prod-billing-stock"
  engine                              = "postgres"
  engine_version                      = "16.4"
  instance_class                      = "db.r6g.large"
  allocated_storage                   = 100
  username                            = "shop"
  manage_master_user_password         = true
  storage_encrypted                   = true
  multi_az                            = true
  backup_retention_period             = 14
  backup_window                       = "02:00-03:00"
  deletion_protection                 = true
  skip_final_snapshot                 = false
  final_snapshot_identifier           = "shop-prod-billing-last"
  copy_tags_to_snapshot               = true
  performance_insights_enabled        = true
  monitoring_interval                 = 60
  monitoring_role_arn                 = "arn:aws:iam:::role/shop-prod-monitoring"
  enabled_cloudwatch_logs_exports     = ["postgresql", "upgrade"]
  iam_database_authentication_enabled = true
  auto_minor_version_upgrade          = true
  parameter_group_name                = "shop-prod-postgres"
}


# 150-document-audit-unexported
resource "aws_docdb_cluster" "document_audit_unexported_fault" {
  cluster_identifier              = "shop-prod-orders"
  engine                          = "docdb"
  availability_zones              = [for zone in ["a", "b", "c"] : "${var.region}${zone}"]
  engine_version                  = "5.0.0"
  master_username                 = "shop"
  manage_master_user_password     = true
  storage_encrypted               = true
  kms_key_id                      = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  backup_retention_period         = 14
  deletion_protection             = true
  skip_final_snapshot             = false
  final_snapshot_identifier       = "shop-prod-orders-last"
  db_cluster_parameter_group_name = "shop-prod-docdb"
  enabled_cloudwatch_logs_exports = ["audit", "profiler"]
  preferred_backup_window         = "02:00-03:00"
}

resource "aws_docdb_cluster" "document_audit_unexported_near" {
  cluster_identifier              = "shop-prod-billing"
  engine                          = "docdb"
  availability_zones              = [for zone in ["a", "b", "c"] : "${var.region}${zone}"]
  engine_version                  = "5.0.0"
  master_username                 = "shop"
  manage_master_user_password     = true
  storage_encrypted               = true
  kms_key_id                      = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  backup_retention_period         = 14
  deletion_protection             = true
  skip_final_snapshot             = false
  final_snapshot_identifier       = "shop-prod-billing-last"
  db_cluster_parameter_group_name = "shop-prod-docdb"
  enabled_cloudwatch_logs_exports = ["audit", "profiler"]
  preferred_backup_window         = "02:00-03:00"
}


# 151-memory-snapshots-zero
resource "aws_memorydb_cluster" "memory_snapshots_zero_fault" {
  name                     = "shop-prod-orders"
  acl_name                 = "shop-prod"
  node_type                = "db.r7g.large"
  num_shards               = 1
  num_replicas_per_shard   = 1
  tls_enabled              = true
  kms_key_arn              = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  subnet_group_name        = "shop-prod"
  security_group_ids       = ["sg-0a1b2c3d4e5f60718"]
  snapshot_retention_limit = 14
}

resource "aws_memorydb_cluster" "memory_snapshots_zero_near" {
  name                     = "shop-prod-billing"
  acl_name                 = "shop-prod"
  node_type                = "db.r7g.large"
  num_shards               = 1
  num_replicas_per_shard   = 1
  tls_enabled              = true
  kms_key_arn              = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  subnet_group_name        = "shop-prod"
  security_group_ids       = ["sg-0a1b2c3d4e5f60718"]
  snapshot_retention_limit = 14
}


# 152-pool-deletable
resource "aws_cognito_user_pool" "pool_deletable_fault" {
  name                = "shop-prod-orders-pool"
  mfa_configuration   = "ON"
  deletion_protection = "ACTIVE"
  software_token_mfa_configuration {
    enabled = true
  }
  user_pool_add_ons {
    advanced_security_mode = "AUDIT"
  }
  admin_create_user_config {
    allow_admin_create_user_only = true
  }
  password_policy {
    minimum_length                   = 14
    require_lowercase                = true
    require_uppercase                = true
    require_numbers                  = true
    require_symbols                  = true
    temporary_password_validity_days = 1
  }
}

resource "aws_cognito_user_pool" "pool_deletable_near" {
  name                = "shop-prod-billing-pool"
  mfa_configuration   = "ON"
  deletion_protection = "ACTIVE"
  software_token_mfa_configuration {
    enabled = true
  }
  user_pool_add_ons {
    advanced_security_mode = "AUDIT"
  }
  admin_create_user_config {
    allow_admin_create_user_only = true
  }
  password_policy {
    minimum_length                   = 14
    require_lowercase                = true
    require_uppercase                = true
    require_numbers                  = true
    require_symbols                  = true
    temporary_password_validity_days = 1
  }
}


# 153-api-unlimited
resource "aws_api_gateway_method_settings" "api_unlimited_fault" {
  rest_api_id = "a1b2c3d4e6"
  stage_name  = "orders"
  method_path = "*/*"
  settings {
    logging_level          = "ERROR"
    metrics_enabled        = true
    data_trace_enabled     = false
    throttling_rate_limit  = 100
    throttling_burst_limit = 50
  }
}

resource "aws_api_gateway_method_settings" "api_unlimited_near" {
  rest_api_id = "a1b2c3d4e6"
  stage_name  = "billing"
  method_path = "*/*"
  settings {
    logging_level          = "ERROR"
    metrics_enabled        = true
    data_trace_enabled     = false
    throttling_rate_limit  = 100
    throttling_burst_limit = 50
  }
}


# 154-stage-log-removed
resource "aws_api_gateway_stage" "stage_log_removed_fault" {
  rest_api_id          = "a1b2c3d4e5"
  deployment_id        = "a1b2c3"
  stage_name           = "orders"
  xray_tracing_enabled = true
  access_log_settings {
    destination_arn = "arn:aws:logs:::log-group:shop-prod-api"
    format          = "$context.requestId $context.identity.sourceIp"
  }
}

resource "aws_api_gateway_stage" "stage_log_removed_near" {
  rest_api_id          = "a1b2c3d4e5"
  deployment_id        = "a1b2c3"
  stage_name           = "billing"
  xray_tracing_enabled = true
  access_log_settings {
    destination_arn = "arn:aws:logs:::log-group:shop-prod-api"
    format          = "$context.requestId $context.identity.sourceIp"
  }
}


# 155-distribution-loses-firewall
resource "aws_cloudfront_distribution" "distribution_loses_firewall_fault" {
  comment             = "shop-prod-orders"
  enabled             = true
  is_ipv6_enabled     = true
  default_root_object = "index.html"
  web_acl_id          = "arn:aws:wafv2:::global/webacl/shop-prod/11111111-2222-3333-4444-555555555555"
  origin {
    domain_name = "origin.shop.example"
    origin_id   = "shop"
    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }
  default_cache_behavior {
    allowed_methods            = ["GET", "HEAD"]
    cached_methods             = ["GET", "HEAD"]
    target_origin_id           = "shop"
    viewer_protocol_policy     = "redirect-to-https"
    cache_policy_id            = "658327ea-f89d-4fab-a63d-7e88639e58f6"
    response_headers_policy_id = "67f7725c-6f97-4210-82d7-5512b31e9d03"
  }
  logging_config {
    bucket = "shop-prod-edge.s3.amazonaws.com"
    prefix = "orders"
  }
  restrictions {
    geo_restriction {
      restriction_type = "whitelist"
      locations        = ["DE", "AT"]
    }
  }
  viewer_certificate {
    acm_certificate_arn      = "arn:aws:acm:::certificate/11111111-2222-3333-4444-555555555555"
    ssl_support_method       = "sni-only"
    minimum_protocol_version = "TLSv1.2_2021"
  }
}

resource "aws_cloudfront_distribution" "distribution_loses_firewall_near" {
  comment             = "shop-prod-billing"
  enabled             = true
  is_ipv6_enabled     = true
  default_root_object = "index.html"
  web_acl_id          = "arn:aws:wafv2:::global/webacl/shop-prod/11111111-2222-3333-4444-555555555555"
  origin {
    domain_name = "origin.shop.example"
    origin_id   = "shop"
    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }
  default_cache_behavior {
    allowed_methods            = ["GET", "HEAD"]
    cached_methods             = ["GET", "HEAD"]
    target_origin_id           = "shop"
    viewer_protocol_policy     = "redirect-to-https"
    cache_policy_id            = "658327ea-f89d-4fab-a63d-7e88639e58f6"
    response_headers_policy_id = "67f7725c-6f97-4210-82d7-5512b31e9d03"
  }
  logging_config {
    bucket = "shop-prod-edge.s3.amazonaws.com"
    prefix = "billing"
  }
  restrictions {
    geo_restriction {
      restriction_type = "whitelist"
      locations        = ["DE", "AT"]
    }
  }
  viewer_certificate {
    acm_certificate_arn      = "arn:aws:acm:::certificate/11111111-2222-3333-4444-555555555555"
    ssl_support_method       = "sni-only"
    minimum_protocol_version = "TLSv1.2_2021"
  }
}


# 156-bucket-logs-into-itself
resource "aws_s3_bucket_logging" "bucket_logs_into_itself_fault" {
  bucket        = "shop-prod-orders-audit-logs"
  target_bucket = "shop-prod-access"
  target_prefix = "orders/"
}

resource "aws_s3_bucket_logging" "bucket_logs_into_itself_near" {
  bucket        = "shop-prod-billing-audit-logs"
  target_bucket = "shop-prod-access"
  target_prefix = "billing/"
}


# 157-malware-untagged
resource "aws_guardduty_malware_protection_plan" "malware_untagged_fault" {
  role = "arn:aws:iam:::role/shop-prod-malware"
  protected_resource {
    s3_bucket {
      bucket_name     = "shop-prod-orders-uploads"
      object_prefixes = ["uploads/"]
    }
  }
  actions = [{ tagging = [{ status = "ENABLED" }] }]
}

resource "aws_guardduty_malware_protection_plan" "malware_untagged_near" {
  role = "arn:aws:iam:::role/shop-prod-malware"
  protected_resource {
    s3_bucket {
      bucket_name     = "shop-prod-billing-uploads"
      object_prefixes = ["uploads/"]
    }
  }
  actions = [{ tagging = [{ status = "ENABLED" }] }]
}


# 158-rate-limit-billion
resource "aws_wafv2_rule_group" "rate_limit_billion_fault" {
  name     = "shop-prod-orders"
  scope    = "REGIONAL"
  capacity = 50
  rule {
    name     = "sign-in"
    priority = 1
    action {
      block {}
    }
    statement {
      rate_based_statement {
        limit                 = 100
        aggregate_key_type    = "IP"
        evaluation_window_sec = 300
      }
    }
    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "sign-in"
      sampled_requests_enabled   = true
    }
  }
  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = "shop-prod-orders"
    sampled_requests_enabled   = true
  }
}

resource "aws_wafv2_rule_group" "rate_limit_billion_near" {
  name     = "shop-prod-billing"
  scope    = "REGIONAL"
  capacity = 50
  rule {
    name     = "sign-in"
    priority = 1
    action {
      block {}
    }
    statement {
      rate_based_statement {
        limit                 = 100
        aggregate_key_type    = "IP"
        evaluation_window_sec = 300
      }
    }
    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "sign-in"
      sampled_requests_enabled   = true
    }
  }
  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = "shop-prod-billing"
    sampled_requests_enabled   = true
  }
}


# 159-suricata-passes
resource "aws_networkfirewall_rule_group" "suricata_passes_fault" {
  name     = "shop-prod-orders"
  type     = "STATEFUL"
  capacity = 100
  encryption_configuration {
    type   = "CUSTOMER_KMS"
    key_id = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  }
  rule_group {
    rules_source {
      rules_string = join("\n", [

        "drop tls $HOME_NET any -> $EXTERNAL_NET any (msg:\"other\"; sid:2; rev:1;)",
      ])
    }
    stateful_rule_options {
      rule_order = "STRICT_ORDER"
    }
  }
}

resource "aws_networkfirewall_rule_group" "suricata_passes_near" {
  name     = "shop-prod-billing"
  type     = "STATEFUL"
  capacity = 100
  encryption_configuration {
    type   = "CUSTOMER_KMS"
    key_id = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  }
  rule_group {
    rules_source {
      rules_string = join("\n", [

        "drop tls $HOME_NET any -> $EXTERNAL_NET any (msg:\"other\"; sid:2; rev:1;)",
      ])
    }
    stateful_rule_options {
      rule_order = "STRICT_ORDER"
    }
  }
}


# 160-declarative-opened
resource "aws_organizations_policy" "declarative_opened_fault" {
  name = "shop-prod-orders-declarative"
  type = "DECLARATIVE_POLICY_EC2"
  content = jsonencode({
    ec2_attributes = {
      snapshot_block_public_access = { state = { "@@assign" = "block_all_sharing" } }
      serial_console_access        = { status = { "@@assign" = "disabled" } }
      image_block_public_access    = { state = { "@@assign" = "block_new_sharing" } }
    }
  })
}

resource "aws_organizations_policy" "declarative_opened_near" {
  name = "shop-prod-billing-declarative"
  type = "DECLARATIVE_POLICY_EC2"
  content = jsonencode({
    ec2_attributes = {
      snapshot_block_public_access = { state = { "@@assign" = "block_all_sharing" } }
      serial_console_access        = { status = { "@@assign" = "disabled" } }
      image_block_public_access    = { state = { "@@assign" = "block_new_sharing" } }
    }
  })
}


# 161-models-learn-from-data
resource "aws_organizations_policy" "models_learn_from_data_fault" {
  name = "shop-prod-orders-ai"
  type = "AISERVICES_OPT_OUT_POLICY"
  content = jsonencode({ services = {
    default = { opt_out_policy = { "@@assign" = "optOut" } }
  } })
}

resource "aws_organizations_policy" "models_learn_from_data_near" {
  name = "shop-prod-billing-ai"
  type = "AISERVICES_OPT_OUT_POLICY"
  content = jsonencode({ services = {
    default = { opt_out_policy = { "@@assign" = "optOut" } }
  } })
}


# 162-inspector-new-accounts
resource "aws_inspector2_organization_configuration" "inspector_new_accounts_fault" {
  auto_enable {
    ec2         = true
    ecr         = true
    lambda      = true
    lambda_code = false
  }
}

resource "aws_inspector2_organization_configuration" "inspector_new_accounts_near" {
  auto_enable {
    ec2         = true
    ecr         = true
    lambda      = true
    lambda_code = false
  }
}


# 163-securityhub-new-accounts
resource "aws_securityhub_organization_configuration" "securityhub_new_accounts_fault" {
  auto_enable           = true
  auto_enable_standards = "NONE"
  organization_configuration {
    configuration_type = "LOCAL"
  }
}

resource "aws_securityhub_organization_configuration" "securityhub_new_accounts_near" {
  auto_enable           = true
  auto_enable_standards = "NONE"
  organization_configuration {
    configuration_type = "LOCAL"
  }
}


# 164-securityhub-policy-off
resource "aws_securityhub_configuration_policy" "securityhub_policy_off_fault" {
  name = "shop-prod-orders"
  configuration_policy {
    service_enabled       = true
    enabled_standard_arns = ["arn:aws:securityhub:::ruleset/cis-aws-foundations-benchmark/v/1.2.0"]
    security_controls_configuration {
      disabled_control_identifiers = []
    }
  }
}

resource "aws_securityhub_configuration_policy" "securityhub_policy_off_near" {
  name = "shop-prod-billing"
  configuration_policy {
    service_enabled       = true
    enabled_standard_arns = ["arn:aws:securityhub:::ruleset/cis-aws-foundations-benchmark/v/1.2.0"]
    security_controls_configuration {
      disabled_control_identifiers = []
    }
  }
}


# 165-config-rule-few-resources
resource "aws_config_config_rule" "config_rule_few_resources_fault" {
  name = "shop-prod-orders-volumes"
  source {
    owner             = "AWS"
    source_identifier = "ENCRYPTED_VOLUMES"
  }
  scope {
    compliance_resource_types = ["AWS::EC2::Volume"]
  }
}

resource "aws_config_config_rule" "config_rule_few_resources_near" {
  name = "shop-prod-billing-volumes"
  source {
    owner             = "AWS"
    source_identifier = "ENCRYPTED_VOLUMES"
  }
  scope {
    compliance_resource_types = ["AWS::EC2::Volume"]
  }
}


# 166-config-repair-manual
resource "aws_config_remediation_configuration" "config_repair_manual_fault" {
  config_rule_name           = "shop-prod-orders-public"
  resource_type              = "AWS::S3::Bucket"
  target_type                = "SSM_DOCUMENT"
  target_id                  = "AWS-DisableS3BucketPublicReadWrite"
  target_version             = "1"
  automatic                  = true
  maximum_automatic_attempts = 5
  retry_attempt_seconds      = 60
  parameter {
    name         = "AutomationAssumeRole"
    static_value = "arn:aws:iam:::role/shop-prod-repair"
  }
  parameter {
    name           = "S3BucketName"
    resource_value = "RESOURCE_ID"
  }
}

resource "aws_config_remediation_configuration" "config_repair_manual_near" {
  config_rule_name           = "shop-prod-billing-public"
  resource_type              = "AWS::S3::Bucket"
  target_type                = "SSM_DOCUMENT"
  target_id                  = "AWS-DisableS3BucketPublicReadWrite"
  target_version             = "1"
  automatic                  = true
  maximum_automatic_attempts = 5
  retry_attempt_seconds      = 60
  parameter {
    name         = "AutomationAssumeRole"
    static_value = "arn:aws:iam:::role/shop-prod-repair"
  }
  parameter {
    name           = "S3BucketName"
    resource_value = "RESOURCE_ID"
  }
}


# 167-alarm-wrong-metric
resource "aws_cloudwatch_metric_alarm" "alarm_wrong_metric_fault" {
  alarm_name          = "shop-prod-orders-root-signin"
  alarm_description   = "The root user signed in."
  namespace           = "shop/audit"
  metric_name         = "RootLogin"
  statistic           = "Sum"
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 1
  period              = 300
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = ["arn:aws:sns:::shop-prod-security"]
}

resource "aws_cloudwatch_metric_alarm" "alarm_wrong_metric_near" {
  alarm_name          = "shop-prod-billing-root-signin"
  alarm_description   = "The root user signed in."
  namespace           = "shop/audit"
  metric_name         = "RootLogin"
  statistic           = "Sum"
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 1
  period              = 300
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = ["arn:aws:sns:::shop-prod-security"]
}


# 168-alarm-never-often-enough
resource "aws_cloudwatch_metric_alarm" "alarm_never_often_enough_fault" {
  alarm_name          = "shop-prod-orders-root-day"
  alarm_description   = "The root user signed in."
  namespace           = "shop/audit"
  metric_name         = "RootLogin"
  statistic           = "Sum"
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 1
  period              = 300
  evaluation_periods  = 1
  datapoints_to_alarm = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = ["arn:aws:sns:::shop-prod-security"]
}

resource "aws_cloudwatch_metric_alarm" "alarm_never_often_enough_near" {
  alarm_name          = "shop-prod-billing-root-day"
  alarm_description   = "The root user signed in."
  namespace           = "shop/audit"
  metric_name         = "RootLogin"
  statistic           = "Sum"
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 1
  period              = 300
  evaluation_periods  = 1
  datapoints_to_alarm = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = ["arn:aws:sns:::shop-prod-security"]
}


# 169-alert-topic-closed
resource "aws_sns_topic_policy" "alert_topic_closed_fault" {
  arn = "arn:aws:sns:::shop-prod-orders"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Services"
        Effect    = "Allow"
        Principal = { Service = ["cloudwatch.amazonaws.com", "events.amazonaws.com"] }
        Action    = "sns:Publish"
        Resource  = "arn:aws:sns:::shop-prod-orders"
        Condition = { StringEquals = { "aws:SourceAccount" = "$${aws:ResourceAccount}" } }
      },

    ]
  })
}

resource "aws_sns_topic_policy" "alert_topic_closed_near" {
  arn = "arn:aws:sns:::shop-prod-billing"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Services"
        Effect    = "Allow"
        Principal = { Service = ["cloudwatch.amazonaws.com", "events.amazonaws.com"] }
        Action    = "sns:Publish"
        Resource  = "arn:aws:sns:::shop-prod-billing"
        Condition = { StringEquals = { "aws:SourceAccount" = "$${aws:ResourceAccount}" } }
      },

    ]
  })
}


# 170-vault-policy-hollow
resource "aws_backup_vault_policy" "vault_policy_hollow_fault" {
  backup_vault_name = "shop-prod-orders"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Keep"
      Effect    = "Deny"
      Principal = { AWS = "*" }
      Action    = ["backup:DeleteRecoveryPoint", "backup:UpdateRecoveryPointLifecycle", "backup:PutBackupVaultAccessPolicy"]
      Resource  = "*"
    }]
  })
}

resource "aws_backup_vault_policy" "vault_policy_hollow_near" {
  backup_vault_name = "shop-prod-billing"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Keep"
      Effect    = "Deny"
      Principal = { AWS = "*" }
      Action    = ["backup:DeleteRecoveryPoint", "backup:UpdateRecoveryPointLifecycle", "backup:PutBackupVaultAccessPolicy"]
      Resource  = "*"
    }]
  })
}


# 171-backup-failures-untold
resource "aws_backup_vault_notifications" "backup_failures_untold_fault" {
  backup_vault_name   = "shop-prod-orders"
  sns_topic_arn       = "arn:aws:sns:::shop-prod-backup"
  backup_vault_events = ["BACKUP_JOB_FAILED", "COPY_JOB_FAILED", "RECOVERY_POINT_MODIFIED"]
}

resource "aws_backup_vault_notifications" "backup_failures_untold_near" {
  backup_vault_name   = "shop-prod-billing"
  sns_topic_arn       = "arn:aws:sns:::shop-prod-backup"
  backup_vault_events = ["BACKUP_JOB_FAILED", "COPY_JOB_FAILED", "RECOVERY_POINT_MODIFIED"]
}


# 172-backup-copy-removed
resource "aws_backup_plan" "backup_copy_removed_fault" {
  name = "shop-prod-orders-copies"
  rule {
    rule_name         = "daily"
    target_vault_name = "shop-prod"
    schedule          = "cron(0 3 * * ? *)"
    lifecycle {
      delete_after = 90
    }
    copy_action {
      destination_vault_arn = "arn:aws:backup:::backup-vault:shop-prod-offsite"
      lifecycle {
        delete_after = 365
      }
    }
  }
}

resource "aws_backup_plan" "backup_copy_removed_near" {
  name = "shop-prod-billing-copies"
  rule {
    rule_name         = "daily"
    target_vault_name = "shop-prod"
    schedule          = "cron(0 3 * * ? *)"
    lifecycle {
      delete_after = 90
    }
    copy_action {
      destination_vault_arn = "arn:aws:backup:::backup-vault:shop-prod-offsite"
      lifecycle {
        delete_after = 365
      }
    }
  }
}


# 173-recycle-bin-day
resource "aws_rbin_rule" "recycle_bin_day_fault" {
  description   = "Snapshots of orders"
  resource_type = "EBS_SNAPSHOT"
  retention_period {
    retention_period_value = 30
    retention_period_unit  = "DAYS"
  }
}

resource "aws_rbin_rule" "recycle_bin_day_near" {
  description   = "Snapshots of billing"
  resource_type = "EBS_SNAPSHOT"
  retention_period {
    retention_period_value = 30
    retention_period_unit  = "DAYS"
  }
}


# 174-canary-stopped
resource "aws_synthetics_canary" "canary_stopped_fault" {
  name                 = "shop-prod-orders"
  artifact_s3_location = "s3://shop-prod-canary/orders"
  execution_role_arn   = "arn:aws:iam:::role/shop-prod-canary"
  handler              = "probe.handler"
  runtime_version      = "syn-nodejs-puppeteer-9.1"
  s3_bucket            = "shop-prod-code"
  s3_key               = "canary.zip"
  start_canary         = true
  schedule {
    expression = "rate(5 minutes)"
  }
}

resource "aws_synthetics_canary" "canary_stopped_near" {
  name                 = "shop-prod-billing"
  artifact_s3_location = "s3://shop-prod-canary/billing"
  execution_role_arn   = "arn:aws:iam:::role/shop-prod-canary"
  handler              = "probe.handler"
  runtime_version      = "syn-nodejs-puppeteer-9.1"
  s3_bucket            = "shop-prod-code"
  s3_key               = "canary.zip"
  start_canary         = true
  schedule {
    expression = "rate(5 minutes)"
  }
}


# 175-anomalies-ignored
resource "aws_cloudwatch_log_anomaly_detector" "anomalies_ignored_fault" {
  detector_name        = "shop-prod-orders"
  log_group_arn_list   = ["arn:aws:logs:::log-group:shop-prod-trail"]
  kms_key_id           = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  evaluation_frequency = "FIFTEEN_MIN"
  enabled              = true
}

resource "aws_cloudwatch_log_anomaly_detector" "anomalies_ignored_near" {
  detector_name        = "shop-prod-billing"
  log_group_arn_list   = ["arn:aws:logs:::log-group:shop-prod-trail"]
  kms_key_id           = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  evaluation_frequency = "FIFTEEN_MIN"
  enabled              = true
}


# 176-things-unlogged
resource "aws_iot_logging_options" "things_unlogged_fault" {
  role_arn          = "arn:aws:iam:::role/shop-prod-things"
  default_log_level = "INFO"
  disable_all_logs  = false
}

resource "aws_iot_logging_options" "things_unlogged_near" {
  role_arn          = "arn:aws:iam:::role/shop-prod-things"
  default_log_level = "ERROR"
  disable_all_logs  = false
}


# 177-employee-access-unlogged
resource "aws_verifiedaccess_instance_logging_configuration" "employee_access_unlogged_fault" {
  verifiedaccess_instance_id = "vai-0a1b2c3d4e5f60718"
  access_logs {
    include_trust_context = true
    cloudwatch_logs {
      enabled   = true
      log_group = "shop-prod-office"
    }
  }
}

resource "aws_verifiedaccess_instance_logging_configuration" "employee_access_unlogged_near" {
  verifiedaccess_instance_id = "vai-0a1b2c3d4e5f60719"
  access_logs {
    include_trust_context = true
    cloudwatch_logs {
      enabled   = true
      log_group = "shop-prod-office"
    }
  }
}


# 179-dead-letters-minute
resource "aws_sqs_queue" "dead_letters_minute_fault" {
  name                       = "shop-prod-orders-dead"
  kms_master_key_id          = "alias/shop-prod-events"
  message_retention_seconds  = 1209600
  visibility_timeout_seconds = 30
  redrive_allow_policy       = jsonencode({ redrivePermission = "byQueue", sourceQueueArns = ["arn:aws:sqs:::shop-prod-orders"] })
}

resource "aws_sqs_queue" "dead_letters_minute_near" {
  name                       = "shop-prod-billing-dead"
  kms_master_key_id          = "alias/shop-prod-events"
  message_retention_seconds  = 1209600
  visibility_timeout_seconds = 30
  redrive_allow_policy       = jsonencode({ redrivePermission = "byQueue", sourceQueueArns = ["arn:aws:sqs:::shop-prod-billing"] })
}


# 180-stream-day
resource "aws_kinesis_stream" "stream_day_fault" {
  name             = "shop-prod-orders"
  retention_period = 168
  encryption_type  = "KMS"
  kms_key_id       = "alias/shop-prod-events"
  stream_mode_details {
    stream_mode = "ON_DEMAND"
  }
}

resource "aws_kinesis_stream" "stream_day_near" {
  name             = "shop-prod-billing"
  retention_period = 168
  encryption_type  = "KMS"
  kms_key_id       = "alias/shop-prod-events"
  stream_mode_details {
    stream_mode = "ON_DEMAND"
  }
}


# 181-broker-unlogged
resource "aws_msk_cluster" "broker_unlogged_fault" {
  cluster_name           = "shop-prod-orders"
  kafka_version          = "3.7.x"
  number_of_broker_nodes = 3
  enhanced_monitoring    = "PER_TOPIC_PER_BROKER"
  broker_node_group_info {
    instance_type   = "kafka.m7g.large"
    client_subnets  = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719", "subnet-0a1b2c3d4e5f60720"]
    security_groups = ["sg-0a1b2c3d4e5f60718"]
  }
  client_authentication {
    sasl {
      iam = true
    }
  }
  encryption_info {
    encryption_at_rest_kms_key_arn = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
    encryption_in_transit {
      client_broker = "TLS"
      in_cluster    = true
    }
  }
  logging_info {
    broker_logs {
      cloudwatch_logs {
        enabled   = true
        log_group = "shop-prod-broker"
      }
      s3 {
        enabled = false
      }
    }
  }
}

resource "aws_msk_cluster" "broker_unlogged_near" {
  cluster_name           = "shop-prod-billing"
  kafka_version          = "3.7.x"
  number_of_broker_nodes = 3
  enhanced_monitoring    = "PER_TOPIC_PER_BROKER"
  broker_node_group_info {
    instance_type   = "kafka.m7g.large"
    client_subnets  = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719", "subnet-0a1b2c3d4e5f60720"]
    security_groups = ["sg-0a1b2c3d4e5f60718"]
  }
  client_authentication {
    sasl {
      iam = true
    }
  }
  encryption_info {
    encryption_at_rest_kms_key_arn = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
    encryption_in_transit {
      client_broker = "TLS"
      in_cluster    = true
    }
  }
  logging_info {
    broker_logs {
      cloudwatch_logs {
        enabled   = true
        log_group = "shop-prod-broker"
      }
      s3 {
        enabled = false
      }
    }
  }
}


# 182-rollback-off
resource "aws_codedeploy_deployment_group" "rollback_off_fault" {
  app_name              = "shop-prod"
  deployment_group_name = "shop-prod-orders"
  service_role_arn      = "arn:aws:iam:::role/shop-prod-deploy"
  auto_rollback_configuration {
    enabled = true
    events  = ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM"]
  }
  alarm_configuration {
    enabled = true
    alarms  = ["shop-prod-errors"]
  }
}

resource "aws_codedeploy_deployment_group" "rollback_off_near" {
  app_name              = "shop-prod"
  deployment_group_name = "shop-prod-billing"
  service_role_arn      = "arn:aws:iam:::role/shop-prod-deploy"
  auto_rollback_configuration {
    enabled = true
    events  = ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM"]
  }
  alarm_configuration {
    enabled = true
    alarms  = ["shop-prod-errors"]
  }
}


# 183-group-replaced-by-copy
resource "aws_cloudwatch_log_group" "group_replaced_by_copy_fault" {
  name              = "shop-prod-orders-trail-log"
  retention_in_days = 731

  skip_destroy = false
}

resource "aws_cloudwatch_log_group" "group_replaced_by_copy_near" {
  name              = "shop-prod-billing-trail-log"
  retention_in_days = 731

  skip_destroy = false
}


# 184-key-replaced
resource "aws_kms_key" "key_replaced_fault" {
  description             = "Ledger of orders"
  enable_key_rotation     = true
  deletion_window_in_days = 30
  multi_region            = false
}

resource "aws_kms_key" "key_replaced_near" {
  description             = "Ledger of billing"
  enable_key_rotation     = true
  deletion_window_in_days = 30
  multi_region            = false
}


# 185-alert-target-moved
resource "aws_cloudwatch_event_target" "alert_target_moved_fault" {
  rule      = "shop-prod-orders-findings"
  target_id = "security"
  arn       = "arn:aws:sns:::shop-prod-security"
}

resource "aws_cloudwatch_event_target" "alert_target_moved_near" {
  rule      = "shop-prod-billing-findings"
  target_id = "security"
  arn       = "arn:aws:sns:::shop-prod-security"
}


# 186-detector-uncounted
resource "aws_guardduty_detector" "detector_uncounted_fault" {
  count  = 1
  enable = true
}

resource "aws_guardduty_detector" "detector_uncounted_near" {
  count                        = 1
  enable                       = true
  finding_publishing_frequency = "ONE_HOUR"
}


# 187-rds-blind
resource "aws_db_instance" "rds_blind_fault" {
  identifier                            = "shop-prod-orders-watch"
  engine                                = "postgres"
  engine_version                        = "16.4"
  instance_class                        = "db.r6g.large"
  allocated_storage                     = 100
  username                              = "shop"
  manage_master_user_password           = true
  storage_encrypted                     = true
  backup_retention_period               = 14
  deletion_protection                   = true
  skip_final_snapshot                   = false
  final_snapshot_identifier             = "shop-prod-orders-last"
  copy_tags_to_snapshot                 = true
  iam_database_authentication_enabled   = true
  auto_minor_version_upgrade            = true
  parameter_group_name                  = "shop-prod-postgres"
  multi_az                              = true
  performance_insights_enabled          = true
  performance_insights_retention_period = 31
  monitoring_interval                   = 60
  monitoring_role_arn                   = "arn:aws:iam:::role/shop-prod-monitoring"
  enabled_cloudwatch_logs_exports       = ["postgresql", "upgrade"]
}

resource "aws_db_instance" "rds_blind_near" {
  identifier                            = "shop-prod-billing-watch"
  engine                                = "postgres"
  engine_version                        = "16.4"
  instance_class                        = "db.r6g.large"
  allocated_storage                     = 100
  username                              = "shop"
  manage_master_user_password           = true
  storage_encrypted                     = true
  backup_retention_period               = 14
  deletion_protection                   = true
  skip_final_snapshot                   = false
  final_snapshot_identifier             = "shop-prod-billing-last"
  copy_tags_to_snapshot                 = true
  iam_database_authentication_enabled   = true
  auto_minor_version_upgrade            = true
  parameter_group_name                  = "shop-prod-postgres"
  multi_az                              = true
  performance_insights_enabled          = true
  performance_insights_retention_period = 31
  monitoring_interval                   = 60
  monitoring_role_arn                   = "arn:aws:iam:::role/shop-prod-monitoring"
  enabled_cloudwatch_logs_exports       = ["postgresql", "upgrade"]
}


# 188-rds-one-zone
resource "aws_db_instance" "rds_one_zone_fault" {
  identifier                          = "shop-prod-orders-zones"
  engine                              = "postgres"
  engine_version                      = "16.4"
  instance_class                      = "db.r6g.large"
  allocated_storage                   = 100
  username                            = "shop"
  manage_master_user_password         = true
  storage_encrypted                   = true
  backup_retention_period             = 14
  deletion_protection                 = true
  skip_final_snapshot                 = false
  final_snapshot_identifier           = "shop-prod-orders-last"
  copy_tags_to_snapshot               = true
  iam_database_authentication_enabled = true
  auto_minor_version_upgrade          = true
  parameter_group_name                = "shop-prod-postgres"
  multi_az                            = true
  apply_immediately                   = false
  performance_insights_enabled        = true
  monitoring_interval                 = 60
  monitoring_role_arn                 = "arn:aws:iam:::role/shop-prod-monitoring"
  enabled_cloudwatch_logs_exports     = ["postgresql", "upgrade"]
}

resource "aws_db_instance" "rds_one_zone_near" {
  identifier                          = "shop-prod-billing-zones"
  engine                              = "postgres"
  engine_version                      = "16.4"
  instance_class                      = "db.r6g.large"
  allocated_storage                   = 100
  username                            = "shop"
  manage_master_user_password         = true
  storage_encrypted                   = true
  backup_retention_period             = 14
  deletion_protection                 = true
  skip_final_snapshot                 = false
  final_snapshot_identifier           = "shop-prod-billing-last"
  copy_tags_to_snapshot               = true
  iam_database_authentication_enabled = true
  auto_minor_version_upgrade          = true
  parameter_group_name                = "shop-prod-postgres"
  multi_az                            = true
  apply_immediately                   = false
  performance_insights_enabled        = true
  monitoring_interval                 = 60
  monitoring_role_arn                 = "arn:aws:iam:::role/shop-prod-monitoring"
  enabled_cloudwatch_logs_exports     = ["postgresql", "upgrade"]
}


# 189-trail-elsewhere
resource "aws_cloudtrail" "trail_elsewhere_fault" {
  name                       = "shop-prod-orders-files"
  s3_bucket_name             = "shop-prod-audit"
  is_multi_region_trail      = true
  enable_log_file_validation = true
  kms_key_id                 = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  cloud_watch_logs_group_arn = "arn:aws:logs:::log-group:shop-prod-trail:*"
  cloud_watch_logs_role_arn  = "arn:aws:iam:::role/shop-prod-trail"
}

resource "aws_cloudtrail" "trail_elsewhere_near" {
  name                       = "shop-prod-billing-files"
  s3_bucket_name             = "shop-prod-audit"
  is_multi_region_trail      = true
  enable_log_file_validation = true
  kms_key_id                 = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  cloud_watch_logs_group_arn = "arn:aws:logs:::log-group:shop-prod-trail:*"
  cloud_watch_logs_role_arn  = "arn:aws:iam:::role/shop-prod-trail"
}


# 190-trail-alarms-blind
resource "aws_cloudtrail" "trail_alarms_blind_fault" {
  name                       = "shop-prod-orders-watch"
  s3_bucket_name             = "shop-prod-audit"
  is_multi_region_trail      = true
  enable_log_file_validation = true
  kms_key_id                 = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  cloud_watch_logs_group_arn = "arn:aws:logs:::log-group:shop-prod-trail:*"
  cloud_watch_logs_role_arn  = "arn:aws:iam:::role/shop-prod-trail"
}

resource "aws_cloudtrail" "trail_alarms_blind_near" {
  name                       = "shop-prod-billing-watch"
  s3_bucket_name             = "shop-prod-audit"
  is_multi_region_trail      = true
  enable_log_file_validation = true
  kms_key_id                 = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  cloud_watch_logs_group_arn = "arn:aws:logs:::log-group:shop-prod-trail:*"
  cloud_watch_logs_role_arn  = "arn:aws:iam:::role/shop-prod-trail"
}


# 191-trail-unencrypted
resource "aws_cloudtrail" "trail_unencrypted_fault" {
  name                       = "shop-prod-orders-sealed"
  s3_bucket_name             = "shop-prod-audit"
  is_multi_region_trail      = true
  enable_log_file_validation = true
  kms_key_id                 = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  cloud_watch_logs_group_arn = "arn:aws:logs:::log-group:shop-prod-trail:*"
  cloud_watch_logs_role_arn  = "arn:aws:iam:::role/shop-prod-trail"
}

resource "aws_cloudtrail" "trail_unencrypted_near" {
  name                       = "shop-prod-billing-sealed"
  s3_bucket_name             = "shop-prod-audit"
  is_multi_region_trail      = true
  enable_log_file_validation = true
  kms_key_id                 = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  cloud_watch_logs_group_arn = "arn:aws:logs:::log-group:shop-prod-trail:*"
  cloud_watch_logs_role_arn  = "arn:aws:iam:::role/shop-prod-trail"
}


# 192-log-for-ever-to-month
resource "aws_cloudwatch_log_group" "log_for_ever_to_month_fault" {
  name              = "shop-prod-orders-audit"
  retention_in_days = 0
}

resource "aws_cloudwatch_log_group" "log_for_ever_to_month_near" {
  name              = "shop-prod-billing-audit"
  retention_in_days = 365
}


# 193-password-plain
resource "aws_iam_account_password_policy" "password_plain_fault" {
  minimum_password_length        = 14
  require_lowercase_characters   = true
  require_uppercase_characters   = true
  require_numbers                = true
  require_symbols                = true
  allow_users_to_change_password = true
  password_reuse_prevention      = 24
  max_password_age               = 90
}

resource "aws_iam_account_password_policy" "password_plain_near" {
  minimum_password_length        = 14
  require_lowercase_characters   = true
  require_uppercase_characters   = true
  require_numbers                = true
  require_symbols                = true
  allow_users_to_change_password = true
  password_reuse_prevention      = 24
  max_password_age               = 90
}


# 194-alarm-without-recipient
resource "aws_cloudwatch_metric_alarm" "alarm_without_recipient_fault" {
  alarm_name          = "shop-prod-orders-root-silent"
  alarm_description   = "The root user signed in."
  namespace           = "shop/audit"
  metric_name         = "RootLogin"
  statistic           = "Sum"
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 1
  period              = 300
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  actions_enabled     = true
  alarm_actions       = ["arn:aws:sns:::shop-prod-security"]
  ok_actions          = ["arn:aws:sns:::shop-prod-security"]
}

resource "aws_cloudwatch_metric_alarm" "alarm_without_recipient_near" {
  alarm_name          = "shop-prod-billing-root-silent"
  alarm_description   = "The root user signed in."
  namespace           = "shop/audit"
  metric_name         = "RootLogin"
  statistic           = "Sum"
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 1
  period              = 300
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  actions_enabled     = true
  alarm_actions       = ["arn:aws:sns:::shop-prod-security"]
  ok_actions          = ["arn:aws:sns:::shop-prod-security"]
}


# 195-agent-unmanaged
resource "aws_guardduty_detector_feature" "agent_unmanaged_fault" {
  detector_id = "12abc34d567e8fa901bc2d34e56789f0"
  name        = "RUNTIME_MONITORING"
  status      = "ENABLED"
  additional_configuration {
    name   = "EC2_AGENT_MANAGEMENT"
    status = "ENABLED"
  }
}

resource "aws_guardduty_detector_feature" "agent_unmanaged_near" {
  detector_id = "12abc34d567e8fa901bc2d34e56789f0"
  name        = "EKS_RUNTIME_MONITORING"
  status      = "ENABLED"
  additional_configuration {
    name   = "EKS_ADDON_MANAGEMENT"
    status = "DISABLED"
  }
}


# 196-datasources-off
resource "aws_guardduty_detector" "datasources_off_fault" {
  enable                       = true
  finding_publishing_frequency = "SIX_HOURS"
  datasources {
    s3_logs {
      enable = true
    }
    kubernetes {
      audit_logs {
        enable = true
      }
    }
  }
}

resource "aws_guardduty_detector" "datasources_off_near" {
  enable                       = true
  finding_publishing_frequency = "SIX_HOURS"
  datasources {
    s3_logs {
      enable = true
    }
    kubernetes {
      audit_logs {
        enable = true
      }
    }
  }
}


# 197-boundary-too-wide
resource "aws_iam_role" "boundary_too_wide_fault" {
  name                 = "shop-prod-orders-release"
  permissions_boundary = "arn:aws:iam:::policy/shop-prod-boundary"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "codebuild.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role" "boundary_too_wide_near" {
  name                 = "shop-prod-billing-release"
  permissions_boundary = "arn:aws:iam:::policy/shop-prod-boundary"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "codebuild.amazonaws.com" }
    }]
  })
}


# 198-balancer-logs-removed
resource "aws_lb" "balancer_logs_removed_fault" {
  name                       = "shop-prod-orders-front"
  internal                   = true
  load_balancer_type         = "application"
  subnets                    = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"]
  security_groups            = ["sg-0a1b2c3d4e5f60718"]
  drop_invalid_header_fields = true
  enable_deletion_protection = true
  idle_timeout               = 60
  access_logs {
    bucket  = "shop-prod-balancer"
    enabled = true
  }
}

resource "aws_lb" "balancer_logs_removed_near" {
  name                       = "shop-prod-billing-front"
  internal                   = true
  load_balancer_type         = "application"
  subnets                    = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"]
  security_groups            = ["sg-0a1b2c3d4e5f60718"]
  drop_invalid_header_fields = true
  enable_deletion_protection = true
  idle_timeout               = 60
  access_logs {
    bucket  = "shop-prod-balancer"
    enabled = true
  }
}


# 199-versions-expire
resource "aws_s3_bucket_lifecycle_configuration" "versions_expire_fault" {
  bucket                = "shop-prod-orders-audit-versions"
  expected_bucket_owner = "123456789012"
  rule {
    id     = "versions"
    status = "Enabled"
    filter {}
    noncurrent_version_expiration {
      noncurrent_days = 2557
    }
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "versions_expire_near" {
  bucket                = "shop-prod-billing-audit-versions"
  expected_bucket_owner = "123456789012"
  rule {
    id     = "versions"
    status = "Enabled"
    filter {}
    noncurrent_version_expiration {
      noncurrent_days = 2557
    }
  }
}


# 200-object-lock-without-rule
resource "aws_s3_bucket_object_lock_configuration" "object_lock_without_rule_fault" {
  bucket              = "shop-prod-orders-audit-lock"
  object_lock_enabled = "Enabled"
  rule {
    default_retention {
      mode = "COMPLIANCE"
      days = 365
    }
  }
}

resource "aws_s3_bucket_object_lock_configuration" "object_lock_without_rule_near" {
  bucket              = "shop-prod-billing-audit-lock"
  object_lock_enabled = "Enabled"
  rule {
    default_retention {
      mode = "COMPLIANCE"
      days = 365
    }
  }
}


# 201-lambda-network-unwatched
resource "aws_guardduty_detector_feature" "lambda_network_unwatched_fault" {
  detector_id = "12abc34d567e8fa901bc2d34e56789f0"
  name        = "LAMBDA_NETWORK_LOGS"
  status      = "ENABLED"
}

resource "aws_guardduty_detector_feature" "lambda_network_unwatched_near" {
  detector_id = "12abc34d567e8fa901bc2d34e56789f0"
  name        = "EKS_RUNTIME_MONITORING"
  status      = "ENABLED"
}


# 202-password-eight
resource "aws_iam_account_password_policy" "password_eight_fault" {
  minimum_password_length        = 14
  require_lowercase_characters   = true
  require_uppercase_characters   = true
  require_numbers                = true
  require_symbols                = true
  allow_users_to_change_password = true
  password_reuse_prevention      = 24
  max_password_age               = 90
}

resource "aws_iam_account_password_policy" "password_eight_near" {
  minimum_password_length        = 14
  require_lowercase_characters   = true
  require_uppercase_characters   = true
  require_numbers                = true
  require_symbols                = true
  allow_users_to_change_password = true
  password_reuse_prevention      = 24
  max_password_age               = 90
}


# 203-trail-old-selector
resource "aws_cloudtrail" "trail_old_selector_fault" {
  name                       = "shop-prod-orders-selector"
  s3_bucket_name             = "shop-prod-audit"
  is_multi_region_trail      = true
  enable_log_file_validation = true
  kms_key_id                 = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  cloud_watch_logs_group_arn = "arn:aws:logs:::log-group:shop-prod-trail:*"
  cloud_watch_logs_role_arn  = "arn:aws:iam:::role/shop-prod-trail"
  event_selector {
    include_management_events = true
    read_write_type           = "All"
  }
}

resource "aws_cloudtrail" "trail_old_selector_near" {
  name                       = "shop-prod-billing-selector"
  s3_bucket_name             = "shop-prod-audit"
  is_multi_region_trail      = true
  enable_log_file_validation = true
  kms_key_id                 = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  cloud_watch_logs_group_arn = "arn:aws:logs:::log-group:shop-prod-trail:*"
  cloud_watch_logs_role_arn  = "arn:aws:iam:::role/shop-prod-trail"
  event_selector {
    include_management_events = true
    read_write_type           = "All"
  }
}


# 204-audit-group-month
resource "aws_cloudwatch_log_group" "audit_group_month_fault" {
  name              = "shop-prod-orders-audit"
  retention_in_days = 731
}

resource "aws_cloudwatch_log_group" "audit_group_month_near" {
  name              = "shop-prod-billing-debug"
  retention_in_days = 180
}


# 206-search-errors-unlogged
resource "aws_opensearch_domain" "search_errors_unlogged_fault" {
  domain_name    = "shop-prod-orders-find"
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
    log_type                 = "INDEX_SLOW_LOGS"
    cloudwatch_log_group_arn = "arn:aws:logs:::log-group:shop-prod-search"
    enabled                  = true
  }
}

resource "aws_opensearch_domain" "search_errors_unlogged_near" {
  domain_name    = "shop-prod-billing-find"
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
    log_type                 = "INDEX_SLOW_LOGS"
    cloudwatch_log_group_arn = "arn:aws:logs:::log-group:shop-prod-search"
    enabled                  = true
  }
}

