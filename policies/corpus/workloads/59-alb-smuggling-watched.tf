# The load balancer only watches requests that smuggle a second one, and lets them through.
# Source: ELB.12, CKV_AWS_328
# Fault at: aws_lb.desync_fault
# Near miss at: aws_lb.desync_near

resource "aws_lb" "desync_fault" {
  name                       = "shop-prod-desync-watch"
  internal                   = true
  load_balancer_type         = "application"
  subnets                    = [aws_subnet.work_a.id, aws_subnet.work_b.id]
  security_groups            = [aws_security_group.work_app.id]
  drop_invalid_header_fields = true
  enable_deletion_protection = true
  desync_mitigation_mode     = "monitor"
  access_logs {
    bucket  = aws_s3_bucket.wipe_near.bucket
    enabled = true
  }
}

resource "aws_lb" "desync_near" {
  name                       = "shop-prod-desync"
  internal                   = true
  load_balancer_type         = "application"
  subnets                    = [aws_subnet.work_a.id, aws_subnet.work_b.id]
  security_groups            = [aws_security_group.work_app.id]
  drop_invalid_header_fields = true
  enable_deletion_protection = true
  desync_mitigation_mode     = "strictest"
  xff_header_processing_mode = "remove"
  access_logs {
    bucket  = aws_s3_bucket.wipe_near.bucket
    enabled = true
  }
}
