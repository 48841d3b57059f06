# The public zone is no longer signed.
# Source: CKV2_AWS_38, https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-configuring-dnssec.html
# Fault at: aws_route53_hosted_zone_dnssec.zone_fault
# Near miss at: aws_route53_hosted_zone_dnssec.zone_near
# Near miss at: aws_route53_zone.zone_near

resource "aws_route53_hosted_zone_dnssec" "zone_fault" {
  hosted_zone_id = "Z0123456789ABCDEFGHIJ"
  signing_status = "NOT_SIGNING"
}

resource "aws_route53_hosted_zone_dnssec" "zone_near" {
  hosted_zone_id = "Z0123456789ABCDEFGHIK"
}

# A private zone cannot be signed.
resource "aws_route53_zone" "zone_near" {
  name    = "internal.shop.example"
  comment = "shop-prod-internal"
  vpc {
    vpc_id = "vpc-0a1b2c3d4e5f60718"
  }
}
