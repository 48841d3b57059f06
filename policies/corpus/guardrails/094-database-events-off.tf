# Nobody is told about failures of the databases.
# Source: RDS.19, RDS.20
# Fault at: aws_db_event_subscription.database_events_off_fault
# Near miss at: aws_db_event_subscription.database_events_off_near

resource "aws_db_event_subscription" "database_events_off_fault" {
  name             = "shop-prod-orders"
  sns_topic        = "arn:aws:sns:::shop-prod-security"
  source_type      = "db-instance"
  event_categories = ["configuration change", "failure", "maintenance"]
  enabled          = false
}

resource "aws_db_event_subscription" "database_events_off_near" {
  name             = "shop-prod-billing"
  sns_topic        = "arn:aws:sns:::shop-prod-security"
  source_type      = "db-instance"
  event_categories = ["configuration change", "failure", "maintenance"]
  enabled          = true
}
