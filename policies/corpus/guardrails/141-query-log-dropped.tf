# The query log of the zone is removed.
# Source: Route53.2, CKV2_AWS_39
# Fault at: aws_route53_query_log.query_log_dropped_fault
# Near miss at: aws_route53_query_log.query_log_dropped_near

resource "aws_route53_query_log" "query_log_dropped_near" {
  zone_id                  = "Z0123456789ABE"
  cloudwatch_log_group_arn = "arn:aws:logs:::log-group:/aws/route53/shop.example"
}
