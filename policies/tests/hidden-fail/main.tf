# Where the name leads is only known after the apply, and may be anything.
resource "terraform_data" "target" {
  input = "192.0.2.1"
}

resource "aws_route53_record" "www" {
  zone_id = "Z0123456789ABCDEFGHIJ"
  name    = "www.shop.example.org"
  type    = "A"
  ttl     = 60
  records = [terraform_data.target.output]
}
