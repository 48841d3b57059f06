# A foreign account can deliver logs to our delivery destination.
# Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutDeliveryDestinationPolicy.html
# Fault at: aws_cloudwatch_log_delivery_destination_policy.logs_delivery_fault
# Near miss at: aws_cloudwatch_log_delivery_destination_policy.logs_delivery_near

resource "aws_cloudwatch_log_delivery_destination_policy" "logs_delivery_fault" {
  delivery_destination_name = "shop-prod-delivery-a"
  delivery_destination_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::999988887777:root" }
        Action    = "logs:*"
        Resource  = "arn:aws:logs:${var.region}:${var.account_id}:delivery-destination:shop-prod-delivery-a"
      }
    ]
  })
}

resource "aws_cloudwatch_log_delivery_destination_policy" "logs_delivery_near" {
  delivery_destination_name = "shop-prod-delivery-b"
  delivery_destination_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${var.account_id}:root" }
        Action    = "logs:CreateDelivery"
        Resource  = "arn:aws:logs:${var.region}:${var.account_id}:delivery-destination:shop-prod-delivery-b"
      }
    ]
  })
}
