# The load balancer loses the block of its access log.
# Source: ELB.5, CKV_AWS_91, AVD-AWS-0052
# Fault at: aws_lb.balancer_logs_removed_fault
# Near miss at: aws_lb.balancer_logs_removed_near

resource "aws_lb" "balancer_logs_removed_fault" {
  name                       = "shop-prod-orders-front"
  internal                   = true
  load_balancer_type         = "application"
  subnets                    = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"]
  security_groups            = ["sg-0a1b2c3d4e5f60718"]
  drop_invalid_header_fields = true
  enable_deletion_protection = true
  idle_timeout               = 60
}

resource "aws_lb" "balancer_logs_removed_near" {
  name                       = "shop-prod-billing-front"
  internal                   = true
  load_balancer_type         = "application"
  subnets                    = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"]
  security_groups            = ["sg-0a1b2c3d4e5f60718"]
  drop_invalid_header_fields = true
  enable_deletion_protection = true
  idle_timeout               = 120
  access_logs {
    bucket  = "shop-prod-balancer"
    enabled = true
  }
}
