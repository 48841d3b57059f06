# A classic load balancer offers the Redis port to the internet.
# Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-internet-facing-load-balancers.html
# Fault at: aws_elb.classic_fault
# Near miss at: aws_elb.classic_near

resource "aws_elb" "classic_fault" {
  name            = "shop-prod-classic"
  subnets         = [aws_subnet.public_a.id, aws_subnet.public_b.id]
  security_groups = [aws_security_group.app.id]

  access_logs {
    bucket = aws_s3_bucket.access_logs.bucket
  }

  listener {
    lb_port           = 6379
    lb_protocol       = "tcp"
    instance_port     = 6379
    instance_protocol = "tcp"
  }
}

resource "aws_elb" "classic_near" {
  name            = "shop-prod-inner-classic"
  internal        = true
  subnets         = [aws_subnet.private_a.id, aws_subnet.private_b.id]
  security_groups = [aws_security_group.app.id]

  access_logs {
    bucket = aws_s3_bucket.access_logs.bucket
  }

  listener {
    lb_port           = 6379
    lb_protocol       = "tcp"
    instance_port     = 6379
    instance_protocol = "tcp"
  }
}
