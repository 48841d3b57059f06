# Port 80 of a load balancer, with a listener that redirects to HTTPS and one that does not.
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

resource "aws_lb_listener" "redirects" {
  load_balancer_arn = aws_lb.this.arn
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

resource "aws_lb_listener" "moves" {
  load_balancer_arn = aws_lb.this.arn
  port              = 80
  protocol          = "HTTP"

  default_action {
    type = "redirect"
    redirect {
      port        = "8080"
      protocol    = "HTTP"
      status_code = "HTTP_301"
    }
  }
}
