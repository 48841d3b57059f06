# A Lightsail instance leaves out the networks of its SSH port, which means the whole internet.
# Source: https://docs.aws.amazon.com/lightsail/latest/userguide/understanding-firewall-and-port-mappings-in-amazon-lightsail.html
# Fault at: aws_lightsail_instance_public_ports.blog_fault
# Near miss at: aws_lightsail_instance_public_ports.blog_near

resource "aws_lightsail_instance" "blog" {
  name              = "shop-prod-blog"
  availability_zone = "${var.region}a"
  blueprint_id      = "debian_12"
  bundle_id         = "small_3_0"
}

resource "aws_lightsail_instance" "press" {
  name              = "shop-prod-press"
  availability_zone = "${var.region}a"
  blueprint_id      = "debian_12"
  bundle_id         = "small_3_0"
}

resource "aws_lightsail_instance_public_ports" "blog_fault" {
  instance_name = aws_lightsail_instance.blog.name

  port_info {
    protocol  = "tcp"
    from_port = 22
    to_port   = 22
  }
}

resource "aws_lightsail_instance_public_ports" "blog_near" {
  instance_name = aws_lightsail_instance.press.name

  port_info {
    protocol  = "tcp"
    from_port = 443
    to_port   = 443
    cidrs     = ["0.0.0.0/0"]
  }

  port_info {
    protocol          = "tcp"
    from_port         = 22
    to_port           = 22
    cidrs             = ["203.0.113.16/28"]
    cidr_list_aliases = ["lightsail-connect"]
  }
}
