# A public DNS record contains a token of a cloud provider.
# Source: https://attack.mitre.org/techniques/T1552/
# Fault at: aws_route53_record.sectxt_fault
# Near miss at: aws_route53_record.sectxt_near

resource "aws_route53_record" "sectxt_fault" {
  zone_id = "Z0123456789ABCDEFGHIJ"
  name    = "bootstrap.shop.example.com"
  type    = "TXT"
  ttl     = 300
  records = ["t=dop_v1_07352ab50eded9443b6f1695aed6e19fae2f63a2d8348da159bcef0e00cf34e0"]
}

# A DKIM public key and a proof of ownership look random, but are meant to be public.
resource "aws_route53_record" "sectxt_near" {
  zone_id = "Z0123456789ABCDEFGHIJ"
  name    = "s1._domainkey.shop.example.com"
  type    = "TXT"
  ttl     = 300
  records = ["v=DKIM1; k=ed25519; p=xFkqV3XKs7bLXPNeFGXB1686yvtVJP0uFUOUNKa/juU=", "google-site-verification=mcqKex2fc45WKtJFwet6Xs6xqt5pRDLq005efae1111c3517"]
}
