# AWS writes about security to a private mailbox.
# Source: Account.1, CKV_AWS_345
# Fault at: aws_account_alternate_contact.security_contact_outside_fault
# Near miss at: aws_account_alternate_contact.security_contact_outside_near

resource "aws_account_alternate_contact" "security_contact_outside_fault" {
  alternate_contact_type = "SECURITY"
  name                   = "Security team"
  title                  = "Security"
  email_address          = "shop.security.2024@gmail.com"
  phone_number           = "+4930123456"
}

resource "aws_account_alternate_contact" "security_contact_outside_near" {
  alternate_contact_type = "SECURITY"
  name                   = "Security team"
  title                  = "Security"
  email_address          = "security-oncall@shop.example"
  phone_number           = "+4930123456"
}
