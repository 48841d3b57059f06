# The address of a resource is only known after the apply, too, but nobody chooses it.
resource "aws_eip" "www" {
  domain = "vpc"
}

resource "aws_route53_record" "www" {
  zone_id = "Z0123456789ABCDEFGHIJ"
  name    = "www.shop.example.org"
  type    = "A"
  ttl     = 60
  records = [aws_eip.www.public_ip]
}
