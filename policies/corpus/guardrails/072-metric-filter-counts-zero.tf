# The metric filter counts every use of the root user as zero.
# Source: CIS 4.3, CloudWatch.1
# Fault at: aws_cloudwatch_log_metric_filter.metric_filter_counts_zero_fault
# Near miss at: aws_cloudwatch_log_metric_filter.metric_filter_counts_zero_near

resource "aws_cloudwatch_log_metric_filter" "metric_filter_counts_zero_fault" {
  name           = "shop-prod-orders-root"
  log_group_name = "shop-prod-trail"
  pattern        = "{ $.userIdentity.type = \"Root\" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != \"AwsServiceEvent\" }"
  metric_transformation {
    name      = "RootUse"
    namespace = "shop/audit"
    value     = "0"
  }
}

resource "aws_cloudwatch_log_metric_filter" "metric_filter_counts_zero_near" {
  name           = "shop-prod-billing-root"
  log_group_name = "shop-prod-trail"
  pattern        = "{ $.userIdentity.type = \"Root\" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != \"AwsServiceEvent\" }"
  metric_transformation {
    name          = "RootUse"
    namespace     = "shop/audit"
    value         = "1"
    default_value = "0"
  }
}
