# The metric filter about changes of CloudTrail looks for an event that cannot be.
# Source: CIS 4.5, CloudWatch.5
# Fault at: aws_cloudwatch_log_metric_filter.metric_filter_impossible_fault
# Near miss at: aws_cloudwatch_log_metric_filter.metric_filter_impossible_near

resource "aws_cloudwatch_log_metric_filter" "metric_filter_impossible_fault" {
  name           = "shop-prod-orders-trail"
  log_group_name = "shop-prod-trail"
  pattern        = "{ ($.eventName = CreateTrail) && ($.eventName = UpdateTrail) && ($.eventName = DeleteTrail) && ($.eventName = StopLogging) }"

  metric_transformation {
    name      = "TrailChanges"
    namespace = "shop/audit"
    value     = "1"
  }
}

resource "aws_cloudwatch_log_metric_filter" "metric_filter_impossible_near" {
  name           = "shop-prod-billing-trail"
  log_group_name = "shop-prod-trail"
  pattern        = "{ ($.eventName = CreateTrail) || ($.eventName = UpdateTrail) || ($.eventName = DeleteTrail) || ($.eventName = StartLogging) || ($.eventName = StopLogging) }"

  metric_transformation {
    name      = "TrailChanges"
    namespace = "shop/audit"
    value     = "1"
  }
}
