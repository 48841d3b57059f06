# The load balancer stops its access log although the block is still there.
# Source: ELB.5, ELB.6, CKV_AWS_91
# Fault at: aws_lb.balancer_logs_off_fault
# Near miss at: aws_lb.balancer_logs_off_near

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
    enabled = 1 > 2
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
  connection_logs {
    bucket  = "shop-prod-balancer"
    enabled = false
  }
}
