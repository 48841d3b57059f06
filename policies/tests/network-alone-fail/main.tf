# Port 80 of a load balancer, and nothing that redirects it.
resource "aws_security_group" "balancer" {
  name        = "shop-prod-balancer"
  description = "Load balancer"

  ingress {
    from_port   = 80
    to_port     = 80
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_lb" "this" {
  name            = "shop-prod-web"
  security_groups = [aws_security_group.balancer.id]
  subnets         = ["subnet-1", "subnet-2"]
}

resource "aws_lb" "other" {
  name     = "shop-prod-other"
  internal = true
  subnets  = ["subnet-1", "subnet-2"]
}

resource "aws_lb_listener" "other" {
  load_balancer_arn = aws_lb.other.arn
  port              = 80
  protocol          = "HTTP"

  default_action {
    type = "redirect"
    redirect {
      port        = "443"
      protocol    = "HTTPS"
      status_code = "HTTP_301"
    }
  }
}
