# A load balancer of the internet forwards the PostgreSQL port to databases.
# Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/network/introduction.html
# Fault at: aws_lb_listener.postgres_fault
# Near miss at: aws_lb_listener.postgres_near

resource "aws_lb" "gate" {
  name                             = "shop-prod-gate"
  load_balancer_type               = "network"
  subnets                          = [aws_subnet.public_a.id, aws_subnet.public_b.id]
  enable_deletion_protection       = true
  enable_cross_zone_load_balancing = true
}

resource "aws_lb" "inner" {
  name                             = "shop-prod-inner"
  load_balancer_type               = "network"
  internal                         = true
  subnets                          = [aws_subnet.private_a.id, aws_subnet.private_b.id]
  security_groups                  = [aws_security_group.app.id]
  enable_deletion_protection       = true
  enable_cross_zone_load_balancing = true
}

resource "aws_lb_target_group" "postgres" {
  name        = "shop-prod-postgres"
  port        = 5432
  protocol    = "TCP"
  target_type = "ip"
  vpc_id      = aws_vpc.shop.id
}

resource "aws_lb_listener" "postgres_fault" {
  load_balancer_arn = aws_lb.gate.arn
  port              = 5432
  protocol          = "TCP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.postgres.arn
  }
}

resource "aws_lb_listener" "postgres_near" {
  load_balancer_arn = aws_lb.inner.arn
  port              = 5432
  protocol          = "TCP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.postgres.arn
  }
}
