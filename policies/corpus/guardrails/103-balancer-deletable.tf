# The load balancer can be deleted.
# Source: ELB.6, CKV_AWS_150
# Fault at: aws_lb.balancer_deletable_fault
# Near miss at: aws_lb.balancer_deletable_near

resource "aws_lb" "balancer_deletable_fault" {
  name                             = "shop-prod-orders-net"
  internal                         = true
  load_balancer_type               = "network"
  subnets                          = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"]
  security_groups                  = ["sg-0a1b2c3d4e5f60718"]
  enable_deletion_protection       = null
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
  enable_cross_zone_load_balancing = false
  access_logs {
    bucket  = "shop-prod-balancer"
    enabled = true
  }
}
