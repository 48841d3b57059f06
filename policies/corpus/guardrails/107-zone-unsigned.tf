# The zone is no longer signed.
# Source: CKV2_AWS_38, https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-configuring-dnssec.html
# Fault at: aws_route53_hosted_zone_dnssec.zone_unsigned_fault
# Near miss at: aws_route53_hosted_zone_dnssec.zone_unsigned_near

resource "aws_route53_hosted_zone_dnssec" "zone_unsigned_fault" {
  hosted_zone_id = "Z0123456789ABC"
  signing_status = "NOT_SIGNING"
}

resource "aws_route53_hosted_zone_dnssec" "zone_unsigned_near" {
  hosted_zone_id = "Z0123456789ABC"
  signing_status = "SIGNING"
}
