# The load balancer passes on headers that no standard allows.
# Source: ELB.4, CKV_AWS_131
# Fault at: aws_lb.hdr_fault
# Near miss at: aws_lb.hdr_near

resource "aws_lb" "hdr_fault" {
  name                       = "shop-prod-hdr"
  internal                   = true
  load_balancer_type         = "application"
  subnets                    = [aws_subnet.work_a.id, aws_subnet.work_b.id]
  security_groups            = [aws_security_group.work_app.id]
  drop_invalid_header_fields = false
  enable_deletion_protection = true

  access_logs {
    bucket  = aws_s3_bucket.wipe_near.bucket
    enabled = true
  }
}

# A network load balancer does not look at headers.
resource "aws_lb" "hdr_near" {
  name                             = "shop-prod-nlb"
  internal                         = true
  load_balancer_type               = "network"
  subnets                          = [aws_subnet.work_a.id, aws_subnet.work_b.id]
  security_groups                  = [aws_security_group.work_app.id]
  enable_deletion_protection       = true
  enable_cross_zone_load_balancing = true
  access_logs {
    bucket  = aws_s3_bucket.wipe_near.bucket
    enabled = true
  }
}
