# The network firewall no longer logs its alerts.
# Source: NetworkFirewall.2
# Fault at: aws_networkfirewall_logging_configuration.network_firewall_alerts_unlogged_fault
# Near miss at: aws_networkfirewall_logging_configuration.network_firewall_alerts_unlogged_near

resource "aws_networkfirewall_logging_configuration" "network_firewall_alerts_unlogged_fault" {
  firewall_arn = "arn:aws:network-firewall:::firewall/shop-prod-orders"
  logging_configuration {
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
      log_destination_type = "CloudWatchLogs"
      log_destination      = { logGroup = "shop-prod-firewall" }
    }

    log_destination_config {
      log_type             = "FLOW"
      log_destination_type = "S3"
      log_destination      = { bucketName = "shop-prod-firewall" }
    }
  }
}
