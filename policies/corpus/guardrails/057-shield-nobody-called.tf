# The response team of Shield no longer calls during an attack.
# Source: https://docs.aws.amazon.com/waf/latest/developerguide/ddos-srt-proactive-engagement.html
# Fault at: aws_shield_proactive_engagement.shield_nobody_called_fault
# Near miss at: aws_shield_proactive_engagement.shield_nobody_called_near

resource "aws_shield_proactive_engagement" "shield_nobody_called_fault" {
  enabled = false
  emergency_contact {
    email_address = "oncall@shop.example"
    phone_number  = "+4930123456"
    contact_notes = "Day and night"
  }
}

resource "aws_shield_proactive_engagement" "shield_nobody_called_near" {
  enabled = true
  emergency_contact {
    email_address = "oncall@shop.example"
    phone_number  = "+4930123456"
    contact_notes = "Day and night, in German or English"
  }
}
