# The database port is open to the internet, and the protocol is given by its number.
# Source: EC2.19, https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
# Fault at: aws_security_group.number_fault
# Near miss at: aws_security_group.number_near
# Near miss at: aws_security_group.redirect_near

resource "aws_security_group" "number_fault" {
  name        = "shop-prod-ledger"
  description = "Ledger database"
  vpc_id      = aws_vpc.shop.id

  ingress {
    description = "Ledger"
    from_port   = 5432
    to_port     = 5432
    protocol    = "6"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

# ICMP type 3, code 4 (fragmentation needed): without it path MTU discovery breaks.
resource "aws_security_group" "number_near" {
  name        = "shop-prod-mtu"
  description = "Path MTU discovery"
  vpc_id      = aws_vpc.shop.id

  ingress {
    description = "Fragmentation needed"
    from_port   = 3
    to_port     = 4
    protocol    = "1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

# Port 80 of a load balancer that only redirects to HTTPS.
resource "aws_security_group" "redirect_near" {
  name        = "shop-prod-redirect"
  description = "Redirects to HTTPS"
  vpc_id      = aws_vpc.shop.id

  ingress {
    description = "HTTP"
    from_port   = 80
    to_port     = 80
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_lb" "redirect" {
  name                       = "shop-prod-redirect"
  load_balancer_type         = "application"
  subnets                    = [aws_subnet.public_a.id, aws_subnet.public_b.id]
  security_groups            = [aws_security_group.redirect_near.id]
  drop_invalid_header_fields = true
  enable_deletion_protection = true
}

resource "aws_lb_listener" "redirect" {
  load_balancer_arn = aws_lb.redirect.arn
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
