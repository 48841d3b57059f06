resource "aws_route53_record" "untouched" {
  zone_id = "Z0PRIMARY"
  name    = "untouched.example.com"
  type    = "A"
  ttl     = 60
  records = ["192.0.2.1"]
}

resource "aws_route53_zone" "gone" {
  name          = "example.com"
  force_destroy = false
}
